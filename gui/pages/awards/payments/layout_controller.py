"""Lay out payment files: ask the record for what there is, show it, and save what was changed."""

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from gui.pages.awards.payments.layout_dialog import LayoutDialog
from gui.pages.page import PageTools
from models.clock import utc_now
from models.operations.awards.finance import SetPaymentLayout
from models.papers.finance import FinanceSchedule
from models.papers.order import PaperOrder
from models.queries.awards.awards import payment_layouts, saved_layouts
from models.queries.awards.finance import finance
from models.values.payments import PaymentLayout


class _Found(NamedTuple):
    """The layouts to choose from, those that the office saved, and the schedule for the first lines."""

    layouts: tuple[PaymentLayout, ...]
    saved: tuple[PaymentLayout, ...]
    schedule: FinanceSchedule


class LayoutController(QObject):
    """Carry a layout from the button to the record."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, round_id: int) -> None:
        """Show the layouts, with payments of a round in the preview."""
        self._tools.workspace.ask(partial(_found, round_id=round_id), self._show)

    def _show(self, found: _Found) -> None:
        look, dialogs = self._tools.look, self._tools.dialogs
        dialog = LayoutDialog(look, found.layouts, found.saved, found.schedule, dialogs.window)
        dialog.saved.connect(self._save)
        dialog.removed.connect(self._remove)
        dialogs.show(dialog)

    def _save(self, layout: PaymentLayout, before: PaymentLayout | None) -> None:
        self._tools.perform(SetPaymentLayout(layout.name, layout, before))

    def _remove(self, before: PaymentLayout) -> None:
        self._tools.perform(SetPaymentLayout(before.name, None, before))


def _found(session: Any, round_id: int) -> _Found:  # the window may not name the session's type
    order = PaperOrder("finance", utc_now(), round_id)
    return _Found(payment_layouts(session), saved_layouts(session), finance(session, order))
