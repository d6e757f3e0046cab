"""Dates of areas, and amendments of published schemes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

DATES = ("opens_on", "closes_on", "marks_close_on", "meets_on", "allocated_on")


def upgrade() -> None:
    for name in DATES:
        op.add_column("areas", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "scheme_amendments",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amended_by", sa.Text(), nullable=False),
        sa.Column("sheets", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["schemes.id"], name="fk_scheme_amendments_scheme_id_schemes"),
        sa.PrimaryKeyConstraint("scheme_id", name="pk_scheme_amendments"),
        sqlite_strict=True,
    )
