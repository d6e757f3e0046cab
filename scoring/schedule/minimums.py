"""Which published minimums an application missed, as papers say it: criteria by code and title."""

import re

from scoring.ranking import Standing
from scoring.scheme import Scheme

_NOUGHTS = re.compile(r"\.00\b")


def with_named_minimums(scheme: Scheme, standing: Standing) -> Standing:
    """Return a standing whose missed minimums name criteria: "1.00 on A3 Community is below the …"."""
    if not standing.below_threshold:
        return standing
    titles = {one.code: f"{one.code} {one.title}" for one in scheme.criteria}
    found = []
    for words in standing.below_threshold:
        of, mark, rest = words.split(" ", 2)
        found.append(f"{mark} on {titles[of]} {rest}" if of in titles else words)
    return standing._replace(below_threshold=tuple(found))


def with_whole_minimums(scheme: Scheme, standing: Standing) -> Standing:
    """Return the same with whole marks as such: "1 on A3 Community is below the minimum of 2"."""
    named = with_named_minimums(scheme, standing)
    whole = tuple(_NOUGHTS.sub("", words) for words in named.below_threshold)
    return named._replace(below_threshold=whole)
