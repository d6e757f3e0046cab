"""Ask what is recorded of a year's money, then have the record keep it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.awards.budget.detail import BudgetDetail
from gui.pages.awards.budget.dialogs import (
    WHO,
    Allocated,
    AllocationsDialog,
    Moved,
    MoveDialog,
    SpendingPlanDialog,
)
from gui.pages.awards.year_end.end_dialog import EndDialog, Entered, Question
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.made_change import perform_made
from gui.theme.office_words import ours
from models.operation import Operation
from models.operations.awards.budget import (
    Contribute,
    Given,
    MoveMoney,
    SetSpendingPlan,
    allocating,
    carry_forward_change,
    over_commitment_change,
)
from models.operations.set_up.rounds import CloseRound, ReopenRound
from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget import BudgetPage
from models.queries.set_up.rounds import find_round
from scoring.budget.figures import AreaBudget, Purses
from scoring.budget.limits import SpendingPlan

ALLOWED_BY = "Allowed by, name and post"
WITHOUT_CARRY = "Without what is carried forward, which is counted beside it."
CARRIED = "On top of the allocation. It is entered once; Year end changes it later."
BELOW = "What the office itself gives. It lowers what is committed, decided and paid here."
ABOVE = (
    "This much may be committed above the project money of this area in {year}. It replaces any "
    "earlier amount."
)
CLOSED = (
    "Nothing more is decided in a closed round, and what its budget holds goes back to the year.",
    "Awards are paid and reported on as before. It can be reopened.",
)


def _pair(stands: Purses | None) -> tuple[int, int] | None:
    return None if stands is None else (stands.project_pence, stands.start_up_pence)


class BudgetController(QObject):
    """It asks for the area at hand, in the fund's year on show."""

    def __init__(self, tools: PageTools, detail: BudgetDetail, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._detail = tools, detail
        self.found: BudgetPage | None = None
        self._who = ""
        detail.allocation_asked.connect(self._ask_allocation)
        detail.carry_asked.connect(self._ask_carry)
        detail.move_asked.connect(self._ask_move)
        detail.contribution_asked.connect(self._ask_contribution)
        detail.authority_asked.connect(self._ask_authority)
        detail.plan_asked.connect(self._ask_plan)
        detail.close_asked.connect(self._close)
        detail.reopen_asked.connect(self._reopen)

    @Slot()
    def ask_all(self) -> None:
        """Ask for the allocations of the whole year."""
        if self.found is None:
            return
        title = f"Allocations of {self._fund} for {self._year}"
        page = self.found
        dialog = AllocationsDialog(
            self._tools.look, title, page.budget.areas, page.usual, self._tools.dialogs.window
        )
        dialog.who.setText(self._who)
        dialog.chosen.connect(self._allocate_all)
        self._tools.dialogs.show(dialog)

    def _allocate_all(self, typed: Allocated) -> None:
        self._who = typed.who
        assert self.found is not None, "allocations are of the year on show"
        stands = {area.area: area.allocation for area in self.found.budget.with_allocation}
        given: dict[str, Given | None] = {name: (money, start_up) for name, money, start_up in typed.areas}
        gone = {name: None for name in stands if name not in given}
        changed = {
            name: money for name, money in given.items() if name not in stands or money != _pair(stands[name])
        }
        if changed or gone:
            self._allocate({**changed, **gone}, typed.who, typed.reason)

    @Slot()
    def _ask_allocation(self) -> None:
        stands = self._row.allocation
        question = Question(
            f"Allocation of {self._row.area} for {self._year}",
            (WITHOUT_CARRY,),
            "Record the allocation",
            current_day(),
            None if stands is None else stands.project_pence,
            "For projects",
            0 if stands is None else stands.start_up_pence,
            who=WHO,
            who_first=self._who,
            reason="Reason, if there is one",
            needs_reason=False,
            can_remove=stands is not None,
        )
        self._ask(question, self._allocate_one, self._take_allocation)

    def _allocate_one(self, entered: Entered) -> None:
        given = {self._row.area: (entered.pence, entered.start_up_pence)}
        self._allocate(given, entered.who, entered.reason, entered.on)

    def _take_allocation(self) -> None:
        self._allocate({self._row.area: None}, self._who or self._tools.identity.name, "")

    def _allocate(
        self, given: Mapping[str, Given | None], who: str, reason: str, on: date | None = None
    ) -> None:
        self._who = who
        decision = YearDecision(0, 0, reason, who, on or current_day())
        self._make(partial(allocating, fund=self._fund, year=self._year, given=given, decision=decision))

    @Slot()
    def _ask_carry(self) -> None:
        question = Question(
            f"Carry forward of {self._row.area} into {self._year}",
            (CARRIED,),
            "Record the decision",
            current_day(),
            None,
            "Carried forward",
            0,
            who=WHO,
            who_first=self._who,
            reason="Reason",
            may_be_less=True,
        )
        self._ask(question, self._carry)

    def _carry(self, entered: Entered) -> None:
        self._who = entered.who
        given = {self._row.area: (entered.pence, entered.start_up_pence)}
        decision = YearDecision(0, 0, entered.reason, entered.who, entered.on)
        self._make(
            partial(carry_forward_change, fund=self._fund, year=self._year, given=given, decision=decision)
        )

    @Slot()
    def _ask_contribution(self) -> None:
        question = Question(
            f"Contribution of the office to {self._row.area} in {self._year}",
            (BELOW,),
            "Record the contribution",
            current_day(),
            None,
            "Given by the office",
            reason="What it is for",
            day="",
        )
        self._ask(question, self._contribute)

    def _contribute(self, entered: Entered) -> None:
        self._tools.perform(Contribute(self._fund, self._year, self._row.area, entered.pence, entered.reason))

    @Slot()
    def _ask_authority(self) -> None:
        allowed, over = self._row.allowed_pence, -min(self._row.project_left_pence or 0, 0)
        question = Question(
            f"Money above the budget of {self._row.area}",
            (ours(ABOVE.format(year=self._year)),),
            "Record who allows it",
            current_day(),
            allowed or over or None,
            "Allowed above the money",
            who=ALLOWED_BY,
            reason="Reason",
            can_remove=allowed > 0,
        )
        self._ask(question, self._allow, self._take_authority)

    def _allow(self, entered: Entered) -> None:
        decision = YearDecision(entered.pence, 0, entered.reason, entered.who, entered.on)
        self._make(self._allowing(decision))

    def _take_authority(self) -> None:
        self._make(self._allowing(None))

    def _allowing(self, decision: YearDecision | None) -> Callable[..., Operation]:
        area = self._row.area
        return partial(over_commitment_change, fund=self._fund, year=self._year, line=area, decision=decision)

    @Slot()
    def _ask_move(self) -> None:
        assert self.found is not None, "an area belongs to a fund's year"
        row = self._row
        targets = [area.area for area in self.found.budget.with_allocation if area.area != row.area]
        dialog = MoveDialog(self._tools.look, row, targets, self._tools.dialogs.window)
        dialog.moved.connect(self._move)
        self._tools.dialogs.show(dialog)

    def _move(self, moved: Moved) -> None:
        source, said = self._row.area, (moved.reason, moved.authority)
        self._tools.perform(MoveMoney(self._fund, self._year, source, moved.target, moved.pence, *said))

    @Slot()
    def _ask_plan(self) -> None:
        assert self.found is not None, "an area belongs to a fund's year"
        area = self._row.area
        stands = self.found.plan_of(area) or SpendingPlan()
        dialog = SpendingPlanDialog(self._tools.look, area, stands, self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._plan, area, stands))
        self._tools.dialogs.show(dialog)

    def _plan(self, area: str, stands: SpendingPlan, plan: SpendingPlan) -> None:
        if plan != stands:
            self._tools.perform(SetSpendingPlan(self._fund, self._year, area, plan))

    @Slot(str)
    def _close(self, name: str) -> None:
        self._with_round(name, partial(self._ask_close, name))

    def _ask_close(self, name: str, number: int) -> None:
        if self._tools.identity.refusal(CloseRound.kind):
            self._tools.perform(CloseRound(number))  # who may not is told so, and asked nothing
            return
        title = f"Close the round “{name}”?"
        dialog = ConfirmDialog(self._tools.look, title, CLOSED, "Close the round", self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._tools.perform, CloseRound(number)))
        self._tools.dialogs.show(dialog)

    @Slot(str)
    def _reopen(self, name: str) -> None:
        self._with_round(name, self._do_reopen)

    def _do_reopen(self, number: int) -> None:
        self._tools.perform(ReopenRound(number))

    def _with_round(self, name: str, then: Callable[[int], None]) -> None:
        self._tools.ask(partial(find_round, name=name, fund=self._fund, year=self._year), then)

    def _ask(
        self, question: Question, then: Callable[[Entered], None], remove: Callable[[], None] | None = None
    ) -> None:
        dialog = EndDialog(self._tools.look, question, self._tools.dialogs.window)
        dialog.entered.connect(then)
        if remove is not None:
            dialog.removed.connect(remove)
        self._tools.dialogs.show(dialog)

    def _make(self, change: Callable[..., Operation]) -> None:
        """Have a change made of what stands, then perform it."""
        perform_made(self._tools.workspace, change, self._tools.toast_outcome)

    @property
    def _row(self) -> AreaBudget:
        assert self._detail.row is not None, "only the area at hand is changed"
        return self._detail.row

    @property
    def _fund(self) -> str:
        assert self.found is not None, "an area belongs to a fund's year"
        return self.found.budget.fund

    @property
    def _year(self) -> str:
        assert self.found is not None, "an area belongs to a fund's year"
        return self.found.budget.year
