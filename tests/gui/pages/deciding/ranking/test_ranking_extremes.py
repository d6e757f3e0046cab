"""Rounds at the edge: a tie on the line, an empty pot, one application, all declined, a thousand rows."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from gui.app import Window
from gui.listed.form import DataForm
from gui.tables.ranking.rows import Kind
from models.queries.deciding.round_list import Mark
from models.values.rows import RoundRows
from scoring.round import Area
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pressing import box_of
from tests.gui.ranking_rounds import line, menu_words, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def with_pot(rows: RoundRows, pence: int) -> RoundRows:
    return replace(rows, areas=(Area(WOLVERHAMPTON, pence),))


def test_a_tie_on_the_line_stops_the_list_until_the_chair_decides(window: Window, tmp_path: Path) -> None:
    # 4,800 + 3,250 + 1,980 = 10,030; 5,000 left for =4: 2,400 and 4,950 do not both fit
    shown = show(window, tmp_path / "tie.panel", with_pot(two_member_round(), 1_503_000))
    page = shown.main.ranking
    budget = next(row for row in page.table.rows if row.kind is Kind.BUDGET)
    assert budget.words.endswith("£5,000 left · a tie stops here, the chair decides")
    assert line(shown, "W-009").mark is Mark.TIE

    assert "Decide the tie…" in menu_words(page, "W-009")
    page.acts.decide_tie("W-009")
    dialog = box_of(shown, DataForm)
    dialog["place 4"].choose(1)
    dialog["place 4"].activated.emit(1)
    assert dialog["place 5"].currentText().startswith("W-009"), "they change places"
    dialog.do.click()
    assert dialog.problem.text().startswith("Say why")
    dialog["reason"].setPlainText("Nearer to the priority wards.")
    assert not dialog.problem.isVisible(), "it is said now"
    dialog.do.click()
    assert [line(shown, of).standing.place for of in ("W-021", "W-009")] == [4, 5]
    assert "Decide the tie…" not in menu_words(page, "W-009")

    assert (line(shown, "W-021").mark, line(shown, "W-021").amount_pence) == (Mark.FUND, 495_000)
    assert line(shown, "W-009").mark is Mark.RESERVE  # £50 is not half of 2,400
