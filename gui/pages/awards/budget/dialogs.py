"""The dialogs of the page that ask for more than one amount: allocations, and money moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from exchange.reading.pasted_areas import cells_of, read_areas
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import MoneyField, Wrong, plain, said
from scoring.budget.figures import AreaBudget
from scoring.money import short_pounds
from scoring.refused import Refused

HOW = (
    "A line for each area or service line: its name, its money for projects and its start-up money, with "
    "tabs or semicolons between. A table pasted from a spreadsheet will do. A name without an amount has no "
    "allocation, and nothing is refused there. What is carried forward is not part of it."
)
WHO = "Decided by, name and post"


@dataclass(frozen=True, slots=True)
class Allocated:
    """What was typed: project and start-up money in pence by area, by whom and why."""

    areas: tuple[tuple[str, int, int], ...]
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What is moved, to where, why and by whose authority."""

    target: str
    pence: int
    reason: str
    authority: str


class AllocationsDialog(Form):
    """The allocations of a fund's year, a line each; it stays open until every line can be read."""

    chosen = Signal(object)

    def __init__(self, look: Look, title: str, areas: Sequence[AreaBudget], parent: QWidget) -> None:
        super().__init__(look, title, (ours(HOW),), "Record the allocations", parent, 580)
        self.text = self.note("Allocations", 170, "\n".join(map(_typed, areas)))
        self.text.setPlaceholderText("Coventry; 115,000; 10,000")
        self.who = self.line(WHO)
        self.reason = self.line("Reason, if there is one")
        self.finish(self.text)

    def try_action(self) -> None:
        """Tell the allocations, or say which line cannot be read."""
        try:
            areas = read_areas("\n".join(filter(_has_amount, self.text.toPlainText().splitlines())))
        except Refused as error:
            raise Wrong(str(error), self.text) from error
        who = said(self.who, f"{WHO}: fill it in.")
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
        reason = said(self.reason, "Reason: say it in a few words.")
        authority = said(self.authority, "Name by whose authority the money is moved.")
        self.accept()
        self.moved.emit(Moved(str(self.target.currentData()), pence, reason, authority))


def _has_amount(line: str) -> bool:
    """Whether a line says an amount: an area without one is left without an allocation."""
    return any(cells_of(line)[1:])


def _typed(area: AreaBudget) -> str:
    if area.allocation is None:
        return f"{area.area}; "
    return "; ".join((area.area, plain(area.allocation.project_pence), plain(area.allocation.start_up_pence)))
