"""What is given of several rounds on a request for information, put together."""

from collections.abc import Sequence

from msgspec.structs import replace

from models.papers.order import PaperOrder
from models.papers.transparency.disclosure import NONE, Disclosure, GivenRound


def named(part: Disclosure, name: str) -> Disclosure:
    """Return what is given of a round with how it was judged under its name, as several stand together."""
    judged = GivenRound(name, part.panel, part.criteria, part.areas, part.rules)
    lines = tuple(replace(one, round=name) for one in part.lines)
    return replace(part, criteria=(), panel=(), areas=(), rules=(), rounds=(judged,), lines=lines)


def together(parts: Sequence[Disclosure], order: PaperOrder) -> Disclosure:
    """Return what is given of several rounds as one: of each line the marks under all codes."""
    whole = replace(
        parts[0],
        fund=parts[0].fund if len({part.fund for part in parts}) == 1 else "",
        round="",
        year=order.year or "",
        rounds=tuple(one for part in parts for one in part.rounds),
        lines=(),
        left_out=0,
    )
    lines = tuple(
        replace(line, marks=_in_order(line.marks, part.codes, whole.codes))
        for part in parts
        for line in part.lines
    )
    return replace(whole, lines=lines, left_out=sum(part.left_out for part in parts))


def _in_order(marks: Sequence[str], own: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """Return marks in the order of all codes, those of others left open; none where none was agreed."""
    by_code = dict(zip(own, marks, strict=False))
    return tuple(by_code.get(code, NONE) for code in codes) if marks else ()
