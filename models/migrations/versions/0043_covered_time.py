"""Up to which day a return tells of what was done; none where that is as usual."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.add_column("monitoring_returns", sa.Column("covers_to", sa.Text(), nullable=True))
