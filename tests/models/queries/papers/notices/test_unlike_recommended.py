"""What whoever decides changes is told with its reason, also where somebody else signs after it."""

from datetime import UTC, datetime
from functools import partial

from models.papers.order import PaperOrder
from models.queries.deciding.on_paper import settled_lines
from models.queries.papers.decision_report import decision_report
from models.queries.papers.letters import letters
from models.queries.papers.notices.notice import notice
from models.queries.papers.to_sign import schedule
from models.queries.papers.transparency.disclosure import disclosure
from models.record import Record
from models.values.recommending import LineDecision
from tests.models.operations.deciding_rounds import COMMANDER, DECIDER, REASON, first_step, last_step, signed

NOW = datetime(2027, 1, 5, tzinfo=UTC)
FEWER = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer.")
NONE = LineDecision("ACF-003", "change", "decline", change_reason="The school does it now.")
AGREED = tuple(LineDecision(f"ACF-00{number}") for number in (1, 2, 3))
FEWER_SAID = "warded £1,500, where the panel recommended £2,000. Reason: One session fewer."
NONE_SAID = "eclined, from the panel's reserve list. Reason: The school does it now."


def order(kind: str, number: str = "") -> PaperOrder:
    return PaperOrder(kind, NOW, round_id=1, notice=number)


def changed_before(record: Record) -> Record:
    """Have an earlier step give one line less and another nothing, and the last agree with it."""
    signed(record).perform(first_step(LineDecision("ACF-001"), FEWER, NONE), COMMANDER)
    record.perform(last_step(*AGREED), DECIDER)
    return record


def test_notice_and_report_tell_what_was_changed_and_why(record: Record) -> None:
    changed_before(record)

    told = record.ask(partial(notice, order=order("notice", "031/2026"))).background
    report = record.ask(partial(decision_report, order=order("decision-report"))).changed

    assert f"ACF-002 is a{FEWER_SAID}" in told
    assert f"ACF-003 is d{NONE_SAID}" in told
    assert not any(line.startswith("ACF-001") for line in told), "it is as recommended"
    in_part, *changed = report
    part = "In part: ACF-002, £1,500 of the £2,000 asked, for the reason"
    assert f"{part} given above." in told
    assert in_part == f"{part} that its notice gives."
    assert [line.split(" is ")[1] for line in changed] == [f"a{FEWER_SAID}", f"d{NONE_SAID}"]


def test_the_draft_for_whoever_decides_has_what_an_earlier_step_changed_and_why(record: Record) -> None:
    signed(record).perform(first_step(LineDecision("ACF-001"), FEWER, NONE), COMMANDER)

    draft = record.ask(partial(notice, order=order("notice")))

    assert [(one.reference, one.amount_pence) for one in draft.allocations] == [
        ("ACF-001", 100_000),
        ("ACF-002", 150_000),
    ]
    assert draft.by_outcome == (("decline", 1),)
    assert f"ACF-002 is a{FEWER_SAID}" in draft.background
    assert f"ACF-003 is d{NONE_SAID}" in draft.background


def test_the_schedule_has_the_panels_reason_and_why_it_was_changed(record: Record) -> None:
    changed_before(record)

    reasons = {
        row.reference: row.reason for row in record.ask(partial(settled_lines, round_id=1)).recommended
    }

    assert reasons["ACF-001"] == REASON
    assert reasons["ACF-002"] == f"{REASON} Changed when it was decided: One session fewer."
    assert reasons["ACF-003"].startswith("The school does it now. Decided, notice 031/2026")


def test_the_schedule_has_the_outcome_that_was_decided_beside_what_was_awarded(record: Record) -> None:
    changed_before(record)

    made = record.ask(partial(schedule, order=order("schedule")))

    told = {line.reference: (line.awarded_pence, line.outcome) for line in made.lines}
    assert told == {
        "ACF-001": (100_000, "fund"),
        "ACF-002": (150_000, "part-fund"),
        "ACF-003": (0, "decline"),
    }


def test_what_was_funded_from_the_reserve_list_at_once_is_no_reserve_in_the_schedule(record: Record) -> None:
    less = LineDecision("ACF-002", "change", "part_fund", 50_000, change_reason="One session.")
    more = LineDecision(
        "ACF-003", "change", "part_fund", 200_000, "The school is the target of thefts.", "Room."
    )
    signed(record).perform(first_step(LineDecision("ACF-001"), less, more), COMMANDER)
    record.perform(last_step(*AGREED), DECIDER)

    made = record.ask(partial(schedule, order=order("schedule")))

    (line,) = (one for one in made.lines if one.reference == "ACF-003")
    assert (line.outcome, line.awarded_pence, line.recommended_pence) == ("part-fund", 200_000, None)
    assert line.reason == "The school is the target of thefts. Decided, notice 031/2026: Room."


def test_information_on_request_tells_it_of_awards(record: Record) -> None:
    changed_before(record)

    lines = record.ask(partial(disclosure, order=order("disclosure"))).lines

    (fewer,) = (line for line in lines if "£1,500" in line.reasons)
    assert fewer.reasons.splitlines() == [REASON, f"A{FEWER_SAID}"]
    assert not any("school" in line.reasons for line in lines), "of what is not named the rules' words alone"


def test_a_letter_says_why_it_was_chosen_and_apart_from_it_why_the_amount_was_changed(record: Record) -> None:
    changed_before(record)

    whole, fewer, none = record.ask(partial(letters, order=order("letters"))).letters

    assert (whole.reason, whole.why_less) == (REASON, "")
    assert (fewer.reason, fewer.why_less) == (REASON, "One session fewer.")
    assert none.reason == "The school does it now."


def test_why_an_amount_became_all_that_was_asked_is_no_reason_why_it_was_chosen(record: Record) -> None:
    signed(record).perform(first_step(LineDecision("ACF-001"), FEWER, LineDecision("ACF-003")), COMMANDER)
    back = LineDecision("ACF-002", "change", "fund", 200_000, change_reason="All three sessions are needed.")
    record.perform(last_step(LineDecision("ACF-001"), back, LineDecision("ACF-003")), DECIDER)

    letter = record.ask(partial(letters, order=order("letters"))).letters[1]

    assert (letter.reason, letter.why_less) == (REASON, "")
    told = record.ask(partial(notice, order=order("notice", "031/2026"))).background
    assert not any("where the panel recommended" in line for line in told), "it is what was recommended"
