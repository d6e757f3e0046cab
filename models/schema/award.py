"""The money that was awarded, and the parts in which it is paid."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import whole


class AwardTable(Base):
    """An award that a decision made; `profile` is the code of a payment profile, "" for lines of its own.

    `held_for` says why nothing more is paid for now, None when it is not held.
    """

    __tablename__ = "awards"
    __table_args__ = (whole("amount_pence", least=1), STRICT)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    reference: Mapped[str]
    amount_pence: Mapped[int]
    profile: Mapped[str]
    agreed_on: Mapped[date | None]
    held_for: Mapped[str | None]


class InstalmentTable(Base):
    """One part of an award, and what it waits for; paid once finance authorised it.

    `proof_on` is the day a claim or proof of purchase came in, `proof` what it was.
    """

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
    due_on: Mapped[date | None]
    proof_on: Mapped[date | None]
    proof: Mapped[str | None]


class ReturnTable(Base):
    """Money of an award that was not spent and came back."""

    __tablename__ = "award_returns"
    __table_args__ = (
        whole("amount_pence", least=1),
        CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("awards.application_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    amount_pence: Mapped[int]
    returned_on: Mapped[date]
    reason: Mapped[str]
