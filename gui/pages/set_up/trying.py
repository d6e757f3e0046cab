"""Trying a scheme out before it is published: dummy applications, and what each criterion decides."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from gui.dialogs.form import Form
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.draft import Draft
from gui.record.runner import Ticket
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import space
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, Label, small
from gui.widgets.nesting import column_of
from gui.widgets.tips import set_tip
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from scoring import money
from scoring.allocating.causes import note_words
from scoring.places.totals import left_to_share
from scoring.publishing import DUMMIES, POT_PENCE, Dummy, try_out
from scoring.ranking import Outcome, Standing
from scoring.scheme import Scheme

if TYPE_CHECKING:
    from scoring.sensitivity.model_test import Decides, ModelTest

OFTEN_TIED = 10
"""From so many percent of rounds with a tie at the line a further tie-break rule is advised."""
FINE = "Every criterion moves awards, and ties at the budget line are rare."
LABEL = "Testing the model"
SIDES = {"quality": "Quality", "cost": "Cost"}
Row = tuple[str, str, str, str, str]
"""Code, title, side, share of places and of rounds."""
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


def test_words(found: "ModelTest") -> str:
    """Return what was done."""
    each = found.applications // max(found.rounds, 1)
    return (
        f"{found.rounds} made-up rounds of {each} applications each, with a pot of half of what they ask. "
        "Each criterion was left out in turn, its weight shared within its side. Nothing was recorded."
    )


def cost_words(found: "ModelTest") -> str:
    """Return whether the cost side matters."""
    if found.cost is None:
        return "The scheme has one side only."
    if not found.cost:
        return "The cost side never decides an award: quality alone would fund the same applications."
    return f"The cost side decides an award in {percent(found.cost, found.rounds)} of rounds."


def tie_words(found: "ModelTest") -> str:
    """Return how often equals stop the list at the budget line."""
    if not found.ties:
        return "No tie falls on the budget line."
    share = percent(found.ties, found.rounds)
    return f"A tie falls on the budget line in {share} of rounds, and the chair would have to decide."


def advice_words(found: "ModelTest") -> tuple[str, ...]:
    """Return what somebody may want to change before the round opens."""
    lines = [_idle(each) for each in found.criteria if not each.awards]
    if found.cost == 0:
        lines.append("Give the cost side more weight, or do without it.")
    if 100 * found.ties >= OFTEN_TIED * found.rounds:
        lines.append("Add a tie-break, or use a longer scale of marks.")
    return tuple(lines) or (FINE,)


def percent(count: int, of: int) -> str:
    """Return a share in whole percent; none and all are said only when they are."""
    if not count or count == of:
        return f"{100 if count else 0}%"
    return f"{min(max(100 * count // of, 1), 99)}%"


def _idle(each: "Decides") -> str:
    name = f"{each.code} {each.title}"
    if each.places:
        return f"{name} never moves an award here. It could weigh more, or be left out of the form."
    return f"{name} never moves anything here. It could weigh more, or be left out of the form."


class ModelTestDialog(Form):
    """What working a scheme out on made-up rounds came to."""

    def __init__(self, found: "ModelTest", parent: QWidget) -> None:
        super().__init__("Test the model", (), "", parent, 640, height=520, away="Close")
        self.about = self.sentence(test_words(found), tone="text2")
        self.table = self.put(LineView(COLUMNS, _key, _name), 1)
        self.table.setAccessibleName("What each criterion decides")
        self.table.set_row_height(30)
        self.table.show_rows(tuple(_row(found, number) for number in range(len(found.criteria))))
        for words in (cost_words(found), tie_words(found)):
            self.sentence(words)
        self.advice = self.sentence("\n".join(advice_words(found)), weight=600)
        self.finish()
        self.table.select_first()


def _work_out(scheme: Scheme, ticket: Ticket) -> "ModelTest":
    from scoring.sensitivity.model_test import model_test  # loads numpy, which no page waits for

    return model_test(scheme, tick=ticket.tick)


def _row(found: "ModelTest", number: int) -> Row:
    each = found.criteria[number]
    places = percent(each.places, found.applications)
    return each.code, each.title, SIDES[each.side], places, percent(each.awards, found.rounds)


def _key(row: Row) -> str:
    return row[0]


def _name(row: Row) -> str:
    return f"{row[0]} {row[1]}, {row[2].lower()}, decides {row[3]} of places, an award in {row[4]} of rounds"


COLUMNS: tuple[LineColumn[Row], ...] = (
    LineColumn("criterion", "Without it", lambda row: f"{row[0]}  {row[1]}".rstrip(), _name, is_strong=True),
    LineColumn("side", "Side", lambda row: row[2], width=80, gives_way=Gives.WORDS),
    LineColumn("places", "Another place", lambda row: row[3], width=112, is_right=True),
    LineColumn("awards", "Another award", lambda row: row[4], width=116, is_right=True),
)


class TryPanel(QWidget):
    """A line for each dummy: whether it is in, its total, its place and what the rule would propose."""

    def __init__(self, tools: PageTools, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools, self._draft = tools, draft
        self.boxes: dict[str, QCheckBox] = {}
        self.totals: dict[str, Label] = {}
        self.places: dict[str, Label] = {}
        self.chips: dict[str, ChipLabel] = {}
        self.order = Label(weight=600).wrapped()
        words = WHAT.format(pot=money.short_pounds(POT_PENCE))
        self.test = Button("Test the model…", kind="link")
        set_tip(self.test, "Rank made-up rounds and see what each criterion decides")
        self.test.clicked.connect(self._ask_test)
        column_of(
            small(words),
            (self.test, 0, Qt.AlignmentFlag.AlignLeft),
            self._grid(),
            self.order,
            1,
            inside=self,
            spacing=10,
            edges=(12, 6, 12, 10),
        )
        draft.changed.connect(self._show)
        self._show()

    @Slot()
    def _ask_test(self) -> None:
        work = partial(_work_out, self._draft.scheme)
        self._tools.workspace.work(work, self._show_test, label=LABEL)

    def _show_test(self, found: "ModelTest") -> None:
        dialogs = self._tools.dialogs
        dialogs.show(ModelTestDialog(found, dialogs.window))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        space(grid, (8, 8))
        grid.setColumnStretch(1, 1)
        for number, dummy in enumerate(DUMMIES):
            box = QCheckBox(dummy.name)
            box.setChecked(True)
            box.setAccessibleName(f"Dummy {dummy.name} takes part")
            box.setAccessibleDescription(_facts(dummy))
            box.toggled.connect(self._show)
            self.boxes[dummy.name] = box
            self.totals[dummy.name] = Label(weight=600).right()
            self.places[dummy.name] = Label(size=12, tone="muted").right()
            self.chips[dummy.name] = ChipLabel()
            grid.addWidget(box, number * 2, 0)
            grid.addWidget(self.chips[dummy.name], number * 2, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self.places[dummy.name], number * 2, 2)
            grid.addWidget(self.totals[dummy.name], number * 2, 3)
            facts = Label(_facts(dummy), size=12, tone="muted")
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
