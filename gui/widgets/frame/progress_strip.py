"""What is running, how far it is, and Cancel; shown only when it takes longer than 600 ms."""

from time import monotonic

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from gui.record.runner import Ticket
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import row_of
from gui.widgets.speech.announcing import announce

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
        self._start()

    def _start(self) -> None:
        for timer in (self._wait, self._say):
            timer.start()

    def _rest(self) -> None:
        for timer in (self._wait, self._say):
            timer.stop()
        self.hide()

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
            self._rest()

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
