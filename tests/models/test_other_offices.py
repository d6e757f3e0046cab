"""Other offices' shapes are data: funds, pots, chains, tables, and their own word for an area."""

from datetime import UTC, datetime

import pytest

from models.operations.set_up.office import AddFund, SetUpOffice
from models.papers.order import PaperOrder
from models.papers.year.summed_tables import YearTable
from models.queries.papers.year_tables import year_tables
from models.record import Record
from models.reference.defaults import FundDefaults
from models.reference.shipped_history import PrintedTable, read_pence, shipped_tables
from models.reference.sign_off import SignOff
from tests.models.rounds import GATES, OFFICER, SCHEME
from tests.models.year_rounds import Grant, award_all, round_of

YEAR = "2020/21"
COMMANDER, AMBASSADOR = "Local policing area commander", "Community ambassador"


def fund(code: str, name: str, **more: object) -> FundDefaults:
    chain = (SignOff("commander", COMMANDER), SignOff("decider", AMBASSADOR))
    values: dict[str, object] = {"scheme": SCHEME, "gates": GATES, "chain": chain, **more}
    return FundDefaults(code, name, **values)  # type: ignore[arg-type]


def office_of(record: Record, *funds: FundDefaults) -> Record:
    record.perform(SetUpOffice("Office of the Commissioner", ()), OFFICER)
    for one in funds:
        record.perform(AddFund(one), OFFICER)
    return record


def the(record: Record, code: str, name: str | None = None, year: str = YEAR) -> YearTable:
    order = PaperOrder("tables", datetime(2021, 4, 6, tzinfo=UTC), fund=name, year=year)
    paper = record.ask(lambda session: year_tables(session, order))
    (found,) = [table for table in paper.tables if table.code == code]
    return found


def printed(code: str) -> PrintedTable:
    return next(table for table in shipped_tables() if table.code == code)


def services(table: PrintedTable, money: int) -> tuple[Grant, ...]:
    """Return the lines of a printed table of services, each as an award from a pot of its theme."""
    theme = 2 if money == 3 else 1
    return tuple(
        Grant(row[theme] or "No theme", row[1] or "Not named", row[0], read_pence(row[money]) or 0)
        for row in table.lines
    )


@pytest.mark.parametrize(("code", "money"), [("Victim services", 2), ("Early intervention", 3)])
def test_a_table_of_services_comes_out_of_awards_with_each_one_s_share(
    record: Record, code: str, money: int
) -> None:
    table = printed(code)
    office_of(record, fund("S", code))
    award_all(record, round_of(services(table, money), fund=code, year=YEAR), notice="001/2020")

    ours = the(record, "Appendix 1", code)

    assert ours.totals[4] == read_pence(table.rows[-1][money])
    got = {(row[1], row[0]): row for row in ours.rows}
    for row in table.lines:
        mine = got[row[0], row[1] or "Not named"]
        assert mine[4] == read_pence(row[money])
        if money == 3:
            said = row[4].rstrip("%")
            decimals = len(said.partition(".")[2])
            assert f"{int(str(mine[-1])) / 100:.{decimals}f}" == f"{float(said):.{decimals}f}"
    pots = {row[0]: row[2] for row in the(record, "Table 2", code).rows}
    themes = {"Road Safety": 69_128_100, "COVID-19": 4_727_994} if money == 3 else {}
    assert themes.items() <= pots.items()
    assert money != 3 or len(pots) == len(table.lines)


def test_six_funds_add_up_to_their_sum_whoever_adds_them(record: Record) -> None:
    rows = printed("Commissioning funds").lines
    funds = [
        FundDefaults(f"F{row[0]}", row[1], money=row[3], amounts=(("2019/20", read_pence(row[2]) or 0),))
        for row in rows
    ]

    table = the(office_of(record, *funds), "Funds", year="2019/20")

    assert [row[:2] for row in table.rows] == [(row[1], row[3]) for row in rows]
    assert table.totals[2] == 1_785_981_100
