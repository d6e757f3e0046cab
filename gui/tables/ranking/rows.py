"""The rows of the ranked table as printed: lines, area heads, the ends of the money, those not ranked."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gui.tables.columns import Across
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
        """Return the word beside its shape."""
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
        """Whether the row runs over all columns."""
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
