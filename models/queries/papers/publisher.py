"""Who publishes the office's open data."""

from sqlalchemy import select

from models.papers.open_data import Publisher
from models.schema.papers import publisher_table
from models.session import Session


def publisher(session: Session) -> Publisher:
    """Return the publisher's prefix and identifier, both "" until they were given."""
    row = session.execute(select(publisher_table.c.prefix, publisher_table.c.funder)).one_or_none()
    return Publisher() if row is None else Publisher(*row)
