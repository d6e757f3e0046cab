"""The head of the window: fund, round and area as three drop-downs, the stages, and the search box."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.breakpoints import Breakpoints
from gui.keys.key_hints import with_key
from gui.pages.page import Place
from gui.theme.look import look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.frame.find_menu import FindMenu
from gui.widgets.frame.stage_strip import StageStrip
from gui.widgets.label import Label, shortened
from gui.widgets.nesting import fill, row_of
from gui.widgets.tips import set_tip

HEIGHT = 54
LOW_HEIGHT = 40
TINY_HEIGHT = 36


SEARCH = "Search or command"


class Search(IntEnum):
    """How much the button that opens the search says."""

    WHOLE = 0
    WORD = 1
    GLYPH = 2


class Fit(NamedTuple):
    """What the head shows: how much of the search, the stage in words or in few, and what moves it on."""

    search: Search
    is_named: bool
    is_bare: bool
    has_next: bool


FITS = (
    Fit(Search.WHOLE, is_named=False, is_bare=False, has_next=True),
    Fit(Search.WORD, is_named=False, is_bare=False, has_next=True),
    Fit(Search.GLYPH, is_named=False, is_bare=False, has_next=True),
    Fit(Search.WHOLE, is_named=True, is_bare=False, has_next=True),
    Fit(Search.WHOLE, is_named=True, is_bare=False, has_next=False),
    Fit(Search.GLYPH, is_named=True, is_bare=True, has_next=False),
)
"""From the most to the least: the first that has room is shown. What moves a stage on, the stage does too."""


class Option(Struct, frozen=True):
    """One thing to switch to: what it stands for and its words."""

    value: object
    words: str


class Switch(Button):
    """A drop-down of options; while it is open, letters narrow them down."""

    chosen = Signal(object)

    def __init__(self, name: str, *, weight: int = 400) -> None:
        super().__init__("", kind="quiet")
        self._name = name
        self._weight = weight
        self._words = ""
        self._menu = FindMenu(self)
        self._menu.setAccessibleName(name)
        self._actions = QActionGroup(self)
        self._below: QAction | None = None
        self._many = 0
        self._actions.triggered.connect(self._tell)
        self.setMenu(self._menu)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus to the page it is about
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def end_with(self, action: QAction) -> None:
        """Offer an act below the options, such as to start what is not among them yet."""
        self._below = action

    def show_options(self, options: Sequence[Option], value: object) -> None:
        """Show the options, with one of them chosen."""
        self._menu.clear()
        for old in self._actions.actions():
            self._actions.removeAction(old)
            old.deleteLater()
        self._words = ""
        for option in options:
            action = self._menu.addAction(option.words.replace("&", "&&"))
            action.setData(option.value)
            action.setCheckable(True)
            action.setChecked(option.value == value)
            self._actions.addAction(action)
            if option.value == value:
                self._words = option.words
        if self._below is not None:
            self._menu.addSeparator()
            self._menu.addAction(self._below)
        self._many = len(options)
        self._fit()

    @property
    def has_choice(self) -> bool:
        """Whether there is anything to choose: another option, or an act that may be done."""
        return self._many > 1 or (self._below is not None and self._below.isEnabled())

    @Slot(QAction)
    def _tell(self, action: QAction) -> None:
        self.chosen.emit(action.data())

    @Slot()
    def _dress(self) -> None:
        self.setFont(look.font(13, self._weight))
        self._menu.setFont(look.font())
        look.show_icon(self, "chevron-down", look.theme.muted, 14)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        room = max(self.width() - look.px(14 + 12) - 10, look.px(40))
        full = metrics.horizontalAdvance(self._words)
        self._wanted = full + look.px(14 + 12) + 12
        shown = shortened(metrics, self._words, room)
        self.setText(shown)
        self.setAccessibleName(f"{ours(self._name)}, {self._words}")
        set_tip(self, self._words if shown != self._words else "")
        self.setMinimumWidth(self.minimumSizeHint().width())  # the style's own minimum would cut the words
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the whole of the words."""
        return QSize(self._wanted, look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a few letters in a narrow window."""
        return QSize(min(self._wanted, look.px(90)), look.px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room there is."""
        super().resizeEvent(event)
        self._fit()


class SearchBox(Button):
    """What opens the search: its words and its key, or as little of them as there is room for."""

    def __init__(self) -> None:
        super().__init__("", kind="search", icon="search")
        self._key, self._shown = "", Search.WHOLE
        self.setAccessibleName(SEARCH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_key(self, key: str) -> None:
        """Show the key that opens the search, "" where it has none."""
        self._key = key
        set_tip(self, with_key(SEARCH, key))
        self.fit(self._shown)

    def fit(self, shown: Search) -> None:
        """Say so much."""
        self._shown = shown
        words = {Search.WHOLE: SEARCH, Search.WORD: SEARCH.partition(" ")[0], Search.GLYPH: ""}[shown]
        self.setText("   ".join(filter(None, (words, self._key.replace("+", " ")))) if words else "")


class Header(QWidget):
    """Fund / round / area. Switching keeps the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = HEIGHT
        self._is_narrow = self._has_next = False
        self._least_search = Search.WHOLE
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
        self._least_search = Search.GLYPH if room.has_icons_only else Search.WHOLE
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
            self.search.fit(max(fit.search, self._least_search))
            self.stages.fit(is_short=fit.is_named or self._is_narrow, is_bare=fit.is_bare)
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
