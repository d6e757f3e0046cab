"""What is done beside the window for the open record: its pages looked at, today's copy, what came since.

A look at all pages and the copy go by slices, while nothing else is to be done. Then, away from the record,
what was changed since the copy before is done over again, and has to come to what today's copy holds.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.record import record_jobs
from gui.record.runner import Failed, Job, Priority, Queue, Runner, Ticket
from models.record import Record
from models.store.sqlite.backup import BackupSteps, Copy
from models.store.sqlite.engine import RecordDamaged
from models.store.sqlite.store import PageCheck

LOOKS_AFTER_MS = 400
"""The figures of the first page come before a look at all pages."""


class DailyCopy(QObject):
    """Look at all pages, begin a copy where it is due, and stop with the record.

    `made` and `failed` tell how it ended; `spoilt` that pages do not hold together, and no copy is made.
    """

    made = Signal()
    failed = Signal(object)
    spoilt = Signal(object)

    def __init__(self, runner: Runner, second_place: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._second_place = second_place
        self._runner = runner
        self._steps: BackupSteps | None = None
        self._ticket: Ticket | None = None
        self._turn = 0

    def begin(self, record: Record) -> None:
        """Look at the pages, then begin today's copy where it is due; a copy has none of its own."""
        self._turn += 1
        self._look(record, record.page_check(), self._turn, wait_ms=LOOKS_AFTER_MS)

    def _look(self, record: Record, check: PageCheck, turn: int, *, wait_ms: int = 0) -> None:
        if turn == self._turn:
            work, then = partial(record_jobs.look_at_pages, check), partial(self._looked, record, check, turn)
            failed = partial(self._tell_fault, turn)
            job = Job(work, then, failed, Queue.RECORD, Priority.UPKEEP, wait_ms=wait_ms)
            self._ticket = self._runner.start(job)

    def _looked(self, record: Record, check: PageCheck, turn: int, is_more: bool) -> None:
        if is_more:
            self._look(record, check, turn)
        elif turn == self._turn:
            self._begin_copy(record)

    def _tell_fault(self, turn: int, error: Exception) -> None:
        if turn == self._turn:  # a record that was closed meanwhile has nothing to tell
            (self.spoilt if isinstance(error, RecordDamaged) else self.failed).emit(error)

    def _begin_copy(self, record: Record) -> None:
        if not record.is_copy:
            then = partial(self._go_on_from, record.path, self._turn)
            work = partial(record_jobs.begin_copy, record)
            self._runner.start(Job(work, then, self.failed.emit, Queue.RECORD, Priority.UPKEEP))

    def stop(self) -> None:
        """Go on with no copy that was begun: the record stops it as it closes or takes another key."""
        self._steps = None
        self._turn += 1
        if self._ticket is not None:
            self._ticket.cancel()  # one that still waits must not come to a record that is closed
            self._ticket = None

    def _go_on_from(self, path: Path, turn: int, steps: BackupSteps | None) -> None:
        if steps is not None and turn == self._turn:
            self._steps = steps
            self._go_on(path, steps)

    def _go_on(self, path: Path, steps: BackupSteps) -> None:
        """Copy the next slice when nothing else is to be done."""
        if steps is self._steps:
            work, then = partial(record_jobs.copy_slice, steps), partial(self._copied, path, steps)
            self._runner.start(Job(work, then, self._failing(steps), Queue.RECORD, Priority.UPKEEP))

    def _copied(self, path: Path, steps: BackupSteps, is_more: bool) -> None:
        if is_more:
            self._go_on(path, steps)
        else:
            work = partial(record_jobs.finish_copy, steps, path, self._second_place)
            self._runner.start(Job(work, partial(self._tell, path, steps), self._failing(steps)))

    def _tell(self, path: Path, steps: BackupSteps, made: Path) -> None:
        self.made.emit()
        if steps is self._steps:
            work = partial(record_jobs.check_since_copy, path, steps)
            self._runner.start(Job(work, self._checked, self._failing(steps)))

    def _checked(self, earlier: Copy | None) -> None:
        """Say nothing: what holds is what is expected."""

    def _failing(self, steps: BackupSteps) -> Failed:
        return partial(self._fail, steps)

    def _fail(self, steps: BackupSteps, error: Exception) -> None:
        if steps is self._steps:  # one that was stopped has nothing to tell
            self.failed.emit(error)
