"""One message at the foot of the page, newest first: what happened, what is safe, what to do."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme.look import look
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.label import Label, PlainLabel
from gui.widgets.nesting import fill, row_of
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
        """Return with what it goes."""
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
        """Return the notice on show."""
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
