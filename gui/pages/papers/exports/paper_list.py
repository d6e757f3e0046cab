"""The list of papers: those that are called for now over all others, each with what it is for."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Signal, Slot

from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import Across, LineColumn
from gui.tables.line_view import ROW_HEIGHT, LineView
from models.papers.paper_kind import PaperKind

LOW_ROW = 28
ALL = "All papers"
"""Heads the papers that the areas on show do not call for at their stages."""


class Head(Struct, frozen=True):
    """The head of all papers, and whether they are folded beneath it."""

    is_folded: bool
    code: str = ""
    words: str = ALL
    about: str = ""
    group: str = ""


_words: Callable[[PaperKind | Head], str] = attrgetter("words")
_about: Callable[[PaperKind | Head], str] = attrgetter("about")


def _spoken(row: PaperKind | Head) -> str:
    return f"{row.words}, {row.group}. {row.about}" if isinstance(row, PaperKind) else row.words


def _across(row: PaperKind | Head) -> Across | None:
    return None if isinstance(row, PaperKind) else Across(row.words, is_folded=row.is_folded)


COLUMNS: tuple[LineColumn[PaperKind | Head], ...] = (
    LineColumn("paper", "Paper", _words, _spoken, _about, under=_about, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("group", "For whom", attrgetter("group"), width=112, gives_way=Gives.WORDS),
)


class PaperList(LineView[PaperKind | Head]):
    """Papers of which one is on show."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(COLUMNS, attrgetter("code"), _spoken, across=_across)
        self._offered: tuple[PaperKind, ...] = ()
        self._called: frozenset[str] = frozenset()
        self._is_folded = False
        self.setAccessibleName("Papers")
        self.picked.connect(self.chosen)
        self.fold_asked.connect(self._fold_or_not)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the papers on the list."""
        return tuple(paper.code for paper in self._offered)

    def offer(self, papers: Sequence[PaperKind], wanted: str, called: frozenset[str] = frozenset()) -> None:
        """Offer papers, with those first that are called for, and show one of them, without telling of it."""
        if (tuple(papers), called) != (self._offered, self._called):
            self._offered, self._called, self._is_folded = tuple(papers), called, bool(called)
        self.show_paper(wanted)

    def show_paper(self, code: str) -> None:
        """Show a paper, without telling of it."""
        self._is_folded = self._is_folded and code in self._called
        with QSignalBlocker(self):
            self._fill()
            self.select(code)

    def choose(self, code: str) -> None:
        """Show a paper as if it were clicked."""
        self.show_paper(code)
        self.chosen.emit(code)

    def fit(self, *, is_low: bool) -> None:
        """Give up what each paper is for in a low window."""
        self.set_row_height(LOW_ROW if is_low else ROW_HEIGHT)

    @Slot()
    def _fold_or_not(self) -> None:
        self._is_folded = not self._is_folded
        self._fill()

    def _fill(self) -> None:
        called = [paper for paper in self._offered if paper.code in self._called]
        others = [paper for paper in self._offered if paper.code not in self._called]
        head = [Head(self._is_folded)] if called and others else []
        self.show_rows([*called, *head, *([] if self._is_folded else others)])
