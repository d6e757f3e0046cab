"""Where letters on a challenge go; empty where that is the applicant's own address."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.add_column("challenges", sa.Column("address", sa.Text(), nullable=False, server_default=""))
