"""Settle one criterion: its agreed mark, the reason, a look at its wording, and the dissent on the item."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.pages.panel.meeting.matrix import MatrixRow
from gui.pages.panel.meeting.state import DISSENT, MeetingState
from gui.pages.panel.scoring.marks import (
    Grade,
    MarkRow,
    NumberField,
    PanelTick,
    ReasonBox,
    grades_of,
    made_marks,
)
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import column_of, fill, nest, row_of
from gui.widgets.tips import set_tip
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
        for before, after in pairwise((row, self.reason, self.for_panel, self.dissent, self.not_applicable)):
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
        self.reason.setEnabled(not line.is_not_applicable)
        for box in (self.reason, self.dissent):
            box.setReadOnly(is_locked)
        self.not_applicable.show_words("Count it again" if line.is_not_applicable else "Not applicable…")
        self.not_applicable.setVisible(state.may_set_aside and not is_locked)
        self._check_wording()
        self._show_boxes()

    def _show_rule(self, combine: Combine) -> None:
        """Offer marks to agree on, or say what counts instead."""
        is_agreed = combine is Combine.CONSENSUS
        self.counts.setText(counts_words(combine))
        self.counts.setVisible(not is_agreed)
        self._show_boxes()

    def fit(self, *, is_low: bool) -> None:
        """Give up a line in a low window: a mark's meaning is on its tip."""
        self._is_low = is_low
        self.meaning.setVisible(not is_low)
        self._space()

    def _show_boxes(self) -> None:
        """Leave out a box that is not asked for, and one that is empty and takes no words."""
        is_locked = self._at is not None and bool(self._at[0].locked)
        is_agreed = self._scheme is not None and self._scheme.combine is Combine.CONSENSUS
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
        self.for_panel.kept.connect(partial(self._tell, self.kept_for_panel, ""))
        look.changed.connect(self._space)  # after the boxes' own, which are shorter

    def _tell(self, signal: SignalInstance, code: str, told: object) -> None:
        if self._at is not None:
            signal.emit(self._at[0].reference, code or self._at[1].code, told)

    def _lay_out(self) -> None:
        head = row_of((self.title, 1), self.for_panel, self.not_applicable)
        row = self._row = fill(
            QHBoxLayout(self),
            (_column(head, self._marks_place, self.counts, self.meaning), 5),
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
            column.addWidget(part, FIRST if isinstance(part, ReasonBox) else 0)
        else:
            nest(column, part)
    column.addStretch(1)  # room that a box of the most height leaves is beneath it, never between the parts
    return column
