"""Whose paper sheet is typed in: the office chooses a member, and the grid takes the marks."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox

from gui.pages.page import Identity
from gui.theme.look import Look
from gui.widgets.turned import ChoiceList
from models.role import TYPISTS, is_asked_for_marks
from models.values.rows import MemberRow, distinct_names

CHOOSE = "Whose paper sheet?"


def may_type(identity: Identity) -> bool:
    """Whether a person types in what members gave on paper: the office, not a member of the panel."""
    return identity.member is None and identity.role in TYPISTS


class PaperPick(ChoiceList):
    """A list of the panel's members; the first line is nobody."""

    picked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: dict[str, str] = {}
        self.setAccessibleName(CHOOSE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.hide()
        self.activated.connect(self._tell)

    def show_members(self, members: Sequence[MemberRow], chosen: str) -> None:
        """Show who there is; an adviser gives no marks."""
        self._names = distinct_names((row.code, row.name) for row in members if is_asked_for_marks(row.role))
        with QSignalBlocker(self):
            self.clear()
            self.addItem(CHOOSE, "")
            for code, name in self._names.items():
                self.addItem(name, code)
            self.setCurrentIndex(max(self.findData(chosen), 0))

    def name_of(self, code: str) -> str:
        """Return what a member is called."""
        return self._names.get(code, code)

    @Slot(int)
    def _tell(self, row: int) -> None:
        self.picked.emit(self.itemData(row))
