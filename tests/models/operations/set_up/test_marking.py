"""The marking of a round: set by the office until a paper was issued under it."""

import pytest

from models.operation import Actor
from models.operations.set_up.rounds import SetMarking
from models.queries.set_up.rounds import round_line
from models.record import Record
from scoring.written.text import Refused
from tests.models.operations.test_papers import issue
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo

SENSITIVE = SetMarking(1, "OFFICIAL-SENSITIVE", "OFFICIAL")


def marking(record: Record) -> str:
    line = record.ask(lambda session: round_line(session, 1))
    assert line is not None
    return line.marking


def test_papers_are_marked_as_set_and_undone_as_before(record: Record) -> None:
    load(record)
    first = marking(record)

    outcome = record.perform(SENSITIVE, OFFICER)
    second = marking(record)
    undo(record, outcome)

    assert (first, second, marking(record)) == ("OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL")
    assert outcome.words == "Papers of this round are marked OFFICIAL-SENSITIVE."
    assert SENSITIVE.label == "Mark the round OFFICIAL-SENSITIVE"
    assert_replays(record)


def test_it_stays_once_a_paper_was_issued_under_it(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{1}")

    with pytest.raises(Refused, match="was issued under its marking, so the marking stays"):
        record.perform(SENSITIVE, OFFICER)


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (SENSITIVE, Actor("Tom Hale", "member"), "An officer or the chair sets the marking of a round"),
        (SetMarking(1, "SECRET", "OFFICIAL"), OFFICER, "“SECRET” is not a marking. Choose OFFICIAL or"),
        (SetMarking(1, "OFFICIAL", "OFFICIAL-SENSITIVE"), OFFICER, "changed in the meantime"),
        (SetMarking(9, "OFFICIAL", "OFFICIAL"), OFFICER, "no longer in the record"),
    ],
)
def test_what_cannot_be_set_is_refused(
    record: Record, operation: SetMarking, actor: Actor, words: str
) -> None:
    load(record)

    with pytest.raises(Refused, match=words):
        record.perform(operation, actor)

    assert marking(record) == "OFFICIAL"
