"""A page of a list with a side beside it: its head, its empty state, and what it needs of the record."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.page import PageTools
from gui.room import UNBOUNDED, Room
from gui.theme.look import Look
from gui.widgets.empty_state import EmptyState
from gui.widgets.frame.page_head import PageHead
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.words import ShortWords
from models.operation import Topic

LISTED, EMPTY = 0, -1
"""What is on show: the list, or the sentence that says why there is none, which comes last."""


class SidedPage(QWidget):
    """What such pages share; each says what it `concerns`, lays itself out, and asks in `refresh`."""

    concerns: ClassVar[frozenset[Topic]] = frozenset(Topic)

    def __init__(self, tools: PageTools, title: str, *, icon: str = "file") -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools = tools
        self._look: Look = tools.look
        self._room = Room(1366, 768)
        self.title = ShortWords(tools.look, title, size=20, weight=600)
        self.summary = ShortWords(tools.look, tone="text2")
        self.empty = EmptyState(tools.look, tools.actions["open"], icon=icon)
        self.empty.button.hide()
        self._column = QVBoxLayout(self)
        self._stack = QStackedWidget()
        self._body = QHBoxLayout()
        tools.workspace.changed.connect(self._take_news)

    def refresh(self) -> None:
        """Ask the record again."""
        raise NotImplementedError

    def _lay_out_page(
        self,
        head: Sequence[QWidget],
        sides: Sequence[QWidget],
        *,
        between: Sequence[QWidget | QLayout] = (),
        others: Sequence[QWidget] = (),
    ) -> None:
        """Stand the parts of the head beside the title, the list and its side below, and `others` by turns.

        The first of `sides` takes what room there is.
        """
        self._head = PageHead(self._look, self.title, self.summary, head)
        self._column.addLayout(self._head)
        for part in between:
            if isinstance(part, QWidget):
                self._column.addWidget(part)
            else:
                self._column.addLayout(part)
        content = QWidget()
        content.setLayout(self._body)
        for number, side in enumerate(sides):
            self._body.addWidget(side, 0 if number else 1)
        for page in (content, *others, self.empty):
            self._stack.addWidget(page)
        self._column.addWidget(self._stack, 1)
        self._look.changed.connect(self._space)
        self._space()

    def _show_list(self) -> None:
        """Show the list and its side."""
        self._stack.setCurrentIndex(LISTED)

    def _say_empty(self, words: str) -> None:
        """Show why there is nothing to list."""
        self.empty.say(words)
        self._stack.setCurrentWidget(self.empty)

    def _stand_beside(self, side: QWidget, width: float, *, is_alone: bool) -> None:
        """Give a side its width beside the list, or all the room where it stands alone."""
        px = self._look.px(width)
        side.setMinimumWidth(0 if is_alone else px)
        side.setMaximumWidth(UNBOUNDED if is_alone else px)

    def _open_beside(self, turns: PillTabs, number: int, pane: QWidget) -> None:
        """Go from the list to what stands beside it, which takes its place where the two take turns."""
        if self._room.has_tabs:
            turns.choose(number)
        pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Fit the room there is, at the text size in force."""
        raise NotImplementedError

    @Slot(object)
    def _take_news(self, topics: frozenset[Topic]) -> None:
        """Ask again after a change that concerns what is on show."""
        if topics & self.concerns and self.isVisible():
            self.refresh()

    @Slot()
    def _space(self) -> None:
        self.dress()

    def dress(self) -> None:
        """Follow the size of text; a page does more here, and never in the slot itself."""
        px = self._look.px
        self._column.setContentsMargins(px(17), px(4), px(17), px(10))
        self._column.setSpacing(px(7))
        self._body.setSpacing(px(13))
        self._body.setContentsMargins(3, 0, 3, 0)
        self._fit()
