"""What the window shows while no record is open."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.help.guide_topics import topic_of_page
from gui.record.recent import Recent
from gui.shell.actions import Actions
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, row_of, show_in
from gui.widgets.tips import set_tip

ACROSS = 2
"""Buttons side by side, so that all are there at twice the text size."""
GUIDES = (("Score", "Scoring"), ("Meet", "Meeting"), ("Papers", "Papers"))
"""Where the guide begins for those who come for one thing."""
STEPS = (
    "A record is one file that holds an office's funds and rounds. Its name ends in .panel.",
    "The sample is made up: a round with areas at every stage, to try everything on. It can be reset.",
    "Nothing leaves this computer. Every change is saved as it is made.",
)


class WelcomePage(QWidget):
    """One question, one primary button, what a record is, and the records opened last."""

    recent_asked = Signal(object)
    forget_asked = Signal()
    topic_asked = Signal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("page")
        self.sample = Button("Try the sample round", kind="primary", icon="ranking")
        self.sample.does(actions["sample"])
        self.open = Button("Open a record…", icon="folder").does(actions["open"])
        self.new = Button("Make a new record…", icon="file").does(actions["new"])
        self.pack = Button("I was sent a pack…", icon="packs").does(actions["open_pack"])
        self._guide = Button("All of it", kind="link").does(actions["help"])
        self.guides = tuple(self._short_guide(words, page) for words, page in GUIDES)
        self.recent: tuple[Button, ...] = ()
        self._opened, self._records = QWidget(), QVBoxLayout()
        self.forget = Button("Clear this list", kind="link")
        self.forget.clicked.connect(self.forget_asked)
        card = Card(inset=(28, 24))
        fill(card.body, Label("Welcome. What would you like to do?", size=20, weight=600), spacing=14)
        steps = (Label(words, tone="text2").wrapped() for words in STEPS)
        fill(card.body, *steps, self._buttons(), self._opened, self._short_guides())
        self._lay_out_recent()
        sheet = QWidget()
        fill(QVBoxLayout(sheet), 2, row_of(1, (card, 4), 1), 3)
        self._card = card
        scroll = ScrollPane(takes_focus=False)
        show_in(scroll, sheet)
        column_of(scroll, inside=self)
        look.follow(self._refresh)

    @property
    def first(self) -> Button:
        """Return what Enter does first: newcomers look at the sample, others open a record."""
        return self.open if self.recent else self.sample

    def show_recent(self, records: Sequence[Recent], today: date) -> None:
        """Offer the records opened last; without any, nothing is said of them."""
        for button in self.recent:
            self._records.removeWidget(button)
            button.deleteLater()
        self.recent = tuple(self._recent(one, today) for one in records)
        self._opened.setVisible(bool(records))

    def _recent(self, record: Recent, today: date) -> Button:
        button = Button(record.words(today), kind="link", icon="file")
        set_tip(button, str(record.address))
        button.clicked.connect(partial(self.recent_asked.emit, record.address))
        self._records.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _short_guide(self, words: str, page: str) -> Button:
        button = Button(words, kind="link", name=f"Guide: {words.lower()}")
        button.clicked.connect(partial(self.topic_asked.emit, topic_of_page(page)))
        return button

    def _lay_out_recent(self) -> None:
        head = Label("Recently opened", size=12, weight=600, tone="text2")
        space(self._records, 0)
        column_of(row_of(head, 1, self.forget), self._records, inside=self._opened)
        self._opened.hide()

    def _short_guides(self) -> QHBoxLayout:
        head = Label("Short guides", size=12, weight=600, tone="text2")
        return row_of(head, *self.guides, self._guide, 1)

    def _buttons(self) -> QGridLayout:
        row = QGridLayout()
        for number, button in enumerate((self.sample, self.new, self.open, self.pack)):
            row.addWidget(button, number // ACROSS, number % ACROSS, Qt.AlignmentFlag.AlignLeft)
        row.setColumnStretch(ACROSS, 1)
        space(row, 8, (0, 8, 0, 0))
        return row

    @Slot()
    def _refresh(self) -> None:
        self._card.setMaximumWidth(look.px(620))
