"""Giving people roles beside the panel, and taking them back."""

import pytest
from sqlalchemy import select

from models.operations.set_up.people import GiveRole, TakeRole
from models.queries.set_up.office import Part, parts
from models.record import Record
from models.schema.panel import person_table
from scoring.written.text import Refused
from tests.models.rounds import KEY, OFFICER, assert_replays, load, set_up_office, set_up_round, undo


@pytest.fixture
def loaded(record: Record) -> Record:
    """A record with one round whose panel is Ravi Example in the chair and Ann Sample."""
    load(set_up_office(record))
    return record


def _parts(record: Record) -> tuple[Part, ...]:
    return record.ask(lambda session: parts(session, 1))


PANEL = (Part("Ravi Example", "chair", "M2"), Part("Ann Sample", "member", "M1"))


def test_a_new_person_gets_a_role_beside_the_panel(loaded: Record) -> None:
    outcome = loaded.perform(GiveRole(1, "Sam Specimen", "finance"), OFFICER)

    assert outcome.words == "Sam Specimen is now finance in this round."
    decides = loaded.perform(GiveRole(1, "Dan Decides", "decider"), OFFICER)
    assert decides.words == "Dan Decides now decides in this round."
    assert GiveRole(1, "Dan Decides", "decider").label == "Add somebody who decides"
    with pytest.raises(Refused, match="Dan Decides decides in this round already"):
        loaded.perform(GiveRole(1, "Dan Decides", "decider"), OFFICER)
    undo(loaded, decides)
    assert _parts(loaded) == (*PANEL, Part("Sam Specimen", "finance"))
    assert_replays(loaded)


def test_undoing_it_takes_out_a_person_with_no_other_part(loaded: Record) -> None:
    given = loaded.perform(GiveRole(1, "Sam Specimen", "finance"), OFFICER)

    taken = undo(loaded, given)

    assert _parts(loaded) == PANEL
    undo(loaded, taken)
    assert _parts(loaded) == (*PANEL, Part("Sam Specimen", "finance"))
    assert_replays(loaded)


def test_a_member_may_have_another_role_and_stays_on_the_panel(loaded: Record) -> None:
    loaded.perform(GiveRole(1, "Ravi Example", "officer"), OFFICER)

    assert _parts(loaded) == (*PANEL, Part("Ravi Example", "officer"))


def test_people_of_other_rounds_are_listed_without_a_role(loaded: Record) -> None:
    loaded.perform(set_up_round(KEY.__class__(KEY.fund, KEY.year, "Winter"), ("Coventry",)), OFFICER)

    assert loaded.ask(lambda session: parts(session, 2)) == (Part("Ann Sample", ""), Part("Ravi Example", ""))
    assert loaded.ask(lambda session: parts(session, None)) == (
        Part("Ann Sample", ""),
        Part("Ravi Example", ""),
    )


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (GiveRole(1, "Ann Sample", "decider"), "gave marks in this round"),
        (GiveRole(1, "Ann Sample", "chair"), "not one of officer, note-taker"),
        (GiveRole(1, " ", "finance"), "Type the person's name"),
        (GiveRole(1, "Cora Command", "decider", "", ("Nowhere",)), "There is no area Nowhere in the round"),
        (GiveRole(1, "Cora Command", "finance", "", ("Coventry",)), "Areas are given to those who sign"),
        (TakeRole(1, "Ann Sample", "finance"), "is not finance in this round"),
        (TakeRole(1, "Nobody Known", "finance"), "is not finance in this round"),
    ],
)
def test_what_is_refused_changes_nothing(loaded: Record, operation: GiveRole | TakeRole, words: str) -> None:
    with pytest.raises(Refused, match=words):
        loaded.perform(operation, OFFICER)

    assert _parts(loaded) == PANEL


def test_a_role_is_given_once(loaded: Record) -> None:
    loaded.perform(GiveRole(1, "Cora Command", "commander"), OFFICER)

    with pytest.raises(Refused, match="is commander in this round already"):
        loaded.perform(GiveRole(1, "Cora Command", "commander"), OFFICER)


def test_undoing_a_role_sets_the_post_back_that_the_person_had(loaded: Record) -> None:
    loaded.perform(GiveRole(1, "Cora Command", "decider", "Commander"), OFFICER)
    given = loaded.perform(GiveRole(1, "Cora Command", "officer", "Clerk"), OFFICER)

    undo(loaded, given)

    is_cora = person_table.c.name == "Cora Command"
    assert loaded.ask(lambda s: s.scalar(select(person_table.c.post).where(is_cora))) == "Commander"
    assert_replays(loaded)
