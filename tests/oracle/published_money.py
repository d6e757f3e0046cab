"""The published rules from places to money, written a second time as plainly as they can be."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import floor

from msgspec import Struct

from scoring.round import Application, Area, Round
from scoring.scheme import Allocation
from tests.oracle.published_places import in_order
from tests.oracle.published_rules import Verdict, verdict_before_places


class AreaVerdict(Struct):
    """What the rules say of one area's money, in pence."""

    name: str
    available_pence: int
    left_pence: int
    offered_pence: int = 0
    stopped: bool = False
    stopped_by_tie: bool = False


def available(a_round: Round, area: Area) -> int:
    """Return pot and tolerance less what is committed, rounded down to the penny."""
    share = 1 + Fraction(a_round.scheme.tolerance_percent) / 100
    return floor(area.pot_pence * share - area.committed_pence)


def organisations(applications: Sequence[Application]) -> dict[str, int]:
    """Return the organisation of each application, as a number, by the published rule."""
    groups: list[set[int]] = [{n} for n in range(len(applications))]
    by_number = [_numbers(one) for one in applications]
    groups = _joined(groups, lambda one, other: any(by_number[a] & by_number[b] for a in one for b in other))
    names = [" ".join(one.organisation.split()).casefold() for one in applications]

    def register(of: set[int], kind: str) -> set[str]:
        return {number for n in of for which, number in by_number[n] if which == kind}

    def is_named_alike(one: set[int], other: set[int], *registers: str) -> bool:
        barred = any(register(one, kind) and register(other, kind) for kind in registers)
        return not barred and bool({names[n] for n in one} & {names[n] for n in other})

    def ends(of: set[int], kind: str) -> list[set[int]]:
        seen, waiting = [of], [of]
        while waiting:
            here = waiting.pop()
            for other in groups:
                if other not in seen and not register(here, kind) and is_named_alike(here, other, kind):
                    seen.append(other)
                    waiting.append(other)
        return [one for one in seen if register(one, kind)]

    def is_linked(one: set[int], other: set[int]) -> bool:
        if not is_named_alike(one, other, "charity", "company"):
            return False
        for kind in ("charity", "company"):
            for third, end in ((one, other), (other, one)):
                if not register(third, kind) and register(end, kind) and len(ends(third, kind)) > 1:
                    return False
        return True

    links = [(one, other) for one, other in combinations(groups, 2) if is_linked(one, other)]
    whole = _joined(groups, lambda a, b: any((x <= a and y <= b) or (x <= b and y <= a) for x, y in links))
    return {applications[n].reference: number for number, group in enumerate(whole) for n in group}


def _numbers(one: Application) -> set[tuple[str, str]]:
    pairs = (("charity", one.charity_number), ("company", one.company_number))
    return {pair for pair in pairs if pair[1]}


def _joined(groups: list[set[int]], are_one: Callable[[set[int], set[int]], bool]) -> list[set[int]]:
    groups = list(groups)
    while True:
        pair = next(((a, b) for a, b in combinations(groups, 2) if are_one(a, b)), None)
        if pair is None:
            return groups
        groups = [one for one in groups if one not in pair] + [pair[0] | pair[1]]


class Money:
    """One walk down the areas of a round, with what each application was offered so far."""

    def __init__(self, a_round: Round) -> None:
        """Start with nothing offered."""
        self.round = a_round
        self.organisations = organisations(a_round.applications)
        self.verdicts = [verdict_before_places(a_round, a) for a in a_round.applications]
        self.areas = [self.walk(area) for area in a_round.areas]

    def are_one(self, one: Verdict, other: Verdict) -> bool:
        """Whether two applications are of one organisation."""
        of = self.organisations
        return of[one.application.reference] == of[other.application.reference]

    def walk(self, area: Area) -> AreaVerdict:
        """Go down one area's list."""
        money = available(self.round, area)
        result = AreaVerdict(area.name, available_pence=money, left_pence=money)
        for group in in_order(self.round, [v for v in self.verdicts if v.application.area == area.name]):
            self.take_group(result, group)
        return result

    def take_group(self, area: AreaVerdict, group: list[Verdict]) -> None:
        """Settle the applications that share one place."""
        candidates = []
        for verdict in group:
            if verdict.below and not verdict.excepted:
                verdict.outcome = "below"
            else:
                candidates.append(verdict)
        if area.stopped_by_tie or (len(candidates) > 1 and self.straddles(area, candidates)):
            for verdict in candidates:
                verdict.outcome = "tie"
                area.stopped_by_tie = True
            return
        self.take_all(area, candidates)

    def take_all(self, area: AreaVerdict, candidates: list[Verdict]) -> None:
        """Settle candidates whose order does not matter."""
        stops = False
        for verdict in candidates:
            money = 0 if area.stopped else self.money_if_next(area, verdict)
            stops = stops or self.stops_the_list(area, verdict)
            if money:
                verdict.outcome = "fund" if money == self.capped(verdict) else "part"
                verdict.offer_pence = money
                area.left_pence -= money
                area.offered_pence += money
            else:
                verdict.outcome = "reserve"
        area.stopped = area.stopped or stops

    def capped(self, verdict: Verdict) -> int:
        """Return the request, no more than the cap per award and what the organisation's cap leaves."""
        scheme = self.round.scheme
        amount = verdict.application.requested_pence
        if scheme.cap_per_award_pence is not None:
            amount = min(amount, scheme.cap_per_award_pence)
        if scheme.cap_per_organisation_pence is not None:
            amount = min(amount, scheme.cap_per_organisation_pence - self.used(verdict))
        return max(amount, 0)

    def used(self, verdict: Verdict) -> int:
        """Return what the same organisation was offered so far in the round."""
        return sum(
            other.offer_pence or 0
            for other in self.verdicts
            if other is not verdict and self.are_one(other, verdict)
        )

    def money_if_next(self, area: AreaVerdict, verdict: Verdict) -> int:
        """Return what an application would get if it were the next in the list."""
        wanted = self.capped(verdict)
        if wanted <= area.left_pence:
            return wanted
        if self.round.scheme.allocation is Allocation.PART and wanted > 0:
            minimum = verdict.application.minimum_pence
            least = Fraction(verdict.application.requested_pence, 2) if minimum is None else minimum
            return area.left_pence if area.left_pence > 0 and area.left_pence >= least else 0
        return 0

    def stops_the_list(self, area: AreaVerdict, verdict: Verdict) -> bool:
        """Whether it does not fit, under a rule that stops there; a used-up cap stops nothing."""
        if self.round.scheme.allocation is Allocation.SKIP:
            return False
        return self.capped(verdict) > max(area.left_pence, 0)

    def straddles(self, area: AreaVerdict, candidates: list[Verdict]) -> bool:
        """Whether who gets money, or how much, would depend on an order that nothing settles."""
        if area.stopped or not any(self.money_if_next(area, v) for v in candidates):
            return False
        together = sum(self.capped(v) for v in candidates)
        return together > area.left_pence or self.caps_depend_on_order(candidates)

    def caps_depend_on_order(self, candidates: list[Verdict]) -> bool:
        """Whether an offer of the tied would be cut by an offer to another of the tied."""
        cap = self.round.scheme.cap_per_organisation_pence
        if cap is None:
            return False
        for verdict in candidates:
            same = [v for v in candidates if v is not verdict and self.are_one(v, verdict)]
            asked = self.capped(verdict) + sum(self.capped(v) for v in same)
            if same and self.capped(verdict) > 0 and self.used(verdict) + asked > cap:
                return True
        return False


def printed_order(a_round: Round, told: Money) -> list[str]:
    """Return the references as a ranking prints them: area, place, the others after, no area last."""
    areas = [area.name for area in a_round.areas] + [None]

    def key(verdict: Verdict) -> tuple[int, bool, int, str]:
        application = verdict.application
        place = verdict.place or 0
        return (areas.index(application.area), place == 0, place, application.reference)

    return [v.application.reference for v in sorted(told.verdicts, key=key)]
