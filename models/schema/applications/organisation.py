"""Organisations, the names and numbers they have gone by, and which of them are one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named, UniqueConstraint

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


class OrganisationMergeColumns(Columns):
    """Somebody's word that an organisation of the record is another one of it, which stays.

    The merged one keeps its row and the names it had, so that the two can be separated again; its
    applications are the other's meanwhile. With names in `apart`, one on a line, it is the word that the two
    are never one: these names are the first one's, whatever number they share with the other.
    """

    merged_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    into_id: Named[int] = Column(ForeignKey("organisations.id"), index=True)
    reason: Named[str]
    apart: Named[str] = Column(server_default="")
    merged_by: Named[str]
    merged_at: Named[datetime]


organisation_merge_table = record_table(
    "organisation_merges",
    OrganisationMergeColumns,
    CheckConstraint("merged_id <> into_id", name="of_two"),
    CheckConstraint("trim(reason) <> ''", name="reason_says_something"),
)
