"""Compare the record with a copy that diverged from it, and import what members entered there."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.copies.other_record import OtherRecord
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.role import the_role

if TYPE_CHECKING:
    from gui.pages.packs.confirm_import import ConfirmImport, Found
    from models.packs.diverged_copy import DivergedCopy

NOT_YOURS = "An officer or the chair compares copies, not {}: a copy shows what every member recorded."


class DivergedCopyActions(QObject):
    """One copy at a time, opened to be read only; what is imported goes the way of a return."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._tools = tools
        self._importing: ConfirmImport | None = None
        self._other = OtherRecord(tools, tools.workspace.read_diverged, self._plan, self)

    @Slot()
    def ask(self) -> None:
        """Ask for the other copy."""
        person = self._tools.identity
        if self._tools.workspace.facts is not None and not person.may("take in returns"):
            words = NOT_YOURS.format(the_role(person.role))
            self._tools.notices.show_notice(Notice("refused", Tone.WARNING, words, passes=True))
            return
        self._other.choose("Compare with a copy")

    def compare(self, path: Path) -> None:
        """Read a copy, and show what it holds."""
        self._other.read(path)

    def _plan(self, path: Path, found: "DivergedCopy") -> None:
        query = partial(_found, file=path.name, found=found, reader=self._tools.identity.name)
        self._tools.workspace.ask(query, self._show)

    def _show(self, found: "Found") -> None:
        if self._importing is None:
            from gui.pages.packs.confirm_import import ConfirmImport  # no return is needed to open the window

            self._importing = ConfirmImport(self._tools, self)
        self._importing.show(found)


def _found(session: Any, file: str, found: "DivergedCopy", reader: str) -> "Found":

    from gui.pages.packs.confirm_import import Found
    from models.queries.packs.packs import without_closed
    from models.queries.packs.return_checks import warnings_about
    from models.queries.packs.returns import import_plan
    from models.values.pack_plans import Incoming

    warnings = warnings_about(session, found.texts, current_day().isoformat())
    told = (found.comparison.words, *found.passed_over, *warnings)
    files = dict.fromkeys(found.texts, file)
    came = Incoming(files, told, file, found.named, found.copied, found.left_words)
    planned = import_plan(session, found.texts, copied=found.copied)
    return Found(came, without_closed(session, planned, reader))
