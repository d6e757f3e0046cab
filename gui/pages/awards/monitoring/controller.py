"""Ask for what is recorded on an award, then have the record keep it."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.awards.monitoring.agreed_dialog import AgreedDialog
from gui.pages.awards.monitoring.detail import AwardPanel
from gui.pages.awards.monitoring.plan_dialog import PlanDialog
from gui.pages.awards.monitoring.return_dialog import ReturnDialog
from gui.pages.awards.monitoring.small_dialogs import BandsDialog, VisitDialog
from gui.pages.page import PageTools, own_name
from gui.record.clock import current_day
from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetReturnBands,
    SetVisits,
)
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    Monitoring,
    ReturnContent,
    Visit,
)
from models.papers.monitoring.monitoring_plan import planned_returns
from models.reference.defaults import ReturnBand
from models.values.awards import PlannedReturn

NOT_BEGUN, RECORD_IT = "A return before the project begins", "Record it all the same"


class MonitoringController(QObject):
    """The actions of the page; `found` is what it shows."""

    def __init__(self, tools: PageTools, panel: AwardPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._panel = tools, panel
        self.round_id = 0
        self.found: Monitoring | None = None
        panel.agree_asked.connect(self._ask_agreed)
        panel.plan_asked.connect(self._ask_plan)
        panel.return_asked.connect(self._ask_return)
        panel.take_back_asked.connect(self._take_back)
        panel.visit_asked.connect(self._ask_visit)
        panel.visit_out_asked.connect(self._take_visit_out)

    @property
    def _award(self) -> AwardMonitoring:
        assert self._panel.award is not None, "only the award at hand is changed"
        return self._panel.award

    @property
    def _shown(self) -> Monitoring:
        assert self.found is not None, "only what is shown is changed"
        return self.found

    def unplanned(self, awards: tuple[AwardMonitoring, ...]) -> tuple[AwardMonitoring, ...]:
        """Return the awards without a plan."""
        return tuple(award for award in awards if not award.returns)

    def plan_all(self, awards: tuple[AwardMonitoring, ...]) -> None:
        """Plan the returns of every award that has none, by its amount: one change, one undo."""
        plans = tuple(
            AwardPlan(award.application, self._usual(award), ()) for award in self.unplanned(awards)
        )
        self._tools.perform(PlanReturns(self.round_id, plans))

    @Slot()
    def ask_bands(self) -> None:
        """Ask how often awards of the round report."""
        box = BandsDialog(self._tools.look, self._shown.bands, self._tools.dialogs.window)
        box.chosen.connect(self._set_bands)
        self._show(box)

    def _set_bands(self, bands: tuple[ReturnBand, ...]) -> None:
        before = self._shown.bands if self._shown.own_bands else ()
        self._tools.perform(SetReturnBands(self.round_id, bands, before))

    @Slot()
    def _ask_agreed(self) -> None:
        award = self._award
        box = AgreedDialog(self._tools.look, award, self._tools.dialogs.window)
        box.chosen.connect(partial(self._set_agreed, award))
        self._show(box)

    def _set_agreed(self, award: AwardMonitoring, outputs: tuple[AgreedOutput, ...]) -> None:
        self._tools.perform(SetAgreedOutputs(self.round_id, award.application, outputs, award.outputs))

    @Slot()
    def _ask_plan(self) -> None:
        award = self._award
        box = PlanDialog(self._tools.look, award, self._usual(award), self._tools.dialogs.window)
        box.chosen.connect(partial(self._set_plan, award))
        self._show(box)

    def _set_plan(self, award: AwardMonitoring, returns: tuple[PlannedReturn, ...]) -> None:
        plan = AwardPlan(award.application, returns, award.planned)
        self._tools.perform(PlanReturns(self.round_id, (plan,)))

    @Slot(int)
    def _ask_return(self, number: int) -> None:
        award, lists = self._award, self._shown.lists
        one = next(one for one in award.returns if one.plan.number == number)
        window = self._tools.dialogs.window
        box = ReturnDialog(self._tools.look, award, one, lists, _today(), window)
        box.entered.connect(partial(self._take, award, one))
        self._show(box)

    def _take(self, award: AwardMonitoring, one: AwardReturn, said: ReturnContent) -> None:
        """Record a return; of a project that has not begun it is asked first."""
        early = award.not_begun(one.plan.number, said.received_on)
        if not early:
            self._put(award, one, said)
            return
        look, window = self._tools.look, self._tools.dialogs.window
        box = ConfirmDialog(look, NOT_BEGUN, (early,), RECORD_IT, window)
        box.agreed.connect(partial(self._put, award, one, said))
        self._show(box)

    def _put(self, award: AwardMonitoring, one: AwardReturn, said: ReturnContent | None) -> None:
        put = ReturnPut(award.application, one.plan.number, said, one.said)
        self._tools.perform(PutReturns(self.round_id, (put,)))

    @Slot(int)
    def _take_back(self, number: int) -> None:
        award = self._award
        self._put(award, next(one for one in award.returns if one.plan.number == number), None)

    @Slot()
    def _ask_visit(self) -> None:
        award, person = self._award, own_name(self._tools.identity.name)
        box = VisitDialog(self._tools.look, award, _today(), person, self._tools.dialogs.window)
        box.entered.connect(partial(self._add_visit, award))
        self._show(box)

    def _add_visit(self, award: AwardMonitoring, visit: Visit) -> None:
        self._set_visits(award, (*award.visits, visit))

    @Slot(int)
    def _take_visit_out(self, number: int) -> None:
        award = self._award
        self._set_visits(award, (*award.visits[: number - 1], *award.visits[number:]))

    def _set_visits(self, award: AwardMonitoring, visits: tuple[Visit, ...]) -> None:
        self._tools.perform(SetVisits(self.round_id, award.application, visits, award.visits))

    def _usual(self, award: AwardMonitoring) -> tuple[PlannedReturn, ...]:
        found = self._shown
        return planned_returns(award.amount_pence, award.start_on, award.end_on, found.bands, found.every)

    def _show(self, box: QDialog) -> None:
        self._tools.dialogs.show(box)


def _today() -> date:
    return current_day()
