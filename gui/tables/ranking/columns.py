"""The columns of the ranked table, and which give way when there is little room."""

from collections.abc import Callable, Collection
from functools import partial
from operator import attrgetter

from gui.tables.columns import Gives, Keeps, LineColumn
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
Text = Callable[[TableRow], str]


def _place(row: TableRow) -> str:
    return row.words if row.spans else row.place.partition(" by ")[0]


def _rule(row: TableRow) -> str:
    _, by, rule = row.place.partition(" by ")
    return f"by {rule}" if by else ""


def _rule_tip(row: TableRow) -> str:
    return row.tip if row.spans else ""


def _outcome(row: TableRow) -> str:
    return row.chip.word if row.chip else ""


def _own_place(row: TableRow) -> str:
    return "" if row.spans or not row.place else f"Place {row.place.replace('=', 'equal ')}"


def _spoken_applicant(row: TableRow) -> str:
    words = f"{row.organisation}, {row.under}"
    return f"{words}, {row.missing.word.lower()} yet" if row.missing else words


def _said(words: str, figure: Text, row: TableRow) -> str:
    """Return a figure in words, in which it stands for {}."""
    return words.format(figure(row)) if figure(row) else ""


def _outcome_tip(row: TableRow) -> str:
    return f"{_outcome(row)}: {row.tip}" if row.chip and row.tip else ""


def _full_name(row: TableRow) -> str:
    lines = (row.organisation, row.under, f"{row.missing.word} yet" if row.missing else "")
    return "\n".join(filter(None, lines)) if row.organisation else ""


_total: Text = attrgetter("total")
_running: Text = attrgetter("running")
_holds: Text = attrgetter("badge.word")

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
        *(TOTAL, "Total", _total, partial(_said, "total {}", _total)),
        width=112,
        under=attrgetter("price"),
        bar=attrgetter("bar"),
        is_strong=True,
        gives_way=1,
        stays=True,
    ),
    LineColumn(
        *(HOLDS, "How secure?", _holds, attrgetter("badge.tip"), attrgetter("badge.tip")),
        width=92,
        brief="Secure",
        own=_holds,
        holds=attrgetter("badge.holds"),
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
        *(RUNNING, "Running total", _running, partial(_said, "running total {}", _running)),
        is_right=True,
        width=104,
        is_quiet=True,
        gives_way=2,
    ),
    LineColumn(
        *(OUTCOME, "Outcome", _outcome, _outcome, _outcome_tip),
        width=134,
        brief="Result",
        chip=attrgetter("chip"),
        gives_way=Gives.STATE + 9,
        stays=True,
    ),
)


def _figure(name: str, row: TableRow) -> str:
    return row.extra.get(name, "")


def _column(number: int, name: str, heading: str, spoken: str, width: int) -> LineColumn[TableRow]:
    """Return the column of a further figure; `spoken` says it, the figure standing for {}."""
    figure = partial(_figure, name)
    return LineColumn(
        *(name, heading, figure, partial(_said, spoken, figure)),
        is_right=name != IS_FOR,
        width=width,
        is_quiet=True,
        gives_way=Gives.STATE + len(_FURTHER) - number,
    )


_FURTHER = (
    (ASKED, "Requested", "requested {}", 92),
    (QUALITY, "Quality", "quality {} of 100", 72),
    (COST, "Cost", "cost {} of 100", 68),
    (SPREAD, "Spread", "widest spread {}", 68),
    (SHEETS, "Sheets", "sheets that count: {}", 66),
    (EACH, "Per person", "{} for each person", 86),
    (IS_FOR, "What it is for", "for {}", 111),
)
EXTRA_COLUMNS = tuple(_column(number, *one) for number, one in enumerate(_FURTHER))
EXTRA_NAMES = tuple(column.name for column in EXTRA_COLUMNS)


def chosen_columns(names: Collection[str]) -> tuple[LineColumn[TableRow], ...]:
    """Return the table's columns with the further ones that are chosen, the outcome last."""
    further = (column for column in EXTRA_COLUMNS if column.name in names)
    return (*RANKING_COLUMNS[:-1], *further, RANKING_COLUMNS[-1])
