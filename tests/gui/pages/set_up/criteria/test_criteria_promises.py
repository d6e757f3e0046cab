"""What the page of criteria promises beside the set-up itself: strip, proof, methods, dummies, reasons."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ListingDialog
from gui.listed.form import FinalDataForm
from gui.pages.page import Identity
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.page import RULES, TRY_IT, CriteriaPage
from gui.pages.set_up.criteria.publishing import publishing
from gui.pages.set_up.criteria.rules import REASON
from gui.pages.set_up.criteria.trying import FINE, NO_TOTALS, advice_words, cost_words, percent, tie_words
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
from scoring.scheme import Criterion, Method, Side
from scoring.sensitivity.model_test import Decides, ModelTest
from tests.gui.builders import scheme as made_scheme
from tests.gui.pages.set_up.criteria.test_criteria import (  # noqa: F401  fixtures
    CHAIR,
    OFFICER,
    Shows,
    amending,
    asked,
    choose,
    draft_path,
    on_show,
    percents,
    shows,
    stored,
    weigh,
)
from tests.gui.pressing import answer_to, box_of, told, words_in
from tests.models.rounds import import_operation, set_up_office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def rule(window: Window) -> ReasonRule:
    return answer_to(window, lambda session: reason_rule(session, 1))


def rule_words(page: CriteriaPage) -> str:
    return next(row.says for row in page.table.rows if row.key == REASON)


def test_every_cost_method_is_told_and_left_with_floor_and_figures(
    window: Window,
    shows: Shows,  # noqa: F811
) -> None:
    page = shows(OFFICER)
    page.show_reference("A6")
    box = asked(window, page, "Change…")
    assert box["basis"].isHidden()
    for method in (one for one in Method if one is not Method.JUDGED):
        choose(box, "method", method)
        said = box.says[0].splitlines()
        assert len(said) == 3
        assert said[1].startswith("At 70 : 30, ")
    choose(box, "method", Method.LOWEST)
    assert not box["basis"].isHidden()
    for figure in ("81.80", "82.50", "62.00", "59.48"):  # the published example
        assert figure in box.says[0]
    assert "A cheap weak application has changed who is ahead." in box.says[0]
    box.do.click()
    assert scheme_of(page).method is Method.LOWEST
    assert "depends on who else applies" in words_in(page.detail)
    window.workspace.undo_stack.undo()

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
    found = scheme_of(page)
    assert (found.floor, found.low, found.high, found.bands) == (40, 500, 5000, ())


def scheme_of(page: CriteriaPage) -> Criterion:
    """Return the criterion that is judged by cost."""
    return next(one for one in page.draft.scheme.criteria if one.code == "A6")


@pytest.mark.painted
def test_the_strip_of_weights_is_read_walked_and_ringed(shows: Shows, qtbot: QtBot) -> None:  # noqa: F811
    page = shows(OFFICER)
    strip = page.split.strip
    strip.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QApplication.processEvents()
    ring = strip.grab().toImage().pixelColor(strip.width() // 2, 1).name()
    strip.clearFocus()
    QApplication.processEvents()
    assert ring == look.theme.accent_text.lower()
    assert strip.grab().toImage().pixelColor(strip.width() // 2, 1).name() != ring

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


def test_reasons_are_required_by_the_office_and_undone(window: Window, shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    page.tabs.choose(RULES)
    page.table.select(REASON)
    box = asked(window, page, "Change…")
    choose(box, "rule", ReasonRule.REQUIRED)
    box.do.click()
    assert rule(window) is ReasonRule.REQUIRED
    assert rule_words(page).startswith("Required before")
    window.workspace.undo_stack.undo()

    assert rule(window) is ReasonRule.ASKED
    assert rule_words(page).startswith("Asked for")


def test_the_rule_of_reasons_is_set_after_publishing_until_a_sheet_is_in(
    window: Window, tmp_path: Path
) -> None:
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


def test_an_amendment_is_asked_for_its_reason_once_nothing_refuses_it_and_keeps_it_when_it_is_refused(
    window: Window, record_path: Path, qtbot: QtBot
) -> None:
    page = amending(window, record_path)
    weigh(page, 24)
    page.publish.click()
    assert "add up to 99" in told(window)
    weigh(page, 23)
    assert "add up to 98" in told(window)
    weigh(page, 25)
    assert window.main.notices.current is None
    published = page.draft.stored
    page.draft.propose(replace(published, scale_maximum=3), "the scale")
    page.publish.click()
    assert told(window).startswith("The amendment cannot be published.")
    assert told(window).endswith("Keep the question and the scale.")
    assert window.controller.dialog is None
    page.put_back.click()

    page.amend.click()
    page.split.slider.setValue(70)
    page.publish.click()
    box = box_of(window, FinalDataForm)
    qtbot.waitUntil(box["reason"].hasFocus)
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


def reopened(window: Window, path: Path, who: Identity) -> CriteriaPage:
    window.workspace.close()
    window.controller.open(path)
    window.main.tools.use_as(who)
    return on_show(window)


def test_an_amendment_is_there_again_for_the_chair_until_it_is_put_back(
    window: Window, record_path: Path
) -> None:
    amending(window, record_path).split.slider.setValue(70)
    page = reopened(window, record_path, CHAIR)
    assert page.draft.is_amending
    assert percents(page.draft.scheme) == [22, 13, 13, 13, 9, 23, 7]
    assert percents(stored(window)) == [25, 15, 15, 15, 10, 15, 5]
    assert page.publish.text() == "Publish version 2…"

    page = reopened(window, record_path, OFFICER)
    assert not page.draft.is_amending
    page.amend.click()
    (way_on,) = window.main.notices.current.remedies
    assert way_on.words == f"Continue as {CHAIR.name}, chair"
    way_on.do()
    assert page.draft.is_amending

    page.put_back.click()
    assert not reopened(window, record_path, CHAIR).draft.is_amending
    found: list[dict[str, str]] = []
    window.workspace.ask_drafts("amendment", found.append)
    assert found == [{}]

    window.workspace.keep_draft("amendment 1", '{"base": "of another build"}')
    assert not reopened(window, record_path, CHAIR).draft.is_amending
    reopened(window, record_path, CHAIR)
    window.workspace.ask_drafts("amendment", found.append)
    assert found[1:] == [{}], "what cannot be read is dropped"


def test_a_change_under_way_is_handed_on_against_what_it_was_made_to(qtbot: QtBot) -> None:
    draft = Draft()
    stood = made_scheme()
    theirs, mine = replace(stood, scale_maximum=4), replace(stood, scale_maximum=3)
    draft.start(stood)
    draft.propose(mine, "the scale")

    draft.take(theirs)
    with qtbot.waitSignal(draft.settled) as told:
        draft.flush()

    assert told.args == [stood, mine, "the scale"]


def test_publishing_says_what_was_copied_and_nobody_checked() -> None:
    line = SimpleNamespace(areas=(AreaLine("Dudley", "intake", 500_000, 0, 0),))
    facts: Any = SimpleNamespace(line=line, carried={"Dudley": ("“Spring” 2025/26", ("meets_on",))})

    assert "Not checked yet: Dudley: meeting of the panel, copied from “Spring” 2025/26." in publishing(facts)


def made(*, awards: int = 30, cost: int | None = 40, ties: int = 0) -> ModelTest:
    return ModelTest(100, 2_000, (Decides("A7", "Volunteers", Side.COST, 12, awards),), cost, ties)


def test_a_draft_is_tested_on_made_up_rounds_once_its_weights_add_to_100(
    window: Window,
    shows: Shows,  # noqa: F811  the fixture
) -> None:
    page = shows(OFFICER)
    page.tabs.choose(TRY_IT)
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Test the model…")
    button.click()
    box = box_of(window, ListingDialog)
    lines = box.list.toPlainText().splitlines()

    assert words_in(box).count("100 made-up rounds of 20 applications each") == 1
    assert [line.split()[0] for line in lines[:7]] == [f"A{n}" for n in range(1, 8)]
    assert lines[8].startswith("The cost side decides an award in ")
    assert "on the budget line" in lines[9]
    assert lines[10:], "advice, or that none is needed"

    box.cancel.click()
    weigh(page, 22)
    assert (button.isEnabled(), button.toolTip()) == (False, NO_TOTALS)


def test_a_criterion_that_never_moves_anything_is_said_so() -> None:
    assert advice_words(made()) == (FINE,)
    assert advice_words(made(awards=0)) == (
        "A7 Volunteers never moves an award here. It could weigh more, or be left out of the form.",
    )
    idle = replace(made(), criteria=(Decides("A7", "Volunteers", Side.COST, 0, 0),))
    assert advice_words(idle)[0].startswith("A7 Volunteers never moves anything here.")


def test_the_cost_side_and_ties_are_told_and_advised_on() -> None:
    assert cost_words(made(cost=None)) == "The scheme has one side only."
    assert cost_words(made(cost=40)) == "The cost side decides an award in 40% of rounds."
    assert cost_words(made(cost=0)).startswith("The cost side never decides an award")
    assert advice_words(made(cost=0)) == ("Give the cost side more weight, or do without it.",)
    assert tie_words(made()) == "No tie falls on the budget line."
    assert tie_words(made(ties=9)).startswith("A tie falls on the budget line in 9% of rounds")
    assert advice_words(made(ties=9)) == (FINE,)
    assert advice_words(made(ties=10))[0].startswith("Add a tie-break")


@pytest.mark.parametrize(
    ("count", "of", "words"), [(0, 900, "0%"), (1, 900, "1%"), (899, 900, "99%"), (900, 900, "100%")]
)
def test_none_and_all_are_said_only_when_they_are(count: int, of: int, words: str) -> None:
    assert percent(count, of) == words
