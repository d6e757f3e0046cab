"""While somebody with an interest reads a file, each table that names applications lacks what is closed."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import select

from models.schema.base import METADATA
from models.schema.forms import OF_SUBJECT
from models.session import Session
from models.store import definition
from models.store.closing import closed_rows, is_in_part, opened_rows
from models.store.locks.policies import closing_columns, typed
from models.store.locks.tables import LOCKS
from models.store.sqlite import engine
from tests.models.journal.test_values import right

OPEN, CLOSED = 1, 3
UID = "1f633218-fab8-5b9b-a559-efa6c3a28a0{}"
NAMING = [
    (table, column)
    for table in LOCKS
    for column in filter(None, (*closing_columns(table)[0], closing_columns(table)[1]))
    if table != "applications"
]
"""Every column by which a row names applications, by number or identity."""


@pytest.fixture
def session() -> Iterator[Session]:
    """An empty record in memory whose engine asks for no rule."""
    with closing(engine.scratch()) as raw:
        definition.build(raw)
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA ignore_check_constraints=ON")
        with engine.engine_on(raw).connect() as found:
            for number in (OPEN, CLOSED):
                put(found, "applications", id=number, uid=UID.format(number), reference=str(number))
            yield found


def put(session: Session, table: str, **named: object) -> None:
    of = METADATA.tables[table]
    row = {one.name: right(one) for one in of.c} | named
    session.execute(of.insert().values(row))


@pytest.mark.parametrize(("table", "column"), NAMING)
def test_a_row_that_names_what_is_closed_by_any_column_is_read_by_nobody_to_whom_it_is(
    session: Session, table: str, column: str
) -> None:
    others = dict.fromkeys(closing_columns(table)[0], OPEN)
    identity = typed(table, OF_SUBJECT)
    others |= {identity: UID.format(OPEN)} if identity else {}
    put(session, table, **(others | {column: UID.format(CLOSED) if column == identity else CLOSED}))
    rows = select(METADATA.tables[table].c[column])

    with closed_rows(session, {CLOSED}):
        assert session.execute(rows).all() == []
        with opened_rows(session):
            assert len(session.execute(rows).all()) == 1
        assert session.execute(rows).all() == []
    with closed_rows(session, {OPEN + 1}):
        assert len(session.execute(rows).all()) == 1
    assert len(session.execute(rows).all()) == 1


def test_a_round_of_which_rows_are_left_out_is_known_and_no_sum_is_made_of_it(session: Session) -> None:
    assert len(NAMING) > 40
    with closed_rows(session, {CLOSED}):
        assert is_in_part(session, 1)
        assert not is_in_part(session, 2)
        with opened_rows(session):
            assert not is_in_part(session, 1)
    assert not is_in_part(session, 1)


@pytest.mark.parametrize("for_sums", [False, True])
def test_of_who_allows_money_for_what_is_closed_all_but_the_reason_is_read(
    session: Session, *, for_sums: bool
) -> None:
    put(session, "areas", id=1, round_id=1)
    references = {OPEN: "ACF-001", CLOSED: "ACF-00"}
    for number, reference in references.items():
        session.exec_driver_sql(f"UPDATE applications SET reference = '{reference}' WHERE id = {number}")
    said = {"": "of the area", "ACF-001": "of an open one", "ACF-001, ACF-00": "of both", "ACF-00": "closed"}
    for number, (awards, reason) in enumerate(said.items(), 1):
        put(session, "area_allowances", id=number, area_id=1, awards=awards, reason=reason)

    with closed_rows(session, {CLOSED}, for_sums=for_sums):
        table = METADATA.tables["area_allowances"].c
        found = session.execute(select(table.reason, table.amount_pence).order_by(table.id)).all()

    assert found == [("of the area", 100), ("of an open one", 100), ("…", 100), ("…", 100)]
