"""The foot of the window: record, last save, encryption, person, marking, and what was just done."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from gui.record.runner import Ticket
from gui.text import ended, ours
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import row_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from scoring import money
from scoring.written.text import counted

STAYS_MS = 8000


class Toast(QWidget):
    """Stays while the pointer is over it or the focus is in it; it never takes the focus itself.

    Where the strip has too little room for all its words, an ellipsis says that there is more: the last
    may be a warning. All of it is in the tooltip, and said aloud.
    """

    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting = ""
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = ElidedLabel(size=12)
        self.undo = Button("Undo", kind="link")
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where one works
        self.undo.clicked.connect(self._ask_undo)
        row_of((self._words, 1), self.undo, spacing=10, edges=(12, 0, 6, 0), inside=self)
        self._gone = QTimer(self, interval=STAYS_MS)
        self._gone.timeout.connect(self._leave)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is said, "" while nothing is."""
        return self._words.text() if self.isVisible() else ""

    def show_words(self, words: str, *, can_undo: bool) -> None:
        """Say what was done, money as screens show it; Undo is there when it can be undone."""
        self._say(words, can_undo=can_undo)
        announce(self, self._words.text(), is_of_change=True)

    def hold(self, words: str) -> None:
        """Say a message that has no room yet, until it has; "" is that it has."""
        if words:
            self._say(words, can_undo=False)
        elif self._waiting and self._waiting == self._words.text():
            self.settle()
        self._waiting = self._words.text() if words else ""

    @Slot(bool)
    def offer_undo(self, can_undo: bool) -> None:
        """Leave Undo out once nothing can be undone any more; what was done stays said."""
        if not can_undo and self.undo.isVisibleTo(self):
            self.undo.hide()

    @Slot()
    def give_way(self) -> None:
        """Go where Undo is offered: something else was saved, and Undo would take that back."""
        if self.isVisible() and self.undo.isVisibleTo(self):
            self.settle()

    @Slot()
    def settle(self) -> None:
        """Go at once: something else was done or undone, or what it tells of is gone."""
        self._gone.stop()
        self.hide()

    def _say(self, words: str, *, can_undo: bool) -> None:
        words = _said(words)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(can_undo)
        self.show()
        self._gone.start()

    @Slot()
    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        is_held = focused is not None and self.isAncestorOf(focused)
        is_waiting = bool(self._waiting) and self._waiting == self._words.text()
        if not (is_held or is_waiting or self.underMouse()):
            self.settle()

    @Slot()
    def _ask_undo(self) -> None:
        self.settle()
        self.undo_asked.emit()


def _said(words: str) -> str:
    return ended(ours(money.without_noughts(words)))


HEIGHT, LOW_HEIGHT = 28, 24
OPEN_FILE = "Not encrypted"


class StatusStrip(QWidget):
    """Say plainly which record is open, how safe it is, and who is using it."""

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = self._is_low = self._is_short = False
        self._names = {"record": "", "person": "", "encryption": OPEN_FILE}
        self._said = ("", False)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ticket: Ticket | None = None
        self.record = Button("", kind="quiet", icon="file", size=12)
        self.saved = Button("", kind="quiet", icon="check", size=12)
        self.encryption = Button(OPEN_FILE, kind="quiet", icon="unlocked", size=12)
        self.person = Button("", kind="quiet", icon="person", size=12)
        self.person.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus to the page
        self.sample = Button("Sample, all made up", kind="quiet", icon="warning", size=12)
        self.sample.setAccessibleName("Sample, all made up, start it over")
        self.sample.hide()
        self.work = Button("", kind="quiet", size=12)
        self.marking = Button("", kind="quiet")
        self.toast = Toast()
        told = (self.record, self.sample, self.saved, self.encryption, self.person)
        parts = (*told, 1, (self.toast, 100, Qt.AlignmentFlag.AlignHCenter), self.work, self.marking)
        self._row = row_of(*parts, spacing=4, edges=(10, 0, 18, 0), inside=self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # names give way instead
        look.changed.connect(self._refresh)
        self.show_record("")
        self.show_work("")
        self.show_marking("")
        self._refresh()

    def show_record(self, name: str) -> None:
        """Show the open record; "" when none is open."""
        self._names["record"] = name
        self._show_parts()
        self.record.show_words(name, name=f"Record {name}, show its folder")
        self._squeeze()

    def shorten(self, *, is_short: bool) -> None:
        """Leave out, or show again, what is for those who look after the record."""
        self._is_short = is_short
        self._show_parts()
        self._show_part_of_work()
        self._squeeze()

    def _show_parts(self) -> None:
        is_there = bool(self._names["record"])
        self.saved.setVisible(is_there)
        for button in (self.record, self.encryption):
            button.setVisible(is_there and not self._is_short)

    def show_saved(self, words: str, *, is_safe: bool = True) -> None:
        """Show whether all is saved: "Saved 14:32", "Saving…", "Not saved, see why"."""
        if (words, is_safe) != self._said:
            self._said = words, is_safe
            self.saved.show_words(words, name=f"{words}, save a copy" if is_safe else words)
            self.saved.show_icon("check" if is_safe else "danger")
            self._squeeze()

    def show_encryption(self, *, is_encrypted: bool, is_shared: bool = False, others: int = 0) -> None:
        """Show whether the record is encrypted, in words and in shape; or that it lies on a server.

        `others` is how many more have it open there.
        """
        company = f", {counted(others, 'other')} here" if others else ""
        said = f"On the office server{company}" if is_shared else "Encrypted" if is_encrypted else OPEN_FILE
        words = self._names["encryption"] = said
        self.encryption.show_icon("office" if is_shared else "lock" if is_encrypted else "unlocked")
        self.encryption.show_words(words, name=f"{words}, say what that means")
        self._squeeze()

    def show_person(self, name: str) -> None:
        """Show who is using the window."""
        self._names["person"] = name
        self.person.show_words(name, name=f"{name}, change who is using this computer")
        self._squeeze()

    def show_marking(self, marking: str) -> None:
        """Show the marking of the round on show, "" when there is none."""
        self.marking.show_words(marking, name=f"{marking}, show what is set of the round")
        self.marking.setVisible(bool(marking))
        self._squeeze()

    def show_work(self, words: str) -> None:
        """Show what runs in the background."""
        words = words or "No work in the background"
        self.work.show_words(words, name=f"{words}, save a copy")

    @Slot(object)
    def follow(self, ticket: Ticket) -> None:
        """Say what is being done until it is over; the newest piece of work is the one that is said."""
        self._ticket = ticket
        ticket.settled.connect(self._end)
        self.show_work(f"{ticket.label}…")
        self._show_part_of_work()

    @Slot()
    def _end(self) -> None:
        if self.sender() is self._ticket:
            self._ticket = None
            self.show_work("")
            self._show_part_of_work()

    def fit(self, *, is_narrow: bool, is_low: bool = False) -> None:
        """Leave out what can be spared in a narrow window, and be lower in a very low one."""
        self._is_narrow, self._is_low = is_narrow, is_low
        self._fit_height()
        self._show_part_of_work()
        words = "Sample" if is_narrow else "Sample, all made up"
        self.sample.show_words(words, name="Sample, all made up, start it over")
        self._squeeze()

    def _show_part_of_work(self) -> None:
        is_spared = not self.toast.isHidden() and self._ticket is None and not self.work.hasFocus()
        is_quiet = self._ticket is None and self._is_short
        self.work.setVisible(not self._is_narrow and not is_spared and not is_quiet)

    def _squeeze(self) -> None:
        """Leave names to their glyphs where not all fits, so that no part is cut: the tip has them in full.

        Not before the strip is on show: to ask for sizes would dress its parts ahead of the window, which
        loses their fonts.
        """
        if not self.isVisible():
            return
        parts = {"record": self.record, "encryption": self.encryption, "person": self.person}
        there = {key: part for key, part in parts.items() if not part.isHidden()}
        over = self._row.sizeHint().width() - self.width()
        over += sum(
            _advance(part, self._names[key]) - _advance(part, part.text()) for key, part in there.items()
        )
        for key, part in there.items():
            name = self._names[key]
            shown = name if over <= 0 else ""
            over -= _advance(part, name) - _advance(part, shown)
            if shown != part.text():
                part.setText(shown)
            set_tip(part, "" if shown else name)

    @Slot()
    def _refresh(self) -> None:
        self.marking.setFont(look.font(11, 600))
        self._fit_height()
        self._squeeze()
        self.update()

    def _fit_height(self) -> None:
        """Be as high as its words need, and lower in a very low window."""
        self.setFixedHeight(look.px(LOW_HEIGHT if self._is_low else HEIGHT) + 2)

    def minimumSizeHint(self) -> QSize:
        """Hold no window wide: long names give way."""
        return QSize(0, self.height())

    def event(self, event: QEvent) -> bool:
        """Fit the names again when a part, or a message, has come or become wider or narrower."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._show_part_of_work()
            self._squeeze()
        return is_done

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the names to the room that there is by now."""
        super().showEvent(event)
        self._squeeze()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room there is."""
        super().resizeEvent(event)
        self._squeeze()


def _advance(button: Button, words: str) -> int:
    return button.fontMetrics().horizontalAdvance(words)
