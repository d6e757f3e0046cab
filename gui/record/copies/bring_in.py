"""Bring in what another record holds: an area's work from a laptop, or another area's rounds."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.pages.page import PageTools
from gui.record.copies.other_record import OtherRecord
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.operation import Outcome
from models.role import the_role

if TYPE_CHECKING:
    from models.packs.consolidation import ToBringIn

TITLE = "Bring in an area’s work"
NOT_YOURS = "An officer brings an area’s work in, not {}."
NOTHING = "There is nothing new in it. Nothing was changed."
BY_OTHER = (
    "This is what would come in, and what would not, with the reason. What was signed in a separate "
    "record is not stopped by any lock, so the person who runs the server imports “{}”, as the guide’s "
    "page on the office server says."
)
WOULD = "This is what would come in, and what would not, with the reason. Nothing was changed yet."


class BringIn(QObject):
    """What would come in is shown first; then it is one change of the record, or none."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._tools = tools
        self._other = OtherRecord(tools, tools.workspace.plan_bring_in, self._show, self)

    @Slot()
    def ask(self) -> None:
        """Ask for the file that came back, or for another area's record."""
        identity = self._tools.identity
        if not identity.may("bring area back"):
            words = NOT_YOURS.format(the_role(identity.role))
            self._tools.notices.show_notice(Notice("refused", Tone.WARNING, words, passes=True))
            return
        self._other.choose(TITLE)

    def _show(self, path: Path, found: "ToBringIn") -> None:
        from gui.dialogs.listing import ListingDialog  # the window's start need not wait for it

        tools, facts = self._tools, self._tools.workspace.facts
        is_for_other = found.passes_locks and facts is not None and facts.is_shared
        action = "Bring it in" if found.is_new and not is_for_other else ""
        sentence = NOTHING if not found.is_new else BY_OTHER.format(path.name) if is_for_other else WOULD
        dialog = ListingDialog(
            *(tools.look, f"{TITLE}: {path.name}", sentence, "\n".join(found.lines), tools.dialogs.window),
            name="What would come in",
            action=action,
            away="Cancel" if action else "Close",
        )
        dialog.agreed.connect(partial(self._bring, found))
        tools.dialogs.show(dialog)

    def _bring(self, found: "ToBringIn") -> None:
        self._tools.workspace.perform_after_copy("merge", found.operation, found.put_beside, self._tell)

    def _tell(self, outcome: Outcome, beside: object) -> None:
        self._tools.toast(outcome.words)
