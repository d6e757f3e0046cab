"""The chair who does not score says so once, and nobody sees others' marks by it."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.members import Declare, SetChairScores
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.load import LoadRound
from models.queries.panel.panel import expected_to_score
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.next_stage import next_stages
from models.queries.set_up.round_facts import round_facts
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import put
from tests.gui.builders import whole_round, without_nair
from tests.models.rounds import assert_replays, reader

CHAIR = Actor("Priya Nair", "chair")
DOES_NOT = SetChairScores(1, "NAIR", scores=False)
NONE = InterestRow("NAIR", None, InterestKind.NONE)


def begun(record: Record, *, is_declared: bool = True) -> Record:
    """A round without sheets, of which the chair has declared."""
    record.perform(LoadRound(replace(without_nair(whole_round()), sheets=(), agreed=())), CHAIR)
    if is_declared:
        record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    return record


def test_nothing_is_waited_for_of_a_chair_who_does_not_score(record: Record) -> None:
    outcome = begun(record).perform(DOES_NOT, CHAIR)

    assert outcome.words == "It is recorded that NAIR does not score in this round."
    assert record.ask(lambda s: expected_to_score(s, 1))["NAIR"] == ()
    sheets = record.ask(lambda s: score_sheets(s, 1, reader("NAIR")))
    assert (sheets.scores, sheets.has_declared, sheets.lines) == (False, True, ())
    of_two = replace(sheets, scheme=replace(sheets.scheme, quorum=2))
    assert (sheets.too_few_without, of_two.too_few_without) == (False, True), "HALE is the only other"
    assert sheets.short_without == 1, "HALE has an interest in W-013, and nobody else scores it"
    stages = record.ask(lambda s: next_stages(s, 1, date(2026, 11, 26)))
    assert {one.declared for one in stages} == {("HALE",)}
    left_out = "1 application is scored by fewer members than the quorum of"
    assert any(left_out in words for one in stages for words in one.still_open), "HALE scores alone"
    board = record.ask(lambda s: panel_board(s, 1))
    assert {(line.members, line.left) for line in board.quorum if line.reference != "W-013"} == {(1, 1)}
    assert record.ask(lambda s: round_facts(s, 1)).abstentions == 0
    record.perform(MoveArea(1, "Wolverhampton", "scoring"), CHAIR)
    with pytest.raises(Refused, match="NAIR does not score in this round"):
        put(record, SetMark(1, "NAIR", "W-014", "A1", 3, None))

    assert outcome.inverse is not None
    record.perform(outcome.inverse, CHAIR)
    assert record.ask(lambda s: score_sheets(s, 1, reader("NAIR"))).scores
    assert_replays(record)


def test_who_may_not_say_it_is_told_why(record: Record) -> None:
    begun(record, is_declared=False)

    for operation, actor, words in (
        (DOES_NOT, CHAIR, "Declare your interests first"),
        (DOES_NOT, Actor("Priya Nair", "officer"), "Only the chair says whether the chair scores"),
        (SetChairScores(1, "HALE", scores=False), CHAIR, "only for themselves"),
    ):
        with pytest.raises(Refused, match=words):
            record.perform(operation, actor)
    record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    with pytest.raises(Refused, match="recorded already that NAIR scores"):
        record.perform(SetChairScores(1, "NAIR", scores=True), CHAIR)


def test_marks_of_ones_own_and_sheets_of_others_stand_against_it(record: Record) -> None:
    record.perform(LoadRound(whole_round()), CHAIR)
    record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    with pytest.raises(Refused, match="You have given marks in this round"):
        record.perform(DOES_NOT, CHAIR)


def test_it_stands_once_others_have_handed_in(record: Record) -> None:
    whole = whole_round()
    of_hale = tuple(replace(sheet, member="HALE") for sheet in whole.sheets[:2])
    record.perform(LoadRound(replace(whole, sheets=of_hale, agreed=())), CHAIR)
    record.perform(Declare(1, "NAIR", (NONE,)), CHAIR)
    record.perform(DOES_NOT, CHAIR)

    with pytest.raises(Refused, match="Sheets are handed in"):
        record.perform(SetChairScores(1, "NAIR", scores=True), CHAIR)
