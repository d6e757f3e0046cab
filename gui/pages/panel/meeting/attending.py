"""Who is at an area's meeting: shown at the side, asked for first, and recorded as it is said."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Slot

from gui.pages.page import PageTools
from gui.pages.panel.meeting.controller import MeetingController
from gui.pages.panel.meeting.item_sheet import ItemSheet
from gui.pages.panel.meeting.side import MeetingSide
from models.queries.panel.meeting_figures import ATTENDANCE_FIRST, MeetingFigures
from scoring.marks.meeting import Item


class Attending(QObject):
    """Carry who is said to be here to the record; each area has a meeting of its own."""

    def __init__(
        self, tools: PageTools, controller: MeetingController, side: MeetingSide, sheet: ItemSheet
    ) -> None:
        super().__init__(side)
        self._tools, self._controller, self._side, self._sheet = tools, controller, side, sheet
        self._area: str | None = None
        self._asked: str | None = None
        side.attendance.attended.connect(self._attend)
        side.attendance.all_attended.connect(self._attend_all)

    def show(self, figures: MeetingFigures, area: str | None, *, can_attend: bool) -> None:
        """Show who is at an area's meeting, None for all areas; open it once as the meeting begins."""
        self._area = area
        states = {code: said for of, code, said in figures.rows.attendance if of == area}
        members = tuple(replace(one, name=figures.names[one.code]) for one in figures.rows.rows.members)
        undeclared = {one.code for one in members} - figures.rows.declared
        self._side.attendance.show_members(
            members,
            area,
            states,
            undeclared=undeclared,
            is_locked=not can_attend,
            held=figures.rows.held_words(area) or figures.rows.planned_words(area),
        )
        if can_attend and area != self._asked and not figures.rows.present(area):
            self._asked = area
            self._side.show_attendance()

    def ask(self, item: Item, area: str | None) -> None:
        """Go to who is here in the item's area; `area` is the one on show, None for all areas."""
        words = f"{ATTENDANCE_FIRST} Say who is here."
        if area is None:
            self._tools.choose_area(item.area)
            words += f" Only {item.area} is listed now; choose the area at the top."
        self._side.show_attendance()
        self._side.attendance.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tools.hint(words)

    def forget(self) -> None:
        """Keep nothing of a record that is closed."""
        self._area, self._asked = None, None

    @Slot(str, str)
    def _attend(self, member: str, state: str) -> None:
        if self._area is not None:
            self._controller.attend(self._area, member, state)

    @Slot(object)
    def _attend_all(self, members: tuple[str, ...]) -> None:
        if self._area is not None:
            self._controller.attend_all(self._area, members)
            self._sheet.focus_marks()
