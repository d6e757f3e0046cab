"""Ask who is using this laptop: the round's people, plainly, or somebody else."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from gui.access.identity import Chosen, identity_of, part_words
from gui.dialogs.form import Form
from gui.grid.name_slip import NameSlip
from gui.pages.page import Identity
from gui.theme.look import look
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import TextLine
from models.queries.set_up.office import Part
from models.role import BESIDE, Role, role_words

TITLE = "Who is using this laptop?"
STATED = (
    "Your name and role are shown in the record's history beside each change. "
    "They are not checked: anybody who opens this record could choose any name."
)

HEIGHT, EFFECT = 440, 44
"""How tall the list with what stands about it is, and what changing the person ends, for a 13 px base."""


class IdentityDialog(Form):
    """A list of people with their roles, a line for somebody else, the action and Cancel.

    `effect` is what changing the person ends, "" for nothing; the line for somebody else is where it begins
    when it `asks_another`. It stands on whoever was `meant`, else on who is at the laptop.
    """

    chosen = Signal(object)

    def __init__(
        self,
        parts: Sequence[Part],
        held: Identity,
        parent: QWidget,
        *,
        has_round: bool = True,
        effect: str = "",
        asks_another: bool = False,
        meant: Part | None = None,
    ) -> None:
        height = HEIGHT + (EFFECT if effect else 0)
        super().__init__(TITLE, (STATED,), "Use this name", parent, 480, height=height)
        if effect:
            self.sentence(effect, weight=600)
        self._parts = tuple(parts)
        self._has_round = has_round
        self.people = self.put(QListWidget(), 1)
        self.people.setAccessibleName("People of this round and of this record")
        self.name = TextLine()
        self.name.setAccessibleName("Somebody else, by name")
        self.name.setPlaceholderText("Somebody else, by name")
        self.role = ChoiceList()
        self.role.setAccessibleName("Their role in this round")
        roles = BESIDE if has_round else (Role.OFFICER,)
        self.role.fill_with((role_words(role), str(role)) for role in roles)
        other = self.row()
        other.addWidget(self.name, 1)
        other.addWidget(self.role)
        self.slip = self.put(NameSlip(self.name, [part.name for part in parts]))
        self._fill(parts, meant or Part(held.name, held.role, held.member))
        self._connect()
        self._update_enabled()
        self.finish(self.name if asks_another else None)

    def _fill(self, parts: Sequence[Part], first: Part) -> None:
        for part in parts:
            item = QListWidgetItem(part_words(part))
            item.setData(Qt.ItemDataRole.UserRole, part)
            item.setSizeHint(QSize(0, look.px(30)))
            self.people.addItem(item)
            if part == first:
                self.people.setCurrentItem(item)

    def _connect(self) -> None:
        self.people.currentItemChanged.connect(self._take_person)
        self.people.itemActivated.connect(self.do.click)
        self.name.textChanged.connect(self._update_enabled)
        self.slip.mended.connect(self._take_meant)
        self.role.currentTextChanged.connect(self._update_enabled)

    @Slot()
    def _take_person(self) -> None:
        """Let a person without a part in the round choose a role; else clear the line for others."""
        self._show_picked()
        part = self._picked()
        self.name.setText(part.name if part is not None and not part.role else "")
        self._update_enabled()

    @Slot(str, str)
    def _take_meant(self, name: str, known: str) -> None:
        """Choose the person that was meant, with the part they have."""
        row = next(number for number, part in enumerate(self._parts) if part.name == known)
        self.people.setCurrentRow(-1)
        self.people.setCurrentRow(row)
        self.people.setFocus()

    @Slot()
    def _update_enabled(self) -> None:
        self._open_role()
        chosen = self._choice()
        self.do.setEnabled(chosen is not None)
        if chosen is not None:
            who = identity_of(chosen.part, self._parts)
            self.do.show_words(f"Continue as {who.words}")

    def _open_role(self) -> None:
        """Let a role be chosen only for somebody who is named in the line; it is blank for all others."""
        is_named = bool(self.name.text().strip())
        self.role.setEnabled(is_named)
        if is_named != (self.role.currentIndex() >= 0):
            blocked = QSignalBlocker(self.role)
            self.role.setCurrentIndex(0 if is_named else -1)
            del blocked

    def try_action(self) -> None:
        """Tell who was chosen, once a name that is almost a known one was asked about."""
        chosen = self._choice()
        if chosen is not None and not (self.name.text().strip() and self.slip.stops()):
            self.accept()
            self.chosen.emit(chosen)

    def _show_picked(self) -> None:
        """Mark the person the button names: the list takes its first as current without that."""
        item = self.people.currentItem()
        if item is not None:
            item.setSelected(True)

    def _picked(self) -> Part | None:
        item = self.people.currentItem()
        part = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return part if isinstance(part, Part) else None

    def _choice(self) -> Chosen | None:
        name = self.name.text().strip()
        if name:
            return Chosen(Part(name, str(self.role.currentData())), is_new=self._has_round)
        part = self._picked()
        return Chosen(part, is_new=False) if part is not None and part.role else None
