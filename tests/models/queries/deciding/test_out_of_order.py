"""Money out of the order of places, past whom it went, and a round as it was decided."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn, merge_change
from models.operations.awards.authorities import AllowOverPot
from models.operations.deciding.recommendations import RecordRecommendations
from models.papers.letters.letter import Letter
from models.queries.applications.applications import applications
from models.queries.deciding.decided_anew import passing_over
from models.queries.deciding.decisions import recommendations
from models.record import Record
from scoring.allocating.causes import PassedBy
from scoring.money import without_noughts
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.schedule.exceptions import WITHDREW
from tests.models.operations.deciding.challenged import anew
from tests.models.operations.deciding_rounds import DECIDER, decide, decided, deciding_rows, recommended
from tests.models.rounds import OFFICER, paper, undo

NOW = datetime(2027, 1, 5, tzinfo=UTC)
STAYS = "ACF-002, placed before {}, stays on the reserve list"


@pytest.fixture
def two_in_reserve(record: Record) -> Record:
    """The first is given £1,000 of £1,500, and the two after it are put on the reserve list."""
    decided(record, replace(deciding_rows(), areas=(Area("Coventry", 150_000), Area("Dudley", 0))))
    return record


def asked(record: Record, **changed: int) -> tuple[str, ...]:
    of = {name.replace("_", "-"): pence for name, pence in changed.items()}
    return record.ask(partial(passing_over, round_id=1, changed=of))


def test_money_for_a_later_reserve_is_warned_of_and_every_paper_says_who_was_passed_over(
    two_in_reserve: Record,
) -> None:
    record = two_in_reserve
    assert asked(record, ACF_003=50_000) == (
        f"{STAYS.format('ACF-003')}. The notice says so, with the reason that you give.",
    )
    assert asked(record, ACF_002=50_000) == asked(record, ACF_003=0) == asked(record, ACF_001=50_000) == ()
    assert asked(record, ACF_002=1_000, ACF_003=1_000) == ()
    gone = record.perform(SetWithdrawn(1, "ACF-002", True, "The group closed."), OFFICER)
    assert asked(record, ACF_003=50_000) == ()
    undo(record, gone)

    def of_second() -> Letter:
        return next(one for one in paper(record, "letters", NOW).letters if one.reference == "ACF-002")

    before = of_second()
    record.perform(anew(50_000), DECIDER)

    anew_notice, first_notice = (
        paper(record, "notice", NOW, notice=number).background for number in ("040/2026", "031/2026")
    )
    assert f"{STAYS.format('ACF-003')}." in anew_notice
    assert not any("stays" in words for words in first_notice)
    (beside,) = paper(record, "schedule", NOW).exceptions
    words = f"£500 awarded, from the panel's reserve list. {STAYS.format('it')}. Decided by"
    assert words in without_noughts(beside.words)
    since = (
        "On 16 December 2026 money was awarded to an application placed after {}; the reason for that award "
        "stands in notice 040/2026."
    )
    after = of_second().held
    assert before.held is not None
    assert after == replace(before.held, passed=PassedBy(1, (date(2026, 12, 16),), ("040/2026",)))
    public = paper(record, "disclosure", NOW)
    (one,) = (one for one in public.lines if since.format("this one") in one.reasons)
    assert not one.reasons.startswith("On 16 December"), "why it had no money comes first"


def test_money_past_one_that_is_funded_in_part_is_told_in_every_paper(record: Record) -> None:
    """£1,000 is recommended, £1,500 of the £2,000 asked, and £2,500 for the third over the pot of £2,500.

    What was over the pot stays told with its decision and authority, whatever is decided since.
    """
    areas = (Area("Coventry", 250_000), Area("Dudley", 0))
    recommended(record, replace(deciding_rows(), areas=areas))
    allowed = Allowance("Coventry", 300_000, "A. Example", "Commissioner", "x")
    record.perform(AllowOverPot(1, allowed), OFFICER)
    last = record.ask(lambda session: recommendations(session, 1))[2]
    odd = replace(last, outcome="part_fund", amount_pence=250_000, reason="Alone there.", is_exception=True)
    record.perform(RecordRecommendations(1, (odd,)), OFFICER)

    told = partial(paper, record, at=NOW)
    draft, minuted = told("notice"), told("minutes")
    decide(record)
    notice, report = told("notice").background, told("decision-report").changed

    said = (
        "ACF-003 is funded in part, out of the order of places and over the pot: ACF-002, placed before it, "
        "gets part of what it asked for."
    )
    assert said in draft.background
    assert said.replace("is funded", "is to be funded") in minuted.results[0].notes
    assert said in notice
    assert said in report
    assert ("Out of order", said.rstrip(".")) in told("disclosure").rules

    # The report says what is awarded in part as its notice does, and why.
    (part,) = (words for words in notice if words.startswith("In part: ACF-002, £1,500 of the £2,000 asked,"))
    assert part in report

    for number, of in (("032/2026", "ACF-001"), ("033/2026", "ACF-002")):
        record.perform(anew(None, number, of), DECIDER)

    may_be = "£3,000 may be over the pot, allowed by A. Example, Commissioner: x"
    assert said in told("notice", notice="031/2026").background
    assert told("decision-report").areas[0].over == may_be
    of_post = f"Coventry, {may_be.replace('A. Example, ', 'the ')}"
    assert ("Over a pot", of_post) in told("disclosure").rules
    assert any(may_be in words for words in told("governance", round_id=None).funds[0].changes)


def test_the_day_is_told_on_which_an_applicant_withdrew_and_of_one_merged_that_it_was(
    recommended: Record,
) -> None:
    def why_not() -> dict[str, str]:
        return {line.reference: line.reason for line in paper(recommended, "schedule", NOW).unranked}

    day = date(2026, 5, 29)
    gone = recommended.perform(SetWithdrawn(1, "ACF-003", True, "They closed", day), OFFICER)
    assert why_not() == {"ACF-003": f"{WITHDREW} on 29 May 2026"}
    undo(recommended, gone)

    rows = recommended.ask(lambda session: applications(session, 1))
    recommended.perform(merge_change(1, rows[0], rows[2], ()), OFFICER)
    assert why_not() == {"ACF-003": "The same as another application: merged into ACF-001"}
