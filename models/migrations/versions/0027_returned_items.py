"""Reserved for returned items."""

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Change nothing yet."""
