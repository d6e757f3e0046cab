"""History: every change as a plain sentence, searched and filtered; nothing here can be changed.

Does not belong here: the words of a change (its operation's `label`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from PySide6.QtCore import QDate, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Go, Hint, Save
from gui.listed.narrowing import Narrowing
from gui.listed.page import ListedPage
from gui.pages.page import Breakpoints, Place
from gui.record.runner import Ticket
from gui.tables.columns import Keeps, LineColumn
from gui.text import counted
from gui.theme.look import Tone, look
from gui.widgets.nesting import row_of
from gui.widgets.turned import ChoiceList, DayBox
from gui.widgets.typed import sought_line
from models.clock import utc_now
from models.operation import Topic
from models.queries.history import HistoryLine, history
from models.role import role_words
from models.store.chain import Fault, first_fault
from scoring.written.days import clock, short_day
from scoring.written.names import sought

EVERYONE, EVERYTHING, EVERY_APPLICATION = "Everyone", "Every kind of change", "Every application"
UNSET = QDate(1999, 12, 31)
"""What a day stands at while none is asked for."""
PDF, EXCEL = "PDF to print (*.pdf)", "Excel workbook (*.xlsx)"
FORMS = f"{PDF};;{EXCEL}"
NAME = "History.pdf"


class ReadHistory(NamedTuple):
    """What the record says: its changes, and the first row at which the chain does not hold."""

    lines: tuple[HistoryLine, ...]
    fault: Fault | None


class Asked(Struct, frozen=True):
    """What is asked for: "", None and no round stand for everything; the last day is counted in."""

    who: str = ""
    what: str = ""
    application: str = ""
    first: date | None = None
    last: date | None = None
    typed: str = ""
    round_id: int = 0

    def holds(self, line: HistoryLine) -> bool:
        """Whether a line is asked for."""
        day = line.at.astimezone().date()
        return (
            self.who in ("", line.name)
            and self.what in ("", line.kind)
            and (self.application in ("", line.application) or self.application in line.names)
            and (not self.round_id or line.round_id in (0, self.round_id))
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and sought(self.typed) in sought(_spoken(line))
        )

    @property
    def words(self) -> str:
        """Return what is asked for as a sentence says it, "" for everything."""
        typed = self.typed.strip()
        parts: tuple[Any, ...] = (
            self.who,
            self.what,
            self.application,
            typed and f"“{typed}”",
            self.first and f"from {self.first:%d/%m/%Y}",
            self.last and f"to {self.last:%d/%m/%Y}",
        )
        return ", ".join(filter(None, parts))


def _moment(line: HistoryLine) -> str:
    """Return the moment on this computer's clock."""
    local = line.at.astimezone()
    return f"{short_day(local)} {clock(local)}"


def _spoken(line: HistoryLine) -> str:
    """Return the whole line in words."""
    who = f"{line.name}, {role_words(line.role)}" if line.role else line.name
    return ", ".join(filter(None, (_moment(line), who, line.words, line.detail)))


class Day(DayBox):
    """A day. Tab leaves it: Qt's own goes from part to part, and never out of words that have no parts."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt calls it by this name
        return QWidget.focusNextPrevChild(self, next)


class Filters(QWidget, Narrowing):
    """Three choices, two days and a box for words; `changed` tells of each."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._of = ("", 0)
        """The application that the page was sent to, and its round: another may have one of its reference."""
        self.who, self.what = ChoiceList("Who"), ChoiceList("What")
        self.application = ChoiceList("Application")
        self.first, self.last = _day("From any day", "From"), _day("To any day", "To")
        self.box = sought_line("Filter", "Filter the history")
        for box, everything in (
            (self.who, EVERYONE),
            (self.what, EVERYTHING),
            (self.application, EVERY_APPLICATION),
        ):
            box.addItem(everything)
            box.currentTextChanged.connect(self.changed)
        for day in (self.first, self.last):
            day.dateChanged.connect(self.changed)
        self.box.textChanged.connect(self.changed)
        self._row = row_of(spacing=8, edges=(3, 0, 3, 0), inside=self)
        for widget in (*self.inputs[1:], self.box):
            self._row.addWidget(widget, int(widget is self.box))
        look.follow(self._space)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.box, self.who, self.what, self.application, self.first, self.last)

    @property
    def asked(self) -> Asked:
        """Return what is asked for."""
        of = _chosen(self.application)
        return Asked(
            who=_chosen(self.who),
            what=_chosen(self.what),
            application=of,
            first=_asked(self.first),
            last=_asked(self.last),
            typed=self.box.text(),
            round_id=self._of[1] if of == self._of[0] else 0,
        )

    @property
    def words(self) -> str:
        """Return what is asked for as a sentence says it, "" for everything."""
        return self.asked.words

    def kept(self, rows: Sequence[HistoryLine]) -> tuple[HistoryLine, ...]:
        return tuple(filter(self.asked.holds, rows))

    def offer(self, rows: Sequence[HistoryLine]) -> None:
        """Offer the names, kinds and applications that lines hold, and keep what is chosen."""
        _offer(self.who, EVERYONE, (line.name for line in rows))
        _offer(self.what, EVERYTHING, (line.kind for line in rows))
        _offer(self.application, EVERY_APPLICATION, (line.application for line in rows))

    def lead_to(self, reference: str, row: object, place: Place | None) -> None:
        """Ask for the changes on one application alone, be it on offer yet or not."""
        self.box.clear()
        self._of = (reference, 0 if place is None else place.line.round_id)
        if self.application.findText(reference) < 0:
            self.application.addItem(reference)
        self.application.setCurrentText(reference)

    def fit(self, room: Breakpoints) -> None:
        """Leave the days out where there is no room for them: words find a day as well."""
        for day in (self.first, self.last):
            day.setVisible(not room.has_tabs)

    @Slot()
    def _space(self) -> None:
        for box in (self.who, self.what, self.application):
            box.setMaximumWidth(look.px(190))
            box.setMinimumWidth(look.px(90))


def _day(any_day: str, name: str) -> QDateEdit:
    box = Day()
    box.setMinimumDate(UNSET)
    box.setSpecialValueText(any_day)
    box.setDate(UNSET)
    box.setCalendarPopup(True)
    box.setDisplayFormat("dd/MM/yyyy")
    box.setAccessibleName(name)
    return box


def _asked(box: QDateEdit) -> Any:
    return box.date().toPython() if box.date() > UNSET else None


def _chosen(box: QComboBox) -> str:
    return box.currentText() if box.currentIndex() > 0 else ""


def _offer(box: QComboBox, everything: str, names: Iterable[str]) -> None:
    """Offer the names found, and keep the one chosen, also where no change is on it alone."""
    held = _chosen(box)
    blocked = QSignalBlocker(box)
    box.clear()
    box.addItems([everything, *sorted({name for name in (*names, held) if name})])
    box.setCurrentText(held or everything)
    blocked.unblock()


def _chip(read: ReadHistory) -> tuple[Tone, str, str]:
    return (Tone.FUND, "Chain unbroken", "") if read.fault is None else (Tone.DANGER, read.fault.words, "")


def _sums(read: ReadHistory, shown: Sequence[HistoryLine]) -> str:
    rest = f" of {len(read.lines):,}" if len(shown) < len(read.lines) else ""
    return f"{counted(len(shown), 'change')}{rest}, the newest first. Nothing here can be changed."


def _open(at: At[ReadHistory, HistoryLine]) -> Go | Hint:
    """Go to the application that a change is about; a change about none says so."""
    if at.row.application:
        return Go("applications", at.row.application)
    return Hint(f"That change does not concern a single application. {at.row.words}")


def _export(at: At[ReadHistory, Any]) -> Save:
    """Ask for a file, and write the changes on show as pages to print, or as a workbook."""
    note = f"Narrowed down to: {at.narrowed}." if at.narrowed else "Every change."
    lines: tuple[HistoryLine, ...] = tuple(at.shown)
    words = f"{counted(len(lines), 'change was', 'changes were')} written to “{{}}”."
    write, title = partial(_write, note, utc_now()), "Export these changes"
    return Save(Kind.PAPERS, title, NAME, FORMS, lambda session: lines, write, words, is_near=True)


def _write(note: str, at: datetime, lines: tuple[HistoryLine, ...], path: Path, ticket: Ticket) -> Path:
    if path.suffix.lower() == ".pdf":
        return _write_pdf(path, lines, note, at)
    from exchange.xlsx.table import TableBook, TableSheet, columns_of
    from exchange.xlsx.table_book import write_table_book

    columns = columns_of("history", at=lambda one: f"{one.at:%Y-%m-%d %H:%M:%S}")
    sheet = TableSheet("History", "History", note, columns, lines)
    book = TableBook("History", "OFFICIAL", "Nothing in it can be changed in the record", at, (sheet,))
    return write_table_book(book, path, ticket.tick)


def _write_pdf(path: Path, lines: tuple[HistoryLine, ...], note: str, at: datetime) -> Path:
    from exchange.papers.record_papers import HistoryRow, write_history_pdf

    rows = [HistoryRow(_moment(one), _who(one), one.words, one.detail) for one in reversed(lines)]
    return write_history_pdf(rows, f"{note} The oldest first.", at, path)


def _who(line: HistoryLine) -> str:
    return ", ".join(filter(None, (line.name, role_words(line.role) if line.role else "")))


COLUMNS: tuple[LineColumn[HistoryLine], ...] = (
    LineColumn("when", "When", _moment, width=150),
    LineColumn(
        "who",
        "Who",
        attrgetter("name"),
        width=170,
        under=lambda line: role_words(line.role),
        keeps=Keeps.WHOLE,
    ),
    LineColumn(
        "what",
        "What was changed",
        attrgetter("words"),
        under=attrgetter("detail"),
        tip=lambda line: "\n".join(filter(None, (line.words, line.detail))),
        is_strong=True,
    ),
)

PAGE: ListedPage[ReadHistory, HistoryLine] = ListedPage(
    key="history",
    title="History",
    icon="file",
    list_name="History",
    ask=lambda session, wanted: ReadHistory(history(session, wanted.viewer), first_fault(session)),
    rows=lambda read: read.lines,
    row_key=attrgetter("seq"),
    columns=COLUMNS,
    concerns=frozenset(Topic),
    sums=_sums,
    chip=_chip,
    narrowing=Filters,
    opens=Act(words="Open", does=_open),
    acts=(
        Act(
            words="Export these…",
            look="primary",
            icon="export",
            why_not=lambda at: "" if at.shown else "No change is shown.",
            does=_export,
        ),
    ),
)
