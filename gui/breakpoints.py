"""How much room a window has, measured in text: at 200 % a wide screen is a narrow one."""

from msgspec import Struct

SHORT_STAGES = 1340
NARROW_SIDEBAR = 1100
TABS = 900
HIGH = 860
LOW_SIDEBAR = 736
LOW_PAGE = 600
TINY_PAGE = 420
UNBOUNDED = 16_777_215
"""Qt's own greatest width of a widget."""


class Breakpoints(Struct, frozen=True):
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
        """Whether pots and filters give way to the list: the header still switches the area."""
        return self.height < TINY_PAGE

    @property
    def page_edges(self) -> tuple[int, int, int, int]:
        """How much a page leaves free at its left, top, right and foot, for a 13 px base."""
        return (17, 0, 17, 2) if self.is_tiny else (17, 4, 17, 10)

    @property
    def page_spacing(self) -> int:
        """How much stands between the parts of a page, for a 13 px base."""
        return 4 if self.is_tiny else 7
