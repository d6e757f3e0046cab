"""Step 5: what will be taken in and what not, then what was."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.importing.preview import Preview, State
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.words import Words
from scoring import money

GATES = "The caps are judged from the amounts; every other gate starts to check."
UNDO = "One undo takes everything out again."


class SummaryStep(Card):
    """Sentences with the counts, before and after."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.is_done = False
        self._head = Words(look, size=15, weight=600).wrapped()
        self._lines = Words(look, size=14, tone="text2").wrapped()
        self._note = Words(look, size=12, tone="muted").wrapped()
        column = QVBoxLayout()
        column.setSpacing(look.px(8))
        for words in (self._head, self._lines, self._note):
            column.addWidget(words)
        column.addStretch(1)
        self.body.addLayout(column)

    @property
    def words(self) -> str:
        """Return what is said."""
        return f"{self._head.text()}\n{self._lines.text()}"

    def show_preview(self, found: Preview) -> None:
        """Say what would be taken in."""
        self.is_done = False
        asked = sum(row.requested_pence for row in found.taken)
        number = counted(len(found.taken), "application", "applications")
        self._head.setText(f"{number} to take in, {money.short_pounds(asked)} asked in all.")
        self._lines.setText("\n".join(_lines(found)))
        self._note.setText(f"Nothing is written yet. {UNDO}")

    def show_done(self, words: str) -> None:
        """Say what was taken in."""
        self.is_done = True
        self._head.setText(words)
        self._note.setText(f"{GATES} {UNDO}")


def _lines(found: Preview) -> list[str]:
    counts = found.counts
    lines = [f"{counted(len(found.rows), 'row', 'rows')} read from “{found.reading.sheet}”."]
    for state, words in (
        (State.PROBLEM, "taken in with a cell that could not be read; its text is kept as an answer"),
        (State.CHECK, "taken in with something to check"),
        (State.SAME, "already here, passed over"),
        (State.NOT_TAKEN, "not taken: no organisation, no exact amount, or a reference of another"),
        (State.LEFT_OUT, "left out by you"),
    ):
        if counts[state]:
            lines.append(f"{counts[state]:,} {words}.")
    new = [area for area in found.reading.areas if area]
    if new:
        lines.append(f"Areas: {', '.join(new)}.")
    return lines
