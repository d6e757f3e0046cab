"""Areas with their dates, pots and stages, whom they are served by, and starting a round with all of them."""

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.panel.members import AddMember, EditMember, RemoveMember
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.papers import IssuePaper
from models.operations.set_up.areas import AddArea, MoveAreas, RemoveArea, RenameArea, SetAreaDates, SetPot
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import StartRound
from models.queries.panel.panel import MemberDetails, member_details
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.round_facts import areas, round_rows
from models.queries.set_up.rounds import area_dates, rounds, scheme
from models.record import Record
from models.values.rounds import AreaDates, Intake, RoundKey
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.panel.test_marks import CHAIR as RAVI
from tests.models.operations.test_undone_truly import tables
from tests.models.rounds import (
    KEY,
    OFFICER,
    SCHEME,
    load,
    reader,
    refused,
    set_up_office,
    undo,
    workbook_rows,
)

CHAIR = Actor("Ravi Example", "chair")
MEMBER = Actor("Ann Sample", "member")
NO_DATES = AreaDates()
DATES = AreaDates(date(2026, 9, 1), date(2026, 10, 30), date(2026, 11, 26), date(2026, 12, 2))
SANDWELL = Area("Sandwell", 3_800_000, 200_000, 100_000)
START = StartRound(KEY, (Area("Coventry", 4_800_000), SANDWELL), 2, DATES)


DUDLEY = Area("Dudley", 1_000_000, 100_000, 5_000)
RICHER = Area("Dudley", 1_500_000, 0, 0)


def names(record: Record) -> list[str]:
    return [area.name for area in record.ask(lambda session: areas(session, 1))]


def empty_areas() -> RoundRows:
    """Return the round with two areas that no application is of, one before and one after the others."""
    rows = workbook_rows()
    return replace(rows, areas=(Area("Walsall", 1), *rows.areas, SANDWELL))


def test_an_area_is_added_where_it_is_wanted_and_taken_out_again(loaded: Record) -> None:
    outcome = loaded.perform(AddArea(1, SANDWELL, 1, DATES), OFFICER)
    assert names(loaded) == ["Dudley", "Sandwell", "Coventry"]
    assert loaded.ask(lambda session: area_dates(session, 1))["Sandwell"] == DATES

    undo(loaded, outcome)
    assert names(loaded) == ["Dudley", "Coventry"]
    loaded.perform(AddArea(1, SANDWELL), OFFICER)
    assert names(loaded) == ["Dudley", "Coventry", "Sandwell"]


def test_an_area_without_applications_is_removed_and_put_back_with_its_dates(record: Record) -> None:
    load(set_up_office(record), empty_areas())
    record.perform(SetAreaDates(1, "Walsall", DATES, NO_DATES), OFFICER)

    outcome = record.perform(RemoveArea(1, "Walsall"), OFFICER)
    assert names(record) == ["Dudley", "Coventry", "Sandwell"]

    undo(record, outcome)
    assert names(record) == ["Walsall", "Dudley", "Coventry", "Sandwell"]
    assert record.ask(lambda session: area_dates(session, 1))["Walsall"] == DATES


def test_an_area_is_renamed_with_its_applications_and_the_name_is_free_again(loaded: Record) -> None:
    outcome = loaded.perform(RenameArea(1, "Dudley", "Dudley and Stourbridge"), OFFICER)
    loaded.perform(AddArea(1, Area("Dudley", 0)), OFFICER)
    assert names(loaded) == ["Dudley and Stourbridge", "Coventry", "Dudley"]

    loaded.perform(RemoveArea(1, "Dudley"), OFFICER)
    undo(loaded, outcome)
    assert names(loaded) == ["Dudley", "Coventry"]


def test_dates_are_set(loaded: Record) -> None:
    loaded.perform(SetAreaDates(1, "Dudley", DATES, NO_DATES), OFFICER)
    assert loaded.ask(lambda session: area_dates(session, 1)) == {"Dudley": DATES, "Coventry": NO_DATES}


@pytest.mark.parametrize(
    ("dates", "today", "intake"),
    [
        (NO_DATES, date(2026, 9, 1), Intake.OPEN),
        (DATES, date(2026, 8, 31), Intake.NOT_YET),
        (DATES, date(2026, 9, 1), Intake.OPEN),
        (DATES, date(2026, 10, 30), Intake.OPEN),
        (DATES, date(2026, 10, 31), Intake.CLOSED),
        (replace(DATES, allocated_on=date(2026, 10, 1)), date(2026, 9, 30), Intake.OPEN),
        (replace(DATES, allocated_on=date(2026, 10, 1)), date(2026, 10, 1), Intake.ALLOCATED),
    ],
)
def test_an_area_takes_applications_from_its_first_to_its_last_day(
    dates: AreaDates, today: date, intake: Intake
) -> None:
    assert dates.intake(today) is intake


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
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
    ],
)
def test_a_change_to_areas_that_may_not_be_is_refused(
    loaded: Record, operation: Operation, actor: Actor, words: str
) -> None:
    refused(words, loaded.perform, operation, actor)


def test_an_area_past_intake_stays(record: Record) -> None:
    load(set_up_office(record), empty_areas())
    record.perform(MoveAreas(1, ("Sandwell",), "scoring"), CHAIR)

    refused("past intake", record.perform, RemoveArea(1, "Sandwell"), OFFICER)


def test_the_last_area_stays(office: Record) -> None:
    office.perform(replace(START, areas=(SANDWELL,)), OFFICER)

    refused("only area", office.perform, RemoveArea(1, "Sandwell"), OFFICER)


def test_a_name_that_an_issued_schedule_prints_stays(loaded: Record) -> None:
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # SHA-256 of "{}"
    loaded.perform(IssuePaper("schedule", 1, "", "{}", digest, "", 1, "00"), OFFICER)

    with pytest.raises(Refused, match="A paper was issued with the name Dudley"):
        loaded.perform(RenameArea(1, "Dudley", "Brierley"), OFFICER)


def test_a_round_starts_with_pots_quorum_and_dates_in_one_change(office: Record) -> None:
    outcome = office.perform(START, OFFICER)

    # £48,000 and £38,000 make £86,000.
    assert outcome.words.endswith("2 areas with £86,000 in their pots.")
    assert office.ask(rounds)[0].stage == "set up"
    assert office.ask(lambda session: areas(session, 1)) == START.areas
    assert office.ask(lambda session: scheme(session, 1)) == replace(SCHEME, quorum=2)
    assert office.ask(lambda session: area_dates(session, 1)) == {"Coventry": DATES, "Sandwell": DATES}
    undo(office, outcome)
    assert office.ask(rounds) == ()


def test_a_round_of_one_area_is_not_one_of_areas(office: Record) -> None:
    outcome = office.perform(replace(START, areas=START.areas[:1]), OFFICER)

    assert outcome.words.endswith(" is set up: £48,000 in its pot.")


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (START, MEMBER, "An officer or the chair starts a round, not the member"),
        (replace(START, round=RoundKey("ACF", "2026/27", " ")), OFFICER, "needs a name"),
        (replace(START, areas=()), OFFICER, "needs an area"),
        (replace(START, areas=(SANDWELL, SANDWELL)), OFFICER, "already"),
        (replace(START, quorum=0), OFFICER, "quorum"),
        (replace(START, dates=replace(DATES, closes_on=date(2026, 8, 1))), OFFICER, "close before"),
        (replace(START, round=RoundKey("CSF", "2026/27", "Autumn")), OFFICER, "has no panel"),
    ],
)
def test_a_round_that_cannot_be_started_is_refused(
    office: Record, operation: StartRound, actor: Actor, words: str
) -> None:
    refused(words, office.perform, operation, actor)


def stage(record: Record, name: str) -> str:
    return next(area.stage for area in record.ask(rounds)[0].areas if area.name == name)


def test_a_pot_is_set(loaded: Record) -> None:
    loaded.perform(SetPot(1, RICHER, DUDLEY), OFFICER)
    assert loaded.ask(lambda s: areas(s, 1))[0] == RICHER


def test_the_chair_moves_an_area_on_and_back_with_a_reason(loaded: Record) -> None:
    loaded.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)

    refused("Say why Dudley goes back", loaded.perform, MoveAreas(1, ("Dudley",), "intake", " "), CHAIR)
    assert (stage(loaded, "Dudley"), stage(loaded, "Coventry")) == ("scoring", "intake")
    outcome = loaded.perform(MoveAreas(1, ("Dudley",), "intake", "two more came by post"), CHAIR)
    assert stage(loaded, "Dudley") == "intake"
    assert outcome.inverse is None
    assert MoveAreas.is_barrier


def test_areas_do_not_move_before_the_round_is_open(taken_in: Record) -> None:
    refused("still being set up", taken_in.perform, MoveAreas(1, ("Dudley",), "scoring"), CHAIR)


ANN = MemberDetails("M1", "Ann Sample")


def narrow(record: Record, *areas: str) -> None:
    stands = record.ask(partial(member_details, round_id=1, code="M1"))
    record.perform(EditMember(1, replace(stands, areas=areas), stands), OFFICER)


def areas_of(record: Record, code: str) -> tuple[str, ...]:
    return record.ask(partial(member_details, round_id=1, code=code)).areas


def references(record: Record) -> list[str]:
    return [
        line.reference for line in record.ask(partial(score_sheets, round_id=1, viewer=reader("M1"))).lines
    ]


def test_an_area_that_is_not_there_is_refused(scoring: Record) -> None:
    refused("no area Walsall", narrow, scoring, "Walsall")

    # Areas are set in the rounds order and put back.
    outcome = scoring.perform(EditMember(1, replace(ANN, areas=("Coventry", "Dudley")), ANN), OFFICER)
    served = areas_of(scoring, "M1")
    undone = undo(scoring, outcome)
    none = areas_of(scoring, "M1")
    undo(scoring, undone)
    assert served == ("Dudley", "Coventry")
    assert none == ()
    assert areas_of(scoring, "M1") == ("Dudley", "Coventry")


def test_a_member_taken_off_comes_back_with_the_areas(scoring: Record) -> None:
    scoring.perform(AddMember(1, MemberDetails("M4", "Una Test", areas=("Dudley",))), OFFICER)
    before = tables(scoring)

    outcome = scoring.perform(RemoveMember(1, "M4"), OFFICER)
    undo(scoring, outcome)

    assert tables(scoring) == before


def test_a_member_is_shown_the_sheets_of_the_own_areas_and_those_begun(scoring: Record) -> None:
    everywhere = references(scoring)
    narrow(scoring, "Dudley")
    dudley = references(scoring)
    put(scoring, SetMark(1, "M1", "ACF-001", "A1", 3, None))

    assert everywhere == ["ACF-002", "ACF-001", "ACF-004"]
    assert dudley == ["ACF-002"]
    assert references(scoring) == ["ACF-002", "ACF-001"]


def test_quorum_and_progress_count_those_who_serve_the_area(scoring: Record) -> None:
    narrow(scoring, "Dudley")
    scoring.perform(MoveAreas(1, ("Dudley",), "scoring"), RAVI)
    board = scoring.ask(partial(panel_board, round_id=1))

    assert {line.reference: line.members for line in board.quorum} == {
        "ACF-002": 3,
        "ACF-001": 2,
        "ACF-004": 2,
    }
    assert {row.details.code: row.sheets for row in board.members} == {"M1": 1, "M2": 2, "M3": 3}

    # A round goes with the areas its members serve.
    scoring.perform(RemoveRound(1, ""), OFFICER)
    assert tables(scoring)["member_areas"] == []


def test_the_ranking_counts_a_sheet_from_outside_the_members_areas(scoring: Record) -> None:
    for code, mark in (("A1", 4), ("A2", 3), ("A6", 5)):
        put(scoring, SetMark(1, "M1", "ACF-001", code, mark, None))
    put(scoring, HandIn(1, "M1", "ACF-001"))
    before = rank(scored_round(scoring.ask(partial(round_rows, round_id=1))))

    narrow(scoring, "Dudley")

    assert rank(scored_round(scoring.ask(partial(round_rows, round_id=1)))) == before
    board = scoring.ask(partial(panel_board, round_id=1))
    assert next(line.members for line in board.quorum if line.reference == "ACF-001") == 3


def test_an_area_that_somebody_serves_is_renamed_and_not_taken_out(scoring: Record) -> None:
    narrow(scoring, "Coventry")
    scoring.perform(RenameArea(1, "Coventry", "Coventry city"), OFFICER)

    assert areas_of(scoring, "M1") == ("Coventry city",)

    scoring.perform(ReplaceRound(1, _with_area(scoring, "Walsall")), OFFICER)
    narrow(scoring, "Walsall")
    refused("M1 serve Walsall", scoring.perform, RemoveArea(1, "Walsall"), OFFICER)


def _with_area(record: Record, name: str) -> RoundRows:
    rows = record.ask(partial(round_rows, round_id=1))
    return replace(rows, areas=(*rows.areas, Area(name, 1)))


def test_areas_stay_when_a_workbook_brings_the_round_up_to_date(scoring: Record) -> None:
    scoring.perform(ReplaceRound(1, _with_area(scoring, "Walsall")), OFFICER)
    narrow(scoring, "Dudley", "Walsall")
    rows = scoring.ask(partial(round_rows, round_id=1))
    before = tables(scoring)

    kept = scoring.perform(ReplaceRound(1, rows), OFFICER)
    same = areas_of(scoring, "M1")
    undo(scoring, kept)
    again = tables(scoring)
    lost = scoring.perform(ReplaceRound(1, replace(rows, areas=rows.areas[:-1])), OFFICER)
    fewer = areas_of(scoring, "M1")
    undo(scoring, lost)

    assert same == ("Dudley", "Walsall")
    assert again == before
    assert fewer == ("Dudley",)
    assert areas_of(scoring, "M1") == ("Dudley", "Walsall")
