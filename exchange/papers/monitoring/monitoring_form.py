"""The sheets of a monitoring workbook that are filled in and read back, and what each column is called."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from exchange.papers.headed import named
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet
from models.papers.monitoring.award_monitoring import AwardMonitoring, AwardReturn
from models.papers.monitoring.monitoring import Monitoring
from models.papers.monitoring.monitoring_plan import asked_outputs
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


def _said(name: str) -> Callable[[_Asked], TableCell]:
    """Return what gets a part of what was said, None where nothing was."""
    return lambda asked: None if asked.said is None else getattr(asked.said, name)


_KEY = (
    TableColumn(APPLICATION, 13, "text", "award.application"),
    TableColumn("Award", 12, "text", "award.reference"),
    TableColumn("Recipient", 28, "wrapped", "award.organisation"),
    TableColumn(RETURN, 8, "count", "one.plan.number"),
    TableColumn("Due on", 12, "day", "one.plan.due_on"),
)
_RETURNS = (
    *_KEY,
    TableColumn("Report on", 20, "apart", "one.plan.of"),
    TableColumn(RECEIVED, 13, "day", _said("received_on"), is_entry=True),
    TableColumn(SPENT, 14, "pounds", _said("spent_pence"), is_entry=True),
    TableColumn(SAID, 70, "apart", _said("words"), is_entry=True),
)
_PROGRESS = (
    *_KEY,
    TableColumn(OUTPUT, 8, "count", "of.number"),
    TableColumn(AGREED, 40, "apart", "of.words"),
    TableColumn("Figure agreed", 12, "count", "of.target"),
    TableColumn(ACHIEVED, 15, "count", _said("achieved"), is_entry=True),
    TableColumn(IN_WORDS, 50, "apart", _said("words"), is_entry=True),
)
_SUPPORTED = (
    *_KEY,
    TableColumn(COUNTED_BY, 19, "apart", lambda asked: asked.of[0].title),
    TableColumn(LINE, 40, "wrapped", lambda asked: asked.of[1]),
    TableColumn(PEOPLE, 14, "count", "said", is_entry=True),
)


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
