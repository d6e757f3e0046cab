"""Who on a reserve list is placed before what is given money all the same."""

from collections.abc import Collection, Sequence

from scoring.counted import listed, noun
from scoring.ranking import Ranking, Standing


def of_one_list(ranking: Ranking, standing: Standing) -> tuple[Standing, ...]:
    """Return all that stand in one list with an application: its area's, or those that share its pot."""
    names = next((area.shared_with for area in ranking.areas if area.area == standing.area), ())
    return tuple(one for one in ranking.standings if one.area in (names or (standing.area,)))


def passed_over(ranking: Ranking, reference: str, waiting: Collection[str]) -> tuple[str, ...]:
    """Return which of those `waiting` stand before an application in its list, in the order of places."""
    own = next((one for one in ranking.standings if one.reference == reference), None)
    if own is None or own.place is None:
        return ()
    beside = [one for one in of_one_list(ranking, own) if one.reference in waiting and one.place is not None]
    before = [((one.place or 0), one.reference) for one in beside if (one.place or 0) < own.place]
    return tuple(of for _, of in sorted(before))


def stay_words(over: Sequence[str], than: str) -> str:
    """Return that those passed over stay where they are: "NBF-024, placed before it, stays on …"."""
    return f"{listed(over)}, placed before {than}, {noun(len(over), 'stays', 'stay')} on the reserve list"
