"""What the office does about a challenge that is upheld, where it said so; empty where it did not."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    op.add_column("challenges", sa.Column("remedy", sa.Text(), nullable=False, server_default=""))
