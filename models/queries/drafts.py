"""Text that was being typed when the program stopped."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.journal import Draft


def drafts(session: Session, start: str) -> dict[str, str]:
    """Return the kept text of every field whose name starts so, by field."""
    columns = select(Draft.field, Draft.text).where(Draft.field.startswith(start, autoescape=True))
    return dict(session.execute(columns.order_by(Draft.field)).all())
