"""The item on a screen that everybody sees: view only, names only when shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from gui.pages.panel.files import FilesBeside
from gui.pages.panel.meeting.matrix import matrix_rows
from gui.pages.panel.meeting.state import MeetingState
from gui.pages.panel.meeting.words import SIGNS_EXPLAINED, numbered_members, short_names
from gui.pages.projector import Projecting, Projector
from gui.papers.preview_pane import picture_of
from gui.theme.look import look, space
from gui.theme.tokens import Tone
from gui.widgets.label import ElidedLabel, Label, PlainLabel
from gui.widgets.nesting import column_of, fill, nest, row_of
from models.papers.minutes import cell_words
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import SETTLED_HEADS, Item, Line

if TYPE_CHECKING:
    from exchange.pdf.pdf_reading import PageImage
    from exchange.reading.pages import Drawn

COMING = 3
LONGEST_TEXT = 3_000
"""Characters of a text that are put on the wall."""
GOES_ON = "The beginning of a longer text: the rest is read beside the item, not on this screen."
MEMBERS_IN_THE_ROOM = "{} of the panel to leave the room"


def shortened(text: str) -> str:
    """Return as much of a text as is put on the wall, and first that it goes on where it does."""
    return text if len(text) <= LONGEST_TEXT else f"{GOES_ON}\n\n{text[:LONGEST_TEXT]}"


class SharpLabel(PlainLabel):
    """Words, or a picture that keeps the pixels which a label would scale away before it is drawn larger."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = QPixmap()

    def show_picture(self, picture: QPixmap) -> None:
        """Show a picture in the place of words."""
        self.drawn = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as a label would, whole."""
        super().paintEvent(event)
        if self.drawn.isNull():
            return
        size = self.drawn.deviceIndependentSize().toSize()
        painter = QPainter(self)
        at = QStyle.alignedRect(self.layoutDirection(), self.alignment(), size, self.rect()).topLeft()
        painter.drawPixmap(at, self.drawn)
        painter.end()


class ItemProjector(Projector):
    """The item's head, its matrix, and what comes next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Meeting")
        self.has_names = False
        self._column = column_of(inside=self.page)
        self._shown: QWidget | None = None

    def show_state(self, state: MeetingState, *, is_file: bool) -> None:
        """Show an item, its place in the order, and what comes next; for its marks, room for a file."""
        page = QWidget()
        column = column_of(spacing=8, edges=(27, 19, 27, 16), inside=page)
        self._head(column, state)
        self.file = SharpLabel()
        if is_file:
            self.file.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            column.addWidget(self.file, 100)
        elif hidden := state.hidden:
            column.addWidget(_words(hidden, 15, tone="text2"))
        else:
            nest(column, self._matrix(state.figures, state.item))
        if not is_file:
            column.addStretch(1)
            at = state.items.index(state.item) + 1
            self._add_footer(column, state.items[at : at + COMING])
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._column.addWidget(page)
        page.show()
        self._shown = page

    def show_file(self, page: "PageImage | Drawn | str") -> None:
        """Show a page of a file whole, or the beginning of a text."""
        if isinstance(page, str):
            self.file.setFont(look.font(13))
            self.file.setText(shortened(page))
            return
        self._column.activate()  # the file's room is known before it is filled
        if self._shown is not None and (inner := self._shown.layout()) is not None:
            inner.activate()
        picture = QPixmap.fromImage(picture_of(page)).scaled(
            self.file.size() * self.sharpness,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture.setDevicePixelRatio(self.sharpness)
        self.file.show_picture(picture)

    def _head(self, column: QVBoxLayout, state: MeetingState) -> None:
        figures, item = state.figures, state.item
        column.addWidget(_words(state.number_words, 13, tone="muted"))
        row = row_of((_words(item.organisation, 20, 600), 1))
        if away := figures.leaving(item):
            names = [figures.names.get(code, code) for code in away]
            leaving = ", ".join(names) if self.has_names else MEMBERS_IN_THE_ROOM.format(len(away))
            words = f"Out of the room: {leaving}" if self.has_names else leaving
            row.addWidget(self._flag(Tone.WARNING, words))
        if not figures.is_quorate(item):
            row.addWidget(self._flag(Tone.DANGER, "No quorum"))
        fill(column, row, _words(figures.projects.get(item.reference, ""), 13, tone="text2"))

    def _matrix(self, figures: MeetingFigures, item: Item) -> QGridLayout:
        grid = QGridLayout()
        space(grid, (17, 6))
        members = figures.rows.members
        names = short_names(figures.names, members) if self.has_names else numbered_members(members)
        for number, head in enumerate(
            ("Criterion", *names, "Spread", SETTLED_HEADS[figures.round.scheme.combine])
        ):
            words = _words(head, 12, tone="muted")
            grid.addWidget(words if number == 0 else _centred(words), 0, number)
        for number, row in enumerate(matrix_rows(figures, item), start=1):
            self._line(grid, number, row.line, row.agreed)
        grid.setColumnStretch(0, 1)
        return grid

    def _line(self, grid: QGridLayout, number: int, line: Line, agreed: str) -> None:
        grid.addWidget(_words(f"{line.code}  {line.title}", 14, 600), number, 0)
        for at, cell in enumerate(line.cells, start=1):
            tone = "text" if cell.mark is not None else "muted"
            grid.addWidget(_centred(_words(cell_words(cell), 15, 600, tone)), number, at)
        at = len(line.cells) + 1
        spread = "–" if line.spread is None else str(line.spread)
        if line.is_flagged and not line.is_not_applicable:
            flag = self._flag(Tone.WARNING, spread)
            grid.addWidget(flag, number, at, Qt.AlignmentFlag.AlignCenter)
        else:
            grid.addWidget(_centred(_words(spread, 15)), number, at)
        grid.addWidget(_centred(_words(agreed, 16, 600, "accent")), number, at + 1)

    def _add_footer(self, column: QVBoxLayout, coming: tuple[Item, ...]) -> None:
        if coming:
            following = "   ".join(f"{item.reference} {item.organisation}" for item in coming)
            column.addWidget(_words(f"Next: {following}", 12, tone="text2"))
        column.addWidget(_words(SIGNS_EXPLAINED, 11, tone="muted"))

    def _flag(self, tone: Tone, words: str) -> QWidget:
        """Return a shape with words in a state's colour, as large as the rest."""
        flag = QWidget()
        row = row_of(spacing=6, inside=flag)
        glyph = SharpLabel()
        colour = look.theme.state(tone).text
        glyph.setFixedSize(look.px(14), look.px(14))
        glyph.show_picture(look.glyph(tone, colour, 14, self.sharpness))
        row.addWidget(_words(words, 14, 600, str(tone)))
        row.insertWidget(0, glyph)
        return flag


def _centred(words: Label) -> Label:
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return words


class ItemProjecting(Projecting[ItemProjector]):
    """The item on the projector, and the box that shows names."""

    def __init__(self, page: QWidget, state: Callable[[], MeetingState | None], beside: FilesBeside) -> None:
        super().__init__(page, "item")
        self._state, self._beside = state, beside
        self.names = QCheckBox("Show names")
        self.names.toggled.connect(self._put)
        beside.moved.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Show the item on show, or the file beside it, when the projector is on."""
        if self.is_on:
            self._put()

    def _make(self) -> ItemProjector:
        projector = ItemProjector(self._page)
        projector.closed.connect(self._off)
        return projector

    def _put(self) -> bool:
        state = self._state()
        if state is None:
            return False
        self.projector.has_names = self.names.isChecked()
        pane = self._beside.leaving
        self.projector.show_state(state, is_file=pane is not None)
        if pane is not None:
            pane.ask_again(
                round(self.projector.width() * self.projector.devicePixelRatioF()), self._show_file
            )
        return True

    def _show_file(self, page: "PageImage | Drawn | str") -> None:
        if self._beside.leaving is not None:
            self.projector.show_file(page)

    def _begin(self) -> None:
        self.names.setVisible(True)

    @Slot()
    def _off(self) -> None:
        self.names.setVisible(False)


def _words(text: str, size: float, weight: int = 400, tone: str = "text") -> Label:
    return ElidedLabel(text, size=size, weight=weight, tone=tone)
