"""The money that was awarded, and the parts in which it is paid."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least
from models.schema.personal import TextAbout


class AwardColumns(Columns):
    """An award that a decision made; `profile` is the code of a payment profile, "" for lines of its own.

    `held_for` says why nothing more is paid for now, None when it is not held.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    decision_id: Named[int] = Column(ForeignKey("decisions.id"))
    reference: Named[str]
    amount_pence: Named[int]
    profile: Named[str]
    agreed_on: Named[date | None]
    held_for: Named[TextAbout | None]


award_table = record_table("awards", AwardColumns, at_least("amount_pence", 1))


class InstalmentColumns(Columns):
    """One part of an award, and what it waits for; paid once finance authorised it.

    `proof_on` is the day a claim or proof of purchase came in, `proof` what it was.
    """

    application_id: Named[int] = Column(ForeignKey("awards.application_id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    amount_pence: Named[int]
    trigger: Named[str]
    paid_on: Named[date | None]
    authorised_by: Named[str]
    due_on: Named[date | None]
    proof_on: Named[date | None]
    proof: Named[TextAbout | None]


instalment_table = record_table(
    "instalments",
    InstalmentColumns,
    at_least("amount_pence", 1),
    CheckConstraint("(paid_on IS NULL) = (authorised_by = '')", name="authorised_when_paid"),
)


class ReturnColumns(Columns):
    """Money of an award that came back; `recovery` is the number of the request, None where nobody asked."""

    application_id: Named[int] = Column(ForeignKey("awards.application_id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    amount_pence: Named[int]
    returned_on: Named[date]
    reason: Named[TextAbout]
    recovery: Named[int | None]


return_table = record_table(
    "award_returns",
    ReturnColumns,
    at_least("amount_pence", 1),
    CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
)
