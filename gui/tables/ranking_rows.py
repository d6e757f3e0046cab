"""The rows of the ranked table as printed: lines, area heads, budget lines, those not ranked."""

from dataclasses import dataclass
from enum import StrEnum

from gui.round_list import Mark
from gui.theme.tokens import Tone

Key = tuple[str, str]


class Kind(StrEnum):
    """What a row of the ranked table is."""

    LINE = "line"
    UNRANKED = "unranked"
    AREA = "area"
    BUDGET = "budget"
    NOT_RANKED = "not ranked"


@dataclass(frozen=True, slots=True)
class Chip:
    """An outcome as shape, word and colour."""

    tone: Tone
    word: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as printed. `bar` is the quality and cost part of the total, in thousandths of 100.

    A row that spans all columns has `words` (and `note`, the quieter rest of it) and no cells.
    """

    kind: Kind
    name: str
    spoken: str
    area: str = ""
    words: str = ""
    note: str = ""
    place: str = ""
    organisation: str = ""
    under: str = ""
    total: str = ""
    price: str = ""
    bar: tuple[int, int] = (0, 0)
    amount: str = ""
    asked: str = ""
    running: str = ""
    chip: Chip | None = None
    tip: str = ""
    is_folded: bool = False
    is_over: bool = False

    @property
    def key(self) -> Key:
        """Return what the row stays known by when figures change."""
        return (self.kind, self.name)

    @property
    def spans(self) -> bool:
        """Whether the row runs over all columns."""
        return self.kind in (Kind.AREA, Kind.BUDGET, Kind.NOT_RANKED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to show: one area or all (None), one outcome or all, words to find, folded or not."""

    area: str | None = None
    mark: Mark | None = None
    words: str = ""
    is_folded: bool = True
