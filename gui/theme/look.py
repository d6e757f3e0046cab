"""Name every colour once, and hold the look of the whole window: theme, sizes, room and fonts."""

from collections.abc import Callable, Collection, Sequence
from enum import IntEnum, StrEnum
from functools import cache
from typing import TypeVar

from msgspec import Struct, json
from msgspec.structs import asdict
from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QGuiApplication,
    QPaintDevice,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QLayout, QWidget

import resources
from gui.theme.controls import ControlStyle
from gui.theme.glyphs import BESIDE_WORDS, Lettering, button_icon, drawn, paint_icon, shipped_families
from scoring.written.area_label import AREA, AreaLabel


class Tone(StrEnum):
    """A state that is told by a shape, a word and a colour, in that order."""

    FUND = "fund"
    PART = "part"
    RESERVE = "reserve"
    DECLINE = "decline"
    DEFER = "defer"
    DANGER = "danger"
    WARNING = "warning"
    INFORMATION = "information"
    WAITING = "waiting"


class Pair(Struct, frozen=True):
    """A state's text colour and the pale fill it stands on, as "#RRGGBB"."""

    text: str
    fill: str


class Theme(Struct, frozen=True):
    """All colours of one look, as "#RRGGBB", by what they are for.

    `is_tinted` is False in high contrast, where fills carry nothing and edges are 2 px.
    """

    name: str
    window: str
    sidebar: str
    surface: str
    sunken: str
    hover: str
    selected: str
    line: str
    track: str
    control: str
    text: str
    text2: str
    muted: str
    disabled: str
    accent_text: str
    accent: str
    accent_hover: str
    on_accent: str
    bar_recommended: str
    bar_part: str
    bar_consider: str
    bar_over: str
    states: dict[Tone, Pair]
    is_dark: bool = False
    is_tinted: bool = True

    def state(self, tone: Tone) -> Pair:
        return self.states[tone]

    @classmethod
    def light(cls) -> "Theme":
        return _shipped()["light"]

    @classmethod
    def dark(cls) -> "Theme":
        return _shipped()["dark"]

    @classmethod
    def high_contrast(cls, palette: QPalette) -> "Theme":
        """Return a look made of the system's own colours alone, without tints."""
        role = QPalette.ColorRole
        text = palette.color(role.WindowText).name()
        base = palette.color(role.Base).name()
        strong = palette.color(role.Highlight).name()
        return cls(
            name="high contrast",
            window=palette.color(role.Window).name(),
            sidebar=palette.color(role.Window).name(),
            surface=base,
            sunken=base,
            hover=base,
            selected=strong,
            line=text,
            track=base,
            control=text,
            text=palette.color(role.Text).name(),
            text2=text,
            muted=text,
            disabled=palette.color(QPalette.ColorGroup.Disabled, role.Text).name(),
            accent_text=text,
            accent=strong,
            accent_hover=strong,
            on_accent=palette.color(role.HighlightedText).name(),
            bar_recommended=text,
            bar_part=text,
            bar_consider=text,
            bar_over=text,
            states=dict.fromkeys(Tone, Pair(text, base)),
            is_dark=palette.color(role.Window).lightness() < 128,
            is_tinted=False,
        )


@cache
def _shipped() -> dict[str, Theme]:
    return json.decode(resources.text("window/colours.json"), type=dict[str, Theme])


def palette_of(theme: Theme) -> QPalette:
    """Return the palette of a theme, disabled text included."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.sunken,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent_text,
        role.LinkVisited: theme.accent_text,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.Accent: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.control,
        role.Shadow: theme.line,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(theme.sunken))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.track))
    return palette


SHEET = "window/style.qss"


def sheet_of(theme: Theme, px: Callable[[float], int]) -> str:
    """Return the style rules with a theme's colours; lengths after "$" follow the text size."""
    colours = {name: value for name, value in asdict(theme).items() if isinstance(value, str)}
    colours |= {str(tone): pair.text for tone, pair in theme.states.items()}
    colours["selected_text"] = theme.text if theme.is_tinted else theme.on_accent
    text = resources.text(SHEET)
    if not theme.is_tinted:
        text = text.replace("border: 1px solid", "border: 2px solid")
    for name in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{name}", colours[name])
    for length in (24, 22, 20, 13, 12, 8, 7, 6, 5, 4, 3, 2, 1):
        text = text.replace(f"${length}", f"{px(length)}px")
    return text


BASE_PX = 13
POINTS_IN_INCH = 72
TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)


class Choice(StrEnum):
    """What the person chose for light and dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


Gaps = int | tuple[int, int]
"""Between the parts of a layout: across and down alike, or each; for letters of 13 px."""
Edges = tuple[int, int, int, int]
Spaced = TypeVar("Spaced", bound=QLayout)
FLUSH = (0, 0, 0, 0)
"""Edges of a layout that stands at those of what it is in."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
"""Where words stand in a line: at a side, in the middle of its height."""


class Density(IntEnum):
    """How high a row of the ranked list is, for letters of 13 px."""

    COMPACT = 30
    TWO_LINE = 40
    LARGE = 52


class _News(QObject):
    """What tells of the look; begun anew it is another, so that nobody from before is told."""

    changed = Signal()
    system_turned = Signal()


class Look:
    """The look in force: there is one, `look`. What is painted asks it for colours, lengths and fonts."""

    def __init__(self) -> None:
        self.factor = 1.0
        """What every length drawn for a 13 px base is multiplied by."""
        self.area_label = AREA
        """What the office whose record is open calls an area."""
        self.given_names: Collection[str] = ()
        """What people called areas, rounds and funds, which is never said otherwise."""
        self._fonts: dict[tuple[float, int], QFont] = {}
        self.letter_widths: dict[tuple[float, int], dict[str, int]] = {}
        """How wide letters are by the size and weight of the font in force, as far as they were measured."""
        self._news = _News()

    def begin(
        self,
        app: QApplication,
        choice: Choice = Choice.SYSTEM,
        percent: int = 100,
        lettering: Lettering = Lettering.SHIPPED,
    ) -> None:
        """Take up the look of an application; of what was before nothing stays."""
        self._app = app
        self._dressed: QApplication | QWidget | None = None
        self.choice = choice
        self.percent = percent
        self.lettering = lettering
        self._system_font = app.font()
        self._system_px = max(BASE_PX, _pixels(app.font()))
        self._system_palette = app.palette()
        self.area_label, self.given_names = AREA, ()
        self._news = _News()
        self._news.system_turned.connect(self._follow_system)
        app.styleHints().colorSchemeChanged.connect(self._news.system_turned)
        self._measure()
        self._style = ControlStyle(self.theme, self.factor)
        app.setStyle(self._style)
        self._colour()

    @property
    def changed(self) -> SignalInstance:
        """Return the signal that the look is another."""
        return self._news.changed

    def follow(self, dress: Callable[[], object]) -> None:
        """Dress something now, and whenever the look changes."""
        self.changed.connect(dress)
        dress()

    def dress(self, window: QApplication | QWidget) -> None:
        """Draw a window, and all that is ever put into it or opened from it, by the style rules.

        Rules of the application's would be worked out again for each part at each step of its way into the
        window: for a button in a row in a card in a page four times.
        """
        self._dressed = window
        window.setStyleSheet(sheet_of(self.theme, self.px))

    def call_areas(self, label: AreaLabel, names: Collection[str] = ()) -> None:
        """Call an area by the word of the office whose record is open; names that it gave stay."""
        self.given_names = names
        if label != self.area_label:
            self.area_label = label
            self.changed.emit()

    def choose(self, choice: Choice) -> None:
        """Follow the system, or be light or dark whatever it says."""
        self.choice = choice
        self._refresh()

    def choose_letters(self, lettering: Lettering) -> None:
        """Draw with the letters that ship, or with the computer's own."""
        self.lettering = lettering
        self._refresh()

    def set_percent(self, percent: int) -> None:
        """Set the text size, held within 100 and 200 percent."""
        self.percent = min(max(percent, TEXT_PERCENTS[0]), TEXT_PERCENTS[-1])
        self._refresh()

    @property
    def nearest_percent(self) -> int:
        """Return the text size of those on offer that is nearest to the one in force."""
        return min(TEXT_PERCENTS, key=lambda one: abs(one - self.percent))

    def step_percent(self, steps: int) -> None:
        """Go to the next larger or smaller text size."""
        index = TEXT_PERCENTS.index(self.nearest_percent) + steps
        self.set_percent(TEXT_PERCENTS[min(max(index, 0), len(TEXT_PERCENTS) - 1)])

    def px(self, length: float) -> int:
        """Return a length at the text size in force."""
        return round(length * self.factor)

    def font(self, size: float = BASE_PX, weight: int = 400) -> QFont:
        """Return the window's font with figures of equal width: one for all, which nobody changes."""
        key = (size, weight)
        if key not in self._fonts:
            font = self.letters()
            font.setPixelSize(self.px(size))
            font.setWeight(QFont.Weight(weight))
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return self._fonts[key]

    def letters(self) -> QFont:
        """Return the families in which a letter is looked for, one after the other, of no size yet.

        What ships is drawn alike on every computer; how the computer's own is fitted to its pixels, and
        so how wide it comes out, is the computer's to say.
        """
        if self.lettering is Lettering.COMPUTER:
            found = QFontInfo(self._system_font).family()  # "Sans Serif" is no family
            return QFont([*filter(None, [found]), *shipped_families()])
        font = QFont(shipped_families())
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font

    def glyph(self, name: str, colour: str, size: float, ratio: float) -> QPixmap:
        """Return an icon at the text size in force."""
        return QPixmap.fromImage(drawn(name, colour, self.px(size), ratio))

    def show_icon(self, button: QAbstractButton, name: str, colour: str) -> None:
        """Show an icon on a button, before its words."""
        size = self.px(16)
        button.setIcon(button_icon(name, colour, size))
        button.setIconSize(QSize(size + BESIDE_WORDS, size))

    def paint_glyph(self, painter: QPainter, x: float, y: float, name: str, colour: str, size: float) -> None:
        """Paint an icon at a place, in the text size in force."""
        paint_icon(painter, x, y, name, colour, self.px(size))

    def _follow_system(self) -> None:
        if self.choice is Choice.SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        """Take another look. The old rules go first: Qt takes ten times as long to put new over old.

        The font comes before: parts of a window without rules are not told of another font that follows.
        """
        self._measure()
        self._colour()
        if self._dressed is not None:
            self._dressed.setStyleSheet("")
            self.dress(self._dressed)
        self.changed.emit()

    def _measure(self) -> None:
        """Work out colours and lengths, and forget what was measured by others."""
        self.theme = self._wanted()
        self.factor = self._system_px / BASE_PX * self.percent / 100
        self._fonts.clear()
        self.letter_widths.clear()

    def _colour(self) -> None:
        self._style.dress(self.theme, self.factor)
        self._app.setFont(self.font())
        self._app.setPalette(palette_of(self.theme))
        for window in QApplication.topLevelWidgets():
            for layout in window.findChildren(QLayout):
                _lay_out(layout)

    def _wanted(self) -> Theme:
        hints = self._app.styleHints()
        contrast = hints.accessibility().contrastPreference()
        if contrast is Qt.ContrastPreference.HighContrast:
            return Theme.high_contrast(self._system_palette)
        is_dark = hints.colorScheme() is Qt.ColorScheme.Dark
        if self.choice is Choice.DARK or (self.choice is Choice.SYSTEM and is_dark):
            return Theme.dark()
        return Theme.light()


look = Look()
"""The look of the whole application, as Qt's own palette and style are; an application's start begins it."""


def space(layout: Spaced, gaps: Gaps | None = None, edges: Edges | None = None) -> Spaced:
    """Set the room between a layout's parts and at its edges, and return it; None leaves what is there."""
    if gaps is not None:
        layout.setProperty("gaps", gaps)
    if edges is not None:
        layout.setProperty("edges", edges)
    _lay_out(layout)
    return layout


def _lay_out(layout: QLayout) -> None:
    """Give a layout its room at the size of letters in force."""
    gaps, edges = layout.property("gaps"), layout.property("edges")
    if edges is not None:
        layout.setContentsMargins(*map(look.px, edges))
    if isinstance(layout, QGridLayout) and isinstance(gaps, Sequence):
        layout.setHorizontalSpacing(look.px(gaps[0]))
        layout.setVerticalSpacing(look.px(gaps[1]))
    elif gaps is not None:
        layout.setSpacing(look.px(gaps))


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style rules name, and have the widget drawn by those that are for it now."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def smooth(on: QPaintDevice) -> QPainter:
    """Return what paints smooth edges on a widget or picture; it is a context, at whose end it is done."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_with(painter: QPainter, colour: str) -> None:
    """Have a painter fill what it draws next, without an edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))


def outline_with(
    painter: QPainter, colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> None:
    """Have a painter draw the edge of what it draws next, and leave the inside as it is."""
    painter.setPen(QPen(QColor(colour), width, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _pixels(font: QFont) -> int:
    """Return the size of a font, which is not loaded for it: nothing may ever be drawn with it."""
    if font.pixelSize() > 0:
        return font.pixelSize()
    return round(font.pointSizeF() * QGuiApplication.primaryScreen().logicalDotsPerInchY() / POINTS_IN_INCH)
