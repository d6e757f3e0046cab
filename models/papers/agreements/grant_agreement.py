"""The agreement on one award: who agrees with whom on what, for how much, when, and on what terms."""

from datetime import date

from msgspec import Struct

from scoring.money import pounds
from scoring.schedule.letterhead import PLAIN, Letterhead


class AgreedPart(Struct, frozen=True):
    """One payment in pence, what it waits for, and the day on which it is due, None while there is none."""

    amount_pence: int
    trigger: str
    due_on: date | None = None


class AgreedPoint(Struct, frozen=True):
    """One outcome or output that is agreed, its figure to reach, and how it is measured."""

    words: str
    target: int | None = None
    measure: str = ""
    is_outcome: bool = False


class AgreedReturn(Struct, frozen=True):
    """A return that the recipient owes: on what, and by when."""

    due_on: date
    words: str


class GrantAgreement(Struct, frozen=True):
    """The agreement on one award as it stands.

    `award` is its reference. `registered` are the recipient's numbers in words, `clauses` (heading, words).
    `is_letter` where offer and agreement are one letter. `template` is the office's own .docx in base64,
    "" for the one that ships: the values alone give the paper. `changes` say what became of the award since
    it was decided, a sentence for each. It is to come back signed within `sign_within_days` of the day on
    it, None in what was issued before agreements said so. Nobody applied for one that `is_direct`.
    """

    office: str
    fund: str
    round: str
    year: str
    marking: str
    award: str
    application: str
    organisation: str
    registered: str
    address: tuple[str, ...]
    contact_name: str
    project: str
    summary: str
    area: str
    amount_pence: int
    notice: str
    decided_on: date
    power: str
    reason: str
    start_on: date
    end_on: date
    parts: tuple[AgreedPart, ...]
    conditions: tuple[str, ...]
    points: tuple[AgreedPoint, ...]
    returns: tuple[AgreedReturn, ...]
    clauses: tuple[tuple[str, str], ...]
    contact: tuple[tuple[str, str], ...] = ()
    subsidy: str = ""
    is_letter: bool = False
    template: str = ""
    changes: tuple[str, ...] = ()
    sign_within_days: int | None = None
    is_direct: bool = False
    letterhead: Letterhead = PLAIN

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return f"Grant {'offer and agreement' if self.is_letter else 'agreement'} {self.award}"

    @property
    def control(self) -> str:
        """Return whose it is and how much."""
        return f"{self.organisation}, {pounds(self.amount_pence)}"

    @property
    def purpose(self) -> str:
        """Return what the money is for: the project, and what it does as far as that is told."""
        return self.project or self.organisation
