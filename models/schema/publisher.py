"""Who publishes the office's open data: one row."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class PublisherTable(Base):
    """The prefix that 360Giving gave the office, and the office's own identifier as a funder."""

    __tablename__ = "publisher"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("prefix LIKE '360G-_%'", name="prefix_form"),
        CheckConstraint("funder LIKE '%-_%'", name="funder_form"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prefix: Mapped[str]
    funder: Mapped[str]
