"""The sheets of a monitoring workbook that are filled in and read back, and what each column is called."""

from collections.abc import Iterator, Sequence

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

_KEY = (
    TableColumn(APPLICATION, 13),
    TableColumn("Award", 12),
    TableColumn("Recipient", 28, "wrapped"),
    TableColumn(RETURN, 8, "count"),
    TableColumn("Due on", 12, "day"),
)
_RETURNS = (
    *_KEY,
    TableColumn("Report on", 20, "apart"),
    TableColumn(RECEIVED, 13, "day", is_entry=True),
    TableColumn(SPENT, 14, "pounds", is_entry=True),
    TableColumn(SAID, 70, "apart", is_entry=True),
)
_PROGRESS = (
    *_KEY,
    TableColumn(OUTPUT, 8, "count"),
    TableColumn(AGREED, 40, "apart"),
    TableColumn("Figure agreed", 12, "count"),
    TableColumn(ACHIEVED, 15, "count", is_entry=True),
    TableColumn(IN_WORDS, 50, "apart", is_entry=True),
)
_SUPPORTED = (
    *_KEY,
    TableColumn(COUNTED_BY, 19, "apart"),
    TableColumn(LINE, 40, "wrapped"),
    TableColumn(PEOPLE, 14, "count", is_entry=True),
)

Cells = tuple[TableCell, ...]


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
    name: str, title: str, note: str, columns: tuple[TableColumn, ...], rows: Iterator[Cells]
) -> TableSheet:
    return TableSheet(name, title, note, columns, list(rows), frozen_columns=3)


def _returns(awards: Sequence[AwardMonitoring]) -> Iterator[Cells]:
    for award, one in _each(awards):
        said = one.said
        told = (None, None, None) if said is None else (said.received_on, said.spent_pence, said.words)
        yield (*_key(award, one), one.plan.of, *told)


def _progress(awards: Sequence[AwardMonitoring]) -> Iterator[Cells]:
    for award, one in _each(awards):
        told = {} if one.said is None else {each.output: each for each in one.said.progress}
        asked = {each.number for each in asked_outputs(award)}
        for output in (each for each in award.outputs if each.number in asked or each.number in told):
            said = told.get(output.number)
            cells = (None, None) if said is None else (said.achieved, said.words)
            yield (*_key(award, one), output.number, output.words, output.target, *cells)


def _supported(value: Monitoring) -> Iterator[Cells]:
    for award, one in _each(value.awards):
        told = {} if one.said is None else {(n.group, n.line): n.supported for n in one.said.supported}
        for each in value.lists:
            for line in each.lines:
                yield (*_key(award, one), each.title, line, told.get((each.code, line)))


def _each(awards: Sequence[AwardMonitoring]) -> Iterator[tuple[AwardMonitoring, AwardReturn]]:
    for award in awards:
        yield from ((award, one) for one in award.returns)


def _key(award: AwardMonitoring, one: AwardReturn) -> Cells:
    return (award.application, award.reference, award.organisation, one.plan.number, one.plan.due_on)
