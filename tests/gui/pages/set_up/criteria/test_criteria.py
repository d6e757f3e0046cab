"""The set-up page: from the screen to the record, and back."""

import shutil
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import Choice, DataForm, FinalDataForm
from gui.pages.page import Breakpoints, Identity
from gui.pages.set_up.criteria.page import (
    AREAS,
    CRITERIA,
    GATES,
    RULES,
    SCALE,
    TRY_IT,
    CriteriaPage,
)
from gui.pages.set_up.criteria.trying import NO_TOTALS
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.rounds import rounds, scheme
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from scoring.scheme import Allocation, Combine, Scheme, Side
from tests.gui.builders import whole_round
from tests.gui.listed.page_user import names_of
from tests.gui.pressing import answer_to, box_of, page_of, told, words_in
from tests.models.made_once import file_made_once

CHAIR = Identity("Priya Nair", "chair")
OFFICER = Identity("Grace Okoro", "officer")
MEMBER = Identity("Tom Hale", "member")
DATES = AreaDates(date(2026, 9, 1), date(2026, 10, 30), date(2026, 11, 26), date(2026, 12, 2))
START = StartRound(
    RoundKey("Active Citizens Fund", "2026/27", "Round 2"),
    (Area("Coventry", 4_800_000), Area("Sandwell", 3_800_000)),
    3,
    DATES,
)
Shows = Callable[[Identity], CriteriaPage]


@file_made_once
def make_draft(path: Path) -> Path:
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), Actor("Priya Nair"))
        record.perform(START, Actor("Priya Nair"))
    return path


@pytest.fixture
def draft_path(tmp_path: Path) -> Path:
    """A record with one round that is being set up, closed."""
    return make_draft(tmp_path / "Draft.panel")


@pytest.fixture
def shows(window: Window, draft_path: Path) -> Shows:
    """The page on the draft as it was made, whatever was done before, for a person in a role."""
    copies = count(1)

    def show(identity: Identity) -> CriteriaPage:
        copy = draft_path.with_stem(f"{draft_path.stem} {next(copies)}")
        window.controller.open(Path(shutil.copy(draft_path, copy)))
        window.main.tools.use_as(identity)
        return on_show(window)

    return show


def on_show(window: Window) -> CriteriaPage:
    window.main.show_page("criteria")
    page = page_of(window, CriteriaPage)
    page.tabs.choose(CRITERIA)
    return page


def stored(window: Window) -> Scheme:
    return answer_to(window, lambda session: scheme(session, 1))


def percents(found: Scheme) -> list[int]:
    return [criterion.weight_1e4 // 10_000 for criterion in found.criteria]


def asked(window: Window, page: CriteriaPage, words: str) -> DataForm:
    """Press a button of the page, and return what is asked then."""
    buttons = (one for one in page.findChildren(QPushButton) if one.isVisibleTo(page) and one.text() == words)
    next(buttons).click()
    return box_of(window, DataForm)


def choose(box: DataForm, name: str, value: object) -> None:
    """Choose one of a few in a form, as a person does."""
    field = next(one for one in box.form.named if one.name == name)
    assert isinstance(field, Choice)
    number = [of for _, of in field.options].index(value)
    box[name].choose(number)
    box[name].activated.emit(number)


def weigh(page: CriteriaPage, percent: int) -> None:
    """Give the first criterion another weight, which is not handed on yet."""
    scheme = page.draft.scheme
    first = replace(scheme.criteria[0], weight_1e4=percent * 10_000)
    page.draft.propose(replace(scheme, criteria=(first, *scheme.criteria[1:])), "a weight")


def test_weights_slide_say_what_is_left_and_are_kept(window: Window, shows: Shows, qtbot: QtBot) -> None:
    page = shows(OFFICER)
    slider = page.split.slider
    for quality in (79, 75, 70):
        slider.setValue(quality)
    page.draft.flush()

    # 25, 15, 15, 15, 10 of 80 and 15, 5 of 20, as worked by hand in the tests of the weights.
    assert percents(stored(window)) == [22, 13, 13, 13, 9, 23, 7]
    assert window.workspace.undo_stack.count() == 1
    window.workspace.undo_stack.undo()
    assert percents(page.draft.scheme) == percents(stored(window)) == [25, 15, 15, 15, 10, 15, 5]
    for quality in range(79, 8, -1):
        slider.setValue(quality)
    page.draft.flush()
    slider.setValue(80)
    page.draft.flush()
    assert percents(stored(window)) == [25, 15, 15, 15, 10, 15, 5], "there and back"
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == 79
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == 84

    page = shows(OFFICER)
    box = asked(window, page, "Weights…")
    box["A1"].setValue(22)
    assert box.says == ("3 still to share.",)
    box.do.click()
    assert page.split.state.text() == "3 still to share"
    assert names_of(page.table.model())[0].startswith("A1 weight, 22 of 100, moves the total by 22, ")
    assert percents(stored(window))[0] == 22
    page.tabs.choose(TRY_IT)
    assert NO_TOTALS in words_in(page.detail)
    window.workspace.undo_stack.undo()
    assert percents(stored(window))[0] == 25
    page.split.slider.setValue(70)
    assert percents(stored(window))[0] == 25
    window.main.show_page("ranking")
    assert percents(stored(window))[0] == 22, "a change under way is kept when another page is shown"


def test_whoever_may_publishes(window: Window, shows: Shows) -> None:
    page = shows(OFFICER)
    page.publish.click()
    notice = window.main.notices.current
    assert notice.words.startswith("Only the chair can do this.")
    assert [remedy.words for remedy in notice.remedies] == ["Panel & interests"], "it has no chair yet"
    assert page.start.isEnabled()
    window.main.tools.use_as(MEMBER)
    for number in (CRITERIA, SCALE, RULES, AREAS):
        page.tabs.choose(number)
        assert not page.offered
    assert not page.split.slider.isEnabled()
    assert not page.start.isVisible()
    assert page.lock.words.text() == "The criteria are a draft. An officer or the chair changes them."

    page = shows(CHAIR)
    weigh(page, 22)
    page.publish.click()
    assert "add up to 97, not 100" in told(window)
    assert window.controller.dialog is None
    weigh(page, 25)
    page.publish.click()
    box = box_of(window, ConfirmDialog)
    assert "locks criteria, weights, scale and rules for 2 areas" in box.sentences[0]
    box.do.click()
    assert [line.stage for line in answer_to(window, rounds)] == ["open"]
    window.main.tools.use_as(CHAIR)
    assert not page.publish.isVisible()
    assert page.amend.isVisible()
    assert not page.split.slider.isEnabled()
    assert page.lock.words.text().startswith("Published on")


def amending(window: Window, published: Path) -> CriteriaPage:
    """Open a record whose round is published, and begin to amend."""
    window.controller.open(published)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    return page


def test_an_amendment_is_put_back_or_published_with_its_reason(window: Window, record_path: Path) -> None:
    page = amending(window, record_path)
    page.split.slider.setValue(70)
    page.put_back.click()
    assert percents(page.draft.scheme) == [25, 15, 15, 15, 10, 15, 5]
    assert not page.split.slider.isEnabled()

    page.amend.click()
    page.split.slider.setValue(70)
    assert percents(stored(window)) == [25, 15, 15, 15, 10, 15, 5]
    page.publish.click()
    box = box_of(window, FinalDataForm)
    sheets = len(whole_round().sheets)
    assert any(len(one.text().splitlines()) == sheets for one in box.findChildren(QLabel))
    box.do.click()
    assert box.problem.text().startswith("Say why")
    box["reason"].setPlainText("The call printed 70 : 30")
    box.do.click()

    assert percents(stored(window)) == [22, 13, 13, 13, 9, 23, 7]
    assert page.summary.text().startswith("Version 2, published")
    assert page.summary.text().endswith("Amended: The call printed 70 : 30")
    assert not page.draft.is_amending


def test_criteria_and_their_scale_are_changed_one_by_one(window: Window, shows: Shows) -> None:
    page = shows(OFFICER)
    box = asked(window, page, "Add a criterion…")
    assert box["code"].text() == "A8"
    box["code"].setText("A1")
    box.do.click()
    assert box.problem.text() == "“A1” is another criterion’s code."
    box["code"].setText("A8")
    box["title"].setText("Lasting links")
    box.do.click()
    page.detail.buttons["Move up"].click()
    assert [c.code for c in stored(window).criteria][-2:] == ["A8", "A7"]
    box = asked(window, page, "Change…")
    choose(box, "side", Side.COST)
    box["marks"].setText("9")
    box.do.click()
    assert box.problem.text() == "Enter a figure from 0 to 5, or leave it empty."
    box["marks"].setText("3")
    box["code"].setText("B1")
    box.do.click()
    changed = stored(window).criteria[-2]
    assert (changed.code, changed.title, changed.side, changed.floor) == ("B1", "Lasting links", Side.COST, 3)
    assert page.table.current == "B1", "it stays at hand under its new code"
    page.detail.buttons["Remove"].click()
    assert len(stored(window).criteria) == 7
    assert window.workspace.undo_stack.count() == 4

    page.tabs.choose(SCALE)
    box = asked(window, page, "Change…")
    box["word"].setText("Nil")
    box.do.click()
    assert stored(window).descriptors[0][1] == "Nil"
    box = asked(window, page, "Another scale…")
    choose(box, "most", 4)
    box.do.click()
    assert stored(window).scale_maximum == 4
    assert len(page.table.rows) == 5


def test_rules_are_changed_and_tie_breaks_moved_one_by_one(window: Window, shows: Shows) -> None:
    page = shows(OFFICER)
    page.tabs.choose(RULES)
    for key, chosen in (
        ("allocation", Allocation.SKIP),
        ("combine", Combine.MEDIAN),
        ("not_applicable_allowed", not stored(window).not_applicable_allowed),
    ):
        page.table.select(key)
        box = asked(window, page, "Change…")
        choose(box, key, chosen)
        box.do.click()
        assert getattr(stored(window), key) == chosen
    page.table.select("cap_per_award_pence")
    box = asked(window, page, "Change…")
    box["cap_per_award_pence"].setText("0")
    box.do.click()
    assert box.problem.text() == "Leave it empty for no cap."
    box["cap_per_award_pence"].setText("£20,000")
    box.do.click()
    assert stored(window).cap_per_award_pence == 2_000_000
    page.table.select("minimum_total")
    box = asked(window, page, "Change…")
    box["minimum_total"].setText("sixty")
    box.do.click()
    assert box.problem.text()
    box.reject()
    assert stored(window).minimum_total == 60
    page.table.select("tolerance")
    box = asked(window, page, "Change…")
    box["tolerance_percent"].setText("5%")
    box.do.click()
    assert box.problem.text().startswith("A tolerance needs the name")
    box["tolerance_authority"].setText("Chief Executive")
    box.do.click()
    assert (stored(window).tolerance_percent, stored(window).tolerance_authority) == (5, "Chief Executive")

    page.table.select("tie criterion:A1")

    page.detail.buttons["Move down"].click()
    assert stored(window).ladder[:2] == ("criterion:A6", "criterion:A1")
    page.detail.buttons["Move up"].click()
    assert stored(window).ladder[:2] == ("criterion:A1", "criterion:A6")
    page.detail.buttons["Remove"].click()
    assert stored(window).ladder[0] == "criterion:A6"
    box = asked(window, page, "Add a tie-break…")
    choose(box, "rule", "requested")
    box.do.click()

    assert stored(window).ladder[-1] == "requested"
    assert page.table.current == "tie requested"
    page.table.select("Missing")
    assert not page.detail.buttons, "what is not a mark is told, and no rule"
    said = {row.words: row.says for row in page.table.rows}
    assert {"Missing", "Not applicable", "Interest", "Abstained"} <= said.keys()


def test_a_round_is_started_where_there_is_a_fund(
    window: Window, empty_record_path: Path, shows: Shows
) -> None:
    window.controller.open(empty_record_path)
    window.main.tools.use_as(OFFICER)
    on_show(window).empty.button.click()
    assert "no fund with a panel" in told(window)
    assert window.main.pages.key == "funds"
    window.workspace.perform(SetUpOffice("Office", shipped_funds()))
    page = on_show(window)
    page.empty.button.click()
    box = box_of(window, DataForm)
    assert "Wolverhampton" in [area.name for area in box["areas"].areas]
    box.do.click()
    assert [row.criterion.code for row in page.table.rows] == [f"A{n}" for n in range(1, 8)]

    shows(OFFICER).start.click()
    box = box_of(window, DataForm)
    box["name"].setText("Round 3")
    box["areas"].grid.paste(
        box["areas"].grid.cell(0, 0), "Area\tPot\nDudley\t£34,000\nWalsall\t£32,000\t£10,000"
    )
    assert box["areas"].found.text() == "2 areas, £66,000 in the pots, £10,000 start-up money separate."
    box["quorum"].setValue(9)
    box.do.click()
    assert box.problem.text() == "A quorum of 9 needs a panel of at least 9."
    box["quorum"].setValue(2)
    box.do.click()
    assert [line.name for line in answer_to(window, rounds)] == ["Round 2", "Round 3"]


def test_a_draft_says_what_each_criterion_moves_names_its_controls_and_is_tried_out(shows: Shows) -> None:
    page = shows(OFFICER)
    moves = [row.moves for row in page.table.rows]
    assert moves == ["25.00", "15.00", "15.00", "15.00", "10.00", "15.00", "5.00"]
    for section in (CRITERIA, SCALE, RULES, AREAS, TRY_IT, GATES):
        page.tabs.choose(section)
        controls = [
            one
            for one in page.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        nameless = [one for one in controls if not (one.accessibleName() or getattr(one, "text", str)())]
        assert len(controls) > 3
        assert nameless == []
    page.tabs.choose(CRITERIA)
    page.fit(Breakpoints(680, 344))
    assert (page.table.isVisible(), page.detail.isVisible()) == (True, False), "they take turns"
    page.sides.choose(1)
    assert (page.table.isVisible(), page.detail.isVisible()) == (False, True)
    page.fit(Breakpoints(1366, 688))
    assert page.table.isVisible()

    page.tabs.choose(TRY_IT)
    # A: 0.8 x 80 + 0.2 x 60 = 76. At 70 : 30, 56 + 18 = 74.
    assert (page.table.rows[0].name, page.table.rows[0].total) == ("A", "76.00")
    page.split.slider.setValue(70)
    assert page.table.rows[0].total == "74.00"
    page.detail.buttons["Leave it out"].click()
    assert [row.name for row in page.table.rows] == ["B", "E", "C", "D", "A"]
    assert page.table.rows[-1].total == "–"
    page.detail.buttons["Let it take part"].click()
    assert page.table.rows[0].name == "A"
