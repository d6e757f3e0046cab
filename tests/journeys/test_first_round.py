"""From nothing to open scoring, with a stopwatch: what a newcomer does, by mouse and keys."""

import re
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

import resources
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.applications.page import ApplicationsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.overview.page import OverviewPage
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.set_up.criteria.page import RULES, CriteriaPage
from models.journal.verify import verify_at
from models.record import Opener
from tests.journeys.acting.acf import CHAIR, COLM, EAST, PANEL, keys_to_the_start_gate
from tests.journeys.acting.sample import Panel
from tests.journeys.acting.user import User
from tests.resources.test_guide import NAMED

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.painted]
KEY_S, CLICK_S, THINK_S = 0.28, 1.3, 1.35
"""A key, a click with going there, and making up one's mind before an act (Card, Moran and Newell 1983)."""
COUNT = re.compile(r"\d+ ")
"""For how many a button says that it is pressed, which the guide leaves out."""
MOST_S, MOST_ACTS, MOST_TO_A_LIST_S = 240, 61, 600
"""One act more than sixty is for the gate of the start date, which the sample does not ask for."""


class Timed:
    """A user whose acts are counted: a click, a field typed or pasted into, a key on its own."""

    def __init__(self, user: User) -> None:
        self.user, self.acts, self.keys, self.clicks = user, 0, 0, 0
        self.pressed: list[str] = []

    def click(self, widget: QWidget) -> None:
        """Click, and keep what stands on a button, but for how many of what it is pressed for."""
        self.acts, self.clicks = self.acts + 1, self.clicks + 1
        if isinstance(widget, QAbstractButton):
            self.pressed.append(widget.text())
        self.user.click(widget)

    def press(self, *keys: str) -> None:
        """Press keys, each of them an act."""
        self.acts, self.keys = self.acts + len(keys), self.keys + len(keys)
        self.user.press(*keys)

    def fill(self, field: QWidget, text: str) -> None:
        """Click into a field and type."""
        self.acts, self.clicks, self.keys = self.acts + 1, self.clicks + 1, self.keys + len(text)
        self.user.fill(field, text)

    def paste(self, field: QWidget, text: str) -> None:
        """Go to the spreadsheet and copy, come back and paste: two clicks and three keys."""
        self.acts, self.clicks, self.keys = self.acts + 1, self.clicks + 2, self.keys + 3
        self.user.paste(field, text)

    @property
    def seconds(self) -> float:
        """Return how long a person takes for as much as this."""
        return self.keys * KEY_S + self.clicks * CLICK_S + self.acts * THINK_S


def test_a_first_round_is_open_for_scoring_within_four_minutes_and_ranked_within_ten(
    user: User, tmp_path: Path
) -> None:
    timed, began = Timed(user), perf_counter()

    _make_record(timed, tmp_path / "office.panel")
    _start(timed)
    _add_panel(timed)
    _take_in(timed)
    _declare(timed)
    _publish(timed)
    _open_scoring(timed)

    place = user.window.controller.rounds.place
    assert {area.stage for area in place.line.areas} == {"scoring"}
    took = perf_counter() - began
    print(
        f"nothing to open scoring: {timed.acts} acts, {timed.clicks} clicks, {timed.keys} keys; "
        f"{timed.seconds:.0f} s by hand, {took:.1f} s by script"
    )
    assert timed.seconds <= MOST_S
    assert timed.acts <= MOST_ACTS

    _score(timed)
    _rank(timed)
    print(f"nothing to the first ranked list: {timed.acts} acts, {timed.seconds:.0f} s by hand")
    assert timed.seconds <= MOST_TO_A_LIST_S
    user.close()
    assert verify_at(tmp_path / "office.panel", Opener("Grace Okoro", "tests")).sound

    _stands_in_the_guide(dict.fromkeys(timed.pressed))


def _stands_in_the_guide(pressed: Iterable[str]) -> None:
    """Whoever follows the page of ten minutes finds each button named there, in the order of the presses."""
    guide = " ".join(resources.text("help/first-list.md").split())
    named = [(found.start(), found[1].rstrip("…")) for found in NAMED.finditer(guide)]
    at = 0
    for words in filter(None, pressed):
        plain = COUNT.sub("", words)
        at = next((there for there, name in named if there >= at and plain.startswith(name)), -1)
        assert at >= 0, words


def _make_record(timed: Timed, path: Path) -> None:
    user = timed.user
    user.answer_files(path)
    timed.click(user.window.main.welcome.new)
    timed.press("Return")  # the system's own dialog, with the name that it offers
    dialog = user.dialog(DataForm)
    timed.click(dialog["plain"].buttons[True])
    timed.fill(dialog["reason"], "The disk of this laptop is encrypted")
    timed.press("Return")
    assert user.window.workspace.facts is not None


def _start(timed: Timed) -> None:
    user = timed.user
    timed.click(user.page(OverviewPage).empty.button)
    dialog = user.dialog(DataForm)
    timed.paste(dialog["areas"], Panel("acf").pots())
    timed.fill(dialog["quorum"], "1")
    timed.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()


def _add_panel(timed: Timed) -> None:
    user = timed.user
    timed.press("Ctrl+1")
    (first, *_) = user.page(OverviewPage).figures.tasks
    assert first.button.text() == "Add members…"  # what is next is said to whoever does not know
    timed.click(first.button)
    dialog = user.dialog(DataForm)
    timed.paste(dialog["members"].grid, "\n".join(f"{name}\t{role}" for name, role in PANEL))
    timed.click(dialog.do)
    assert len(user.page(PanelPage).table.rows) == len(PANEL)


def _take_in(timed: Timed) -> None:
    user = timed.user
    user.answer_files(resources.path("sample/acf-applications.xlsx"))
    timed.press("Ctrl+2", "Space", "Space", "Return")  # Import, choose a file, the system's own dialog
    page = user.page(ApplicationsPage)
    for _ in range(5):
        timed.press("Alt+N")
    assert len(page.table.rows) == 40
    timed.click(page.buttons[2])
    dialog = user.dialog(DataForm)
    timed.press(*keys_to_the_start_gate(dialog))
    timed.press("Tab", "Space", "Down", "Space")  # two answered that they have no policy
    timed.click(dialog.do)


def _declare(timed: Timed) -> None:
    user = timed.user
    timed.press("Ctrl+4")
    page = user.page(PanelPage)
    for _ in PANEL:
        timed.click(page.for_member)
        dialog = user.dialog(DeclareDialog)
        timed.click(dialog.rest)
        timed.click(dialog.do)
        assert not user.has_dialog, dialog.problem.text()
    assert all(row.has_declared for row in page.table.rows)


def _publish(timed: Timed) -> None:
    user = timed.user
    _be(timed, CHAIR)
    timed.press("Ctrl+3")
    page = user.page(CriteriaPage)
    page.tabs.choose(RULES)
    page.table.select("combine")
    timed.click(page.detail.buttons["Change…"])
    dialog = user.dialog(DataForm)
    user.pick(dialog["combine"], "The mean of the members' marks")
    timed.click(dialog.do)
    timed.acts, timed.clicks, timed.keys = timed.acts + 3, timed.clicks + 4, timed.keys + 1
    timed.click(page.publish)
    timed.acts, timed.clicks = timed.acts + 1, timed.clicks + 1
    user.agree()


def _open_scoring(timed: Timed) -> None:
    user = timed.user
    timed.press("Ctrl+1")
    timed.click(user.page(OverviewPage).panes()[0])
    timed.click(user.dialog(FinalDataForm).do)


def _score(timed: Timed) -> None:
    """Mark and hand in the first two applications of an area."""
    user = timed.user
    _be(timed, COLM)
    user.area(EAST)
    timed.press("Ctrl+5")
    page = user.page(ScoringPage)
    for marks in ("4343434", "3332323"):
        for mark in marks:
            timed.press(mark, "Down")
        timed.press("Ctrl+Return")
    timed.click(page.hand_in)
    timed.acts, timed.clicks = timed.acts + 1, timed.clicks + 1
    user.agree()


def _rank(timed: Timed) -> None:
    user = timed.user
    _be(timed, CHAIR)
    user.area(EAST)
    timed.click(user.window.main.header.stages)
    timed.click(user.dialog(FinalDataForm).do)
    timed.press("Ctrl+7")
    rows = user.page(RankingPage).table.rows
    assert [row.place for row in rows if row.place] == ["1", "2"]


def _be(timed: Timed, person: tuple[str, str]) -> None:
    timed.user.be(*person)
    timed.acts, timed.clicks = timed.acts + 2, timed.clicks + 2  # the strip, then the person
