"""The monitoring of a round as a workbook: what stands and is missing, and sheets to fill in and read back.

A cell that is left blank leaves what stands; each fault is named with its cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.cells.values import cell_text, read_money, read_whole
from exchange.forms import FaultList, FormRow, rows_of
from exchange.papers.paper_writing import named, office_book, office_sheets
from exchange.reading.sheets import Book, Cell, read_book
from exchange.written_text import clean
from exchange.xlsx.table import TableBook, TableColumn, TableSheet, columns_of
from exchange.xlsx.table_book import write_table_book
from models.papers.monitoring.monitoring import (
    AwardMonitoring,
    AwardReturn,
    Monitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
)
from models.papers.monitoring.monitoring_plan import asked_outputs, behind_words
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring import money
from scoring.written.days import full_day, short_day
from scoring.written.text import Unreadable, one_line, quoted, tidied, with_article

RETURNS, PROGRESS, SUPPORTED = "Returns", "Progress", "People supported"
APPLICATION, RETURN = "Application", "Return"
RECEIVED, SPENT, SAID = "Received on", "Spend evidenced", "What the return says"
OUTPUT, AGREED, ACHIEVED, IN_WORDS = "Output", "What was agreed", "Reached since the last return", "In words"
COUNTED_BY, LINE, PEOPLE = "Counted by", "Line", "People supported"
NOTE = "Fill in the tinted cells and leave the others: they say what each row is of. "
COUNTS = "A return counts once it has a day on which it was received."


class _Asked(NamedTuple):
    """A row to fill in: of a return, what is asked (`of`) and what was said of it so far."""

    award: AwardMonitoring
    one: AwardReturn
    said: Any
    of: Any = None


_RETURNS = columns_of("monitoring returns")
_PROGRESS = columns_of("monitoring progress")
_SUPPORTED = columns_of("monitoring people")


def send_back(value: Monitoring) -> str:
    """Return what the recipient of a form does with it: where it goes, and what is left to the office."""
    to = value.letterhead.email or with_article(named(value))
    return f"Send this workbook to {to} by the day on which a return is due. Leave “{RECEIVED}” to us."


def form_sheets(value: Monitoring, after: str = COUNTS) -> tuple[TableSheet, ...]:
    """Return the sheets to fill in: every return, its progress, and the people it counts.

    `after` is what the first of them says besides of filling it in.
    """
    awards = value.awards
    returns = (_Asked(award, one, one.said) for award, one in _each(awards))
    notes = f"{NOTE}{after}"
    figures = f"{NOTE}Figures are of this return alone."
    sheets = (
        _sheet(RETURNS, value.title_of("returns"), notes, _RETURNS, returns),
        _sheet(PROGRESS, value.title_of("progress"), figures, _PROGRESS, _progress(awards)),
    )
    if not value.lists:
        return sheets
    people = f"{NOTE}People are counted in this return alone; write 0 where there were none."
    title = value.title_of("people supported")
    return (*sheets, _sheet(SUPPORTED, title, people, _SUPPORTED, _supported(value)))


def _sheet(
    name: str, title: str, note: str, columns: tuple[TableColumn, ...], rows: Iterator[_Asked]
) -> TableSheet:
    return TableSheet(name, title, note, columns, list(rows), frozen_columns=3)


def _progress(awards: Sequence[AwardMonitoring]) -> Iterator[_Asked]:
    for award, one in _each(awards):
        told = {} if one.said is None else {each.output: each for each in one.said.progress}
        asked = {each.number for each in asked_outputs(award)}
        for output in (each for each in award.outputs if each.number in asked or each.number in told):
            yield _Asked(award, one, told.get(output.number), output)


def _supported(value: Monitoring) -> Iterator[_Asked]:
    for award, one in _each(value.awards):
        told = {} if one.said is None else {(n.group, n.line): n.supported for n in one.said.supported}
        for each in value.lists:
            for line in each.lines:
                yield _Asked(award, one, told.get((each.code, line)), (each, line))


def _each(awards: Sequence[AwardMonitoring]) -> Iterator[tuple[AwardMonitoring, AwardReturn]]:
    for award in awards:
        yield from ((award, one) for one in award.returns)


NOT_AGREED, NOT_PLANNED = "No output is recorded yet.", "No return is planned yet."

_OVERDUE = columns_of("monitoring overdue")


class _Of(NamedTuple):
    """What was agreed or seen on an award: an output or a visit."""

    award: AwardMonitoring
    one: Any


_AGREED = columns_of(
    "monitoring agreed",
    kind=lambda of: "Outcome" if of.one.is_outcome else "Output",
    reached_in_all=lambda of: of.award.achieved(of.one.number),
    last_said=lambda of: of.award.newest_words(of.one.number),
)
_VISITS = columns_of("monitoring visits")


def write_monitoring_xlsx(value: Monitoring, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the round's workbook, without sheets that nothing stands on; return the path it really has."""
    note = f"Returns that have not come in by {full_day(value.today)}, the longest first."
    overdue = TableSheet("Overdue", value.title_of("overdue returns"), note, _OVERDUE, value.overdue)
    more = (overdue, _agreed(value), *form_sheets(value), _visits(value))
    sheets = (_awards(value), *(sheet for sheet in more if sheet.rows))
    if value.lists:
        sheets = (*sheets, _ministry(value))
    return write_table_book(office_book(value, status, sheets), path, tick)


def write_monitoring_form(
    value: Monitoring, application: str, made_at: datetime, path: Path, tick: Tick = None
) -> Path:
    """Write the form for one award alone, to be sent to its recipient; it tells of nobody else."""
    own = replace(value, awards=tuple(a for a in value.awards if a.application == application))
    sheets = (*form_sheets(own, send_back(own)), *office_sheets(own))
    book = TableBook(own.title, value.marking, "To be filled in", made_at, sheets)
    return write_table_book(book, path, tick)


def _awards(value: Monitoring) -> TableSheet:
    columns = columns_of(
        "monitoring awards",
        overdue=lambda award: len(award.overdue(value.today)),
        last_visit=lambda award: max((v.on for v in award.visits), default=None),
        to_look_at=_to_look_at,
    )
    note = f"{named(value)}. {value.control}. As on {full_day(value.today)}."
    printed = len(columns) - 1  # what it is counted under is long, and for sums alone
    return TableSheet(
        *("Awards", value.title, note, columns, value.awards), frozen_columns=3, printed_columns=printed
    )


def _to_look_at(award: AwardMonitoring) -> str:
    """Say what an officer is to look at: spend unlike payments, and what was not set up."""
    planned = NOT_PLANNED if award.is_agreed else "No return is planned yet, as its agreement is not signed."
    words = (
        award.proposed,
        award.warning,
        award.unevidenced,
        award.ends_elsewhere,
        behind_words(award),
        "" if award.outputs else NOT_AGREED,
        "" if award.returns else planned,
    )
    return " ".join(filter(None, words))


def _agreed(value: Monitoring) -> TableSheet:
    note = "What was agreed on each award, and what all returns add up to."
    rows = [_Of(award, output) for award in value.awards for output in award.outputs]
    return TableSheet(*("Agreed", value.title_of("what was agreed"), note, _AGREED, rows), frozen_columns=3)


def _visits(value: Monitoring) -> TableSheet:
    rows = [_Of(award, visit) for award in value.awards for visit in award.visits]
    note = "Who visited a project, and what was seen."
    return TableSheet("Visits", value.title_of("visits"), note, _VISITS, rows)


def _ministry(value: Monitoring) -> TableSheet:
    columns = columns_of("monitoring sums", counted_by=lambda one: value.list_title(one.group))
    note = (
        "People supported, summed over all returns of the round. Lists count the same people in different "
        "ways, so lists are not added together."
    )
    note = " ".join((note, *value.missing))
    title = value.title_of("the return to the Ministry")
    return TableSheet("Ministry return", title, note, columns, value.sums, frozen_columns=2)


_KEY = (APPLICATION, RETURN)
_Return = tuple[str, int]
"""An application and the number of a return."""


class TakenReturn(Struct, frozen=True):
    """A return that a workbook says something new of, and what stands in the record.

    `is_undated` where the workbook does not say when it came in: the form leaves that to the office.
    """

    application: str
    number: int
    said: ReturnContent
    standing: ReturnContent | None
    is_undated: bool = False


class MonitoringReading(Struct, frozen=True):
    """What a workbook says: the returns with something new, and how many say what the record says."""

    name: str
    taken: tuple[TakenReturn, ...]
    unchanged: int

    @property
    def new(self) -> int:
        return sum(1 for one in self.taken if one.standing is None)


class _Draft(Struct):
    """What one return says so far, on top of what stands."""

    standing: ReturnContent | None
    received_on: date | None
    place: tuple[str, int, int]
    words: str
    spent_pence: int | None
    progress: dict[int, OutputProgress]
    supported: dict[tuple[str, str], SupportedNumber]


class _Work(Struct):
    """One reading under way: the record's awards, the drafts by return, and what is wrong."""

    value: Monitoring
    today: date | None = None
    faults: FaultList = field(default_factory=FaultList)
    drafts: dict[_Return, _Draft] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def awards(self) -> Mapping[str, AwardMonitoring]:
        return {award.application: award for award in self.value.awards}


def read_monitoring(
    path: Path, value: Monitoring, *, received_on: date | None = None, tick: Tick | None = None
) -> MonitoringReading:
    """Read a workbook against the record; a blank cell leaves what stands.

    `received_on` is the day of returns that say none; without it each of those is a fault. One that says a
    later day is a fault too: it has not come in.
    Raises `Trouble` for a file that cannot be read, or is no monitoring workbook, and `FormFaults`
    with every fault of one that is.
    """
    book = read_book(path, tick=tick)
    names = {sheet.name.strip().casefold() for sheet in book.sheets}
    if RETURNS.casefold() not in names:
        raise Trouble(
            f"{path.name} has no sheet “{RETURNS}”; choose a monitoring workbook that this program wrote "
            "once returns were planned; nothing was changed."
        )
    work = _Work(value, received_on)
    _read_sheets(book, work)
    if received_on is None:
        _require_days(work)
    work.faults.refuse()
    return _reading(path.name, work, received_on)


def _read_sheets(book: Book, work: _Work) -> None:
    awards = work.awards
    entries = (RECEIVED, SPENT, SAID)
    for row in rows_of(book, RETURNS, (*_KEY, *entries), work.faults):
        draft = _draft(row, entries, work, awards)
        if draft is not None:
            _read_return(row, draft, work.today)
    for row in rows_of(book, PROGRESS, (*_KEY, OUTPUT, AGREED, ACHIEVED, IN_WORDS), work.faults):
        draft = _draft(row, (ACHIEVED, IN_WORDS), work, awards, OUTPUT)
        if draft is not None:
            _read_progress(row, draft, awards[_application(row)])
    if work.value.lists:
        for row in rows_of(book, SUPPORTED, (*_KEY, COUNTED_BY, LINE, PEOPLE), work.faults):
            draft = _draft(row, (PEOPLE,), work, awards, COUNTED_BY, LINE)
            if draft is not None:
                _read_supported(row, draft, work.value)


def _draft(
    row: FormRow, entries: tuple[str, ...], work: _Work, awards: Mapping[str, AwardMonitoring], *more: str
) -> _Draft | None:
    """Return the draft that a row adds to, None where it adds nothing or its key is a fault."""
    if row.is_blank(entries):
        return None
    award = awards.get(_application(row))
    if award is None:
        said = _application(row) or "nothing"
        row.fault(APPLICATION, f"“{said}” has no award in this round. Leave what was written there.")
        return None
    number = row.read(RETURN, read_whole)
    one = next((one for one in award.returns if one.plan.number == number), None)
    if one is None:
        row.fault(RETURN, f"{award.reference} has no such return. Leave the number that was written there.")
        return None
    key = (row.sheet, award.application, str(number), *(one_line(cell_text(row.cells[h])) for h in more))
    if key in work.seen:
        row.fault(APPLICATION, "this row appears twice. Remove one of them.")
        return None
    work.seen.add(key)
    return work.drafts.setdefault((award.application, one.plan.number), _begun(one, row))


def _application(row: FormRow) -> str:
    return one_line(cell_text(row.cells[APPLICATION]))


def _begun(one: AwardReturn, row: FormRow) -> _Draft:
    said = one.said
    if said is None:
        return _Draft(None, None, row.place(APPLICATION), "", None, {}, {})
    progress = {each.output: each for each in said.progress}
    supported = {(each.group, each.line): each for each in said.supported}
    place = row.place(APPLICATION)
    return _Draft(said, said.received_on, place, said.words, said.spent_pence, progress, supported)


def _read_return(row: FormRow, draft: _Draft, today: date | None) -> None:
    draft.place = row.place(RECEIVED)
    received = row.read_past_date(RECEIVED, today, "Write the day on which it came in.")
    spent = row.read(SPENT, read_money)
    draft.received_on = received or draft.received_on
    draft.spent_pence = draft.spent_pence if spent is None else spent
    draft.words = row.text(SAID, draft.words)


def _read_progress(row: FormRow, draft: _Draft, award: AwardMonitoring) -> None:
    number = row.read(OUTPUT, read_whole)
    output = next((each for each in award.outputs if each.number == number), None)
    if output is None:
        row.fault(OUTPUT, f"{award.reference} has no such output. Leave the number that was written there.")
        return
    if one_line(cell_text(row.cells[AGREED])) != one_line(tidied(clean(output.words))):
        row.fault(AGREED, f"“{output.words}” is agreed now. Fill in a form that was written since.")
        return
    before = draft.progress.get(output.number, OutputProgress(output.number))
    achieved = _count(row, ACHIEVED)
    words = row.text(IN_WORDS, before.words)
    told = replace(before, achieved=before.achieved if achieved is None else achieved, words=words)
    if told.achieved is not None or told.words:
        draft.progress[output.number] = told


def _read_supported(row: FormRow, draft: _Draft, value: Monitoring) -> None:
    title = one_line(cell_text(row.cells[COUNTED_BY]))
    found = next((each for each in value.lists if each.title == title), None)
    if found is None:
        row.fault(COUNTED_BY, f"“{title}” is not a list of this fund. Leave what was written there.")
        return
    said = one_line(cell_text(row.cells[LINE]))
    line = next((line for line in found.lines if one_line(line) == said), None)
    if line is None:
        row.fault(LINE, f"“{said}” is not a line of that list. Leave what was written there.")
        return
    people = _count(row, PEOPLE)
    if people is not None:
        draft.supported[found.code, line] = SupportedNumber(found.code, line, people)


def _count(row: FormRow, heading: str) -> int | None:
    return row.read(heading, _read_count)


def _read_count(cell: Cell) -> int | None:
    number = read_whole(cell)
    if number is not None and number < 0:
        raise Unreadable(f"“{number}” is below 0; write a whole number of 0 or more.")
    return number


def _require_days(work: _Work) -> None:
    """Add a fault for each return that says something and not when it came in."""
    for (application, number), draft in work.drafts.items():
        if draft.received_on is None and not work.faults.has(*draft.place):
            words = f"say on what day return {number} of {application} was received."
            work.faults.add_cell(*draft.place, words)


def _reading(name: str, work: _Work, received_on: date | None) -> MonitoringReading:
    taken = []
    for (application, number), draft in work.drafts.items():
        day = draft.received_on or received_on
        assert day is not None, "what has no day is a fault"
        said = ReturnContent(
            day,
            draft.words,
            draft.spent_pence,
            tuple(sorted(draft.progress.values(), key=attrgetter("output"))),
            tuple(sorted(draft.supported.values(), key=attrgetter("group", "line"))),
        )
        if said != draft.standing:
            is_undated = draft.received_on is None
            taken.append(TakenReturn(application, number, said, draft.standing, is_undated))
    return MonitoringReading(name, tuple(taken), len(work.drafts) - len(taken))


_UNKNOWN = "–"


def changed_lines(taken: Iterable[TakenReturn]) -> tuple[str, ...]:
    """Return a line for each value that the record has otherwise; what is new has none."""
    return tuple(
        f"{one.application}, return {one.number}: {words}"
        for one in taken
        if one.standing is not None
        for words in _changes(one.standing, one.said)
    )


def _changes(before: ReturnContent, after: ReturnContent) -> Iterator[str]:
    old, new = dict(_values(before)), dict(_values(after))
    for name in [*new, *(name for name in old if name not in new)]:
        was, becomes = old.get(name, _UNKNOWN), new.get(name, _UNKNOWN)
        if was != becomes:
            yield f"{name} from {was} to {becomes}"


def _values(said: ReturnContent) -> Iterator[tuple[str, str]]:
    yield "received", short_day(said.received_on)
    yield "spend evidenced", _UNKNOWN if said.spent_pence is None else money.short_pounds(said.spent_pence)
    yield "words", _text(said.words)
    for progress in said.progress:
        achieved = _UNKNOWN if progress.achieved is None else str(progress.achieved)
        yield f"output {progress.output} achieved", achieved
        yield f"output {progress.output} in words", _text(progress.words)
    for number in said.supported:
        yield f"people under {quoted(number.line)}", str(number.supported)


def _text(words: str) -> str:
    return quoted(words) if words else _UNKNOWN
