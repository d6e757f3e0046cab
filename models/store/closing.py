"""Reading a file as a server gives it to somebody to whom applications are closed: without what names them.

A server's policies leave such rows out (`models.store.locks.policies`). In a file a view of each table that
they close stands before it while somebody reads, made from the same declaration. Sums are worked out from all
rows: see `models.store.locks.signing_on.with_figures`.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from sqlalchemy import text

from models.schema.base import METADATA
from models.session import CLOSED, Session

_APPLICATIONS = "SELECT {} FROM main.applications WHERE id IN ({})"
_FOR_CLOSED = """EXISTS (
    SELECT 1 FROM main.applications a JOIN main.areas r ON r.round_id = a.round_id
    WHERE r.id = area_id AND a.id IN ({0}) AND instr(', ' || awards || ', ', ', ' || a.reference || ', ')
)"""
WITHOUT_REASON = {"area_allowances": _FOR_CLOSED}
"""By table, which rows are closed for the reason in them alone: everything else is needed for sums."""


class Closed(NamedTuple):
    """The numbers of the applications that are closed; rows `for_sums` lack words alone."""

    numbers: frozenset[int]
    for_sums: bool = False


@contextmanager
def closed_rows(session: Session, numbers: Collection[int], *, for_sums: bool = False) -> Iterator[None]:
    """Read, within, no row of a file that names one of these applications; nothing of it is written.

    What is read `for_sums` lacks the words alone that stand in no row of an application.
    """
    if not numbers or CLOSED in session.info:
        yield
        return
    with _reading(session, Closed(frozenset(numbers), for_sums)):
        yield


@contextmanager
def opened_rows(session: Session) -> Iterator[None]:
    """Read, within, all rows again, for sums that would be wrong without them."""
    closed: Closed | None = session.info.get(CLOSED)
    if closed is None or closed.for_sums:
        yield
        return
    _drop(session, closed)
    try:
        with _reading(session, closed._replace(for_sums=True)):
            yield
    finally:
        _put(session, closed)


def is_in_part(session: Session, round_id: int) -> bool:
    """Whether rows of a round are left out."""
    closed: Closed | None = session.info.get(CLOSED)
    if closed is None or closed.for_sums:
        return False
    found = f"{_APPLICATIONS.format('id', _listed(closed.numbers))} AND round_id = :round"
    return session.scalar(text(found), {"round": round_id}) is not None


@contextmanager
def _reading(session: Session, closed: Closed) -> Iterator[None]:
    _put(session, closed)
    try:
        yield
    finally:
        _drop(session, closed)


def _put(session: Session, closed: Closed) -> None:
    for table, rows in _views(closed.for_sums):
        session.exec_driver_sql(f'CREATE TEMP VIEW "{table}" AS {rows.format(_listed(closed.numbers))}')
    session.info[CLOSED] = closed


def _drop(session: Session, closed: Closed) -> None:
    session.info.pop(CLOSED)
    for table, _ in _views(closed.for_sums):
        session.exec_driver_sql(f'DROP VIEW temp."{table}"')


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


@cache
def _views(for_sums: bool) -> tuple[tuple[str, str], ...]:
    """Return the tables of which a part is read, each with the query of that."""
    return tuple(_without_words() if for_sums else (*_without_words(), *_without_rows()))


def _without_words() -> Iterator[tuple[str, str]]:
    for table, is_closed in WITHOUT_REASON.items():
        reason = f"CASE WHEN {is_closed} THEN '…' ELSE reason END AS reason"
        columns = (f'"{one.name}"' for one in METADATA.tables[table].c if one.name != "reason")
        yield table, f'SELECT {", ".join(columns)}, {reason} FROM main."{table}"'


def _without_rows() -> Iterator[tuple[str, str]]:
    from models.store.locks.policies import closing_columns  # read where something is closed

    for table in METADATA.tables:
        numbers, identity = closing_columns(table)
        named = [f'coalesce("{column}" IN ({{0}}), 0)' for column in numbers]
        if identity:
            named.append(f'coalesce("{identity}" IN ({_APPLICATIONS.format("uid", "{0}")}), 0)')
        if named:
            yield table, f'SELECT * FROM main."{table}" WHERE NOT ({" OR ".join(named)})'
