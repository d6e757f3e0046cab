"""How the pots of an award schedule stand: pot, tolerance and what is over, by what stands on its lines."""

from collections.abc import Iterable

from scoring.allocating.over_pot import PotUse, over_words, unused_words
from scoring.allocating.shared_pots import shared_words
from scoring.schedule.lines import Line
from scoring.schedule.values import AreaMoney, AwardSchedule


def stands_pence(line: Line) -> int:
    """Return the money on a line: as awarded, else as recommended or proposed."""
    return (line.recommended_pence or 0) if line.awarded_pence is None else line.awarded_pence


def now_pence(line: Line) -> int:
    """Return what a line takes of its pot: an award as it stands today, which its change may have freed."""
    return stands_pence(line) if line.now_pence is None else line.now_pence


def awards_pence(lines: Iterable[Line]) -> int:
    """Return what the awards on some lines stand at today."""
    return sum(now_pence(line) for line in lines if line.awarded_pence is not None)


def pot_uses(schedule: AwardSchedule) -> tuple[PotUse, ...]:
    """Return how the pot of each area shown stands, in their order."""
    return tuple(_use(schedule, area, lines) for area, lines in schedule.by_area())


def over_sentences(schedule: AwardSchedule) -> tuple[str, ...]:
    """Return for each area what is over its pot and who allows it, then what is allowed and not used."""
    told = ((use.area, (over_words(use), unused_words(use))) for use in pot_uses(schedule))
    return tuple(f"{area}: {words}." for area, both in told for words in both if words)


def shared_sentences(schedule: AwardSchedule) -> tuple[str, ...]:
    """Return which areas of a schedule share one pot and one list, in a sentence for each pot."""
    return tuple(
        f"{shared_words(names)} and one list: places are those of the list, and each has its part of the pot."
        for names in schedule.shared
    )


def _use(schedule: AwardSchedule, area: AreaMoney, lines: Iterable[Line]) -> PotUse:
    return PotUse(
        area.area,
        area.pot_pence,
        area.committed_pence,
        sum(map(now_pence, lines)),
        area.tolerance_pence,
        schedule.scheme.tolerance_percent,
        schedule.scheme.tolerance_authority,
        tuple(one for one in schedule.allowances if one.area == area.area),
        next((names for names in schedule.shared if area.area in names), ()),
    )
