"""Tell a field that is being typed in what others save, and ask about it when it is left."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from gui.dialogs.host import DialogHost
from gui.listed.form import ACTION, DataForm, Form, Note
from gui.record.server.hearing import Hearing
from gui.record.workspace import Workspace
from gui.widgets.edit_conflict import Dispute, EditConflict
from scoring.written.days import clock
from scoring.written.text import Refused

if TYPE_CHECKING:
    from models.queries.changes import Change

TITLE = "Somebody changed this while you were typing"
CHANGED = "“{}” was changed by {}. Nothing is lost: choose which to keep."
STANDS = "What was saved by {} was kept. Yours was not saved."
NOTHING = "(nothing)"
HEIGHT = 64


def conflict_form(dispute: Dispute) -> Form:
    """Return what shows what was there, what they wrote and what is mine; one of the two last is chosen."""
    texts = (("Was", dispute.was), ("Theirs", dispute.theirs), ("Mine", dispute.mine))
    return Form(
        title=TITLE,
        sentences=(CHANGED.format(dispute.name, dispute.who),),
        action="Save mine",
        away="Keep theirs",
        does=lambda **texts: None,
        focus=ACTION,
        fields=tuple(
            Note(name, name, value=text or NOTHING, height=HEIGHT, is_fixed=True) for name, text in texts
        ),
    )


class FieldWatch(QObject):
    """Tell the field at hand who saved; hold back what was typed in it until somebody chose."""

    def __init__(self, workspace: Workspace, hearing: Hearing, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._workspace, self._dialogs = workspace, dialogs
        self._field: EditConflict | None = None
        hearing.heard.connect(self._note)

    @Slot(object)
    def _note(self, changes: "Iterable[Change]") -> None:
        """Tell the field at hand before the page is told to ask for what stands."""
        field = QApplication.focusWidget()
        only = Qt.FindChildOption.FindDirectChildrenOnly
        found = None if field is None else field.findChild(EditConflict, "", only)
        if isinstance(found, EditConflict):
            self._field = found
            self._workspace.session.holds_back = self._hold_back
            found.destroyed.connect(self._forget)
            last = tuple(changes)[-1]
            found.note(f"{last.person}, {clock(last.at.astimezone())}")

    @Slot()
    def _forget(self) -> None:
        self._field = None

    def _hold_back(self, perform: Callable[[], object]) -> bool:
        """Ask before what was typed in a disputed field is saved; say whether it is asked about."""
        dispute = None if self._field is None else self._field.take()
        if dispute is None:
            return False
        dialog = DataForm(conflict_form(dispute), self._dialogs.window)
        dialog.accepted.connect(perform)
        dialog.rejected.connect(self._put_back(dispute))
        self._dialogs.show(dialog)
        return True

    def _put_back(self, dispute: Dispute) -> Callable[[], object]:
        error = Refused(STANDS.format(dispute.who))
        return lambda: self._workspace.failed.emit(error)
