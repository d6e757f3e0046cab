"""The rows of the ranked table as printed, and its columns: lines, area heads, the ends of the money."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from functools import partial
from operator import attrgetter

from msgspec import Struct, field

from gui.tables.columns import Across, Gives, Keeps, LineColumn
from gui.text import NOTHING
from gui.widgets.label import Chip
from models.queries.deciding.round_list import Mark

OF, BY_RULE = "of ", "rule: "
"""What stands before the sum beneath an amount: what was requested, or what the rule proposes meanwhile."""


class Kind(StrEnum):
    """What a row of the ranked table is."""

    LINE = "line"
    UNRANKED = "unranked"
    AREA = "area"
    BUDGET = "budget"
    TOLERANCE = "tolerance"
    NOT_RANKED = "not ranked"


class Badge(Struct, frozen=True):
    """Whether an application holds when a little is moved, None if not known; `tip` names what moves it."""

    holds: bool | None = None
    tip: str = ""

    @property
    def word(self) -> str:
        return "" if self.holds is None else "Secure" if self.holds else "Marginal"


NO_BADGE = Badge()


class TableRow(Struct, frozen=True):
    """One row as printed. `bar` is the quality and cost part of the total, in thousandths of 100.

    A row that has words `across` its columns brings what is `said` of it. `missing` is what a recommendation
    still lacks.
    """

    kind: Kind
    name: str
    said: str = ""
    area: str = ""
    across: Across | None = None
    place: str = ""
    organisation: str = ""
    under: str = ""
    total: str = ""
    price: str = ""
    bar: tuple[int, int] = (0, 0)
    amount: str = ""
    amount_pence: int | None = None
    asked: str = ""
    asked_pence: int = 0
    running: str = ""
    pot: str = ""
    chip: Chip | None = None
    tip: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    badge: Badge = NO_BADGE
    is_exception: bool = False
    missing: Chip | None = None

    @property
    def key(self) -> str | tuple[str, str]:
        """Return what the row stays known by when figures change: an application by its reference."""
        return (self.kind, self.name) if self.spans else self.name

    @property
    def words(self) -> str:
        """Return what stands in place of its cells, or of some of them."""
        return self.across.words if self.across else ""

    @property
    def spoken(self) -> str:
        """Return the whole row in full words; put together only when somebody listens."""
        if self.said or self.chip is None:
            return self.said
        word = self.chip.word[:1].lower() + self.chip.word[1:]
        money = f"{word}, {self.spoken_amount}" if self.is_without else f"{word} {self.spoken_amount}"
        place = self.place.replace("=", "equal ")
        words = f"Place {place}, {self.name}, {self.organisation}, total {self.total}, {money}"
        if self.running not in ("", NOTHING):
            words = f"{words}, running total {self.running} of {self.pot}"
        words = f"{words}, an exception" if self.is_exception else words
        words = f"{words}, {self.missing.word.lower()} yet" if self.missing else words
        return f"{words}, {self.badge.word.lower()}" if self.badge.word else words

    @property
    def is_without(self) -> bool:
        """Whether nothing is recommended, of the sum requested that stands beneath."""
        return self.amount_pence is None and self.asked.startswith((OF, BY_RULE))

    @property
    def spoken_amount(self) -> str:
        """Return what is recommended, of how much where that is more; else what was requested, in words."""
        if self.asked.startswith(BY_RULE):
            return f"{self.asked.removeprefix(BY_RULE)} by the rule"
        if self.is_without:
            return f"requested {self.asked.removeprefix(OF)}"
        return self.amount if self.asked == f"{OF}{self.amount}" else f"{self.amount} {self.asked}".strip()

    @property
    def spans(self) -> bool:
        return self.across is not None and self.across.spans


class Wanted(Struct, frozen=True):
    """Which rows to show: one area or all (None), one outcome or all, words to find, folded or not."""

    area: str | None = None
    mark: Mark | None = None
    words: str = ""
    is_folded: bool = True


def is_application(row: TableRow) -> bool:
    """Whether a row is an application's, ranked or not."""
    return not row.spans


APPLICANT = "applicant"
TOTAL = "total"
HOLDS = "holds"
AMOUNT = "amount"
RUNNING = "running"
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
        *("place", "Place", _place, attrgetter("spoken"), _rule_tip),
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
        *("outcome", "Outcome", _outcome, _outcome, _outcome_tip),
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
