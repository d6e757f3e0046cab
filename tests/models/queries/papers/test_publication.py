"""A month's awards from the record."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.kinds import KINDS
from models.papers.office import without_mail
from models.papers.order import PaperOrder
from models.papers.transparency.disclosure import GIVEN_UP
from models.papers.transparency.lists import PublicationList
from models.queries.awards.agreements import agreement_orders
from models.queries.awards.year_facts import record_years
from models.queries.papers.to_check.questions import require_purposes
from models.queries.papers.transparency.lists import publication
from models.record import Record
from models.values.recommending import LineDecision
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DAY, REASON, decided, deciding_rows, recommended
from tests.models.rounds import OFFICER

NOW = datetime(2027, 1, 5, tzinfo=UTC)


def ordered(record: Record, month: date, fund: str | None = None) -> PublicationList:
    order = PaperOrder("publication", NOW, month=month, fund=fund)
    return record.ask(partial(publication, order=order))


def test_awards_are_listed_in_the_month_of_their_decision(record: Record) -> None:
    decided(record)  # on 2 December 2026

    assert ordered(record, date(2026, 11, 1)).awards == ()
    found = ordered(record, date(2026, 12, 1))
    assert [(award.award, award.amount_pence, award.notice) for award in found.awards] == [
        ("A-031-01", 100_000, "031/2026"),
        ("A-031-02", 200_000, "031/2026"),
    ]
    assert found.control == "2 awards, £3,000.00"


def test_no_score_is_published(record: Record) -> None:
    decided(record)

    reasons = {award.reasons for award in ordered(record, date(2026, 12, 1)).awards}
    assert reasons == {REASON}


def test_an_address_in_an_applicant_s_words_is_left_out() -> None:
    told = without_mail("Ask p.at+x@mail.example.org, or come to Dance @ 7.30")

    assert told == "Ask (address left out), or come to Dance @ 7.30"


@pytest.mark.parametrize("fund", ["ACF", "Active Citizens Fund"])
def test_a_fund_is_named_by_name_or_code(record: Record, fund: str) -> None:
    decided(record)

    assert len(ordered(record, date(2026, 12, 1), fund).awards) == 2


def test_a_fund_that_is_not_there_is_refused(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match="There is no round of Village Fund"):
        ordered(record, date(2026, 12, 1), "Village Fund")


def test_reasons_are_those_that_stand_on_the_decision_and_not_why_it_was_changed(record: Record) -> None:
    decided(record)
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")
    who = ("Dan Decides", "Chief Executive", DAY, "none")
    record.perform(RecordDecisions(1, 1, *who, (less,), "032/2026", "", True, True), OFFICER)

    assert {award.reasons for award in ordered(record, date(2026, 12, 1)).awards} == {REASON}


def test_what_is_published_of_an_award_ends_as_a_sentence(record: Record) -> None:
    decided(record)
    record.perform(SetPaperTexts(1, "publication", "ACF-001", (("purpose", "dance for all"),)), OFFICER)

    first, second = ordered(record, date(2026, 12, 1)).awards

    assert first.purpose == "dance for all."
    assert second.purpose == second.project  # nobody wrote a purpose: the title alone
    assert all(text.endswith(".") for one in (first, second) for text in (*one.conditions, one.reasons))


def test_a_list_with_an_award_that_gives_no_reasons_is_not_issued(record: Record) -> None:
    decided(record)
    order = PaperOrder("publication", NOW, month=date(2026, 12, 1))
    found = ordered(record, date(2026, 12, 1))
    silent = replace(found, awards=tuple(replace(award, reasons="") for award in found.awards))

    with pytest.raises(Refused, match=r"A-031-01 and A-031-02 lack their reasons\. Correct"):
        record.ask(lambda session: next_issue(session, order, silent))
    one = replace(silent, awards=silent.awards[1:])
    with pytest.raises(Refused, match=r"A-031-02 lacks its reasons\."):
        record.ask(lambda session: next_issue(session, order, one))


def test_a_purpose_that_nobody_at_the_office_wrote_is_read_before_a_list_is_issued(record: Record) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    told = replace(first, summary="Two sisters of nine wrote it.")
    recommended(record, replace(rows, applications=(told, *others)))
    by = ("Dan Decides", "Chief Executive", DAY, "none", (LineDecision("ACF-001"),), "031/2026", "", True)
    record.perform(RecordDecisions(1, 1, *by, unsigned_because="They are away."), OFFICER)
    order = PaperOrder("publication", NOW, month=date(2026, 12, 1))
    open_data_of = replace(order, kind="360giving", month=None, round_id=1)
    tables_of = replace(order, kind="tables", month=None)

    for of, value in ((order, ordered(record, date(2026, 12, 1))), (open_data_of, None), (tables_of, None)):
        with pytest.raises(Refused, match=r"the purpose of 1 award: A-031-01\. .*“Purpose for the public…”"):
            record.ask(partial(require_purposes, order=of))
        if value is not None:
            with pytest.raises(Refused, match="1 award"):
                record.ask(lambda session, of=of, value=value: next_issue(session, of, value))
            read = replace(of, purposes_read=True)
            assert record.ask(lambda session, read=read, value=value: next_issue(session, read, value))
    record.ask(partial(require_purposes, order=replace(order, month=date(2026, 11, 1))))
    record.ask(partial(require_purposes, order=replace(tables_of, year="2016/17")))
    own = (("purpose", "Dance for young people."),)
    record.perform(SetPaperTexts(1, "publication", "ACF-001", own), OFFICER)

    record.ask(partial(require_purposes, order=order))
    listed = ordered(record, date(2026, 12, 1)).awards
    assert [award.purpose for award in listed] == ["Dance for young people."]


def test_an_award_that_was_withdrawn_is_in_no_list_of_what_stands(record: Record) -> None:
    decided(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    record.perform(SetWithdrawn(1, "ACF-002", is_withdrawn=True, reason="They merged."), OFFICER)

    def paper(kind: str, **of: object) -> Any:
        order = PaperOrder(kind, datetime(2026, 12, 5, tzinfo=UTC), **of)  # type: ignore[arg-type]
        return record.ask(lambda session: KINDS[kind].ask(session, order))

    listed = paper("publication", period="2026/27")
    report, finance = paper("decision-report", round_id=1), paper("finance", round_id=1)
    year = record.ask(record_years).years[0]

    assert [one.award for one in listed.awards] == ["A-031-01"]
    across = next(fund for fund in paper("governance").funds if fund.rounds)
    assert (across.rounds[0].awards, across.rounds[0].applications) == (1, 3), "it was decided"
    assert [one.partition(", £")[2] for one in across.changes if one.startswith("A-031-02, ")] == [
        "2,000 decided on 2 December 2026, was withdrawn on 3 November 2026: nothing of it was paid, and it "
        "is in no sum. They merged."
    ]
    assert listed.gone == (
        "A-031-02 (ACF-002), Allotment Friends 2: awarded £2,000 on 2 Dec 2026 (notice 031/2026); "
        "withdrawn on 3 Nov 2026, and nothing of it was paid",
    )
    assert [one.awarded_pence for one in paper("360giving", round_id=1).grants] == [100_000]
    told = [one for one in paper("disclosure", round_id=1).lines if one.outcome == GIVEN_UP]
    assert [(one.who, one.awarded_pence) for one in told] == [("Applicant 1", None)], (
        "in its place as decided"
    )
    assert [one.reference for one in paper("monitoring", round_id=1).awards] == ["A-031-01"]
    assert sum(one.awarded_pence for one in year.awards) == 100_000, "the year tables count so too"
    assert [one.reference for one in finance.awards] == ["A-031-01"]
    assert [(one.award, one.pence) for one in finance.not_taken_up] == [("A-031-02", 200_000)]
    with pytest.raises(Refused, match="A-031-02 was withdrawn, so there is no agreement to write"):
        paper("agreement", round_id=1, award="A-031-02")
    order = PaperOrder("agreement", NOW, 1)
    assert [one.award for one in record.ask(partial(agreement_orders, order=order))] == ["A-031-01"]
    minuted = {item.reference: repr(item) for item in paper("minutes", round_id=1).items}
    assert len(minuted) == 3, "it was before the panel, which did not know"
    assert "withdrew" not in minuted["ACF-002"]
    assert report.changes == (
        "A-031-02, Allotment Friends 2: not taken up, as the applicant withdrew on 3 November 2026.",
    )
    assert report.stands.startswith("The awards stand at £1,000 today")
