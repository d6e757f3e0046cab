"""Funds and financial years."""

from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import Base


class FundTable(Base):
    """A fund; `defaults` is the canonical JSON of `FundDefaults`."""

    __tablename__ = "funds"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    has_panel: Mapped[bool]
    defaults: Mapped[str]


class FinancialYearTable(Base):
    """A financial year as it is written, "2026/27"; "" where a round was given none."""

    __tablename__ = "financial_years"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(unique=True)
