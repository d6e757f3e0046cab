"""Each role of one area's panel attacks another area's rows by SQL, past the program; its own stay open."""

from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace
from psycopg import errors

from models.operation import Actor
from models.operations.applications.attachments import AttachFiles
from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.applications.gates import SetGate
from models.operations.panel.agreed import AgreeMarks, SetAgreedMark
from models.operations.panel.meetings import SetAttendance, SetMeetingHeld
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas, SetAreaDates, SetPot
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.people import GiveRole, TakeRole
from models.permissions.table import EVERY_AREA
from models.permissions.viewing import Viewer
from models.queries.deciding.round_list import ask_round, work_out
from models.queries.set_up.office import with_role
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import round_line
from models.record import Opener, Record
from models.role import SIGNING, Role
from models.store.locks import logins, preparing
from models.store.locks.policies import granted, writers
from models.store.locks.tables import DECLARED, LOCKS
from models.store.places import server_address
from models.values.attachments import KeptFile
from models.values.rounds import AreaDates, MeetingHeld
from scoring.ranking import Standing
from tests.models.conftest import TickingClock
from tests.models.rounds import set_up_office
from tests.models.store.locks.an_office import (
    APPEND,
    assert_denied,
    changed_copy,
    digest_of,
    journal,
    journal_row,
    prepare,
    signed_on,
)
from tests.models.store.locks.test_every_kind import COLUMNS
from tests.models.three_panels import AREAS, code, named, set_up_panels
from tests.server import NEWEST, cluster

QUAY, WEALD, _ = AREAS
ROLES = (Role.CHAIR, Role.MEMBER, Role.ADVISER, Role.NOTE_TAKER, Role.COMMANDER, Role.DECIDER)
QUAYS, WEALDS = {"area_id": 1, "application_id": 1}, {"area_id": 2, "application_id": 3}
"""What a row of each of two areas points at."""
BESIDE = {"id": 90, "round_id": 1, "scheme_id": 1, "gate_id": 1, "number": 1}


OLIVE = "officer_of_three"


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
        logins.add(connection, OLIVE, "Olive Officer", (Role.OFFICER,))
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
    except (errors.InsufficientPrivilege, errors.IntegrityConstraintViolation):  # the latter by a guard
        return "denied"
    except (errors.IntegrityError, errors.DataError, errors.RaiseException):
        return "let through"


def columns_of(connection: Any, table: str) -> set[str]:
    return {name for (name,) in connection.execute(COLUMNS, [table]).fetchall()}


def added(connection: Any, table: str, where: dict[str, int], seat: int) -> str:
    """Return what adds a row of an area, of whichever of its columns say of what it is."""
    columns = columns_of(connection, table)
    put = BESIDE | where | {"member_id": seat, "first_id": where["application_id"], "interest_id": 1}
    put |= {"second_id": where["application_id"] + 1, "sheet_id": 2 * where["area_id"]}
    own = {name: value for name, value in put.items() if name in columns}
    if not own:
        return f"INSERT INTO {table} DEFAULT VALUES"
    return f"INSERT INTO {table} ({', '.join(own)}) VALUES ({', '.join(map(str, own.values()))})"


OF_NO_AREA = {*DECLARED.lists["no_area"]} - {"sign_offs"}
ADDED = {"organisations", "organisation_aliases", "rounds", "people"}
"""Where a chair adds rows that nothing is of yet; no change of theirs makes a round."""


OF_QUAY = (
    "WHERE sheet_id IN (SELECT s.id FROM sheets s JOIN applications a ON a.id = s.application_id "
    "WHERE a.area_id = 1)"
)
"""Of marks alone those of another area are not read, and a note-taker's own are theirs to write."""


@pytest.mark.parametrize("role", ROLES)
def test_no_row_of_another_area_or_of_all_is_added_changed_or_removed(role: Role) -> None:
    free = OF_NO_AREA if role is Role.CHAIR else set()
    wrong = []
    with signed_on(login_of(role, WEALD), three_panels()) as connection:
        for table in LOCKS:
            column, theirs = min(columns_of(connection, table)), OF_QUAY if table == "marks" else ""
            done = {
                "add": outcome(connection, added(connection, table, QUAYS, seat=2)),
                "change": outcome(connection, f'UPDATE {table} SET "{column}" = "{column}" {theirs}'),
                "remove": outcome(connection, f"DELETE FROM {table} {theirs}"),
            }
            free_to_add = free | (ADDED if free else set())
            for what, came in done.items():
                may = table in (free_to_add if what == "add" else free)
                if came == "let through" and not may:
                    wrong.append((table, what))

    assert wrong == []


def marks_of_quay(login: str, database: str) -> int:
    with signed_on(login, database) as connection:
        return connection.execute(f"SELECT FROM marks {OF_QUAY}").rowcount


@pytest.mark.parametrize("role", ROLES)
def test_what_each_member_marked_is_read_by_their_own_panel_and_by_who_decides(role: Role) -> None:
    assert marks_of_quay(login_of(role, QUAY), three_panels()) == 2
    assert marks_of_quay(login_of(role, WEALD), three_panels()) == (2 if role in SIGNING else 0)


def test_whoever_is_let_in_as_an_observer_reads_what_each_member_marked() -> None:
    row = f"INSERT INTO attendance SELECT 1, id, '{{}}' FROM members WHERE code = '{code(Role.CHAIR, WEALD)}'"
    read = {}
    for state in ("observer", "absent"):
        let_in = changed_copy(three_panels(), row.format(state))
        prepare(let_in)
        read[state] = marks_of_quay(login_of(Role.CHAIR, WEALD), let_in)

    assert read == {"observer": 2, "absent": 0}


HANDED_IN = """
    UPDATE sheets SET is_submitted = true;
    INSERT INTO sheets (id, uid, member_id, application_id, is_submitted)
        SELECT 100 + 10 * m.id + a.id, gen_random_uuid()::text, m.id, a.id, true
        FROM members m JOIN member_areas e ON e.member_id = m.id JOIN applications a ON a.area_id = e.area_id
        WHERE a.area_id < 3 AND NOT EXISTS (
            SELECT FROM sheets s WHERE (s.member_id, s.application_id) = (m.id, a.id)
        );
    DELETE FROM marks;
    INSERT INTO marks
        SELECT s.id, c.code, (s.member_id * (c.position + 1) + s.application_id) % 6, 'because', false
        FROM sheets s CROSS JOIN criteria c WHERE c.method = 'judged'
"""
"""Three sheets on each application of two areas, with marks that differ on each criterion."""
MOVED_SINCE = """
    INSERT INTO recommendation_signatures
        SELECT id, 'Chair', '2026-12-02', '2026-12-02T10:00:00.000000Z' FROM applications WHERE area_id = 1;
    INSERT INTO kept_panels SELECT 1, jsonb_build_object(
        'members', jsonb_agg(jsonb_build_object(
            'code', m.code, 'name', p.name, 'role', m.role, 'areas', jsonb_build_array(r.name)
        )), 'declared', '[]'::jsonb, 'note_takers', '[]'::jsonb
    )::text
    FROM members m JOIN people p ON p.id = m.person_id
        JOIN member_areas e ON e.member_id = m.id JOIN areas r ON r.id = e.area_id;
    UPDATE member_areas SET area_id = 2 WHERE member_id = 2
"""
"""Market Quay is signed, and one who marked there is on another panel since."""


def standings(login: str, database: str, viewer: Viewer) -> tuple[Standing, ...]:
    address = server_address(cluster(NEWEST).address(database, login))
    with Record.sign_on(address, Opener("whoever", "tests")) as record:
        line = record.ask(lambda session: round_line(session, 1))
        return work_out(line, record.ask(ask_round(1, viewer))).ranking.standings


@pytest.mark.parametrize("combine", ["mean", "median", "trimmed", "consensus"])
@pytest.mark.parametrize("changed", ["", MOVED_SINCE])
def test_another_areas_list_comes_out_right_though_nobody_is_told_whose_a_mark_is(
    combine: str, changed: str
) -> None:
    database = changed_copy(
        three_panels(),
        HANDED_IN,
        f"UPDATE schemes SET combine = '{combine}', quorum = 1",
        changed or "SELECT 1",
    )
    prepare(database)
    chair = Viewer(named(Role.CHAIR, WEALD), Role.CHAIR, code(Role.CHAIR, WEALD))
    with cluster(NEWEST).connect(database) as administrator:
        given = administrator.execute("SELECT sheet_id, criterion, mark FROM marks ORDER BY 1, 2").fetchall()
    with signed_on(login_of(Role.CHAIR, WEALD), database) as connection:
        dealt = connection.execute(
            "SELECT sheet_id, criterion, mark FROM figures.marks_of_other_panels() ORDER BY 1, 2"
        ).fetchall()
    shown = {login: standings(login, database, chair) for login in (login_of(Role.CHAIR, WEALD), OLIVE)}

    assert shown[login_of(Role.CHAIR, WEALD)] == shown[OLIVE]
    assert dealt
    assert not {*dealt} <= {*given}


def test_a_tie_in_a_shared_budget_is_settled_by_the_chair_of_each_area_in_it() -> None:
    row = "INSERT INTO chair_decisions (application_id, kind) VALUES (1, '{}')"
    apart, shared = (
        three_panels(),
        changed_copy(three_panels(), "UPDATE areas SET shared_pot = 'Both' WHERE id < 3"),
    )
    prepare(shared)
    found = {}
    for database in (apart, shared):
        with signed_on(login_of(Role.CHAIR, WEALD), database) as connection:
            found[database] = [outcome(connection, row.format(kind)) for kind in ("tie", "exception")]

    assert found == {apart: ["denied", "denied"], shared: ["let through", "denied"]}


def test_who_records_a_declaration_is_on_the_panel_of_whoever_makes_it() -> None:
    row = "INSERT INTO interests VALUES (90, {}, NULL, 'none', '2026-11-03')"
    with signed_on(login_of(Role.CHAIR, WEALD), three_panels()) as connection:
        ids = dict(connection.execute("SELECT code, id FROM members").fetchall())

        assert outcome(connection, row.format(ids["M1"])) == "denied"
        assert outcome(connection, row.format(ids["M2"])) == "let through"


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
            table: outcome(connection, added(connection, table, WEALDS, seat=5)) for table in sorted(tables)
        }

    assert {table for table in tables if Role.CHAIR in writers(LOCKS[table])} == tables
    assert found == dict.fromkeys(tables, "let through")


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
        marking = '{"marking":"OFFICIAL","replacing":"OFFICIAL","round_id":1}'
        with pytest.raises(errors.InsufficientPrivilege, match="concerns every area of a round"):
            journal(connection, marking, kind="set marking", **by)
    with cluster(NEWEST).connect(three_panels()) as administrator:
        told = administrator.execute("SELECT kind FROM locks.permissions WHERE every_area").fetchall()
    assert {kind for (kind,) in told} == EVERY_AREA


QUOTE = KeptFile("quote.pdf", "quote", 7, sha256(b"a quote").hexdigest())
PLACED = Actor(named(Role.CHAIR, WEALD), Role.CHAIR)


@pytest.fixture
def chairs_own() -> Iterator[Record]:
    """The record as the chair of one area has it open, in a database of its own."""
    server = cluster(NEWEST)
    name = server.new_database(three_panels())
    with server.connect(name) as administrator:
        preparing.close_database(administrator)
    address = server_address(server.address(name, login_of(Role.CHAIR, WEALD)))
    with Record.sign_on(address, Opener(PLACED.name, "tests")) as record:
        yield record
    server.drop(name)


@pytest.mark.parametrize("stage", ["set up", "open"])
def test_each_chair_publishes_what_is_set_up_and_nobody_of_one_area_changes_it_afterwards(stage: str) -> None:
    database = changed_copy(three_panels(), f"UPDATE rounds SET stage = '{stage}', opened_at = NULL")
    prepare(database)
    came = "let through" if stage == "set up" else "denied"
    with signed_on(login_of(Role.CHAIR, WEALD), database) as connection:
        assert outcome(connection, "UPDATE rounds SET stage = 'open'") == came
        assert outcome(connection, "UPDATE criteria SET title = 'Mine'") == "denied"


def test_a_chair_of_one_area_does_all_of_their_own_work_on_a_server(chairs_own: Record) -> None:
    day = TickingClock().now.date()
    held = chairs_own.ask(partial(areas, round_id=1))[1]
    marks = tuple(SetAgreedMark(1, "ACF-003", one, 3, "said", None, "") for one in ("A2", "A6"))
    for operation in (
        SetPot(1, replace(held, committed_pence=5), held),
        SetAreaDates(1, WEALD, AreaDates(closes_on=day), AreaDates()),
        SetGate(1, "ACF-003", "team", "pass"),
        CorrectApplication(1, "ACF-003", (Change("project", '"Another"', '"Project 3"'),), "mistyped"),
        AttachFiles("application", 1, "ACF-003", "", (QUOTE,)),
        AgreeMarks(1, "ACF-003", marks),
        MoveAreas(1, (WEALD,), "recommending", "nothing more to agree"),
        SetPaperTexts(1, "minutes", WEALD, ()),
    ):
        chairs_own.perform(operation, PLACED)


NEW = "Nia New"
PUT_IN = "INSERT INTO people (id, uid, name, post) VALUES (90, gen_random_uuid()::text, 'Nia New', '')"
NAMED = "INSERT INTO round_roles VALUES (90, 1, {}, '{}')"
BOUND = "INSERT INTO signing_areas VALUES (90, {})"
OF = "(SELECT r.id FROM round_roles r JOIN people p ON p.id = r.person_id WHERE p.name = 'Note-taker of {}')"


def test_a_chair_names_who_takes_notes_in_their_own_area_on_a_server(chairs_own: Record) -> None:
    own = partial(with_role, round_id=1, role=Role.NOTE_TAKER, area=WEALD)
    before = chairs_own.ask(own)
    for post in ("", "Clerk to the panel"):
        given = chairs_own.perform(GiveRole(1, NEW, Role.NOTE_TAKER, post, (WEALD,)), PLACED)
        assert chairs_own.ask(own) == (*before, NEW)
        chairs_own.perform(given.inverse, PLACED)
    taken = chairs_own.perform(TakeRole(1, named(Role.NOTE_TAKER, WEALD), Role.NOTE_TAKER), PLACED)
    assert chairs_own.ask(own) == ()
    chairs_own.perform(taken.inverse, PLACED)
    assert chairs_own.ask(own) == before
    more = chairs_own.perform(
        GiveRole(1, named(Role.NOTE_TAKER, QUAY), Role.NOTE_TAKER, "", (WEALD,)), PLACED
    )
    assert chairs_own.ask(own) == (named(Role.NOTE_TAKER, QUAY), *before)
    less = chairs_own.perform(more.inverse, PLACED)
    assert chairs_own.ask(own) == before
    again = chairs_own.perform(less.inverse, PLACED)
    chairs_own.perform(again.inverse, PLACED)


@pytest.mark.parametrize(
    ("areas", "changes"),
    [
        ("[]", [PUT_IN, NAMED.format(90, "note-taker")]),
        (f'["{QUAY}"]', [PUT_IN, NAMED.format(90, "note-taker"), BOUND.format(1)]),
        (f'["{WEALD}"]', [PUT_IN, NAMED.format(90, "note-taker"), BOUND.format(2), BOUND.format(1)]),
        (f'["{WEALD}"]', [PUT_IN, NAMED.format(90, "note-taker")]),
        *(
            (f'["{WEALD}"]', [PUT_IN, NAMED.format(90, role)])
            for role in ("officer", "commander", "decider", "finance")
        ),
        (f'["{WEALD}"]', [f"DELETE FROM signing_areas WHERE role_id = {OF.format(WEALD)}"]),
        (f'["{WEALD}"]', [f"DELETE FROM signing_areas WHERE role_id = {OF.format(QUAY)}"]),
        (f'["{WEALD}"]', [f"INSERT INTO signing_areas SELECT {OF.format(QUAY)}, 3"]),
        (f'["{WEALD}"]', [f"DELETE FROM round_roles WHERE id = {OF.format('Harbour')}"]),
        (f'["{WEALD}"]', ["UPDATE round_roles SET role = 'officer' WHERE role = 'note-taker'"]),
        (f'["{WEALD}"]', ["UPDATE people SET post = 'Clerk' WHERE name = 'Decider of Harbour'"]),
        (
            f'["{WEALD}"]',
            [f"UPDATE round_roles SET role = 'decider' WHERE id = {OF.format(WEALD)}"],
        ),
    ],
)
def test_a_chair_of_one_area_names_nobody_else_past_the_program(areas: str, changes: list[str]) -> None:
    words = f'{{"areas":{areas},"name":"Nia New","post":"","role":"note-taker","round_id":1}}'
    with signed_on(login_of(Role.CHAIR, WEALD), three_panels()) as connection:
        why = committed(connection, changes, words)
        connection.rollback()

    assert "violates row-level security" in why or "is not yours to change" in why or "all areas" in why


def committed(connection: Any, changes: list[str], words: str) -> str:
    """Commit changes with a row of the journal; return why that is refused, "" where it is not."""
    try:
        for change in changes:
            connection.execute(change)
        journal(connection, words, kind="give role", actor=PLACED.name, role="chair")
        connection.commit()
    except errors.InsufficientPrivilege as error:
        return str(error)
    return ""


def test_one_who_takes_notes_in_all_areas_is_neither_bound_nor_taken_away_by_the_chair_of_one() -> None:
    database = changed_copy(three_panels(), f"DELETE FROM signing_areas WHERE role_id = {OF.format(QUAY)}")
    prepare(database)
    with signed_on(login_of(Role.CHAIR, WEALD), database) as connection:
        assert_denied(
            connection,
            f"INSERT INTO signing_areas SELECT {OF.format(QUAY)}, 2",
            f"DELETE FROM round_roles WHERE id = {OF.format(QUAY)}",
        )


@pytest.mark.parametrize("role", [one for one in ROLES if one is not Role.CHAIR])
def test_nobody_but_the_chair_names_who_takes_notes(role: Role) -> None:
    with signed_on(login_of(role, WEALD), three_panels()) as connection:
        assert_denied(connection, PUT_IN, NAMED.format(2, "note-taker"))
