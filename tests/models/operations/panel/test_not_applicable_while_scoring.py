"""A criterion set aside before the meeting, so that it holds up no sheet."""

import pytest

from models.operation import Actor
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveArea
from models.queries.panel.score_sheets import score_sheets
from models.record import Record
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.panel.test_marks import CHAIR, only_round, scoring_round
from tests.models.rounds import assert_replays, reader

ASIDE = SetNotApplicable(1, "ACF-001", "A2", "no outcomes asked", "")
AGAIN = SetNotApplicable(1, "ACF-001", "A2", "", "no outcomes asked")


def fill(record: Record, *codes: str) -> None:
    for code in codes:
        put(record, SetMark(1, "M1", "ACF-001", code, 3, None))


def test_a_sheet_is_handed_in_without_what_the_chair_set_aside(record: Record) -> None:
    scoring_round(record)
    fill(record, "A1", "A6")
    record.perform(ASIDE, CHAIR)
    lines = record.ask(lambda session: score_sheets(session, 1, reader("M1"))).lines
    line = next(line for line in lines if line.reference == "ACF-001")

    put(record, HandIn(1, "M1", "ACF-001"))

    assert (line.not_applicable, line.why_not_applicable) == (
        frozenset({"A2"}),
        (("A2", "no outcomes asked"),),
    )
    assert only_round(record).sheets[0].submitted
    assert_replays(record)


def test_it_is_counted_again_while_no_sheet_was_handed_in_without_it(record: Record) -> None:
    scoring_round(record)
    outcome = record.perform(ASIDE, CHAIR)
    undo_by_chair = record.perform(outcome.inverse, CHAIR) if outcome.inverse else None
    assert undo_by_chair is not None

    fill(record, "A1", "A2", "A6")
    put(record, HandIn(1, "M1", "ACF-001"))
    record.perform(ASIDE, CHAIR)
    record.perform(AGAIN, CHAIR)

    assert all(row.application != "ACF-001" for row in only_round(record).not_applicable)


def test_it_stays_aside_where_a_sheet_was_handed_in_without_it(record: Record) -> None:
    scoring_round(record)
    fill(record, "A1", "A6")
    record.perform(ASIDE, CHAIR)
    put(record, HandIn(1, "M1", "ACF-001"))

    with pytest.raises(Refused, match="1 sheet is handed in without a mark on A2 of ACF-001"):
        record.perform(AGAIN, CHAIR)
    record.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    record.perform(AGAIN, CHAIR)  # the panel agrees a mark on it there


def test_it_is_the_chairs_and_waits_for_scoring(record: Record) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match="belongs to “scoring” or “meeting”"):
        record.perform(SetNotApplicable(1, "ACF-002", "A2", "no outcomes asked", ""), CHAIR)
    with pytest.raises(Refused, match="not the officer"):
        record.perform(ASIDE, Actor("Grace Okoro", "officer"))
