"""Contracts above a limit that an office made in a month, a quarter or a year, as the law asks."""

from datetime import date

from msgspec import Struct

from models.values.direct_award import extending
from scoring.counted import counted, listed
from scoring.money import pounds, short_pounds
from scoring.schedule.values import PLAIN, Letterhead


class Contract(Struct, frozen=True):
    """One contract in pence as it stands; `changed` says what it was, "" where nothing changed it.

    `decided_by` is who decided, with the post. `extends` is the reference of the award that it extends, ""
    for none; `counts_with` are those of one contract with it, which come to `whole_pence` together.
    """

    award: str
    supplier: str
    numbers: str
    what: str
    purpose: str
    fund: str
    route: str
    route_reason: str
    amount_pence: int
    starts_on: date | None
    ends_on: date | None
    option_years: int
    break_on: date | None
    decided_on: date
    notice: str
    agreed_on: date | None
    changed: str
    decided_by: str = ""
    extends: str = ""
    counts_with: tuple[str, ...] = ()
    whole_pence: int = 0

    @property
    def route_words(self) -> str:
        """Return how it was awarded, with what it extends and what it comes to together with that."""
        route = extending(self.route, self.extends)
        if not self.counts_with:
            return route
        return f"{route}. With {listed(self.counts_with)} {pounds(self.whole_pence)} together"


class ContractList(Struct, frozen=True):
    """Contracts above `over_pence` by the day of their decision; `span` is the time in words.

    The time `ends_on` a day. `gone` is what was decided in the
    time and taken back since.
    """

    office: str
    span: str
    fund: str
    over_pence: int
    marking: str
    contracts: tuple[Contract, ...]
    letterhead: Letterhead = PLAIN
    ends_on: date | None = None
    gone: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the title as printed."""
        of = f", {self.fund}" if self.fund else ""
        return f"Contracts over {short_pounds(self.over_pence)} awarded in {self.span}{of}"

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.contracts)
        return f"{counted(len(self.contracts), 'contract')}, {pounds(total)}"
