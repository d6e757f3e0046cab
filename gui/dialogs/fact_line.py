"""A line of a dialog for one fact of the office, checked as its kind is."""

from PySide6.QtWidgets import QWidget

from gui.widgets.typed import ReadLine, Wrong
from models.papers.office import OfficeKey, read_fact
from scoring.written.text import Refused


class FactLine(ReadLine):
    """A line for one fact, checked as its kind is."""

    def __init__(self, known: OfficeKey, text: str) -> None:
        super().__init__(text)
        self._known = known
        self.setPlaceholderText(known.hint)
        self.setCursorPosition(0)

    @property
    def value(self) -> str:
        """Return the fact as it is stored; raise `Wrong` where it cannot be."""
        return read_at(self._known, self.text(), self)


def read_at(key: OfficeKey, text: str, field: QWidget) -> str:
    """Return what was typed for a fact as it is stored; raise `Wrong` at its field where it cannot be."""
    try:
        return read_fact(key.key, text)
    except Refused as no:
        raise Wrong(str(no), field) from no
