"""Who publishes the office's open data."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_publisher_one_row"),
        sa.CheckConstraint("prefix LIKE '360G-_%'", name="ck_publisher_prefix_form"),
        sa.CheckConstraint("funder LIKE '%-_%'", name="ck_publisher_funder_form"),
        sa.PrimaryKeyConstraint("id", name="pk_publisher"),
        sqlite_strict=True,
    )
