"""A member's paper sheet typed in by the office."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.panel.members import AddMember, Declare
from models.operations.panel.sheets import HandIn, HandInSheets, SetMark, SetReason
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.history import history
from models.queries.panel.panel import MemberDetails
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import called
from tests.models.operations.panel.test_marks import only_round, scoring_round
from tests.models.rounds import assert_replays

GRACE = Actor("Grace Okoro", "officer")
NOTES = Actor("Noor Writer", "note-taker")
MARK = SetMark(1, "M1", "ACF-001", "A1", 4, None, from_paper=True)


def test_the_office_types_a_sheet_in_and_the_journal_names_both(record: Record) -> None:
    scoring_round(record)
    record.perform(MARK, GRACE)
    record.perform(replace(MARK, criterion="A2"), NOTES)
    record.perform(replace(MARK, criterion="A6"), NOTES)
    record.perform(SetReason(1, "M1", "ACF-001", "A1", "on paper", "", from_paper=True), NOTES)
    record.perform(HandInSheets(1, "M1", ("ACF-001",), from_paper=True), GRACE)

    lines = record.ask(partial(history, viewer=OFFICE_VIEWER))[:5]
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
    assert only_round(record).sheets[0].submitted
    assert_replays(record)


def test_a_mark_from_paper_is_undone_as_one_from_paper(record: Record) -> None:
    scoring_round(record)
    outcome = record.perform(MARK, GRACE)

    assert outcome.inverse == replace(MARK, value=None, replacing=4)
    record.perform(outcome.inverse, GRACE)
    assert only_round(record).sheets == ()


@pytest.mark.parametrize("role", ["chair", "member", "adviser", "commander", "decider", "finance"])
@pytest.mark.parametrize(
    "change", [MARK, SetReason(1, "M1", "ACF-001", "A1", "x", "", True), HandIn(1, "M1", "ACF-001", True)]
)
def test_nobody_but_the_typist_enters_anothers_paper(record: Record, change: Operation, role: str) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match=f"types in paper sheets, not {called(role)}"):
        record.perform(change, Actor("Grace Okoro", role))


def test_a_sheet_of_a_member_with_an_interest_is_refused(record: Record) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match="M2 declared “pecuniary” on ACF-001"):
        record.perform(replace(MARK, member="M2"), GRACE)
    with pytest.raises(Refused, match="M3 has not declared interests yet"):
        record.perform(replace(MARK, member="M3"), GRACE)


def test_nobody_types_the_own_sheet_in_from_paper(record: Record) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match="your own sheet"):
        record.perform(MARK, Actor("Ann Sample", "note-taker"))


def test_a_typist_with_an_interest_does_not_type_that_application_in(record: Record) -> None:
    scoring_round(record)
    record.perform(AddMember(1, MemberDetails("M4", "Noor Writer")), GRACE)
    record.perform(Declare(1, "M4", (InterestRow("M4", "ACF-001", InterestKind.PECUNIARY, "aunt"),)), GRACE)

    with pytest.raises(Refused, match="You declared an interest in ACF-001"):
        record.perform(MARK, NOTES)
    record.perform(replace(MARK, application="ACF-004"), NOTES)


def test_one_who_signs_decisions_types_no_sheet_in(record: Record) -> None:
    scoring_round(record)
    record.perform(GiveRole(1, "Grace Okoro", "decider"), GRACE)

    with pytest.raises(Refused, match="nobody both scores and decides"):
        record.perform(MARK, GRACE)
