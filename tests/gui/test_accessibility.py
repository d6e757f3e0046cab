"""Every page and main dialog of the sample record, as keyboard, screen reader and low sight meet them."""

import re
import shutil
from collections.abc import Callable, Container, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollBar,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

import resources
from gui.app import Window
from gui.dialogs import dialog as dialog_module
from gui.settings import Settings
from gui.theme.look import Choice, Theme, look
from gui.widgets.tips import words_in
from models.operations.set_up.office import FactChange, SetOfficeFacts
from tests.gui.kept_items import kept_items
from tests.gui.lettering import OURS, WIDE, draw_with
from tests.gui.long_figures import copy_with_long_figures
from tests.gui.painted_words import PaintedWords
from tests.gui.walking import (
    BOX_NAMES,
    LOOKED_AT,
    OFFICES,
    controls,
    describe,
    draw_papers_once,
    drawn_contrast,
    edges,
    go,
    ground_of,
    is_cut,
    labels,
    name_of,
    needed,
    open_box,
    pictures,
    ring_contrast,
    role_of,
    room_for_words,
    seen_width,
    settle,
    stops,
    views,
    whole_on_screen,
)

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.painted]
SIZES = ((1366, 688, 100), (1093, 535, 100), (1366, 688, 150), (1366, 688, 200))
"""Width, height, text size. The widest letters, by which words are cut first, are drawn at each of them."""
SIZES_OF = {WIDE: SIZES[1:], OURS: SIZES[1:2]}
IN_PROGRESS_AT = {WIDE: (SIZES[0], SIZES[3]), OURS: ()}
"""Where there is most room the pages of a round in progress stand for all: the frame is the same."""
IN_PROGRESS = (
    ("overview", None),
    ("ranking", "Sandwell"),
    ("decisions", "Birmingham East"),
    ("meeting", "Wolverhampton"),
    ("scoring", "Coventry"),
    ("awards", None),
    ("monitoring", None),
)
EVERYWHERE = (*LOOKED_AT[: -len(OFFICES)], *BOX_NAMES, *OFFICES)
"""The chair's pages and dialogs before the office's pages."""
NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Window, QAccessible.Role.Pane)
NAMED_AREAS = "ReadArea", "ScrollPane", "Paper"
"""What scrolls by keys takes the focus; Qt gives it the role of an area. It has a name and says its parts."""
LEAST_TARGET = 24
SCHEMES = "".join(resources.text(f"schemes/{name}.toml") for name in ("acf", "victims", "community"))
"""What a fund's scheme says in its own words, which an office changes for itself."""
BARE_AREA = re.compile(
    r"(?<!service )(?<!Service )(?<!ostcode )(?<!indicator )(?<!Word for an )(?<!Word for several )"
    r"(?<!move )(?<!set )\b[Aa]reas?\b(?! of the fund)"
)


@pytest.fixture(autouse=True)
def papers_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is changed between two walks."""
    draw_papers_once(monkeypatch)


@pytest.fixture
def sample(window: Window, made_sample: Path, tmp_path: Path) -> Window:
    """A window on the sample record's first round, of the size of a laptop's client area."""
    window.main.resize(1366, 688)
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "sample.panel")))
    window.controller.rounds.choose_round(window.controller.rounds.lines[0].round_id)
    return window


@pytest.fixture
def long_figures(window: Window, made_sample: Path, tmp_path: Path) -> Window:
    """A window as `sample`, with references, sums and names as long as they become in an office."""
    window.main.resize(1366, 688)
    window.controller.open(copy_with_long_figures(made_sample, tmp_path / "sample.panel"))
    window.controller.rounds.choose_round(window.controller.rounds.lines[0].round_id)
    return window


def shown(window: Window, at: Container[str] = EVERYWHERE, turn: int = 1) -> Iterator[tuple[str, QWidget]]:
    """Show each of these pages and main dialogs, one after the other; with a turn of -1 from the last on.

    Whoever sits down anew has each page read again: two walks meet where the same person sits.
    """
    for name in (name for name in EVERYWHERE[::turn] if name in at):
        if name in LOOKED_AT:
            yield name, go(window, name)
            leave(window, name)
            continue
        box = open_box(window, name)
        yield name, box
        box.reject()
        for words in ("Discard changes", "Leave the amendment"):
            press_if_there(window, words)


def in_progress(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Show the pages of the round in progress, each at the area that says most; go back to the other."""
    rounds = window.controller.rounds
    decided = rounds.place.line.round_id
    rounds.choose_round(next(line.round_id for line in rounds.lines if line.name == "Round 2"))
    window.controller.badges.count()  # at once: counts beside the pages take of the page's room
    for key, area in IN_PROGRESS:
        window.main.tools.choose_area(area)
        yield key, go(window, key)
    window.main.tools.choose_area(None)
    rounds.choose_round(decided)


def leave(window: Window, key: str) -> None:
    """Leave the import, which takes the place of its page."""
    if key == "import":
        press_if_there(window, "Leave the import")


class Shown(QObject):
    """An application-wide filter that notes which windows are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(describe(watched))
        return False


def press_if_there(window: Window, words: str) -> None:
    for button in window.main.findChildren(QPushButton):
        if button.text() == words and button.isVisible():
            button.click()


def page_of(window: Window) -> QWidget:
    return window.main.pages.currentWidget()


def nameless(where: str, root: QWidget, window: Window) -> Iterator[str]:
    for control in controls(root):
        if not name_of(control):
            yield f"{where}: {describe(control)} has no name"
        role = role_of(control)
        is_area = type(control).__name__ in NAMED_AREAS
        if role in NO_ROLES or (role is QAccessible.Role.Client and not is_area):
            yield f"{where}: {describe(control)} has the role {role.name}"
    for text in (one for one in root.findChildren(QTextBrowser) if one.isVisibleTo(root)):
        if not text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard:
            yield f"{where}: {describe(text)} says nothing to the arrows"
    for stack in root.findChildren(QStackedWidget):
        if role_of(stack) is QAccessible.Role.LayeredPane and not stack.accessibleName():
            yield f"{where}: {describe(stack)} is heard as a layered pane"
    for label in (one for one in root.findChildren(QLabel) if one.buddy() is not None):
        if name_of(label) != (label.buddy().accessibleName() or label.text()):
            yield f"{where}: {describe(label.buddy())} is heard as {name_of(label)!r}"


def named_alike(where: str, root: QWidget, window: Window) -> Iterator[str]:
    pane = page_of(window) if root is window.main else root
    names = [name_of(control) for control in controls(pane) if not isinstance(control, QLabel)]
    yield from (f"{where}: {name!r} twice" for name in set(names) if names.count(name) > 1)


def unread_cells(where: str, root: QWidget, window: Window) -> Iterator[str]:
    for view in views(root):
        model = view.model()
        is_table = isinstance(view, QTableView)
        for row in range(min(model.rowCount(QModelIndex()), 12)):
            spans = isinstance(view, QTableView) and view.columnSpan(row, 0) > 1
            columns = model.columnCount(QModelIndex()) if is_table and not spans else 1
            for column in range(columns):
                index = model.index(row, column)
                words = index.data(Qt.ItemDataRole.AccessibleTextRole)
                if not (words or (not is_table and index.data())):
                    yield f"{where}: {describe(view)} {row}, {column} {index.data()!r}"


def small_targets(where: str, root: QWidget, window: Window) -> Iterator[str]:
    for control in controls(root):
        is_target = isinstance(control, QAbstractButton | QAbstractSlider) and control.isEnabled()
        if is_target and min(control.width(), control.height()) < LEAST_TARGET:
            yield f"{where}: {describe(control)} is {control.width()} × {control.height()}"


def dragged_alone(where: str, root: QWidget, window: Window) -> Iterator[str]:
    yield from (f"{where}: {describe(part)} needs keys of its own" for part in root.findChildren(QSplitter))
    for slider in root.findChildren(QAbstractSlider):
        takes_keys = bool(slider.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if slider.isVisible() and not isinstance(slider, QScrollBar) and not takes_keys:
            yield f"{where}: {describe(slider)} takes no keys"


def bare_areas(where: str, root: QWidget, window: Window) -> Iterator[str]:
    """Yield what of ours says "area" where the office has its own word; a service area is none of its own."""
    parts = (part for part in (root, *root.findChildren(QWidget)) if part.isVisible())
    texts = {text for part in parts for text in said_by(part) if f'"{text}"' not in SCHEMES}
    yield from (f"{where}: {text!r}" for text in sorted(texts) if BARE_AREA.search(text))


def said_by(part: QWidget) -> Iterator[str]:
    yield from (part.accessibleName(), part.accessibleDescription(), words_in(part.toolTip()))
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    if isinstance(part, QTableView) and part.model() is not None:
        heads = range(part.model().columnCount(QModelIndex()))
        yield from (str(part.model().headerData(at, Qt.Orientation.Horizontal)) for at in heads)
    if isinstance(part, QComboBox):
        yield from (part.itemText(at) for at in range(part.count()))


def kept_by_python(where: str, root: QWidget, window: Window) -> Iterator[str]:
    """Yield what of a layout Python holds on to; also of the page or dialog before, which is hidden."""
    for one in kept_items():
        yield f"{where}: {type(one).__name__} of {one.widget()!r}"


def unread_labels(where: str, root: QWidget, window: Window) -> Iterator[str]:
    seen = list(drawn_labels(root))
    if where not in _KINDS:  # in light, which comes first
        inks = {(type(one), one.property("tone"), ground_of(drawn)) for one, drawn in seen}
        _KINDS[where] = inks | {(type(one), one.property("kind")) for one in _ringed_of(where, root, window)}
    for label, drawn in seen:
        ratio = drawn_contrast(drawn)
        if ratio < 4.5:
            yield f"{where}: {label.text()[:40]!r} {ratio:.2f}"


def drawn_labels(root: QWidget) -> Iterator[tuple[QLabel, QImage]]:
    """Yield the labels of a page or a dialog that can be read, each with its picture."""
    drawn = root.grab().toImage()
    for label in labels(root):
        if label.isEnabled() and label.visibleRegion().boundingRect().height() > 8:
            at = label.visibleRegion().boundingRect()
            at.moveTopLeft(label.mapTo(root, at.topLeft()))
            yield label, drawn.copy(at)


def unringed(where: str, root: QWidget, window: Window) -> Iterator[str]:
    yield from _without_ring(where, _ringed_of(where, root, window))


def unringed_kinds(where: str, root: QWidget, window: Window) -> Iterator[str]:
    """Yield what has no ring among one control of each kind: where it stands, another look shows of all."""
    for control in _ringed_of(where, root, window):
        kind = type(control), control.property("kind")
        if kind not in _RINGED:
            _RINGED.add(kind)
            yield from _without_ring(where, [control])


_RINGED: set[tuple[type[QWidget], object]] = set()


def _ringed_of(where: str, root: QWidget, window: Window) -> list[QWidget]:
    """Return the controls that take a ring; those of the frame stand by the first page alone."""
    is_later = root is window.main and where != LOOKED_AT[0]
    every = [one for one in stops(root) if not isinstance(one, QScrollBar | QLabel)]
    return [one for one in every if not is_later or page_of(window).isAncestorOf(one)][:60]


def _without_ring(where: str, every: list[QWidget]) -> Iterator[str]:
    for control in every:
        control.clearFocus()
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        settle()  # a page that follows the focus has scrolled to it now
        if not control.hasFocus() or control.visibleRegion().isEmpty():
            continue
        bands = edges(control)
        ringed = pictures(control, bands)
        control.clearFocus()
        settle()
        ratio = ring_contrast(pictures(control, bands), ringed)
        if ratio < 3:
            yield f"{where}: {describe(control)} {ratio:.2f}"


_KINDS: dict[str, set[tuple[object, ...]]] = {}
"""Which inks are drawn on which grounds on each page and dialog, and which kinds of control take a ring.

Grounds go by their colours in light: no window has one that is not its look's, and light has each once.
"""


def where_all_kinds_are() -> set[str]:
    """Return some pages and dialogs on which everything is drawn that is drawn on any, as a look draws it."""
    left, found = set().union(*_KINDS.values()), set[str]()
    while left:
        most = max(_KINDS, key=lambda where: len(_KINDS[where] & left))
        found.add(most)
        left -= _KINDS[most]
    return found


Rule = Callable[[str, QWidget, Window], Iterator[str]]
RULES: dict[str, tuple[Rule, ...]] = {
    "light": (
        *(bare_areas, nameless, named_alike, unread_cells, small_targets, dragged_alone),
        *(kept_by_python, unread_labels, unringed),
    ),
    "dark": (unread_labels, unringed_kinds),
    "high contrast": (unread_labels,),
}
"""What is looked at in each look; one walk serves all of it.

In light that is over every page and dialog; in the other looks, which are other colours for the same rules
of style, over as many as show each kind of label on each ground, and each kind of control that has a ring.
The rings come last: they are looked at by moving the focus, the rest by looking alone.
"""
BY_KEYS = ("alone", "tab", "f6")
"""Parts that open as windows of their own, what Tab misses or stops at unseen, and panes that F6 misses."""
Found = dict[str, list[str]]
_WALKED: dict[str, Found] = {}


@pytest.fixture
def walked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> dict[str, Found]:
    """What a walk by keys finds, and one in each look, by their names: in one window for all tests.

    The keys go first, while no page is made yet: what flashes up alone does so as its page is made.
    """
    if not _WALKED:
        window: Window = request.getfixturevalue("sample")
        word = FactChange("area_label", "Council")
        window.workspace.perform(SetOfficeFacts((word,)))
        found = {"keys": found_by_keys(window, qtbot)}
        for turn, light in zip(cycle((-1, 1)), RULES, strict=False):
            if light == "high contrast":
                high_contrast(window, monkeypatch)
            else:
                look.choose(Choice(light))
            found[light] = found_in(light, window, turn)
        _WALKED.update(found)
    return _WALKED


def found_in(light: str, window: Window, turn: int) -> Found:
    """Return what stands against each rule of a look on any page or dialog, by the rule's name."""
    found: Found = {rule.__name__: [] for rule in RULES[light]}
    for where, root in shown(window, EVERYWHERE if light == "light" else where_all_kinds_are(), turn):
        for rule in RULES[light]:
            found[rule.__name__] += rule(where, root, window)
    return found


@pytest.mark.parametrize(
    ("walk", "rule"),
    [
        *(("keys", rule) for rule in BY_KEYS),
        *(("light", rule.__name__) for rule in RULES["light"]),
        *(("dark", rule.__name__) for rule in RULES["dark"]),
        ("high contrast", "unread_labels"),
    ],
)
def test_no_page_or_dialog_stands_against_a_rule(walked: dict[str, Found], walk: str, rule: str) -> None:
    assert not walked[walk][rule]


@pytest.fixture
def family(request: pytest.FixtureRequest, qapp: QApplication, settings: Settings) -> str:
    """The family that the window of the test draws with."""
    name: str = request.param
    draw_with(name, qapp, settings)
    return name


@pytest.mark.parametrize("family", SIZES_OF, indirect=True)
def test_no_words_are_cut_and_the_primary_button_is_on_screen(
    family: str, long_figures: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a round that is decided; at the usual size and at twice the text, also of one in progress."""
    sample, names = long_figures, [part.name for part in long_figures.controller.rounds.parts]
    wrong, painted = [], PaintedWords(monkeypatch, names)
    walks = [(size, True) for size in SIZES_OF[family]] + [(size, False) for size in IN_PROGRESS_AT[family]]
    walks.sort(key=lambda walk: walk[0][2])  # other letters take long
    for turn, ((width, height, percent), is_decided) in zip(cycle((1, -1)), walks, strict=False):
        room = QSize(width, height)
        monkeypatch.setattr(dialog_module, "room_of", lambda dialog, room=room: room)
        look.set_percent(percent)
        sample.main.resize(width, height)
        for where, root in shown(sample, turn=turn) if is_decided else in_progress(sample):
            painted.take()
            root.grab()
            cut = [*cut_words(where, root), *painted.take()]
            wrong += [f"{percent} %, {width}: {where}: {words}" for words in cut]

    assert not wrong, "\n".join(wrong)


def cut_words(where: str, root: QWidget) -> Iterator[str]:
    """Yield what of a page or a dialog is cut, or is not on the screen though it must be."""
    for label in (label for label in labels(root) if is_cut(label)):
        yield f"{label.text()!r} is cut"
    for button in (button for button in root.findChildren(QPushButton) if button.isVisible()):
        if button.text() and needed(button) > room_for_words(button):
            yield f"the button {button.text()!r} is cut"
        if 0 < seen_width(button) < button.width():
            yield f"of the button {button.text()!r} {seen_width(button)} of {button.width()} are seen"
        is_first = button.property("kind") == "primary" and where != "overview"  # its tasks scroll
        if is_first and not whole_on_screen(button):
            yield f"{button.text()!r} is not whole on screen"


def missed_by_tab(window: Window, qtbot: QtBot) -> Iterator[str]:
    every = stops(window.main)
    seen: list[QWidget] = []
    every[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
    for _ in range(2 * len(every) + 12):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in seen and focused is not seen[-1]:
            break  # round; a date keeps the focus while Tab goes from day to month to year
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    if not seen[-1].isVisible():
        yield f"{describe(seen[-1])}, which is hidden"
    yield from (describe(w) for w in every if w not in seen and not isinstance(w, QAbstractButton))


def missed_by_f6(window: Window, qtbot: QtBot) -> Iterator[str]:
    panes = [pane for pane in window.main.pages.current.panes() if pane.isVisible() and pane.isEnabled()]
    reached = set()
    for _ in range(len(panes) + 8):
        qtbot.keyClick(QApplication.focusWidget() or window.main, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        reached |= {p for p in panes if focused is p or (focused and p.isAncestorOf(focused))}
    yield from (describe(pane) for pane in panes if pane not in reached)


def opened_alone(window: Window, key: str) -> Iterator[str]:
    """Go to a page, and yield what of it is shown before it has a parent.

    It flashes up as a window of its own, and takes the focus from the window.
    """
    watch = Shown()
    application = QApplication.instance()
    application.installEventFilter(watch)
    go(window, key)
    application.removeEventFilter(watch)
    yield from watch.windows


def found_by_keys(window: Window, qtbot: QtBot) -> Found:
    """Return what a walk by keys over every page finds."""
    found: Found = {what: [] for what in BY_KEYS}
    for key in LOOKED_AT:
        found["alone"] += opened_alone(window, key)
        found["tab"] += (f"{key}: {words}" for words in missed_by_tab(window, qtbot))
        if key != "import":  # which is no page, and stands in the place of one
            found["f6"] += (f"{key}: {words}" for words in missed_by_f6(window, qtbot))
        leave(window, key)
    return found


def high_contrast(window: Window, monkeypatch: pytest.MonkeyPatch) -> Theme:
    """Give the window the system's own colours, as when high contrast is asked for."""
    theme = Theme.high_contrast(QApplication.style().standardPalette())
    monkeypatch.setattr(look, "_wanted", lambda: theme)
    look.choose(Choice.SYSTEM)
    return theme
