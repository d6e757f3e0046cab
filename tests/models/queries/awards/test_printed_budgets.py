"""The tables that the paper of 2017 prints, entered as a year's money: the budget says what they say."""

from collections.abc import Mapping
from datetime import date

import pytest

from models.operations.awards.budget import Given, allocating, carry_forward_change
from models.operations.awards.year_end import SetYearLines
from models.operations.set_up.office import SetUpOffice
from models.papers.year.year_facts import YearDecision, YearLine
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_facts import fund_number
from models.record import Record
from models.reference.schemes import shipped_funds
from scoring.budget.figures import FundBudget
from tests.models.queries.awards.test_year_end import ACF, COMMUNITY, YEAR, pence, printed
from tests.models.rounds import OFFICER

AS_PRINTED = YearDecision(0, 0, "as the paper has it", "A. Chief, Chief Executive", date(2016, 4, 1))


@pytest.fixture
def office(record: Record) -> Record:
    record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)
    return record


def allocate(record: Record, fund: str, year: str, given: Mapping[str, int]) -> None:
    money: dict[str, Given | None] = {name: (amount, None) for name, amount in given.items()}
    record.perform(record.ask(lambda s: allocating(s, fund, year, money, AS_PRINTED)), OFFICER)


def carry(record: Record, fund: str, year: str, given: Mapping[str, int]) -> None:
    money: dict[str, Given] = {name: (amount, None) for name, amount in given.items()}
    record.perform(record.ask(lambda s: carry_forward_change(s, fund, year, money, AS_PRINTED)), OFFICER)


def budget(record: Record, fund: str, year: str = YEAR) -> FundBudget:
    return record.ask(lambda s: fund_budget(s, (fund_number(s, fund), year)))


def test_table_2_is_the_budget_of_the_eight_units_and_table_1_its_sum(office: Record) -> None:
    table = printed("Table 2")
    allocate(office, ACF, YEAR, {row[0]: pence(table, row, 1) for row in table.lines})
    lines = tuple(YearLine(row[0], 0, 0, pence(table, row, 2)) for row in table.lines)
    office.perform(SetYearLines(ACF, YEAR, lines, ()), OFFICER)

    found = budget(office, ACF)

    # The third figure column is budget less commitment; print has Walsall's a pound too high, and the sum.
    off = {row[0]: (found.of(row[0]).left_pence or 0) - pence(table, row, 4) for row in table.lines}
    assert {name: pence for name, pence in off.items() if pence} == {"Walsall": -100}
    assert found.of("Sandwell").left_pence == -246_900
    assert found.figures.allocated_pence == 84_000_000 == pence(printed("Table 1"), ACF_ROW, 1)
    assert (found.figures.decided_pence, found.figures.left_pence) == (66_751_900, 17_248_100)


def test_table_5_is_grants_with_carry_forward_and_table_1_its_sum(office: Record) -> None:
    table = printed("Table 5")
    allocate(office, COMMUNITY, YEAR, {row[0]: pence(table, row, 1) for row in table.lines})
    carry(office, COMMUNITY, YEAR, {row[0]: pence(table, row, 2) for row in table.lines})

    found = budget(office, COMMUNITY)

    for row in table.lines:
        assert found.of(row[0]).allocated_pence == pence(table, row, 3)
    assert found.figures.allocated_pence == 431_334_200 == pence(printed("Table 1"), COMMUNITY_ROW, 1)


def test_appendix_1_gives_the_next_year_its_allocations_with_carry_forward(office: Record) -> None:
    table = printed("Appendix 1")
    names = [f"{row[0]}: {row[1]}" if row[1] else row[0] for row in table.lines]
    rows = dict(zip(names, table.lines, strict=True))
    allocate(office, COMMUNITY, "2017/18", {name: pence(table, row, 7) for name, row in rows.items()})
    carry(office, COMMUNITY, "2017/18", {name: pence(table, row, 6) for name, row in rows.items()})

    found = budget(office, COMMUNITY, "2017/18")

    assert len(found.with_allocation) == len(names)
    assert found.shared_pence == 195_725_000
    assert found.figures.allocated_pence == 195_725_000 + 61_089_500  # with 610,895 carried forward
    assert found.of("Beal & Morden Productions: Perceptions of Taser").left_pence == 0


ACF_ROW = next(row for row in printed("Table 1").lines if row[0].startswith("Active"))
COMMUNITY_ROW = next(row for row in printed("Table 1").lines if row[0].startswith("Community"))
