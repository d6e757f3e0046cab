"""A project that starts before the decision on it fails a check by its dates; a person can answer it."""

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.applications.gates import SetGate
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetUpOffice
from models.queries.applications.applications import applications, gate_results
from models.queries.applications.gates import EARLY, early_words, unmet_words
from models.queries.applications.reading import lines_at_gates
from models.record import Record
from models.reference.defaults import Gate
from models.values.applications import starts_after_decision
from models.values.rounds import AreaDates
from scoring.round import Eligibility
from tests.models.rounds import FUND, GATES, OFFICER, application, assert_replays, import_operation, undo

ASKED = Gate("early", "Does the project start after the decision on it?", is_start=True)
BY_RULE = "the program"
MEETS = AreaDates(meets_on=date(2026, 11, 20))
NO_DATE = "no start date, so whether it starts after the decision must be checked"
STARTS = {
    "ACF-001": date(2026, 11, 20),
    "ACF-002": date(2026, 11, 19),
    "ACF-003": date(2026, 10, 2),
    "ACF-004": None,
}
"""When each begins; they were received on the 1st, 2nd, 3rd and 4th of October."""


@pytest.fixture
def taken_in(record: Record) -> Record:
    """Take four applications in, in a round whose panel has no date yet."""
    record.perform(SetUpOffice("Office", (replace(FUND, gates=(*GATES, ASKED)),)), OFFICER)
    rows = (application(number, start_on=STARTS[f"ACF-00{number}"]) for number in (1, 2, 3, 4))
    record.perform(import_operation(*rows), OFFICER)
    return record


def at_gate(record: Record) -> dict[str, tuple[str, str, str]]:
    """Return what each application came to at the gate, why, and by whom."""
    found = record.ask(partial(gate_results, round_id=1))
    return {one.application: one.word for one in found if one.gate == "early"}


def told(record: Record, reference: str) -> tuple[str, str]:
    """Return what stands against a pass of an application, and the dates that it is judged by."""
    line = next(
        one for one in record.ask(partial(lines_at_gates, round_id=1)) if one.row.reference == reference
    )
    return next((one.over, one.dates) for one in line.gates if one.gate.is_start)


def meeting_set(record: Record, dates: AreaDates = MEETS) -> None:
    record.perform(SetAreaDates(1, "Coventry", dates, AreaDates()), OFFICER)


def test_until_the_panel_has_a_date_only_a_start_before_the_receipt_is_judged(taken_in: Record) -> None:
    open_ = "starts 20 Nov 2026, and no date is set on which the panel meets"

    assert at_gate(taken_in) == {
        "ACF-001": ("to check", open_, BY_RULE),
        "ACF-002": ("to check", open_.replace("20 Nov", "19 Nov"), BY_RULE),
        "ACF-003": ("fail", "starts 2 Oct 2026, before it was received on 3 Oct 2026", BY_RULE),
        "ACF-004": ("to check", NO_DATE, BY_RULE),
    }
    third = taken_in.ask(partial(applications, round_id=1))[2]
    assert third.eligibility is Eligibility.NO
    assert third.eligibility_reason == "starts 2 Oct 2026, before it was received on 3 Oct 2026"
    assert_replays(taken_in)


def test_the_date_of_the_meeting_judges_each_and_undoing_it_puts_back_what_stood(taken_in: Record) -> None:
    before = at_gate(taken_in)

    outcome = taken_in.perform(SetAreaDates(1, "Coventry", MEETS, AreaDates()), OFFICER)

    early = "starts 19 Nov 2026, before the panel of Coventry meets on 20 Nov 2026"
    assert at_gate(taken_in) == before | {
        "ACF-001": ("pass", "", BY_RULE),
        "ACF-002": ("fail", early, BY_RULE),
    }
    assert outcome.words == "The dates of Coventry are set. 2 applications were judged again by the dates."
    assert told(taken_in, "ACF-001") == ("", "starts 20 Nov 2026; the panel of Coventry meets on 20 Nov 2026")
    assert told(taken_in, "ACF-002") == (early, early)
    undo(taken_in, outcome)
    assert at_gate(taken_in) == before
    assert_replays(taken_in)


def test_a_corrected_start_date_is_judged_and_what_a_person_set_stands(taken_in: Record) -> None:
    meeting_set(taken_in)
    taken_in.perform(SetGate(1, "ACF-003", "early", "waived", "A tradition since 1998", "fail"), OFFICER)
    later = Change("start_on", '"2027-01-10"', '"2026-11-19"')

    outcome = taken_in.perform(CorrectApplication(1, "ACF-002", (later,), "A slip"), OFFICER)

    assert at_gate(taken_in)["ACF-002"] == ("pass", "", BY_RULE)
    undo(taken_in, outcome)
    assert at_gate(taken_in)["ACF-002"][0] == "fail"
    taken_in.perform(SetAreaDates(1, "Coventry", AreaDates(), MEETS), OFFICER)
    assert at_gate(taken_in)["ACF-003"] == ("waived", "A tradition since 1998", OFFICER.name)
    assert at_gate(taken_in)["ACF-001"][0] == "to check"


def test_a_round_whose_fund_asks_nothing_of_the_start_is_judged_by_none(record: Record) -> None:
    record.perform(SetUpOffice("Office", (FUND,)), OFFICER)
    record.perform(import_operation(application(3, start_on=date(2026, 10, 2))), OFFICER)

    meeting_set(record)

    assert at_gate(record) == {}
    assert named_at_decision(record, date(2026, 12, 2)) == []


def named_at_decision(record: Record, on: date) -> list[str]:
    """Return which projects are named to whoever decides on a day."""
    words = record.ask(lambda session: tuple(early_words(session, 1, STARTS, on)))
    return [one.split(" ", 1)[0] for one in words]


def test_a_decision_that_comes_late_names_the_projects_that_start_before_it(taken_in: Record) -> None:
    meeting_set(taken_in)  # 20 November: ACF-001 passed by the date as it was planned

    assert named_at_decision(taken_in, date(2026, 11, 20)) == ["ACF-002", "ACF-003"]
    assert named_at_decision(taken_in, date(2026, 12, 2)) == ["ACF-001", "ACF-002", "ACF-003"]
    (first,) = taken_in.ask(lambda session: tuple(early_words(session, 1, {"ACF-001"}, date(2026, 12, 2))))
    assert first.startswith("ACF-001 starts 20 Nov 2026, before the decision of 2 Dec 2026. ")


@pytest.mark.parametrize(
    ("decided", "verdict"),
    [
        (date(2026, 12, 2), ("fail", "starts 20 Nov 2026, before the decision of 2 Dec 2026")),
        (date(2026, 11, 20), ("pass", "starts 20 Nov 2026; it was decided on 20 Nov 2026")),
        (None, ("pass", "starts 20 Nov 2026; the panel of Coventry meets on 20 Nov 2026")),
    ],
)
def test_once_it_is_decided_the_start_is_held_against_the_decision(
    decided: date | None, verdict: tuple[str, str]
) -> None:
    row = application(1, start_on=STARTS["ACF-001"])

    assert starts_after_decision(row, {"Coventry": MEETS}, decided) == verdict


def test_an_applicant_reads_that_the_project_starts_too_early(taken_in: Record) -> None:
    line = taken_in.ask(partial(lines_at_gates, round_id=1))[0]

    assert unmet_words(next(one.gate for one in line.gates if one.gate.is_start)) == EARLY
