"""The banks' tables for checking account numbers are loaded beside the public registers."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "later_extracts",
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("extract_on", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("rows", WHOLE, nullable=False),
        sa.Column("odd_rows", WHOLE, nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("register", name="pk_register_extracts"),
        sa.CheckConstraint(
            "register IN ('charity', 'company', 'sanctions', 'weights', 'substitutes')",
            name=op.f("ck_register_extracts_register_known"),
        ),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_register_extracts_rows_at_least_0")),
        sa.CheckConstraint("odd_rows >= 0", name=op.f("ck_register_extracts_odd_rows_at_least_0")),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO later_extracts SELECT * FROM register_extracts")
    op.drop_table("register_extracts")
    op.rename_table("later_extracts", "register_extracts")
