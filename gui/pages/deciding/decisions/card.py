"""What stands on the card that is signed: each pot, what was committed before, authorities and exceptions."""

from collections import Counter
from collections.abc import Sequence

from gui.pages.deciding.decisions.lines import Line
from gui.pages.deciding.decisions.words import pending_pence
from gui.text import counted
from gui.theme.office_words import ours
from scoring.allocating.allocation import shared_words
from scoring.allocating.over_pot import left_closed, over_words, unused_words
from scoring.budget.figures import FundBudget
from scoring.budget.limits import decision_refusal, year_money
from scoring.money import short_pounds, without_noughts
from scoring.ranking import PotUse

MOST_POTS = 3
"""Up to so many areas each have a line of their own; of more, those that are over their pot have."""


def as_told(uses: Sequence[PotUse], pots: Sequence[PotUse]) -> tuple[PotUse, ...]:
    """Return pots as they will be, closed to the person as those are that are on show."""
    closed = {pot.area: pot.closed for pot in pots}
    return tuple(use._replace(closed=closed.get(use.area, ())) for use in uses)


def card_lines(
    uses: Sequence[PotUse], lines: Sequence[Line], budget: FundBudget | None = None
) -> tuple[str, ...]:
    """Return the pots of some lines and who shares them, what the year has left, authorities, exceptions."""
    areas = {line.row.area for line in lines}
    shown = [use for use in uses if use.area in areas]
    pots = [_pot(use.area, [use]) for use in shown]
    if len(shown) > MOST_POTS:
        pots = [_pot(ours(f"{len(shown)} areas"), shown)]
    money = year_money(budget, {use.area for use in shown}, short_pounds)
    sharing = dict.fromkeys(shared_words(use.shared_with) for use in shown if use.shared_with)
    together = [f"{words}; each is shown with its part of it." for words in sharing]
    return (*pots, *together, *([f"{money}."] if money else []), *_authorities(shown), *exceptions(lines))


def year_shortage(budget: FundBudget | None, round_name: str, lines: Sequence[Line]) -> str:
    """Say what the year lacks for the answers that are about to be decided, "" for nothing."""
    if budget is None:
        return ""
    taken: Counter[str] = Counter()
    for line in lines:
        if line.pending is not None and line.row.area is not None and not line.is_decided:
            taken[line.row.area] += pending_pence(line)
    found = (decision_refusal(budget, area, round_name, pence) for area, pence in taken.items())
    return without_noughts(next(filter(None, found), ""))


def exceptions(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return which recommendations go against the order or a floor, and why; nothing where none does."""
    found = [line for line in lines if line.recommended.is_exception]
    if not found:
        return ()
    count = counted(len(found), "exception", "exceptions")
    return (f"{count} to the order or to a floor: {'; '.join(map(_exception, found))}.",)


def _pot(name: str, uses: Sequence[PotUse]) -> str:
    """Return "Walsall: £9,000 in the pot, £850 committed before, £8,100 to fund, £50 left"."""
    if closed := left_closed([of for use in uses for of in use.closed]):
        return f"{name}: {closed}."
    pot, committed = sum(use.pot_pence for use in uses), sum(use.committed_pence for use in uses)
    given, left = sum(use.given_pence for use in uses), sum(use.left_pence for use in uses)
    over = sum(use.over_pence for use in uses)
    parts = [
        f"{short_pounds(pot)} in the pot{'s' * (len(uses) > 1)}",
        f"{short_pounds(committed) if committed else 'nothing'} committed before",
        f"{short_pounds(given)} to fund",
        *([f"{short_pounds(left)} left"] if left or not over else []),
        *([f"{short_pounds(over)} over"] if over else []),
    ]
    return f"{name}: {', '.join(parts)}."


def _authorities(uses: Sequence[PotUse]) -> tuple[str, ...]:
    told = [
        (use.area, words)
        for use in uses
        if not use.closed
        for words in (over_words(use, short_pounds), _unused(use))
    ]
    return tuple(f"{area}: {words}." for area, words in told if words)


def _unused(use: PotUse) -> str:
    return unused_words(use, short_pounds)


def _exception(line: Line) -> str:
    if line.is_closed:
        return line.reference
    amount = line.recommended.amount_pence
    money = "" if amount is None else f" {short_pounds(amount)}"
    reason = line.recommended.reason or line.panel_reason
    why = f" ({reason.rstrip('.')})" if reason else ""
    return f"{line.reference}{money}{why}"
