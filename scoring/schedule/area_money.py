"""The money of an award schedule as it stands: of single applications, and of areas with their pots."""

from collections.abc import Sequence

from scoring.allocating.shared_pots import share_out
from scoring.ranking import Ranking, Status
from scoring.schedule.lines import Line, Settled
from scoring.schedule.pots import now_pence
from scoring.schedule.values import AreaMoney, sums


def given_pence(ranking: Ranking, settled: Settled) -> dict[str, int]:
    """Return what each application is given: what stands, else recommended; proposed while nothing is."""
    given = _settled_pence(settled)
    if not given:
        return {one.reference: one.offer_pence or 0 for one in ranking.standings}
    return {of: pence or 0 for of, pence in given.items()}


def areas_money(
    ranking: Ranking, lines: Sequence[Line], settled: Settled, area: str | None
) -> tuple[AreaMoney, ...]:
    """Return the pots and sums of a schedule's areas, or of the one that is shown."""
    by_area: dict[str, list[Line]] = {a.area: [] for a in ranking.areas}
    for line in lines:
        by_area[line.area].append(line)
    stands = {
        name: sum(map(now_pence, own)) if area in (None, name) else _unshown_pence(ranking, settled, name)
        for name, own in by_area.items()
    }
    found = share_out(a._replace(offered_pence=stands[a.area]) for a in ranking.areas)
    return tuple(
        sums(AreaMoney(*(a.area, *a[1:5]), 0, 0, 0, 0), by_area[a.area])
        for a in found
        if area is None or a.area == area
    )


def _unshown_pence(ranking: Ranking, settled: Settled, area: str) -> int:
    """Return the money that stands in an area that is not shown and may share its pot with one that is."""
    here = (s for s in ranking.standings if s.area == area and s.status is not Status.WITHDRAWN)
    own, given = list(here), _settled_pence(settled)
    if given.keys().isdisjoint(s.reference for s in own):
        return sum(s.offer_pence or 0 for s in own)
    return sum(given.get(s.reference) or 0 for s in own)


def _settled_pence(settled: Settled) -> dict[str, int | None]:
    recommended = {row.reference: row.amount_pence for row in settled.recommended}
    return recommended | {row.reference: row.now_pence for row in settled.awarded}
