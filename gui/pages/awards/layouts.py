"""The deed by which payment files are laid out, as the page of papers asks for it."""

from collections.abc import Sequence

from gui.listed.acts import Box
from gui.listed.form import Asked
from gui.pages.awards.payment_layouts import LayoutDialog
from models.clock import utc_now
from models.papers.finance import FinanceSchedule
from models.papers.order import PaperOrder
from models.queries.awards.awards import payment_layouts, saved_layouts
from models.queries.awards.finance import finance
from models.session import Session
from models.values.payments import PaymentLayout


def lay_out_payments(round_id: int) -> Asked:
    """Ask for the layouts, those that the office saved, and payments of a round for the first lines."""
    order = PaperOrder("finance", utc_now(), round_id)

    def query(session: Session) -> tuple[Sequence[PaymentLayout], Sequence[PaymentLayout], FinanceSchedule]:
        return payment_layouts(session), saved_layouts(session), finance(session, order)

    def show(found: tuple[Sequence[PaymentLayout], Sequence[PaymentLayout], FinanceSchedule]) -> Box:
        return Box(lambda look, window: LayoutDialog(look, found, window), lambda change: change)

    return Asked(query, show)
