"""Funds with their names and years' money, and financial years."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


class FundColumns(Columns):
    """A fund; `defaults` is the canonical JSON of `FundDefaults`, `name` the newest of its names.

    From `closed_on` no round of it is started; None while it is open.
    """

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    code: Named[str] = Column(unique=True)
    name: Named[str] = Column(unique=True)
    has_panel: Named[bool]
    defaults: Named[str]
    closed_on: Named[date | None]


fund_table = record_table("funds", FundColumns)


class FundNameColumns(Columns):
    """A name that a fund has from a day on; its first one is there from the first day there is."""

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    held_from: Named[date] = Column(primary_key=True)
    name: Named[str]


fund_name_table = record_table(
    "fund_names", FundNameColumns, CheckConstraint("trim(name) <> ''", name="is_named")
)


class FundYearColumns(Columns):
    """The money of a fund in a financial year."""

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    year: Named[str] = Column(primary_key=True)
    amount_pence: Named[int]


fund_year_table = record_table("fund_years", FundYearColumns, at_least("amount_pence", 0))


class FundSourceColumns(Columns):
    """Where a part of a fund's money of a year comes from; one that lapses does so after `ends_on`."""

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    year: Named[str] = Column(primary_key=True)
    position: Named[int] = Column(primary_key=True)
    kind: Named[str]
    words: Named[str]
    amount_pence: Named[int]
    ends_on: Named[date | None]


fund_source_table = record_table(
    "fund_sources",
    FundSourceColumns,
    one_of("kind", "proceeds-of-crime", "police-property", "ministry-of-justice", "precept", "other"),
    at_least("amount_pence", 0),
)


class FinancialYearColumns(Columns):
    """A financial year as it is written, "2026/27"; "" where a round was given none."""

    id: Named[int] = Column(primary_key=True)
    label: Named[str] = Column(unique=True)


financial_year_table = record_table("financial_years", FinancialYearColumns)
