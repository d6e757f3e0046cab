"""How wide the columns of the ranked table are, and what gives way when there is little room."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter

from msgspec import Struct
from PySide6.QtGui import QFontMetrics

from gui.tables.column_widths import narrow_to_fit
from gui.tables.columns import Column
from gui.tables.head_font import brief_width, head_width
from gui.tables.ranking.columns import (
    AMOUNT,
    APPLICANT,
    BAR_WIDTH,
    EXTRA_NAMES,
    HOLDS,
    IS_FOR,
    OUTCOME,
    PLACE,
    RUNNING,
    TOTAL,
)
from gui.tables.ranking.rows import Kind, TableRow
from gui.tables.room_for_words import widest, widest_chip
from gui.theme.look import Look

APPLICANT_MINIMUM = 200
CHIP_ALONE = 50
MEASURED = attrgetter(
    *("place", "name", "organisation", "total", "price", "amount", "asked", "running", "extra", "chip")
)
"""What of a row the columns are as wide as."""


class Needs(Struct, frozen=True):
    """What the columns of a list ask for in pixels, by name: `wide` in all, `least` for head and figures.

    `tie_break` is the rule beside a place, `name` and `organisation` the longest of the applicants'.
    """

    wide: Mapping[str, int]
    least: Mapping[str, int]
    tie_break: int
    name: int
    organisation: int


def needs(look: Look, columns: Sequence[Column[TableRow]], rows: Sequence[TableRow]) -> Needs:
    """Return what the columns ask for with these rows: whoever lays them again need not measure again."""
    lines = [row for row in rows if not row.spans]
    ranked = [row for row in lines if row.kind is not Kind.UNRANKED]
    chips = {row.chip.word for row in rows if row.chip}
    found = {column.name: _of_figures(look, column, ranked, chips) for column in columns}
    least = {column.name: max(_head(look, column), found[column.name]) for column in columns}
    return Needs(
        {one.name: max(look.px(one.width), least[one.name]) if one.width else 0 for one in columns},
        least,
        _widest_tie_break(look, rows),
        widest(look, (row.name for row in lines), 12),
        widest(look, (row.organisation for row in lines), 13, 600),
    )


def widths(look: Look, columns: Sequence[Column[TableRow]], asked: Needs, room: int) -> dict[str, int]:
    """Return each column's width; 0 hides it.

    Given up in this order: the bar beside the total, the running total, the word beside the Holds shape,
    the chosen further columns from the last, the word beside the outcome's shape, the Holds shape, the rule
    beside the place. The applicant keeps its room. Where even that is not enough, hashes stand for the
    figures that have none.
    """
    found = dict(asked.wide)
    found[PLACE] = max(found[PLACE], asked.tie_break)
    found[APPLICANT] = 0
    spare = room - look.px(APPLICANT_MINIMUM)
    extras = [column.name for column in reversed(columns) if column.name in EXTRA_NAMES]
    for name, least in (
        (TOTAL, found[TOTAL] - look.px(BAR_WIDTH)),
        (RUNNING, 0),
        (HOLDS, _alone(look, columns, HOLDS)),
        *((name, 0) for name in extras),
        (OUTCOME, _alone(look, columns, OUTCOME)),
        (HOLDS, 0),
    ):
        if sum(found.values()) > spare:
            found[name] = least
    _let_out_air(columns, asked, found, room)
    least = max(look.px(APPLICANT_MINIMUM) // 2, asked.name)
    if sum(found.values()) > room - least:
        found[PLACE] = asked.wide[PLACE]
    found[APPLICANT] = max(room - sum(found.values()), least)
    narrow_to_fit(look, found, [column for column in columns if column.width], room)
    return found


def _let_out_air(columns: Sequence[Column[TableRow]], asked: Needs, found: dict[str, int], room: int) -> None:
    """Take what whole names of organisations are short of from what figures and outcomes leave free."""
    short = min(asked.organisation, room // 2) - (room - sum(found.values()))
    for column in columns:
        if column.name in (OUTCOME, AMOUNT, RUNNING, *EXTRA_NAMES) and short > 0:
            taken = min(short, max(found[column.name] - asked.least[column.name], 0))
            found[column.name] -= taken
            short -= taken


def _head(look: Look, column: Column[TableRow]) -> int:
    return head_width(look, column.head)


def _alone(look: Look, columns: Sequence[Column[TableRow]], name: str) -> int:
    """Return what the shapes of a column take beneath its brief head."""
    brief = next(column.brief for column in columns if column.name == name)
    return max(look.px(CHIP_ALONE), brief_width(look, brief))


def _of_figures(
    look: Look, column: Column[TableRow], ranked: Sequence[TableRow], chips: AbstractSet[str]
) -> int:
    """Return the room for the figures and chips of a column, which are read whole or not at all."""
    if column.name == OUTCOME:
        return widest_chip(look, chips)
    if column.name == AMOUNT:
        under = widest(look, (row.asked for row in ranked), 12)
        return max(widest(look, (row.amount for row in ranked), 13, 600), under)
    if column.name == TOTAL:
        price = widest(look, (row.price for row in ranked), 12)
        return max(widest(look, (row.total for row in ranked), 13, 600) + look.px(BAR_WIDTH), price)
    if column.name == IS_FOR:
        return 0
    if column.name == RUNNING:
        return widest(look, (row.running for row in ranked), 13)
    return widest(look, (row.extra.get(column.name, "") for row in ranked), 13)


def _widest_tie_break(look: Look, rows: Sequence[TableRow]) -> int:
    """Return the room for the longest tie-break rule that won a place, 0 when none did."""
    rules = {row.place.partition(" ")[2] for row in rows} - {""}
    metrics = QFontMetrics(look.font(12))
    return max((metrics.horizontalAdvance(rule) + look.px(22) for rule in rules), default=0)
