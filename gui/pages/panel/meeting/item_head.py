"""The head of the item on show: which it is, who leaves the room, whether the quorum holds, what is next."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.meeting.words import absent_words, next_words, quorum_chip
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.chip import ChipLabel, chip_width
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import Item

MOST_OF_A_LINE = 0.5
"""The share of a line that the chip of who leaves may take from the organisation's name."""


class ItemHead(QWidget):
    """Two lines of words with a chip for the quorum and one for the door."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = ElidedLabel(look, size=12, tone="muted")
        self.name = ElidedLabel(look, size=20, weight=600)
        self.project = ElidedLabel(look, size=12, tone="text2")
        self.next = ElidedLabel(look, size=12, tone="muted").right()
        self.quorum = ChipLabel(look)
        self.absent = ChipLabel(look)
        self.leaving = Label(look, size=12, weight=600, tone="warning").wrapped()
        self._absent = ("", False)
        top = QHBoxLayout()
        top.setSpacing(look.px(10))
        top.addWidget(self.number)
        top.addWidget(self.project, 1)
        top.addWidget(self.next, 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(8))
        middle.addWidget(self.name, 1)
        middle.addWidget(self.absent)
        middle.addWidget(self.quorum)
        self._look, self._is_low = look, False
        column = self._column = QVBoxLayout(self)
        nest(column, top)
        nest(column, middle)
        column.addWidget(self.leaving)
        look.changed.connect(self._space)
        self.leaving.hide()
        self._space()

    def show_item(self, figures: MeetingFigures, item: Item, items: tuple[Item, ...]) -> None:
        """Show an item, its place among the items, and the one after it."""
        number = items.index(item) + 1
        self.number.setText(f"Item {number} of {len(items)} · {item.reference}")
        self.name.setText(item.organisation)
        self.project.setText(figures.projects.get(item.reference, ""))
        coming = [next_words(figures, one) for one in items[number : number + 1]]
        self.next.keep_whole(figures.names.values())
        self.next.setText(coming[0] if coming else "Last item")
        self.show_absent(absent_words(figures, item), someone_leaves=bool(figures.leaving(item)))
        chip = quorum_chip(figures, item)
        self.quorum.show_state(chip.tone, chip.word)

    @property
    def heard(self) -> str:
        """Return what the head says, for whoever hears it."""
        which = f"{self.number.text().rpartition(' ')[2]} {self.name.text()}"
        where = self.number.text().partition(" · ")[0]
        return ". ".join((which, where, self._absent[0], self.quorum.text()))

    def show_absent(self, words: str, *, someone_leaves: bool) -> None:
        """Show who leaves the room; names for which the chip has no room stand in full beneath."""
        self._absent = (words, someone_leaves)
        self._fit_absent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room that there is now."""
        super().resizeEvent(event)
        self._fit_absent()

    def _fit_absent(self) -> None:
        words, someone_leaves = self._absent
        head, _, names = words.partition(": ")
        has_room = not names or chip_width(self._look, words) <= MOST_OF_A_LINE * self.width()
        self.absent.show_state(Tone.WARNING if someone_leaves else Tone.FUND, words if has_room else head)
        self.leaving.setText("" if has_room else names)
        self.leaving.setVisible(not has_room)

    def fit(self, *, is_low: bool) -> None:
        """Give up the project's words and some room in a low window."""
        self._is_low = is_low
        self.project.setVisible(not is_low)
        self.name.sized(16 if is_low else 20)
        self._space()

    @Slot()
    def _space(self) -> None:
        px, down = self._look.px, 4 if self._is_low else 8
        self._column.setContentsMargins(px(14), px(down), px(14), px(down))
        self._column.setSpacing(px(2))
