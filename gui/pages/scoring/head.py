"""The head of the scoring page: how far the member is, the strip of sheets, the grid and handing in."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.scoring.shown import Shown
from gui.pages.scoring.strip import SheetStrip
from gui.pages.scoring.words import OTHERS_CLOSED, OTHERS_OPEN, progress_words, strip_words
from gui.room import Room
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.words import ShortWords
from models.queries.score_sheets import SheetState

TABS = ("Application", "Score sheet")


class ScoringHead(QHBoxLayout):
    """Where the member is at the left, what can be done with the sheets at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._room = Room(1366, 768)
        self.title = ShortWords(look, "Scoring", size=20, weight=600)
        self.progress = ShortWords(look, weight=600)
        self.strip = SheetStrip(look)
        self.item = ShortWords(look, tone="text2")
        self.others = ChipLabel(look)
        self.hand_in = Button(look, "Hand in")
        self.as_grid = Button(look, "Grid view", icon="grid")
        self.tabs = PillTabs(look, TABS)
        left: tuple[QWidget, ...] = (self.title, self.progress, self.strip, self.item)
        right: tuple[QWidget, ...] = (self.tabs, self.others, self.as_grid, self.hand_in)
        for widget in left:
            self.addWidget(widget)
        self.addStretch(1)
        for widget in right:
            self.addWidget(widget)
        look.changed.connect(self._space)
        self._space()

    def fit(self, room: Room) -> None:
        """Give up the item, others' marks and then the strip where there is no room; offer tabs."""
        self._room = room
        self.tabs.setVisible(room.has_tabs)
        self.others.setVisible(not room.has_icons_only and bool(self.others.text()))
        self.item.setVisible(not room.has_icons_only)
        self.strip.setVisible(not room.has_tabs and not self.as_grid.isHidden())

    def clear(self) -> None:
        """Show the title alone: there are no sheets."""
        for words in (self.progress, self.item):
            words.setText("")
        for widget in (self.as_grid, self.strip, self.others, self.hand_in):
            widget.hide()

    def show_sheets(self, shown: Shown) -> None:
        """Show the sheets on show and the one that the member is at."""
        lines, at, line = shown.lines, shown.number, shown.current
        for widget in (self.as_grid, self.hand_in):
            widget.setVisible(True)
        self.strip.setVisible(not self._room.has_tabs)
        self.progress.setText(progress_words(lines))
        self.strip.show_lines(lines, at, strip_words(lines, at))
        self.item.setText(f"Item {at + 1}")
        ready = len(shown.ready)
        self.hand_in.show_words(f"Hand in {ready} ready" if ready else "Hand in")
        self.hand_in.setEnabled(bool(ready))
        is_open = line is not None and line.state is SheetState.HANDED_IN
        self.others.show_state(Tone.INFORMATION, OTHERS_OPEN if is_open else OTHERS_CLOSED)
        self.others.setVisible(not self._room.has_icons_only)

    def name_view(self, *, is_grid: bool) -> None:
        """Name the way back from the grid of all sheets, or the way there."""
        self.as_grid.show_words("One sheet" if is_grid else "Grid view")

    @Slot()
    def _space(self) -> None:
        self.setSpacing(self._look.px(10))
