"""Notices and reports from the record, of a decision that takes another's place, and drafts of the next."""

from datetime import UTC, date, datetime, time
from functools import partial

import pytest
from msgspec.structs import asdict, replace

from exchange.papers.prose_papers import decision_report_document, notice_document
from models.issuing import next_issue
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.variations import VaryAward
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import SetFundYear, SetPaperTexts, SetPublisher
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.transparency.lists import DECIDED_AGAIN, Given
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.settled import TO_STATE
from models.queries.papers.notices.notice import NewLine, notice_anew
from models.queries.papers.notices.signatures import next_notice, unlike_first_signed
from models.queries.papers.papers import paper_choices
from models.queries.set_up.funds import FundYearMoney
from models.record import Record
from models.reference.defaults import Source, SourceKind
from models.values.awards import Terms, WithheldName
from models.values.recommending import LineDecision, RecommendationRow
from scoring.money import without_noughts
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import ANEW, DECLINED, anew, upheld
from tests.models.operations.deciding.test_chain import ABE, AMBASSADOR, CORA, CUT, signing, with_people
from tests.models.operations.deciding.test_chain import COMMANDER as AREA_COMMANDER
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    REASON,
    decide,
    deciding_rows,
    declare_to_sign,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.rounds import OFFICER, load, paper, refused

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def ordered(record: Record, number: str = "", *, apart: bool = False) -> NoticeOfDecision:
    return paper(record, "notice", NOW, notice=number, confidential_part=apart)


def test_what_was_committed_before_is_told_so_that_the_sum_comes_out(record: Record) -> None:
    pots = (Area("Coventry", 350_000, start_up_pence=90_000, committed_pence=40_000), Area("Dudley", 0))
    recommended(record, replace(deciding_rows(), areas=pots))

    found = ordered(record)

    # £3,500 less £400 before and £3,000 now.
    assert found.financial[0] == (
        "The pot of Coventry is £3,500, of which £400 was committed before this round; "
        "£900 of start-up money is held apart. "
        "This notice commits £3,000; £100 of the pot is left."
    )


def test_each_notice_says_what_was_decided_before_it_and_nothing_of_what_came_later(upheld: Record) -> None:
    upheld.perform(anew(50_000), DECIDER)
    upheld.perform(VaryAward(1, "ACF-001", 1, Terms(90_000), "less to do", date(2026, 12, 17)), OFFICER)

    first, later = ordered(upheld, "031/2026"), ordered(upheld, "040/2026")

    assert first.financial == (
        "The pot of Coventry is £3,500. This notice commits £3,000; £500 of the pot is left.",
    )
    assert later.financial == (
        "The pot of Coventry is £3,500, of which £3,000 was decided earlier. "
        "This notice commits £500; nothing of the pot is left.",
    )


def test_a_superseded_line_stays_on_its_notice_and_says_so(decided: Record) -> None:
    decided.perform(anew(150_000, "032/2026", "ACF-002"), DECIDER)

    first, second = ordered(decided, "031/2026"), ordered(decided, "032/2026")

    assert [line.superseded_by for line in first.allocations] == ["", "032/2026"]
    assert (first.total_pence, second.total_pence) == (300_000, 150_000)
    refused("several notices: 031/2026, 032/2026", ordered, decided)


def test_before_the_decision_it_is_drafted_from_what_is_recommended(recommended: Record) -> None:
    found = ordered(recommended)

    assert (found.number, found.decided_by, found.decided_on) == ("", "", None)
    assert found.to_sign == ("Chief Executive",)
    assert [(line.reference, line.amount_pence) for line in found.allocations] == [
        ("ACF-001", 100_000),
        ("ACF-002", 200_000),
    ]
    assert found.standing_interests.startswith("I have no disclosable pecuniary interest")
    advised = recommended.ask(partial(recommendations, round_id=1))
    turned = tuple(replace(one, place=4 - number) for number, one in enumerate(advised, 1))
    recommended.perform(RecordRecommendations(1, turned), OFFICER)
    in_places = [line.reference for line in ordered(recommended).allocations]
    assert in_places == ["ACF-002", "ACF-001"], "the order in which the awards will be numbered"
    refused("Nothing is decided in this round yet", paper, recommended, "decision-report", NOW)

    # It is not issued, and its words stand in the notice that is signed.
    recommended.perform(SetPaperTexts(1, "notice", "", (("summary", "In short."),)), OFFICER)
    drafted, order = ordered(recommended), PaperOrder("notice", NOW, 1)
    refused("not signed yet", recommended.ask, partial(next_issue, order=order, value=drafted))
    recommended.perform(replace(last_step(*every_line()), from_paper=True, unsigned_because="Away."), OFFICER)
    assert (drafted.summary, ordered(recommended).summary) == ("In short.", "In short.")


def test_a_confidential_part_stands_apart_and_the_public_part_says_so(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    knows = f"{TO_STATE} A cousin is at Allotment Friends 1."
    record.perform(replace(last_step(*every_line()), interests=knows), DECIDER)
    texts = (("confidential", "It names a refuge."), ("confidential_part", "The refuge.\nIts street."))
    record.perform(SetPaperTexts(1, "notice", "031/2026", texts), OFFICER)

    public, apart = ordered(record), ordered(record, apart=True)

    assert (public.marking, public.has_confidential_part) == ("NON-CONFIDENTIAL", True)
    assert (public.ground, public.confidential) == ("It names a refuge.", ())
    assert (apart.marking, apart.confidential) == ("CONFIDENTIAL", ("The refuge.", "Its street."))
    assert apart.title == "Notice of Decision 031/2026, confidential part"
    assert "published" not in apart.access
    assert public.unnamed == apart.unnamed == (), "the public part names everybody"

    refuge = WithheldName("safety", "A refuge.", "Olu Example", "Chief Executive")
    record.perform(SetWithheldName(1, "ACF-001", refuge, None), OFFICER)
    public, apart = ordered(record), ordered(record, apart=True)
    (told,) = apart.unnamed
    assert told.recipient not in str(public), "nor in what whoever signs disclosed"
    assert (told.reference, told.amount_pence, public.unnamed) == ("ACF-001", 100_000, ())
    assert (public.withheld, apart.withheld) == (("A-031-01",), ())
    assert public.allocations[0] != told in apart.allocations

    report = decision_report_document(paper(record, "decision-report", NOW), PaperStatus(NOW, ""))
    but = "; its annex names each recipient, project and amount, but for 1 recipient whose name is withheld."
    assert but in str(report.blocks)


def test_a_confidential_part_is_refused_without_its_ground_and_a_number_of_no_notice_too(
    decided: Record,
) -> None:
    refused("031/2026 has no confidential part", ordered, decided, apart=True)
    decided.perform(SetPaperTexts(1, "notice", "031/2026", (("confidential_part", "A street."),)), OFFICER)
    refused("nothing says why", ordered, decided)

    # Numbers run on within a calendar year; one of another round is refused.
    assert decided.ask(lambda s: next_notice(s, 2026)) == "032/2026"
    assert decided.ask(lambda s: next_notice(s, 2027)) == "001/2027"
    refused(r"Notice 009/2026 is not of .* It has 031/2026", ordered, decided, "009/2026")

    # A draft does not take the number of another notice.
    load(decided, replace(deciding_rows(), name="Another"))
    item = RecommendationRow("ACF-001", "fund", 100_000, "It helps.")
    decided.perform(RecordRecommendations(2, (item,)), OFFICER)
    refused("of other decisions already", paper, decided, "notice", NOW, 2, notice="031/2026")


def test_pots_beyond_the_fund_s_year_and_money_that_lapses_are_told(record: Record) -> None:
    rows = deciding_rows()
    areas = (Area("Coventry", 350_000, start_up_pence=30_000_000), Area("Dudley", 0))
    first, second, third = (replace(row, end_on=date(2027, 7, 1)) for row in rows.applications)
    others = (replace(second, start_on=date(2026, 6, 1)), third)
    ends_in_time = replace(first, end_on=date(2027, 3, 31))
    recommended(record, replace(rows, areas=areas, applications=(ends_in_time, *others)))
    ministry = Source("2026/27", SourceKind.MINISTRY, 20_000_000, "", date(2027, 3, 31))
    precept = Source("2026/27", SourceKind.PRECEPT, 10_000_000)
    money = FundYearMoney("2026/27", 30_000_000, (ministry, precept))
    record.perform(SetFundYear("ACF", "2026/27", money, None), OFFICER)

    found = ordered(record)

    # £3,500 and £300,000 of £300,000; ACF-002 runs on, ACF-001 ends on the day
    assert found.financial[0].startswith(
        "The Active Citizens Fund has £300,000 in 2026/27. The pots and the start-up money of its rounds "
        "come to £303,500, £3,500 more than it has."
    )
    assert found.financial[1:] == (
        "£200,000 of the fund's money (Ministry of Justice) lapses where it is not spent by 31 March 2027. "
        "Of 2 projects 1 runs on after that day: what is spent then needs other money, or leave to carry "
        "this forward.",
    )
    decide(record)
    paid = paper(record, "finance", NOW)
    assert paid.lapsing == found.financial[1:], "who pays reads what who decided read"


def test_a_notice_says_why_it_goes_without_the_signature_of_an_earlier_step(signed: Record) -> None:
    first, *others = every_line()
    signed.perform(first_step(first), COMMANDER)
    on_paper = replace(last_step(first, *others), from_paper=True)
    refused(
        "No signature is recorded of the NPU commander on ACF-002, ACF-003. What was signed first is "
        "recorded first, with that post; where it goes without, say why with --unsigned-because TEXT.",
        *(signed.perform, on_paper, OFFICER),
    )
    signed.perform(replace(on_paper, unsigned_because="the commander was ill"), OFFICER)

    assert ordered(signed).signed_before[2:] == (
        "It goes without the signature of the NPU commander for 2 of the 3 applications: the commander was "
        "ill.",
    )

    said = "decided without the signature of the NPU commander: the commander was ill"
    assert paper(signed, "schedule", NOW).exceptions == (("ACF-002", said), ("ACF-003", said))
    signed.perform(anew(50_000, "034/2026"), DECIDER)
    assert ("ACF-003", said) in paper(signed, "schedule", NOW).exceptions

    # The commander signed the earlier decision, not the new one; the new one may give no reason.
    others_anew, own_anew = (anew(50_000, "032/2026", of) for of in ("ACF-002", "ACF-001"))
    both = replace(others_anew, lines=(*others_anew.lines, *own_anew.lines), unsigned_because="it is empty")
    signed.perform(both, DECIDER)
    signed.perform(replace(own_anew, notice="033/2026"), DECIDER)

    before = (
        "Before the earlier decision, which was taken again, Cora Command, NPU commander, signed on "
        "2 December 2026 to fund ACF-001, and disclosed no interest."
    )
    without = "It goes without the signature of the NPU commander for all 2 applications: it is empty."
    assert ordered(signed, "032/2026").signed_before == (without, before)
    assert ordered(signed, "033/2026").signed_before == (before,)


def test_a_notice_says_who_signed_before_the_decision_and_whose_signature_is_not_there(
    recommended: Record,
) -> None:
    waits = ordered(recommended)
    recommended.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    declare_to_sign(recommended, COMMANDER, stating=f"{TO_STATE} A daughter is at Hope Hall.")
    recommended.perform(first_step(*every_line()), COMMANDER)
    signed_once = ordered(recommended)
    recommended.perform(last_step(*every_line()), DECIDER)
    done = ordered(recommended)

    said = (
        "Before the decision Cora Command, NPU commander, signed for all 3 applications on 2 December 2026, "
        "and disclosed: A daughter is at Hope Hall."
    )
    chair = "The chair of the panel signed its recommendations for all 3 applications on 2 December 2026."
    assert (waits.signed_before, waits.to_sign_first) == ((), ("Chair of the panel", "NPU commander"))
    assert (signed_once.signed_before, signed_once.to_sign_first) == ((chair, said), ())
    assert (done.signed_before, done.to_sign_first) == ((chair, said), ())
    assert paper(recommended, "decision-report", NOW).signed_before == (chair, said)

    # A report counts no signature on a line of which it says that it goes without.
    recommended.perform(replace(anew(50_000), unsigned_because="it is empty"), DECIDER)
    assert paper(recommended, "decision-report", NOW).signed_before == (
        chair.replace("all 3", "2 of the 3"),
        said.replace("all 3", "2 of the 3"),
        "It goes without the signature of the NPU commander for 1 of the 3 applications: it is empty.",
        "Before the earlier decision, which was taken again, Cora Command, NPU commander, signed on "
        "2 December 2026 to place ACF-003 on the reserve list, and disclosed: A daughter is at Hope Hall.",
    )


NEXT_YEAR = datetime(2027, 1, 5, tzinfo=UTC)
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

    public = paper(record, "publication", NEXT_YEAR, month=date(2026, 12, 1))
    published = public.awards[-1]
    assert public.gone == (
        f"ACF-002, Allotment Friends 2: {LOST[:1].lower()}{LOST[1:]}. Reason: Upheld on appeal",
    )
    assert published.decided_by == "Dan Decides, Chief Executive"
    schedule = paper(record, "finance", NEXT_YEAR)
    paid = schedule.awards[-1]
    given = paper(record, "360giving", NEXT_YEAR).grants[-1]
    (fund,) = paper(record, "governance", NEXT_YEAR).funds

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
        return tuple(paper(upheld, "disclosure", NEXT_YEAR).lines)

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

    found = paper(record, "notice", NEXT_YEAR, notice="040/2026")
    first = paper(record, "notice", NEXT_YEAR, notice="031/2026")

    assert found.background[-2:] == (
        f"{DECLINED} was put on the reserve list on 2 December 2026 (notice 031/2026). "
        f"It is decided again and awarded £500. Reason: Upheld on appeal. {REASON}",
        f"In part: {DECLINED}, £500 of the £3,000 asked, for the reason given above.",
    )
    assert found.total_pence == 50_000
    assert first.background == (f"Put on the reserve list: {DECLINED} (decided again, notice 040/2026).",)
    lost = paper(record, "notice", NEXT_YEAR, notice="041/2026")
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
    for who, post in ((ABE, AMBASSADOR), (CORA, AREA_COMMANDER)):
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
    second = signing(CORA, AREA_COMMANDER, *every_line(), notice="041/2026")
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


def test_what_is_decided_on_paper_without_the_chair_says_why(recommended: Record) -> None:
    on_paper = replace(last_step(*every_line()), from_paper=True)
    words = "No signature is recorded of the chair of the panel on ACF-001, ACF-002, ACF-003; and the NPU"
    refused(words, recommended.perform, on_paper, OFFICER)
    recommended.perform(replace(on_paper, unsigned_because="all were away"), OFFICER)

    without = "It goes without the signature of the {} for all 3 applications: all were away."
    posts = ("chair of the panel", "NPU commander")
    assert ordered(recommended).signed_before == tuple(map(without.format, posts))
