"""Who allows money over the pot of one area, and how much."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "area_allowances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "amount_pence IS NULL OR (typeof(amount_pence) = 'integer' AND amount_pence >= 1)",
            name="ck_area_allowances_amount_pence_whole",
        ),
        sa.CheckConstraint("trim(name) <> ''", name="ck_area_allowances_has_a_name"),
        sa.CheckConstraint("trim(post) <> ''", name="ck_area_allowances_has_a_post"),
        sa.CheckConstraint("trim(reason) <> ''", name="ck_area_allowances_has_a_reason"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_area_allowances_area_id_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_area_allowances"),
        sqlite_strict=True,
    )
