"""Money out of the order of places, past whom it went, and a round as it was decided."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn, merge_change
from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations
from models.papers.letters.letter import Letter
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.deciding.decided_anew import passing_over
from models.queries.deciding.decisions import recommendations
from models.queries.papers.decision_report import decision_report
from models.queries.papers.letters import letters
from models.queries.papers.minutes import round_minutes
from models.queries.papers.notices.notice import notice
from models.queries.papers.to_sign import schedule
from models.queries.papers.transparency.disclosure import disclosure
from models.record import Record
from scoring.allocating.causes import PassedBy
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.schedule.exceptions import WITHDREW
from tests.models.operations.deciding.challenged import anew
from tests.models.operations.deciding_rounds import (
    DECIDER,
    decide,
    decided,
    deciding_rows,
    recommended,
)
from tests.models.rounds import OFFICER, paper

NOW = datetime(2027, 1, 5, tzinfo=UTC)
STAYS = "ACF-002, placed before {}, stays on the reserve list"


def two_in_reserve(record: Record) -> Record:
    """Have the first given £1,000 of £1,500, and the two after it put on the reserve list."""
    decided(record, replace(deciding_rows(), areas=(Area("Coventry", 150_000), Area("Dudley", 0))))
    return record


def asked(record: Record, **changed: int) -> tuple[str, ...]:
    of = {name.replace("_", "-"): pence for name, pence in changed.items()}
    return record.ask(partial(passing_over, round_id=1, changed=of))


def test_money_for_a_later_reserve_is_warned_of_unless_nobody_before_it_waits(record: Record) -> None:
    two_in_reserve(record)

    assert asked(record, ACF_003=50_000) == (
        f"{STAYS.format('ACF-003')}. The notice says so, with the reason that you give.",
    )
    assert asked(record, ACF_002=50_000) == asked(record, ACF_003=0) == asked(record, ACF_001=50_000) == ()
    assert asked(record, ACF_002=1_000, ACF_003=1_000) == ()
    record.perform(SetWithdrawn(1, "ACF-002", True, "The group closed."), OFFICER)
    assert asked(record, ACF_003=50_000) == ()


def test_notice_schedule_letter_and_information_say_who_was_passed_over(record: Record) -> None:
    two_in_reserve(record)

    def told(kind: str, number: str = "") -> PaperOrder:
        return PaperOrder(kind, NOW, round_id=1, notice=number)

    def of_second() -> Letter:
        found = record.ask(partial(letters, order=told("letters"))).letters
        return next(one for one in found if one.reference == "ACF-002")

    before = of_second()
    record.perform(anew(50_000), DECIDER)

    anew_notice = record.ask(partial(notice, order=told("notice", "040/2026")))
    first_notice = record.ask(partial(notice, order=told("notice", "031/2026")))
    assert f"{STAYS.format('ACF-003')}." in anew_notice.background
    assert not any("stays" in words for words in first_notice.background)
    (beside,) = record.ask(partial(schedule, order=told("schedule"))).exceptions
    assert f"£500.00 awarded, from the panel's reserve list. {STAYS.format('it')}. Decided by" in beside.words
    since = (
        "On 16 December 2026 money was awarded to an application placed after {}; the reason for that award "
    )
    since += "stands in notice 040/2026."
    after = of_second().held
    assert before.held is not None
    assert after == replace(before.held, passed=PassedBy(1, (date(2026, 12, 16),), ("040/2026",)))
    public = record.ask(partial(disclosure, order=told("disclosure")))
    (one,) = (one for one in public.lines if since.format("this one") in one.reasons)
    assert not one.reasons.startswith("On 16 December"), "why it had no money comes first"


ORDER = PaperOrder("notice", datetime(2026, 12, 9, tzinfo=UTC), 1)
HOW = (
    "out of the order of places and over the pot: ACF-002, placed before it, gets part of what it asked for."
)


def past_one_in_part(record: Record) -> Record:
    """Recommend £1,000, then £1,500 of the £2,000 asked, and the third's £3,000 over the pot of £2,500."""
    areas = (Area("Coventry", 250_000), Area("Dudley", 0))
    recommended(record, replace(deciding_rows(), areas=areas))
    record.perform(
        AllowOverPot(1, Allowance("Coventry", 300_000, "A. Example", "Commissioner", "x")), OFFICER
    )
    last = record.ask(lambda session: recommendations(session, 1))[2]
    odd = replace(last, outcome="fund", amount_pence=300_000, reason="Nothing else there.", is_exception=True)
    record.perform(RecordRecommendations(1, (odd,)), OFFICER)
    return record


def test_money_past_one_that_is_funded_in_part_is_told_in_every_paper(record: Record) -> None:
    past_one_in_part(record)
    draft = record.ask(lambda s: notice(s, ORDER))
    minuted = record.ask(lambda s: round_minutes(s, replace(ORDER, kind="minutes")))
    decide(record)

    told = f"ACF-003 is funded whole, {HOW}"
    assert told in draft.background
    assert f"ACF-003 is to be funded whole, {HOW}" in minuted.results[0].notes
    assert told in record.ask(lambda s: notice(s, ORDER)).background
    assert told in record.ask(lambda s: decision_report(s, replace(ORDER, kind="decision-report"))).changed
    assert ("Out of order", told.rstrip(".")) in record.ask(
        lambda s: disclosure(s, replace(ORDER, kind="disclosure"))
    ).rules

    # The report says what is awarded in part as its notice does.
    report = record.ask(lambda s: decision_report(s, replace(ORDER, kind="decision-report")))
    (part,) = (words for words in record.ask(lambda s: notice(s, ORDER)).background if "In part" in words)
    assert part.startswith("In part: ACF-002, £1,500 of the £2,000 asked")
    assert not part.endswith("asked."), "it says why"
    assert part in report.changed


PRINTED_AT = datetime(2026, 12, 20, tzinfo=UTC)


def why_not(record: Record) -> dict[str, str]:
    found = paper(record, "schedule", PRINTED_AT)
    return {line.reference: line.reason for line in found.unranked}


def test_the_day_is_told_on_which_an_applicant_withdrew(record: Record) -> None:
    recommended(record).perform(SetWithdrawn(1, "ACF-003", True, "They closed", date(2026, 5, 29)), OFFICER)

    assert why_not(record) == {"ACF-003": f"{WITHDREW} on 29 May 2026"}


def test_of_one_that_was_merged_nobody_is_said_to_have_withdrawn(record: Record) -> None:
    rows = recommended(record).ask(lambda session: applications(session, 1))
    record.perform(merge_change(1, rows[0], rows[2], ()), OFFICER)

    assert why_not(record) == {"ACF-003": "The same as another application: merged into ACF-001"}
