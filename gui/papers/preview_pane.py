"""The pages of a PDF as they are printed, one at a time."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.theme.look import look, space
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ChipLabel, ElidedLabel, PlainLabel
from gui.widgets.nesting import column_of, nest, row_of
from gui.widgets.tips import set_tip

if TYPE_CHECKING:
    from exchange.pdf.pdf_reading import PageImage
    from exchange.reading.pages import Drawn

Draw = Callable[[int, int], "PageImage | Drawn"]
"""What draws a page, counted from nought, about so many pixels wide."""
SETTLE_MS = 120
ZOOMS = (100, 140, 200)
TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
SCREENS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: sys.maxsize}
ENLARGES = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class Paper(QScrollArea):
    """One page, as wide as there is room for; it tells the keys that turn and enlarge it."""

    def __init__(self, preview: "PagePreview") -> None:
        super().__init__()
        self._preview = preview
        self.sheet = PlainLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn with Left, Right, Home and End, go on with Page up and down; enlarge with + and −."""
        key = Qt.Key(event.key())
        if key in TURNS:
            self._preview.turn(TURNS[key])
        elif key in SCREENS:
            self._go_on(SCREENS[key])
        elif key in ENLARGES:
            self._preview.enlarge(ENLARGES[key])
        elif key in ENDS:
            self._preview.show_page(ENDS[key])
        else:
            super().keyPressEvent(event)

    def _go_on(self, by: int) -> None:
        """Go a screen on, or back: from the end of a page to the next, from its beginning to one before."""
        bar, page = self.verticalScrollBar(), self._preview.number
        was = bar.value()
        bar.setValue(was + by * bar.pageStep())
        if bar.value() == was:
            self._preview.turn(by)
        if self._preview.number < page:
            bar.setValue(bar.maximum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the page drawn anew for another width."""
        super().resizeEvent(event)
        self._preview.settle()


class Preview(QWidget):
    """A card that says what state a paper is in and how much is on show, with some parts `beside` that."""

    def __init__(self, *beside: QWidget) -> None:
        super().__init__()
        self.state = ChipLabel()
        self.words = ElidedLabel(tone="text2")
        self._card = Card(inset=(10, 8))
        space(self._card.body, 6)
        self._row = row_of(self.state, (self.words, 1), *beside, spacing=8)
        nest(self._card.body, self._row)
        self._column = column_of((self._card, 2), inside=self)

    def show_state(self, state: str, *, is_draft: bool) -> None:
        """Say whether it is a draft, or which version."""
        self.state.show_state(Tone.WARNING if is_draft else Tone.FUND, state)


class PagePreview(Preview):
    """The file itself: which page of how many, and whether it is a draft."""

    read_as = "Preview of the PDF"

    def __init__(self, tools: PageTools) -> None:
        self.smaller = Button("−", kind="quiet")
        self.larger = Button("+", kind="quiet")
        self.before = Button("Previous", kind="quiet")
        self.after = Button("Next", kind="quiet")
        super().__init__(self.smaller, self.larger, self.before, self.after)
        self._tools = tools
        self._draw: Draw | None = None
        self.pages, self.number = 0, 0
        self._zoom, self._drawn = 0, 0
        self.paper = Paper(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._ask_if_other)
        self._name_parts()
        self._card.fill_with(self.paper)

    def show_pdf(self, pdf: bytes, pages: int, state: str, *, is_draft: bool) -> None:
        """Show another file, at the same page if it has one."""
        self._draw, self.pages = partial(_drawn_page, pdf), pages
        self.show_state(state, is_draft=is_draft)
        self.show_page(min(self.number, pages - 1))

    def clear(self) -> None:
        """Let go of the file."""
        self._draw, self.pages, self.number = None, 0, 0
        self._tools.questions.forget(self._take)
        self.paper.sheet.clear()
        self.words.setText("")

    def show_page(self, number: int) -> None:
        """Show a page, counted from nought; for one past the last, that one."""
        self.number = max(0, min(number, self.pages - 1))
        self.words.setText(f"Page {self.number + 1} of {self.pages}")
        state = self.state.text()
        self.paper.setAccessibleName(f"{self.read_as}, page {self.number + 1} of {self.pages}, {state}")
        self.before.setEnabled(self.number > 0)
        self.after.setEnabled(self.number < self.pages - 1)
        self._ask()

    def turn(self, by: int, *_: object) -> None:
        """Turn some pages on, or back."""
        if self.pages and 0 <= self.number + by < self.pages:
            self.paper.verticalScrollBar().setValue(0)
            self.show_page(self.number + by)

    def enlarge(self, by: int, *_: object) -> None:
        """Enlarge the page by a step, or make it smaller."""
        self._zoom = max(0, min(self._zoom + by, len(ZOOMS) - 1))
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(ZOOMS) - 1)
        self._ask_if_other()

    def settle(self) -> None:
        """Draw the page anew once the window's size stands still."""
        if self._draw is not None:
            self._timer.start()

    def _width(self) -> int:
        """Return how many dots wide the page is to be."""
        room = max(self.paper.viewport().width() - 2, 200)
        return round(room * ZOOMS[self._zoom] / 100 * self.devicePixelRatioF())

    @Slot()
    def _ask_if_other(self) -> None:
        if self._draw is not None and self._width() != self._drawn:
            self._ask()

    def _ask(self) -> None:
        self._drawn = self._width()
        assert self._draw is not None, "a file is on show"
        work = partial(drawn, self._draw, self.number, self._drawn)
        self._tools.questions.work(work, self._take)

    def _take(self, image: "PageImage | Drawn") -> None:
        picture = picture_of(image)
        painter = QPainter(picture)  # an edge: a white page on a white card would have none
        painter.setPen(look.theme.line)
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
        painter.end()
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.paper.sheet.setPixmap(QPixmap.fromImage(picture))

    def _name_parts(self) -> None:
        for button, words, name, key, does in (
            (self.smaller, "−", "Smaller page", "−", partial(self.enlarge, -1)),
            (self.larger, "+", "Larger page", "+", partial(self.enlarge, 1)),
            (self.before, "Previous", "Previous page", "Left", partial(self.turn, -1)),
            (self.after, "Next", "Next page", "Right", partial(self.turn, 1)),
        ):
            button.show_words(words, name=name)
            set_tip(button, f"{name} ({key})")
            button.clicked.connect(does)
        self.smaller.setEnabled(False)


def picture_of(image: "PageImage | Drawn") -> QImage:
    """Return a page that was drawn as a picture of its own."""
    form = QImage.Format.Format_RGB32
    return QImage(image.pixels, image.width, image.height, image.stride, form).copy()


def drawn(draw: Draw, number: int, width: int, ticket: Ticket) -> "PageImage | Drawn":
    """Draw a page in the work queue."""
    return draw(number, width)


def _drawn_page(pdf: bytes, number: int, width: int) -> "PageImage":
    """Draw a page; PDFium is loaded here, not at the window's start."""
    from exchange.pdf.pdf_reading import page_image

    return page_image(pdf, number, width)
