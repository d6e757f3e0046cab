"""What finance books awards under: its codes, and the numbers it knows payees by."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class FinanceCodesTable(Base):
    """The codes of a round (`area_id` None) or of one area; "" in an area's is as the round's.

    They are text: noughts in front are part of a code.
    """

    __tablename__ = "finance_codes"
    __table_args__ = (
        CheckConstraint("cost_centre || nominal_code || project_code <> ''", name="has_a_code"),
        STRICT,
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    cost_centre: Mapped[str]
    nominal_code: Mapped[str]
    project_code: Mapped[str]


class SupplierNumberTable(Base):
    """The number that finance's own system knows an organisation by, as text."""

    __tablename__ = "supplier_numbers"
    __table_args__ = (CheckConstraint("trim(number) <> ''", name="number_says_something"), STRICT)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    number: Mapped[str]
