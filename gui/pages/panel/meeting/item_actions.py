"""What is agreed on the item on show, as far as the person may change it."""

from typing import Any

from PySide6.QtCore import QObject, Slot

from gui.pages.page import PageTools
from gui.pages.panel.meeting.controller import MeetingController
from gui.pages.panel.meeting.item import ItemSheet
from gui.pages.panel.meeting.running import Running, unchangeable_because
from gui.pages.panel.meeting.words import NOT_ON_MARKS, not_applicable_words, waiting_words
from gui.pages.panel.scoring.marks import scale_words
from gui.widgets.speech.announcing import announce
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import Item, counts_words


class ItemActions(QObject):
    """Carry what is done on the item's sheet to the record."""

    def __init__(
        self, tools: PageTools, controller: MeetingController, running: Running, sheet: ItemSheet
    ) -> None:
        super().__init__(sheet)
        self._tools, self._controller, self._running, self._sheet = tools, controller, running, sheet
        self._told = ""
        sheet.matrix.picked.connect(self._pick)
        sheet.matrix.agreed.connect(self._agree)
        sheet.settle.agreed.connect(self._agree)
        sheet.settle.explained.connect(controller.explain)
        sheet.settle.typed.connect(controller.keep)
        sheet.settle.kept_for_panel.connect(controller.keep_for_panel)
        sheet.drafts.used.connect(controller.explain)
        sheet.drafts.dropped.connect(controller.drop)
        sheet.buttons.same.clicked.connect(self._agree_same)
        sheet.buttons.reopen.clicked.connect(self._open_again)

    def is_locked(self, figures: MeetingFigures, item: Item) -> bool:
        """Whether the person cannot change an item."""
        return bool(unchangeable_because(figures, item, self._tools.identity))

    def left(self, figures: MeetingFigures, item: Item) -> tuple[str, ...]:
        """Return the codes still to be settled, what was just performed counted."""
        stands = [self._controller.current_value(item.reference, line.code) for line in item.lines]
        lines = tuple(line._replace(agreed=mark) for line, (mark, _) in zip(item.lines, stands, strict=True))
        return item._replace(lines=lines).left(figures.round.scheme.combine, [note for _, note in stands])

    def tell_left(self, figures: MeetingFigures, item: Item) -> None:
        """Say at the foot what an item waits for, as long as it is on show and waits for it."""
        self._told = self._waits_for(figures, item)
        self._tools.hint(self._told)

    def show_item(self, figures: MeetingFigures, item: Item) -> None:
        """Show an item with what was being typed on it when the program stopped."""
        if self._told and self._told != self._waits_for(figures, item):
            self._tools.take_back_hint(self._told)
            self._told = ""
        self._sheet.show_item(figures, item, self._running.items, self._tools.identity)
        kept = {} if self.is_locked(figures, item) else self._controller.drafts_of(item.reference)
        self._sheet.drafts.show_drafts(item.reference, kept)

    def _waits_for(self, figures: MeetingFigures, item: Item) -> str:
        """Return what an item waits for before it closes, "" for nothing that the person could give."""
        left = () if self.is_locked(figures, item) else self.left(figures, item)
        values = ((code, self._controller.current_value(item.reference, code)[0]) for code in left)
        marked = [code for code, mark in values if mark is not None]
        return f"On {item.reference}, {waiting_words(figures, left, marked)}." if left else ""

    @Slot(str)
    def _pick(self, code: str) -> None:
        figures, item = self._controller.figures, self._running.item
        if figures is not None and item is not None:
            self._sheet.show_criterion(figures, item, code, self._tools.identity)

    @Slot(object)
    def _agree(self, value: Any) -> None:
        figures, item = self._controller.figures, self._running.item
        row = self._sheet.row(self._sheet.matrix.code)
        if figures is None or item is None or row is None:
            return
        if why := self._refusal(figures, item):
            self._tools.hint(why)
            return
        stood, _ = self._controller.current_value(item.reference, row.code)
        self._controller.agree(item.reference, row.code, value)
        if stood is None and value is not None:  # else it is said at the foot, too
            announce(self._sheet.matrix, f"{row.code} is agreed as {value}.")

    def take_digit(self, digit: int) -> None:
        """Begin a number with a digit that is no mark by itself, or say why it agrees none."""
        figures, item = self._controller.figures, self._running.item
        if figures is None or item is None:
            return
        maximum = figures.round.scheme.scale_maximum
        if why := self._refusal(figures, item):
            self._tools.hint(why)
        elif not self._sheet.has_marks_focus:
            self._tools.hint(NOT_ON_MARKS)
        elif not self._sheet.settle.begin_number(digit):
            self._tools.hint(scale_words(maximum))

    def _refusal(self, figures: MeetingFigures, item: Item) -> str:
        """Say why no mark is agreed on the criterion at hand, "" when one can be."""
        row = self._sheet.row(self._sheet.matrix.code)
        if why := unchangeable_because(figures, item, self._tools.identity):
            return why
        if not figures.is_agreed:
            return counts_words(figures.round.scheme.combine)
        return (
            not_applicable_words(item.reference, row.code, row.not_applicable)
            if row is not None and row.line.is_not_applicable
            else ""
        )

    @Slot()
    def _agree_same(self) -> None:
        """Agree them, and go on to the first criterion that is left: the button goes, the focus does not."""
        figures, item = self._controller.figures, self._running.item
        if figures is not None and item is not None:
            self._controller.agree_same(item.reference)
            left = self.left(figures, item)
            if left:
                self._sheet.matrix.choose(left[0])
            self._sheet.focus_marks()

    @Slot()
    def _open_again(self) -> None:
        if self._running.item is not None:
            self._controller.open(self._running.item.reference)
