"""Where applications stand after a few marks changed: only the lists with one of these are ranked again."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from scoring.allocating.allocation import list_of
from scoring.places.standings import Standings, stand
from scoring.ranking import Ranking
from scoring.round import AgreedMarks, Round, Sheet

_MARKS = ("sheets", "agreed")
_OTHER = attrgetter(*(name for name in Round.__struct_fields__ if name not in _MARKS))


class Ranked(NamedTuple):
    """A round with its ranking."""

    round: Round
    ranking: Ranking


def stand_again(round_: Round, before: Ranked) -> Standings | None:
    """Return where every application of a round stands, as `stand` does, by the ranking `before`.

    None where more than marks is another, or anything is warned of: then the round is gone through whole.
    What was decided stands in a ranking as it was then, so its lists are ranked again too.
    """
    if before.ranking.warnings or _OTHER(before.round) != _OTHER(round_):
        return None
    marked = {*_marked(before.round.sheets, round_.sheets), *_marked(before.round.agreed, round_.agreed)}
    anew, lists = {*round_.as_decided, *marked}, list_of(round_.areas)
    again = {lists[one.area] for one in round_.applications if one.reference in anew}
    found = stand(_of_lists(round_, again))
    for one in before.ranking.standings:
        if lists.get(one.area) not in again and one.reference not in anew:
            found.by_area[one.area].append(one)
    return None if found.warnings else found


def _marked(before: Sequence[Sheet | AgreedMarks], now: Sequence[Sheet | AgreedMarks]) -> Iterator[str]:
    """Yield the applications on which other marks stand than before."""
    if before is not now:
        were, are = {_key(one): one for one in before}, {_key(one): one for one in now}
        yield from (of for of, who in were.keys() | are.keys() if were.get((of, who)) != are.get((of, who)))


def _key(one: Sheet | AgreedMarks) -> tuple[str, str]:
    return one.application, one.member if isinstance(one, Sheet) else ""


def _of_lists(round_: Round, lists: Iterable[str | None]) -> Round:
    """Return a round without the applications of other lists, and without their marks."""
    of = list_of(round_.areas)
    applications = tuple(one for one in round_.applications if of[one.area] in lists)
    known = {one.reference for one in applications}
    sheets = tuple(one for one in round_.sheets if one.application in known)
    agreed = tuple(one for one in round_.agreed if one.application in known)
    return replace(round_, applications=applications, sheets=sheets, agreed=agreed)
