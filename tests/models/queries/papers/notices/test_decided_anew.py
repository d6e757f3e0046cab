"""What papers say of a decision that another took the place of: what it was, and what it is now."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.prose_papers import decision_report_document
from models.issuing import next_issue
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import DECIDED_AGAIN, Given
from models.queries.awards.agreements import grant_agreement
from models.queries.awards.finance import finance
from models.queries.deciding.on_paper import settled_lines
from models.queries.papers.decision_report import decision_report
from models.queries.papers.governance import governance_report
from models.queries.papers.notices.notice import notice
from models.queries.papers.open_data import open_data
from models.queries.papers.transparency.disclosure import disclosure
from models.queries.papers.transparency.lists import publication
from models.record import Record
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import (
    DECLINED,
    UPHELD,
    anew,
    the_challenge,
    upheld,
)
from tests.models.operations.deciding_rounds import DECIDER, REASON
from tests.models.rounds import OFFICER

NOW = datetime(2027, 1, 5, tzinfo=UTC)
WAS = (
    "Put on the reserve list on 2 Dec 2026 (notice 031/2026), it was decided again and awarded £500.00 on "
    "16 Dec 2026 (notice 040/2026)"
)
LOST = (
    "Awarded £2,000.00 on 2 Dec 2026 (notice 031/2026), it was decided again and declined on 16 Dec 2026 "
    "(notice 041/2026)"
)


def order(kind: str, notice_number: str = "", month: date | None = None) -> PaperOrder:
    return PaperOrder(kind, NOW, round_id=1, notice=notice_number, month=month)


def changed(record: Record) -> Record:
    """Have the third line awarded and the second lose its money, each by a decision of its own."""
    upheld(record)
    record.perform(anew(50_000), DECIDER)
    lost: RecordDecisions = anew(None, "041/2026", of="ACF-002")
    record.perform(lost, DECIDER)
    return record


def test_the_schedule_shows_what_was_and_what_is(record: Record) -> None:
    found = changed(record).ask(lambda s: settled_lines(s, 1))

    told = {one.reference: (one.outcome, one.reason) for one in found.recommended}
    assert told[DECLINED] == (
        "part_fund",
        f"{REASON.rstrip('.')}. Decided again, notice 040/2026: Upheld on appeal.",
    )
    assert told["ACF-002"] == ("decline", "Upheld on appeal. Decided again, notice 041/2026.")
    amended = dict(found.amended)
    assert amended[DECLINED] == WAS
    assert amended["ACF-002"] == LOST
    assert {one.reference: one.amount_pence for one in found.awarded} == {
        "ACF-001": 100_000,
        "ACF-002": 0,
        DECLINED: 50_000,
    }


def test_publication_finance_and_open_data_say_it_too(record: Record) -> None:
    changed(record)
    record.perform(SetPublisher("360G-example", "GB-GOR-PB123"), OFFICER)
    month = date(2026, 12, 1)

    public = record.ask(partial(publication, order=order("publication", month=month)))
    published = public.awards[-1]
    assert public.gone == (
        f"ACF-002, Allotment Friends 2: {LOST[:1].lower()}{LOST[1:]}. Reason: Upheld on appeal",
    )
    assert published.decided_by == "Dan Decides, Chief Executive"
    schedule = record.ask(partial(finance, order=order("finance")))
    paid = schedule.awards[-1]
    given = record.ask(partial(open_data, order=order("360giving"))).grants[-1]
    (fund,) = record.ask(partial(governance_report, order=order("governance"))).funds

    assert (published.award, published.amount_pence, published.first_pence) == ("A-040-01", 50_000, None)
    assert (published.amended, paid.decided_anew) == (WAS, WAS)
    assert [(one.award, one.notice_before, one.before_pence, one.pence) for one in schedule.again] == [
        ("A-040-01", "031/2026", 0, 50_000),
        ("ACF-002", "031/2026", 200_000, 0),
    ]
    assert f"Decisions: {WAS.replace('£500.00', '£500')}." in given.description
    assert given.awarded_pence == 50_000
    by = "signed by Dan Decides, Chief Executive"
    was, lost = (words[1:].replace(" Dec ", " December ") for words in (WAS, LOST))
    assert fund.changes == (
        f"A-040-01, Allotment Friends 3: p{was}, {by}",
        f"ACF-002, Allotment Friends 2: a{lost}, {by}",
    )


def test_information_on_request_says_it_and_tells_a_reserve_by_the_money_of_its_own_notice(
    record: Record,
) -> None:
    upheld(record)
    of_round = order("disclosure")

    def lines() -> dict[str, Given]:
        return {one.reference: one for one in record.ask(partial(disclosure, order=of_round)).lines}

    before = lines()["–"].reasons
    record.perform(anew(None, "040/2026", of="ACF-001"), DECIDER)
    lost = [
        one.reasons
        for one in record.ask(partial(disclosure, order=of_round)).lines
        if one.notice[:3] == "040"
    ]
    after = [
        one.reasons
        for one in record.ask(partial(disclosure, order=of_round)).lines
        if "reserve" in one.outcome
    ]
    record.perform(anew(50_000, "041/2026"), DECIDER)
    now = lines()["A-041-01"]

    assert [before] == after, "what was decided later is no reason for what was decided before"
    assert lost == [DECIDED_AGAIN]
    assert now.reasons.splitlines() == [
        REASON,
        f"Decisions: {WAS.replace('040/2026', '041/2026')}.",
    ]


def test_the_notice_of_a_new_decision_has_none_of_the_words_drafted_for_the_first(record: Record) -> None:
    upheld(record)
    record.perform(SetPaperTexts(1, "notice", "", (("summary", "Two grants."),)), OFFICER)
    taken = anew(50_000)
    line = replace(taken.lines[0], change_reason=f"{the_challenge(record).words}, upheld.")
    record.perform(replace(taken, lines=(line,)), DECIDER)
    said = (("why_less", "The budget supports this."),)
    record.perform(SetPaperTexts(1, "letters", DECLINED, said), OFFICER)

    first, second = (
        record.ask(partial(notice, order=order("notice", number))) for number in ("031/2026", "040/2026")
    )
    record.perform(SetPaperTexts(1, "notice", "040/2026", (("summary", "One more."),)), OFFICER)
    written = record.ask(partial(notice, order=order("notice", "040/2026")))

    assert first.summary == "Two grants."
    assert second.summary == (
        "This notice makes an award, £500, from the Active Citizens Fund in 2026/27, set out in Annex 1. "
        f"This notice takes the place of one decision of notice 031/2026, on {DECLINED}."
    )
    assert second.background[-2].endswith(f"Reason: Appeal, upheld. {REASON}")
    assert UPHELD.reasons not in " ".join(second.background), "the answer is for whoever asked"
    assert (
        second.background[-1] == f"In part: {DECLINED}, £500 of the £3,000 asked (The budget supports this)."
    )
    panels = ("Moderation record and minutes of the panel", "Award schedule")
    appeal = f"Appeal of the decision on {DECLINED}, and its answer"
    assert first.papers == panels
    assert second.papers == (*panels, f"Notice of decision 031/2026, on {DECLINED}", appeal)
    assert second.signed_before == (
        "Before the earlier decision, which was taken again, Cora Command, NPU commander, signed on "
        f"2 December 2026 to place {DECLINED} on the reserve list, and disclosed no interest.",
    )
    assert written.summary == "One more."


def test_the_notice_of_a_new_decision_says_what_it_takes_the_place_of(record: Record) -> None:
    changed(record)

    found = record.ask(partial(notice, order=order("notice", "040/2026")))
    first = record.ask(partial(notice, order=order("notice", "031/2026")))

    assert found.background[-2:] == (
        f"{DECLINED} was put on the reserve list on 2 December 2026 (notice 031/2026). "
        f"It is decided again and awarded £500. Reason: Upheld on appeal. {REASON}",
        f"In part: {DECLINED}, £500 of the £3,000 asked, for the reason given above.",
    )
    report = record.ask(partial(decision_report, order=order("decision-report")))
    assert report.changed == (
        f"In part: {DECLINED}, £500 of the £3,000 asked, for the reason that its notice gives.",
    )
    anew = "(notice 031/2026), it was decided again and awarded £500"
    assert any(anew in line for line in report.changes), "where it is told, it is told once"
    lost_now = f"a{LOST[1:]}".replace(" Dec ", " December ")
    assert report.changes[-1] == f"ACF-002, Allotment Friends 2: {lost_now}."
    assert [(one.reference, one.award) for one in report.allocations] == [
        ("ACF-001", "A-031-01"),
        (DECLINED, "A-040-01"),
    ]
    blocks = str(decision_report_document(report, PaperStatus(NOW, "")).blocks)
    assert "Notices 031/2026 of 2 December 2026 and 040/2026 of 16 December 2026 were decided by" in blocks
    assert (
        "Notice 041/2026 of 16 December 2026, which takes back £2,000 that was awarded before, was" in blocks
    )
    assert found.total_pence == 50_000
    assert first.background == (f"Put on the reserve list: {DECLINED} (decided again, notice 040/2026).",)
    lost = record.ask(partial(notice, order=order("notice", "041/2026")))
    assert lost.background[-1].endswith("It is decided again and declined. Reason: Upheld on appeal.")
    agreed = record.ask(partial(grant_agreement, order=replace(order("agreement"), award=DECLINED)))
    assert agreed.reason == REASON
    assert [line.award for line in (*first.allocations, *found.allocations)] == ["A-031-01", "", "A-040-01"]
    assert [line.superseded_by for line in first.allocations] == ["", "041/2026"]


def test_a_report_counts_who_signed_first_as_the_notice_of_then_does(record: Record) -> None:
    changed(record)

    (then,) = record.ask(partial(notice, order=order("notice", "031/2026"))).signed_before
    said, *again = record.ask(partial(decision_report, order=order("decision-report"))).signed_before

    assert said == then
    assert len(again) == 2
    assert all(words.startswith("Before the earlier decision, which was taken again, ") for words in again)


def test_a_notice_waits_for_why_a_new_decision_gives_less_than_was_asked(record: Record) -> None:
    upheld(record)
    taken = anew(50_000)
    line = replace(taken.lines[0], change_reason=f"{the_challenge(record).words}, upheld.")
    record.perform(replace(taken, lines=(line,)), DECIDER)
    new, old = (order("notice", number) for number in ("040/2026", "031/2026"))

    def issue(what: PaperOrder) -> object:
        value = record.ask(partial(notice, order=what))
        return record.ask(partial(next_issue, order=what, value=value))

    with pytest.raises(Refused, match=f"does not say why {DECLINED} gets less than was asked"):
        issue(new)
    assert issue(old) is not None, "the notice of before needs no more words"
    said = (("why_less", "The budget supports this."),)
    record.perform(SetPaperTexts(1, "letters", DECLINED, said), OFFICER)
    assert issue(new) is not None
