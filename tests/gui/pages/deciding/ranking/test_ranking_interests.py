"""Whoever declared an interest sees no text, mark, total or reason of it on Ranking, Papers and History."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from gui.tables.ranking.rows import TableRow
from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.round_list import Mark
from models.values.recommending import RecommendationRow
from tests.gui.pressing import answer, box_of, page_of, told, words_in
from tests.gui.ranking_rounds import CLOSED, interested_round, line, show, use_as

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
OFFICER = Identity("Made-up Officer", "officer", None)
SECRETS = ("Shopfront watch volunteers", "82.00", "requested £2,400")
"""The application's project, its total and the rule's reason."""


@pytest.fixture
def interested(window: Window, tmp_path: Path) -> Window:
    return show(window, tmp_path / "interests.panel", interested_round())


def row(window: Window) -> TableRow:
    return next(one for one in window.main.ranking.table.rows if one.name == CLOSED)


def said(window: Window) -> str:
    """Everything that the list says of the application, aloud and in tips."""
    model = window.main.ranking.table.model()
    number = window.main.ranking.table.rows.index(row(window))
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    )
    cells = [model.index(number, n).data(role) for n in range(model.columnCount()) for role in roles]
    head = model.headerData(number, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    return " ".join(str(cell) for cell in (*cells, head))


def labels(window: Window) -> str:
    return " ".join(label.text() for label in window.main.ranking.explain.findChildren(QLabel))


def test_the_chair_with_an_interest_finds_the_line_closed_in_the_list_and_by_every_key(
    interested: Window, qtbot: QtBot
) -> None:
    ranking, words = interested.main.ranking, said(interested)
    assert not [secret for secret in SECRETS if secret in words]
    assert row(interested).tip == "You declared an interest in this application"
    assert (row(interested).place, row(interested).amount, row(interested).under) == ("–", "–", CLOSED)
    ranking.table.select(CLOSED)
    assert "You declared an interest in this application" in labels(interested)
    assert "82.00" not in labels(interested)
    QGuiApplication.clipboard().setText("before")
    interested.main.actions_by_name["copy_explanation"].trigger()
    assert QGuiApplication.clipboard().text() == "before"
    assert ranking.row_buttons.menu(CLOSED).actions() == []
    ranking.acts.decide_tie("W-021")
    assert interested.controller.dialog is None
    assert told(interested).startswith(f"You declared an interest in {CLOSED}."), "the tie is not theirs"
    for key in (Qt.Key.Key_F, Qt.Key.Key_D, Qt.Key.Key_F2):
        interested.main.notices.move_on()
        ranking.table.select(CLOSED)
        qtbot.keyClick(ranking.table, key)
        assert interested.controller.dialog is None
        assert told(interested).startswith(f"You declared an interest in {CLOSED}. Its text and marks stay")
        assert not line(interested, CLOSED).is_recorded

    use_as(interested, "Grace Okoro")
    words = said(interested)
    assert [secret for secret in SECRETS if secret in words] == list(SECRETS)
    use_as(interested, "Priya Nair")
    # recording all of a list leaves it to somebody else
    interested.main.actions_by_name["record_recommendations"].trigger()
    dialog = box_of(interested, ConfirmDialog)
    assert f"{CLOSED} is left out: you declared an interest in it" in words_in(dialog)
    dialog.do.click()
    recorded = {row.application for row in ranking.figures.recorded}
    assert recorded
    assert CLOSED not in recorded


def test_papers_of_it_stay_closed_to_the_chair_and_an_officer(interested: Window) -> None:
    interested.main.actions_by_name["export"].trigger()
    page = page_of(interested, ExportsPage)
    assert interested.controller.dialog is None
    assert page.views.empty.words.startswith(f"You declared an interest in {CLOSED}, whose marks and total")
    assert page.ready is None
    assert page.views.empty.isVisible()
    assert not page.write.isEnabled()

    interested.main.tools.use_as(OFFICER)
    interested.main.tools.go("exports")
    assert page.ready is not None
    use_as(interested, "Priya Nair")
    assert page.ready is None, "the preview goes with the person"
    for code in ("panel-book", "minutes"):
        interested.main.tools.go("exports", code)
        assert page.choices.list.current == code
        assert page.ready is None
        assert page.views.empty.words.startswith(f"You declared an interest in {CLOSED}, ")
        assert not page.write.isEnabled()
        assert not page.issue.isEnabled()

    interested.main.tools.use_as(replace(interested.main.tools.identity, role="officer"))
    interested.main.tools.go("exports", "letters")
    assert page.views.empty.words == (
        f"You declared an interest in {CLOSED}, which this covers. Somebody without an interest "
        "writes it; other areas are open to you."
    )


def test_whether_it_is_an_exception_and_how_it_was_corrected_stay_closed_too(interested: Window) -> None:
    changes = (Change("project", '"Nights"', '"Shopfront watch volunteers"'),)
    against = RecommendationRow(CLOSED, "decline", None, "Weak evidence.", is_exception=True)
    interested.main.tools.use_as(OFFICER)
    interested.workspace.perform(CorrectApplication(1, CLOSED, changes, "Another project"))
    interested.workspace.perform(RecordRecommendations(1, (against,)))
    assert row(interested).is_exception
    assert row(interested).tip == (
        "An exception to the order or to a floor: Weak evidence. Recorded when its total or place was another"
    )

    use_as(interested, "Priya Nair")

    assert "xception" not in said(interested)
    assert row(interested).tip == "You declared an interest in this application"
    assert not interested.main.ranking.filters.outcomes.pills[-1].isVisible()
    interested.main.tools.go("history")
    page = page_of(interested, ListedView)
    shown = {one.words for one in page.table.rows if one.application == CLOSED}
    assert shown == {"You declared an interest in this application."}
    assert not [one for one in page.table.rows if "Another project" in f"{one.words} {one.detail}"]


def test_an_officer_records_what_a_member_rules_in_the_chairs_place(interested: Window) -> None:
    interested.main.ranking.acts.decide_tie("W-021")
    refused = told(interested)
    assert refused.endswith("an officer records that on Scoring, on Meeting and on Ranking & budget.")
    interested.main.tools.use_as(OFFICER)
    acts = interested.main.ranking.acts
    assert acts.state.may_rule_tie("W-021")
    assert not acts.state.may_rule(("W-014",)), "the chair has no interest there"
    acts.decide_tie("W-021")
    dialog = box_of(interested, DataForm)
    ruled_by = dialog["in_place"]
    offered = [ruled_by.itemText(number) for number in range(ruled_by.count())]
    assert offered == ["Tom Hale", "Grace Okoro"]
    ruled_by.setCurrentIndex(1)

    answer(interested, reason="The wider area.")

    figures = interested.main.ranking.figures
    assert {row.ruled_by for row in figures.rows.chair_decisions} == {"OKORO"}
    interested.main.tools.go("history")
    page = page_of(interested, ListedView)
    assert "in the chair’s place" in page.table.rows[0].words


def test_below_a_floor_is_not_told_of_it_and_an_exception_is_let_in_in_the_chairs_place(
    window: Window, tmp_path: Path
) -> None:
    rows = interested_round()
    own = tuple(
        replace(one, application="W-016") if one.application == CLOSED else one for one in rows.interests
    )
    shown = show(window, tmp_path / "floor.panel", replace(rows, interests=own))
    found = next(one for one in shown.main.ranking.table.rows if one.name == "W-016")
    assert line(shown, "W-016").mark is Mark.CLOSED  # 40.00 is below the floor of 45
    assert found.chip.word == "Interest declared"
    shown.main.tools.use_as(OFFICER)
    acts = shown.main.ranking.acts
    acts.decide_exception("W-016")

    answer(shown, reason="The only one of its kind.")

    figures = shown.main.ranking.figures
    assert [(row.application, row.ruled_by) for row in figures.rows.chair_decisions] == [("W-016", "HALE")]
    acts.decide_exception("W-016")
    figures = shown.main.ranking.figures
    assert figures.rows.chair_decisions == ()
