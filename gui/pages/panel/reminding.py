"""Remind members of what is open: text to paste into a mail, since this laptop sends none."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.text import counted
from gui.theme.look import Look
from models.queries.panel.panel_board import OpenSheets, Reminder
from scoring.written.days import full_day

ABOUT = (
    "This computer sends nothing. Copy the text, or a part of it, and paste it into your own mail. "
    "It says what each person still has to do, and nothing about any application."
)
COPIED = "Copied. Paste it into your mail."


class RemindDialog(Form):
    """The text, which may be changed before it is copied."""

    def __init__(self, look: Look, title: str, text: str, parent: QWidget) -> None:
        super().__init__(look, title, (ABOUT,), "Copy", parent, 560, away="Close")
        self.text = self.listed("Text to paste", text, 200)
        self.text.setReadOnly(False)
        self.said = self.sentence("", size=12, tone="text2")
        self.said.setAccessibleName("What was done")
        self.finish(self.do)

    def try_action(self) -> None:
        """Copy what is marked, else all of it; the dialog stays, so that a part can follow."""
        chosen = self.text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(chosen or self.text.toPlainText())
        self.said.setText(COPIED)


def remind_title(waiting: Sequence[Reminder]) -> str:
    """Return what the action is called: "Remind 2 members"."""
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
