"""Organisations and the names and numbers they have gone by."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class OrganisationTable(Base):
    """An organisation that has applied to any round, under the name it was first known by."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class OrganisationAliasTable(Base):
    """A name with the numbers given beside it, as some application wrote them; "" is no number.

    `name_key` is the name without case and extra spaces, which is what names are compared by.
    """

    __tablename__ = "organisation_aliases"
    __table_args__ = (UniqueConstraint("name_key", "charity_number", "company_number"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    name_key: Mapped[str]
    charity_number: Mapped[str]
    company_number: Mapped[str]
