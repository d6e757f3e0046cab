"""Run work off the event loop: one queue for the record, one for everything else, tickets for both."""

import logging
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from itertools import count
from queue import PriorityQueue
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from gui.performance.trim_memory import trim_memory
from gui.performance.turns import SLICE_SECONDS, Turns

LOG = logging.getLogger(__name__)

Queued = tuple[int, int, Callable[[], object] | None]


class WorkerQueue:
    """A queue and its thread, which starts with the first that is put in, and again where it ended."""

    def __init__(self) -> None:
        self._queue: PriorityQueue[Queued] = PriorityQueue()
        self._numbers = count()
        self._thread: Thread | None = None

    def put(self, run: Callable[[], object], priority: int) -> None:
        """Queue what is to be run; a higher priority comes first, equal ones as they came."""
        self._queue.put((-priority, next(self._numbers), run))
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="record", daemon=True)
            self._thread.start()

    def finish(self, wait_seconds: float) -> None:
        """Do what is queued, end the thread and wait for it."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put((1, next(self._numbers), None))
            thread.join(wait_seconds)

    def _run(self) -> None:
        while True:
            run = self._queue.get()[2]
            if run is None:
                return
            try:
                run()
            except BaseException:  # whatever becomes of it, those that wait behind it are run too
                LOG.info("work on the record's queue ended without telling", exc_info=True)


REPORT_EVERY_SECONDS = 0.05
WAIT_AT_END_MS = 5000


class Cancelled(Exception):
    """The person asked for the work to stop; nothing of it is kept."""


class Queue(StrEnum):
    """Where work runs: the one thread that touches the record, or the pool for files and sums."""

    RECORD = "record"
    WORK = "work"


class Priority:
    """The order in the record's queue: edits before questions before upkeep."""

    EDIT = 20
    QUESTION = 10
    UPKEEP = 0


class Ticket(QObject):
    """One piece of work under way. Made on the GUI thread; only `run` and `tick` are called by the worker.

    The ticket holds the work and its end, and lets go of them on the GUI thread: whoever lets go last of a
    box or a page deletes it, and a worker must never.
    """

    progressed = Signal(int, int)
    settled = Signal()
    _landed = Signal()

    def __init__(
        self,
        label: str,
        parent: QObject | None = None,
        *,
        job: "Job | None" = None,
        is_edit: bool = False,
        turns: Turns | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.is_edit = is_edit
        self._job = job
        self._turns = turns
        self._ending: Callable[[], object] | None = None
        self._stop = Event()
        self._has_begun = False
        self._reported = 0.0
        self._landed.connect(self._land)

    @property
    def is_at_work(self) -> bool:
        """Whether a worker is at it and has not come to its end."""
        return self._has_begun and self._job is not None and self._ending is None

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next tick."""
        self._stop.set()

    def outlast(self) -> None:
        """Go on without the runner, which did not wait any longer, and tell nobody of the end."""
        self._landed.disconnect()
        self.setParent(None)

    def tick(self, done: int, total: int) -> None:
        """Report progress, now and then; raise `Cancelled` when the work was asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if done >= total or now - self._reported >= REPORT_EVERY_SECONDS:
            self._reported = now
            self.progressed.emit(done, total)

    def run(self) -> None:
        """Do the work on the worker's thread and bring its end back to the GUI thread."""
        self._has_begun = True
        self._ending = self._worked()
        self._landed.emit()

    def _worked(self) -> Callable[[], object]:
        """Do the work and return its end; nothing of either stays with the worker."""
        job = self._job
        assert job is not None, "a ticket is run once, with its work"
        try:
            if self._stop.is_set():
                raise Cancelled
            return partial(job.done, job.work(self))
        except Exception as error:  # noqa: BLE001  the worker is one of the three edges
            return partial(job.failed, error)
        except BaseException as error:  # noqa: BLE001  a library's panic, or an exit: the queue goes on
            return partial(job.failed, _broken_off(error))

    @Slot()
    def _land(self) -> None:
        if self._turns is None:
            self._tell()
        else:
            self._turns.put(self._tell)

    def _tell(self) -> None:
        ending, self._ending, self._job = self._ending, None, None
        self.settled.emit()
        if ending is not None:
            ending()


class BrokenOff(Exception):
    """Work ended by what is no `Exception`: a panic of a library, or an exit that somebody called."""


def _broken_off(error: BaseException) -> BrokenOff:
    """Return it as an error like others, so that whoever waits is told."""
    found = BrokenOff(f"{type(error).__name__} ended a piece of work")
    found.__cause__ = error
    return found


Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def nothing(answer: object) -> None:
    """Take an ending that nobody waits for."""


class Job(Struct, frozen=True):
    """A piece of work, who is told how it ended, and where and how soon it is done.

    One with a label is shown in the progress strip. One that may wait, `wait_ms`, leaves the processor to
    the window until then; one that comes `after_painting` leaves it to what is on show by now.
    """

    work: Callable[[Ticket], object]
    done: Done
    failed: Failed
    queue: Queue = Queue.WORK
    priority: int = Priority.QUESTION
    label: str = ""
    wait_ms: int = 0
    after_painting: bool = False


_OUTLASTING: list[Ticket] = []
"""Tickets whose work went on after their runner: the worker still speaks through them."""


class Runner(QObject):
    """The runner of the real window."""

    started = Signal(object)
    landed = Signal()
    """An end is told now, and the window shows it."""

    def __init__(self) -> None:
        super().__init__()
        self._tickets: list[Ticket] = []
        self._record_queue = WorkerQueue()
        self._pool = QThreadPool(self)
        self._after_painting: list[tuple[Ticket, Job]] = []
        self._under_way = 0
        """How many answers are shown in steps of which some are left."""
        self.turns = Turns(self)

    def start(self, job: Job) -> Ticket:
        """Start work in its queue and return its ticket; the end is told on the GUI thread."""
        is_edit = job.priority == Priority.EDIT
        ticket = Ticket(job.label, self, job=job, is_edit=is_edit, turns=self.turns)
        self._tickets.append(ticket)
        ticket.settled.connect(self._forget_ticket)
        if job.wait_ms:
            QTimer.singleShot(job.wait_ms, ticket, partial(self._begin, ticket, job))
        elif job.after_painting or self._is_behind(job):
            self._after_painting.append((ticket, job))
            self.turns.put(self._begin_waiting)
        else:
            if job.queue is Queue.RECORD:
                self._begin_waiting()
            self._begin(ticket, job)
        return ticket

    def _is_behind(self, job: Job) -> bool:
        """Whether work on the record comes after a question that leaves the processor to the painting."""
        is_for_record = job.queue is Queue.RECORD and job.priority < Priority.EDIT
        return is_for_record and bool(self._after_painting)

    def _begin_waiting(self) -> None:
        """Begin what left the processor to the painting; no other work on the record comes before it."""
        waiting, self._after_painting = self._after_painting, []
        for ticket, job in waiting:
            self._begin(ticket, job)

    def _begin(self, ticket: Ticket, job: Job) -> None:
        """Hand work to its queue; what was cancelled while it waited comes to its end at once."""
        if ticket.is_cancelled:
            ticket.run()
            return
        if job.label:
            self.started.emit(ticket)
        if job.queue is Queue.RECORD:
            self._record_queue.put(ticket.run, job.priority)
        else:
            self._pool.start(partial(_run, ticket), job.priority)

    @property
    def is_busy(self) -> bool:
        """Whether work is under way whose end was not told yet, or not shown to the end."""
        return bool(self._tickets or self._under_way)

    def in_turns(self, owner: QObject, steps: Iterator[None]) -> None:
        """Take the steps in which an owner shows an answer: some now, those that are left in further turns.

        What short steps changed is painted together; between turns there are painting, keys and clicks.
        """
        end = monotonic() + SLICE_SECONDS
        while isValid(owner) and next(steps, self) is None:
            if monotonic() >= end:
                self._under_way += 1
                self.turns.put(partial(self._go_on, owner, steps))
                return

    def _go_on(self, owner: QObject, steps: Iterator[None]) -> None:
        self._under_way -= 1
        self.landed.emit()
        self.in_turns(owner, steps)

    def watch(self, shown: Callable[[Ticket], object]) -> None:
        """Tell `shown` of every ticket that has a label, as it starts."""
        self.started.connect(shown)

    def stop(self) -> None:
        """Ask all that is running to stop at its next tick; an edit that waits its turn is still made."""
        for ticket in self._tickets:
            if not ticket.is_edit:
                ticket.cancel()

    def finish(self) -> None:
        """Cancel what is running and wait for it; what goes on for longer keeps its ticket to the end."""
        self.stop()
        self._begin_waiting()
        self._record_queue.finish(WAIT_AT_END_MS / 1000)
        self._pool.waitForDone(WAIT_AT_END_MS)
        outlasting = [ticket for ticket in self._tickets if ticket.is_at_work]
        for ticket in outlasting:
            ticket.outlast()
        _OUTLASTING.extend(outlasting)

    @Slot()
    def _forget_ticket(self) -> None:
        ticket = self.sender()
        self._tickets = [held for held in self._tickets if held is not ticket]
        ticket.deleteLater()
        self.landed.emit()


def _run(ticket: Ticket) -> None:
    """Do work in the pool; what is long enough to be shown leaves much that is free behind."""
    ticket.run()
    if ticket.label:
        trim_memory()


class InlineRunner(Runner):
    """A runner that does the work at once, for drawings and tests; same doors, same endings."""

    def start(self, job: Job) -> Ticket:
        """Do the work now; the ticket that comes back is already settled."""
        ticket = Ticket(job.label, self, job=job)
        if job.label:
            self.started.emit(ticket)
        ticket.run()
        ticket.deleteLater()
        return ticket

    def in_turns(self, owner: QObject, steps: Iterator[None]) -> None:
        """Take all steps now."""
        for _ in steps:
            pass


T = TypeVar("T")
Leave = Callable[[Callable[[], object]], object]
"""Leaves the record once nothing is to be waited for, then tells who asked."""


class BackgroundJobs(QObject):
    """Hand work to its queue, and its end back."""

    worked = Signal()
    lingers = Signal(bool)
    failed = Signal(object)

    def __init__(self, runner: Runner, leave: Leave, parent: QObject) -> None:
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
