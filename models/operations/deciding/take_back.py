"""A signature corrected by a later one, or taken back while nobody signed after it and nothing is decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from sqlalchemy import update

from models.operation import Actor, Outcome, Topic
from models.operations.deciding.decision_lines import LineDecision, Standing, standing_lines
from models.operations.operation_base import RegisteredOperation
from models.operations.set_up.round_state import require_round
from models.queries.deciding.decisions import decisions
from models.queries.deciding.progress import NOT_BEGUN, Progress, progress_by_line
from models.schema.deciding import decision_table
from models.session import Session
from models.values.recommending import DecisionRow
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.names import is_same_text


def agreeing(session: Session, round_id: int, lines: Sequence[LineDecision]) -> tuple[LineDecision, ...]:
    """Return changes of decided lines as they are signed: one that others signed already is agreed with.

    Theirs would else be ended by it, and each post of a joint step wait for the other for ever.
    """
    standings = standing_lines(session, round_id)
    return tuple(
        LineDecision(line.application) if _is_signed_so(line, standings.get(line.application)) else line
        for line in lines
    )


def _is_signed_so(line: LineDecision, standing: Standing | None) -> bool:
    """Whether a correction that waits for a further signature says what the line would."""
    if standing is None or not standing.progress.is_correcting:
        return False
    is_same = (line.outcome, line.amount_pence) == (standing.outcome, standing.amount_pence)
    return is_same and line.reason in ("", standing.reason)


class TakeBackSignature(RegisteredOperation, frozen=True):
    """Take back what one person signed at a step on lines that nobody signed after. A barrier, as signing is.

    What a change had ended before holds again. `from_paper` is of a signature recorded from paper.
    """

    kind: ClassVar[str] = "take back signature"
    is_barrier: ClassVar[bool] = True
    round_id: int
    step: int
    by: str
    post: str
    references: tuple[str, ...]
    from_paper: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Take back a signature on {counted(len(self.references), 'application')}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it back; refused on what is decided, what others signed since, and what was never signed."""
        require_round(session, self.round_id)
        if not self.references:
            raise Refused("There is no line to take a signature back from.")
        along = progress_by_line(decisions(session, self.round_id))
        _end(session, [self._signed(of, along.get(of, NOT_BEGUN)).number for of in self.references])
        many = counted(len(self.references), "application")
        words = f"The signature of {self.by} on {many} was taken back."
        return Outcome(frozenset({Topic.DECISIONS, Topic.RECOMMENDATIONS}), None, words)

    def _signed(self, reference: str, held: Progress) -> DecisionRow:
        """Return the row of a signature that may be taken back from a line."""
        if held.final is not None and not held.since:
            raise Refused(f"{reference} is decided. A correction is a new decision that supersedes it.")
        row = held.since[-1] if held.since else None
        if row is None or not any(self._is_mine(one) for one in held.since):
            raise Refused(f"{self.by} has not signed {reference} as {self.post}.")
        if not self._is_mine(row):
            raise Refused(f"{row.signed_by} signed {reference} since, so the signature stays.")
        return row

    def _is_mine(self, row: DecisionRow) -> bool:
        is_same = is_same_text(row.signed_by, self.by) and is_same_text(row.post, self.post)
        return is_same and (row.step, row.is_from_paper) == (self.step, self.from_paper)


def _end(session: Session, numbers: Sequence[int]) -> None:
    """End rows by themselves, which says that they were taken back, and have hold again what they ended."""
    table = decision_table
    session.execute(update(table).where(table.c.ended_by.in_(numbers)).values(ended_by=None))
    session.execute(update(table).where(table.c.id.in_(numbers)).values(ended_by=table.c.id))
