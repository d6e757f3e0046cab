"""Declaring, marking, giving reasons, handing in and opening again, on screen or from paper."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.agreed import KeepForPanel, SetAgreedMark, SetDissent
from models.operations.panel.members import AddInterest, AddMember, Declare
from models.operations.panel.sheets import HandIn, HandInSheets, ReopenSheet, SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.history import history
from models.queries.panel.panel import MemberDetails
from models.record import Record
from models.values.rows import AgreedRow, InterestRow, SheetRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import called, put
from tests.models.operations.meetings import CHAIR, COUSIN, scoring_round
from tests.models.rounds import OFFICER, only_round, refused, refuses, undo


def mark(criterion: str, value: int | None, replacing: int | None = None) -> SetMark:
    return SetMark(1, "M1", "ACF-001", criterion, value, replacing)


def test_a_mark_is_given_changed_and_taken_back_and_a_sheet_with_a_gap_not_handed_in(scoring: Record) -> None:
    put(scoring, mark("A1", None))
    assert only_round(scoring).sheets == ()

    put(scoring, mark("A1", 3))
    put(scoring, mark("A1", 4, 3))
    assert only_round(scoring).sheets == (SheetRow("M1", "ACF-001", False, (4, None, None)),)
    refused("No mark yet on A2, A6 of ACF-001", put, scoring, HandIn(1, "M1", "ACF-001"))

    # Taking one mark back leaves the others.
    put(scoring, mark("A2", 2))
    put(scoring, mark("A1", None, 4))
    assert only_round(scoring).sheets == (SheetRow("M1", "ACF-001", False, (None, 2, None)),)

    # A complete sheet is handed in for good.
    put(scoring, mark("A1", 0))
    put(scoring, mark("A6", 0))
    outcome = put(scoring, HandIn(1, "M1", "ACF-001"))
    assert only_round(scoring).sheets == (SheetRow("M1", "ACF-001", True, (0, 2, 0)),)
    assert (outcome.inverse, HandIn.is_barrier) == (None, True)
    refused("is handed in", put, scoring, mark("A1", 1, 0))


@pytest.fixture
def moderating(record: Record) -> Record:
    """The round as its first area is at the meeting."""
    return scoring_round(record, to="meeting")


def test_a_mark_or_a_declaration_that_may_not_be_is_refused(scoring: Record) -> None:
    for operation, words in (
        (mark("A1", 6), "6 is not on the scale from 0 to 5"),
        (mark("A1", -1), "-1 is not on the scale"),
        (mark("Z9", 1), "Z9 is not a criterion that members mark"),
        (mark("A1", 2, 1), "marked in the meantime"),
        (SetReason(1, "M1", "ACF-001", "A1", "b", "a"), "changed in the meantime"),
        (SetMark(1, "M1", "ACF-004", "A2", 3, None), "The chair has set A2 aside for ACF-004"),
        (SetMark(1, "M2", "ACF-001", "A1", 3, None), "M2 declared “pecuniary” on ACF-001"),
        (SetMark(1, "M3", "ACF-001", "A1", 3, None), "M3 has not declared interests yet"),
        (SetMark(1, "M9", "ACF-001", "A1", 3, None), "no member M9"),
        (SetMark(1, "M1", "ACF-002", "A1", 3, None), "Dudley is at the stage “intake”"),
        (SetMark(1, "M1", "ACF-003", "A1", 3, None), "ACF-003 has no area yet"),
        (HandInSheets(1, "M1", ()), "No sheet is ready"),
        (Declare(1, "M1", (COUSIN,)), "cannot speak for M2"),
        (Declare(1, "M1", (InterestRow("M1", None, InterestKind.PECUNIARY),)), "Say to which application"),
        (Declare(1, "M1", (InterestRow("M1", "ACF-9", InterestKind.PECUNIARY),)), "no application ACF-9"),
        (AddInterest(1, InterestRow("M3", "ACF-001", InterestKind.PECUNIARY)), "M3 has not declared"),
        (AddInterest(1, InterestRow("M1", None, InterestKind.PECUNIARY)), "Say to which application"),
        (AddInterest(1, InterestRow("M1", "ACF-001", InterestKind.NONE)), "Say to which application"),
        (
            AddInterest(1, InterestRow("M2", "ACF-001", InterestKind.ABSTAINED)),
            "declared an interest in ACF-001 already",
        ),
    ):
        refused(words, put, scoring, operation)
    assert only_round(scoring).sheets == ()


def test_an_agreed_mark_with_its_reason_and_dissent_is_undone_step_by_step(moderating: Record) -> None:
    agreed = moderating.perform(SetAgreedMark(1, "ACF-001", "A1", 4, "clear need", None, ""), OFFICER)
    dissent = moderating.perform(SetDissent(1, "ACF-001", "M2 would give 5", ""), OFFICER)
    assert only_round(moderating).agreed == (
        AgreedRow("ACF-001", (4, None, None), ("clear need", "", ""), "M2 would give 5"),
    )

    undo(moderating, agreed)
    undo(moderating, dissent)
    assert only_round(moderating).agreed == ()
    for operation, words in (
        (SetAgreedMark(1, "ACF-001", "A1", 6, "", None, ""), "6 is not on the scale"),
        (SetAgreedMark(1, "ACF-001", "Z9", 1, "", None, ""), "Z9 is not a criterion that is marked"),
        (SetAgreedMark(1, "ACF-001", "A1", 1, "", 2, ""), "agreed in the meantime"),
        (SetDissent(1, "ACF-001", "b", "a"), "changed in the meantime"),
        (SetDissent(1, "ACF-002", "b", ""), "Dudley is at the stage “intake”"),
    ):
        refused(words, put, moderating, operation)


def test_a_reason_is_kept_for_the_panel_after_the_meeting_too_and_undone(moderating: Record) -> None:
    moderating.perform(SetAgreedMark(1, "ACF-001", "A1", 4, "is it legal?", None, ""), OFFICER)
    moderating.perform(MoveAreas(1, ("Coventry",), "recommending", "all agreed"), CHAIR)

    kept = moderating.perform(KeepForPanel(1, "ACF-001", "A1", True), OFFICER)
    (row,) = only_round(moderating).agreed
    assert (row.for_panel, dict(row.told_reasons(only_round(moderating).scheme))) == (("A1",), {})
    refuses(moderating, "A1 of ACF-001 is kept for the panel already", KeepForPanel(1, "ACF-001", "A1", True))

    undo(moderating, kept)
    (row,) = only_round(moderating).agreed
    assert row.for_panel == ()
    assert dict(row.told_reasons(only_round(moderating).scheme)) == {"A1": "is it legal?"}
    with pytest.raises(Refused, match="A1 of ACF-001 is told to the applicant already"):
        moderating.perform(KeepForPanel(1, "ACF-001", "A1", False), OFFICER)
    refuses(moderating, "ACF-001 has no agreed reason on A2 to keep", KeepForPanel(1, "ACF-001", "A2", True))


def reopen(reason: str = "a slip") -> ReopenSheet:
    return ReopenSheet(1, "M1", "ACF-001", reason)


def test_no_sheet_is_reopened_out_of_turn_or_handed_in_once_marks_are_agreed(scoring: Record) -> None:
    for code in ("A1", "A2", "A6"):
        put(scoring, mark(code, 3))
    put(scoring, SetMark(1, "M1", "ACF-004", "A1", 4, None))  # A2 is set aside on it
    both = HandInSheets(1, "M1", ("ACF-001", "ACF-004"))
    refused("No mark yet on A6 of ACF-004", put, scoring, both)
    assert not any(sheet.submitted for sheet in only_round(scoring).sheets), "nor those without a gap"
    put(scoring, SetMark(1, "M1", "ACF-004", "A6", 4, None))
    put(scoring, HandIn(1, "M1", "ACF-001"))
    for operation, actor, words in (
        (reopen(), OFFICER, r"Only the chair reopens a sheet, not the officer\.$"),
        (reopen(" "), CHAIR, "Say why the sheet for ACF-001"),
        (ReopenSheet(1, "M1", "ACF-004", "x"), CHAIR, "M1 has not handed in a sheet for ACF-004"),
        (ReopenSheet(1, "M2", "ACF-004", "x"), CHAIR, "M2 has not handed in"),
        (ReopenSheet(1, "M1", "ACF-002", "x"), CHAIR, "Dudley is at the stage"),
    ):
        refuses(scoring, words, operation, actor)
    scoring.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    for reference in ("ACF-001", "ACF-004"):
        scoring.perform(SetAgreedMark(1, reference, "A1", 3, "", None, ""), CHAIR)
    scoring.perform(MoveAreas(1, ("Coventry",), "scoring", "a sheet is missing"), CHAIR)

    refuses(scoring, "has agreed marks on ACF-001", reopen(), CHAIR)
    refused("has agreed marks on ACF-004", put, scoring, HandIn(1, "M1", "ACF-004"))


GRACE = Actor("Grace Okoro", "officer")
NOTES = Actor("Noor Writer", "note-taker")
MARK = SetMark(1, "M1", "ACF-001", "A1", 4, None, from_paper=True)
REASON = SetReason(1, "M1", "ACF-001", "A1", "on paper", "", from_paper=True)


def test_the_office_types_a_sheet_in_and_the_journal_names_both(scoring: Record) -> None:
    scoring.perform(MARK, GRACE)
    scoring.perform(replace(MARK, criterion="A2"), NOTES)
    scoring.perform(replace(MARK, criterion="A6"), NOTES)
    scoring.perform(REASON, NOTES)
    scoring.perform(HandInSheets(1, "M1", ("ACF-001",), from_paper=True), GRACE)

    lines = scoring.ask(partial(history, viewer=OFFICE_VIEWER))[:5]
    assert [(line.name, line.role) for line in lines] == [
        ("Grace Okoro", "officer"),
        ("Noor Writer", "note-taker"),
        ("Noor Writer", "note-taker"),
        ("Noor Writer", "note-taker"),
        ("Grace Okoro", "officer"),
    ]
    assert lines[0].words == "Handed in 1 sheet, from the paper sheet of M1"
    assert lines[1].words == "Gave a reason on A1 of ACF-001, from the paper sheet of M1"
    assert lines[-1].words == "Marked A1 of ACF-001, from the paper sheet of M1"
    assert only_round(scoring).sheets[0].submitted


def test_nobody_but_a_typist_without_a_part_in_it_enters_anothers_paper(scoring: Record) -> None:
    for role in ("chair", "member", "adviser", "commander", "decider", "finance"):
        words, grace = f"types in paper sheets, not {called(role)}", Actor("Grace Okoro", role)
        for change in (MARK, REASON, HandIn(1, "M1", "ACF-001", True)):
            refuses(scoring, words, change, grace)

    refuses(scoring, "your own sheet", MARK, Actor("Ann Sample", "note-taker"))

    # A sheet of a member with an interest is refused.
    refuses(scoring, "M2 declared “pecuniary” on ACF-001", replace(MARK, member="M2"), GRACE)
    refuses(scoring, "M3 has not declared interests yet", replace(MARK, member="M3"), GRACE)

    # A mark from paper is undone as one from paper.
    outcome = scoring.perform(MARK, GRACE)
    assert outcome.inverse == replace(MARK, value=None, replacing=4)
    scoring.perform(outcome.inverse, GRACE)
    # A typist with an interest does not type that in, nor any who signs.
    scoring.perform(AddMember(1, MemberDetails("M4", "Noor Writer")), GRACE)
    scoring.perform(Declare(1, "M4", (InterestRow("M4", "ACF-001", InterestKind.PECUNIARY, "aunt"),)), GRACE)

    refuses(scoring, "You declared an interest in ACF-001", MARK, NOTES)
    scoring.perform(replace(MARK, application="ACF-004"), NOTES)

    scoring.perform(GiveRole(1, "Grace Okoro", "decider"), GRACE)

    refuses(scoring, "nobody both scores and decides", MARK, GRACE)
