"""What can be done to one application of the ranked list, as buttons beside its explanation and as a menu."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QMenu, QWidget

from gui.listed.acts import Act, ActButton, At, offers
from gui.pages.deciding.ranking.acts import RankingActs
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.widgets.flow import flow_of
from gui.widgets.nesting import column_of
from models.queries.deciding.round_list import Listed, Mark

KEYS = {
    "Fund": "F",
    "Part-fund…": "P",
    "Reserve": "R",
    "Decline…": "D",
    "Defer, decide later…": "L",
    "Amount…": "F2",
    "Amount, conditions or reason…": "Enter",
}
"""The keys of the list that do the same."""

LineAt = At[RankingState, Listed | None]
LineAct = Act[RankingState, Listed | None]


class RowButtons(QWidget):
    """Fund, part-fund, decline, amount and exception in sight; the rest in a menu, as by right click."""

    def __init__(self, tools: PageTools, acts: RankingActs) -> None:
        super().__init__()
        self._tools, self._acts = tools, acts
        self.setAccessibleName("Recommend on the selected application")
        self.buttons = [ActButton(act) for act in BUTTONS]
        self.tie, self.fund, self.part, self.decline, self.amount, self.exception, self.more = self.buttons
        for button in self.buttons:
            button.pressed.connect(acts.press)
        column_of(flow_of(self.buttons, 6), inside=self)

    def show_line(self, line: Listed | None) -> None:
        """Offer what can be done to a line, None where none is picked; who only reads is offered nothing."""
        at = self._at(line)
        for button in self.buttons:
            button.show_at(at)
        self.setVisible(any(button.offer is not None for button in self.buttons))

    def _show_below(self, reference: str) -> None:
        self.show_menu(reference, self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot(str, object)
    def show_menu(self, reference: str, at: QPoint) -> None:
        """Show what can be done to an application."""
        if self._acts.open_line(reference) is not None:
            self.menu(reference).popup(at)

    def menu(self, reference: str) -> QMenu:
        """Return the menu of an application, empty where nothing may be done to it; it goes as it is left."""
        menu = QMenu(self._tools.dialogs.window)
        menu.aboutToHide.connect(menu.deleteLater)
        line = self._acts.line(reference)
        if line is None or self._acts.state.settled(reference):
            return menu
        at = self._at(line)
        for number, group in enumerate(filter(None, (offers(acts, at) for acts in MENU))):
            if number:
                menu.addSeparator()
            self._acts.offer_in(menu, group)
        for action in menu.actions():
            if action.text() in KEYS:
                action.setText(f"{action.text()}\t{KEYS[action.text()]}")
        return menu

    def _at(self, line: Listed | None) -> LineAt:
        """Return what the acts on a line are asked of, None where none is picked."""
        kept = {"menu": self._show_below, "acts": self._acts}
        return At(self._acts.state, line, self._tools.identity, None, current_day(), kept)


def _line(at: LineAt) -> Listed:
    assert at.row is not None, "what needs a line waits for one"
    return at.row


def _acts(at: LineAt) -> RankingActs:
    acts: RankingActs = at.kept["acts"]
    return acts


def _reference(at: LineAt) -> str:
    return _line(at).standing.reference


def _waits(at: LineAt) -> str:
    """Say why nothing is recorded on the line at hand, "" where it can be."""
    if at.row is None:
        return "Choose an application in the list first"
    return at.answer.settled(_reference(at)) or at.answer.waits


def _amount_waits(at: LineAt) -> str:
    """Say the same of its amount, which can be tried all the same."""
    tries = at.row is not None and at.answer.tries_amounts
    return at.answer.settled(_reference(at)) if tries else _waits(at)


def _exception_waits(at: LineAt) -> str:
    return _waits(at) or ("" if at.answer.may_rule((_reference(at),)) else "The chair makes exceptions")


def _exception_words(at: LineAt) -> str:
    return "Exception…" if at.answer.exception(_reference(at)) is None else "Take the exception back"


def _exception_name(at: LineAt) -> str:
    return _exception_words(at).replace("Exception…", "Make an exception…")


def _tie(at: LineAt) -> str:
    """Return the tie that the line is in or waits behind and the person may rule on now, "" for none."""
    if _waits(at):
        return ""
    of = _reference(at)
    is_in_one = _line(at).standing.tied and at.answer.may_rule_tie(of)
    return at.answer.tie_to_rule(_line(at)) or of * is_in_one


def _of_area(at: LineAt) -> RankingState:
    """Return the list of the line's own area."""
    return replace(at.answer, area=_line(at).standing.area)


def _write_reasons(at: LineAt) -> None:
    _acts(at).write_reasons(_of_area(at))


def _does(act: Callable[[RankingActs, str], None]) -> Callable[[LineAt], None]:
    return lambda at: act(_acts(at), _reference(at))


def _act(
    words: str | Callable[[LineAt], str],
    does: Callable[[LineAt], None],
    why_not: Callable[[LineAt], str] = _waits,
    tip: str = "",
    **more: Any,
) -> LineAct:
    key = f" ({KEYS[words]})" if tip and words in KEYS else ""
    return Act(words, does, kind="record recommendations", why_not=why_not, tip=f"{tip}{key}", **more)


def _outcome(mark: Mark, words: str, tip: str = "") -> LineAct:
    return _act(words, lambda at: _acts(at).recommend(_reference(at), mark), tip=tip)


FUND = _outcome(Mark.FUND, "Fund", "Recommend the whole amount")
PART = _outcome(Mark.PART, "Part-fund…", "Recommend a part of it")
DECLINE = _outcome(Mark.DECLINE, "Decline…", "Recommend no money, with the reason")
AMOUNT = _act("Amount…", _does(RankingActs.change_amount), _amount_waits, "Change the amount")
TIE = _act(
    "Decide the tie…",
    lambda at: _acts(at).decide_tie(_tie(at)),
    tip="Put those that share the place in an order",
    where=lambda at: bool(_tie(at)),
)
EXCEPTION = _act(
    *(_exception_words, _does(RankingActs.decide_exception), _exception_waits),
    "Consider it although it is below a minimum",
    name=_exception_name,
    where=lambda at: at.row is not None and bool(at.row.standing.below_threshold),
)
MORE = _act(
    *("More…", lambda at: at.kept["menu"](_reference(at))),
    tip="Everything that can be done to it (right click, Shift+F10)",
)
BUTTONS: tuple[LineAct, ...] = (TIE, FUND, PART, DECLINE, AMOUNT, EXCEPTION, MORE)
"""What stands beside the explanation, in reading order."""
MENU: tuple[tuple[LineAct, ...], ...] = (
    (
        *(FUND, PART, _outcome(Mark.RESERVE, "Reserve"), DECLINE),
        *(_outcome(Mark.DEFER, "Defer, decide later…"), _outcome(Mark.REFER, "Refer to another fund…")),
    ),
    (
        AMOUNT,
        _act("Amount, conditions or reason…", _does(RankingActs.edit)),
        _act(
            "Write the reasons still missing…",
            _write_reasons,
            where=lambda at: bool(_of_area(at).unreasoned),
        ),
        _act(
            *("Withdraw the recommendation", _does(RankingActs.withdraw)),
            where=lambda at: _line(at).is_recorded,
        ),
    ),
    (TIE, EXCEPTION),
)
"""What can be done to an application, in groups."""
