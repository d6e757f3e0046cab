"""Step 3: which heading goes to which field, with first values; spellings of areas are matched once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from exchange.applications.columns import KEEP
from exchange.applications.draft import NEW_AREA
from exchange.applications.fields import is_blank
from exchange.applications.preview import Matched, missing_words
from exchange.applications.table import FoundTable, Heading
from gui.listed.form import AtField, Choice, Form, Leads
from gui.pages.applications.importing.file_step import shown_cell
from gui.performance.turns import TimeSlicing
from gui.theme.look import look, space
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.label import ChipLabel, ElidedLabel, Label, small
from gui.widgets.nesting import column_of
from gui.widgets.scrolled import ScrollPane, show_in
from gui.widgets.turned import ChoiceList
from models.values.applications import FIELD_WORDS
from models.values.rounds import FORCE_WIDE

UNKNOWN = "No row of this file has an area of this round. Its areas are written {}."
_SHOWN = 3
SPELLINGS = "Areas as written in this file: match each once and it is remembered"
NO_AREA = (
    "Applications whose area is kept as written are imported without one, and are not ranked until it "
    "is chosen."
)
READING = "Reading the columns…"
SAMPLES, SAMPLE_LETTERS = 3, 40


def one_area_form(found: Matched, wants_column: Callable[[], object]) -> Form:
    """Return what asks for the area of all rows, and leads back to the columns; "" is none yet."""
    areas = tuple(
        (area if area in found.areas else ours(f"{area} (a new area)"), area)
        for area in dict.fromkeys((*found.areas, FORCE_WIDE))
    )

    def chosen(area: str | None) -> str:
        if area is None:
            raise AtField("Choose an area, or say that there is none yet.", "area")
        return area

    return Form(
        title=ours("Which area are these applications for?"),
        sentences=(_words(found),),
        action="Use for the row" if found.rows == 1 else f"Use for all {found.rows:,} rows",
        does=chosen,
        fields=(
            Choice(
                *("area", ours("Area of all rows")),
                options=(*areas, ("None yet: not ranked until one is chosen", "")),
                first=ours("Choose an area…"),
                is_bare=True,
            ),
            Leads("Choose a column instead", wants_column, kind="plain"),
        ),
    )


def _words(found: Matched) -> str:
    written = [f"“{text}”" for text in list(found.written)[:_SHOWN]]
    more = len(found.written) - len(written)
    if not written:
        return ours("No column of this file is matched to an area.")
    return ours(UNKNOWN.format(", ".join(written) + (f" and {more:,} more" if more else "")))


class MatchStep(QWidget):
    """A line a heading: its name, first values, a choice of fields and how sure the choice is.

    What is `said` of the file returns the draft with it, of a draft and what the import is into.
    """

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QComboBox] = {}
        self._areas: dict[str, QComboBox] = {}
        self._chips: dict[QComboBox, ChipLabel] = {}
        self._shown: Matched | None = None
        self._time_slicing = TimeSlicing(self)
        self.count = Label(tone="text2").wrapped()
        self.reading = ScrollPane("Columns of the file")
        card = Card(inset=(2, 2)).fill_with(self.reading)
        column_of(self.count, (card, 1), inside=self, spacing=7, edges=(3, 0, 3, 0))

    @property
    def boxes(self) -> dict[str, QComboBox]:
        """Return the choice of each heading."""
        self._time_slicing.finish()
        return self._boxes

    @property
    def areas(self) -> dict[str, QComboBox]:
        """Return the choice of each text that is no area by itself."""
        self._time_slicing.finish()
        return self._areas

    def wait_for(self, found: FoundTable) -> None:
        """Show the heads at once while the columns are read, unless this table is on show already."""
        if self._shown is not None and self._shown.found is found:
            return
        self._time_slicing.finish()
        self._shown, self._boxes, self._areas, self._chips = None, {}, {}, {}
        self.count.setText("")
        page, grid = self._page()
        grid.addWidget(Label(READING, tone="muted"), 1, 0, 1, 4)
        grid.setRowStretch(2, 1)
        show_in(self.reading, page)

    def show_matched(self, found: Matched) -> None:
        """Show how headings are matched."""
        self._time_slicing.finish()
        before, self._shown = self._shown, found
        if before is not None and found.is_laid_as(before):
            self._stand(found)
        else:
            self._lay(found)
        self._count(found)

    @Slot()
    def choose_area_column(self) -> None:
        """Go to the column that may be the area: the first that is still an answer."""
        box = next((box for box in self.boxes.values() if box.currentData() == KEEP), None)
        if box is not None:
            self.reading.ensureWidgetVisible(box)
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay(self, found: Matched) -> None:
        """Lay the lines anew, those in sight first."""
        page, grid = self._page()
        self._boxes, self._areas, self._chips = {}, {}, {}
        self._time_slicing.begin(self._steps(grid, found))
        show_in(self.reading, page)

    def _page(self) -> tuple[QWidget, QGridLayout]:
        """Return a page with the heads of its columns."""
        page = QWidget()
        grid = space(QGridLayout(page), (14, 6), (12, 8, 12, 12))
        for number, stretch in enumerate((3, 4, 0, 0)):
            grid.setColumnStretch(number, stretch)
        _heads(grid)
        return page, grid

    def _steps(self, grid: QGridLayout, found: Matched) -> Iterator[None]:
        """Lay one line at a time."""
        for heading in found.found.headings:
            self._line(grid, found, heading, found.fields.get(heading.text, KEEP))
            yield
        if found.written:
            _spellings_head(grid)
        for written, said in found.written.items():
            self._spelling(grid, found, written, said)
            yield
        grid.setRowStretch(grid.rowCount(), 1)

    def _stand(self, found: Matched) -> None:
        """Let the lines that are there say how all is matched now."""
        for heading in found.found.headings:
            box, field = self._boxes[heading.text], found.fields.get(heading.text, KEEP)
            box.setCurrentIndex(box.findData(field))
            self._chips[box].show_state(*_status(found, heading, field))
        for written, said in found.written.items():
            box = self._areas[written]
            box.setCurrentIndex(max(box.findData(said), 0))
            self._chips[box].show_state(*_spelling_status(said))

    def _count(self, found: Matched) -> None:
        mapped, of = len(found.columns.mapped), len(found.found.headings)
        words = (
            f"{mapped} of {of} columns go to a field; the others are kept as answers, so nothing is dropped."
        )
        words = words if mapped < of else f"All {of} columns go to a field."
        self.count.setText(" ".join(filter(None, (missing_words(found.columns), words, *found.notes))))

    def _line(self, grid: QGridLayout, found: Matched, heading: Heading, field: str) -> None:
        row, of = grid.rowCount(), heading.text
        grid.addWidget(ElidedLabel(of, weight=600), row, 0)
        grid.addWidget(ElidedLabel(_samples(found.found, heading), tone="text2"), row, 1)
        fields = [("Kept as an answer", KEEP), *((ours(words), name) for name, words in FIELD_WORDS.items())]
        box = self._boxes[of] = self._choice(grid, f"“{of}” goes to", fields, field)
        self._chips[box].show_state(*_status(found, heading, field))
        box.setMinimumWidth(look.px(190))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.activated.connect(
            lambda: self.said.emit(lambda draft, target: draft.matched(target, of, box.currentData()))
        )

    def _choice(
        self, grid: QGridLayout, name: str, options: Iterable[tuple[str, str]], chosen: str
    ) -> ChoiceList:
        """Put what can be chosen at the end of the last line, with how sure that is."""
        row = grid.rowCount() - 1
        box = ChoiceList(name)
        box.fill_with(options, chosen)
        self._chips[box] = ChipLabel()
        grid.addWidget(box, row, 2)
        grid.addWidget(self._chips[box], row, 3)
        return box

    def _spelling(self, grid: QGridLayout, found: Matched, written: str, said: str) -> None:
        grid.addWidget(ElidedLabel(written), grid.rowCount(), 0, 1, 2)
        areas = [("Keep as written", ""), *zip(found.areas, found.areas, strict=True)]
        offered = [*areas, (ours("Add as a new area"), NEW_AREA)]
        box = self._areas[written] = self._choice(grid, ours(f"The area “{written}” is"), offered, said)
        self._chips[box].show_state(*_spelling_status(said))
        box.activated.connect(
            lambda: self.said.emit(lambda draft, target: draft.spelt(written, box.currentData()))
        )


def _samples(found: FoundTable, heading: Heading) -> str:
    filled = (row[heading.at] for row in found.rows if not is_blank(row[heading.at]))
    return ", ".join(_sample(shown_cell(cell)) for cell in islice(filled, SAMPLES))


def _sample(text: str) -> str:
    """Return the beginning of a value, whole words where it has any, and that more follows."""
    head = text[:SAMPLE_LETTERS]
    return text if head == text else f"{head.rsplit(maxsplit=1)[0]}…"


def _status(found: Matched, heading: Heading, field: str) -> tuple[Tone, str]:
    is_said = heading.text in found.by_hand
    if heading.text in found.remembered and not is_said:
        return Tone.FUND, "Remembered"
    if field == "area" and found.unknown_areas:
        return Tone.WARNING, f"{found.unknown_areas} to match"
    if is_said and field != KEEP:
        return Tone.FUND, "Matched"
    if heading in found.columns.to_check:
        return Tone.WARNING, "To check"
    return (Tone.DECLINE, "Answer") if field == KEEP else (Tone.INFORMATION, "Recognised")


def _spelling_status(said: str) -> tuple[Tone, str]:
    if not said:
        return Tone.WARNING, "To match"
    return (Tone.INFORMATION, ours("New area")) if said == NEW_AREA else (Tone.FUND, "Matched")


def _heads(grid: QGridLayout) -> None:
    for number, words in enumerate(("In the file", "First values", "Goes to", "Status")):
        grid.addWidget(Label(words, size=12, tone="muted"), 0, number)


def _spellings_head(grid: QGridLayout) -> None:
    row = grid.rowCount()
    grid.addWidget(Label(ours(SPELLINGS), weight=600).wrapped(), row, 0, 1, 4)
    grid.addWidget(small(ours(NO_AREA), tone="muted"), row + 1, 0, 1, 4)
