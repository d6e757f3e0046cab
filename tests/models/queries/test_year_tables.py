"""The year tables: printed figures worked out over again, and rounds of the record."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.papers import AddPrintedTables
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetPaperTexts
from models.papers.year.summed_tables import Check, YearCell, YearTable, YearTables
from models.queries.papers.year_tables import missing_history
from models.record import Record
from models.reference.shipped_history import STATEMENTS, PrintedTable, shipped_tables
from models.values.awards import Returned
from scoring.round import Area
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding_rounds import DAY, FINANCE, decided, deciding_rows, recommended
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, paper
from tests.models.year_rounds import Grant, award_all, round_of

CHECKS = Path(__file__).parents[2] / "data" / "checks-of-printed-tables.tsv"
ACF, NOW = "Active Citizens Fund", datetime(2026, 12, 2, tzinfo=UTC)

CODES = {
    "2017-table2": "Table 2",
    "2017-table3": "Table 3",
    "2017-appendix1": "Appendix 1",
    "2017-appendix2": "Appendix 2",
    "2019-20-commissioning-funds": "Commissioning funds",
    "west-mercia": "Victim services, Early intervention",
}
"""What we call the tables that the file of checks has differences of."""


def asked(record: Record, fund: str | None = None, year: str | None = None) -> YearTables:
    return paper(record, "tables", NOW, None, fund=fund, year=year)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> YearTables:
    """The tables of a record with all that was printed, and nothing else."""
    path = tmp_path_factory.mktemp("history") / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        record.perform(AddPrintedTables(record.ask(missing_history)), OFFICER)
        return asked(record)


def the(paper: YearTables, code: str, fund: str = "") -> YearTable:
    (found,) = [table for table in paper.tables if table.code == code and fund in ("", table.fund)]
    return found


def by_first(table: YearTable) -> dict[YearCell, tuple[YearCell, ...]]:
    return {row[0]: row[1:] for row in table.rows}


def printed_differences() -> list[tuple[str, str, str, str]]:
    """Return table, computed, printed and verdict of each row of the kept checks that is a difference."""
    agreeing = ("agrees", "rounding; every row", "within rounding")
    with CHECKS.open(encoding="utf-8") as file:
        return [
            (row["table"], row["computed"], row["printed"], row["verdict"])
            for row in csv.DictReader(file, delimiter="\t")
            if row["verdict"] and not row["verdict"].startswith(agreeing)
        ]


def shown(check: Check) -> tuple[str, Decimal, Decimal]:
    scale = Decimal(100) if check.unit == "pounds" else Decimal(1)
    return check.table, check.computed / scale, check.printed / scale


def test_what_differs_was_found_by_hand_or_follows_from_it(history: YearTables) -> None:
    by_hand = {(CODES[of], Decimal(c), Decimal(p)): verdict for of, c, p, verdict in printed_differences()}

    found = {shown(check): check for check in history.differences}

    assert (len(by_hand), len(found)) == (12, len(history.differences))
    assert found.keys() - by_hand == {("Table 2", Decimal(172_481), Decimal(172_482))}  # 840,000 − 667,519
    for of, verdict in by_hand.items():
        said = verdict.casefold().replace("absorbs the four rows above", "offsets the 4 other rows")
        first = said.split(":")[0]
        assert first[:9] in found[of].verdict.casefold() or first in found[of].what.casefold()


@pytest.mark.parametrize(
    "printed", [t for t in shipped_tables() if t.code != STATEMENTS], ids=lambda table: table.code
)
def test_every_printed_figure_comes_back_to_the_pound_or_is_listed_as_a_difference(
    history: YearTables, printed: PrintedTable
) -> None:
    table = the(history, printed.code, printed.fund)
    apart = {(check.printed, check.computed) for check in history.differences}

    for said, ours in zip(printed.rows, (*table.rows, table.totals), strict=False):
        for column, words in enumerate(said):
            figure, cell = printed.figure(column, words), ours[column]
            if figure is None or printed.kinds[column] == "percent":
                continue
            assert cell == figure or (figure, cell) in apart, (said[0], printed.headings[column])
    assert len(table.rows) == len(printed.lines)


def test_totals_variances_and_shares_are_ours_where_print_has_others(history: YearTables) -> None:
    areas, funds = the(history, "Table 2"), the(history, "Commissioning funds")
    services = the(history, "Early intervention")

    assert by_first(areas)["Walsall"][3] == 2_786_100  # 79,101 − 51,240
    assert by_first(areas)["Sandwell"][3] == -246_900
    assert areas.totals == ("Total", 84_000_000, 66_751_900, 30_374_800, 17_248_100, 53_625_200)
    assert (len(funds.rows), funds.totals[2]) == (6, 1_785_981_100), "the six funds of 2019/20"
    assert funds.rows[0][-1] == 1874  # 3,346,608 / 17,859,811 = 18.738 %
    assert services.rows[0][2:] == ("Acquisitive Crime", 25_471_000, 610)  # 254,710 / 4,163,775.49 = 6.117 %
    assert [line[-1] for line in services.words()][:3] == ["6.1%", "8.2%", "16%"]
    # the print has no share in its total
    assert services.words()[-1][-2:] == ("£4,163,775.49 (51% of total budget)", "")


def test_a_year_with_rounds_is_worked_out_from_pots_awards_and_payments(record: Record) -> None:
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 9), None), FINANCE)
    found = asked(record, ACF, "2026/27")

    # Coventry: pot 3,500, awards 1,000 + 2,000, paid 33 % of 1,000.
    assert by_first(the(found, "Table 2")) == {
        "Coventry": (350_000, 300_000, 33_000, 50_000, 317_000),
        "Dudley": (0, 0, 0, 0, 0),
    }
    assert the(found, "Table 3").totals == ("Total", 2, 0, 100_000, 200_000, 150_000)
    assert the(found, "Organisations").totals == ("Total", 2, 0, 2)
    assert by_first(the(found, "Requested and awarded"))["Coventry"] == (3, 2, 600_000, 300_000)
    sizes = by_first(the(found, "Awards by size"))
    assert sizes == {"Up to £1,000": (1, 100_000), "Over £1,000 to £2,500": (1, 200_000)}
    lists = the(found, "Appendix 1")
    assert [(row[4], row[-1]) for row in lists.rows] == [(100_000, 3333), (200_000, 6667)]
    assert lists.columns[6].heading == "2027/28 Carry Forward £"
    assert not [table for table in found.tables if table.code in ("Table 4", "Table 5")]
    assert not found.checks

    # What came back in a later year is told in the award's own, and taken off in the other.
    record.perform(SetReturned(1, "ACF-001", (Returned(700, date(2027, 5, 1), "Not spent"),), ()), OFFICER)
    later = round_of([Grant("Coventry", "Choir", "Song", 4_000)], fund=ACF, year="2027/28")
    record.perform(LoadRound(later), OFFICER)
    told = "£7 came back of them in another year, and is taken off that year's figures."

    own = [the(asked(record, ACF, "2026/27"), code) for code in ("Table 2", "Requested and awarded")]
    other = the(asked(record, ACF, "2027/28"), "Table 2")

    assert all(told in table.base for table in own)
    assert own[0].totals[2] == 300_000
    assert ", less £7 that came back of awards of other years" in other.base
    assert other.totals[2] == -700


def test_progress_and_the_purpose_for_the_public_stand_in_appendix_1(monitored: Record) -> None:
    first, *others = the(asked(monitored), "Appendix 1").rows
    monitored.perform(SetPaperTexts(1, "publication", "ACF-001", (("purpose", "Bikes."),)), OFFICER)

    written, *unwritten = the(asked(monitored), "Appendix 1").rows

    assert str(written[3]).startswith("Evening sessions: 12 of 40")
    # what an applicant wrote may tell of people: what the office wrote takes its place
    assert (first[2], written[2]) == ("", "Bikes.")
    assert unwritten == others


def test_start_up_money_is_in_the_budget_and_in_no_award(record: Record) -> None:
    rows = replace(deciding_rows(), areas=(Area("Coventry", 350_000, 40_000, 5_000), Area("Dudley", 0)))

    table = the(asked(recommended(record, rows)), "Table 2")

    # 3,500 + 400 start-up; 50 was committed before.
    assert by_first(table)["Coventry"] == (390_000, 5_000, 0, 385_000, 390_000, 40_000)
    assert "as they stand, with £50 that the pots had committed before; start-up" in table.base


def test_two_rounds_of_a_year_are_added_up_area_by_area(office: Record) -> None:
    for name, notice in (("Spring", "001/2026"), ("Autumn", "002/2026")):
        grants = (Grant("Dudley", f"{name} Club", "Kites", 50_050),)
        award_all(office, round_of(grants, fund=ACF, year="2026/27", name=name), notice=notice)

    found = asked(office, ACF)

    assert the(found, "Table 2").rows == (("Dudley", 100_100, 100_100, 0, 0, 100_100),)
    assert the(found, "Table 3").rows == (("Dudley", 2, 0, 50_050, 50_050, 50_100),)  # 500.50 rounds up
