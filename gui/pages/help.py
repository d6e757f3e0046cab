"""The user guide beside the work: the shipped pages, offline, and the keys."""

from html import escape

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

import resources
from gui.pages.page import PageTools, Place
from gui.room import Room
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.words import ShortWords

FIRST = "index.md"
KEYS = "keys"
READING_WIDTH = 700


class HelpPage(QWidget):
    """The guide's contents page first; links go from page to page."""

    key = "help"

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        look = tools.look
        self._actions = tools.actions
        self.setObjectName("page")
        self._look = look
        self._topic = FIRST
        self.pages = QTextBrowser()
        self.pages.setOpenLinks(False)
        self.pages.setAccessibleName("User guide")
        self.pages.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.pages.anchorClicked.connect(self._follow)
        self._contents = Button(look, "Contents")
        self._keys = Button(look, "Keys")
        self._contents.clicked.connect(self.show_contents)
        self._keys.clicked.connect(self.show_keys)
        self._head = QHBoxLayout()
        self._head.addWidget(ShortWords(look, "Help", size=20, weight=600), 1)
        self._head.addWidget(self._contents)
        self._head.addWidget(self._keys)
        card = Card(look, inset=(3, 3))
        card.fill_with(self.pages)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        row = QHBoxLayout()
        row.addWidget(card, 1)
        row.addStretch(0)
        self._card = card
        self._column.addLayout(row, 1)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_place(self, place: Place | None) -> None:
        """Stay as it is: the guide belongs to no round."""

    def show_reference(self, reference: str) -> None:
        """Show a page of the guide by its file name, or the keys."""
        self.show_topic(reference)

    def refresh(self) -> None:
        """Stay as it is: the guide never changes."""

    def fit(self, room: Room) -> None:
        """Need no more than any room."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page of the guide."""
        return (self.pages,)

    def find_words(self) -> None:
        """Put the focus into the guide."""
        self.pages.setFocus()

    @property
    def topic(self) -> str:
        """Return which page of the guide is on show."""
        return self._topic

    def links(self) -> tuple[str, ...]:
        """Return the pages of the guide that the one on show leads to."""
        found = []
        block = self.pages.document().begin()
        while block.isValid():
            found += [form.format.anchorHref() for form in block.textFormats() if form.format.isAnchor()]
            block = block.next()
        return tuple(found)

    @Slot()
    def show_contents(self) -> None:
        """Show the guide's first page."""
        self.show_topic(FIRST)

    @Slot()
    def show_keys(self) -> None:
        """Show what each key does."""
        self.show_topic(KEYS)

    def show_topic(self, topic: str) -> None:
        """Show a page of the guide by its file name, or the keys."""
        self._topic = topic
        document = self.pages.document()
        document.setDefaultFont(self._look.font(14))
        document.setDefaultStyleSheet(f"a {{ color: {self._look.theme.accent_text}; }}")
        if topic == KEYS:
            self.pages.setHtml(_keys_page(self._actions.sheet()))
        else:
            self.pages.setMarkdown(_page(topic))
        self._space_out()

    def _space_out(self) -> None:
        """Part the paragraphs: Qt sets Markdown solid."""
        px, document = self._look.px, self.pages.document()
        document.setDocumentMargin(px(14))
        block = document.begin()
        while block.isValid():
            form = QTextBlockFormat()
            form.setBottomMargin(px(4) if block.textList() else px(10))
            form.setTopMargin(px(8) if block.blockFormat().headingLevel() > 1 else 0)
            QTextCursor(block).mergeBlockFormat(form)
            block = block.next()

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        name = link.toString()
        if name.endswith(".md") and "/" not in name:
            self.show_topic(name)

    @Slot()
    def _refresh(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(20), px(4), px(20), px(10))
        self._column.setSpacing(px(10))
        self._head.setSpacing(px(8))
        self._card.setMaximumWidth(px(READING_WIDTH))
        self.show_topic(self._topic)


def _page(topic: str) -> str:
    try:
        return resources.text(f"help/{topic}")
    except FileNotFoundError:
        return f"# Not in this version\n\nThe guide has no page “{topic}”. Press Contents to see what it has."


def _keys_page(sheet: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f"<tr><td width='180'><b>{escape(key)}</b></td><td>{escape(words)}</td></tr>" for key, words in sheet
    )
    return f"<h1>Keys</h1><table>{rows}</table>"
