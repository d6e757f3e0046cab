"""The columns of the ranked table, how wide they are, and what gives way when there is little room."""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from operator import attrgetter

from msgspec import Struct
from PySide6.QtGui import QFontMetrics

from gui.tables.column_widths import narrow_to_fit
from gui.tables.columns import Column
from gui.tables.head_font import brief_width, head_width
from gui.tables.ranking.rows import Kind, TableRow
from gui.tables.room_for_words import widest, widest_chip
from gui.theme.look import Look

PLACE = "place"
APPLICANT = "applicant"
TOTAL = "total"
HOLDS = "holds"
AMOUNT = "amount"
RUNNING = "running"
OUTCOME = "outcome"
ASKED = "asked"
QUALITY = "quality"
COST = "cost"
SPREAD = "spread"
SHEETS = "sheets"
EACH = "each"
IS_FOR = "for"
"""What an application is for: the only further column of words, cut where it is too long."""

BAR_WIDTH = 42
"""The quality and cost bar beside the total; the first thing to give way."""


def _place(row: TableRow) -> str:
    return row.words if row.spans else row.place


_applicant: Callable[[TableRow], str] = attrgetter("organisation")
_total: Callable[[TableRow], str] = attrgetter("total")


def _holds(row: TableRow) -> str:
    return row.badge.word if row.badge else ""


def _spoken_holds(row: TableRow) -> str:
    return row.badge.tip if row.badge else ""


_amount: Callable[[TableRow], str] = attrgetter("amount")
_running: Callable[[TableRow], str] = attrgetter("running")


def _outcome(row: TableRow) -> str:
    return row.chip.word if row.chip else ""


def _own_place(row: TableRow) -> str:
    return "" if row.spans or not row.place else f"Place {row.place.replace('=', 'equal ')}"


_spoken_row: Callable[[TableRow], str] = attrgetter("spoken")


def _spoken_applicant(row: TableRow) -> str:
    words = f"{row.organisation}, {row.under}"
    return f"{words}, {row.missing.word.lower()} yet" if row.missing else words


def _spoken_total(row: TableRow) -> str:
    return f"total {row.total}" if row.total else "no total"


def _spoken_amount(row: TableRow) -> str:
    return row.spoken_amount


def _spoken_running(row: TableRow) -> str:
    return f"running total {row.running}" if row.running else "no running total"


def _outcome_tip(row: TableRow) -> str:
    return f"{_outcome(row)}: {row.tip}" if row.chip and row.tip else ""


_tip: Callable[[TableRow], str] = attrgetter("tip")


def _full_name(row: TableRow) -> str:
    lines = (row.organisation, row.under, f"{row.missing.word} yet" if row.missing else "")
    return "\n".join(filter(None, lines)) if row.organisation else ""


RANKING_COLUMNS = (
    Column(PLACE, "Place", _place, _spoken_row, width=53, own=_own_place),
    Column(APPLICANT, "Applicant and project", _applicant, _spoken_applicant, _full_name, brief="Applicant"),
    Column(TOTAL, "Total", _total, _spoken_total, width=112),
    Column(HOLDS, "How secure?", _holds, _spoken_holds, _spoken_holds, width=92, brief="Secure", own=_holds),
    Column(AMOUNT, "Recommend", _amount, _spoken_amount, _tip, is_right=True, width=108),
    Column(RUNNING, "Running total", _running, _spoken_running, is_right=True, width=104),
    Column(OUTCOME, "Outcome", _outcome, _outcome, _outcome_tip, width=134, brief="Result"),
)


def _figure(name: str, row: TableRow) -> str:
    return row.extra.get(name, "")


def _spoken_figure(name: str, words: str, row: TableRow) -> str:
    return words.format(_figure(name, row)) if row.extra else ""


def _spoken_sheets(row: TableRow) -> str:
    words = "{} sheet counts" if _figure(SHEETS, row) == "1" else "{} sheets count"
    return _spoken_figure(SHEETS, words, row)


def _column(name: str, heading: str, spoken: str, width: int) -> Column[TableRow]:
    """Return the column of a further figure; `spoken` says it, the figure standing for {}."""
    told = partial(_spoken_figure, name, spoken)
    return Column(name, heading, partial(_figure, name), told, is_right=True, width=width)


_is_for = partial(_figure, IS_FOR)

EXTRA_COLUMNS = (
    _column(ASKED, "Requested", "requested {}", 92),
    _column(QUALITY, "Quality", "quality {} of 100", 72),
    _column(COST, "Cost", "cost {} of 100", 68),
    _column(SPREAD, "Spread", "widest spread {}", 68),
    Column(SHEETS, "Sheets", partial(_figure, SHEETS), _spoken_sheets, is_right=True, width=66),
    _column(EACH, "Per person", "{} for each person", 86),
    Column(IS_FOR, "What it is for", _is_for, partial(_spoken_figure, IS_FOR, "for {}"), _is_for, width=150),
)
EXTRA_NAMES = tuple(column.name for column in EXTRA_COLUMNS)


def chosen_columns(names: Collection[str]) -> tuple[Column[TableRow], ...]:
    """Return the table's columns with the further ones that are chosen, the outcome last."""
    further = (column for column in EXTRA_COLUMNS if column.name in names)
    return (*RANKING_COLUMNS[:-1], *further, RANKING_COLUMNS[-1])


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
