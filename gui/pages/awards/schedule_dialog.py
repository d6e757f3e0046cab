"""Ask where the finance schedule is written, and whether whole accounts are wanted: by whom, and why."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.dialogs.fitting import Fitted
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words

WIDTH = 500
TITLE = "Finance schedule"
MASKED = "Accounts show their last four digits."
ISSUING = "It is a draft unless the same version was issued. Versions are issued on Exports."
WITH_ACCOUNTS = "With accounts, on a restricted sheet"
RESTRICTED = (
    "The file is marked OFFICIAL-SENSITIVE. The journal notes that you, {}, wrote it, who asked and why. "
    "Delete the file once the payments are made."
)
NO_FOLDER = "Choose a folder that exists."
NOBODY = "Accounts are written only when a named person asks for them. Say who."
NO_REASON = "Say why they are wanted. The reason is kept in History."


@dataclass(frozen=True, slots=True)
class WantedSchedule:
    """Where it goes; `asked_by` and `reason` are "" without accounts."""

    folder: Path
    asked_by: str = ""
    reason: str = ""

    @property
    def has_accounts(self) -> bool:
        """Whether whole accounts are asked for."""
        return bool(self.asked_by)


class ScheduleDialog(Dialog):
    """A folder, and a tick for accounts that asks for a name and a reason; the deed says what lacks."""

    asked = Signal(object)

    def __init__(
        self, look: Look, words: str, folder: Path, person: str, refusal: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setAccessibleDescription(f"{words} {MASKED}")
        self._look, self._words = look, words
        self.folder = QLineEdit(str(folder))
        self.browse = Button(look, "Choose…", icon="folder")
        self.accounts = QCheckBox(WITH_ACCOUNTS)
        self.accounts.setEnabled(not refusal)
        self.who = QLineEdit(person)
        self.reason = QLineEdit()
        self.restricted = QWidget()
        self._body = QWidget()
        self._scrolled = Fitted(self)
        self.problem = FieldError(look)
        self.do = Button(look, "Write schedule", kind="primary", icon="export")
        self.cancel = Button(look, "Cancel")
        self._lay_out(person, refusal)
        self._scrolled.setWidget(self._body)
        self._body.setAutoFillBackground(False)
        self.accounts.toggled.connect(self._show_restricted)
        self.browse.clicked.connect(self._choose_folder)
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self._show_restricted()

    @property
    def wanted(self) -> WantedSchedule:
        """Return what is asked for."""
        folder = Path(self.folder.text().strip()).expanduser()
        if not self.accounts.isChecked():
            return WantedSchedule(folder)
        return WantedSchedule(folder, self.who.text().strip(), self.reason.text().strip())

    @Slot()
    def _try(self) -> None:
        fault = self._fault()
        if fault is None:
            wanted = self.wanted
            self.accept()
            self.asked.emit(wanted)
            return
        words, field = fault
        self.problem.tell(words, field)
        field.setFocus()
        self._fit()
        self._scrolled.ensureWidgetVisible(field)

    def _fault(self) -> tuple[str, QLineEdit] | None:
        if not self.folder.text().strip() or not self.wanted.folder.is_dir():
            return NO_FOLDER, self.folder
        if self.accounts.isChecked() and not self.who.text().strip():
            return NOBODY, self.who
        if self.accounts.isChecked() and not self.reason.text().strip():
            return NO_REASON, self.reason
        return None

    @Slot()
    def _show_restricted(self) -> None:
        is_asked = self.accounts.isChecked()
        self.restricted.setVisible(is_asked)
        self.do.show_words("Write with accounts" if is_asked else "Write schedule")
        self.problem.clear()
        if is_asked:
            self.reason.setFocus()
        self._fit()
        if is_asked:
            self._scrolled.ensureWidgetVisible(self.reason)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the schedule", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _lay_out(self, person: str, refusal: str) -> None:
        look = self._look
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        outer.setSpacing(look.px(8))
        outer.addWidget(Words(look, TITLE, size=15, weight=600))
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, look.px(4), 0)
        column.setSpacing(look.px(8))
        for words in (self._words, f"{MASKED} {ISSUING}"):
            column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(Words(look, "Folder", size=12, weight=600))
        line = QHBoxLayout()
        line.setSpacing(look.px(8))
        self.folder.setAccessibleName("Folder")
        self.browse.show_words("Choose…", name="Choose the folder")
        line.addWidget(self.folder, 1)
        line.addWidget(self.browse)
        column.addLayout(line)
        column.addWidget(self.accounts)
        if refusal:
            column.addWidget(Words(look, refusal, size=12, tone="text2").wrapped())
        inner = QVBoxLayout(self.restricted)
        inner.setContentsMargins(look.px(24), 0, 0, 0)
        inner.setSpacing(look.px(6))
        for name, field in (("Who asks for them", self.who), ("Why", self.reason)):
            field.setAccessibleName(name)
            inner.addWidget(Words(look, name, size=12, weight=600))
            inner.addWidget(field)
        inner.addWidget(Words(look, RESTRICTED.format(person), size=12, tone="warning").wrapped())
        column.addWidget(self.restricted)
        column.addWidget(self.problem)
        outer.addWidget(self._scrolled, 1)
        outer.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(WIDTH))

    def _fit(self) -> None:
        """Take the room that the words need, as far as the screen has it; the rest scrolls."""
        layout = self._body.layout()
        assert layout is not None, "the body is laid out"
        layout.activate()
        wanted = layout.totalHeightForWidth(self._look.px(WIDTH - 48))
        room = self.screen().availableGeometry().height() - self._look.px(160)
        self._scrolled.setMinimumHeight(max(min(wanted, room), self._look.px(80)))
        self.adjustSize()
