"""The list of papers, and the versions that were issued of every kind, with their SHA-256 to be copied."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.pages.papers.exports.issuing import NOTHING_ISSUED
from gui.record.clock import current_day
from gui.tables.columns import Across, Gives, Keeps, LineColumn
from gui.tables.line_view import ROW_HEIGHT, LineView
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import Card, column_of, row_of
from models.papers.issued import Issued
from models.papers.kinds import KINDS, PaperKind
from scoring.money import without_noughts
from scoring.written.days import clock, is_year_plain, short_date, short_day

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


_about: Callable[[PaperKind | Head], str] = attrgetter("about")


def _spoken(row: PaperKind | Head) -> str:
    return f"{row.words}, {row.group}. {row.about}" if isinstance(row, PaperKind) else row.words


def _across(row: PaperKind | Head) -> Across | None:
    return None if isinstance(row, PaperKind) else Across(row.words, is_folded=row.is_folded)


PAPERS: tuple[LineColumn[PaperKind | Head], ...] = (
    LineColumn(
        "paper", "Paper", attrgetter("words"), tip=_about, under=_about, is_strong=True, keeps=Keeps.WHOLE
    ),
    LineColumn("group", "For whom", attrgetter("group"), width=112, gives_way=Gives.WORDS),
)


class PaperList(LineView[PaperKind | Head]):
    """Papers of which one is on show."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(PAPERS, attrgetter("code"), _spoken, called="Papers", across=_across)
        self._offered: tuple[PaperKind, ...] = ()
        self._called: frozenset[str] = frozenset()
        self._is_folded = False
        self.picked.connect(self.chosen)
        self.fold_asked.connect(self._fold_or_not)

    @property
    def codes(self) -> tuple[str, ...]:
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


ROW = 46


class History(QWidget):
    """Newest first; the SHA-256 of the current one can be copied, and Enter shows all of its line."""

    def __init__(self) -> None:
        super().__init__()
        self.table: LineView[Issued] = LineView(
            COLUMNS, issued_key, issued_name, called="Issued versions, the newest first"
        )
        self.table.set_row_height(ROW)
        self.nothing = Label(NOTHING_ISSUED, tone="muted").wrapped()
        self.whole = Label(tone="text2").wrapped()
        self.whole.hide()
        self.hash = ElidedLabel(size=12, tone="text2")
        self.copy = Button("Copy SHA-256", icon="copy")
        self.check = Button("Check a file…", icon="check")
        self.copy.clicked.connect(self._copy)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        shortcut.setContext(shortcut.context().WidgetShortcut)
        shortcut.activated.connect(self._copy)
        self.table.picked.connect(self._show_hash)
        self.table.opened.connect(self._show_whole)
        self._lay_out()

    def show_issued(self, issued: tuple[Issued, ...]) -> None:
        """Show what was issued."""
        is_newer = issued[:1] != self.table.rows[:1]
        self.table.show_rows(issued)
        if is_newer:
            self.table.select_first()
        self._card.setVisible(bool(issued))
        self.copy.setVisible(bool(issued))
        self.nothing.setVisible(not issued)
        self._show_hash(None)

    @Slot(object)
    def _show_hash(self, key: object) -> None:
        row = self.table.at_hand
        self.hash.setText("" if row is None else f"SHA-256 {row.sha256}")
        self.copy.setEnabled(row is not None)
        self.whole.setText("" if row is None else " · ".join(_parts(row, row.sha256)))
        self.whole.setVisible(not self.whole.isHidden() and row is not None)

    @Slot(object)
    def _show_whole(self, key: object) -> None:
        """Show all of a line beneath the list, whatever has no room in its columns; again, and it goes."""
        self.whole.setVisible(self.whole.isHidden())

    @Slot()
    def _copy(self) -> None:
        row = self.table.at_hand
        if row is not None:
            QGuiApplication.clipboard().setText(row.sha256)
            self.hash.setText("Copied to the clipboard.")
            QTimer.singleShot(2500, self, partial(self._show_hash, None))

    def _lay_out(self) -> None:
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._card = Card(inset=(3, 3)).fill_with(self.table)
        self._foot = QWidget()
        column_of((self._card, 1), self.nothing, self.whole, self._foot, 0, spacing=8, inside=self)
        row_of((self.hash, 1), self.copy, self.check, inside=self._foot, spacing=8)


def issued_key(issued: Issued) -> tuple[str, str, int]:
    """Return what tells a version from the others."""
    return issued.kind, issued.subject, issued.version


def issued_name(issued: Issued) -> str:
    """Return a version in full words, for a screen reader."""
    return ", ".join(_parts(issued, _short(issued)))


def _parts(issued: Issued, sha256: str) -> tuple[str, ...]:
    after = f", supersedes version {issued.supersedes}" if issued.supersedes else ""
    parts = (_paper(issued), _subject(issued), f"version {issued.version}{after}", _when(issued))
    rest = (f"issued by {issued.issued_by}", _control(issued), f"SHA-256 {sha256}")
    return tuple(part for part in (*parts, *rest) if part)


def _paper(issued: Issued) -> str:
    return KINDS[issued.kind].words


def _subject(issued: Issued) -> str:
    return issued.subject_words or "All"


def _supersedes(issued: Issued) -> str:
    return f"supersedes v{issued.supersedes}" if issued.supersedes else ""


def _when(issued: Issued) -> str:
    local = issued.issued_at.astimezone()
    day = short_date(local) if is_year_plain(local.date(), current_day()) else short_day(local)
    return f"{day} {clock(local)}"


def _control(issued: Issued) -> str:
    return without_noughts(issued.control)


def _short(issued: Issued) -> str:
    return f"{issued.sha256[:4]}…{issued.sha256[-2:]}"


COLUMNS: tuple[LineColumn[Issued], ...] = (
    LineColumn("paper", "Paper", _paper, tip=issued_name, under=_subject, is_strong=True),
    LineColumn(
        "version",
        "Version",
        lambda issued: f"v{issued.version}",
        width=104,
        under=_supersedes,
        gives_way=Gives.WORDS + 2,
    ),
    LineColumn(
        "when",
        "Issued",
        _when,
        width=150,
        under=lambda issued: f"by {issued.issued_by}",
        gives_way=Gives.WORDS + 1,
        keeps_under=Keeps.WHOLE,
    ),
    LineColumn(
        "control",
        "Contents",
        _control,
        tip=lambda issued: f"Issued by {issued.issued_by}. SHA-256 {issued.sha256}",
        width=232,
        under=lambda issued: f"SHA-256 {_short(issued)}",
    ),
)
