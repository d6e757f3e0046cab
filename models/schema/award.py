"""The money that was awarded, and the parts in which it is paid."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import whole


class AwardTable(Base):
    """An award that a decision made; `profile` is the code of a payment profile, "" for lines of its own."""

    __tablename__ = "awards"
    __table_args__ = (whole("amount_pence", least=1), STRICT)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    reference: Mapped[str]
    amount_pence: Mapped[int]
    profile: Mapped[str]
    agreed_on: Mapped[date | None]


class InstalmentTable(Base):
    """One part of an award, and what it waits for; paid once finance authorised it."""

    __tablename__ = "instalments"
    __table_args__ = (
        whole("amount_pence", least=1),
        CheckConstraint("(paid_on IS NULL) = (authorised_by = '')", name="authorised_when_paid"),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("awards.application_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    amount_pence: Mapped[int]
    trigger: Mapped[str]
    paid_on: Mapped[date | None]
    authorised_by: Mapped[str]
