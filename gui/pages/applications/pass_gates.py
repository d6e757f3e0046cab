"""Pass many gates at once: which gates, on which applications, said before it is done."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.dialogs.form import Form
from gui.pages.applications.lines import ApplicationLine
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.tick_list import TickList
from gui.widgets.typed import Wrong
from models.operations.applications.set_gates import GateSetting

WORDS = (
    "Only gates that are still to check are passed, and those the program failed over a cap that has been "
    "raised since. Other failed ones, waived ones and requests over the cap stay. One undo takes it all back."
)
LEAST = 96
"""The least height of a list, for a 13 px base."""
NO_DATE = ", no received date"
RAISED = "check or now within the cap"
NONE = "Tick at least one gate and one application."


def to_pass(lines: Sequence[ApplicationLine]) -> tuple[ApplicationLine, ...]:
    """Return the applications that have a gate to pass: open to the person and not withdrawn."""
    return tuple(
        line
        for line in lines
        if not line.of.closed
        and not line.of.row.withdrawn
        and any(standing.is_to_pass for standing in line.of.gates)
    )


class PassGatesDialog(Form):
    """A box a gate and a box an application; the button says how many gates on how many applications."""

    given = Signal(object)

    def __init__(self, look: Look, lines: Sequence[ApplicationLine], parent: QWidget) -> None:
        super().__init__(look, "Pass gates", (WORDS,), "Pass", parent, 560)
        self._lines = to_pass(lines)
        self.gates = self.put(TickList(look, "Gates to pass"), 3)
        self.every = self.put(QCheckBox("All of the applications"))
        self.applications = self.put(TickList(look, "Applications"), 2)
        for ticks in (self.gates, self.applications):
            ticks.setMinimumHeight(look.px(LEAST))
        self._fill()
        self.gates.itemChanged.connect(self._count)
        self.applications.itemChanged.connect(self._count)
        self.every.toggled.connect(self._tick_all)
        self._count()
        self.finish()

    @property
    def settings(self) -> tuple[GateSetting, ...]:
        """Return what would be set, as ticked now."""
        gates, applications = self.gates.ticked, self.applications.ticked
        return tuple(
            GateSetting(line.reference, standing.gate.code, replacing=standing.own)
            for line in self._lines
            if line.reference in applications
            for standing in line.of.gates
            if standing.is_to_pass and standing.gate.code in gates
        )

    @Slot()
    def _count(self) -> None:
        settings = self.settings
        on = len({one.application for one in settings})
        gates, applications = (
            counted(len(settings), "gate", "gates"),
            counted(on, "application", "applications"),
        )
        self.do.show_words(f"Pass {gates} on {applications}" if settings else "Pass gates")
        self.problem.clear()

    def try_action(self) -> None:
        """Pass what is ticked, if anything is."""
        settings = self.settings
        if not settings:
            raise Wrong(NONE, self.gates)
        self.accept()
        self.given.emit(settings)

    def _fill(self) -> None:
        standings = [one for line in self._lines for one in line.of.gates if one.is_to_pass]
        numbers = Counter(one.gate.code for one in standings)
        for gate in {one.gate: None for line in self._lines[:1] for one in line.of.gates}:
            if numbers[gate.code]:
                note = ", advisory" if gate.is_advisory else NO_DATE if gate.is_time else ""
                within = RAISED if any(one.is_overtaken and one.gate == gate for one in standings) else ""
                words = f"{gate.question} ({numbers[gate.code]:,} to {within or 'check'}{note})"
                self.gates.put(gate.code, words, is_ticked=not note)
        for line in self._lines:
            self.applications.put(line.reference, f"{line.reference}, {line.of.row.organisation}")
        self.every.setChecked(True)
        self.gates.setCurrentRow(0)
        self.applications.setCurrentRow(0)

    @Slot(bool)
    def _tick_all(self, is_on: bool) -> None:
        with QSignalBlocker(self.applications):
            self.applications.tick([line.reference for line in self._lines], is_ticked=is_on)
        self.applications.viewport().update()
        self._count()
