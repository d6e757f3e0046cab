"""Funds and financial years."""

from sqlalchemy import Column, Named

from models.schema.base import Columns, record_table


class FundColumns(Columns):
    """A fund; `defaults` is the canonical JSON of `FundDefaults`."""

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    code: Named[str] = Column(unique=True)
    name: Named[str] = Column(unique=True)
    has_panel: Named[bool]
    defaults: Named[str]


fund_table = record_table("funds", FundColumns)


class FinancialYearColumns(Columns):
    """A financial year as it is written, "2026/27"; "" where a round was given none."""

    id: Named[int] = Column(primary_key=True)
    label: Named[str] = Column(unique=True)


financial_year_table = record_table("financial_years", FinancialYearColumns)
