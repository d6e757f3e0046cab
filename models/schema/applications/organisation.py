"""Organisations and the names and numbers they have gone by."""

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table


class OrganisationColumns(Columns):
    """An organisation that has applied to any round, under the name it was first known by."""

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    name: Named[str]


organisation_table = record_table("organisations", OrganisationColumns)


class OrganisationAliasColumns(Columns):
    """A name with the numbers given beside it, as some application wrote them; "" is no number.

    `name_key` is the name without case and extra spaces, which is what names are compared by.
    """

    id: Named[int] = Column(primary_key=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), index=True)
    name: Named[str]
    name_key: Named[str]
    charity_number: Named[str]
    company_number: Named[str]


organisation_alias_table = record_table(
    "organisation_aliases",
    OrganisationAliasColumns,
    UniqueConstraint("name_key", "charity_number", "company_number"),
)
