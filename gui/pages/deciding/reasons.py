"""Write the reasons of several recommendations in one go, each from its draft, checked by whoever writes."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.deciding.reason_words import NOTE
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from scoring.allocating.rule_notes import is_rule_note

TITLE = "Write the reasons"
WORDS = (
    "Why each should get money: the applicant may be shown it, and that of an award is published. A draft "
    "stands where panel or members wrote why they gave their marks. Check it, or write your own. A box that "
    "is left empty stays to be written."
)
RECORD_AND_SIGN = "Record and sign…"
ONE_LACKS = "Write a reason here first: each that gets money needs one before the chair signs."
NONE_WRITTEN = "Write at least one reason, or cancel."


class ToReason(NamedTuple):
    """One recommendation without a reason: reference, who and how much, the draft and what it came from."""

    reference: str
    words: str
    draft: str
    note: str


class ReasonsDialog(Dialog):
    """A box for each recommendation, in the order of the list; what is written goes out by reference."""

    written = Signal(object)
    signing = Signal()

    def __init__(self, look: Look, lines: Sequence[ToReason], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(TITLE)
        self.setAccessibleDescription(WORDS)
        self.boxes = {line.reference: self._box(line) for line in lines}
        self.problem = FieldError(look)
        self.do = Button(look, "Record the reasons", kind="primary")
        self.cancel = Button(look, "Cancel")
        self.sign: Button | None = None
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, TITLE, size=15, weight=600))
        column.addWidget(Words(look, WORDS, tone="text2").wrapped())
        column.addWidget(self._scrolled(lines), 1)
        column.addWidget(self.problem)
        self.row = foot(look, self.cancel, self.do)
        column.addLayout(self.row)
        self.setMinimumWidth(look.px(620))
        next(iter(self.boxes.values())).setFocus()

    @property
    def reasons(self) -> dict[str, str]:
        """Return what is written, by reference."""
        said = {of: box.toPlainText().strip() for of, box in self.boxes.items()}
        return {of: words for of, words in said.items() if words}

    def offer_signing(self) -> None:
        """Add a button that records the reasons and goes on to what the chair signs."""
        self.sign = Button(self._look, RECORD_AND_SIGN)
        self.row.insertWidget(self.row.indexOf(self.do), self.sign)
        self.sign.clicked.connect(self._agree_and_sign)

    def _box(self, line: ToReason) -> QPlainTextEdit:
        box = QPlainTextEdit(line.draft)
        box.setAccessibleName(f"Reason, {line.words}")
        box.setAccessibleDescription(line.note)
        box.setTabChangesFocus(True)
        box.setFont(self._look.font())
        box.setFixedHeight(self._look.px(92))
        return box

    def _scrolled(self, lines: Sequence[ToReason]) -> QScrollArea:
        look, inside = self._look, QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.px(3), look.px(3), look.px(10), look.px(3))
        column.setSpacing(look.px(4))
        for line in lines:
            column.addWidget(Words(look, line.words, weight=600).wrapped())
            column.addWidget(self.boxes[line.reference])
            if line.note:
                column.addWidget(Words(look, line.note, size=12, tone="muted").wrapped())
            column.addSpacing(look.px(6))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(look.px(200))
        return area

    @Slot()
    def _agree_and_sign(self) -> None:
        """Record the reasons; signing is then asked about in a box of its own, once none is lacking."""
        if len(self.reasons) < len(self.boxes):
            box = next(box for box in self.boxes.values() if not box.toPlainText().strip())
            self.problem.tell(ONE_LACKS, box)
            box.setFocus()
            return
        self._agree()
        if self.result():
            self.signing.emit()

    @Slot()
    def _agree(self) -> None:
        reasons = self.reasons
        note = next((of for of, words in reasons.items() if is_rule_note(words)), None)
        if not reasons or note is not None:
            box = next(iter(self.boxes.values())) if note is None else self.boxes[note]
            self.problem.tell(NONE_WRITTEN if note is None else NOTE, box)
            box.setFocus()
            return
        self.written.emit(reasons)
        self.accept()
