"""How awards were changed after they were made, and what was asked back of them."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _variations()
    _signatures()
    _recoveries()
    op.add_column("award_returns", sa.Column("recovery", WHOLE, nullable=True))


def _variations() -> None:
    op.create_table(
        "award_variations",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_pence", WHOLE, nullable=False),
        sa.Column("to_pence", WHOLE, nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("becomes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Text(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_award_variations"),
        _rule("variations", "state_known", "state IN ('proposed', 'in effect', 'withdrawn')"),
        _rule("variations", "from_pence_at_least_1", "from_pence >= 1"),
        _rule("variations", "to_pence_at_least_1", "to_pence >= 1"),
        _rule("variations", "has_a_reason", "trim(reason) <> ''"),
        _rule("variations", "in_effect_from_a_day", "(state = 'in effect') = (effective_on IS NOT NULL)"),
        _rule("variations", "withdrawn_for_a_reason", "(state = 'withdrawn') = (ended_because <> '')"),
        _of_application("award_variations"),
        sqlite_strict=True,
    )


def _signatures() -> None:
    op.create_table(
        "variation_signatures",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("step", WHOLE, nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("is_from_paper", WHOLE, nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "number", "step", "post", name="pk_variation_signatures"),
        sa.CheckConstraint("step >= 0", name=op.f("ck_variation_signatures_step_at_least_0")),
        sa.CheckConstraint("trim(signed_by) <> ''", name=op.f("ck_variation_signatures_signed_by_someone")),
        sa.CheckConstraint(
            "is_from_paper IN (0, 1)", name=op.f("ck_variation_signatures_is_from_paper_yes_or_no")
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "number"],
            ["award_variations.application_id", "award_variations.number"],
            name="fk_variation_signatures_application_id_number_award_variations",
        ),
        sqlite_strict=True,
    )


def _recoveries() -> None:
    op.create_table(
        "award_recoveries",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_award_recoveries"),
        _rule("recoveries", "amount_pence_at_least_1", "amount_pence >= 1"),
        _rule("recoveries", "has_a_reason", "trim(reason) <> ''"),
        _of_application("award_recoveries"),
        sqlite_strict=True,
    )


def _rule(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_award_{table}_{name}"))


def _of_application(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application_id"], ["applications.id"], name=f"fk_{table}_application_id_applications"
    )
