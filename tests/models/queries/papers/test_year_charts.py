"""The figures of charts are those of their tables."""

import pytest
from msgspec.structs import replace

from models.papers.year.printed_year import worked_out
from models.papers.year.round_year import round_tables
from models.papers.year.summed_tables import YearTable
from models.papers.year.year_end_tables import amounts_table, scheme_table
from models.papers.year.year_facts import FundAmount, FundYear, YearAsked, YearAward, YearPot
from models.queries.papers.year_charts import BarChart, PairChart, chart_of
from models.reference.shipped_history import shipped_tables


def award(area: str, number: int, pence: int, *, known: bool = False) -> YearAward:
    return YearAward(area, number, f"Club {number}", "Kites", "About kites", pence, pence, 0, is_known=known)


YEAR = FundYear(
    "Active Citizens Fund",
    "2026/27",
    (YearPot("Dudley", 300_000), YearPot("Walsall", 100_000)),
    (award("Dudley", 1, 90_000), award("Dudley", 2, 160_000, known=True), award("Walsall", 3, 120_050)),
    (YearAsked("Dudley", 3, 400_000), YearAsked("Walsall", 1, 120_050)),
)
LISTS = replace(
    YEAR,
    awards=(replace(YEAR.awards[0], onward=(("Chess Group", "boards", 5_000),)), *YEAR.awards[1:]),
    asked=(),
)
TABLES = {table.code: table for of in (LISTS, YEAR) for table in round_tables(of)}
"""Every table: those of a year in which all was awarded without a competition, and of one with."""


def bars(table: YearTable) -> BarChart:
    chart = chart_of(table)
    assert isinstance(chart, BarChart)
    return chart


def test_a_pot_that_is_overrun_is_told_with_what_is_over() -> None:
    chart = bars(TABLES["Table 2"])

    assert [line.over for line in chart.lines] == [0, 20_050]
    assert chart.lines[1].words == "Walsall, £0 spent, £1,200.50 committed, £200.50 over £1,000"
    assert chart.sentence == "£0 spent of £4,000; over its budget: Walsall."


@pytest.mark.parametrize(
    ("code", "words", "sentence"),
    [
        ("Organisations", "Dudley, 1 funded before, 1 new", "2 organisations are new, 1 had money before."),
        (
            "Requested and awarded",
            "Dudley, £2,500 awarded of £4,000 requested",
            "£3,700.50 awarded of £5,200.50 requested.",
        ),
        ("Awards by size", "Up to £1,000, 1 award, £900", "3 awards, most of them over £1,000 to £2,500."),
        ("Table 4", "Dudley, £0 spent of £2,500", "£0 spent of £3,700.50."),
        ("Table 5", "Dudley, £0 spent of £3,000", "£0 spent of £4,000."),
    ],
)
def test_each_chart_says_its_table(code: str, words: str, sentence: str) -> None:
    chart = bars(TABLES[code])

    assert chart.lines[0].words == words
    assert chart.sentence == sentence
    assert len(chart.lines) == len(TABLES[code].rows)


def test_amounts_of_funds_are_bars_of_their_sums() -> None:
    amounts = [FundAmount("Large", "2019/20", "Grant", 300), FundAmount("Small", "2019/20", "Grant", 100)]

    assert bars(amounts_table("2019/20", amounts)).sentence == "£4 in all, most for Large: £3."
    assert bars(amounts_table("2019/20", amounts[:1])).sentence == "£3 for Large."
    assert bars(scheme_table("2026/27", [YEAR])).lines[0].words == (
        "Active Citizens Fund, £0 spent of £4,000"
    )


def test_lists_of_awards_are_read_and_not_compared() -> None:
    assert chart_of(TABLES["Appendix 1"]) is None
    assert chart_of(TABLES["Appendix 2"]) is None


EARLY = "Early intervention"
"""A table whose rows name several services each."""


def printed(code: str) -> YearTable:
    return next(worked_out(table).table for table in shipped_tables() if table.code == code)


@pytest.mark.parametrize(
    "code", ["Table 1", "Table 4", "Table 5", "Commissioning funds", "Priorities", EARLY]
)
def test_every_table_of_sums_has_bars_that_stand_for_its_rows(code: str) -> None:
    table = printed(code)

    chart = chart_of(table)

    assert isinstance(chart, BarChart)
    assert len(chart.lines) == len(table.rows)
    assert all(part >= 0 for line in chart.lines for part in line.parts)
    assert all(line.words.startswith(line.name) for line in chart.lines)
    assert not any("\n" in line.name or "•" in line.name for line in chart.lines)


def test_lists_of_grants_and_tables_without_sums_have_no_chart() -> None:
    assert chart_of(printed("Appendix 1")) is None
    assert chart_of(printed("Income")) is None
    assert chart_of(replace(printed("Income"), rows=())) is None
    assert isinstance(chart_of(printed("Table 3")), PairChart)


def test_what_nobody_decided_to_carry_forward_is_no_figure() -> None:
    table = TABLES["Table 5"]

    assert "No carry forward is decided yet." in table.base
    assert {row[-1] for row in table.rows} == {None}
    assert table.totals[-1] is None
    assert table.totals[1] is not None
