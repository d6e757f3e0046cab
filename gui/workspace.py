"""The open record as the window knows it: operations go down, news comes up, nothing waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from gui.runner import Done, Failed, Job, Lane, Priority, Runner, Ticket
from gui.undo import Change
from models import backup
from models.backup_steps import BackupSteps
from models.lock import RecordInUse
from models.operation import Actor, Operation, Outcome
from models.record import Opener, Record, utc_now
from models.trouble import Trouble

if TYPE_CHECKING:
    from models.verify import Verification

T = TypeVar("T")
PROGRAM = "the window"


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """What is known of the open record without asking it."""

    path: Path
    is_copy: bool
    is_encrypted: bool


class InUse(Exception):
    """Somebody else has the record open; `copy` is its newest automatic copy, None when there is none."""

    def __init__(self, cause: RecordInUse, path: Path, copy: backup.Copy | None) -> None:
        super().__init__(str(cause))
        self.path = path
        self.copy = copy
        self.can_be_taken_over = cause.can_be_taken_over


class Workspace(QObject):
    """Carry operations and questions to the one thread that touches the record."""

    opened = Signal(object)
    closing = Signal()
    closed = Signal()
    changed = Signal(object)
    saving = Signal()
    saved = Signal(object)
    not_saved = Signal(object)
    worked = Signal()
    said = Signal(str)
    took_back = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, person: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.undo_stack = QUndoStack(self)
        self._actor = Actor(person)
        self._record: Record | None = None
        self._facts: OpenRecord | None = None
        self._is_closing = False

    @property
    def facts(self) -> OpenRecord | None:
        """Return what is known of the open record, None when none is open."""
        return self._facts

    @property
    def person(self) -> str:
        """Return who is using the window."""
        return self._actor.name

    @property
    def role(self) -> str:
        """Return the role in which the person acts."""
        return self._actor.role

    def use_as(self, person: str, role: str = "officer") -> None:
        """Change who is using the window: a barrier, so the undo list is cleared."""
        self._actor = Actor(person, role)
        self.undo_stack.clear()

    def open(self, path: Path, *, take_over_from: str | None = None) -> None:
        """Open a record; the one that is open is closed first."""
        self._begin(partial(self._open_on_lane, path, take_over_from), f"Opening {path.name}")

    def read_copy(self, path: Path) -> None:
        """Open a copy to read it only."""
        self._begin(partial(_read_copy_on_lane, path), f"Opening {path.name}")

    def close(self, done: Callable[[], object] | None = None) -> None:
        """Close the record, then tell `done`; what is being typed is handed on before."""
        if self._record is not None:
            self.closing.emit()
            self._is_closing = True
        record, self._record, self._facts = self._record, None, None
        self.undo_stack.clear()
        then = partial(self._tell_closed, done)
        self._start(partial(_close_on_lane, record), then, Priority.UPKEEP)

    def finish(self, done: Callable[[], object]) -> None:
        """Stop what is running, close the record, then tell `done`."""
        self.runner.stop()
        self.close(done)

    def perform(
        self,
        operation: Operation,
        done: Callable[[Outcome], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Make one change; it can be undone until the next barrier. `failed` is told in place of everyone."""
        record = self._held()
        then = partial(self._performed, record, operation, done)
        self._save(partial(_perform_on_lane, record, self._actor, operation), then, failed)

    def perform_beside(
        self, operation: Operation, beside: Callable[..., T], done: Callable[[Outcome, T], object]
    ) -> None:
        """Make one change, with what the journal is not to hold of it; `done` is told what both came to."""
        record = self._held()
        then = partial(self._performed_beside, record, operation, done)
        self._save(partial(_perform_beside_on_lane, record, self._actor, operation, beside), then, None)

    def keep_draft(self, field: str, text: str) -> None:
        """Keep text that is being typed, against a crash; "" drops it. Nothing is told when it is done."""
        self._start(partial(_keep_on_lane, self._held(), field, text), _nothing, Priority.EDIT)

    def ask(self, query: Callable[..., T], done: Callable[[T], object], failed: Failed | None = None) -> None:
        """Ask the record; `query` takes a session and returns frozen rows.

        Nothing is answered once the record is being closed: its pages are on show a moment longer.
        """
        if self._is_closing:
            return
        record = self._held()
        then = partial(self._answered, record, done)
        self._start(partial(_ask_on_lane, record, query), then, Priority.QUESTION, failed)

    def work(
        self, work: Callable[[Ticket], T], done: Done, *, label: str = "", failed: Failed | None = None
    ) -> Ticket:
        """Run sums or files beside the record lane; `label` shows it in the progress strip."""
        then = partial(self._worked, done) if label else done
        return self.runner.start(Job(work, then, failed or self.failed.emit, Lane.WORK, label=label))

    def back_up(self, path: Path, done: Done) -> None:
        """Write a verified copy of the record to a new file."""
        self._keep_up(partial(_back_up_on_lane, self._held(), path), done, f"Copying to {path.name}")

    def check(self, done: Callable[["Verification"], object]) -> None:
        """Check the whole record: its file, its journal, and that the tables are what the journal says."""
        self._keep_up(partial(_check_on_lane, self._held()), done, "Checking the record")

    def _answered(self, record: Record, done: Callable[[T], object], answer: T) -> None:
        """Pass an answer on, unless its record was closed meanwhile."""
        if record is self._record:
            done(answer)

    def _begin(self, work: Callable[[Ticket], Record], label: str) -> None:
        if self._record is not None:
            self.close()
        self._keep_up(work, self._tell_opened, label)

    def _keep_up(self, work: Callable[[Ticket], object], done: Done, label: str) -> None:
        """Do on the record lane what may wait, and show in the progress strip that it is done."""
        then = partial(self._worked, done)
        self.runner.start(Job(work, then, self.failed.emit, Lane.RECORD, Priority.UPKEEP, label))

    def _worked(self, done: Done, answer: object) -> None:
        """Tell that a piece of work came to a good end."""
        self.worked.emit()
        done(answer)

    def _save(self, work: Callable[[Ticket], object], done: Done, failed: Failed | None) -> None:
        """Make a change on the record lane, and tell while it is made and where it is not."""
        self.saving.emit()
        self._start(work, done, Priority.EDIT, partial(self._could_not_save, failed))

    def _could_not_save(self, failed: Failed | None, error: Exception) -> None:
        """Tell whoever asked; trouble is told by who watches what is saved, a rule's no and a bug by all."""
        self.not_saved.emit(error)
        if failed is not None:
            failed(error)
        elif not isinstance(error, Trouble):
            self.failed.emit(error)

    def _held(self) -> Record:
        assert self._record is not None, "nothing is asked while no record is open"
        return self._record

    def _start(
        self, work: Callable[[Ticket], object], done: Done, priority: int, failed: Failed | None = None
    ) -> None:
        self.runner.start(Job(work, done, failed or self.failed.emit, Lane.RECORD, priority))

    def _open_on_lane(self, path: Path, take_over_from: str | None, ticket: Ticket) -> Record:
        try:
            return Record.open(path, Opener(self.person, PROGRAM), take_over_from=take_over_from)
        except RecordInUse as error:
            raise InUse(error, path, backup.newest(path)) from error

    def _tell_opened(self, record: Record) -> None:
        self._record = record
        self._facts = OpenRecord(record.path, record.is_copy, record.is_encrypted)
        self.opened.emit(self._facts)
        if not record.is_copy:
            self._start(partial(_begin_copy_on_lane, record), partial(self._copy_on, record), Priority.UPKEEP)

    def _copy_on(self, record: Record, steps: BackupSteps | None) -> None:
        """Copy the next slice when nothing else is to be done, unless the record was closed meanwhile."""
        if steps is not None and record is self._record:
            then, failed = partial(self._copied_slice, record, steps), partial(self._copy_failed, record)
            self._start(partial(_copy_slice_on_lane, steps), then, Priority.UPKEEP, failed)

    def _copied_slice(self, record: Record, steps: BackupSteps, is_more: bool) -> None:
        if is_more:
            self._copy_on(record, steps)
        else:
            finish, failed = partial(_finish_copy, steps, record.path), partial(self._copy_failed, record)
            self.work(finish, self._tell_upkeep, failed=failed)

    def _copy_failed(self, record: Record, error: Exception) -> None:
        if record is self._record:  # closing the record stops its copy
            self.failed.emit(error)

    @Slot(object)
    def _tell_upkeep(self, made: Path) -> None:
        self.said.emit("Today's copy is made")

    def _tell_closed(self, done: Callable[[], object] | None, nothing: object) -> None:
        self._is_closing = False
        self.closed.emit()
        if done is not None:
            done()

    def _performed(
        self, record: Record, operation: Operation, done: Callable[[Outcome], object] | None, outcome: Outcome
    ) -> None:
        """Tell what was done, unless the record was closed meanwhile."""
        if record is not self._record:
            return
        if operation.is_barrier:
            self._clear_at_barrier()
        elif outcome.inverse is not None:
            self.undo_stack.push(Change(operation.label, outcome.inverse, self._take_back))
        self._tell_change(outcome)
        if done is not None:
            done(outcome)

    def _performed_beside(
        self,
        record: Record,
        operation: Operation,
        done: Callable[[Outcome, T], object],
        answer: tuple[Outcome, T],
    ) -> None:
        outcome, beside = answer
        then: Callable[[Outcome], object] = partial(_told_both, done, beside)
        self._performed(record, operation, then, outcome)

    def _take_back(self, change: Change, operation: Operation) -> None:
        record = self._held()
        then = partial(self._taken_back, record, change)
        work = partial(_perform_on_lane, record, self._actor, operation)
        self._save(work, then, self._could_not_take_back)

    def _taken_back(self, record: Record, change: Change, outcome: Outcome) -> None:
        if record is not self._record:
            return
        if outcome.inverse is not None:
            change.take(outcome.inverse)
        self._tell_change(outcome)
        self.took_back.emit(outcome.words)

    def _could_not_take_back(self, error: Exception) -> None:
        self.undo_stack.clear()
        if not isinstance(error, Trouble):
            self.failed.emit(error)

    def _clear_at_barrier(self) -> None:
        if self.undo_stack.count():
            self.undo_stack.clear()
            self.said.emit("Earlier changes can no longer be undone")

    def _tell_change(self, outcome: Outcome) -> None:
        self.saved.emit(_now())
        self.changed.emit(outcome.touched)


def _perform_on_lane(record: Record, actor: Actor, operation: Operation, ticket: Ticket) -> Outcome:
    return record.perform(operation, actor)


def _perform_beside_on_lane(
    record: Record, actor: Actor, operation: Operation, beside: Callable[..., T], ticket: Ticket
) -> tuple[Outcome, T]:
    return record.perform_beside(operation, beside, actor)


def _told_both(done: Callable[[Outcome, T], object], beside: T, outcome: Outcome) -> None:
    done(outcome, beside)


def _keep_on_lane(record: Record, field: str, text: str, ticket: Ticket) -> None:
    record.keep_draft(field, text)


def _nothing(nothing: object) -> None:
    """Take an ending that nobody waits for."""


def _ask_on_lane(record: Record, query: Callable[..., T], ticket: Ticket) -> T:
    return record.ask(query)


def _back_up_on_lane(record: Record, path: Path, ticket: Ticket) -> Path:
    return record.backup(path, ticket.tick)


def _begin_copy_on_lane(record: Record, ticket: Ticket) -> BackupSteps | None:
    return record.backup_steps_if_due()


def _copy_slice_on_lane(steps: BackupSteps, ticket: Ticket) -> bool:
    return steps.step()


def _finish_copy(steps: BackupSteps, record: Path, ticket: Ticket) -> Path:
    made = steps.finish()
    backup.thin(record)
    return made


def _read_copy_on_lane(path: Path, ticket: Ticket) -> Record:
    return Record.read_copy(path)


def _check_on_lane(record: Record, ticket: Ticket) -> "Verification":
    from models.verify import verify  # it knows every operation there is: too much to load to open the window

    return verify(record, ticket.tick)


def _close_on_lane(record: Record | None, ticket: Ticket) -> None:
    if record is not None:
        record.close()


def _now() -> datetime:
    return utc_now().astimezone()
