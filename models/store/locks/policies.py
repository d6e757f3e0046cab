"""The policies of every table, made from the declaration and from the table of permissions."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from models.permissions.table import PERMISSIONS, Condition
from models.role import EVERYWHERE, Role, Roles
from models.schema.base import METADATA
from models.schema.forms import OF_SUBJECT
from models.schema.holding import naming
from models.store.locks.tables import DECLARED, KNOWN, LOCKS, Lock, Rests, among, sql_list

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

PERSONS = "gp_person"
"""Whom every policy speaks of: the group of all logins that are let into records."""
OWNERS = "gp_owner, gp_definer"

_OF_SHEETS = frozenset(
    table
    for table, lock in LOCKS.items()
    if (lock.rests in (Rests.ON_MARKS, Rests.ON_SHEETS) or lock.reads)
    and table not in DECLARED.lists["keeps_closed"]
)
"""What may be read, or not, by which sheets are in: no sheet closes what decides itself what is closed."""

_COLUMNS = {table.name: table.c for table in METADATA.sorted_tables}
_NAMES = {"SELECT": "read", "INSERT": "add", "UPDATE": "change", "DELETE": "remove"}

TABLES = (*LOCKS, *DECLARED.journal)
BESIDE = {"erasure": ("erase bodies", "erase attachments")}
"""What one kind alone touches of what the journal is kept in."""


def statements() -> Iterator[str]:
    """Return the statements that lock every table, in place of what locked it before."""
    for table in TABLES:
        yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
        yield f"REVOKE ALL ON public.{table} FROM PUBLIC, {PERSONS}"
        yield f"CREATE POLICY administrator ON public.{table} TO {OWNERS} USING (true) WITH CHECK (true)"
        yield from _of_journal(table) if table in DECLARED.journal else _of_table(table, LOCKS[table])


def granted(kind: str) -> tuple[str, ...]:
    """Return the roles in which a kind of change is made on a server, none where it is never made there."""
    permission = PERMISSIONS[kind]
    if permission.roles is None or kind in DECLARED.lists["elsewhere"]:
        return ()
    if kind in DECLARED.lists["whole"]:
        return (Role.OFFICER,)
    return tuple(dict.fromkeys((*permission.roles, *granted_on_paper(kind))))


def granted_on_paper(kind: str) -> list[str]:
    """Return the roles in which a kind of change enters what somebody else did, and nothing of one's own."""
    on_paper = PERMISSIONS[kind].on_paper
    return [] if on_paper is None else list(on_paper.roles or ())


@cache
def touched(kind: str) -> tuple[str, ...]:
    """Return the tables that a kind of change may touch."""
    locked = (
        table for table, lock in LOCKS.items() if kind in DECLARED.lists["of_rounds"] or kind in lock.kinds
    )
    return (
        *locked,
        *DECLARED.also_touched.get(kind, ()),
        *(t for t, kinds in BESIDE.items() if kind in kinds),
    )


def opened(written: Collection[str]) -> Collection[str]:
    """Return the tables of which others may be read after these were written: themselves among them.

    Whoever is signed on reads what neither an interest nor a sheet of their own to come closes to them.
    """
    if not set(DECLARED.lists["keeps_closed"]).isdisjoint(written):
        return LOCKS.keys()
    opens_sheets = not set(DECLARED.lists["opens_sheets"]).isdisjoint(written)
    return {*written, *_OF_SHEETS} if opens_sheets else written


def opened_by(kinds: Iterable[str]) -> Collection[str]:
    """Return the tables of which others may be read after changes of these kinds, however they were made."""
    if not all(kind in PERMISSIONS and granted(kind) for kind in kinds):
        return (*LOCKS, *DECLARED.journal)
    return (*DECLARED.journal, *opened({table for kind in kinds for table in touched(kind)}))


def writers(lock: Lock) -> frozenset[str]:
    """Return the roles in which some row of a table may be written."""
    return frozenset(role for kind in lock.kinds for role in granted(kind))


def _of_journal(table: str) -> Iterator[str]:
    for verb, condition in DECLARED.journal[table]:
        columns = " (is_only)" if table == "journal_head" and verb == "UPDATE" else ""
        yield f"GRANT {verb}{columns} ON public.{table} TO {PERSONS}"
        yield _policy(table, verb, condition, "false" if columns else condition)


def _of_table(table: str, lock: Lock) -> Iterator[str]:
    ways = _ways(table, lock)
    # of a change too: one that names no column would be held by no policy of reading
    held = f"USING ({_read(lock)}) WITH CHECK ({ways or 'false'})"
    yield f"GRANT SELECT ON public.{table} TO {PERSONS}"
    yield f"CREATE POLICY read ON public.{table} TO {PERSONS} {held}"
    if closing := _closing(table, lock):
        yield f"CREATE POLICY closed ON public.{table} AS RESTRICTIVE TO {PERSONS} USING ({closing})"
    if not ways:
        return
    if beside := _adding(table):
        added = f"CREATE POLICY added ON public.{table} AS RESTRICTIVE FOR INSERT"
        yield f"{added} TO {PERSONS} WITH CHECK ({beside})"
    columns = "UPDATE, DELETE" if lock.columns is None else f"UPDATE ({', '.join(lock.columns)})"
    yield f"GRANT INSERT ON public.{table} TO {PERSONS}"
    if lock.columns != ():
        yield f"GRANT {columns} ON public.{table} TO {PERSONS}"
        yield from _guard(table, ways)


def added_with(table: str) -> tuple[tuple[str, str, str], ...]:
    """Return the rows beside which alone a row of a table is added: their table, column, and its own column.

    Nothing is added later to what holds still, such as an issued paper or a signature, by whomever.
    """
    referred = (
        (key.column.table.name, key.column.name, key.parent.name)
        for key in METADATA.tables[table].foreign_keys
        if LOCKS[table].columns is not None and key.column.table.name != table
    )
    still = (one for one in referred if one[0] in LOCKS and LOCKS[one[0]].columns is not None)
    return (*DECLARED.added_with.get(table, ()), *still)


def _adding(table: str) -> str:
    """Return under what condition a row is added beside the rows that it is part of, "" for any."""
    beside = (
        f"{own} IS NULL OR locks.wrote('{parent}', '{column}', {own}::text)"
        for parent, column, own in added_with(table)
    )
    return " OR ".join(beside)


def _guard(table: str, ways: str) -> Iterator[str]:
    """Yield what refuses to change or remove a row that is not the person's to write.

    A policy would leave such a row out in silence, and what was not done would be told as done.
    """
    yield (
        f"CREATE OR REPLACE FUNCTION locks.check_{table}_row() RETURNS trigger LANGUAGE plpgsql "
        "SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$ BEGIN "
        "IF locks.is_administrator() OR EXISTS "
        f"(SELECT FROM (SELECT OLD.*) AS stood WHERE {ways}) THEN "
        "RETURN CASE WHEN TG_OP = 'UPDATE' THEN NEW ELSE OLD END; END IF; "
        f"RAISE insufficient_privilege USING MESSAGE = 'this row of {table} is not yours to change'; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER locks_before BEFORE UPDATE OR DELETE ON public.{table} "
        f"FOR EACH ROW EXECUTE FUNCTION locks.check_{table}_row()"
    )


def _policy(table: str, verb: str, condition: str, check: str = "") -> str:
    parts = [] if verb == "INSERT" else [f"USING ({condition})"]
    parts += [f"WITH CHECK ({check or condition})"] if verb in ("INSERT", "UPDATE") else []
    return f"CREATE POLICY {_NAMES[verb]} ON public.{table} FOR {verb} TO {PERSONS} {' '.join(parts)}"


def _read(lock: Lock) -> str:
    who = KNOWN if lock.readers is None else f"(SELECT locks.has({sql_list(lock.readers)}))"
    return f"{who} AND ({lock.reads})" if lock.reads else who


def _closing(table: str, lock: Lock) -> str:
    """Return what closes the rows that tell of an application, "" where none does: any that they name."""
    numbers, identity = closing_columns(table)
    of_number = (lock.rests or Rests.ON_APPLICATION).value
    closing = [among(column, of_number) for column in numbers]
    closing += [among(identity, Rests.ON_SUBJECT.value)] if identity else []
    return " AND ".join(f"{one} IS NULL" for one in closing)


def closing_columns(table: str) -> tuple[tuple[str, ...], str]:
    """Return the columns by which a closed application closes a row: by its number, and by its identity.

    None, and "", where what the rows tell is closed to nobody.
    """
    if table not in LOCKS or LOCKS[table].rests is Rests.ON_NOTHING:
        return (), ""
    return naming(METADATA.tables[table]), typed(table, OF_SUBJECT)


def is_shut(table: str) -> bool:
    """Return whether some row of a table is closed to somebody who is let into the record."""
    if table in DECLARED.journal:
        return any(verb == "SELECT" and condition != KNOWN for verb, condition in DECLARED.journal[table])
    lock = LOCKS[table]
    return bool(lock.readers or lock.reads or _closing(table, lock))


def typed(table: str, kind: "TypeEngine[Any]") -> str:
    """Return the column of a table that is declared to hold something, "" where none is."""
    return next((column.name for column in _COLUMNS[table] if column.type is kind), "")


def _application(table: str) -> str:
    return next(iter(naming(METADATA.tables[table])), "")


def _round(table: str) -> str:
    """Return how the round of a row is found, NULL for what is of the office."""
    columns, application = _COLUMNS[table], _application(table)
    by_column = {"round_id": "round_id", "area_id": "locks.round_of_area(area_id)"}
    named = {
        "rounds": "id",
        "marks": "locks.round_of(locks.application_of(sheet_id))",
        "interests": "locks.round_of_member(member_id)",
        "interest_words": "locks.round_of_interest(interest_id)",
    }
    if table in named:
        return named[table]
    of_application = f"locks.round_of({application})" if application and "round_id" not in columns else ""
    return of_application or next((how for name, how in by_column.items() if name in columns), "NULL")


def _area(table: str) -> str:
    """Return how the area of a row is found: NULL for what is of no area, 0 for what is of every one.

    A row that names neither an area nor an application is of every area, but for those named here, and of
    no_area: they are not for whoever acts for some areas alone, as `models.permissions.table.EVERY_AREA` is
    not. What somebody declares themselves is their own.
    """
    columns, application = _COLUMNS[table], _application(table)
    named = {
        **dict.fromkeys(DECLARED.lists["no_area"], "NULL"),
        "member_areas": "0",
        "signing_areas": "CASE WHEN locks.is_bound_note_taker(role_id) THEN area_id ELSE 0 END",
        "round_roles": "CASE WHEN role = 'note-taker' AND locks.is_of_own_areas(id, round_id) "
        "THEN NULL ELSE 0 END",
        "people": "locks.area_of_person(id)",
        "rounds": "locks.area_of_draft(id)",
        "schemes": "locks.area_of_draft(round_id)",
        "gates": "CASE WHEN is_time THEN NULL ELSE 0 END",
        "organisations": "locks.area_of_organisation(id)",
        "organisation_aliases": "locks.area_of_organisation(organisation_id)",
        "chair_decisions": "CASE WHEN kind = 'tie' THEN locks.area_in_pot(application_id) "
        "ELSE locks.area_of(application_id) END",
        "applications": "area_id",
        "areas": "id",
        "kept_apart": "CASE WHEN locks.area_of(first_id) = locks.area_of(second_id) "
        "THEN locks.area_of(first_id) ELSE 0 END",
        "attachments": "locks.area_of_subject(subject)",
        "marks": "locks.area_of(locks.application_of(sheet_id))",
        "interests": "CASE WHEN member_id IN (SELECT locks.own_members()) "
        "THEN NULL ELSE coalesce(locks.area_of(application_id), locks.area_of_seat(member_id)) END",
        "interest_words": "locks.area_of_interest(interest_id)",
        "signer_interests": "CASE WHEN locks.is_me(locks.name_of(person_id)) THEN NULL "
        "ELSE coalesce(locks.area_of(application_id), locks.area_of_signer(person_id, round_id)) END",
        "paper_issues": "locks.area_named(round_id, subject)",
        "paper_texts": "locks.area_named(round_id, subject)",
        "paper_files": "locks.area_of_issue(issue_id)",
    }
    by_row = f"locks.area_of({application})" if application else "area_id" if "area_id" in columns else "0"
    return named.get(table, by_row)


def _ways(table: str, lock: Lock) -> str:
    """Return under what condition a row is written: the roles of each way, and what else must hold in it."""
    roles_of: dict[str, dict[str, None]] = {}
    for kind in lock.kinds:
        for permission in (PERMISSIONS[kind], PERMISSIONS[kind].on_paper):
            if permission is not None and granted(kind):
                check = _check(permission.conditions, lock)
                mine = (role for role in permission.roles or () if role in granted(kind))
                roles_of.setdefault(check, {}).update(dict.fromkeys(mine))
    where = _round(table), _area(table)
    found = (_way(tuple(map(Role, roles)), check, where) for check, roles in roles_of.items())
    return " OR ".join(dict.fromkeys(found))


def _check(under: tuple[Condition, ...], lock: Lock) -> str:
    found = [lock.checks[one] for one in under if one in lock.checks]
    return " AND ".join(f"({one})" for one in found) or lock.unchecked


def _way(roles: Roles, check: str, where: tuple[str, str]) -> str:
    everywhere = [role for role in roles if role in EVERYWHERE]
    by_round = [role for role in roles if role not in EVERYWHERE]
    who = [f"(SELECT locks.has({sql_list(everywhere)}))"] if everywhere else []
    who += [f"locks.acts({sql_list(by_round)}, {', '.join(where)})"] if by_round else []
    said = f"({' OR '.join(who)})"
    return f"({said} AND ({check.replace('ROUND', where[0])}))" if check else said
