"""One line of an issued schedule as text, from a paper and from the stored values, and whether both agree."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import decomposition, normalize

from exchange.papers.schedule.schedule_conditions import in_one_cell, numbers_in_words
from exchange.papers.schedule.schedule_words import NONE_GIVEN, end_words
from exchange.pdf.fonts import is_shaped, printable
from exchange.written_text import clean, without_invisible
from scoring import money
from scoring.counted import counted
from scoring.money import without_noughts

CUT_MARKS = ("…(infullintheannex)", "…(goesoninrow")
"""What stands, without spaces, where a text was too long for its cell."""

LIGATURES = {
    code: "".join(chr(int(letter, 16)) for letter in decomposition(chr(code)).split()[1:])
    for code in range(0xFB00, 0xFB07)
}
"""pdfium reads a ligature such as ﬁ, which text from a PDF may have, as its letters."""
SHAPED = "\0shaped"
"""Stands for a text that a PDF shows shaped and that cannot be read back."""

Stored = Mapping[str, object]

AREA_MONEY = ("requested", "recommended", "awarded", "available", "pot", "start-up", "committed")

ENDS = {"tolerance": "tolerance_pence", "left of the pot": "left_pence", "over the pot": "over_pence"}
"""The columns that papers have since pot and tolerance are no longer one sum, and where they are stored."""


class IssuedLine(NamedTuple):
    """A line's reference and its printed cells by the name of the column."""

    reference: str
    cells: Mapping[str, str]


class ReadPaper(NamedTuple):
    """What a paper prints: its SHA-256, its lines, and its areas, whose reference is their name.

    `conditions` are those that it lists by number, whose reference it is; earlier papers have them in their
    lines.
    """

    sha256: str
    lines: tuple[IssuedLine, ...]
    areas: tuple[IssuedLine, ...]
    conditions: tuple[IssuedLine, ...] = ()


def is_same_text(found: str, wanted: str) -> bool:
    """Whether a printed text is the stored one; a cut text need only begin alike.

    Spaces and ".00" do not count, nor does what no page shows, such as a soft hyphen, or whether an accent
    is one with its letter.
    """
    if wanted == SHAPED:
        return True
    plain = (normalize("NFC", without_invisible(text)).translate(LIGATURES) for text in (found, wanted))
    both = ("".join(text.split()) for text in plain)
    printed, stored = map(without_noughts, both)
    for mark in CUT_MARKS:
        start, cut, _ = printed.partition(mark)
        if cut and stored.startswith(start):
            return True
    return printed == stored


def from_xlsx(line: Stored, *, priced: bool, numbers: Mapping[str, int] | None = None) -> dict[str, str]:
    """Return a stored line as its workbook's cells show it, its conditions by number where there are any."""
    listed = conditions_of(line)
    place = str(line["place"])
    texts = ("reference", "organisation", "number", "project", "area", "outcome", "reason")
    return {
        **{name: clean(str(line[name])) for name in texts},
        "crime type": clean(str(line["crime_type"])),
        "conditions": numbers_in_words(listed, numbers) if numbers else clean(in_one_cell(listed)),
        "requested": str(line["requested"]),
        "recommended": str(line["recommended"] or ""),
        "awarded": str(line["awarded"] or ""),
        "score": str(line["price"] or "") if priced else str(line["score"]),
        "place": place,
    }


def as_earlier(line: Stored) -> dict[str, str]:
    """Return the cells of a stored line that earlier workbooks joined in another way."""
    return {"conditions": clean("; ".join(_list(line["conditions"])))}


def from_pdf(line: Stored, *, priced: bool, numbers: Mapping[str, int] | None = None) -> dict[str, str]:
    """Return a stored line as its PDF's columns show it, its conditions by number where there are any."""
    listed = conditions_of(line)
    conditions = numbers_in_words(listed, numbers) if numbers else "; ".join(listed)
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
        "place": money.place_with_rule(
            int(str(line["place"])), tied=bool(line["tied"]), by=str(by) if by else None
        ),
        "outcome": _printed(str(line["outcome"]), *([str(line["award"])] if "award" in line else [])),
        "reason": _printed(str(line["reason"]) or NONE_GIVEN, told),
    }


def conditions_of(line: Stored) -> list[str]:
    """Return the conditions of a stored line."""
    return _list(line["conditions"])


def listed_condition(number: int, text: str, *, is_pdf: bool) -> IssuedLine:
    """Return a stored condition as a paper lists it."""
    return IssuedLine(str(number), {"condition": _printed(text) if is_pdf else clean(text)})


def area_from_xlsx(area: Stored, *, has_awards: bool) -> dict[str, str]:
    """Return a stored area as the sheet Areas shows it; earlier ones have pot and tolerance in one sum."""
    is_earlier = _is_earlier(area)
    names = AREA_MONEY if is_earlier else (*(n for n in AREA_MONEY if n != "available"), *ENDS)
    told = {name: str(area[ENDS.get(name) or f"{name.replace('-', '_')}_pence"]) for name in names}
    last = {"remaining": money.plain_pounds(_remaining(area))}
    return {
        **told,
        "area": clean(str(area["area"])),
        "awarded": told["awarded"] if has_awards else "",
        "lines": str(area["lines"]),
        **(last if is_earlier else {"who allows it": clean(str(area["over_words"]))}),
    }


def area_from_pdf(area: Stored, *, has_awards: bool) -> dict[str, str]:
    """Return a stored area as its subtotal shows it."""
    return {
        "area": _printed(str(area["area"])),
        "lines": counted(int(str(area["lines"])), "line"),
        "requested": _pounds(area["requested_pence"]),
        "recommended": _pounds(area["recommended_pence"]),
        "awarded": _pounds(area["awarded_pence"]) if has_awards else NONE_GIVEN,
        "remaining": _end_words(area),
    }


def all_areas(areas: Sequence[Stored]) -> Stored:
    """Return the sums of stored areas, under the name that the workbook gives them."""
    keys = [f"{name.replace('-', '_')}_pence" for name in AREA_MONEY]
    if not any(map(_is_earlier, areas)):
        keys += ENDS.values()
    sums = {key: money.plain_pounds(sum(_pence(area[key]) for area in areas)) for key in keys}
    alone = areas[0].get("over_words", "") if len(areas) == 1 else ""
    lines = sum(int(str(area["lines"])) for area in areas)
    return {"area": "All areas", "lines": lines, "over_words": alone, **sums}


def _is_earlier(area: Stored) -> bool:
    """Whether an area was stored when pot and tolerance were shown as one sum."""
    return "left_pence" not in area


def _end_words(area: Stored) -> str:
    if _is_earlier(area):
        return f"Left: {money.pounds(_remaining(area))}"
    return end_words(left_pence=_pence(area["left_pence"]), over_pence=_pence(area["over_pence"]))


def _remaining(area: Stored) -> int:
    return _pence(area["available_pence"]) - _pence(area["recommended_pence"])


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _pounds(value: object) -> str:
    if value is None:
        return NONE_GIVEN
    return money.pounds(_pence(value))


def _pence(value: object) -> int:
    return int(str(value).replace(".", ""))


def _printed(*texts: str) -> str:
    """Return texts that share a cell as they can be read back, `SHAPED` when they cannot."""
    if any(map(is_shaped, texts)):
        return SHAPED
    return " ".join(map(printable, texts))
