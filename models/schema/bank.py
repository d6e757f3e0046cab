"""The account of an award: what is known of it openly, and the account itself, which no journal holds."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of


class BankEndingTable(Base):
    """The last four digits, who put the account down and who checked it; made by the journal."""

    __tablename__ = "bank_endings"
    __table_args__ = (
        CheckConstraint("length(last_four) = 4", name="last_four_length"),
        CheckConstraint("(checked_at IS NULL) = (checked_by = '')", name="checked_by_someone"),
        one_of("changed_after", "", "checked", "paid"),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("awards.application_id"), primary_key=True)
    last_four: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    checked_by: Mapped[str]
    checked_at: Mapped[datetime | None]
    changed_after: Mapped[str]


class BankDetailsTable(Base):
    """The account itself; never journalled, and so left out when the journal is done over again."""

    __tablename__ = "bank_details"
    __table_args__ = (
        CheckConstraint("sort_code GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="sort_code_form"),
        CheckConstraint(
            "length(account_number) = 8 AND account_number NOT GLOB '*[^0-9]*'", name="account_number_form"
        ),
        STRICT,
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("bank_endings.application_id"), primary_key=True)
    account_name: Mapped[str]
    sort_code: Mapped[str]
    account_number: Mapped[str]
