"""Gates: set by a person, one or many; of closing date and caps judged from dates and figures."""

from collections import Counter
from datetime import date, datetime
from itertools import product

import pytest
from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.applications.corrections import CorrectApplication, changes_between
from models.operations.applications.gates import GateSetting, SetGate, SetGates
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.replace import ReplaceRound
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import applications, gate_results
from models.queries.applications.gates import late_words, waived_words
from models.queries.applications.reading import IntakeLine, intake
from models.queries.deciding.on_paper import settled_lines
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates
from models.record import Record
from models.reference.defaults import FundDefaults, Gate
from models.values.recommending import RecommendationRow
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow
from scoring.round import Eligibility
from scoring.written.text import Refused
from tests.models.operations.meetings import CHAIR
from tests.models.rounds import (
    FUND,
    GATES,
    OFFICER,
    SCHEME,
    application,
    import_operation,
    refused,
    refuses,
    undo,
)

CLOSES = date(2026, 10, 1)
LATE = "received 2 Oct 2026 at 09:30, after Coventry closed on 1 Oct 2026"
BY_RULE = "the program"
ROWS = (
    application(1, received_at=datetime(2026, 10, 1, 23, 59, 59)),
    application(2),
    application(3, received_at=None, received_has_time=False),
    application(4, area="Dudley"),
)


def row_of(record: Record, reference: str) -> ApplicationRow:
    return next(row for row in record.ask(lambda s: applications(s, 1)) if row.reference == reference)


def came_to(record: Record, reference: str) -> tuple[Eligibility, str]:
    row = row_of(record, reference)
    return row.eligibility, row.eligibility_reason


def at_gate(record: Record, reference: str, gate: str = "in-time") -> tuple[str, str, str] | None:
    rows = record.ask(lambda s: gate_results(s, 1))
    found = (one for one in rows if (one.application, one.gate) == (reference, gate))
    return next(((one.result, one.reason, one.set_by) for one in found), None)


def set_closing(record: Record, closes: date | None, time: str | None = None) -> Outcome:
    stands = record.ask(lambda s: area_dates(s, 1))["Coventry"]
    dates = replace(stands, closes_on=closes, closes_time=time)
    return record.perform(SetAreaDates(1, "Coventry", dates, stands), OFFICER)


def correct(record: Record, reference: str, **changes: object) -> Outcome:
    before = row_of(record, reference)
    changed = changes_between(before, replace(before, **changes))  # type: ignore[arg-type]
    return record.perform(CorrectApplication(1, reference, changed, "mistyped"), OFFICER)


def line(record: Record, reference: str) -> IntakeLine:
    return next(
        one
        for one in record.ask(lambda s: intake(s, 1, OFFICE_VIEWER)).lines
        if one.row.reference == reference
    )


@pytest.fixture
def closed(office: Record) -> Record:
    """Applications that came before, on, after and without a closing date of 1 October."""
    office.perform(import_operation(*ROWS), OFFICER)
    set_closing(office, CLOSES)
    return office


def test_a_closing_date_runs_to_the_end_of_its_day_and_corrected_is_judged_anew(closed: Record) -> None:
    """Without a received date it is to check, and without a closing date it is not asked."""
    no_date = "no received date, so whether it came in time must be checked"

    assert at_gate(closed, "ACF-001") == ("pass", "", BY_RULE)
    assert at_gate(closed, "ACF-002") == ("fail", LATE, BY_RULE)
    assert came_to(closed, "ACF-002") == (Eligibility.NO, LATE)
    assert at_gate(closed, "ACF-003") == ("to check", no_date, BY_RULE)
    assert at_gate(closed, "ACF-004") is None
    assert "in-time" not in {standing.gate.code for standing in line(closed, "ACF-004").gates}
    assert "Was the application received in time?" not in came_to(closed, "ACF-004")[1]

    before = closed.ask(lambda s: gate_results(s, 1))

    undo(closed, closed.perform(RemoveRound(1, ""), OFFICER))

    assert closed.ask(lambda s: gate_results(s, 1)) == before

    outcome = set_closing(closed, date(2026, 10, 2))
    assert at_gate(closed, "ACF-002") == ("pass", "", BY_RULE)
    assert outcome.words.endswith("are set. 1 application was judged again by the dates.")
    undone = undo(closed, outcome)
    assert closed.ask(lambda s: gate_results(s, 1)) == before
    undo(closed, undone)
    assert at_gate(closed, "ACF-002") == ("pass", "", BY_RULE)


MEETS = date(2026, 11, 20)
STARTS = (None, date(2026, 9, 30), date(2026, 11, 19), MEETS)
"""No start, one before any receipt, one before the meeting, and one at it."""
CAME = (None, datetime(2026, 10, 1), datetime(2026, 10, 1, 12, 30), datetime(2026, 10, 2, 9, 30))
"""No receipt, one without a time, one on the closing day past noon, and one on the day after.

Of those to Coventry one is of the day after, and one past noon.
"""
ONE_OF_EACH = tuple(
    application(
        number,
        area=("Coventry", "Dudley", None)[number % 3],
        requested_pence=(100_000, 600_000)[number % 2],
        start_on=starts,
        received_at=came,
        received_has_time=came is not None and came.hour > 0,
    )
    for number, (starts, came) in enumerate(product(STARTS, CAME), 2)
)


@pytest.mark.parametrize(
    ("dates", "late"),
    [
        (AreaDates(meets_on=MEETS), ""),
        (AreaDates(closes_on=CLOSES), " 1 application came after the closing date."),
        (AreaDates(closes_on=CLOSES, closes_time="12:00"), " 2 applications came after the closing date."),
        (AreaDates(closes_on=CLOSES, meets_on=MEETS), " 1 application came after the closing date."),
    ],
)
def test_an_import_is_judged_as_the_same_dates_judge_it_when_they_are_set_later(
    record: Record, dates: AreaDates, late: str
) -> None:
    starts = Gate("early", "Does the project start after the decision on it?", is_start=True)
    record.perform(SetUpOffice("Office", (replace(FUND, gates=(*GATES, starts)),)), OFFICER)
    record.perform(import_operation(application(1)), OFFICER)
    set_dates = SetAreaDates(1, "Coventry", dates, AreaDates())
    came = import_operation(*ONE_OF_EACH, areas=())

    dated = record.perform(set_dates, OFFICER)
    imported = record.perform(came, OFFICER)
    at_import = {(*one[:2],): one[2:] for one in own(record)}
    undo(record, imported)
    undo(record, dated)
    record.perform(came, OFFICER)
    record.perform(set_dates, OFFICER)

    assert {(*one[:2],): one[2:] for one in own(record)} == at_import
    assert Counter(gate for _, gate in at_import)["early"] == 1 + len(ONE_OF_EACH)
    assert imported.words == f"16 applications imported. 8 applications ask for more than the cap.{late}"


def test_a_closing_time_parts_the_day_and_its_own_minute_is_in_time(closed: Record) -> None:
    set_closing(closed, CLOSES, "12:00")
    late = "received 1 Oct 2026 at 23:59:59, after Coventry closed on 1 Oct 2026 at 12:00"
    assert at_gate(closed, "ACF-001") == ("fail", late, BY_RULE)

    correct(closed, "ACF-001", received_at=datetime(2026, 10, 1, 12, 0))
    assert at_gate(closed, "ACF-001") == ("pass", "", BY_RULE)

    correct(closed, "ACF-001", received_at=datetime(2026, 10, 1, 12, 0, 30))
    late = "received 1 Oct 2026 at 12:00:30, after Coventry closed on 1 Oct 2026 at 12:00"
    assert at_gate(closed, "ACF-001") == ("fail", late, BY_RULE)

    correct(closed, "ACF-001", received_at=datetime(2026, 10, 1), received_has_time=False)
    words = "received 1 Oct 2026 without a time, and Coventry closed at 12:00"
    assert at_gate(closed, "ACF-001") == ("to check", words, BY_RULE)
    refused("needs a closing date", set_closing, closed, None, "12:00")
    for time in ("noon", "12:00:30"):
        refused("is not a time of day such as 17:00", set_closing, closed, CLOSES, time)


def test_a_late_one_is_waived_with_a_reason_and_never_passed(closed: Record) -> None:
    words = f"ACF-002 was {LATE}. Waive the gate with a reason, or correct the received date."
    for passing in (
        SetGate(1, "ACF-002", "in-time", "pass", "", "fail"),
        SetGates(1, (GateSetting("ACF-002", "in-time", replacing="fail"),)),
    ):
        with pytest.raises(Refused) as refused:
            closed.perform(passing, OFFICER)
        assert str(refused.value) == words
    refuses(closed, "Say why", SetGate(1, "ACF-002", "in-time", "waived", "", "fail"))

    closed.perform(SetGate(1, "ACF-002", "in-time", "waived", "post strike", "fail"), OFFICER)

    rows = closed.ask(lambda s: late_words(s, 1, applications(s, 1)))
    assert rows == {"ACF-002": (LATE, "waived by Grace Okoro: post strike")}
    assert (line(closed, "ACF-002").late, line(closed, "ACF-002").let_in) == rows["ACF-002"]
    # A waiver and a person's own reason stand, and a pass does not stand against the dates.
    closed.perform(SetGate(1, "ACF-001", "in-time", "fail", "sent to the wrong office", "pass"), OFFICER)
    closed.perform(SetGate(1, "ACF-003", "in-time", "pass", "", "to check"), OFFICER)

    set_closing(closed, date(2026, 9, 1))
    assert at_gate(closed, "ACF-002") == ("waived", "post strike", "Grace Okoro")
    assert at_gate(closed, "ACF-001") == ("fail", "sent to the wrong office", "Grace Okoro")
    assert at_gate(closed, "ACF-003") == ("pass", "", "Grace Okoro")

    correct(closed, "ACF-003", received_at=datetime(2026, 10, 3), received_has_time=False)
    assert (at_gate(closed, "ACF-003") or ("",))[0] == "fail"


def test_a_workbooks_waiver_of_all_gates_stands_when_a_closing_date_comes(loaded: Record) -> None:
    # ACF-002 of Dudley is waived, ACF-001 of Coventry eligible
    stands = loaded.ask(lambda s: area_dates(s, 1))["Dudley"]
    dates = replace(stands, closes_on=date(2026, 9, 1))
    loaded.perform(SetAreaDates(1, "Dudley", dates, stands), OFFICER)

    assert at_gate(loaded, "ACF-002") is None
    assert came_to(loaded, "ACF-002") == (Eligibility.WAIVED, "a pilot")
    told = ("ACF-002", "let in by a waiver, given by Grace Okoro: a pilot")
    assert loaded.ask(lambda s: (waived_words(s, 1, ()), waived_words(s, 1, ["ACF-002"]))) == ((told,), ())
    loaded.perform(SetGate(1, "ACF-002", "cap", "waived", "one of a kind"), OFFICER)
    own = ("ACF-002", "let in by a waiver, given by Grace Okoro: one of a kind")
    assert loaded.ask(lambda s: settled_lines(s, 1)).waived == (own,)


def test_what_came_before_the_gate_was_asked_is_judged_when_intake_ends(office: Record) -> None:
    office.perform(import_operation(*ROWS), OFFICER)
    set_closing(office, CLOSES)
    rows = office.ask(lambda s: round_rows(s, 1))
    came = (
        replace(row, eligibility=Eligibility.TO_CHECK, eligibility_reason="") for row in rows.applications
    )
    office.perform(ReplaceRound(1, replace(rows, applications=tuple(came))), OFFICER)
    assert at_gate(office, "ACF-002") is None  # the workbook's word is all that stands

    outcome = office.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)

    assert at_gate(office, "ACF-002") == ("fail", LATE, BY_RULE)
    assert at_gate(office, "ACF-004") is None
    assert outcome.words.endswith("1 application came after the closing date.")


OVER = "asks £5,200.00, over the cap of £5,000.00 for one award"


def cap(record: Record, reference: str) -> tuple[str, str, str] | None:
    return at_gate(record, reference, "cap")


def test_a_persons_pass_stands_within_the_cap_and_not_above_it(taken_in: Record) -> None:
    taken_in.perform(SetGate(1, "ACF-002", "cap", "pass", "", "fail"), OFFICER)

    lower = correct(taken_in, "ACF-002", requested_pence=480_000)
    within = cap(taken_in, "ACF-002")
    outcome = correct(taken_in, "ACF-002", requested_pence=520_000)
    above = cap(taken_in, "ACF-002")
    undo(taken_in, outcome)
    back = cap(taken_in, "ACF-002")
    undo(taken_in, lower)

    assert within == ("pass", "", "Grace Okoro")
    assert above == ("fail", OVER, BY_RULE)
    assert back == cap(taken_in, "ACF-002") == within  # also above the cap, as it was
    # A waiver and a person's own reason stand.
    taken_in.perform(SetGate(1, "ACF-001", "cap", "waived", "a pilot", "pass"), OFFICER)
    taken_in.perform(SetGate(1, "ACF-003", "cap", "fail", "asks twice", "pass"), OFFICER)

    correct(taken_in, "ACF-001", requested_pence=600_000)
    correct(taken_in, "ACF-003", requested_pence=100_000)

    assert cap(taken_in, "ACF-001") == ("waived", "a pilot", "Grace Okoro")
    assert cap(taken_in, "ACF-003") == ("fail", "asks twice", "Grace Okoro")


@pytest.mark.parametrize(
    "fund",
    [replace(FUND, scheme=replace(SCHEME, cap_per_award_pence=None)), replace(FUND, gates=FUND.gates[:1])],
)
def test_without_a_cap_or_its_gate_nothing_is_judged_again(record: Record, fund: FundDefaults) -> None:
    record.perform(SetUpOffice("Office of the Commissioner", (fund,)), OFFICER)
    record.perform(import_operation(), OFFICER)
    before = record.ask(lambda s: gate_results(s, 1))

    correct(record, "ACF-001", requested_pence=900_000)

    assert record.ask(lambda s: gate_results(s, 1)) == before


def test_an_application_is_eligible_once_every_barring_gate_passed(taken_in: Record) -> None:
    assert came_to(taken_in, "ACF-001") == (Eligibility.TO_CHECK, "Is the group constituted?")

    taken_in.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)
    assert came_to(taken_in, "ACF-001") == (Eligibility.YES, "")

    # An advisory gate never bars.
    taken_in.perform(SetGate(1, "ACF-001", "team", "fail", "nobody was asked"), OFFICER)
    assert came_to(taken_in, "ACF-001") == (Eligibility.YES, "")
    # A corrected amount is judged again, and undone with the correction.
    before = taken_in.ask(lambda s: gate_results(s, 1))

    outcome = correct(taken_in, "ACF-002", requested_pence=480_000)
    assert cap(taken_in, "ACF-002") == ("pass", "", BY_RULE)
    undone = undo(taken_in, outcome)
    assert taken_in.ask(lambda s: gate_results(s, 1)) == before
    undo(taken_in, undone)
    assert cap(taken_in, "ACF-002") == ("pass", "", BY_RULE)

    correct(taken_in, "ACF-001", requested_pence=520_000)
    assert cap(taken_in, "ACF-001") == ("fail", OVER, BY_RULE)


def test_gates_stay_once_anything_is_recommended(loaded: Record) -> None:
    several = SetGates(1, (GateSetting("ACF-001", "cap"),))
    refuses(loaded, "An officer or the chair sets gates", several, Actor("Tom Hale", "member"))
    item = RecommendationRow("ACF-001", "reserve", None, "later")
    loaded.perform(RecordRecommendations(1, (item,)), OFFICER)

    for operation in (SetGate(1, "ACF-001", "cap", "pass"), several):
        refuses(loaded, "rest on its gates", operation)
    refused("Coventry has recommendations, which rest on its gates", set_closing, loaded, date(2026, 9, 1))

    # What one area recommends leaves the gates of another.
    outcome = loaded.perform(SetGate(1, "ACF-002", "cap", "fail", "over it"), OFFICER)  # in Dudley
    assert came_to(loaded, "ACF-002")[0] is Eligibility.NO
    undo(loaded, outcome)
    assert came_to(loaded, "ACF-002")[0] is Eligibility.WAIVED


def own(record: Record) -> list[tuple[str, str, str, str, str]]:
    rows = record.ask(lambda s: gate_results(s, 1))
    return [(one.application, one.gate, one.result, one.reason, one.set_by) for one in rows]


def together(*settings: GateSetting) -> SetGates:
    return SetGates(1, settings)


def test_gates_that_cannot_be_set_alone_or_together_are_refused_whole(taken_in: Record) -> None:
    before = own(taken_in)
    for operation, words in (
        (together(), "No gate was chosen"),
        (together(GateSetting("ACF-9", "cap")), "no application ACF-9"),
        (together(GateSetting("ACF-001", "moon")), "no gate moon"),
        (together(GateSetting("ACF-001", "cap", "maybe")), "not one of pass, fail"),
        (together(GateSetting("ACF-001", "cap", "fail")), "Say why"),
        (together(GateSetting("ACF-001", "cap", replacing="fail")), "in the meantime"),
        (together(GateSetting("ACF-002", "cap")), "in the meantime"),
        (together(GateSetting("ACF-001", "cap"), GateSetting("ACF-001", "cap")), "named twice"),
        (SetGate(1, "ACF-001", "cap", "maybe"), "“maybe” is not one of pass, fail, waived, to check"),
        (SetGate(1, "ACF-001", "cap", "fail"), "Say why the gate cap is fail"),
        (SetGate(1, "ACF-001", "cap", "waived", " "), "Say why the gate cap is waived"),
        (SetGate(1, "ACF-001", "cap", "pass", replacing="fail"), "set in the meantime"),
        (SetGate(1, "ACF-001", "moon", "pass"), "no gate moon"),
        (SetGate(1, "ACF-9", "cap", "pass"), "no application ACF-9"),
    ):
        refuses(taken_in, words, operation)
    assert own(taken_in) == before
    # What stood comes back with its reason and whoever set it.
    taken_in.perform(SetGate(1, "ACF-001", "constituted", "waived", "an old group"), Actor("Ann Sample"))
    stood = own(taken_in)
    setting = GateSetting("ACF-001", "constituted", replacing="waived")

    undo(taken_in, taken_in.perform(SetGates(1, (setting,)), OFFICER))

    assert ("ACF-001", "constituted", "waived", "an old group", "Ann Sample") in stood
    assert own(taken_in) == stood
