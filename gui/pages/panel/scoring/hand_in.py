"""Ask before sheets are handed in: how many, which, and what it means."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words

COUNTS_ONE = "It counts from then on, and others’ marks on this application open to you."
COUNT_ALL = "They count from then on, and others’ marks on these applications open to you."
REOPENED = "Only the chair can reopen a sheet. Earlier changes can no longer be undone."


class HandInDialog(Dialog):
    """One ready sheet, or all of them; the count stands on the button and Cancel has the focus."""

    is_final = True
    agreed = Signal(tuple)

    def __init__(
        self,
        look: Look,
        ready: tuple[str, ...],
        current: str,
        parent: QWidget,
        lacking: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._ready = ready
        self._current = current
        self.setWindowTitle("Hand in")
        effect = (COUNTS_ONE if len(ready) == 1 else COUNT_ALL, REOPENED)
        self.setAccessibleDescription(" ".join(effect))
        self.do = Button(look, "", kind="primary")
        self.cancel = Button(look, "Cancel")
        self.all = QRadioButton(f"All {len(ready)} ready sheets")
        self.one = QRadioButton(f"Only the sheet on show, {current}")
        group = QButtonGroup(self)
        has_choice = current in ready and len(ready) > 1
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        title = f"Hand in {counted(len(ready), 'sheet', 'sheets')}"
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(Words(look, ", ".join(ready), weight=600, tone="text2").wrapped())
        for sentence in effect:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        if lacking:
            kept = f"Not yet, since a reason is required beside each mark: {', '.join(lacking)}."
            column.addWidget(Words(look, kept, tone="warning").wrapped())
        for choice in (self.all, self.one):
            choice.setFont(look.font())
            choice.setVisible(has_choice)
            group.addButton(choice)
            column.addWidget(choice)
        self.all.setChecked(True)
        group.buttonToggled.connect(self._show_deed)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.do)
        column.addSpacing(look.px(8))
        column.addLayout(row)
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self._show_deed()
        self.cancel.setFocus()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return which sheets are to be handed in."""
        return (self._current,) if self.one.isChecked() else self._ready

    @Slot()
    def _show_deed(self) -> None:
        self.do.show_words(f"Hand in {counted(len(self.chosen), 'sheet', 'sheets')}")

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(self.chosen)
        self.accept()
