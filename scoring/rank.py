"""The door to a round's result: standings, places and the money the rule proposes."""

from scoring.allocating.allocation import allocate
from scoring.allocating.organisations import unsettled_words
from scoring.places.standings import stand
from scoring.ranking import Ranking
from scoring.round import Round


def rank(round_: Round) -> Ranking:
    """Return where every application of a round stands and what the rule proposes.

    Nothing is stored: the same round gives the same result, so it is worked out when it is shown.
    """
    standings = stand(round_)
    ranked = [(area, [s for s in standings.by_area[area.name] if s.is_ranked]) for area in round_.areas]
    proposed, areas = allocate(round_, ranked)
    lines = [
        one._replace(**proposed[one.reference]._asdict()) if one.reference in proposed else one
        for area in (*(each.name for each in round_.areas), None)
        for one in standings.by_area[area]
    ]
    return Ranking(
        round_.fund,
        round_.name,
        round_.scheme,
        tuple(lines),
        areas,
        (*_tolerance_warning(round_), *unsettled_words(round_.applications), *standings.warnings),
    )


def _tolerance_warning(round_: Round) -> tuple[str, ...]:
    scheme = round_.scheme
    if scheme.tolerance_percent <= 0 or scheme.tolerance_authority:
        return ()
    return (f"A tolerance of {scheme.tolerance_percent} % is applied, but nobody is named who allows it.",)
