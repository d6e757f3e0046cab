"""What a person reads and changes who goes past the program: each line written here by hand."""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import cache
from typing import Any

import psycopg
import pytest
from psycopg import errors

from models.queries.deciding.allowances import given_amounts, pot_uses
from models.role import Role
from models.session import Session
from models.store.locks import logins, preparing
from models.store.locks.signing_on import with_figures
from models.values import canonical
from scoring.allocating.over_pot import over_of_area
from tests.models.store.locks.an_office import (
    APPEND,
    DECLARED,
    FOR_DEE,
    INTEREST,
    MARKED,
    PEOPLE,
    SIGN_OFF,
    assert_denied,
    changed_copy,
    changing,
    digest_of,
    journal,
    journal_row,
    prepare,
    refusal,
    signed_on,
    template,
)
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

DENIED = "denied"
ALL_FOUR = "ACF-001 ACF-002 ACF-003 ACF-004"
NEW_SHEET = (
    "INSERT INTO sheets (id, uid, member_id, application_id, is_submitted) "
    "VALUES (90, gen_random_uuid()::text, {member}, {application}, {handed_in})"
)
OWN_SHEET = NEW_SHEET.format(member=2, application=4, handed_in="false")
REOPENED = (
    "INSERT INTO sheets (id, uid, member_id, application_id, is_submitted, reopened) "
    "VALUES (90, '00000000-0000-4000-8000-00000000000f', {member}, 4, false, 'asked')"
)
HASHED = (
    "encode(sha256('gp-revision-1'::bytea || '\\x00'::bytea || convert_to('[' || concat_ws(',', "
    "to_json(r.uid || ' ' || m.uid), to_json(a.uid), '\"mark:A1\"', 1, '\"4\"', '[]') || ']', 'UTF8')), "
    "'hex')"
)
GUESSED = (
    f"INSERT INTO revisions SELECT {HASHED}, r.uid, m.uid, a.uid, 'mark:A1', 1, '4', '[]', true, '' "
    "FROM rounds r, members m, figures.closed_applications() a WHERE m.id = 2 ORDER BY a.id LIMIT 1"
)
ALLOWED = (
    "INSERT INTO area_allowances VALUES (90, 1, 100, 'A', 'Commissioner', 'why', '{by}', "
    "'2026-11-03T10:00:00.000000Z', NULL, '', false)"
)
OF_YEAR = (
    "INSERT INTO year_decisions (fund_id, year, line, award, deed, amount_pence, start_up_pence, reason, "
    "decided_by, decided_on, recorded_by) "
    "VALUES (1, '2026/27', 'Coventry', '', '{deed}', 100, 0, 'why', 'A, Commissioner', '2026-11-03', 'x')"
)


def read_by(login: str, *questions: str) -> list[str]:
    """Return what a person reads by each question, with spaces between the rows."""
    with signed_on(login, template()) as connection:
        found = [connection.execute(asked).fetchall() for asked in questions]
    return [" ".join(str(value) for (value,) in rows) for rows in found]


@pytest.mark.parametrize(
    ("login", "sheets"),
    [
        ("cara", "6"),  # she chairs and has three sheets to hand in
        ("mo", "1 2"),  # his own: one handed in, one begun
        ("ivy", "1 3 4 5 6"),  # all of hers are in; nothing on the second application
        *((login, "1 2 3 4 5 6") for login in ("olive", "nia", "cole", "dee", "fin", "rex", "ada")),
        ("zed", ""),
    ],
)
def test_marks_of_others_open_with_ones_own_and_never_under_an_interest(login: str, sheets: str) -> None:
    assert read_by(login, "SELECT DISTINCT sheet_id FROM marks ORDER BY 1") == [sheets]


@pytest.mark.parametrize(
    ("login", "references"),
    [
        ("mo", "ACF-001 ACF-002 ACF-004"),
        ("ivy", "ACF-001 ACF-003 ACF-004"),
        *((login, ALL_FOUR) for login in ("cara", "olive", "nia", "cole", "dee", "fin", "rex", "ada")),
        ("zed", ""),
    ],
)
def test_an_application_is_closed_to_who_declared_an_interest_and_to_other_panels(
    login: str, references: str
) -> None:
    assert read_by(login, "SELECT reference FROM applications ORDER BY reference") == [references]


@pytest.mark.parametrize(
    ("login", "words", "rows"),
    [
        ("mo", "a trustee", ""),
        ("ivy", "a neighbour a trustee", "1 2 4 5 6 7"),  # an officer besides
        *((login, "a neighbour a trustee", "") for login in ("cara", "nia")),
        *((login, "a neighbour a trustee", "1 2 3 4 5 6 7") for login in ("olive", "fin", "ada")),
        *((login, "", "1 2 4 5 6 7") for login in ("cole", "dee", "rex")),
        ("zed", "", ""),
    ],
)
def test_the_words_of_a_declaration_are_read_by_who_made_it_and_by_who_records_it(
    login: str, words: str, rows: str
) -> None:
    """The third row of the journal is of the whole round, with all that was declared."""
    assert read_by(
        login,
        "SELECT detail FROM interest_words ORDER BY detail",
        "SELECT count(*) FROM interests",
        "SELECT seq FROM journal_body ORDER BY seq",
    ) == [words, "3", rows]


@pytest.mark.parametrize(
    ("login", "statement", "comes_to"),
    [
        # a member's own sheet, and others'
        ("mo", "UPDATE marks SET mark = 5 WHERE sheet_id = 2", 3),
        ("mo", "UPDATE marks SET mark = 5 WHERE sheet_id = 1", DENIED),  # handed in
        ("mo", "DELETE FROM marks WHERE sheet_id = 1", DENIED),
        ("mo", "UPDATE marks SET mark = 5 WHERE sheet_id <> 2", DENIED),
        ("mo", "UPDATE marks SET mark = 5 WHERE sheet_id > 2", 0),  # he sees none of them
        ("mo", "UPDATE marks SET sheet_id = 3 WHERE sheet_id = 2", DENIED),
        ("mo", "INSERT INTO marks VALUES (3, 'A9', 5, '')", DENIED),
        ("mo", "UPDATE sheets SET is_submitted = false WHERE id = 1", DENIED),
        ("mo", "UPDATE sheets SET is_submitted = true WHERE id = 2", DENIED),  # two marks are missing
        ("mo", "UPDATE sheets SET member_id = 3 WHERE id = 2", DENIED),
        ("mo", "UPDATE sheets SET is_submitted = true WHERE member_id <> 2", DENIED),
        ("mo", "DELETE FROM sheets WHERE id = 1", DENIED),
        ("mo", OWN_SHEET, 1),
        ("mo", NEW_SHEET.format(member=2, application=4, handed_in="true"), DENIED),
        ("mo", NEW_SHEET.format(member=2, application=3, handed_in="false"), DENIED),  # an interest
        ("mo", NEW_SHEET.format(member=3, application=3, handed_in="false"), DENIED),  # there, and another's
        ("mo", NEW_SHEET.format(member=3, application=2, handed_in="false"), DENIED),  # not there: the same
        ("mo", INTEREST.format(member=2, application=2, kind="abstained"), 1),
        ("mo", INTEREST.format(member=3, application=1, kind="pecuniary"), DENIED),
        ("mo", "DELETE FROM interests WHERE member_id = 3", DENIED),
        ("mo", "INSERT INTO interest_words VALUES (1, 'put in her mouth')", DENIED),
        ("mo", "UPDATE interest_words SET detail = 'x'", 1),  # no column is named: his own all the same
        ("mo", "UPDATE interest_words SET detail = detail || 'x'", 1),  # his own, the only words that he sees
        ("mo", "UPDATE interest_words SET interest_id = 1", DENIED),
        ("nia", "UPDATE interest_words SET detail = 'typed in'", 2),
        ("fin", "UPDATE interest_words SET detail = 'x'", DENIED),
        # what is the office's, the chair's or finance's
        ("mo", "UPDATE applications SET withdrawn = true", DENIED),
        ("mo", "UPDATE areas SET stage = 'meeting'", DENIED),
        ("mo", "UPDATE people SET name = 'Mo M'", DENIED),
        ("mo", "INSERT INTO round_roles VALUES (90, 1, 2, 'decider')", DENIED),
        ("mo", "INSERT INTO agreed_marks VALUES (1, 'A1', 5, '')", DENIED),
        ("mo", "INSERT INTO setting VALUES ('x', '1')", DENIED),
        ("mo", "SELECT * FROM bank_details", 0),
        ("mo", "SELECT * FROM private_keys", 0),
        ("mo", "SELECT * FROM journal_body", 0),
        # the chair
        ("cara", "UPDATE sheets SET is_submitted = false, reopened = 'a slip' WHERE id = 1", 1),
        ("cara", "UPDATE sheets SET is_submitted = false WHERE id = 1", DENIED),  # without a reason
        ("cara", "UPDATE sheets SET is_submitted = true WHERE id = 2", DENIED),
        ("cara", NEW_SHEET.format(member=2, application=4, handed_in="false"), DENIED),
        ("cara", "UPDATE marks SET mark = 5 WHERE sheet_id = 1", 0),
        ("cara", "UPDATE areas SET stage = 'meeting'", 2),
        (
            "cara",
            "INSERT INTO round_roles SELECT 90, 1, id, 'decider' FROM people WHERE name = 'Mo Member'",
            DENIED,
        ),
        # officers: one who sits on the panel is held as its members are
        ("olive", "UPDATE marks SET mark = 5 WHERE sheet_id = 1", 3),  # as a workbook does that is loaded
        ("olive", "UPDATE areas SET pot_pence = 1", 2),
        ("ivy", "UPDATE marks SET mark = 5 WHERE sheet_id IN (1, 3)", DENIED),
        ("ivy", "UPDATE areas SET stage = 'meeting'", DENIED),
        # nobody becomes another person, or stops being who they are
        ("ivy", "UPDATE people SET name = 'Nobody' WHERE name = 'Ivy Insider'", DENIED),
        ("ivy", "UPDATE people SET name = 'IVY  insider' WHERE name = 'Ivy Insider'", 1),
        ("cara", "UPDATE people SET name = 'Cara Chair' WHERE name = 'Mo Member'", DENIED),
        ("cara", "UPDATE people SET name = 'M. Member' WHERE name = 'Mo Member'", DENIED),
        ("cara", "UPDATE members SET person_id = 1 WHERE id = 2", DENIED),
        ("ivy", "UPDATE applications SET withdrawn = true WHERE id = 2", 0),
        ("ivy", GUESSED, DENIED),  # before it is told whether there is one
        ("olive", GUESSED.replace("figures.closed_applications()", "applications"), 1),
        ("olive", SIGN_OFF.format(signed="'Olive Officer'", paper="false", by="'Olive Officer'"), DENIED),
        ("olive", SIGN_OFF.format(signed="'Dee Decider'", paper="true", by="'Olive Officer'"), 1),
        # whom nobody named for the step
        ("olive", SIGN_OFF.format(signed="'Com Missioner'", paper="true", by="'Olive Officer'"), DENIED),
        # he scored
        ("olive", SIGN_OFF.format(signed="'Mo Member'", paper="true", by="'Olive Officer'"), DENIED),
        # those who decide, finance, the note-taker, the reader
        ("dee", FOR_DEE, 1),
        ("dee", SIGN_OFF.format(signed="'Cole Commander'", paper="false", by="'Dee Decider'"), DENIED),
        ("dee", "UPDATE applications SET withdrawn = true", DENIED),
        ("fin", SIGN_OFF.format(signed="'Fin Ance'", paper="false", by="'Fin Ance'"), DENIED),
        ("fin", "INSERT INTO supplier_numbers VALUES (1, '77')", 1),
        ("fin", "UPDATE marks SET mark = 5", DENIED),
        ("nia", "INSERT INTO agreements VALUES (1, '')", 1),
        ("nia", "UPDATE applications SET withdrawn = true", DENIED),
        ("nia", "UPDATE marks SET mark = 5 WHERE sheet_id = 2", 3),  # typed in from paper
        ("nia", "UPDATE marks SET mark = 5 WHERE sheet_id = 1", DENIED),  # handed in
        ("nia", "DELETE FROM marks WHERE sheet_id = 1", DENIED),
        ("nia", "UPDATE sheets SET is_submitted = false WHERE id = 1", DENIED),
        ("rex", "INSERT INTO agreements VALUES (1, '')", DENIED),
        ("rex", "DELETE FROM applications", DENIED),
        ("ada", "UPDATE applications SET withdrawn = true", DENIED),
        ("ada", "SELECT * FROM bank_details", 0),
        ("ada", "SELECT * FROM private_keys", 0),
        ("zed", "INSERT INTO interests VALUES (90, 2, 1, 'abstained', '2026-11-03')", DENIED),
        # who sets the money of awards records who allows it, as their own, and no money of areas beside
        ("cole", ALLOWED.format(by="Cole Commander"), 1),
        ("cole", ALLOWED.format(by="Olive Officer"), DENIED),
        ("fin", ALLOWED.format(by="Fin Ance"), 1),
        ("fin", ALLOWED.format(by="Olive Officer"), DENIED),
        ("mo", ALLOWED.format(by="Mo Member"), DENIED),
        ("dee", OF_YEAR.format(deed="over-commitment"), DENIED),
        ("cara", OF_YEAR.format(deed="over-commitment"), DENIED),
        ("dee", OF_YEAR.format(deed="allocation"), DENIED),
        ("cara", OF_YEAR.format(deed="carry forward"), DENIED),
        ("fin", OF_YEAR.format(deed="allocation"), 1),
        # an officer keeps the own seat, and gives no area in scoring another name
        ("ivy", "UPDATE members SET round_id = 1, code = 'zz', uid = 'other' WHERE id = 3", DENIED),
        ("ivy", "DELETE FROM members WHERE id = 3", DENIED),
        ("ivy", "UPDATE areas SET name = 'round_id'", DENIED),
    ],
)
def test_a_statement_past_the_program(login: str, statement: str, comes_to: int | str) -> None:
    with signed_on(login, template()) as connection:
        try:
            found: int | str = connection.execute(statement).rowcount
        except errors.InsufficientPrivilege:
            found = DENIED

    assert found == comes_to


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE gp_owner",
        "SET ROLE gp_definer",
        "SET ROLE olive",
        "SET SESSION AUTHORIZATION olive",
        "SELECT * FROM locks.logins",
        "SELECT locks.closed_names()",
        "UPDATE locks.login_roles SET role = 'officer'",
        "CREATE TABLE public.mine (a int)",
        "CREATE TEMP TABLE mine (a int)",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE marks DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE marks DISABLE TRIGGER ALL",
        "DROP POLICY read ON marks",
        "TRUNCATE marks",
        "SET session_replication_role = replica",
        "UPDATE journal SET actor = 'Mo Member'",
        "DELETE FROM journal",
        "UPDATE journal_body SET body = ''",
        "UPDATE journal_head SET is_only = true",
        "UPDATE journal_head SET seq = 1",
        "SET row_security = off; SELECT * FROM marks",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_advisory_lock(number) FROM generate_series(1, 1000000) AS number",
        "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
        "INSERT INTO locks.presence (place, person, page) "
        "SELECT number, 'Mo Member', 'home' FROM generate_series(1, 51) AS number",
        "COPY sheets TO PROGRAM 'cat'",
        "DROP OWNED BY gp_person",
        "SELECT lo_create(0)",
        # the figures are read alone
        "INSERT INTO figures.marks VALUES (2, 'A1', 5, '')",
        "UPDATE figures.applications SET withdrawn = true",
        "DELETE FROM figures.agreed_marks",
        "CREATE FUNCTION figures.closed_marks(text) RETURNS text LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE VIEW figures.marks AS SELECT * FROM public.marks",
        "ALTER VIEW figures.marks SET (security_invoker = false)",
        "CREATE TABLE figures.barred (id bigint)",
        "ALTER FUNCTION figures.closed_marks() SECURITY INVOKER",
    ],
)
def test_no_way_round_the_locks(statement: str) -> None:
    no_way = (errors.InsufficientPrivilege, errors.ObjectNotInPrerequisiteState)  # no view takes a change
    with signed_on("mo", template()) as connection, pytest.raises(no_way):
        connection.execute(statement)


def test_nothing_tells_of_a_row_that_is_closed() -> None:
    with cluster().connect(template()) as connection:
        connection.execute("ANALYZE marks, applications")
    with signed_on("mo", template()) as connection:
        # dividing by nought, were the third application looked at before it is left out
        assert connection.execute("SELECT count(*) FROM applications WHERE 1 / (id - 3) < 9").fetchone() == (
            3,
        )
        assert connection.execute("SELECT * FROM pg_stats WHERE tablename = 'marks'").fetchall() == []
        with connection.cursor().copy("COPY (SELECT sheet_id FROM marks) TO STDOUT") as out:
            assert sorted({row for (row,) in out.rows()}) == ["1", "2"]
        with pytest.raises(errors.FeatureNotSupported), connection.cursor().copy("COPY sheets FROM STDIN"):
            pass


@pytest.mark.parametrize(
    ("login", "change"),
    [
        ("mo", "DELETE FROM interest_words WHERE interest_id = 2; DELETE FROM interests WHERE member_id = 2"),
        ("mo", "INSERT INTO interests SELECT 90 + id, 2, id, 'abstained', '2026-11-03' FROM applications"),
        (
            "mo",
            "INSERT INTO marks SELECT 2, code, 1, '' FROM criteria WHERE code = 'A6' ON CONFLICT DO NOTHING; "
            "UPDATE marks SET mark = 1 WHERE sheet_id = 2; "
            "UPDATE sheets SET is_submitted = true WHERE id = 2; "
            + OWN_SHEET
            + "; INSERT INTO marks SELECT 90, code, 1, '' FROM criteria WHERE method = 'judged'; "
            "UPDATE sheets SET is_submitted = true WHERE id = 90",
        ),
        ("cara", "UPDATE areas SET stage = 'meeting'"),
        (
            "ivy",
            "DELETE FROM interest_words WHERE interest_id = 3; DELETE FROM interests WHERE member_id = 3",
        ),
    ],
)
def test_nothing_opens_by_a_change_that_is_taken_back(login: str, change: str) -> None:
    seen = "SELECT 'application', id FROM applications UNION ALL SELECT 'sheet', sheet_id FROM marks"
    with signed_on(login, template()) as connection:
        before = set(connection.execute(seen).fetchall())
        connection.execute(change)
        after = set(connection.execute(seen).fetchall())

    assert after - before <= {("sheet", 90)}  # their own, made just now


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": "Olive Officer"},
        {"role": "officer"},
        {"kind": "record decisions"},
        {"kind": "no such kind"},
        {"kind": "make record"},
        {"at": "2020-01-01T00:00:00.000000Z"},
        {"at": "9999-01-01T00:00:00.000000Z"},
        {"at": "~"},
        {"hash": bytes(32)},
    ],
)
def test_a_journal_row_is_of_the_login_and_hashed_as_it_says(changes: dict[str, Any]) -> None:
    with signed_on("mo", template()) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(APPEND, journal_row(connection, **changes))


def test_words_are_those_of_the_row_that_was_just_written() -> None:
    with signed_on("mo", template()) as connection:
        row = journal_row(connection, digest=digest_of(MARKED))
        connection.execute(APPEND, row)
        put = "INSERT INTO journal_body VALUES (%s, %s, %s)"
        with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
            connection.execute(put, [row[0], bytes(16), '{"other":"words"}'])
        connection.execute(put, [row[0], bytes(16), MARKED])

        assert connection.execute("SELECT seq FROM journal_body").fetchall() == [(row[0],)]


def test_a_transaction_is_one_row_of_the_journal() -> None:
    with signed_on("mo", template()) as connection:
        journal(connection, MARKED)
        with pytest.raises(errors.InsufficientPrivilege, match="one row of the journal"):
            journal(connection, MARKED)


DEEP = MARKED.replace(":5}", ":" + "[" * 5_000 + "]" * 5_000 + "}")


@pytest.mark.parametrize(
    "words",
    ["mine", "[]", "{}", f'{{"a":1,{MARKED[1:]}', MARKED + " " * 1_000_000, DEEP, DEEP.replace("[]", "5")],
)
def test_words_that_nobody_could_be_told_of_are_not_taken(words: str) -> None:
    fault = pytest.raises((errors.InsufficientPrivilege, errors.InvalidTextRepresentation))
    with signed_on("mo", template()) as connection, fault:
        journal(connection, words)


TIE = '{"order":["ACF-001","ACF-002"],"reason":"older","round_id":1}'
IN_PLACE = TIE.replace("{", '{"in_place":"M2",')
SIGNED = '{"area":"Coventry","on":"2026-12-02","round_id":1}'
FROM_PAPER = SIGNED.replace("{", '{"from_paper":true,')


@pytest.mark.parametrize(
    ("login", "kind", "words", "is_theirs"),
    [
        ("cara", "decide tie", TIE, True),
        ("cara", "decide tie", IN_PLACE, False),
        ("olive", "decide tie", TIE, False),
        ("olive", "decide tie", IN_PLACE, True),
        ("nia", "set mark", MARKED, False),
        ("nia", "set mark", MARKED.replace("{", '{"from_paper":true,'), True),
        ("mo", "set mark", MARKED.replace("{", '{"from_paper":true,'), False),
        ("cara", "sign recommendations", SIGNED, True),
        ("cara", "sign recommendations", FROM_PAPER, False),
        ("olive", "sign recommendations", SIGNED, False),
        ("olive", "sign recommendations", FROM_PAPER, True),
    ],
)
def test_what_another_decides_is_recorded_by_whom_the_operation_lets_and_as_theirs(
    login: str, kind: str, words: str, is_theirs: bool
) -> None:
    name, (role, *_) = PEOPLE[login]
    fault = pytest.raises(errors.InsufficientPrivilege, match="entered from paper")
    with signed_on(login, template()) as connection, nullcontext() if is_theirs else fault:
        journal(connection, words, kind=kind, actor=name, role=str(role))


BY_OLIVE = {"actor": "Olive Officer", "role": "officer"}


@pytest.mark.parametrize("removed", ["", ',"removed":[]'])
def test_rows_are_set_aside_by_an_administrator_alone(removed: str) -> None:
    words = '{"applications":[],"ground":"a slip","person":"Olive Officer","rows":[{"body":"","seq":2}]'
    fault = pytest.raises(errors.InsufficientPrivilege, match="set aside by an administrator")
    with signed_on("olive", template()) as connection, fault:
        journal(connection, f"{words}{removed}}}", kind="erase bodies", **BY_OLIVE)


def erase(
    connection: "psycopg.Connection[Any]",
    named: str,
    *,
    told: tuple[int, ...] = (8,),
    taken: int = 8,
    said: tuple[int, ...] = (8,),
    instead: str = "",
    field: str = "applications",
    of_round: int = 1,
) -> None:
    """Erase past the program: rows told of as erased, the one whose words are taken, and those said to be."""
    for seq in told:
        connection.execute("INSERT INTO erasure (seq, by_seq) SELECT %s, max(seq) + 1 FROM journal", [seq])
    connection.execute("DELETE FROM journal_body WHERE seq = %s", [taken])
    fields: dict[str, Any] = {
        "applications": [],
        "ground": "asked",
        "person": "Olive",
        field: [[of_round, named]],
        "rows": [{"body": instead, "seq": seq} for seq in said],
    }
    journal(connection, canonical.dumps(fields), kind="erase bodies", **BY_OLIVE)


NAMED, NEW = "words that name its applications", "nothing new in their place"


def erased(connection: "psycopg.Connection[Any]", named: str, **rows: Any) -> str:
    """Erase, and return why that is not committed, "" where it is."""
    erase(connection, named, **rows)
    return refusal(connection)


@pytest.fixture
def eraser(database: str) -> "Iterator[psycopg.Connection[Any]]":
    """An officer's connection once a member has marked the second application in row 8."""
    assert changing(database, "mo", "UPDATE marks SET mark = 5 WHERE sheet_id = 2", MARKED) == ""
    with psycopg.connect(cluster().address(database, "olive")) as connection:
        yield connection


def test_words_leave_the_journal_by_an_erasure_of_what_they_name_alone(
    eraser: "psycopg.Connection[Any]",
) -> None:
    assert NAMED in erased(eraser, "ACF-001")
    assert NAMED in erased(eraser, "ACF-002", said=())
    assert NAMED in erased(eraser, "ACF-002", said=(8, 7))
    assert NAMED in erased(eraser, "ACF-002", told=(8, 7))
    assert NAMED in erased(eraser, "ACF-002", told=(8, 7), said=(8, 7))  # words that stay
    assert NAMED in erased(eraser, "ACF-002", told=(), taken=0)
    for field in ("applications", "removed"):  # what is no application, nor was any
        for of_round, named in ((1, "round_id"), (1, "ACF-009"), (2, "ACF-002"), (1, ""), (1, "-")):
            assert NAMED in erased(eraser, named, of_round=of_round, field=field)
    assert erased(eraser, "ACF-002") == ""
    assert NAMED in erased(eraser, "ACF-002", told=(), taken=0)  # what the first erasure says
    assert NAMED in erased(eraser, "ACF-002", told=(9,), taken=9, said=(9, 7))
    assert erased(eraser, "ACF-002", told=(9,), taken=9, said=(8, 9)) == ""  # taken with it


def test_an_erasure_does_not_change_what_it_leaves_of_words(eraser: "psycopg.Connection[Any]") -> None:
    for instead in (MARKED.replace('"value":5', '"value":4'), MARKED.replace("M1", "M2")):
        assert NEW in erased(eraser, "ACF-002", instead=instead)
    assert erased(eraser, "ACF-002", instead=MARKED) == ""
    again = MARKED.replace("5", "4")  # in the place of what the first erasure said
    assert NEW in erased(eraser, "ACF-002", told=(9,), taken=9, said=(8, 9), instead=again)


def test_words_go_by_the_erasure_that_is_being_made_alone(eraser: "psycopg.Connection[Any]") -> None:
    faults = (errors.InsufficientPrivilege, errors.IntegrityConstraintViolation)
    gone = "DELETE FROM journal_body WHERE seq = 4"
    erase(eraser, "ACF-002")
    eraser.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for more in (gone, "INSERT INTO erasure (seq, by_seq) SELECT 4, max(seq) FROM journal"):
        with pytest.raises(faults), eraser.transaction():
            eraser.execute(more)
    eraser.commit()
    with pytest.raises(faults):
        eraser.execute(gone)


GIVEN_WORDS = (
    '{"items":[{"application":"ACF-001","pence":100,"why":"said"},{"application":"ACF-002","pence":200,"why":"told"}],'
    '"note":"","round_id":1,"sent":true,"table":"[[1,\\"told\\"],[2,\\"kept\\"]]"}'
)
"""Words that name two applications, the second of which is erased."""


def is_left(after: str, before: str) -> tuple[bool, ...] | None:
    """Return whether an erasure of the second application and an award may leave this of those words."""
    asked = "SELECT locks.is_left(%s::jsonb, %s::jsonb, '{ACF-002,A-1}', false)"
    with psycopg.connect(cluster().address(template())) as connection:
        return connection.execute(asked, [after, before]).fetchone()


@pytest.mark.parametrize(
    ("was", "becomes", "is_taken"),
    [
        ('"told"', '"(erased)"', True),
        (',{"application":"ACF-002","pence":200,"why":"told"}', "", True),
        (',"note":""', "", True),
        ('{"application":"ACF-001","pence":100,"why":"said"},', "", False),
        ("100", "900", False),
        ("200", "900", False),
        ("ACF-001", "ACF-002", False),
        ('"said"', '"other"', False),
        ('"said"', '"(erased)"', False),
        (',"why":"said"', "", False),
        ('"items":', '"parts":', False),
        (',"sent":true', "", False),
        ('"sent":true', '"sent":false', False),
        ('"note":""', '"more":1,"note":""', False),
        ('\\"told\\"', '\\"(erased)\\"', False),
        ('[2,\\"kept', '[3,\\"kept', False),
    ],
)
def test_an_erasure_says_nothing_new_in_the_place_of_words(was: str, becomes: str, *, is_taken: bool) -> None:
    assert was in GIVEN_WORDS
    assert is_left(GIVEN_WORDS.replace(was, becomes, 1), GIVEN_WORDS) == (is_taken,)


def letters(*told: str, **facts: str) -> str:
    """Return the words of issued letters about some applications."""
    content = canonical.dumps({**facts, "letters": [{"kind": "offer", "reference": one} for one in told]})
    said = {"after_head": "", "after_row": 7, "content": content if told or facts else "", "control": ""}
    return canonical.dumps({**said, "paper": "letters", "round_id": 1, "sha256": "", "subject": ""})


def panel_book(words: str) -> str:
    """Return the words of issued letters as those of a panel book."""
    return words.replace('"paper":"letters"', '"paper":"panel-book"')


@pytest.mark.parametrize(
    ("before", "after", "is_taken"),
    [
        (letters("ACF-001", "ACF-002 challenge 1"), letters("ACF-001"), True),
        (letters("ACF-002"), letters(), True),
        (letters("ACF-001", "ACF-002"), letters("ACF-002"), False),
        (letters("ACF-001", "ACF-002"), letters(), False),
        (letters("ACF-002", fund="ACF"), letters(fund="VF"), False),
        (letters(award="A-1"), letters(), True),
        (letters(award="A-2"), letters(), False),
        (panel_book(letters(award="A-2")), letters(), False),
        ('{"round_id":1}', "null", False),
        ('{"parts":[{"application":"ACF-002"}]}', "null", True),
        ('{"parts":[{"application":"ACF-001"},{"application":"ACF-002"}]}', "null", False),
        ('{"given":2,"reopen_because":"asked"}', '{"given":2,"reopen_because":"(erased)"}', True),
        ('{"given":2}', "{}", False),
        ('{"at":{"application":"ACF-001"}}', "{}", False),
        (
            '{"all_gates":[["no","late"],["","x"]],"rows":[{"reference":"ACF-002"},{"reference":"ACF-001"}]}',
            '{"all_gates":[["no",""],["","x"]],"rows":[{"reference":"ACF-002"},{"reference":"ACF-001"}]}',
            True,
        ),
        (
            '{"all_gates":[["no","late"],["","x"]],"rows":[{"reference":"ACF-002"},{"reference":"ACF-001"}]}',
            '{"all_gates":[["no","late"],["",""]],"rows":[{"reference":"ACF-002"},{"reference":"ACF-001"}]}',
            False,
        ),
    ],
)
def test_an_erasure_leaves_out_what_is_of_its_applications(
    before: str, after: str, *, is_taken: bool
) -> None:
    assert is_left(after, before) == (is_taken,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (letters("ACF-001", "ACF-002"), letters("ACF-001")),
        (panel_book(letters(panel="x")), panel_book(letters())),
    ],
)
def test_the_facts_of_an_issued_paper_go_with_what_it_was_about(
    database: str, before: str, after: str
) -> None:
    with psycopg.connect(cluster().address(database, "olive")) as connection:
        journal(connection, before, kind="issue paper", **BY_OLIVE)
        connection.commit()
        if "panel-book" not in before:
            assert NEW in erased(connection, "ACF-001", instead=after)
        assert erased(connection, "ACF-002", instead=after) == ""


def test_an_erasure_touches_what_it_empties_alone() -> None:
    with signed_on("olive", template()) as connection:
        connection.execute("UPDATE areas SET pot_pence = 1")
        erase(connection, "ACF-002", told=(), taken=0, said=())
        with pytest.raises(errors.InsufficientPrivilege, match="does not touch areas"):
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_change_is_committed_with_a_row_of_the_journal_alone(database: str) -> None:
    with psycopg.connect(cluster().address(database, "mo")) as connection:
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 3")  # no row, so nothing to record
        assert refusal(connection) == ""
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        assert "recorded in its journal" in refusal(connection)
        connection.execute("UPDATE marks SET mark = 5 WHERE sheet_id = 2")
        journal(connection, MARKED)
        assert refusal(connection) == ""

        assert connection.execute("SELECT DISTINCT mark FROM marks WHERE sheet_id = 2").fetchall() == [(5,)]


@pytest.mark.parametrize(
    ("change", "words", "kind", "fault"),
    [
        ("UPDATE marks SET mark = 5 WHERE sheet_id = 2", "", "set mark", "recorded in its journal"),
        (
            "DELETE FROM interest_words WHERE interest_id = 2",
            MARKED,
            "set mark",
            "does not touch interest_words",
        ),
        ("UPDATE marks SET mark = 5 WHERE sheet_id = 2", DECLARED, "declare", "does not touch marks"),
    ],
)
def test_a_change_touches_what_its_kind_may_and_has_its_words(
    database: str, change: str, words: str, kind: str, fault: str
) -> None:
    assert fault in changing(database, "mo", change, words, kind=kind)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sheets SET reopened = 'told what others gave' WHERE id = 2",
        REOPENED.format(member=1),
        REOPENED.format(member=2),
    ],
)
def test_a_sheet_is_marked_as_reopened_by_what_makes_it_due_alone(database: str, change: str) -> None:
    assert "does not touch sheets.reopened" in changing(database, "ivy", change, MARKED)


def test_an_interest_that_somebody_lifts_themselves_stays_closed_until_another_writes_it(
    database: str,
) -> None:
    def sees() -> bool:
        with signed_on("mo", database) as connection:
            return connection.execute("SELECT FROM applications WHERE id = 3").rowcount == 1

    lift = "DELETE FROM interest_words WHERE interest_id = 2; DELETE FROM interests WHERE id = 2"
    written = INTEREST.format(member=2, application=4, kind="abstained")
    prepare(database, "UPDATE sheets SET is_submitted = false")  # nobody could read a mark of others

    assert changing(database, "mo", lift, DECLARED, kind="declare") == ""
    assert not sees()
    assert changing(database, "olive", written, DECLARED, kind="declare") == ""
    assert sees()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM interest_words WHERE interest_id = 2; DELETE FROM interests WHERE application_id = 3",
        "UPDATE interests SET kind = 'abstained' WHERE application_id = 3",
        "UPDATE interests SET kind = 'non-pecuniary' WHERE application_id = 3",
        "UPDATE interest_words SET detail = 'nothing much' WHERE interest_id = 2",
        INTEREST.format(member=2, application=1, kind="pecuniary"),
    ],
)
def test_what_is_signed_keeps_its_interests_until_the_line_is_sent_back(database: str, change: str) -> None:
    signed = "SELECT id, 'Cara Chair', '2026-12-02', '2026-12-02T10:00:00.000000Z' FROM applications"
    prepare(database, f"INSERT INTO recommendation_signatures {signed} WHERE id IN (1, 3)")

    assert "rests on the interests" in changing(database, "mo", change, DECLARED, kind="declare")


def test_who_is_let_in_no_longer_reads_nothing_and_does_not_sign_on_again(database: str) -> None:
    with cluster().connect(database) as administrator:
        preparing.close_database(administrator)  # a copy of a database lets everybody connect
        with psycopg.connect(cluster().address(database, "rex"), autocommit=True) as connection:
            administrator.execute("DELETE FROM locks.logins WHERE login = 'rex'")
            assert connection.execute("SELECT count(*) FROM funds").fetchone() == (0,)
        with psycopg.connect(cluster().address(database, "mo"), autocommit=True) as connection:
            logins.remove(administrator, "mo member")
            assert logins.end_sessions(administrator, "mo")
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        logins.set_roles(administrator, "Cara Chair", [Role.READER])
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(cluster().address(database, "mo"))
    with signed_on("cara", database) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("INSERT INTO agreements VALUES (1, '')")


def test_an_administrator_who_is_no_superuser_ends_sessions_too(database: str) -> None:
    with cluster().connect(database) as administrator:
        administrator.execute(
            "CREATE ROLE made LOGIN; CREATE ROLE ina LOGIN CREATEROLE; CREATE ROLE lou LOGIN"
        )
        administrator.execute("GRANT made TO ina WITH ADMIN OPTION; SET ROLE ina")
        with psycopg.connect(cluster().address(database, "made"), autocommit=True) as connection:
            assert logins.end_sessions(administrator, "made")
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        administrator.execute("SET ROLE lou")
        with psycopg.connect(cluster().address(database, "made"), autocommit=True) as connection:
            assert not logins.end_sessions(administrator, "made")
            connection.execute("SELECT 1")
        administrator.execute("RESET ROLE; DROP OWNED BY ina; DROP ROLE made, ina, lou")


def test_a_sum_of_a_part_is_refused() -> None:
    assert read_by("olive", "SELECT locks.require_all()") == [""]
    with pytest.raises(errors.InsufficientPrivilege):
        read_by("ivy", "SELECT locks.require_all()")


PAYABLE = (
    "INSERT INTO awards VALUES (1, 1, 'A-1', 1000, '', '2026-12-10', NULL)",
    "INSERT INTO bank_endings VALUES (1, '4958', 'Olive Officer', '2026-12-11T10:00:00.000000Z', 'Fin Ance', "
    f"'2026-12-12T10:00:00.000000Z', '', '{'ab' * 32}')",
)
"""What stands when money may be paid: a signed agreement, and an account that somebody else verified."""
PAID_ONE = "INSERT INTO instalments VALUES (1, 2, 1, 'x', '2026-12-12', 'Fin Ance', NULL, NULL, NULL)"
SPOILT = {
    "agreement": "UPDATE awards SET agreed_on = NULL",
    "signed later": "UPDATE awards SET agreed_on = '2026-12-21'",
    "on hold": "UPDATE awards SET held_for = 'a question'",
    "withdrawn": "UPDATE applications SET withdrawn = true",
    "no account": "DELETE FROM bank_endings",
    "not verified": "UPDATE bank_endings SET checked_by = '', checked_at = NULL",
    "by the same person": "UPDATE bank_endings SET entered_by = ' fin  ance'",
    "another's account": "INSERT INTO successions SELECT 1, 1, 'Heirs', '', '', '2026-12-13', 'it became', "
    "'', '', '', '', '', 'Olive Officer', '2026-12-13T10:00:00.000000Z'",
    "more than the award": "UPDATE awards SET amount_pence = 999",
    "paid already": PAID_ONE,
}
PAY = "UPDATE instalments SET paid_on = '2026-12-20', authorised_by = 'Fin Ance' WHERE number = 1"


@pytest.mark.parametrize("spoilt", SPOILT)
def test_finance_pays_past_none_of_the_checks_of_a_payment(database: str, spoilt: str) -> None:
    unpaid = "INSERT INTO instalments VALUES (1, 1, 1000, 'start', NULL, '', NULL, NULL, NULL)"
    prepare(database, "SET session_replication_role = replica", *PAYABLE, unpaid)
    with signed_on("fin", database) as connection:
        connection.execute(PAY)
    prepare(database, "SET session_replication_role = replica", SPOILT[spoilt])
    paid = unpaid.replace("NULL, ''", "'2026-12-20', 'Fin Ance'")
    with signed_on("fin", database) as connection:
        assert_denied(connection, PAY)
        connection.execute("DELETE FROM instalments WHERE number = 1")
        assert_denied(connection, paid)


def test_an_agreement_is_not_signed_with_the_payment_that_it_allows(database: str) -> None:
    unpaid = "INSERT INTO instalments VALUES (1, 1, 1000, 'start', NULL, '', NULL, NULL, NULL)"
    prepare(
        database,
        "SET session_replication_role = replica",
        *PAYABLE,
        unpaid,
        "UPDATE awards SET agreed_on = NULL",
    )
    with signed_on("fin", database) as connection:
        connection.execute("UPDATE awards SET agreed_on = '2026-12-10'")
        assert_denied(connection, PAY)


def test_a_payment_is_finances_and_is_put_back_by_whoever_sets_instalments_anew(database: str) -> None:
    paid = (
        "INSERT INTO instalments VALUES (1, {number}, 500, 'start', '2026-12-20', '{by}', NULL, NULL, NULL)"
    )
    first, second = (paid.format(number=number, by="Fin Ance") for number in (1, 2))
    prepare(
        database,
        "SET session_replication_role = replica",
        *PAYABLE,
        first,
    )
    with signed_on("olive", database) as connection:
        assert_denied(connection, paid.format(number=2, by="Olive Officer"), second)
        assert_denied(
            connection, "UPDATE instalments SET amount_pence = 9", "UPDATE instalments SET number = 9"
        )
        connection.execute("DELETE FROM instalments")
        assert_denied(connection, first.replace("500", "501"))
        connection.execute(first)
        assert_denied(connection, second)  # it was one
        connection.execute("DELETE FROM instalments")
        connection.execute(second)  # a variation numbers them anew
    with signed_on("fin", database) as connection:
        connection.execute(second)
        assert_denied(connection, paid.format(number=3, by="Olive Officer"))


def test_an_account_is_put_down_in_ones_own_name_and_verified_by_somebody_else(database: str) -> None:
    at_ten = "2026-12-20T10:00:00.000000Z"
    of_account = f"'{at_ten}', '{{seen}}', {{at}}, '', '{'ab' * 32}'"
    put = f"INSERT INTO bank_endings VALUES (1, '4958', '{{by}}', {of_account})"
    own, seen = put.format(by="Olive Officer", seen="", at="NULL"), "'2026-12-20T10:00:00.000000Z'"
    verify = f"UPDATE bank_endings SET checked_by = '{{}}', checked_at = {seen}"
    prepare(
        database,
        "SET session_replication_role = replica",
        "INSERT INTO awards VALUES (1, 1, 'A-1', 1000, '', NULL, NULL)",
    )
    with signed_on("olive", database) as connection:
        assert_denied(connection, put.format(by="Fin Ance", seen="", at="NULL"))
        assert_denied(connection, put.format(by="Olive Officer", seen="Fin Ance", at=seen))
        connection.execute(own)
        assert_denied(connection, verify.format("Olive Officer"), verify.format("Fin Ance"))
        assert_denied(connection, "UPDATE bank_endings SET entered_by = 'Fin Ance'")
    prepare(database, "SET session_replication_role = replica", own)
    with signed_on("fin", database) as connection:
        assert_denied(connection, "UPDATE bank_endings SET last_four = '1111'")
        connection.execute(verify.format("Fin Ance"))
        with pytest.raises(errors.CheckViolation):
            connection.execute(verify.format("Olive Officer"))


ONE_MORE = (
    "INSERT INTO applications SELECT (one.more).* FROM (SELECT jsonb_populate_record(a, jsonb_build_object("
    "'id', 90, 'uid', gen_random_uuid()::text, 'reference', 'ACF-090', '{}', '{}')) AS more "
    "FROM applications a WHERE id = 1) one"
)
CORRECTED = (
    "INSERT INTO corrections VALUES (1, '{}', '{}', 'null', 'x', 'Olive Officer', "
    "'2026-11-03T14:05:00.000000Z')"
)


@pytest.mark.parametrize(
    ("login", "change"),
    [
        ("mo", "UPDATE interests SET id = 91 WHERE member_id = 2"),
        ("mo", OWN_SHEET.replace("VALUES (90", "VALUES (1900")),
        ("mo", "UPDATE interests SET declared_on = '2026-02-30' WHERE member_id = 2"),
        (
            "cole",
            SIGN_OFF.format(signed="'Cole Commander'", paper="false", by="''").replace("2026-12-02'", "zzz'"),
        ),
        ("cara", "UPDATE applications SET position = 9223372036854775807 WHERE id = 1"),
        ("cara", "INSERT INTO chair_decisions VALUES (2147483647, 1, 'exception', NULL, 'x', 'Cara Chair')"),
        (
            "olive",
            "INSERT INTO people VALUES (2147483647, gen_random_uuid()::text, 'New', '')",
        ),
        ("mo", "UPDATE marks SET mark = 6 WHERE sheet_id = 2"),
        ("cara", "INSERT INTO agreed_marks VALUES (1, 'A1', 500, '')"),
        ("cara", "INSERT INTO first_marks VALUES (2, 1, 'A1', 500)"),
        ("nia", "UPDATE marks SET mark = 9223372036854775807 WHERE sheet_id = 2"),
        ("mo", "INSERT INTO interests VALUES (2147483647, 2, 4, 'abstained')"),
        ("mo", "INSERT INTO interests VALUES (90, 2, 4, 'abstained', 'zzz')"),
        ("dee", FOR_DEE.replace("(1, 1,", "(2147483647, 1,")),
        ("mo", "UPDATE marks SET reason = repeat('weak ', 300000) WHERE sheet_id = 2"),
        *(("olive", CORRECTED.format(*row)) for row in (("project", 7), ("requested_pence", '"words"'))),
        *(("olive", ONE_MORE.format(*odd)) for odd in (("answers", "[1]"), ("answers", '[["one"]]'))),
        ("olive", ONE_MORE.format("cells", "[[]]")),
        ("olive", "UPDATE rounds SET chain = '[1]'"),
        ("olive", "UPDATE schemes SET ladder = '[1]'"),
        ("fin", "INSERT INTO payment_layouts VALUES ('mine', '{}')"),
    ],
)
def test_a_row_that_would_stand_in_the_way_of_all_is_not_taken(login: str, change: str) -> None:
    fault = pytest.raises((errors.InsufficientPrivilege, errors.DatetimeFieldOverflow, errors.CheckViolation))
    with signed_on(login, template()) as connection, fault:
        connection.execute(change)


@pytest.mark.parametrize("named", ["C", "ACF", "Cara Chair"])
def test_an_erasure_takes_no_words_for_a_part_of_them_or_for_what_was_no_application(
    database: str, named: str
) -> None:
    said = MARKED.replace('"ACF-002"', f'"{named}"')
    assert changing(database, "mo", "UPDATE marks SET mark = 5 WHERE sheet_id = 2", said) == ""
    with psycopg.connect(cluster().address(database, "olive")) as connection:
        assert NAMED in erased(connection, named, field="removed")


DECIDED = """
    UPDATE rounds SET chain = '[{"post":"Commander","role":"commander"},{"post":"Chief","role":"decider"}]';
    INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, legal_power,
        notice, is_from_paper, recorded_by, recorded_at, unsigned_because) VALUES
        (1, 1, 0, false, 'Commander', 'Cole Commander', '2026-12-02', 'none', '', NULL, false,
            'Cole Commander', '2026-12-02T10:00:00.000000Z', ''),
        (2, 1, 1, true, 'Chief', 'Dee Decider', '2026-12-02', 'none', '', '031/2026', false,
            'Dee Decider', '2026-12-02T10:00:00.000000Z', '');
    INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, reason,
        change_reason, conditions, is_exception)
        SELECT id, id, 1, 'agree', 'fund', 1000, 'said', '', '[]', false FROM sign_offs;
    INSERT INTO awards VALUES (1, 2, 'A-031-01', 1000, '', NULL, NULL);
    INSERT INTO instalments VALUES (1, 1, 1000, 'start', NULL, '', NULL, NULL, NULL);
    INSERT INTO award_variations VALUES
        (1, 1, 'proposed', 1000, 1200, '{}', '{}', 'more', '2026-12-03', 'Fin Ance',
            '2026-12-03T10:00:00.000000Z', NULL, '')
"""
"""The first application is decided by both steps and awarded, and more money waits for both."""


def deciding(number: int, step: int, who: str, verdict: str, pence: int, *, is_last: bool) -> str:
    """Return the statements that sign for a step and decide the first application under it."""
    return (
        "INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, "
        "legal_power, notice, is_from_paper, recorded_by, recorded_at, unsigned_because) VALUES "
        f"({number}, 1, {step}, {is_last}, 'post', '{who}', '2026-12-04', 'none', '', NULL, false, '{who}', "
        "'2026-12-04T10:00:00.000000Z', ''); INSERT INTO decisions (id, sign_off_id, application_id, "
        "verdict, outcome, amount_pence, reason, change_reason, conditions, is_exception) VALUES "
        f"({number}, {number}, 1, '{verdict}', 'fund', {pence}, 'said', 'why', '[]', false)"
    )


def signing_more(step: int, who: str, post: str = "post") -> str:
    """Return the statement that signs for a step that the award of the first application is varied."""
    return (
        "INSERT INTO variation_signatures (application_id, number, step, post, signed_by, signed_on, "
        f"interests, is_from_paper, recorded_by, recorded_at) VALUES (1, 1, {step}, '{post}', '{who}', "
        f"'2026-12-04', 'none', false, '{who}', '2026-12-04T10:00:00.000000Z')"
    )


LOWERED = deciding(3, 1, "Dee Decider", "change", 900, is_last=True)
TAKEN_OUT = "DELETE FROM instalments; DELETE FROM awards"
PUT_IN = "INSERT INTO awards VALUES (1, 3, 'A-032-01', {pence}, '', NULL, NULL)"
PART = "INSERT INTO instalments VALUES (1, {number}, {pence}, 'start', NULL, '', NULL, NULL, NULL)"
FIRST, SECOND = signing_more(0, "Cole Commander"), signing_more(1, "Dee Decider")
ENDED = "UPDATE decisions SET ended_by = {by} WHERE id = {of}"
IN_EFFECT = "UPDATE award_variations SET state = 'in effect', effective_on = '2026-12-04'"
HELD = "INSERT INTO variation_signatures SELECT * FROM variation_signatures WHERE false"


@pytest.mark.parametrize(
    ("login", "honest", "attack"),
    [
        # a commander, without a signature of this transaction, or with the first of two
        ("cole", HELD, "UPDATE awards SET amount_pence = 99999900"),
        ("cole", HELD, "UPDATE instalments SET amount_pence = 99999900"),
        ("cole", HELD, "DELETE FROM instalments"),
        ("cole", HELD, "DELETE FROM award_variations"),
        ("cole", HELD, "UPDATE award_variations SET to_pence = 99999900"),
        ("cole", HELD, "UPDATE award_variations SET state = 'withdrawn'"),
        (
            "cole",
            FIRST,
            "INSERT INTO monitoring_returns VALUES (1, 1, '2027-03-01', '', NULL, '', NULL, NULL)",
        ),
        ("cole", FIRST, "UPDATE awards SET amount_pence = 1200"),
        ("cole", FIRST, "UPDATE award_variations SET state = 'in effect'"),
        # over what was decided, alone and as a commander after all
        ("cole", HELD, deciding(3, 0, "Cole Commander", "change", 99999900, is_last=True)),
        ("cole", HELD, deciding(3, 0, "Cole Commander", "agree", 1000, is_last=True)),
        # the decider decides anew: with the amount of the decision, and the parts of that
        ("dee", LOWERED, f"{TAKEN_OUT}; {PUT_IN.format(pence=901)}"),
        ("dee", f"{LOWERED}; {TAKEN_OUT}; {PUT_IN.format(pence=900)}", PART.format(number=1, pence=901)),
        ("dee", LOWERED, "UPDATE awards SET amount_pence = 900"),
        ("dee", LOWERED, "UPDATE award_variations SET state = 'withdrawn'"),
        # the decider, who is one of those that a decision needs
        ("dee", HELD, ENDED.format(by=2, of=1)),
        ("dee", deciding(3, 1, "Dee Decider", "agree", 1000, is_last=False), ENDED.format(by=3, of=1)),
        ("dee", deciding(3, 1, "Dee Decider", "send_back", 1000, is_last=False), ENDED.format(by=3, of=2)),
    ],
)
def test_who_signs_changes_money_by_the_last_signature_alone(login: str, honest: str, attack: str) -> None:
    with signed_on(login, decided()) as connection:
        connection.execute(honest)
        assert_denied(connection, attack)


@pytest.mark.parametrize(
    ("becomes", "profile"), [('{"profile":"halves"}', "halves"), ('{"parts":[]}', ""), ("{}", "full")]
)
def test_a_variation_that_changes_its_award_is_in_effect_with_its_profile(
    awarded: str, becomes: str, profile: str
) -> None:
    words = (
        '{"application":"ACF-001","by":"Dee Decider","interests":"none","number":1,"on":"2026-12-04",'
        '"post":"post","round_id":1,"step":1}'
    )
    prepare(
        awarded,
        f"{FIRST}; UPDATE awards SET profile = 'full'",
        f"UPDATE award_variations SET becomes = '{becomes}'",
    )
    varied = f"{SECOND}; UPDATE awards SET amount_pence = 1200, profile = '{profile}'"
    kind = "sign variation"
    assert "is in effect" in changing(awarded, "dee", varied, words, kind=kind)
    assert changing(awarded, "dee", f"{varied}; {IN_EFFECT}", words, kind=kind) == ""


@pytest.mark.parametrize(
    ("once", "attack"),
    [
        (
            deciding(3, 1, "Dee Decider", "agree", 1000, is_last=False),
            deciding(4, 1, "Dee Decider", "agree", 1000, is_last=True),
        ),
        (
            f"{SECOND}; {signing_more(1, 'Dee Decider', post='other')}",
            "UPDATE awards SET amount_pence = 1200",
        ),
    ],
)
def test_one_person_signs_for_one_of_joint_posts(awarded: str, once: str, attack: str) -> None:
    joint = 'replace(chain, \'"decider"\', \'"decider","joint_posts":["CFO"]\')'
    prepare(awarded, FIRST, f"UPDATE rounds SET chain = {joint}")
    with signed_on("dee", awarded) as connection:
        connection.execute(once)
        assert_denied(connection, attack)


def test_who_signs_last_makes_the_award_anew_and_varies_it(awarded: str) -> None:
    with signed_on("dee", awarded) as connection:
        connection.execute(LOWERED)
        connection.execute("UPDATE decisions SET ended_by = 3 WHERE id < 3")
        connection.execute(f"{TAKEN_OUT}; {PUT_IN.format(pence=900)}; {PART.format(number=1, pence=900)}")
        assert_denied(connection, PART.format(number=2, pence=1))
    prepare(awarded, FIRST)
    with signed_on("dee", awarded) as connection:
        connection.execute(SECOND)
        connection.execute("UPDATE awards SET amount_pence = 1200; DELETE FROM instalments")
        connection.execute(PART.format(number=1, pence=1200))
        assert_denied(connection, "UPDATE instalments SET number = 2", "UPDATE awards SET profile = 'full'")
        connection.execute("UPDATE instalments SET authorised_by = ''")
        connection.execute(
            "INSERT INTO monitoring_returns VALUES (1, 1, '2027-03-01', '', NULL, '', NULL, NULL)"
        )
        connection.execute("UPDATE monitoring_returns SET due_on = '2027-04-01'")
        assert_denied(
            connection,
            "UPDATE monitoring_returns SET received_on = '2027-03-01', said = 'all well'",
            "INSERT INTO monitoring_returns VALUES (1, 2, '2027-03-01', '', '2027-03-01', '', NULL, NULL)",
        )
        connection.execute(IN_EFFECT)


def test_what_a_variation_raised_is_counted_for_whoever_may_not_read_who_signed_it(awarded: str) -> None:
    declared = "UPDATE signer_interests SET application_id = 1, kind = 'pecuniary'"
    varied = f"{FIRST}; {SECOND}; {IN_EFFECT}; UPDATE awards SET amount_pence = 1200"
    prepare(awarded, f"{varied}; {declared}; UPDATE areas SET pot_pence = 1000")

    def ask(session: Session) -> str:
        with with_figures(session, 1):
            return over_of_area(pot_uses(session, 1, given_amounts(session, 1))[0])

    with opened("cole", awarded) as record:
        assert record.ask(ask) == "Coventry: £2.00 over the pot, not allowed by anybody yet."


@pytest.fixture
def awarded() -> Iterator[str]:
    """A database with an award in it, in which anything may be changed."""
    database = cluster().new_database(decided())
    yield database
    cluster().drop(database)


@cache
def decided() -> str:
    """Make the office's database with an award in it, once for the tests of a process."""
    database = changed_copy(template(), DECIDED)
    prepare(database)
    return database
