"""What is asked of the open record and done to it: by the one thread that touches it, nothing waits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from gui.record import record_jobs
from gui.record.background_jobs import BackgroundJobs
from gui.record.runner import Done, Failed, Job, Priority, Queue, Runner, Ticket
from gui.record.undo import Change, Steps, UndoList
from gui.record.unsaved import Unsaved, Wish
from models.operation import Actor, Operation, Outcome, Topic
from models.queries.panel.drafts import drafts
from models.record import Record, utc_now
from models.trouble import Trouble
from scoring.refused import Refused

T = TypeVar("T")
Settle = Callable[[str], bool]
"""Told why a change was refused, "" where it was not; returns whether that is said where it was typed."""
TYPING = "what is being typed"


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """What is known of the open record without asking it; `is_shut` where nothing can be written there."""

    path: Path
    is_copy: bool
    is_encrypted: bool
    is_shut: bool = False


class RecordSession(BackgroundJobs):
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
    unsaved_turned = Signal()
    let_go = Signal(str, object)
    said = Signal(str)
    took_back = Signal(str)

    def __init__(self, runner: Runner, person: str, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._unsaved = Unsaved(self._start_wish, self.unsaved_turned.emit, self.let_go.emit)
        self.undo_stack = UndoList(self, self._may_step)
        self._steps = Steps(self._take_back)
        self._actor = Actor(person)
        self._record: Record | None = None
        self._facts: OpenRecord | None = None
        self._is_closing = False
        self._is_locked = False
        self._later: list[Callable[[], object]] = []
        self.claim: Callable[[], Settle | None] = _nobody

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

    @property
    def unsaved(self) -> tuple[str, ...]:
        """Return what the disk did not take yet, in words, in the order it was asked for."""
        return self._unsaved.labels

    @Slot()
    def try_again(self) -> None:
        """Try once more to save what the disk did not take."""
        if self.unsaved and not self._waits(self.try_again):
            self._unsaved.try_again()

    def perform(
        self,
        operation: Operation,
        done: Callable[[Outcome], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Make one change; it can be undone until the next barrier.

        What the disk does not take is kept, and tried again before the next change. `failed` is told in place
        of everyone, and then whoever asked keeps what was typed.
        """
        if self._waits(partial(self.perform, operation, done, failed)):
            return
        do = methodcaller("perform", operation, self._actor)
        settle = self.claim() if failed is None else None
        then = partial(self._performed, operation, done, settle)
        told = partial(self._could_not_change, failed, settle=settle)
        begin, is_kept = self._begin_change, failed is None
        self._unsaved.put(Wish(operation.label, do, then, told, begin, operation, is_kept=is_kept))

    def perform_beside(
        self,
        operation: Operation,
        beside: Callable[..., T],
        done: Callable[[Outcome, T], object],
        *,
        is_kept: bool = True,
    ) -> None:
        """Make one change, with what the journal is not to hold of it; `done` is told what both came to.

        What only reads is not to be kept where the disk says no: nothing was typed, and it can be asked for.
        """
        if self._waits(partial(self.perform_beside, operation, beside, done, is_kept=is_kept)):
            return
        do = methodcaller("perform_beside", operation, beside, self._actor)
        then = partial(self._performed_beside, operation, done)
        told = partial(self._could_not_change, None if is_kept else self.failed.emit)
        self._unsaved.put(Wish(operation.label, do, then, told, self._begin_change, is_kept=is_kept))

    def perform_after_copy(
        self,
        reason: str,
        operation: Operation,
        beside: Callable[..., T],
        done: Callable[[Outcome, tuple[T, Path | None]], object],
    ) -> None:
        """Make one drastic change once an automatic copy is kept; `done` is told which, None for one before.

        Where the disk takes no copy, the change is kept like any other, with all that was decided for it.
        """
        if self._waits(partial(self.perform_after_copy, reason, operation, beside, done)):
            return
        do = partial(record_jobs.perform_after_copy, self._actor, reason, operation, beside)
        then, told = partial(self._performed_beside, operation, done), partial(self._could_not_change, None)
        self._unsaved.put(Wish(operation.label, do, then, told, self._begin_change, operation))

    def keep_draft(self, field: str, text: str) -> None:
        """Keep text that is being typed, against a crash; "" drops it. Nothing is told when it is done."""
        if not self._waits(partial(self.keep_draft, field, text)):
            do = methodcaller("keep_draft", self.person, field, text)
            told, subject = self._could_not_keep, (self.person, field)
            self._unsaved.put(Wish(TYPING, do, _nothing, told, _begin_nothing, subject, is_draft=True))

    def ask_drafts(self, start: str, done: Callable[[dict[str, str]], object]) -> None:
        """Ask what the person was typing into the fields whose names start so; `done` gets it by field."""
        self.ask(partial(drafts, person=self.person, start=start), done)

    def ask(self, query: Callable[..., T], done: Callable[[T], object], failed: Failed | None = None) -> None:
        """Ask the record; `query` takes a session and returns frozen rows.

        Nothing is answered once the record is being closed: its pages are on show a moment longer.
        """
        if self._is_closing or self._waits(partial(self.ask, query, done, failed)):
            return
        record = self._held()
        then = partial(self._answered, record, done)
        self._start(partial(record_jobs.ask, record, query), then, Priority.QUESTION, failed)

    def _answered(self, record: Record, done: Callable[[T], object], answer: T) -> None:
        """Pass an answer on, unless its record was closed meanwhile."""
        if record is self._record:
            done(answer)

    def _start_wish(self, wish: Wish) -> None:
        """Write to the record in its queue."""
        work = partial(self._unsaved.gate.run, wish, self._held())
        done, failed = partial(self._unsaved.succeed, wish), partial(self._unsaved.fail, wish)
        self.runner.start(Job(work, done, failed, Queue.RECORD, Priority.EDIT))

    def _begin_change(self) -> None:
        """Have the undo list wait for a change, and tell that it is being written."""
        self.undo_stack.begin()
        self.saving.emit()

    def _could_not_change(
        self, failed: Failed | None, error: Exception, *, settle: Settle | None = None
    ) -> None:
        """Tell whoever asked; trouble is told by who watches what is saved, a rule's no and a bug by all.

        The dialog in which a refused change was typed says so itself, with all that was typed.
        """
        self.undo_stack.end(is_done=False)
        self.not_saved.emit(error)
        is_told = settle is not None and settle(str(error) if isinstance(error, Refused) else "")
        if failed is not None:
            failed(error)
        elif not is_told and not isinstance(error, Trouble):
            self.failed.emit(error)

    def _could_not_keep(self, error: Exception) -> None:
        """Tell of a draft that was not kept, but not of trouble: who watches what is saved tells of that."""
        if isinstance(error, Trouble):
            self.not_saved.emit(error)
        else:
            self.failed.emit(error)

    def _may_step(self) -> bool:
        """Say whether a step may be taken; what is kept comes before it, so it is tried first."""
        self.try_again()
        return not self.unsaved

    def _held(self) -> Record:
        assert self._record is not None, "nothing is asked while no record is open"
        return self._record

    def _start(
        self, work: Callable[[Ticket], object], done: Done, priority: int, failed: Failed | None = None
    ) -> None:
        self.runner.start(Job(work, done, failed or self.failed.emit, Queue.RECORD, priority))

    def _waits(self, call: Callable[[], object]) -> bool:
        """Keep what is asked of a locked record until it is unlocked, and say that it waits."""
        if self._is_locked:
            self._later.append(call)
        return self._is_locked

    def _performed(
        self,
        operation: Operation,
        done: Callable[[Outcome], object] | None,
        settle: Settle | None,
        outcome: Outcome,
    ) -> None:
        """Let go of what was typed for a change that is made, and tell of it while the record is open."""
        if settle is not None:
            settle("")
        is_open = self._record is not None
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
        self, operation: Operation, done: Callable[[Outcome, T], object], answer: tuple[Outcome, T]
    ) -> None:
        outcome, beside = answer
        then: Callable[[Outcome], object] = partial(_told_both, done, beside)
        self._performed(operation, then, None, outcome)

    def _take_back(self, change: Change, operation: Operation) -> None:
        if self._waits(partial(self._take_back, change, operation)):
            return
        do = methodcaller("perform", operation, self._actor)
        done = partial(self._taken_back, change)
        wish = Wish(operation.label, do, done, self._could_not_take_back, self.saving.emit)
        self._unsaved.put(wish)

    def _taken_back(self, change: Change, outcome: Outcome) -> None:
        if outcome.inverse is not None:
            change.take(outcome.inverse)
        if self._record is None:
            return
        self._tell_saved(outcome.touched)
        self.took_back.emit(outcome.words)

    def _could_not_take_back(self, error: Exception) -> None:
        self.not_saved.emit(error)
        if not isinstance(error, Trouble):
            self.undo_stack.clear()
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


def _nobody() -> None:
    """Return that nobody typed what is asked for."""


def _nothing(nothing: object) -> None:
    """Take an ending that nobody waits for."""


def _begin_nothing() -> None:
    """Begin what nobody waits for."""
