"""The scheme on the page: what the record has, what is shown, and when a change is handed on."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from scoring.scheme import Scheme

SETTLES_AFTER_MS = 500


class Draft(QObject):
    """A scheme that is being changed.

    A change shows at once and is handed on as one when it rests for half a second, when something else
    is changed, or when it is flushed: so a slide of the split is one change with one undo. While a
    published scheme is being amended nothing is handed on; the whole goes with its reason.
    """

    changed = Signal()
    settled = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stored: Scheme | None = None
        self._shown: Scheme | None = None
        self._what = ""
        self._is_amending = False
        self._starts = 0
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
        self.changed.emit()

    def start(self, scheme: Scheme) -> None:
        """Take the scheme of another round, or the record's again, and drop what is under way."""
        self._rest.stop()
        self._is_amending = False
        self._starts += 1
        self._stored = self._shown = scheme
        self.changed.emit()

    def propose(self, scheme: Scheme, what: str) -> None:
        """Show a change; `what` names it, "the weight of A1"."""
        if scheme == self._shown:
            return
        if what != self._what:
            self.flush()
        self._shown, self._what = scheme, what
        if not self._is_amending:
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
        if self._is_amending or not self.is_changed:
            return
        before, self._stored = self._stored, self._shown
        self.settled.emit(before, self._shown, self._what)

    def amend(self) -> None:
        """Begin to amend a published scheme."""
        self._is_amending = True
        self.changed.emit()
