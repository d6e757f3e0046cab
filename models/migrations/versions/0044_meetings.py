"""When and where the meeting of each area was held, and why an area moved on with items open."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("left_open", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area_id", name="pk_meetings"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_meetings_area_id_areas"),
        sqlite_strict=True,
    )
