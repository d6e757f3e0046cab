"""The Round sheet: its fields by name, and the settings of the round that they hold."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct

from exchange.forms.faults import FaultList
from exchange.reading.sheets import Cell
from exchange.round_workbook.layout import AREA_WORD, FORMAT, ROUND, ROUND_FIELDS, folded
from exchange.round_workbook.table import Row, Source
from exchange.round_workbook.values import financial_year, number, shown, text
from scoring.written.text import Unreadable

Value = TypeVar("Value")
Absent = TypeVar("Absent")

REQUIRED_FIELDS = ("Format", "Fund", "Round")


class Fields(Struct, frozen=True):
    """The fields of the Round sheet; each is a row whose value stands under Value."""

    rows: Mapping[str, Row]
    faults: FaultList

    def has(self, field: str) -> bool:
        """Whether a field is there with a value, good or bad."""
        row = self.rows.get(folded(field))
        return row is not None and row.cell("Value") is not None

    def take(self, field: str, read: Callable[[Cell], Value], absent: Absent) -> Value | Absent:
        """Return a field's value; `absent` when it is not there, blank or at fault."""
        row = self.rows.get(folded(field))
        return absent if row is None else row.take("Value", read, absent)

    def fault(self, field: str, words: str) -> None:
        """Note a fault at a field's value, or by the field's name when it is not there."""
        row = self.rows.get(folded(field))
        if row is None:
            self.faults.add_sheet(ROUND, f"{field}: {words}")
        else:
            row.fault("Value", words)


class RoundNames(Struct, frozen=True):
    """Which round it is; `year` is "" when not given."""

    fund: str
    name: str
    year: str


def read_fields(source: Source) -> Fields:
    """Return the fields of the Round sheet; unknown ones give a warning, repeated ones a fault."""
    table = source.open_table(ROUND)
    known = {folded(name): name for name in (*ROUND_FIELDS, AREA_WORD)}
    rows: dict[str, Row] = {}
    usable = table is not None and table.has("Field") and table.has("Value")
    for row in table.rows if table is not None and usable else ():
        name = row.need("Field", text, "")
        if folded(name) in rows:
            row.fault("Field", f"the field {name} is there twice.")
        elif folded(name) in known:
            rows[folded(name)] = row
        elif name:
            source.warnings.append(f"{ROUND}: ignored the field {name}.")
    fields = Fields(rows, source.faults)
    if usable:
        _require(fields)
    return fields


def read_names(fields: Fields) -> RoundNames:
    """Return the round's fund, name and year, having checked that the format is ours."""
    fields.take("Format", _format, FORMAT)
    return RoundNames(
        fund=fields.take("Fund", text, ""),
        name=fields.take("Round", text, ""),
        year=fields.take("Financial year", financial_year, ""),
    )


def _require(fields: Fields) -> None:
    for name in REQUIRED_FIELDS:
        row = fields.rows.get(folded(name))
        if row is None:
            fields.faults.add_sheet(ROUND, f"the field {name} is missing.")
        elif row.cell("Value") is None:
            row.fault("Value", f"{name} is blank.")


def _format(cell: Cell) -> int:
    if number(cell) != FORMAT:
        raise Unreadable(
            f"format {shown(cell)} is not known here, only {FORMAT}; "
            "the workbook was made by a newer version of Grant Panel."
        )
    return FORMAT
