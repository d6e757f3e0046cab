"""Awards that go into the transparency database of subsidies, of a month, a quarter or a year."""

from datetime import date

from msgspec import Struct

from scoring.counted import counted
from scoring.money import pounds, short_pounds
from scoring.schedule.values import PLAIN, Letterhead


class PublishedSubsidy(Struct, frozen=True):
    """An award that goes into the database, with the days of its decision and of its confirmation.

    Of a recipient whose name is withheld from the public it says the ground in the name's place. `kind` is
    the code of what it is under subsidy control.
    """

    award: str
    organisation: str
    fund: str
    project: str
    kind: str
    amount_pence: int
    decided_on: date
    confirmed_on: date | None
    numbers: str = ""
    purpose: str = ""
    notice: str = ""
    legal_power: str = ""


class SubsidyList(Struct, frozen=True):
    """Subsidies above the threshold of their day, `over_pence` today; `span` is the time in words.

    The time `ends_on` a day.
    """

    office: str
    span: str
    fund: str
    over_pence: int
    marking: str
    subsidies: tuple[PublishedSubsidy, ...]
    letterhead: Letterhead = PLAIN
    ends_on: date | None = None

    @property
    def title(self) -> str:
        """Return the title as printed."""
        of = f", {self.fund}" if self.fund else ""
        over = short_pounds(self.over_pence)
        return f"Subsidies over {over} for the transparency database, decided in {self.span}{of}"

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.subsidies)
        return f"{counted(len(self.subsidies), 'subsidy', 'subsidies')}, {pounds(total)}"
