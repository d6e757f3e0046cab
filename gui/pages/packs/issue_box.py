"""Ask for the passphrase of a pack and its last day."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.access.passphrase_twice import PassphraseTwice
from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.turned import DayBox
from gui.widgets.words import Words
from models.packs.pack_issuing import DAYS

WORDS = (
    "The pack holds the applications that {} may score: no contacts, no bank details, no other member's "
    "marks, and nothing in which an interest was declared.",
    "Tell the passphrase another way than the file: by telephone, or on paper. The return uses the same.",
)


class IssueBox(GrowingDialog):
    """The passphrase, six words offered, the last day, and where to write it."""

    agreed = Signal(object, object)

    def __init__(self, look: Look, name: str, items: int, parent: QWidget) -> None:
        super().__init__(parent)
        title = f"Issue a pack to {name}"
        self.setWindowTitle(title)
        self.problem = FieldError(look)
        self.passphrase = PassphraseTwice(look, "Passphrase of the pack", self.problem)
        self.offer = Button(look, "Offer six other words", kind="link")
        self.expires = DayBox()
        self.expires.setDate(QDate(*_later().timetuple()[:3]))
        self.expires.setDisplayFormat("ddd d MMMM yyyy")
        self.expires.setCalendarPopup(True)
        self.expires.setMinimumDate(QDate.currentDate())
        self.expires.setAccessibleName("Last day of the pack")
        self.do = Button(look, "Choose where to write it…", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        for words in WORDS:
            column.addWidget(Words(look, words.format(name), tone="text2").wrapped())
        column.addWidget(Words(look, "Passphrase", size=12, weight=600))
        for widget in (self.passphrase, self.problem):
            column.addWidget(widget)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Words(look, "Last day", size=12, weight=600))
        column.addWidget(self.expires)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(480))
        self.offer.clicked.connect(self.passphrase.offer_words)
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self.passphrase.forget)
        self.passphrase.offer_words()
        self.do.setFocus()

    @Slot()
    def _agree(self) -> None:
        key = self.passphrase.chosen()
        if key is not None:
            day = self.expires.date()
            self.agreed.emit(key, date(day.year(), day.month(), day.day()))
            self.accept()


def _later() -> date:
    return date.today() + timedelta(days=DAYS)
