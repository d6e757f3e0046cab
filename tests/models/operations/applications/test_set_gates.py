"""Setting many gates at once, and taking that back as one."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.gates import GateSetting, SetGate, SetGates
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.applications.applications import applications, gate_results
from models.record import Record
from models.values.recommending import RecommendationRow
from scoring.round import Eligibility
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, import_operation, load, set_up_office, undo

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


@pytest.fixture
def taken_in(record: Record) -> Record:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    return record


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
    assert_replays(taken_in)


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
    assert_replays(taken_in)


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
    with pytest.raises(Refused, match=words):
        taken_in.perform(SetGates(1, settings), OFFICER)
    assert own(taken_in) == before


def test_a_member_sets_none_and_nobody_does_once_recommended(record: Record) -> None:
    load(set_up_office(record))
    setting = SetGates(1, (GateSetting("ACF-001", "cap"),))
    with pytest.raises(Refused, match="An officer or the chair sets gates"):
        record.perform(setting, Actor("Tom Hale", "member"))
    lines = (RecommendationRow("ACF-001", "fund", 100_000, "agreed"),)
    record.perform(RecordRecommendations(1, lines), OFFICER)

    with pytest.raises(Refused, match="rest on its gates"):
        record.perform(replace(setting), OFFICER)
