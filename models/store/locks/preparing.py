"""Setting the locks of a record: roles of the server, the schema beside the tables, policies and guards."""

import hashlib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from unicodedata import ucd_3_2_0 as letters_of_all

from sqlalchemy import Boolean, Index, Integer, PrimaryKeyConstraint, UniqueConstraint

from models.operation import every_operation
from models.papers.kinds import KINDS, Kept, Sheets
from models.papers.order import WITH_MARKS
from models.permissions.table import CLOSABLE, EVERY_AREA, OF_NOTE_TAKER, PERMISSIONS
from models.role import EVERYWHERE, RANKING
from models.schema.base import METADATA
from models.store.chain import ERASING
from models.store.closed_sets import CLOSED
from models.store.locks import figures
from models.store.locks.policies import (
    BESIDE,
    PERSONS,
    TABLES,
    granted,
    granted_on_paper,
    is_shut,
    statements,
    touched,
)
from models.store.locks.tables import DECLARED, KNOWN, LOCKS, sql_list
from models.store.postgres.guards import UNSEEN_ROWS, unseen
from models.trouble import Trouble
from models.values import canonical, stored

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Column, Table

    Connection = psycopg.Connection[Any]

OWNER, DEFINER = "gp_owner", "gp_definer"
GROUPS = {
    OWNER: "owns the record's tables; nobody signs on as it",
    DEFINER: "owns the functions that look past the policies; nobody signs on as it",
    PERSONS: "is given to every person's login",
}
"""The roles that records need on a server, which all records of it share."""

_FILES = ("who.sql", "presence.sql", "ranking.sql", "rows.sql", "guards.sql")
_KEYS = {
    name: ", ".join(f"'{column.name}'" for column in METADATA.tables[name].primary_key)
    for name in LOCKS
    if "id" not in METADATA.tables[name].primary_key and name not in DECLARED.lists["without_keys"]
}
"""By table, what a row is known by that may be removed and put back; others have a number of their own."""
_GUARDED = tuple(table for table in TABLES if table not in ("journal_head", "alembic_version"))
"""The record's own tables: those beside them are moved by whoever writes."""
FEW_BYTES, MANY_BYTES = 1_000_000, 32_000_000
"""How long the words of a change may be, and of one that only these make, who import and issue papers."""
MAY_BE_LONG = frozenset({"officer", "finance", "chair", "commander", "decider"})
_WITH_MARKS = sorted(code for code, kind in KINDS.items() if kind.kept is Kept.WITH_MARKS)
_OF_CHOICE = sorted(code for code, kind in KINDS.items() if "with_marks" in kind.choices)
_PUT_IN = {
    "CLOSABLE": sql_list(sorted(CLOSABLE)),
    "OF_CHOICE": sql_list(_OF_CHOICE),
    "OF_NOTE_TAKER": sql_list(sorted(OF_NOTE_TAKER)),
    "OF_SHEETS": sql_list(sorted(code for code, kind in KINDS.items() if kind.sheets is Sheets.EACH)),
    "WITH_MARKED": WITH_MARKS,
    "RANKING": sql_list(RANKING),
    "BY_LIST": sql_list(table for table, lock in LOCKS.items() if "locks.beside_closed()" in lock.reads),
    **{name.upper(): sql_list(DECLARED.lists[name]) for name in ("ranks_by", "puts_in", "hold_rows")},
    "WITH_MARKS": sql_list(_WITH_MARKS),
    "ERASING": sql_list(ERASING),
    "KEEPS_CLOSED": sql_list(("sheets", *DECLARED.lists["keeps_closed"])),
    "KNOWN": KNOWN,
    "EVERYWHERE": ",".join(EVERYWHERE),
    "IN_EVERY_ROUND": " OR ".join(f"held && '{{{one}}}' AND roles && '{{{one}}}'" for one in EVERYWHERE),
    "OF_CHANGES": ", ".join(f"locks.{name}" for name in DECLARED.lists["of_changes"]),
}
"""What the words in capitals of the files stand for."""
_USED = """
GRANT USAGE ON SCHEMA public, locks TO gp_person, gp_definer, gp_owner;
GRANT CREATE ON SCHEMA public, locks TO gp_definer, gp_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, gp_person;
"""
_READ_ALIKE = "SET standard_conforming_strings = on"
"""Whoever calls a function could else have its texts read otherwise than they were written."""
_TAKEN_BACK = """
DO $$ BEGIN EXECUTE (
    SELECT 'REVOKE EXECUTE ON FUNCTION ' || string_agg(oid::regprocedure::text, ', ') || ' FROM PUBLIC'
    FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
        AND proname ~ '^lo_(create?|from_bytea)$|^pg_(try_)?advisory_(xact_)?lock'
); END $$;
GRANT EXECUTE ON FUNCTION pg_advisory_lock_shared(integer, integer) TO gp_definer
"""
"""Who may make large objects or take locks of any number would fill the disk, or leave no lock to others."""


def make_groups(connection: "Connection") -> tuple[str, ...]:
    """Make the roles that all records of a server share, where they lack; return those that were made."""
    made = []
    for name in GROUPS:
        found = connection.execute(
            "SELECT rolcanlogin OR rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [name]
        ).fetchone()
        if found is None:
            connection.execute(f"CREATE ROLE {name} NOLOGIN")
            made.append(name)
        elif found[0]:
            raise Trouble(
                f"The role {name} of this server signs on by itself or goes past policies. Nothing was "
                "changed. Rename it, or take those rights from it, and try again."
            )
    if not _is_superuser(connection):
        connection.execute(f"GRANT {OWNER}, {DEFINER} TO CURRENT_USER")
    return tuple(made)


def set_locks(connection: "Connection") -> None:
    """Lock every table of the record in one transaction, in place of what locked it before."""
    with connection.transaction():
        for statement in (*_beginning(), *_cleared(connection), *_standing_statements()):
            connection.execute(statement)
        connection.execute(unseen(_GUARDED))
        _without_statistics(connection)
        _own(connection)
        if _is_superuser(connection):
            _forget_statistics(connection)
            _keep_policies(connection)
        _write_permissions(connection)
        connection.execute("DELETE FROM locks.set_by")
        connection.execute(
            "INSERT INTO locks.set_by VALUES (%s, %s)", [source_sum(), database_sum(connection)]
        )


def close_database(connection: "Connection") -> None:
    """Let nobody connect to the database but who is let into the record: a copy of it lets everybody in."""
    from psycopg import sql

    database = sql.Identifier(connection.info.dbname)
    known = "SELECT login FROM locks.logins JOIN pg_roles ON rolname = login ORDER BY login"
    with connection.transaction():
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        for (login,) in connection.execute(known).fetchall():
            name = sql.Identifier(login)
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name))


def source_sum() -> str:
    """Return the sum of the locks that this program sets."""
    return _sum((*_beginning(), *_standing_statements(), unseen(_GUARDED), *map(str, _permission_rows())))


def database_sum(connection: "Connection") -> str:
    """Return the sum of what stands in the database: policies, functions, triggers, owners and rights."""
    return _sum(str(row) for query in _STANDING for row in connection.execute(query).fetchall())


def _beginning() -> Iterator[str]:
    yield "SET LOCAL check_function_bodies = off"  # they call one another
    yield "CREATE SCHEMA IF NOT EXISTS locks"
    yield "CREATE TABLE IF NOT EXISTS locks.set_by (source text NOT NULL, standing text NOT NULL)"
    yield text_key_statement()
    yield from map(_source, _FILES)


def _source(name: str) -> str:
    """Return the statements of a file beside this one, with what it names put in."""
    found = files(__package__).joinpath(name).read_text("utf-8")
    for word, said in _PUT_IN.items():
        found = found.replace(word, said)
    return found


def _standing_statements() -> Iterator[str]:
    """Return what sets the locks themselves: policies, watches and what is shown past them."""
    yield from _without_ranges()
    yield from statements()
    yield from _watched()
    yield from figures.statements()


def _cleared(connection: "Connection") -> Iterator[str]:
    """Return what takes every policy away: one that somebody added would open what is closed."""
    found = connection.execute(
        "SELECT format('DROP POLICY %I ON %I.%I', policyname, schemaname, tablename) FROM pg_policies "
        "WHERE schemaname IN ('public', 'locks')"
    )
    return (statement for (statement,) in found.fetchall())


def _without_ranges() -> Iterator[str]:
    """Yield what takes the texts of closed rows out of indexes that a range of them can be asked of.

    What an index holds is compared before any policy, and half of what is left is asked for until a key is
    known. An array is not compared so: none of its operators is known to tell nothing.
    """
    for table in map(METADATA.tables.__getitem__, shut_tables()):
        for rule in _keys(table):
            yield f'ALTER TABLE public.{table.name} DROP CONSTRAINT IF EXISTS "{rule.name}"'
            yield f'DROP INDEX IF EXISTS public."{rule.name}", public."locks_{rule.name}"'
            if isinstance(rule, Index):
                continue  # such tables are small, or read whole
            columns = [
                f'(ARRAY["{one.name}"])' if is_ordered(one) else f'"{one.name}"' for one in rule.columns
            ]
            yield f'CREATE UNIQUE INDEX "locks_{rule.name}" ON public.{table.name} ({", ".join(columns)})'
            for number, column in enumerate(rule.columns, 1):
                if is_ordered(column):
                    yield f'ALTER INDEX public."locks_{rule.name}" ALTER COLUMN {number} SET STATISTICS 0'


def shut_tables() -> tuple[str, ...]:
    """Return the tables of which an index tells nobody a range of keys."""
    return tuple(name for name in TABLES if name not in DECLARED.lists["public"] and is_shut(name))


def _keys(table: "Table") -> Iterator[PrimaryKeyConstraint | UniqueConstraint | Index]:
    """Yield the keys and indexes of a table by which its engine would compare a text, by name.

    A table has them in a set, whose order is another in each process: the sum of the locks would be as well.
    """
    rules = [one for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
    for rule in sorted((*rules, *table.indexes), key=lambda one: str(one.name)):
        if any(map(is_ordered, rule.columns)):
            yield rule


def is_ordered(column: "Column[Any]") -> bool:
    """Return whether a column holds text or bytes, of which a range finds whatever is guessed."""
    return not isinstance(column.type, Integer | Boolean)


def _watched() -> Iterator[str]:
    """Return the triggers that stand on tables alike."""
    for table in (*LOCKS, *BESIDE):
        for verb, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            yield (
                f"CREATE OR REPLACE TRIGGER locks_note_{verb.lower()} AFTER {verb} ON public.{table} "
                f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION locks.note_change()"
            )
    for table, key in _KEYS.items():
        yield (
            f"CREATE OR REPLACE TRIGGER locks_note_removal AFTER DELETE ON public.{table} "
            "REFERENCING OLD TABLE AS changed FOR EACH STATEMENT "
            f"EXECUTE FUNCTION locks.note_removal({key})"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER locks_removed BEFORE INSERT ON public.{table} FOR EACH ROW "
            f"WHEN (current_setting('{UNSEEN_ROWS}', true) <> '') EXECUTE FUNCTION locks.check_removed({key})"
        )
    for column in (*stored.READ_AS, *stored.BY_ANOTHER):
        if (table := column.partition(".")[0]) in LOCKS and not _odd_texts(column, ""):
            yield _check_shape(column)
    for table in LOCKS:
        if odd := " OR ".join(filter(None, map(_misformed, METADATA.tables[table].columns))):
            yield (
                f"CREATE OR REPLACE TRIGGER locks_check_form BEFORE INSERT OR UPDATE ON public.{table} "
                f"FOR EACH ROW WHEN ({odd}) EXECUTE FUNCTION locks.refuse_form()"
            )
    for table in (
        "sheets",
        "interests",
        "signer_interests",
        "sign_offs",
        "decisions",
        "marks",
        "interest_words",
    ):
        yield (
            f"CREATE OR REPLACE TRIGGER locks_check_size BEFORE INSERT OR UPDATE ON public.{table} "
            "FOR EACH ROW WHEN (pg_column_size(NEW.*) > 1000000) EXECUTE FUNCTION locks.refuse_size()"
        )
    for table in (name for name in LOCKS if "id" in METADATA.tables[name].primary_key):
        yield (
            "CREATE OR REPLACE TRIGGER locks_check_row BEFORE INSERT OR UPDATE OF id "
            f"ON public.{table} FOR EACH ROW EXECUTE FUNCTION locks.check_row()"
        )
    for table in ("marks", "agreed_marks", "first_marks"):  # every scale has the 1
        yield (
            f"CREATE OR REPLACE TRIGGER locks_check_mark BEFORE INSERT OR UPDATE OF mark ON public.{table} "
            "FOR EACH ROW WHEN (NEW.mark > 1) EXECUTE FUNCTION locks.check_mark()"
        )
    for table in DECLARED.lists["keeps_closed"]:
        yield (
            "CREATE OR REPLACE TRIGGER locks_keep_closed BEFORE INSERT OR UPDATE OR DELETE "
            f"ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION locks.keep_closed()"
        )


def _misformed(column: "Column[Any]") -> str:
    """Return when a value is none that the program reads, beside what each column's own rule refuses."""
    new = f'NEW."{column.name}"'
    if column.name == "position":  # one more is given next, so that room stays
        return f"{new} NOT BETWEEN 0 AND 1000000 AND NOT locks.has('{{officer}}')"
    if members := CLOSED.get(str(column)):
        return f"{new} <> ALL ({sql_list(sorted(members()))}::text[])"
    return _odd_texts(f"{column.table.name}.{column.name}", f"{new}::jsonb")


_WITHIN = {str(tuple[str, ...]): "", str(stored.PAIRS): "[*]"}
"""By the type of a list, where in it its texts are."""


def _odd_texts(column: str, words: str) -> str:
    """Return when a list is none of texts or of rows of them, "" of a column that holds something else.

    A path finds that in the time in which the shape of one text is looked at.
    """
    within = _WITHIN.get(str(stored.READ_AS.get(column)))
    if within is None:
        return ""
    odd = [f"jsonb_typeof({words}) <> 'array'"]
    if within:
        odd.append(f"{words} @? 'strict $[*] ? (@.type() != \"array\" || @.size() != 2)'")
    odd.append(f"{words} @? '$[*]{within} ? (@.type() != \"string\")'")
    return " OR ".join(odd)


def _check_shape(column: str) -> str:
    """Return the trigger by which a column's JSON is of the shape that the program reads there."""
    table, name = column.split(".")
    said = canonical.dumps(stored.shape_of(column)).replace("'", "''")
    by = "".join(f", '{other}'" for other in (stored.BY_ANOTHER.get(column),) if other)
    return (
        f"CREATE OR REPLACE TRIGGER locks_check_shape_{name} BEFORE INSERT OR UPDATE ON public.{table} "
        f"FOR EACH ROW EXECUTE FUNCTION locks.check_shape('{name}', '{said}'{by})"
    )


def _without_statistics(connection: "Connection") -> None:
    """Let no statistics be gathered of what no index holds: EXPLAIN tells everybody what they come to."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(_WITHOUT_INDEX).fetchall():
        columns.setdefault(table, []).append(column)
    for table, names in columns.items():
        set_to = ", ".join(f'ALTER COLUMN "{name}" SET STATISTICS 0' for name in names)
        connection.execute(f"ALTER TABLE {table} {set_to}")


def _forget_statistics(connection: "Connection") -> None:
    """Take away what was gathered before, which only a superuser may."""
    connection.execute(
        "DELETE FROM pg_statistic s USING pg_attribute a WHERE a.attrelid = s.starelid "
        "AND a.attnum = s.staattnum AND a.attstattarget = 0"
    )


def _keep_policies(connection: "Connection") -> None:
    """Let nobody drop the policies of all, fill the disk with large objects, or take all locks there are."""
    connection.execute("DROP EVENT TRIGGER IF EXISTS locks_keep_policies")
    connection.execute(
        "CREATE EVENT TRIGGER locks_keep_policies ON ddl_command_start WHEN TAG IN ('DROP OWNED') "
        "EXECUTE FUNCTION locks.keep_policies()"
    )
    connection.execute(_TAKEN_BACK)


def _own(connection: "Connection") -> None:
    """Give tables to the owner and functions to the definer, and to persons what they may use of them."""
    execute = connection.execute
    execute(_USED)
    kept = [f"locks.{name}" for name in (*DECLARED.lists["of_people"], *DECLARED.lists["of_changes"])]
    for table in (*(f"public.{name}" for name in TABLES), *kept):
        execute(f"ALTER TABLE {table} OWNER TO {OWNER}")
    for name in kept:
        execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        execute(f"CREATE POLICY administrator ON {name} TO {OWNER}, {DEFINER} USING (true)")
    execute(_source("heard.sql"))
    for function, is_asked_within in _functions(connection):
        execute(f"ALTER FUNCTION {function} OWNER TO {DEFINER}")
        if not is_asked_within:
            settings = f"SET search_path = pg_catalog, pg_temp {_READ_ALIKE}"
            execute(f"ALTER FUNCTION {function} SECURITY DEFINER {settings}")
        execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {PERSONS}")
    _own_figures(execute)
    for function in DECLARED.lists["opened_to_persons"]:
        execute(f"GRANT EXECUTE ON FUNCTION locks.{function} TO {PERSONS}, {OWNER}")


def _own_figures(execute: "Callable[[str], object]") -> None:
    """Give the rows that are shown past the policies to the definer, and the views of them to persons."""
    execute(f"GRANT USAGE ON SCHEMA {figures.SCHEMA} TO {PERSONS}, {DEFINER}, {OWNER}")
    execute(f"GRANT CREATE ON SCHEMA {figures.SCHEMA} TO {DEFINER}, {OWNER}")
    for function in figures.functions():
        execute(f"ALTER FUNCTION {function} OWNER TO {DEFINER}")
        execute(f"ALTER FUNCTION {function} {_READ_ALIKE}")
        execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        execute(f"GRANT EXECUTE ON FUNCTION {function} TO {PERSONS}")
    for name in figures.names():
        execute(f"ALTER VIEW {figures.SCHEMA}.{name} OWNER TO {OWNER}")
        execute(f"GRANT SELECT ON {figures.SCHEMA}.{name} TO {PERSONS}")


def _functions(connection: "Connection") -> list[tuple[str, bool]]:
    """Return the functions of the locks, and whether each is asked by none but others of them."""
    found = connection.execute(
        "SELECT p.oid::regprocedure::text, p.proconfig IS NULL AND p.prorettype <> 'trigger'::regtype "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'locks' OR n.nspname = 'public' AND p.proname LIKE 'gp\\_%' ORDER BY 1"
    )
    return found.fetchall()


def _permission_rows() -> Iterator[tuple[object, ...]]:
    """Yield by kind who makes such a change, what it needs, and what it may touch and say."""
    for kind in PERMISSIONS:
        roles = [str(role) for role in granted(kind)]
        longest = MANY_BYTES if MAY_BE_LONG.issuperset(roles) else FEW_BYTES
        says = (
            [*touched(kind), *(("sheets.reopened",) if kind in DECLARED.lists["taking_up"] else ())],
            longest,
            [table for table, kinds in DECLARED.opens.items() if kind in kinds],
            granted_on_paper(kind),
            kind in EVERY_AREA,
            canonical.dumps(_shape(kind)),
        )
        yield kind, roles, kind in DECLARED.lists["whole"], kind in DECLARED.lists["tell_interests"], *says


def _shape(kind: str) -> canonical.Json:
    """Return what the words of a kind of change look like; of none that is known here, nothing does."""
    known = every_operation()
    return canonical.shape_of(known[kind]) if kind in known else {"any": []}


def _write_permissions(connection: "Connection") -> None:
    connection.execute("DELETE FROM locks.permissions")
    into = f"INSERT INTO locks.permissions VALUES ({', '.join(['%s'] * 10)})"
    with connection.cursor() as cursor:
        cursor.executemany(into, list(_permission_rows()))


def _is_superuser(connection: "Connection") -> bool:
    found = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(found and found[0])


def _sum(parts: "Iterator[str] | tuple[str, ...]") -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


_WITHOUT_INDEX = (
    "SELECT c.oid::regclass::text, a.attname FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
    "AND c.relname NOT IN ('journal_head', 'alembic_version') "
    "AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey)) "
    "ORDER BY 1, a.attnum"
)
_IN_RECORD = f"n.nspname IN ('public', 'locks', '{figures.SCHEMA}')"
_STANDING = (
    "SELECT schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies "
    "WHERE schemaname IN ('public', 'locks') ORDER BY 1, 2, 3",
    "SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relkind::text, "
    "pg_get_userbyid(c.relowner), c.relacl::text FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    f"WHERE {_IN_RECORD} AND c.relkind IN ('r', 'v', 'm', 'p') ORDER BY 1, 2",
    "SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), "
    "p.proacl::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
    f"WHERE {_IN_RECORD} ORDER BY 1",
    "SELECT pg_get_triggerdef(t.oid), t.tgenabled::text FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    f"WHERE {_IN_RECORD} AND NOT t.tgisinternal ORDER BY 1",
    "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_IN_RECORD} AND a.attstattarget = 0 ORDER BY 1, 2",
    "SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
    f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_IN_RECORD} ORDER BY 1",
    "SELECT pg_get_statisticsobjdef(e.oid) FROM pg_statistic_ext e "
    f"JOIN pg_class c ON c.oid = e.stxrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_IN_RECORD} "
    "ORDER BY 1",
)


_ASCII = "lower(btrim(regexp_replace(name, '[ \\t\\n\\v\\f\\r\\x1c-\\x1f]+', ' ', 'g')))"


def text_key_statement() -> str:
    """Return what makes the function `locks.text_key`, as `scoring.written.names.text_key` compares names.

    The server's own order of text knows letters without accents alone. Only letters that every Python knows
    are turned, so that each writes the same function; none from U+20000 on has another case.
    """
    found = {chr(n): _folded(chr(n)) for n in range(1, 0x20000) if _is_known(chr(n))}
    turned = {letter: to for letter, to in found.items() if to != letter}
    alone = {letter: to for letter, to in turned.items() if len(to) == 1}
    said = "name"
    for letter, to in turned.items():
        if len(to) > 1:
            said = f"replace({said}, '{letter}', '{to}')"
    said = f"translate({said}, '{''.join(alone)}', '{''.join(alone.values())}')"
    return (
        "CREATE OR REPLACE FUNCTION locks.text_key(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE "
        "COST 1000 SET search_path = pg_catalog, pg_temp AS $$ BEGIN "
        f"IF name ~ '^[\\x01-\\x7f]*$' THEN RETURN {_ASCII}; END IF; "
        f"RETURN btrim(regexp_replace({said}, ' +', ' ', 'g')); END $$"
    )


def _is_known(letter: str) -> bool:
    return letters_of_all.category(letter) != "Cn" or letter == "ẞ"


def _folded(letter: str) -> str:
    """Return a letter as names are compared by it; any space is one."""
    return " " if letter.isspace() else letter.casefold()
