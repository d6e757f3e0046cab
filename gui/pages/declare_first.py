"""What stands in the place of a page that opens to a member once they have declared, with the way there."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction

from gui.pages.page import DECLARE, OWN_DECLARATION, PageTools
from gui.widgets.empty_state import EmptyState
from models.permissions.viewing import NOT_DECLARED


class DeclareFirst(EmptyState):
    """That nothing opens before the declaration, and the button that asks for it."""

    def __init__(self, tools: PageTools) -> None:
        self._tools = tools
        way_on = QAction(DECLARE)
        super().__init__(tools.look, way_on, DECLARE, icon="interest")
        way_on.setParent(self)
        way_on.triggered.connect(self._declare)
        self.say(NOT_DECLARED)

    @Slot()
    def _declare(self) -> None:
        self._tools.go("panel", OWN_DECLARATION)
