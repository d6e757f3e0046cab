"""The pages of a PDF as they are printed, one at a time, or of any file that came with an application."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

from gui.listed.acts import Doing
from gui.listed.files import saving_copy
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.theme.look import Tone, look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, ElidedLabel, Label, PlainLabel
from gui.widgets.nesting import Card, column_of, nest, row_of
from gui.widgets.tips import set_tip
from gui.widgets.typed import sought_line
from models.trouble import Trouble
from scoring.written.text import counted

if TYPE_CHECKING:
    from exchange.pdf.pdf_reading import PageImage
    from exchange.reading.pages import Drawn, Pages, Shape

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


LEAST_HEIGHT = 120
"""Of a page or a text, in text: where there is no room for so much the window scrolls."""
LONGEST_SAID = 4_000
"""Characters of a page that a reader of the screen is given at once."""


class FilePane(PagePreview):
    """One file, drawn and read in a guarded process; `turned` tells the page that was gone to.

    Nothing of the file is opened by the window itself, and none of it is run or fetched.
    """

    turned = Signal(int)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._doing = Doing(tools, self)
        self._file: Pages | None = None
        self._held: list[Pages] = []
        self._name, self._content, self._at_first, self._is_text = "", b"", 0, False
        self._found: tuple[int, ...] = ()
        self.found = ElidedLabel(tone="text2")
        self.sought = sought_line("Find in this file")
        self.save = Button("Save a copy…", kind="quiet")
        self.notes = Label(tone="warning").wrapped()
        self.why = Label(size=14, tone="text2").wrapped()
        self.text = QPlainTextEdit()
        self._lay_out_file()
        self.sought.returnPressed.connect(self._search)
        self.save.clicked.connect(self._save_copy)
        self.destroyed.connect(partial(_close, self._held))

    def show_file(self, name: str, content: bytes, page: int = 0) -> None:
        """Show a file by its name and bytes, at a page counted from nought."""
        from exchange.reading.pages import Pages  # not before a file is shown

        self.clear()
        self._name, self._content, self._at_first = name, content, page
        file = self._file = Pages(content)
        self._held.append(file)
        self.read_as = name
        self.words.setText("Opening the file…")
        self.save.setEnabled(True)
        self._tools.questions.work(lambda ticket: file.shape(), self._take_shape, failed=self._fail)

    def clear(self) -> None:
        """Let go of the file, and end the process that reads it."""
        super().clear()
        for take in (self._take_shape, self._take_finds, self._take_text, self._take_found, self._show_place):
            self._tools.questions.forget(take)
        _close(self._held)
        self._file, self._content, self._found = None, b"", ()
        self.sought.clear()
        self.text.clear()
        self.found.setText("")
        for part in (self.notes, self.why, self.text):
            part.hide()
        self.paper.show()
        self.words.show()
        self._offer(is_shown=False)
        self.save.setEnabled(False)

    def show_page(self, number: int) -> None:
        """Show a page, counted from nought, and tell of it."""
        super().show_page(number)
        self.turned.emit(self.number)

    def ask_again(self, width: int, done: Callable[["PageImage | Drawn | str"], object]) -> None:
        """Have the page on show drawn for another screen, so many dots wide; of a text `done` is told it."""
        if self._is_text:
            done(self.text.toPlainText())
        elif self._draw is not None:
            self._tools.questions.work(
                partial(drawn, self._draw, self.number, width), done, failed=self._fail
            )

    @property
    def stop(self) -> QWidget:
        """Return what takes the focus: the page or the text."""
        return self.text if self._is_text else self.paper

    def _ask(self) -> None:
        file, number = self._file, self.number
        if file is None:
            return
        if not self._is_text:
            super()._ask()
        self._tools.questions.work(lambda ticket: file.text(number), self._take_text, failed=self._fail)

    def _take_shape(self, shape: "Shape") -> None:
        file = self._file
        assert file is not None, "the file that was opened"
        self._is_text, self.pages = shape.kind == "text", shape.count
        self._draw = None if self._is_text else file.draw
        was_on_page = self.window().focusWidget() is self.paper
        self.text.setVisible(self._is_text)
        if was_on_page:
            self.stop.setFocus()
        self.paper.setVisible(not self._is_text)
        self._offer(is_shown=True)
        self.show_page(self._at_first)
        self._tools.questions.work(partial(_finds_of, file), self._take_finds, failed=self._fail)

    def _offer(self, *, is_shown: bool) -> None:
        for button in (self.smaller, self.larger):
            button.setVisible(is_shown and not self._is_text)
        for button in (self.before, self.after):
            button.setVisible(is_shown and self.pages > 1)
        self.sought.setEnabled(is_shown)

    def _take_text(self, text: str) -> None:
        if self._is_text:
            self.text.setPlainText(text)
            self.turned.emit(self.number)
            self.text.setAccessibleName(self.paper.accessibleName())
        else:
            self.paper.setAccessibleDescription(text[:LONGEST_SAID])

    def _take_finds(self, said: str) -> None:
        self.notes.setText(said)
        self.notes.setVisible(bool(said))

    def _fail(self, error: Exception) -> None:
        """Say in the page's place why it is not shown, and what the file is."""
        if not isinstance(error, Trouble):
            self._tools.workspace.failed.emit(error)
            return
        from exchange.reading.pages import kind_words

        what = kind_words(self._content)
        self.why.setText(f"“{self._name}” {error}. It is {what}. Save a copy to open it in its own program.")
        self.why.show()
        self.words.hide()
        self.paper.hide()
        self.text.hide()
        self._offer(is_shown=False)

    @Slot()
    def _search(self) -> None:
        words, file, ask = self.sought.text().strip(), self._file, self._tools.questions.work
        if words and file is not None:
            ask(lambda ticket: file.pages_with(words), self._take_found, failed=self._fail)

    def _take_found(self, pages: tuple[int, ...]) -> None:
        """Go to the next page with the words, after the last to the first; in a text, to the words."""
        self.found.setText(f"Found on {counted(len(pages), 'page')}" if pages else "Not found in this file.")
        words, file, ask = self.sought.text().strip(), self._file, self._tools.questions.work
        if self._is_text and self.text.find(words):
            return
        onward = [page for page in pages if page > self.number] or list(pages)
        if onward and file is not None:
            self.show_page(onward[0])
            ask(lambda ticket: file.place(onward[0], words), self._show_place, failed=self._fail)

    def _show_place(self, place: float) -> None:
        """Bring into sight what stands so far down the page, with some of what is above it."""
        above = self.paper.viewport().height() // 3
        self.paper.verticalScrollBar().setValue(round(place * self.paper.sheet.height()) - above)

    @Slot()
    def _save_copy(self) -> None:
        content = self._content
        self._doing.do(saving_copy(self._name, lambda session: content))

    def _lay_out_file(self) -> None:
        self.state.hide()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        by_key = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(self.text.textInteractionFlags() | by_key)
        self._seek = row_of((self.sought, 1), (self.found, 1), self.save, spacing=8)
        nest(self._card.body, self._seek)
        self._card.body.addWidget(self.notes)
        self._card.body.addWidget(self.why, 1, Qt.AlignmentFlag.AlignTop)
        self._card.body.addWidget(self.text, 1)
        for part in (self.paper, self.text):
            part.setProperty("rows", "written")  # a few are kept in sight
        look.follow(self._keep_room)
        self.clear()

    @Slot()
    def _keep_room(self) -> None:
        for part in (self.paper, self.text):
            part.setMinimumHeight(look.px(LEAST_HEIGHT))


def _close(held: "list[Pages]") -> None:
    while held:
        held.pop().close()


def _finds_of(file: "Pages", ticket: Ticket) -> str:
    from exchange.reading.pages import sentences

    return " ".join(sentences(file.finds()))
