"""A line of a dialog for one fact of the office, checked as its kind is."""

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
        try:
            return read_fact(self._known.key, self.text())
        except Refused as no:
            raise Wrong(str(no), self) from no
