"""What finance books awards under: its codes, and the numbers it knows payees by."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table


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
