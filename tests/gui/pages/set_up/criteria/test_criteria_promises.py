"""What the page of criteria promises beside the set-up itself: strip, proof, methods, dummies, reasons."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import FinalDataForm
from gui.pages.set_up.criteria.page import RULES, CriteriaPage
from gui.pages.set_up.criteria.publishing import publishing
from gui.pages.set_up.criteria.rules import REASON
from gui.theme.look import look
from models.operation import Actor
from models.operations.panel.members import AddMember, Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.scheme import AMENDED_SINCE, AmendScheme, PublishScheme
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.rounds import reason_rule, scheme
from models.record import Opener, Record
from models.values.rounds import AreaLine, ReasonRule
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.scheme import Method
from tests.gui.pages.set_up.criteria.test_criteria import (  # noqa: F401  fixtures
    CHAIR,
    MEMBER,
    OFFICER,
    Shows,
    asked,
    choose,
    dialog,
    draft_path,
    on_show,
    shows,
    weigh,
)
from tests.gui.pressing import words_in
from tests.models.rounds import import_operation, set_up_office


def rule(window: Window) -> ReasonRule:
    found: list[ReasonRule] = []
    window.workspace.ask(lambda session: reason_rule(session, 1), found.append)
    return found[0]


def choose_reasons(window: Window, page: CriteriaPage, wanted: ReasonRule) -> None:
    page.tabs.choose(RULES)
    page.table.select(REASON)
    box = asked(window, page, "Change…")
    choose(box, "rule", wanted)
    box.do.click()


def rule_words(page: CriteriaPage) -> str:
    return next(row.says for row in page.table.rows if row.key == REASON)


def the_strip_lists_its_weights_and_is_walked_by_arrows(shows: Shows, qtbot: QtBot) -> None:  # noqa: F811
    page = shows(OFFICER)
    strip = page.split.strip
    strip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    assert strip.accessibleName() == (
        "Weights, chart. A1 Crime prevention and local priorities, 25 of 100, 1 of 7"
    )
    assert strip.accessibleDescription() == (
        "Weights: A1 25, A2 15, A3 15, A4 15, A5 10, A6 15, A7 5. "
        "Left and Right go along the weights, T shows them as a table."
    )
    qtbot.keyClick(strip, Qt.Key.Key_Left)  # there is nothing before the first
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleName() == "Weights, chart. A2 Local need, 15 of 100, 2 of 7"
    assert page.table.current == "A2"
    qtbot.keyClick(strip, Qt.Key.Key_T)
    assert QApplication.focusWidget() is page.table
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current == "A3"
    assert strip.accessibleName().startswith("Weights, chart. A3 ")


def the_strip_shows_its_ring_while_it_has_the_focus(window: Window, shows: Shows) -> None:  # noqa: F811
    strip = shows(OFFICER).split.strip
    strip.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QApplication.processEvents()
    ring = strip.grab().toImage().pixelColor(strip.width() // 2, 1).name()
    strip.clearFocus()
    QApplication.processEvents()

    assert ring == look.theme.accent_text.lower()
    assert strip.grab().toImage().pixelColor(strip.width() // 2, 1).name() != ring


def every_cost_method_has_formula_live_example_and_warning(
    window: Window,
    shows: Shows,  # noqa: F811
) -> None:
    page = shows(OFFICER)
    page.show_reference("A6")
    box = asked(window, page, "Change…")
    for method in Method:
        choose(box, "method", method)
        said = box.says[0].splitlines()
        assert len(said) == (3 if method is not Method.JUDGED else len(said))
        if method is not Method.JUDGED:
            assert said[1].startswith("At 70 : 30, ")
    box.reject()


def a_method_that_is_tried_and_left_costs_neither_floor_nor_figures(
    window: Window,
    shows: Shows,  # noqa: F811
) -> None:
    page = shows(OFFICER)
    page.show_reference("A6")
    box = asked(window, page, "Change…")
    box["marks"].setText("3")
    choose(box, "method", Method.LINEAR)
    box["points"].setText("40")
    box["low"].setText("500")
    box["high"].setText("some")
    box.do.click()
    assert box.problem.isVisible()
    box["high"].setText("5000")
    choose(box, "method", Method.BANDS)
    choose(box, "method", Method.JUDGED)
    assert box["marks"].text() == "3", "3 of 5 marks is not 3 of 100 points"
    choose(box, "method", Method.LINEAR)
    box.do.click()

    (found,) = (one for one in page.draft.scheme.criteria if one.code == "A6")
    assert (found.floor, found.low, found.high, found.bands) == (40, 500, 5000, ())


def the_lowest_price_example_is_the_published_one(window: Window, shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.show_reference("A6")
    box = asked(window, page, "Change…")
    choose(box, "method", Method.LOWEST)

    for figure in ("81.80", "82.50", "62.00", "59.48"):
        assert figure in box.says[0]
    assert "A cheap weak application has changed who is ahead." in box.says[0]
    box.reject()


def test_every_cost_method_is_told_and_left_with_floor_and_figures(
    window: Window,
    shows: Shows,  # noqa: F811
) -> None:
    every_cost_method_has_formula_live_example_and_warning(window, shows)
    the_lowest_price_example_is_the_published_one(window, shows)
    a_method_that_is_tried_and_left_costs_neither_floor_nor_figures(window, shows)


def the_four_things_that_are_not_a_mark_are_told(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.tabs.choose(RULES)

    said = {row.words: row.says for row in page.table.rows}
    assert {"Missing", "Not applicable", "Interest", "Abstained"} <= said.keys()
    assert said["Missing"].startswith("No mark yet.")


@pytest.mark.painted
def test_the_strip_of_weights_is_read_walked_and_ringed(shows: Shows, qtbot: QtBot, window: Window) -> None:  # noqa: F811
    the_strip_lists_its_weights_and_is_walked_by_arrows(shows, qtbot)
    the_strip_shows_its_ring_while_it_has_the_focus(window, shows)
    the_four_things_that_are_not_a_mark_are_told(shows)


def reasons_are_required_by_the_office_and_undone(window: Window, shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    choose_reasons(window, page, ReasonRule.REQUIRED)
    assert rule(window) is ReasonRule.REQUIRED
    assert rule_words(page).startswith("Required before")
    window.workspace.undo_stack.undo()

    assert rule(window) is ReasonRule.ASKED
    assert rule_words(page).startswith("Asked for")


def the_rule_is_set_after_publishing_and_stays_once_a_sheet_is_in(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "Published.panel"
    chair = Actor("Priya Nair", "chair")
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        set_up_office(record)
        record.perform(import_operation(), Actor("Grace Okoro"))
        record.perform(PublishScheme(1, record.ask(lambda session: scheme(session, 1))), chair)
        record.perform(AddMember(1, MemberDetails("NAIR", "Priya Nair", "chair")), chair)
        record.perform(Declare(1, "NAIR", (InterestRow("NAIR", None, InterestKind.NONE),)), chair)
        record.perform(MoveAreas(1, ("Coventry",), "scoring"), chair)
    window.controller.open(path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.tabs.choose(RULES)
    page.table.select("combine")
    assert not page.detail.buttons, "the scheme itself is published"
    page.table.select(REASON)
    assert page.detail.buttons["Change…"].isEnabled()

    for code in ("A1", "A2", "A6"):
        window.workspace.perform(SetMark(1, "NAIR", "ACF-001", code, 3, None))
    window.workspace.perform(HandIn(1, "NAIR", "ACF-001"))
    page.refresh()

    assert not page.detail.buttons["Change…"].isEnabled()
    assert "Sheets have been handed in" in words_in(page.detail)


def test_reasons_are_asked_as_the_office_says_until_a_sheet_is_in(
    window: Window,
    shows: Shows,  # noqa: F811
    tmp_path: Path,
) -> None:
    reasons_are_required_by_the_office_and_undone(window, shows)
    the_rule_is_set_after_publishing_and_stays_once_a_sheet_is_in(window, tmp_path)


def what_stands_in_an_amendments_way_is_told_as_it_is_now(window: Window, record_path: Path) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    weigh(page, 24)
    page.publish.click()
    assert window.main.notices.current is not None
    assert "add up to 99" in window.main.notices.current.words
    weigh(page, 23)
    assert "add up to 98" in window.main.notices.current.words
    weigh(page, 25)

    assert window.main.notices.current is None


def the_reason_of_an_amendment_is_typed_straight_away(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    page.split.slider.setValue(70)

    page.publish.click()
    box = dialog(window)
    assert isinstance(box, FinalDataForm)
    qtbot.waitUntil(box["reason"].hasFocus)


def test_an_amendment_that_is_refused_keeps_its_reason_and_says_why(
    window: Window, record_path: Path
) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    published = page.draft.stored
    page.split.slider.setValue(70)
    page.publish.click()
    box = dialog(window)
    assert isinstance(box, FinalDataForm)
    box["reason"].setPlainText("The call printed 70 : 30")
    other = replace(published, quorum=published.quorum + 1)
    window.workspace.perform(AmendScheme(1, other, published, "The panel grew"))

    box.do.click()
    QApplication.processEvents()
    box.do.click()
    QApplication.processEvents()

    assert window.controller.dialog is box
    assert box["reason"].toPlainText() == "The call printed 70 : 30"
    assert box.problem.text().startswith(f"{AMENDED_SINCE}")
    assert page.draft.is_amending
    assert page.draft.stored == other


def what_refuses_an_amendment_is_said_before_its_reason_is_asked(window: Window, record_path: Path) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    page.draft.propose(replace(page.draft.stored, scale_maximum=3), "the scale")

    page.publish.click()

    notice = window.main.notices.current
    assert notice is not None
    assert notice.words.startswith("The amendment cannot be published.")
    assert notice.words.endswith("Keep the question and the scale.")
    assert window.controller.dialog is None


def test_an_amendment_is_asked_for_its_reason_once_nothing_refuses_it(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    what_stands_in_an_amendments_way_is_told_as_it_is_now(window, record_path)
    the_reason_of_an_amendment_is_typed_straight_away(window, record_path, qtbot)
    dialog(window).reject()
    what_refuses_an_amendment_is_said_before_its_reason_is_asked(window, record_path)


def test_publishing_says_what_was_copied_and_nobody_checked() -> None:
    line = SimpleNamespace(areas=(AreaLine("Dudley", "intake", 500_000, 0, 0),))
    facts: Any = SimpleNamespace(line=line, carried={"Dudley": ("“Spring” 2025/26", ("meets_on",))})

    assert "Not checked yet: Dudley: meeting of the panel, copied from “Spring” 2025/26." in publishing(facts)
