"""Ask before a criterion is set aside, and before the record is confirmed or opened again."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.reason import ReasonDialog, RulingDialog, ruling_dialog
from gui.pages.page import PageTools
from gui.pages.panel.meeting.controller import MeetingController
from gui.pages.panel.meeting.held_dialog import HeldDialog
from gui.pages.panel.meeting.not_applicable import not_applicable_words
from gui.pages.panel.meeting.rights import rulers, sitting_together
from scoring.written.text import counted

CONFIRMED = ("It was confirmed by the panel. Say why it is opened: the reason is recorded in History.",)
CANNOT_BE_UNDONE = (
    "Earlier changes can no longer be undone; the chair can open the minutes again with a reason."
)


class MeetingConfirmation(QObject):
    """The meeting's dialogs."""

    def __init__(self, tools: PageTools, controller: MeetingController, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._controller = controller
        self._owed: tuple[str, int] | None = None
        controller.came.connect(self._go_back)

    def ask_not_applicable(self, reference: str, code: str) -> None:
        """Ask why a criterion does not apply, both totals told first; one set aside is counted again."""
        figures = self._controller.figures
        if figures is None:
            return
        named = rulers(figures, reference, self._tools.identity)
        look, window = self._tools.look, self._tools.dialogs.window
        if (reference, code) in figures.not_applicable:
            if not named:
                self._controller.set_aside(reference, code, "")
                return
            title = f"Count {code} of {reference} again"
            again = RulingDialog(look, title, (), "Count it again", window, named=named, asks_why=False)
            again.agreed.connect(partial(self._controller.set_aside, reference, code))
            self._tools.dialogs.show(again)
            return
        words = not_applicable_words(figures.round, reference, code)
        title, action = f"Set {code} aside for {reference}", f"Set {code} aside"
        dialog = ruling_dialog(look, title, words, action, window, named=named)
        dialog.agreed.connect(partial(self._controller.set_aside, reference, code))
        self._tools.dialogs.show(dialog)

    def ask_held(self, area: str, *, items: int = 0) -> None:
        """Ask when and where the panel meets for an area, and for those that sit with it.

        With its `items` go back to confirming them.
        """
        figures = self._controller.figures
        if figures is None:
            return
        held, planned = figures.rows.held.get(area), figures.rows.planned.get(area)
        window, beside = self._tools.dialogs.window, sitting_together(figures, area)
        dialog = HeldDialog(self._tools.look, area, held, planned, window, beside=beside)
        if items:
            dialog.agreed.connect(partial(self._owe, (area, items)))
        dialog.agreed.connect(partial(self._controller.hold, area))
        self._tools.dialogs.show(dialog)

    def ask_confirm(self, area: str, items: int) -> None:
        """Ask before the panel confirms the record of an area, or why the chair opens it again.

        When and where it met comes first, where that is not recorded.
        """
        figures = self._controller.figures
        if figures is None:
            return
        if figures.is_confirmed(area):
            opening = self._reason(f"Open the minutes of {area} again", CONFIRMED, "Open it again")
            opening.agreed.connect(partial(self._controller.open_record, area))
            self._tools.dialogs.show(opening)
            return
        if area not in figures.rows.held:
            self.ask_held(area, items=items)
            return
        closed = counted(items, "item is", "items are")
        words = (
            f"{closed} closed. The panel has read the agreed marks, reasons and dissent.",
            CANNOT_BE_UNDONE,
        )
        title = f"Confirm the minutes of {area}"
        window = self._tools.dialogs.window
        dialog = ConfirmDialog(self._tools.look, title, words, "Confirm the minutes", window)
        dialog.agreed.connect(partial(self._controller.confirm, area))
        self._tools.dialogs.show(dialog)

    def _owe(self, owed: tuple[str, int], *_held: object) -> None:
        self._owed = owed

    @Slot()
    def _go_back(self) -> None:
        """Ask again whether the minutes are confirmed, once the record knows when and where it was."""
        figures, owed = self._controller.figures, self._owed
        if owed is not None and figures is not None and owed[0] in figures.rows.held:
            self._owed = None
            self.ask_confirm(*owed)

    def _reason(self, title: str, words: tuple[str, ...], action: str) -> ReasonDialog:
        return ReasonDialog(self._tools.look, title, words, action, self._tools.dialogs.window)
