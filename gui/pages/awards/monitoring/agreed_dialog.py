"""Ask what is agreed on an award: a line for each output or outcome, with a figure where there is one."""

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from exchange.cells.values import read_whole
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import Wrong, required_text
from models.papers.monitoring.monitoring import AgreedOutput, AwardMonitoring
from models.papers.monitoring.monitoring_plan import is_behind, proposed_outputs, taken_over
from scoring.written.text import Unreadable

SPARE, LEAST = 2, 5
KINDS = ("Output", "Outcome")
WORDS = (
    "One line for each. A figure is the total to be reached, or a share where the words say “per cent”; "
    "leave it out where words say it."
)
VARIED = (
    "These lines are drafted from what a variation says of the outcomes. What returns tell of stays, and is "
    "not asked about any more."
)
PROPOSED = "These lines are drafted from what the application says about its outcomes. Change them as agreed."
NO_FIGURE = "Type a whole number, such as 40, or leave the figure out."
NO_WORDS = "Say in words what the figure is of."


class AgreedFields(Struct, frozen=True):
    """The fields of one line; `number` is None for one that is new."""

    number: int | None
    words: QLineEdit
    target: QLineEdit
    kind: QComboBox
    measure: QLineEdit

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not self.words.text().strip() and not self.target.text().strip()


class AgreedDialog(Form):
    """The lines that stand, or those that the application proposes, and room for more."""

    chosen = Signal(object)

    def __init__(self, look: Look, award: AwardMonitoring, parent: QWidget) -> None:
        outputs, words = _drafted(award)
        super().__init__(
            look, f"Agreed with {award.organisation}", (words,), "Set what is agreed", parent, 900
        )
        self.lines: list[AgreedFields] = []
        self._last = max((each.number for each in award.outputs), default=0)
        self._lines = self.field_grid("What is agreed", "Figure", "Kind", "How it is known")
        self._lines.setColumnStretch(0, 1)
        standing = {each.number for each in award.outputs}
        for each in outputs:
            self._add(each.number if each.number in standing else None, each)
        for _ in range(max(SPARE, LEAST - len(outputs))):
            self._add(None, AgreedOutput(0, "", is_outcome=False))
        self.finish(self.lines[0].words)

    def _add(self, number: int | None, each: AgreedOutput) -> None:
        row = len(self.lines) + 1
        words = self._lines.edit(f"What is agreed, line {row}", each.words)
        figure = "" if each.target is None else str(each.target)
        target = self._lines.edit(f"Figure of line {row}", figure, width=90)
        kind = ChoiceList()
        kind.addItems(KINDS)
        kind.setCurrentIndex(int(each.is_outcome))
        kind.setAccessibleName(f"Kind of line {row}")
        measure = self._lines.edit(f"How line {row} is known", each.measure or "", width=190)
        self._lines.put(words, target, kind, measure)
        self.lines.append(AgreedFields(number, words, target, kind, measure))

    def try_action(self) -> None:
        """Set the lines, unless one of them says nothing or has no whole number."""
        found: list[AgreedOutput] = []
        last = self._last
        for line in (line for line in self.lines if not line.is_empty):
            target = figure_of(line.target.text())
            if target is None and line.target.text().strip():
                raise Wrong(NO_FIGURE, line.target)
            agreed = required_text(line.words, NO_WORDS)
            last = last + 1 if line.number is None else last
            number = last if line.number is None else line.number
            outcome = bool(line.kind.currentIndex())
            measure = line.measure.text().strip() or None
            found.append(AgreedOutput(number, agreed, target, outcome, measure))
        self.accept()
        self.chosen.emit(tuple(found))


def _drafted(award: AwardMonitoring) -> tuple[tuple[AgreedOutput, ...], str]:
    """Return the lines to begin with, and what they are from."""
    if is_behind(award):
        return taken_over(award), VARIED
    if award.outputs:
        return award.outputs, WORDS
    proposed = proposed_outputs(award.wished)
    return proposed, PROPOSED if proposed else WORDS


def figure_of(text: str) -> int | None:
    """Return a whole number of nought or more as people type it, None when it is not one."""
    try:
        number = read_whole(text)
    except Unreadable:
        return None
    return number if number is not None and 0 <= number <= 10**9 else None
