"""A fund's year at its end, against tables that were printed."""

from datetime import UTC, date, datetime

import pytest

from models.operations.applications.gates import SetGate
from models.operations.awards.year_end import (
    DecideYearEnd,
    DecisionChange,
    SetSpent,
    SetYearLines,
    SpentChange,
)
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import CloseRound
from models.papers.order import PaperOrder
from models.papers.year.summed_tables import YearTable
from models.papers.year.year_end_tables import SMALL_NUMBER, award_rates, rates
from models.papers.year.year_facts import (
    ALLOCATION,
    CARRY,
    FundYear,
    Spent,
    YearApplied,
    YearDecision,
    YearLine,
    YearPot,
)
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_facts import fund_number, year_end
from models.queries.papers.year_tables import year_tables
from models.record import Record
from models.reference.schemes import shipped_funds
from models.reference.shipped_history import PrintedTable, shipped_tables
from scoring.round import Area
from tests.models.rounds import OFFICER, set_up_office
from tests.models.year_rounds import Grant, award_all, round_of

ACF, COMMUNITY, YEAR, MARCH = "Active Citizens Fund", "Community Safety Fund", "2016/17", date(2017, 3, 31)


def printed(code: str) -> PrintedTable:
    (found,) = [table for table in shipped_tables() if table.code == code and table.year == YEAR]
    return found


def pence(table: PrintedTable, row: tuple[str, ...], column: int) -> int:
    return table.figure(column, row[column]) or 0


def table_of(record: Record, code: str, fund: str, year: str = YEAR) -> YearTable:
    order = PaperOrder("tables", datetime(2026, 12, 2, tzinfo=UTC), fund=fund, year=year)
    paper = record.ask(lambda session: year_tables(session, order))
    (found,) = [table for table in paper.tables if table.code == code and not table.is_printed]
    return found


@pytest.fixture
def office(record: Record) -> Record:
    record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)
    return record


def test_the_printed_table_of_2016_17_comes_back_from_what_is_recorded(office: Record) -> None:
    table = printed("Table 2")
    lines = tuple(YearLine(row[0], pence(table, row, 1), 0, pence(table, row, 2)) for row in table.lines)
    spent = tuple(
        SpentChange(row[0], "", Spent(pence(table, row, 3), 0, MARCH, "the paper of 2017"), None)
        for row in table.lines
    )
    office.perform(SetYearLines(ACF, YEAR, lines, ()), OFFICER)
    office.perform(SetSpent(ACF, YEAR, spent), OFFICER)

    made = table_of(office, "Year end", ACF)

    assert made.base.startswith("Commitment is awards as they stand.")
    rows = {row[0]: row[1:] for row in made.rows}
    assert rows["Coventry"] == (9_552_000, 0, 8_393_000, 8787, 5_185_400, 0, 1_159_000, 4_366_600)
    assert rows["Sandwell"][3] == 10_236  # 107,145 / 104,676 = 102.36 %
    assert rows["Sandwell"][6] == -246_900
    # Commitment is the sum of the rows, 667,519, where print has 667,518.
    assert made.totals[1:] == (84_000_000, 0, 66_751_900, 7947, 30_374_800, 0, 17_248_100, 53_625_200)
    notes = office.ask(lambda s: year_end(s, ACF, YEAR)).notes
    assert notes == (
        "Sandwell committed 102.4% of its money, £2,469.00 over, and nobody is named who allowed it.",
    )
    budget = office.ask(lambda s: fund_budget(s, (fund_number(s, ACF), YEAR)))
    assert budget.figures.decided_pence == 66_751_900, "so it is in the budget of the year"


def test_five_rows_of_the_first_appendix_carry_forward_what_no_subtraction_gives(office: Record) -> None:
    table = printed("Appendix 1")
    names = [f"{row[0]}: {row[1]}" if row[1] else row[0] for row in table.lines]
    assert len(set(names)) == len(names)
    money = [tuple(pence(table, row, column) for column in (4, 5, 6, 7)) for row in table.lines]
    lines = tuple(YearLine(name, grant) for name, (grant, _, _, _) in zip(names, money, strict=True))
    spent = tuple(
        SpentChange(name, "", Spent(paid, 0, MARCH, "the paper of 2017"), None)
        for name, (_, paid, _, _) in zip(names, money, strict=True)
    )
    decided = tuple(
        DecisionChange(
            deed, name, "", YearDecision(amount, 0, "as the paper has it", "A. Chief", MARCH, left), None
        )
        for name, (grant, paid, onward, following) in zip(names, money, strict=True)
        for deed, amount, left in ((CARRY, onward, grant - paid), (ALLOCATION, following, None))
    )
    office.perform(SetYearLines(COMMUNITY, YEAR, lines, ()), OFFICER)
    office.perform(SetSpent(COMMUNITY, YEAR, spent), OFFICER)
    office.perform(DecideYearEnd(COMMUNITY, YEAR, decided), OFFICER)

    made = table_of(office, "Carry forward", COMMUNITY)

    apart = {str(row[0]).split(":")[0]: row[6] for row in made.rows if row[6]}
    assert sorted(map(int, map(str, apart.values()))) == [-1_400_000, -287_300, -15_900, -1_800, 1_705_000]
    assert apart["Hawk Construction"] == -1_400_000
    assert made.totals[6] == 0  # −17,050 + 18 + 14,000 + 159 + 2,873 = 0
    assert made.totals[1] == 178_780_000
    whole = table_of(office, "Table 5", COMMUNITY)
    assert whole.totals[-2:] == (117_690_500, 61_089_500)  # the paper's 1,176,905 and 610,895
    assert len(table_of(office, "Year-end decisions", COMMUNITY).rows) == 2 * len(names)


def applied(area: str, kind: str, asked: int, awarded: int | None = None, **is_what: bool) -> YearApplied:
    return YearApplied(area, kind, is_what.get("known", False), is_what.get("eligible", True), asked, awarded)


def test_award_rates_are_counted_by_area_kind_and_size() -> None:
    everyone = (
        applied("Dudley", "Charity", 100_000, 80_000, known=True),
        applied("Dudley", "charity", 200_000),
        applied("Dudley", "", 300_000, eligible=False),
        applied("Walsall", "School", 600_000, 600_000),
    )
    pots = (YearPot("Dudley", 1), YearPot("Walsall", 1), YearPot("Empty", 0))
    of = FundYear(ACF, "2026/27", pots, (), (), applied=everyone)

    found = {(rate.counted_by, rate.group): rate for rate in rates(of)}

    whole = found["All", "All applications"]
    assert (whole.applied, whole.eligible, whole.awarded, whole.rate) == (4, 3, 2, 5000)
    assert (whole.asked_pence, whole.awarded_pence, whole.money_rate) == (1_200_000, 680_000, 5667)
    assert (found["Area", "Dudley"].rate, found["Area", "Walsall"].rate) == (3333, 10_000)
    assert ("Area", "Empty") not in found
    assert [group for by, group in found if by == "Organisation type"] == ["Charity", "School", "Not stated"]
    assert found["Organisation type", "Charity"].applied == 2
    assert (found["Funded before", "Funded before"].applied, found["Funded before", "New"].applied) == (1, 3)
    assert found["Size of request", "Over £1,000 to £2,500"].applied == 1
    award = found["Size of award", "Up to £1,000"]
    assert (award.applied, award.rate) == (None, None)
    assert (award.awarded, award.money_rate, award.note) == (1, 8000, SMALL_NUMBER)
    assert {row[-1] for row in award_rates(of).rows} == {"small number"}


def test_the_record_tells_who_is_eligible_and_known(taken_in: Record) -> None:
    taken_in.perform(SetGate(1, "ACF-001", "cap", "fail", "too much", "pass"), OFFICER)

    of = taken_in.ask(lambda s: year_end(s, ACF, "2026/27")).of

    assert [(one.area, one.is_eligible, one.is_known, one.awarded_pence) for one in of.applied] == [
        ("No area", True, False, None),
        ("Coventry", False, False, None),
        ("Dudley", False, False, None),  # over the cap
    ]


def test_decided_carry_forward_stands_in_every_table_and_goes_into_the_next_year(record: Record) -> None:
    set_up_office(record)
    for year, notice in (("2026/27", "001/2026"), ("2027/28", "001/2027")):
        grants = (Grant("Dudley", f"Club of {year}", "Kites", 50_000),)
        award_all(record, round_of(grants, fund=ACF, year=year), notice=notice)
    decision = YearDecision(30_000, 0, "the rest went back", "A. Chief", MARCH, 50_000)
    record.perform(
        DecideYearEnd(ACF, "2026/27", (DecisionChange(CARRY, "Dudley", "", decision, None),)), OFFICER
    )

    assert table_of(record, "Carry forward", ACF, "2026/27").totals[5] == 30_000
    assert table_of(record, "Table 5", ACF, "2027/28").rows[0][1:4] == (50_000, 30_000, 80_000)
    assert table_of(record, "Carry forward", ACF, "2027/28").totals[2] == 30_000


def test_what_open_rounds_hold_is_known_until_they_are_closed(record: Record) -> None:
    set_up_office(record)
    grants = (Grant("Dudley", "Kite Club", "Kites", 20_000),)
    pots = (Area("Dudley", 50_000), Area("Walsall", 8_000))
    award_all(record, round_of(grants, fund=ACF, year="2026/27", pots=pots), notice="001/2026")

    dudley, walsall = record.ask(lambda s: year_end(s, ACF, "2026/27")).lines

    assert (dudley.left_pence, dudley.promised_pence) == (50_000, 20_000), "nothing is paid yet"
    assert (dudley.held_left_pence, walsall.held_left_pence) == (30_000, 8_000)  # 50,000 - 20,000
    decision = YearDecision(35_000, 0, "all of it", "A. Chief", MARCH, 50_000)
    record.perform(
        DecideYearEnd(ACF, "2026/27", (DecisionChange(CARRY, "Dudley", "", decision, None),)), OFFICER
    )
    assert record.ask(lambda s: year_end(s, ACF, "2026/27")).notes == (
        # 35,000 - (50,000 - 30,000): promised money may be carried, held money would be there twice
        "Dudley: open rounds hold £300.00 of its money and can still award it, and £150.00 of that is "
        "carried forward too.",
    )
    record.perform(CloseRound(1), OFFICER)
    closed = record.ask(lambda s: year_end(s, ACF, "2026/27"))
    assert ([line.held_left_pence for line in closed.lines], closed.notes) == ([0, 0], ())
