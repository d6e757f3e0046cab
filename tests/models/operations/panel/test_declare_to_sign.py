"""What commanders and deciders declare before a round opens to them, and what their signature repeats."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.applications import RemoveApplications
from models.operations.panel.members import DeclareToSign
from models.permissions.viewing import NOT_DECLARED, Viewer
from models.queries.deciding.decisions import decisions
from models.queries.permissions.declarations import (
    declared_as,
    declared_by,
    own_conflicts,
    signer_interests,
    signers_conflicts,
    stated,
    waits_to_declare,
)
from models.queries.set_up.office import parts
from models.record import Record
from models.role import Role
from models.values.recommending import LineDecision
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    decided,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo

NONE = InterestRow(COMMANDER.name, None, InterestKind.NONE, "I know nobody here.")
BOARD = InterestRow(COMMANDER.name, "ACF-003", InterestKind.PECUNIARY, "sits on its board")
PAUL = Actor("Paul Late", "commander")


def waits(record: Record, name: str, role: str = Role.COMMANDER) -> bool:
    return record.ask(lambda session: waits_to_declare(session, 1, Viewer(name, role)))


def test_a_signer_declares_in_place_of_what_stood_and_undo_puts_it_back(record: Record) -> None:
    load(set_up_office(record))
    assert waits(record, COMMANDER.name)

    first = record.perform(DeclareToSign(1, COMMANDER.name, (NONE,)), COMMANDER)
    again = record.perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD)), COMMANDER)

    assert first.words == "The declaration of Cora Command is recorded."
    assert again.inverse is not None
    assert again.inverse.label == "Record the declaration of Cora Command"
    assert record.ask(lambda s: signer_interests(s, 1)) == (NONE, BOARD)
    assert record.ask(lambda s: declared_by(s, 1, " cora COMMAND")) == {"ACF-003"}
    assert record.ask(lambda s: own_conflicts(s, 1, Viewer(COMMANDER.name, Role.FINANCE))) == {"ACF-003"}
    assert record.ask(lambda s: signers_conflicts(s, COMMANDER.name)) == {(1, "ACF-003")}
    assert not record.ask(lambda s: signers_conflicts(s, ""))
    assert not waits(record, COMMANDER.name)
    undo(record, again)
    undo(record, first)
    assert record.ask(lambda s: signer_interests(s, 1)) == ()
    assert waits(record, COMMANDER.name)
    assert_replays(record)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "Say who declares, and what"),
        ((InterestRow("Dan Decides", None, InterestKind.NONE),), "cannot speak for Dan Decides"),
        ((InterestRow(COMMANDER.name, None, InterestKind.PECUNIARY),), "Say to which application"),
        ((InterestRow(COMMANDER.name, "ACF-9", InterestKind.PECUNIARY, "x"),), "no application ACF-9"),
    ],
)
def test_a_declaration_speaks_for_its_signer_and_of_applications_that_are_there(
    record: Record, rows: tuple[InterestRow, ...], words: str
) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(DeclareToSign(1, COMMANDER.name, rows), COMMANDER)


def test_an_interest_is_not_taken_back_without_a_word_and_a_name_is_one_person_s(record: Record) -> None:
    load(set_up_office(record))
    record.perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD)), COMMANDER)

    with pytest.raises(Refused, match=r"declared an interest in ACF-003\. Where it is withdrawn"):
        record.perform(DeclareToSign(1, COMMANDER.name, (NONE,)), COMMANDER)
    other = InterestRow("cora command", None, InterestKind.NONE)
    with pytest.raises(Refused, match="Cora Command"):
        record.perform(DeclareToSign(1, "cora command", (other,)), OFFICER)


def test_nobody_signs_before_they_declare_and_a_declared_interest_bars_from_the_line(record: Record) -> None:
    signed(record)
    with pytest.raises(Refused, match=NOT_DECLARED):
        record.perform(first_step(*every_line(), by=PAUL), PAUL)
    own = InterestRow(PAUL.name, "ACF-001", InterestKind.PREJUDICIAL, "a cousin")
    record.perform(DeclareToSign(1, PAUL.name, (own,)), PAUL)

    with pytest.raises(Refused, match=r"Paul Late declared an interest in ACF-001\. Somebody else"):
        record.perform(first_step(*every_line(), by=PAUL), PAUL)
    record.perform(first_step(*every_line()[1:], by=PAUL), PAUL)

    assert_replays(record)


def test_a_signature_repeats_the_declaration_and_holds_it(record: Record) -> None:
    signed(record).perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD)), COMMANDER)
    record.perform(first_step(*every_line()[:2]), COMMANDER)  # its own words, "none", are not its statement

    (row, _) = record.ask(lambda s: decisions(s, 1))
    assert row.interests == ("I know nobody here. A financial interest in ACF-003 (sits on its board).")
    late = InterestRow(COMMANDER.name, "ACF-001", InterestKind.PECUNIARY, "a cousin")
    with pytest.raises(Refused, match="Cora Command signed ACF-001 on the declaration as it was"):
        record.perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD, late)), COMMANDER)
    other = InterestRow(COMMANDER.name, "ACF-003", InterestKind.PREJUDICIAL, "and its chair is a friend")
    record.perform(DeclareToSign(1, COMMANDER.name, (NONE, other)), COMMANDER)
    assert_replays(record)


def test_who_signed_on_paper_stated_their_interests_there(record: Record) -> None:
    decided(record)
    pia = Actor("Pia Paper", "decider")
    less = LineDecision("ACF-001", "change", "part_fund", 50_000, change_reason="one session less")
    paper = replace(last_step(less, by=pia, notice="032/2026"), from_paper=True, correcting=True)

    assert waits(record, pia.name, Role.DECIDER)
    record.perform(replace(paper, interests="a cousin works there"), OFFICER)

    assert not waits(record, "Pia Paper", Role.DECIDER)
    assert record.ask(lambda s: decisions(s, 1))[-1].interests == "a cousin works there"


def test_an_application_that_a_signer_spoke_of_stays_and_a_round_goes_with_its_declarations(
    record: Record,
) -> None:
    loaded = load(set_up_office(record))
    row = InterestRow(PAUL.name, "ACF-003", InterestKind.PREJUDICIAL, "a cousin")
    record.perform(DeclareToSign(1, PAUL.name, (row,)), OFFICER)

    with pytest.raises(Refused, match="ACF-003"):
        record.perform(RemoveApplications(1, ("ACF-003",)), OFFICER)
    assert record.ask(lambda s: declared_as(signer_interests(s, 1), PAUL.name)) == (row,)
    undo(record, loaded)
    assert not record.ask(lambda s: signers_conflicts(s, PAUL.name))
    assert PAUL.name not in {part.name for part in record.ask(lambda s: parts(s, None))}
    assert_replays(record)


def test_what_a_signature_states() -> None:
    assert stated(()) == "none"
    assert stated((InterestRow("C", None, InterestKind.NONE),)) == "none"
    assert stated((BOARD,)) == ("A financial interest in ACF-003 (sits on its board).")
    assert stated((InterestRow("C", "A-1", InterestKind.NON_PECUNIARY),)) == (
        "An interest that is not financial in A-1."
    )
