"""What an applicant is told of the marks: each criterion with the published word for its mark and its reason.

Nothing is sorted: the panel's marks and words say by themselves what was strong. A reason that somebody
ticked as being for the panel only is told nowhere but in the minutes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from models.papers.letters.letter import Missed, Placed
from models.values.rounds import FORCE_WIDE
from models.values.rows import AgreedRow, RoundRows
from scoring.money import decimal_text, hundredths
from scoring.ranking import AreaStanding, Ranking, Standing
from scoring.scheme import CRITERION_RULE, Combine, Scheme
from scoring.written.names import text_key

_PARTED = {
    "quality": "the points for quality",
    "cost": "the points for cost",
    "requested": "the lower amount asked for",
    "received": "the earlier day of receipt",
    "chair": "the chair of the panel",
}
"""What parts equals, by the tie-break rule; a criterion's mark is named by its title."""
NOT_APPLIED = "Left out, as it does not apply to your application; the others carry its weight."
"""What stands under a criterion that the chair left out."""


class Feedback(Struct, frozen=True):
    """What an applicant is told of the marks of one application.

    `reasons` is (criterion, reason) of each that is told, in the order of the scheme, the reason "" where
    none is; `words` is (criterion, published word for its mark).
    """

    reasons: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    missed: tuple[Missed, ...] = ()
    placed: Placed | None = None


def feedback(rows: RoundRows, ranking: Ranking) -> dict[str, Feedback]:
    """Return what each applicant of a round is told, by reference."""
    titles = _titles(rows.scheme)
    agreed = {row.application: row for row in rows.agreed}
    return {
        standing.reference: _feedback(rows.scheme, ranking, standing, titles, agreed.get(standing.reference))
        for standing in ranking.standings
    }


def _feedback(
    scheme: Scheme, ranking: Ranking, standing: Standing, titles: Mapping[str, str], agreed: AgreedRow | None
) -> Feedback:
    """Return what is told of one standing."""
    told = {} if agreed is None else dict(_told(scheme, agreed, _left_out(standing)))
    values = {titles[result.code]: result.value_1e2 for result in standing.criteria}
    floors = {titles[c.code]: c.floor for c in scheme.judged if c.floor is not None}
    missed = tuple(
        Missed(title, decimal_text(floor), scheme.scale_maximum)
        for title, floor in floors.items()
        if _is_below(values.get(title), floor)
    )
    least = "" if scheme.minimum_total is None else decimal_text(scheme.minimum_total)
    whole = (Missed("", least, 100),) if len(standing.below_threshold) > len(missed) else ()
    return Feedback(
        tuple((titles[code], reason) for code, (reason, _) in told.items()),
        tuple((titles[code], word) for code, (_, word) in told.items() if word),
        (*missed, *whole),
        _placed(scheme, ranking, standing),
    )


def _told(
    scheme: Scheme, agreed: AgreedRow, left_out: frozenset[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield by code the reason of each agreed mark and the published word for it, where it says either.

    Where members' marks count as they are, the scale has no word for what comes of them.
    """
    words = (
        {mark: word for mark, word, _ in scheme.descriptors} if scheme.combine is Combine.CONSENSUS else {}
    )
    reasons = dict(agreed.told_reasons(scheme))
    for criterion, mark in zip(scheme.judged, agreed.marks, strict=True):
        reason, word = reasons.get(criterion.code, ""), "" if mark is None else words.get(mark, "")
        if criterion.code in left_out and any(agreed.given_reasons):
            yield criterion.code, (NOT_APPLIED, "")
        elif reason or word:
            yield criterion.code, (reason, word)


def _left_out(standing: Standing) -> frozenset[str]:
    """Return the criteria, by code, that were left out of a total as they do not apply."""
    has_total = standing.total_1e2 is not None
    return frozenset(one.code for one in standing.criteria if has_total and one.value_1e2 is None)


def _titles(scheme: Scheme) -> dict[str, str]:
    """Return the title of each criterion by its code, which stands behind a title that two of them have."""
    times = Counter(text_key(criterion.title) for criterion in scheme.criteria)
    return {
        c.code: c.title if times[text_key(c.title)] == 1 else f"{c.title} ({c.code})" for c in scheme.criteria
    }


def _is_below(value_1e2: int | None, floor: Decimal) -> bool:
    return value_1e2 is not None and value_1e2 < hundredths(floor)


def _placed(scheme: Scheme, ranking: Ranking, standing: Standing) -> Placed | None:
    """Return place and points, and what parted it where others have as many points."""
    if standing.place is None or standing.total_1e2 is None:
        return None
    beside = _beside(ranking.areas, standing.area)
    of = sum(1 for each in ranking.standings if each.place is not None and each.area in beside)
    names = tuple(area for area in beside if area and area != FORCE_WIDE)
    place = (standing.place, of, standing.tied)
    return Placed(place, names, standing.total_1e2, _parted_by(scheme, standing))


def _parted_by(scheme: Scheme, standing: Standing) -> str:
    """Return which published rule parted an application from others of as many points, "" where none did."""
    rule = standing.place_by
    if rule is None:
        return ""
    titles = _titles(scheme)
    title = next((titles[of] for of in titles if f"{CRITERION_RULE}{of}" == rule), "")
    return _PARTED.get(rule) or f"the mark for “{title}”"


def _beside(areas: Iterable[AreaStanding], name: str | None) -> tuple[str | None, ...]:
    """Return the areas whose applications are in one list with those of an area."""
    shared = next((area.shared_with for area in areas if area.area == name), ())
    return shared or (name,)
