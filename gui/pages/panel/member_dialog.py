"""Add a member to the panel, or correct one."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.grid.name_slip import NameSlip
from gui.pages.panel.columns import KIND_LABELS
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.turned import ChoiceList
from gui.widgets.words import Words
from models.queries.panel.panel_board import MemberDetails

ROLES = ("chair", "member", "adviser")
NO_AREAS = "None ticked: all areas. It says who is expected to score, and changes no total."


class MemberDialog(Dialog):
    """Name, role, organisation, kind and areas; the code is made from the number of members.

    A name one letter off one of `known` is asked about.

    It stays open until the record has taken the member, or is cancelled.
    """

    agreed = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        taken: Collection[str],
        parent: QWidget,
        member: MemberDetails | None = None,
        areas: Sequence[str] = (),
        known: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        held = member or MemberDetails(free_code(taken), "")
        self._code = held.code
        self._is_sent = False
        self.setWindowTitle(title)
        self.name = QLineEdit(held.name)
        self.organisation = QLineEdit(held.organisation)
        self.role = ChoiceList()
        for role in ROLES:
            self.role.addItem(role.capitalize(), role)
        self.role.setCurrentIndex(max(self.role.findData(held.role), 0) if member else 1)
        self.kind = ChoiceList()
        for kind, label in KIND_LABELS.items():
            self.kind.addItem(label or "Not stated", kind)
        self.kind.setCurrentIndex(max(self.kind.findData(held.kind), 0))
        self.areas = _area_list(look, areas, held.areas)
        self.slip = NameSlip(look, self.name, known)
        self.problem = FieldError(look, self.name)
        self.do = Button(look, "Save member" if member else "Add member", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out(look, title)
        self.do.clicked.connect(self._agree)
        self.name.textEdited.connect(self.problem.clear)
        self.cancel.clicked.connect(self.reject)
        self.name.setFocus()

    def _lay_out(self, look: Look, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        form = QFormLayout()
        form.setVerticalSpacing(look.px(8))
        for words, field in (
            ("Name", self.name),
            ("Role", self.role),
            ("Organisation", self.organisation),
            ("Kind of member", self.kind),
        ):
            field.setAccessibleName(words)
            field.setMinimumWidth(look.px(260))
            form.addRow(Words(look, words, tone="text2"), field)
        if self.areas.count() > 1:
            form.addRow(Words(look, "Areas", tone="text2"), self.areas)
            form.addRow("", Words(look, NO_AREAS, size=12, tone="text2").wrapped())
        column.addLayout(form)
        column.addWidget(self.slip)
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(440))

    def _served(self) -> tuple[str, ...]:
        """Return the areas ticked, none where all of them are: then a new area is served as well."""
        items = [self.areas.item(row) for row in range(self.areas.count())]
        ticked = tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)
        return () if len(ticked) == len(items) else ticked

    def refuse(self, words: str) -> None:
        """Say why the record did not take the member; what was typed stays."""
        self._is_sent = False
        self.problem.tell(words)
        self.name.setFocus()
        self.name.selectAll()

    @Slot()
    def _agree(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.problem.tell("Type the member's name.")
            self.name.setFocus()
            return
        if self.slip.stops():
            return
        details = MemberDetails(
            self._code,
            name,
            self.role.currentData(),
            self.organisation.text().strip(),
            self.kind.currentData(),
            self._served(),
        )
        if not self._is_sent:
            self._is_sent = True
            self.agreed.emit(details)


def _area_list(look: Look, areas: Sequence[str], served: Collection[str]) -> QListWidget:
    """Return the round's areas with a tick on those that are served; Space ticks."""
    box = QListWidget()
    box.setAccessibleName("Areas the member serves")
    box.setFont(look.font())
    for name in areas:
        item = QListWidgetItem(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if name in served else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, look.px(26)))
        box.addItem(item)
    box.setCurrentRow(0)
    box.setMaximumHeight(look.px(26) * min(max(len(areas), 1), 5) + 6)
    return box


def free_code(taken: Collection[str]) -> str:
    """Return the first code of the row M1, M2, … that nobody has."""
    number = 1
    while f"M{number}" in taken:
        number += 1
    return f"M{number}"
