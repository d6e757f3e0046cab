"""Ask where the finance schedule is written, and whether whole accounts are wanted: by whom, and why."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QWidget,
)

from gui.dialogs.files import choose_folder
from gui.dialogs.form import Form
from gui.pages.page import own_name
from gui.text import ENDS_UNDO
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.typed import TextLine, Wrong, required_text
from models.values.payments import PaymentLayout

WIDTH = 500
TITLE = "Finance schedule"
MASKED = "Accounts show their last four digits."
ISSUING = "It is a draft unless the same version was issued. Versions are issued on Papers."
WITH_ACCOUNTS = "With accounts, on a restricted sheet"
RESTRICTED = (
    "The file is marked OFFICIAL-SENSITIVE. The journal notes that you, {}, wrote it, who asked and why. "
    f"Delete the file once the payments are made. {ENDS_UNDO}"
)
PAYMENT_FILE = "Payment file beside it"
NO_FILE = "None"
HOLDS_ACCOUNTS = "The layout {} holds accounts. Tick that they are wanted, and say who asks and why."
NO_FOLDER = "Choose a folder that exists."
NOBODY = "Accounts are written only when a named person asks for them. Say who."
NO_REASON = "Say why they are wanted. The reason is recorded in History."


class WantedSchedule(Struct, frozen=True):
    """Where it goes; `asked_by` and `reason` are "" without accounts, `layout` None without a file."""

    folder: Path
    asked_by: str = ""
    reason: str = ""
    layout: PaymentLayout | None = None

    @property
    def has_accounts(self) -> bool:
        """Whether whole accounts are asked for."""
        return bool(self.asked_by)


class ScheduleDialog(Form):
    """A folder, and a tick for accounts that asks for a name and a reason; the action says what lacks."""

    is_final = True
    asked = Signal(object)

    def __init__(
        self,
        look: Look,
        words: str,
        folder: Path,
        person: str,
        refusal: str,
        layouts: Sequence[PaymentLayout],
        parent: QWidget,
    ) -> None:
        super().__init__(look, TITLE, (words, f"{MASKED} {ISSUING}"), "Write schedule", parent, WIDTH)
        self.describe(f"{words} {MASKED}")
        self.sentence("Folder", size=12, weight=600)
        self.folder = TextLine(str(folder))
        self.folder.setAccessibleName("Folder")
        browse = Button(look, "Choose…", icon="folder")
        browse.show_words("Choose…", name="Choose the folder")
        browse.clicked.connect(self._choose_folder)
        line = self.row()
        line.addWidget(self.folder, 1)
        line.addWidget(browse)
        named = [(one.name, one) for one in layouts]
        self.layout_choice = self.choice(PAYMENT_FILE, [(NO_FILE, None), *named])
        self.accounts = self.put(QCheckBox(WITH_ACCOUNTS))
        self.accounts.setEnabled(not refusal)
        if refusal:
            self.sentence(refusal, size=12, tone="text2")
        self.who = self.line("Who asks for them", own_name(person))
        self.reason = self.line("Why")
        self.restricted = self.sentence(RESTRICTED.format(person), size=12, tone="warning")
        self.accounts.toggled.connect(self._show_restricted)
        self._show_restricted()
        self.finish(self.folder)

    @property
    def wanted(self) -> WantedSchedule:
        """Return what is asked for."""
        folder = Path(self.folder.text().strip()).expanduser()
        layout = self.layout_choice.currentData()
        if not self.accounts.isChecked():
            return WantedSchedule(folder, layout=layout)
        return WantedSchedule(folder, self.who.text().strip(), self.reason.text().strip(), layout)

    def try_action(self) -> None:
        """Ask for the schedule, or say what is missing."""
        wanted = self.wanted
        if not self.folder.text().strip() or not wanted.folder.is_dir():
            raise Wrong(NO_FOLDER, self.folder)
        if self.accounts.isChecked():
            required_text(self.who, NOBODY)
            required_text(self.reason, NO_REASON)
        elif wanted.layout is not None and wanted.layout.has_accounts:
            raise Wrong(HOLDS_ACCOUNTS.format(wanted.layout.name), self.layout_choice)
        self.accept()
        self.asked.emit(wanted)

    @Slot()
    def _show_restricted(self) -> None:
        is_asked = self.accounts.isChecked()
        for field in (self.who, self.reason):
            self.show_field(field, is_shown=is_asked)
        self.restricted.setVisible(is_asked)
        self.do.show_words("Write with accounts" if is_asked else "Write schedule")
        self.problem.clear()
        if is_asked:
            self.reason.setFocus()

    @Slot()
    def _choose_folder(self) -> None:
        chosen = choose_folder(self, "Folder for the schedule", self.folder.text())
        if chosen:
            self.folder.setText(chosen)
