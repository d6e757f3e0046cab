"""Setting a round up: its name, marking, rule for reasons; areas with dates, pots and stages; what stays."""

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.applications.applications import ImportApplications, RemoveApplications
from models.operations.deciding.challenges import SetChallenge
from models.operations.panel.meetings import SetMeetingHeld, has_meeting
from models.operations.panel.members import EditMember
from models.operations.panel.sheets import HandIn, HandInSheets, SetMark, SetReason
from models.operations.papers import IssuePaper
from models.operations.set_up.areas import AddArea, MoveAreas, RemoveArea, RenameArea, SetAreaDates, SetPot
from models.operations.set_up.load import LoadRound, RemoveRound
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import SetMarking, SetReasonRule, StartRound
from models.queries.panel.panel import member_details
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round, round_line, rounds
from models.record import Record
from models.values.rounds import AreaDates, Intake, MeetingHeld, ReasonRule, RoundKey
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.written.text import A_FEW, Refused
from tests.entitled import put
from tests.models.operations.awards.proposals import direct, propose
from tests.models.operations.deciding.challenged import APPEAL
from tests.models.operations.meetings import CHAIR
from tests.models.operations.test_papers import issue
from tests.models.operations.test_undone_truly import tables
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    load,
    only_round,
    reader,
    refused,
    refuses,
    set_up_office,
    set_up_round,
    undo,
    workbook_rows,
)
from tests.models.spellings import EACH_WAY, spellings


def set_up(record: Record, name: str, year: str = KEY.year) -> None:
    record.perform(set_up_round(RoundKey(KEY.fund, year, name), ("Coventry",)), OFFICER)


@pytest.mark.parametrize(("name", "other"), EACH_WAY)
def test_no_round_is_made_beside_one_of_its_name(office: Record, name: str, other: str) -> None:
    set_up(office, name)
    key = RoundKey("ACF", KEY.year, other)
    makings: tuple[Operation, ...] = (
        set_up_round(key, ("Coventry",)),
        StartRound(key, (Area("Coventry", 100),), 3, AreaDates()),
        LoadRound(replace(workbook_rows(), name=other)),
        ImportApplications(key, (application(1),), ("Coventry",)),
    )

    for making in makings:
        with pytest.raises(Refused, match="is the same name in other letters") as refused:
            office.perform(making, OFFICER)
        assert f"“{name}” in 2026/27" in str(refused.value)

    assert [line.name for line in office.ask(rounds)] == [name]

    # A round is found however its name is typed.
    set_up(office, f"{name} 2")
    assert office.ask(lambda s: find_round(s, other)) == 1


SENSITIVE = SetMarking(1, "OFFICIAL-SENSITIVE", "OFFICIAL")


REQUIRED = SetReasonRule(1, ReasonRule.REQUIRED, ReasonRule.ASKED)


def explain(record: Record, reference: str, code: str, text: str) -> None:
    put(record, SetReason(1, "M1", reference, code, text, ""))


def test_a_sheet_without_a_required_reason_is_not_handed_in(scoring: Record) -> None:
    scoring.perform(REQUIRED, OFFICER)
    for code in ("A1", "A2", "A6"):
        put(scoring, SetMark(1, "M1", "ACF-001", code, 3, None))
    explain(scoring, "ACF-001", "A2", "clear measures")

    refused("No reason yet on A1, A6 of ACF-001", put, scoring, HandIn(1, "M1", "ACF-001"))
    explain(scoring, "ACF-001", "A1", "asked by tenants")
    explain(scoring, "ACF-001", "A6", "three quotes")
    put(scoring, HandInSheets(1, "M1", ("ACF-001",)))
    loosened = SetReasonRule(1, ReasonRule.ASKED, ReasonRule.REQUIRED)
    refuses(scoring, "already under this rule for reasons", loosened)


def purpose(reference: str, text: str) -> SetPaperTexts:
    return SetPaperTexts(1, "publication", reference, (("purpose", text),))


def to_hear_by(day: str) -> SetPaperTexts:
    return SetPaperTexts(1, "letters", "ACF-001", (("answer_by", day),))


EARLY = replace(APPEAL, received_on=date(2026, 11, 2))
HELD = MeetingHeld(date(2026, 11, 2), "10:00", "12:30", "Example House")


def test_a_round_is_removed_once_nothing_hangs_on_it(record: Record) -> None:
    load(record)
    challenged = record.perform(SetChallenge(1, "ACF-001", 1, EARLY, None), OFFICER)
    refuses(record, "A challenge on ACF-001 in the round", RemoveRound(1, ""))
    undo(record, challenged)
    met = record.perform(SetMeetingHeld(1, "Coventry", HELD, None), OFFICER)
    assert record.ask(lambda session: has_meeting(session, 1))
    refuses(record, "The minutes of Coventry in the round", RemoveRound(1, ""))
    undo(record, met)

    record.perform(RemoveRound(1, ""), OFFICER)


def test_an_application_that_is_challenged_and_an_area_that_met_stay(taken_in: Record) -> None:
    refuses(taken_in, "still being set up", MoveAreas(1, ("Dudley",), "scoring"), CHAIR)
    taken_in.perform(SetChallenge(1, "ACF-002", 1, EARLY, None), OFFICER)
    refuses(taken_in, "A challenge is recorded on ACF-002", RemoveApplications(1, ("ACF-001", "ACF-002")))

    taken_in.perform(RemoveApplications(1, ("ACF-001",)), OFFICER)

    taken_in.perform(AddArea(1, Area("Solihull", 100)), OFFICER)
    met = taken_in.perform(SetMeetingHeld(1, "Solihull", HELD, None), OFFICER)

    refuses(taken_in, "The minutes of Solihull say of its meeting", RemoveArea(1, "Solihull"))

    undo(taken_in, met)
    taken_in.perform(RemoveArea(1, "Solihull"), OFFICER)


def test_a_proposed_award_that_is_challenged_stays(record: Record) -> None:
    proposed = propose(set_up_office(record))
    record.perform(SetChallenge(direct(record), "ACF-D26-001", 1, EARLY, None), OFFICER)

    refused("A challenge on ACF-D26-001 is recorded", undo, record, proposed)


MEMBER = Actor("Ann Sample", "member")
NO_DATES = AreaDates()
DATES = AreaDates(date(2026, 9, 1), date(2026, 10, 30), date(2026, 11, 26), date(2026, 12, 2))
SANDWELL = Area("Sandwell", 3_800_000, 200_000, 100_000)
START = StartRound(KEY, (Area("Coventry", 4_800_000), SANDWELL), 2, DATES)


DUDLEY = Area("Dudley", 1_000_000, 100_000, 5_000)
RICHER = Area("Dudley", 1_500_000, 0, 0)


def test_an_area_takes_applications_from_its_first_to_its_last_day() -> None:
    for dates, today, intake in (
        (NO_DATES, date(2026, 9, 1), Intake.OPEN),
        (DATES, date(2026, 8, 31), Intake.NOT_YET),
        (DATES, date(2026, 9, 1), Intake.OPEN),
        (DATES, date(2026, 10, 30), Intake.OPEN),
        (DATES, date(2026, 10, 31), Intake.CLOSED),
        (replace(DATES, allocated_on=date(2026, 10, 1)), date(2026, 9, 30), Intake.OPEN),
        (replace(DATES, allocated_on=date(2026, 10, 1)), date(2026, 10, 1), Intake.ALLOCATED),
    ):
        assert dates.intake(today) is intake


def test_a_change_to_a_round_that_may_not_be_is_refused(loaded: Record) -> None:
    for operation, actor, words in (
        (AddArea(1, Area("  ", 0)), OFFICER, "needs a name"),
        (AddArea(1, Area("dudley", 0)), OFFICER, "already"),
        (AddArea(1, Area("Sandwell", -1)), OFFICER, "cannot be below"),
        (AddArea(1, SANDWELL), MEMBER, "An officer or the chair adds an area, not the member"),
        (AddArea(9, SANDWELL), OFFICER, "no longer in the record"),
        (RemoveArea(1, "Dudley"), OFFICER, "Dudley has 1 application[.]"),
        (RemoveArea(1, "Sandwell"), OFFICER, "no area Sandwell"),
        (RenameArea(1, "Dudley", "Coventry"), OFFICER, "already"),
        (SetAreaDates(1, "Dudley", DATES, DATES), OFFICER, "changed in the meantime"),
        (
            SetAreaDates(1, "Dudley", replace(DATES, meets_on=date(2026, 11, 1)), NO_DATES),
            OFFICER,
            "Dudley: the panel meets before marks close",
        ),
        (SetPot(1, replace(RICHER, committed_pence=-1), DUDLEY), OFFICER, "cannot be below"),
        (SetPot(1, RICHER, RICHER), OFFICER, "changed in the meantime"),
        (SetPot(1, Area("Walsall", 1), Area("Walsall", 0)), OFFICER, "no area Walsall"),
        (SetPot(9, RICHER, DUDLEY), OFFICER, "no longer in the record"),
        (MoveAreas(1, (), "scoring"), CHAIR, "at least one area"),
        (
            MoveAreas(1, ("Dudley",), "scoring"),
            OFFICER,
            r"Only the chair moves an area on, not the officer\. The chair is Ravi Example",
        ),
        (MoveAreas(1, ("Dudley",), "meeting"), CHAIR, "one after the other"),
        (MoveAreas(1, ("Dudley",), "intake"), CHAIR, "one after the other"),
        (MoveAreas(1, ("Dudley",), "lunch"), CHAIR, "“lunch” is not one of"),
        (MoveAreas(1, ("Walsall",), "scoring"), CHAIR, "no area Walsall"),
        (RemoveRound(9, ""), OFFICER, "no longer in the record"),
        (SENSITIVE, Actor("Tom Hale", "member"), "An officer or the chair sets the marking of a round"),
        (SetMarking(1, "SECRET", "OFFICIAL"), OFFICER, "“SECRET” is not a marking. Choose OFFICIAL or"),
        (SetMarking(1, "OFFICIAL", "OFFICIAL-SENSITIVE"), OFFICER, "changed in the meantime"),
        # words that no paper has room or a field for
        (purpose("ACF-001", "x" * (A_FEW + 1)), OFFICER, "at most 400 letters; this one has 401"),
        (purpose("ACF-999", "x"), OFFICER, "ACF-999"),
        (to_hear_by("20 January"), OFFICER, "By which day they hear: “20 January” has no year"),
        (to_hear_by("soon"), OFFICER, "“soon” is not a date"),
        (SetPaperTexts(1, "notice", "", (("price", "x"),)), OFFICER, "The notice has no field “price”"),
        (SetPaperTexts(1, "finance", "", (("price", "x"),)), OFFICER, "The finance has no words of its own"),
    ):
        refuses(loaded, words, operation, actor)


def test_a_round_that_cannot_be_started_is_refused(office: Record) -> None:
    for operation, actor, words in (
        (START, MEMBER, "An officer or the chair starts a round, not the member"),
        (replace(START, round=RoundKey("ACF", "2026/27", " ")), OFFICER, "needs a name"),
        (replace(START, round=RoundKey("Moon Fund", "2026/27", "Autumn")), OFFICER, "no fund Moon Fund"),
        (replace(START, areas=()), OFFICER, "needs an area"),
        (replace(START, areas=(SANDWELL, SANDWELL)), OFFICER, "already"),
        (replace(START, quorum=0), OFFICER, "quorum"),
        (replace(START, dates=replace(DATES, closes_on=date(2026, 8, 1))), OFFICER, "close before"),
        (replace(START, round=RoundKey("CSF", "2026/27", "Autumn")), OFFICER, "has no panel"),
    ):
        refuses(office, words, operation, actor)
    # It is set up once, and its last area stays.
    office.perform(replace(START, areas=(SANDWELL,)), OFFICER)
    refuses(office, "there already", START)

    refuses(office, "only area", RemoveArea(1, "Sandwell"))

    set_up(office, "Autumn", "")

    refused("a round “Autumn”, and “AUTUMN” is the same name", set_up, office, spellings("Autumn")[0], "")


def stage(record: Record, name: str) -> str:
    return next(area.stage for area in record.ask(rounds)[0].areas if area.name == name)


def test_the_chair_moves_an_area_on_and_back_with_a_reason(loaded: Record) -> None:
    loaded.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)

    refuses(loaded, "Say why Dudley goes back", MoveAreas(1, ("Dudley",), "intake", " "), CHAIR)
    assert (stage(loaded, "Dudley"), stage(loaded, "Coventry")) == ("scoring", "intake")
    for area in (SANDWELL, Area("Solihull", 1)):
        loaded.perform(AddArea(1, area), OFFICER)
    undo(loaded, loaded.perform(RemoveArea(1, "Sandwell"), OFFICER))
    assert [area.name for area in only_round(loaded).areas] == ["Dudley", "Coventry", "Sandwell", "Solihull"]
    loaded.perform(MoveAreas(1, ("Sandwell",), "scoring"), CHAIR)
    refuses(loaded, "past intake", RemoveArea(1, "Sandwell"))
    outcome = loaded.perform(MoveAreas(1, ("Dudley",), "intake", "two more came by post"), CHAIR)
    assert stage(loaded, "Dudley") == "intake"
    assert outcome.inverse is None
    assert MoveAreas.is_barrier


def narrow(record: Record, *areas: str) -> None:
    stands = record.ask(partial(member_details, round_id=1, code="M1"))
    record.perform(EditMember(1, replace(stands, areas=areas), stands), OFFICER)


def references(record: Record) -> list[str]:
    return [
        line.reference for line in record.ask(partial(score_sheets, round_id=1, viewer=reader("M1"))).lines
    ]


def test_a_member_is_shown_and_counted_for_the_sheets_of_the_own_areas_alone(
    scoring: Record,
) -> None:
    everywhere = references(scoring)
    narrow(scoring, "Dudley")
    dudley = references(scoring)
    scoring.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)
    board = scoring.ask(partial(panel_board, round_id=1))
    quorum = {line.reference: line.members for line in board.quorum if line.reference}
    assert quorum == {"ACF-002": 3, "ACF-001": 2, "ACF-004": 2}
    assert {row.details.code: row.sheets for row in board.members} == {"M1": 1, "M2": 2, "M3": 3}
    narrow(scoring)
    put(scoring, SetMark(1, "M1", "ACF-001", "A1", 3, None))
    narrow(scoring, "Dudley")

    assert everywhere == ["ACF-002", "ACF-004", "ACF-001"], "in their own order"
    assert dudley == ["ACF-002"]
    assert references(scoring) == ["ACF-002"], "what was begun elsewhere is kept, and shown to nobody"

    # A round goes with the areas its members serve.
    scoring.perform(RemoveRound(1, ""), OFFICER)
    assert tables(scoring)["member_areas"] == []


def test_the_ranking_counts_no_sheet_from_outside_the_members_areas(scoring: Record) -> None:
    before = rank(scored_round(scoring.ask(partial(round_rows, round_id=1))))
    for code, mark in (("A1", 4), ("A2", 3), ("A6", 5)):
        put(scoring, SetMark(1, "M1", "ACF-001", code, mark, None))
    put(scoring, HandIn(1, "M1", "ACF-001"))
    assert rank(scored_round(scoring.ask(partial(round_rows, round_id=1)))) != before

    narrow(scoring, "Dudley")

    assert rank(scored_round(scoring.ask(partial(round_rows, round_id=1)))) == before
    board = scoring.ask(partial(panel_board, round_id=1))
    assert next(line.members for line in board.quorum if line.reference == "ACF-001") == 2
    # An area that somebody serves is renamed, and not taken out.
    narrow(scoring, "Coventry")
    scoring.perform(RenameArea(1, "Coventry", "Coventry city"), OFFICER)

    assert scoring.ask(partial(member_details, round_id=1, code="M1")).areas == ("Coventry city",)

    rows = only_round(scoring)
    scoring.perform(ReplaceRound(1, replace(rows, areas=(*rows.areas, Area("Walsall", 1)))), OFFICER)
    narrow(scoring, "Walsall")
    refuses(scoring, "M1 serve Walsall", RemoveArea(1, "Walsall"))


def test_papers_are_marked_as_set_and_what_an_issued_paper_bears_stays(loaded: Record) -> None:
    outcome = loaded.perform(SENSITIVE, OFFICER)
    assert loaded.ask(lambda session: round_line(session, 1)).marking == "OFFICIAL-SENSITIVE"
    undo(loaded, outcome)

    assert outcome.words == "Papers of this round are marked OFFICIAL-SENSITIVE."
    assert SENSITIVE.label == "Mark the round OFFICIAL-SENSITIVE"
    issue(loaded, '{"of":1}')
    refuses(loaded, "was issued under its marking, so the marking stays", SENSITIVE)

    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # SHA-256 of "{}"
    loaded.perform(IssuePaper("schedule", 1, "", "{}", digest, "", 1, "00" * 32), OFFICER)

    refuses(loaded, "A paper was issued with the name Dudley", RenameArea(1, "Dudley", "Brierley"))
