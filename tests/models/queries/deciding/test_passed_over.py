"""A reserve that gets money past one placed before it: warned of before, and told in every paper after."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.signing import SignRecommendations
from models.papers.letters.letter import Letter
from models.papers.order import PaperOrder
from models.queries.deciding.decided_anew import passing_over
from models.queries.papers.decision_report import decision_report
from models.queries.papers.letters import letters
from models.queries.papers.notices.notice import notice
from models.queries.papers.to_sign import schedule
from models.queries.papers.transparency.disclosure import disclosure
from models.record import Record
from scoring.allocating.causes import PassedBy
from scoring.round import Area
from tests.models.operations.deciding.challenged import anew
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER

NOW = datetime(2027, 1, 5, tzinfo=UTC)
STAYS = "ACF-002, placed before {}, stays on the reserve list"


def two_in_reserve(record: Record) -> Record:
    """Have the first given £1,000 of £1,500, and the two after it put on the reserve list."""
    recommended(record, replace(deciding_rows(), areas=(Area("Coventry", 150_000), Area("Dudley", 0))))
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
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


def test_a_decision_report_says_who_was_passed_over_while_they_wait(record: Record) -> None:
    two_in_reserve(record).perform(anew(50_000), DECIDER)

    def told() -> str:
        order = PaperOrder("decision-report", NOW, round_id=1)
        (words,) = record.ask(partial(decision_report, order=order)).changes
        return words

    assert told().endswith(f"2026 (notice 040/2026). {STAYS.format('it')}.")
    record.perform(SetWithdrawn(1, "ACF-002", True, "The group closed."), OFFICER)
    assert told().endswith("2026 (notice 040/2026)."), "it waits for nothing any more"
