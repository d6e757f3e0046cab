"""On which day somebody allowed money over the pot of an area; empty where nobody said it."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    op.add_column("area_allowances", sa.Column("allowed_on", sa.Text(), nullable=True))
