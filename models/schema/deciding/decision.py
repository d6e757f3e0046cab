"""What the panel's chair signed, and what the deciding office decided on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


class SignatureColumns(Columns):
    """That the chair of the panel signed the recommendation on an application; it holds still from then."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    signed_by: Named[str]
    signed_on: Named[date]
    recorded_at: Named[datetime]


signature_table = record_table("recommendation_signatures", SignatureColumns)


class SignOffColumns(Columns):
    """One signing by one step of a round's chain; the last step's has a notice number of its own.

    `unsigned_because` says why it goes without the signature of a step before it, "" where it does not.
    """

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    step: Named[int]
    is_last: Named[bool]
    post: Named[str]
    signed_by: Named[str]
    signed_on: Named[date]
    interests: Named[str]
    legal_power: Named[str]
    notice: Named[str | None] = Column(unique=True)
    is_from_paper: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]
    unsigned_because: Named[str] = Column(server_default="")


sign_off_table = record_table(
    "sign_offs",
    SignOffColumns,
    at_least("step", 0),
    CheckConstraint("trim(interests) <> ''", name="states_interests"),
)


class DecisionColumns(Columns):
    """One line of a signing, with a copy of the figures it was taken on.

    `ended_by` is the line that took its place or sent it back; one that stands has none.
    """

    id: Named[int] = Column(primary_key=True)
    sign_off_id: Named[int] = Column(ForeignKey("sign_offs.id"))
    application_id: Named[int] = Column(ForeignKey("applications.id"))
    verdict: Named[str]
    outcome: Named[str]
    amount_pence: Named[int | None]
    reason: Named[str]
    change_reason: Named[str]
    conditions: Named[str]
    is_exception: Named[bool]
    quality_1e2: Named[int | None]
    cost_1e2: Named[int | None]
    total_1e2: Named[int | None]
    place: Named[int | None]
    tied: Named[bool]
    ended_by: Named[int | None] = Column(ForeignKey("decisions.id"))


decision_table = record_table(
    "decisions",
    DecisionColumns,
    one_of("verdict", "agree", "change", "send_back"),
    one_of("outcome", "fund", "part_fund", "reserve", "decline", "defer", "refer"),
    at_least("amount_pence", 1),
    CheckConstraint(
        "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))", name="money_only_when_funded"
    ),
    CheckConstraint("verdict = 'agree' OR trim(change_reason) <> ''", name="change_has_a_reason"),
)
