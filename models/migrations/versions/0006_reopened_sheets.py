"""Sheets that the chair opened again after others' marks could be seen."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("sheets", sa.Column("reopened", sa.Text(), nullable=True))
