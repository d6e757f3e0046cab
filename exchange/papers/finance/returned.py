"""What finance gives back, read: the payments of its ledger, and what groups say they spent in a year."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

import resources
from exchange.applications.fields import area_key
from exchange.cells.values import cell_text, is_nothing, read_money
from exchange.forms import FaultList, FormRow, dates_of
from exchange.reading.sheets import Book, Cell, SheetTable, Tick, filled, read_book
from models.papers.year.year_end_lines import YearEnd
from models.papers.year.year_facts import Spent
from models.reference.reporting import last_day
from models.trouble import Trouble
from models.values.awards import AwardParts, Instalment
from scoring.money import pounds
from scoring.written.amounts import unit_in
from scoring.written.area_label import AreaLabel
from scoring.written.days import full_day
from scoring.written.names import spelling_key
from scoring.written.text import BelowNought, Unreadable, one_line, quoted

MOST_HEAD_ROWS = 30
LINE, AWARD, SPENT, START_UP, AS_AT, SOURCE = "line", "award", "spent", "start-up", "as at", "source"
Words = Mapping[str, tuple[str, ...]]
Enough = Callable[[Collection[str]], bool]


def _words(lines: str) -> Words:
    pairs = (line.split(": ") for line in lines.splitlines()[1:])
    return {name: tuple(words.split(", ")) for name, words in pairs}


_, *_TABLES = resources.text("forms/returned.txt").strip().split("\n\n")
WORDS, LEDGER_WORDS = map(_words, _TABLES)
"""The words of each column, the surest first."""


class SpentTable(Struct, frozen=True):
    """A sheet with its row of headings, counted from 1, and the column of each thing, counted from 1."""

    sheet: SheetTable
    head: int
    columns: Mapping[str, int]

    def rows(self, faults: FaultList) -> Iterator[FormRow]:
        """Yield the rows below the headings, each cell by what it is of; faults are noted where given."""
        dates = dates_of(self.sheet, self.head, self.columns)
        for row in range(self.head + 1, len(self.sheet.rows) + 1):
            cells = {what: self.sheet.cell(row, column) for what, column in self.columns.items()}
            yield FormRow(self.sheet.name, row, self.columns, cells, faults, dates)


def is_expenditure(columns: Collection[str]) -> bool:
    """Whether the columns of a table are enough for expenditure: how much, and whose."""
    return SPENT in columns and (LINE in columns or AWARD in columns)


def with_area_words(of: AreaLabel) -> Words:
    """Return the words of each column, an office's own word for an area among those of a line."""
    own = (_plain(of.one), _plain(of.several))
    return {**WORDS, LINE: (*own, *WORDS[LINE])}


def find_table(book: Book, words: Words = WORDS, is_enough: Enough = is_expenditure) -> SpentTable | None:
    """Return the table of a book that has enough of some columns, None where it has none.

    A hidden sheet is passed over. Of several it is the one with most of the headings, and of those the first.
    """
    shown = [sheet for sheet in book.sheets if sheet.visible]
    tables = [table for sheet in shown for table in islice(_tables(sheet, words, is_enough), 1)]
    return max(tables, key=lambda table: len(table.columns), default=None)


def _tables(sheet: SheetTable, words: Words, is_enough: Enough) -> Iterator[SpentTable]:
    """Yield the table below each row of a sheet that may be its headings."""
    for number, row in enumerate(sheet.rows[:MOST_HEAD_ROWS], 1):
        if is_enough(columns := _columns(row, words)):
            yield SpentTable(filled(sheet), number, columns)


def _columns(row: Sequence[Cell], of: Words) -> dict[str, int]:
    heads = ["" if unit_in(cell_text(cell)) else _plain(cell) for cell in row]  # none of these is in pounds
    there = {what: [heads.index(word) + 1 for word in words if word in heads] for what, words in of.items()}
    return {what: places[0] for what, places in there.items() if places}


def _plain(cell: Cell) -> str:
    """Return a heading without case, punctuation and sign of money."""
    words = re.sub(r"['’`]", "", one_line(cell_text(cell)).casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", words).split())


_TOTALS = re.compile(r"(?:grand |sub[ -]?|overall )?totals?\b|sum\b", re.IGNORECASE)
_PARTS = re.compile(r"sub", re.IGNORECASE)


class ReadFigure(Struct, frozen=True):
    """A figure that a workbook says: of a line, or of an award by its reference, and what stands there."""

    line: str
    award: str
    now: Spent
    before: Spent | None


class ExpenditureReading(Struct, frozen=True):
    """What a workbook says: the figures that differ from the record's, and how many do not."""

    name: str
    sheet: str
    figures: tuple[ReadFigure, ...]
    unchanged: int

    @property
    def total_pence(self) -> int:
        return sum(figure.now.whole_pence for figure in self.figures)


class _Work(Struct):
    """One reading under way: names by their plain form, what is read by place, and what is wrong."""

    table: SpentTable
    lines: Mapping[str, str]
    awards: Mapping[str, str]
    year: str
    today: date
    source: str
    found: dict[tuple[str, str], tuple[int, Spent]] = field(default_factory=dict)
    faults: FaultList = field(default_factory=FaultList)


def read_expenditure(
    path: Path, stands: YearEnd, today: date, *, tick: Tick | None = None
) -> ExpenditureReading:
    """Read a workbook against a fund's year; a row that gives no day is of the year's last that has come.

    Expenditure includes start-up money; a column of start-up says how much of it is. Raises `Trouble` for a
    file that cannot be read or has no such table, and `FormFaults` with every fault of one that has.
    """
    table = find_table(read_book(path, tick=tick), with_area_words(stands.area_label))
    if table is None:
        area = stands.area_label.heading
        raise Trouble(
            f"{path.name} has no table of expenditure: it needs a heading such as “{area}” or “Award "
            "reference” and a heading such as “Expenditure” in one row; nothing was changed."
        )
    lines = {area_key(line.name): line.name for line in stands.lines}
    awards = {spelling_key(award.reference): award.reference for award in stands.of.awards}
    work = _Work(table, lines, awards, stands.of.year, today, path.name)
    for row in table.rows(work.faults):
        _read_row(row, work)
    if not work.found and not work.faults:
        work.faults.add_sheet(table.sheet.name, "there is no row with an expenditure under the headings.")
    work.faults.refuse()
    return _reading(path.name, work, stands)


def _read_row(row: FormRow, work: _Work) -> None:
    names = [row.words(what) for what in (LINE, AWARD)]
    if any(_TOTALS.match(name) for name in names):
        _check_total(row, work)
        return
    key = _key(row, work)
    spent = _spent(row, work)
    if key is None or spent is None:
        return
    if key in work.found:
        first = work.found[key][0]
        row.fault(
            AWARD if key[1] else LINE, f"{key[1] or key[0]} is in row {first} already; combine the two."
        )
    else:
        work.found[key] = (row.row, spent)


def _key(row: FormRow, work: _Work) -> tuple[str, str] | None:
    """Return the line or the award of a row; an award where a reference is given."""
    line, award = (row.words(what) for what in (LINE, AWARD))
    if not is_nothing(award):
        found = work.awards.get(spelling_key(award))
        if found is None:
            row.fault(AWARD, f"“{award}” is not an award of this fund and year.")
        return None if found is None else ("", found)
    if not is_nothing(line):
        found = work.lines.get(area_key(line))
        if found is None:
            row.fault(LINE, f"“{line}” is not an area or a line of this fund and year.")
        return None if found is None else (found, "")
    if not is_nothing(row.words(SPENT)):
        what = LINE if LINE in work.table.columns else AWARD
        row.fault(what, "an expenditure without a name; say whose it is, or clear the row.")
    return None


def _spent(row: FormRow, work: _Work) -> Spent | None:
    """Return a row's figure, None without one; whatever cannot be read is a fault."""
    whole, start_up = row.read(SPENT, read_money), row.read(START_UP, read_money)
    as_at = row.read_past_date(AS_AT, work.today, "Expenditure is recorded up to a day that has come.")
    if whole is None or row.is_faulty(AS_AT):
        return None
    if (start_up or 0) > whole:
        row.fault(
            START_UP,
            f"{pounds(start_up or 0)} of start-up money is more than the expenditure of {pounds(whole)}.",
        )
        return None
    source = row.words(SOURCE) or work.source
    on = as_at or last_day(work.year, work.today)
    return Spent(whole - (start_up or 0), start_up or 0, on, source)


def _check_total(row: FormRow, work: _Work) -> None:
    """Note a total that its rows do not come to, a sign that a row is missing; not one of a part."""
    if any(_PARTS.match(row.words(what)) for what in (LINE, AWARD)):
        return
    said = row.read(SPENT, read_money)
    come_to = sum(spent.whole_pence for _, spent in work.found.values())
    if said is not None and said != come_to and not work.faults:
        row.fault(SPENT, f"the total is {pounds(said)}, and the rows above come to {pounds(come_to)}.")


def _reading(name: str, work: _Work, stands: YearEnd) -> ExpenditureReading:
    standing = {(line.name, ""): line.end.spent for line in stands.lines} | {
        ("", award.reference): award.end.spent for award in stands.of.awards
    }
    figures = [
        ReadFigure(*key, spent, before)
        for key, (_, spent) in work.found.items()
        # one that stands already is the same wherever it is said to be from
        if (before := standing.get(key)) is None or replace(before, source=spent.source) != spent
    ]
    unchanged = len(work.found) - len(figures)
    return ExpenditureReading(name, work.table.sheet.name, tuple(figures), unchanged)


NUMBER, PAID_ON, AMOUNT = "instalment", "paid on", "amount"
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
        return len(self.passed_over)


class _LedgerWork(Struct):
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
    table = find_table(read_book(path, tick=tick), LEDGER_WORDS, NEEDED.issubset)
    if table is None:
        raise Trouble(
            f"{path.name} has no table of payments: it needs a heading such as “Award reference” and a "
            "heading such as “Paid on” in one row; nothing was changed."
        )
    keys = {spelling_key(one.reference): one for one in stands}
    work = _LedgerWork(keys, today)
    for row in table.rows(work.faults):
        _read_payment(row, work)
    new = tuple(line for line in work.lines.values() if line.part.paid_on != line.on)
    return LedgerReading(
        path.name,
        table.sheet.name,
        lines=new,
        unchanged=len(work.lines) - len(new),
        passed_over=tuple(work.others),
        missing=tuple(_missing(stands, work)),
        differing=work.faults.lines(),
    )


def _missing(stands: Sequence[AwardParts], work: _LedgerWork) -> Iterator[LedgerLine]:
    """Yield what the record has as paid on a day of the ledger, and the ledger does not name."""
    days = [line.on for line in work.lines.values()]
    for award in stands if days else ():
        for number, part in enumerate(award.instalments, 1):
            is_named = (award.reference, number) in work.lines
            if part.paid_on is not None and not is_named and min(days) <= part.paid_on <= max(days):
                yield LedgerLine(award, number, part.paid_on)


def _read_payment(row: FormRow, work: _LedgerWork) -> None:
    said = row.words(AWARD)
    found, named = _found(said, work)
    if found is None or is_nothing(said):
        work.others += [said] if said and not is_nothing(said) else []
        return
    on = row.read_past_date(PAID_ON, work.today, "A payment is recorded once it is made.")
    pence = row.read(AMOUNT, _read_paid)
    if on is None or row.is_faulty(PAID_ON) or row.is_faulty(AMOUNT):
        return  # not paid yet, or a fault that is noted
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


def _found(said: str, work: _LedgerWork) -> tuple[AwardParts | None, int]:
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
