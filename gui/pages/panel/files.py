"""The files of an application beside what else is read of it: a tab for the answers and one for each file."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.page import PageTools
from gui.papers.preview_pane import FilePane
from gui.widgets.nesting import FewRows, ScrollPane, UnnamedStack, column_of, tab_through
from gui.widgets.pill import OfferedTabs
from gui.widgets.tips import set_tip
from models.operation import Topic
from models.queries.applications.attachments import Attachment, attachments, content_seen
from models.values.attachments import Subject

ANSWERS = "answers"
LONGEST_TAB = 26
MOST_ROWS = 2
"""How many rows of tabs are in sight: the page below is what is read."""


class FilesBeside(QWidget):
    """What is read first, or one file of those that may leave the office, also for who may see the others.

    The page read last is remembered for each.

    `moved` tells that another file is on show, or another page of it, or none.
    """

    moved = Signal()

    def __init__(self, tools: PageTools, first: QWidget, stop: QWidget, words: str = "Answers") -> None:
        super().__init__()
        self._tools, self._stop, self._words = tools, stop, words
        self._subject: Subject | None = None
        self._files: tuple[Attachment, ...] = ()
        self._shown: Attachment | None = None
        self._pane: FilePane | None = None
        self.tabs = OfferedTabs(name="Answers and files", are_many=True)
        self._rows = FewRows(self.tabs, MOST_ROWS)
        self._rows.hide()
        self._stack = UnnamedStack()
        self._stack.addWidget(first)
        column_of(self._rows, (self._stack, 1), spacing=6, inside=self)
        self.tabs.changed.connect(self._show)
        tools.identity_changed.connect(self._forget)
        tools.workspace.closed.connect(self._forget)
        tools.workspace.watch(frozenset({Topic.ATTACHMENTS}), self._ask)

    @property
    def pane(self) -> FilePane:
        """Return where files are shown, which is made when one is first wanted."""
        if self._pane is None:
            self._pane = FilePane(self._tools)
            self._pane.turned.connect(self._keep_page)
            self._pane.turned.connect(self.moved)
            self._stack.addWidget(self._pane)
            tab_through(self._stop, self._pane)  # Qt puts what is made later behind all else
        return self._pane

    @property
    def stop(self) -> QWidget:
        """Return what takes the focus of the part on show."""
        return self._stop if self._shown is None else self.pane.stop

    def look_at(self, subject: Subject | None) -> None:
        """Offer the files of an application, None where it is closed; another begins at its answers."""
        if subject != self._subject:
            self._subject = subject
            self._take(())
            self._ask()

    def turn(self, pages: int) -> None:
        """Turn the page of the file on show, or scroll what scrolls in its place, wherever the focus is."""
        if self._shown is not None:
            self.pane.turn(pages)
        elif isinstance(self._stop, ScrollPane):
            bar = self._stop.verticalScrollBar()
            bar.setValue(bar.value() + pages * bar.pageStep())

    def show_first(self) -> None:
        self.tabs.choose(ANSWERS)

    @property
    def leaving(self) -> FilePane | None:
        """Return where a file is on show, None where none is."""
        return self._pane if self._shown is not None else None

    @Slot()
    def _forget(self) -> None:
        """Show nothing that the person before was shown, or that a closed record holds."""
        self.look_at(None)

    @Slot()
    def _ask(self) -> None:
        self._tools.questions.forget(self._take)
        if self._subject is not None:
            query = partial(attachments, subject=self._subject, viewer=self._tools.identity.viewer)
            self._tools.questions.ask(query, self._take)

    def _take(self, files: tuple[Attachment, ...]) -> None:
        self._files = files = tuple(one for one in files if one.may_leave)
        named = [(str(one.number), _short(one.name)) for one in files]
        self.tabs.offer([(ANSWERS, self._words), *named], ANSWERS)
        for pill, one in zip(self.tabs.pills[1:], files, strict=True):
            pill.setAccessibleName(f"Show {one.name}")
            set_tip(pill, f"{one.name}, {one.kind_words}")
        for part in (self.tabs, self._rows):
            part.setVisible(bool(files))
        self._rows.updateGeometry()
        self._show()

    @Slot()
    def _show(self) -> None:
        key = self.tabs.current
        self._rows.ensureWidgetVisible(self.tabs.pills[self.tabs.number])
        wanted = next((one for one in self._files if str(one.number) == key), None)
        if wanted == self._shown:
            return
        self._shown = wanted
        if self._pane is not None:
            self._pane.clear()
        self._stack.setCurrentIndex(0)
        self.moved.emit()
        if wanted is not None:
            self._stack.setCurrentWidget(self.pane)
            self._tools.workspace.ask_drafts(self._field(wanted), partial(self._open, wanted))

    def _open(self, one: Attachment, kept: Mapping[str, str]) -> None:
        if one != self._shown or self._subject is None:
            return
        page = kept.get(self._field(one), "")
        viewer = self._tools.identity.viewer
        query = partial(content_seen, subject=self._subject, number=one.number, viewer=viewer)
        then = partial(self._put, one, int(page) - 1 if page.isdecimal() else 0)
        self._tools.workspace.ask(query, then)

    def _put(self, one: Attachment, page: int, content: bytes) -> None:
        if one == self._shown:
            self.pane.show_file(one.name, content, page)

    @Slot(int)
    def _keep_page(self, number: int) -> None:
        """Remember the page for whoever reads it; the journal says nothing of it."""
        if self._shown is not None:
            self._tools.workspace.keep_draft(self._field(self._shown), str(number + 1))

    def _field(self, one: Attachment) -> str:
        of = self._subject
        return "" if of is None else f"page/{of.round_id}/{of.application}/{one.number}"


def _short(name: str) -> str:
    """Return a name that fits a tab, with its ending whole."""
    if len(name) <= LONGEST_TAB:
        return name
    stem, _, ending = name.rpartition(".")
    return f"{stem[: LONGEST_TAB - 6]}….{ending[:5]}" if stem else f"{name[:LONGEST_TAB]}…"
