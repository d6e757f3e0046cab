"""Writing the forms of a paper: what fails says what is there already; and charts on paper."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.papers.report_card import ReportTable, key_of, painted, report_of
from gui.papers.source import write_forms
from gui.record.runner import Ticket
from models.papers.year.round_year import round_tables
from models.queries.papers.year_charts import chart_of
from models.trouble import Trouble
from tests.gui.looks import look_of
from tests.models.queries.papers.test_governance import CHARTED as YEAR
from tests.models.queries.papers.test_governance import TABLES

FULL = "Award.pdf could not be written because the disk is full."


@pytest.mark.parametrize(
    ("forms", "version", "said"),
    [
        ((".pdf",), None, FULL),
        ((".xlsx", ".pdf"), None, f"{FULL} Written before that: “Award.xlsx”."),
        (
            (".xlsx", ".pdf"),
            2,
            f"{FULL} Written before that: “Award.xlsx”. Version 2 was still issued in the record. "
            "Write it again.",
        ),
    ],
)
def test_a_form_that_cannot_be_written_says_which_were(
    qtbot: QtBot, tmp_path: Path, forms: tuple[str, ...], version: int | None, said: str
) -> None:
    def write(path: Path, _: object) -> Path:
        if path.suffix == ".pdf":
            raise Trouble(FULL)
        path.write_bytes(b"made")
        return path

    with pytest.raises(Trouble) as no:
        write_forms(write, tmp_path, "Award", forms, version, Ticket("Writing"))

    assert str(no.value) == said


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
