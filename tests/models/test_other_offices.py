"""Other offices' shapes are data: funds, pots, chains, tables, and their own word for an area."""

from datetime import UTC, datetime

import pytest

from models.operations.set_up.areas import RemoveArea
from models.operations.set_up.office import AddFund, FactChange, SetOfficeFacts, SetUpOffice
from models.papers.order import PaperOrder
from models.papers.year.summed_tables import YearTable
from models.queries.papers.year_tables import year_tables
from models.record import Record
from models.reference.defaults import FundDefaults
from models.reference.shipped_history import PrintedTable, read_pence, shipped_tables
from models.reference.sign_off import SignOff
from models.values.rounds import RoundKey
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.rounds import FUND, GATES, OFFICER, SCHEME, assert_replays, refused, set_up_round
from tests.models.year_rounds import Grant, award_all, round_of

YEAR = "2020/21"
COMMANDER, AMBASSADOR = "Local policing area commander", "Community ambassador"
POLICING_AREAS = (
    "Herefordshire",
    "North Worcestershire",
    "Shropshire",
    "South Worcestershire",
    "Telford and Wrekin",
)


def fund(code: str, name: str, **more: object) -> FundDefaults:
    chain = (SignOff("commander", COMMANDER), SignOff("decider", AMBASSADOR))
    values: dict[str, object] = {"scheme": SCHEME, "gates": GATES, "chain": chain, **more}
    return FundDefaults(code, name, **values)  # type: ignore[arg-type]


LOCAL = fund("LPCAF", "Local Policing and Community Ambassador's Fund")
ROADS = fund("SRL", "Safer Roads Fund")


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


def test_each_local_policing_area_has_a_pot_of_its_own_and_roads_have_another(record: Record) -> None:
    office_of(record, LOCAL, ROADS)
    pots = tuple(Area(name, 3_000_000) for name in POLICING_AREAS)
    grants = (Grant("Shropshire", "Kite Club", "Kites at dusk", 450_000),)

    award_all(record, round_of(grants, fund=LOCAL.name, year=YEAR, pots=pots), notice="001/2020")
    roads = (Grant("Safer roads", "Slow Lane Group", "Signs", 250_000),)
    whole = round_of(roads, fund=ROADS.name, year=YEAR, pots=(Area("Safer roads", 10_000_000),))
    award_all(record, whole, notice="002/2020")

    table = the(record, "Table 2", "LPCAF")
    assert {row[0] for row in table.rows} == set(POLICING_AREAS)
    # Five pots of £30,000 are the £150,000 that the office's own table prints.
    assert table.totals[1:3] == (15_000_000, 450_000)
    said = next(row for row in printed("Early intervention").lines if row[2] == "LPCAF")
    assert read_pence(said[3]) == table.totals[1]
    assert the(record, "Table 2", "SRL").totals[1:3] == (10_000_000, 250_000)
    assert the(record, "Table 1").totals[1:3] == (25_000_000, 25_000_000)
    assert_replays(record)


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


def no_area(session: object) -> None:
    raise Refused("There is no area “Area 51”.")


@pytest.fixture
def of_councils(record: Record) -> Record:
    record.perform(SetUpOffice("Office of Westmarch", (FUND,)), OFFICER)
    record.perform(SetOfficeFacts((FactChange("area_label", "Council"),)), OFFICER)
    return record


def test_what_a_query_refuses_is_said_in_the_offices_word(of_councils: Record) -> None:
    refused("There is no council “Area 51”", of_councils.ask, no_area)

    # What an operation refuses is said in the offices word.
    twice = set_up_round(RoundKey(FUND.name, "2026/27", "Autumn"), ("North", "North"))
    refused("The round has a council North already", of_councils.perform, twice, OFFICER)

    # Names that people gave stay as they are.
    key = RoundKey(FUND.name, "2026/27", "Autumn")
    of_councils.perform(set_up_round(key, ("Area North",)), OFFICER)
    with pytest.raises(Refused, match="Area North is the round's only council"):
        of_councils.perform(RemoveArea(1, "Area North"), OFFICER)
