"""History: every change as a plain sentence, searched and filtered; nothing here can be changed."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.pages.history.exporting import HistoryExport
from gui.pages.history.filters import Filters
from gui.pages.history.lines import accessible_text, local_moment
from gui.pages.page import PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.tables.columns import Keeps
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.speech.left_in_list import LeftInList
from models.permissions.viewing import Viewer
from models.queries.history import HistoryLine, history
from models.role import role_words
from models.store.chain import Fault, first_fault

UNBROKEN = "Chain unbroken"


class ReadHistory(NamedTuple):
    """What the record says: its changes, and the first row at which the chain does not hold."""

    lines: tuple[HistoryLine, ...]
    fault: Fault | None


def _table(look: Look) -> LineView[HistoryLine]:
    table: LineView[HistoryLine] = LineView(look, COLUMNS, _seq, accessible_text)
    table.setAccessibleName("History")
    return table


class HistoryPage(SidedPage):
    """The journal, newest first; it is read when it is shown."""

    key = "history"
    parts_ahead = (Filters, _table)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "History")
        look = tools.look
        self._lines: tuple[HistoryLine, ...] = ()
        self._of = ("", 0)
        """The application that the page was sent to, and its round: another may have one of its reference."""
        self.chain = ChipLabel(look)
        self.filters = tools.parts.take(Filters)
        self.who, self.what = self.filters.who, self.filters.what
        self.words = self.filters.words
        self.export = Button(look, "Export these…", kind="primary", icon="export")
        self._exports = HistoryExport(tools, self)
        self.table = tools.parts.take(_table)
        card = Card(look, inset=(3, 3))
        card.fill_with(self.table)
        self._lay_out_page((self.chain, self.export), (card,), between=(self.filters,))
        self.table.opened.connect(self._open_row)
        self.filters.changed.connect(self._narrow)
        LeftInList(self.filters.parts, self.table, lambda: len(self._lines))
        self.export.clicked.connect(self._export)
        self.setFocusProxy(self.table)

    def show_place(self, place: Place | None) -> None:
        """Read the journal: it belongs to the record, not to a round."""
        self._place = place
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show what was changed on one application, by itself or among others."""
        self.words.clear()
        self._of = (reference, 0 if self._place is None else self._place.line.round_id)
        self.filters.choose_application(reference)

    @Slot()
    def refresh(self) -> None:
        """Read the journal again."""
        if self._tools.workspace.facts is None:
            return
        viewer = self._tools.identity.viewer
        self._tools.ask(partial(_ask, viewer=viewer), self._take)

    @Slot(object)
    def _open_row(self, seq: object) -> None:
        """Go to the application that a change is about; a change about none says so."""
        line = next((line for line in self.table.rows if line.seq == seq), None)
        if line is not None and line.application:
            self._tools.go("applications", line.application)
        elif line is not None:
            self._tools.hint(f"That change does not concern a single application. {line.words}")

    def fit(self, room: Breakpoints) -> None:
        """Fit the filters, too."""
        super().fit(room)
        self.filters.fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the filter and the list."""
        return (self.words, self.table)

    def find_words(self) -> None:
        """Put the cursor into the filter."""
        self.words.setFocus()
        self.words.selectAll()

    def _take(self, read: ReadHistory) -> None:
        self._lines = read.lines
        is_whole = read.fault is None
        words = UNBROKEN if read.fault is None else read.fault.words
        self.chain.show_state(Tone.FUND if is_whole else Tone.DANGER, words)
        self.filters.offer(read.lines)
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        wanted = self.filters.wanted
        if wanted.application == self._of[0]:
            wanted = replace(wanted, round_id=self._of[1])
        found = tuple(line for line in self._lines if wanted.holds(line))
        self.export.setEnabled(bool(found))
        self.table.show_rows(found)
        shown = counted(len(found), "change", "changes")
        rest = f" of {len(self._lines):,}" if len(found) < len(self._lines) else ""
        self.summary.setText(f"{shown}{rest}, the newest first. Nothing here can be changed.")

    @Slot()
    def _export(self) -> None:
        words = self.filters.wanted.words
        self._exports.ask(self.table.rows, f"Narrowed down to: {words}." if words else "Every change.")


def _ask(session: Any, viewer: Viewer) -> ReadHistory:  # the window may not name the session's type
    return ReadHistory(history(session, viewer), first_fault(session))


_name: Callable[[HistoryLine], str] = attrgetter("name")


def _role(line: HistoryLine) -> str:
    return role_words(line.role)


def _full(line: HistoryLine) -> str:
    return "\n".join(part for part in (line.words, line.detail) if part)


_words: Callable[[HistoryLine], str] = attrgetter("words")
_detail: Callable[[HistoryLine], str] = attrgetter("detail")
_seq: Callable[[HistoryLine], int] = attrgetter("seq")


COLUMNS: tuple[LineColumn[HistoryLine], ...] = (
    LineColumn("when", "When", local_moment, local_moment, width=150),
    LineColumn("who", "Who", _name, _name, width=170, under=_role, keeps=Keeps.WHOLE),
    LineColumn("what", "What was changed", _words, _words, under=_detail, tip=_full, is_strong=True),
)
