"""What is asked of the open record and done to it: by the one thread that touches it, nothing waits."""

from collections.abc import Callable
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.record import record_jobs
from gui.record.changes import Change, Drafts, UndoList, Unsaved, Wish
from gui.record.runner import Done, Failed, Job, Priority, Queue, Runner, Ticket, nothing
from gui.record.turns import CLOSED, NO_SERVER, Settle, tell_not_changed
from models.clock import utc_now
from models.operation import Actor, Operation, Outcome, Topic
from models.record import Record
from models.role import Role
from models.trouble import Trouble
from scoring.written.text import Refused

T = TypeVar("T")


class RecordSession(QObject):
    """Carry operations and questions to the record that is open, and the answers back."""

    changed = Signal(object)
    saving = Signal()
    saved = Signal(object)
    not_saved = Signal(object)
    unsaved_turned = Signal()
    refused_later = Signal(str, object)
    said = Signal(str)
    took_back = Signal(str, str)

    def __init__(self, runner: Runner, person: str, failed: Failed, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._failed = runner, failed
        self._unsaved = Unsaved(runner, self.held, self.unsaved_turned.emit, self.refused_later.emit)
        self.settle, self.await_all, self.drop = (
            self._unsaved.settle,
            self._unsaved.await_all,
            self._unsaved.drop,
        )
        self.undo_stack = UndoList(self, self._may_step)
        self.actor = Actor(person)
        """Who is using the window, in which role."""
        self.record: Record | None = None
        self.is_closing = False
        self.is_locked = False
        self.drafts = Drafts(self, self._unsaved, self.not_saved.emit, failed)
        self._watched: list[tuple[frozenset[Topic], Callable[[], object], QWidget | None]] = []
        self.changed.connect(self._tell_watchers)
        self._later: list[Callable[[], object]] = []
        self._tells_barrier = False
        self.claim: Callable[[], Settle | None] = _nobody
        self.shown: Callable[[], int | None] = _nobody
        self.holds_back: Callable[[Callable[[], object]], bool] = _at_once

    def use_as(self, person: str, role: str = Role.OFFICER) -> None:
        """Change who is using the window: a barrier, so the undo list is cleared."""
        self.actor = Actor(person, role)
        self.undo_stack.drop()

    def watch(
        self, topics: frozenset[Topic], told: Callable[[], object], seen: QWidget | None = None
    ) -> None:
        """Tell of each change that touches one of some topics; with `seen` only while that is on show."""
        self._watched.append((topics, told, seen))

    @Slot(object)
    def _tell_watchers(self, touched: frozenset[Topic]) -> None:
        for topics, told, seen in self._watched:
            if topics & touched and (seen is None or seen.isVisible()):
                told()

    @property
    def unsaved(self) -> tuple[str, ...]:
        """Return what the disk did not take yet, in words, in the order it was asked for."""
        return self._unsaved.labels

    @Slot()
    def try_again(self) -> None:
        """Try once more to save what the disk did not take."""
        if self.unsaved and not self.waits(self.try_again):
            self._unsaved.try_again()

    def perform(
        self,
        operation: Operation,
        done: Callable[[Outcome], object] | None = None,
        failed: Failed | None = None,
        *,
        settle: Settle | None = None,
    ) -> None:
        """Make one change; it can be undone until the next barrier.

        What the disk does not take is kept, and tried again before the next change. `failed` is told in place
        of everyone, and then whoever asked keeps what was typed. `settle` is of the dialog in which it was
        typed where something else was asked or written since: the dialog at hand is found without.
        """
        actor = self.actor

        def do(seen: int | None, record: Record) -> tuple[Outcome]:
            return (record.perform(operation, actor, seen=seen),)

        self._put(operation, do, done, settle, failed=failed, subject=operation)

    def perform_beside(
        self,
        operation: Operation,
        beside: Callable[..., T],
        done: Callable[[Outcome, T], object],
        *,
        is_kept: bool = True,
        settle: Settle | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Make one change, with what the journal is not to hold of it; `done` is told what both came to.

        What only reads is not to be kept where the disk says no: nothing was typed, and it can be asked for.
        `failed` hears why the change is not made, in the place of everybody.
        """
        actor = self.actor

        def do(seen: int | None, record: Record) -> tuple[Outcome, T]:
            return record.perform_beside(operation, beside, actor, seen=seen)

        self._put(operation, do, done, settle, failed=failed, is_kept=is_kept)

    def perform_after_copy(
        self,
        reason: str,
        operation: Operation,
        beside: Callable[..., T],
        done: Callable[[Outcome, tuple[T, Path | None]], object],
        *,
        settle: Settle | None = None,
    ) -> None:
        """Make one drastic change once an automatic copy is kept; `done` is told which, None for one before.

        Where the disk takes no copy, the change is kept like any other, with all that was decided for it.
        """
        do = partial(record_jobs.perform_after_copy, self.actor, operation, beside, reason)
        self._put(operation, do, done, settle, subject=operation)

    def _put(
        self,
        operation: Operation,
        do: Callable[[int | None, Record], tuple[Any, ...]],
        done: Callable[..., object] | None,
        settle: Settle | None,
        *,
        failed: Failed | None = None,
        is_kept: bool = True,
        subject: object = None,
    ) -> None:
        """Begin a change; the dialog it was typed in goes once it is made, or comes back.

        `do` is told what was seen of others' changes as it was typed, for a dialog may be open for long.
        """
        of = operation, do, done, settle
        again = partial(self._put, *of, failed=failed, is_kept=is_kept, subject=subject)
        if self.waits(again) or self.refuses(failed, settle) or self.holds_back(again):
            return
        settle = settle or (self.claim() if failed is None else None)
        seen = self.shown() if settle is None else settle.seen
        failed = failed or (None if is_kept else self._failed)
        then = partial(self._performed, operation, done, settle)
        told = partial(self._could_not_change, failed, settle)
        begin, is_kept = self._begin_change, failed is None
        wish = Wish(operation.label, partial(do, seen), then, told, begin, subject, is_kept=is_kept)
        self._unsaved.put(wish)

    def seen(self) -> int | None:
        """Return the row of the journal up to which others' changes are shown, None where there are none."""
        return self.shown()

    def ask(self, query: Callable[..., T], done: Callable[[T], object], failed: Failed | None = None) -> None:
        """Ask the record; `query` takes a session and returns frozen rows.

        Nothing is answered once the record is being closed, whose pages are on show a moment longer, nor
        while its server does not answer: all is asked again when it does.
        """
        if (
            self.is_closing
            or self.drafts.is_server_lost
            or self.waits(partial(self.ask, query, done, failed))
        ):
            return
        told = failed or self._failed
        if (record := self.record) is None:
            told(Refused(CLOSED))
            return
        then = partial(self.answered, record, done)
        job = Job(
            lambda ticket: record.ask(query), then, told, Queue.RECORD, Priority.QUESTION, after_painting=True
        )
        self._runner.start(job)

    def answered(self, record: Record, done: Callable[[T], object], answer: T) -> None:
        """Pass an answer on, unless its record was closed meanwhile."""
        if record is self.record:
            done(answer)

    def _begin_change(self) -> None:
        """Have the undo list wait for a change, and tell that it is being written."""
        self.undo_stack.begin()
        self.saving.emit()

    def _could_not_change(self, failed: Failed | None, settle: Settle | None, error: Exception) -> None:
        """End the step of the undo list, and tell of it."""
        self.undo_stack.end(is_done=False)
        self.not_saved.emit(error)
        tell_not_changed(error, settle, failed, self._failed)

    def keep_here(self, field: str, text: str) -> None:
        """Keep on this computer what a server does not take of what is being typed."""
        if self.record is not None and self.record.is_shared:
            self.start(partial(record_jobs.keep_here, self.record, field, text), nothing, Priority.EDIT)

    def refuses(self, failed: Failed | None = None, settle: Settle | None = None) -> bool:
        """Refuse a change while the server does not answer, or in no record; say whether it was refused."""
        words = CLOSED if self.record is None else NO_SERVER if self.drafts.is_server_lost else ""
        if words:
            settle = settle or (self.claim() if failed is None else None)
            tell_not_changed(Refused(words), settle, failed, self._failed)
        return bool(words)

    def _may_step(self) -> bool:
        """Say whether a step may be taken; what is kept comes before it, so it is tried first."""
        if self.refuses():
            return False
        self.try_again()
        return not self.unsaved

    def held(self) -> Record:
        """Return the record that is open."""
        assert self.record is not None, "nothing is asked while no record is open"
        return self.record

    def start(
        self, work: Callable[[Ticket], object], done: Done, priority: int, failed: Failed | None = None
    ) -> None:
        self._runner.start(Job(work, done, failed or self._failed, Queue.RECORD, priority))

    def plan_ahead(self, operation: Operation) -> None:
        """Have a server plan what a change like this one takes: nobody waits for its first time then.

        It is done once nothing else is to be done; a file needs none.
        """
        record, actor = self.record, self.actor
        if record is not None and record.is_shared:
            self.start(lambda ticket: record.transactions.prepare(operation, actor), nothing, Priority.UPKEEP)

    def leave(self) -> Record | None:
        """Let go of the record that is to be closed, and of all that was asked or can be undone in it."""
        self.drop()
        self._later.clear()
        self.undo_stack.clear()
        record, self.record, self.is_locked = self.record, None, False
        self.drafts.forget()
        return record

    def unlock(self) -> list[Callable[[], object]]:
        """Let nothing wait any longer; return what was asked while the record was locked."""
        later, self._later, self.is_locked = self._later, [], False
        return later

    def waits(self, call: Callable[[], object]) -> bool:
        """Keep what is asked of a locked record until it is unlocked, and say that it waits."""
        if self.is_locked:
            self._later.append(call)
        return self.is_locked

    def _performed(
        self,
        operation: Operation,
        done: Callable[..., object] | None,
        settle: Settle | None,
        answer: tuple[Any, ...],
    ) -> None:
        """Let go of what was typed for a change that is made, and tell of it while the record is open."""
        outcome: Outcome = answer[0]
        if settle is not None:
            settle("")
        is_open = self.record is not None
        if is_open and (operation.is_barrier or outcome.inverse is None):
            self.clear_at_barrier()
        if is_open and outcome.inverse is not None:
            self.undo_stack.put(Change(operation.label, outcome.inverse, self._take_back))
            if self._tells_barrier:
                self._say_barrier(is_there=False)
        self.undo_stack.end(is_done=True)
        if not is_open:
            return
        self.tell_saved(outcome.touched)
        if done is not None:
            done(*answer)

    def _take_back(self, change: Change, operation: Operation) -> None:
        if self.waits(partial(self._take_back, change, operation)):
            return
        do = methodcaller("perform", operation, self.actor)
        done = partial(self._taken_back, change)
        wish = Wish(operation.label, do, done, self._could_not_take_back, self._begin_change)
        self._unsaved.put(wish)

    def _taken_back(self, change: Change, outcome: Outcome) -> None:
        change.take(outcome.inverse or change.step)
        if self.record is not None:
            self.tell_saved(outcome.touched)
            self.took_back.emit(change.words, outcome.words)
            if outcome.inverse is None:
                self.clear_at_barrier()
        self.undo_stack.end(is_done=True)

    def _could_not_take_back(self, error: Exception) -> None:
        self.undo_stack.end(is_done=False)
        self.not_saved.emit(error)
        if not isinstance(error, Trouble):
            self.undo_stack.clear()
            self._failed(error)

    def clear_at_barrier(self) -> None:
        """Undo nothing any more of what was done before, and say so."""
        ends_undo = self.undo_stack.canUndo()
        self.undo_stack.clear()
        if ends_undo:
            self._say_barrier(is_there=True)

    def _say_barrier(self, *, is_there: bool) -> None:
        """Say that nothing done before can be undone, and no longer once a change after it can."""
        self.said.emit("Earlier changes can no longer be undone" if is_there else "")
        self._tells_barrier = is_there

    def tell_saved(self, touched: frozenset[Topic]) -> None:
        """Tell that something is saved, and what it touches."""
        self.saved.emit(utc_now())
        self.changed.emit(touched)


def _nobody() -> None:
    """Return that nobody typed what is asked for."""


def _at_once(perform: Callable[[], object]) -> bool:
    """Say that a change is held back by nobody."""
    return False
