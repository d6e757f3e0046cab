"""Requests for review, complaints and appeals against decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "challenges",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("decision_id", WHOLE, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("acknowledged_on", sa.Text(), nullable=True),
        sa.Column("looked_at_by", sa.Text(), nullable=False),
        sa.Column("looked_at_post", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("calls_for_decision", WHOLE, nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_challenges"),
        _rule("kind_known", "kind IN ('review', 'complaint', 'appeal')"),
        _rule("finding_known", "finding IN ('upheld', 'partly upheld', 'not upheld', 'withdrawn')"),
        _rule("asked_by_someone", "trim(asked_by) <> ''"),
        _rule("has_grounds", "trim(grounds) <> ''"),
        _rule("answered_on_a_day", "(finding IS NULL) = (answered_on IS NULL)"),
        _rule("answered_with_reasons", "(finding IS NULL) = (reasons = '')"),
        _rule("calls_for_decision_yes_or_no", "calls_for_decision IN (0, 1)"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_challenges_application_id_applications"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name="fk_challenges_decision_id_decisions"
        ),
        sqlite_strict=True,
    )


def _rule(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_challenges_{name}"))
