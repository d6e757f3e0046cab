"""Why a signature recorded from paper goes without that of an earlier step."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    op.add_column("sign_offs", sa.Column("unsigned_because", sa.Text(), nullable=False, server_default=""))
