"""Notices and reports from the record, and the annex of a real notice of 2017."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.prose_papers import decision_report_document
from models.issuing import next_issue
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.variations import VaryAward
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.fund_changes import SetFundYear
from models.operations.set_up.office import SetPaperTexts
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.settled import TO_STATE
from models.queries.papers.notices.signatures import next_notice
from models.queries.set_up.funds import FundYearMoney
from models.record import Record
from models.reference.defaults import Source, SourceKind
from models.values.awards import Terms, WithheldName
from models.values.recommending import LineDecision, RecommendationRow
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding.challenged import anew
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
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
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")
    by = ("Dan Decides", "Chief Executive", DAY, "none")
    decided.perform(RecordDecisions(1, 1, *by, (less,), "032/2026", "", True, True), OFFICER)

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
    by = ("Dan Decides", "Chief Executive", DAY, "none", every_line(), "031/2026", "An Act", True)
    recommended.perform(RecordDecisions(1, 1, *by, unsigned_because="They are away."), OFFICER)
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

    def reported() -> str:
        report = paper(record, "decision-report", NOW)
        return str(decision_report_document(report, PaperStatus(NOW, "")).blocks)

    assert (
        "; its annex names each recipient, project and amount, but for 1 recipient whose name is withheld."
        in reported()
    )


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
    record.perform(
        SetFundYear("ACF", "2026/27", FundYearMoney("2026/27", 30_000_000, (ministry, precept)), None),
        OFFICER,
    )

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
    paper = replace(last_step(first, *others), from_paper=True)
    with pytest.raises(Refused) as no:
        signed.perform(paper, OFFICER)
    signed.perform(replace(paper, unsigned_because="the commander was ill"), OFFICER)

    assert str(no.value) == (
        "No signature is recorded of the NPU commander on ACF-002, ACF-003. What was signed first is "
        "recorded first, with that post; where it goes without, say why with --unsigned-because TEXT."
    )
    assert ordered(signed).signed_before[1:] == (
        "It goes without the signature of the NPU commander for 2 of the 3 applications: the commander was "
        "ill.",
    )
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")
    again = replace(paper, lines=(less,), notice="032/2026", correcting=True)
    signed.perform(replace(again, unsigned_because="the post is empty"), OFFICER)

    assert ordered(signed, "032/2026").signed_before == (
        "It goes without the signature of the NPU commander: the post is empty.",
    )


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
    assert (waits.signed_before, waits.to_sign_first) == ((), ("NPU commander",))
    assert (signed_once.signed_before, signed_once.to_sign_first) == ((said,), ())
    assert (done.signed_before, done.to_sign_first) == ((said,), ())
    report = paper(recommended, "decision-report", NOW)
    assert report.signed_before == (said,)
