"""Requests for review, complaints and appeals against decisions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import one_of
from models.schema.personal import TextAbout


class ChallengeColumns(Columns):
    """One challenge; `decision_id` is the decision that stood when it came, None where there was none.

    `finding` is NULL until it is answered.
    """

    number: Named[int] = Column(primary_key=True)
    application_id: Named[int] = Column(ForeignKey("applications.id"))
    decision_id: Named[int | None] = Column(ForeignKey("decisions.id"))
    kind: Named[str]
    asked_by: Named[TextAbout]
    grounds: Named[TextAbout]
    received_on: Named[date]
    due_on: Named[date]
    acknowledged_on: Named[date | None]
    looked_at_by: Named[str]
    looked_at_post: Named[str]
    finding: Named[str | None]
    reasons: Named[TextAbout]
    answered_on: Named[date | None]
    calls_for_decision: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]
    address: Named[TextAbout] = Column(server_default="")
    carried_out_by: Named[str] = Column(server_default="")
    remedy: Named[TextAbout] = Column(server_default="")


challenge_table = record_table(
    "challenges",
    ChallengeColumns,
    one_of("kind", "review", "complaint", "appeal"),
    one_of("finding", "upheld", "partly upheld", "not upheld", "withdrawn"),
    CheckConstraint("trim(asked_by) <> ''", name="asked_by_someone"),
    CheckConstraint("trim(grounds) <> ''", name="has_grounds"),
    CheckConstraint("(finding IS NULL) = (answered_on IS NULL)", name="answered_on_a_day"),
    CheckConstraint("(finding IS NULL) = (reasons = '')", name="answered_with_reasons"),
)
