"""Canonical JSON as text: keys sorted, no spaces, no NaN; what is long is written a part at a time."""

import json
from collections.abc import Iterator

MOST = 32
"""The items of a list that are written in one call.

Nothing else in the program runs meanwhile, a window neither: 10 ms for a schedule of 1,000 lines, and more
where the processor has other work.
"""
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def json_text(data: object) -> str:
    """Return JSON-able values as canonical text."""
    if not _is_long(data):
        return _WRITER.encode(data)
    if isinstance(data, dict):
        fields = (f"{_WRITER.encode(key)}:{json_text(data[key])}" for key in sorted(data))
        return "{" + ",".join(fields) + "}"
    assert isinstance(data, list | tuple), "nothing else is long"
    return "[" + ",".join(_parts(data)) + "]"


def _parts(items: list[object] | tuple[object, ...]) -> Iterator[str]:
    for at in range(0, len(items), MOST):
        part = items[at : at + MOST]
        if any(map(_is_long, part)):
            yield from map(json_text, part)
        else:
            yield _WRITER.encode(part)[1:-1]


def _is_long(value: object) -> bool:
    """Whether a value is, or holds, a list of many items; an object is parted where its keys are texts."""
    if isinstance(value, list | tuple):
        return len(value) > MOST or any(map(_is_long, value))
    if isinstance(value, dict):
        return any(map(_is_long, value.values())) and all(isinstance(key, str) for key in value)
    return False
