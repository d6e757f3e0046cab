"""How the shares of councils are to be spent."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "spending_plans",
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("frontline_percent", sa.Text(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("pays_statutory", WHOLE, nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fund_id", "year", "line", name="pk_spending_plans"),
        sa.CheckConstraint("trim(line) <> ''", name=op.f("ck_spending_plans_is_of_a_line")),
        sa.CheckConstraint(
            "pays_statutory IN (0, 1)", name=op.f("ck_spending_plans_pays_statutory_yes_or_no")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_spending_plans_fund_id_funds"),
        sqlite_strict=True,
    )
