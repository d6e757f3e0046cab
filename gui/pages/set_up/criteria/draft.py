"""The scheme on the page: what the record has, what is shown, and when a change is handed on or kept."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.listed.acts import At, Told
from gui.record.changes import read_draft
from gui.record.workspace import Workspace
from models.queries.set_up.criteria import CriteriaFacts
from models.values import canonical
from scoring.scheme import Scheme

SETTLES_AFTER_MS = 500


class SetUp(Struct, frozen=True):
    """A round as it is set up, and the scheme on show: what is drafted, or what a published one becomes.

    Whoever looks may change the scheme where it `is_open`, and the round's own settings where they `may_set`;
    `lock` says what stands in the way, "" for nothing. `left_out` are the dummies that do not take part.
    """

    facts: CriteriaFacts
    scheme: Scheme
    today: date
    lock: str
    is_open: bool
    is_amending: bool
    may_set: bool
    left_out: frozenset[str]

    @property
    def round_id(self) -> int:
        return self.facts.line.round_id

    @property
    def is_draft(self) -> bool:
        """Whether the scheme is published nowhere yet."""
        return self.facts.line.stage == "set up"


class Change(Struct, frozen=True):
    """A scheme that takes the place of the one on show; `what` is changed by it: "the weights"."""

    scheme: Scheme
    what: str


def settled(scheme: Scheme, what: str) -> Told:
    """Return what shows another scheme and hands it on."""
    return Told(Change(scheme, what))


def is_open(at: At[SetUp, Any]) -> bool:
    """Whether the scheme is changed by who looks."""
    return at.answer.is_open


class Draft(QObject):
    """A scheme that is being changed.

    A change shows at once and is handed on as one when it rests for half a second, when something else
    is changed, or when it is flushed: so a slide of the split is one change with one undo. While a
    published scheme `is_amending` nothing is handed on; the whole goes with its reason.
    """

    changed = Signal()
    settled = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stored: Scheme | None = None
        self._shown: Scheme | None = None
        self._what = ""
        self.is_amending = False
        self._rest = QTimer(self, singleShot=True, interval=SETTLES_AFTER_MS)
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
    def is_changed(self) -> bool:
        """Whether what is shown is not what the record has."""
        return self._shown != self._stored

    def take(self, scheme: Scheme) -> None:
        """Take what the record has; a change that is under way stays on show.

        It is handed on as a change of what it was made to, so that it undoes nothing of another.
        """
        is_kept = self.is_changed
        if not is_kept:
            self._shown = scheme
        if not is_kept or self.is_amending:
            self._stored = scheme
        self.changed.emit()

    def start(self, scheme: Scheme) -> None:
        """Take the scheme of another round, or the record's again, and drop what is under way."""
        self._rest.stop()
        self.is_amending = False
        self._stored = self._shown = scheme
        self.changed.emit()

    def propose(self, scheme: Scheme, what: str) -> None:
        """Show a change; `what` names it, "the split"."""
        if scheme == self._shown:
            return
        if what != self._what:
            self.flush()
        self._shown, self._what = scheme, what
        if not self.is_amending:
            self._rest.start()
        self.changed.emit()

    def settle(self, scheme: Scheme, what: str) -> None:
        """Show a change and hand it on at once."""
        self.propose(scheme, what)
        self.flush()

    @Slot()
    def flush(self) -> None:
        """Hand on what is under way."""
        self._rest.stop()
        if self.is_amending or not self.is_changed:
            return
        before, self._stored = self._stored, self._shown
        self.settled.emit(before, self._shown, self._what)

    def amend(self) -> None:
        """Begin to amend a published scheme."""
        self.is_amending = True
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
        draft.changed.connect(self._keep)

    def leave(self) -> None:
        """Follow no round any more."""
        self._field, self._kept = "", ""

    def look_in(self, round_id: int) -> None:
        """Follow a round; what was kept of it comes back into the draft."""
        self._field = f"amendment {round_id}"
        self._workspace.ask_drafts(self._field, partial(self._take, self._field))

    def _take(self, field: str, found: Mapping[str, str]) -> None:
        text = found.get(field, "")
        if field != self._field or not text or self._draft.is_amending:
            return
        self._kept = text
        amended = read_draft(Amended, text)
        if amended is not None and amended.base == self._draft.stored:
            self._draft.amend()
            self._draft.propose(amended.scheme, "the amendment")
        else:
            self._keep()  # another version was published since: there is nothing left to amend so

    @Slot()
    def _keep(self) -> None:
        text = ""
        if self._draft.is_amending and self._draft.is_changed:
            text = canonical.to_text(Amended(self._draft.stored, self._draft.scheme))
        if self._field and text != self._kept:
            self._kept = text
            self._workspace.keep_draft(self._field, text)
