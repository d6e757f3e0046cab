"""Whether the values of a column can be a field, and which of several columns in doubt is it."""

from collections.abc import Iterable, Sequence

from exchange.applications.areas import AreaNames
from exchange.applications.choosing.choice import Choice
from exchange.applications.choosing.column_options import bare_words, rules_out
from exchange.applications.fields import read_pence, text_of
from exchange.applications.likely.likely_cells import are_all_one, are_repeated, is_likely
from exchange.applications.likely.likeness import judged
from exchange.applications.likely.looks import look_of, weight_of_look
from exchange.applications.table import Heading
from exchange.reading.sheets import Cell
from models.values.application_fields import FIELDS
from scoring.written.text import Unreadable

TOLD = frozenset({"summary", "need", "outcomes"})
"""Fields that each applicant tells in words of its own."""

_MUCH_MORE, _LIKELY = 4.0, 6.0
"""By how much another field must be likelier for a heading in doubt, and how likely it must be."""
_TOTAL = frozenset({"total"})


def likeliest(choice: Choice, headings: Iterable[Heading], field: str) -> Heading | None:
    """Return the leftmost of the headings in doubt under which most values can be read as the field."""
    fitting = (one for one in headings if choice.values.are_below(one) and fits(choice, one, field))
    return next((one for one in fitting if not _is_rather_another(choice, one, field)), None)


def fits(choice: Choice, heading: Heading, field: str) -> bool:
    """Say whether at least half of the first values of a column can be read as a field."""
    values = choice.values.first(heading)
    if field == "area":
        return 2 * known_areas(choice.areas, values) >= len(values)
    if rules_out(heading, field) or (field == "reference" and are_repeated(values)):
        return False
    if field in TOLD and are_all_one(values):
        return False
    if field == "total_cost" and bare_words(heading) == _TOTAL:
        return _covers_the_amount(choice, heading)
    return 2 * sum(is_likely(field, value) for value in values) >= len(values)


def known_areas(areas: AreaNames, values: Sequence[Cell]) -> int:
    """Return how many values are areas that are known here."""
    return sum(areas.match(text_of(value))[1] for value in values)


def _is_rather_another(choice: Choice, heading: Heading, field: str) -> bool:
    """Whether words and values of a heading in doubt are much more those of another open field."""
    if field == "area":
        return False
    look = look_of(choice.values.first(heading), heading.parts.lower)
    words = judged(heading.parts.text)
    open_to = {*FIELDS} - {*choice.chosen.values()} | {field}
    weights = {name: words[name] + weight_of_look(name, look) for name in open_to}
    return max(weights.values()) - weights[field] > _MUCH_MORE and max(weights.values()) > _LIKELY


def _covers_the_amount(choice: Choice, heading: Heading) -> bool:
    """Say whether a column is mostly no less than the amount requested, as the whole cost is."""
    amount = choice.heading_of("amount_requested")
    if amount is None:
        return False
    pairs = ((_pence(one), _pence(other)) for one, other in choice.values.pairs(heading, amount))
    known = [(total, asked) for total, asked in pairs if total and asked]
    return bool(known) and 2 * sum(total >= asked for total, asked in known) > len(known)


def _pence(cell: Cell) -> int:
    try:
        return read_pence(cell) or 0
    except Unreadable:
        return 0
