"""The pot that an area shares with others of its round; none for a pot of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.add_column("areas", sa.Column("shared_pot", sa.Text(), nullable=True))
