"""Whole numbers that stand in a text from outside, read strictly: "3 " is not 3, nor is "٣" or "1_0"."""

import re

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


def whole_number(text: str) -> int:
    """Return the whole number that a text is; ValueError where it is written in any other way."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)
