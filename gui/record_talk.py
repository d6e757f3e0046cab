"""What is asked of the open record and done to it: by the one thread that touches it, nothing waits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from gui import lane_work
from gui.runner import Done, Failed, Job, Lane, Priority, Runner, Ticket
from gui.undo import Change, Steps, UndoList
from gui.work_talk import WorkTalk
from models.operation import Actor, Operation, Outcome, Topic
from models.record import Record, utc_now
from models.trouble import Trouble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """What is known of the open record without asking it."""

    path: Path
    is_copy: bool
    is_encrypted: bool


class RecordTalk(WorkTalk):
    """Carry operations and questions to the record that is open, and the answers back."""

    opened = Signal(object)
    closing = Signal()
    closed = Signal()
    locked = Signal()
    held = Signal()
    unlocked = Signal()
    not_unlocked = Signal(object)
    rekeyed = Signal(object)
    changed = Signal(object)
    saving = Signal()
    saved = Signal(object)
    not_saved = Signal(object)
    said = Signal(str)
    took_back = Signal(str)

    def __init__(self, runner: Runner, person: str, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.undo_stack = UndoList(self)
        self._steps = Steps(self._take_back)
        self._actor = Actor(person)
        self._record: Record | None = None
        self._facts: OpenRecord | None = None
        self._is_closing = False
        self._is_locked = False
        self._later: list[Callable[[], object]] = []

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
        self.undo_stack.drop()

    @property
    def is_locked(self) -> bool:
        """Return whether the open record is locked: what is asked of it waits until it is unlocked."""
        return self._is_locked

    def perform(
        self,
        operation: Operation,
        done: Callable[[Outcome], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Make one change; it can be undone until the next barrier. `failed` is told in place of everyone."""
        if self._waits(partial(self.perform, operation, done, failed)):
            return
        record = self._held()
        then = partial(self._performed, record, operation, done)
        self._change(partial(lane_work.perform, record, self._actor, operation), then, failed)

    def perform_beside(
        self, operation: Operation, beside: Callable[..., T], done: Callable[[Outcome, T], object]
    ) -> None:
        """Make one change, with what the journal is not to hold of it; `done` is told what both came to."""
        if self._waits(partial(self.perform_beside, operation, beside, done)):
            return
        record = self._held()
        then = partial(self._performed_beside, record, operation, done)
        self._change(partial(lane_work.perform_beside, record, self._actor, operation, beside), then, None)

    def keep_draft(self, field: str, text: str) -> None:
        """Keep text that is being typed, against a crash; "" drops it. Nothing is told when it is done."""
        if not self._waits(partial(self.keep_draft, field, text)):
            self._start(partial(lane_work.keep, self._held(), field, text), _nothing, Priority.EDIT)

    def ask(self, query: Callable[..., T], done: Callable[[T], object], failed: Failed | None = None) -> None:
        """Ask the record; `query` takes a session and returns frozen rows.

        Nothing is answered once the record is being closed: its pages are on show a moment longer.
        """
        if self._is_closing or self._waits(partial(self.ask, query, done, failed)):
            return
        record = self._held()
        then = partial(self._answered, record, done)
        self._start(partial(lane_work.ask, record, query), then, Priority.QUESTION, failed)

    def _answered(self, record: Record, done: Callable[[T], object], answer: T) -> None:
        """Pass an answer on, unless its record was closed meanwhile."""
        if record is self._record:
            done(answer)

    def _change(self, work: Callable[[Ticket], object], done: Done, failed: Failed | None) -> None:
        """Make a change for the undo list, which waits for it."""
        self.undo_stack.begin()
        self._save(work, done, partial(self._could_not_change, failed))

    def _could_not_change(self, failed: Failed | None, error: Exception) -> None:
        """Tell whoever asked; trouble is told by who watches what is saved, a rule's no and a bug by all."""
        self.undo_stack.end(is_done=False)
        if failed is not None:
            failed(error)
        elif not isinstance(error, Trouble):
            self.failed.emit(error)

    def _save(self, work: Callable[[Ticket], object], done: Done, failed: Failed) -> None:
        """Write to the record on its lane, and tell while it is written and where it is not."""
        self.saving.emit()
        self._start(work, done, Priority.EDIT, partial(self._could_not_save, failed))

    def _could_not_save(self, failed: Failed, error: Exception) -> None:
        self.not_saved.emit(error)
        failed(error)

    def _held(self) -> Record:
        assert self._record is not None, "nothing is asked while no record is open"
        return self._record

    def _start(
        self, work: Callable[[Ticket], object], done: Done, priority: int, failed: Failed | None = None
    ) -> None:
        self.runner.start(Job(work, done, failed or self.failed.emit, Lane.RECORD, priority))

    def _waits(self, call: Callable[[], object]) -> bool:
        """Keep what is asked of a locked record until it is unlocked, and say that it waits."""
        if self._is_locked:
            self._later.append(call)
        return self._is_locked

    def _performed(
        self, record: Record, operation: Operation, done: Callable[[Outcome], object] | None, outcome: Outcome
    ) -> None:
        """Tell what was done, unless the record was closed meanwhile."""
        is_open = record is self._record
        if is_open and operation.is_barrier:
            self._clear_at_barrier()
        if is_open and outcome.inverse is not None:
            self.undo_stack.put(Change(operation.label, outcome.inverse, self._steps))
        self.undo_stack.end(is_done=True)
        if not is_open:
            return
        self._tell_saved(outcome.touched)
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
        if self._waits(partial(self._take_back, change, operation)):
            return
        record = self._held()
        then = partial(self._taken_back, record, change)
        work = partial(lane_work.perform, record, self._actor, operation)
        self._save(work, then, self._could_not_take_back)

    def _taken_back(self, record: Record, change: Change, outcome: Outcome) -> None:
        if outcome.inverse is not None:
            change.take(outcome.inverse)
        if record is not self._record:
            return
        self._tell_saved(outcome.touched)
        self.took_back.emit(outcome.words)

    def _could_not_take_back(self, error: Exception) -> None:
        self.undo_stack.clear()
        if not isinstance(error, Trouble):
            self.failed.emit(error)

    def _clear_at_barrier(self) -> None:
        if self.undo_stack.count():
            self.undo_stack.clear()
            self.said.emit("Earlier changes can no longer be undone")

    def _tell_saved(self, touched: frozenset[Topic]) -> None:
        self.saved.emit(utc_now().astimezone())
        self.changed.emit(touched)


def _told_both(done: Callable[[Outcome, T], object], beside: T, outcome: Outcome) -> None:
    done(outcome, beside)


def _nothing(nothing: object) -> None:
    """Take an ending that nobody waits for."""
