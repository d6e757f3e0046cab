"""What the page of criteria promises beside the set-up itself: strip, proof, methods, dummies, reasons."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import FinalDataForm
from gui.pages.set_up.criteria.page import CRITERIA, RULES, CriteriaPage
from gui.theme.look import Choice, look
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.operation import Actor
from models.operations.panel.members import AddMember, Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.scheme import AMENDED_SINCE, AmendScheme, PublishScheme
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.rounds import reason_rule, scheme
from models.record import Opener, Record
from models.values.rounds import ReasonRule
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.scheme import Method
from tests.gui.pages.set_up.criteria.test_criteria import (  # noqa: F401  fixtures
    CHAIR,
    MEMBER,
    OFFICER,
    Shows,
    dialog,
    draft_path,
    on_show,
    shows,
)
from tests.gui.theme.test_theme import contrast
from tests.models.rounds import import_operation, set_up_office


def rule(window: Window) -> ReasonRule:
    found: list[ReasonRule] = []
    window.workspace.ask(lambda session: reason_rule(session, 1), found.append)
    return found[0]


def choose_reasons(page: CriteriaPage, wanted: ReasonRule) -> None:
    box = page.rules["reasons"]
    number = list(ReasonRule).index(wanted)
    box.setCurrentIndex(number)
    box.activated.emit(number)


def the_strip_lists_its_weights_and_is_walked_by_arrows(shows: Shows, qtbot: QtBot) -> None:  # noqa: F811
    page = shows(OFFICER)
    strip = page.criteria.split.strip
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
    assert page.criteria.side.form["code"].line.text() == "A2"
    qtbot.keyClick(strip, Qt.Key.Key_T)
    view = page.criteria.list.view
    assert QApplication.focusWidget() is view
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert page.criteria.side.form["code"].line.text() == "A3"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.criteria.side.form["weight"]


def the_strip_shows_its_ring_while_it_has_the_focus(window: Window, shows: Shows) -> None:  # noqa: F811
    strip = shows(OFFICER).criteria.split.strip
    strip.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QApplication.processEvents()
    ring = strip.grab().toImage().pixelColor(strip.width() // 2, 1).name()
    strip.clearFocus()
    QApplication.processEvents()

    assert ring == look.theme.accent_text.lower()
    assert strip.grab().toImage().pixelColor(strip.width() // 2, 1).name() != ring


def a_notice_below_the_page_does_not_move_what_adds_a_criterion(window: Window, shows: Shows) -> None:  # noqa: F811
    window.main.resize(1366, 720)
    add = shows(OFFICER).criteria.list.add
    QApplication.processEvents()
    before = add.mapTo(window.main, QPoint())

    window.main.notices.show_notice(Notice("publish", Tone.INFORMATION, "Only the chair can do this."))
    QApplication.processEvents()

    assert window.main.notices.isVisible()
    assert add.mapTo(window.main, QPoint()) == before


def every_cost_method_has_formula_live_example_and_warning(shows: Shows, method: Method) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.draft.pick("A6")
    form = page.criteria.side.form
    number = list(Method).index(method)
    form["method"].setCurrentIndex(number)
    form["method"].activated.emit(number)

    words = form.words
    assert words.formula.text()
    assert words.example.text().startswith("At 70 : 30, ")
    assert words.warning.text()


def a_method_that_is_tried_and_left_costs_neither_floor_nor_figures(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.draft.pick("A6")
    side = page.criteria.side.form
    side["floor"].setValue(3)

    side["method"].given.emit(Method.LINEAR)
    assert page.draft.criterion is not None
    assert page.draft.criterion.floor is None  # 3 of 5 marks is not 3 of 100 points
    side["floor"].setValue(40)
    side["low"].given.emit(Decimal(500))
    side["method"].given.emit(Method.BANDS)
    assert page.draft.criterion.floor == 40
    side["method"].given.emit(Method.JUDGED)
    assert page.draft.criterion.floor == 3
    side["method"].given.emit(Method.LINEAR)

    assert (page.draft.criterion.floor, page.draft.criterion.low, page.draft.criterion.high) == (
        40,
        500,
        5000,
    )


def a_floor_that_comes_back_fits_the_scale_that_was_made_smaller(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.draft.pick("A6")
    side = page.criteria.side.form
    side["floor"].setValue(5)
    side["method"].given.emit(Method.LOWEST)
    page.draft.settle(replace(page.draft.scheme, scale_maximum=4), "the scale")

    side["method"].given.emit(Method.JUDGED)

    assert page.draft.criterion is not None
    assert page.draft.criterion.floor == 4


def the_lowest_price_example_is_the_published_one(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.draft.pick("A6")
    form = page.criteria.side.form
    number = list(Method).index(Method.LOWEST)
    form["method"].setCurrentIndex(number)
    form["method"].activated.emit(number)

    said = form.words.example.text()
    for figure in ("81.80", "82.50", "62.00", "59.48"):
        assert figure in said
    assert said.endswith("A cheap weak application has changed who is ahead.")


def every_cost_method_is_told_and_the_lowest_price_as_it_is_published(shows: Shows) -> None:  # noqa: F811
    for method in (method for method in Method if method is not Method.JUDGED):
        every_cost_method_has_formula_live_example_and_warning(shows, method)
    the_lowest_price_example_is_the_published_one(shows)


def test_every_cost_method_is_told_and_left_with_floor_and_figures(shows: Shows) -> None:  # noqa: F811
    every_cost_method_is_told_and_the_lowest_price_as_it_is_published(shows)
    a_method_that_is_tried_and_left_costs_neither_floor_nor_figures(shows)
    a_floor_that_comes_back_fits_the_scale_that_was_made_smaller(shows)


def five_dummies_try_the_scheme(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)

    assert list(page.criteria.side.try_out.boxes) == ["A", "B", "C", "D", "E"]


def the_four_things_that_are_not_a_mark_are_told(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.sections.choose(RULES)
    allowed = page.rules.no_mark.text()
    page.rules["not_applicable_allowed"].setChecked(not page.rules["not_applicable_allowed"].isChecked())

    assert allowed != page.rules.no_mark.text()


@pytest.mark.painted
def test_the_strip_of_weights_is_read_walked_and_ringed(shows: Shows, qtbot: QtBot, window: Window) -> None:  # noqa: F811
    the_strip_lists_its_weights_and_is_walked_by_arrows(shows, qtbot)
    the_strip_shows_its_ring_while_it_has_the_focus(window, shows)
    a_notice_below_the_page_does_not_move_what_adds_a_criterion(window, shows)
    five_dummies_try_the_scheme(shows)
    the_four_things_that_are_not_a_mark_are_told(shows)


def reasons_are_required_by_the_office_and_undone(window: Window, shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.sections.choose(RULES)
    before = page.rules["reasons"].value
    choose_reasons(page, ReasonRule.REQUIRED)
    required = rule(window)
    window.workspace.undo_stack.undo()

    assert before is ReasonRule.ASKED
    assert required is ReasonRule.REQUIRED
    assert rule(window) is ReasonRule.ASKED
    assert page.rules["reasons"].value is ReasonRule.ASKED


def a_member_only_reads_the_rule_for_reasons(shows: Shows) -> None:  # noqa: F811
    page = shows(MEMBER)
    page.sections.choose(RULES)

    assert not page.rules["reasons"].isEnabled()


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
    page.sections.choose(RULES)
    assert page.rules["reasons"].isEnabled()
    assert not page.rules["combine"].isEnabled()  # the scheme itself is published

    for code in ("A1", "A2", "A6"):
        window.workspace.perform(SetMark(1, "NAIR", "ACF-001", code, 3, None))
    window.workspace.perform(HandIn(1, "NAIR", "ACF-001"))
    page.refresh()

    assert not page.rules["reasons"].isEnabled()
    assert page.rules["reasons"].accessibleDescription().startswith("Sheets have been handed in")


def test_reasons_are_asked_as_the_office_says_until_a_sheet_is_in(
    window: Window,
    shows: Shows,  # noqa: F811
    tmp_path: Path,
) -> None:
    reasons_are_required_by_the_office_and_undone(window, shows)
    the_rule_is_set_after_publishing_and_stays_once_a_sheet_is_in(window, tmp_path)


def in_a_narrow_window_the_lock_gives_way_to_the_sections(window: Window, shows: Shows) -> None:  # noqa: F811
    page = shows(MEMBER)
    window.main.resize(1366, 688)
    QApplication.processEvents()
    wide = page.lock.isVisible()
    look.set_percent(150)
    QApplication.processEvents()
    assert page.lock.shown == "The criteria are a draft.", "a sentence is whole or not there"
    look.set_percent(200)
    QApplication.processEvents()

    assert wide
    assert not page.lock.isVisible()
    assert page.title.accessibleDescription() == page.lock.text()
    page.sections.choose(CRITERIA)
    QApplication.processEvents()
    view = page.criteria.list.view
    assert view.viewport().height() >= 3 * view.rowHeight(0), "three rows stay in sight at twice the text"


def test_a_member_only_reads_and_the_lock_gives_way(shows: Shows, window: Window) -> None:  # noqa: F811
    a_member_only_reads_the_rule_for_reasons(shows)
    in_a_narrow_window_the_lock_gives_way_to_the_sections(window, shows)


def what_stands_in_an_amendments_way_is_told_as_it_is_now(window: Window, record_path: Path) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    weight = page.criteria.side.form["weight"]

    page.amend.click()
    weight.setValue(24)
    page.publish.click()
    assert window.main.notices.current is not None
    assert "add up to 99" in window.main.notices.current.words
    weight.setValue(23)
    assert "add up to 98" in window.main.notices.current.words
    weight.setValue(25)

    assert window.main.notices.current is None


def the_reason_of_an_amendment_is_typed_straight_away(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    page.criteria.split.slider.setValue(70)

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
    page.criteria.split.slider.setValue(70)
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


def test_published_weights_and_choices_are_read_as_well_as_text(window: Window, record_path: Path) -> None:
    window.controller.open(record_path)
    page = on_show(window)
    disabled = QPalette.ColorGroup.Disabled

    for choice in (Choice.LIGHT, Choice.DARK):
        look.choose(choice)
        ground = look.theme.surface
        for box in (page.criteria.side.form["weight"].lineEdit(), page.rules["combine"]):
            assert not box.isEnabled()
            ink = box.palette().color(disabled, QPalette.ColorRole.Text).name()
            assert contrast(ink, ground) >= 4.5


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
