"""Who was at the meeting when an item closed, and who of them decided it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("closed_items", sa.Column("present", sa.Text(), nullable=True))
    op.add_column("closed_items", sa.Column("decided", sa.Text(), nullable=True))
