"""Publish a new version: its reason, and every sheet that it touches, before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.set_up.criteria.inputs import NoteBox, labelled
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.queries.set_up.criteria import TouchedSheet

REASON_FIRST = "Say why: every paper prints the reason."


class AmendDialog(Dialog):
    """The effect and the count first, then the reason, without which nothing is done.

    It stays open until the record has taken the amendment, or is cancelled.
    """

    is_final = True
    agreed = Signal(str)

    def __init__(self, look: Look, version: int, touched: Sequence[TouchedSheet], parent: QWidget) -> None:
        super().__init__(parent)
        title = f"Publish version {version}"
        self._is_sent = False
        self.setWindowTitle(title)
        self.reason = NoteBox(look, "Reason for the amendment")
        self.sheets = QPlainTextEdit("\n".join(map(_line, touched)))
        self.sheets.setReadOnly(True)
        self.sheets.setTabChangesFocus(True)
        self.sheets.setAccessibleName("Sheets it touches")
        self.sheets.setMaximumHeight(look.px(150))
        self.sheets.setVisible(bool(touched))
        self.problem = FieldError(look, self.reason)
        self.do = Button(look, title, kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in effect(version, touched):
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        column.addWidget(self.sheets)
        column.addLayout(labelled(look, "Reason", self.reason))
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._agree)
        self.reason.textChanged.connect(self.problem.clear)
        self.cancel.clicked.connect(self.reject)
        self.reason.setFocus()

    def refuse(self, words: str) -> None:
        """Say why the record did not take the amendment; the reason stays."""
        self._is_sent = False
        self.problem.tell(words)
        self.reason.setFocus()

    @Slot()
    def _agree(self) -> None:
        reason = self.reason.toPlainText().strip()
        if not reason:
            self.refuse(REASON_FIRST)
        elif not self._is_sent:
            self._is_sent = True
            self.agreed.emit(reason)


def effect(version: int, touched: Sequence[TouchedSheet]) -> tuple[str, ...]:
    """Return what publishing a version does."""
    handed_in = sum(1 for sheet in touched if sheet.is_submitted)
    sheets = counted(len(touched), "sheet", "sheets")
    return (
        f"Version {version} counts from now on, for all areas; version {version - 1} is kept beside it.",
        f"It touches {sheets}, {handed_in} of them handed in." if touched else "It touches no sheet.",
        "Earlier changes can no longer be undone.",
    )


def _line(sheet: TouchedSheet) -> str:
    state = "handed in" if sheet.is_submitted else "draft"
    return f"{sheet.application}, {sheet.name}, {state}"
