"""The gate of the caps is judged from figures: at import, and again when an amount is corrected."""

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.applications.corrections import CorrectApplication, changes_between
from models.operations.applications.gates import SetGate
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.scheme import EditScheme
from models.queries.applications.applications import applications, gate_results
from models.record import Record
from models.reference.defaults import FundDefaults
from tests.models.rounds import (
    FUND,
    KEY,
    OFFICER,
    SCHEME,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    set_up_round,
    undo,
)

OVER = "asks £5,200.00, over the cap of £5,000.00 for one award"
BY_RULE = "the program"


def cap(record: Record, reference: str) -> tuple[str, str, str] | None:
    rows = record.ask(lambda s: gate_results(s, 1))
    found = (one for one in rows if (one.application, one.gate) == (reference, "cap"))
    return next(((one.result, one.reason, one.set_by) for one in found), None)


def correct(record: Record, reference: str, pence: int) -> Outcome:
    rows = record.ask(lambda session: applications(session, 1))
    before = next(row for row in rows if row.reference == reference)
    changes = changes_between(before, replace(before, requested_pence=pence))
    return record.perform(CorrectApplication(1, reference, changes, "mistyped"), OFFICER)


@pytest.fixture
def judged(record: Record) -> Record:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    return record


def test_a_request_within_the_cap_is_passed_by_the_program_and_one_over_it_failed(judged: Record) -> None:
    assert cap(judged, "ACF-001") == ("pass", "", BY_RULE)
    assert cap(judged, "ACF-002") == ("fail", OVER, BY_RULE)
    assert_replays(judged)


def test_a_corrected_amount_is_judged_again_and_undone_with_the_correction(judged: Record) -> None:
    before = judged.ask(lambda s: gate_results(s, 1))

    outcome = correct(judged, "ACF-002", 480_000)
    assert cap(judged, "ACF-002") == ("pass", "", BY_RULE)
    undone = undo(judged, outcome)
    assert judged.ask(lambda s: gate_results(s, 1)) == before
    undo(judged, undone)
    assert cap(judged, "ACF-002") == ("pass", "", BY_RULE)

    correct(judged, "ACF-001", 520_000)
    assert cap(judged, "ACF-001") == ("fail", OVER, BY_RULE)
    assert_replays(judged)


def test_a_waiver_and_a_persons_own_reason_stand(judged: Record) -> None:
    judged.perform(SetGate(1, "ACF-001", "cap", "waived", "a pilot", "pass"), OFFICER)
    judged.perform(SetGate(1, "ACF-003", "cap", "fail", "asks twice", "pass"), OFFICER)

    correct(judged, "ACF-001", 600_000)
    outcome = correct(judged, "ACF-003", 100_000)

    assert cap(judged, "ACF-001") == ("waived", "a pilot", "Grace Okoro")
    assert cap(judged, "ACF-003") == ("fail", "asks twice", "Grace Okoro")
    undo(judged, outcome)
    assert cap(judged, "ACF-003") == ("fail", "asks twice", "Grace Okoro")


def test_a_persons_pass_stands_within_the_cap_and_not_above_it(judged: Record) -> None:
    judged.perform(SetGate(1, "ACF-002", "cap", "pass", "", "fail"), OFFICER)

    lower = correct(judged, "ACF-002", 480_000)
    within = cap(judged, "ACF-002")
    outcome = correct(judged, "ACF-002", 520_000)
    above = cap(judged, "ACF-002")
    undo(judged, outcome)
    back = cap(judged, "ACF-002")
    undo(judged, lower)

    assert within == ("pass", "", "Grace Okoro")
    assert above == ("fail", OVER, BY_RULE)
    assert back == cap(judged, "ACF-002") == within  # also above the cap, as it was


def test_a_workbooks_word_for_all_gates_stands_unless_figures_speak_against_it(record: Record) -> None:
    load(set_up_office(record))  # ACF-001 eligible, ACF-002 waived

    correct(record, "ACF-001", 300_000)
    within = cap(record, "ACF-001")
    correct(record, "ACF-002", 600_000)
    waived = cap(record, "ACF-002")
    correct(record, "ACF-001", 520_000)

    assert (within, waived) == (None, None)
    assert cap(record, "ACF-001") == ("fail", OVER, BY_RULE)


@pytest.mark.parametrize(
    "fund",
    [replace(FUND, scheme=replace(SCHEME, cap_per_award_pence=None)), replace(FUND, gates=FUND.gates[:1])],
)
def test_without_a_cap_or_its_gate_nothing_is_judged_again(record: Record, fund: FundDefaults) -> None:
    record.perform(SetUpOffice("Office of the Commissioner", (fund,)), OFFICER)
    record.perform(import_operation(), OFFICER)
    before = record.ask(lambda s: gate_results(s, 1))

    correct(record, "ACF-001", 900_000)

    assert record.ask(lambda s: gate_results(s, 1)) == before


def test_without_a_cap_the_program_passes_every_request_and_judges_again_once_there_is_one(
    record: Record,
) -> None:
    uncapped = replace(SCHEME, cap_per_award_pence=None)
    fund = replace(FUND, scheme=uncapped)
    record.perform(SetUpOffice("Office of the Commissioner", (fund,)), OFFICER)
    record.perform(set_up_round(KEY, ("Coventry", "Dudley")), OFFICER)
    made = replace(import_operation(), added_areas=())
    record.perform(made, OFFICER)
    passed = (cap(record, "ACF-001"), cap(record, "ACF-002"))

    record.perform(EditScheme(1, SCHEME, uncapped, "the cap"), OFFICER)

    assert passed == (("pass", "", BY_RULE), ("pass", "", BY_RULE))
    assert (cap(record, "ACF-001"), cap(record, "ACF-002")) == (
        ("pass", "", BY_RULE),
        ("fail", OVER, BY_RULE),
    )
    assert_replays(record)


def test_a_draft_with_the_same_cap_judges_nothing_otherwise(record: Record) -> None:
    set_up_office(record)
    record.perform(set_up_round(KEY, ("Coventry", "Dudley")), OFFICER)
    record.perform(replace(import_operation(), added_areas=()), OFFICER)
    before = record.ask(lambda s: gate_results(s, 1))

    outcome = record.perform(
        EditScheme(1, replace(SCHEME, quorum=SCHEME.quorum + 1), SCHEME, "the quorum"),
        OFFICER,
    )

    assert record.ask(lambda s: gate_results(s, 1)) == before
    undo(record, outcome)
    assert record.ask(lambda s: gate_results(s, 1)) == before
    assert_replays(record)


def test_a_drafts_new_cap_judges_again_what_the_program_judged_alone(record: Record) -> None:
    set_up_office(record)
    record.perform(set_up_round(KEY, ("Coventry", "Dudley")), OFFICER)
    record.perform(replace(import_operation(), added_areas=()), OFFICER)
    record.perform(SetGate(1, "ACF-001", "cap", "fail", "Its match funding is over", "pass"), OFFICER)
    raised = replace(SCHEME, cap_per_award_pence=600_000)

    outcome = record.perform(EditScheme(1, raised, SCHEME, "the cap"), OFFICER)
    judged = (cap(record, "ACF-001"), cap(record, "ACF-002"))
    assert outcome.inverse is not None
    back = record.perform(outcome.inverse, OFFICER)

    assert outcome.words == "Changed the cap. 1 application was judged again by the cap."
    assert judged == (("fail", "Its match funding is over", OFFICER.name), ("pass", "", BY_RULE))
    assert cap(record, "ACF-002") == ("fail", OVER, BY_RULE)
    assert back.inverse is not None
    record.perform(back.inverse, OFFICER)
    assert cap(record, "ACF-002") == ("pass", "", BY_RULE)
    assert_replays(record)
