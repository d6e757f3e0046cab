"""The time of day at which an area closes, and the gate that is answered by the closing date."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("areas", sa.Column("closes_time", sa.Text(), nullable=True))
    op.add_column("gates", sa.Column("is_time", sa.Integer(), nullable=False, server_default=sa.text("0")))
