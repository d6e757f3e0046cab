"""Which column of a table holds which field of an application, and which are kept as answers."""

from collections.abc import Mapping

from msgspec import Struct

from exchange.applications.areas import AreaNames
from exchange.applications.choosing.choice import Choice
from exchange.applications.choosing.chooser import choose
from exchange.applications.likely.told_by_values import is_told_by_values
from exchange.applications.table import FoundTable, Heading

KEEP = "answers"
"""What a mapping file says of a heading that is to stay an answer."""


class Columns(Struct, frozen=True):
    """Which heading holds which field; the others are kept as answers, in the order of the sheet.

    A field has one heading, but for a contact whose first and last name stand in two columns. `to_check` are
    the headings whose field only their values told.
    """

    mapped: tuple[tuple[Heading, str], ...]
    answers: tuple[Heading, ...]
    unused: tuple[str, ...] = ()
    to_check: tuple[Heading, ...] = ()

    def of(self, field: str) -> Heading | None:
        """Return the heading of a field, or None."""
        return next((heading for heading, known in self.mapped if known == field), None)


def map_headings(
    found: FoundTable, mapping: Mapping[str, str] | None = None, areas: AreaNames | None = None
) -> Columns:
    """Return the columns of a table: as the mapping file says, then by sure headings, then by likely ones.

    Of two headings for one field the leftmost that is not empty is mapped. `unused` names the headings of the
    mapping file that the table does not have.
    """
    known = {heading.casefold(): field for heading, field in (mapping or {}).items()}
    choice = Choice(found, known, areas or AreaNames(()))
    choose(choice)
    chosen = choice.chosen
    mapped = tuple((heading, chosen[heading]) for heading in found.headings if heading in chosen)
    answers = tuple(heading for heading in found.headings if heading not in chosen)
    present = {
        form
        for heading in found.headings
        for form in (heading.text.casefold(), heading.parts.text.casefold())
    }
    unused = tuple(heading for heading in mapping or () if heading.casefold() not in present)
    to_check = (one for one, field in mapped if not choice.is_given(one) and is_told_by_values(one, field))
    return Columns(mapped, answers, unused, tuple(to_check))
