"""What the public is told: the call for applications, a month's awards, and open data."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from exchange.papers.open_data import checked_package
from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts, SetPublisher
from models.papers.call import CallForApplications
from models.papers.open_data import OpenData
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.transparency.lists import GIVEN_UP, PublicationList
from models.queries.awards.agreements import agreement_orders
from models.queries.awards.year_facts import record_years
from models.queries.papers.open_data import recipient_id
from models.queries.papers.to_check.questions import require_purposes
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DAY, REASON, deciding_rows, last_from_paper, recommended
from tests.models.rounds import OFFICER, application, assert_replays, load, paper, refused, set_up_office

NOW, DECEMBER = datetime(2027, 1, 5, tzinfo=UTC), DAY.replace(day=1)


def ordered(record: Record, month: date = DECEMBER, fund: str | None = None) -> PublicationList:
    return paper(record, "publication", NOW, None, month=month, fund=fund)


def test_awards_are_listed_in_the_month_of_their_decision(decided: Record) -> None:
    assert ordered(decided, date(2026, 11, 1)).awards == ()
    found = ordered(decided)  # on 2 December 2026
    assert [(award.award, award.amount_pence, award.notice) for award in found.awards] == [
        ("A-031-01", 100_000, "031/2026"),
        ("A-031-02", 200_000, "031/2026"),
    ]
    assert found.control == "2 awards, £3,000.00"

    # Without a round it is of every round of the office or of a year.
    load(decided, replace(deciding_rows(), name="Another"))  # nothing is awarded in it
    decided.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    every, of_year = data_of(decided, None), data_of(decided, None, year="2026/27", fund="ACF")
    assert every.grants == of_year.grants == data_of(decided).grants

    # No score is published.
    reasons = {award.reasons for award in ordered(decided).awards}
    assert reasons == {REASON}

    # A fund that is not there is refused.
    refused("There is no round of Village Fund", ordered, decided, DECEMBER, "Village Fund")

    # What is published of an award ends as a sentence.
    decided.perform(
        SetPaperTexts(
            1, "publication", "ACF-001", (("purpose", "dance for all, ask p.at+x@mail.example.org"),)
        ),
        OFFICER,
    )
    first, second = ordered(decided).awards
    assert first.purpose == "dance for all, ask (address left out)."
    assert second.purpose == second.project  # nobody wrote a purpose: the title alone
    assert all(text.endswith(".") for one in (first, second) for text in (*one.conditions, one.reasons))

    # Its reasons stand on the decision, and are not why that was changed.
    less = LineDecision("ACF-002", "change", "part_fund", 150_000, change_reason="one session fewer")
    who = ("Dan Decides", "Chief Executive", DAY, "none")
    decided.perform(RecordDecisions(1, 1, *who, (less,), "032/2026", "", True, True), OFFICER)
    assert {award.reasons for award in ordered(decided).awards} == {REASON}


def test_a_list_with_an_award_that_gives_no_reasons_is_not_issued(decided: Record) -> None:
    order = PaperOrder("publication", NOW, month=DECEMBER)
    found = ordered(decided)
    silent = replace(found, awards=tuple(replace(award, reasons="") for award in found.awards))

    with pytest.raises(Refused, match=r"A-031-01 and A-031-02 lack their reasons\. Correct"):
        decided.ask(lambda session: next_issue(session, order, silent))
    one = replace(silent, awards=silent.awards[1:])
    refused(r"A-031-02 lacks its reasons\.", decided.ask, lambda session: next_issue(session, order, one))

    # It is refused until the prefix is known.
    refused("needs the office's prefix from 360Giving", data_of, decided)

    # Each award is a grant with an identifier that lasts.
    decided.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    found = data_of(decided)
    assert [(grant.identifier, grant.awarded_pence) for grant in found.grants] == [
        ("360G-Example-2026-A-031-01", 100_000),
        ("360G-Example-2026-A-031-02", 200_000),
    ]
    assert found.control == "2 grants, £3,000.00"
    assert {grant.location_code for grant in found.grants} == {""}
    codes = FactChange("area_codes", "Dudley E08000027, coventry E08000026")
    decided.perform(SetOfficeFacts((codes,)), OFFICER)
    coded = data_of(decided)
    area = found.grants[0].location
    assert coded.grants[0].location_code == {"Dudley": "E08000027", "Coventry": "E08000026"}[area]
    package = checked_package(coded, PaperStatus(datetime(2026, 12, 5, tzinfo=UTC), ""))
    (place,) = package["grants"][0]["beneficiaryLocation"]
    assert (place["geoCode"], place["geoCodeType"]) == (coded.grants[0].location_code, "MD")
    assert_replays(decided)


def test_a_purpose_that_nobody_at_the_office_wrote_is_read_before_a_list_is_issued(record: Record) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    told = replace(first, summary="Two sisters of nine wrote it.")
    recommended(record, replace(rows, applications=(told, *others)))
    record.perform(last_from_paper(record, 1, LineDecision("ACF-001"), notice="031/2026"), OFFICER)
    order = PaperOrder("publication", NOW, month=DECEMBER)
    open_data_of = replace(order, kind="360giving", month=None, round_id=1)
    tables_of = replace(order, kind="tables", month=None)

    for of, value in ((order, ordered(record)), (open_data_of, None), (tables_of, None)):
        with pytest.raises(Refused, match=r"the purpose of 1 award: A-031-01\. .*“Purpose for the public…”"):
            record.ask(partial(require_purposes, order=of))
        if value is not None:
            refused("1 award", record.ask, lambda session, of=of, value=value: next_issue(session, of, value))
            read = replace(of, purposes_read=True)
            assert record.ask(lambda session, read=read, value=value: next_issue(session, read, value))
    record.ask(partial(require_purposes, order=replace(order, month=date(2026, 11, 1))))
    record.ask(partial(require_purposes, order=replace(tables_of, year="2016/17")))
    own = (("purpose", "Dance for young people."),)
    record.perform(SetPaperTexts(1, "publication", "ACF-001", own), OFFICER)

    record.ask(partial(require_purposes, order=order))
    listed = ordered(record).awards
    assert [award.purpose for award in listed] == ["Dance for young people."]


def test_an_award_that_was_withdrawn_is_in_no_list_of_what_stands(decided: Record) -> None:
    decided.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    decided.perform(SetWithdrawn(1, "ACF-002", is_withdrawn=True, reason="They merged."), OFFICER)

    def ask(kind: str, round_id: int | None = 1, **of: object) -> Any:
        return paper(decided, kind, datetime(2026, 12, 5, tzinfo=UTC), round_id, **of)

    listed = ask("publication", None, period="2026/27")
    report, finance = ask("decision-report"), ask("finance")
    year = decided.ask(record_years).years[0]

    assert [one.award for one in listed.awards] == ["A-031-01"]
    across = next(fund for fund in ask("governance", None).funds if fund.rounds)
    assert (across.rounds[0].awards, across.rounds[0].applications) == (1, 3), "it was decided"
    assert [one.partition(", £")[2] for one in across.changes if one.startswith("A-031-02, ")] == [
        "2,000 decided on 2 December 2026, was withdrawn on 3 November 2026: nothing of it was paid, and it "
        "is in no sum. They merged."
    ]
    assert listed.gone == (
        "A-031-02 (ACF-002), Allotment Friends 2: awarded £2,000 on 2 Dec 2026 (notice 031/2026); "
        "withdrawn on 3 Nov 2026, and nothing of it was paid",
    )
    assert [one.awarded_pence for one in ask("360giving").grants] == [100_000]
    (told,) = (one for one in ask("disclosure").lines if one.outcome == GIVEN_UP)
    assert (told.who, told.awarded_pence) == ("Applicant 1", None), "in its place as decided"
    assert [one.reference for one in ask("monitoring").awards] == ["A-031-01"]
    assert sum(one.awarded_pence for one in year.awards) == 100_000, "the year tables count so too"
    assert [one.reference for one in finance.awards] == ["A-031-01"]
    assert [(one.award, one.pence) for one in finance.not_taken_up] == [("A-031-02", 200_000)]
    refused("A-031-02 was withdrawn, so there is no agreement", ask, "agreement", award="A-031-02")
    order = PaperOrder("agreement", NOW, 1)
    assert [one.award for one in decided.ask(partial(agreement_orders, order=order))] == ["A-031-01"]
    minuted = {item.reference: repr(item) for item in ask("minutes").items}
    assert len(minuted) == 3, "it was before the panel, which did not know"
    assert "withdrew" not in minuted["ACF-002"]
    assert report.changes == (
        "A-031-02, Allotment Friends 2: not taken up, as the applicant withdrew on 3 November 2026.",
    )
    assert report.stands.startswith("The awards stand at £1,000 today")


def data_of(record: Record, round_id: int | None = 1, **chosen: str) -> OpenData:
    return paper(record, "360giving", datetime(2026, 12, 5, tzinfo=UTC), round_id, **chosen)


@pytest.mark.parametrize(
    ("charity", "company", "identifier"),
    [
        ("1254367", "", "GB-CHC-1254367"),
        ("SC012354", "01254367", "GB-SC-SC012354"),
        ("NIC100123", "", "GB-NIC-100123"),
        ("", "01254367", "GB-COH-01254367"),
        ("", "", "360G-Example-ORG-0042"),
    ],
)
def test_a_recipient_is_known_by_its_register(charity: str, company: str, identifier: str) -> None:
    row = replace(application(1), charity_number=charity, company_number=company)

    assert recipient_id(row, "360G-Example", 42) == identifier


CALLED_AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def called(record: Record, area: str | None = None) -> CallForApplications:
    return paper(record, "call", CALLED_AT, area=area)


@pytest.mark.parametrize(("committed", "left"), [(20_000, 70_000), (90_000, 0), (150_000, 0)])
def test_an_area_that_has_committed_more_than_its_pot_calls_for_nothing(
    record: Record, committed: int, left: int
) -> None:
    rows = deciding_rows()
    dudley = replace(rows.areas[1], pot_pence=90_000, committed_pence=committed)
    load(set_up_office(record), replace(rows, areas=(rows.areas[0], dudley)))

    call = called(record)

    assert [area.pot_pence for area in call.areas] == [350_000, left]
    assert call.envelope_pence == 350_000 + left
    assert call.without == (() if left else ("Dudley",))
    assert called(record, "Dudley").without == ()  # alone it is no call that could be issued


def test_split_criteria_and_rules_are_those_that_are_published(record: Record) -> None:
    rows = deciding_rows()
    load(set_up_office(record), rows)

    call = called(record)

    assert len(call.criteria) == len(rows.scheme.criteria)
    assert dict(call.rules).keys() >= {"Score", "Ties", "Money", "Minimums", "Caps"}
    assert call.checks
    assert all(check.endswith("?") for check in call.checks)

    # Dates and own words are on it.
    area = rows.areas[0].name
    dates = AreaDates(opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 30), closes_time="12:00")
    record.perform(SetAreaDates(1, area, dates, AreaDates()), OFFICER)
    texts = {"who_may": "Charities\nCommunity groups", "how": "Send the form.", "contact_name": "C. Officer"}
    texts |= {"hear_by": "20 January 2027"}
    record.perform(SetPaperTexts(1, "call", "", tuple(texts.items())), OFFICER)
    call = called(record)
    assert (call.areas[0].closes_on, call.areas[0].closes_time) == (date(2026, 9, 30), "12:00")
    assert (call.who_may, call.how) == (("Charities", "Community groups"), ("Send the form.",))
    assert call.contact == (("Contact officer", "C. Officer"),)
    assert (call.hear_by, call.is_timed) == (date(2027, 1, 20), True)
    record.perform(SetAreaDates(1, area, replace(dates, closes_time=None), dates), OFFICER)
    whole = called(record, area)
    assert (whole.is_open_all_day, whole.is_timed) == (True, False)
