"""The chair's exceptions and tie decisions: applied, refused and undone."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.deciding.chair_decisions import (
    DecideException,
    DecideTie,
    PutTieBack,
    refuse_unruled,
)
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.sheets import ReopenSheet
from models.operations.set_up.areas import MoveArea
from models.queries.panel.panel import chair_decisions, named_in_place, rules_in_place
from models.record import Record
from models.values.rows import ChairDecisionRow, InterestRow, NotApplicableRow, RoundRows, SheetRow
from scoring.round import ChairDecisionKind, InterestKind
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.models.operations.meetings import CHAIR, NOTES, meeting_rows
from tests.models.operations.panel.test_marks import only_round
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    undo,
)

PILOT = DecideException(1, "ACF-005", "a pilot", "")
TIE = DecideTie(1, ("ACF-002", "ACF-001"), "older group first")
T = ChairDecisionKind.TIE


def tied_rows() -> RoundRows:
    """Return ACF-001 and ACF-002 on equal marks, ACF-004 apart, and ACF-005 below the floor of 30."""
    rows = meeting_rows(combine=Combine.MEAN)
    marks = {"ACF-001": (3, 3, 3), "ACF-002": (3, 3, 3), "ACF-004": (4, 4, 4), "ACF-005": (1, 1, 1)}
    return replace(
        rows,
        scheme=replace(rows.scheme, quorum=1, minimum_total=Decimal(30)),
        applications=tuple(application(n) for n in (1, 2, 4, 5)),
        interests=(),
        sheets=tuple(SheetRow("M1", of, True, given) for of, given in marks.items()),
    )


@pytest.fixture
def loaded(record: Record) -> Record:
    load(set_up_office(record), tied_rows())
    return record


def decisions(record: Record) -> tuple[ChairDecisionRow, ...]:
    return record.ask(lambda session: chair_decisions(session, 1))


def test_an_exception_is_made_and_taken_back(loaded: Record) -> None:
    outcome = loaded.perform(PILOT, CHAIR)
    assert decisions(loaded) == (ChairDecisionRow("ACF-005", ChairDecisionKind.EXCEPTION, None, "a pilot"),)

    assert outcome.inverse is not None
    loaded.perform(outcome.inverse, CHAIR)
    assert decisions(loaded) == ()
    assert_replays(loaded)


def test_a_tie_is_decided_again_and_put_back(loaded: Record) -> None:
    first = loaded.perform(TIE, CHAIR)
    second = loaded.perform(DecideTie(1, ("ACF-001", "ACF-002"), "nearer"), CHAIR)
    assert decisions(loaded) == (
        ChairDecisionRow("ACF-001", T, 1, "nearer"),
        ChairDecisionRow("ACF-002", T, 2, "nearer"),
    )

    undone = undo(loaded, second)
    assert [(d.application, d.place) for d in decisions(loaded)] == [("ACF-002", 1), ("ACF-001", 2)]
    undo(loaded, undone)
    assert [d.reason for d in decisions(loaded)] == ["nearer", "nearer"]
    undo(loaded, first)
    assert decisions(loaded) == ()
    assert_replays(loaded)


@pytest.mark.parametrize(
    ("change", "actor", "words"),
    [
        (PILOT, NOTES, "Only the chair decides an exception, not the note-taker"),
        (replace(PILOT, application="ACF-001"), CHAIR, "ACF-001 is not below a minimum"),
        (replace(PILOT, reason="  "), CHAIR, "Say why an exception"),
        (replace(PILOT, replacing="else"), CHAIR, "changed in the meantime"),
        (TIE, NOTES, "Only the chair decides a tie"),
        (replace(TIE, reason=""), CHAIR, "Say why the chair"),
        (replace(TIE, order=()), CHAIR, "they do not share a place"),
        (replace(TIE, order=("ACF-004", "ACF-001")), CHAIR, "they do not share a place"),
        (replace(TIE, order=("ACF-001",)), CHAIR, "ACF-001, ACF-002 share a place"),
        (replace(TIE, order=("ACF-001", "ACF-009")), CHAIR, "no application ACF-009"),
    ],
)
def test_what_the_chair_may_not_decide(loaded: Record, change: Operation, actor: Actor, words: str) -> None:
    with pytest.raises(Refused, match=words):
        loaded.perform(change, actor)


def test_what_was_settled_stands_once_the_area_is_before_its_deciders(loaded: Record) -> None:
    for stage in ("scoring", "meeting", "recommending", "deciding"):
        loaded.perform(MoveArea(1, "Coventry", stage), CHAIR)

    for change in (PILOT, TIE, PutTieBack(1, ("ACF-001",), ())):
        with pytest.raises(Refused, match="Coventry is at the stage “deciding”"):
            loaded.perform(change, CHAIR)


def test_nothing_is_decided_while_the_round_is_set_up(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        record.perform(replace(PILOT, application="ACF-001"), CHAIR)


def of_an_interested_chair(record: Record) -> Record:
    rows = tied_rows()
    own = [InterestRow("M2", of, InterestKind.PECUNIARY) for of in ("ACF-001", "ACF-005")]
    held = replace(rows, interests=(*own, InterestRow("M1", None, InterestKind.NONE)))
    load(set_up_office(record), held)
    return record


def test_a_member_rules_in_the_place_of_a_chair_with_an_interest(record: Record) -> None:
    loaded = of_an_interested_chair(record)
    with pytest.raises(Refused, match="ruled by the member whom the others name; an officer records that"):
        loaded.perform(TIE, CHAIR)

    tie = loaded.perform(replace(TIE, in_place="M1"), OFFICER)
    let_in = loaded.perform(replace(PILOT, in_place="M1"), OFFICER)

    assert tie.words == "In the chair’s place Ann Sample put ACF-002, ACF-001 in this order."
    assert let_in.words == "Made an exception for ACF-005, in the chair’s place."
    assert {row.ruled_by for row in decisions(loaded)} == {"M1"}
    for done in (let_in, tie):
        assert done.inverse is not None
        loaded.perform(done.inverse, OFFICER)
    assert decisions(loaded) == ()
    assert_replays(loaded)


def test_so_are_criteria_set_aside_and_sheets_reopened_and_the_reason_says_so(record: Record) -> None:
    rows = tied_rows()
    own = [InterestRow("M2", "ACF-001", InterestKind.PECUNIARY), InterestRow("M1", None, InterestKind.NONE)]
    scheme = replace(rows.scheme, not_applicable_allowed=True)
    load(set_up_office(record), replace(rows, scheme=scheme, interests=tuple(own)))
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    aside, again = (
        SetNotApplicable(1, "ACF-001", "A1", "No such part", ""),
        ReopenSheet(1, "M1", "ACF-001", "Why"),
    )
    said = "No such part (in the chair’s place Ann Sample)"

    for change in (aside, again):
        with pytest.raises(
            Refused, match="ruled by the member whom the others name; an officer records that"
        ):
            record.perform(change, CHAIR)
        with pytest.raises(Refused, match="Only the chair"):
            record.perform(change, OFFICER)
        with pytest.raises(Refused, match="M2 does not rule on ACF-001: that is for Ann Sample"):
            record.perform(replace(change, in_place="M2"), OFFICER)

    done = record.perform(replace(aside, in_place="M1"), OFFICER)
    assert done.words == "Set A1 aside for ACF-001, in the chair’s place."
    undone = undo(record, done)
    undo(record, undone)
    rows = only_round(record)
    assert [row.reason for row in rows.not_applicable] == [said]
    record.perform(SetNotApplicable(1, "ACF-001", "A1", "", said, "M1"), OFFICER)
    reopened = record.perform(replace(again, in_place="M1"), OFFICER)
    assert only_round(record).not_applicable == ()
    assert reopened.words == "The sheet for ACF-001 is open again."
    assert only_round(record).sheets[0].reopened == "Why (in the chair’s place Ann Sample)"
    assert named_in_place(rows.members, rows.interests, ("ACF-001",), "officer")[0] == ("Ann Sample", "M1")
    assert named_in_place(rows.members, rows.interests, ("ACF-001",), "chair") == ()
    assert_replays(record)


@pytest.mark.parametrize(
    ("change", "actor", "words"),
    [
        (
            replace(TIE, in_place="M2"),
            OFFICER,
            "M2 does not rule on ACF-002 and ACF-001: that is for Ann Sample",
        ),
        (replace(PILOT, in_place="M9"), OFFICER, "M9 does not rule on ACF-005"),
        (
            replace(TIE, in_place="M1"),
            CHAIR,
            "Only an officer records what a member ruled",
        ),
        (TIE, OFFICER, "Only the chair decides a tie, not the officer"),
    ],
)
def test_who_does_not_rule_in_the_chairs_place(
    record: Record, change: Operation, actor: Actor, words: str
) -> None:
    loaded = of_an_interested_chair(record)

    with pytest.raises(Refused, match=words):
        loaded.perform(change, actor)


def test_nobody_rules_in_the_place_of_a_chair_without_an_interest(loaded: Record) -> None:
    with pytest.raises(Refused, match="M1 does not rule on ACF-005: that is for the chair"):
        loaded.perform(replace(PILOT, in_place="M1"), OFFICER)
    assert rules_in_place((), (), ("ACF-005",)) == ()


def test_a_workbooks_ruling_on_what_the_chair_has_an_interest_in_names_who_ruled() -> None:
    own = InterestRow("M2", "ACF-005", InterestKind.PECUNIARY)
    ruled = ChairDecisionRow("ACF-005", ChairDecisionKind.EXCEPTION, None, "a pilot")
    rows = replace(tied_rows(), interests=(own,), chair_decisions=(ruled,))

    with pytest.raises(Refused, match="under Ruled by on the sheet Chair decisions: M1"):
        refuse_unruled(rows)
    refuse_unruled(rows, rows)
    refuse_unruled(replace(rows, chair_decisions=(replace(ruled, ruled_by="M1"),)))
    refuse_unruled(replace(rows, interests=()))

    aside = NotApplicableRow("ACF-005", "A1", "No such part")
    held = replace(rows, chair_decisions=(), not_applicable=(aside,))
    with pytest.raises(
        Refused, match=r"does not set A1 aside\. Say in the reason who did: “.in the chair’s place Ann"
    ):
        refuse_unruled(held)
    refuse_unruled(held, held)
    refuse_unruled(
        replace(held, not_applicable=(replace(aside, reason="None (in the chair’s place Ann Sample)"),))
    )
