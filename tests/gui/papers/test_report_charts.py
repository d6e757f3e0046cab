"""The charts of a year with rounds say the figures of their tables."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.papers.report_card import ReportTable, key_of, painted, report_of
from models.papers.year.round_year import round_tables
from models.queries.papers.year_charts import chart_of
from tests.gui.looks import look_of
from tests.models.queries.papers.test_governance import CHARTED as YEAR
from tests.models.queries.papers.test_governance import TABLES


@pytest.mark.parametrize("code", ["Table 2", "Table 3", "Organisations", "Awards by size"])
def test_every_chart_is_painted_with_its_key(dressed: None, code: str) -> None:
    chart = chart_of(TABLES[code])
    widget, key = painted(chart), key_of(chart)
    widget.resize(400, widget.sizeHint().height())

    picture = widget.grab().toImage()

    assert len({picture.pixel(x, y) for x in range(0, 400, 2) for y in range(0, picture.height(), 3)}) > 2
    assert key.labels[0].text() == chart.key[0]
    assert not key.grab().isNull()
    for made in (widget, key):
        made.deleteLater()


def test_a_text_of_several_lines_stands_in_one_cell_and_a_reader_hears_its_heading(
    qapp: QApplication,
) -> None:
    told = replace(YEAR, awards=(replace(YEAR.awards[0], progress="12 of 40\nGoing well"),))
    tables = {table.code: table for table in round_tables(told)}

    look_of(qapp)
    table = ReportTable(report_of(tables["Appendix 1"]))

    first = [table.model().index(0, column) for column in range(5)]
    assert first[3].data() == "12 of 40 · Going well"
    assert first[4].data(Qt.ItemDataRole.AccessibleTextRole) == "Grant Amount, £900"
    table.deleteLater()
