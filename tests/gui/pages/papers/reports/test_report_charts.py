"""The charts of a year with rounds say the figures of their tables."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from gui.pages.papers.reports.charts import ChartKey, painted
from gui.pages.papers.reports.shown import Listed, shown
from gui.theme.look import Look
from models.papers.year.round_year import amounts_table, round_tables, scheme_table
from models.papers.year.year_facts import FundAmount, FundYear, YearAsked, YearAward, YearPot
from models.papers.year.year_tables import YearTable
from models.queries.papers.year_charts import BarChart, chart_of


def award(area: str, number: int, pence: int, *, known: bool = False) -> YearAward:
    return YearAward(area, number, f"Club {number}", "Kites", "About kites", pence, pence, 0, is_known=known)


YEAR = FundYear(
    "Active Citizens Fund",
    "2026/27",
    (YearPot("Dudley", 300_000), YearPot("Walsall", 100_000)),
    (award("Dudley", 1, 90_000), award("Dudley", 2, 160_000, known=True), award("Walsall", 3, 120_050)),
    (YearAsked("Dudley", 3, 400_000), YearAsked("Walsall", 1, 120_050)),
)
TABLES = {table.code: table for table in round_tables(YEAR)}


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
    assert bars(scheme_table("2026/27", [YEAR])).lines[0].words == (
        "Active Citizens Fund, £0 spent of £4,000"
    )


def test_lists_of_awards_are_read_and_not_compared() -> None:
    assert chart_of(TABLES["Appendix 1"]) is None
    assert chart_of(TABLES["Appendix 2"]) is None


@pytest.mark.parametrize("code", ["Table 2", "Table 3", "Organisations", "Awards by size"])
def test_every_chart_is_painted_with_its_key(qapp: QApplication, code: str) -> None:
    chart, look = chart_of(TABLES[code]), Look(qapp)
    assert chart is not None
    widget, key = painted(look, chart), ChartKey(look, chart)
    widget.resize(400, widget.sizeHint().height())

    picture = widget.grab().toImage()

    assert len({picture.pixel(x, y) for x in range(0, 400, 2) for y in range(0, picture.height(), 3)}) > 2
    assert key.text().startswith(f"Key: {chart.key[0]}")
    assert not key.grab().isNull()
    for made in (widget, key):
        made.deleteLater()


def test_a_text_of_several_lines_stands_in_one_cell() -> None:
    told = replace(YEAR, awards=(replace(YEAR.awards[0], progress="12 of 40\nGoing well"),))
    tables = {table.code: table for table in round_tables(told)}

    (row, _) = shown(Listed("Appendix 1", tables["Appendix 1"])).rows

    assert row.cells[3] == "12 of 40 · Going well"
    assert row.spoken[4] == "Grant Amount, £900"
