"""Move several areas on to their next stage together: each with its checklist, the ready ones ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.tick_list import TickList
from gui.widgets.tips import set_tip
from gui.widgets.words import Words
from models.queries.set_up.next_stage import NextStage, checklist_words

BARRIER = "This closes the stage before: earlier changes can then no longer be undone."
CHOOSE = "Tick at least one area."
LINE, MOST = 27, 8
"""How high a line of the list is for a 13 px base, and how many are seen without scrolling."""


@dataclass(frozen=True, slots=True)
class Others:
    """Areas that stand at another stage: which stage, and the words of the link to it."""

    stage: str
    words: str


class NextStageDialog(GrowingDialog):
    """The areas that stand at one stage, to be moved on with one button; Cancel has the focus."""

    is_final = True
    agreed = Signal(tuple)
    other_asked = Signal(str)

    def __init__(
        self,
        look: Look,
        areas: Sequence[NextStage],
        allowed: str,
        refusal: str,
        others: Sequence[Others],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.areas = tuple(areas)
        self.refusal = refusal
        self.setWindowTitle(areas[0].verb)
        self.list = TickList(look, f"Areas, {areas[0].verb.lower()}")
        for one in areas:
            self.list.put(one.area, line_words(one), is_ticked=one.is_ready)
        self.do = Button(look, "", kind="primary")
        self.cancel = Button(look, "Close" if refusal else "Cancel")
        self.others = [Button(look, other.words, kind="link") for other in others]
        for button, other in zip(self.others, others, strict=True):
            button.setProperty("stage", other.stage)
            button.clicked.connect(self._ask_other)
        self._lay_out(allowed)
        self.list.itemChanged.connect(self._weigh)
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.setAccessibleDescription(" ".join(filter(None, (allowed, refusal))))
        self._weigh()
        self.cancel.setFocus()

    @property
    def ticked(self) -> tuple[str, ...]:
        """Return the areas to move on, in their order."""
        chosen = self.list.ticked
        return tuple(one.area for one in self.areas if one.area in chosen)

    def _lay_out(self, allowed: str) -> None:
        look, px = self._look, self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(Words(look, self.areas[0].verb, size=15, weight=600))
        column.addWidget(Words(look, allowed, tone="text2").wrapped())
        column.addWidget(self.list)
        self.list.setMinimumHeight(px(LINE) * min(len(self.areas), MOST))
        self.list.setEnabled(not self.refusal)
        last = Words(look, self.refusal or BARRIER, tone="text" if self.refusal else "muted")
        column.addWidget(last.wrapped())
        for button in self.others:
            column.addWidget(button)
        column.addLayout(foot(look, self.cancel, self.do))
        self.do.setVisible(not self.refusal)
        self.setMinimumWidth(px(560))

    @Slot()
    def _weigh(self) -> None:
        chosen, verb = self.ticked, self.areas[0].verb
        many = counted(len(chosen), "area", "areas")
        self.do.show_words(f"{verb} in {many}" if chosen else verb)
        disputed = [one for one in self.areas if one.area in chosen and one.disputes]
        why = f"{disputed[0].area}: {disputed[0].disputes}" if disputed else "" if chosen else CHOOSE
        self.do.setEnabled(not why)
        set_tip(self.do, why)

    @Slot()
    def _agree(self) -> None:
        chosen = self.ticked
        self.accept()
        self.agreed.emit(chosen)

    @Slot()
    def _ask_other(self) -> None:
        stage = str(self.sender().property("stage"))
        self.accept()
        self.other_asked.emit(stage)


def line_words(one: NextStage) -> str:
    """Return an area with its checklist: what is there, then what is still open."""
    return " ".join((f"{one.area}: {checklist_words((one,))}.", *one.held_up_by))
