"""Papers of a decision that takes another's place, and the draft for whoever signs next."""

from datetime import UTC, date, datetime, time
from functools import partial

import pytest
from msgspec.structs import asdict, replace

from exchange.papers.prose_papers import notice_document
from models.operations.set_up.office import SetPublisher
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.transparency.lists import DECIDED_AGAIN, Given
from models.queries.deciding.decisions import recommendations
from models.queries.papers.notices.notice import NewLine, notice_anew
from models.queries.papers.notices.signatures import next_notice, unlike_first_signed
from models.queries.papers.papers import paper_choices
from models.record import Record
from models.values.recommending import LineDecision
from scoring.money import without_noughts
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import ANEW, DECLINED, anew, upheld
from tests.models.operations.deciding.test_chain import (
    ABE,
    AMBASSADOR,
    COMMANDER,
    CORA,
    CUT,
    signing,
    with_people,
)
from tests.models.operations.deciding_rounds import DECIDER, REASON, every_line
from tests.models.rounds import OFFICER, paper, refused

NOW = datetime(2027, 1, 5, tzinfo=UTC)
WAS = (
    "Put on the reserve list on 2 Dec 2026 (notice 031/2026), it was decided again and awarded £500 on "
    "16 Dec 2026 (notice 040/2026)"
)
LOST = (
    "Awarded £2,000 on 2 Dec 2026 (notice 031/2026), it was decided again and declined on 16 Dec 2026 "
    "(notice 041/2026)"
)


def changed(record: Record) -> Record:
    """Have the third line awarded and the second lose its money, each by a decision of its own."""
    upheld(record)
    record.perform(anew(50_000), DECIDER)
    record.perform(anew(None, "041/2026", of="ACF-002"), DECIDER)
    return record


def test_publication_finance_and_open_data_say_it_too(record: Record) -> None:
    changed(record)
    record.perform(SetPublisher("360G-example", "GB-GOR-PB123"), OFFICER)

    public = paper(record, "publication", NOW, month=date(2026, 12, 1))
    published = public.awards[-1]
    assert public.gone == (
        f"ACF-002, Allotment Friends 2: {LOST[:1].lower()}{LOST[1:]}. Reason: Upheld on appeal",
    )
    assert published.decided_by == "Dan Decides, Chief Executive"
    schedule = paper(record, "finance", NOW)
    paid = schedule.awards[-1]
    given = paper(record, "360giving", NOW).grants[-1]
    (fund,) = paper(record, "governance", NOW).funds

    assert (published.award, published.amount_pence, published.first_pence) == ("A-040-01", 50_000, None)
    assert (published.amended, without_noughts(paid.decided_anew)) == (WAS, WAS)
    assert [(one.award, one.notice_before, one.before_pence, one.pence) for one in schedule.again] == [
        ("A-040-01", "031/2026", 0, 50_000),
        ("ACF-002", "031/2026", 200_000, 0),
    ]
    assert f"Decisions: {WAS}." in given.description
    assert given.awarded_pence == 50_000
    by = "signed by Dan Decides, Chief Executive"
    was, lost = (words[1:].replace(" Dec ", " December ") for words in (WAS, LOST))
    assert fund.changes == (
        f"A-040-01, Allotment Friends 3: p{was}, {by}",
        f"ACF-002, Allotment Friends 2: a{lost}, {by}",
    )


def test_information_on_request_says_it_and_tells_a_reserve_by_the_money_of_its_own_notice(
    upheld: Record,
) -> None:
    def lines() -> tuple[Given, ...]:
        return tuple(paper(upheld, "disclosure", NOW).lines)

    before = [one.reasons for one in lines() if one.reference == "–"]
    upheld.perform(anew(None, "040/2026", of="ACF-001"), DECIDER)
    lost = [one.reasons for one in lines() if one.notice[:3] == "040"]
    after = [one.reasons for one in lines() if "reserve" in one.outcome]
    upheld.perform(anew(50_000, "041/2026"), DECIDER)
    (now,) = (one for one in lines() if one.reference == "A-041-01")

    assert before[-1:] == after, "what was decided later is no reason for what was decided before"
    assert lost == [DECIDED_AGAIN]
    assert now.reasons.splitlines() == [REASON, f"Decisions: {WAS.replace('040/2026', '041/2026')}."]


def test_the_notice_of_a_new_decision_says_what_it_takes_the_place_of(record: Record) -> None:
    changed(record)

    found = paper(record, "notice", NOW, notice="040/2026")
    first = paper(record, "notice", NOW, notice="031/2026")

    assert found.background[-2:] == (
        f"{DECLINED} was put on the reserve list on 2 December 2026 (notice 031/2026). "
        f"It is decided again and awarded £500. Reason: Upheld on appeal. {REASON}",
        f"In part: {DECLINED}, £500 of the £3,000 asked, for the reason given above.",
    )
    assert found.total_pence == 50_000
    assert first.background == (f"Put on the reserve list: {DECLINED} (decided again, notice 040/2026).",)
    lost = paper(record, "notice", NOW, notice="041/2026")
    assert lost.background[-1].endswith("It is decided again and declined. Reason: Upheld on appeal.")
    assert [line.award for line in (*first.allocations, *found.allocations)] == ["A-031-01", "", "A-040-01"]
    assert [line.superseded_by for line in first.allocations] == ["", "041/2026"]


NOON = datetime.combine(ANEW, time(12), UTC)
SIGNED = {"decided_by", "decided_on", "interests", "legal_power", "legal", "post", "to_sign", "named_after"}
"""What a notice says of who signed it, and of the power that they named."""


def drafted(record: Record, number: str, *lines: NewLine) -> NoticeOfDecision:
    order = PaperOrder("notice", NOON, 1, notice=number)
    return record.ask(partial(notice_anew, order=order, lines=lines))


def without_award(found: NoticeOfDecision) -> dict[str, object]:
    """Return what a notice says but for who signed it and the numbers of awards that it made."""
    lines = tuple(replace(line, award="") for line in found.allocations)
    return {name: value for name, value in asdict(found).items() if name not in SIGNED} | {
        "allocations": lines
    }


@pytest.mark.parametrize(("of", "pence"), [("ACF-003", 50_000), ("ACF-002", 150_000), ("ACF-002", None)])
def test_what_is_drafted_is_what_the_notice_says_once_it_is_decided(
    upheld: Record, of: str, pence: int | None
) -> None:
    operation = anew(pence, of=of)
    (line,) = operation.lines

    draft = drafted(upheld, "040/2026", NewLine(of, line.outcome, pence, line.reason, line.change_reason))
    upheld.perform(operation, DECIDER)
    made = paper(upheld, "notice", NOON, notice="040/2026")

    assert not draft.is_decided
    assert draft.to_sign == ("Chief Executive",)
    assert made.is_decided
    assert without_award(draft) == without_award(made)
    assert "Signature(" in str(notice_document(draft, PaperStatus(NOON, "")).blocks)


def test_what_is_not_decided_yet_is_not_decided_anew(record: Record) -> None:
    with_people(record)
    with pytest.raises(Refused, match="ACF-003 is not decided yet"):
        drafted(record, "040/2026", NewLine("ACF-003", "decline", None, "", "A mistake."))

    # What one of two signed anew is printed for the other.
    for who, post in ((ABE, AMBASSADOR), (CORA, COMMANDER)):
        number = "031/2026" if who is CORA else ""
        record.perform(signing(who, post, *every_line(), notice=number), who)
    first = replace(
        anew(100_000, "040/2026", "ACF-002"), step=0, by=ABE.name, post=AMBASSADOR, from_paper=True
    )
    record.perform(first, OFFICER)
    found = paper(record, "notice", NOON, notice="040/2026")
    choices = record.ask(partial(paper_choices, round_id=1))
    assert (choices.notices, choices.begun) == (("031/2026",), ("040/2026",)), "the window offers it too"
    assert [(line.reference, line.amount_pence) for line in found.allocations] == [("ACF-002", 100_000)]
    assert found.to_sign == ("Cora Command, Area commander",)
    assert [one.name for one in found.also_signed] == [ABE.name]
    assert not found.is_decided
    assert "This notice takes the place of one decision of notice 031/2026, on ACF-002." in found.summary
    said = r"It has 031/2026, and 040/2026 waits for another signature\."
    refused(said, paper, record, "notice", NOON, notice="050/2026")


AT_NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


def draft(record: Record) -> tuple[NoticeOfDecision, str]:
    found = paper(record, "notice", AT_NOON)
    return found, str(notice_document(found, PaperStatus(AT_NOON, "")).blocks)


def test_a_draft_bears_the_number_that_the_first_of_two_signed_under_and_another_is_pointed_at(
    record: Record,
) -> None:
    with_people(record)
    on_paper = replace(signing(ABE, AMBASSADOR, *every_line(), notice="041/2026"), from_paper=True)
    record.perform(replace(on_paper, interests="I garden there."), OFFICER)
    advised = record.ask(partial(recommendations, round_id=1))

    def said(number: str) -> tuple[str, ...]:
        return record.ask(lambda s: tuple(unlike_first_signed(s, 1, advised, number)))

    found, text = draft(record)

    assert (found.number, found.to_sign) == ("041/2026", ("Cora Command, Area commander",))
    assert "Notice number" not in text, "there is no number left to write by hand"
    assert "We approve the 3 allocations" in text
    assert "Interests disclosed by Abe Envoy, Community Ambassador: I garden there." in text
    assert "Abe Envoy, Community Ambassador, 2 December 2026" in text
    assert text.count("Signature(") == 1, "for the other alone"
    assert record.ask(lambda s: next_notice(s, 2026)) == "042/2026", "the number stands on a paper"
    assert paper(record, "notice", AT_NOON, notice="043/2026").number == "043/2026"
    assert said("041/2026") == said("") == ()
    (words,) = said("042/2026")
    assert "Abe Envoy signed this as notice 041/2026, not 042/2026." in words
    second = signing(CORA, COMMANDER, *every_line(), notice="041/2026")
    record.perform(replace(second, from_paper=True), OFFICER)
    assert draft(record)[0].is_decided


def test_what_one_of_two_signed_for_some_lines_alone_is_signed_by_both_as_it_was_changed(
    record: Record,
) -> None:
    some = signing(ABE, AMBASSADOR, LineDecision("ACF-001"), CUT, notice="041/2026")
    with_people(record).perform(replace(some, from_paper=True), OFFICER)

    found, text = draft(record)

    assert found.number == "", "a number signed for some lines alone is not that of a draft of all"
    assert text.count("Signature(") == 2
    assert [one.amount_pence for one in found.allocations] == [100_000, 150_000, 300_000]
