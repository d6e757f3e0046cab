"""The list of awards that an office publishes each month, as the law on crime and disorder grants asks."""

from datetime import date

from msgspec import Struct

from models.reference.reporting import month_end, read_period
from scoring.counted import counted
from scoring.money import pounds
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.days import full_month


class PublishedAward(Struct, frozen=True):
    """One award; nothing personal, no score, no account. `numbers` are charity and company numbers.

    It is as it stands. `first_pence` is what was decided where that differs, and `amended` what became of it.
    `counted_under` names the lines of the fund's lists that it has, each after its list; `decided_by` who
    decided, with the post.
    """

    reference: str
    fund: str
    year: str
    recipient: str
    numbers: str
    project: str
    purpose: str
    reasons: str
    conditions: tuple[str, ...]
    start_on: date | None
    end_on: date | None
    area: str
    amount_pence: int
    decided_on: date
    notice: str
    first_pence: int | None = None
    amended: str = ""
    counted_under: str = ""
    decided_by: str = ""


class PublicationList(Struct, frozen=True):
    """A month's awards by the day of their decision, of one fund or ("") of all.

    It is not issued while an award is `silent`: its reasons must be published. A month without awards is a
    list without lines. `period` names a quarter, a half-year or a year that takes the month's place. `gone`
    are sentences on what was awarded in the time and has no award any more; where none of the time has,
    `none_stands`.
    """

    office: str
    month: date
    fund: str
    marking: str
    awards: tuple[PublishedAward, ...]
    letterhead: Letterhead = PLAIN
    period: str = ""
    gone: tuple[str, ...] = ()
    none_stands: bool = False

    @property
    def ends_on(self) -> date:
        """Return the last day of its time."""
        return read_period(self.period).ends_on if self.period else month_end(self.month)

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the awards that give no reason why they reduce crime or help victims, by reference."""
        return tuple(award.reference for award in self.awards if not award.reasons.strip())

    @property
    def title(self) -> str:
        """Return the title as printed."""
        of = f", {self.fund}" if self.fund else ""
        span = read_period(self.period).words if self.period else full_month(self.month)
        return f"Grants awarded in {span}{of}"

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        many = len(self.awards)
        total = pounds(sum(award.amount_pence for award in self.awards))
        return f"{counted(many, 'award')}, {total}"
