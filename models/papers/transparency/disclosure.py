"""What is given out of a round on a request for information: no contact, no account, and names as ticked."""

from dataclasses import dataclass

from scoring.counted import counted
from scoring.money import pounds
from scoring.refused import Refused
from scoring.schedule.letterhead import PLAIN, Letterhead


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as it was published; `weight` is its share of 100."""

    code: str
    title: str
    weight: str


@dataclass(frozen=True, slots=True)
class Given:
    """One application; `who` is "Applicant 3" where its applicant is not named, and then nothing is quoted.

    `marks` are the panel's values in the order of the criteria, "–" where there is none; scores are as shown.
    """

    who: str
    reference: str
    project: str
    purpose: str
    area: str
    asked_pence: int
    outcome: str
    awarded_pence: int | None
    total: str
    place: str
    marks: tuple[str, ...]
    reasons: str
    notice: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is given of a round; `panel` names its members where ticked, else says how many marked."""

    office: str
    fund: str
    round: str
    year: str
    marking: str
    criteria: tuple[Criterion, ...]
    panel: tuple[str, ...]
    areas: tuple[tuple[str, int], ...]
    lines: tuple[Given, ...]
    letterhead: Letterhead = PLAIN

    def __post_init__(self) -> None:
        if not self.lines:
            raise Refused("The round has no application yet, so there is nothing to give out.")

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return ", ".join(filter(None, ("Information on a round", self.fund, self.round, self.year)))

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.awarded_pence or 0 for line in self.lines)
        return f"{counted(len(self.lines), 'application')}, {pounds(total)} awarded"
