"""What stands over a table on its sheet: the title, and a note that is read whole on screen and in print."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from msgspec.structs import replace

from exchange.cells.cell_names import column_name
from exchange.xlsx.xlsx_cells import NOTE, TITLE, CellValue, Look, Rows, height_of
from exchange.xlsx.xlsx_sheets import TITLE_HEIGHT, SheetHead


class Top(NamedTuple):
    """A title and its note, the columns' widths over which they may stand, and the row over the headings."""

    title: str
    note: str
    over: list[float]
    above: Sequence[tuple[CellValue, Look]] = ()


def write_top(rows: Rows, head: SheetHead, top: Top, logo_room: tuple[list[float], float] | None) -> None:
    """Write the title, the note on as many lines as it needs, and the row over the headings.

    `logo_room` are the widths at whose right end the logo stands and the most of a page, None for no logo.
    """
    rows.line([(head.area.labelled(top.title), TITLE)], TITLE_HEIGHT)
    note = head.area.said(top.note)
    lines = wrap(note, round(sum(top.over)))
    first = lines[0] if len(lines) == 2 and not top.above else note
    if head.logo and logo_room is not None:
        from exchange.xlsx.xlsx_logo import add_logo  # loads a library of pictures

        widths, most = logo_room
        add_logo(rows.sheet, head.logo, widths, (top.title, first), most)
    _write_note(rows, first, top.over)
    rows.line(top.above or [(note.removeprefix(first).strip(), NOTE)])


def _write_note(rows: Rows, text: str, over: list[float]) -> None:
    """Write a note; what two lines do not hold goes on in its own row, across the columns."""
    if len(text) <= sum(over):
        rows.line([(text, NOTE)])
        return
    row, last = rows.row + 1, column_name(len(over))
    if len(over) > 1:
        rows.sheet.merged_cells.add(f"A{row}:{last}{row}")
    rows.line([(text, replace(NOTE, wrap=True))], height_of([(text, sum(over))]))
