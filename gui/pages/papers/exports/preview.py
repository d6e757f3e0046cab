"""A paper that has no pages to look at: its letters, or the sheets of a workbook."""

from collections.abc import Iterator
from functools import partial
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QTableView, QTextBrowser

from gui.listed.acts import Doing
from gui.pages.page import PageTools
from gui.pages.papers.exports.issuing import next_words
from gui.papers.preview_pane import Preview
from gui.papers.source import LettersView
from gui.record.runner import Ticket
from gui.tables.column_widths import HeadFont
from gui.tables.columns import Column, LineColumn
from gui.tables.line_view import LineView
from gui.tables.rows_model import RowsModel
from gui.text import NOTHING
from gui.theme.look import LEFT, look
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import Card, fill
from gui.widgets.pill import ManyTabs
from models.papers.letters.letter import Letter
from models.papers.texts import texts_of_letter
from models.trouble import Trouble
from scoring.money import pounds, without_noughts
from scoring.written.text import Refused, counted, without_commands

if TYPE_CHECKING:
    from exchange.papers.paper_preview import ShownCell, ShownSheet

KIND_WORDS = {
    "offer": "Offer",
    "part-offer": "Part-offer",
    "direct-offer": "Award",
    "reserve": "Reserve",
    "decline": "Decline",
    "defer": "Put off",
    "refer": "Referred",
    "ineligible": "Not eligible",
    "incomplete": "Incomplete",
    "late": "Late",
    "undecided": "Not decided",
    "withdrawn": "Withdrawn",
    "direct-withdrawn": "Award withdrawn",
    "received": "Received",
    "variation": "Variation",
    "subsidy-notice": "Subsidy notice",
    "recovery": "Money asked back",
    "acknowledgement": "Received",
    "closed": "Closed",
    "answer": "Answer",
}
TEXT_SHARE = 3
"""Of the height, beside the two that the list has."""


class LettersPreview(Preview):
    """A table of letters over the text of the current one, and what is asked of it where it leaves that open.

    What a letter says of what comes next only a person knows.
    """

    def __init__(self, tools: PageTools) -> None:
        self.next = Button("What the letter says…", icon="page")
        super().__init__(self.next)
        self._tools, self._doing = tools, Doing(tools, self)
        self._view: LettersView | None = None
        self._folder = Path()
        self.waiting = Label(tone="danger").wrapped()
        self.table: LineView[Letter] = LineView(COLUMNS, attrgetter("reference"), _named, called="Letters")
        self.text = QTextBrowser()
        self.text.setTabChangesFocus(True)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("Text of the letter")
        by_key = Qt.TextInteractionFlag.TextSelectableByKeyboard  # line by line, as a reader reads
        self.text.setTextInteractionFlags(self.text.textInteractionFlags() | by_key)
        self._lay_out()
        self.table.picked.connect(self._ask)
        self.next.clicked.connect(self._ask_next)

    def show_letters(
        self, view: LettersView, folder: Path, control: str, state: str, *, is_draft: bool
    ) -> None:
        """Show other letters; `folder` is where an office's own templates would lie."""
        self._view, self._folder = view, folder
        self.show_state(state, is_draft=is_draft)
        self.words.setText(f"{control} {_wanting(view)}".strip())
        self.waiting.setText(without_commands(view.letters.to_do_words))
        self.waiting.setVisible(bool(view.letters.to_do_words))
        self.table.show_rows(view.letters.shown)
        if self.table.current is None:
            self.table.select_first()
        else:
            self._ask()

    def clear(self) -> None:
        """Let go of the letters."""
        self._tools.questions.forget(self._take)
        self._view = None
        self.next.hide()
        self.table.show_rows(())
        self.text.clear()

    @Slot()
    def _ask(self) -> None:
        letter = self.table.at_hand
        if self._view is None or letter is None:
            return
        self.next.setVisible(bool(texts_of_letter(letter.kind, leaves_out=letter.leaves_out)))
        work = partial(_text_of, self._view, letter, self._folder)
        self._tools.questions.work(work, partial(self._take, letter), failed=self._fail)

    @Slot()
    def _ask_next(self) -> None:
        round_id = None if self._view is None else self._view.source.order.round_id
        if round_id is not None and self.table.at_hand is not None:
            self._doing.do(next_words(self.table.at_hand, round_id))

    def _take(self, letter: Letter, text: str) -> None:
        self.text.setPlainText(text)
        self.text.setAccessibleName(f"Text of the letter to {letter.organisation}")

    def _fail(self, error: Exception) -> None:
        """Say in the letter's own place what is wrong with its template."""
        if isinstance(error, Refused | Trouble):
            self.text.setPlainText(str(error))
        else:
            self._tools.workspace.failed.emit(error)

    def _lay_out(self) -> None:
        self._card.body.addWidget(self.waiting)
        self._card.fill_with(self.table)
        sheet = Card(inset=(14, 10)).fill_with(self.text)
        fill(self._column, (sheet, TEXT_SHARE), spacing=10)
        look.follow(self._dress)

    @Slot()
    def _dress(self) -> None:
        self.text.setFont(look.font(13))
        for part in (self.table, self.text):
            part.setMinimumHeight(look.px(84))


def _wanting(view: LettersView) -> str:
    """Return how many draft e-mails would have no address, "" where none is written or each has one."""
    many = len(view.letters.without_address)
    if not many or view.source.files is None or not view.source.files.mails:
        return ""
    return f"{counted(many, 'e-mail has', 'e-mails have')} no usable address."


def _text_of(view: LettersView, letter: Letter, folder: Path, ticket: Ticket) -> str:
    """Fill the letter's template; Word's library is loaded here, not at the window's start."""
    from exchange.papers.letters.writing import letter_text

    return letter_text(view.letters, letter, view.source.status, folder)


def _kind(letter: Letter) -> str:
    return KIND_WORDS[letter.kind]


def _amount(letter: Letter) -> str:
    pence = letter.offered_pence if letter.asked_back_pence is None else letter.asked_back_pence
    return NOTHING if pence is None else without_noughts(pounds(pence))


def _named(letter: Letter) -> str:
    what = {"variation": "now", "recovery": "asked back", "subsidy-notice": "proposed"}
    offered = what.get(letter.kind, "nothing offered" if letter.offered_pence is None else "offered")
    amount = "" if letter.offered_pence is None else f"{_amount(letter)} "
    return f"{letter.reference}, {letter.organisation}, {_kind(letter)}, {amount}{offered}"


COLUMNS: tuple[LineColumn[Letter], ...] = (
    LineColumn(
        "organisation",
        "Organisation",
        attrgetter("organisation"),
        under=attrgetter("reference"),
        is_strong=True,
    ),
    LineColumn("kind", "Letter", _kind, width=110),
    LineColumn("amount", "Amount", _amount, width=110, is_right=True),
)


Row = tuple[int, "tuple[ShownCell, ...]"]
"""A row: its number, and its cells."""
ROW, WIDEST, LEAST = 26, 260, 56
MEASURED = 40
"""How many rows a column's width is measured by."""


def _columns(sheet: "ShownSheet") -> Iterator[Column[Row]]:
    """Yield the columns of a sheet; figures stand at the right, under whatever is over them."""
    for number, heading in enumerate(sheet.headings):
        words = partial(_words, number)
        is_right = any(row[number].is_figure for row in sheet.rows)
        spoken = partial(_spoken, number, heading)
        yield Column(str(number), heading, words, spoken, tip=words, is_right=is_right)


def _words(number: int, row: Row) -> str:
    return row[1][number].words


def _spoken(number: int, heading: str, row: Row) -> str:
    return f"{heading}: {_words(number, row) or 'empty'}"


class SheetsPreview(Preview):
    """One sheet at a time, the first rows of it, and how many more there are."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[ShownSheet, ...] = ()
        self.tabs = ManyTabs("Sheet", name="Sheets")
        self.table = QTableView()
        self._lay_out()
        self.tabs.changed.connect(self._show_sheet)

    def show_sheets(self, sheets: "tuple[ShownSheet, ...]", state: str, *, is_draft: bool) -> None:
        """Show another file, at the same sheet if it has one."""
        self._sheets = sheets
        self.show_state(state, is_draft=is_draft)
        self.tabs.offer([(sheet.name, sheet.name) for sheet in sheets])
        self.tabs.setVisible(len(sheets) > 1)
        self._show_sheet()

    def clear(self) -> None:
        """Let go of the file."""
        self._sheets = ()
        self.table.setModel(None)

    @Slot()
    def _show_sheet(self) -> None:
        if not self._sheets:
            return
        sheet = self._sheets[self.tabs.number]
        if before := self.table.model():
            before.deleteLater()
        self.model = RowsModel(tuple(_columns(sheet)), itemgetter(0), lambda row: str(row[0]), self.table)
        self.model.show(tuple(enumerate(sheet.rows, 1)))
        self.table.setModel(self.model)
        rows = counted(len(sheet.rows), "row")
        self.words.setText(f"First {rows}; the file has {sheet.more:,} more." if sheet.more else f"{rows}.")
        self.table.setAccessibleName(f"Sheet {sheet.name}, {self.words.text()} {self.state.text()}")
        self._fit_columns(sheet)

    def _fit_columns(self, sheet: "ShownSheet") -> None:
        """Give each column the room of its words, up to a limit; titles run across."""
        metrics, px = self.table.fontMetrics(), look.px
        self.table.clearSpans()
        for number, row in enumerate(sheet.rows):
            if len(row) > 1 and row[0].words and not any(cell.words for cell in row[1:]):
                self.table.setSpan(number, 0, 1, len(row))
        for number, heading in enumerate(sheet.headings):
            found = [
                row[number].words for row in sheet.rows[:MEASURED] if sum(bool(c.words) for c in row) > 1
            ]
            widest = max((metrics.horizontalAdvance(words) for words in (heading, *found)), default=0)
            self.table.setColumnWidth(number, max(px(LEAST), min(widest + px(18), px(WIDEST))))

    def _lay_out(self) -> None:
        table = self.table
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setCornerButtonEnabled(False)
        head = table.horizontalHeader()
        HeadFont(head)
        HeadFont(table.verticalHeader())
        head.setHighlightSections(False)
        head.setDefaultAlignment(LEFT)
        self._card.body.addWidget(self.tabs)
        self._card.fill_with(table)
        look.follow(self._dress)

    @Slot()
    def _dress(self) -> None:
        self.table.setFont(look.font(12))
        self.table.verticalHeader().setDefaultSectionSize(look.px(ROW))
