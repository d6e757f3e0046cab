"""Text that was being typed when the program stopped."""

from sqlalchemy import select

from models.schema.journal import draft_table
from models.session import Session


def drafts(session: Session, person: str, start: str) -> dict[str, str]:
    """Return what a person was typing into each field whose name starts so, by field."""
    columns = select(draft_table.c.field, draft_table.c.text).where(
        draft_table.c.person == person, draft_table.c.field.startswith(start, autoescape=True)
    )
    return dict(session.execute(columns.order_by(draft_table.c.field)).all())
