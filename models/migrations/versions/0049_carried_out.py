"""What carried out the answer to a challenge, where somebody said it; empty where nobody did."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    op.add_column("challenges", sa.Column("carried_out_by", sa.Text(), nullable=False, server_default=""))
