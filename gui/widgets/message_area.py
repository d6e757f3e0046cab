"""What the window tells: notices over the page, and messages and progress at its foot."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from time import monotonic

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QProgressBar, QSizePolicy, QWidget

from gui.record.runner import Ticket
from gui.text import ours
from gui.theme.look import Tone, look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label, PlainLabel
from gui.widgets.nesting import column_of, fill, row_of
from gui.widgets.speech.announcing import announce, say_of
from gui.widgets.tips import set_tip


class Lasts(IntEnum):
    """With what a message goes: its page, the person, the record, or only once it is settled.

    What goes with a page goes with the person and the record, too.
    """

    PAGE = 0
    PERSON = 1
    RECORD = 2
    SETTLED = 3


class Remedy(Struct, frozen=True):
    """A button of a notice: its words and what it does."""

    words: str
    do: Callable[[], object]


class Notice(Struct, frozen=True):
    """A message. `subject` is what it is about: a newer one on the same subject takes its place.

    Danger cannot be closed. It goes once it is solved; where it tells of one attempt that was refused, as
    soon as the person goes on to something else. `stays` is for danger that does not go with that;
    `passes` says that a milder notice tells of one attempt too, and goes in the same way. `lasts` says with
    what any notice goes at the latest: as a rule with the page on which it was told. `is_said` is not set
    where what shows it says it aloud itself, by `NoticeBar.say`, once there is more to say.
    """

    subject: str
    tone: Tone
    words: str
    remedies: tuple[Remedy, ...] = ()
    stays: bool = False
    passes: bool = False
    lasts: Lasts = Lasts.PAGE
    is_said: bool = True

    @property
    def goes_with(self) -> Lasts:
        return Lasts.SETTLED if self.stays and self.lasts is Lasts.PAGE else self.lasts


class NoticeBar(QWidget):
    """Show the newest notice; page through the rest; close them one by one."""

    turned = Signal()
    """Another message is on show, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._at = 0
        self._glyph = PlainLabel()
        self._words = Label().wrapped()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._remedies = [Button("", kind="plain"), Button("", kind="plain")]
        self._page = Button("", kind="quiet")
        self._close = Button("", kind="quiet", icon="close", name="Close this message")
        set_tip(self._close, "Close this message")
        self._row = row_of(spacing=8, edges=(20, 5, 12, 5), inside=self)
        self._lay_out()
        look.follow(self._refresh)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice, before all others; it takes the place of one on the same subject."""
        self._notices = [notice, *(held for held in self._notices if held.subject != notice.subject)]
        self._at = 0
        self._refresh()
        if notice.is_said:
            announce(self, ours(notice.words), is_of_change=True)

    def say(self, subject: str, words: str) -> None:
        """Say of the notice on show, if it is on this subject, more than it shows, at its last button."""
        if self.current is not None and self.current.subject == subject:
            say_of(self._remedies[-1], words)

    def settle(self, subject: str) -> None:
        """Take away the notice on a subject that is solved."""
        self._notices = [held for held in self._notices if held.subject != subject]
        self._refresh()

    @Slot()
    def move_on(self) -> None:
        """Take away what tells of a single attempt: the person has gone on to something else."""
        if self._notices:
            self._notices = [
                one for one in self._notices if one.stays or not (one.passes or one.tone is Tone.DANGER)
            ]
            self._refresh()

    def leave(self, gone: Lasts) -> None:
        """Take away what goes with a page, a person or a record that is gone."""
        self._notices = [one for one in self._notices if one.goes_with > gone]
        self._refresh()

    def holds(self, subject: str) -> bool:
        """Whether there is a notice on a subject, on show or behind others."""
        return any(held.subject == subject for held in self._notices)

    @property
    def current(self) -> Notice | None:
        return self._notices[self._at] if self._notices else None

    @property
    def remedies(self) -> tuple[Button, ...]:
        """Return the buttons of the notice on show."""
        return tuple(button for button in self._remedies if button.isVisibleTo(self))

    def _lay_out(self) -> None:
        fill(self._row, self._glyph, (self._words, 1))
        for button in (*self._remedies, self._page, self._close):  # at the foot, which stays as the bar grows
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        for place, button in enumerate(self._remedies):
            button.clicked.connect(partial(self._do, place))
        self._page.clicked.connect(self._turn)
        self._close.clicked.connect(self._dismiss)

    def _do(self, place: int) -> None:
        notice = self.current
        if notice is not None and (remedy := self._standing(notice)[place]) is not None:
            remedy.do()

    @Slot()
    def _turn(self) -> None:
        self._at = (self._at + 1) % len(self._notices)
        self._refresh()

    @Slot()
    def _dismiss(self) -> None:
        if self.current is not None:
            self.settle(self.current.subject)

    @Slot()
    def _refresh(self) -> None:
        self._at = min(self._at, max(len(self._notices) - 1, 0))
        notice = self.current
        self.setVisible(notice is not None)
        self.turned.emit()
        if notice is None:
            return
        colour = look.theme.state(notice.tone).text
        self._glyph.setPixmap(look.glyph(notice.tone, colour, 18, self.devicePixelRatioF()))
        words = ours(notice.words)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._show_buttons(notice)
        self.update()

    def _show_buttons(self, notice: Notice) -> None:
        for button, remedy in zip(self._remedies, self._standing(notice), strict=True):
            button.setVisible(remedy is not None)
            button.setAccessibleDescription("")
            if remedy is not None:
                button.show_words(remedy.words)
        self._close.setVisible(notice.tone is not Tone.DANGER)
        self._page.setVisible(len(self._notices) > 1)
        words = f"{self._at + 1} of {len(self._notices)}"
        self._page.show_words(words, name=f"Message {words}, show the next")

    def _standing(self, notice: Notice) -> tuple[Remedy | None, ...]:
        """Return what each button is, the last remedy on the last one.

        One with the focus whose words become another's is said by them, before the focus goes on.
        """
        return (*[None] * (len(self._remedies) - len(notice.remedies)), *notice.remedies)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground in the notice's tone."""
        notice = self.current
        if notice is None:
            return
        pair = look.theme.state(notice.tone)
        painter = QPainter(self)
        painter.fillRect(self.rect(), pair.fill)
        if not look.theme.is_tinted:
            painter.setPen(QPen(QColor(pair.text), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


AFTER_MS, SAID_AFTER_MS = 600, 2500
"""Later said than shown: a preview that is drawn in a moment is not told of down a list of papers."""
STOPPING = "Stopping…"


class ProgressStrip(QWidget):
    """Follow one ticket at a time: the newest that has a label."""

    def __init__(self) -> None:
        super().__init__()
        self._ticket: Ticket | None = None
        self._began = 0.0
        self._words = ElidedLabel(weight=600)
        self._count = Label(tone="text2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = Button("Cancel")
        self._cancel.clicked.connect(self._stop)
        self._wait = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._wait.timeout.connect(self.show)
        self._say = QTimer(self, singleShot=True, interval=SAID_AFTER_MS)
        self._say.timeout.connect(self._announce)
        parts = self._words, (self._bar, 3), self._count, 1, self._cancel
        row_of(*parts, spacing=12, edges=(20, 4, 20, 4), inside=self)
        self.hide()
        look.follow(self._refresh)

    @Slot(object)
    def follow(self, ticket: Ticket) -> None:
        """Follow a piece of work; the strip shows itself when it takes long."""
        self._ticket = ticket
        self._began = monotonic()
        self._words.setText(ticket.label)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.show_words("Cancel", name=f"Cancel, {ticket.label}")
        ticket.progressed.connect(self._advance)
        ticket.settled.connect(self._end)
        for timer in (self._wait, self._say):
            timer.start()

    @Slot()
    def _announce(self) -> None:
        announce(self, f"{self._words.text()}…")

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        if self.sender() is not self._ticket or not self._cancel.isEnabled():
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        words = f"{100 * done // max(total, 1)}%"
        self._bar.setAccessibleDescription(words)
        self._count.setText(f"{words}{self._time_left(done, total)}")

    def _time_left(self, done: int, total: int) -> str:
        passed = monotonic() - self._began
        if passed < 2 or done <= 0 or done >= total:
            return ""
        seconds = round(passed / done * (total - done))
        return f" · about {seconds} s left" if seconds < 90 else f" · about {round(seconds / 60)} min left"

    @Slot()
    def _end(self) -> None:
        if self.sender() is self._ticket:
            self._ticket = None
            for timer in (self._wait, self._say):
                timer.stop()
            self.hide()

    @Slot()
    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._cancel.setEnabled(False)
            self._words.setText(STOPPING)
            announce(self, STOPPING)
            self._count.setText("")
            self._bar.setRange(0, 0)  # what was still to come counts no more

    @Slot()
    def _refresh(self) -> None:
        self._bar.setMaximumWidth(look.px(320))


LOOK_AGAIN_MS = 120
"""How often it is looked whether the pointer has left what would be moved."""


class MessageArea(QWidget):
    """Parts that come and go, one above the other, in a place that opens and closes without a jolt.

    While the pointer is on something that would be pushed away or covered, the room waits; `waits` tells so,
    and that it is over. A room that is empty closes beneath the pointer too, but not within a double click.
    """

    waits = Signal(bool)
    moved = Signal()
    """It took another height, and with it all that stands over it."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        self.is_waiting = self._is_other = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._is_trying, self._is_stale = False, True
        self._width = self._looks_at_nothing = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.update_height)
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self.update_height)
        self._column = column_of(spacing=0, inside=self)
        for part in parts:
            self._column.addWidget(part)
            part.installEventFilter(self)
        self.setFixedHeight(0)

    @Slot()
    def update_height(self) -> None:
        """Be as high as the parts on show ask for, as soon as that moves nothing under the pointer."""
        wanted = self._wanted()
        self._is_trying = True
        is_there = wanted == self.height() or self._try(wanted)
        self._is_trying = False
        if is_there:
            self._again.stop()
        elif not self._again.isActive():
            self._again.start()
        is_cut = not is_there and wanted > self.height()  # with room to spare all is in sight meanwhile
        if self.is_waiting is not is_cut:
            self.is_waiting = is_cut
            self.waits.emit(is_cut)
        elif is_cut and self._is_other:
            self.waits.emit(True)  # what waits now is another part, with words of its own
        self._is_other = False

    def _wanted(self) -> int:
        if all(part.isHidden() for part in self._parts):
            return 0
        if self._is_stale:  # to say so asks for a look itself: each time, it would look without end
            self._is_stale = False
            self._column.invalidate()
        if self._column.hasHeightForWidth():
            return self._column.totalHeightForWidth(self.width())
        return self._column.totalSizeHint().height()

    def _try(self, wanted: int) -> bool:
        """Take another height, unless that moves or covers what is under the pointer."""
        at, before = QCursor.pos(), self.height()
        under = self._under(at)
        if under is None or self._is_left_empty(under):
            self._take(wanted)
            return True
        stood = under.mapToGlobal(QPoint(0, 0))
        self._take(wanted)
        if self._under(at) is under and under.mapToGlobal(QPoint(0, 0)) == stood:
            return True
        self._take(before)
        return False

    def _is_left_empty(self, under: QWidget) -> bool:
        """Whether nothing but its own emptied room was under the pointer for longer than a double click."""
        is_empty = under is self and all(part.isHidden() for part in self._parts)
        self._looks_at_nothing = self._looks_at_nothing + 1 if is_empty else 0
        return self._looks_at_nothing * LOOK_AGAIN_MS > QApplication.doubleClickInterval() + LOOK_AGAIN_MS

    def _under(self, at: QPoint) -> QWidget | None:
        """Return what of the window is under the pointer; None while it is elsewhere, or over a dialog."""
        window = self.window()
        if not window.isVisible() or QApplication.activeModalWidget() is not None:
            return None
        return window.childAt(window.mapFromGlobal(at))

    def _take(self, height: int) -> None:
        self.moved.emit()
        self.setFixedHeight(height)
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if layout is not None:
            layout.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when a part comes, goes or says something else."""
        kinds = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
        if event.type() in kinds:
            self._is_stale = True
            self._is_other |= event.type() is QEvent.Type.ShowToParent
            self._fit_soon()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Look again when the words need other room."""
        is_done = super().event(event)
        is_wider = event.type() is QEvent.Type.Resize and self.width() != self._width
        if is_wider or event.type() is QEvent.Type.LayoutRequest:
            self._width = self.width()
            self._fit_soon()
        return is_done

    def _fit_soon(self) -> None:
        """Look again once, not while another height is tried, nor ahead of the next look while it waits."""
        if not (self._is_trying or self._again.isActive() or self._soon.isActive()):
            self._soon.start()

    def minimumSizeHint(self) -> QSize:
        """Hold no window wide."""
        return QSize(0, self.height())
