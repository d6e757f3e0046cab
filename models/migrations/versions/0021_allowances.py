"""Reserved for allowances."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Change nothing yet."""
