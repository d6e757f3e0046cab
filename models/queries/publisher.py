"""Who publishes the office's open data."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.open_data import Publisher
from models.schema.publisher import PublisherTable


def publisher(session: Session) -> Publisher:
    """Return the publisher's prefix and identifier, both "" until they were given."""
    row = session.execute(select(PublisherTable.prefix, PublisherTable.funder)).one_or_none()
    return Publisher() if row is None else Publisher(*row)
