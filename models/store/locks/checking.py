"""Looking over the server on which a record lies: what does not hold, each in a line."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from models.permissions.table import PERMISSIONS
from models.store.locks import preparing
from models.store.locks.policies import PERSONS, granted
from models.store.locks.signing_on import OPEN_TABLES
from models.store.postgres.connecting import NEWEST, OLDEST, orders_as_a_file
from models.store.record_file import newest_format
from scoring.written.names import is_nearly_same, is_same_text
from scoring.written.text import counted, listed

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

OLD_AFTER = timedelta(days=2)
"""How old the newest backup may be."""
QUEUE_FILLS = 0.1
"""From which part on of what the server keeps of announcements that fill it is told."""
UNSEEN = "pg_hba.conf cannot be seen by this login: check once as a superuser of the server as well."
_AGAIN = "run server prepare again"


class Look(Struct, frozen=True):
    """What was found: faults to mend, and what cannot be seen from here or is as it should be."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]


def look(connection: "Connection", copies: Path | None, now: datetime) -> Look:
    """Look at the server, the database, its locks and logins; `copies` is the folder of the daily copies."""
    told = _backups(connection, copies, now)
    faults = (
        *_server(connection),
        *_queue(connection),
        *_record(connection),
        *_locks(connection),
        *_logins(connection),
        *(() if told.is_note else (told.words,)),
    )
    unseen = () if _sees_rules(connection) else (UNSEEN,)
    version = f"PostgreSQL {_one(connection, 'SHOW server_version')}."
    return Look(faults, (version, *unseen, *((told.words,) if told.is_note else ())))


def _one(connection: "Connection", query: str, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    return None if row is None else row[0]


def _names(connection: "Connection", query: str, *values: object) -> list[str]:
    return [name for (name,) in connection.execute(query, values).fetchall()]


def _server(connection: "Connection") -> Iterator[str]:
    major = int(_one(connection, "SHOW server_version_num")) // 10_000
    if not OLDEST <= major <= NEWEST:
        yield f"PostgreSQL {major} is none of those that the program is tried with ({OLDEST} to {NEWEST})."
    found = connection.execute(
        "SELECT datlocprovider, datcollate, pg_encoding_to_char(encoding) FROM pg_database "
        "WHERE datname = current_database()"
    ).fetchone()
    assert found is not None
    if not orders_as_a_file(*found):
        yield (
            f"The database orders text by “{found[1]}” ({found[2]}), and not by C in UTF-8: make a new one "
            "with that order."
        )
    hears = _one(connection, "SHOW listen_addresses")
    is_local = hears in ("", "localhost", "127.0.0.1", "::1")
    if _one(connection, "SHOW ssl") != "on" and not is_local:
        yield "The server takes connections over the network without TLS: set ssl = on with a certificate."
    if not is_local and _plain_lines(connection):
        yield "pg_hba.conf lets connections over the network in without TLS: write hostssl for host."
    if trusts(connection, hears):
        yield (
            "pg_hba.conf lets anybody sign on as anybody without a password (trust): write scram-sha-256, "
            "gss, ldap or peer for it."
        )
    if _one(connection, "SHOW max_prepared_transactions") != "0":
        yield (
            "A change can be left prepared, and hold the record with no session to end: set "
            "max_prepared_transactions = 0."
        )
    if _one(connection, "SHOW password_encryption") != "scram-sha-256":
        yield "Passwords are kept in the old form: set password_encryption = 'scram-sha-256'."


def _plain_lines(connection: "Connection") -> bool:
    """Whether a line of the server's rules lets in over the network without TLS, as far as may be read."""
    if not _sees_rules(connection):
        return False
    query = (
        "SELECT EXISTS (SELECT FROM pg_hba_file_rules WHERE type IN ('host', 'hostnossl') "
        "AND auth_method <> 'reject' AND address NOT IN ('127.0.0.1', '::1', 'localhost', 'samehost'))"
    )
    return bool(_one(connection, query))


def trusts(connection: "Connection", hears: str) -> bool:
    """Whether a line lets people in without a password where others than the administrator come."""
    if not _sees_rules(connection):
        return False
    is_private = int(_one(connection, "SHOW unix_socket_permissions"), 8) & 0o077 == 0
    kinds = [*(() if is_private else ("local",)), *(("host", "hostssl", "hostnossl") if hears else ())]
    query = (
        "SELECT EXISTS (SELECT FROM pg_hba_file_rules WHERE auth_method = 'trust' AND type = ANY(%s) "
        "AND database <> ARRAY['replication'])"
    )
    return bool(_one(connection, query, kinds))


def _sees_rules(connection: "Connection") -> bool:
    return bool(_one(connection, "SELECT has_function_privilege('pg_hba_file_rules()', 'EXECUTE')"))


def _queue(connection: "Connection") -> Iterator[str]:
    """Say that announcements pile up, as a session that listens and never ends a transaction has them do."""
    if _one(connection, "SELECT pg_notification_queue_usage()") > QUEUE_FILLS:
        holding = "SELECT usename || ' (process ' || pid || ')' FROM pg_stat_activity "
        holding += "WHERE state ~ '^idle in transaction' ORDER BY xact_start LIMIT 1"
        whose = _one(connection, holding) or "the login whose transaction is open longest"
        yield (
            "The server keeps more and more announcements of changes, and once its room for them is full "
            f"nobody saves: end the session of {whose}, as with pg_terminate_backend."
        )


def _record(connection: "Connection") -> Iterator[str]:
    number, newest = int(_one(connection, "SELECT version_num FROM public.alembic_version")), newest_format()
    if number != newest:
        yield f"The record is of format {number}, and this program's is {newest}: use the program that fits."


def _locks(connection: "Connection") -> Iterator[str]:
    open_tables = _names(connection, OPEN_TABLES)
    if open_tables:
        yield f"Row-level security is not forced on {listed(open_tables)}: {_AGAIN}."
    others = _names(
        connection,
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname IN ('public', 'locks') AND c.relkind IN ('r', 'p', 'v', 'm') "
        "AND pg_get_userbyid(c.relowner) <> %s ORDER BY 1",
        preparing.OWNER,
    )
    if others:
        yield f"{listed(others)}: not owned by {preparing.OWNER}: {_AGAIN}, or remove what is not ours."
    gathered = _names(connection, _GATHERED)
    if gathered:
        yield f"What stands in {listed(gathered)} shows in estimates: {_AGAIN}, as a superuser of the server."
    found = connection.execute("SELECT source, standing FROM locks.set_by").fetchone()
    if found is None or found[0] != preparing.source_sum():
        yield f"The locks are of another program than this one: {_AGAIN}."
    elif found[1] != preparing.database_sum(connection):
        yield f"A policy, guard, function or right was changed since the locks were set: {_AGAIN}."
    rows = connection.execute("SELECT kind, roles FROM locks.permissions").fetchall()
    stands = {kind: set(roles) for kind, roles in rows}
    odd = [kind for kind in PERMISSIONS if stands.get(kind) != {str(role) for role in granted(kind)}]
    if odd:
        yield f"{counted(len(odd), 'kind')} of change may be made by others than the program says: {_AGAIN}."


def _logins(connection: "Connection") -> Iterator[str]:
    if _one(connection, "SELECT has_database_privilege('public', current_database(), 'CONNECT')"):
        yield f"Every login of the server may connect to the database: {_AGAIN}."
    rows = connection.execute(
        "SELECT l.login, l.person, r.oid IS NOT NULL, coalesce(r.rolcanlogin, false), "
        "coalesce(r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication, false) "
        "FROM locks.logins l LEFT JOIN pg_roles r ON r.rolname = l.login ORDER BY l.person"
    ).fetchall()
    for login, person, is_there, signs_on, is_strong in rows:
        if not is_there:
            yield f"{person} is let in as {login}, which this server does not know: remove them."
        elif is_strong or _goes_past(connection, login):
            yield f"{person}'s login {login} is an administrator's, whom no lock holds: give them another."
        elif not signs_on or not _is_in(connection, login):
            yield f"{person}'s login {login} does not get in: remove and add them again."
    for one, other in _nearly_same({row[1] for row in rows}.union(_names(connection, _PEOPLE))):
        yield f"{one} and {other} are two people to the record: give one name to both where they are one."
    known = {login for login, *_ in rows}
    strangers = [one for one in _names(connection, _CONNECTING, PERSONS) if one not in known]
    if strangers:
        yield f"{listed(strangers)} may connect, and nobody knows whose they are: REVOKE CONNECT from them."


def _nearly_same(people: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names in pairs that are two people, and may be one: they differ by an accent or a title alone."""
    for one, other in combinations(sorted(people), 2):
        if is_nearly_same(one, other) and not is_same_text(one, other):
            yield one, other


def _goes_past(connection: "Connection", login: str) -> bool:
    query = "SELECT bool_or(pg_has_role(%s, oid, 'MEMBER')) FROM pg_roles WHERE rolname = ANY(%s)"
    beyond = [preparing.OWNER, preparing.DEFINER, "pg_read_all_data", "pg_write_all_data"]
    return bool(_one(connection, query, login, beyond))


def _is_in(connection: "Connection", login: str) -> bool:
    query = (
        "SELECT pg_has_role(%s, %s, 'USAGE') AND has_database_privilege(%s, current_database(), 'CONNECT')"
    )
    return bool(_one(connection, query, login, PERSONS, login))


_CONNECTING = (
    "SELECT r.rolname FROM pg_roles r WHERE r.rolcanlogin AND NOT r.rolsuper "
    "AND r.oid <> (SELECT datdba FROM pg_database WHERE datname = current_database()) "
    "AND has_database_privilege(r.oid, current_database(), 'CONNECT') "
    "AND pg_has_role(r.oid, %s, 'MEMBER') ORDER BY 1"
)


_GATHERED = (
    "SELECT DISTINCT c.relname::text FROM pg_stats s JOIN pg_class c ON c.relname = s.tablename "
    "AND c.relnamespace = 'public'::regnamespace "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname "
    "WHERE s.schemaname = 'public' AND a.attstattarget = 0 ORDER BY 1"
)
_PEOPLE = "SELECT name FROM public.people"


class _Finding(Struct, frozen=True):
    words: str
    is_note: bool = False


def _backups(connection: "Connection", copies: Path | None, now: datetime) -> _Finding:
    """Tell how old the newest backup is: a copy in a folder, or what the server archives by itself."""
    if copies is not None:
        return _newest(copies.glob("*.panel"), copies, now)
    if _one(connection, "SHOW archive_mode") == "off":
        return _Finding(
            "Backups cannot be seen from here: name the folder of the daily copies with --copies.", True
        )
    last = _one(connection, "SELECT last_archived_time FROM pg_stat_archiver")
    if last is None or now - last > OLD_AFTER:
        return _Finding("The server archived nothing for two days: look at its backups.")
    return _Finding(f"The server archived last on {last:%d.%m.%Y at %H:%M}.", True)


def _newest(found: Iterable[Path], copies: Path, now: datetime) -> _Finding:
    times = [path.stat().st_mtime for path in found]
    if not times:
        return _Finding(f"There is no copy of the record in {copies}.")
    age = now.timestamp() - max(times)
    if age > OLD_AFTER.total_seconds():
        return _Finding(f"The newest copy in {copies} is {counted(int(age // 86_400), 'day')} old.")
    return _Finding(f"The newest copy in {copies} is of the last two days.", True)
