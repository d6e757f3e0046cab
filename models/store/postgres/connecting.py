"""The one way an office server is connected to, heard and waited for; what is looked at first."""

import os
import re
from collections.abc import Generator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Column, Connection, Engine, Join, Select, create_engine, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg

from models.store.places import ServerAddress
from models.store.postgres.guards import CHANNEL
from models.store.postgres.troubles import at_sign_on, trouble_of
from models.store.record_file import check_mark, newest_format
from models.store.sqlite.engine import BEFORE_THE_RELEASE
from models.trouble import Trouble


class Compiler(PGCompiler_psycopg):
    """Writes statements for PostgreSQL that order and add as SQLite does."""

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        """Return the order of a statement, in which NULL comes before any value, as in SQLite."""
        may_lack = not isinstance(select, Select) or self._joins_what_may_lack()
        terms = [
            self._with_nulls_said(term, self.process(term, **kw), may_lack=may_lack)
            for term in select._order_by_clauses
        ]
        return f" ORDER BY {', '.join(terms)}" if terms else ""

    def visit_sum_func(self, function: Any, **kw: Any) -> str:
        """Return a sum as the whole number that it is: of whole numbers the engine makes a decimal."""
        (added,) = function.clauses
        return f"CAST(sum({self.process(added, **kw)}) AS BIGINT)"

    def _joins_what_may_lack(self) -> bool:
        """Whether the statement that is being written joins rows which may be missing."""
        return any(map(_is_outer, self.stack[-1]["compile_state"].froms))  # type: ignore[attr-defined]

    @staticmethod
    def _with_nulls_said(term: Any, said: str, *, may_lack: bool) -> str:
        if said.endswith(("NULLS FIRST", "NULLS LAST")) or (not may_lack and _is_always_there(term)):
            return said
        return f"{said} NULLS LAST" if said.endswith(" DESC") else f"{said} NULLS FIRST"


class Dialect(PGDialect_psycopg):
    """PostgreSQL as the record speaks to it; of what every connection is told, nothing is asked."""

    statement_compiler = Compiler
    supports_statement_cache = True
    supports_server_side_cursors = False  # one that is not read to its end would be left open
    _backslash_escapes = False

    def _get_server_version_info(self, connection: Connection) -> tuple[int, int]:
        driver = connection.connection.driver_connection
        assert driver is not None, "it was just connected"
        number: int = driver.info.server_version
        return divmod(number, 10_000)

    def _get_default_schema_name(self, connection: Connection) -> str:
        return "public"

    def get_default_isolation_level(self, dbapi_conn: object) -> Any:
        """Return what PostgreSQL begins with; each session says its own."""
        return "READ COMMITTED"

    def _set_backslash_escapes(self, connection: Connection) -> None:
        """Leave them out, as the standard does and every server since version 9."""


def _is_always_there(term: Any) -> bool:
    """Whether a term of an order is a column that is never NULL, so that an index serves the order."""
    while not isinstance(term, Column) and hasattr(term, "element"):
        term = term.element
    return isinstance(term, Column) and not term.nullable


def _is_outer(found: Any) -> bool:
    return isinstance(found, Join) and (found.isouter or _is_outer(found.left) or _is_outer(found.right))


OLDEST, NEWEST = 15, 18
"""The versions of PostgreSQL that the program is tried with; a newer one is taken at its word."""

_DEFAULTS = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "application_name": "Grant Panel",
}
_SESSION = (
    "-c search_path=public,pg_temp -c lock_timeout=15s -c idle_in_transaction_session_timeout=2h "
    "-c TimeZone=UTC -c client_min_messages=error"
)
"""A check of a big record does all of its journal over again within one look, and asks nothing meanwhile."""

STANDSTILL = "60s"
"""So long a client may stand still in the midst of a change, and hold the record, before it lets go."""

PATIENCE_SECONDS = 25.0
"""So long a server may be silent that was asked something; who waits for others' changes is told before."""

_LOOK = text(
    "SELECT current_setting('server_version_num')::int / 10000 AS version, datlocprovider AS provider, "
    "datcollate AS collation, pg_encoding_to_char(encoding) AS encoding, "
    "to_regclass('public.journal_head') IS NOT NULL AS is_record, "
    "EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.journal_head') "
    "AND attname = 'application_id') AS is_marked "
    "FROM pg_database WHERE datname = current_database()"
)

_TABLES = text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")

registry.register("postgresql.record", "models.store.postgres.connecting", "Dialect")


def engine_for(address: ServerAddress) -> Engine:
    """Return an engine whose connections go to a server; none is made before the first is asked for."""
    return create_engine(
        "postgresql+record://",
        creator=lambda: connect(address),
        pool_size=2,
        max_overflow=0,
        use_native_hstore=False,
        query_cache_size=2_000,
        hide_parameters=True,  # a report of an error never holds what applicants wrote
    )


def connect(address: ServerAddress, *, autocommit: bool = False) -> "psycopg.Connection[Any]":
    """Return a connection to a server; Trouble says in words why there is none."""
    import psycopg  # a record in a file needs no server
    from psycopg.types.numeric import Int8BinaryDumper

    try:
        connection = _patient().connect(**_parameters(address), autocommit=autocommit)
    except psycopg.Error as error:
        raise at_sign_on(error, address) from None  # its parameters hold the password
    connection.adapters.register_dumper(int, Int8BinaryDumper)  # one plan for all numbers, by their index
    return connection


@cache
def _patient() -> "type[psycopg.Connection[Any]]":
    """Return connections that are closed once the server is silent for too long.

    The network's own signs of life tell of a line that is cut, and not of a server that stands still.
    """
    import psycopg

    class Patient(psycopg.Connection[Any]):
        def wait(self, gen: Any, *options: Any, **named: Any) -> Any:
            try:
                return super().wait(limited(gen, PATIENCE_SECONDS), *options, **named)
            except TimeoutError as error:
                self.pgconn.finish()
                raise psycopg.OperationalError("the server is silent") from error

    return Patient


def _parameters(address: ServerAddress) -> dict[str, Any]:
    given = {
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "user": address.login,
        "password": address.password,
    }
    found: dict[str, Any] = {**_DEFAULTS, **dict(address.options), **{k: v for k, v in given.items() if v}}
    found["options"] = f"{found.get('options', '')} {_SESSION}".strip()
    return found | _protection(address, found)


def _protection(address: ServerAddress, found: dict[str, Any]) -> dict[str, str]:
    """Return how the connection is protected: as firmly as can be, but for a server on this computer."""
    if address.is_here and not _is_led_elsewhere(address, found):
        return {}
    if found.get("sslmode", "verify-full") != "verify-full":
        raise Trouble(
            "The address asks for a connection that is not fully protected (sslmode). Leave that out: Grant "
            "Panel checks the certificate of any server that is not this computer."
        )
    has_own = "sslrootcert" in found or "PGSSLROOTCERT" in os.environ or _own_root().exists()
    return {"sslmode": "verify-full"} | ({} if has_own else {"sslrootcert": "system"})


def _is_led_elsewhere(address: ServerAddress, found: Mapping[str, Any]) -> bool:
    """Whether something else than the host of an address says which computer is connected to."""
    if "service" in found or "hostaddr" in found or "PGHOSTADDR" in os.environ:
        return True
    return not address.host and (
        "PGSERVICE" in os.environ or os.environ.get("PGHOST", "")[:1] not in ("", "/")
    )


def _own_root() -> Path:
    """Return where the driver looks for the certificates that a person trusts."""
    kept = (
        Path(os.environ["APPDATA"]) / "postgresql" if "APPDATA" in os.environ else Path.home() / ".postgresql"
    )
    return kept / "root.crt"


def check_server(connection: Connection, address: ServerAddress) -> None:
    """Refuse a server that no record may lie on, and a database in which there is none."""
    if not _is_record(connection, address):
        raise Trouble(
            f"There is no record in {address.name}. Nothing was changed. Check the address, or have the "
            "record made there first."
        )


def check_empty(connection: Connection, address: ServerAddress) -> None:
    """Refuse a server that no record may lie on, and a database in which something is already."""
    if _is_record(connection, address):
        raise Trouble(f"There is a record in {address.name} already. Nothing was changed. Open it instead.")
    if connection.execute(_TABLES).scalar_one():
        raise Trouble(
            f"The database {address.database} holds tables of another program. Nothing was changed. Have an "
            "empty one made for the record."
        )


def orders_as_a_file(provider: str, collation: str, encoding: str) -> bool:
    """Whether a database orders text by code point, as a record in a file does, so that lists are alike."""
    is_plain = provider == "b" or (provider == "c" and collation in ("C", "POSIX"))
    return is_plain and encoding == "UTF8"


def _is_record(connection: Connection, address: ServerAddress) -> bool:
    """Whether there is a record in a database; refuse a server that none may lie on."""
    found = connection.execute(_LOOK).one()
    if found.version < OLDEST:
        raise Trouble(
            f"The server has PostgreSQL {found.version}; Grant Panel needs {OLDEST} or later. Nothing was "
            "changed. Ask the person who runs the server."
        )
    if not orders_as_a_file(found.provider, found.collation, found.encoding):
        raise Trouble(
            f"The database {address.database} orders text by “{found.collation}” ({found.encoding}), so "
            "lists would not come out the same everywhere. Nothing was changed. Have it made with: "
            "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'."
        )
    if found.is_record and not found.is_marked:
        check_mark(address.name, BEFORE_THE_RELEASE)
    return bool(found.is_record)


def check_format(connection: Connection, address: ServerAddress) -> None:
    """Refuse a record of another format than this program's, and say on which side the older one is."""
    found, newest = format_of(connection), newest_format()
    if found > newest:
        raise Trouble(
            f"{address.name} was brought to format {found} by a newer Grant Panel; this program reads up to "
            f"{newest}. Nothing was changed. Install the newer Grant Panel to open it."
        )
    if found < newest:
        raise Trouble(
            f"{address.name} is of format {found}, and this program needs {newest}. Nothing was changed. "
            "The person who runs the server brings it up to date; the command server prepare URL does it."
        )


def format_of(connection: Connection) -> int:
    return int(connection.execute(text("SELECT version_num FROM public.alembic_version")).scalar_one())


Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def limited(waiting: Generator[Asked, int, Answer], seconds: float) -> Generator[Asked, int, Answer]:
    """Go on with what the driver waits for; TimeoutError once nothing has come for so many seconds.

    The driver sends 0 where it looked in vain, several times a second.
    """
    heard_at = monotonic()
    try:
        wanted = next(waiting)
        while True:
            found = yield wanted
            if found:
                heard_at = monotonic()
            elif monotonic() - heard_at > seconds:
                raise TimeoutError
            wanted = waiting.send(found)
    except StopIteration as end:
        answer: Answer = end.value
        return answer


_NUMBER = re.compile(r"[0-9]{1,18}")
_HOLD = "SELECT locks.hold(%s)"


class ServerListener:
    """Hears the numbers of new journal rows; whoever owns it watches `fileno` and calls `heard`.

    It may be closed from another thread than the one that hears: the driver crashes where a connection is
    freed that is being read, so whoever reads closes it then.
    """

    def __init__(self, address: ServerAddress) -> None:
        self._address = address
        self._turn, self._is_closed = Lock(), False
        self._connection = connect(address, autocommit=True)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def fileno(self) -> int:
        """Return the socket that becomes readable when there is news."""
        return self._connection.fileno()

    def heard(self) -> int | None:
        """Return the highest number announced since the last look, None without news."""
        try:
            with self._turn:
                said = [notice.payload for notice in self._connection.notifies(timeout=0)]
        except psycopg.Error as error:
            raise trouble_of(error, self._address, is_saving=False) from error
        finally:
            if self._is_closed:
                self.close()
        return max((int(words) for words in said if _NUMBER.fullmatch(words)), default=None)

    def hold(self, name: str) -> None:
        """Hold a name in a locked record for as long as this listens: by it others know that it does."""
        self._connection.execute(_HOLD, [name])

    def close(self) -> None:
        """Hear no more; nobody waits for whoever is reading."""
        self._is_closed = True
        if self._turn.acquire(blocking=False):
            with suppress(psycopg.Error):
                self._connection.close()
            self._turn.release()
