"""The sheet of the item on show: its head and foot pinned, what is between them scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import Identity
from gui.pages.panel.meeting.footer import ItemButtons
from gui.pages.panel.meeting.item_head import ItemHead
from gui.pages.panel.meeting.matrix import NAME, MatrixView
from gui.pages.panel.meeting.matrix_rows import MatrixRow, matrix_rows
from gui.pages.panel.meeting.rights import (
    asks_attendance,
    can_open_item,
    may_set_aside,
    unchangeable_because,
)
from gui.pages.panel.meeting.running import Onward, onward_from
from gui.pages.panel.meeting.settle import SettlePane
from gui.pages.panel.meeting.words import (
    SIGNS_EXPLAINED,
    given_alike,
    item_sheets_words,
    left_words,
    recorder_words,
    sheets_words,
    short_names,
)
from gui.pages.panel.scoring.drafts_bar import DraftsBar
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.scrolled import ScrollPane
from gui.widgets.speech.announcing import announce
from models.queries.panel.meeting_figures import MeetingFigures, hidden_because
from scoring.marks.meeting import Item


class ItemSheet(Card):
    """One item: its marks side by side, and what the panel agrees on the criterion that is picked."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, inset=(1, 1))
        self._room, self._reference, self._has_signs = Breakpoints(1366, 768), "", False
        self.head = ItemHead(look)
        self.drafts = DraftsBar(look)
        self.locked = Label(look, size=12, weight=600, tone="text2").wrapped()
        self.matrix = MatrixView(look)
        self.signs = ElidedLabel(look, SIGNS_EXPLAINED, size=11, tone="muted")
        self.settle = SettlePane(look)
        self.buttons = ItemButtons(look)
        self.body.addWidget(self.head)
        parts = (self.locked, self.drafts, self.matrix, self.signs, self.settle)
        self.scrolled = _scrolled(parts)
        self.body.addWidget(self.scrolled, 1)
        self.body.addWidget(self.buttons)
        look.changed.connect(self._space)
        self._space()

    def fit(self, room: Breakpoints, maximum: int) -> None:
        """Fit the room; the foot says the keys of a scale up to `maximum`."""
        self._room = room
        self.head.fit(is_low=room.is_low)
        self.matrix.fit(is_low=room.is_low)
        self.settle.fit(is_low=room.is_low)
        self._show_signs()
        self._fit_footer(maximum)

    @property
    def has_marks_focus(self) -> bool:
        """Whether what is typed goes to marks: to the rows of them, or to the scale beneath."""
        marks, focused = self.settle.marks, self.window().focusWidget()
        return focused is self.matrix or (marks is not None and marks.isAncestorOf(focused or self))

    def focus_marks(self) -> None:
        """Put the focus on the marks; where they are closed to the person, on the way on."""
        target = self.buttons.next if self.matrix.isHidden() else self.matrix
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def row(self, code: str) -> MatrixRow | None:
        """Return a criterion's row of the item on show."""
        return next((row for row in self.matrix.rows if row.code == code), None)

    def show_item(
        self, figures: MeetingFigures, item: Item, items: tuple[Item, ...], identity: Identity
    ) -> None:
        """Show an item, its place among the items, as far as the person may see it."""
        self.head.show_item(figures, item, items)
        is_first, is_next = not self._reference, item.reference != self._reference
        self._reference = item.reference
        if is_next:
            self.scrolled.verticalScrollBar().setValue(0)  # the names of who marked stand at its top
        hidden = hidden_because(figures, item, identity.member)
        locked = unchangeable_because(figures, item, identity)
        again = "" if hidden else item_sheets_words(figures, item)
        told = " ".join(filter(None, (locked or sheets_words(figures, item), again)))
        self.locked.setText(" ".join(filter(None, (told, recorder_words(figures, item, identity)))))
        self.locked.setVisible(bool(told))
        for part in (self.matrix, self.settle):
            part.setVisible(not hidden)
        self._has_signs = not hidden and any(
            cell.mark is None or cell.is_reopened for line in item.lines for cell in line.cells
        )
        self._show_signs()
        left = len(figures.left(item))
        self.buttons.show_left(left, left_words(figures, item), is_agreed=figures.is_agreed)
        self.buttons.show_same(len(given_alike(item)) if figures.is_agreed else 0)
        onward = onward_from(figures, items, item, identity)
        self.buttons.lock(
            is_locked=bool(locked),
            can_reopen=can_open_item(figures, item, identity),
            lacks_attendance=asks_attendance(figures, item, identity),
            onward=ours(onward.value),
        )
        closed, mine = figures.rows.closed, identity.member
        is_last = item == items[-1] and all(one.reference in closed or mine in one.away for one in items)
        self.buttons.next.setVisible(not (locked and is_last and onward is Onward.ITEM))  # else nowhere to go
        if not hidden:
            self._show_matrix(figures, item, identity)
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

    def show_criterion(self, figures: MeetingFigures, item: Item, code: str, identity: Identity) -> None:
        """Show what is agreed on a criterion of the item on show."""
        row = self.row(code)
        if row is None:
            return
        self.settle.show_row(item.reference, row, figures.everyone, figures.dissent(item.reference))
        is_locked = bool(unchangeable_because(figures, item, identity))
        is_theirs = may_set_aside(figures, item.reference, identity)
        allowed = figures.round.scheme.not_applicable_allowed and is_theirs
        self.settle.lock(
            is_locked=is_locked,
            is_not_applicable=row.line.is_not_applicable,
            may_set_aside=allowed,
            may_keep=identity.may("keep for panel"),
        )

    def _show_signs(self) -> None:
        self.signs.setVisible(self._has_signs and not self._room.is_low)

    def _show_matrix(self, figures: MeetingFigures, item: Item, identity: Identity) -> None:
        scheme = figures.round.scheme
        self.settle.show_scheme(scheme)
        if self.settle.marks is not None:
            self.setTabOrder(self.matrix, self.settle.marks)
        names = short_names(figures.names, figures.rows.members)
        of = (figures.round_id, item.reference)
        rows = matrix_rows(figures, item)
        self.matrix.show_item(of, rows, (names, scheme.combine), scheme.scale_maximum)
        self._fit_footer(scheme.scale_maximum)
        self.show_criterion(figures, item, self.matrix.code, identity)

    def _fit_footer(self, maximum: int) -> None:
        room = self._room
        self.buttons.fit(is_narrow=room.has_icons_only, is_short=room.has_tabs, maximum=maximum)

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        for words in (self.locked, self.signs):
            words.setContentsMargins(px(14), px(6), px(14), px(2))


def _scrolled(parts: Sequence[QWidget]) -> QScrollArea:
    page = QWidget()
    inner = QVBoxLayout(page)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.setSpacing(0)
    for part in parts:
        inner.addWidget(part, 4 if isinstance(part, SettlePane) else 0)
    inner.addStretch(1)
    scroll = ScrollPane()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    page.setAutoFillBackground(False)
    return scroll
