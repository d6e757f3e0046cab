"""Try it: five dummy applications under the scheme on show, worked out as it changes."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from gui.pages.set_up.criteria.draft import Draft
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.tips import set_tip
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from scoring import money
from scoring.allocating.causes import note_words
from scoring.places.totals import left_to_share
from scoring.publishing import DUMMIES, POT_PENCE, Dummy, try_out
from scoring.ranking import Outcome, Standing

WHAT = (
    "Five made-up applications share a pot of {pot}. Their marks are the same on every criterion of a side. "
    "Leave one out, move the split or choose a cost method, and see what follows."
)
TONES = {
    Outcome.FUND: (Tone.FUND, Mark.FUND),
    Outcome.PART: (Tone.PART, Mark.PART),
    Outcome.RESERVE: (Tone.RESERVE, Mark.RESERVE),
    Outcome.BELOW: (Tone.DECLINE, Mark.BELOW),
    Outcome.TIE: (Tone.WARNING, Mark.TIE),
}


class TryPanel(QWidget):
    """A line for each dummy: whether it is in, its total, its place and what the rule would propose."""

    test_asked = Signal()

    def __init__(self, look: Look, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.boxes: dict[str, QCheckBox] = {}
        self.totals: dict[str, Label] = {}
        self.places: dict[str, Label] = {}
        self.chips: dict[str, ChipLabel] = {}
        self.order = Label(look, weight=600).wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(10))
        column.setSpacing(look.px(10))
        words = WHAT.format(pot=money.short_pounds(POT_PENCE))
        column.addWidget(Label(look, words, size=12, tone="text2").wrapped())
        self.test = Button(look, "Test the model…", kind="link")
        set_tip(self.test, "Rank made-up rounds and see what each criterion decides")
        self.test.clicked.connect(self.test_asked)
        column.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)
        nest(column, self._grid(look))
        column.addWidget(self.order)
        column.addStretch(1)
        draft.changed.connect(self._show)
        self._show()

    def _grid(self, look: Look) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        for number, dummy in enumerate(DUMMIES):
            box = QCheckBox(dummy.name)
            box.setChecked(True)
            box.setAccessibleName(f"Dummy {dummy.name} takes part")
            box.setAccessibleDescription(_facts(dummy))
            box.toggled.connect(self._show)
            self.boxes[dummy.name] = box
            self.totals[dummy.name] = Label(look, weight=600).right()
            self.places[dummy.name] = Label(look, size=12, tone="muted").right()
            self.chips[dummy.name] = ChipLabel(look)
            grid.addWidget(box, number * 2, 0)
            grid.addWidget(self.chips[dummy.name], number * 2, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self.places[dummy.name], number * 2, 2)
            grid.addWidget(self.totals[dummy.name], number * 2, 3)
            facts = Label(look, _facts(dummy), size=12, tone="muted")
            grid.addWidget(facts, number * 2 + 1, 0, 1, 4)
        return grid

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        chosen = [dummy for dummy in DUMMIES if self.boxes[dummy.name].isChecked()]
        for dummy in DUMMIES:
            self._clear(dummy.name)
        self.test.setEnabled(not left_to_share(self._draft.scheme))
        if left_to_share(self._draft.scheme):
            self.order.setText("The totals come back when the weights add to 100.")
            return
        lines = [line for line in try_out(self._draft.scheme, chosen).standings if line.place is not None]
        for line in lines:
            self._show_line(line)
        names = ", ".join(line.reference for line in lines)
        self.order.setText(f"In order: {names}" if names else "Nobody takes part.")

    def _clear(self, name: str) -> None:
        self.totals[name].setText("–")
        self.places[name].setText("")
        self.chips[name].hide()

    def _show_line(self, line: Standing) -> None:
        name = line.reference
        self.totals[name].setText(money.score(line.total_1e2))
        self.places[name].setText(f"place {money.place(line.place, tied=line.tied)}")
        if line.outcome is not None:
            tone, mark = TONES[line.outcome]
            self.chips[name].show_state(tone, OUTCOME_WORDS[mark])
            set_tip(self.chips[name], money.without_noughts(note_words(line, self._draft.scheme)))
            self.chips[name].show()


def _facts(dummy: Dummy) -> str:
    asks = money.short_pounds(dummy.requested_pence)
    return f"quality {dummy.quality}, cost {dummy.cost}, asks {asks} for {dummy.beneficiaries} people"
