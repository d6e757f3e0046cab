"""The monitoring of a round as a workbook: what stands, what is missing, and the sheets to fill in."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.paper_writing import named, office_book, office_sheets
from exchange.xlsx.table import TableBook, TableColumn, TableSheet, columns_of
from exchange.xlsx.table_book import write_table_book
from models.papers.monitoring.monitoring import AwardMonitoring, AwardReturn, Monitoring
from models.papers.monitoring.monitoring_plan import asked_outputs, behind_words
from models.papers.status import PaperStatus
from scoring.written.days import full_day
from scoring.written.text import with_article

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
    notes = f"{NOTE}{after}"
    figures = f"{NOTE}Figures are of this return alone."
    sheets = (
        _sheet(RETURNS, value.title_of("returns"), notes, _RETURNS, _returns(awards)),
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


def _returns(awards: Sequence[AwardMonitoring]) -> Iterator[_Asked]:
    yield from (_Asked(award, one, one.said) for award, one in _each(awards))


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
NOT_SIGNED = "No return is planned yet, as its agreement is not signed."

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
    more = (_overdue(value), _agreed(value), *form_sheets(value), _visits(value))
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
    columns = _award_columns(value)
    lacking = _lacking_on_all(value)
    all_lack = f" On all of them: {' '.join(lacking)}" if lacking else ""
    note = f"{named(value)}. {value.control}. As on {full_day(value.today)}.{all_lack}"
    printed = len(columns) - 1  # what it is counted under is long, and for sums alone
    return TableSheet(
        *("Awards", value.title, note, columns, value.awards), frozen_columns=3, printed_columns=printed
    )


def _award_columns(value: Monitoring) -> tuple[TableColumn, ...]:
    return columns_of(
        "monitoring awards",
        overdue=lambda award: len(award.overdue(value.today)),
        last_visit=lambda award: max((v.on for v in award.visits), default=None),
        to_look_at=lambda award: _to_look_at(award, value),
    )


def _to_look_at(award: AwardMonitoring, value: Monitoring) -> str:
    """Say what an officer is to look at: spend unlike payments, and what is lacking here and not on all."""
    words = [award.proposed, award.warning, award.unevidenced, award.ends_elsewhere]
    words.append(behind_words(award))
    on_all = _lacking_on_all(value)
    words += [one for one in _lacking(award) if one not in on_all]
    return " ".join(filter(None, words))


def _lacking(award: AwardMonitoring) -> list[str]:
    """Return what was not set up on an award."""
    planned = NOT_PLANNED if award.is_agreed else NOT_SIGNED
    return [*([] if award.outputs else [NOT_AGREED]), *([] if award.returns else [planned])]


def _lacking_on_all(value: Monitoring) -> list[str]:
    """Return what was set up on no award, of several."""
    lacking = list(map(_lacking, value.awards))
    known = (NOT_AGREED, NOT_PLANNED, NOT_SIGNED) if len(lacking) > 1 else ()
    return [one for one in known if all(one in each for each in lacking)]


def _overdue(value: Monitoring) -> TableSheet:
    note = f"Returns that have not come in by {full_day(value.today)}, the longest first."
    return TableSheet("Overdue", value.title_of("overdue returns"), note, _OVERDUE, value.overdue)


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
