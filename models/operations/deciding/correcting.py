"""What a correction of decided lines says where somebody signed the same before."""

from collections.abc import Sequence

from models.operations.deciding.decision_lines import LineDecision, Standing, standing_lines
from models.session import Session


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
