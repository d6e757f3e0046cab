"""Ask before sheets are handed in: how many, which, and what it means."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from gui.dialogs.form import Form
from gui.text import ENDS_UNDO, counted
from gui.theme.look import Look
from scoring.written.text import noun

COUNTS_ONE = "It counts from now on, and others’ marks on this application open to you."
COUNT_ALL = "They count from now on, and others’ marks on these applications open to you."
REOPENED = f"Only the chair can reopen a sheet. {ENDS_UNDO}"


class HandInDialog(Form):
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
        count, effect = counted(len(ready), "sheet", "sheets"), COUNTS_ONE if len(ready) == 1 else COUNT_ALL
        super().__init__(look, "Hand in", (), "Hand in", parent, heading=f"Hand in {count}")
        of = f"The {noun(len(ready), 'sheet')} of {', '.join(ready)}."
        self.describe(f"{of} {effect} {REOPENED}")
        self._ready = ready
        self._current = current
        self.sentence(of, weight=600, tone="text2")
        for sentence in (effect, REOPENED):
            self.sentence(sentence, tone="text2")
        if lacking:
            kept = f"Not yet, since a reason is required beside each mark: {', '.join(lacking)}."
            self.sentence(kept, tone="warning")
        self.all = QRadioButton("Both ready sheets" if len(ready) == 2 else f"All {len(ready)} ready sheets")
        self.one = QRadioButton(f"Only the sheet on show, {current}")
        group = QButtonGroup(self)
        for choice in (self.all, self.one):
            choice.setFont(look.font())
            choice.setVisible(current in ready and len(ready) > 1)
            group.addButton(choice)
            self.put(choice)
        self.all.setChecked(True)
        group.buttonToggled.connect(self._show_action)
        self._show_action()
        self.finish(self.cancel)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return which sheets are to be handed in."""
        return (self._current,) if self.one.isChecked() else self._ready

    @Slot()
    def _show_action(self) -> None:
        self.do.show_words(f"Hand in {counted(len(self.chosen), 'sheet', 'sheets')}")

    def try_action(self) -> None:
        """Hand the sheets in."""
        self.agreed.emit(self.chosen)
        self.accept()
