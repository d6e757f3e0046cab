"""The head of the window: fund, round and area as three drop-downs, the stages, and the search box."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.breakpoints import Breakpoints
from gui.keys.key_hints import with_key
from gui.pages.page import Place
from gui.theme.controls import ARROW, INSET
from gui.theme.look import look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.frame.stage_strip import StageStrip
from gui.widgets.label import Label
from gui.widgets.nesting import fill, row_of
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList

HEIGHT = 54
LOW_HEIGHT = 40
TINY_HEIGHT = 36
SEARCH = "Search or command"


class Fit(NamedTuple):
    """What the head shows: the words of the search, the stages drawn or in words, and what moves them on."""

    has_words: bool
    is_drawn: bool
    has_next: bool


FITS = (
    Fit(has_words=True, is_drawn=True, has_next=True),
    Fit(has_words=False, is_drawn=True, has_next=True),
    Fit(has_words=True, is_drawn=False, has_next=True),
    Fit(has_words=False, is_drawn=False, has_next=False),
)
"""From the most to the least: the first that has room is shown. What moves a stage on, the stage does too."""


class Switch(ChoiceList):
    """A drop-down of options, as wide as what is chosen and narrower where there is little room."""

    chosen = Signal(object)

    def __init__(self, name: str, *, weight: int = 400) -> None:
        super().__init__()
        self._name, self._weight = name, weight
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus to the page it is about
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "quiet")
        self.activated.connect(self._tell)
        look.follow(self._dress)

    def show_options(self, options: Iterable[tuple[str, object]], value: object) -> None:
        """Show options by their words and what they stand for, with one of them chosen."""
        self.fill_with(options, value)
        self.updateGeometry()

    @property
    def has_choice(self) -> bool:
        """Whether there is anything to choose."""
        return self.count() > 1

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.currentData())

    @Slot()
    def _dress(self) -> None:
        self.setFont(look.font(13, self._weight))
        self.setAccessibleName(ours(self._name))

    def sizeHint(self) -> QSize:
        """Ask for the whole of the words."""
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(words + look.px(INSET + ARROW) + 2, look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a few letters in a narrow window."""
        return self.sizeHint().boundedTo(QSize(look.px(90), look.px(32)))


class SearchBox(Button):
    """What opens the search: a word and its key, or the glyph alone."""

    def __init__(self) -> None:
        super().__init__("", kind="search", icon="search")
        self._key, self._has_words = "", True
        self.setAccessibleName(SEARCH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_key(self, key: str) -> None:
        """Show the key that opens the search, "" where it has none."""
        self._key = key
        set_tip(self, with_key(SEARCH, key))
        self.fit(has_words=self._has_words)

    def fit(self, *, has_words: bool) -> None:
        """Say the word and the key, or neither."""
        self._has_words = has_words
        self.setText(f"Search   {self._key.replace('+', ' ')}".rstrip() if has_words else "")


class Header(QWidget):
    """Fund / round / area. Switching keeps the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = HEIGHT
        self._is_narrow = self._is_tight = self._has_next = False
        self.fund = Switch("Fund")
        self.round = Switch("Round")
        self.area = Switch("Area", weight=600)
        self._switches = (self.fund, self.round, self.area)
        self._row = row_of(spacing=2, edges=(9, 0, 20, 0), inside=self)
        self._strokes = [Label("/", tone="muted") for _ in range(2)]
        for number, switch in enumerate(self._switches):
            if number:
                self._row.addWidget(self._strokes[number - 1])
            self._row.addWidget(switch)
        self._row.addStretch(1)
        self.stages = StageStrip()
        self.next = Button("", kind="plain")
        self.next.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it goes with its stage; the page keeps the focus
        self.next.hide()
        self.search = SearchBox()
        fill(self._row, self.stages, self.next)
        self._row.addSpacing(look.px(12))
        self._row.addWidget(self.search)
        look.follow(self._refresh)

    def fit(self, room: Breakpoints) -> None:
        """Be lower in a low window, and say the stage in words in a narrow one."""
        self._height = TINY_HEIGHT if room.is_tiny else LOW_HEIGHT if room.is_low else HEIGHT
        self._is_narrow = room.has_short_stages
        self._is_tight = room.has_icons_only
        self._fit_stages()
        self._refresh()

    @property
    def first(self) -> QWidget:
        """Return where the head begins for the keyboard: the first drop-down on show, else the search."""
        return next((one for one in self._switches if one.isVisible()), self.search)

    def offer_choices(self) -> None:
        """Show each drop-down in which there is something to choose, with a stroke between two."""
        shown = [switch for switch in self._switches if switch.has_choice]
        for switch in self._switches:
            switch.setVisible(switch in shown)
        for stroke, switch in zip(self._strokes, self._switches[1:], strict=True):
            stroke.setVisible(switch in shown[1:])
        self._fit_stages()

    def show_place(self, place: Place | None) -> None:
        """Show where the area or areas on show stand."""
        self.stages.show_place(place)
        self._fit_stages()

    def offer_next(self, verb: str, words: str) -> None:
        """Offer the next stage with its checklist, as the chair moves it on; "" offers nothing."""
        self.next.show_words(f"{verb}…" if verb else "", name=words)
        set_tip(self.next, words)
        self._has_next = bool(verb)
        self._fit_stages()

    def _fit_stages(self) -> None:
        """Draw the stages while they fit, beside a smaller search box if need be; else say them in words."""
        for fit in FITS:
            self.search.fit(has_words=fit.has_words and not self._is_tight)
            self.stages.fit(is_short=self._is_narrow or not fit.is_drawn)
            self.next.setVisible(fit.has_next and self._has_next)
            if self._row.sizeHint().width() <= self.width():
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the stages the room there is."""
        super().resizeEvent(event)
        self._fit_stages()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(look.px(self._height))
