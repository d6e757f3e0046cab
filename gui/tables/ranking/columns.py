"""The columns of the ranked table, and which give way when there is little room."""

from collections.abc import Callable, Collection
from functools import partial
from operator import attrgetter

from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.ranking.rows import TableRow

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


def _place(row: TableRow) -> str:
    return row.words if row.spans else row.place.partition(" by ")[0]


def _rule(row: TableRow) -> str:
    _, by, rule = row.place.partition(" by ")
    return f"by {rule}" if by else ""


def _rule_tip(row: TableRow) -> str:
    return row.tip if row.spans else ""


def _holds(row: TableRow) -> str:
    return row.badge.word if row.badge else ""


def _is_secure(row: TableRow) -> bool | None:
    return row.badge.holds if row.badge else None


def _spoken_holds(row: TableRow) -> str:
    return row.badge.tip if row.badge else ""


def _outcome(row: TableRow) -> str:
    return row.chip.word if row.chip else ""


def _own_place(row: TableRow) -> str:
    return "" if row.spans or not row.place else f"Place {row.place.replace('=', 'equal ')}"


def _spoken_applicant(row: TableRow) -> str:
    words = f"{row.organisation}, {row.under}"
    return f"{words}, {row.missing.word.lower()} yet" if row.missing else words


def _spoken_total(row: TableRow) -> str:
    return f"total {row.total}" if row.total else "no total"


def _spoken_running(row: TableRow) -> str:
    return f"running total {row.running}" if row.running else "no running total"


def _outcome_tip(row: TableRow) -> str:
    return f"{_outcome(row)}: {row.tip}" if row.chip and row.tip else ""


def _full_name(row: TableRow) -> str:
    lines = (row.organisation, row.under, f"{row.missing.word} yet" if row.missing else "")
    return "\n".join(filter(None, lines)) if row.organisation else ""


RANKING_COLUMNS: tuple[LineColumn[TableRow], ...] = (
    LineColumn(
        *(PLACE, "Place", _place, attrgetter("spoken"), _rule_tip),
        width=53,
        keeps=Keeps.WHOLE,
        own=_own_place,
        under=_rule,
        is_strong=True,
        size=14,
    ),
    LineColumn(
        *(APPLICANT, "Applicant and project", attrgetter("organisation"), _spoken_applicant, _full_name),
        brief="Applicant",
        under=attrgetter("under"),
        beside=attrgetter("missing"),
        is_strong=True,
    ),
    LineColumn(
        *(TOTAL, "Total", attrgetter("total"), _spoken_total),
        width=112,
        under=attrgetter("price"),
        bar=attrgetter("bar"),
        is_strong=True,
        stays=True,
    ),
    LineColumn(
        *(HOLDS, "How secure?", _holds, _spoken_holds, _spoken_holds),
        width=92,
        brief="Secure",
        own=_holds,
        holds=_is_secure,
        gives_way=Gives.STATE,
    ),
    LineColumn(
        *(AMOUNT, "Recommend", attrgetter("amount"), attrgetter("spoken_amount"), attrgetter("tip")),
        is_right=True,
        width=108,
        under=attrgetter("asked"),
        is_strong=True,
    ),
    LineColumn(
        *(RUNNING, "Running total", attrgetter("running"), _spoken_running),
        is_right=True,
        width=104,
        is_quiet=True,
    ),
    LineColumn(
        *(OUTCOME, "Outcome", _outcome, _outcome, _outcome_tip),
        width=134,
        brief="Result",
        chip=attrgetter("chip"),
        gives_way=Gives.STATE,
        stays=True,
    ),
)


def _figure(name: str, row: TableRow) -> str:
    return row.extra.get(name, "")


def _spoken_figure(name: str, words: str, row: TableRow) -> str:
    return words.format(_figure(name, row)) if row.extra else ""


def _spoken_sheets(row: TableRow) -> str:
    words = "{} sheet counts" if _figure(SHEETS, row) == "1" else "{} sheets count"
    return _spoken_figure(SHEETS, words, row)


def _column(
    name: str, heading: str, spoken: str, width: int, told: Callable[[TableRow], str] | None = None
) -> LineColumn[TableRow]:
    """Return the column of a further figure; `spoken` says it, the figure standing for {}, or `told` does."""
    figure, said = partial(_figure, name), told or partial(_spoken_figure, name, spoken)
    return LineColumn(name, heading, figure, said, is_right=True, width=width, is_quiet=True)


_is_for = partial(_figure, IS_FOR)

EXTRA_COLUMNS = (
    _column(ASKED, "Requested", "requested {}", 92),
    _column(QUALITY, "Quality", "quality {} of 100", 72),
    _column(COST, "Cost", "cost {} of 100", 68),
    _column(SPREAD, "Spread", "widest spread {}", 68),
    _column(SHEETS, "Sheets", "", 66, _spoken_sheets),
    _column(EACH, "Per person", "{} for each person", 86),
    LineColumn(
        *(IS_FOR, "What it is for", _is_for, partial(_spoken_figure, IS_FOR, "for {}"), _is_for),
        width=111,
        is_quiet=True,
    ),
)
EXTRA_NAMES = tuple(column.name for column in EXTRA_COLUMNS)
TURNS = (TOTAL, RUNNING, HOLDS, *reversed(EXTRA_NAMES), OUTCOME)
"""The order in which columns give way: the bar beside the total, the running total, the word of How secure?,
the chosen further columns from the last, the word of the outcome, at the end the shape of How secure?"""


def chosen_columns(names: Collection[str]) -> tuple[LineColumn[TableRow], ...]:
    """Return the table's columns with the further ones that are chosen, the outcome last."""
    further = (column for column in EXTRA_COLUMNS if column.name in names)
    return (*RANKING_COLUMNS[:-1], *further, RANKING_COLUMNS[-1])
