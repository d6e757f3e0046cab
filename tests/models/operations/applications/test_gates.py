"""Setting single gates."""

import pytest

from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.applications.applications import applications, gate_results
from models.record import Record
from models.values.recommending import RecommendationRow
from scoring.round import Eligibility
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, import_operation, load, set_up_office, undo


def stands(record: Record, reference: str) -> tuple[Eligibility, str]:
    rows = {row.reference: row for row in record.ask(lambda s: applications(s, 1))}
    return rows[reference].eligibility, rows[reference].eligibility_reason


def test_an_application_is_eligible_once_every_barring_gate_passed(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    assert stands(record, "ACF-001") == (Eligibility.TO_CHECK, "Is the group constituted?")

    record.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)
    assert stands(record, "ACF-001") == (Eligibility.YES, "")


def test_an_advisory_gate_never_bars(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)

    record.perform(SetGate(1, "ACF-001", "team", "fail", "nobody was asked"), OFFICER)

    assert stands(record, "ACF-001") == (Eligibility.YES, "")


def test_the_gate_within_the_cap_can_be_waived_with_a_reason(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(SetGate(1, "ACF-002", "constituted", "pass"), OFFICER)

    outcome = record.perform(SetGate(1, "ACF-002", "cap", "waived", "a pilot", "fail"), OFFICER)
    assert outcome.words == "ACF-002, waived: “Is the request within the cap?”"
    assert stands(record, "ACF-002") == (Eligibility.WAIVED, "a pilot")

    undo(record, outcome)
    assert stands(record, "ACF-002") == (
        Eligibility.NO,
        "asks £5,200.00, over the cap of £5,000.00 for one award",
    )
    assert_replays(record)


def test_undoing_the_first_result_leaves_none(record: Record) -> None:
    load(set_up_office(record))

    undo(record, record.perform(SetGate(1, "ACF-001", "cap", "fail", "asks too much"), OFFICER))

    assert record.ask(lambda s: gate_results(s, 1)) == ()


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
def test_a_gate_that_cannot_be_set_is_refused(record: Record, operation: SetGate, words: str) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)


def test_gates_stay_once_anything_is_recommended(record: Record) -> None:
    load(set_up_office(record))
    item = RecommendationRow("ACF-001", "reserve", None, "later")
    record.perform(RecordRecommendations(1, (item,)), OFFICER)

    with pytest.raises(Refused, match="rest on its gates"):
        record.perform(SetGate(1, "ACF-001", "cap", "pass"), OFFICER)


def test_what_one_area_recommends_leaves_the_gates_of_another(record: Record) -> None:
    load(set_up_office(record))
    item = RecommendationRow("ACF-001", "reserve", None, "later")  # in Coventry
    record.perform(RecordRecommendations(1, (item,)), OFFICER)

    outcome = record.perform(SetGate(1, "ACF-002", "cap", "fail", "over it"), OFFICER)  # in Dudley
    assert stands(record, "ACF-002")[0] is Eligibility.NO
    undo(record, outcome)
    assert stands(record, "ACF-002")[0] is Eligibility.WAIVED
    assert_replays(record)
