"""Due diligence on the award at hand: looked at, recorded check by check, registers loaded from files."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot

from exchange.reading.registers import FoundRegister, read_register
from gui.dialogs.files import Kind
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.checks.dialogs import CheckDialog, ChecksDialog
from gui.pages.awards.checks.register_dialog import RegisterDialog
from gui.pages.awards.checks.section import LOOK
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.runner import Ticket
from models.operation import Outcome
from models.operations.awards.checks import LoadRegister, SetCheck
from models.queries.awards.award_checks import DueDiligence, due_diligence
from models.queries.awards.registers import LoadedRegister, loaded_registers, wanted
from models.session import Session
from models.values.diligence import CheckResult, Wanted

FILES = "Registers (*.zip *.json *.txt *.csv *.xlsx *.ods *.xml);;All files (*)"


class _Loaded(NamedTuple):
    """What is loaded already, and what a register is searched for."""

    registers: Mapping[str, LoadedRegister]
    wanted: Wanted


class ChecksController(AwardController):
    """Ask, look again after each change, and leave the record to refuse it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.checks_asked.connect(self._begin)

    @Slot(str)
    def _begin(self, what: str) -> None:
        if what == LOOK:
            self._look(self._row.application)
        else:
            self._tools.workspace.ask(_loaded, self._ask_register)

    def _look(self, application: str) -> None:
        query = partial(due_diligence, round_id=self.round_id, application=application, today=current_day())
        self._tools.workspace.ask(query, self._show)

    def _show(self, one: DueDiligence | None) -> None:
        if one is None:  # the decision was taken back meanwhile
            return
        tools, may_keep = self._tools, self._tools.identity.may("set check")
        dialog = ChecksDialog(tools.look, one, tools.dialogs.window, may_keep=may_keep)
        dialog.asked.connect(partial(self._ask, one))
        tools.dialogs.show(dialog)

    def _ask(self, one: DueDiligence, code: str) -> None:
        line = next(line for line in one.lines if line.code == code)
        dialog = CheckDialog(self._tools.look, one, line, self._tools.dialogs.window)
        before = None if line.done is None else line.done.result
        dialog.recorded.connect(partial(self._set, one.application, code, before))
        dialog.taken_back.connect(partial(self._set, one.application, code, before, None))
        self._tools.dialogs.show(dialog)

    def _set(
        self, application: str, code: str, before: CheckResult | None, result: CheckResult | None
    ) -> None:
        """Record it, then show all checks again, so that one follows the other."""
        if result == before:
            self._look(application)
            return
        operation = SetCheck(self.round_id, application, code, result, before)
        self._tools.workspace.perform(operation, partial(self._go_on, application))

    def _go_on(self, application: str, outcome: Outcome) -> None:
        self._tools.toast_outcome(outcome)
        self._look(application)

    def _ask_register(self, found: _Loaded) -> None:
        tools = self._tools
        dialog = RegisterDialog(tools.look, found.registers, tools.dialogs.window)
        dialog.agreed.connect(partial(self._choose, found))
        tools.dialogs.show(dialog)

    def _choose(self, found: _Loaded, on: date | None) -> None:
        path = self._tools.dialogs.files.open(Kind.REGISTER, "Choose a register as it was downloaded", FILES)
        if path is not None:
            self.read(path, found, on)

    def read(self, path: Path, found: _Loaded, on: date | None = None) -> None:
        """Read a register beside the record, with Cancel, then keep what it says."""
        self._tools.workspace.work(
            partial(_read, path, found.wanted, on), partial(self._keep, found), label=f"Reading {path.name}"
        )

    def _keep(self, loaded: _Loaded, found: FoundRegister) -> None:
        held = loaded.registers.get(found.register)
        before = None if held is None else held.extract
        self._tools.perform(LoadRegister(found.register, found.extract, before))


def _loaded(session: Session) -> _Loaded:
    return _Loaded(loaded_registers(session), wanted(session))


def _read(path: Path, wanted: Wanted, on: date | None, ticket: Ticket) -> FoundRegister:
    return read_register(path, wanted, on=on, tick=ticket.tick)
