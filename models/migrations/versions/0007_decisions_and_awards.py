"""Signatures of the chair, decisions of the deciding office, and awards with their instalments."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _decisions()
    _awards()


def _decisions() -> None:
    op.create_table(
        "recommendation_signatures",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name="fk_recommendation_signatures_application_id_applications",
        ),
        sa.PrimaryKeyConstraint("application_id", name="pk_recommendation_signatures"),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("is_last", sa.Integer(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("legal_power", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("is_from_paper", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IS NULL OR (typeof(step) = 'integer' AND step >= 0)", name="ck_sign_offs_step_whole"
        ),
        sa.CheckConstraint("trim(interests) <> ''", name="ck_sign_offs_states_interests"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_sign_offs_round_id_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_offs"),
        sa.UniqueConstraint("notice", name="uq_sign_offs_notice"),
        sqlite_strict=True,
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("is_exception", sa.Integer(), nullable=False),
        sa.Column("quality_1e2", sa.Integer(), nullable=True),
        sa.Column("cost_1e2", sa.Integer(), nullable=True),
        sa.Column("total_1e2", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("tied", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "total_1e2 IS NULL OR (typeof(total_1e2) = 'integer')", name="ck_decisions_total_1e2_whole"
        ),
        sa.CheckConstraint(
            "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))",
            name="ck_decisions_money_only_when_funded",
        ),
        sa.CheckConstraint(
            "cost_1e2 IS NULL OR (typeof(cost_1e2) = 'integer')", name="ck_decisions_cost_1e2_whole"
        ),
        sa.CheckConstraint(
            "amount_pence IS NULL OR (typeof(amount_pence) = 'integer' AND amount_pence >= 1)",
            name="ck_decisions_amount_pence_whole",
        ),
        sa.CheckConstraint(
            "quality_1e2 IS NULL OR (typeof(quality_1e2) = 'integer')", name="ck_decisions_quality_1e2_whole"
        ),
        sa.CheckConstraint(
            "verdict = 'agree' OR trim(change_reason) <> ''", name="ck_decisions_change_has_a_reason"
        ),
        sa.CheckConstraint("verdict IN ('agree', 'change', 'send_back')", name="ck_decisions_verdict_known"),
        sa.CheckConstraint(
            "outcome IN ('fund', 'part_fund', 'reserve', 'decline', 'defer', 'refer')",
            name="ck_decisions_outcome_known",
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["decisions.id"], name="fk_decisions_ended_by_decisions"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_decisions_application_id_applications"
        ),
        sa.ForeignKeyConstraint(["sign_off_id"], ["sign_offs.id"], name="fk_decisions_sign_off_id_sign_offs"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_strict=True,
    )


def _awards() -> None:
    op.create_table(
        "awards",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "amount_pence IS NULL OR (typeof(amount_pence) = 'integer' AND amount_pence >= 1)",
            name="ck_awards_amount_pence_whole",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_awards_application_id_applications"
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_awards_decision_id_decisions"),
        sa.PrimaryKeyConstraint("application_id", name="pk_awards"),
        sqlite_strict=True,
    )
    op.create_table(
        "instalments",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=True),
        sa.Column("authorised_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(paid_on IS NULL) = (authorised_by = '')", name="ck_instalments_authorised_when_paid"
        ),
        sa.CheckConstraint(
            "amount_pence IS NULL OR (typeof(amount_pence) = 'integer' AND amount_pence >= 1)",
            name="ck_instalments_amount_pence_whole",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["awards.application_id"], name="fk_instalments_application_id_awards"
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_instalments"),
        sqlite_strict=True,
    )
