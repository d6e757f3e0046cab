"""How far the choosing has come: which fields have a column, and which columns are open to the others."""

from collections.abc import Iterator, Mapping

from exchange.applications.areas import AreaNames
from exchange.applications.choosing.column_options import all_options
from exchange.applications.choosing.column_values import ColumnValues
from exchange.applications.heading_rows import given_option, options_of
from exchange.applications.loose_rules import subjects
from exchange.applications.matching import Option
from exchange.applications.table import FoundTable, Heading
from models.values.round_line import FORCE_WIDE


class Choice:
    """The columns of a table while they are chosen.

    `chosen` is the field of each heading that has one, `reserved` a heading that is kept for a later field.
    `values` are those of all rows, and once the organisation is known of the rows that name one.
    """

    def __init__(self, found: FoundTable, mapping: Mapping[str, str], areas: AreaNames) -> None:
        self.found = found
        self.areas = areas
        self.chosen: dict[Heading, str] = {}
        self.reserved: Heading | None = None
        self.values = ColumnValues(found.rows)
        self._mapping = mapping
        self.options = all_options(found, frozenset(filter(self.is_given, found.headings)))

    def given_to(self, heading: Heading) -> str | None:
        """Return the field that a mapping gives a heading, "answers" where it shall stay one, or None."""
        own = given_option(heading.text, self._mapping)
        return own if own is not None else given_option(heading.parts.text, self._mapping)

    def is_given(self, heading: Heading) -> bool:
        """Say whether a mapping says what a heading is."""
        return self.given_to(heading) is not None

    def heading_of(self, wanted: str) -> Heading | None:
        """Return the first heading that was chosen for a field, or None."""
        return next((heading for heading, field in self.chosen.items() if field == wanted), None)

    def free(self) -> Iterator[Heading]:
        """Return the headings that have no field yet, from the left."""
        return (one for one in self.found.headings if one not in self.chosen and one is not self.reserved)

    def given(self, field: str) -> list[Heading]:
        """Return the free headings that a mapping gives a field."""
        return [heading for heading in self.free() if self.given_to(heading) == field]

    def undecided(self) -> Iterator[Heading]:
        """Return the free headings of which a mapping says nothing."""
        return (heading for heading in self.free() if not self.is_given(heading))

    def unknown(self) -> Iterator[Heading]:
        """Return the undecided headings that no rule knows."""
        return (heading for heading in self.undecided() if not options_of(heading.parts, {}))

    def offering(self, field: str, *, sure: bool) -> list[Heading]:
        """Return the undecided headings that are surely, or may be, a field."""
        return [heading for heading in self.undecided() if Option(field, sure) in self.options[heading]]

    def about(self, field: str) -> list[Heading]:
        """Return the headings that no rule knows but that ask about a field."""
        return [heading for heading in self.unknown() if field in subjects(heading.parts.text)]

    def possible(self, field: str) -> list[Heading]:
        """Return every heading that can be a field, the surest first."""
        offering = (*self.offering(field, sure=True), *self.offering(field, sure=False))
        return [*self.given(field), *offering, *self.about(field)]

    def is_settled(self, field: str) -> bool:
        """Whether a field needs no column any more.

        Where the one area is the whole force a column of places is only an answer.
        """
        whole = field == "area" and self.areas.order == (FORCE_WIDE,) and not self.given("area")
        return whole or field in self.chosen.values()
