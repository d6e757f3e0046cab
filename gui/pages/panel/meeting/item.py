"""The sheet of the item on show: its head and foot pinned, what is between them scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.panel.kept import DraftsBar
from gui.pages.panel.meeting.matrix import NAME, MatrixRow, MatrixView, matrix_rows
from gui.pages.panel.meeting.settle import SettlePane
from gui.pages.panel.meeting.state import MeetingState, Onward
from gui.pages.panel.meeting.words import (
    SIGNS_EXPLAINED,
    absent_words,
    given_alike,
    item_sheets_words,
    left_words,
    next_words,
    quorum_chip,
    recorder_words,
    sheets_words,
    short_names,
)
from gui.text import counted
from gui.theme.look import look, space
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.nesting import column_of, fill, row_of
from gui.widgets.scrolled import ScrollPane
from gui.widgets.speech.announcing import announce

MATRIX_NEEDS = 680
"""So high is a window in which the rows of marks stand as far apart as they do."""
NEXT, NEXT_NOTED = "Agree and next item", "Close and next item"
ALL_CLOSED = "All items are closed"


class ItemHead(QWidget):
    """Two lines of words with a chip for the quorum and one for the door."""

    def __init__(self) -> None:
        super().__init__()
        self.number = ElidedLabel(size=12, tone="muted")
        self.name = ElidedLabel(size=20, weight=600)
        self.project = ElidedLabel(size=12, tone="text2")
        self.next = ElidedLabel(size=12, tone="muted").right()
        self.quorum = ChipLabel()
        self.absent = ChipLabel()
        self.leaving = Label(size=12, weight=600, tone="warning").wrapped()
        top = row_of(self.number, (self.project, 1), (self.next, 1), spacing=10)
        middle = row_of((self.name, 1), self.absent, (self.leaving, 1), self.quorum, spacing=8)
        self._is_low = False
        self._column = fill(QVBoxLayout(self), top, middle)
        self.leaving.hide()
        self._space()

    def show_state(self, state: MeetingState) -> None:
        """Show an item, its place among the items, and the one after it."""
        figures, item = state.figures, state.item
        self.number.setText(state.number_words)
        self.name.setText(item.organisation)
        self.project.setText(figures.projects.get(item.reference, ""))
        coming = figures.items.get(state.coming)
        is_over = figures.rows.closed.issuperset(one.reference for one in state.items)
        self.next.keep_whole(figures.names.values())
        self.next.setText(next_words(figures, coming) if coming else ALL_CLOSED if is_over else "Last item")
        words, someone_leaves = absent_words(figures, item), bool(figures.leaving(item))
        self.absent.show_state(Tone.FUND, words)
        self.leaving.setText(words)
        self.absent.setVisible(not someone_leaves)
        self.leaving.setVisible(someone_leaves)
        chip = quorum_chip(figures, item)
        self.quorum.show_state(chip.tone, chip.word)

    @property
    def heard(self) -> str:
        """Return what the head says, for whoever hears it."""
        which = f"{self.number.text().rpartition(' ')[2]} {self.name.text()}"
        where = self.number.text().partition(" · ")[0]
        return ". ".join((which, where, self.leaving.text(), self.quorum.text()))

    def fit(self, *, is_low: bool) -> None:
        """Give up the project's words and some room in a low window."""
        self._is_low = is_low
        self.project.setVisible(not is_low)
        self.name.sized(16 if is_low else 20)
        self._space()

    def _space(self) -> None:
        down = 4 if self._is_low else 8
        space(self._column, 2, (14, down, 14, down))


class ItemButtons(QWidget):
    """What is left, and the buttons; pinned beneath the item."""

    def __init__(self) -> None:
        super().__init__()
        self.left = ElidedLabel(weight=600, tone="text2")
        self.left.give_way_by_clauses()
        self.same = Button("Agree unanimous marks")
        self.reopen = Button("Open this item again")
        self.next = Button(NEXT, kind="primary")
        row_of(
            (self.left, 1),
            *(self.same, self.reopen, self.next),
            edges=(14, 6, 11, 6),
            spacing=8,
            inside=self,
        )

    def show_state(self, state: MeetingState) -> None:
        """Show how much is still to be settled, or leave the way on only: to who is here, or what is next.

        Marks that all gave alike are offered to be agreed.
        """
        figures, item = state.figures, state.item
        is_locked, onward, is_agreed = bool(state.locked), state.onward, figures.is_agreed
        self.left.setText("" if is_locked else left_words(figures, item))
        self.reopen.setVisible(state.can_open_item)
        further = ours(onward.value) if is_locked else NEXT if is_agreed else NEXT_NOTED
        self.next.show_words("Say who is here" if state.asks_attendance else further)
        is_last = item == state.items[-1] and not state.waits
        self.next.setVisible(not (is_locked and is_last and onward is Onward.ITEM))  # else nowhere to go
        number = len(given_alike(item)) if is_agreed and not is_locked else 0
        self.same.setVisible(number > 0)
        self.same.show_words(f"Agree {counted(number, 'unanimous mark')}")


class ItemSheet(Card):
    """One item: its marks side by side, and what the panel agrees on the criterion that is picked."""

    def __init__(self) -> None:
        super().__init__(inset=(1, 1))
        self._room, self._reference, self._has_signs = Breakpoints(1366, 768), "", False
        self.head = ItemHead()
        self.drafts = DraftsBar()
        self.locked = Label(size=12, weight=600, tone="text2").wrapped()
        self.matrix = MatrixView()
        self.signs = ElidedLabel(SIGNS_EXPLAINED, size=11, tone="muted")
        self.settle = SettlePane()
        self.buttons = ItemButtons()
        self.body.addWidget(self.head)
        parts = (self.locked, self.drafts, self.matrix, self.signs, self.settle)
        self.scrolled = _scrolled(parts)
        fill(self.body, (self.scrolled, 1), self.buttons)
        look.follow(self._space)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room."""
        self._room = room
        self.head.fit(is_low=room.is_low)
        self.matrix.fit(is_low=room.height < MATRIX_NEEDS)
        self.settle.fit(is_low=room.has_low_sidebar)
        self._show_signs()

    @property
    def has_marks_focus(self) -> bool:
        """Whether what is typed goes to marks: to the rows of them, or to the scale beneath."""
        marks, focused = self.settle.marks, self.window().focusWidget()
        return focused is self.matrix or (marks is not None and marks.isAncestorOf(focused or self))

    def focus_marks(self) -> None:
        """Put the focus on the marks; where they are closed to the person, on the way on."""
        target = self.buttons.next if self.matrix.isHidden() else self.matrix
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def row(self) -> MatrixRow | None:
        """Return the row of the criterion at hand."""
        return next((row for row in self.matrix.rows if row.code == self.matrix.code), None)

    def show_state(self, state: MeetingState) -> None:
        """Show the item at hand, as far as the person may see it."""
        figures, item, hidden, locked = state.figures, state.item, state.hidden, state.locked
        self.head.show_state(state)
        is_first, is_next = not self._reference, item.reference != self._reference
        self._reference = item.reference
        if is_next:
            self.scrolled.verticalScrollBar().setValue(0)  # the names of who marked stand at its top
        again = "" if hidden else item_sheets_words(figures, item)
        told = " ".join(filter(None, (locked or sheets_words(figures, item), again)))
        recorder = recorder_words(figures, item, state.identity)
        self.locked.setText(" ".join(filter(None, (told, recorder))))
        self.locked.setVisible(bool(told))
        for part in (self.matrix, self.settle):
            part.setVisible(not hidden)
        cells = (cell for line in item.lines for cell in line.cells)
        self._has_signs = not hidden and any(cell.mark is None or cell.is_reopened for cell in cells)
        self._show_signs()
        self.buttons.show_state(state)
        if not hidden:
            self._show_matrix(state)
        self._tell(told or hidden, is_next=is_next, is_first=is_first)

    def _tell(self, more: str, *, is_next: bool, is_first: bool) -> None:
        """Have it heard which item it is, who leaves the room, if it has a quorum, and what is closed.

        With the first item the focus comes to the marks, and a reader says it with their name.
        """
        heard = ". ".join(filter(None, (self.head.heard, more)))
        self.matrix.setAccessibleName(f"{NAME}: {heard}")
        is_at_way_on = self.matrix.isHidden() and self.buttons.next.hasFocus()
        if is_next and (is_at_way_on or (self.has_marks_focus and not is_first)):
            announce(self.buttons.next, heard)

    def show_criterion(self, state: MeetingState) -> None:
        """Show what is agreed on the criterion at hand."""
        if (row := self.row) is not None:
            self.settle.show_row(state, row)

    def _show_signs(self) -> None:
        self.signs.setVisible(self._has_signs and not self._room.is_low)

    def _show_matrix(self, state: MeetingState) -> None:
        figures, scheme = state.figures, state.figures.round.scheme
        self.settle.show_scheme(scheme)
        if self.settle.marks is not None:
            self.setTabOrder(self.matrix, self.settle.marks)
        heads = short_names(figures.names, figures.rows.members), scheme.combine
        rows, of = matrix_rows(figures, state.item), (figures.round_id, state.reference)
        self.matrix.show_item(of, rows, heads, scheme.scale_maximum)
        self.show_criterion(state)

    @Slot()
    def _space(self) -> None:
        px = look.px
        for words in (self.locked, self.signs):
            words.setContentsMargins(px(14), px(6), px(14), px(2))


def _scrolled(parts: Sequence[QWidget]) -> QScrollArea:
    page = QWidget()
    inner = column_of(spacing=0, inside=page)
    for part in parts:
        inner.addWidget(part, 4 if isinstance(part, SettlePane) else 0)
    inner.addStretch(1)
    scroll = ScrollPane(takes_focus=False)
    scroll.setWidget(page)
    page.setAutoFillBackground(False)
    return scroll
