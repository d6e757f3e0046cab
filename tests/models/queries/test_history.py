"""The journal in plain sentences, and what a check finds when a table was changed past the rules."""

import re
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import Insert, Update, insert, update

from models.journal.verify import STANDING_RULES
from models.operation import Actor
from models.operations.applications.gates import SetGate
from models.operations.deciding.chair_decisions import DecideTie
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.members import Declare, DeclareToSign
from models.operations.panel.sheets import HandIn, SetMark, SetReason
from models.operations.papers import IssuePaper
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import DECLARE_FIRST, YOU_DECLARED, Viewer
from models.queries.history import CLOSED, EARLY, NOT_YET, OTHERS, UNREADABLE, HistoryLine, history
from models.record import Record
from models.schema.applications import application_table
from models.schema.deciding import recommendation_table
from models.schema.panel import agreed_mark_table, mark_table, sheet_table
from models.schema.papers import paper_issue_table
from models.schema.set_up import round_table, scheme_table
from models.session import Session
from models.store.chain import Entry
from models.values import canonical
from models.values.recommending import RecommendationRow
from models.values.rows import InterestRow, MemberRow
from scoring.round import InterestKind
from tests.entitled import put
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.rounds import OFFICER, load, set_up_office, workbook_rows

CHAIR = Actor("Ravi Example", "chair")
AT = datetime(2026, 11, 3, tzinfo=UTC)
ANN = Actor("Ann Sample", "member")
OF_NO_ROUND = IssuePaper("tables", None, "", "{}", "ab", "", 7, "cd")


def _told(record: Record, member: str | None) -> tuple[HistoryLine, ...]:
    return record.ask(lambda session: history(session, Viewer("", member=member)))


def _scored(record: Record) -> Record:
    """A round in which Ann gives two marks on one application and Ravi one on another."""
    load(set_up_office(record), BARE)
    for member in ("M1", "M2"):
        record.perform(Declare(1, member, (InterestRow(member, None, InterestKind.NONE),)), OFFICER)
    record.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)
    record.perform(SetMark(1, "M1", "ACF-002", "A1", 3, None), ANN)
    record.perform(SetMark(1, "M1", "ACF-002", "A1", 4, 3), ANN)
    return record


BARE = replace(workbook_rows(), interests=(), sheets=(), agreed=(), not_applicable=(), chair_decisions=())
"""A round in which nobody declared or scored."""


def test_before_the_meeting_no_mark_is_told_nor_a_recommendation_to_a_member_whose_sheet_is_not_in(
    record: Record,
) -> None:
    _scored(record)
    record.perform(SetReason(1, "M1", "ACF-002", "A1", "Strong evidence", ""), ANN)
    for line in _told(record, None)[:3]:
        assert (line.name, line.application, line.detail) == ("Ann Sample", "ACF-002", NOT_YET)
    assert "Strong evidence" not in repr(_told(record, None))
    why = "below threshold: total 53.00 is below the minimum of 60.00"
    record.perform(RecordRecommendations(1, (RecommendationRow("ACF-002", "decline", None, why),)), CHAIR)
    early = _told(record, "M1")[0]
    assert (early.words, early.detail, early.application) == (EARLY, "", "ACF-002")
    assert _told(record, None)[0].detail == why

    record.perform(MoveAreas(1, ("Dudley",), "meeting"), CHAIR)

    assert _told(record, "M1")[1].detail == why
    assert [line.detail for line in _told(record, None)[2:5]] == [
        "Strong evidence (was nothing)",
        "4 (was 3)",
        "3 (was nothing)",
    ]


def test_a_member_is_told_of_others_marks_after_handing_in_alone(record: Record) -> None:
    _scored(record)
    assert _told(record, "M1")[0].words == "Marked A1 of ACF-002"
    assert _told(record, "M2")[0].words == OTHERS
    assert _told(record, "M2")[0].name == "A member"

    for criterion in ("A1", "A2", "A6"):
        put(record, SetMark(1, "M2", "ACF-002", criterion, 2, None))
    put(record, HandIn(1, "M2", "ACF-002"))

    assert OTHERS not in {line.words for line in _told(record, "M2")}

    # The same code in another round is another person.
    rows = replace(BARE, name="Spring", members=(MemberRow("M1", "Una Known"),))
    load(record, rows)

    una = record.ask(lambda session: history(session, Viewer("Una Known", member="M1")))
    ann = record.ask(lambda session: history(session, Viewer("ann  sample", member=None)))

    marks = [line for line in una if line.kind == "set mark"]
    assert {(line.name, line.words) for line in marks} == {("A member", OTHERS)}
    own = [line.detail for line in ann if line.kind == "set mark" and line.name == "Ann Sample"]
    assert own == ["4 (was 3)", "3 (was nothing)"]


def test_nothing_of_an_application_is_told_before_a_member_or_signer_declares(record: Record) -> None:
    load(set_up_office(record), BARE)
    record.perform(SetGate(1, "ACF-001", "cap", "waived", "a pilot"), OFFICER)

    def newest(name: str, role: str) -> HistoryLine:
        return record.ask(lambda session: history(session, Viewer(name, role)))[0]

    ann = newest("Ann Sample", "member")
    assert (ann.words, ann.detail) == (f"{DECLARE_FIRST}.", "")
    assert "a pilot" in newest("Ann Sample", "officer").detail  # who sits there and is an officer, too
    assert newest("Ravi Example", "chair").words == f"{DECLARE_FIRST}."
    put(record, Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE),)))
    assert "a pilot" in record.ask(lambda session: history(session, Viewer("Ann Sample", "member")))[1].detail

    # Nor to who signs.
    record.perform(GiveRole(1, "Sal Signs", "commander"), OFFICER)
    own = InterestRow("Sal Signs", "ACF-001", InterestKind.PECUNIARY, "x")

    def words() -> set[str]:
        return {line.words for line in record.ask(lambda s: history(s, Viewer("Sal Signs", "commander")))}

    assert f"{DECLARE_FIRST}." in words()
    put(record, DeclareToSign(1, "Sal Signs", (replace(own, application="ACF-002"),)))
    assert f"{DECLARE_FIRST}." not in words()
    put(record, DeclareToSign(1, "Sal Signs", (own,), undoes=True))
    assert f"{YOU_DECLARED}." in words()


def test_what_holds_several_applications_is_closed_until_a_member_declares(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of a tie that was put back named them, and recommendations on several were counted."""
    load(set_up_office(record), BARE)
    items = tuple(RecommendationRow(of, "decline", None, "Late.") for of in ("ACF-001", "ACF-002"))
    both = (RecordRecommendations(1, items), DecideTie(1, ("ACF-002", "ACF-001"), "", is_back=True))
    made = [Entry(number, AT, CHAIR, one.kind, canonical.to_text(one)) for number, one in enumerate(both, 1)]
    monkeypatch.setattr("models.queries.history.entries", lambda session: made)

    def words() -> set[str]:
        return {line.words for line in record.ask(lambda s: history(s, Viewer("Ann Sample", "member")))}

    assert words() == {f"{DECLARE_FIRST}."}
    put(record, Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE),)))
    assert "Put the tie of ACF-002, ACF-001 back" in words()
    put(record, Declare(1, "M1", (InterestRow("M1", "ACF-002", InterestKind.PECUNIARY),)))
    assert "Put the tie of ACF-002, ACF-001 back" not in words(), "it names what is closed to them"


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        (
            "set reason",
            '{"application":["W-001"],"criterion":"A1","member":"NAIR","round_id":1,"text":""}',
            UNREADABLE,
        ),
        ("change budget", '{"items":"x","why":[]}', UNREADABLE),
        ("unheard of", "{}", "Unheard of"),
    ],
)
def test_a_row_that_nobody_can_read_is_told_as_such_beside_the_others(
    kind: str, body: str, words: str, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Entry(1, AT, CHAIR, "make record", None), Entry(2, AT, CHAIR, kind, body)]
    monkeypatch.setattr("models.queries.history.entries", lambda session: iter(rows))

    assert [line.words for line in _told(record, None)] == [words, CLOSED]


def test_no_row_is_told_as_the_program_keeps_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Entry(1, AT, CHAIR, one.kind, canonical.to_text(one)) for one in (*EXAMPLES, OF_NO_ROUND)]
    monkeypatch.setattr("models.queries.history.entries", lambda session: iter(rows))

    told = [f"{line.words}: {line.detail}" for line in _told(record, None)]

    assert not [words for words in told if re.search(r"\w\(|[][{}]", words)]
    assert any("Passed, 2 December 2026, another body (was nothing)" in words for words in told)


def test_one_recommendation_says_what_why_and_on_which_and_stays_closed_to_who_declared(
    record: Record,
) -> None:
    load(set_up_office(record))  # M2 has an interest in ACF-001
    lines = (RecommendationRow("ACF-001", "part_fund", 90_000, "it fits"),)
    put(record, RecordRecommendations(1, lines))

    told = _told(record, None)[0]
    assert (told.words, told.detail) == ("Recommended part-fund £900.00 on ACF-001", "it fits")
    assert told.application == "ACF-001"
    closed = _told(record, "M2")[0]
    assert "900" not in closed.words + closed.detail
    assert closed.words.startswith("You declared an interest")


def broken(record: Record, *statements: Update | Insert) -> dict[str, str]:
    """Return what each broken rule says once the tables are tampered with; none of it stays."""

    def check(session: Session) -> dict[str, str]:
        for statement in statements:
            session.execute(statement)
        found = {rule.name: next(rule.broken(session), "") for rule in STANDING_RULES}
        return {name: words for name, words in found.items() if words}

    return record.ask(check)


PAST_THE_RULES = (
    (
        update(mark_table).where(mark_table.c.mark == 4).values(mark=6),
        "marks",
        "ACF-001 has 6 on A1, above 5",
    ),
    (
        update(agreed_mark_table).where(agreed_mark_table.c.criterion == "A6").values(criterion="Z"),
        "marks",
        "ACF-001 has a mark on Z, which is not judged",
    ),
    (
        update(sheet_table).where(sheet_table.c.id == 1).values(application_id=6),
        "sheets",
        "M1 has a sheet for ACF-003, an application of another round",
    ),
    (
        update(application_table).where(application_table.c.id == 1).values(area_id=3),
        "areas",
        "ACF-002 is of the area Dudley of another round",
    ),
    (
        update(scheme_table).where(scheme_table.c.id == 1).values(frozen_at=None),
        "published",
        "“Autumn” is open, but its scheme is not published",
    ),
    (
        update(recommendation_table).values(amount_pence=100_001),
        "recommended",
        "ACF-001 is recommended £1,000.01, over the £1,000.00 requested",
    ),
)


@pytest.mark.of_a_file
def test_a_record_breaks_no_rule_and_a_change_past_the_rules_is_named(record: Record) -> None:
    """It has two rounds and a recommendation."""
    rows = workbook_rows()
    load(set_up_office(record))
    load(record, type(rows)(rows.fund, "Spring", rows.year, rows.scheme, rows.areas, rows.applications))
    items = (RecommendationRow("ACF-001", "fund", 100_000, "fits"),)
    record.perform(RecordRecommendations(1, items), OFFICER)
    for statement, rule, words in PAST_THE_RULES:
        assert words in broken(record, statement)[rule]
    assert broken(record) == {}

    # So is a scheme or issue that was changed.
    scheme = update(scheme_table).where(scheme_table.c.round_id == 1)
    schedule = {"round_id": 1, "paper": "schedule", "scope": "1", "version": 3, "subject": "", "control": ""}
    content = {"content": "{}", "sha256": "00" * 32, "after_row": 1, "after_head": "00" * 32}
    found = broken(
        record,
        update(round_table).where(round_table.c.id == 2).values(stage="set up"),
        scheme.values(frozen_at=None, scale_maximum=1),
        insert(paper_issue_table).values(id=1, issued_by="x", issued_at=AT, **schedule, **content),
    )
    assert "The round “Autumn”: A1" in found["schemes"]
    assert found["issues"] == "Version 3 of the award schedule is not what was issued."
