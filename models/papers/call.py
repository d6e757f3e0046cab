"""The call for applications: what a round offers, how it is judged and how to apply."""

from datetime import date

from msgspec import Struct

from models.papers.order import RoundPaper, TextPairs, Texts
from scoring.money import pounds

NO_CAP = "none"
"""What the rules say of caps where there are none."""


class CallArea(Struct, frozen=True):
    """What an area offers, in pence, and when; a date is None while it is not set.

    `closes_time` ("17:00") is when the closing day closes, None for its end.
    """

    area: str
    pot_pence: int
    start_up_pence: int
    opens_on: date | None
    closes_on: date | None
    closes_time: str | None
    meets_on: date | None


class CallCriterion(Struct, frozen=True):
    """A criterion as applicants read it: its title, what it looks for, and in words how it counts."""

    title: str
    looks_for: str
    how: str


class CallForApplications(RoundPaper, frozen=True):
    """A whole call; `quality` and `cost` are the split in percent ("80%"), cost "" where none is judged.

    `about`, `who_may` and `how` are paragraphs, `checks` the questions that an application must pass, `scale`
    (mark, meaning), and `rules` (subject, sentence) as every schedule of the round will print them. `shared`
    says in a sentence for each pot that several areas share who does, `without` names the areas that offer
    nothing. An application `is_open_all_day` where no hour is said for the closing day, though others may be
    (`is_timed`); applicants hear by a day where it is said. `besides` is what is asked and turns nobody down,
    `signers` who decides after the panel, in turn.
    """

    subject: str
    about: Texts
    purposes: Texts
    areas: tuple[CallArea, ...]
    quality: str
    cost: str
    criteria: tuple[CallCriterion, ...]
    scale: tuple[tuple[int, str], ...]
    checks: Texts
    rules: TextPairs
    who_may: Texts
    how: Texts
    contact: TextPairs
    shared: Texts = ()
    without: Texts = ()
    besides: Texts = ()
    signers: Texts = ()
    is_open_all_day: bool = False
    is_timed: bool = False
    hear_by: date | None = None

    @property
    def start_up_pence(self) -> int:
        return sum(area.start_up_pence for area in self.areas)

    @property
    def projects_pence(self) -> int:
        return sum(area.pot_pence for area in self.areas)

    @property
    def has_dates(self) -> bool:
        return any(area.opens_on or area.closes_on or area.meets_on for area in self.areas)

    @property
    def most(self) -> str:
        """Return the most that one may be given, "" where no rule says it."""
        caps = dict(self.rules).get("Caps", NO_CAP)
        return "" if caps == NO_CAP else caps

    @property
    def envelope_pence(self) -> int:
        """Return what the round offers in all, start-up money included."""
        return self.projects_pence + self.start_up_pence

    @property
    def title(self) -> str:
        return self.subject

    @property
    def control(self) -> str:
        return f"{self.letterhead.area_label.counted(len(self.areas))}, {pounds(self.envelope_pence)}"
