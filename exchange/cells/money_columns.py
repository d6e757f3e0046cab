"""Read the amounts of a column whose heading, notes or currencies say what unit they are in."""

from msgspec import Struct

from exchange.cells.cell_text import exact, quoted
from exchange.cells.values import read_money
from exchange.reading.sheets import Cell
from scoring.written import amounts
from scoring.written.amounts import Unit, says_pounds
from scoring.written.text import Unreadable, figures_line


class MoneyColumn(Struct, frozen=True):
    """A column of amounts and the unit that it gives them, None for pounds."""

    unit: Unit | None = None

    def read(self, cell: Cell, currency: Unit | None = None) -> int | None:
        """Read an amount in pence; `currency` is what a column of currencies says of its row.

        Thousands and pence are turned into pounds; any other unit is raised as `Unreadable`, but where the
        cell itself names pounds under a heading, and "£4,500 in all" is that whatever stands about it.
        """
        unit = currency or self.unit
        if unit is None or isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return read_money(cell)
        text = figures_line(cell).casefold() if isinstance(cell, str) else ""
        if text.endswith(amounts.IN_ALL):
            return read_money(cell)
        if unit.times is None and (currency is not None or not (unit.is_foreign and says_pounds(text))):
            raise Unreadable(
                f"{quoted(cell)} is {unit.words}, as is said beside it; "
                "write the whole amount in pounds, like £4,500 in all."
            )
        if unit.times is None:
            return read_money(cell)
        written = cell if isinstance(cell, str) else exact(cell)
        return amounts.read_money(written, times=unit.times)
