"""Work beside the record: sums and files, and who leaves waits for the files."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from gui.record.runner import Done, Failed, Job, Priority, Queue, Runner, Ticket

T = TypeVar("T")
Leave = Callable[[Callable[[], object]], object]
"""Leaves the record once nothing is to be waited for, then tells who asked."""


class BackgroundJobs(QObject):
    """Hand work to its queue, and its end back."""

    worked = Signal()
    lingers = Signal(bool)
    failed = Signal(object)

    def __init__(self, runner: Runner, leave: Leave, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._leave_by = leave
        self._unended = 0
        self._leaving: Callable[[], object] | None = None

    def work(
        self,
        work: Callable[[Ticket], T],
        done: Done,
        *,
        label: str = "",
        failed: Failed | None = None,
        wait_ms: int = 0,
        ends_first: bool = False,
    ) -> Ticket:
        """Run sums or files beside the record's queue; `label` shows it in the progress strip.

        What nobody waits for may say how long the window is to have the processor to itself before. What
        `ends_first` is waited for by whoever leaves, so that no paper is left without the one beside it.
        """
        then = partial(self._worked, done) if label else done
        job = Job(work, then, failed or self.failed.emit, Queue.WORK, label=label, wait_ms=wait_ms)
        if ends_first:
            self._unended += 1
            then, failed = partial(self._ended, then), partial(self._broke, job.failed)
            job = replace(job, work=partial(_with_is_cancelled, work), done=then, failed=failed)
        return self.runner.start(job)

    def keep_up(
        self, work: Callable[[Ticket], object], done: Done, label: str, failed: Failed | None = None
    ) -> None:
        """Do on the record's queue what may wait, and show in the progress strip that it is done."""
        then = partial(self._worked, done)
        self.runner.start(Job(work, then, failed or self.failed.emit, Queue.RECORD, Priority.UPKEEP, label))

    def finish(self, done: Callable[[], object]) -> None:
        """Let files be written to their end, then leave; `lingers` tells whether somebody waits to."""
        if self._unended:
            self._leaving = done
            self.lingers.emit(True)
        else:
            self._leave(done)

    def stay(self) -> None:
        """Do not leave once the files are written."""
        if self._leaving is not None:
            self._leaving = None
            self.lingers.emit(False)

    def _leave(self, done: Callable[[], object]) -> None:
        """Stop what is running, leave the record, then tell `done`."""
        self.runner.stop()
        self._leave_by(done)

    def _ended(self, done: Done, answer: tuple[object, bool]) -> None:
        """Tell what was written, and leave if somebody waits; a cancel is there to be read before."""
        self._unended -= 1
        written, is_cancelled = answer
        if is_cancelled:
            self.stay()
        done(written)
        if self._leaving is not None and not self._unended:
            leaving, self._leaving = self._leaving, None
            self._leave(leaving)

    def _broke(self, failed: Failed, error: Exception) -> None:
        """Tell why nothing was written; nobody leaves before that is read."""
        self._unended -= 1
        self.stay()
        failed(error)

    def _worked(self, done: Done, answer: object) -> None:
        """Tell that a piece of work came to a good end."""
        self.worked.emit()
        done(answer)


def _with_is_cancelled(work: Callable[[Ticket], T], ticket: Ticket) -> tuple[T, bool]:
    """Do work and tell whether it was asked to stop."""
    return work(ticket), ticket.is_cancelled
