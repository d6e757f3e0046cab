"""Handing several sheets in, opening one again, and an interest found out late."""

import pytest

from models.operation import Actor, Operation
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.members import AddInterest
from models.operations.panel.sheets import HandIn, HandInSheets, ReopenSheet, SetMark
from models.operations.set_up.areas import MoveArea
from models.queries.panel.panel import interests
from models.queries.panel.score_sheets import score_sheets
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.panel.test_marks import CHAIR, NONE, mark, only_round, scoring_round
from tests.models.rounds import OFFICER, assert_replays, reader, undo

COUSIN = InterestRow("M1", "ACF-001", InterestKind.PECUNIARY, "a cousin")


def full_sheets(record: Record) -> Record:
    """M1 has full sheets for both applications of Coventry; A2 is set aside on the second."""
    scoring_round(record)
    for code in ("A1", "A2", "A6"):
        put(record, mark(code, 3))
    for code in ("A1", "A6"):
        put(record, SetMark(1, "M1", "ACF-004", code, 4, None))
    return record


def reopen(reason: str = "a slip") -> ReopenSheet:
    return ReopenSheet(1, "M1", "ACF-001", reason)


def test_several_sheets_are_handed_in_together(record: Record) -> None:
    full_sheets(record)

    outcome = put(record, HandInSheets(1, "M1", ("ACF-001", "ACF-004")))

    assert [sheet.submitted for sheet in only_round(record).sheets] == [True, True]
    assert (outcome.inverse, outcome.words) == (None, "2 sheets are handed in.")
    assert_replays(record)


def test_no_sheet_is_handed_in_when_one_of_them_has_a_gap(record: Record) -> None:
    full_sheets(record)
    put(record, SetMark(1, "M1", "ACF-004", "A6", None, 4))

    with pytest.raises(Refused, match="No mark yet on A6 of ACF-004"):
        put(record, HandInSheets(1, "M1", ("ACF-001", "ACF-004")))

    assert [sheet.submitted for sheet in only_round(record).sheets] == [False, False]


def test_handing_in_nothing_is_refused(record: Record) -> None:
    with pytest.raises(Refused, match="No sheet is ready"):
        put(record, HandInSheets(1, "M1", ()))


def test_the_chair_opens_a_sheet_again_and_it_stays_marked(record: Record) -> None:
    full_sheets(record)
    put(record, HandIn(1, "M1", "ACF-001"))

    outcome = record.perform(reopen(" a slip of the pen "), CHAIR)
    for code in ("A1", "A2", "A6"):
        put(record, mark(code, None, 3))

    line = next(
        line
        for line in record.ask(lambda session: score_sheets(session, 1, reader("M1"))).lines
        if line.reference == "ACF-001"
    )
    assert line.reopened == "a slip of the pen"
    assert outcome.inverse is None
    assert ReopenSheet.is_barrier
    assert_replays(record)


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (reopen(), OFFICER, r"Only the chair reopens a sheet, not the officer\.$"),
        (reopen(" "), CHAIR, "Say why the sheet for ACF-001"),
        (ReopenSheet(1, "M1", "ACF-004", "x"), CHAIR, "M1 has not handed in a sheet for ACF-004"),
        (ReopenSheet(1, "M2", "ACF-004", "x"), CHAIR, "M2 has not handed in"),
        (ReopenSheet(1, "M1", "ACF-002", "x"), CHAIR, "Dudley is at the stage"),
    ],
)
def test_a_sheet_that_may_not_be_reopened_stays(
    record: Record, operation: Operation, actor: Actor, words: str
) -> None:
    full_sheets(record)
    put(record, HandIn(1, "M1", "ACF-001"))

    with pytest.raises(Refused, match=words):
        record.perform(operation, actor)


def test_no_sheet_is_reopened_once_marks_are_agreed(record: Record) -> None:
    full_sheets(record)
    put(record, HandIn(1, "M1", "ACF-001"))
    record.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    record.perform(SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), CHAIR)
    record.perform(MoveArea(1, "Coventry", "scoring", "a sheet is missing"), CHAIR)

    with pytest.raises(Refused, match="has agreed marks on ACF-001"):
        record.perform(reopen(), CHAIR)


def test_a_late_interest_is_added_and_taken_back(record: Record) -> None:
    full_sheets(record)
    put(record, HandIn(1, "M1", "ACF-001"))

    outcome = record.perform(AddInterest(1, COUSIN), OFFICER)
    declared = [row for row in record.ask(lambda s: interests(s, 1)) if row.member == "M1"]
    kept = only_round(record).sheets
    undo(record, outcome)

    assert declared == [NONE, COUSIN]
    assert kept[0].submitted  # voided by the interest, kept as it was
    assert [row for row in record.ask(lambda s: interests(s, 1)) if row.member == "M1"] == [NONE]
    assert_replays(record)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (InterestRow("M3", "ACF-001", InterestKind.PECUNIARY), "M3 has not declared"),
        (InterestRow("M1", None, InterestKind.PECUNIARY), "Say to which application"),
        (InterestRow("M1", "ACF-001", InterestKind.NONE), "Say to which application"),
        (InterestRow("M2", "ACF-001", InterestKind.ABSTAINED), "declared an interest in ACF-001 already"),
    ],
)
def test_an_interest_that_cannot_be_added_is_refused(record: Record, row: InterestRow, words: str) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match=words):
        record.perform(AddInterest(1, row), OFFICER)
