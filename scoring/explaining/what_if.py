"""What the list would be under another split, another way to combine marks, or another allocation rule.

It is worked out beside the official list and never changes it.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.marks.sheets import counting, counting_sheets, first_handed_in, not_applicable_of
from scoring.rank import recalculated
from scoring.ranking import Outcome, Ranking, Standing, Status
from scoring.round import Round
from scoring.scheme import WHOLE_1E4, Allocation, Combine, Scheme, Side

LEAST_SHARE, MOST_SHARE = 5, 95
"""The split is tried between these quality shares, in percent: a side without weight has no score."""


class Trial(Struct, frozen=True):
    """What is tried; None leaves a setting as it was published. `without` is a member left out, by code."""

    quality_percent: int | None = None
    combine: Combine | None = None
    allocation: Allocation | None = None
    without: str | None = None

    @property
    def is_official(self) -> bool:
        return self == Trial()


class Comparison(NamedTuple):
    """Two lists; `is_on_mean` when the first is not the official one but what the mean of marks gives."""

    before: Ranking
    after: Ranking
    is_on_mean: bool = False


class Moved(NamedTuple):
    """One application that would fare otherwise; amounts in pence, 0 where it gets nothing."""

    reference: str
    organisation: str
    area: str | None
    before: Outcome | None
    after: Outcome | None
    before_pence: int
    after_pence: int

    @property
    def words(self) -> str:
        """Return the change: "Pendeford Parents £1,870 to £0"."""
        if self.before_pence != self.after_pence:
            amounts = (money.short_pounds(self.before_pence), money.short_pounds(self.after_pence))
            return f"{self.organisation} {amounts[0]} to {amounts[1]}"
        return f"{self.organisation} {self.before or 'not ranked'} to {self.after or 'not ranked'}"


def has_two_sides(scheme: Scheme) -> bool:
    return scheme.quality_1e4 > 0 and scheme.cost_1e4 > 0


def with_split(scheme: Scheme, quality_percent: int) -> Scheme:
    """Return the scheme with another split, weights in proportion within their sides, nothing lost.

    Raise `ValueError` beyond 5 to 95. Example: 25 of 80 at a split of 70 is 21.875.
    """
    if not LEAST_SHARE <= quality_percent <= MOST_SHARE:
        raise ValueError(f"a split is tried from {LEAST_SHARE} to {MOST_SHARE}")
    wanted = {Side.QUALITY: quality_percent * 10_000, Side.COST: WHOLE_1E4 - quality_percent * 10_000}
    weights: dict[str, int] = {}
    for side, share in wanted.items():
        own = [(c.code, c.weight_1e4) for c in scheme.criteria if c.side is side]
        weights |= money.share(share, own) if any(weight for _, weight in own) else dict(own)
    return replace(scheme, criteria=tuple(replace(c, weight_1e4=weights[c.code]) for c in scheme.criteria))


def tried(round_: Round, trial: Trial) -> Ranking:
    """Return the ranking under a trial."""
    scheme = round_.scheme
    if trial.quality_percent is not None and has_two_sides(scheme):
        scheme = with_split(scheme, trial.quality_percent)
    scheme = replace(
        scheme,
        combine=trial.combine or scheme.combine,
        allocation=trial.allocation or scheme.allocation,
    )
    changed = replace(round_, scheme=scheme)
    return recalculated(changed if trial.without is None else without_member(changed, trial.without))


def compared(round_: Round, official: Ranking, trial: Trial) -> Comparison:
    """Return the list under a trial with the list that it is compared with.

    That is the official one, except where a member is left out under agreed marks: those say nothing of
    one member, so the mean without them is compared with the list that the mean gives.
    """
    combine = trial.combine or round_.scheme.combine
    if trial.without is None or combine is not Combine.CONSENSUS:
        return Comparison(official, tried(round_, trial))
    on_mean = replace(trial, combine=Combine.MEAN)
    return Comparison(tried(round_, replace(on_mean, without=None)), tried(round_, on_mean), is_on_mean=True)


def without_member(round_: Round, member: str) -> Round:
    """Return the round without a member's sheets.

    The quorum is lowered by one, only where that member counts: elsewhere an application one short of it
    stays short.
    """
    not_applicable = not_applicable_of(round_)
    own = replace(round_, sheets=tuple(s for s in round_.sheets if s.member == member))
    counts = {of for of, marks in counting(own, not_applicable).marks.items() if marks}
    scheme = replace(round_.scheme, quorum=max(round_.scheme.quorum - 1, 1))
    rest = replace(round_, sheets=tuple(s for s in round_.sheets if s.member != member), scheme=scheme)
    present = {of: len(marks) for of, marks in counting(rest, not_applicable).marks.items()}
    short = {
        of for of, n in present.items() if of not in counts and scheme.quorum <= n < round_.scheme.quorum
    }
    return replace(rest, sheets=tuple(s for s in rest.sheets if s.application not in short))


def moved(official: Ranking, other: Ranking, area: str | None = None) -> tuple[Moved, ...]:
    """Return the applications whose proposed outcome or amount differs, in the official order."""
    after = {standing.reference: standing for standing in other.standings}
    there = (before for before in official.standings if before.reference in after)
    pairs = ((before, after[before.reference]) for before in there)
    return tuple(
        Moved(
            before.reference,
            before.organisation,
            before.area,
            before.outcome,
            now.outcome,
            before.offer_pence or 0,
            now.offer_pence or 0,
        )
        for before, now in pairs
        if area in (None, before.area) and _lot(before) != _lot(now)
    )


def _lot(standing: Standing) -> tuple[Outcome | None, int]:
    return standing.outcome, standing.offer_pence or 0


COMBINED = (Combine.MEAN, Combine.MEDIAN, Combine.TRIMMED)
"""The ways to combine marks that are compared with the official list."""


class Without(NamedTuple):
    """Everything that fares otherwise without one member."""

    member: str
    moved: tuple[Moved, ...]


class Otherwise(NamedTuple):
    """What another way to combine marks changes; `moved` is None where nothing would be ranked."""

    combine: Combine
    moved: tuple[Moved, ...] | None


def leave_one_out(round_: Round, official: Ranking, members: Sequence[str]) -> Iterator[Without]:
    """Yield what each of these members changes who has a sheet that counts.

    Under agreed marks it is the list that the mean gives which is compared, with and without the member.
    """
    counted = {sheet.member for sheet in counting_sheets(round_)}
    combine = Combine.MEAN if round_.scheme.is_agreed else None
    before = official if combine is None else tried(round_, Trial(combine=combine))
    for member in members:
        if member in counted:
            after = tried(round_, Trial(combine=combine, without=member))
            yield Without(member, moved(before, after))


def combined_otherwise(round_: Round, official: Ranking, area: str | None = None) -> Iterator[Otherwise]:
    """Yield what changes by the mean, the median and the trimmed mean of marks.

    Under agreed marks it is told of those applications alone whose marks the panel has agreed: the others
    are on no list yet, and would only take the money of those that are.
    """
    settled = _settled(round_, official)
    for combine in COMBINED:
        other = official if combine is round_.scheme.combine else tried(settled, Trial(combine=combine))
        is_ranked = any(s.is_ranked for s in other.standings)
        is_told = is_ranked or combine is not Combine.TRIMMED
        yield Otherwise(combine, moved(official, other, area) if is_told else None)


def _settled(round_: Round, official: Ranking) -> Round:
    """Return a round, under agreed marks without the applications that wait for theirs."""
    if round_.scheme.combine is not Combine.CONSENSUS:
        return round_
    ranked = {standing.reference for standing in official.standings if standing.is_ranked}
    return replace(round_, applications=tuple(a for a in round_.applications if a.reference in ranked))


def not_agreed(round_: Round, official: Ranking, area: str | None = None) -> tuple[str, ...]:
    """Return the applications that wait for agreed marks, none where marks are not agreed."""
    if round_.scheme.combine is not Combine.CONSENSUS:
        return ()
    return tuple(
        standing.reference
        for standing in official.standings
        if standing.status in (Status.INCOMPLETE, Status.NOT_QUORATE) and area in (None, standing.area)
    )


class MeetingEffect(NamedTuple):
    """How the agreed marks differ from the mean of what the members gave before the meeting.

    `crossed` get money by one list and none by the other. `reference` is the application whose total changed
    most, the first of those alike; its totals are in hundredths of a point.
    """

    compared: int
    crossed: tuple[str, ...]
    reference: str
    before_1e2: int
    after_1e2: int


def meeting_effect(
    round_: Round, official: Ranking, area: str | None = None, closed: Collection[str] = ()
) -> MeetingEffect | None:
    """Return what the meeting changed; None where marks are not agreed or none can be compared.

    What is closed to the reader is left out.
    """
    if round_.scheme.combine is not Combine.CONSENSUS:
        return None
    before = tried(first_handed_in(_settled(round_, official)), Trial(combine=Combine.MEAN))
    own = {standing.reference: standing for standing in before.standings if standing.is_ranked}
    totals: dict[str, tuple[int, int]] = {}
    crossed = []
    for agreed in official.standings:
        reference = agreed.reference
        if reference not in own or reference in closed or area not in (None, agreed.area):
            continue
        totals[reference] = own[reference].total_1e2 or 0, agreed.total_1e2 or 0
        if bool(own[reference].offer_pence) != bool(agreed.offer_pence):
            crossed.append(reference)
    if not totals:
        return None
    most = max(totals, key=lambda reference: abs(totals[reference][1] - totals[reference][0]))
    return MeetingEffect(len(totals), tuple(crossed), most, *totals[most])


def entering(found: Sequence[Moved]) -> tuple[str, ...]:
    """Return who gets money, whole or in part, and got none before."""
    return tuple(sorted(one.reference for one in found if one.after_pence and not one.before_pence))


def leaving(found: Sequence[Moved]) -> tuple[str, ...]:
    return tuple(sorted(one.reference for one in found if one.before_pence and not one.after_pence))
