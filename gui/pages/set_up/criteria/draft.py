"""The scheme on the page: what the record has, what is shown, and when a change is handed on or kept."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.record.workspace import Workspace
from models.values import canonical
from scoring.scheme import Criterion, Scheme

SETTLES_AFTER_MS = 500
RESTS_MS = 500


class Draft(QObject):
    """A scheme that is being changed.

    A change shows at once and is handed on as one when it rests for half a second, when something else
    is changed, or when it is flushed: so a slide of the split is one change with one undo. While a
    published scheme is being amended nothing is handed on; the whole goes with its reason.

    `turned` tells that another criterion is picked, or that whoever looks may now change it, or may not.
    """

    changed = Signal()
    turned = Signal()
    settled = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stored: Scheme | None = None
        self._shown: Scheme | None = None
        self._what = ""
        self._is_amending = False
        self._starts = 0
        self.picked = ""
        """The code of the criterion that is picked."""
        self.turns = 0
        """How often another criterion was picked."""
        self.is_open = False
        """Whether the scheme may be changed, and not only be read."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLES_AFTER_MS)
        self._rest.timeout.connect(self.flush)

    @property
    def scheme(self) -> Scheme:
        """Return the scheme on show."""
        assert self._shown is not None, "the page shows a scheme before it asks for it"
        return self._shown

    @property
    def stored(self) -> Scheme:
        """Return the scheme that the record has."""
        assert self._stored is not None, "the page shows a scheme before it asks for it"
        return self._stored

    @property
    def is_there(self) -> bool:
        """Whether there is a scheme at all."""
        return self._shown is not None

    @property
    def is_amending(self) -> bool:
        """Whether a published scheme is being amended."""
        return self._is_amending

    @property
    def is_changed(self) -> bool:
        """Whether what is shown is not what the record has."""
        return self._shown != self._stored

    @property
    def criterion(self) -> Criterion | None:
        """Return the criterion that is picked, None where there is none."""
        if not self.is_there:
            return None
        return next((one for one in self.scheme.criteria if one.code == self.picked), None)

    @Slot(str)
    def pick(self, code: str) -> None:
        """Pick another criterion."""
        self.turns += code != self.picked
        self.picked = code
        self.turned.emit()

    def _tell(self) -> None:
        """Tell of a scheme; the first criterion is picked where the one that was is gone."""
        codes = [criterion.code for criterion in self.scheme.criteria]
        if self.picked not in codes and codes:
            self.pick(codes[0])
        self.changed.emit()

    def allow(self, *, is_open: bool) -> None:
        """Let the scheme be changed, or only be read."""
        if is_open != self.is_open:
            self.is_open = is_open
            self.turned.emit()

    @property
    def starts(self) -> int:
        """Return how often a scheme was started with: what was typed before is not meant for it."""
        return self._starts

    def take(self, scheme: Scheme) -> None:
        """Take what the record has; a change that is under way stays on show.

        It is handed on as a change of what it was made to, so that it undoes nothing of another.
        """
        is_kept = self.is_changed
        if not is_kept:
            self._shown = scheme
        if not is_kept or self._is_amending:
            self._stored = scheme
        self._tell()

    def start(self, scheme: Scheme) -> None:
        """Take the scheme of another round, or the record's again, and drop what is under way."""
        self._rest.stop()
        self._is_amending = False
        self._starts += 1
        self._stored = self._shown = scheme
        self._tell()

    def propose(self, scheme: Scheme, what: str) -> None:
        """Show a change; `what` names it, "the weight of A1"."""
        if scheme == self._shown:
            return
        if what != self._what:
            self.flush()
        self._shown, self._what = scheme, what
        if not self._is_amending:
            self._rest.start()
        self._tell()

    def settle(self, scheme: Scheme, what: str) -> None:
        """Show a change and hand it on at once."""
        self.propose(scheme, what)
        self.flush()

    @Slot()
    def flush(self) -> None:
        """Hand on what is under way."""
        self._rest.stop()
        if self._is_amending or not self.is_changed:
            return
        before, self._stored = self._stored, self._shown
        self.settled.emit(before, self._shown, self._what)

    def amend(self) -> None:
        """Begin to amend a published scheme."""
        self._is_amending = True
        self.changed.emit()


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
