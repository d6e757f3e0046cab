"""The area at hand: what its money is made of, what draws on it, and what can be recorded."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from gui.pages.awards.budget.rows import left_words
from gui.pages.awards.reading_card import ReadingCard
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from models.queries.awards.budget import BudgetPage
from scoring.budget.figures import AreaBudget, RoundDraw
from scoring.budget.limits import PlanLine
from scoring.money import short_pounds

NOTHING_PICKED = "Choose an area to see what draws on its money."
NOT_REFUSED = "No allocation is recorded for this year, so nothing is refused here."

NO_PLAN = "None. Record one where a council or another body spends this money for the office."

Lines = tuple[tuple[str, int], ...]


class BudgetDetail(ReadingCard):
    """It tells what is asked for and changes nothing itself."""

    allocation_asked = Signal()
    carry_asked = Signal()
    move_asked = Signal()
    contribution_asked = Signal()
    authority_asked = Signal()
    plan_asked = Signal()
    close_asked = Signal(str)
    reopen_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, ours("The selected area"))
        self.row: AreaBudget | None = None
        self.buttons: dict[str, Button] = {}

    def show_row(self, page: BudgetPage | None, row: AreaBudget | None) -> None:
        """Show another area of a fund's year, or none."""
        is_same = self.row is not None and row is not None and self.row.area == row.area
        self.row, self.buttons = row, {}
        self._begin()
        if row is None or page is None:
            self._say(ours(NOTHING_PICKED), "muted")
        else:
            self._tell(page, row)
        self._show(is_same=is_same)

    def _tell(self, page: BudgetPage, row: AreaBudget) -> None:
        self._name(row.area)
        self._say(left_words(row), "warning" if (row.left_pence or 0) < 0 else "text2")
        if row.allocation is None:
            self._say(NOT_REFUSED, "muted")
        self._sums("Money of the year", _money(row))
        self._offer("Allocate…", self.allocation_asked, is_first=row.allocation is None)
        if row.allocation is not None:
            if not row.carried.whole_pence:
                self._offer("Carry forward into the year…", self.carry_asked)
            self._offer(ours("Move to another area…"), self.move_asked)
        self._sums("Drawn on it", _drawn(row))
        self._rounds(row)
        self._offer("Record a contribution…", self.contribution_asked)
        self._show_reasons(page, row)
        self._plan(page, row)
        if row.allocation is not None:
            self._authority(row)

    def _rounds(self, row: AreaBudget) -> None:
        for one in row.rounds:
            self._say(_round_words(one), "text2")
            if one.is_set_up:
                continue
            signal = self.close_asked if one.is_open else self.reopen_asked
            words = f"{'Close' if one.is_open else 'Reopen'} {one.name}…"
            if one.is_open or not one.committed_pence or one.pot_pence:
                self.buttons[words] = self._stand(self._link(words, signal, one.name))

    def _show_reasons(self, page: BudgetPage, row: AreaBudget) -> None:
        """Say of each move and contribution why it was made, and by whose authority."""
        for move in page.moves:
            if row.area in (move.source, move.target):
                what = f"{short_pounds(move.amount_pence)} from {move.source} to {move.target}"
                self._say(f"{what}, {move.authority}: {move.reason}", "muted")
        for given in page.contributions:
            if given.line == row.area:
                self._say(f"Contribution {short_pounds(-given.amount_pence)}: {given.reason}", "muted")

    def _plan(self, page: BudgetPage, row: AreaBudget) -> None:
        """Say how the share of a council, or of another that spends it for the office, is to be spent."""
        self._title("Spending plan")
        plan = page.plan_of(row.area)
        if plan is None:
            self._say(NO_PLAN, "text2")
        else:
            self._say(plan.plan, "text2")
            for line in plan.lines:
                self._say(_line_words(line), "text2")
            for fault in page.plan_faults(row.area):
                self._say(fault, "warning")
        self._offer("Spending plan…", self.plan_asked)

    def _authority(self, row: AreaBudget) -> None:
        self._title("Above the money")
        allowed = row.allowed_pence
        words = f"{short_pounds(allowed)} may be committed above it." if allowed else "Nobody allows more."
        self._say(words, "text2")
        self._offer("Name who allows more…", self.authority_asked, is_first=not allowed)

    def _sums(self, title: str, lines: Lines) -> None:
        self._title(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(3))
        for number, (name, pence) in enumerate(lines):
            grid.addWidget(Label(self._look, name, size=12, tone="text2").wrapped(), number, 0)
            grid.addWidget(Label(self._look, short_pounds(pence), weight=600).right(), number, 1)
        grid.setColumnStretch(0, 1)
        nest(self._column, grid)

    def _offer(self, words: str, signal: Any, *, is_first: bool = False) -> None:
        button = self._link(words, signal, kind="plain" if is_first else "link")
        self.buttons[words] = self._stand(button)


def _money(row: AreaBudget) -> Lines:
    """Return what an area's money is made of; what is nothing is left out, but for the allocation."""
    if row.allocation is None:
        return ()
    parts = (
        ("Start-up money, separate", row.allocation.start_up_pence),
        ("Carried forward", row.carried.whole_pence),
        ("Moved in", row.moved_in_pence),
        ("Moved out", -row.moved_out_pence),
    )
    own = ("Allocated for projects", row.allocation.project_pence)
    return (own, *(part for part in parts if part[1]), ("All together", row.allocated_pence or 0))


def _drawn(row: AreaBudget) -> Lines:
    return (
        ("Committed or held", row.committed_pence),
        ("Decided", row.decided_pence),
        ("Paid less returned", row.paid_pence),
    )


def _line_words(line: PlanLine) -> str:
    parts = (("planned", line.planned_pence), ("awarded", line.awarded_pence), ("spent", line.spent_pence))
    said = ", ".join(f"{short_pounds(pence)} {name}" for name, pence in parts)
    return f"{line.purpose}: {said}, {short_pounds(line.left_pence)} left"


def _round_words(one: RoundDraw) -> str:
    if one.is_set_up:
        pot = short_pounds(one.pot_pence)
        return f"{one.name}: budget {pot}, held once its criteria are published"
    decided = f"{short_pounds(one.decided_pence)} decided"
    if one.is_open and not (one.pot_pence or one.held_pence):
        return f"{one.name}: {decided}"
    if one.is_open:
        pot, held = short_pounds(one.pot_pence), short_pounds(one.held_pence)
        return f"{one.name}: budget {pot}, {decided}, {held} held"
    return f"{one.name}: {decided}; it holds no more"
