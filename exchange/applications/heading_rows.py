"""Find the heading row of a sheet, of one row or of two, and say what stands in each column."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from msgspec import Struct

from exchange.applications.headings import (
    GROUP_HEADINGS,
    MERE_RESPONSE,
    SUBHEADINGS,
    Option,
    collapsed,
    subjects,
    words_of,
)
from exchange.applications.likeness import alike, look_of
from exchange.applications.matching import LONGEST_HEADING, options
from exchange.cells.values import cell_text
from exchange.reading.sheets import Cell, SheetTable
from scoring.written.amounts import is_a_unit

_TOTAL = re.compile(
    r"(?:grand|overall|running|page|column|fund|round|area|npu|final|combined|the)?[\s-]*"
    r"(?:sub[\s-]*)?(?:totals?|sum|average|mean|median|count|minimum|maximum|min|max|balance|remaining"
    r"|remainder)"
    r"(?:\s*(?:requested|request|requests|amounts?|asked|applied|applications?|responses?|submissions?|entries"
    r"|cost|costs|bids?|of all"
    r"|of|for|in|to date|so far|funding|pot|budget|available|carried forward|brought forward|all"
    r"|the)\b.{0,40})?"
    r"\s*(?:\(.{0,40}\))?\s*[:=.]?"
    r"(?:\s*£?[\d,.]+)?"
    r"|.{1,40}\b(?:sub[\s-]?totals?|totals?)\s*[:=.]?"
    r"|(?:number|no\.?|count) of (?:applications|bids|projects|organisations|responses|submissions|entries)\b"
    r".{0,20}"
    r"|\d+ (?:applications?|bids?|projects?|organisations?|responses?|submissions?|entry|entries|records?)"
    r"|(?:budget|pot|fund|funding|money|amount|total)?\s*(?:available|remaining|left|budget|pot"
    r"|carried forward|brought forward|unallocated|difference|variance|shortfall|surplus"
    r"|deficit|awarded|approved|committed|spent|over[\s/-]*under(?:spend)?)\s*[:=.]?",
    re.IGNORECASE | re.DOTALL,
)
LONG_FOR_A_NAME = 100


def is_label(text: str) -> bool:
    """Say whether a text is the label of a row of totals, "Grand total" or "Coventry subtotal"."""
    return len(text) <= LONG_FOR_A_NAME and bool(_TOTAL.fullmatch(collapsed(text)))


_SEARCHED_ROWS, _SEARCHED_CELLS, _FEWEST_ROWS = 300, 12_000, 30
_FIGURE = re.compile(r"\d")
_YEAR_OR_DATE = re.compile(r"\d{4}|\d/\d")
_MOST_COVERED = 0.6
_SHORT = 60
_FEW, LOOKED_BELOW = 3, 15
_NO_HEADINGS = frozenset({"email", "phone", "postcode", "money", "url"})
_OF_VALUES = _NO_HEADINGS | {"digits", "charity", "company", "day", "count", "yesno"}
"""Looks of values: of some there are headings too, "2026" and "Yes"."""

Row = Sequence[Cell]


class Parts(Struct, frozen=True):
    """What stands over a column: `upper` is "" for a heading of one row."""

    upper: str
    lower: str

    @property
    def text(self) -> str:
        """Return the heading as one text: "upper – lower", without a mere "Response"."""
        return _as_one(self.upper, self.lower)


@lru_cache(maxsize=8192)
def _as_one(upper: str, lower: str) -> str:
    """Return the two texts as one; remembered, as each field asks it of each heading."""
    upper, lower = collapsed(upper), collapsed(lower)
    if not upper or upper == lower:
        return lower
    return upper if not lower or lower.casefold() == "response" else f"{upper} – {lower}"


class HeadingRows(Struct, frozen=True):
    """The heading of a table; `row` is its lower row, counted from 1."""

    row: int
    parts: tuple[Parts, ...]


def searched_rows(table: SheetTable) -> int:
    """Return in how many rows a heading is sought: in fewer of a very wide sheet; each cell is weighed."""
    width = max(map(len, table.rows), default=0)
    return max(_FEWEST_ROWS, min(_SEARCHED_ROWS, _SEARCHED_CELLS // max(width, 1)))


def find_headings(table: SheetTable, mapping: Mapping[str, str]) -> HeadingRows | None:
    """Return the first heading with a column for the organisation and one for the amount, or None."""
    for index in range(min(len(table.rows), searched_rows(table))):
        found = _heading_at(table, index, mapping)
        if found and not _is_of_values(table.rows[found.row - 1], _known_columns(found, mapping)):
            return _richer_below(table, found, mapping) or found
    return None


def asked_fields(part: Parts, offered: Sequence[Option]) -> Set[str]:
    """Return the fields that a heading asks for, by rules or by what it is like."""
    return {option.field for option in offered} | subjects(part.text) | alike(part.text)


def values_in(row: Row, looks: Set[str] = _OF_VALUES) -> int:
    """Count the cells of a row that are as what stands below headings, "a@b.example" or "£4,500"."""
    return sum(look_of([cell], "") in looks for cell in row if cell is not None)


def _is_of_values(row: Row, known: int) -> bool:
    """Say whether a row holds values, though as many as are `known` have the words of headings."""
    return values_in(row, _NO_HEADINGS) > 1 or values_in(row) > known


def may_be_organisation(part: Parts, offered: Sequence[Option]) -> bool:
    return "organisation" in asked_fields(part, offered)


def names_something(heading: str) -> bool:
    """Say whether a heading is "Name" and nothing more: whose, the other columns tell."""
    return frozenset(words_of(heading)) == {"name"}


def _richer_below(table: SheetTable, first: HeadingRows, mapping: Mapping[str, str]) -> HeadingRows | None:
    """Return a heading soon below one of few columns that knows more: the first is a line of particulars."""
    known = _known_columns(first, mapping)
    if known > _FEW:
        return None
    for index in range(first.row, min(len(table.rows), first.row + LOOKED_BELOW)):
        found = _heading_at(table, index, mapping)
        if found and _known_columns(found, mapping) > known:
            return found
    return None


def _known_columns(found: HeadingRows, mapping: Mapping[str, str]) -> int:
    return sum(bool(options_of(part, mapping)) for part in found.parts)


def given_option(text: str, mapping: Mapping[str, str]) -> str | None:
    """Return what a mapping file says of a heading, which it may write in any case."""
    if not mapping:
        return None
    said = mapping.get(text)
    return said if said is not None else mapping.get(text.casefold())


def _heading_at(table: SheetTable, index: int, mapping: Mapping[str, str]) -> HeadingRows | None:
    row = table.rows[index]
    if sum(isinstance(cell, str) and not cell.isspace() for cell in row) < 2:
        return None
    single = tuple(Parts("", shown_text(cell)) for cell in row)
    if _has_table(single, mapping):
        if below := lower_row(table, index):
            return HeadingRows(index + 2, below)
        above = _pair(table, index - 1) if index else None
        if above and _is_upper_row(table, index - 1, above):
            return HeadingRows(index + 1, above)
        return HeadingRows(index + 1, single)
    below = _pair(table, index)
    if below and _all_text(row) and _all_text(table.rows[index + 1]) and _has_table(below, mapping):
        lower = tuple(Parts("", shown_text(cell)) for cell in table.rows[index + 1])
        return None if _has_table(lower, mapping) else HeadingRows(index + 2, below)
    return None


def _has_table(parts: Sequence[Parts], mapping: Mapping[str, str]) -> bool:
    return has_both([{option.field for option in options_of(part, mapping)} for part in parts])


def has_both(fields: Sequence[Set[str]]) -> bool:
    """Say whether, by what each column asks, one can be the organisation and another the amount."""
    organisations = {column for column, found in enumerate(fields) if "organisation" in found}
    amounts = {column for column, found in enumerate(fields) if "amount_requested" in found}
    return bool(organisations and amounts and len(organisations | amounts) > 1)


def options_of(parts: Parts, mapping: Mapping[str, str]) -> tuple[Option, ...]:
    """Return the fields a heading can be: the mapping file's word first, else by its words."""
    given = given_option(parts.text, mapping)
    if given is not None:
        return (Option(given, sure=True),)
    return options(parts.upper, parts.lower)


def _pair(table: SheetTable, index: int) -> tuple[Parts, ...] | None:
    """Return two rows read as one heading, the upper texts spread over the columns they head."""
    if not 0 <= index < len(table.rows) - 1:
        return None
    lower = [shown_text(cell) for cell in table.rows[index + 1]]
    upper = _spread([shown_text(cell) for cell in table.rows[index]], lower, _spans(table, index))
    return tuple(map(Parts, upper, lower))


def _spread(upper: list[str], lower: list[str], spans: list[tuple[int, int]]) -> list[str]:
    """Fill the blanks right of a group's heading: by merged cells, else while there are lower headings."""
    filled = list(upper)
    for left, right in spans:
        filled[left - 1 : right] = [upper[left - 1]] * (right - left + 1)
    if spans:
        return filled
    for column in range(1, len(filled)):
        group = filled[column - 1]
        continues = not upper[column] and lower[column] and lower[column - 1]
        if continues and group and lower[column - 1].casefold() not in MERE_RESPONSE:
            filled[column] = group
    return filled


def _spans(table: SheetTable, index: int) -> list[tuple[int, int]]:
    """Return the merged cells of a row that reach over several columns, as columns from 1."""
    return [
        (left, right)
        for top, left, bottom, right in table.merges
        if top <= index + 1 <= bottom and right > left
    ]


def lower_row(table: SheetTable, index: int) -> tuple[Parts, ...] | None:
    """Return a heading with the row below it, where that is its second row and no application."""
    below = _pair(table, index)
    return below if below and _is_lower_row(table.rows[index], table.rows[index + 1], below) else None


def _is_lower_row(upper: Row, lower: Row, parts: Sequence[Parts]) -> bool:
    """Say whether the row below a heading is its second row and not the first application."""
    if not _all_text(lower):
        return False
    own = [part for part in parts if part.lower and part.lower != part.upper]
    if all(is_a_unit(part.lower) for part in own):
        return True
    if any(part.lower.casefold().strip() in MERE_RESPONSE for part in own):
        return not any(part.lower.replace(",", "").replace("£", "").strip().isdecimal() for part in own)
    beneath = [
        part
        for part, cell in zip(parts, upper, strict=True)
        if part.lower and shown_text(cell) == "" and part.upper
    ]
    texts = [part.lower for part in own if len(part.lower) <= _SHORT]
    known = [text for text in texts if options("", text) or SUBHEADINGS & set(words_of(text))]
    return (
        bool(beneath) and 2 * len(known) >= len(own) and not any(_FIGURE.search(part.lower) for part in own)
    )


def is_heading(row: Row) -> bool:
    """Say whether a row reads as a heading: texts alone, most of them what columns are called."""
    texts = [shown_text(cell) for cell in row if cell is not None]
    if not _all_text(row) or any(_FIGURE.search(text) or len(text) > _SHORT for text in texts):
        return False
    known = sum(bool(options("", text)) for text in texts)
    return known > 1 and 2 * known >= len(texts)


def names_organisation(cell: Cell) -> bool:
    return any(option.field == "organisation" for option in options("", shown_text(cell)))


def _is_upper_row(table: SheetTable, index: int, parts: Sequence[Parts]) -> bool:
    """Say whether the row above a heading names groups of its columns and is not a title or a note."""
    row = table.rows[index]
    texts = {text for cell in row if (text := shown_text(cell))}
    if _all_text(row) and any(part.upper and part.lower.casefold() in MERE_RESPONSE for part in parts):
        return True
    if (
        len(texts) < 2
        or not _all_text(row)
        or any(_YEAR_OR_DATE.search(text) or len(text) > _SHORT for text in texts)
    ):
        return False
    if any(GROUP_HEADINGS.isdisjoint(words_of(text)) and len(text.split()) > 3 for text in texts):
        return False
    headed = [part for part in parts if part.lower]
    if _spans(table, index) or any(part.upper == part.lower for part in headed):
        return sum(bool(part.upper) for part in headed) >= _MOST_COVERED * len(headed)
    said = ({*words_of(text), *text.casefold().replace(":", " ").split()} for text in texts)
    return not any(map(GROUP_HEADINGS.isdisjoint, said))


def _all_text(row: Row) -> bool:
    filled = [cell for cell in row if cell is not None]
    return bool(filled) and all(isinstance(cell, str) for cell in filled)


def shown_text(cell: Cell) -> str:
    """Return a cell's text as a heading has it."""
    if isinstance(cell, str) and len(cell) > LONGEST_HEADING * 4:
        return cell.strip()
    return cell_text(cell)
