"""Money out of the order of places: told in every paper, past whom it went."""

from datetime import UTC, datetime

from msgspec.structs import replace

from models.operations.deciding.recommendations import AllowOverPot, RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.papers.order import PaperOrder
from models.queries.deciding.decided_anew import DecidedRound, out_of_order
from models.queries.deciding.decisions import recommendations
from models.queries.papers.decision_report import decision_report
from models.queries.papers.minutes import round_minutes
from models.queries.papers.notices.notice import notice
from models.queries.papers.transparency.disclosure import disclosure
from models.record import Record
from scoring.ranking import Allowance
from scoring.round import Area
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
    signed,
)
from tests.models.rounds import OFFICER

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


def taken_through(record: Record) -> None:
    """Have all of it signed and decided."""
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)


def test_money_past_one_that_is_funded_in_part_is_told_in_every_paper(record: Record) -> None:
    past_one_in_part(record)
    draft = record.ask(lambda s: notice(s, ORDER))
    minuted = record.ask(lambda s: round_minutes(s, replace(ORDER, kind="minutes")))
    taken_through(record)

    told = f"ACF-003 is funded whole, {HOW}"
    assert told in draft.background
    assert f"ACF-003 is to be funded whole, {HOW}" in minuted.results[0].notes
    assert told in record.ask(lambda s: notice(s, ORDER)).background
    assert told in record.ask(lambda s: decision_report(s, replace(ORDER, kind="decision-report"))).changed
    assert ("Out of order", told.rstrip(".")) in record.ask(
        lambda s: disclosure(s, replace(ORDER, kind="disclosure"))
    ).rules


def test_a_reserve_that_money_goes_past_is_named(record: Record) -> None:
    areas = (Area("Coventry", 150_000), Area("Dudley", 0))
    recommended(record, replace(deciding_rows(), areas=areas))
    last = record.ask(lambda session: recommendations(session, 1))[2]
    odd = replace(last, outcome="part_fund", amount_pence=50_000, reason="Needed.", is_exception=True)
    record.perform(RecordRecommendations(1, (odd,)), OFFICER)

    (found,) = record.ask(lambda s: out_of_order(DecidedRound(s, 1)))

    assert found.words == (
        "ACF-003 is funded in part, out of the order of places: ACF-002, placed before it, stays on the "
        "reserve list."
    )


def test_where_the_rule_was_followed_there_is_nothing_to_tell(record: Record) -> None:
    assert signed(record).ask(lambda s: out_of_order(DecidedRound(s, 1))) == ()


def test_the_report_says_what_is_awarded_in_part_as_its_notice_does(record: Record) -> None:
    past_one_in_part(record)
    taken_through(record)

    report = record.ask(lambda s: decision_report(s, replace(ORDER, kind="decision-report")))

    (part,) = (words for words in record.ask(lambda s: notice(s, ORDER)).background if "In part" in words)
    assert part.startswith("In part: ACF-002, £1,500 of the £2,000 asked")
    assert not part.endswith("asked."), "it says why"
    assert part in report.changed
