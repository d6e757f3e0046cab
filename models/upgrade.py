"""Bring a record's tables to the newest format, whole or not at all.

Foreign keys are off around a migration: with them on, rebuilding a parent table deletes its children
by cascade. The transaction is ours: the driver's own leaves half-made tables behind.
"""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from models.engine import APPLICATION_ID
from models.record_file import newest_format


def run_migrations(connection: Connection, target: str = "head") -> None:
    """Run the migrations up to `target` inside the connection's open transaction."""
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    found = newest_format() if target == "head" else int(target)
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={found}")
