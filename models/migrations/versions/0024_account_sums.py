"""The sum of an account, which the journal makes, and the salt that is kept only beside the account."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add both; of accounts from before, the journal holds no more than the last four digits."""
    for table, column in (("bank_endings", "account_sum"), ("bank_details", "salt")):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=sa.text("''")))
