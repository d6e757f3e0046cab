"""What was changed in a record since a paper was issued, counted by kind."""

from collections import Counter

from sqlalchemy import select

from models.schema.journal import journal_table
from models.session import Session
from scoring.counted import counted

_SHOWN = 6


def since_issue(session: Session, after_row: int) -> str:
    """Say in a sentence what came after the row that a paper's issue followed, the issue itself left out."""
    journal_rows = select(journal_table.c.seq, journal_table.c.kind).where(journal_table.c.seq > after_row)
    kinds = [kind for seq, kind in session.execute(journal_rows.order_by(journal_table.c.seq))]
    if kinds[:1] == ["issue paper"]:
        kinds = kinds[1:]
    return changes_by_kind(kinds, "since it was issued")


def changes_by_kind(kinds: list[str], when: str) -> str:
    """Return how many changes there are and of which kinds, the most frequent first."""
    if not kinds:
        return f"Nothing was changed {when}."
    by_kind = Counter(kinds).most_common()
    shown = [f"{kind} ({many:,})" for kind, many in by_kind[:_SHOWN]]
    left = len(kinds) - sum(many for _, many in by_kind[:_SHOWN])
    others = [f"others ({left:,})"] if left else []
    changes = counted(len(kinds), "change was", "changes were")
    return f"{changes} made {when}: {', '.join([*shown, *others])}."
