"""Who ruled on a tie or an exception in the place of a chair with an interest in it."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"


def upgrade() -> None:
    op.add_column("chair_decisions", sa.Column("ruled_by", sa.Text(), nullable=False, server_default=""))
