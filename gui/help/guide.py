"""The user guide on show: the shipped pages, offline, searched as one types, and the keys."""

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

import resources
from gui.dialogs.dialog import Dialog
from gui.help.guide_topics import KEYS, WORDS, excerpt, found
from gui.pages.page import Page, PageTools
from gui.text import counted
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, PlainLabel
from gui.widgets.nesting import Card, column_of, fill, nest, row_of
from gui.widgets.on_screen import room_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from gui.widgets.typed import sought_line
from models.papers.guide import APPROVAL, FIRST, page
from models.papers.office import where_to_report

SMOOTH = Qt.TransformationMode.SmoothTransformation
"""How a picture is made smaller: the text itself would leave lines out of it."""
LARGE = "large:"
"""How the address of a picture begins that is to be seen large."""


class _Shown(NamedTuple):
    """A picture on show, and where it stands in the text."""

    form: QTextImageFormat
    begins: int
    ends: int


def fit_pictures(pages: QTextBrowser) -> None:
    """Give every picture on show the width of the text, never more than its own, and let it be opened."""
    document = pages.document()
    room = pages.viewport().width() - 2 * document.documentMargin()
    for picture in list(_pictures(document)):
        form = picture.form
        own = QImage(str(resources.path("help") / form.name()))
        width = min(room, own.width())
        drawn = own.scaledToWidth(min(round(width * pages.devicePixelRatioF()), own.width()), SMOOTH)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(form.name()), drawn)
        form.setWidth(width)
        form.setAnchor(True)
        form.setAnchorHref(LARGE + form.name())
        set_tip(form, f"{_words_of(form)}: see it large")
        cursor = QTextCursor(document)
        cursor.setPosition(picture.begins)
        cursor.setPosition(picture.ends, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)


def words_of_picture(pages: QTextBrowser, name: str) -> str:
    """Return the words of a picture on show, by the file's name."""
    found = (_words_of(one.form) for one in _pictures(pages.document()) if one.form.name() == name)
    return next(found, "")


def _words_of(form: QTextImageFormat) -> str:
    return str(form.property(QTextFormat.Property.ImageAltText) or "")


def _pictures(document: QTextDocument) -> Iterator[_Shown]:
    block = document.begin()
    while block.isValid():
        for run in block.textFormats():
            form = run.format.toImageFormat()
            if form.isValid():
                begins = block.position() + run.start
                yield _Shown(form, begins, begins + run.length)
        block = block.next()


class PictureDialog(Dialog):
    """One picture with its words as title; Enter and Esc close it. It is no form: nothing is asked."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.picture = PlainLabel()
        self.picture.setAccessibleName(words)
        self.close_button = Button("Close", kind="primary")
        self.close_button.clicked.connect(self.leave)
        row = row_of(1, self.close_button)
        column_of((self.picture, 1), row, spacing=8, edges=(10, 10, 10, 10), inside=self)
        ratio, whole = self.devicePixelRatioF(), QPixmap(str(resources.path("help") / name))
        room = ((room_of(self) - self.sizeHint()) * ratio).boundedTo(whole.size())
        drawn = whole.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        self.picture.setPixmap(drawn)


TYPED_OUT_MS = 400
READING_WIDTH = 700
LICENCES = "licence-texts"
"""The topic that is the texts of all licences, as they stand."""
NOTHING = "The guide has nothing on that. Try fewer letters, or another word."


class GuideText(QTextBrowser):
    """A page of the guide, which says its subject and each link that Tab comes to: Qt tells nobody."""

    @property
    def subject(self) -> str:
        """Return the heading that is stood at, else that of the page."""
        here = self.textCursor().block()
        return (here if here.blockFormat().headingLevel() else self.document().begin()).text()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say what the page is of."""
        super().focusInEvent(event)
        announce(self, self.subject)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Say the link that is come to."""
        is_within = super().focusNextPrevChild(next_one)
        cursor = self.textCursor()
        if is_within and self.hasFocus() and cursor.hasSelection():
            announce(self, f"{cursor.selectedText()}, link")
        return is_within


class Guide(Page):
    """The contents page first; links go from page to page, and the box searches them all."""

    key = "help"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self.topic = FIRST
        """Which page of the guide is on show."""
        self.pages = GuideText()
        self.pages.setOpenLinks(False)
        self.pages.setSearchPaths([str(resources.path("help"))])
        self.pages.setAccessibleName("User guide")
        self.pages.anchorClicked.connect(self._follow)
        by_key = Qt.TextInteractionFlag.TextSelectableByKeyboard  # line by line, as a reader reads
        self.pages.setTextInteractionFlags(self.pages.textInteractionFlags() | by_key)
        self.words = sought_line("Search the guide")
        self.words.textChanged.connect(self._search)
        self._typed_out = QTimer(self, singleShot=True, interval=TYPED_OUT_MS)
        self._typed_out.timeout.connect(self._tell_found)
        self.words.textChanged.connect(self._typed_out.start)
        self._row = row_of((self.words, 1), spacing=8)
        for words, topic in (
            ("Contents", FIRST),
            ("Words", WORDS),
            ("Keys", KEYS),
        ):
            button = Button(words)
            button.clicked.connect(partial(self.show_topic, topic))
            self._row.addWidget(button)
        self.card = Card(inset=(3, 3)).fill_with(self.pages)
        self.column = fill(QVBoxLayout(self), self._row, (self.card, 1), spacing=10)
        look.follow(self._dress)

    def show_topic(self, topic: str, *_is_on: object) -> None:
        """Show a page of the guide by its file name, at a heading after "#", or the keys."""
        self.topic = topic
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        name, _, heading = topic.partition("#")
        if topic == KEYS:
            self._show_html(_keys_page(self._tools.actions.sheet()))
        elif topic == LICENCES:
            self._prepare()
            self.pages.setPlainText(resources.text("licences/licences.txt"))
        else:
            self._prepare()
            contact = f"\n\n{where_to_report(self._tools.faults_to)}" if name == APPROVAL else ""
            self.pages.setMarkdown(page(name) + contact)
            self._space_out()
            fit_pictures(self.pages)
        self._stand_at(heading)

    @Slot(str)
    def _search(self, typed: str) -> None:
        if not typed.strip():
            self.show_topic(self.topic)
            return
        parts = [
            f"<p><a href='{escape(one.topic)}'><b>{escape(one.heading)}</b></a><br>"
            f"{escape(excerpt(one, typed))}</p>"
            for one in found(typed)
        ]
        self._show_html("".join(parts) or f"<p>{escape(NOTHING)}</p>")

    def _show_html(self, html: str) -> None:
        self._prepare()
        self.pages.setHtml(html)
        self._space_out()

    def _prepare(self) -> None:
        document = self.pages.document()
        document.setDefaultFont(look.font(14))
        document.setDefaultStyleSheet(f"a {{ color: {look.theme.accent_text}; }}")

    def _stand_at(self, heading: str) -> None:
        """Put a heading at the top, where there is one of that name."""
        block = self._block_of(heading) if heading else None
        bar = self.pages.verticalScrollBar()
        if block is None:
            bar.setValue(0)
            return
        self.pages.setTextCursor(QTextCursor(block))
        bar.setValue(round(self.pages.document().documentLayout().blockBoundingRect(block).top()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the heading on show when the text is laid out anew."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._stand_again)

    @Slot()
    def _stand_again(self) -> None:
        fit_pictures(self.pages)
        heading = self.topic.partition("#")[2]
        if heading and not self.words.text():
            self._stand_at(heading)

    def _block_of(self, heading: str) -> QTextBlock | None:
        block = self.pages.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().casefold() == heading.casefold():
                return block
            block = block.next()
        return None

    def _space_out(self) -> None:
        """Part the paragraphs, which Qt sets solid; in one edit, or each of them lays the page out anew."""
        px, document = look.px, self.pages.document()
        document.setDocumentMargin(px(14))
        whole = QTextCursor(document)
        whole.beginEditBlock()
        block = document.begin()
        while block.isValid():
            form = QTextBlockFormat()
            form.setBottomMargin(px(4) if block.textList() else px(10))
            form.setTopMargin(px(8) if block.blockFormat().headingLevel() > 1 else 0)
            QTextCursor(block).mergeBlockFormat(form)
            block = block.next()
        whole.endEditBlock()

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        name = link.toString()
        if name.startswith(LARGE):
            picture = name.removeprefix(LARGE)
            words = words_of_picture(self.pages, picture)
            dialogs = self._tools.dialogs
            dialogs.show(PictureDialog(picture, words, dialogs.window))
        elif name == LICENCES or ("/" not in name and name.partition("#")[0].endswith(".md")):
            self.show_topic(name)
            announce(self.pages, self.pages.subject)

    @Slot()
    def _tell_found(self) -> None:
        """Say in how many places the guide has what was typed, and the first of them."""
        typed = self.words.text()
        if typed.strip() and self.words.hasFocus():
            places = found(typed)
            first = f"{counted(len(places), 'place')}. First: {places[0].heading}" if places else NOTHING
            announce(self.words, first)

    @Slot()
    def _dress(self) -> None:
        typed = self.words.text()
        if typed:
            self._search(typed)
        else:
            self.show_topic(self.topic)


def _keys_page(sheet: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f"<tr><td width='200'><b>{escape(key)}</b></td><td>{escape(words)}</td></tr>" for key, words in sheet
    )
    return f"<h1>Keys</h1><table>{rows}</table>"


class HelpPage(Guide):
    """The guide over the whole width; F1 shows it beside a page instead."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self.column.insertWidget(0, ElidedLabel("Help", size=20, weight=600))
        space(self.column, edges=(20, 4, 20, 10))
        look.follow(self._space)

    def show_reference(self, reference: str) -> None:
        """Show a page of the guide by its file name, or the keys."""
        self.show_topic(reference)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.pages,)

    def find_words(self) -> None:
        """Put the cursor into the search box."""
        self.words.setFocus()
        self.words.selectAll()

    @Slot()
    def _space(self) -> None:
        px = look.px
        self.card.setMaximumWidth(px(READING_WIDTH))
        self.words.setMaximumWidth(px(READING_WIDTH // 2))


WIDTH = 400


class HelpPane(Guide):
    """The guide with a title and a button that closes it."""

    closed = Signal()

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._close = Button("", kind="quiet", icon="close", name="Close the help")
        set_tip(self._close, "Close the help (Esc)")
        self._close.clicked.connect(self.closed)
        title = ElidedLabel("Help", size=15, weight=600)
        nest(self.column, row_of((title, 1), self._close), at=0)
        space(self.column, edges=(4, 8, 16, 10))
        look.follow(self._space)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _space(self) -> None:
        self.setFixedWidth(look.px(WIDTH))
