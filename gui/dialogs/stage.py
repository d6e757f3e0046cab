"""Say where areas stand, what is allowed there and what is still open, and move them on or back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.text import counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.tick_list import TickList
from gui.widgets.tips import let_press
from gui.widgets.typed import TextLine
from models.queries.set_up.next_stage import SCORING, NextStage, checklist_words

MOVED_ON = "Moving it on closes this stage: earlier changes can then no longer be undone."
WAITS = "The area can move on once that is decided, because totals depend on it."
DECIDE = "Decide it on Packs"
BARRIER = "This closes the stage before: earlier changes can then no longer be undone."
CHOOSE = "Tick at least one area."
LINE, MOST = 27, 8
"""How high a line of the list is for a 13 px base, and how many are seen without scrolling."""
Way = tuple[str, Callable[[], object]]
"""The words of a link that leads elsewhere, and what it does."""


def continue_as_chair(name: str) -> str:
    """Return the words of the way to the chair, who may do what the person may not."""
    return f"Continue as {name}, chair"


class StageDialog(Form):
    """Where an area stands, with the checklist of `one`; on by an action, and back to a stage with a reason.

    `refusal` says why the person may not move it, and `chair` is the way to who may; `decide` leads to what
    is to be decided on Packs before it may go on.
    """

    is_final = True
    agreed = Signal()
    moved_back = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        sentences: Sequence[str],
        parent: QWidget,
        one: NextStage | None = None,
        *,
        onward: str = "",
        back: str = "",
        refusal: str = "",
        chair: Way | None = None,
        decide: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(look, title, sentences, "" if refusal else onward, parent, 480, away="Close")
        self.on, self.close_it, self.refusal = self.do, self.cancel, refusal
        self.points_done = () if one is None else tuple(point.words for point in one.points if point.is_done)
        self.still_open = () if one is None else one.still_open
        self.disputes = "" if one is None else one.disputes
        self.describe(" ".join((*sentences, *self.points_done, *self.still_open, self.disputes)).strip())
        let_press(self.on, self.disputes)
        for head, said, tone in (
            ("Done", self.points_done, "text2"),
            ("Still open", self.still_open, "warning"),
        ):
            if said:
                self.sentence(head, weight=600)
            for sentence in said:
                self.sentence(sentence, tone=tone)
        for sentence in (self.disputes, ours(WAITS)) if self.disputes else ():
            self.sentence(sentence, tone="danger")
        if self.disputes and decide is not None:
            self.decide = self.way_on(DECIDE, decide)
        if refusal:
            self.sentence(refusal)
            if chair is not None:
                self.way_on(*chair)
        elif onward:
            self.sentence(MOVED_ON, tone="muted")
        self.back, self.reason = Button(look, f"Move back to {back}"), TextLine()
        if back and not refusal:
            self._ask_back(back)
        self.finish(self.close_it)

    def _ask_back(self, back: str) -> None:
        """Let it be moved back once a reason is typed."""
        self.reason.setAccessibleName(f"Why it goes back to {back}")
        self.reason.setPlaceholderText(f"To go back to {back}, say why")
        self.reason.textChanged.connect(self._update_enabled)
        self.back.setEnabled(False)
        self.back.clicked.connect(self._move_back)
        row = self.row()
        row.addWidget(self.reason, 1)
        row.addWidget(self.back)

    def press_enter(self) -> None:
        """Give the ring to the way back where its reason was typed, else to the way on."""
        if self.reason.hasFocus() and self.back.isEnabled():
            self.back.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.reason.hasFocus():
            super().press_enter()

    @Slot(str)
    def _update_enabled(self, text: str) -> None:
        self.back.setEnabled(bool(text.strip()))

    @Slot()
    def _move_back(self) -> None:
        self.accept()
        self.moved_back.emit(self.reason.text().strip())


class NextStageDialog(Form):
    """The areas that stand at one stage, to be moved on with one button; Cancel has the focus.

    Each has its checklist, and the ready ones are ticked. `others` lead to areas at other stages.
    """

    is_final = True
    agreed = Signal(tuple)

    def __init__(
        self,
        look: Look,
        areas: Sequence[NextStage],
        allowed: str,
        parent: QWidget,
        *,
        refusal: str = "",
        others: Sequence[Way] = (),
        chair: Way | None = None,
    ) -> None:
        self.areas, self.refusal, self._verb = tuple(areas), refusal, areas[0].verb
        action, away = ("", "Close") if refusal else (self._verb, "Cancel")
        super().__init__(look, self._verb, (allowed,), action, parent, 560, away=away)
        self.describe(" ".join(filter(None, (allowed, refusal))))
        self.list = self.put(TickList(look, ours(f"Areas, {self._verb.lower()}")), 1)
        for one in areas:
            self.list.put(one.area, line_words(one), is_ticked=one.is_ready)
        self.list.setMinimumHeight(look.px(LINE) * min(len(areas), MOST))
        self.list.setEnabled(not refusal)
        self.sentence(refusal or BARRIER, tone="text" if refusal else "muted")
        if refusal and chair is not None:
            self.chair = self.way_on(*chair)
        self.others = [self.way_on(*other, is_left=False) for other in others]
        self.list.itemChanged.connect(self._update_enabled)
        self._update_enabled()
        self.finish(self.cancel)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Return the areas to move on, in their order."""
        chosen = self.list.ticked
        return tuple(one.area for one in self.areas if one.area in chosen)

    @property
    def values(self) -> tuple[object, ...]:
        """Return the areas that are ticked."""
        return (self.ticked,)

    @Slot()
    def _update_enabled(self) -> None:
        chosen = self.ticked
        many = ours(counted(len(chosen), "area", "areas"))
        self.do.show_words(f"{self._verb} in {many}" if chosen else self._verb)
        disputed = [one for one in self.areas if one.area in chosen and one.disputes]
        why = f"{disputed[0].area}: {disputed[0].disputes}" if disputed else "" if chosen else ours(CHOOSE)
        let_press(self.do, why)


def line_words(one: NextStage) -> str:
    """Return an area with its checklist: what is there, what holds it up, what the list leaves out."""
    told = (point.words for point in one.points if not point.is_done and not point.holds_up)
    left = (*one.held_up_by, *(told if one.stage == SCORING else ()))
    return " ".join((f"{one.area}: {checklist_words((one,))}.", *left))
