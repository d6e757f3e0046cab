"""A ranked list and an overview for who declared an interest: right figures, and no word or mark more."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from models.operation import Actor
from models.operations.deciding.chair_decisions import DecideTie
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.areas import MoveAreas
from models.permissions.viewing import Viewer, hand_in_first
from models.queries.awards.budget import round_budget
from models.queries.deciding.decisions import decisions
from models.queries.deciding.round_list import RoundFigures, ask_round, deciding, work_out
from models.queries.permissions.reading import with_sums_for
from models.queries.set_up.next_stage import next_stages
from models.queries.set_up.rounds import round_line
from models.role import Role
from models.schema.base import METADATA
from models.schema.holding import naming
from models.session import Session
from models.store.locks import figures, preparing
from models.store.locks.signing_on import with_figures
from models.values.recommending import LineDecision
from models.values.rows import InterestRow
from scoring.budget.figures import FundBudget
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.rounds import refused
from tests.models.store.locks.an_office import changed_copy, prepare, signed_on, template
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

MARKED = """
    UPDATE areas SET stage = 'meeting';
    INSERT INTO sheets (id, uid, member_id, application_id, is_submitted)
        VALUES (80, gen_random_uuid()::text, 1, 2, true), (81, gen_random_uuid()::text, 3, 2, true);
    UPDATE sheets SET is_submitted = true WHERE application_id = 2;
    DELETE FROM marks WHERE sheet_id = 2;
    INSERT INTO marks VALUES (2, 'A1', 5, 'hidden'), (2, 'A2', 4, 'hidden'), (2, 'A6', 1, 'hidden'),
        (80, 'A1', 1, 'hidden'), (80, 'A2', 5, 'hidden'), (80, 'A6', 2, 'hidden'),
        (81, 'A1', 0, 'hidden'), (81, 'A2', 0, 'hidden'), (81, 'A6', 0, 'hidden');
    UPDATE applications SET summary = 'hidden', contact_name = 'hidden', answers = '[["hidden", "hidden"]]';
    UPDATE applications SET requested_pence = 1 WHERE id = 2;
    INSERT INTO corrections VALUES
        (2, 'requested_pence', '150000', '1', 'hidden', 'hidden', '2026-11-03T10:00:00.000000Z'),
        (2, 'summary', '"hidden"', '""', 'hidden', 'hidden', '2026-11-03T10:00:00.000000Z');
    INSERT INTO recommendations VALUES
        (2, 'fund', 150000, 'hidden', '', '["hidden"]', false, 1, 1, 1,
        'Olive Officer', '2026-11-03T10:00:00.000000Z');
    INSERT INTO recommended_places VALUES (2, 1, false)
"""
"""The second application, in which Ivy (an officer with a seat) has an interest, marked by all, even her."""
DAY = date(2026, 12, 2)
IVY = Viewer("Ivy Insider", Role.OFFICER, "M2")
SIGNED = """
    UPDATE areas SET stage = 'recommending';
    INSERT INTO interests VALUES (90, 1, 4, 'pecuniary', '2026-11-03');
    UPDATE sheets SET is_submitted = true;
    SET session_replication_role = replica;
    DELETE FROM recommendations;
    INSERT INTO recommendations
        SELECT id, 'decline', NULL, 'said', '', '[]', false, NULL, NULL, NULL,
            'Olive Officer', '2026-11-03T10:00:00.000000Z'
        FROM applications
"""
"""All is recommended on, and the chair has an interest in the fourth application."""

COLE_SITS = """
    UPDATE recommendations SET outcome = 'fund', amount_pence = 150000 WHERE application_id IN (2, 3);
    INSERT INTO recommendation_signatures
        SELECT id, 'Cara Chair', '2026-12-02', '2026-12-02T10:00:00.000000Z' FROM applications;
    UPDATE areas SET stage = 'deciding';
    INSERT INTO members
        SELECT 90, gen_random_uuid()::text, 1, id, 90, 'D1', '', '', '' FROM people
        WHERE name = 'Cole Commander';
    INSERT INTO interests VALUES (91, 90, 3, 'pecuniary', '2026-11-03')
"""
"""Whoever decides sits on the panel besides, without a mark, and has an interest in what gets money, too."""

DIFFERING = """
    INSERT INTO revisions
        SELECT repeat(value, 64), r.uid, m.uid, a.uid, 'A1', 1, value, '[]', value = '4', ''
        FROM rounds r, members m, applications a, unnest(ARRAY['4', '5']) AS value
        WHERE m.id = 2 AND a.id = 4
"""
"""A return says another mark on what is closed to the chair."""


@cache
def marked() -> str:
    """Make the office's database after all is marked, once for the tests of a process."""
    return changed_copy(template(), MARKED)


@pytest.fixture
def database() -> Iterator[str]:
    """A copy of it, in which anything may be changed."""
    name = cluster().new_database(marked())
    yield name
    cluster().drop(name)


def shown(login: str, viewer: Viewer, database: str = "") -> RoundFigures:
    with opened(login, database or marked()) as record:
        return work_out(record.ask(lambda session: round_line(session, 1)), record.ask(ask_round(1, viewer)))


OF_ANOTHER_PANEL = """
    INSERT INTO member_areas
        SELECT 3, r.id FROM areas r
        WHERE r.round_id = 1 AND r.id <> (SELECT area_id FROM applications WHERE id = 2) LIMIT 1
"""
WITHOUT_THEM = """
    DELETE FROM marks WHERE sheet_id IN (
        SELECT s.id FROM sheets s JOIN applications a ON a.id = s.application_id
        WHERE s.member_id = 3 AND a.area_id = (SELECT area_id FROM applications WHERE id = 2)
    );
    DELETE FROM sheets s USING applications a
    WHERE a.id = s.application_id AND s.member_id = 3
        AND a.area_id = (SELECT area_id FROM applications WHERE id = 2)
"""


def test_marks_of_who_is_on_another_panel_are_dealt_out_to_nobody() -> None:
    standings = []
    for changes in (OF_ANOTHER_PANEL, f"{OF_ANOTHER_PANEL}; {WITHOUT_THEM}"):
        name = cluster().new_database(marked())
        with cluster().connect(name) as administrator:
            administrator.execute("SET session_replication_role = replica")
            administrator.execute(changes)
        standings.append(shown("ivy", IVY, name).ranking.standings)
        cluster().drop(name)

    assert standings[0] == standings[1]
    assert standings[0] != shown("ivy", IVY).ranking.standings, "with them the totals are others"


@pytest.mark.parametrize("combine", ["mean", "median"])
def test_who_may_rank_gets_the_list_that_a_file_shows_them(combine: str) -> None:
    with cluster().connect(marked()) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute("UPDATE schemes SET combine = %s", [combine])

    own, of_file = shown("ivy", IVY), shown("olive", IVY)

    assert own.ranking == of_file.ranking
    assert own.listed == of_file.listed
    assert own.sight.hides_whose
    assert [(one.reference, one.place) for one in own.ranking.standings][:2] == [
        ("ACF-003", 1),
        ("ACF-001", 2),
    ]
    closed = own.rows.applications[1]
    assert (closed.requested_pence, closed.project, closed.answers) == (150_000, "", ())
    assert own.recorded[0].reason != "hidden"


def test_the_marks_of_one_sheet_alone_are_told_only_where_they_are_what_is_ranked(database: str) -> None:
    told = {}
    with cluster().connect(database) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute("DELETE FROM marks WHERE sheet_id = 80; DELETE FROM sheets WHERE id = 80")
        preparing.close_database(administrator)
        for combine, quorum in (("consensus", 1), ("mean", 2), ("trimmed", 1), ("mean", 1)):
            administrator.execute("UPDATE schemes SET combine = %s, quorum = %s", [combine, quorum])

            own, of_file = shown("ivy", IVY, database), shown("olive", IVY, database)

            assert (own.ranking, own.listed) == (of_file.ranking, of_file.listed)
            with signed_on("ivy", database) as connection:
                marks = connection.execute("SELECT mark FROM figures.marks WHERE sheet_id = 2 ORDER BY 1")
                told[combine, quorum] = [mark for (mark,) in marks.fetchall()]
    assert told.pop(("mean", 1)) == [1, 4, 5]
    assert list(told.values()) == [[0, 0, 0]] * 3


def test_nobody_is_ranked_among_fewer_sheets_within_a_transaction_that_declares_for_others(
    database: str,
) -> None:
    """Cara, who chairs, would tell whose a mark is by moving others' interests, were it dealt out then."""
    prepare(database, "INSERT INTO interests VALUES (90, 1, 2, 'pecuniary', '2026-11-03')")
    asked = "SELECT count(*) FROM figures.marks WHERE sheet_id IN (2, 80, 81)"
    with signed_on("cara", database) as connection:
        assert connection.execute(asked).fetchone() == (9,)
        connection.execute("INSERT INTO interests VALUES (91, 3, 2, 'pecuniary', '2026-11-03')")
        assert connection.execute(asked).fetchone() == (0,)


@pytest.mark.parametrize(
    "while_",
    [
        "UPDATE areas SET stage = 'scoring'; UPDATE sheets SET is_submitted = true",
        "UPDATE sheets SET is_submitted = false, reopened = 'a slip' WHERE id = 80",
    ],
)
def test_no_marks_are_dealt_out_while_a_hand_in_would_tell_whose_they_are(database: str, while_: str) -> None:
    prepare(database, f"SET session_replication_role = replica; {while_}")
    with signed_on("ivy", database) as connection:
        asked = "SELECT count(*) FROM figures.marks WHERE sheet_id IN (2, 80, 81)"
        assert connection.execute(asked).fetchone() == (0,)

    own = shown("ivy", IVY, database)

    assert (own.sight.hides_whose, own.sight.without_marks) == (True, {"Coventry"})
    assert "while its sheets come in" in hand_in_first(own.sight, "Coventry", ("Coventry", "Dudley"))


def test_a_chair_with_an_interest_signs_the_list_as_a_whole(database: str) -> None:
    prepare(database, f"{SIGNED};{DIFFERING}")
    with opened("cara", database) as record:
        tie = DecideTie(1, ("ACF-001", "ACF-002"), "By lot")
        refused("they do not share a place", record.perform, tie, Actor("Cara Chair", Role.CHAIR))
        with pytest.raises(Refused, match="1 value differs from a return on what your interest closes"):
            record.perform(SignRecommendations(1, "", DAY), Actor("Cara Chair", Role.CHAIR))
        told = record.ask(disputes_told)
        assert told["Dudley"].startswith("1 value differs from a return on what your interest closes to you.")
        assert told["Coventry"] == ""
        prepare(database, "DELETE FROM revisions WHERE value = '5'")
        signed = record.perform(SignRecommendations(1, "", DAY), Actor("Cara Chair", Role.CHAIR))
        found = record.ask(lambda session: deciding(session, 1, Viewer("Cara Chair", Role.CHAIR, "C1")))

    assert signed.words == "The recommendations on 4 applications are signed, £0.00 in all without ACF-004."
    assert len(found.signatures) == len(found.recommendations) == 4
    assert found.closed == {"ACF-004"}
    assert [row.reason for row in found.recommendations] == ["said", "said", "said", ""]


def test_who_decides_with_an_interest_decides_the_lines_without_it(database: str) -> None:
    prepare(database, f"{SIGNED};{COLE_SITS}")
    cole = Actor("Cole Commander", Role.COMMANDER)

    def of(*references: str) -> RecordDecisions:
        lines = tuple(map(LineDecision, references))
        return RecordDecisions(1, 0, cole.name, "NPU commander", DAY, "none", lines)

    none = InterestRow(cole.name, None, InterestKind.NONE)
    with opened("cole", database) as record:
        record.perform(DeclareToSign(1, cole.name, (none,)), cole)
        refused("Cole Commander declared an interest in ACF-003", record.perform, of("ACF-003"), cole)
        done = record.perform(of("ACF-001", "ACF-002", "ACF-004"), cole)
        found = record.ask(lambda session: deciding(session, 1, Viewer(cole.name, Role.COMMANDER, "D1")))

    assert done.words.startswith("3 applications signed, £1,500.00 in all.")
    assert found.closed == {"ACF-003"}
    with opened("olive", database) as record:
        row = record.ask(lambda session: decisions(session, 1))[1]
        whole = record.ask(lambda session: deciding(session, 1, IVY))
    assert (row.application, row.amount_pence) == ("ACF-002", 150_000)
    closed = {use.area: use.closed for use in found.pots}
    assert closed == {"Coventry": ("ACF-003",), "Dudley": ()}
    assert tuple(use._replace(closed=closed[use.area]) for use in whole.pots) == found.pots


def disputes_told(session: Session) -> dict[str, str]:
    with with_figures(session, 1):
        return {one.area: one.disputes for one in next_stages(session, 1, DAY)}


VIEWS = tuple(name for name in figures.names() if name == "marks" or naming(METADATA.tables[name]))


@pytest.mark.parametrize("login", ["ivy", "mo", "cara", "zed"])
def test_no_word_of_what_is_closed_and_no_mark_of_a_name_is_read(login: str) -> None:
    """Each column of each view: what it holds of a closed application beyond what the policies show."""
    closed = {"ivy": 2, "mo": 3, "zed": 1}.get(login, 0)
    with signed_on(login, marked()) as connection:
        for name in VIEWS:
            column = "id" if name == "applications" else "application_id"
            if name == "marks":
                column = "(SELECT application_id FROM sheets WHERE id = sheet_id)"
            rows = connection.execute(
                f"SELECT * FROM figures.{name} WHERE {column} = %s", [closed]
            ).fetchall()

            assert "hidden" not in str(rows)
            assert not rows or login == "ivy" or (login == "mo" and name in ("applications", "gate_results"))
        marks = connection.execute("SELECT mark FROM figures.marks WHERE sheet_id = 2 ORDER BY 1").fetchall()
        words = connection.execute(
            "SELECT reason FROM figures.marks WHERE sheet_id IN (2, 80, 81)"
        ).fetchall()
    if login == "ivy":
        assert [mark for (mark,) in marks] != [1, 4, 5]  # none of the sheets is whole
        assert {word for (word,) in words} == {""}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM figures.closed_marks() c JOIN public.marks m USING (sheet_id)",
        "SELECT * FROM figures.marks WHERE sheet_id IN (SELECT id FROM sheets WHERE application_id = 3)",
        "SELECT * FROM figures.agreed_marks WHERE application_id = 3",
        "SELECT * FROM figures.recommendations WHERE application_id = 3",
        "SELECT * FROM figures.recommended_places WHERE application_id = 3",
        "SELECT * FROM figures.decisions WHERE application_id = 3",
        "SELECT * FROM figures.corrections WHERE application_id = 3 AND field <> 'requested_pence'",
        "SELECT * FROM figures.chair_decisions WHERE application_id = 3",
        "SELECT * FROM locks.ranked()",
        "SELECT beneficiaries FROM figures.applications WHERE id = 3 AND beneficiaries IS NOT NULL",
        "SELECT * FROM figures.applications WHERE id = 3 AND (summary <> '' OR answers <> '[]')",
    ],
)
def test_a_member_reads_no_mark_or_figure_of_what_they_declared_an_interest_in(statement: str) -> None:
    with signed_on("mo", marked()) as connection:
        assert connection.execute(statement).fetchall() == []


def test_a_chair_with_an_interest_moves_an_area_on_from_its_meeting(database: str) -> None:
    prepare(database, "INSERT INTO interests VALUES (90, 1, 4, 'pecuniary', '2026-11-03')")
    with opened("cara", database) as record:
        moved = MoveAreas(1, ("Dudley",), "recommending", "One was left.", minds_items=True)
        record.perform(moved, Actor("Cara Chair", Role.CHAIR))
        assert [area.stage for area in record.ask(lambda session: round_line(session, 1)).areas] == [
            "meeting",
            "recommending",
        ]


HALF_SIGNED = """
    UPDATE recommendations SET outcome = 'fund', amount_pence = 100000 * application_id;
    INSERT INTO recommendation_signatures
        SELECT id, 'Cara Chair', '2026-12-02', '2026-12-02T10:00:00.000000Z' FROM applications;
    UPDATE areas SET stage = 'deciding';
    INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, legal_power,
        is_from_paper, recorded_by, recorded_at)
    VALUES (1, 1, 0, {last}, 'post', 'Cole Commander', '2026-12-02', 'none', '', false, 'x',
        '2026-12-02T10:00:00.000000Z');
    INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, reason,
        change_reason, conditions, is_exception)
    SELECT id, 1, id, 'agree', 'fund', 100000 * id, '', '', '[]', false FROM applications
"""
"""One of two signed £1,000 for the first application, £2,000 for the second, and so on; or all have."""


@pytest.mark.parametrize(("last", "adds", "without"), [("false", 800_000, ("ACF-002",)), ("true", 0, ())])
def test_sums_leave_out_what_is_proposed_for_what_is_closed_until_it_is_decided(
    last: str, adds: int, without: tuple[str, ...]
) -> None:
    def budget(session: Session, viewer: Viewer) -> FundBudget:
        with with_sums_for(session, viewer):
            return round_budget(session, 1)

    database = changed_copy(marked(), SIGNED, HALF_SIGNED.format(last=last))
    prepare(database)
    try:
        with opened("ivy", database) as record:
            told = record.ask(lambda session: budget(session, IVY))
            counted = record.ask(lambda session: round_budget(session, 1))
        with opened("olive", database) as record:
            whole = record.ask(lambda session: budget(session, Viewer("Olive Officer")))
    finally:
        cluster().drop(database)

    every = 1_000_000 if adds else 0  # 1,000 + 2,000 + 3,000 + 4,000
    assert (sum(one.adds_pence for one in told.areas), told.without) == (adds, without)
    assert sum(one.adds_pence for one in counted.areas) == every
    assert (sum(one.adds_pence for one in whole.areas), whole.without) == (every, ())
