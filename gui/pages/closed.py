"""What stands in the place of a page that is too early: why it is not open, and what opens it."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.pages.page import DECLARE, OWN_DECLARATION, START_ROUND, Page, PageTools, Place
from gui.widgets.empty_state import EmptyState
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import column_of
from gui.widgets.stack import be_entered
from models.permissions.viewing import NOT_DECLARED

SEE = "See what opens it…"
PUBLISH = "Open Criteria & scale"


class ClosedPage(Page):
    """The page's name, why it is not open, and the button to what opens it, which may be a declaration."""

    key = ""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._waits = False
        self.title = ElidedLabel("", size=20, weight=600)
        see = QAction(SEE, self)
        see.triggered.connect(self._ask)
        self.empty = EmptyState(see, SEE, icon="clock")
        column_of(self.title, (self.empty, 1), edges=(20, 4, 20, 10), inside=self)

    def say(self, name: str, why: str, place: Place | None, *, opens_by_stage: bool = True) -> None:
        """Say which page it would be, why it is not open, and lead to what opens it, where a stage does."""
        self._place, self._waits = place, why == NOT_DECLARED
        may_start = self._tools.actions["start_round"].isEnabled()
        is_scored = opens_by_stage and place is not None and not place.line.is_direct
        self.empty.button.setVisible(self._waits or is_scored or (place is None and may_start))
        words = START_ROUND if place is None else PUBLISH if place.line.stage == "set up" else SEE
        self.empty.button.show_words(DECLARE if self._waits else words)
        self.title.setText(name)
        self.empty.say(why)
        be_entered(self, f"{name}, not open{' yet' if is_scored or place is None else ''}")
        self.setAccessibleDescription(why)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the button."""
        return (self.empty.button,)

    @Slot()
    def _ask(self) -> None:
        if self._waits:
            self._tools.go("panel", OWN_DECLARATION)
        elif self._place is None:
            self._tools.actions["start_round"].trigger()
        elif self._place.line.stage == "set up":
            self._tools.go("criteria")
        else:
            self._tools.ask_stage("")


class DeclareFirst(EmptyState):
    """That nothing opens before the declaration, and the button that asks for it."""

    def __init__(self, tools: PageTools) -> None:
        self._tools = tools
        way_on = QAction(DECLARE)
        super().__init__(way_on, DECLARE, icon="interest")
        way_on.setParent(self)
        way_on.triggered.connect(self._declare)
        self.say(NOT_DECLARED)

    @Slot()
    def _declare(self) -> None:
        self._tools.go("panel", OWN_DECLARATION)
