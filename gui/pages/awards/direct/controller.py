"""Propose an award without a competition, or change a proposal: two questions, then the record keeps it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from gui.access.unencrypted_warning import pass_gate
from gui.pages.awards.direct.dialogs import AwardDialog, BeginDialog, Begun
from gui.pages.page import PageTools, Place
from gui.record.refusals import Settle, tell_failed
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.operation import Operation, Outcome
from models.operations.awards.direct_awards import ChangeDirectAward, amended_proposal, proposal_change
from models.queries.awards.awards_page import Proposing, budget_named, proposing_from
from models.values.direct_award import DIRECT_ROUND, DirectAward
from models.values.rounds import RoundKey
from scoring.budget.figures import FundBudget

NO_FUND = "This record has no fund yet. Add one on Funds first."
NOT_PROPOSED = "Nothing was proposed."


def ask_award(tools: PageTools, place: Place | None) -> None:
    """Ask whose money an award without a competition takes, then who gets it."""
    DirectAwardController(tools, place).begin()


class DirectAwardController(QObject):
    """The way from the action to an award that is before those who sign."""

    def __init__(self, tools: PageTools, place: Place | None) -> None:
        super().__init__(tools)
        self._tools, self._place = tools, place
        self._found: Proposing | None = None

    def begin(self) -> None:
        """Ask the record for its funds, then show the first question."""
        round_id = None if self._place is None else self._place.line.round_id
        self._tools.workspace.ask(partial(proposing_from, round_id=round_id), self._show)

    def _show(self, found: Proposing) -> None:
        if not found.funds:
            self._tools.notices.show_notice(Notice("direct", Tone.INFORMATION, NO_FUND, passes=True))
            return
        self._found = found
        fund = "" if self._place is None else self._place.line.fund
        dialog = BeginDialog(self._tools.look, found, fund, self._tools.dialogs.window)
        dialog.begun.connect(self._go_on)
        self._tools.dialogs.show(dialog)

    def _go_on(self, begun: Begun) -> None:
        query = partial(budget_named, fund=begun.fund, year=begun.year)
        self._tools.workspace.ask(query, partial(self._ask_award, begun))

    def _ask_award(self, begun: Begun, budget: FundBudget) -> None:
        assert self._found is not None, "the second question follows the first"
        dialog = AwardDialog(self._tools.look, begun, self._found, budget, self._tools.dialogs.window)
        dialog.proposed.connect(partial(self._take, begun))
        self._tools.dialogs.show(dialog)

    def _take(self, begun: Begun, award: DirectAward, why: str) -> None:
        held, settle = begun.proposal, self._tools.dialogs.claim()
        assert settle is not None, "an award is proposed from its dialog"
        make: Callable[..., Operation]
        if held is not None and held.direct is not None:
            change = ChangeDirectAward(*held.key, award, held.direct, why)
            make = partial(amended_proposal, change=change)
        else:
            make = partial(proposal_change, fund=begun.fund, year=begun.year, award=award)
        failed = partial(tell_failed, settle, self._tools.workspace.failed.emit)
        self._tools.workspace.ask(make, partial(self._perform, begun, settle), failed)

    def _perform(self, begun: Begun, settle: Settle, operation: Operation) -> None:
        workspace = self._tools.workspace
        go = partial(workspace.perform, operation, partial(self._done, begun), settle=settle)
        of = f"{begun.fund} {begun.year}"
        pass_gate(self._tools, begun.fund, of, go, partial(settle, NOT_PROPOSED))

    def _done(self, begun: Begun, outcome: Outcome) -> None:
        self._tools.choose_round(RoundKey(begun.fund, begun.year, DIRECT_ROUND))
        self._tools.toast(outcome.words)
