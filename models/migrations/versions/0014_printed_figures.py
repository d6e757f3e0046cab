"""Tables that papers of earlier years printed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "printed_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("total", sa.Text(), nullable=False),
        sa.CheckConstraint("total IN ('printed', 'summed', 'none')", name="ck_printed_tables_total_known"),
        sa.CheckConstraint("trim(fund) <> '' AND trim(code) <> ''", name="ck_printed_tables_is_named"),
        sa.PrimaryKeyConstraint("id", name="pk_printed_tables"),
        sa.UniqueConstraint("fund", "year", "code", name="uq_printed_tables_fund_year_code"),
        sqlite_strict=True,
    )
    op.create_table(
        "printed_figures",
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('text', 'pounds', 'count', 'percent')", name="ck_printed_figures_kind_known"
        ),
        sa.CheckConstraint(
            "pence IS NULL OR (typeof(pence) = 'integer')", name="ck_printed_figures_pence_whole"
        ),
        sa.CheckConstraint("pence IS NULL OR kind = 'pounds'", name="ck_printed_figures_pence_of_pounds"),
        sa.ForeignKeyConstraint(
            ["table_id"], ["printed_tables.id"], name="fk_printed_figures_table_id_printed_tables"
        ),
        sa.PrimaryKeyConstraint("table_id", "row", "column", name="pk_printed_figures"),
        sqlite_strict=True,
    )
