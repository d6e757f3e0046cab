"""One line of an issued schedule as text, from a paper and from the stored values, and whether both agree."""

from collections.abc import Mapping
from typing import NamedTuple

from exchange.pdf_text import is_shaped, printable
from exchange.schedule_words import NONE_GIVEN
from exchange.written_text import clean
from scoring import money

CUT_MARKS = ("…(infullintheannex)", "…(goesoninrow")
"""What stands, without spaces, where a text was too long for its cell."""

SHAPED = "\0shaped"
"""Stands for a text that a PDF shows shaped and that cannot be read back."""

Stored = Mapping[str, object]


class IssuedLine(NamedTuple):
    """A line's reference and its printed cells by the name of the column."""

    reference: str
    cells: Mapping[str, str]


def same(found: str, wanted: str) -> bool:
    """Whether a printed text is the stored one, spaces aside; a cut text need only begin alike."""
    if wanted == SHAPED:
        return True
    printed, stored = "".join(found.split()), "".join(wanted.split())
    for mark in CUT_MARKS:
        start, cut, _ = printed.partition(mark)
        if cut and stored.startswith(start):
            return True
    return printed == stored


def from_xlsx(line: Stored, *, priced: bool) -> dict[str, str]:
    """Return a stored line as its workbook's cells show it."""
    place = str(line["place"])
    texts = ("reference", "organisation", "number", "project", "area", "outcome", "reason")
    return {
        **{name: clean(str(line[name])) for name in texts},
        "crime type": clean(str(line["crime_type"])),
        "conditions": clean("; ".join(_list(line["conditions"]))),
        "requested": str(line["requested"]),
        "recommended": str(line["recommended"] or ""),
        "awarded": str(line["awarded"] or ""),
        "score": str(line["price"] or "") if priced else str(line["score"]),
        "place": place,
    }


def from_pdf(line: Stored, *, priced: bool) -> dict[str, str]:
    """Return a stored line as its PDF's columns show it."""
    conditions = "; ".join(_list(line["conditions"]))
    told = f"Conditions: {conditions}" if conditions else ""
    by = line["place_by"]
    return {
        "reference": _printed(str(line["reference"])),
        "organisation": _printed(str(line["organisation"]), str(line["number"])),
        "project": _printed(str(line["project"]), str(line["crime_type"])),
        "requested": _pounds(line["requested"]),
        "recommended": _pounds(line["recommended"]),
        "awarded": _pounds(line["awarded"]),
        "score": _pounds(line["price"]) if priced else str(line["score"]),
        "place": money.place_with_rung(
            int(str(line["place"])), tied=bool(line["tied"]), by=str(by) if by else None
        ),
        "outcome": _printed(str(line["outcome"])),
        "reason": _printed(str(line["reason"]) or NONE_GIVEN, told),
    }


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _pounds(value: object) -> str:
    if value is None:
        return NONE_GIVEN
    pounds, _, pence = str(value).partition(".")
    return money.pounds(int(pounds) * 100 + int(pence))


def _printed(*texts: str) -> str:
    """Return texts that share a cell as they can be read back, `SHAPED` when they cannot."""
    if any(map(is_shaped, texts)):
        return SHAPED
    return " ".join(map(printable, texts))
