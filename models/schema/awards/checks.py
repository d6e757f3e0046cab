"""Due diligence: what loaded registers say of organisations, and what people recorded of each award.

What the registers say is kept by the number or name that was looked for, so that it holds whoever bears it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of
from models.schema.personal import TextAbout


class RegisterExtractColumns(Columns):
    """The extract of a register that was loaded last; `extract_on` is the day the register made it."""

    register: Named[str] = Column(primary_key=True)
    extract_on: Named[date]
    file: Named[str]
    rows: Named[int]
    odd_rows: Named[int]
    loaded_by: Named[str]
    loaded_at: Named[datetime]


register_extract_table = record_table(
    "register_extracts",
    RegisterExtractColumns,
    one_of("register", "charity", "company", "sanctions", "weights", "substitutes"),
    at_least("rows", 0),
    at_least("odd_rows", 0),
)


class RegisterEntryColumns(Columns):
    """What an extract says under a key; `place` 0 says that the key was looked for and is not in it."""

    register: Named[str] = Column(ForeignKey("register_extracts.register"), primary_key=True)
    key: Named[str] = Column(primary_key=True)
    place: Named[int] = Column(primary_key=True)
    listed: Named[str]
    name: Named[str]
    status: Named[str]
    ended_on: Named[date | None]
    insolvency: Named[str]
    accounts: Named[str]
    accounts_due_on: Named[date | None]
    address: Named[str]
    postcode: Named[str]
    what: Named[str]


register_entry_table = record_table("register_entries", RegisterEntryColumns, at_least("place", 0))


class AwardCheckColumns(Columns):
    """What a person recorded of one check of an award.

    It hangs on the application and not on its award, so that a corrected decision leaves it as it is.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    code: Named[str] = Column(primary_key=True)
    result: Named[str]
    checked_on: Named[date]
    checked_by: Named[str]
    note: Named[TextAbout]


award_check_table = record_table(
    "award_checks",
    AwardCheckColumns,
    one_of("result", "passed", "failed", "not needed"),
    CheckConstraint("result = 'passed' OR trim(note) <> ''", name="has_a_note_where_not_passed"),
)
