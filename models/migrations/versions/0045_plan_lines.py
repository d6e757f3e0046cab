"""The lines of a spending plan: purposes, each with what is planned, awarded and spent."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.add_column("spending_plans", sa.Column("lines", sa.Text(), nullable=False, server_default="[]"))
