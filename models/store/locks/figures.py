"""What sums need of an application that is closed to whoever works them out: figures, and never its words.

The schema `figures` has a view for each table that a ranked list or the overview is worked from, under the
table's own name: the rows that a person reads, and of what an interest closes to them those columns that
everybody at the list may know. Statements that go there by the search path stay as they are.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Column, Integer

from models.schema import tables as schema
from models.store.locks.tables import DECLARED

SCHEMA = "figures"
"""Where the views are; `signing_on.with_figures` reads from there."""

OF_OTHER_PANELS = "marks_of_other_panels"
"""The function that gives the marks of other areas' panels, so that lists with them come out right."""

_NAMED = "locks.named()"
"""What is closed to whoever has a part in its round: they are told who made it."""
_COUNTED = "locks.counted()"
"""What of it is counted among the others, with its sum: all once they have declared."""
_UNDECLARED = "locks.undeclared()"
"""What is closed until the declaration, which is made on applicants and projects."""
_RANKED = "locks.ranked()"
"""What of it may be ranked besides: by those to whom the list is open, but not by mere members."""

_LISTS = DECLARED.lists
_COLUMNS = {table.name: table.c for table in schema.TABLES}

_CLOSED_MARKS = f"""s.application_id IN (SELECT {_RANKED})
            AND NOT EXISTS (
                SELECT FROM public.applications ap JOIN public.areas ar ON ar.id = ap.area_id
                WHERE ap.id = s.application_id AND ar.stage = 'scoring'
            )
            AND NOT EXISTS (
                SELECT FROM public.sheets o
                WHERE o.application_id = s.application_id AND o.reopened IS NOT NULL AND NOT o.is_submitted
            )"""
"""Of which sheets the marks on what an interest closes are told. While sheets come in, or one is reopened,
none are: what each hand-in adds would be that member's."""
_OTHERS_MARKS = """s.application_id IN (SELECT locks.of_other_panels())
            AND s.application_id NOT IN (SELECT locks.unseen())"""
"""Of which sheets the marks of other areas' panels are told: as long as their list is open."""


def _beside(table: str) -> str:
    """Return the query for the other lines of a closed one's list, for those to whom it is open."""
    return f"""
    SELECT k.* FROM public.{table} k JOIN public.applications a ON a.id = k.application_id
    WHERE a.id IN (SELECT locks.beside_closed()) AND a.id NOT IN (SELECT locks.unseen())
        AND locks.may_rank(a.round_id)
"""


_PLACES = f"""
    SELECT k.* FROM public.recommended_places k WHERE k.application_id IN (SELECT {_RANKED})
    UNION ALL {_beside("recommended_places")}
"""
"""The places of a whole list: the program places the others among themselves."""
_STANDINGS = f"""
    SELECT k.id, k.decision_id, k.application_id, (k.figures::jsonb #- '{{0,project}}')::text, '', ''
    FROM public.decided_standings k
    WHERE k.application_id IN (SELECT {_RANKED}) AND locks.is_decided(k.application_id)
    UNION ALL {_beside("decided_standings")}
"""
"""Where a closed line stood, what it was offered and what was left in its pot: only once it is decided.

And the other lines of its list, for those to whom it is open: their program leaves out what tells of it.
"""
_WITHOUT_REASON = {
    "area_allowances": "id IN (SELECT locks.closed_allowances())",
    "organisation_merges": "merged_id IN (SELECT locks.barred_organisations()) "
    "OR into_id IN (SELECT locks.barred_organisations())",
}
"""By table, which rows are closed for the reason in them alone: everything else is needed for sums."""


def statements() -> Iterator[str]:
    """Yield what makes the views anew."""
    yield f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"
    yield f"CREATE SCHEMA {SCHEMA}"
    for table, rows in _closed_rows():
        yield _function(f"closed_{table}", table, rows)
        columns = ", ".join(f'"{column.name}"' for column in _COLUMNS[table])
        yield (
            f"CREATE VIEW {SCHEMA}.{table} WITH (security_invoker) AS SELECT {columns} FROM public.{table} "
            f"UNION ALL SELECT {columns} FROM {SCHEMA}.closed_{table}()"
        )
    yield _function(OF_OTHER_PANELS, "marks", _dealt(_OTHERS_MARKS))


def _function(name: str, table: str, rows: str) -> str:
    """Return what makes a function that gives rows of a table past its policies."""
    return (
        f"CREATE FUNCTION {SCHEMA}.{name}() RETURNS SETOF public.{table} LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on AS $$ {rows} $$"
    )


def functions() -> tuple[str, ...]:
    """Return the functions that give closed rows, as a statement names them."""
    return tuple(f"{SCHEMA}.{name}()" for name in (*(f"closed_{of}" for of in names()), OF_OTHER_PANELS))


def names() -> tuple[str, ...]:
    """Return the tables that have a view."""
    return tuple(table for table, _ in _closed_rows())


def _closed_rows() -> Iterator[tuple[str, str]]:
    """Yield by table the query for its closed rows, in the order of its columns."""
    figures, sums = (", ".join(f"'{one}'" for one in _LISTS[name]) for name in ("figures", "sums"))
    yield "applications", _applications()
    yield (
        "corrections",
        f"{_select('corrections', _LISTS['corrected'])} WHERE field IN ({figures}) "
        f"AND application_id IN (SELECT {_RANKED}) "
        f"OR field IN ({sums}) AND application_id IN (SELECT {_COUNTED}) "
        f"OR field IN ('organisation', 'project') AND application_id IN (SELECT {_UNDECLARED})",
    )
    yield "marks", _dealt(_CLOSED_MARKS)
    yield "decided_standings", _STANDINGS
    yield "recommended_places", _PLACES
    for table, is_closed in _WITHOUT_REASON.items():
        kept = tuple(column.name for column in _COLUMNS[table] if column.name != "reason")
        yield table, f"{_select(table, kept)} WHERE {is_closed}"
    for table, kept in DECLARED.kept.items():
        closing = _COUNTED if table == "gate_results" else _RANKED
        yield (
            table,
            f"{_select(table, ('application_id', *kept))} WHERE application_id IN (SELECT {closing})",
        )


def _dealt(which: str) -> str:
    """Return the query for the marks of sheets that are in, those on each criterion dealt out anew.

    Sums are as they were, by whatever rule marks are combined, and nobody is told whose a mark is. Those of a
    sheet that none is like are nought: it counts towards the quorum, and no total is made of it, but where
    one sheet is a quorum.
    """
    return f"""
    WITH given AS (
        SELECT s.id AS sheet_id, s.application_id, md5(s.uid) AS drawn, m.criterion, m.mark,
            EXISTS (
                SELECT FROM public.interests i
                WHERE i.member_id = s.member_id AND i.application_id = s.application_id AND i.kind <> 'none'
            ) AS is_out,
            (
                SELECT sc.combine IN ('mean', 'median') AND sc.quorum <= 1
                FROM public.applications ap JOIN public.schemes sc ON sc.round_id = ap.round_id
                WHERE ap.id = s.application_id ORDER BY sc.version DESC LIMIT 1
            ) AS one_is_ranked,
            string_agg(m.criterion, ' ') OVER (
                PARTITION BY s.id ORDER BY m.criterion
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS criteria
        FROM public.sheets s JOIN public.marks m ON m.sheet_id = s.id AND m.mark IS NOT NULL
        WHERE s.is_submitted AND ({which})
            AND s.id IN (SELECT locks.counting_sheets())
            AND NOT EXISTS (
                SELECT FROM public.not_applicable n
                WHERE n.application_id = s.application_id AND n.criterion = m.criterion
            )
    ), numbered AS (
        SELECT *, row_number() OVER (alike ORDER BY drawn) AS sheet,
            row_number() OVER (alike ORDER BY mark) AS lowest,
            count(*) OVER alike AS sheets
        FROM given WINDOW alike AS (PARTITION BY application_id, is_out, criteria, criterion)
    )
    SELECT a.sheet_id, a.criterion,
        CASE WHEN a.sheets > 1 OR a.one_is_ranked AND NOT a.is_out THEN b.mark ELSE 0 END, '', false
    FROM numbered a JOIN numbered b ON b.lowest = a.sheet
        AND (b.application_id, b.is_out, b.criteria, b.criterion)
            = (a.application_id, a.is_out, a.criteria, a.criterion)
"""


def _applications() -> str:
    """Return the query for closed applications: all may name and count them, figures are for the list."""
    opens = {
        **dict.fromkeys(_LISTS["figures"], _RANKED),
        **dict.fromkeys(_LISTS["sums"], _COUNTED),
        "project": _UNDECLARED,
    }
    shown = [
        name
        if name in _LISTS["plain"]
        else f"CASE WHEN id IN (SELECT {opens[name]}) THEN {name} ELSE {blank} END"
        if name in opens
        else blank
        for name, blank in _blanks("applications")
    ]
    return f"SELECT {', '.join(shown)} FROM public.applications WHERE id IN (SELECT {_NAMED})"


def _select(table: str, kept: tuple[str, ...]) -> str:
    shown = (f'"{name}"' if name in kept else blank for name, blank in _blanks(table))
    return f"SELECT {', '.join(shown)} FROM public.{table}"


def _blanks(table: str) -> Iterator[tuple[str, str]]:
    """Yield each column with what stands there instead."""
    for column in _COLUMNS[table]:
        if column.name in DECLARED.empty:
            yield column.name, DECLARED.empty[column.name]
            continue
        of, empty = _type(column)
        yield column.name, f"NULL::{of}" if column.nullable else f"{empty}::{of}"


def _type(column: Column[Any]) -> tuple[str, str]:
    """Return the engine's type of a column, and what stands for nothing in it."""
    if isinstance(column.type, Boolean):
        return "boolean", "false"
    return (str(column.type), "0") if isinstance(column.type, Integer) else ("text", "''")
