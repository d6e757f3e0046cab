"""The Not applicable and Chair decisions sheets: what the chair set aside and decided."""

from exchange.reading.sheets import Cell
from exchange.round_workbook.criteria import ReadCriteria
from exchange.round_workbook.layout import CHAIR_DECISIONS, EXCEPTION_VALUE, NOT_APPLICABLE, RULED_BY, folded
from exchange.round_workbook.panel import Known
from exchange.round_workbook.table import Row, Source
from exchange.round_workbook.values import one_of, shown, text, whole_within
from models.values.rows import ChairDecisionRow, NotApplicableRow
from scoring.round import ChairDecisionKind
from scoring.written.text import Unreadable


def read_not_applicable(
    source: Source, criteria: ReadCriteria, known: Known, *, is_allowed: bool
) -> tuple[NotApplicableRow, ...]:
    """Return the criteria set aside; where the scheme does not allow it, each row is a fault."""
    table = source.open_table(NOT_APPLICABLE)
    found: dict[tuple[str, str], NotApplicableRow] = {}
    for row in table.rows if table is not None else ():
        application, criterion = known.application(row), _criterion(row, criteria)
        line = NotApplicableRow(application, criterion, row.need("Reason", text, ""))
        if not is_allowed:
            source.faults.add_cell(NOT_APPLICABLE, row.number, min(row.columns.values()) + 1, _NOT_ALLOWED)
        if (application, criterion) in found:
            row.fault("Criterion", f"{criterion} is set aside for {application} twice.")
        elif application and criterion:
            found[application, criterion] = line
    return tuple(found.values())


def read_chair_decisions(source: Source, known: Known) -> tuple[ChairDecisionRow, ...]:
    """Return the chair's decisions on ties and exceptions."""
    table = source.open_table(CHAIR_DECISIONS)
    found: dict[tuple[str, ChairDecisionKind], ChairDecisionRow] = {}
    for row in table.rows if table is not None else ():
        application = known.application(row)
        kind = row.need("Kind", one_of(ChairDecisionKind), None)
        place, reason = _place(row, kind), row.need("Reason", text, "")
        ruled_by = row.take(RULED_BY, text, "")
        if ruled_by and known.members is not None and ruled_by not in known.members:
            row.fault(RULED_BY, f'"{ruled_by}" is not a member on the Members sheet.')
        if kind is not None and (application, kind) in found:
            row.fault("Application", f"there is another {kind} decision for {application} above.")
        elif application and kind is not None:
            found[application, kind] = ChairDecisionRow(application, kind, place, reason, ruled_by)
    return tuple(found.values())


_NOT_ALLOWED = (
    "the scheme does not allow a criterion to be set aside; see Not applicable allowed on the Round sheet."
)


def _criterion(row: Row, criteria: ReadCriteria) -> str:
    code = row.need("Criterion", text, "")
    if code and criteria.is_there and folded(code) not in criteria.codes:
        row.fault("Criterion", f'"{code}" is not a criterion on the Criteria sheet.')
    return criteria.codes.get(folded(code), code)


def _place(row: Row, kind: ChairDecisionKind | None) -> int | None:
    if kind is ChairDecisionKind.TIE:
        return row.need("Value", whole_within(1), None)
    if kind is ChairDecisionKind.EXCEPTION:
        row.need("Value", _fund, "")
    return None


def _fund(cell: Cell) -> str:
    if text(cell) != EXCEPTION_VALUE:
        raise Unreadable(f"{shown(cell)} is not {EXCEPTION_VALUE}, the only value of an exception.")
    return EXCEPTION_VALUE
