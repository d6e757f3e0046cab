"""The door to a round's result: standings, places and the money the rule proposes."""

from collections.abc import Iterator, Mapping
from operator import attrgetter

from scoring.allocating.allocation import Proposal, allocate, share_out
from scoring.allocating.organisations import unsettled_words
from scoring.places.marks_changed import Ranked, stand_again
from scoring.places.standings import stand
from scoring.ranking import PotUse, Ranking, Standing, Status
from scoring.round import AsDecided, Round


def rank(round_: Round, before: Ranked | None = None) -> Ranking:
    """Return where every application of a round stands and what the rule proposes.

    What was decided stands as it was then, whatever changed since; the rest is worked out when it is shown.
    Where only marks are others than in a round `before`, what these leave as it is comes from its ranking.
    """
    found = recalculated(round_, before)
    return _as_decided(found, round_.as_decided) if round_.decided else found


def recalculated(round_: Round, before: Ranked | None = None) -> Ranking:
    """Return the same worked out from what the round holds today, decided or not."""
    standings = None if before is None else stand_again(round_, before)
    own = () if standings else (*_tolerance_warning(round_), *unsettled_words(round_.applications))
    standings = standings or stand(round_)
    ranked = [(area, [s for s in standings.by_area[area.name] if s.is_ranked]) for area in round_.areas]
    proposed, areas = allocate(round_, ranked)
    lines = [
        _proposed(one, proposed.get(one.reference))
        for area in (*(each.name for each in round_.areas), None)
        for one in standings.by_area[area]
    ]
    warnings = (*own, *standings.warnings)
    return Ranking(round_.fund, round_.name, round_.scheme, tuple(lines), areas, warnings)


def _proposed(one: Standing, proposal: Proposal | None) -> Standing:
    """Return a standing with what is proposed, the same one where it says so already."""
    if proposal is None or proposal == (one.outcome, one.offer_pence, one.cause):
        return one
    outcome, pence, cause = proposal
    return one._replace(outcome=outcome, offer_pence=pence, cause=cause)


def _tolerance_warning(round_: Round) -> tuple[str, ...]:
    scheme = round_.scheme
    if scheme.tolerance_percent <= 0 or scheme.tolerance_authority:
        return ()
    return (f"A tolerance of {scheme.tolerance_percent} % is applied, but nobody is named who allows it.",)


def _as_decided(ranking: Ranking, decided: Mapping[str, AsDecided]) -> Ranking:
    """Return a ranking, again in printed order, with what was decided and not withdrawn as it was."""
    then = {
        one.reference: decided[one.reference].standing
        for one in ranking.standings
        if one.reference in decided and one.status is not Status.WITHDRAWN
    }
    found = (then.get(one.reference, one) for one in ranking.standings)
    order = {area.area: number for number, area in enumerate(ranking.areas)}
    last = len(order)

    def printed(line: Standing) -> tuple[int, bool, int, str]:
        return order.get(line.area or "", last), not line.is_ranked, line.place or 0, line.reference

    lines = tuple(sorted(found, key=printed))
    areas = share_out(_money(ranking, lines, decided))
    otherwise = tuple(
        one for one in ranking.standings if one.reference in then and not _is_same(one, then[one.reference])
    )
    return ranking._replace(standings=lines, areas=areas, recalculated=otherwise)


def _is_same(now: Standing, then: Standing) -> bool:
    """Whether a ranking of today gives what was decided on, whatever it is called and wherever it counts."""
    return now == then._replace(organisation=now.organisation, area=now.area, reasons=now.reasons)


def _has_same_money(one: PotUse, other: PotUse) -> bool:
    """Return whether two states of an area's pot offer the same money."""
    return (one.own_pence, one.committed_pence, one.tolerance_pence) == (
        other.own_pence,
        other.committed_pence,
        other.tolerance_pence,
    )


def _money(
    ranking: Ranking, lines: tuple[Standing, ...], decided: Mapping[str, AsDecided]
) -> Iterator[PotUse]:
    """Yield the money of each area.

    It is as it was at the last decision where all that is ranked there was decided, else today's.
    """
    for area in ranking.areas:
        own = [one for one in lines if one.area == area.area and one.is_ranked]
        ranked = {one.reference for one in own}
        pots = [kept.pot for of, kept in decided.items() if of in ranked]
        pot = pots[-1] if pots and len(pots) == len(own) and all(pots) else None
        given = sum(filter(None, map(attrgetter("offer_pence"), own)))
        stood = pot or area
        yield stood._replace(
            area=area.area,
            shared_with=area.shared_with,
            allowances=(),
            given_pence=given,
            pot_now=None if _has_same_money(stood, area) else area,
        )
