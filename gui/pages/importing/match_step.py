"""Step 3: which heading goes to which field, with first values; spellings of areas are matched once."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from exchange.applications.columns import KEEP, Columns
from exchange.applications.fields import is_blank, text_of
from exchange.applications.table import FoundTable, Heading
from gui.pages.applications.field_words import FIELD_WORDS
from gui.pages.importing.draft import NEW_AREA, Draft
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.scrolled import show_in
from gui.widgets.words import ShortWords, Words
from models.queries.importing import ImportTarget

KEPT = "Kept as an answer"
SPELLINGS = "Areas as they are written here, matched once and remembered"
NO_AREA = "One that is kept as written goes in without an area, and is not ranked until one is chosen."
SAMPLES = 3
MOST_SPELLINGS = 40
NEEDED = ("organisation", "amount_requested")


@dataclass(frozen=True, slots=True)
class Matched:
    """What the step shows: the table, its columns, what was remembered, and areas to match.

    `written` are texts that are no area by themselves, each with what the officer said it is, "" nothing yet.
    """

    found: FoundTable
    columns: Columns
    remembered: Mapping[str, str]
    written: Mapping[str, str]
    areas: tuple[str, ...]

    @property
    def unknown_areas(self) -> int:
        """Return how many texts are still to match."""
        return sum(not said for said in self.written.values())


def matched(draft: Draft, target: ImportTarget) -> Matched:
    """Return how the headings of a draft are matched."""
    columns = draft.columns(target)
    usual = [area.name for area in target.line.areas] or [area.name for area in target.usual_areas]
    known = target.remembered.fields(heading.text for heading in draft.found.headings)
    return Matched(draft.found, columns, known, _written(draft, target, columns), tuple(usual))


def _written(draft: Draft, target: ImportTarget, columns: Columns) -> dict[str, str]:
    """Return the first texts in the column of areas that are none, with what they were said to be."""
    heading = columns.of("area")
    if heading is None:
        return {}
    names = draft.areas(target)
    cells = (row[heading.column - 1] for row in draft.table.rows)
    texts = dict.fromkeys(" ".join(text_of(cell).split()) for cell in cells if not is_blank(cell))
    said = {**draft.spellings, **dict.fromkeys(draft.new_areas, NEW_AREA)}
    found = (text for text in texts if text in said or not names.match(text)[1])
    return {text: said.get(text, "") for text in islice(found, MOST_SPELLINGS)}


class MatchStep(QWidget):
    """A line a heading: its name, first values, a choice of fields and how sure the choice is."""

    matched = Signal(str, str)
    spelt = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.boxes: dict[str, QComboBox] = {}
        self.areas: dict[str, QComboBox] = {}
        self.count = Words(look, tone="text2").wrapped()
        self.reading = QScrollArea()
        self.reading.setWidgetResizable(True)
        self.reading.setAccessibleName("Columns of the file")
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(look.px(7))
        column.addWidget(self.count)
        card = Card(look, inset=(2, 2))
        card.fill_with(self.reading)
        column.addWidget(card, 1)

    def show_matched(self, found: Matched) -> None:
        """Show how headings are matched."""
        at = self.reading.verticalScrollBar().value()
        focused = next((name for name, box in self._choices.items() if box.hasFocus()), None)
        page = QWidget()
        grid = QGridLayout(page)
        px = self._look.px
        grid.setContentsMargins(px(12), px(8), px(12), px(12))
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(6))
        for number, stretch in enumerate((3, 4, 0, 0)):
            grid.setColumnStretch(number, stretch)
        self._heads(grid)
        fields = {heading.text: field for heading, field in found.columns.mapped}
        self.boxes, self.areas = {}, {}
        for heading in found.found.headings:
            self._line(grid, found, heading, fields.get(heading.text, KEEP))
        self._spellings(grid, found)
        grid.setRowStretch(grid.rowCount(), 1)
        show_in(self.reading, page)
        self.reading.verticalScrollBar().setValue(at)
        self._count(found)
        if focused in self._choices:
            self._choices[focused].setFocus()

    @property
    def _choices(self) -> dict[tuple[bool, str], QComboBox]:
        """Return every choice on the step, by whether it is of an area and what it is of."""
        fields = {(False, heading): box for heading, box in self.boxes.items()}
        return fields | {(True, written): box for written, box in self.areas.items()}

    def _count(self, found: Matched) -> None:
        missing = [FIELD_WORDS[name].lower() for name in NEEDED if found.columns.of(name) is None]
        words = f"{len(found.columns.mapped)} of {len(found.found.headings)} columns go to a field; "
        words += "the others are kept as answers, so nothing is dropped."
        self.count.setText(f"Choose a column for {' and '.join(missing)}. {words}" if missing else words)

    def _heads(self, grid: QGridLayout) -> None:
        for number, words in enumerate(("In the file", "First values", "Goes to", "Status")):
            grid.addWidget(Words(self._look, words, size=12, tone="muted"), 0, number)

    def _line(self, grid: QGridLayout, found: Matched, heading: Heading, field: str) -> None:
        row = grid.rowCount()
        grid.addWidget(ShortWords(self._look, heading.text, weight=600), row, 0)
        grid.addWidget(ShortWords(self._look, _samples(found.found, heading), tone="text2"), row, 1)
        box = QComboBox()
        box.setAccessibleName(f"“{heading.text}” goes to")
        box.setMinimumWidth(self._look.px(190))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        with QSignalBlocker(box):
            box.addItem(KEPT, KEEP)
            for name, words in FIELD_WORDS.items():
                box.addItem(words, name)
            box.setCurrentIndex(box.findData(field))
        box.setProperty("heading", heading.text)
        box.activated.connect(self._choose_field)
        self.boxes[heading.text] = box
        grid.addWidget(box, row, 2)
        chip = ChipLabel(self._look)
        chip.show_state(*_status(found, heading, field))
        grid.addWidget(chip, row, 3)

    def _spellings(self, grid: QGridLayout, found: Matched) -> None:
        if not found.written:
            return
        row = grid.rowCount()
        grid.addWidget(Words(self._look, SPELLINGS, weight=600).wrapped(), row, 0, 1, 4)
        grid.addWidget(Words(self._look, NO_AREA, size=12, tone="muted").wrapped(), row + 1, 0, 1, 4)
        for written, said in found.written.items():
            row = grid.rowCount()
            grid.addWidget(ShortWords(self._look, written), row, 0, 1, 2)
            box = QComboBox()
            box.setAccessibleName(f"The area “{written}” is")
            with QSignalBlocker(box):
                box.addItem("Keep as written", "")
                for area in found.areas:
                    box.addItem(area, area)
                box.addItem("Add as a new area", NEW_AREA)
                box.setCurrentIndex(max(box.findData(said), 0))
            box.setProperty("written", written)
            box.activated.connect(self._choose_area)
            self.areas[written] = box
            grid.addWidget(box, row, 2)
            chip = ChipLabel(self._look)
            chip.show_state(*_spelling_status(said))
            grid.addWidget(chip, row, 3)

    @Slot(int)
    def _choose_field(self, index: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.matched.emit(str(box.property("heading")), str(box.itemData(index)))

    @Slot(int)
    def _choose_area(self, index: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.spelt.emit(str(box.property("written")), str(box.itemData(index)))


def _samples(found: FoundTable, heading: Heading) -> str:
    filled = (row[heading.column - 1] for row in found.rows if not is_blank(row[heading.column - 1]))
    return ", ".join(" ".join(text_of(cell).split())[:40] for cell in islice(filled, SAMPLES))


def _status(found: Matched, heading: Heading, field: str) -> tuple[Tone, str]:
    if heading.text in found.remembered:
        return Tone.FUND, "Remembered"
    if field == "area" and found.unknown_areas:
        return Tone.WARNING, f"{found.unknown_areas} to match"
    return (Tone.DECLINE, "Answer") if field == KEEP else (Tone.INFORMATION, "Recognised")


def _spelling_status(said: str) -> tuple[Tone, str]:
    if not said:
        return Tone.WARNING, "To match"
    return (Tone.INFORMATION, "New area") if said == NEW_AREA else (Tone.FUND, "Matched")
