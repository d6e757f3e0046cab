"""How awards were changed after they were made, who signed for more money, and what was asked back.

They hang on the application and not on its award, so that a corrected decision leaves them as they are.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of
from models.schema.personal import TextAbout


class VariationColumns(Columns):
    """A change of an award: what it was and becomes as canonical JSON of its terms, and why.

    `from_pence` and `to_pence` are the award before and after. One that is in effect has its day; one that
    takes more money is proposed until the chain that the new total requires has signed it.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    state: Named[str]
    from_pence: Named[int]
    to_pence: Named[int]
    was: Named[str]
    becomes: Named[str]
    reason: Named[TextAbout]
    proposed_on: Named[date]
    proposed_by: Named[str]
    recorded_at: Named[datetime]
    effective_on: Named[date | None]
    ended_because: Named[TextAbout]


variation_table = record_table(
    "award_variations",
    VariationColumns,
    one_of("state", "proposed", "in effect", "withdrawn"),
    at_least("from_pence", 1),
    at_least("to_pence", 1),
    CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
    CheckConstraint("(state = 'in effect') = (effective_on IS NOT NULL)", name="in_effect_from_a_day"),
    CheckConstraint("(state = 'withdrawn') = (ended_because <> '')", name="withdrawn_for_a_reason"),
)


class VariationSignatureColumns(Columns):
    """What one post of a step of the chain signed of a variation; `step` counts from 0."""

    application_id: Named[int] = Column(primary_key=True)
    number: Named[int] = Column(primary_key=True)
    step: Named[int] = Column(primary_key=True)
    post: Named[str] = Column(primary_key=True)
    signed_by: Named[str]
    signed_on: Named[date]
    interests: Named[str]
    is_from_paper: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


variation_signature_table = record_table(
    "variation_signatures",
    VariationSignatureColumns,
    at_least("step", 0),
    CheckConstraint("trim(signed_by) <> ''", name="signed_by_someone"),
    ForeignKeyConstraint(
        ["application_id", "number"], ["award_variations.application_id", "award_variations.number"]
    ),
)


class RecoveryColumns(Columns):
    """Money of an award that was asked back: how much, when and why; what came of it is in its returns."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    number: Named[int] = Column(primary_key=True)
    amount_pence: Named[int]
    asked_on: Named[date]
    reason: Named[TextAbout]
    asked_by: Named[str]


recovery_table = record_table(
    "award_recoveries",
    RecoveryColumns,
    at_least("amount_pence", 1),
    CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
)
