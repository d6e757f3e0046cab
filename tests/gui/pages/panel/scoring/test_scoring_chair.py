"""The chair who does not score says so once; and the area that is scored next."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.sheets import closed_words, opener_words
from gui.settings import Settings
from models.operations.panel.members import Declare, SetChairScores
from models.operations.set_up.areas import MoveAreas
from models.queries.panel.score_sheets import SheetState
from models.values.rows import InterestRow, SheetRow
from scoring.round import Area, InterestKind
from tests.gui.builders import WOLVERHAMPTON, whole_round
from tests.gui.pages.panel.scoring_rounds import FULL, at_scoring, of_the_chair, press, record_of
from tests.gui.pressing import answer, box_of, page_of


def test_the_chair_says_once_that_they_do_not_score(
    window: Window, tmp_path: Path, settings: Settings
) -> None:
    rows = replace(whole_round(), sheets=(), agreed=())
    declared = Declare(1, "NAIR", (InterestRow("NAIR", None, InterestKind.NONE),))
    path = record_of(tmp_path / "chair.panel", replace(rows, scheme=replace(rows.scheme, quorum=2)), declared)
    settings.role = "chair"
    window.controller.open(path)
    window.main.tools.go("scoring")
    page = page_of(window, ScoringPage)
    assert page.chair.isVisible()

    page.chair.button.click()
    assert window.main.toast.words == "Recorded: you do not score in this round."
    assert not page.chair.isVisible()
    assert page.empty.words.startswith("You said that you do not score in this round")
    assert page.empty.button.text() == "I score after all"

    page.empty.button.click()
    assert page.chair.isVisible()
    opener = opener_words(("Priya Nair",), may_open=True)
    assert closed_words(page.sheets.current, opener).endswith(
        "is not open for scoring yet. You open it with the stages at the top."
    )
    window.controller.rounds.choose_area("Dudley")
    page.navigation.focus_marks()
    assert page.form.open_box is None
    window.workspace.perform(MoveAreas(1, ("Dudley",), "scoring"))
    box = page.form.open_box
    assert box is not None, "scoring opened while the sheet was on show"
    assert window.main.focusWidget() is box.marks.stop
    reference, stood = page.sheets.current.reference, page.chair.geometry()
    page.sheets.mark(reference, "A1", 3)
    page.refresh()
    assert page.sheets.current.marks[0] == 3
    assert (page.chair.isVisible(), page.chair.geometry()) == (True, stood), "nothing moves under the pointer"
    other = next(line.reference for line in page.sheets.lines if line.reference != reference)
    page.sheets.mark(other, "A1", 3)  # as in the grid, where the sheet on show stays
    page.refresh()
    assert not page.chair.isVisible()
    page.sheets.mark(other, "A1", None)
    page.sheets.mark(reference, "A1", None)
    for scores in (False, True):
        window.main.tools.perform(SetChairScores(1, page.sheets.member, scores))
    window.workspace.undo_stack.undo()
    assert page.empty.isVisible()
    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert not page.chair.isVisible()


def test_an_officer_puts_down_what_a_member_rules_in_the_chairs_place(window: Window, tmp_path: Path) -> None:
    rows = whole_round()
    of = rows.sheets[0].application
    rows = replace(rows, sheets=(replace(rows.sheets[0], member="HALE"),))
    own = InterestRow("NAIR", of, InterestKind.PECUNIARY)
    interests = (*(one for one in rows.interests if one.member != "NAIR"), own)
    scheme = replace(rows.scheme, not_applicable_allowed=True)
    rows = replace(rows, scheme=scheme, interests=interests, agreed=())
    area = next(one.area for one in rows.applications if one.reference == of)
    window.controller.open(record_of(tmp_path / "place.panel", rows, MoveAreas(1, (area,), "scoring")))
    window.main.tools.use_as(Identity("Grace Okafor", "officer"))
    window.main.tools.go("scoring")
    page = page_of(window, ScoringPage)
    page.head.paper.picked.emit("HALE")
    page.grid.table.choose(of)
    line = page.sheets.line(of)
    assert line.in_place
    assert page.head.rule.text() == "Reopen sheet…"

    page.head.rule.click()
    answer(window, reason="Read the wrong form")

    line = page.sheets.line(of)
    assert line.reopened == f"Read the wrong form (in the chair’s place {line.in_place[0][0]})"
    assert line.state is SheetState.READY
    code = page.sheets.codes[0]
    assert page.head.rule.text() == "Set aside…"
    page.head.rule.click()
    answer(window, reason="No such part")
    line = page.sheets.line(of)
    assert dict(line.why_not_applicable)[code].startswith("No such part (in the chair’s place ")
    page.head.rule.click()
    again = box_of(window, DataForm)
    assert list(again.fields) == ["in_place"]
    again.do.click()
    line = page.sheets.line(of)
    assert not line.not_applicable


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
