"""Remind members of what is open: text to paste into a mail, since this laptop sends none."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from models.queries.panel.reminders import OpenSheets, Reminder
from scoring.written.days import full_day

ABOUT = (
    "This computer sends nothing. Copy the text, or a part of it, and paste it into your own mail. "
    "It says who has what open, and nothing of any application."
)
COPIED = "Copied. Paste it into your mail."


class RemindDialog(Dialog):
    """The text, which may be changed before it is copied."""

    def __init__(self, look: Look, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.text = QPlainTextEdit(text)
        self.text.setFont(look.font())
        self.text.setAccessibleName("Text to paste")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(look.px(200))
        self.said = Words(look, size=12, tone="text2")
        self.said.setAccessibleName("What was done")
        self.do = Button(look, "Copy", kind="primary")
        self.cancel = Button(look, "Close")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(Words(look, ABOUT, tone="text2").wrapped())
        column.addWidget(self.text, 1)
        column.addWidget(self.said)
        column.addLayout(foot(look, self.cancel, self.do))
        self.resize(look.px(560), look.px(420))
        self.do.clicked.connect(self._copy)
        self.cancel.clicked.connect(self.reject)
        self.do.setFocus()

    @Slot()
    def _copy(self) -> None:
        """Copy what is marked, else all of it; the dialog stays, so that a part can follow."""
        chosen = self.text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(chosen or self.text.toPlainText())
        self.said.setText(COPIED)


def remind_title(waiting: Sequence[Reminder]) -> str:
    """Return what the deed is called: "Remind 2 members"."""
    return f"Remind {counted(len(waiting), 'member', 'members')}"


def remind_text(about: str, waiting: Sequence[Reminder]) -> str:
    """Return what to paste: a line for each member, with what is open and by when."""
    lines = [f"{about}: what is still open", ""]
    lines += [f"{row.name}: {_open_words(row)}" for row in waiting]
    return "\n".join([*lines, "", "Thank you."])


def _open_words(row: Reminder) -> str:
    if not row.has_declared:
        return "please declare your interests; “none” is a declaration. Applications open to you after that."
    return f"please hand in {'; '.join(map(_sheet_words, row.sheets))}."


def _sheet_words(sheets: OpenSheets) -> str:
    words = f"{counted(sheets.count, 'score sheet', 'score sheets')} for {sheets.area}"
    day = sheets.marks_close_on
    return words if day is None else f"{words} by {day:%A} {full_day(day)}"
