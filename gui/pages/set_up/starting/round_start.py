"""Starting a round from the set-up page: ask for the funds, then five questions, then do it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.access.unencrypted_warning import pass_gate
from gui.pages.page import PageTools
from gui.pages.set_up.starting.start_dialog import StartDialog
from gui.record.clock import current_day
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operation import Outcome, Topic
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.criteria import StartChoices, start_choices

NO_FUND = (
    "A round belongs to a fund, and this record has no fund with a panel. Add one here, then start the round."
)
FUND_IS_THERE = "{fund} is added. Its first round can be started."
NOT_STARTED = "The round is not started."


class RoundStart(QObject):
    """The way from the button to a round that is set up; `fund` is the one on show, "" for none."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.fund = ""
        self._waits_for_fund = False
        tools.workspace.changed.connect(self._look_for_fund)

    @Slot()
    def ask(self) -> None:
        """Ask the record which funds there are, then show the questions."""
        self._tools.workspace.ask(start_choices, self._show)

    def _show(self, choices: StartChoices) -> None:
        if not choices.funds:
            self._waits_for_fund = True
            self._tools.go("funds")
            self._tools.notices.show_notice(Notice("start", Tone.INFORMATION, NO_FUND, passes=True))
            return
        dialogs = self._tools.dialogs
        box = StartDialog(self._tools.look, choices, current_day(), dialogs.window, fund=self.fund)
        box.agreed.connect(self._start)
        dialogs.show(box)

    @Slot(object)
    def _look_for_fund(self, topics: frozenset[Topic]) -> None:
        """Offer to go on once there is the fund that a round was to be started for."""
        if self._waits_for_fund and Topic.FUNDS in topics:
            self._tools.workspace.ask(start_choices, self._offer)

    def _offer(self, choices: StartChoices) -> None:
        if choices.funds and self._waits_for_fund:
            self._waits_for_fund = False
            words = FUND_IS_THERE.format(fund=choices.funds[0].name)
            remedy = Remedy("Start a round…", self.ask)
            notice = Notice("start", Tone.INFORMATION, words, (remedy,), passes=True)
            self._tools.notices.show_notice(notice)

    @Slot(object)
    def _start(self, operation: StartRound) -> None:
        settle, workspace = self._tools.dialogs.claim(), self._tools.workspace
        assert settle is not None, "a round is started from its dialog"
        go = partial(workspace.perform, operation, partial(self._done, operation), settle=settle)
        pass_gate(self._tools, operation.round.fund, operation.round.words, go, partial(settle, NOT_STARTED))

    def _done(self, operation: StartRound, outcome: Outcome) -> None:
        self._tools.choose_round(operation.round)
        self._tools.go("overview")
        self._tools.toast(outcome.words)
