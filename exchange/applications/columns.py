"""Decide which column holds which field, from headings and, where these leave doubt, from values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from exchange.applications.address_lines import is_later_line, lines_of, may_be_area
from exchange.applications.areas import AreaNames
from exchange.applications.column_options import (
    all_options,
    bare_words,
    is_of_sign_in,
    likeliest_first,
    rules_out,
)
from exchange.applications.fields import YES_OR_NO, is_blank, is_readable, read_pence, text_of
from exchange.applications.heading_rows import given_option, options_of
from exchange.applications.labels import is_label
from exchange.applications.likely.both_registers import asks_both_registers
from exchange.applications.likely.likely_cells import (
    are_all_one,
    are_references,
    are_repeated,
    are_short_titles,
    are_titles,
    is_likely,
    is_one_for_all,
)
from exchange.applications.likely.likely_fields import likely_fields
from exchange.applications.likely.likeness import judged
from exchange.applications.likely.looks import look_of, weight_of_look
from exchange.applications.likely.told_by_values import is_told_by_values
from exchange.applications.loose_rules import subjects
from exchange.applications.matching import Option
from exchange.applications.name_halves import name_half, pair_of
from exchange.applications.table import FoundTable, Heading
from exchange.reading.sheets import Cell
from models.values.application_fields import FIELDS
from models.values.round_line import FORCE_WIDE
from scoring.written.text import Unreadable

KEEP = "answers"
"""What a mapping file says of a heading that is to stay an answer."""

_NOBODY, _TRIED = "anonymous", 200
_SURE = "organisation", "amount_requested"
_OF_FEW_WORDS, _ENOUGH = frozenset({"beneficiaries", *YES_OR_NO}), 3
_FEWEST_ANSWERS = 2
_TOLD = frozenset({"summary", "need", "outcomes"})
_MUCH_MORE, _LIKELY = 4.0, 6.0
"""By how much another field must be likelier for a heading in doubt, and how likely it must be."""
_TELLING = frozenset({"summary", "summarise", "describe", "description", "about", "details"})


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
    chooser = _Chooser(found, known, areas or AreaNames(()))
    chosen = chooser.choose()
    mapped = tuple((heading, chosen[heading]) for heading in found.headings if heading in chosen)
    answers = tuple(heading for heading in found.headings if heading not in chosen)
    present = {
        form
        for heading in found.headings
        for form in (heading.text.casefold(), heading.parts.text.casefold())
    }
    unused = tuple(heading for heading in mapping or () if heading.casefold() not in present)
    to_check = (h for h, field in mapped if not chooser.is_given(h) and is_told_by_values(h, field))
    return Columns(mapped, answers, unused, tuple(to_check))


class _Chooser:
    """Gives each field its column."""

    def __init__(self, found: FoundTable, mapping: Mapping[str, str], areas: AreaNames) -> None:
        self._found = found
        self._mapping = mapping
        self._areas = areas
        self._chosen: dict[Heading, str] = {}
        self._rows: Sequence[Sequence[Cell]] = found.rows
        self._reserved: Heading | None = None
        self._options = all_options(found, frozenset(filter(self.is_given, found.headings)))

    def is_given(self, heading: Heading) -> bool:
        """Say whether a mapping says what a heading is."""
        return self._given_to(heading) is not None

    def choose(self) -> dict[Heading, str]:
        """Return the fields of headings: given, sure, then possible."""
        self._reserved = self._only_amount()
        self._choose_field("organisation")
        self._reserved = None
        self._rows = self._rows_with_organisation() or self._found.rows
        for field in ("amount_requested", *FIELDS):
            if field == "contact_name":
                self._join_name()
            self._choose_field(field)
        self._join_address()
        self._let_go_of_words()
        self._name_by_summary()
        self._choose_both_registers()
        self._choose_likely()
        self._join_address()
        return self._chosen

    def _choose_field(self, field: str) -> None:
        if field in self._chosen.values() or (field == "area" and self._is_settled_area()):
            return
        given, sure = self._given(field), self._offering(field, sure=True)
        if field == "reference":
            sure = [heading for heading in sure if not is_one_for_all(list(self._values(heading)))]
        strong = [heading for heading in sure if not self._is_weak(heading, field)]
        heading = (
            self._leftmost(given)
            or next(filter(self._is_filled, likeliest_first(field, strong)), None)
            or self._likeliest(likeliest_first(field, self._offering(field, sure=False)), field)
            or self._likeliest(self._about(field), field)
            or self._leftmost([heading for heading in sure if not self._names_nobody(heading)])
            or self._last_resort(field)
            or (self._of_areas() if field == "area" else None)
            or (self._of_references() if field == "reference" else None)
        )
        if heading:
            self._chosen[heading] = field

    def _is_weak(self, heading: Heading, field: str) -> bool:
        """Whether a heading that is surely a field gives way to any other that may be it.

        So do long texts to a title, what all say alike to what each tells, and to an address that everybody
        was asked for that of signing in.
        """
        if field == "email":
            return is_of_sign_in(heading, self._found) and self._is_asked_of_all(heading)
        values = self._tried(heading)
        if field in _TOLD:
            return are_all_one(values)
        return field == "project" and not are_titles(values)

    def _is_asked_of_all(self, heading: Heading) -> bool:
        """Whether another e-mail address stands wherever this one does: else some had none at all."""
        sure, likely = (self._offering("email", sure=is_sure) for is_sure in (True, False))
        others = (one for one in (*sure, *likely, *self._about("email")) if one != heading)
        filled = self._count(heading)
        return any(self._count(one) >= filled for one in others)

    def _let_go_of_words(self) -> None:
        """Leave a question for a figure or a yes, most of whose answers are words, among the answers."""
        for heading, field in tuple(self._chosen.items()):
            if field in _OF_FEW_WORDS and self._given_to(heading) is None:
                values = self._tried(heading)
                is_box = len(set(map(text_of, values))) < _FEWEST_ANSWERS  # ticked with its own words
                if len(values) < _ENOUGH or is_box:
                    continue
                if 2 * sum(is_readable(field, value) for value in values) < len(values):
                    del self._chosen[heading]

    def _name_by_summary(self) -> None:
        """Take short titles for the project, where they stand under what else would be its summary."""
        heading = self._heading_of("summary")
        if heading is None or self._heading_of("project") is not None or self._given_to(heading):
            return
        is_told = not _TELLING.isdisjoint(bare_words(heading))
        if not is_told and are_short_titles(self._tried(heading)):
            self._chosen[heading] = "project"

    def _choose_likely(self) -> None:
        """Give the fields that are still open to the columns that no rule knows and that are like them."""
        texts = {heading: heading.parts.text for heading in self._free()}
        has_address = self._heading_of("address") is not None
        columns = {
            heading: self._tried(heading)
            for heading, text in texts.items()
            if self._given_to(heading) is None
            and self._is_filled(heading)
            and not (name_half(text) or (is_later_line(text) and (has_address or not may_be_area(text))))
            and (self._options[heading] or not options_of(heading.parts, {}))
        }
        doubted = {heading for heading in columns if self._options[heading]}
        idle = {*self._chosen.values(), "area" if self._is_settled_area() else ""}
        fields = [field for field in FIELDS if field not in idle]
        known = {heading.column: field for heading, field in self._chosen.items()}
        self._chosen |= likely_fields(columns, fields, doubted, self._holds_areas, self._fits, known)

    def _is_settled_area(self) -> bool:
        """Whether the one area is the whole force: a column of places is then only an answer."""
        return self._areas.order == (FORCE_WIDE,) and not self._given("area")

    def _choose_both_registers(self) -> None:
        """Give one column of charity and company numbers to the first; each row goes by its own number."""
        both = [h for h in self._free() if self._is_filled(h) and asks_both_registers(h.parts.text)]
        filled = [h for h in both if self._given_to(h) is None]
        if filled and not {"charity_number", "company_number"} & {*self._chosen.values()}:
            self._chosen[filled[0]] = "charity_number"

    def _holds_areas(self, values: Sequence[Cell]) -> bool:
        """Say whether most values are areas that are known here."""
        known = sum(self._areas.match(text_of(value))[1] for value in values)
        return self._areas.has_names and 2 * known > len(values)

    def _join_name(self) -> None:
        """Make one contact of a first and a last name, where no column surely has the whole name."""
        whole = (*self._given("contact_name"), *self._offering("contact_name", sure=True))
        if any(self._is_filled(heading) and name_half(heading.parts.text) is None for heading in whole):
            return
        able = [
            heading
            for heading in self._free()
            if self._given_to(heading) in (None, "contact_name") and self._is_filled(heading)
        ]
        if pair := pair_of([heading.parts.text for heading in able]):
            self._chosen |= dict.fromkeys((able[index] for index in pair), "contact_name")

    def _join_address(self) -> None:
        """Make one address of its lines, where they stand in columns side by side."""
        headings = self._found.headings
        main = self._heading_of("address")
        texts = [heading.parts.text for heading in headings]
        lines = [headings[at] for at in lines_of(texts, None if main is None else headings.index(main))]
        if not lines or (main is None and self._given_to(lines[0]) not in (None, "address")):
            return
        for heading in lines:
            is_free = heading in self._free() and self._given_to(heading) in (None, "address")
            if is_free and self._is_filled(heading):
                self._chosen[heading] = "address"

    def _given(self, field: str) -> list[Heading]:
        return [heading for heading in self._free() if self._given_to(heading) == field]

    def _given_to(self, heading: Heading) -> str | None:
        own = given_option(heading.text, self._mapping)
        return own if own is not None else given_option(heading.parts.text, self._mapping)

    def _offering(self, field: str, *, sure: bool) -> list[Heading]:
        return [
            heading
            for heading in self._free()
            if self._given_to(heading) is None and Option(field, sure) in self._options[heading]
        ]

    def _about(self, field: str) -> list[Heading]:
        """Return the headings that no rule knows but that ask about a field."""
        return [
            heading
            for heading in self._free()
            if self._given_to(heading) is None
            and not options_of(heading.parts, {})
            and field in subjects(heading.parts.text)
        ]

    def _only_amount(self) -> Heading | None:
        """Return the one heading that can be the amount, which is then not the organisation."""
        able = self._possible("amount_requested")
        return able[0] if len(able) == 1 else None

    def _possible(self, field: str) -> list[Heading]:
        """Return every heading that can be a field, the surest first."""
        offering = (*self._offering(field, sure=True), *self._offering(field, sure=False))
        return [*self._given(field), *offering, *self._about(field)]

    def _free(self) -> Iterable[Heading]:
        return (
            heading
            for heading in self._found.headings
            if heading not in self._chosen and heading is not self._reserved
        )

    def _leftmost(self, headings: Sequence[Heading]) -> Heading | None:
        """Return the leftmost heading that has a value below it, else the leftmost."""
        return next(filter(self._is_filled, headings), headings[0] if headings else None)

    def _likeliest(self, headings: Sequence[Heading], field: str) -> Heading | None:
        """Return the leftmost of the headings in doubt under which most values can be read as the field."""
        fitting = (heading for heading in headings if self._is_filled(heading) and self._fits(heading, field))
        return next((h for h in fitting if not self._is_rather_another(h, field)), None)

    def _is_rather_another(self, heading: Heading, field: str) -> bool:
        """Whether words and values of a heading in doubt are much more those of another open field."""
        if field == "area":
            return False
        look = look_of(self._tried(heading), heading.parts.lower)
        words = judged(heading.parts.text)
        open_to = {*FIELDS} - {*self._chosen.values()} | {field}
        weights = {name: words[name] + weight_of_look(name, look) for name in open_to}
        return max(weights.values()) - weights[field] > _MUCH_MORE and max(weights.values()) > _LIKELY

    def _last_resort(self, field: str) -> Heading | None:
        """Return a heading that may be the organisation or the amount: a table has both."""
        return self._leftmost(self._possible(field)) if field in _SURE else None

    def _names_nobody(self, heading: Heading) -> bool:
        """Whether a form without a sign-in filled a column by itself, with "anonymous" for everybody."""
        values = (row[heading.column - 1] for row in self._rows)
        return {value for value in values if not is_blank(value)} == {_NOBODY}

    def _of_areas(self) -> Heading | None:
        """Return the leftmost column that mostly holds areas known here, whatever its heading: "Ward"."""
        unknown = (h for h in self._free() if self._given_to(h) is None and not options_of(h.parts, {}))
        return next((h for h in unknown if self._is_filled(h) and self._fits(h, "area")), None)

    def _of_references(self) -> Heading | None:
        """Return the leftmost column whose values number the applications, though it may be a tool's own."""
        open_to = (h for h in self._free() if self._given_to(h) is None)
        return next((h for h in open_to if self._numbers_rows(self._tried(h))), None)

    def _numbers_rows(self, values: list[Cell]) -> bool:
        return look_of(values, "") == "code" and are_references(values)

    def _count(self, heading: Heading) -> int:
        return sum(1 for _ in self._values(heading))

    def _tried(self, heading: Heading) -> list[Cell]:
        """Return the first values of a column: enough to tell what it holds."""
        return list(islice(self._values(heading), _TRIED))

    def _is_filled(self, heading: Heading) -> bool:
        return next(self._values(heading), None) is not None

    def _values(self, heading: Heading) -> Iterator[Cell]:
        index = heading.column - 1
        return (row[index] for row in self._rows if not is_blank(row[index]) and row[index] != _NOBODY)

    def _fits(self, heading: Heading, field: str) -> bool:
        values = self._tried(heading)
        if field == "area":
            known = sum(self._areas.match(text_of(value))[1] for value in values)
            return 2 * known >= len(values)
        if rules_out(heading, field) or (field == "reference" and are_repeated(values)):
            return False
        if field in _TOLD and are_all_one(values):
            return False
        if field == "total_cost" and bare_words(heading) == _TOTAL:
            return self._covers_the_amount(heading)
        return 2 * sum(is_likely(field, value) for value in values) >= len(values)

    def _covers_the_amount(self, heading: Heading) -> bool:
        """Say whether a column is mostly no less than the amount requested, as the whole cost is."""
        amount = self._heading_of("amount_requested")
        if amount is None:
            return False
        pairs = [
            (_pence(row[heading.column - 1]), _pence(row[amount.column - 1])) for row in self._rows[:_TRIED]
        ]
        known = [(total, asked) for total, asked in pairs if total and asked]
        return bool(known) and 2 * sum(total >= asked for total, asked in known) > len(known)

    def _heading_of(self, wanted: str) -> Heading | None:
        return next((heading for heading, field in self._chosen.items() if field == wanted), None)

    def _rows_with_organisation(self) -> list[Sequence[Cell]]:
        """Return the rows that look like applications: totals and notes do not fill a column.

        None does where no column is the organisation, as when the officer kept each as an answer.
        """
        heading = self._heading_of("organisation")
        if heading is None:
            return []
        index = heading.column - 1
        return [
            row for row in self._found.rows if not is_blank(row[index]) and not is_label(text_of(row[index]))
        ]


def _pence(cell: Cell) -> int:
    try:
        return read_pence(cell) or 0
    except Unreadable:
        return 0


_TOTAL = frozenset({"total"})
