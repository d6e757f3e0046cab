"""What an office spent of its grants above a limit in a month, a quarter or a year, as the law asks."""

from datetime import date

from msgspec import Struct

from scoring.counted import counted
from scoring.money import pounds, short_pounds
from scoring.schedule.values import PLAIN, Letterhead


class Spent(Struct, frozen=True):
    """One payment in pence, below nothing where money came back; `route` says how the award came about."""

    on: date
    payee: str
    numbers: str
    amount_pence: int
    what: str
    fund: str
    area: str
    purpose: str
    reasons: str
    award: str
    route: str


class SpendingList(Struct, frozen=True):
    """Payments above `over_pence` by day, then award; `span` is the time in words.

    `below_pence` is what came back in sums that are not above it, and so stand on no line. The time
    `ends_on` a day, `tells_returns` counts what came back
    apart from the payments, as lists did not at first.
    """

    office: str
    span: str
    fund: str
    over_pence: int
    marking: str
    payments: tuple[Spent, ...]
    letterhead: Letterhead = PLAIN
    below_pence: int = 0
    ends_on: date | None = None
    tells_returns: bool = False

    @property
    def came_back(self) -> str:
        """Return in a sentence what came back and is not listed, "" where nothing did."""
        if not self.below_pence:
            return ""
        return (
            f"Besides, {short_pounds(self.below_pence)} came back in sums of {short_pounds(self.over_pence)} "
            "or less, which the list leaves out."
        )

    @property
    def title(self) -> str:
        """Return the title as printed."""
        of = f", {self.fund}" if self.fund else ""
        return f"Spending over {short_pounds(self.over_pence)} in {self.span}{of}"

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.payments)
        back = sum(line.amount_pence < 0 for line in self.payments) if self.tells_returns else 0
        paid = counted(len(self.payments) - back, "payment")
        if back:
            return f"{paid}, {counted(back, 'sum')} that came back, {pounds(total)} in all"
        return f"{paid}, {pounds(total)}"
