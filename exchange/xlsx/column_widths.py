"""How wide the columns of a sheet are, in which no usual word or sum is broken, and how high its headings."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from msgspec.structs import replace

from exchange.xlsx.xlsx_cells import Formula, height_of
from exchange.xlsx.xlsx_sheets import HEADING_HEIGHT

OF_A_LETTER, BESIDE = 1.1, 1
"""How wide a letter is, and the room beside a word, in characters of a cell."""
WIDEST_FOR_A_WORD = 24
"""A longer word is an address or a slip, and is broken."""
ON_LINES = ("wrapped", "apart")
"""The kinds of columns whose texts go on over several lines."""


C = TypeVar("C")


def holding_words(
    columns: Sequence[C], rows: Sequence[Sequence[Any]], totals: Sequence[Sequence[Any]] = ()
) -> tuple[C, ...]:
    """Return the columns of a sheet, those of texts on several lines as wide as their longest usual word.

    Those of money hold their longest amount, that of a total too: a program shows "###" for one they do not.
    """
    return tuple(
        _holding(column, [row[n] for row in rows], [row[n] for row in totals])
        for n, column in enumerate(columns)
    )


def _holding_money(column: Any, cells: Sequence[Any]) -> Any:
    """Return a column of money wide enough for figures in bold, where the usual width is for fewer."""
    pence = ".2f" if column.kind == "pounds" else ".0f"
    amounts = (Decimal(cell.cached) for cell in cells if isinstance(cell, Formula) and cell.cached)
    given = (Decimal(cell) / 100 for cell in cells if isinstance(cell, int))
    longest = max((len(f"£{amount:,{pence}}") for amount in (*amounts, *given)), default=0)
    return replace(column, width=longest + 1.0) if longest > column.width else column


def _holding(column: Any, cells: Sequence[Any], totals: Sequence[Any]) -> Any:
    if column.kind.endswith("pounds"):
        return _holding_money(column, (*cells, *totals))
    if column.kind not in ON_LINES:
        return column
    words = (word for cell in cells if isinstance(cell, str) for word in cell.split())
    wides = (len(word) * OF_A_LETTER + BESIDE for word in words)
    wide = max((wide for wide in wides if wide <= WIDEST_FOR_A_WORD), default=0.0)
    return replace(column, width=wide) if wide > column.width else column


def heading_height(columns: Sequence[Any]) -> float:
    """Return the height in which every heading is read whole: its bold words are wider than a text's."""
    return max(HEADING_HEIGHT, height_of((column.heading, column.width * 0.8) for column in columns))
