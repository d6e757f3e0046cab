"""A file that an applicant sent, seen as it is: its pages or its text, what it would do, and a copy of it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.listed.acts import Doing
from gui.listed.files import saving_copy
from gui.pages.page import PageTools
from gui.papers.preview_pane import PagePreview, drawn
from gui.record.runner import Ticket
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest, row_of
from gui.widgets.typed import TextLine
from models.trouble import Trouble
from scoring.written.text import counted

if TYPE_CHECKING:
    from exchange.pdf.pdf_reading import PageImage
    from exchange.reading.pages import Drawn, Pages, Shape

NOT_FOUND = "Not found in this file."
OTHER_PROGRAM = "Save a copy to open it in its own program."
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
        self.sought = TextLine()
        self.sought.setPlaceholderText("Find in this file")
        self.sought.setAccessibleName("Find in this file")
        self.sought.setClearButtonEnabled(True)
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
        self.why.setText(f"“{self._name}” {error}. It is {what}. {OTHER_PROGRAM}")
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
        self.found.setText(f"Found on {counted(len(pages), 'page')}" if pages else NOT_FOUND)
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
