"""Applications, as they were submitted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base, WallTime
from models.schema.columns import one_of, whole


class ApplicationTable(Base):
    """One application. From `reference` down it is as submitted, and a trigger keeps it so.

    `all_gates` is the word that stands for every gate without a result of its own. Texts are "" and
    figures NULL when absent; `received_at` is as the form gave it, zone unchanged; `answers` is a JSON
    list of [heading, text].
    """

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("round_id", "reference"),
        one_of("all_gates", "yes", "no", "waived", "to check"),
        whole("requested_pence", least=1),
        whole("minimum_pence", least=0),
        whole("total_cost_pence", least=0),
        whole("match_funding_pence", least=0),
        whole("beneficiaries"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    position: Mapped[int]
    withdrawn: Mapped[bool]
    all_gates: Mapped[str]
    all_gates_reason: Mapped[str]
    all_gates_by: Mapped[str]
    reference: Mapped[str]
    organisation: Mapped[str]
    project: Mapped[str]
    requested_pence: Mapped[int]
    minimum_pence: Mapped[int | None]
    total_cost_pence: Mapped[int | None]
    match_funding_pence: Mapped[int | None]
    beneficiaries: Mapped[int | None]
    received_at: Mapped[datetime | None] = mapped_column(WallTime)
    received_has_time: Mapped[bool]
    previously_funded: Mapped[bool | None]
    organisation_type: Mapped[str]
    charity_number: Mapped[str]
    company_number: Mapped[str]
    contact_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str]
    postcode: Mapped[str]
    summary: Mapped[str]
    need: Mapped[str]
    outcomes: Mapped[str]
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    bank_account_held: Mapped[bool | None]
    constitution_held: Mapped[bool | None]
    safeguarding_policy: Mapped[bool | None]
    answers: Mapped[str]
