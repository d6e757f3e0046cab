"""Reading from finance's ledger which instalments were paid, and when: every difference named with its cell.

A ledger has lines of other things too: a row whose reference is no award of the record is passed over and
counted, but for one that says it is an award. A row that differs from the record bars no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from exchange.cells.values import is_nothing, read_money
from exchange.forms import FaultList, FormRow
from exchange.papers.year.year_end_reading import find_table
from exchange.reading.sheets import Cell, Tick, read_book
from models.trouble import Trouble
from models.values.awards import AwardParts, Instalment
from scoring.money import pounds
from scoring.written.days import full_day
from scoring.written.names import spelling_key
from scoring.written.text import BelowNought, Unreadable, quoted

AWARD, NUMBER, PAID_ON, AMOUNT = "award", "instalment", "paid on", "amount"
WORDS: Mapping[str, tuple[str, ...]] = {
    AWARD: ("award", "award reference", "award ref", "grant reference", "grant ref", "reference", "our ref"),
    NUMBER: ("instalment", "instalment no", "instalment number", "payment no", "part"),
    PAID_ON: (
        *("paid on", "authorised and paid on", "date paid", "payment date", "paid date", "posting date"),
        *("date of payment", "date"),
    ),
    AMOUNT: ("amount", "paid", "amount paid", "net amount", "gross amount", "value"),
}
"""The words of each column, the surest first."""
CAME_BACK = (
    "What the bank sent back is recorded with “The bank sent it back…” on Awards & payments, or with the "
    "command award pay --returned; what the recipient paid back with “Record money received back…”. Leave "
    "the row out here."
)
NEEDED = frozenset({AWARD, PAID_ON})


class LedgerLine(Struct, frozen=True):
    """One payment that a ledger says: of which award, which part of it, counted from 1, and when."""

    found: AwardParts
    number: int
    on: date

    @property
    def part(self) -> Instalment:
        """Return the instalment as it stands."""
        return self.found.instalments[self.number - 1]


class LedgerReading(Struct, frozen=True):
    """What a ledger says that is new, how much stands already, and the rows that are of other things.

    `passed_over` is what those rows say where an award would be. `missing` are payments that the record has
    as made between the first and the last day of the ledger, and the ledger does not name. `differing` says
    of each row that the record does not bear out where it stands, what it says and what the record says.
    """

    name: str
    sheet: str
    lines: tuple[LedgerLine, ...]
    unchanged: int
    passed_over: tuple[str, ...]
    missing: tuple[LedgerLine, ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def others(self) -> int:
        """Return how many rows are of other things."""
        return len(self.passed_over)


class _Work(Struct):
    awards: Mapping[str, AwardParts]
    today: date
    lines: dict[tuple[str, int], LedgerLine] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    faults: FaultList = field(default_factory=FaultList)


def read_ledger(
    path: Path, stands: Sequence[AwardParts], today: date, *, tick: Tick | None = None
) -> LedgerReading:
    """Read a ledger against the awards of a record; a payment is of today or before.

    Raises `Trouble` for a file that cannot be read or has no such table.
    """
    book = read_book(path, tick=tick)
    table = find_table(book, WORDS, NEEDED.issubset)
    if table is None:
        raise Trouble(
            f"{path.name} has no table of payments: it needs a heading such as “Award reference” and a "
            "heading such as “Paid on” in one row; nothing was changed."
        )
    keys = {spelling_key(one.reference): one for one in stands}
    work = _Work(keys, today)
    for row in table.rows(work.faults):
        _read_row(row, work)
    new = tuple(line for line in work.lines.values() if line.part.paid_on != line.on)
    unchanged, others = len(work.lines) - len(new), tuple(work.others)
    missing, differing = tuple(_missing(stands, work)), work.faults.lines()
    return LedgerReading(path.name, table.sheet.name, new, unchanged, others, missing, differing)


def _missing(stands: Sequence[AwardParts], work: _Work) -> Iterator[LedgerLine]:
    """Yield what the record has as paid on a day of the ledger, and the ledger does not name."""
    days = [line.on for line in work.lines.values()]
    for award in stands if days else ():
        for number, part in enumerate(award.instalments, 1):
            is_named = (award.reference, number) in work.lines
            if part.paid_on is not None and not is_named and min(days) <= part.paid_on <= max(days):
                yield LedgerLine(award, number, part.paid_on)


def _read_row(row: FormRow, work: _Work) -> None:
    said = row.words(AWARD)
    found, named = _found(said, work)
    if found is None or is_nothing(said):
        work.others += [said] if said and not is_nothing(said) else []
        return
    on, pence = row.read_date(PAID_ON), row.read(AMOUNT, _read_paid)
    if on is None or row.is_faulty(AMOUNT):
        return  # not paid yet, or a fault that is noted
    if on > work.today:
        row.fault(PAID_ON, f"{full_day(on)} is still to come. A payment is recorded once it is made.")
        return
    number = named or _number(row, found, pence)
    if number is None:
        return
    key = found.reference, number
    part = found.instalments[number - 1]
    if key in work.lines:
        row.fault(AWARD, f"instalment {number} of {said} is above already; leave one of them out.")
    elif pence is not None and pence != part.amount_pence:
        due = pounds(part.amount_pence)
        row.fault(AMOUNT, f"{pounds(pence)} was paid, and instalment {number} of {said} is {due}.")
    elif found.bars(number, on) and part.paid_on != on:
        due = pounds(part.amount_pence)
        row.fault(
            PAID_ON,
            f"instalment {number} of {said}, {due}, was paid on {full_day(on)}, which the record does not "
            f"allow: {found.bars(number, on)}.",
        )
    else:
        work.lines[key] = LedgerLine(found, number, on)


def _read_paid(cell: Cell) -> int | None:
    """Read what was paid; of money that came back it says where that is recorded, as no ledger takes it."""
    try:
        return read_money(cell)
    except BelowNought:
        raise Unreadable(f"{quoted(str(cell))} is money that came back. {CAME_BACK}") from None


def _found(said: str, work: _Work) -> tuple[AwardParts | None, int]:
    """Return the award of a reference, and the part that one like "A-031-01/2" names, else 0."""
    found = work.awards.get(spelling_key(said))
    reference, _, part = said.rpartition("/")
    of_part = work.awards.get(spelling_key(reference))
    if found is not None or of_part is None or not part.strip().isdecimal():
        return found, 0
    number = int(part)
    return (of_part, number) if 1 <= number <= len(of_part.instalments) else (None, 0)


def _number(row: FormRow, found: AwardParts, pence: int | None) -> int | None:
    """Return which instalment a row is of: the one that it names, else the only one of its amount."""
    parts, reference = found.instalments, found.reference
    said = row.words(NUMBER) if NUMBER in row.columns else ""
    if not is_nothing(said):
        digits = said.removesuffix(".0")
        if digits.isdecimal() and 1 <= int(digits) <= len(parts):
            return int(digits)
        row.fault(NUMBER, f"{reference} has no instalment “{said}”.")
        return None
    if len(parts) == 1:
        return 1
    fitting = [number for number, part in enumerate(parts, 1) if pence in (None, part.amount_pence)]
    if len(fitting) == 1:
        return fitting[0]
    words = "several instalments" if fitting else "no instalment"
    row.fault(AWARD, f"{reference} has {words} of that amount. Say which, under “Instalment”.")
    return None
