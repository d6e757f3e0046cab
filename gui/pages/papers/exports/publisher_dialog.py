"""Ask once who publishes open data: the prefix that 360Giving gave, and the identifier as a funder."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.operations.set_up.publisher import FUNDER, PREFIX
from models.papers.open_data import Publisher

ABOUT = (
    "Each grant in open data is named with the prefix that 360Giving gave the office, and says who funds it. "
    "Both are kept in the record; you are asked this once."
)
NO_PREFIX = "Type the prefix as 360Giving gave it, like 360G-ExampleOffice."
NO_FUNDER = "Type a register and a number, like GB-GOR-PB123, or the prefix again."


class PublisherDialog(Dialog):
    """Two fields and what is wrong with them."""

    named = Signal(object)

    def __init__(self, look: Look, publisher: Publisher, parent: QWidget) -> None:
        super().__init__(parent)
        title = "Who publishes open data"
        self.setWindowTitle(title)
        self.setAccessibleDescription(ABOUT)
        self.prefix, self.funder = QLineEdit(publisher.prefix), QLineEdit(publisher.funder)
        self.problem = FieldError(look)
        self.do = Button(look, "Save", kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(Words(look, ABOUT, tone="text2").wrapped())
        for name, box, hint in (
            ("Publisher's prefix", self.prefix, "360G-ExampleOffice"),
            ("Funder's identifier", self.funder, "GB-GOR-PB123"),
        ):
            label = Words(look, name, size=12, weight=600)
            label.setBuddy(box)
            box.setAccessibleName(name)
            box.setPlaceholderText(hint)
            column.addWidget(label)
            column.addWidget(box)
        column.addWidget(self.problem)
        column.addSpacing(look.px(4))
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(440))
        self.prefix.setFocus()

    @Slot()
    def _save(self) -> None:
        prefix, funder = self.prefix.text().strip(), self.funder.text().strip()
        if not PREFIX.fullmatch(prefix):
            self._refuse(NO_PREFIX, self.prefix)
        elif not FUNDER.fullmatch(funder):
            self._refuse(NO_FUNDER, self.funder)
        else:
            self.accept()
            self.named.emit(Publisher(prefix, funder))

    def _refuse(self, words: str, field: QLineEdit) -> None:
        self.problem.tell(words, field)
        field.setFocus()
