"""The layouts of payment files that an office saves by name, with their columns."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "payment_layouts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("separator", sa.Text(), nullable=False),
        sa.Column("dates", sa.Text(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("has_mark", sa.Integer(), nullable=False),
        sa.Column("has_headings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_payment_layouts"),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_payment_layouts_name_says_something")),
        sa.CheckConstraint(
            "separator IN ('comma', 'semicolon', 'tab')", name=op.f("ck_payment_layouts_separator_known")
        ),
        sa.CheckConstraint(
            "covers IN ('outstanding', 'ready', 'all')", name=op.f("ck_payment_layouts_covers_known")
        ),
        sa.CheckConstraint("has_mark IN (0, 1)", name=op.f("ck_payment_layouts_has_mark_yes_or_no")),
        sa.CheckConstraint("has_headings IN (0, 1)", name=op.f("ck_payment_layouts_has_headings_yes_or_no")),
        sqlite_strict=True,
    )
    op.create_table(
        "payment_columns",
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("holds", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("layout", "position", name="pk_payment_columns"),
        sa.ForeignKeyConstraint(
            ["layout"], ["payment_layouts.name"], name="fk_payment_columns_layout_payment_layouts"
        ),
        sqlite_strict=True,
    )
