"""The day on which an interest was declared, and whether an area has been at its meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    op.add_column("interests", sa.Column("declared_on", sa.Text(), nullable=True))
    op.add_column("areas", sa.Column("met_at", sa.Text(), nullable=True))
