"""Make the tables of new records as the first one's were made, without running the migrations for each.

The migrations run for the first new record of a test program, and whenever a record that is there is
upgraded. What they made of nothing is written down then, and done again for every later new record.
"""

from sqlalchemy import Connection

from models.copies.backup import row_counts
from models.store import upgrade
from models.store.record_file import newest_format

_MIGRATE = upgrade._run_migrations
_MADE: dict[str, tuple[str, ...]] = {}
_OBJECTS = "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
_SETTINGS = "application_id", "user_version"


def run_migrations(connection: Connection, to_format: int) -> None:
    """Bring tables to a format, by the migrations or by what they made of nothing before."""
    is_new_record = to_format == newest_format() and not row_counts(connection)
    if not is_new_record or upgrade.SCRIPTS not in _MADE:
        _MIGRATE(connection, to_format)
        if is_new_record:
            _MADE[upgrade.SCRIPTS] = _made(connection, to_format)
        return
    for statement in _MADE[upgrade.SCRIPTS]:
        connection.exec_driver_sql(statement)


def _made(connection: Connection, to_format: int) -> tuple[str, ...]:
    """Return the statements that make what stands there: tables without a row but that of the format."""
    assert {name for name, rows in row_counts(connection).items() if rows} == {upgrade.ALEMBICS_OWN}
    objects = connection.exec_driver_sql(_OBJECTS).scalars().all()
    pragmas = (f"PRAGMA {name}={_setting(connection, name)}" for name in _SETTINGS)
    return *objects, f"INSERT INTO {upgrade.ALEMBICS_OWN} VALUES ('{to_format:04}')", *pragmas


def _setting(connection: Connection, name: str) -> int:
    found: int = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
    return found
