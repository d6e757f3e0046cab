"""What an office taught the program about its forms: headings to fields, and spellings of areas."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import Base


class MatchingTable(Base):
    """Which heading of a form holds which field; `headings_key` stands for the form's set of headings.

    `fields` is a JSON list of [heading, field].
    """

    __tablename__ = "matchings"

    headings_key: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[str]


class AreaSpellingTable(Base):
    """How somebody wrote an area of a fund; `spelling` is without case and extra spaces."""

    __tablename__ = "area_spellings"

    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    spelling: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str]
