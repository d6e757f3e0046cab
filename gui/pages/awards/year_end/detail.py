"""The area, line or award at hand: its figures, what was decided of it, and what can be recorded."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from gui.pages.awards.reading_card import ReadingCard
from gui.pages.awards.year_end.rows import EndRow
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from models.papers.year.year_facts import YearDecision
from scoring.money import short_pounds
from scoring.written.days import short_day

NOTHING_PICKED = "Choose an area, a line or an award to see how its year ended."


class EndDetail(ReadingCard):
    """It tells what is asked for and changes nothing itself."""

    spent_asked = Signal()
    carry_asked = Signal()
    allocation_asked = Signal()
    authority_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "The selected line")
        self.row: EndRow | None = None
        self.spent: Button | None = None
        self.carry: Button | None = None
        self.allocation: Button | None = None
        self.authority: Button | None = None

    def show_row(self, row: EndRow | None) -> None:
        """Show a row, or none; the same one as before at the place where one read it."""
        is_same = row is not None and self.row is not None and row.key == self.row.key
        self.row = row
        self.spent = self.carry = self.allocation = self.authority = None
        self._begin()
        if row is None:
            self._say(ours(NOTHING_PICKED), "muted")
        else:
            self._head(row)
        self._show(is_same=is_same)

    def _head(self, row: EndRow) -> None:
        self._name(row.name)
        if row.award is not None:
            under = f"{row.award.organisation}: {row.award.project}"
            self._say(under, "muted")
        else:
            for note in row.line.notes:
                self._say(note, "warning")
        self._figures(row)
        self.spent = self._offer(
            "Record expenditure…", "expenditure", self.spent_asked, row.end.spent is None
        )
        self._decision("Carry forward", row.end.carried)
        self.carry = self._offer(
            "Decide carry forward…", "carry forward", self.carry_asked, row.end.carried is None
        )
        if row.award is None:
            self._decision("Next year's allocation", row.end.allocated)
            is_first = row.end.allocated is None
            self.allocation = self._offer(
                "Allocate to the next year…", "next year's allocation", self.allocation_asked, is_first
            )
        if row.is_over:
            self._decision("Commitment over the money", row.end.authority)
            is_first = row.end.authority is None
            self.authority = self._offer(
                "Name who allowed it…", "who allowed it", self.authority_asked, is_first
            )

    def _figures(self, row: EndRow) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(3))
        for number, (name, figure) in enumerate(_figures(row)):
            grid.addWidget(Label(self._look, name, size=12, tone="text2").wrapped(), number, 0)
            grid.addWidget(Label(self._look, figure, weight=600).right(), number, 1)
        grid.setColumnStretch(0, 1)
        nest(self._column, grid)
        if row.end.spent is not None:
            words = f"As at {short_day(row.end.spent.as_at)}, from {row.end.spent.source}"
            self._say(words, "muted")

    def _decision(self, title: str, decision: YearDecision | None) -> None:
        self._title(title)
        if decision is None:
            self._say("Not decided yet.", "muted")
            return
        words = short_pounds(decision.whole_pence)
        if decision.start_up_pence:
            words += f", of which start-up {short_pounds(decision.start_up_pence)}"
        self._column.addWidget(Label(self._look, words).wrapped())
        if decision.reason:
            self._say(f"“{decision.reason}”", "text2")
        by = f"{decision.decided_by}, {short_day(decision.decided_on)}"
        self._say(by, "muted")

    def _offer(self, words: str, what: str, signal: Any, is_first: bool) -> Button:
        shown, kind = (words, "plain") if is_first else ("Change it…", "link")
        name = words if is_first else f"Change it: {what}…"
        return self._stand(self._link(shown, signal, name=name, kind=kind))


def _figures(row: EndRow) -> tuple[tuple[str, str], ...]:
    """Return the figures of a row in order, each with its name."""
    if row.award is not None:
        figures = (
            ("Stands at", row.money_pence),
            ("Spent", row.spent_pence),
            ("Unspent", row.left_pence),
        )
        return tuple((name, short_pounds(pence)) for name, pence in figures)
    line = row.line
    is_all = line.left_pence == line.spent_less_pence
    parts: tuple[tuple[str, int | None], ...] = (
        ("Pot", line.pot.pot_pence),
        ("Start-up money, separate", line.pot.start_up_pence),
        ("Brought forward", line.pot.brought_pence or None),
        ("Commitment", line.committed_pence),
        ("Budget less commitment", line.committed_less_pence),
        *_taken_off(row),
        ("Spent, without start-up", line.spent_pence),
        ("Start-up money spent", line.start_up_spent_pence),
        ("Budget less expenditure", line.spent_less_pence),
        ("Left, with what was brought forward", None if is_all else line.left_pence),
        ("Committed and not spent", row.promised_pence or None),
        ("Held by open rounds", row.held_pence or None),
        ("Free to carry forward", row.free_pence + row.start_up_left_pence if row.is_bound else None),
    )
    return tuple((name, short_pounds(pence)) for name, pence in parts if pence is not None)


def _taken_off(row: EndRow) -> tuple[tuple[str, int | None], ...]:
    """Return what the awards of a line spent and what is taken off it, nothing where nothing is."""
    if row.before_pence == row.spent_pence:
        return ()
    return (
        ("Spent on its awards", row.before_pence),
        ("Given by the office, taken off", -row.given_pence or None),
        ("Back of other years’ awards, taken off", -row.back_pence or None),
    )
