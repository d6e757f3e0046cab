"""How each page and sheet of an issued paper was laid out, as sums; nothing of what was issued before."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    for table in ("issues", "paper_issues"):
        op.add_column(table, sa.Column("laid_out", sa.Text(), nullable=False, server_default=""))
