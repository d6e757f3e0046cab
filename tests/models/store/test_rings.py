"""No row leads back to itself, or is of a step past its chain: both engines refuse it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from sqlalchemy import CheckConstraint, Table
from sqlalchemy.exc import DBAPIError

from models.journal.verify import STANDING_RULES, verify
from models.permissions.viewing import Viewer
from models.queries.applications.merges import members_of_organisations, merged_into, organisation_then
from models.queries.applications.organisations import organisations
from models.queries.rows import followed
from models.record import Record
from models.schema.base import METADATA
from models.session import Session
from models.store.definition import LINKS, PAST_CHAIN, ROUND_AGAIN, SIGNED
from tests.models.rounds import load, set_up_office
from tests.models.store.locks.an_office import a_round, changed_copy, template
from tests.server import cluster

ROWS = {
    "organisation_merges": "INSERT INTO organisation_merges "
    "(merged_id, into_id, reason, merged_by, merged_at) "
    "VALUES ({}, {}, 'x', 'Olive', '2026-11-03T14:05:00.000000Z')",
    "direct_awards": "INSERT INTO direct_awards "
    "(application_id, extends_id, route, route_reason, option_years) VALUES ({}, {}, 'extension', '', 0)",
}
RINGS = {"of two": ((1, 2), (2, 1)), "of three": ((2, 3), (1, 2), (3, 1))}


def leading(table: Table) -> Iterator[tuple[str, str]]:
    """Yield each two columns of a table that hold the same thing's number, its own number among them."""
    named = defaultdict[object, list[str]](list)
    for column in table.c:
        for key in column.foreign_keys:
            named[key.column].append(column.name)
            if key.column.table is table:
                named[key.column].append(key.column.name)
    yield from ((one[0], one[1]) for one in named.values() if len(one) > 1)


def test_every_row_that_leads_to_another_of_its_kind_is_guarded_or_held_in_order() -> None:
    guarded = {link[:3] for link in LINKS}
    tables = [
        table for table in METADATA.sorted_tables if table.name != "erasure"
    ]  # of older rows: its trigger
    found = [(table, pair) for table in tables for pair in leading(table)]

    assert {(table.name, *pair) for table, pair in found} >= guarded
    assert len(found) > len(guarded)
    for table, (one, other) in found:
        rules = [str(rule.sqltext) for rule in table.constraints if isinstance(rule, CheckConstraint)]
        orders = {f"{other} < {one}", f"{one} < {other}", f"{one} >= {other}"}
        assert (table.name, one, other) in guarded or orders & {*rules}, table.name


@pytest.mark.of_a_file
@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("link", LINKS, ids=lambda link: link[0])
def test_a_file_refuses_the_row_that_closes_a_ring(
    record: Record, link: tuple[str, str, str, str], ring: str
) -> None:
    load(set_up_office(record), a_round())
    *open_rows, last = RINGS[ring]

    def write(session: Session) -> None:
        for pair in open_rows:
            session.exec_driver_sql(ROWS[link[0]].format(*pair))
        with pytest.raises(DBAPIError, match=ROUND_AGAIN):
            session.exec_driver_sql(ROWS[link[0]].format(*last))
        changed = f"UPDATE {link[0]} SET {link[2]} = {open_rows[-1][0]} WHERE {link[1]} = {open_rows[0][0]}"
        with pytest.raises(DBAPIError, match=ROUND_AGAIN):
            session.exec_driver_sql(changed)
        session.exec_driver_sql(ROWS[link[0]].format(4, last[0]))

    with pytest.raises(InterruptedError):
        record.ask(lambda session: (write(session), _leave()))


def _leave() -> None:
    raise InterruptedError


@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("link", LINKS, ids=lambda link: link[0])
def test_a_server_refuses_the_row_that_closes_a_ring(link: tuple[str, str, str, str], ring: str) -> None:
    database = changed_copy(template())
    *open_rows, last = RINGS[ring]
    with cluster().connect(database) as connection:
        for pair in open_rows:
            connection.execute(ROWS[link[0]].format(*pair))  # type: ignore[arg-type]
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=ROUND_AGAIN):
            connection.execute(ROWS[link[0]].format(*last))  # type: ignore[arg-type]
    cluster().drop(database)


def test_what_leads_on_is_followed_to_its_end_and_a_ring_once_around() -> None:
    assert followed(1, {1: 2, 2: 3}) == [1, 2, 3]
    assert followed(1, {1: 1}) == followed(1, {}) == [1]
    assert followed(1, {1: 2, 2: 3, 3: 2}) == [1, 2, 3]


@pytest.mark.of_a_file
@pytest.mark.parametrize("link", LINKS, ids=lambda link: link[0])
def test_a_ring_in_a_file_holds_nobody_up_and_is_named(
    record: Record, link: tuple[str, str, str, str]
) -> None:
    load(set_up_office(record), a_round())
    table, of, *_ = link

    def spoilt(session: Session) -> list[str]:
        for verb in ("insert", "update"):
            session.exec_driver_sql(f"DROP TRIGGER {table}_onward_{verb}")
        for pair in RINGS["of two"]:
            session.exec_driver_sql(ROWS[table].format(*pair))
        organisations(session, date(2026, 11, 3), Viewer("Olive Officer", "officer"))
        merged_into(session)
        organisation_then(session, 1, None)
        session.execute(members_of_organisations().select()).all()
        rule = next(rule for rule in STANDING_RULES if rule.name == "links")
        return [*rule.broken(session)]

    assert verify(record).sound
    found = record.ask(spoilt)
    assert found == [
        f"Table {table}: the row with the {of} {number} leads back to itself." for number in (1, 2)
    ]


STEPS = {
    "sign_offs": "INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, "
    "legal_power, is_from_paper, recorded_by, recorded_at) VALUES (90, 1, {}, false, 'x', 'x', '2026-11-03', "
    "'none', 'x', false, 'x', '2026-11-03T14:05:00.000000Z')",
    "variation_signatures": "INSERT INTO variation_signatures (application_id, number, step, post, "
    "signed_by, signed_on, interests, is_from_paper, recorded_by, recorded_at) VALUES (1, 1, {}, 'x', 'x', "
    "'2026-11-03', 'none', false, 'x', '2026-11-03T14:05:00.000000Z')",
}


def test_every_step_of_a_chain_is_guarded() -> None:
    assert {table.name for table in METADATA.sorted_tables if "step" in table.c} == {*SIGNED}


@pytest.mark.of_a_file
@pytest.mark.parametrize("table", SIGNED)
@pytest.mark.parametrize("step", [2, 99])
def test_a_file_refuses_a_signature_past_the_chain(record: Record, table: str, step: int) -> None:
    load(set_up_office(record), a_round())

    def write(session: Session) -> None:
        session.exec_driver_sql("UPDATE rounds SET chain = '[1, 2]'")
        session.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.exec_driver_sql(STEPS[table].format(1))
        with pytest.raises(DBAPIError, match=PAST_CHAIN):
            session.exec_driver_sql(STEPS[table].format(step))
        with pytest.raises(DBAPIError, match=PAST_CHAIN):
            session.exec_driver_sql(f"UPDATE {table} SET step = {step}")
        _leave()

    with pytest.raises(InterruptedError):
        record.ask(write)


@pytest.mark.parametrize("table", SIGNED)
def test_a_server_refuses_a_signature_past_the_chain(table: str) -> None:
    database = changed_copy(template())
    with cluster().connect(database) as connection:
        for step in (98, 99):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=PAST_CHAIN):
                connection.execute(STEPS[table].format(step))  # type: ignore[arg-type]
    cluster().drop(database)
