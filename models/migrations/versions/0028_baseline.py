"""The tables as they were declared at the first release, with the guards that each engine's own SQL makes."""

from pathlib import Path

from alembic import op

revision = "0028"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    statements = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in statements.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
