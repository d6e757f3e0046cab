"""What the record has of a round that a round workbook does not hold."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.queries.applications import gate_results
from models.queries.recommendations import recommendations
from models.queries.scheme import scheme
from models.schema.issue import IssueTable
from models.schema.panel import MemberTable


def what_else(session: Session, round_id: int) -> str:
    """Return one line that names what a workbook of the round leaves out; the journal always is."""
    held = [*_held(session, round_id), "the journal"]
    listed = held[0] if len(held) == 1 else f"{', '.join(held[:-1])} and {held[-1]}"
    return f"Not in the workbook, but in the record: {listed}. A workbook is not a backup."


def _held(session: Session, round_id: int) -> Iterator[str]:
    single = len(gate_results(session, round_id))
    if single:
        yield _counted(single, "result of a single gate", "results of single gates")
    if scheme(session, round_id).descriptors:
        yield "the words for marks"
    of_kind = select(func.count()).where(MemberTable.round_id == round_id, MemberTable.kind != "")
    if session.scalar(of_kind):
        yield "the kinds of member"
    recommended = len(recommendations(session, round_id))
    if recommended:
        yield _counted(recommended, "recommendation", "recommendations")
    issued = session.scalar(select(func.count()).where(IssueTable.round_id == round_id)) or 0
    if issued:
        yield _counted(issued, "issued schedule", "issued schedules")


def _counted(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many}"
