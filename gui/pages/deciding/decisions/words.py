"""What the Decisions page says: what a signing comes to, and what stands on the card that is signed."""

from collections import Counter
from collections.abc import Sequence

from gui.pages.deciding.decisions.chain import without_office
from gui.pages.deciding.decisions.lines import Line, totals
from gui.pages.deciding.decisions.state import AsRecommended
from gui.pages.deciding.recommend import lacks_scope
from gui.text import counted
from gui.theme.office_words import ours
from models.reference.sign_off import SignOff
from models.values.recommending import FUNDED
from scoring import money
from scoring.allocating.over_pot import authority_words, left_closed
from scoring.budget.figures import FundBudget
from scoring.budget.limits import decision_refusal, year_money
from scoring.money import short_pounds, without_noughts
from scoring.ranking import PotUse
from scoring.written.text import first_of, listed, noun

ANSWERS = ("as recommended", "as an earlier step changed it", "changed", "sent back")
CAN_BE_WITHDRAWN = (
    "You can withdraw your signature on a line until somebody signs after you. "
    "Earlier changes can no longer be undone."
)
CANNOT_BE_UNDONE = "This cannot be undone. Earlier changes can no longer be undone either."


def progress_words(lines: Sequence[Line], chain: Sequence[SignOff]) -> str:
    """Return how far the lines are: "13 recommendations · 4 decided · 9 wait for the Chief Executive"."""
    parts = [counted(len(lines), "recommendation")]
    decided = sum(line.is_decided for line in lines)
    parts += [f"{decided:,} decided"] if decided else []
    open_lines = [line for line in lines if not line.is_decided]
    unsigned = sum(not line.signed for line in open_lines)
    parts += [f"{unsigned:,} not signed yet"] if unsigned else []
    waiting = Counter(
        (line.waits.step, post)
        for line in open_lines
        if line.signed and line.waits is not None
        for post in line.waits.posts
    )
    parts += [
        f"{counted(waiting[number, post], 'waits', 'wait')} for the {without_office(post)}"
        for number, step in enumerate(chain)
        for post in step.posts
        if waiting[number, post]
    ]
    return " · ".join(parts)


def sign_words(lines: Sequence[Line], area: str, left: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what the chair is about to sign, in counts and sums, and what is `left` undecided."""
    count = counted(len(lines), "recommendation")
    parts = [line.reference for line in lines if lacks_scope(line.recommended)]
    unsaid = (
        f"Not stated yet: what the part-fund of {', '.join(parts)} pays for. "
        "Part-fund… on Ranking & budget states it."
    )
    are = noun(len(left), "is not ranked and stays", "are not ranked and stay")
    out = f"{listed(left)} {are} undecided. Record a recommendation by hand to have it decided."
    return (
        f"{area or ours('All areas')}: {count}: {totals(lines)}.",
        *((unsaid,) if parts else ()),
        *((out,) if left else ()),
        "They go to the deciding office as they are: only the office can send a line back.",
        CANNOT_BE_UNDONE,
    )


def record_words(lines: Sequence[Line], post: str, *, is_last: bool) -> tuple[str, ...]:
    """Return what a step is about to record, in counts and sums, and where the panel speaks for it.

    Before the last step a signature can be withdrawn, but of what is sent back there is none.
    """
    chosen = [line for line in lines if line.pending is not None]
    counts = Counter(_answer(line) for line in chosen)
    parts = ", ".join(f"{counts[words]} {words}" for words in ANSWERS if counts[words])
    total = money.short_pounds(sum(map(pending_pence, chosen)))
    is_signed = len(chosen) > counts[ANSWERS[-1]]
    return (
        f"{post}: {counted(len(chosen), 'line')}: {parts}.",
        f"{total} in all.",
        *(_borrowed(chosen) if is_last else ()),
        CAN_BE_WITHDRAWN if is_signed and not is_last else CANNOT_BE_UNDONE,
    )


def _borrowed(chosen: Sequence[Line]) -> tuple[str, ...]:
    """Say on how many lines with money the panel's own reason is put in as the office's."""
    found = sum(
        line.current.outcome in FUNDED
        and line.pending is not None
        and line.pending.reason == line.panel_reason
        for line in chosen
        if line.panel_reason
    )
    if not found:
        return ()
    count = counted(found, "line")
    return (f"On {count} the recommended reason is used as yours. To change one, cancel and open its line.",)


def unrecorded_words(chosen: int, waiting: int, one: str) -> str:
    """Return what is still to do about answers that are not recorded, each called `one`; "" for none."""
    if not chosen:
        return ""
    if not waiting:
        count = one if chosen == 1 else counted(chosen, one, f"{one}s")
        return f"Every line is answered. One step is left: record the {count}. Until then nothing is decided."
    return f"{chosen:,} answered, {waiting:,} still to answer. Nothing is decided until you record it."


def _answer(line: Line) -> str:
    assert line.pending is not None, "only chosen lines are told"
    recommended, as_changed, changed, back = ANSWERS
    if line.pending.verdict == "agree":
        return as_changed if line.changed else recommended
    return changed if line.pending.verdict == "change" else back


def agree_all_words(taken: AsRecommended) -> tuple[str, ...]:
    """Return what taking every line as it came puts into the office's mouth, before it does."""
    count = counted(len(taken.helped), "line gets", "lines get")
    helped = (
        f"{count} money and {'has' if len(taken.helped) == 1 else 'have'} no words of yours yet on why it "
        f"reduces crime or helps victims. The recommended reason is put in; change it on a line "
        "before you record."
    )
    words = [helped] if taken.helped else []
    if taken.wordless:
        words.append(
            f"The panel wrote no reason for an award on {first_of(taken.wordless, 5)}: write one there. "
            f"{'It stays' if len(taken.wordless) == 1 else 'They stay'} open."
        )
    others = sum(one.answer.application not in taken.changed for one in taken.ready)
    if others:
        words.append(f"{counted(others, 'other line is', 'other lines are')} taken as recommended.")
    if taken.changed:
        words.append(f"An earlier step changed {first_of(taken.changed, 5)}: taken as changed.")
    return tuple(words)


def pending_pence(line: Line) -> int:
    """Return what an answer that is not recorded yet gives an application."""
    assert line.pending is not None, "only chosen lines are added"
    if line.pending.verdict == "change":
        return line.pending.amount_pence or 0
    if line.pending.verdict == "send_back":
        return 0
    return line.current.amount_pence or 0


MOST_POTS = 3
"""Up to so many areas each have a line of their own; of more, those that are over their pot have."""


def as_told(uses: Sequence[PotUse], pots: Sequence[PotUse]) -> tuple[PotUse, ...]:
    """Return pots as they will be, closed to the person as those are that are on show."""
    closed = {pot.area: pot.closed for pot in pots}
    return tuple(use._replace(closed=closed.get(use.area, ())) for use in uses)


def card_lines(
    uses: Sequence[PotUse], lines: Sequence[Line], budget: FundBudget | None = None
) -> tuple[str, ...]:
    """Return the pots of some lines, what the year has left, authorities, exceptions."""
    areas = {line.row.area for line in lines}
    shown = [use for use in uses if not areas.isdisjoint(use.areas)]
    pots = [_pot(use.area, [use]) for use in shown]
    if len(shown) > MOST_POTS:
        pots = [_pot(ours(f"{len(areas)} areas"), shown)]
    money = ours(year_money(budget, {name for use in shown for name in use.areas if name in areas}))
    return (*pots, *([f"{money}."] if money else []), *_authorities(shown), *exceptions(lines))


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
    count = counted(len(found), "exception")
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
    told = [(use.area, authority_words(use, short_pounds)) for use in uses if not use.closed]
    return tuple(f"{area}: {words}." for area, words in told if words)


def _exception(line: Line) -> str:
    if line.is_closed:
        return line.reference
    amount = line.recommended.amount_pence
    money = "" if amount is None else f" {short_pounds(amount)}"
    reason = line.recommended.reason or line.panel_reason
    why = f" ({reason.rstrip('.')})" if reason else ""
    return f"{line.reference}{money}{why}"
