"""Awards without a competition: the rounds that hold them, how each came about, and onward grants."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

ROUTES = (
    "commissioned-service",
    "council-share",
    "single-tender",
    "extension",
    "third-party-manager",
    "start-up",
)
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "direct_rounds",
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("year_id", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("round_id", name="pk_direct_rounds"),
        sa.UniqueConstraint("fund_id", "year_id", name="uq_direct_rounds_fund_id_year_id"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_direct_rounds_round_id_rounds"),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_direct_rounds_fund_id_funds"),
        sa.ForeignKeyConstraint(
            ["year_id"], ["financial_years.id"], name="fk_direct_rounds_year_id_financial_years"
        ),
        sqlite_strict=True,
    )
    _direct_awards()
    op.create_table(
        "onward_grants",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "number", name="pk_onward_grants"),
        sa.CheckConstraint("amount_pence >= 1", name=op.f("ck_onward_grants_amount_pence_at_least_1")),
        sa.CheckConstraint(
            "trim(recipient) <> '' AND trim(purpose) <> ''",
            name=op.f("ck_onward_grants_says_to_whom_and_why"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["direct_awards.application_id"],
            name="fk_onward_grants_application_id_direct_awards",
        ),
        sqlite_strict=True,
    )


def _direct_awards() -> None:
    listed = ", ".join(f"'{route}'" for route in ROUTES)
    op.create_table(
        "direct_awards",
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("route_reason", sa.Text(), nullable=False),
        sa.Column("extends_id", WHOLE, nullable=True),
        sa.Column("option_years", WHOLE, nullable=False),
        sa.Column("break_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("application_id", name="pk_direct_awards"),
        sa.CheckConstraint(f"route IN ({listed})", name=op.f("ck_direct_awards_route_known")),
        sa.CheckConstraint("option_years >= 0", name=op.f("ck_direct_awards_option_years_at_least_0")),
        sa.CheckConstraint(
            "route <> 'single-tender' OR trim(route_reason) <> ''",
            name=op.f("ck_direct_awards_tender_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(route = 'extension') = (extends_id IS NOT NULL)",
            name=op.f("ck_direct_awards_extension_is_of_an_award"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_direct_awards_application_id_applications"
        ),
        sa.ForeignKeyConstraint(
            ["extends_id"], ["applications.id"], name="fk_direct_awards_extends_id_applications"
        ),
        sqlite_strict=True,
    )
