"""The sheet of the item on show, between head and foot, and how one criterion is settled in it."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.page import Breakpoints
from gui.pages.panel.kept import DraftsBar
from gui.pages.panel.meeting.matrix import NAME, MatrixRow, MatrixView, matrix_rows
from gui.pages.panel.meeting.reasons import ReasonsPane
from gui.pages.panel.meeting.side import (
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
    shown_members,
)
from gui.pages.panel.meeting.state import DISSENT, MeetingState, Onward
from gui.pages.panel.scoring.marks import (
    Grade,
    MarkRow,
    NumberField,
    PanelTick,
    ReasonBox,
    grades_of,
    made_marks,
)
from gui.text import counted, ours
from gui.theme.look import Tone, look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, ElidedLabel, Label, small
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, nest, row_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from models.queries.panel.meeting_figures import GivenReason
from scoring.marks.meeting import counts_words
from scoring.marks.sheets import comparisons
from scoring.scheme import Combine, Scheme

LEAST_BOX, MOST_BOX = 48, 160
"""How high the boxes for words are (at 13 px text), at least, as in a low window, and at most."""
WHY_SHARE, DISSENT_SHARE = 4, 3
"""The shares of the width that the two boxes have, beside five of the criterion."""
TITLE_ROOM = 70
"""The least room of a criterion's title, in which its code at least is whole."""
FIRST = 1_000
"""How much sooner a box takes room than what stands empty beneath it."""
WHY, NOTED = "Why this agreed mark?", "What was said about it"
SHOWN, KEPT = "The applicant may see this", "For the minutes: no applicant is shown this"
OUTSIDE = "No member gave a mark as low or as high as this: say why."
APART = "Members are two or more marks apart: say why this mark."


class SettlePane(QWidget):
    """The criterion at hand on the left, the item's dissent on the right."""

    agreed = Signal(object)
    explained = Signal(str, str, str)
    typed = Signal(str, str, str)
    kept_for_panel = Signal(str, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme | None = None
        self._at: tuple[MeetingState, MatrixRow] | None = None
        self._is_low = False
        self.title = ElidedLabel(size=15, weight=600)
        self.not_applicable = Button("Not applicable…", kind="link")
        self.marks: MarkRow | NumberField | None = None
        self.counts = Label(tone="text2").wrapped()
        self.why = Label(size=12, weight=600)
        self.dissent_words = Label("Dissent: who, which mark, why", size=12, weight=600)
        self.reason = ReasonBox("Reason")
        self.for_panel = PanelTick(self.reason, "No letter tells this reason; the minutes have it.")
        self.wording = small(tone="warning")
        self.dissent = ReasonBox("Dissent on this application")
        self.reasons = ReasonsPane()
        self.meaning = small()
        self._marks_place = QVBoxLayout()
        self._lay_out()
        self._connect()

    def show_scheme(self, scheme: Scheme) -> None:
        """Lay out the marks of a scheme's scale."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        if self.marks is not None:
            self.marks.deleteLater()
        self._show_rule(scheme.combine)
        row = made_marks("Agreed mark", [Grade(m) for m in range(scheme.scale_maximum + 1)])
        if isinstance(row, MarkRow):
            _name_buttons(row, grades_of(scheme))
        row.asked.connect(self.agreed)
        self._marks_place.addWidget(row)
        self.marks = row
        order = (row, self.reason, self.for_panel, self.dissent, self.reasons.list, self.not_applicable)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def show_row(self, state: MeetingState, row: MatrixRow) -> None:
        """Show the criterion at hand, and the item's dissent; what is locked is read, not changed.

        Whose reason it is may keep it for the panel long after the meeting.
        """
        line, is_locked, is_agreed = row.line, bool(state.locked), row.counts is None
        if self._at is None or (state.reference, row.code) != (self._at[0].reference, self._at[1].code):
            self.enter()
        self._at = state, row
        self.title.setText(f"{line.code} {line.title}")
        self.meaning.setText(_meaning(state, row))
        self._show_meaning()
        if self.marks is not None:
            self.marks.setVisible(is_agreed and not is_locked)
            self.marks.show_mark(line.agreed)
            self.marks.setAccessibleName(f"Agreed mark on {line.code} {line.title}")
            self.marks.setEnabled(not line.is_not_applicable)
        said = f"Why this agreed mark on {row.code}?" if is_agreed else f"{NOTED}: {row.code}."
        told = SHOWN if is_agreed and not row.is_for_panel else KEPT
        self.why.setText(WHY if is_agreed else NOTED)
        self.reason.setAccessibleName(f"{said} {told}")
        self.reason.setPlaceholderText(told)
        self.reason.show_text(row.reason)
        may_keep = state.identity.may("keep for panel")
        what = f"the reason on {row.code}"
        self.for_panel.setVisible(is_agreed and may_keep)
        self.for_panel.show_tick(what, is_ticked=row.is_for_panel, may_keep=may_keep)
        self.dissent.show_text(state.figures.dissent(state.reference))
        self._show_reasons(state, row)
        self.reason.setEnabled(not line.is_not_applicable)
        for box in (self.reason, self.dissent):
            box.setReadOnly(is_locked)
        self.not_applicable.show_words("Count it again" if line.is_not_applicable else "Not applicable…")
        self.not_applicable.setVisible(state.may_set_aside and not is_locked)
        self._check_wording()
        self._show_boxes()

    def _show_reasons(self, state: MeetingState, row: MatrixRow) -> None:
        """Show why the members gave their marks on the criterion at hand."""
        figures = state.figures
        given = figures.given_reasons(state.item, row.code)
        marks = sum(cell.mark is not None for cell in row.line.cells)
        self.reasons.show_reasons(f"{row.code} {row.line.title}", given, marks, figures.names)

    @Slot(object)
    def take_over(self, given: GivenReason) -> None:
        """Put a member's reason into the box as a draft; one for the panel only stays that."""
        if self._at is None or self._at[0].locked or not self.reason.isEnabled():
            return
        stands = self.reason.text.rstrip()
        self.reason.setPlainText(f"{stands}\n{given.words}" if stands else given.words)
        if given.is_for_panel and self.for_panel.isEnabled() and not self.for_panel.isChecked():
            self.for_panel.click()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.moveCursor(QTextCursor.MoveOperation.End)

    def _show_rule(self, combine: Combine) -> None:
        """Offer marks to agree on, or say what counts instead."""
        is_agreed = combine is Combine.CONSENSUS
        self.counts.setText(counts_words(combine))
        self.counts.setVisible(not is_agreed)
        self._show_boxes()

    def fit(self, *, is_low: bool) -> None:
        """Give up a line in a low window: a mark's meaning is on its tip."""
        self._is_low = is_low
        self._show_meaning()
        self._space()

    def _show_meaning(self) -> None:
        self.meaning.setVisible(bool(self.meaning.text()) and not self._is_low)

    def _show_boxes(self) -> None:
        """Leave out a box that is not asked for, and one that is empty and takes no words."""
        is_locked = self._at is not None and bool(self._at[0].locked)
        is_agreed = self._scheme is not None and self._scheme.is_agreed
        columns = ((self.why, self.reason, WHY_SHARE), (self.dissent_words, self.dissent, DISSENT_SHARE))
        for at, (name, box, share) in enumerate(columns, start=1):
            is_there = (box is self.reason or is_agreed) and bool(box.text or not is_locked)
            for part in (name, box):
                part.setVisible(is_there)
            self._row.setStretch(at, share if is_there else 0)

    @Slot()
    def _space(self) -> None:
        px, is_low = look.px, self._is_low
        fill(
            self._row,
            edges=(14, 2 if is_low else 8, 14, 0 if is_low else 6),
            spacing=16,
        )
        self.title.setMinimumWidth(px(TITLE_ROOM))
        for box in (self.reason, self.dissent):
            box.setMinimumHeight(px(LEAST_BOX))
            box.setMaximumHeight(px(LEAST_BOX if is_low else MOST_BOX))

    def begin_number(self, digit: int) -> bool:
        """Begin a mark with a digit where marks are typed as numbers; return whether they are."""
        if not isinstance(self.marks, NumberField):
            return False
        self.marks.begin(digit)
        return True

    @Slot()
    def enter(self) -> None:
        """Enter what is typed."""
        self.reason.enter()
        self.dissent.enter()

    @Slot()
    def _check_wording(self) -> None:
        """Say what of the reason is not to be read by an applicant, and that one is lacking."""
        if self._at is None:
            return
        state, row = self._at
        found = list(comparisons(self.reason.text, state.reference, state.figures.everyone))
        lacks = _lacking(row) if row.counts is None and not self.reason.text.strip() else ""
        self.wording.setText(" ".join(filter(None, (lacks, *found))))
        self.wording.setVisible(bool(lacks or found))

    def _connect(self) -> None:
        self.reason.textChanged.connect(self._check_wording)
        for box, code in ((self.reason, ""), (self.dissent, DISSENT)):
            box.left.connect(partial(self._tell, self.explained, code))
            box.typed.connect(partial(self._tell, self.typed, code))
        self.reasons.taken.connect(self.take_over)
        self.for_panel.kept.connect(partial(self._tell, self.kept_for_panel, ""))
        look.changed.connect(self._space)  # after the boxes' own, which are shorter

    def _tell(self, signal: SignalInstance, code: str, told: object) -> None:
        if self._at is not None:
            signal.emit(self._at[0].reference, code or self._at[1].code, told)

    def _lay_out(self) -> None:
        head = row_of((self.title, 1), self.for_panel, self.not_applicable)
        row = self._row = fill(
            QHBoxLayout(self),
            (_column(head, self._marks_place, self.counts, self.meaning, self.reasons), 5),
            (_column(self.why, self.reason, self.wording), WHY_SHARE),
        )
        self._space()
        nest(row, _column(self.dissent_words, self.dissent), DISSENT_SHARE)


def _meaning(state: MeetingState, row: MatrixRow) -> str:
    """Say what the agreed mark means, or why there is none to agree."""
    if row.line.is_not_applicable:
        return f"Not applicable: {row.not_applicable}"
    found = (one for one in state.figures.round.scheme.descriptors if one[0] == row.line.agreed)
    _, word, meaning = next(found, (None, "", ""))
    return "" if row.counts is not None else f"{row.line.agreed} {word}: {meaning}" if meaning else word


def _lacking(row: MatrixRow) -> str:
    """Say why an agreed mark needs its reason, "" where it needs none."""
    is_apart = row.line.agreed is not None and row.line.is_flagged
    return OUTSIDE if row.line.is_outside else APART if is_apart else ""


def _name_buttons(row: MarkRow, grades: Sequence[Grade]) -> None:
    """Let the buttons say their words aloud: there is no room to print them."""
    for button, grade in zip(row.buttons, grades, strict=True):
        button.setAccessibleName(grade.spoken)
        set_tip(button, grade.words if grade.meaning else "")


def _column(*parts: QWidget | QLayout) -> QVBoxLayout:
    column = column_of(spacing=4)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part, FIRST if isinstance(part, ReasonBox | ReasonsPane) else 0)
        else:
            nest(column, part)
    column.addStretch(1)  # room that a box of the most height leaves is beneath it, never between the parts
    return column


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
        self.absent.show_state(Tone.INFORMATION, words)
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
        cells = (line.cells[at] for line in item.lines for at in figures.rows.columns(item))
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
        heads = short_names(figures.names, shown_members(figures, state.item)), scheme.combine
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
        inner.addWidget(part, FIRST if isinstance(part, SettlePane) else 0)
    inner.addStretch(1)
    scroll = ScrollPane(takes_focus=False)
    scroll.setWidget(page)
    page.setAutoFillBackground(False)
    return scroll
