"""Each role of one area's panel attacks another area's rows by SQL, past the program; its own stay open."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from psycopg import errors

from models.operation import Actor
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.meetings import SetAttendance, SetMeetingHeld
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.permissions.table import EVERY_AREA
from models.record import Opener, Record
from models.role import Role
from models.store.locks import logins, preparing
from models.store.locks.policies import granted, writers
from models.store.locks.tables import DECLARED, LOCKS
from models.store.places import server_address
from models.values.rounds import MeetingHeld
from tests.models.conftest import TickingClock
from tests.models.rounds import set_up_office
from tests.models.store.locks.an_office import (
    APPEND,
    assert_denied,
    digest_of,
    journal,
    journal_row,
    signed_on,
)
from tests.models.store.locks.test_every_kind import COLUMNS
from tests.models.three_panels import AREAS, code, named, set_up_panels
from tests.server import NEWEST, cluster

QUAY, WEALD, _ = AREAS
ROLES = (Role.CHAIR, Role.MEMBER, Role.ADVISER, Role.NOTE_TAKER, Role.COMMANDER, Role.DECIDER)
QUAYS, WEALDS = {"area_id": 1, "application_id": 1}, {"area_id": 2, "application_id": 3}
"""What a row of each of two areas points at."""
POINTS = {"area_id", "application_id", "sheet_id", "first_id"}
BESIDE = {"id": 90, "round_id": 1, "scheme_id": 1, "gate_id": 1, "number": 1}


def login_of(role: Role, area: str) -> str:
    return f"{role.replace('-', '_')}_{AREAS.index(area)}"


@cache
def three_panels() -> str:
    """Return a locked record whose first area is scored, its second at its meeting, a login for each role."""
    server = cluster(NEWEST)
    name = server.new_database()
    chair = Actor("Carla Chairs", Role.CHAIR)
    with Record.create(
        server_address(server.address(name)), Opener("Ann", "tests"), clock=TickingClock()
    ) as record:
        set_up_panels(set_up_office(record))
        record.perform(MoveAreas(1, (QUAY, WEALD), "scoring"), chair)
        for area, of in ((QUAY, "ACF-001"), (WEALD, "ACF-003")):
            for role in (Role.CHAIR, Role.MEMBER):
                actor = Actor(named(role, area), role)
                record.perform(SetMark(1, code(role, area), of, "A1", 3, None), actor)
        record.perform(MoveAreas(1, (QUAY, WEALD), "meeting"), chair)
        for area, of in ((QUAY, "ACF-001"), (WEALD, "ACF-003")):
            record.perform(SetAttendance(1, area, code(Role.MEMBER, area), "present", ""), chair)
            record.perform(SetMeetingHeld(1, area, MeetingHeld(TickingClock().now.date()), None), chair)
            record.perform(SetAgreedMark(1, of, "A1", 3, "said", None, ""), chair)
    with server.connect(name) as connection:
        connection.execute(
            "INSERT INTO signer_interests SELECT row_number() OVER (), 1, person_id, NULL, 'none', '' "
            "FROM round_roles WHERE role IN ('commander', 'decider')"
        )
        preparing.make_groups(connection)
        preparing.set_locks(connection)
        preparing.close_database(connection)
        for area in AREAS[:2]:
            for role in ROLES:
                logins.add(connection, login_of(role, area), named(role, area), (role,))
    return name


def outcome(connection: Any, statement: str) -> str:
    """Return what became of a statement, which is thrown away: "denied", "let through", or nothing to do."""
    try:
        with connection.transaction(force_rollback=True):
            done = connection.execute(statement)
            return "let through" if done.rowcount else "nothing"
    except errors.InsufficientPrivilege:
        return "denied"
    except (errors.IntegrityError, errors.DataError, errors.RaiseException):
        return "let through"


def columns_of(connection: Any, table: str) -> set[str]:
    return {name for (name,) in connection.execute(COLUMNS, [table]).fetchall()}


def rows_of(connection: Any, where: dict[str, int], seat: int) -> Iterator[tuple[str, str]]:
    """Yield by table what adds a row of an area, and what takes all of its rows out."""
    for table in LOCKS:
        columns = columns_of(connection, table)
        if not POINTS & columns or table == "area_spellings":
            continue
        put = BESIDE | where | {"member_id": seat, "first_id": where["application_id"], "interest_id": 1}
        put |= {"second_id": where["application_id"] + 1, "sheet_id": 2 * where["area_id"]}
        own = {name: value for name, value in put.items() if name in columns}
        yield table, f"INSERT INTO {table} ({', '.join(own)}) VALUES ({', '.join(map(str, own.values()))})"
        keys = [f"{name} = {own[name]}" for name in ("area_id", "application_id", "sheet_id") if name in own]
        yield table, f"DELETE FROM {table} WHERE {' AND '.join(keys) or 'false'}"


@pytest.mark.parametrize("role", ROLES)
def test_no_row_of_another_area_is_added_changed_or_removed(role: Role) -> None:
    wrong = []
    with signed_on(login_of(role, WEALD), three_panels()) as connection:
        for table, statement in rows_of(connection, QUAYS, seat=2):
            own_word = table in ("interests", "interest_words")
            if outcome(connection, statement) == "let through" and not own_word:
                wrong.append(statement)

    assert wrong == []


def test_rows_of_the_own_area_stay_open_to_its_chair() -> None:
    tables = {
        *("attendance", "meetings", "agreements", "agreed_marks", "closed_items", "confirmed_records"),
        *(
            "not_applicable",
            "chair_decisions",
            "recommendations",
            "recommendation_signatures",
            "gate_results",
        ),
    }
    with signed_on(login_of(Role.CHAIR, WEALD), three_panels()) as connection:
        found = {
            table: outcome(connection, statement)
            for table, statement in rows_of(connection, WEALDS, seat=5)
            if statement.startswith("INSERT") and table in tables
        }

    assert {table for table in tables if Role.CHAIR in writers(LOCKS[table])} == tables
    assert found == dict.fromkeys(tables, "let through")


@pytest.mark.parametrize("table", DECLARED.lists["every_area"])
def test_who_is_on_which_panel_is_not_for_a_chair_of_one_area(table: str) -> None:
    with signed_on(login_of(Role.CHAIR, WEALD), three_panels()) as connection:
        columns = columns_of(connection, table)
        put = {
            name: 1
            for name in ("id", "round_id", "member_id", "area_id", "person_id", "role_id")
            if name in columns
        }
        put |= {"member_id": 5, "area_id": 2} if "area_id" in columns else {}
        own = {name: put[name] for name in put if name in columns}
        names, values = ", ".join(own), ", ".join(map(str, own.values()))
        added = (
            f"INSERT INTO {table} ({names}) VALUES ({values})"
            if own
            else f"INSERT INTO {table} DEFAULT VALUES"
        )

        assert outcome(connection, added) == "denied"
        assert outcome(connection, f"DELETE FROM {table}") in ("denied", "nothing")
        # nor does a removal of nothing make the round one that is being removed
        connection.execute("DELETE FROM members WHERE false")
        assert outcome(connection, added) == "denied"


def test_the_stage_and_money_of_another_area_stay_as_they_are() -> None:
    with signed_on(login_of(Role.CHAIR, WEALD), three_panels()) as connection:
        for change in ("stage = 'recommending'", "pot_pence = 1", "name = 'Mine'"):
            assert_denied(connection, f"UPDATE areas SET {change} WHERE id = 1")
        assert outcome(connection, "UPDATE areas SET pot_pence = 1 WHERE id = 2") == "let through"
        assert_denied(connection, "UPDATE applications SET area_id = 2 WHERE id = 1")


def test_what_concerns_every_area_is_not_journalled_by_a_chair_of_one() -> None:
    words = '{"round_id":1}'
    by = {"actor": named(Role.CHAIR, WEALD), "role": "chair"}
    with signed_on(login_of(Role.CHAIR, WEALD), three_panels()) as connection:
        for kind in sorted(one for one in EVERY_AREA if Role.CHAIR in granted(one)):
            row = journal_row(connection, digest=digest_of(words), kind=kind, **by)
            with connection.transaction(force_rollback=True):
                connection.execute(APPEND, row)
                body = f"INSERT INTO journal_body VALUES ({row[0]}, decode('{'00' * 16}', 'hex'), '{words}')"
                assert outcome(connection, body) == "denied", kind
        with connection.transaction(force_rollback=True):
            journal(
                connection,
                '{"marking":"OFFICIAL","replacing":"OFFICIAL","round_id":1}',
                kind="set marking",
                **by,
            )
