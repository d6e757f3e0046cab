"""How much room a window has, measured in text: at 200 % a wide screen is a narrow one."""

from dataclasses import dataclass

SHORT_STAGES = 1340
NARROW_SIDEBAR = 1100
TABS = 900
HIGH = 860
LOW_SIDEBAR = 736
LOW_PAGE = 600
TINY_PAGE = 420
UNBOUNDED = 16_777_215
"""Qt's own greatest width of a widget."""


@dataclass(frozen=True, slots=True)
class Breakpoints:
    """The window's size divided by the text factor."""

    width: float
    height: float

    @property
    def has_short_stages(self) -> bool:
        """Whether the header says the stage in words."""
        return self.width < SHORT_STAGES

    @property
    def has_icons_only(self) -> bool:
        """Whether the sidebar shows icons alone."""
        return self.width < NARROW_SIDEBAR

    @property
    def has_tabs(self) -> bool:
        """Whether the list and its side panel take turns."""
        return self.width < TABS

    @property
    def is_high(self) -> bool:
        """Whether a side panel can show all that it holds."""
        return self.height >= HIGH

    @property
    def has_low_sidebar(self) -> bool:
        """Whether the sidebar's rows sit closer."""
        return self.height < LOW_SIDEBAR

    @property
    def is_low(self) -> bool:
        """Whether the page gives up its summary and the pots stand on one line."""
        return self.height < LOW_PAGE

    @property
    def is_tiny(self) -> bool:
        """Whether the pots give way altogether: the header still switches the area."""
        return self.height < TINY_PAGE
