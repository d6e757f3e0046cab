"""A year of awards without a competition, held against the tables that were printed of 2016/17."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.awards.budget import Contribute, allocating
from models.operations.awards.direct_awards import proposal_change
from models.operations.awards.variations import VaryAward
from models.operations.awards.year_end import SetSpent, SpentChange
from models.papers.year.round_year import OFFICE_FUNDING
from models.papers.year.summed_tables import YearTable, YearTables
from models.papers.year.year_facts import Spent
from models.queries.awards.awards import awards
from models.queries.awards.budget import fund_budget
from models.queries.awards.direct_awards import break_dates
from models.queries.awards.year_facts import fund_number
from models.queries.set_up.rounds import direct_round
from models.record import Record
from models.reference.shipped_history import shipped_tables
from models.values.awards import Terms
from models.values.direct_award import DirectAward, Route
from models.values.recommending import LineDecision
from tests.models.operations.awards.proposals import BOXING, START_UP, award, direct, from_paper, propose
from tests.models.operations.budgets import ACF, YEAR, allocate, decision
from tests.models.operations.deciding_rounds import DAY, last_from_paper
from tests.models.rounds import MONEY_ONLY, OFFICER, assert_replays, paper, set_up_office

PRINTED_YEAR, MARCH = "2016/17", date(2017, 3, 31)
COMMUNITY = MONEY_ONLY.name
NOW = datetime(2026, 12, 20, tzinfo=UTC)


def made(record: Record, code: str, fund: str = COMMUNITY, year: str = PRINTED_YEAR) -> YearTable:
    found: YearTables = paper(record, "tables", NOW, None, fund=fund, year=year)
    (table,) = (one for one in found.tables if one.code == code)
    return table


def award_year(record: Record, services: dict[str, int]) -> None:
    """Propose an award for each service, have all decided under one notice, and record all as spent."""
    for name, pence in services.items():
        why = (Route.COMMISSIONED, "It keeps people safe.")
        one = DirectAward(f"Provider of {name}", pence, *why, name, name)
        change = partial(proposal_change, fund=COMMUNITY, year=PRINTED_YEAR, award=one)
        record.perform(record.ask(change), OFFICER)
    number = record.ask(lambda s: direct_round(s, (fund_number(s, COMMUNITY), PRINTED_YEAR)))
    assert number is not None
    lines = tuple(LineDecision(f"CSF-D16-{n:03d}") for n in range(1, len(services) + 1))
    record.perform(last_from_paper(record, number, *lines, notice="005/2017", on=MARCH), OFFICER)
    changes = tuple(
        SpentChange("", row.reference, Spent(row.amount_pence, 0, MARCH, "the paper of 2017"), None)
        for row in record.ask(lambda s: awards(s, number))
    )
    record.perform(SetSpent(COMMUNITY, PRINTED_YEAR, changes), OFFICER)


def test_a_year_of_them_gives_the_fourth_table_with_the_office_s_own_share(record: Record) -> None:
    (table,) = (one for one in shipped_tables() if one.code == "Table 4")
    set_up_office(record)
    sums = {row[0]: table.figure(1, row[1]) or 0 for row in table.lines}
    lines = {name: (max(pence, 0), 0) for name, pence in sums.items()}
    before = decision()
    record.perform(record.ask(lambda s: allocating(s, COMMUNITY, PRINTED_YEAR, lines, before)), OFFICER)
    services = {name: pence for name, pence in sums.items() if pence > 0}

    award_year(record, services)
    own = Contribute(COMMUNITY, PRINTED_YEAR, "PCC Office Funding", 184_200, "its own share")
    record.perform(own, OFFICER)

    ours = made(record, "Table 4")
    sums[OFFICE_FUNDING] = sums.pop("PCC Office Funding")
    assert {row[0]: row[1:3] for row in ours.rows} == {name: (pence, pence) for name, pence in sums.items()}
    assert ours.totals[1:3] == (331_935_500, 331_935_500)  # print: 3,319,355 in both columns
    listed = made(record, "Appendix 1").rows
    assert {row[0]: row[4:6] for row in listed} == {f"Provider of {n}": (p, p) for n, p in services.items()}
    key = record.ask(lambda s: fund_number(s, COMMUNITY)), PRINTED_YEAR
    found = record.ask(lambda s: fund_budget(s, key)).figures
    assert (found.decided_pence, found.left_pence) == (331_935_500, 184_200)
    assert_replays(record)


def test_start_up_money_is_committed_and_no_project(office: Record) -> None:
    allocate(office, Coventry=2_000_000, Dudley=(500_000, 100_000))
    award(office)
    award(office, replace(START_UP, area="Dudley"), notice="041/2026")

    projects, areas = (made(office, f"Table {number}", ACF, YEAR) for number in (3, 2))

    assert {row[0]: row[1] for row in projects.rows} == {"Coventry": 1, "Dudley": 0}
    assert projects.totals[1] == 1
    assert {row[0]: row[2] for row in areas.rows} == {"Coventry": 1_200_000, "Dudley": 60_000}


def test_a_notice_tells_of_no_panel_and_of_no_pot(office: Record) -> None:
    award(office)
    number = direct(office)

    found = paper(office, "notice", NOW, number, notice="040/2026")

    assert "panel" not in found.summary.lower()
    assert found.summary.startswith("This notice records an award, £12,000, made without a competition from")
    assert found.financial == ("This notice commits £12,000.",)

    # A contract is told of three months before it may be ended.
    told = office.ask(lambda s: break_dates(s, date(2027, 2, 1)))
    assert [(one.on, one.words) for one in told] == [
        (date(2027, 5, 1), "The contract of A-040-01 may be ended on 1 May 2027")
    ]
    (end,) = office.ask(lambda s: break_dates(s, date(2027, 8, 10)))
    assert (end.words, end.on) == ("The contract of A-040-01 ends on 31 Oct 2027", date(2027, 10, 31))
    assert end.note == "Westmarch Youth Boxing: 2 option years may follow, as an extension"
    assert office.ask(lambda s: break_dates(s, date(2027, 1, 30))) == ()
    varied = Terms(end_on=date(2027, 12, 31), recipient="Westmarch Boxing")
    office.perform(VaryAward(1, "ACF-D26-001", 1, varied, "a longer season", DAY), OFFICER)
    assert office.ask(lambda s: break_dates(s, date(2027, 8, 10))) == ()
    (end,) = office.ask(lambda s: break_dates(s, date(2027, 10, 10)))
    assert (end.on, end.organisation) == (varied.end_on, varied.recipient)
    award(office, replace(BOXING, break_on=None, ends_on=None, option_years=0), notice="041/2026")
    assert office.ask(lambda s: break_dates(s, date(2027, 5, 2))) == ()


def test_a_proposal_of_no_area_has_a_row_of_the_tables_only_as_an_award(office: Record) -> None:
    award(office)
    propose(office, replace(BOXING, area=""))
    assert [row[0] for row in made(office, "Table 2", ACF, YEAR).rows] == ["Coventry"]
    office.perform(from_paper(office, "ACF-D26-002", "041/2026"), OFFICER)
    assert [row[0] for row in made(office, "Table 2", ACF, YEAR).rows] == ["Coventry", "No area"]
