"""What can be done to one application of the ranked list, as buttons beside its explanation and as a menu."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QMenu, QWidget

from gui.listed.acts import Act, ActButton, At, always, offers
from gui.pages.deciding.ranking.acts import RankingActs
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.deciding.recommend import OUTCOMES
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.widgets.flow import flow_of
from gui.widgets.nesting import column_of
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, Mark

CHOOSE = "Choose an application in the list first"
EXCEPTION, TAKE_BACK = "Exception…", "Take the exception back"
NO_FLOOR = "It is not below a minimum. What goes against the order is marked as an exception automatically"
CHAIRS = "The chair makes exceptions"
CHAIRS_OWN = " (the chair’s)"
KEYS = {Mark.FUND: "F", Mark.PART: "P", Mark.RESERVE: "R", Mark.DECLINE: "D", Mark.DEFER: "L"}
WORDS = {Mark.DEFER: "Defer, decide later", Mark.REFER: "Refer to another fund"}

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
        return CHOOSE
    return at.answer.settled(_reference(at)) or at.answer.waits


def _amount_waits(at: LineAt) -> str:
    """Say the same of its amount, which can be tried all the same."""
    tries = at.row is not None and at.answer.tries_amounts
    return at.answer.barred(_reference(at)) if tries else _waits(at)


def _exception_waits(at: LineAt) -> str:
    if closed := _waits(at):
        return closed
    return CHAIRS * bool(_ruling_waits(at)) if _is_below(at) else NO_FLOOR


def _has_exception(at: LineAt) -> bool:
    return at.answer.exception(_reference(at)) is not None


def _exception_words(at: LineAt) -> str:
    is_open = at.row is not None and not at.answer.settled(_reference(at))
    return TAKE_BACK if is_open and _has_exception(at) else EXCEPTION


def _tie(at: LineAt) -> str:
    """Return the tie that the line waits behind, where the person may rule on it now, "" where not."""
    is_open = at.row is not None and not at.answer.settled(_reference(at))
    return at.answer.tie_to_rule(_line(at)) if is_open else ""


def _tie_waits(at: LineAt) -> str:
    return "" if at.answer.may_rule_tie(_reference(at)) else CHAIRS_OWN


def _is_below(at: LineAt) -> bool:
    return bool(_line(at).standing.below_threshold)


def _ruling_waits(at: LineAt) -> str:
    return "" if at.answer.may_rule((_reference(at),)) else CHAIRS_OWN


def _ruling_words(at: LineAt) -> str:
    return f"{TAKE_BACK if _has_exception(at) else 'Make an exception…'}{_ruling_waits(at)}"


def _of_area(at: LineAt) -> RankingState:
    """Return the list of the line's own area."""
    return replace(at.answer, area=_line(at).standing.area)


def _write_reasons(at: LineAt) -> None:
    _acts(at).write_reasons(_of_area(at))


def _decide_tie(at: LineAt) -> None:
    _acts(at).decide_tie(_tie(at) or _reference(at))


def _does(act: Callable[[RankingActs, str], None]) -> Callable[[LineAt], None]:
    return lambda at: act(_acts(at), _reference(at))


def _recommend(mark: Mark) -> Callable[[LineAt], None]:
    return lambda at: _acts(at).recommend(_reference(at), mark)


def _outcome_act(mark: Mark) -> LineAct:
    """Return the act of an outcome as the menu has it, with its key."""
    words = WORDS.get(mark, OUTCOME_WORDS[mark])
    return Act(f"{words}\t{KEYS[mark]}" if mark in KEYS else words, _recommend(mark))


def _button(
    words: str | Callable[[LineAt], str],
    does: Callable[[LineAt], None],
    tip: str,
    why_not: Callable[[LineAt], str] = _waits,
    where: Callable[[LineAt], bool] = always,
) -> LineAct:
    return Act(words, does, kind="record recommendations", why_not=why_not, where=where, tip=tip)


_rule = _does(RankingActs.decide_exception)
BUTTONS: tuple[LineAct, ...] = (
    _button(
        *("Decide the tie…", _decide_tie, "Put those that share the place in an order"),
        where=lambda at: bool(_tie(at)),
    ),
    _button("Fund", _recommend(Mark.FUND), f"Recommend the whole amount ({KEYS[Mark.FUND]})"),
    _button("Part-fund…", _recommend(Mark.PART), f"Recommend a part of it ({KEYS[Mark.PART]})"),
    _button(
        *("Decline…", _recommend(Mark.DECLINE)),
        f"Recommend no money, with the reason ({KEYS[Mark.DECLINE]})",
    ),
    _button("Amount…", _does(RankingActs.change_amount), "Change the amount (F2)", _amount_waits),
    _button(_exception_words, _rule, "Consider it although it is below a minimum", _exception_waits),
    _button(
        *("More…", lambda at: at.kept["menu"](_reference(at))),
        "Everything that can be done to it (right click, Shift+F10)",
    ),
)
"""What stands beside the explanation, in reading order."""
MENU: tuple[tuple[LineAct, ...], ...] = (
    tuple(map(_outcome_act, OUTCOMES)),
    (
        Act(
            *("Change the amount\tF2", _does(RankingActs.change_amount)),
            where=lambda at: _line(at).is_ranked,
        ),
        Act("Change the amount, conditions or reason…\tEnter", _does(RankingActs.edit)),
        Act(
            *("Write the reasons still missing…", _write_reasons),
            where=lambda at: bool(_of_area(at).unreasoned),
        ),
        Act(
            *("Withdraw the recommendation", _does(RankingActs.withdraw)),
            where=lambda at: _line(at).is_recorded,
        ),
    ),
    (
        Act(
            *(lambda at: f"Decide the tie…{_tie_waits(at)}", _decide_tie),
            where=lambda at: _line(at).standing.tied,
            why_not=_tie_waits,
        ),
        Act(_ruling_words, _rule, where=_is_below, why_not=_ruling_waits),
    ),
)
"""What can be done to an application, in groups."""
