"""Rounding, and the printed forms of money, marks, scores and places.

Rounding happens once, at the end, half up, here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction

NOUGHTS = re.compile(r"(£[\d,]+)\.00(?!\d)")
_WHOLE = re.compile(r"£(?:\d{1,3}(?:,\d{3})+|\d+)(?!\.?\w|,\d{3})")
"""A sum in whole pounds, and no part of another: "£750" of "£750 became £700", nothing of "£0.8m"."""
_FORM: ContextVar[tuple[bool, list[str]] | None] = ContextVar("form", default=None)
"""Whether the paper being made has pence, and the sums with pence that it met; None for no paper."""


@contextmanager
def one_form(*, has_pence: bool) -> Iterator[list[str]]:
    """Print every sum alike, with pence or without; yields the sums met that have pence all the same.

    It is the one form of money of a paper. An average is apart: `average_pounds` prints as it stands.
    """
    met: list[str] = []
    before = _FORM.set((has_pence, met))
    try:
        yield met
    finally:
        _FORM.reset(before)


def has_form_with_pence() -> bool | None:
    """Whether the paper being made has pence; None outside of a paper."""
    form = _FORM.get()
    return None if form is None else form[0]


def half_up(numerator: int | Fraction, denominator: int = 1) -> int:
    """Return numerator / denominator to the nearest whole number; halves go up (-2.5 gives -2)."""
    return (2 * numerator + denominator) // (2 * denominator)


def hundredths(value: Fraction | Decimal | int) -> int:
    """Return a value as shown with two decimals, in whole hundredths, half up."""
    return half_up(Fraction(value) * 100)


def score(value_1e2: int | None) -> str:
    """Return a score or mark as printed: 7500 gives "75.00"; None gives "–"."""
    if value_1e2 is None:
        return "–"
    return plain_score(value_1e2).replace("-", "−")


def plain_score(value_1e2: int) -> str:
    """Return whole hundredths for JSON: 7500 gives "75.00", -5 gives "-0.05"."""
    sign = "-" if value_1e2 < 0 else ""
    return f"{sign}{abs(value_1e2) // 100}.{abs(value_1e2) % 100:02d}"


def pounds(pence: int) -> str:
    """Return money with pence, in a paper in the paper's form: 450000 gives "£4,500.00".

    Below nought has a minus sign first.
    """
    return _printed(pence, *(_FORM.get() or (True, [])))


def short_pounds(pence: int) -> str:
    """Return money as screens show it, in a paper in the paper's form: "£4,500", "£4,500.50"."""
    return _printed(pence, *(_FORM.get() or (False, [])))


def average_pounds(pence: int) -> str:
    """Return an average, or a price a point, which is apart from a paper's form: always with pence."""
    return _printed(pence, True, [])


def column_money(values: Iterable[int | None], *, is_apart: bool = False) -> Callable[[int | None], str]:
    """Return how to print a column of pence: with pence only when a figure in it has some.

    In a paper it has the paper's form, but for one that is apart, as averages are.
    """
    form = None if is_apart else _FORM.get()
    has_pence, met = form or (any(value is not None and value % 100 for value in values), [])
    return lambda pence: "–" if pence is None else _printed(pence, has_pence, met)


def _printed(pence: int, has_pence: bool, met: list[str]) -> str:
    """Return a sum with its pence, or without noughts; one that has pence is `met`."""
    words = f"{'−' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
    if pence % 100:
        met.append(words)
    return words if has_pence else words.removesuffix(".00")


def in_one_form(words: str) -> str:
    """Return a sentence of the record with each of its sums in the paper's form, else as screens show it."""
    return _WHOLE.sub(r"\g<0>.00", words) if has_form_with_pence() else without_noughts(words)


def without_noughts(words: str) -> str:
    """Return a sentence of the papers as screens show it: "asks £4,800.00" becomes "asks £4,800"."""
    return NOUGHTS.sub(_whole_pounds, words)


def _whole_pounds(found: re.Match[str]) -> str:
    """Return the first group; a template with it costs three times as much, a thousand times for a list."""
    return found[1]


def plain_pounds(pence: int) -> str:
    """Return money for JSON: 450000 gives "4500.00"."""
    return plain_score(pence)


def plain_pounds_if_any(pence: int | None) -> str | None:
    """Return money for JSON, None where there is no figure, which is not nought."""
    return None if pence is None else plain_pounds(pence)


def decimal_text(value: Decimal) -> str:
    """Return a decimal without an exponent or trailing noughts: Decimal("62.50") gives "62.5"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value_1e4: int) -> str:
    """Return ten-thousandths as the shortest decimal: 625000 gives "62.5"."""
    return decimal_text(Decimal(value_1e4).scaleb(-4))


def place(number: int | None, *, tied: bool) -> str:
    """Return a place as printed: "3", "=3" when shared, "–" when there is none."""
    if number is None:
        return "–"
    return f"={number}" if tied else str(number)


def tie_break(name: str) -> str:
    """Return a tie-break rule in words: "criterion:A1" gives "A1", "received" gives "date received"."""
    words: Mapping[str, str] = {
        "quality": "quality",
        "cost": "cost",
        "requested": "amount asked",
        "received": "date received",
        "chair": "the chair's decision",
    }
    return words.get(name) or name.partition(":")[2]


def place_with_rule(number: int | None, *, tied: bool, by: str | None) -> str:
    """Return a place with the rule that won it: "3 by A1", or as `place` where no rule did."""
    printed = place(number, tied=tied)
    return f"{printed} by {tie_break(by)}" if by and number is not None else printed


def share(total: int, weights: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Split whole pence in proportion to weights, losing and making no penny.

    Each key gets its share rounded down; the pence left over go to the largest remainders, ties to
    the earlier key in plain order (house rule for splitting sums). `weights` must add up to more
    than nought.
    """
    whole = sum(weight for _, weight in weights)
    parts = {key: total * weight // whole for key, weight in weights}
    left = total - sum(parts.values())
    by_remainder = sorted(weights, key=lambda item: (-(total * item[1] % whole), item[0]))
    for key, _ in by_remainder[:left]:
        parts[key] += 1
    return parts
