"""The account of an award, what finance books awards under, and layouts of payment files."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, one_of, record_table, shaped


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


class FinanceCodesColumns(Columns):
    """The codes of a round (`area_id` None) or of one area; "" in an area's is as the round's.

    They are text: leading zeros are part of a code.
    """

    round_id: Named[int] = Column(ForeignKey("rounds.id"), primary_key=True)
    position: Named[int] = Column(primary_key=True)
    area_id: Named[int | None] = Column(ForeignKey("areas.id"))
    cost_centre: Named[str]
    nominal_code: Named[str]
    project_code: Named[str]


finance_codes_table = record_table(
    "finance_codes",
    FinanceCodesColumns,
    CheckConstraint("cost_centre || nominal_code || project_code <> ''", name="has_a_code"),
)


class SupplierNumberColumns(Columns):
    """The number that finance's own system knows an organisation by, as text."""

    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    number: Named[str]


supplier_number_table = record_table(
    "supplier_numbers",
    SupplierNumberColumns,
    CheckConstraint("trim(number) <> ''", name="number_says_something"),
)


class PaymentLayoutColumns(Columns):
    """A layout by its name: what stands between cells, how dates are written, and which payments it has."""

    name: Named[str] = Column(primary_key=True)
    separator: Named[str]
    dates: Named[str]
    covers: Named[str]
    has_mark: Named[bool]
    has_headings: Named[bool]


payment_layout_table = record_table(
    "payment_layouts",
    PaymentLayoutColumns,
    CheckConstraint("trim(name) <> ''", name="name_says_something"),
    one_of("separator", "comma", "semicolon", "tab"),
    one_of("covers", "outstanding", "ready", "all"),
)


class PaymentColumnColumns(Columns):
    """One column of a layout, from left to right: its heading, what it holds, and fixed words."""

    layout: Named[str] = Column(ForeignKey("payment_layouts.name"), primary_key=True)
    position: Named[int] = Column(primary_key=True)
    heading: Named[str]
    holds: Named[str]
    words: Named[str]


payment_column_table = record_table("payment_columns", PaymentColumnColumns)
