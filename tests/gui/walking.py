"""Walk the window as a screen reader does: controls, their names and roles, and what a grab shows of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from gui.access.identity import identity_of
from gui.app import Window
from gui.pages.page import Identity
from gui.pages.papers.exports.query import Chosen, Ready, make_ready
from gui.pages.set_up.criteria.page import CriteriaPage
from gui.shell.page_list import PAGES
from gui.widgets.label import ElidedLabel
from models.values.rounds import RoundLine

OFFICES = tuple(entry.key for entry in PAGES if entry.roles is not None and "chair" not in entry.roles)
"""The pages that a chair may not see."""
LOOKED_AT = (*(entry.key for entry in PAGES if entry.key not in OFFICES), "import", *OFFICES)
"""Every page, the chair's before the office's: whoever sits down anew has the page on show drawn again."""
DIALOGS = ("person", "search")
BOXES = {
    "sign": ("decisions", ("Sign recommendations…",)),
    "start": ("criteria", ("Start a round…",)),
    "publish": ("criteria", ("Amend with a reason", "Publish version 2…")),
}
"""Dialogs that a page's buttons open: the page, and what to press."""
BOX_NAMES = (*DIALOGS, *BOXES, "stage")
BAND = 12
"""How far from a control's edge its ring may stand, in and out."""
RING_PIXELS = 40
FINANCE = Identity("Grace Okoro", "officer", None)


def draw_papers_once(patch: pytest.MonkeyPatch) -> None:
    """Draw each paper that Papers shows once in a test that changes nothing."""
    drawn: dict[tuple[object, ...], Ready] = {}

    def once(chosen: Chosen, line: RoundLine, *more: Any) -> Ready:
        shown = chosen.paper.code, chosen.area, line.round_id
        if shown not in drawn:
            drawn[shown] = make_ready(chosen, line, *more)
        return drawn[shown]

    patch.setattr("gui.pages.papers.exports.page.make_ready", once)


def sit_down(window: Window, key: str) -> None:
    """Use the window as somebody who may see a page."""
    chair = next(part for part in window.controller.rounds.parts if part.role == "chair")
    window.main.tools.use_as(FINANCE if key in OFFICES else identity_of(chair))


def go(window: Window, key: str) -> QWidget:
    """Go to a page, or to the first step of the import; return it."""
    sit_down(window, key)
    window.main.tools.go("applications" if key == "import" else key)
    if key == "import":
        press(window.main, "Import")
    settle()
    return window.main


def press(root: QWidget, words: str) -> bool:
    """Press a visible button by its words."""
    for button in root.findChildren(QPushButton):
        if words in (button.text(), button.accessibleName()) and button.isVisible() and button.isEnabled():
            button.click()
            return True
    return False


def open_box(window: Window, name: str) -> QDialog:
    """Open one of the main dialogs as the pictures do; return it."""
    sit_down(window, "decisions")
    window.main.tools.go("overview")
    if name in DIALOGS:
        window.main.tools.actions[name].trigger()
    elif name == "stage":
        window.main.header.stages.click()
    else:
        key, presses = BOXES[name]
        window.main.tools.go(key)
        for words in presses:
            settle()
            press(window.main, words)
            if isinstance(window.main.pages.current, CriteriaPage):
                _change(window.main.pages.current)
    settle()
    dialog = window.controller.dialog
    assert dialog is not None, f"{name} opens"
    return dialog


def _change(page: CriteriaPage) -> None:
    """Change something of an amendment: one that changes nothing is not asked for its reason."""
    if page.draft.is_amending and not page.draft.is_changed:
        page.draft.propose(replace(page.draft.stored, quorum=page.draft.stored.quorum + 1), "the quorum")


def settle() -> None:
    """Let layouts and repaints come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what can have the focus and is on show, in no order."""
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not inner(widget):
            yield widget


def inner(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt puts into another control."""
    parent = widget.parentWidget()
    return (
        isinstance(parent, QAbstractSpinBox | QComboBox)
        or widget.objectName().startswith("qt_")
        or (isinstance(parent, QAbstractScrollArea) and widget is parent.viewport())
        or type(widget).__name__ in ("QMenuBar", "QComboBoxPrivateContainer")
    )


def stops(root: QWidget) -> list[QWidget]:
    """Return what Tab stops at, in its order."""
    found: dict[QWidget, None] = {}
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root and widget not in found:
        if widget.isVisibleTo(root) and widget.isEnabled():
            is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if is_stop and not inner(widget) and root.isAncestorOf(widget):
                found[widget] = None
        widget = widget.nextInFocusChain()
    return [*found]


def name_of(widget: QWidget) -> str:
    """Return a widget's accessible name as the tree gives it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def role_of(widget: QWidget) -> QAccessible.Role:
    """Return a widget's accessible role as the tree gives it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.role() if found is not None else QAccessible.Role.NoRole


def describe(widget: QWidget) -> str:
    """Return a widget in words for a failure."""
    return f"{type(widget).__name__} {name_of(widget)!r}"


def edges(widget: QWidget) -> list[QRect]:
    """Return the four bands around a widget's edge, or its cell's, in its window: where a ring is drawn."""
    top, part, place = widget.window(), widget, widget.rect()
    if isinstance(widget, QAbstractItemView) and widget.property("rings") == "cell":
        part, place = widget.viewport(), widget.visualRect(widget.currentIndex())
    whole = QRect(part.mapTo(top, place.topLeft()), place.size()).adjusted(-BAND, -BAND, BAND, BAND)
    whole &= top.rect()
    high, wide = min(2 * BAND, whole.height()), min(2 * BAND, whole.width())
    return [
        QRect(whole.left(), whole.top(), whole.width(), high),
        QRect(whole.left(), whole.bottom() - high + 1, whole.width(), high),
        QRect(whole.left(), whole.top(), wide, whole.height()),
        QRect(whole.right() - wide + 1, whole.top(), wide, whole.height()),
    ]


def pictures(widget: QWidget, bands: list[QRect]) -> list[QImage]:
    """Return what bands of a widget's window look like."""
    whole = QRegion()
    for band in bands:
        whole |= band
    drawn = widget.window().grab(whole.boundingRect()).toImage()
    corner = whole.boundingRect().topLeft()
    return [drawn.copy(band.translated(-corner)) for band in bands]


def ring_contrast(before: list[QImage], after: list[QImage]) -> float:
    """Return the contrast that is reached by at least `RING_PIXELS` of the pixels that changed."""
    old, new = (np.concatenate([pixels(image) for image in images]) for images in (before, after))
    is_changed = old != new
    lights = np.sort([luminances(old[is_changed]), luminances(new[is_changed])], axis=0)
    ratios = np.sort((lights[1] + 0.05) / (lights[0] + 0.05))
    return float(ratios[-RING_PIXELS]) if len(ratios) >= RING_PIXELS else 1.0


def pixels(image: QImage) -> np.ndarray:
    """Return the pixels of a picture, row by row, as numbers: red, green and blue in eight bits each."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(bytes(plain.constBits()), np.uint32)


def labels(root: QWidget) -> Iterator[QLabel]:
    """Yield the labels on show that hold words."""
    for label in root.findChildren(QLabel):
        if label.isVisibleTo(root) and len(label.text().strip()) > 1:
            yield label


def luminances(shades: np.ndarray) -> np.ndarray:
    """Return the relative luminance of WCAG 2 of each of many pixels."""
    parts = (shades[:, None] >> np.array([16, 8, 0], np.uint32) & 255) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def drawn_contrast(image: QImage) -> float:
    """Return the contrast of the two colours furthest apart in a picture."""
    lights = luminances(np.unique(pixels(image)))
    return float((lights.max() + 0.05) / (lights.min() + 0.05))


def ground_of(image: QImage) -> int:
    """Return the colour that most of a picture has, as a number."""
    shades, counts = np.unique(pixels(image), return_counts=True)
    return int(shades[counts.argmax()])


def is_cut(label: QLabel) -> bool:
    """Whether words do not fit and nothing says so."""
    room = label.contentsRect().size()
    if isinstance(label, ElidedLabel):
        needs = label.fontMetrics().horizontalAdvance(label.text())
        return needs > room.width() and not label.toolTip()
    if type(label).paintEvent is not QLabel.paintEvent:
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 2
    return label.sizeHint().width() > label.width() + 1


def needed(button: QPushButton) -> int:
    """Return how wide a button's words and picture are."""
    picture = 0 if button.icon().isNull() else button.iconSize().width() + 4
    return button.fontMetrics().horizontalAdvance(button.text().replace("&", "")) + picture


def room_for_words(button: QPushButton) -> int:
    """Return how wide the place is in which a button's words are drawn: the rest of them is lost."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    inner = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    return int(inner.width())


def seen_width(widget: QWidget) -> int:
    """Return how much of a widget's width is seen: nought where it is scrolled away or covered."""
    return int(widget.visibleRegion().boundingRect().width())


def whole_on_screen(widget: QWidget) -> bool:
    """Whether all of a widget can be seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def views(root: QWidget) -> Iterator[QAbstractItemView]:
    """Yield the lists and tables on show."""
    for view in root.findChildren(QAbstractItemView):
        if view.isVisibleTo(root) and not inner(view) and not isinstance(view, QHeaderView):
            yield view
