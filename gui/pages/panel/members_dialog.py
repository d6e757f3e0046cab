"""Add several members to the panel at once: typed into a small grid, or pasted from a spreadsheet."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from exchange.reading.pasted import MEMBER_HEADS, Pasted, read_block
from gui.dialogs.form import Form
from gui.grid.column import GridColumn
from gui.grid.form import GridForm
from gui.grid.grid import EntryGrid
from gui.pages.panel.columns import KIND_LABELS
from gui.pages.panel.member_dialog import free_code
from gui.text import counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import Wrong
from models.queries.panel.panel import MemberDetails
from models.role import PANEL
from scoring.written.text import one_line

TITLE = "Add members"
HOW = (
    "One line for each member; you can paste a block from Excel into the first cell. Role: "
    "chair, member or adviser (member if left empty). Kind: police, community, partner or office. Everybody "
    "serves all areas; Correct… on the panel page changes that."
)
LEAST = 5
"""So many rows are there to begin with: about a panel."""
KINDS = tuple(label for label in KIND_LABELS.values() if label)


class MembersDialog(Form):
    """A line for each member, all of them added as one change."""

    agreed = Signal(object)

    def __init__(self, look: Look, taken: Collection[str], people: Iterable[str], parent: QWidget) -> None:
        super().__init__(look, TITLE, (), TITLE, parent, 760)
        self._taken = set(taken)
        self.grid = EntryGrid(look, ("member", "members"), _COLUMNS, _read, least=LEAST)
        self.form = self.put(GridForm(look, ours(HOW), self.grid))
        self.column.addStretch(1)
        self.form.know(people)
        self.form.changed.connect(self._count)
        self.form.agreed.connect(self.press_enter)
        self.form.ended.connect(self.press_enter)
        self.finish(self.form)

    @property
    def is_typed(self) -> bool:
        """Whether something was typed or pasted."""
        return super().is_typed or any(not (one.is_offered or one.is_blank) for one in self.grid.lines)

    @property
    def members(self) -> tuple[MemberDetails, ...]:
        """Return the members that are entered, each with a code that nobody has."""
        taken, found = set(self._taken), []
        for line in self.grid.lines:
            name, role, organisation, kind = (text.strip() for text in line.texts)
            code = free_code(taken)
            taken.add(code)
            label = _role(role).casefold() or "member"
            found.append(MemberDetails(code, name, label, organisation, _kind(kind).casefold()))
        return tuple(found)

    @Slot()
    def _count(self) -> None:
        self.problem.clear()
        number = len(self.grid.lines)
        self.do.show_words(f"Add {counted(number, 'member', 'members')}" if number else TITLE)

    def try_action(self) -> None:
        """Tell who is added, or go to the first line that is wrong."""
        found = self.form.first_problem("Enter a member's name; one is enough.")
        if found is not None:
            raise Wrong(*found)
        members = self.members
        self.accept()
        self.agreed.emit(members)


def _read(text: str) -> Pasted:
    return read_block(text, MEMBER_HEADS)


def _role(text: str) -> str:
    found = _begun(text, PANEL)
    if text and found is None:
        kind = _begun(text, KINDS)
        hint = f" Enter {kind.casefold()} under Kind." if kind else ""
        raise ValueError(
            f"“{text}” is not a role here. Enter chair, member or adviser, or nothing for member.{hint}"
        )
    return found.capitalize() if found else ""


def _kind(text: str) -> str:
    found = _begun(text, KINDS)
    if text and found is None:
        raise ValueError(
            f"“{text}” is not a kind of member. Enter {', '.join(KINDS).casefold()}, or nothing."
        )
    return found or ""


def _begun(text: str, choices: Sequence[str]) -> str | None:
    """Return the one choice that begins with what was typed, None where none does or several do."""
    typed = text.casefold()
    found = [choice for choice in choices if typed and choice.casefold().startswith(typed)]
    return found[0] if len(found) == 1 else None


_COLUMNS = (
    GridColumn("Name", one_line, stretch=5, hint="such as Asha Example"),
    GridColumn("Role", _role, stretch=2, hint="member", choices=tuple(role.capitalize() for role in PANEL)),
    GridColumn("Organisation", one_line, stretch=4),
    GridColumn("Kind", _kind, stretch=2, choices=KINDS),
)
