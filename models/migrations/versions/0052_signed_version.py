"""Which version of an agreement was signed; of those signed before, nobody said."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.add_column("award_agreements", sa.Column("signed_version", sa.Integer(), nullable=True))
