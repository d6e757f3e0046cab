"""What values alone say: columns that no heading tells of, and choices that they prove wrong."""

from collections.abc import Sequence
from functools import partial

from exchange.applications.address_lines import is_later_line, may_be_area
from exchange.applications.areas import AreaNames
from exchange.applications.choosing.choice import Choice
from exchange.applications.choosing.column_options import bare_words
from exchange.applications.choosing.fitting import fits, known_areas
from exchange.applications.fields import YES_OR_NO, is_readable, text_of
from exchange.applications.heading_rows import options_of
from exchange.applications.likely.likely_cells import are_references, are_short_titles
from exchange.applications.likely.likely_fields import likely_fields
from exchange.applications.likely.looks import look_of
from exchange.applications.name_halves import name_half
from exchange.applications.table import Heading
from exchange.reading.sheets import Cell
from models.values.application_fields import FIELDS

_OF_FEW_WORDS, _ENOUGH = frozenset({"beneficiaries", *YES_OR_NO}), 3
_FEWEST_ANSWERS = 2
_TELLING = frozenset({"summary", "summarise", "describe", "description", "about", "details"})


def column_of_areas(choice: Choice) -> Heading | None:
    """Return the leftmost column that mostly holds areas known here, whatever its heading: "Ward"."""
    filled = filter(choice.values.are_below, choice.unknown())
    return next((heading for heading in filled if fits(choice, heading, "area")), None)


def column_of_references(choice: Choice) -> Heading | None:
    """Return the leftmost column whose values number the applications, though it may be a tool's own."""
    return next((one for one in choice.undecided() if _number_rows(choice.values.first(one))), None)


def let_go_of_words(choice: Choice) -> None:
    """Leave a question for a figure or a yes, most of whose answers are words, among the answers."""
    for heading, field in tuple(choice.chosen.items()):
        if field in _OF_FEW_WORDS and not choice.is_given(heading):
            values = choice.values.first(heading)
            is_box = len(set(map(text_of, values))) < _FEWEST_ANSWERS  # ticked with its own words
            if len(values) < _ENOUGH or is_box:
                continue
            if 2 * sum(is_readable(field, value) for value in values) < len(values):
                del choice.chosen[heading]


def name_by_summary(choice: Choice) -> None:
    """Take short titles for the project, where they stand under what else would be its summary."""
    heading = choice.heading_of("summary")
    if heading is None or choice.heading_of("project") is not None or choice.given_to(heading):
        return
    is_told = not _TELLING.isdisjoint(bare_words(heading))
    if not is_told and are_short_titles(choice.values.first(heading)):
        choice.chosen[heading] = "project"


def choose_likely(choice: Choice) -> None:
    """Give the fields that are still open to the columns that no rule knows and that are like them."""
    able = (one for one in choice.undecided() if choice.values.are_below(one) and _may_be_any(choice, one))
    columns = {heading: choice.values.first(heading) for heading in able}
    doubted = {heading for heading in columns if choice.options[heading]}
    fields = [field for field in FIELDS if not choice.is_settled(field)]
    known = {heading.column: field for heading, field in choice.chosen.items()}
    hold_areas, can_be = partial(_hold_areas, choice.areas), partial(fits, choice)
    choice.chosen |= likely_fields(columns, fields, doubted, hold_areas, can_be, known)


def _may_be_any(choice: Choice, heading: Heading) -> bool:
    """Whether a heading may be a field of its own: no half of a name, no later line of an address."""
    text = heading.parts.text
    has_address = choice.heading_of("address") is not None
    if name_half(text) or (is_later_line(text) and (has_address or not may_be_area(text))):
        return False
    return bool(choice.options[heading]) or not options_of(heading.parts, {})


def _hold_areas(areas: AreaNames, values: Sequence[Cell]) -> bool:
    """Whether most values are areas that are known here."""
    return areas.has_names and 2 * known_areas(areas, values) > len(values)


def _number_rows(values: list[Cell]) -> bool:
    return look_of(values, "") == "code" and are_references(values)
