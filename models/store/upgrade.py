"""Bring a record's tables to the newest format, whole or not at all.

Foreign keys are off around a migration: with them on, rebuilding a parent table deletes its children
by cascade. The transaction is ours: the driver's own leaves half-made tables behind.
"""

from datetime import datetime

from alembic import command
from alembic.config import Config
from msgspec import Struct
from sqlalchemy import Connection

from models.operation import Actor, Operation
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.record_file import newest_format
from models.store.sqlite.backup import row_counts
from models.store.sqlite.engine import APPLICATION_ID, RawConnection, engine_on, integrity_problems
from models.trouble import Trouble

SCRIPTS = "models:migrations"
ALEMBICS_OWN = "alembic_version"


class Note(Struct, frozen=True):
    """What the journal says of an upgrade, who asked for it, and when."""

    operation: Operation
    actor: Actor
    at: datetime


def upgrade(raw: RawConnection, note: Note | None = None, *, to_format: int | None = None) -> JournalHead:
    """Migrate a record, with its journal row in the same transaction; on any error nothing is changed."""
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with engine_on(raw).begin() as session:
            _migrate(session, to_format or newest_format())
            head = journal.head(session)
            if note is not None:
                _, head = journal.carry_out(session, head, note.operation, note.actor, note.at)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    if integrity_problems(raw, is_encrypted=False):
        raise Trouble("The record is damaged. Restore the copy made before it was brought up to date.")
    return head


def _migrate(connection: Connection, to_format: int) -> None:
    before = row_counts(connection)
    _run_migrations(connection, to_format)
    after = row_counts(connection)
    for name in before.keys() & after.keys() - {ALEMBICS_OWN}:
        if before[name] != after[name]:
            raise Trouble(
                f"Bringing the record up to date would have taken the table {name} from {before[name]} rows "
                f"to {after[name]}, so it was not done. Nothing was changed. Continue with the older program."
            )
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Trouble(
            "Bringing the record up to date left references that do not match, so it was not done. "
            "Nothing was changed."
        )


def _run_migrations(connection: Connection, to_format: int) -> None:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["connection"] = connection
    command.upgrade(config, f"{to_format:04}")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={to_format}")
