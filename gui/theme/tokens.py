"""Name every colour of the window once, for light, dark and the system's high contrast."""

from enum import StrEnum

from msgspec import Struct
from PySide6.QtGui import QPalette


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
    states: tuple[tuple[Tone, Pair], ...]
    is_dark: bool = False
    is_tinted: bool = True

    def state(self, tone: Tone) -> Pair:
        """Return the colours of one state."""
        return dict(self.states)[tone]

    @classmethod
    def light(cls) -> "Theme":
        """Return the light look."""
        return LIGHT

    @classmethod
    def dark(cls) -> "Theme":
        """Return the dark look."""
        return DARK

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
            states=tuple((tone, Pair(text, base)) for tone in Tone),
            is_dark=palette.color(role.Window).lightness() < 128,
            is_tinted=False,
        )


LIGHT = Theme(
    name="light",
    window="#F5F6F8",
    sidebar="#EBEEF3",
    surface="#FFFFFF",
    sunken="#F1F3F6",
    hover="#F0F4FB",
    selected="#DFE9FC",
    line="#DFE3E9",
    track="#E3E7ED",
    control="#7A8596",
    text="#151B25",
    text2="#465162",
    muted="#596577",
    disabled="#8B95A3",
    accent_text="#1D53C0",
    accent="#1D53C0",
    accent_hover="#17459F",
    on_accent="#FFFFFF",
    bar_recommended="#0B8A6C",
    bar_part="#2F86C9",
    bar_consider="#667A9E",
    bar_over="#B81646",
    states=(
        (Tone.FUND, Pair("#00664F", "#DDF3EC")),
        (Tone.PART, Pair("#17649F", "#DFEEFA")),
        (Tone.RESERVE, Pair("#7A5200", "#FBEFD3")),
        (Tone.DECLINE, Pair("#5A6472", "#E9ECF0")),
        (Tone.DEFER, Pair("#4B2277", "#EFE7F9")),
        (Tone.DANGER, Pair("#A8123E", "#FCE4EA")),
        (Tone.WARNING, Pair("#7A5200", "#FBEFD3")),
        (Tone.INFORMATION, Pair("#1D53C0", "#E3ECFD")),
        (Tone.WAITING, Pair("#465162", "#EEF0F4")),
    ),
)

DARK = Theme(
    name="dark",
    window="#12161C",
    sidebar="#0D1116",
    surface="#1A2029",
    sunken="#151A22",
    hover="#212936",
    selected="#20355C",
    line="#2C3542",
    track="#2A3340",
    control="#77849A",
    text="#E9EDF3",
    text2="#B7C1CF",
    muted="#9AA6B7",
    disabled="#6C7889",
    accent_text="#8FB6FF",
    accent="#2F66D0",
    accent_hover="#2A5CBD",
    on_accent="#FFFFFF",
    bar_recommended="#2FA886",
    bar_part="#4A9BDB",
    bar_consider="#8597B8",
    bar_over="#F0668A",
    states=(
        (Tone.FUND, Pair("#5FD3B0", "#12372E")),
        (Tone.PART, Pair("#7CC0F5", "#14324A")),
        (Tone.RESERVE, Pair("#F0C063", "#3B2D0F")),
        (Tone.DECLINE, Pair("#B4BECB", "#2A323D")),
        (Tone.DEFER, Pair("#E4D4FF", "#33254A")),
        (Tone.DANGER, Pair("#FF8298", "#4A1B2A")),
        (Tone.WARNING, Pair("#F0C063", "#3B2D0F")),
        (Tone.INFORMATION, Pair("#8FB6FF", "#1D2F52")),
        (Tone.WAITING, Pair("#B7C1CF", "#252D39")),
    ),
    is_dark=True,
)
