"""Ask when and where the panel meets for an area: it stands at the head of the minutes."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.long_tick import LongTick
from gui.widgets.typed import WHICH_DAY, DayField, TimeField, Wrong
from models.values.rounds import MeetingHeld
from scoring.written.text import one_line

ENDS_FIRST = "The meeting ends before it begins. Correct the times."
LONGEST = 200


class HeldDialog(Form):
    """A day (at first the one that is planned), from when to when, and the place; taken back as a whole.

    It is told with the areas for which the same is recorded: of those offered, all that stay ticked.
    """

    agreed = Signal(object, object)

    def __init__(
        self,
        look: Look,
        area: str,
        held: MeetingHeld | None,
        planned: date | None,
        parent: QWidget,
        *,
        beside: Iterable[str] = (),
    ) -> None:
        words = ("It is printed at the head of the minutes.",)
        super().__init__(look, f"When and where {area} meets", words, "Record", parent, 460)
        self.day = self.add(
            WHICH_DAY,
            DayField(WHICH_DAY, held.held_on if held else planned, is_past=True, is_near=True),
            shown="On",
        )
        self.begins = TimeField("From", held.begins if held else "")
        self.ends = TimeField("To", held.ends if held else "")
        self.across(("From", self.begins), ("To", self.ends))
        self.place = self.line("Place", held.place if held else "", "such as Committee room 2, or online")
        self.place.setMaxLength(LONGEST)
        self.also = {one: self.put(LongTick(f"Also for {one}")) for one in beside}
        for tick in self.also.values():
            tick.setChecked(True)
        self.take_back = Button(look, "Take it back", kind="link")
        self.take_back.setVisible(held is not None)
        self.take_back.clicked.connect(self._take_back)
        self.finish(self.day, (self.take_back,))

    @property
    def values(self) -> tuple[object, ...]:
        """Return what is typed as one value; raise `Wrong` where the end is not after the beginning."""
        begins, ends = self.begins.value, self.ends.value
        if begins and ends and ends <= begins:
            raise Wrong(ENDS_FIRST, self.ends)
        also = tuple(area for area, tick in self.also.items() if tick.isChecked())
        return MeetingHeld(self.day.that_day, begins, ends, one_line(self.place.text())), also

    @Slot()
    def _take_back(self) -> None:
        self.accept()
        self.agreed.emit(None, ())
