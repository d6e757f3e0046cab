"""Ask for one day, or for none where it may be left open."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.decisions.dialogs import DAY_FORM, NO_DAY, day_of
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words

TO_COME = "That day is still to come. A payment is recorded once it is made."


class DayDialog(Dialog):
    """A sentence and a day. `latest` bars later days; without it, a blank stands for no day yet."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, title: str, words: str, day: date | None, latest: date | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(words)
        self._latest = latest
        self.day = QLineEdit(f"{day:{DAY_FORM}}" if day else "")
        self.day.setAccessibleName("On")
        self.day.setPlaceholderText("dd/mm/yyyy")
        self.problem = FieldError(look)
        self.do = Button(look, "Record", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(self.day)
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(420))
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self.day.setFocus()

    @Slot()
    def _try(self) -> None:
        on, is_blank = day_of(self.day.text()), not self.day.text().strip()
        if on is None and not (is_blank and self._latest is None):
            self._refuse(NO_DAY)
        elif on is not None and self._latest is not None and on > self._latest:
            self._refuse(TO_COME)
        else:
            self.accept()
            self.chosen.emit(on)

    def _refuse(self, words: str) -> None:
        self.problem.tell(words, self.day)
        self.day.setFocus()
