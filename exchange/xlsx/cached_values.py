"""Cached values for formulas: openpyxl writes none, and a viewer without a calculator would show blanks."""

import re
from collections.abc import Iterable

_EMPTY_VALUE = re.compile(rb"</f><v(?: ?/>|></v>)")


def put_cached_values(sheet_xml: bytes, values: Iterable[str]) -> bytes:
    """Return sheet XML with a number beside each formula, in the order in which they stand.

    `values` are numbers as text. Raises ValueError unless there is exactly one for each formula.
    """
    left = iter(values)

    def beside(_formula: re.Match[bytes]) -> bytes:
        value = next(left, None)
        if value is None:
            raise ValueError("fewer cached values than formulas")
        return b"</f><v>" + value.encode("ascii") + b"</v>"

    filled = _EMPTY_VALUE.sub(beside, sheet_xml)
    if next(left, None) is not None:
        raise ValueError("more cached values than formulas")
    return filled
