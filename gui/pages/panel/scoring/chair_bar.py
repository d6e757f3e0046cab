"""Asks the chair once whether they score in this round, until a mark is given or it is said."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest
from models.queries.panel.score_sheets import ScoreSheets
from scoring.written.text import counted, noun

ASKS = "You are the chair. If you do not score in this round, say so once: no sheet is expected from you."
TOO_FEW = (
    "You are the chair. The quorum is {quorum}: without your sheets too few score, and the list would leave "
    "every application out."
)
SOME_TOO_FEW = (
    "You are the chair. Without your sheets {count} scored by fewer than the quorum of {quorum}: the list "
    "would leave {them} out."
)
DOES_NOT, DOES = "I do not score", "I score"


class ChairBar(Card):
    """A sentence and the two answers. That the chair scores is remembered while the window is open."""

    said = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(14, 4), parent=parent)
        self.button = Button(look, DOES_NOT)
        self.button.clicked.connect(self.said)
        self.scores = Button(look, DOES)
        self.scores.clicked.connect(self.answer)
        self._asked = ""
        self._answered: set[str] = set()
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.words = ElidedLabel(look, ASKS, tone="text2")
        row.addWidget(self.words, 1)
        row.addWidget(self.scores)
        row.addWidget(self.button)
        nest(self.body, row)
        self.setAccessibleName("Whether the chair scores")
        self.hide()

    @Slot()
    def answer(self) -> None:
        """Take it that the chair scores, and ask no more."""
        self._answered.add(self._asked)
        self.hide()

    def show_for(self, sheets: ScoreSheets, reference: str, asked: str, *, is_chair: bool) -> None:
        """Ask the chair who has declared and given no mark yet; nobody else is asked, nor twice.

        `asked` names the record, the round and the person. It goes once it is answered.
        It stays while the sheet is on show on which the first mark is given, and moves nothing there.
        """
        marked = {line.reference for line in sheets.lines if any(mark is not None for mark in line.marks)}
        stays = not self.isHidden() and marked == {reference}
        self._asked = asked
        asks = is_chair and asked not in self._answered
        self.setVisible(asks and sheets.has_declared and sheets.scores and (stays or not marked))
        self.words.setText(_asking(sheets))


def _asking(sheets: ScoreSheets) -> str:
    """Return what the chair is asked, with what the list would leave out without the chair's sheets."""
    if sheets.too_few_without:
        return TOO_FEW.format(quorum=sheets.scheme.quorum)
    few = sheets.short_without
    count = counted(few, "application is", "applications are")
    words = SOME_TOO_FEW.format(count=count, quorum=sheets.scheme.quorum, them=noun(few, "it", "them"))
    return words if few else ASKS
