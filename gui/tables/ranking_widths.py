"""How wide the columns of the ranked table are, and what gives way when there is little room."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from gui.tables.columns import Column
from gui.tables.ranking_columns import (
    APPLICANT,
    BAR_WIDTH,
    EXTRA_NAMES,
    HOLDS,
    OUTCOME,
    PLACE,
    RUNNING,
    TOTAL,
)
from gui.tables.ranking_rows import TableRow
from gui.theme.look import Look

APPLICANT_MINIMUM = 200
CHIP_ALONE = 50
HEAD_ROOM = 20


def widths(
    look: Look, columns: Sequence[Column[TableRow]], rows: Sequence[TableRow], room: int
) -> dict[str, int]:
    """Return each column's width; 0 hides it.

    Given up in this order: the bar beside the total, the running total, the word beside the Holds shape,
    the chosen further columns from the last, the word beside the outcome's shape, the Holds shape. The
    applicant keeps its room.
    """
    found = {column.name: _wanted(look, column) for column in columns}
    found[PLACE] = max(found[PLACE], _widest_rung(look, rows))
    found[APPLICANT] = 0
    spare = room - look.px(APPLICANT_MINIMUM)
    if sum(found.values()) > spare:
        found[TOTAL] -= look.px(BAR_WIDTH)
    extras = [column.name for column in reversed(columns) if column.name in EXTRA_NAMES]
    if sum(found.values()) > spare:
        found[RUNNING] = 0
    if sum(found.values()) > spare:
        found[HOLDS] = look.px(CHIP_ALONE)
    for name in extras:
        if sum(found.values()) > spare:
            found[name] = 0
    if sum(found.values()) > spare:
        found[OUTCOME] = look.px(CHIP_ALONE)
    if sum(found.values()) > spare:
        found[HOLDS] = 0
    found[APPLICANT] = max(room - sum(found.values()), look.px(APPLICANT_MINIMUM) // 2)
    return found


def _wanted(look: Look, column: Column[TableRow]) -> int:
    """Return a column's width: never under its head with the room that the header keeps."""
    if not column.width:
        return 0
    head = QFontMetrics(look.font(12)).horizontalAdvance(column.head) + look.px(HEAD_ROOM)
    return max(look.px(column.width), head)


def _widest_rung(look: Look, rows: Sequence[TableRow]) -> int:
    """Return the room for the longest tie rung that won a place, 0 when none did."""
    rungs = {row.place.partition(" ")[2] for row in rows} - {""}
    metrics = QFontMetrics(look.font(12))
    return max((metrics.horizontalAdvance(rung) + look.px(22) for rung in rungs), default=0)
