"""Which applications were in a pack, so that a return brings values of no other."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the table; what was in packs that were issued before is not known."""
    op.create_table(
        "pack_items",
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pack", "application", name="pk_pack_items"),
        sqlite_strict=True,
    )
