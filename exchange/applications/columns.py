"""Which column of a table holds which field of an application, and which are kept as answers."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from exchange.applications.chooser import Choice, choose, fits
from exchange.applications.column_options import is_begun, is_told_by_values
from exchange.applications.fields import (
    BOTH_REGISTERS,
    DAYS,
    READERS,
    YES_OR_NO,
    AreaNames,
    Reader,
    above_nought,
    asks_both_registers,
    is_blank,
    read_address_of_form,
    read_pence,
    text_of,
    ticked,
)
from exchange.applications.heading_rows import Row
from exchange.applications.headings import collapsed, words_of
from exchange.applications.rivals import AMOUNT, rivals_of, whole_amount
from exchange.applications.table import FoundTable, Heading
from exchange.cells.values import MoneyColumn, date_column, reference_column
from exchange.reading.sheets import Cell
from models.values.applications import SLOTS
from scoring.written.amounts import Unit, is_a_unit, says_pounds, unit_in, unit_of_currency
from scoring.written.days import Order

KEEP = "answers"
"""What a mapping file says of a heading that is to stay an answer."""


class Columns(Struct, frozen=True):
    """Which heading holds which field; the others are kept as answers, in the order of the sheet.

    A field has one heading, but for a contact whose first and last name stand in two columns. `to_check` are
    the headings whose field only their values told, `other_times` those that say when a form came in too.
    `rivals` are by field the columns that say otherwise than the taken one; `hidden` columns are left out.
    """

    mapped: tuple[tuple[Heading, str], ...]
    answers: tuple[Heading, ...]
    unused: tuple[str, ...] = ()
    to_check: tuple[Heading, ...] = ()
    other_times: tuple[Heading, ...] = ()
    rivals: Mapping[str, tuple[Heading, ...]] = {}
    hidden: tuple[Heading, ...] = ()

    def of(self, field: str) -> Heading | None:
        return next((heading for heading, known in self.mapped if known == field), None)


def map_headings(found: FoundTable, mapping: Mapping[str, str] | None, areas: AreaNames) -> Columns:
    """Return the columns of a table: as the mapping file says, then by sure headings, then by likely ones.

    Of two headings for one field the leftmost that is not empty is mapped. `unused` names the headings of the
    mapping file that the table does not have.
    """
    known = {heading.casefold(): field for heading, field in (mapping or {}).items()}
    choice = Choice(found, known, areas)
    choose(choice)
    chosen = choice.chosen
    _take_whole(choice)
    mapped = tuple((heading, chosen[heading]) for heading in found.headings if heading in chosen)
    hidden = tuple(filter(choice.is_hidden, found.headings))
    answers = tuple(heading for heading in found.headings if heading not in chosen and heading not in hidden)
    present = {
        form
        for heading in found.headings
        for form in (heading.text.casefold(), heading.parts.text.casefold())
    }
    unused = tuple(heading for heading in mapping or () if heading.casefold() not in present)
    to_check = (one for one, field in mapped if not choice.is_given(one) and is_told_by_values(one, field))
    times, rivals = tuple(_other_times(choice)), dict(rivals_of(choice))
    return Columns(mapped, answers, unused, tuple(to_check), times, rivals, hidden)


def _take_whole(choice: Choice) -> None:
    """Take the total for the amount requested, where the other amounts add up to it in every row."""
    taken, whole = choice.heading_of(AMOUNT), whole_amount(choice)
    if taken is not None and whole is not None and not choice.is_given(taken):
        del choice.chosen[taken]
        choice.chosen[whole] = AMOUNT


_CAME = "received_at"


def _other_times(choice: Choice) -> Iterator[Heading]:
    """Yield the headings, in the order of the sheet, that could say when a form came in as the taken one."""
    if choice.heading_of(_CAME) is not None:
        for one in choice.undecided():
            is_offered = any(option.field == _CAME for option in choice.options[one])
            if is_offered and not is_begun(one) and choice.values.are_below(one) and fits(choice, one, _CAME):
                yield one


_CURRENCY = {"currency", "currencies", "ccy", "curr"}
_MOST_WORDS = 4
"""Words of the heading of a column of currencies at most."""


class ColumnReaders:
    """The readers of one table; `see` a row before its cells are read, for its currency."""

    def __init__(self, found: FoundTable, columns: Columns) -> None:
        self._dates = {
            heading: date_column((row[heading.at] for row in found.rows), heading.text)
            for heading, field in columns.mapped
            if field in DAYS
        }
        self._money = {
            heading: MoneyColumn(unit_in(heading.text) or found.unit)
            for heading, field in columns.mapped
            if field in SLOTS
        }
        self.reference = reference_column(
            row[heading.at] for heading, field in columns.mapped if field == "reference" for row in found.rows
        )
        self._currencies = next((one for one in columns.answers if _is_of_currency(one, found)), None)
        self._currency: Unit | None = None
        texts = () if self._currencies is None else {*_texts(self._currencies, found)}
        self._turned = any(unit and unit.times for unit in map(unit_of_currency, texts))

    @property
    def told(self) -> dict[str, Any]:
        """Return what is told of columns that say more than their cells do."""
        guessed = self.guessed_dates
        units = ((heading.text, column.unit) for heading, column in self._money.items())
        return {
            "dates": [(at.text, one.words, at in guessed) for at, one in self._dates.items()],
            "turned": self._currencies.text if self._turned and self._currencies is not None else "",
            "units": [(text, unit.words) for text, unit in units if unit and unit.times is not None],
        }

    @property
    def guessed_dates(self) -> tuple[Heading, ...]:
        """Return the columns read with the day first that nothing shows to be so, where others are not."""
        if all(column.order is Order.DAY_FIRST for column in self._dates.values()):
            return ()
        return tuple(heading for heading, column in self._dates.items() if column.is_open)

    def see(self, row: Row) -> None:
        """Take the currency of a row, where a column has one."""
        if self._currencies is not None:
            cell = row[self._currencies.at]
            self._currency = None if is_blank(cell) else unit_of_currency(text_of(cell))

    def is_in_doubt(self, heading: Heading, text: str) -> bool:
        """Whether what is beside an amount of a column may say that it is no pounds, or not its own."""
        unit = self._money[heading].unit if heading in self._money else None
        is_other = unit is not None and (unit.times is None or says_pounds(text))
        return heading in self._money and (is_other or self._currencies is not None)

    def amount(self, heading: Heading) -> Callable[[Cell], int | None]:
        """Return how the amounts asked are read; £0 is read as well."""
        is_plain = self._currencies is None and self._money[heading].unit is None
        return read_pence if is_plain else partial(self._pence, self._money[heading])

    def of(self, heading: Heading, field: str, *, is_form: bool) -> tuple[tuple[str, Reader], ...]:
        """Return what a column fills, and how it is read: one of charities and companies goes row by row."""
        if is_form and field == "email":
            return ((field, read_address_of_form),)
        if field == "charity_number" and asks_both_registers(heading.text):
            return BOTH_REGISTERS
        if heading in self._dates:
            column = self._dates[heading]
            return ((field, column.read_moment if field == "received_at" else column.read_date),)
        return ((SLOTS.get(field, field), self._reader(heading, field)),)

    def _reader(self, heading: Heading, field: str) -> Reader:
        """Return how a column is read; under a question of several boxes the box's own text means yes."""
        if heading in self._money:
            return self.amount(heading) if field == "match_funding" else self._above_nought(heading)
        boxed = field in YES_OR_NO and heading.parts.upper and heading.parts.lower
        if boxed:
            return ticked(collapsed(heading.parts.lower).casefold())
        return READERS[field]

    def _pence(self, column: MoneyColumn, cell: Cell) -> int | None:
        return column.read(cell, self._currency)

    def _above_nought(self, heading: Heading) -> Reader:
        read = self.amount(heading)
        return lambda cell: above_nought(read(cell))


def _is_of_currency(heading: Heading, found: FoundTable) -> bool:
    """Whether a column says in what the amounts of its rows are: by its heading, or by all of its cells."""
    words = words_of(heading.text)
    if _CURRENCY & set(words) and len(words) <= _MOST_WORDS:
        return True
    texts = _texts(heading, found)
    first = next(texts, None)
    return first is not None and is_a_unit(first) and all(map(is_a_unit, {*texts}))


def _texts(heading: Heading, found: FoundTable) -> Iterator[str]:
    """Yield what stands below a heading, as far as it says anything."""
    column = heading.at
    return (text_of(row[column]) for row in found.rows if not is_blank(row[column]))
