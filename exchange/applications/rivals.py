"""Columns of one table that could each hold the same field: which is taken, and which others there are."""

import re
from collections.abc import Iterator, Sequence

from exchange.applications.chooser import Choice, fits
from exchange.applications.column_options import ColumnValues, bare_words
from exchange.applications.fields import is_blank, read_pence
from exchange.applications.heading_rows import asked_fields
from exchange.applications.headings import WORDS
from exchange.applications.table import Heading
from exchange.reading.sheets import Cell
from scoring.written.text import readable

AMOUNT = "amount_requested"
_YEAR = re.compile(r"\b(?:year|yr|y)\s?\d\b|\b20\d\d\s?[-/–]\s?(?:20)?\d\d\b", re.IGNORECASE)
"""A heading of one year of a grant: "Year 2 (£)", "2027/28"."""
_TOTAL = WORDS["of the whole"]
_CHANGED, _AMOUNTS = WORDS["of a change"], WORDS["of an amount"]
_WITHOUT_RIVALS = frozenset({"summary", "need", "outcomes", "contact_name", "address"})
"""Fields told in words, of which each column is an answer of its own, and those put together of columns."""
_FEWEST_PARTS = 2


def is_of_year(heading: Heading) -> bool:
    """Whether a heading is of one year of a grant, or of one financial year."""
    return _YEAR.search(heading.parts.text) is not None


def amount_columns(choice: Choice) -> list[Heading]:
    """Return the headings below which amounts stand that could be the amount requested, from the left."""
    return [one for one in choice.found.headings if _may_be_amount(choice, one)]


def _may_be_amount(choice: Choice, heading: Heading) -> bool:
    given = choice.given_to(heading)
    if given is not None:
        return given == AMOUNT
    words = bare_words(heading)
    asks = AMOUNT in asked_fields(heading.parts, choice.options[heading])
    is_part = is_of_year(heading) or (bool(_CHANGED & words) and bool(_AMOUNTS & words))
    if not (asks or is_part) or choice.chosen.get(heading, AMOUNT) != AMOUNT:
        return False
    return choice.values.are_below(heading) and _are_amounts(choice.values.first(heading))


def _are_amounts(values: Sequence[Cell]) -> bool:
    read = sum(readable(read_pence, value) is not None for value in values)
    return 2 * read > len(values)


def whole_amount(choice: Choice) -> Heading | None:
    """Return the column of a total to which the other amounts add up in every row, None without one."""
    columns = amount_columns(choice)
    for total in columns:
        if _TOTAL.isdisjoint(bare_words(total)):
            continue
        others = [one for one in columns if one != total and _TOTAL.isdisjoint(bare_words(one))]
        years = [one for one in others if is_of_year(one)]
        if any(len(parts) >= _FEWEST_PARTS and _add_up(choice, parts, total) for parts in (years, others)):
            return total
    return None


def _add_up(choice: Choice, parts: Sequence[Heading], total: Heading) -> bool:
    """Whether the parts are the total in each row that has one, in one row at least."""
    sums = [
        (sum(readable(read_pence, row[part.at]) or 0 for part in parts), readable(read_pence, row[total.at]))
        for row in choice.values.rows
    ]
    told = [(added, whole) for added, whole in sums if whole is not None]
    return bool(told) and all(added == whole for added, whole in told)


def rivals_of(choice: Choice) -> Iterator[tuple[str, tuple[Heading, ...]]]:
    """Yield the fields for which another column says otherwise than the taken one, each with these columns.

    What an officer or a mapping file chose has no rivals.
    """
    for heading, field in choice.chosen.items():
        if choice.is_given(heading) or field in _WITHOUT_RIVALS:
            continue
        others = amount_columns(choice) if field == AMOUNT else _also_offering(choice, field)
        rivals = tuple(one for one in others if one != heading and _differ(choice.values, heading, one))
        if rivals:
            yield field, rivals


def _also_offering(choice: Choice, field: str) -> Iterator[Heading]:
    """Yield the columns without a field whose heading surely is this field too, and whose values fit."""
    for one in choice.offering(field, sure=True):
        if choice.values.are_below(one) and fits(choice, one, field):
            yield one


def _differ(values: ColumnValues, taken: Heading, other: Heading) -> bool:
    return any(says_otherwise(row, taken, other) for row in values.rows)


def says_otherwise(row: Sequence[Cell], taken: Heading, other: Heading) -> bool:
    """Whether another column of a row says something else than the taken one.

    Of a year it is another amount, though it is as much.
    """
    one, two = row[taken.at], row[other.at]
    if is_blank(two):
        return False
    said = readable(read_pence, two)
    if is_of_year(other) and said:
        return True
    return one != two and (said is None or readable(read_pence, one) != said)
