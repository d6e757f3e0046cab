"""The account of an award: what is known of it openly, and the account itself, which no journal holds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import one_of, shaped


class BankEndingColumns(Columns):
    """The last four digits and the sum, who put the account down and who checked it; made by the journal."""

    application_id: Named[int] = Column(ForeignKey("awards.application_id"), primary_key=True)
    last_four: Named[str]
    entered_by: Named[str]
    entered_at: Named[datetime]
    checked_by: Named[str]
    checked_at: Named[datetime | None]
    changed_after: Named[str]
    account_sum: Named[str]


bank_ending_table = record_table(
    "bank_endings",
    BankEndingColumns,
    CheckConstraint("length(last_four) = 4", name="last_four_length"),
    CheckConstraint("(checked_at IS NULL) = (checked_by = '')", name="checked_by_someone"),
    one_of("changed_after", "", "checked", "paid"),
)


class BankDetailsColumns(Columns):
    """The account and the salt of its sum; never journalled, and so left out when that is done over again."""

    application_id: Named[int] = Column(ForeignKey("bank_endings.application_id"), primary_key=True)
    account_name: Named[str]
    sort_code: Named[str]
    account_number: Named[str]
    salt: Named[str]


bank_details_table = record_table(
    "bank_details",
    BankDetailsColumns,
    *shaped(
        "sort_code_form",
        "sort_code GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
        "sort_code ~ '^[0-9]{2}-[0-9]{2}-[0-9]{2}$'",
    ),
    *shaped(
        "account_number_form",
        "length(account_number) = 8 AND account_number NOT GLOB '*[^0-9]*'",
        "account_number ~ '^[0-9]{8}$'",
    ),
)
