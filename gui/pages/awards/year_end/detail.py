"""The area, line or award at hand: its figures, what was decided of it, and what can be put down."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.awards.year_end.rows import EndRow
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.scrolled import show_in
from gui.widgets.words import Words
from models.papers.year.year_end import YearDecision
from scoring.money import short_pounds
from scoring.written.days import short_day

NOTHING_PICKED = "Choose an area, a line or an award to see how its year ended."


class EndDetail(Card):
    """It tells what is asked for and changes nothing itself."""

    spent_asked = Signal()
    carry_asked = Signal()
    allocation_asked = Signal()
    authority_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.row: EndRow | None = None
        self.reading = QScrollArea()
        self.reading.setWidgetResizable(True)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.setAccessibleName("The selected line")
        self.reading.viewport().setAutoFillBackground(False)
        self.body.addWidget(self.reading)
        self.spent: Button | None = None
        self.carry: Button | None = None
        self.allocation: Button | None = None
        self.authority: Button | None = None

    def show_row(self, row: EndRow | None) -> None:
        """Show another row, or none."""
        self.row = row
        self.spent = self.carry = self.allocation = self.authority = None
        holder = QWidget()
        holder.setAutoFillBackground(False)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, self._look.px(8), 0)
        column.setSpacing(self._look.px(6))
        if row is None:
            column.addWidget(Words(self._look, NOTHING_PICKED, size=12, tone="muted").wrapped())
        else:
            self._say(column, row)
        column.addStretch(1)
        show_in(self.reading, holder)

    def _say(self, column: QVBoxLayout, row: EndRow) -> None:
        look = self._look
        column.addWidget(Words(look, row.name, size=15, weight=600).wrapped())
        if row.award is not None:
            under = f"{row.award.organisation}: {row.award.project}"
            column.addWidget(Words(look, under, size=12, tone="muted").wrapped())
        else:
            for note in row.line.notes:
                column.addWidget(Words(look, note, size=12, tone="warning").wrapped())
        self._figures(column, row)
        self.spent = self._offer(column, "Record expenditure…", row.end.spent is None)
        self.spent.clicked.connect(self.spent_asked)
        self._decision(column, "Carry forward", row.end.carried)
        self.carry = self._offer(column, "Decide carry forward…", row.end.carried is None)
        self.carry.clicked.connect(self.carry_asked)
        if row.award is None:
            self._decision(column, "Next year's allocation", row.end.allocated)
            self.allocation = self._offer(column, "Allocate to the next year…", row.end.allocated is None)
            self.allocation.clicked.connect(self.allocation_asked)
        if row.is_over:
            self._decision(column, "Commitment over the money", row.end.authority)
            self.authority = self._offer(column, "Name who allowed it…", row.end.authority is None)
            self.authority.clicked.connect(self.authority_asked)

    def _figures(self, column: QVBoxLayout, row: EndRow) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(3))
        for number, (name, figure) in enumerate(_figures(row)):
            grid.addWidget(Words(self._look, name, size=12, tone="text2").wrapped(), number, 0)
            grid.addWidget(Words(self._look, figure, weight=600).right(), number, 1)
        grid.setColumnStretch(0, 1)
        column.addLayout(grid)
        if row.end.spent is not None:
            words = f"As at {short_day(row.end.spent.as_at)}, from {row.end.spent.source}"
            column.addWidget(Words(self._look, words, size=12, tone="muted").wrapped())

    def _decision(self, column: QVBoxLayout, title: str, decision: YearDecision | None) -> None:
        look = self._look
        column.addSpacing(look.px(6))
        column.addWidget(Words(look, title, weight=600))
        if decision is None:
            column.addWidget(Words(look, "Not decided yet.", size=12, tone="muted"))
            return
        words = short_pounds(decision.whole_pence)
        if decision.start_up_pence:
            words += f", of which start-up {short_pounds(decision.start_up_pence)}"
        column.addWidget(Words(look, words).wrapped())
        if decision.reason:
            column.addWidget(Words(look, f"“{decision.reason}”", size=12, tone="text2").wrapped())
        by = f"{decision.decided_by}, {short_day(decision.decided_on)}"
        column.addWidget(Words(look, by, size=12, tone="muted").wrapped())

    def _offer(self, column: QVBoxLayout, words: str, is_first: bool) -> Button:
        button = Button(self._look, words if is_first else "Change it…", kind="plain" if is_first else "link")
        button.setAccessibleName(words)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


def _figures(row: EndRow) -> tuple[tuple[str, str], ...]:
    """Return the figures of a row in order, each with its name."""
    if row.award is not None:
        figures = (
            ("Awarded", row.money_pence),
            ("Spent", row.spent_pence),
            ("Left by subtraction", row.left_pence),
        )
        return tuple((name, short_pounds(pence)) for name, pence in figures)
    line = row.line
    parts: tuple[tuple[str, int | None], ...] = (
        ("Pot", line.pot.pot_pence),
        ("Start-up money, separate", line.pot.start_up_pence),
        ("Brought forward", line.pot.brought_pence or None),
        ("Committed", line.committed_pence),
        ("Budget less commitment", line.committed_less_pence),
        ("Spent, without start-up", line.spent_pence),
        ("Start-up money spent", line.start_up_spent_pence),
        ("Budget less expenditure", line.spent_less_pence),
        ("Left by subtraction", line.left_pence),
    )
    return tuple((name, short_pounds(pence)) for name, pence in parts if pence is not None)
