"""A locked record opened by the program: by persons alone, each as themselves, told to all who are there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from sys import maxunicode
from unicodedata import ucd_3_2_0
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import asdict, replace
from psycopg import errors
from sqlalchemy import Engine, Integer, event, func, select

from models.journal.erasing import file_erasure_of
from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import AttachFiles, put_attached
from models.operations.packs.consolidated import TakeAreaOut
from models.operations.panel.agreed import SetDissent
from models.operations.panel.members import AddInterest, Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.people import GiveRole
from models.operations.set_up.rounds import StartRound
from models.permissions.viewing import Viewer
from models.queries.applications.attachments import attachments
from models.queries.history import CLOSED, history
from models.queries.packs.pack_lines import areas_out
from models.queries.panel.panel import interests
from models.queries.panel.panel_board import panel_board
from models.queries.permissions.acting import roles_of
from models.queries.retention.held_on_request import held_on
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.role import Role
from models.schema.base import METADATA
from models.schema.panel import sheet_table
from models.session import Session, uid
from models.store.locks import logins, preparing
from models.store.locks.presence import ServerNotice, set_notice
from models.store.places import server_address
from models.trouble import Trouble
from models.values.attachments import APPLICATION, ROUND, FileOf, Subject, kept_file
from models.values.rounds import AreaDates, RoundKey
from models.values.rows import InterestRow
from scoring.round import Area, InterestKind
from scoring.written.names import text_key
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.rounds import application as imported_row
from tests.models.rounds import refused
from tests.models.store.locks.an_office import PEOPLE, prepare, signed_on, template
from tests.server import cluster

SENT_BACK = """
    INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, legal_power,
        is_from_paper, recorded_by, recorded_at)
    VALUES (901, 1, 0, false, 'Commander', 'Cora Command', '2026-12-02', 'none', '', false, 'Olive Officer',
        '2026-12-02T11:00:00.000000Z');
    INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, reason, change_reason,
        conditions, is_exception)
    VALUES (901, 901, 3, 'send_back', 'decline', '', 'Look again', '[]', false);
    DELETE FROM recommendation_signatures
"""

OF_OTHERS = """
    INSERT INTO rounds SELECT (jsonb_populate_record(
        r, '{"id": 90, "uid": "00000000-0000-4000-8000-00000000000e", "name": "Other"}'
    )).*
    FROM rounds r WHERE id = 1
"""


MO, OLIVE, CARA = (Actor(PEOPLE[login][0], PEOPLE[login][1][0]) for login in ("mo", "olive", "cara"))


def opened(login: str, database: str) -> Record:
    address = server_address(cluster().address(database, login))
    clock = TickingClock()
    clock.now = clock.now.replace(month=12)
    return Record.open(address, Opener("whoever", "tests"), clock=clock)


def test_a_member_marks_and_hands_in_and_an_officer_sets_up_by_their_own_logins(database: str) -> None:
    with opened("mo", database) as record:
        for criterion in ("A1", "A2", "A6"):
            record.perform(SetMark(1, "M1", "ACF-004", criterion, 4, None), MO)
        record.perform(HandIn(1, "M1", "ACF-004"), MO)
        head = record.head()

        assert record.signed_on is not None
        assert (record.signed_on.person, record.signed_on.roles) == ("Mo Member", (Role.MEMBER,))
        with pytest.raises(Refused, match="Only Ivy Insider can mark this sheet"):
            record.perform(SetMark(1, "M2", "ACF-001", "A1", 5, 4), MO)
        with pytest.raises(Refused, match="You are signed on as Mo Member, and Olive Officer does nothing"):
            record.perform(SetMark(1, "M1", "ACF-002", "A1", 5, 2), OLIVE)
        with pytest.raises(Trouble, match="does not let your login see or change this"):
            record.perform(GiveRole(1, "Una Umpire", Role.NOTE_TAKER), Actor("Mo Member", Role.OFFICER))
        assert record.head() == head
    with opened("olive", database) as record:
        record.perform(GiveRole(1, "Una Umpire", Role.NOTE_TAKER), OLIVE)

        assert record.ask(lambda session: roles_of(session, "Olive Officer", 1)) == (Role.OFFICER,)
        assert record.head().seq == head.seq + 1


def test_what_is_prepared_waits_for_nobody_and_changes_nothing_and_takes_less_to_save(database: str) -> None:
    marks = [SetMark(1, "M1", "ACF-004", criterion, 4, None) for criterion in ("A1", "A2")]
    taken_back, refused = SetMark(1, "M1", "ACF-002", "A1", None, 2), HandIn(1, "M1", "ACF-002")
    asked: list[str] = []
    with opened("mo", database) as record, cluster().connect(database) as other:
        before = record.head()
        with other.transaction():
            other.execute("SELECT seq FROM journal_head FOR UPDATE")
            other.execute("SELECT id FROM sheets FOR UPDATE")
            for operation in (marks[0], refused, taken_back):
                record.transactions.prepare(operation, MO)
        assert record.head() == before

        with asked_of_servers(asked):
            record.perform(marks[0], MO)
            first = len(asked)
            record.transactions.prepare(marks[1], MO)
            assert len(asked) == first, "once for each kind"
            record.perform(marks[1], MO)
        assert first < 10, asked
        with pytest.raises(Refused, match="No mark yet on A2, A6"):
            record.perform(refused, MO)
        record.perform(taken_back, MO)


@contextmanager
def asked_of_servers(asked: list[str]) -> Iterator[None]:
    """Note each statement."""

    def note(*of: object) -> None:
        asked.append(str(of[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield
    event.remove(Engine, "before_cursor_execute", note)


def test_everybody_is_told_which_area_is_out_and_that_somebody_declared(database: str) -> None:
    with opened("olive", database) as record:
        record.perform(TakeAreaOut(1, "Dudley", "Ravi Example", "laptop 7"), OLIVE)
        (out,) = record.ask(areas_out)
    with opened("mo", database) as record:
        mine = Declare(1, "M1", (InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a trustee"),))
        record.perform(mine, MO)
        declared = record.ask(declared_on)
    for login in ("cara", "nia", "dee", "mo"):
        name, roles = PEOPLE[login]
        with opened(login, database) as record:
            assert record.ask(areas_out) == (out,)
            assert record.ask(declared_on) == declared
            told = {
                row.kind: row.words for row in record.ask(partial(history, viewer=Viewer(name, roles[0])))
            }
        own = "Recorded the declaration of M1"
        assert told["declare"] == (own if login == "mo" else CLOSED)
    assert "Ravi Example" in out.words
    assert [at is not None for at in declared] == [False, True, False]


def declared_on(session: Session) -> list[date | None]:
    return [one.declared_on for one in panel_board(session, 1).members]


def test_a_chair_starts_the_next_round_and_takes_it_back_but_adds_nothing_to_one_of_others(
    database: str,
) -> None:
    key = RoundKey("Active Citizens Fund", "2026/27", "Spring")
    start = StartRound(key, (Area("Dudley", 100),), 2, AreaDates(), copied_from=1)
    prepare(database, OF_OTHERS)
    with (
        opened("mo", database) as record,
        pytest.raises(Trouble, match="does not let your login see or change this"),
    ):
        record.perform(start, Actor("Mo Member", Role.CHAIR))
    with opened("cara", database) as record:
        started = record.perform(start, CARA)
        assert started.inverse is not None
        record.perform(started.inverse, CARA)
        record.perform(start, CARA)
    with signed_on("cara", database) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(
            "INSERT INTO areas SELECT (jsonb_populate_record(a, '{\"round_id\": 90}')).* FROM areas a"
        )


@pytest.mark.parametrize("login", ["ivy", "cole", "fin"])
def test_what_is_held_on_an_organisation_is_written_whole_or_not_at_all(login: str) -> None:
    with opened("olive", template()) as record:
        assert record.ask(held_on, 1).tables
    with opened(login, template()) as record:
        refused("this needs the whole of it", record.ask, held_on, 1)


def test_what_another_removed_is_not_put_back_by_who_did_not_see_it(database: str) -> None:
    title = SetPaperTexts(1, "notice", "", (("title", "Small grants"),))
    with opened("olive", database) as one, opened("olive", database) as other:
        one.perform(title, OLIVE)
        seen = one.head().seq
        other.perform(replace(title, texts=()), OLIVE, seen=seen)

        with pytest.raises(Refused, match="which changed the same thing"):
            one.perform(replace(title, texts=(("title", "Grants"),)), OLIVE, seen=seen)
        one.perform(replace(title, texts=(("title", "Grants"),)), OLIVE, seen=one.head().seq)


def test_an_administrator_and_a_login_of_nobody_open_nothing(database: str) -> None:
    with cluster().connect(database) as administrator:
        administrator.execute("DELETE FROM locks.login_roles WHERE login = 'rex'")

        with pytest.raises(Refused, match="postgres is an administrator of the server, whom no lock holds"):
            opened("postgres", database)
        refused("You have no part in the record", opened, "rex", database)
        administrator.execute("ALTER TABLE marks NO FORCE ROW LEVEL SECURITY")
        refused("do not hold, so it is not opened", opened, "olive", database)
        preparing.set_locks(administrator)
        opened("olive", database).close()
        assert [one.person for one in logins.logins(administrator)] == sorted(
            person for login, (person, _) in PEOPLE.items() if login != "rex"
        )


def test_an_officer_erases_a_file_with_its_name_in_the_journal_and_none_to_whom_some_is_closed(
    database: str,
) -> None:
    """Also one of a round, and one that came with an import, whose own name goes too."""
    prepare(database)
    application, of_round = Subject(APPLICATION, 1, "ACF-001"), Subject(ROUND, 1)
    with opened("olive", database) as record:
        for of in (application, of_round):
            attach = AttachFiles(**asdict(of), files=(kept_file("Quill.pdf", b"a quote", "quote"),))
            record.perform_beside(attach, partial(put_attached, contents=[b"a quote"]), OLIVE)
        key, form = record.ask(round_rows, 1), kept_file("Jo Quill.docx", b"a form", "form")
        change = ImportApplications(
            RoundKey(key.fund, key.year, key.name), (imported_row(27, area=None),), source="Jo Quill.docx"
        )
        change = replace(change, files=(FileOf("ACF-027", form),))
        record.perform_beside(change, partial(put_attached, contents=[b"a form"]), OLIVE)
    for of in (application, of_round, Subject(APPLICATION, 1, "ACF-027")):
        with opened("olive", database) as record:
            (file,) = record.ask(attachments, of)
            why = {"ground": "asked", "person": "Ida Protect"}
            operation = record.ask(partial(file_erasure_of, subject=of, numbers=(file.number,), **why))
        with opened("ivy", database) as record:
            with pytest.raises(Refused):
                record.ask(partial(file_erasure_of, subject=of, numbers=(file.number,), **why))
            with pytest.raises(Trouble):
                record.perform(operation, Actor("Ivy Insider"))
        with opened("olive", database) as record:
            record.perform(operation, OLIVE)
            assert record.ask(attachments, of) == ()
    with cluster().connect(database) as administrator:
        (said,) = administrator.execute("SELECT string_agg(body, '') FROM journal_body").fetchone() or ("",)
        assert "Quill" not in said
        assert administrator.execute("SELECT count(*) FROM erasure").fetchone() == (3,)


NUMBERED = [
    (table, column)
    for table in METADATA.sorted_tables
    for column in ("id", "position")
    if column in table.c and isinstance(table.c[column].type, Integer)
]


def test_the_highest_number_and_position_of_each_table_are_those_of_the_whole_record() -> None:
    with cluster().connect(template()) as whole, signed_on("mo", template()) as own:
        for table, column in NUMBERED:
            asked = f"SELECT max({column}) FROM public.{table.name}"
            told = own.execute("SELECT locks.highest(%s, %s, NULL)", (table.name, column)).fetchone()
            assert told == whole.execute(asked).fetchone(), table.name
        for of in ("requested_pence", "nothing"):
            with pytest.raises(errors.InsufficientPrivilege), own.transaction():
                own.execute("SELECT locks.highest('applications', %s, NULL)", (of,))


def test_who_has_the_newest_line_closed_to_them_writes_after_it_all_the_same(database: str) -> None:
    """Numbers and positions of what one sees alone were taken already, or were not those of a replay."""
    prepare(database, "UPDATE areas SET stage = 'meeting'")
    with opened("olive", database) as record:
        record.perform(SetDissent(1, "ACF-002", "Another view.", ""), OLIVE)
    with opened("cara", database) as record:
        record.perform(AddInterest(1, InterestRow("C1", "ACF-002", InterestKind.NON_PECUNIARY, "kin")), CARA)
        record.perform(SetDissent(1, "ACF-001", "Mine.", ""), CARA)
    with cluster().connect(database) as whole:
        asked = "SELECT application_id FROM agreements ORDER BY application_id"
        assert whole.execute(asked).fetchall() == [(1,), (2,)]


def test_an_identity_that_another_member_took_bars_no_sheet(database: str) -> None:
    with cluster().connect(database) as whole:
        (round_uid,) = whole.execute("SELECT uid FROM rounds").fetchone() or ("",)
        taken = uid(UUID(round_uid), "sheet", "M1", "ACF-004")
        whole.execute("UPDATE sheets SET uid = %s WHERE member_id = 3 AND application_id = 4", (taken,))
    with opened("mo", database) as record:
        record.perform(SetMark(1, "M1", "ACF-004", "A1", 4, None), MO)
        assert record.ask(lambda session: session.scalar(select(func.count()).select_from(sheet_table))) == 7


def test_who_is_there_is_known_by_page_until_they_leave_or_say_nothing_more(database: str) -> None:
    with opened("olive", database) as olive, opened("mo", database) as mo:
        news, mos = olive.listen(), mo.listen()
        assert news is not None
        assert mos is not None
        mo.presence.announce("scoring")
        mo.presence.announce("panel")
        (here,), told = olive.presence.others()
        mo.close()
        gone, _ = olive.presence.others()
        olive.presence.announce("overview")
        with cluster().connect(database) as administrator:
            administrator.execute("UPDATE locks.presence SET seen_at = now() - interval '8 minutes'")
        with opened("cara", database) as cara:
            stale, _ = cara.presence.others()
            cara.presence.announce("overview")
        news.close()
        mos.close()

    assert (here.person, here.page, gone, stale) == ("Mo Member", "panel", (), ())
    assert told == ServerNotice()


@pytest.mark.parametrize(
    "forged",
    [
        "INSERT INTO locks.presence (login, place, person, page) VALUES ('olive', 'x', 'Olive Officer', '')",
        "INSERT INTO locks.presence (place, person, page) VALUES ('x', 'Olive Officer', '')",
        "INSERT INTO locks.presence (place, person, page) VALUES ('x', 'Mo Member' || repeat(' ', 200), '')",
        "UPDATE locks.presence SET seen_at = now() + interval '1 year'",
        "UPDATE locks.presence SET since = 'infinity'",
        "INSERT INTO locks.presence (place, person, page, since) VALUES ('x', 'Mo Member', '', '-infinity')",
        "INSERT INTO locks.presence (place, person, page, seen_at) VALUES ('x', 'Mo Member', '', 'infinity')",
        "UPDATE locks.presence SET login = 'olive'",
        "INSERT INTO locks.notice DEFAULT VALUES",
        "UPDATE locks.notice SET closes_at = NULL",
    ],
)
def test_nobody_says_it_of_another_or_speaks_for_the_administrator(forged: str) -> None:
    with signed_on("mo", template()) as connection:
        connection.execute(
            "INSERT INTO locks.presence (place, person, page) VALUES ('mine', 'Mo Member', '')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(forged)


def test_a_record_that_is_closed_or_asks_for_a_newer_program_is_not_opened(database: str) -> None:
    with cluster().connect(database) as administrator, opened("olive", database) as olive:
        soon = datetime.now(UTC) + timedelta(minutes=10)
        set_notice(administrator, closes_at=soon, words="Back at 15:00.")
        _, told = olive.presence.others()
        opened("mo", database).close()
        set_notice(administrator, closes_at=soon - timedelta(hours=1))
        refused(r"closed for maintenance since .* Back at 15:00\.", opened, "mo", database)
        set_notice(administrator, closes_at=None, smallest_version="999.0.0")
        refused(r"asks for Grant Panel 999\.0\.0 or later, and this is", opened, "mo", database)
        set_notice(administrator, smallest_version="0.0.1")
        opened("mo", database).close()

    assert (told.closes_at, told.is_too_new) == (soon, False)


def test_a_record_without_locks_is_opened_by_nobody() -> None:
    empty = server_address(cluster().address(cluster().new_database()))
    Record.create(empty, Opener("Ada Administrator", "tests")).close()

    refused("has no locks, so it is not opened", Record.sign_on, empty, Opener("Ada Administrator", "tests"))
    with Record.open(empty, Opener("Ada Administrator", "tests")) as record:
        record.presence.announce("overview")
        assert record.presence.others() == ((), ServerNotice())
    cluster().drop(empty.database)


NAMES = (
    "Émilie  ØST",
    "GROẞ Straße",
    "Siân\u2003Ŵyn ",
    "ΟΔΥΣΣΕΥΣ",
    "İpek Iğdır",
    "ﬁnn O’Brien",
    "Jo\u00a0\x1fSmith",
)
LETTERS = [chr(n) for n in range(1, maxunicode + 1) if ucd_3_2_0.category(chr(n)) not in ("Cn", "Cs")]


def test_the_key_of_a_name_is_the_same_to_program_and_database() -> None:
    with cluster().connect(template()) as connection:
        names = [
            *NAMES,
            *(f"a{letter}b" for letter in LETTERS if letter.casefold() != letter or letter.isspace()),
        ]
        query = "SELECT name, locks.text_key(name) FROM unnest(%s::text[]) AS name"
        found = dict(connection.execute(query, [names]).fetchall())

    assert {name: key for name, key in found.items() if key != text_key(name)} == {}
    assert len(found) > 900


def test_a_member_adds_an_interest_to_one_that_closes_its_application_to_them(database: str) -> None:
    second = InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin")
    with opened("mo", database) as record:
        added = record.perform(AddInterest(1, second), MO)
        both = record.ask(lambda session: [row for row in interests(session, 1) if row.member == "M1"])
        assert added.inverse is not None
        record.perform(added.inverse, MO)
        first = record.ask(lambda session: [row for row in interests(session, 1) if row.member == "M1"])

    assert first == [InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a trustee")]
    assert both == [*first, second]


def test_an_interest_that_closed_an_application_is_not_taken_back_once_that_is_signed(database: str) -> None:
    prepare(
        database,
        "UPDATE sheets SET is_submitted = false",
        "INSERT INTO recommendation_signatures VALUES (3, 'Cara Chair', '2026-12-02', "
        "'2026-12-02T10:00:00.000000Z')",
    )
    none, gone, other = (
        InterestRow("M1", None, InterestKind.NONE),
        InterestRow("M1", "ACF-003", InterestKind.NONE, "no trustee since June"),
        InterestRow("M1", "ACF-004", InterestKind.PECUNIARY),
    )
    with opened("mo", database) as record:
        kept = record.ask(lambda session: [row for row in interests(session, 1) if row.member == "M1"])
        with pytest.raises(Refused, match="What is signed on ACF-003 depends on the declarations"):
            record.perform(Declare(1, "M1", (none, gone)), MO)

        record.perform(Declare(1, "M1", (*kept, other)), MO)  # written anew with the signed one as it was

        prepare(database, SENT_BACK)
        record.perform(Declare(1, "M1", (none, gone, replace(gone, application="ACF-004"))), MO)


def test_a_login_is_the_member_whose_name_is_written_with_other_capitals(database: str) -> None:
    with cluster().connect(database) as administrator:
        administrator.execute("UPDATE people SET name = 'ÉMILIE ØST' WHERE name = 'Mo Member'")
        administrator.execute("UPDATE locks.logins SET person = 'Émilie Øst' WHERE login = 'mo'")
    with signed_on("mo", database) as connection:
        found = connection.execute("SELECT reference FROM applications ORDER BY 1").fetchall()

    assert [reference for (reference,) in found] == ["ACF-001", "ACF-002", "ACF-004"]
