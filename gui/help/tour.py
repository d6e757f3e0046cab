"""The tour: twelve steps through the sample, each with a ring around the control that it tells of."""

from collections.abc import Callable

from msgspec import Struct, json
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

import resources
from gui.access.identity import identity_of
from gui.pages.page import Identity, PageTools
from gui.shell.rounds import Rounds
from gui.theme.look import Tone, look, smooth
from gui.widgets.message_area import Lasts, Notice, Remedy
from models.role import Role

ROOM, WIDTH, CORNER = 4, 3, 8
LOOK_AGAIN_MS, LOOKS = 100, 50
"""A page asks the record before it shows its buttons: for so long a button is looked for."""

MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class ControlSearch(QObject):
    """Look for a button by how its words begin, and hand it on once it is there, None where it never is."""

    def __init__(self, within: QWidget, found: Callable[[QAbstractButton | None], None]) -> None:
        super().__init__(within)
        self._within, self._found = within, found
        self._begins: tuple[str, ...] = ()
        self._looked = 0
        self._timer = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)

    def look_for(self, *begins: str) -> None:
        """Look for a button whose words or name begin so, the first first; "" begins none."""
        self._begins, self._looked = begins, 0
        self._look()

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        control = self._control()
        self._looked += 1
        if control is None and self._looked <= LOOKS:
            self._timer.start()
        else:
            self._found(control)

    def _control(self) -> QAbstractButton | None:
        buttons = [one for one in self._within.findChildren(QAbstractButton) if one.isVisible()]
        for begins in filter(None, self._begins):
            for button in buttons:
                if button.text().startswith(begins) or button.accessibleName().startswith(begins):
                    return button
        return None


class Pointer(QWidget):
    """Drawn over the window; nothing to screen readers, which are told in words."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.at: QWidget | None = None
        """The control that it is around."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def point(self, control: QWidget | None) -> None:
        """Go around a control, or around none."""
        for part in self._watched():
            part.removeEventFilter(self)
        self.at = control
        for part in self._watched():
            part.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control when it, or what it stands in, moves or hides."""
        if event.type() in MOVES:
            self._follow()
        return False

    def _watched(self) -> list[QWidget]:
        """Return the control and what it stands in, up to the window."""
        found: list[QWidget] = []
        part = self.at
        while part is not None and part is not self._window:
            found.append(part)
            part = part.parentWidget()
        return found

    def _follow(self) -> None:
        control = self.at
        if control is None or not control.isVisible():
            self.hide()
            return
        px = look.px(ROOM)
        corner = control.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(
            corner.x() - px, corner.y() - px, control.width() + 2 * px, control.height() + 2 * px
        )
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        with smooth(self) as painter:
            width = look.px(WIDTH)
            painter.setPen(QPen(QColor(look.theme.accent), width))
            inset = width // 2 + 1
            corner = look.px(CORNER)
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), corner, corner)


class TourStep(Struct, frozen=True):
    """One step: the page, who looks at it, in which area, and the control by how its words begin.

    `way` leads to the control where the page has room for one half alone, and that is the other.
    """

    page: str
    role: Role
    control: str
    words: str
    area: str | None = None
    way: str = ""


STEPS = json.decode(resources.text("window/tour.json"), type=tuple[TourStep, ...])


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
        name = "" if control is None else control.accessibleName() or control.text().replace("&", "")
        ring = f" The ring is around the button {name.rstrip('…')}." if name else ""
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


def _bring_in_sight(control: QWidget) -> None:
    """Scroll what the control stands in, where the window is too low for all of it."""
    part = control.parentWidget()
    while part is not None:
        if isinstance(part, QScrollArea):
            part.ensureWidgetVisible(control)
        part = part.parentWidget()
