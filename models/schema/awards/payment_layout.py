"""The layouts of payment files that an office saved by name, and their columns."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import one_of


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
