"""The areas that a member serves: kept with the member, and nothing to the ranking."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.panel.members import AddMember, EditMember, RemoveMember
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveArea, RemoveArea, RenameArea
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.panel.panel import MemberDetails, member_details
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.panel.test_marks import CHAIR, scoring_round
from tests.models.operations.test_kept_by_replace import tables
from tests.models.rounds import OFFICER, assert_replays, reader, undo

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


def test_areas_are_set_in_the_rounds_order_and_put_back(record: Record) -> None:
    scoring_round(record)

    outcome = record.perform(EditMember(1, replace(ANN, areas=("Coventry", "Dudley")), ANN), OFFICER)
    served = areas_of(record, "M1")
    undone = undo(record, outcome)
    none = areas_of(record, "M1")
    undo(record, undone)

    assert served == ("Dudley", "Coventry")
    assert none == ()
    assert areas_of(record, "M1") == ("Dudley", "Coventry")
    assert_replays(record)


def test_an_area_that_is_not_there_is_refused(record: Record) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match="no area Walsall"):
        narrow(record, "Walsall")


def test_a_member_taken_off_comes_back_with_the_areas(record: Record) -> None:
    scoring_round(record)
    record.perform(AddMember(1, MemberDetails("M4", "Una Test", areas=("Dudley",))), OFFICER)
    before = tables(record)

    outcome = record.perform(RemoveMember(1, "M4"), OFFICER)
    undo(record, outcome)

    assert tables(record) == before
    assert_replays(record)


def test_a_member_is_shown_the_sheets_of_the_own_areas_and_those_begun(record: Record) -> None:
    scoring_round(record)
    everywhere = references(record)
    narrow(record, "Dudley")
    dudley = references(record)
    put(record, SetMark(1, "M1", "ACF-001", "A1", 3, None))

    assert everywhere == ["ACF-002", "ACF-001", "ACF-004"]
    assert dudley == ["ACF-002"]
    assert references(record) == ["ACF-002", "ACF-001"]


def test_quorum_and_progress_count_those_who_serve_the_area(record: Record) -> None:
    scoring_round(record)
    narrow(record, "Dudley")
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)
    board = record.ask(partial(panel_board, round_id=1))

    assert {line.reference: line.members for line in board.quorum} == {
        "ACF-002": 3,
        "ACF-001": 2,
        "ACF-004": 2,
    }
    assert {row.details.code: row.sheets for row in board.members} == {"M1": 1, "M2": 2, "M3": 3}


def test_the_ranking_counts_a_sheet_from_outside_the_members_areas(record: Record) -> None:
    scoring_round(record)
    for code, mark in (("A1", 4), ("A2", 3), ("A6", 5)):
        put(record, SetMark(1, "M1", "ACF-001", code, mark, None))
    put(record, HandIn(1, "M1", "ACF-001"))
    before = rank(scored_round(record.ask(partial(round_rows, round_id=1))))

    narrow(record, "Dudley")

    assert rank(scored_round(record.ask(partial(round_rows, round_id=1)))) == before
    board = record.ask(partial(panel_board, round_id=1))
    assert next(line.members for line in board.quorum if line.reference == "ACF-001") == 3


def test_an_area_that_somebody_serves_is_renamed_and_not_taken_out(record: Record) -> None:
    scoring_round(record)
    narrow(record, "Coventry")
    record.perform(RenameArea(1, "Coventry", "Coventry city"), OFFICER)

    assert areas_of(record, "M1") == ("Coventry city",)

    record.perform(ReplaceRound(1, _with_area(record, "Walsall")), OFFICER)
    narrow(record, "Walsall")
    with pytest.raises(Refused, match="M1 serve Walsall"):
        record.perform(RemoveArea(1, "Walsall"), OFFICER)


def _with_area(record: Record, name: str) -> RoundRows:
    rows = record.ask(partial(round_rows, round_id=1))
    return replace(rows, areas=(*rows.areas, Area(name, 1)))


def test_areas_stay_when_a_workbook_brings_the_round_up_to_date(record: Record) -> None:
    scoring_round(record)
    record.perform(ReplaceRound(1, _with_area(record, "Walsall")), OFFICER)
    narrow(record, "Dudley", "Walsall")
    rows = record.ask(partial(round_rows, round_id=1))
    before = tables(record)

    kept = record.perform(ReplaceRound(1, rows), OFFICER)
    same = areas_of(record, "M1")
    undo(record, kept)
    again = tables(record)
    lost = record.perform(ReplaceRound(1, replace(rows, areas=rows.areas[:-1])), OFFICER)
    fewer = areas_of(record, "M1")
    undo(record, lost)

    assert same == ("Dudley", "Walsall")
    assert again == before
    assert fewer == ("Dudley",)
    assert areas_of(record, "M1") == ("Dudley", "Walsall")
    assert_replays(record)


def test_a_round_goes_with_the_areas_its_members_serve(record: Record) -> None:
    scoring_round(record)
    narrow(record, "Dudley")
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)

    record.perform(RemoveRound(1, ""), OFFICER)

    assert tables(record)["member_areas"] == []
    assert_replays(record)
