"""What officers and the chair do to applications by hand: add, correct, withdraw, keep look-alikes apart."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from exchange.applications.importer import submitted_notes
from exchange.applications.row_sorter import References, width_in_use
from gui.dialogs.withheld_name import WithheldNameDialog
from gui.listed.acts import Doing
from gui.pages.applications.compare import CompareDialog
from gui.pages.applications.form import ApplicationForm, ChoicesForm, withdrawing
from gui.pages.applications.lines import ApplicationLine, ApplicationList, Filter
from gui.pages.applications.pass_gates import PassGatesDialog
from gui.pages.page import PageTools, Place
from models.operation import Outcome
from models.operations.applications.applications import BY_HAND, ImportApplications
from models.operations.applications.corrections import (
    CorrectApplication,
    changes_between,
)
from models.operations.applications.gates import GateSetting, SetChoices, SetGate, SetGates
from models.operations.awards.checks import SetWithheldName
from models.reference.defaults import ListKind
from models.values.applications import Choice, ChoicesOf
from models.values.rounds import RoundKey, RoundLine
from models.values.rows import ApplicationRow


class Working(QObject):
    """Opens the dialogs of the Applications page and performs what they ask for."""

    gate_refused = Signal()

    def __init__(self, tools: PageTools, page: QWidget) -> None:
        super().__init__(page)
        self._tools = tools
        self._place: Place | None = None
        self._found: ApplicationList | None = None
        self._one: ApplicationLine | None = None
        self._gates_under_way = 0
        self._doing = Doing(tools, self)
        tools.workspace.failed.connect(self._leave_gate)

    def stand(self, place: Place | None, found: ApplicationList | None, one: ApplicationLine | None) -> None:
        """Stand where the page does: its round and area, its applications, and the current one."""
        is_newer = found is not self._found
        self._place, self._found, self._one = place, found, one
        dialog = self._tools.dialogs.dialog
        if is_newer and found is not None and isinstance(dialog, CompareDialog):
            dialog.take(found)

    @property
    def _line(self) -> RoundLine:
        assert self._place is not None, "an action is of a round"
        return self._place.line

    @Slot()
    def add(self) -> None:
        """Open the form for a new application; its reference is the next one free."""
        if self._place is None or self._found is None:
            return
        line = self._line
        used = [one.reference for one in self._found.lines]
        references = References(line.fund_code, used, width_in_use(line.fund_code, used))
        row = ApplicationRow(references.give(), "", area=self._place.area)
        form = self._form("New application", row, line, is_new=True)
        form.given.connect(partial(self._add, line))
        self._tools.dialogs.show(form)

    @Slot()
    def correct(self) -> None:
        """Open the form to correct an application beside what was submitted."""
        one = self._one
        if one is None:
            return
        line = self._line
        notes = submitted_notes(one.of.row, one.of.cells, one.of.corrections)
        form = self._form(f"Correct {one.reference}", one.of.row, line, is_new=False, notes=notes)
        to_check = tuple(each.field for each in one.of.corrections if each.is_to_check)
        form.given.connect(partial(self._correct, line, one.of.row, to_check))
        self._tools.dialogs.show(form)

    @Slot()
    def choose(self) -> None:
        """Ask what an application is for, from its fund's lists."""
        one, found = self._one, self._found
        if one is None or found is None:
            return
        look, window = self._tools.look, self._tools.dialogs.window
        lists = found.intake.lists
        others = [line for line in found.lines if line.reference != one.reference and _is_judged(line)]
        lacking = {wanted.kind: len(_lacking(others, wanted.kind)) for wanted in lists}
        form = ChoicesForm(look, one.reference, one.of.choices, lists, window, lacking=lacking)
        form.given.connect(partial(self._choose, self._line, one, form, others))
        self._tools.dialogs.show(form)

    def _choose(
        self,
        line: RoundLine,
        one: ApplicationLine,
        form: ChoicesForm,
        others: Sequence[ApplicationLine],
        chosen: tuple[Choice, ...],
    ) -> None:
        """Say what an application is for, and give all without a line the one that is ticked for them."""
        given = {one.reference: chosen} if chosen != one.of.choices else {}
        held = {each.reference: each.of.choices for each in (one, *others)}
        for choice in form.for_others:
            for other in _lacking(others, choice.kind):
                given[other.reference] = (*given.get(other.reference, held[other.reference]), choice)
        if given:
            stood = tuple(ChoicesOf(of, held[of]) for of in given if held[of])
            self._tools.perform(SetChoices(line.round_id, _each_of(given), stood))

    @Slot()
    def withdraw(self) -> None:
        """Ask why the application is withdrawn, or take a withdrawn one up again at once."""
        if self._one is not None:
            self._doing.do(withdrawing(self._line.round_id, self._one))

    @Slot()
    def withhold(self) -> None:
        """Ask why the applicant's name is kept from the public, or give it again at once."""
        if self._one is None:
            return
        tools, one, stands = self._tools, self._one, self._one.of.withheld
        withhold = partial(SetWithheldName, self._line.round_id, one.reference, replacing=stands)
        if stands is not None:
            tools.perform(withhold(None))
            return
        dialog = WithheldNameDialog(tools.look, one.of.row.organisation, tools.dialogs.window)
        dialog.agreed.connect(lambda withheld: tools.perform(withhold(withheld)))
        tools.dialogs.show(dialog)

    @Slot(str, str, str)
    def set_gate(self, gate: str, result: str, reason: str) -> None:
        """Set a gate of the application to a result with its reason."""
        one = self._one
        if one is None:
            return
        at = next(standing for standing in one.of.gates if standing.gate.code == gate)
        asks = at.gate.question
        operation = SetGate(self._line.round_id, one.reference, gate, result, reason, at.own, asks=asks)
        self._gates_under_way += 1
        self._tools.workspace.perform(operation, self._tell_gate)

    def _tell_gate(self, outcome: Outcome) -> None:
        self._gates_under_way = max(self._gates_under_way - 1, 0)
        self._tools.toast_outcome(outcome)

    @Slot(object)
    def _leave_gate(self, error: Exception) -> None:
        """Show a gate again as it stands after it was refused."""
        if self._gates_under_way:
            self._gates_under_way = 0
            self.gate_refused.emit()

    def pass_gates(self, lines: Sequence[ApplicationLine]) -> None:
        """Ask which gates that are to check are passed together, and pass them as one change."""
        line = self._line
        dialog = PassGatesDialog(self._tools.look, lines, self._tools.dialogs.window)
        dialog.given.connect(partial(self._pass_gates, line))
        self._tools.dialogs.show(dialog)

    @Slot()
    def compare(self) -> None:
        """Show the pairs that look alike one by one, those of the application first."""
        one, found = self._one, self._found
        if one is None or found is None or not one.pairs:
            return
        look, window = self._tools.look, self._tools.dialogs.window
        dialog = CompareDialog(look, found, (self._line.round_id, one.reference), window)
        dialog.wanted.connect(self._tools.perform)
        self._tools.dialogs.show(dialog)

    def _pass_gates(self, line: RoundLine, settings: tuple[GateSetting, ...]) -> None:
        self._tools.perform(SetGates(line.round_id, settings))

    def _form(
        self,
        title: str,
        row: ApplicationRow,
        line: RoundLine,
        *,
        is_new: bool,
        notes: Mapping[str, str] | None = None,
    ) -> ApplicationForm:
        areas = tuple(area.name for area in line.areas)
        window = self._tools.dialogs.window
        return ApplicationForm(self._tools.look, title, row, areas, window, is_new=is_new, notes=notes)

    def _add(self, line: RoundLine, row: ApplicationRow, reason: str) -> None:
        key = RoundKey(line.fund, line.year, line.name)
        self._tools.perform(ImportApplications(key, (row,), source=BY_HAND))

    def _correct(
        self,
        line: RoundLine,
        before: ApplicationRow,
        to_check: Collection[str],
        after: ApplicationRow,
        reason: str,
    ) -> None:
        """Correct what was changed; a value to check that was left as it is was looked at."""
        changes = changes_between(before, after, to_check)
        operation = CorrectApplication(line.round_id, before.reference, changes, reason)
        self._tools.perform(operation)


def _is_judged(line: ApplicationLine) -> bool:
    """Whether an application is open to the person, not withdrawn, and failed no gate."""
    return not line.of.closed and not line.filters & {Filter.WITHDRAWN, Filter.FAILED}


def _lacking(lines: Sequence[ApplicationLine], kind: ListKind) -> list[ApplicationLine]:
    return [line for line in lines if kind not in {one.kind for one in line.of.choices}]


def _each_of(given: Mapping[str, tuple[Choice, ...]]) -> tuple[ChoicesOf, ...]:
    return tuple(ChoicesOf(reference, chosen) for reference, chosen in given.items())
