"""Ask about the name in one line before it is used: one letter off a known one, or right as it is."""

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from gui.grid.slip_note import SlipNote
from gui.theme.look import Look
from scoring.written.names import slip_of


class NameSlip(SlipNote):
    """Whoever uses the name asks `stops` first; a name that was kept is not asked about again."""

    def __init__(self, look: Look, line: QLineEdit, known: Iterable[str]) -> None:
        super().__init__(look)
        self._line = line
        self._known = tuple(known)
        self._right: set[str] = set()
        line.textEdited.connect(self._forget)
        self.mended.connect(self._use)
        self.kept.connect(self._let_be)

    def stops(self) -> bool:
        """Ask about the name where it is almost a known one; whether an answer is needed first."""
        name = " ".join(self._line.text().split())
        meant = "" if name in self._right else slip_of(name, self._known)
        self.ask(name if meant else "", meant)
        if meant:
            self.use.setFocus()
        return bool(meant)

    @Slot()
    def _forget(self) -> None:
        self.ask("", "")

    @Slot(str, str)
    def _use(self, name: str, known: str) -> None:
        self._line.setText(known)
        self._line.setModified(True)
        self._answered()

    @Slot(str)
    def _let_be(self, name: str) -> None:
        self._right.add(name)
        self._answered()

    def _answered(self) -> None:
        self.ask("", "")
        self._line.setFocus()
