"""Scoring from area to area: a step leads on from an area's last sheet, and from the last to handing in."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.pages.panel.scoring.page import ScoringPage
from models.operations.set_up.areas import MoveAreas
from models.values.rows import SheetRow
from scoring.round import Area
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pages.panel.scoring_rounds import FULL, at_scoring, of_the_chair, press, record_of

CONTROL = Qt.KeyboardModifier.ControlModifier
AREAS = (WOLVERHAMPTON, "Dudley", "Sandwell")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a record of three areas at scoring: a mark is left to give in the first and the last."""
    rows = of_the_chair()
    first = rows.applications[0]
    of = {name: f"{name[0]}-001" for name in AREAS}
    sheets = {name: FULL if name == "Dudley" else (*FULL[:6], None) for name in AREAS}
    rows = replace(
        rows,
        areas=(*rows.areas, *(Area(name, 1_000_000) for name in AREAS[1:])),
        applications=tuple(replace(first, reference=of[name], area=name) for name in AREAS),
        sheets=tuple(SheetRow("NAIR", of[name], False, sheets[name]) for name in AREAS),
    )
    return record_of(tmp_path / "areas.panel", rows, *(MoveAreas(1, (name,), "scoring") for name in AREAS))


def give_the_last_mark_and_go_on(page: ScoringPage) -> None:
    page.form.open("A7")
    press("3")
    press(Qt.Key.Key_Return, modifier=CONTROL)
    QApplication.processEvents()


def test_after_the_last_area_it_says_so_and_leads_to_handing_all_in(window: Window, path: Path) -> None:
    page = at_scoring(window, path)
    hints: list[str] = []
    window.main.tools.hinted.connect(hints.append)
    window.main.tools.choose_area("Sandwell")
    page.navigation.focus_marks()
    give_the_last_mark_and_go_on(page)
    assert window.controller.rounds.place.area == WOLVERHAMPTON, "it begins again at the header's first"

    give_the_last_mark_and_go_on(page)

    assert window.controller.rounds.place.area is None
    assert hints == ["All 3 scored. 3 sheets are ready to hand in."]
    assert page.hand_in.hasFocus()
    assert len(page.sheets.full[0]) == 3


def test_from_a_sheet_that_is_closed_the_button_says_next_area(window: Window, path: Path) -> None:
    page = at_scoring(window, path)
    window.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "meeting"))
    window.main.tools.choose_area(WOLVERHAMPTON)
    assert page.form.footer.next.text() == "Next area"
    assert page.form.footer.state.text() == "Closed without a sheet", "nothing is to be given there any more"
    page.as_grid.click()
    model = page.grid.table.model()
    assert model.index(0, model.columnCount() - 1).data() == "–"
    page.as_grid.click()

    page.form.footer.next.click()

    assert window.controller.rounds.place.area == "Sandwell"
