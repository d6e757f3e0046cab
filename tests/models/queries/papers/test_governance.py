"""The report across funds, from the record; the figures of charts are those of their tables."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from exchange.papers.document.values import Para, Table
from exchange.papers.prose_papers import governance_document
from models.operation import UNNAMED
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.budget import Contribute
from models.operations.awards.paying import PayInstalment
from models.operations.awards.variations import AskBack, VaryAward
from models.operations.papers import AddPrintedTables
from models.operations.set_up.office import SetFundYear, SetUpOffice
from models.papers.governance import GovernanceReport
from models.papers.status import PaperStatus
from models.papers.year.round_year import round_tables
from models.papers.year.year_facts import FundYear, YearAsked, YearAward, YearPot
from models.queries.set_up.funds import FundYearMoney
from models.record import Record
from models.reference.defaults import Source, SourceKind
from models.reference.shipped_history import shipped_tables
from models.values.awards import Terms
from scoring.ranking import Allowance
from tests.models.operations.budgets import ACF, BY, YEAR, allocate, carry
from tests.models.operations.deciding.test_recommendations import third_funded
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, deciding_rows, recommended
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import FUND, OFFICER, load, paper, refused, set_up_office

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def reported(record: Record, year: str | None = None) -> GovernanceReport:
    return paper(record, "governance", NOW, None, year=year)


def said(report: GovernanceReport) -> list[str]:
    blocks = governance_document(report, PaperStatus(NOW, "")).blocks
    return [block.text for block in blocks if isinstance(block, Para)]


def test_what_lapses_while_projects_run_and_what_is_committed_of_no_allocation_is_told(
    record: Record,
) -> None:
    rows = deciding_rows()
    long = tuple(replace(row, end_on=date(2027, 7, 1)) for row in rows.applications)
    recommended(record, replace(rows, applications=long))
    decide(record)
    ministry = Source(YEAR, SourceKind.MINISTRY, 1_000_000, "", date(2027, 3, 31))
    money = FundYearMoney(YEAR, 1_000_000, (ministry,))
    record.perform(SetFundYear("ACF", YEAR, money), OFFICER)

    told = " ".join(said(reported(record)))

    # two awards take £3,000 of the pot of £3,500, which the round holds; £10,000 less £3,500
    assert (
        "Nothing of the Active Citizens Fund is allocated to areas yet, but £3,500 of its £10,000 is "
        "committed or held, and £6,500 is neither committed nor held."
    ) in told
    assert (
        "£10,000 of the fund's money (Ministry of Justice) lapses where it is not spent by 31 March 2027. "
        "Of 2 projects 2 run on after that day"
    ) in told
    paid = "£0 of the year's £10,000 is paid, less what came back"
    assert f"{paid}, and £6,500 is neither committed nor held." in told
    allocate(record, Coventry=300_000)
    assert "is allocated to areas yet" not in " ".join(said(reported(record)))


def test_start_up_money_that_is_held_apart_is_not_free_where_nothing_is_allocated(record: Record) -> None:
    rows = deciding_rows()
    areas = (replace(rows.areas[0], start_up_pence=50_000), *rows.areas[1:])
    load(set_up_office(record), replace(rows, areas=areas))
    record.perform(SetFundYear("ACF", YEAR, FundYearMoney(YEAR, 1_000_000)), OFFICER)

    (fund,) = reported(record).funds

    # £10,000 less the pot of £3,500 and £500 held apart
    assert (fund.start_up_apart_pence, fund.uncommitted_pence) == (50_000, 600_000)
    assert (
        "but £3,500 of its £10,000 is committed or held; £500 of start-up money is held apart, and £6,000 is "
        "neither committed nor held."
    ) in " ".join(said(reported(record)))
    allocate(record, Coventry=300_000)
    assert reported(record).funds[0].start_up_apart_pence == 0, "what is allocated has it"


def test_a_year_of_which_nothing_is_recorded_is_refused(office: Record) -> None:
    refused("Nothing of 2031/32 is recorded", reported, office, year="2031/32")

    # A year kept as it was printed points to the year tables.
    tables = tuple(table for table in shipped_tables() if (table.fund, table.year) == (FUND.name, "2016/17"))
    office.perform(AddPrintedTables(tables), OFFICER)
    report = reported(office, year="2016/17")
    assert [(one.fund, one.is_printed) for one in report.funds] == [(FUND.name, True)]
    assert report.control == "1 fund, no amount of the year recorded", "£0.00 would be an amount"
    assert said(report) == [
        f"{FUND.name}: the figures of this year are kept as they were printed; the year tables have them.",
        "The grant governance group is asked to note this report.",
    ]
    assert tables_of(report) == {}, "no figure is worked out of half a year"


def tables_of(report: GovernanceReport) -> dict[str, Table]:
    """Return the tables of the report by their first heading."""
    blocks = governance_document(report, PaperStatus(NOW, "")).blocks
    return {block.columns[0].heading: block for block in blocks if isinstance(block, Table)}


RECORDED = (("Ann Officer", ", recorded by Ann Officer"), (f"{UNNAMED}jdoe7", ""))


def test_what_the_office_gave_is_a_line_of_its_own_and_awards_lead_to_what_is_committed(
    decided: Record,
) -> None:
    allocate(decided, Coventry=1_000_000, Dudley=2_000_000)
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)
    decided.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    decided.perform(Contribute(ACF, YEAR, "Coventry", 10_000, "PCC Office Funding"), OFFICER)
    decided.perform(AskBack(1, "ACF-001", 1, 700, DAY, "two sessions fewer"), OFFICER)

    tables = tables_of(reported(decided))

    assert tables["Area or service line"].columns[3].heading == "Awards as they stand"
    areas = {row[0]: row[1:] for row in tables["Area or service line"].rows}
    own = areas["Given by the office itself"]
    assert own == ("–", "−£100", "−£100", "−£100", "£100")
    # Two awards, £1,000 and £2,000; £330 of the first is paid, and the office's £100 is in no area's figure.
    assert areas["Coventry"][2:4] == ("£3,000", "£330")
    assert areas["Total"][2:4] == ("£2,900", "£230")
    assert areas["All areas and lines"] == tables["Fund"].rows[0][-5:]
    *funds, all_funds = tables["Fund"].rows
    assert [row[0] for row in funds] == ["Active Citizens Fund", "Given by the office itself"]
    assert [row[-2] for row in (*funds, all_funds)] == ["£330", "−£100", "£230"]
    assert tables["Fund"].sums == {2}
    bridge = dict(tables["From awards to what is committed or held"].rows)
    assert bridge["Awards as agreed"] == "£3,000"
    assert bridge["Given by the office itself"] == "−£100"
    assert bridge["Committed or held"] == areas["Total"][1]
    assert tables["Round"].rows[0][1:5] == ("All decided", "3", "3", "2")

    # Who recorded a variation is named, and never a machine's account.
    for number, (by, whose) in enumerate(RECORDED, 1):
        fewer = VaryAward(1, "ACF-001", number, Terms(100_000 - 100 * number), "less to do", DAY)
        decided.perform(fewer, replace(OFFICER, name=by))
        told = reported(decided).funds[0].changes
        varied = "A-031-01, Allotment Friends 1, was varied on 2 December 2026"
        assert any(one.startswith(f"{varied}{whose}: £") for one in told), by
    assert (
        "£7 of A-031-01, Allotment Friends 1, was asked back on 2 December 2026, £7 has still to come: "
        "two sessions fewer"
    ) in reported(decided).funds[0].changes


def test_money_carried_forward_is_a_source_with_who_decided_it_and_is_counted_once(record: Record) -> None:
    record.perform(SetUpOffice("Office", (replace(FUND, amounts=((YEAR, 15_000_000),)),)), OFFICER)
    allocate(record, Coventry=14_000_000)
    carry(record, "Coventry", 800_000)

    tables = tables_of(reported(record))

    source = tables["Where it comes from"].rows[0]
    assert source[1] == "£8,000"
    assert all(words in source[0] for words in ("2025/26", "Coventry", BY, "1 April 2026", "as agreed"))
    of = dict(zip((one.heading for one in tables["Fund"].columns), tables["Fund"].rows[0], strict=True))
    # 150,000 and 8,000 carried forward: 10,000 not allocated, and 148,000 that is
    assert [of[one] for one in ("Amount of the year", "Carried forward", "Not allocated", "Allocated")] == [
        "£150,000",
        "£8,000",
        "£10,000",
        "£148,000",
    ]


def award(area: str, number: int, pence: int, *, known: bool = False) -> YearAward:
    return YearAward(area, number, f"Club {number}", "Kites", "About kites", pence, pence, 0, is_known=known)


CHARTED = FundYear(
    "Active Citizens Fund",
    "2026/27",
    (YearPot("Dudley", 300_000), YearPot("Walsall", 100_000)),
    (award("Dudley", 1, 90_000), award("Dudley", 2, 160_000, known=True), award("Walsall", 3, 120_050)),
    (YearAsked("Dudley", 3, 400_000), YearAsked("Walsall", 1, 120_050)),
)
LISTS = replace(
    CHARTED,
    awards=(replace(CHARTED.awards[0], onward=(("Chess Group", "boards", 5_000),)), *CHARTED.awards[1:]),
    asked=(),
)
TABLES = {table.code: table for of in (LISTS, CHARTED) for table in round_tables(of)}
"""Every table: those of a year in which all was awarded without a competition, and of one with."""


def test_money_over_a_pot_that_nobody_awarded_yet_is_said_to_be_in_no_figure(recommended: Record) -> None:
    on = Allowance("Coventry", 500_000, "Cora Chief", "Chief Executive", "the last two are one", DAY)
    recommended.perform(AllowOverPot(1, on), OFFICER)
    recommended.perform(third_funded(recommended), OFFICER)

    def told() -> str:
        return next(one for one in reported(recommended).funds[0].changes if "over the pot" in one)

    waits = told()
    decide(recommended)

    assert waits.startswith("Autumn, Coventry: £2,500 over the pot, allowed by Cora Chief"), waits
    assert waits.endswith("; it is recommended and not awarded yet, and in none of the figures above")
    assert waits.startswith(told()), "awarded, it is in the figures"
