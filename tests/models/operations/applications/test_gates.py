"""Setting gates, one or many, and taking that back."""

import pytest

from models.operation import Actor
from models.operations.applications.gates import GateSetting, SetGate, SetGates
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.applications.applications import applications, gate_results
from models.record import Record
from models.values.recommending import RecommendationRow
from scoring.round import Eligibility
from tests.models.rounds import OFFICER, refused, undo


def stands(record: Record, reference: str) -> tuple[Eligibility, str]:
    rows = {row.reference: row for row in record.ask(lambda s: applications(s, 1))}
    return rows[reference].eligibility, rows[reference].eligibility_reason


def test_an_application_is_eligible_once_every_barring_gate_passed(taken_in: Record) -> None:
    assert stands(taken_in, "ACF-001") == (Eligibility.TO_CHECK, "Is the group constituted?")

    taken_in.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)
    assert stands(taken_in, "ACF-001") == (Eligibility.YES, "")

    # An advisory gate never bars.
    taken_in.perform(SetGate(1, "ACF-001", "team", "fail", "nobody was asked"), OFFICER)
    assert stands(taken_in, "ACF-001") == (Eligibility.YES, "")


def test_the_gate_within_the_cap_can_be_waived_with_a_reason(taken_in: Record) -> None:
    taken_in.perform(SetGate(1, "ACF-002", "constituted", "pass"), OFFICER)

    outcome = taken_in.perform(SetGate(1, "ACF-002", "cap", "waived", "a pilot", "fail"), OFFICER)
    assert outcome.words == "ACF-002, waived: “Is the request within the cap?”"
    assert stands(taken_in, "ACF-002") == (Eligibility.WAIVED, "a pilot")

    undo(taken_in, outcome)
    assert stands(taken_in, "ACF-002") == (
        Eligibility.NO,
        "asks £5,200.00, over the cap of £5,000.00 for one award",
    )


def test_undoing_the_first_result_leaves_none(loaded: Record) -> None:
    undo(loaded, loaded.perform(SetGate(1, "ACF-001", "cap", "fail", "asks too much"), OFFICER))

    assert loaded.ask(lambda s: gate_results(s, 1)) == ()


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SetGate(1, "ACF-001", "cap", "maybe"), "“maybe” is not one of pass, fail, waived, to check"),
        (SetGate(1, "ACF-001", "cap", "fail"), "Say why the gate cap is fail"),
        (SetGate(1, "ACF-001", "cap", "waived", " "), "Say why the gate cap is waived"),
        (SetGate(1, "ACF-001", "cap", "pass", replacing="fail"), "set in the meantime"),
        (SetGate(1, "ACF-001", "moon", "pass"), "no gate moon"),
        (SetGate(1, "ACF-9", "cap", "pass"), "no application ACF-9"),
    ],
)
def test_a_gate_that_cannot_be_set_is_refused(loaded: Record, operation: SetGate, words: str) -> None:
    refused(words, loaded.perform, operation, OFFICER)


def test_gates_stay_once_anything_is_recommended(loaded: Record) -> None:
    several = SetGates(1, (GateSetting("ACF-001", "cap"),))
    refused("An officer or the chair sets gates", loaded.perform, several, Actor("Tom Hale", "member"))
    item = RecommendationRow("ACF-001", "reserve", None, "later")
    loaded.perform(RecordRecommendations(1, (item,)), OFFICER)

    for operation in (SetGate(1, "ACF-001", "cap", "pass"), several):
        refused("rest on its gates", loaded.perform, operation, OFFICER)

    # What one area recommends leaves the gates of another.
    outcome = loaded.perform(SetGate(1, "ACF-002", "cap", "fail", "over it"), OFFICER)  # in Dudley
    assert stands(loaded, "ACF-002")[0] is Eligibility.NO
    undo(loaded, outcome)
    assert stands(loaded, "ACF-002")[0] is Eligibility.WAIVED


PASSES = SetGates(
    1,
    (
        GateSetting("ACF-001", "constituted"),
        GateSetting("ACF-001", "cap", replacing="pass"),
        GateSetting("ACF-003", "constituted"),
    ),
)


def own(record: Record) -> list[tuple[str, str, str, str, str]]:
    rows = record.ask(lambda s: gate_results(s, 1))
    return [(one.application, one.gate, one.result, one.reason, one.set_by) for one in rows]


def test_gates_are_passed_together_and_taken_back_as_one(taken_in: Record) -> None:
    before = own(taken_in)

    outcome = taken_in.perform(PASSES, OFFICER)

    assert PASSES.label == "Pass 3 gates on 2 applications"
    assert outcome.words == "3 gates passed on 2 applications."
    found = taken_in.ask(lambda s: applications(s, 1))
    assert [row.eligibility for row in found] == [Eligibility.YES, Eligibility.NO, Eligibility.YES]
    undone = undo(taken_in, outcome)
    assert own(taken_in) == before
    undo(taken_in, undone)
    assert ("ACF-003", "constituted", "pass", "", "Grace Okoro") in own(taken_in)


def test_what_stood_comes_back_with_its_reason_and_whoever_set_it(taken_in: Record) -> None:
    taken_in.perform(SetGate(1, "ACF-001", "constituted", "waived", "an old group"), Actor("Ann Sample"))
    stood = own(taken_in)
    setting = GateSetting("ACF-001", "constituted", replacing="waived")

    undo(taken_in, taken_in.perform(SetGates(1, (setting,)), OFFICER))

    assert ("ACF-001", "constituted", "waived", "an old group", "Ann Sample") in stood
    assert own(taken_in) == stood


def test_one_gate_that_is_undone_is_whose_it_was(taken_in: Record) -> None:
    taken_in.perform(SetGate(1, "ACF-001", "constituted", "fail", "no rules"), Actor("Ann Sample"))

    undo(taken_in, taken_in.perform(SetGate(1, "ACF-001", "constituted", "pass", "", "fail"), OFFICER))

    assert ("ACF-001", "constituted", "fail", "no rules", "Ann Sample") in own(taken_in)


def test_the_label_says_what_is_put_back() -> None:
    back = SetGates(1, (GateSetting("ACF-001", "cap", "", replacing="pass"),))

    assert back.label == "Put 1 gate of 1 application back"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ((), "No gate was chosen"),
        ((GateSetting("ACF-9", "cap"),), "no application ACF-9"),
        ((GateSetting("ACF-001", "moon"),), "no gate moon"),
        ((GateSetting("ACF-001", "cap", "maybe"),), "not one of pass, fail"),
        ((GateSetting("ACF-001", "cap", "fail"),), "Say why"),
        ((GateSetting("ACF-001", "cap", replacing="fail"),), "in the meantime"),
        ((GateSetting("ACF-002", "cap"),), "in the meantime"),
        ((GateSetting("ACF-001", "cap"), GateSetting("ACF-001", "cap")), "named twice"),
    ],
)
def test_what_cannot_be_set_together_is_refused_whole(
    taken_in: Record, settings: tuple[GateSetting, ...], words: str
) -> None:
    before = own(taken_in)
    refused(words, taken_in.perform, SetGates(1, settings), OFFICER)
    assert own(taken_in) == before
