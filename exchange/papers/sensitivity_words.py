"""How sure a list is, in sentences: the window and the papers say it with the same words."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

from models.values.rows import RoundRows, scored_round
from scoring import money
from scoring.explaining.what_if import Moved, Otherwise, Without
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.scheme import Combine
from scoring.sensitivity.agreement import Agreement, Severity, alpha_words
from scoring.sensitivity.list_sensitivity import (
    End,
    ListSensitivity,
    Swap,
    list_sensitivity,
    round_sensitivity,
)
from scoring.sensitivity.robustness import AwardRobustness, SplitMove
from scoring.sensitivity.split import PER_STEP, DrawTest
from scoring.written.text import listed


def schedule_sensitivity(
    rows: RoundRows, area: str | None, tick: Callable[[int, int], None] | None = None
) -> ListSensitivity:
    """Return how sure the list of a round, or of one area of it, is; it takes thousands of lists."""
    round_ = scored_round(rows)
    members = [member.code for member in rows.members]
    return list_sensitivity(round_sensitivity(round_, rank(round_), members, tick), area, tick)


HOLDS, MOVES = "Secure", "Marginal"
ONE_SIDE = "The scheme has one side only, so there is no split to move."
WORTH_MOST = "Whole offers worth the most"
"""What a choice is called that is worth more points times pounds than the list, or as many."""
PART = "The list uses a part award, which a choice of whole offers may not."
NEVER_CORRECTS = "None of this changes a mark."
BY = {Combine.MEAN: "the mean of marks", Combine.MEDIAN: "the median", Combine.TRIMMED: "the trimmed mean"}
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
        return (self.members.get(code) or code) if self.is_named else "one member"

    def any_of(self, codes: Sequence[str]) -> str:
        """Return members of whom any one is meant: "Grace Okoro or Idris Wynford"."""
        if self.is_named or len(codes) < 2:
            return listed([self.member(code) for code in codes], "or")
        return f"any one of {len(codes)} members"

    def references(self, references: Sequence[str]) -> str:
        """Return references as a list in words; those closed to the reader are only counted."""
        return listed((*self._open(references), *self._closed(len(references) - len(self._open(references)))))

    def _open(self, references: Sequence[str]) -> list[str]:
        return [of for of in references if of not in self.closed]

    def _closed(self, count: int) -> list[str]:
        if not count:
            return []
        return ["an application closed to you" if count == 1 else f"{count} applications closed to you"]


def split_words(found: ListSensitivity, known: Known) -> str:
    """Return the split interval: "Same list from 77.8 to 88.8; at 77.7 W-008 enters and W-019 leaves."."""
    if found.split is None:
        return ONE_SIDE
    same = found.split.same_set
    words = [f"Same list from {money.percent(same.low_1e4)} to {money.percent(same.high_1e4)}"]
    if found.below is None and found.above is None:
        words = ["Same list whatever the quality share, from 0 to 100"]
    words += [end_words(end, known) for end in (found.below, found.above) if end is not None]
    return "; ".join(words) + "."


def amounts_words(found: ListSensitivity) -> str:
    """Return the interval of the amounts where it is narrower than that of the list, else ""."""
    if found.split is None or found.split.same_amounts == found.split.same_set:
        return ""
    same = found.split.same_amounts
    return f"The same amounts from {money.percent(same.low_1e4)} to {money.percent(same.high_1e4)}."


def end_words(end: End, known: Known) -> str:
    """Return what is otherwise beyond an end; a tie is the chair's and never said to lose."""
    parts = []
    if end.enters:
        parts.append(f"{known.references(end.enters)} {_verb(end.enters, 'enters', 'enter')}")
    if end.leaves:
        parts.append(f"{known.references(end.leaves)} {_verb(end.leaves, 'leaves', 'leave')}")
    if end.tied:
        parts.append(f"{known.references(end.tied)} tie and the chair would decide")
    if end.waits:
        parts.append(f"{known.references(end.waits)} would wait for that")
    return f"at {money.percent(end.at * PER_STEP)} {listed(parts)}"


def hold_words(hold: AwardRobustness, draws: DrawTest | None, known: Known) -> str:
    """Return what moves one application, and how often random weights fund it."""
    moves = [_split_move(move) for move in (hold.below, hold.above) if move is not None]
    if hold.without:
        moves.append(f"it moves without {known.any_of(hold.without)}")
    words = f"{MOVES}: {'; '.join(moves)}." if moves else _STANDS
    return f"{words} {share_sentence(hold.reference, draws)}".strip()


_STANDS = f"{HOLDS}: the same with quality ten points either way and without any one member."


def share_sentence(reference: str, draws: DrawTest | None) -> str:
    """Return how often random weights fund an application, "" where none were drawn."""
    own = next((each for each in draws.applications if each.reference == reference), None) if draws else None
    if own is None or draws is None:
        return ""
    return f"Random weights within {draws.within} points fund it in {share_words(own.funded, draws.count)}."


def share_words(funded: int, count: int) -> str:
    """Return a share of draws; all and none are said only when they are."""
    if funded in (0, count):
        return "every draw" if funded else "no draw"
    percent = 100 * funded // count
    return "under 1% of draws" if not percent else f"{percent}% of draws"


def places_words(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def without_words(without: Without, known: Known, *, on_mean: bool = False) -> str:
    """Return what leaving one member out changes, in names and pounds.

    Under agreed marks it changes the list that the mean of marks gives, and the sentence says so.
    """
    base = ", the list by the mean of marks changes" if on_mean else ""
    return f"Without {known.member(without.member)}{base}: {_moved(without.moved, known)}."


def without_lines(found: ListSensitivity, known: Known) -> tuple[str, ...]:
    """Return a line for each member whose absence changes something, and one for all others."""
    on_mean = found.round_sensitivity.round.scheme.combine is Combine.CONSENSUS
    lines = [without_words(each, known, on_mean=on_mean) for each in found.without if each.moved]
    calm = [each.member for each in found.without if not each.moved]
    lines += [f"Without {known.any_of(calm)}: nothing changes."] if calm else []
    return tuple(lines) or ("No member’s sheet counts.",)


def otherwise_words(otherwise: Otherwise, known: Known, combine: Combine) -> str:
    """Return what another way to combine marks changes."""
    name = BY[otherwise.combine]
    if otherwise.combine is combine:
        return f"By {name}: this is the list."
    if otherwise.moved is None:
        return f"By {name}: no application has marks enough."
    return f"By {name}: {_moved(otherwise.moved, known)}."


def moved_words(one: Moved) -> str:
    """Return how one application fares otherwise: "W-019 Pendeford Parents £1,870 to £0"."""
    name = f"{one.reference} {one.organisation}"
    if one.after is Outcome.TIE:
        return f"{name} {money.short_pounds(one.before_pence)}, would wait for the chair’s decision on a tie"
    if one.after is None:
        return f"{name} {money.short_pounds(one.before_pence)}, would lack marks"
    if one.before_pence != one.after_pence:
        return f"{name} {money.short_pounds(one.before_pence)} to {money.short_pounds(one.after_pence)}"
    return f"{name}, {_FARES[one.before]} now, would be {_FARES[one.after]}"


def agreement_words(agreement: Agreement | None, between: tuple[float, float] | None) -> str:
    """Return how far the members agree, with alpha and its resampled interval where there is one."""
    if agreement is None:
        return "No application has two counting members, so how far they agree cannot be said."
    words = alpha_words(agreement.alpha_interval)
    if agreement.alpha_interval is None:
        return words
    ends = "" if between is None else f", likely between {between[0]:.2f} and {between[1]:.2f}"
    alpha = f"Agreement by Krippendorff’s alpha: {agreement.alpha_interval:.2f}{ends}"
    return f"{words} {alpha}; 1 is full agreement, 0 is chance."


def spread_words(agreement: Agreement) -> str:
    """Return how many marks are apart, and of which: minutes count only what came before the panel."""
    flagged, units = len(agreement.flagged), len(agreement.units)
    of = "over the whole panel and every application that it marked, withdrawn or not"
    return f"Marks two or more apart, {of}: {flagged:,} of {units:,}."


def severity_words(severity: Severity, known: Known) -> str:
    """Return how one member marks beside the others; never under five shared applications."""
    name = known.member(severity.member)
    if severity.severity is None:
        return f"{name}: not stated, under five shared applications."
    hundredths = money.half_up(abs(severity.severity) * 100)
    if not hundredths:
        return f"{name} marks as the others do on average, over {severity.applications} applications."
    side = "above" if severity.severity > 0 else "below"
    size = money.score(hundredths)
    return f"{name} marks {size} {side} the others on average, over {severity.applications} applications."


def swap_words(swap: Swap, known: Known, *, names_area: bool) -> str:
    """Return one difference: "Takes W-019 and W-022, together £3,900, in place of W-011, £4,950."."""
    parts = []
    if swap.takes:
        parts.append(f"takes {_money_of(swap.takes, known)}")
    if swap.leaves:
        parts.append(f"{'in place of' if swap.takes else 'leaves out'} {_money_of(swap.leaves, known)}")
    parts += [_change(change, known) for change in swap.changes]
    words = ", ".join(parts)
    return f"{swap.area}: {words}." if names_area else f"{words[:1].upper()}{words[1:]}."


def swaps_words(found: ListSensitivity, known: Known) -> tuple[str, ...]:
    """Return every difference between the challenger and the list."""
    swaps = found.swaps()
    if not swaps:
        return ("It takes the same applications for the same money as the list.",)
    return tuple(swap_words(swap, known, names_area=found.area is None) for swap in swaps)


def proof_words(found: ListSensitivity) -> str:
    """Return the challenger's value beside the list's, and what is proven of it."""
    best = found.challenger
    this, lists = _value(best.value), _value(best.list_value)
    values = f"Points times pounds, added up: {this} for this choice, {lists} for the list."
    if best.is_proven:
        return f"{values} Proven: no choice of whole offers is worth more."
    gap = money.score(best.gap_1e4)
    return f"{values} The best found in the time allowed; at most {gap}% may be missing."


def optimal_notes(found: ListSensitivity) -> tuple[str, ...]:
    """Return what stands beside the challenger."""
    best = found.challenger
    return (
        *((PART,) if best.list_value > best.value else ()),
        "It counts points times pounds, so it favours large applications. It changes nothing.",
    )


def _verb(references: Sequence[str], one: str, several: str) -> str:
    return one if len(references) == 1 else several


def _split_move(move: SplitMove) -> str:
    amount = f" with {money.short_pounds(move.pence)}" if move.pence else ""
    return f"with quality at {money.percent(move.at * PER_STEP)} it would be {_FARES[move.outcome]}{amount}"


def _moved(moved: Sequence[Moved], known: Known) -> str:
    there = [moved_words(one) for one in moved if one.reference not in known.closed]
    hidden = len(moved) - len(there)
    there += (
        [known.references([one.reference for one in moved if one.reference in known.closed])]
        if hidden
        else []
    )
    return "; ".join(there) or "nothing changes"


def _money_of(pairs: Sequence[tuple[str, int]], known: Known) -> str:
    names = known.references([of for of, _ in pairs])
    together = "together " if len(pairs) > 1 else ""
    return f"{names}, {together}{money.short_pounds(sum(pence for _, pence in pairs))}"


def _change(change: tuple[str, int, int], known: Known) -> str:
    of, old, new = change
    amounts = f"{money.short_pounds(new)} whole in place of {money.short_pounds(old)}"
    return f"gives {known.references([of])} {amounts}"


def _value(value: int) -> str:
    return f"{money.half_up(value, 10_000):,}"


SHEET = "How sure"
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
    yield "If the split moved", " ".join(filter(None, (split_words(found, known), amounts_words(found))))
    combine = found.round_sensitivity.round.scheme.combine
    if combine is Combine.CONSENSUS:
        yield "Without one member", ON_MEAN
    for line in sorted(without_lines(found, known)):  # not in the members' order
        yield "Without one member", line
    for otherwise in found.otherwise:
        yield "Marks combined differently", otherwise_words(otherwise, known, combine)
    yield "How far the members agree", agreement_words(found.agreement, found.alpha_between)
    if found.agreement is not None:
        yield "How far the members agree", spread_words(found.agreement)
        for severity in found.agreement.members if known.is_named else ():
            yield "How far the members agree", severity_words(severity, known)
    for line in (*swaps_words(found, known), proof_words(found), *optimal_notes(found)):
        yield WORTH_MOST, line


def _of_each(found: ListSensitivity, known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is told of each application; those of which the same is told stand together."""
    names = {s.reference: s for s in found.round_sensitivity.official.standings}
    alike: dict[str, list[str]] = {}
    for hold in found.round_sensitivity.holds.applications:
        standing = names[hold.reference]
        if found.area in (None, standing.area):
            words = hold_words(hold, found.round_sensitivity.draws, known)
            alike.setdefault(words, []).append(f"{hold.reference} {standing.organisation}")
    yield from (("; ".join(named), words) for words, named in alike.items())
