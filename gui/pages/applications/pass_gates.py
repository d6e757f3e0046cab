"""Pass many gates at once: which gates, on which applications, said before it is done."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from exchange.applications.gate_answers import GateAnswer
from gui.dialogs.form import Form
from gui.pages.applications.lines import ApplicationLine
from gui.text import counted
from gui.theme.look import look
from gui.widgets.tick_list import TickList
from gui.widgets.typed import Wrong
from models.operations.applications.gates import GateSetting
from scoring.written.text import first_of, listed, noun

WORDS = (
    "Only gates that are still to check are passed, and those the program failed over a cap that has been "
    "raised since. Other failed ones, waived ones and requests over the cap stay. One undo takes it all back."
)
ASIDE = "Not answered by a plain “Yes”: passed only where ticked"
ALL_LEFT_OUT = "All of these are left out. Tick those to pass all the same."
MOST_NAMED = 6
LEAST = 96
"""The least height of a list, for a 13 px base."""
ASIDE_LEAST, ASIDE_LINE, ASIDE_LINES = 44, 36, 3
"""The height of the list of doubts: for one line, and so many more."""
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


def key_of(reference: str, gate: str) -> str:
    """Return what a gate on an application is known by in a list."""
    return f"{reference} {gate}"


class Doubt(NamedTuple):
    """A gate to pass where the applicant's answer is no plain yes, or nothing though others answered."""

    line: ApplicationLine
    gate: str
    answers: tuple[GateAnswer, ...]

    @property
    def key(self) -> str:
        """Return what its tick is known by."""
        return key_of(self.line.reference, self.gate)

    @property
    def words(self) -> str:
        """Return who answered what: "ACF-018, Fell Road Club: Safeguarding policy: No"."""
        answered = " · ".join(one.line for one in self.answers)
        return f"{self.line.reference}, {self.line.of.row.organisation}: {answered}"


def doubts(lines: Sequence[ApplicationLine]) -> tuple[Doubt, ...]:
    """Return the gates to pass that the applicant's own answer speaks against."""
    return tuple(
        Doubt(line, standing.gate.code, against)
        for line in lines
        for standing, answers in line.with_answers
        if standing.is_to_pass and (against := tuple(one for one in answers if one.is_in_doubt))
    )


def said_of(found: Sequence[Doubt], left_out: Sequence[Doubt]) -> str:
    """Return in a sentence which gates are left out for an answer, or passed all the same; "" for none."""
    told = left_out or found
    gates = counted(len(told), "gate", "gates")
    references = list(dict.fromkeys(one.line.reference for one in told))
    on = listed(references) if len(references) <= MOST_NAMED else first_of(references, MOST_NAMED)
    if left_out:
        tick = noun(len(told), "Tick it", "Tick those")
        return f"Left out, as the answer is not a plain “Yes”: {gates} on {on}. {tick} to pass all the same."
    return f"Passed though the answer is not a plain “Yes”: {gates} on {on}." if found else ""


class PassGatesDialog(Form):
    """A box a gate and a box an application; the button says how many gates on how many applications.

    What the applicant's own answer speaks against is listed with a box each, and left out unless ticked.
    """

    def __init__(self, lines: Sequence[ApplicationLine], parent: QWidget) -> None:
        super().__init__("Pass gates", (WORDS,), "Pass", parent, 560)
        self._lines = to_pass(lines)
        self.gates = self.put(TickList("Gates to pass"), 3)
        self._doubts = doubts(self._lines)
        self.said = self.sentence("")
        self.doubtful = self.put(TickList(ASIDE))
        lines_aside = min(len(self._doubts), ASIDE_LINES)
        self.doubtful.setFixedHeight(look.px(ASIDE_LEAST + ASIDE_LINE * lines_aside))
        self.every = self.put(QCheckBox("All of the applications"))
        self.applications = self.put(TickList("Applications"), 2)
        for ticks in (self.gates, self.applications):
            ticks.setMinimumHeight(look.px(LEAST))
        self._fill()
        for ticks in (self.gates, self.applications, self.doubtful):
            ticks.itemChanged.connect(self._count)
        self.every.toggled.connect(self._tick_all)
        self._count()
        self.finish()

    @property
    def settings(self) -> tuple[GateSetting, ...]:
        """Return what would be set, as ticked now."""
        gates, applications = self.gates.ticked, self.applications.ticked
        left_out = {one.key for one in self.left_out}
        return tuple(
            GateSetting(line.reference, standing.gate.code, replacing=standing.own)
            for line in self._lines
            if line.reference in applications
            for standing in line.of.gates
            if standing.is_to_pass and standing.gate.code in gates
            if key_of(line.reference, standing.gate.code) not in left_out
        )

    @property
    def _asked(self) -> list[Doubt]:
        """Return the doubts among the gates and applications that are ticked."""
        gates, applications = self.gates.ticked, self.applications.ticked
        return [one for one in self._doubts if one.gate in gates and one.line.reference in applications]

    @property
    def left_out(self) -> list[Doubt]:
        """Return the doubts among them that are not ticked, and so not passed."""
        return self._unticked(self._asked)

    def _unticked(self, asked: Sequence[Doubt]) -> list[Doubt]:
        ticked = self.doubtful.ticked
        return [one for one in asked if one.key not in ticked]

    def _say_doubts(self) -> None:
        """Say which gates are left out, and list those that could be."""
        asked = self._asked
        self.said.setText(said_of(asked, self._unticked(asked)))
        self.said.setVisible(bool(asked))
        self.doubtful.setVisible(bool(asked))
        keys = {one.key for one in asked}
        for number, one in enumerate(self._doubts):
            self.doubtful.setRowHidden(number, one.key not in keys)
        rows = (number for number, one in enumerate(self._doubts) if one.key in keys)
        if self.doubtful.isRowHidden(max(self.doubtful.currentRow(), 0)):
            self.doubtful.setCurrentRow(next(rows, 0))

    @Slot()
    def _count(self) -> None:
        settings = self.settings
        on = len({one.application for one in settings})
        gates, applications = (
            counted(len(settings), "gate", "gates"),
            counted(on, "application", "applications"),
        )
        self.do.show_words(f"Pass {gates} on {applications}" if settings else "Pass gates")
        self._say_doubts()
        self.problem.clear()

    def try_action(self) -> None:
        """Pass what is ticked, if anything is."""
        settings = self.settings
        if not settings:
            raise Wrong(ALL_LEFT_OUT, self.doubtful) if self._asked else Wrong(NONE, self.gates)
        self.accept()
        self.agreed.emit(settings)

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
        for one in self._doubts:
            self.doubtful.put(one.key, one.words, is_ticked=False)
        self.every.setChecked(True)
        self.doubtful.setCurrentRow(0)
        self.gates.setCurrentRow(0)
        self.applications.setCurrentRow(0)

    @Slot(bool)
    def _tick_all(self, is_on: bool) -> None:
        with QSignalBlocker(self.applications):
            self.applications.tick([line.reference for line in self._lines], is_ticked=is_on)
        self.applications.viewport().update()
        self._count()
