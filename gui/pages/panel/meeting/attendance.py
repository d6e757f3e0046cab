"""Who is at the meeting: a line for each member, here or absent."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.pill import Pill
from gui.widgets.scrolled import ReadArea, show_in
from models.values.rows import MemberRow

STATES = (("Here", "present"), ("Absent", "absent"))
CHOOSE_AREA = "Choose one area in the header: each area has its own meeting."
ALL_HERE, OTHERS_HERE = "All here", "All others here"
NOT_HELD, WHEN_AND_WHERE = "When and where the panel meets is not recorded.", "When and where…"
NOBODY = "No members yet. They are added on Panel & interests."


class AttendancePane(ReadArea):
    """Two pills a member. A click asks; the record's answer shows."""

    attended = Signal(str, str)
    all_attended = Signal(object)
    held_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._members: tuple[MemberRow, ...] | None = None
        self._area: str | None = None
        self._undeclared: frozenset[str] = frozenset()
        self.pills: dict[tuple[str, str], Pill] = {}
        self._groups: dict[str, QButtonGroup] = {}
        self._open: tuple[str, ...] = ()
        self.all_here: Button | None = None
        self.held: Button | None = None
        self._held_words = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Attendance")
        self.viewport().setAutoFillBackground(False)

    def show_members(
        self,
        members: Sequence[MemberRow],
        area: str | None,
        states: Mapping[str, str],
        *,
        undeclared: Collection[str] = (),
        is_locked: bool,
        held: str = "",
    ) -> None:
        """Show who is there in an area's meeting; who has not declared does not decide, and it says so.

        `held` says when and where it meets or is planned to, "" where neither was recorded.
        """
        shown = (self._members, self._undeclared, self._area, self._held_words)
        if (tuple(members), frozenset(undeclared), area, held) != shown:
            self._members, self._area, self._held_words = tuple(members), area, held
            self._undeclared = frozenset(undeclared)
            self._rebuild()
        for code, group in self._groups.items():
            group.setExclusive(False)
            for (of, state), pill in self.pills.items():
                if of == code:
                    pill.setChecked(states.get(code) == state)
                    pill.setEnabled(not is_locked)
            group.setExclusive(True)
        self._open = tuple(code for code in self._groups if not states.get(code))
        if self.held is not None:
            self.held.setEnabled(not is_locked)
        if self.all_here is not None:
            self.all_here.setVisible(bool(self._open) and not is_locked)
            self.all_here.show_words(ALL_HERE if len(self._open) == len(self._groups) else OTHERS_HERE)

    def _rebuild(self) -> None:
        look = self._look
        self.pills, self._groups, self.all_here, self.held = {}, {}, None, None
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(12), look.px(8), look.px(8), look.px(8))
        column.setSpacing(look.px(4))
        if self._area is None:
            column.addWidget(Label(look, ours(CHOOSE_AREA), tone="text2").wrapped())
        elif not self._members:
            column.addWidget(Label(look, NOBODY, tone="text2").wrapped())
        else:
            column.addWidget(Label(look, self._held_words or NOT_HELD, tone="text2").wrapped())
            self.held = Button(look, WHEN_AND_WHERE, kind="link")
            self.held.clicked.connect(self.held_asked)
            column.addWidget(self.held, 0, Qt.AlignmentFlag.AlignLeft)
            self.all_here = Button(look, ALL_HERE)
            self.all_here.clicked.connect(self._tell_all)
            policy = self.all_here.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # no member's pills slide under the pointer that pressed it
            self.all_here.setSizePolicy(policy)
            column.addWidget(self.all_here, 0, Qt.AlignmentFlag.AlignRight)
            for member in self._members:
                column.addWidget(self._member(member))
        column.addStretch(1)
        show_in(self, page)

    def _member(self, member: MemberRow) -> QWidget:
        look = self._look
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(look, member.name, weight=600).wrapped())
        is_open = member.code in self._undeclared
        said = f"{member.role or 'member'}{', not declared' if is_open else ''}"
        names.addWidget(Label(look, said, size=12, tone="warning" if is_open else "muted").wrapped())
        nest(line, names, 1)
        group = QButtonGroup(row)
        self._groups[member.code] = group
        for word, state in STATES:
            pill = Pill(look, word, state, row)
            pill.setAccessibleName(f"{member.name}, {word.lower()}")
            pill.clicked.connect(partial(self._tell, member.code, state))
            group.addButton(pill)
            line.addWidget(pill)
            self.pills[member.code, state] = pill
        return row

    def _tell(self, member: str, state: str, checked: bool = False) -> None:
        self.attended.emit(member, state)

    @Slot()
    def _tell_all(self) -> None:
        """Say of everybody of whom nothing is said yet that they are here."""
        if self._open:
            self.all_attended.emit(self._open)
