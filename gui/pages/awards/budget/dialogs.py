"""The dialogs of the page that ask for more than one amount: allocations, and money moved."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from exchange.reading.pasted import cells_of, read_areas, read_plan
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import MoneyField, Wrong, plain, required_text
from scoring.budget.figures import AreaBudget
from scoring.budget.limits import PlanLine, SpendingPlan, read_share
from scoring.money import decimal_text, short_pounds
from scoring.written.names import text_key
from scoring.written.text import Refused

HOW = (
    "A line for each area or service line: its name, its money for projects and its start-up money, with "
    "tabs or semicolons between. A table pasted from a spreadsheet will do. A name without an amount has no "
    "allocation, and nothing is refused there. What is carried forward is not part of it."
)
WHO = "Decided by, name and post"


PLANNED = (
    "A line for each purpose: what it is for, what is planned, awarded and spent, with tabs or semicolons "
    "between. A table pasted from a spreadsheet will do. A line left empty is removed."
)
FRONTLINE = "Share for frontline delivery, in percent"


class Allocated(Struct, frozen=True):
    """What was typed: project and start-up money in pence by area, by whom and why."""

    areas: tuple[tuple[str, int, int], ...]
    who: str
    reason: str


class Moved(Struct, frozen=True):
    """What is moved, to where, why and by whose authority."""

    target: str
    pence: int
    reason: str
    authority: str


class AllocationsDialog(Form):
    """The allocations of a fund's year, a line each; it stays open until every line can be read.

    The `usual` areas of the fund stand there to be filled in, those that have money already with it.
    """

    chosen = Signal(object)

    def __init__(
        self, look: Look, title: str, areas: Sequence[AreaBudget], usual: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(look, title, (ours(HOW),), "Record the allocations", parent, 580)
        there = {text_key(area.area) for area in areas}
        empty = (f"{name}; " for name in usual if text_key(name) not in there)
        self.text = self.note("Allocations", 170, "\n".join((*map(_typed, areas), *empty)))
        self.text.setPlaceholderText("North; 115,000; 10,000")
        self.who = self.line(WHO)
        self.reason = self.line("Reason, if there is one")
        self.finish(self.text)

    def try_action(self) -> None:
        """Tell the allocations, or say which line cannot be read."""
        try:
            areas = read_areas("\n".join(filter(_has_amount, self.text.toPlainText().splitlines())))
        except Refused as error:
            raise Wrong(str(error), self.text) from error
        who = required_text(self.who, f"{WHO}: fill it in.")
        found = tuple((area.name, area.pot_pence, area.start_up_pence) for area in areas)
        self.accept()
        self.chosen.emit(Allocated(found, who, self.reason.text().strip()))


class MoveDialog(Form):
    """Money moved from an area to another of the same fund and year."""

    moved = Signal(object)

    def __init__(self, look: Look, source: AreaBudget, targets: Sequence[str], parent: QWidget) -> None:
        left = max(source.project_left_pence or 0, 0)
        of = f"{short_pounds(left)} of the project money of {source.area} is left."
        words = f"{of} Start-up money is not moved."
        super().__init__(look, f"Move money from {source.area}", (words,), "Move it", parent, 520)
        self._left = left
        self.target = self.choice("To", [(name, name) for name in targets])
        self.amount = self.add("Amount", MoneyField("Amount"))
        self.reason = self.line("Reason")
        self.authority = self.line("By whose authority, name and post")
        self.finish(self.amount)

    def try_action(self) -> None:
        """Tell what is moved, or say what is missing."""
        pence = self.amount.up_to(self._left, f"Type an amount of no more than {short_pounds(self._left)}.")
        reason = required_text(self.reason, "Reason: say it in a few words.")
        authority = required_text(self.authority, "Name by whose authority the money is moved.")
        self.accept()
        self.moved.emit(Moved(str(self.target.currentData()), pence, reason, authority))


class SpendingPlanDialog(Form):
    """How a share is spent: in words, by purpose, and how much of it frontline."""

    def __init__(self, look: Look, area: str, stands: SpendingPlan, parent: QWidget) -> None:
        super().__init__(look, f"Spending plan of {area}", (PLANNED,), "Record the plan", parent, 580)
        self.plan = self.note("What it is spent on", 64, stands.plan)
        self.lines = self.note("Lines of the plan", 120, "\n".join(map(_planned, stands.lines)))
        self.lines.setPlaceholderText(
            "Street wardens; 120,000; 100,000; 80,000\nor, of an award: Night shelter; 90,000; A-030-01"
        )
        share = stands.frontline_percent
        self.share = self.line(FRONTLINE, "" if share is None else f"{decimal_text(share)}%")
        self.why = self.note("Why the majority is not, where it is not", 64, stands.rationale)
        options = (("Not stated yet", None), ("No", False), ("Yes", True))
        self.statutory = self.choice("Statutory services or posts", options, stands.pays_statutory)
        self.finish(self.plan)

    def try_action(self) -> None:
        """Tell the plan, or say what of it cannot be read."""
        try:
            lines = read_plan(self.lines.toPlainText())
        except Refused as error:
            raise Wrong(str(error), self.lines) from error
        try:
            share = read_share(self.share.text())
        except Refused as error:
            raise Wrong(str(error), self.share) from error
        words, why = self.plan.toPlainText().strip(), self.why.toPlainText().strip()
        self.accept()
        self.agreed.emit(SpendingPlan(words, share, why, self.statutory.currentData(), lines))


def _has_amount(line: str) -> bool:
    """Whether a line says an amount: an area without one is left without an allocation."""
    return any(cells_of(line)[1:])


def _typed(area: AreaBudget) -> str:
    if area.allocation is None:
        return f"{area.area}; "
    return "; ".join((area.area, plain(area.allocation.project_pence), plain(area.allocation.start_up_pence)))


def _planned(line: PlanLine) -> str:
    if line.award:
        return "; ".join((line.purpose, plain(line.planned_pence), line.award))
    amounts = (line.planned_pence, line.awarded_pence, line.spent_pence)
    return "; ".join((line.purpose, *map(plain, amounts)))
