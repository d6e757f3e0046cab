"""Money moved between areas of a fund's year, and contributions of the office."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "budget_moves",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_moves"),
        sa.CheckConstraint("amount_pence >= 1", name=op.f("ck_budget_moves_amount_pence_at_least_1")),
        sa.CheckConstraint(
            "trim(source) <> '' AND trim(target) <> '' AND source <> target",
            name=op.f("ck_budget_moves_between_two"),
        ),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_budget_moves_has_a_reason")),
        sa.CheckConstraint("trim(authority) <> ''", name=op.f("ck_budget_moves_has_an_authority")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_budget_moves_fund_id_funds"),
        sqlite_strict=True,
    )
    op.create_table(
        "budget_contributions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("amount_pence", WHOLE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_contributions"),
        sa.CheckConstraint("amount_pence >= 1", name=op.f("ck_budget_contributions_amount_pence_at_least_1")),
        sa.CheckConstraint("trim(line) <> ''", name=op.f("ck_budget_contributions_is_of_a_line")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_budget_contributions_has_a_reason")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_budget_contributions_fund_id_funds"),
        sqlite_strict=True,
    )
