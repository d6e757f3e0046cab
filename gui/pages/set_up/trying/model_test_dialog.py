"""Test the model: what each criterion decides on made-up rounds, worked out while the dialog is open."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.pages.page import PageTools
from gui.pages.set_up.trying.model_test_words import about, advice, cost_words, percent, tie_words
from gui.record.runner import Cancelled, Ticket
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.text import counted
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from scoring.scheme import Scheme

if TYPE_CHECKING:
    from scoring.sensitivity.model_test import ModelTest

LABEL = "Testing the model"
SIDES = {"quality": "Quality", "cost": "Cost"}
Row = tuple[str, str, str, str, str]
"""Code, title, side, share of places and of rounds."""


class ModelTestDialog(Dialog):
    """It works a scheme out on made-up rounds; closing it stops that."""

    def __init__(self, tools: PageTools, scheme: Scheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Test the model")
        look = tools.look
        self._tools = tools
        self.about = Words(look, "Made-up rounds are being ranked…", tone="text2").wrapped()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(LABEL)
        self.table = LineView(look, COLUMNS, _key, _name)
        self.table.setAccessibleName("What each criterion decides")
        self.table.set_row_height(30)
        self.cost = Words(look).wrapped()
        self.ties = Words(look).wrapped()
        self.advice = Words(look, weight=600).wrapped()
        self.close_button = Button(look, "Close")
        self._lay_out()
        self.close_button.clicked.connect(self.reject)
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
        self.about.setText(about(found))
        self.table.show_rows(tuple(_row(found, number) for number in range(len(found.criteria))))
        self.cost.setText(cost_words(found))
        self.ties.setText(tie_words(found))
        self.advice.setText("\n".join(advice(found)))
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

    def _lay_out(self) -> None:
        look = self._tools.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, "Test the model", size=15, weight=600))
        column.addWidget(self.about)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        for words in (self.cost, self.ties, self.advice):
            column.addWidget(words)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(foot)
        window = self.parentWidget()
        room = window.size() if window is not None else self.sizeHint()
        self.resize(min(look.px(640), room.width() - 40), min(look.px(520), room.height() - 40))


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
