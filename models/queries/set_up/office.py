"""Whose record it is."""

from sqlalchemy import select

from models.schema.set_up.office import office_table
from models.session import Session


def office_name(session: Session) -> str:
    """Return the name of the office whose record it is, "" before one is set up."""
    return session.scalar(select(office_table.c.name)) or ""
