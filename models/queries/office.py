"""Whose record it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.office import OfficeTable


def office_name(session: Session) -> str:
    """Return the name of the office whose record it is, "" before one is set up."""
    return session.scalar(select(OfficeTable.name)) or ""
