"""Test the model: what each criterion decides on made-up rounds, worked out while the dialog is open."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from gui.dialogs.form import Form
from gui.pages.page import PageTools
from gui.pages.set_up.trying.model_test_words import advice_words, cost_words, percent, test_words, tie_words
from gui.record.runner import Cancelled, Ticket
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.text import counted
from scoring.scheme import Scheme

if TYPE_CHECKING:
    from scoring.sensitivity.model_test import ModelTest

LABEL = "Testing the model"
SIDES = {"quality": "Quality", "cost": "Cost"}
Row = tuple[str, str, str, str, str]
"""Code, title, side, share of places and of rounds."""


class ModelTestDialog(Form):
    """It works a scheme out on made-up rounds; closing it stops that."""

    def __init__(self, tools: PageTools, scheme: Scheme, parent: QWidget) -> None:
        look = tools.look
        super().__init__(look, "Test the model", (), "", parent, 640, height=520, away="Close")
        self._tools = tools
        self.about = self.sentence("Made-up rounds are being ranked…", tone="text2")
        self.bar = self.put(QProgressBar())
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(LABEL)
        self.table = self.put(LineView(look, COLUMNS, _key, _name), 1)
        self.table.setAccessibleName("What each criterion decides")
        self.table.set_row_height(30)
        self.cost, self.ties = self.sentence(""), self.sentence("")
        self.advice = self.sentence("", weight=600)
        self.close_button = self.cancel
        self.finish()
        self.finished.connect(self._stop)
        self._found = (self.table, self.cost, self.ties, self.advice)
        self._show_found(is_there=False)
        self._is_open = True
        work = partial(_work_out, scheme)
        self._ticket: Ticket | None = None
        ticket = tools.workspace.work(work, self._take, failed=self._fail)
        if self.bar.isVisibleTo(self):
            self._ticket = ticket
            ticket.progressed.connect(self._advance)

    def _take(self, found: "ModelTest") -> None:
        self._ticket = None
        if not self._is_open:
            return
        self.about.setText(test_words(found))
        self.table.show_rows(tuple(_row(found, number) for number in range(len(found.criteria))))
        self.cost.setText(cost_words(found))
        self.ties.setText(tie_words(found))
        self.advice.setText("\n".join(advice_words(found)))
        self._show_found(is_there=True)
        self.table.select_first()

    def _fail(self, error: Exception) -> None:
        self._ticket = None
        if not isinstance(error, Cancelled):
            self._tools.workspace.failed.emit(error)
            self.leave()

    def _show_found(self, *, is_there: bool) -> None:
        self.bar.setVisible(not is_there)
        for widget in self._found:
            widget.setVisible(is_there)

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(f"{counted(done, 'round', 'rounds')} of {total}")

    @Slot()
    def _stop(self) -> None:
        self._is_open = False
        if self._ticket is not None:
            self._ticket.cancel()


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


def _code(row: Row) -> str:
    return f"{row[0]}  {row[1]}".rstrip()


def _side(row: Row) -> str:
    return row[2]


def _places(row: Row) -> str:
    return row[3]


def _awards(row: Row) -> str:
    return row[4]


COLUMNS: tuple[LineColumn[Row], ...] = (
    LineColumn("criterion", "Without it", _code, _name, is_strong=True),
    LineColumn("side", "Side", _side, _side, width=80, gives_way=Gives.WORDS),
    LineColumn("places", "Another place", _places, _places, width=112, is_right=True),
    LineColumn("awards", "Another award", _awards, _awards, width=116, is_right=True),
)
