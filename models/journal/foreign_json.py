"""JSON that came from outside: read strictly, so that whatever is odd about it is one kind of error."""

import json
import re
from math import isfinite
from typing import Any, NoReturn

LARGEST = 2**63 - 1
"""The largest whole number that a record can hold."""
MOST_PARTS = 4_000_000
"""How many values a text may hold; what it takes in memory is bounded by that."""
_PARTS = re.compile(r"[\[{,]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def loads(text: str) -> Any:
    """Return what JSON holds; ValueError where it is nested too deep or holds what this program never writes.

    That is a key given twice, NaN or infinity, a whole number of more than 63 bits, half a character, or
    more values than fit in memory.
    """
    if len(text) > MOST_PARTS and sum(1 for _ in _PARTS.finditer(text)) > MOST_PARTS:
        raise ValueError("more values than any file of ours holds")
    try:
        found = json.loads(
            text,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_number,
            object_pairs_hook=_without_twice,
        )
        if _SURROGATE.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return found


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST:
        raise ValueError(f"a whole number of {len(digits)} digits")
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"{digits[:40]} is too large")
    return number


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _without_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found
