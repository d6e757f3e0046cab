"""When the version of an agreement that follows a variation was signed; the first day stays the award's."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    op.add_column("award_agreements", sa.Column("signed_anew_on", sa.Text(), nullable=True))
