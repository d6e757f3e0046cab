"""The name of a recipient is withheld from the public on a ground, by a named person, and given again."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.checks import SetWithheldName
from models.queries.awards.awards import awards
from models.record import Record
from models.values.awards import WithheldName
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import FINANCE, decided
from tests.models.rounds import OFFICER, assert_replays, undo

REFUGE = WithheldName("safety", "A refuge.", "Olu Example", "Chief Executive", "Willow House\nMill Lane")


def withheld(record: Record) -> WithheldName | None:
    return record.ask(partial(awards, round_id=1))[0].withheld


def withhold(record: Record, value: WithheldName | None) -> Outcome:
    return record.perform(SetWithheldName(1, "ACF-001", value, withheld(record)), OFFICER)


def test_a_name_is_withheld_given_again_and_undone(record: Record) -> None:
    decided(record)

    done = withhold(record, REFUGE)
    kept = withheld(record)
    again = withhold(record, None)
    gone = withheld(record)
    undo(record, again)

    assert done.words == (
        "On public lists the recipient of A-031-01 is not named: Withheld: the safety of people."
    )
    assert (kept, gone, withheld(record)) == (REFUGE, None, REFUGE)
    assert REFUGE.decider == "Olu Example, Chief Executive"
    assert again.words == "On public lists the recipient of A-031-01 may be named again."
    assert SetWithheldName(1, "ACF-001", None, None).label == "Name the recipient of ACF-001 on public lists"
    assert_replays(record)


def test_one_changed_in_the_meantime_is_refused(record: Record) -> None:
    decided(record)
    withhold(record, REFUGE)

    with pytest.raises(Refused, match="changed in the meantime"):
        record.perform(SetWithheldName(1, "ACF-001", None, None), FINANCE)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ground": "shy"}, "one of personal, safety, policing, commercial and barred, not “shy”"),
        ({"reason": " "}, "Say why the name is withheld"),
        ({"decided_by": ""}, "Name who decided"),
        ({"decided_post": " "}, "Name who decided"),
        ({"reason": "x" * 2001}, "longer than 2,000"),
        ({"decided_by": "Olu\tExample"}, "one line of up to 300"),
        ({"words": "x" * 301}, "cannot be removed from texts"),
        ({"words": "Mill\n" * 21}, "Give 20 other words at most"),
        ({"words": "of"}, "“of” cannot be removed"),
    ],
)
def test_what_says_too_little_or_too_much_cannot_be_recorded(wrong: dict[str, str], said: str) -> None:
    assert any(said in fault for _, fault in replace(REFUGE, **wrong).faults())
    assert not list(REFUGE.faults())


def test_a_name_without_a_reason_is_refused(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match="Say why the name is withheld"):
        withhold(record, replace(REFUGE, reason=" "))

    assert withheld(record) is None
