"""An amendment that is under way outlives the window: it is kept as typed text is, until it is published."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Slot

from gui.pages.set_up.criteria.draft import Draft
from gui.record.workspace import Workspace
from models.values import canonical
from scoring.scheme import Scheme

RESTS_MS = 500


class Amended(Struct, frozen=True):
    """A scheme as it is being amended, and the published one that it amends."""

    base: Scheme
    scheme: Scheme


class KeptAmendment(QObject):
    """Keep what the draft of a round's amendment shows, and bring it back where it still fits."""

    def __init__(self, workspace: Workspace, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._draft = workspace, draft
        self._field, self._kept = "", ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTS_MS)
        self._rest.timeout.connect(self._keep)
        draft.changed.connect(self._wait)

    def leave(self) -> None:
        """Hand on what waits, and follow no round any more."""
        self.flush()
        self._field, self._kept = "", ""

    def look_in(self, round_id: int) -> None:
        """Follow a round; what was kept of it comes back into the draft."""
        self._field = f"amendment {round_id}"
        self._workspace.ask_drafts(self._field, partial(self._take, self._field))

    @Slot()
    def flush(self) -> None:
        """Hand on at once what waits."""
        if self._rest.isActive():
            self._rest.stop()
            self._keep()

    def _take(self, field: str, found: Mapping[str, str]) -> None:
        text = found.get(field, "")
        if field != self._field or not text or self._draft.is_amending:
            return
        self._kept = text
        amended = canonical.from_text(Amended, text)
        if amended.base == self._draft.stored:
            self._draft.amend()
            self._draft.propose(amended.scheme, "the amendment")
        else:
            self._wait()  # another version was published since: there is nothing left to amend so

    @Slot()
    def _wait(self) -> None:
        if self._field:
            self._rest.start()

    @Slot()
    def _keep(self) -> None:
        text = ""
        if self._draft.is_amending and self._draft.is_changed:
            text = canonical.to_text(Amended(self._draft.stored, self._draft.scheme))
        if text != self._kept:
            self._kept = text
            self._workspace.keep_draft(self._field, text)
