"""How sure a list is, in sentences: the window and the papers say it with the same words."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from msgspec import Struct, field

from models.papers.paper_words import Sentences
from models.values.rows import RoundRows, scored_round
from scoring import money
from scoring.explaining.what_if import Moved
from scoring.rank import recalculated
from scoring.ranking import Outcome
from scoring.scheme import Combine
from scoring.sensitivity.agreement import alpha_words
from scoring.sensitivity.list_sensitivity import (
    AwardRobustness,
    ListSensitivity,
    RoundSensitivity,
    SplitMove,
    list_sensitivity,
    round_sensitivity,
)
from scoring.sensitivity.split import PER_STEP
from scoring.written.text import listed


def schedule_sensitivity(
    rows: RoundRows, area: str | None, tick: Callable[[int, int], None] | None = None
) -> ListSensitivity:
    """Return how sure the list of a round, or of one area of it, is; it takes thousands of lists."""
    round_ = scored_round(rows)
    members = [member.code for member in rows.members]
    return list_sensitivity(round_sensitivity(round_, recalculated(round_), members, tick), area, tick)


WORTH_MOST = "Whole offers worth the most"
"""What a choice is called that is worth more points times pounds than the list, or as many."""
NEVER_CORRECTS = "None of this changes a mark."
_FARES = {
    Outcome.FUND: "funded",
    Outcome.PART: "part-funded",
    Outcome.RESERVE: "a reserve",
    Outcome.BELOW: "below a minimum",
    Outcome.TIE: "in a tie for the chair",
    None: "not ranked",
}


class Known(Struct, frozen=True):
    """What a reader knows: members' names by code, and which applications are closed to them.

    Where nobody is named, members are only counted.
    """

    members: Mapping[str, str] = field(default_factory=dict)
    closed: Collection[str] = ()
    is_named: bool = True

    def member(self, code: str) -> str:
        return self.members.get(code, code) if self.is_named else "one member"


def share_words(funded: int, count: int) -> str:
    """Return a share of draws; all and none are said only when they are."""
    if funded in (0, count):
        return "every draw" if funded else "no draw"
    percent = 100 * funded // count
    return "under 1% of draws" if not percent else f"{percent}% of draws"


def without_lines(found: ListSensitivity, known: Known) -> tuple[str, ...]:
    """Return a line for each member whose absence changes something, and one for all others."""
    on_mean = found.round_sensitivity.round.scheme.is_agreed
    lines = [SAID.without(each, known, on_mean) for each in found.without if each.moved]
    if calm := [each.member for each in found.without if not each.moved]:
        lines.append(SAID.unchanged(calm, known))
    return tuple(lines) or ("No member’s sheet counts.",)


def swaps_words(found: ListSensitivity, known: Known) -> tuple[str, ...]:
    """Return every difference between the challenger and the list."""
    lines = tuple(SAID.swap(swap, known, found.area is None) for swap in found.swaps())
    return lines or ("It takes the same applications for the same money as the list.",)


def optimal_notes(found: ListSensitivity) -> tuple[str, ...]:
    """Return the challenger's value beside the list's, what is proven of it, and what stands beside."""
    return SAID.lines("notes", found)


def _split_move(move: SplitMove | None) -> str:
    if move is None:
        return ""
    amount = f" with {money.short_pounds(move.pence)}" if move.pence else ""
    return f"with quality at {_step(move.at)} it would be {_FARES[move.outcome]}{amount}"


def _moved(moved: Sequence[Moved] | None, known: Known) -> str:
    every = moved or ()
    there = [SAID.moved(one) for one in every if one.reference not in known.closed]
    hidden = [one.reference for one in every if one.reference in known.closed]
    return "; ".join(filter(None, (*there, _references(hidden, known)))) or "nothing changes"


def _money_of(pairs: Sequence[tuple[str, int]], known: Known) -> str:
    names = _references([of for of, _ in pairs], known)
    together = "together " if len(pairs) > 1 else ""
    return f"{names}, {together}{money.short_pounds(sum(pence for _, pence in pairs))}"


def _changes(changes: Sequence[tuple[str, int, int]], known: Known) -> str:
    return ", ".join(
        f"gives {_references([of], known)} {money.short_pounds(new)} whole "
        f"in place of {money.short_pounds(old)}"
        for of, old, new in changes
    )


def _references(references: Sequence[str], known: Known) -> str:
    """Return references as a list in words; those closed to the reader are only counted."""
    told = [of for of in references if of not in known.closed]
    if hidden := len(references) - len(told):
        told.append("an application closed to you" if hidden == 1 else f"{hidden} applications closed to you")
    return listed(told)


def _any_of(codes: Sequence[str], known: Known) -> str:
    """Return members of whom any one is meant: "Grace Okoro or Idris Wynford"."""
    if known.is_named or len(codes) < 2:
        return listed([known.member(code) for code in codes], "or")
    return f"any one of {len(codes)} members"


def _member(code: str, known: Known) -> str:
    return known.member(code)


def _value(value: int) -> str:
    return f"{money.half_up(value, 10_000):,}"


def _apart(severity: Fraction | None) -> int:
    """Return how far from the others a member marks, in hundredths of a mark."""
    return money.half_up(abs(severity or Fraction()) * 100)


def _step(at: int) -> str:
    return money.percent(at * PER_STEP)


def _fares(outcome: Outcome | None) -> str:
    return _FARES[outcome]


def _decimals(figure: float | None) -> str:
    return f"{figure or 0:.2f}"


FILTERS: dict[str, Callable[..., Any]] = {
    "alpha": alpha_words,
    "any_of": _any_of,
    "apart": _apart,
    "changed": _changes,
    "decimals": _decimals,
    "drawn": share_words,
    "fares": _fares,
    "member": _member,
    "moved": _moved,
    "moves": _split_move,
    "of": _references,
    "share": money.percent,
    "step": _step,
    "sums": _money_of,
    "worth": _value,
}
"""What makes words of the facts in `resources/sentences/sensitivity.j2`, beside what papers have."""
SAID = Sentences("sensitivity", FILTERS)

SHEET = "How sure"
MEETING_CHANGED = "What the meeting changed"
_UNNAMED = Known(is_named=False)
ON_MEAN = (
    "The list is made by marks that the panel agreed together, of which no member's part can be taken out. "
    "So this is told of the list that the mean of the members' own marks gives, which may differ from the "
    "schedule: the first sum is what that list has, the second what it has without one member's marks."
)


def sensitivity_rows(found: ListSensitivity, known: Known = _UNNAMED) -> tuple[tuple[str, str], ...]:
    """Return what is told: what it is about, and a sentence; the list first, then each application.

    How a member marks beside the others is told where members are named.
    """
    return (*_of_the_list(found, known), *_of_each(found, known))


def _of_the_list(found: ListSensitivity, known: Known) -> Iterator[tuple[str, str]]:
    yield "If the split moved", " ".join(filter(None, (SAID.split(found, known), SAID.amounts(found))))
    combine = found.round_sensitivity.round.scheme.combine
    if combine is Combine.CONSENSUS:
        yield "Without one member", ON_MEAN
    for line in sorted(without_lines(found, known)):  # not in the members' order
        yield "Without one member", line
    if found.meeting is not None:
        yield MEETING_CHANGED, SAID.meeting(found.meeting, known)
    if found.not_agreed:
        yield "Marks combined differently", SAID.only_agreed(found.not_agreed, known)
    for otherwise in found.otherwise:
        yield "Marks combined differently", SAID.otherwise(otherwise, known, combine)
    yield "How far the members agree", SAID.agreement(found.agreement, found.alpha_between)
    if found.agreement is not None:
        yield "How far the members agree", SAID.spread(found.agreement)
        for severity in found.agreement.members if known.is_named else ():
            yield "How far the members agree", SAID.severity(severity, known)
    for line in (*swaps_words(found, known), *optimal_notes(found)):
        yield WORTH_MOST, line


def hold_words(found: RoundSensitivity, known: Known) -> Iterator[tuple[AwardRobustness, str]]:
    """Yield how each application holds its outcome, and that in words."""
    draws = found.draws
    drawn = draws.applications if draws else ()  # the same ones, in the same order
    for hold, one in zip_longest(found.holds.applications, drawn):
        yield hold, SAID.hold(hold, one, draws, known)


def _of_each(found: ListSensitivity, known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is told of each application; those of which the same is told stand together."""
    names = {s.reference: s for s in found.round_sensitivity.official.standings}
    alike: dict[str, list[str]] = {}
    for hold, words in hold_words(found.round_sensitivity, known):
        standing = names[hold.reference]
        if found.area in (None, standing.area):
            alike.setdefault(words, []).append(f"{hold.reference} {standing.organisation}")
    for words, named in alike.items():
        yield "; ".join(named), words
