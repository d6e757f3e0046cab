"""What is kept of the award at hand: how it is paid, its agreement, its payments, and finance's numbers."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.checks.section import LOOK
from gui.pages.awards.codes_dialog import CodesDialog
from gui.pages.awards.day_dialog import DayDialog
from gui.pages.awards.detail import AwardDetail
from gui.pages.awards.parts_dialog import PartsDialog
from gui.pages.page import PageTools
from gui.record.clock import current_day
from models.operations.awards.finance import SetFinanceCodes, SetSupplierNumber
from models.operations.awards.paying import PayInstalment, SetDue, SetInstalments
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import FinanceCodes, parts_of
from models.queries.awards.awards_page import AwardsAnswer
from models.queries.awards.finance import look_at_first
from models.values.awards import Instalment
from scoring import money


class PaymentController(AwardController):
    """Ask where a question is needed, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        self.found: AwardsAnswer | None = None
        detail.profile_asked.connect(self._set_profile)
        detail.custom_asked.connect(self._ask_parts)
        detail.paid.connect(self._set_paid)
        detail.due_asked.connect(self._ask_due)
        detail.paid_on_asked.connect(self._ask_paid_on)
        detail.supplier_asked.connect(self._set_supplier)
        detail.codes_asked.connect(self._ask_codes)

    @Slot()
    def _ask_codes(self) -> None:
        assert self.found is not None, "codes of what was found"
        before = self.found.codes
        areas = [area.name for area in self.found.areas]
        dialog = CodesDialog(self._tools.look, areas, before, self._tools.dialogs.window)
        dialog.chosen.connect(partial(self._set_codes, before))
        self._tools.dialogs.show(dialog)

    def _set_codes(self, before: tuple[FinanceCodes, ...], codes: tuple[FinanceCodes, ...]) -> None:
        if codes != before:
            self._tools.perform(SetFinanceCodes(self.round_id, codes, before))

    @Slot(str)
    def _set_profile(self, code: str) -> None:
        row = self._row
        assert self.found is not None, "profiles of what was found"
        payment = next(payment for payment in self.found.payments if payment.code == code)
        self._set_parts(code, row, parts_of(row.amount_pence, payment))

    @Slot()
    def _ask_parts(self) -> None:
        row = self._row
        dialog = PartsDialog(self._tools.look, row, self._tools.dialogs.window)
        dialog.chosen.connect(partial(self._set_parts, "", row))
        self._tools.dialogs.show(dialog)

    def _set_parts(self, code: str, row: AwardRow, parts: tuple[Instalment, ...]) -> None:
        self._tools.perform(SetInstalments(self.round_id, row.application, code, parts, row.instalments))

    @Slot(int, bool)
    def _set_paid(self, number: int, is_paid: bool) -> None:
        row = self._row
        on = current_day() if is_paid else None
        warning = self._checks_left(row) if is_paid else ""
        if not warning:
            self._pay(row, number, on)
            return
        words = (warning, f"If you go on, {_named(row, number)} is marked as paid today.")
        tools = self._tools
        box = ConfirmDialog(
            tools.look, f"Payment of {row.reference}", words, "Mark as paid", tools.dialogs.window
        )
        box.agreed.connect(partial(self._pay, row, number, on))
        box.offer("Look at the checks…").connect(partial(self._detail.checks_asked.emit, LOOK))
        tools.dialogs.show(box)

    def _checks_left(self, row: AwardRow) -> str:
        """Return how many checks of an award are open and what else is to be settled; "" for none."""
        assert self.found is not None, "checks of what was found"
        left = self.found.checks[row.application].left
        look = look_at_first(row, self.found.elsewhere.get(row.application, ""))
        told = (f"Due diligence: {left}." if left else "", f"Look first: {look}." if look else "")
        return " ".join(filter(None, told))

    @Slot(int)
    def _ask_paid_on(self, number: int) -> None:
        row, today = self._row, current_day()
        words = f"When {_named(row, number)} was paid. You authorise it as {self._tools.identity.name}."
        then = partial(self._pay, row, number)
        title, warning = f"Payment of {row.reference}", self._checks_left(row)
        self._ask_day(title, words, today, then, is_past=True, warning=warning)

    def _pay(self, row: AwardRow, number: int, on: date | None) -> None:
        before = row.instalments[number - 1].paid_on
        self._tools.perform(PayInstalment(self.round_id, row.application, number, on, before))

    @Slot(int)
    def _ask_due(self, number: int) -> None:
        row = self._row
        words = f"When {_named(row, number)} is to be paid. Leave it blank while there is no date."
        due = row.instalments[number - 1].due_on
        then = partial(self._set_due, row, number)
        self._ask_day(f"Due date of {row.reference}", words, due, then, is_past=False)

    def _set_due(self, row: AwardRow, number: int, on: date | None) -> None:
        before = row.instalments[number - 1].due_on
        if on != before:
            self._tools.perform(SetDue(self.round_id, row.application, number, on, before))

    def _ask_day(
        self,
        title: str,
        words: str,
        day: date | None,
        then: "partial[None]",
        *,
        is_past: bool,
        warning: str = "",
    ) -> None:
        tools, window = self._tools, self._tools.dialogs.window
        dialog = DayDialog(tools.look, title, words, day, window, is_past=is_past, warning=warning)
        dialog.agreed.connect(then)
        self._tools.dialogs.show(dialog)

    @Slot(str)
    def _set_supplier(self, number: str) -> None:
        row = self._row
        self._tools.perform(SetSupplierNumber(self.round_id, row.application, number, row.supplier_number))


def _named(row: AwardRow, number: int) -> str:
    part = row.instalments[number - 1]
    return f"instalment {number}, {money.short_pounds(part.amount_pence)},"
