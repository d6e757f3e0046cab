"""Add a member to the panel, or correct one."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.dialogs.form import Form
from gui.grid.name_slip import NameSlip
from gui.pages.panel.columns import KIND_LABELS
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import required_text
from models.queries.panel.panel import MemberDetails
from models.role import PANEL

NO_AREAS = "None ticked: all areas. It says who is expected to score, and changes no total."


class MemberDialog(Form):
    """Name, role, organisation, kind and areas; the code is made from the number of members.

    A name one letter off one of `known` is asked about.
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
        super().__init__(look, title, (), "Save member" if member else "Add member", parent, 440)
        held = member or MemberDetails(free_code(taken), "", "member")
        self._code = held.code
        self.name = self.line("Name", held.name)
        self.role = self.choice("Role", [(role.capitalize(), str(role)) for role in PANEL], held.role)
        self.organisation = self.line("Organisation", held.organisation)
        kinds = [(label or "Not stated", kind) for kind, label in KIND_LABELS.items()]
        self.kind = self.choice("Kind of member", kinds, held.kind)
        self.areas = _area_list(look, areas, held.areas)
        if self.areas.count() > 1:
            self.add(ours("Areas the member serves"), self.areas, shown=ours("Areas"))
            self.sentence(ours(NO_AREAS), size=12, tone="text2")
        self.slip = self.put(NameSlip(look, self.name, known))
        self.name.textEdited.connect(self.problem.clear)
        self.finish(self.name)

    def _served(self) -> tuple[str, ...]:
        """Return the areas ticked, none where all of them are: then a new area is served as well."""
        items = [self.areas.item(row) for row in range(self.areas.count())]
        ticked = tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)
        return () if len(ticked) == len(items) else ticked

    def try_action(self) -> None:
        """Tell who the member is, once a name that is almost a known one was asked about."""
        name = " ".join(required_text(self.name, "Type the member's name.").split())
        if not self.slip.stops():
            details = MemberDetails(
                self._code,
                name,
                self.role.currentData(),
                self.organisation.text().strip(),
                self.kind.currentData(),
                self._served(),
            )
            self.accept()
            self.agreed.emit(details)


def _area_list(look: Look, areas: Sequence[str], served: Collection[str]) -> QListWidget:
    """Return the round's areas with a tick on those that are served; Space ticks."""
    box = QListWidget()
    box.setAccessibleName(ours("Areas the member serves"))
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
