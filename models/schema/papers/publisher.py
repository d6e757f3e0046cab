"""Who publishes the office's open data: one row."""

from sqlalchemy import CheckConstraint, Column, Named

from models.schema.base import Columns, record_table


class PublisherColumns(Columns):
    """The prefix that 360Giving gave the office, and the office's own identifier as a funder."""

    id: Named[int] = Column(primary_key=True)
    prefix: Named[str]
    funder: Named[str]


publisher_table = record_table(
    "publisher",
    PublisherColumns,
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("prefix LIKE '360G-_%'", name="prefix_form"),
    CheckConstraint("funder LIKE '%-_%'", name="funder_form"),
)
