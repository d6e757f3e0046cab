"""What is asked for when two organisations are merged."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong
from models.queries.applications.organisations import OrganisationLine, described
from scoring.written.names import alike_key, sought, text_key

WHAT_IT_DOES = (
    "Its applications, awards and payments count with the other's from now on: in caps, in the subsidy total "
    "of three years and in what an applicant had before."
)
WHAT_STAYS = "Papers already issued stay as they are. The two can be separated again at any time."
APART_DOES = (
    "Applications under this name count on their own from now on: in caps, in the subsidy total of three "
    "years and in what an applicant had before, whatever number they share."
)
APART_STAYS = "Papers already issued stay as they are. The two can be counted as one again at any time."
CHOOSE_NAME = "Choose the name"
WHY_APART = "Say why the two are not one. The reason is recorded in History."
CHOOSE = "Choose an organisation"
NONE_SUCH = "None has that in its name or number"
MANY = 12
"""From so many others on they can be found by what is typed."""
WHY = "Say why the two are one. The reason is recorded in History."


class MergeDialog(Form):
    """Into which other organisation one is merged, and why; those of a like name come first."""

    agreed = Signal(str, str)

    def __init__(
        self, look: Look, line: OrganisationLine, others: Sequence[OrganisationLine], parent: QWidget
    ) -> None:
        words = (WHAT_IT_DOES, WHAT_STAYS)
        super().__init__(look, f"Merge {line.name} into another", words, "Merge", parent)
        order = sorted(others, key=lambda other: (not _is_alike(line, other), text_key(other.name)))
        self._known = [(described(other), other.uid) for other in order]
        self.part = self.line("Find it", hint="Part of its name or number")
        self.part.textEdited.connect(self._offer)
        self.show_field(self.part, is_shown=len(self._known) > MANY)
        self.into = self.choice("Is the same as, and keeps the name", [(CHOOSE, ""), *self._known])
        self.reason = self.note("Reason", 84, wanted=WHY)
        self.finish(self.into if self.part.isHidden() else self.part)

    def try_action(self) -> None:
        """Tell which one and why, once an organisation is chosen."""
        if not self.into.currentData():
            raise Wrong(f"{CHOOSE}: the one whose name is kept.", self.into)
        _, into, reason = self.values
        self.accept()
        self.agreed.emit(into, reason)

    @Slot(str)
    def _offer(self, part: str) -> None:
        """Offer those that have what is typed in their name or number; a single one is chosen."""
        kept = self.into.currentData()
        found = [one for one in self._known if sought(part) in sought(one[0])]
        self.into.clear()
        for words, uid in ((CHOOSE if found else NONE_SUCH, ""), *found):
            self.into.addItem(words, uid)
        wanted = found[0][1] if len(found) == 1 else kept
        self.into.setCurrentIndex(max(self.into.findData(wanted), 0))


class ApartDialog(Form):
    """Which of the names that an organisation goes by is of a branch that is kept apart, and why."""

    agreed = Signal(str, str)

    def __init__(self, look: Look, line: OrganisationLine, parent: QWidget) -> None:
        words = (APART_DOES, APART_STAYS)
        super().__init__(look, f"Keep a branch of {line.name} apart", words, "Keep apart", parent)
        names = [(name, name) for name in line.others]
        self.branch = self.choice("Name of the branch", [(CHOOSE_NAME, ""), *names])
        self.reason = self.note("Reason", 84, wanted=WHY_APART)
        self.finish(self.branch)

    def try_action(self) -> None:
        """Tell which one and why, once a name is chosen."""
        if not self.branch.currentData():
            raise Wrong(f"{CHOOSE_NAME} of the branch.", self.branch)
        branch, reason = self.values
        self.accept()
        self.agreed.emit(branch, reason)


def _is_alike(line: OrganisationLine, other: OrganisationLine) -> bool:
    names = {alike_key(name) for name in (line.name, *line.others)}
    return any(alike_key(name) in names for name in (other.name, *other.others))
