"""Rounds at the edge: a tie on the line, an empty pot, one application, all declined, a thousand rows."""

import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.tables.ranking.rows import Kind
from models.operations.panel.members import Declare
from models.queries.deciding.round_list import Mark
from models.values.rows import InterestRow, RoundRows
from scoring.round import Area, InterestKind
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pressing import box_of
from tests.gui.ranking_rounds import line, menu_words, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def with_pot(rows: RoundRows, pence: int) -> RoundRows:
    return replace(rows, areas=(Area(WOLVERHAMPTON, pence),))


def only(rows: RoundRows, *references: str) -> RoundRows:
    kept = set(references)
    return replace(
        rows,
        applications=tuple(a for a in rows.applications if a.reference in kept),
        sheets=tuple(s for s in rows.sheets if s.application in kept),
        agreed=tuple(a for a in rows.agreed if a.application in kept),
        interests=tuple(i for i in rows.interests if i.application is None),
    )


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


def test_an_empty_pot_proposes_nothing_and_pounds_over_it_will_do(window: Window, tmp_path: Path) -> None:
    shown = show(window, tmp_path / "empty.panel", with_pot(two_member_round(), 0))
    page = shown.main.ranking
    assert page.pots.pots[0].figures.words == "Fully used"

    page.acts.recommend("W-014", Mark.FUND)
    dialog = shown.controller.dialog
    assert dialog is not None
    dialog["reason"].setPlainText("The best there is.")  # type: ignore[attr-defined]
    dialog.do.click()  # type: ignore[attr-defined]
    dialog.ways[1].click()  # type: ignore[attr-defined]

    asked = box_of(shown, DataForm)
    assert asked["amount"].text() == "£4,800"


def test_one_application_alone_is_ranked_explained_and_tried(window: Window, tmp_path: Path) -> None:
    shown = show(window, tmp_path / "one.panel", only(two_member_round(), "W-014"))
    page = shown.main.ranking

    page.what_if.split.setValue(5)
    page.what_if.compare.click()

    assert [row.name for row in page.table.rows if row.kind is Kind.LINE] == ["W-014"]
    assert page.what_if.changes.text() == "Nothing would change"
    assert shown.controller.dialog is not None


def test_with_all_declined_the_whole_pot_is_left(window: Window, tmp_path: Path) -> None:
    shown = show(window, tmp_path / "declined.panel", only(two_member_round(), "W-014", "W-003"))
    for reference in ("W-014", "W-003"):
        shown.main.ranking.acts.recommend(reference, Mark.DECLINE)
        dialog = shown.controller.dialog
        assert dialog is not None
        dialog["reason"].setPlainText("Withdrawn support of the ward.")  # type: ignore[attr-defined]
        dialog.do.click()  # type: ignore[attr-defined]

    page = shown.main.ranking

    assert page.pots.pots[0].figures.words == "£30,000 left"
    assert page.table.rows[0].kind is Kind.BUDGET  # nothing stands above the line
    assert line(shown, "W-014").reason == "Withdrawn support of the ward."


def test_a_conflict_declared_late_closes_the_line_at_once(window: Window, tmp_path: Path) -> None:
    shown = show(window, tmp_path / "late.panel", two_member_round())
    page = shown.main.ranking
    page.table.select("W-009")
    assert "82.00" in page.explain.text

    interest = InterestRow("NAIR", "W-009", InterestKind.PREJUDICIAL)
    shown.workspace.perform(Declare(1, "NAIR", (interest,)))

    row = next(row for row in page.table.rows if row.name == "W-009")
    assert row.total == "–"
    assert page.explain.text == ""


def test_a_thousand_rows_are_shown_tried_and_edited(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    rows = only(two_member_round(), "W-014")
    application, agreed, sheets = rows.applications[0], rows.agreed[0], rows.sheets
    many = [f"X-{number:04}" for number in range(1000)]
    rows = replace(
        rows,
        applications=tuple(replace(application, reference=of, organisation=f"Group {of}") for of in many),
        agreed=tuple(replace(agreed, application=of) for of in many),
        sheets=tuple(replace(sheet, application=of) for of in many for sheet in sheets),
        areas=(Area(WOLVERHAMPTON, 480_000_000),),
    )
    shown = show(window, tmp_path / "many.panel", rows)
    page = shown.main.ranking
    assert len([row for row in page.table.rows if row.kind is Kind.LINE]) == 1000

    page.what_if.amounts.click()
    began = time.thread_time()
    page.what_if.set_amount("X-0500", 100_000)
    took = time.thread_time() - began

    assert took < 2  # what a person would call stuck
    assert page.what_if.changes.text() == "1 recommendation would change"
    page.table.select("X-0999")
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert page.table.editor is not None
    assert page.table.viewport().rect().contains(page.table.editor.geometry())
