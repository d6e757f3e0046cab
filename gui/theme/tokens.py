"""Name every colour of the window once, for light, dark and the system's high contrast."""

from enum import StrEnum
from functools import cache

from msgspec import Struct, json
from PySide6.QtGui import QPalette

import resources


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
        """Return the colours of one state."""
        return self.states[tone]

    @classmethod
    def light(cls) -> "Theme":
        """Return the light look."""
        return _shipped()["light"]

    @classmethod
    def dark(cls) -> "Theme":
        """Return the dark look."""
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
