"""The tour: twelve steps through the sample, each pointing at the control that it tells of."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from gui.access.identity import identity_of
from gui.help.pointer import ControlSearch, Pointer
from gui.help.tour_steps import STEPS, TourStep
from gui.pages.page import Identity, PageTools
from gui.shell.rounds import Rounds
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, Remedy

TOUR = "tour"
"""What its message is about."""
ROUND = "Round 2"
"""The sample's round with areas at every stage."""


class Tour(QObject):
    """Lead on and back, remember the step that was left, and give the laptop back to who had it."""

    def __init__(
        self, tools: PageTools, rounds: Rounds, open_sample: Callable[[], None], is_sample: Callable[[], bool]
    ) -> None:
        super().__init__(tools)
        self._tools, self._rounds = tools, rounds
        self._open_sample, self._is_sample = open_sample, is_sample
        self._pointer: Pointer | None = None
        self._before: Identity | None = None
        self._waits = self._is_on = False
        self._at = 0
        self._search = ControlSearch(tools.dialogs.window, self._point_at)
        tools.actions[TOUR].triggered.connect(self.ask)
        tools.notices.turned.connect(self._follow_notice)
        rounds.shown.connect(self._begin_where_waited)

    @Slot()
    def ask(self) -> None:
        """Take the tour up where it was left; the sample is opened for it."""
        if self._is_sample() and self._rounds.place is not None:
            self._begin()
        else:
            self._waits = True
            self._open_sample()

    @Slot(object)
    def _begin_where_waited(self, place: object) -> None:
        if self._waits and place is not None and self._is_sample():
            self._waits = False
            QTimer.singleShot(0, self, self._begin)  # the rest of the window takes the round first

    @Slot()
    def _begin(self) -> None:
        if not self._is_on:
            self._before = self._tools.identity
        found = next((line for line in self._rounds.lines if line.name == ROUND), None)
        if found is not None:
            self._rounds.choose_round(found.round_id)
        self.show(min(self._tools.settings.tour_step, len(STEPS) - 1))

    def show(self, number: int) -> None:
        """Show a step, counted from 0: go there, say it, and point at its control."""
        step, self._at = STEPS[number], number
        self._tools.settings.tour_step = number
        self._point(None)
        self._tell()
        self._is_on = True
        self._use_as(step)
        self._tools.choose_area(step.area)
        self._tools.go(step.page)
        self._tools.notices.remedies[-1].setFocus()
        self._search.look_for(step.control, step.way)

    def _use_as(self, step: TourStep) -> None:
        part = next((part for part in self._rounds.parts if part.role == step.role), None)
        if part is not None:
            self._tools.use_as(identity_of(part, self._rounds.parts))

    def _tell(self) -> None:
        number, last = self._at, len(STEPS) - 1
        onward = Remedy("Next step", self._go_on) if number < last else Remedy("End the tour", self._finish)
        back = (Remedy("Step back", self._go_back),) if number else ()  # before: the way on keeps its place
        self._tools.notices.show_notice(
            Notice(
                TOUR, Tone.INFORMATION, _words_of(number), (*back, onward), lasts=Lasts.RECORD, is_said=False
            )
        )

    def _go_on(self) -> None:
        self.show(self._at + 1)

    def _go_back(self) -> None:
        self.show(self._at - 1)

    def _finish(self) -> None:
        self._tools.settings.tour_step = 0
        self._tools.notices.settle(TOUR)

    def _point_at(self, control: QAbstractButton | None) -> None:
        """Point at the step's control, where it is there."""
        if control is not None:
            _bring_in_sight(control)
            self._point(control)
        self._say(control)

    def _say(self, control: QAbstractButton | None) -> None:
        """Say the step once its page is there, and what the ring is around."""
        name = "" if control is None else _name_of(control)
        ring = f" The ring is around the button {name}." if name else ""
        self._tools.notices.say(TOUR, _words_of(self._at) + ring)

    def _point(self, control: QWidget | None) -> None:
        if self._pointer is None and control is not None:
            self._pointer = Pointer(self._tools.dialogs.window)
        if self._pointer is not None:
            self._pointer.point(control)

    @Slot()
    def _follow_notice(self) -> None:
        """Leave when the message is closed: the person before has the laptop again."""
        if not self._is_on or self._tools.notices.holds(TOUR):
            return
        self._is_on = False
        self._search.stop()
        self._point(None)
        if self._before is not None and self._is_sample():
            self._tools.use_as(self._before)


def _words_of(number: int) -> str:
    return f"Step {number + 1} of {len(STEPS)}: {STEPS[number].words}"


def _name_of(button: QAbstractButton) -> str:
    return (button.accessibleName() or button.text().replace("&", "")).rstrip("…")


def _bring_in_sight(control: QWidget) -> None:
    """Scroll what the control stands in, where the window is too low for all of it."""
    part = control.parentWidget()
    while part is not None:
        if isinstance(part, QScrollArea):
            part.ensureWidgetVisible(control)
        part = part.parentWidget()
