"""Which organisations of one number are kept apart, by the names of one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    op.add_column("organisation_merges", sa.Column("apart", sa.Text(), nullable=False, server_default=""))
