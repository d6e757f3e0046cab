"""Which part of the Papers page is on show: the papers, a form of the paper, or what was issued."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.pill import Pill

PAPERS = "papers"
ISSUED = "issued"


class Parts(QWidget):
    """Pills that are offered anew for each paper; the part on show is kept where there still is one."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName("Parts of this page")
        self.pills: list[Pill] = []
        self._offered: tuple[tuple[str, str], ...] = ()
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._group.idToggled.connect(self._tell)

    @property
    def current(self) -> str:
        """Return the key of the part on show."""
        number = self._group.checkedId()
        return self._offered[number][0] if 0 <= number < len(self._offered) else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the parts that are offered."""
        return tuple(key for key, _ in self._offered)

    def offer(self, parts: Sequence[tuple[str, str]], otherwise: str = "") -> None:
        """Offer parts by key and words; where the one on show is gone, show `otherwise` or the first."""
        if tuple(parts) == self._offered:
            return
        held = self.current
        blocked = QSignalBlocker(self._group)
        for pill in self.pills:
            self._group.removeButton(pill)
            self._row.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._offered = tuple(parts)
        self.pills = [Pill(self._look, words, key) for key, words in parts]
        for number, pill in enumerate(self.pills):
            pill.setAccessibleName(f"Show {pill.text()}")
            self._group.addButton(pill, number)
            self._row.addWidget(pill)
        wanted = next((key for key in (held, otherwise, *self.keys) if key in self.keys), "")
        if wanted:
            self.pills[self.keys.index(wanted)].setChecked(True)
        blocked.unblock()

    def choose(self, key: str) -> None:
        """Show a part."""
        if key in self.keys:
            self.pills[self.keys.index(key)].setChecked(True)

    @Slot(int, bool)
    def _tell(self, number: int, is_on: bool) -> None:
        if is_on:
            self.changed.emit()
