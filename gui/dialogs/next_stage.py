"""Move several areas on to their next stage together: each with its checklist, the ready ones ticked."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.dialogs.stage import continue_as_chair
from gui.text import counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.tick_list import TickList
from gui.widgets.tips import set_tip
from models.queries.set_up.next_stage import SCORING, NextStage, checklist_words

BARRIER = "This closes the stage before: earlier changes can then no longer be undone."
CHOOSE = "Tick at least one area."
LINE, MOST = 27, 8
"""How high a line of the list is for a 13 px base, and how many are seen without scrolling."""


class Others(Struct, frozen=True):
    """Areas that stand at another stage: which stage, and the words of the link to it."""

    stage: str
    words: str


class NextStageDialog(Form):
    """The areas that stand at one stage, to be moved on with one button; Cancel has the focus."""

    is_final = True
    agreed = Signal(tuple)
    other_asked = Signal(str)
    chair_asked = Signal()

    def __init__(
        self,
        look: Look,
        areas: Sequence[NextStage],
        allowed: str,
        refusal: str,
        others: Sequence[Others],
        parent: QWidget,
        *,
        chair: str = "",
    ) -> None:
        verb = areas[0].verb
        away = "Close" if refusal else "Cancel"
        super().__init__(look, verb, (allowed,), "" if refusal else verb, parent, 560, away=away)
        self.describe(" ".join(filter(None, (allowed, refusal))))
        self.areas = tuple(areas)
        self.refusal = refusal
        self.list = self.put(TickList(look, ours(f"Areas, {verb.lower()}")), 1)
        for one in areas:
            self.list.put(one.area, line_words(one), is_ticked=one.is_ready)
        self.list.setMinimumHeight(look.px(LINE) * min(len(areas), MOST))
        self.list.setEnabled(not refusal)
        self.sentence(refusal or BARRIER, tone="text" if refusal else "muted")
        self.chair = self.put(Button(look, continue_as_chair(chair), kind="link"), is_left=True)
        self.chair.setVisible(bool(refusal and chair))
        self.chair.clicked.connect(self._ask_chair)
        self.others = [self.put(Button(look, other.words, kind="link")) for other in others]
        for button, other in zip(self.others, others, strict=True):
            button.setProperty("stage", other.stage)
            button.clicked.connect(self._ask_other)
        self.list.itemChanged.connect(self._update_enabled)
        self._update_enabled()
        self.finish(self.cancel)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Return the areas to move on, in their order."""
        chosen = self.list.ticked
        return tuple(one.area for one in self.areas if one.area in chosen)

    @Slot()
    def _update_enabled(self) -> None:
        chosen, verb = self.ticked, self.areas[0].verb
        many = ours(counted(len(chosen), "area", "areas"))
        self.do.show_words(f"{verb} in {many}" if chosen else verb)
        disputed = [one for one in self.areas if one.area in chosen and one.disputes]
        why = f"{disputed[0].area}: {disputed[0].disputes}" if disputed else "" if chosen else ours(CHOOSE)
        self.do.setEnabled(not why)
        set_tip(self.do, why)

    def try_action(self) -> None:
        """Move on the areas that are ticked."""
        chosen = self.ticked
        self.accept()
        self.agreed.emit(chosen)

    @Slot()
    def _ask_chair(self) -> None:
        self.accept()
        self.chair_asked.emit()

    @Slot()
    def _ask_other(self) -> None:
        stage = str(self.sender().property("stage"))
        self.accept()
        self.other_asked.emit(stage)


def line_words(one: NextStage) -> str:
    """Return an area with its checklist: what is there, what holds it up, what the list leaves out."""
    told = (point.words for point in one.points if not point.is_done and not point.holds_up)
    left = (*one.held_up_by, *(told if one.stage == SCORING else ()))
    return " ".join((f"{one.area}: {checklist_words((one,))}.", *left))
