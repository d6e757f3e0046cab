"""What is done beside the window for the open record: its pages looked at, today's copy, what came since.

A look at all pages and the copy go by slices, while nothing else is to be done. Then, away from the record,
what was changed since the copy before is done over again, and has to come to what today's copy holds.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.record import record_jobs
from gui.record.runner import Done, Failed, Job, Priority, Queue, Runner, Ticket
from gui.record.turns import Turns, go_on
from models.record import Record
from models.store.sqlite.engine import RecordDamaged

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
        self._turns: Turns | None = None
        self._ticket: Ticket | None = None

    def begin(self, record: Record) -> None:
        """Look at the pages, then begin today's copy where it is due; a copy has none of its own."""
        self.stop()
        turns = self._turns = self._begun(record)
        go_on(turns, partial(self._fail, turns))

    def stop(self) -> None:
        """Go on with no copy that was begun: the record stops it as it closes or takes another key."""
        if self._turns is not None:
            self._turns.close()
            self._turns = None
        if self._ticket is not None:
            self._ticket.cancel()  # one that still waits must not come to a record that is closed

    def _begun(self, record: Record) -> Turns:
        check, wait_ms = record.page_check(), LOOKS_AFTER_MS
        try:
            while (yield partial(self._do, partial(record_jobs.look_at_pages, check), wait_ms)):
                wait_ms = 0
        except RecordDamaged as error:
            self.spoilt.emit(error)
            return
        if record.is_copy:
            return
        path = record.path
        steps = yield partial(self._do, partial(record_jobs.begin_copy, record), 0)
        if steps is None:
            return
        while (yield partial(self._do, lambda ticket: steps.step(), 0)):
            pass
        yield partial(self._do_beside, partial(record_jobs.finish_copy, steps, path, self._second_place))
        self.made.emit()
        yield partial(self._do_beside, partial(record_jobs.check_since_copy, path, steps))

    def _fail(self, turns: Turns, error: Exception) -> None:
        if turns is self._turns:  # what was stopped has nothing to tell
            self.failed.emit(error)

    def _do(self, work: Callable[[Ticket], object], wait_ms: int, done: Done, *, failed: Failed) -> None:
        """Do something with the record, which may wait."""
        job = Job(work, done, failed, Queue.RECORD, Priority.UPKEEP, wait_ms=wait_ms)
        self._ticket = self._runner.start(job)

    def _do_beside(self, work: Callable[[Ticket], object], done: Done, *, failed: Failed) -> None:
        self._runner.start(Job(work, done, failed))
