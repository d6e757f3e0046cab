"""The open record as the window knows it: opened, locked, copied, gone back and closed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from gui.access.passphrase import Passphrase
from gui.record import record_jobs
from gui.record.record_jobs import (
    PROGRAM,
    Damaged,
    InUse,
    LockedRecord,
    OpenRecord,
    OpenRequest,
    PassphraseNeeded,
)
from gui.record.record_session import RecordSession
from gui.record.runner import BackgroundJobs, Done, Failed, Job, Priority, Queue, Runner, Ticket
from gui.record.turns import Turns, go_on
from models.operation import Topic
from models.record import Record
from models.store.places import Address, ServerAddress, without_password
from models.store.sqlite.engine import RecordDamaged

if TYPE_CHECKING:
    from models.copies.restore import Restored

__all__ = ("PROGRAM", "Damaged", "InUse", "OpenRecord", "PassphraseNeeded", "Workspace")


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


class Workspace(QObject):
    """Open a record and close it, lock it, and keep its copies and its passphrase.

    What is asked of the record and done to it goes through its record session, sums and files through its
    background jobs; all are reached by the workspace's own name.
    """

    opened = Signal(object)
    closing = Signal()
    closed = Signal()
    locked = Signal()
    held = Signal()
    unlocked = Signal()
    not_unlocked = Signal(object)
    rekeyed = Signal(object)
    held_up = Signal(object, object)
    spoilt = Signal(object)

    def __init__(
        self,
        runner: Runner,
        person: str,
        second_place: Path | None = None,
    ) -> None:
        super().__init__()
        self.jobs = BackgroundJobs(runner, self.close, self)
        self.session = RecordSession(runner, person, self.jobs.failed.emit, self)
        self._reach_parts(self.jobs, self.session)
        self.facts: OpenRecord | None = None
        """What is known of the open record, None when none is open."""
        self._at_lock: LockedRecord | None = None
        self.second_place = second_place
        self._copy = DailyCopy(runner, second_place, self)
        self._copy.made.connect(partial(self.said.emit, "Today's backup is saved"))
        self._copy.failed.connect(self.failed)
        self._copy.spoilt.connect(self.spoilt)

    def _reach_parts(self, jobs: BackgroundJobs, session: RecordSession) -> None:
        self.runner, self.work, self.finish, self.stay = jobs.runner, jobs.work, jobs.finish, jobs.stay
        self.in_turns = jobs.runner.in_turns
        self.worked, self.lingers, self.failed = jobs.worked, jobs.lingers, jobs.failed
        self.perform, self.ask, self.refuses = session.perform, session.ask, session.refuses
        self.ask_drafts, self.keep_draft = session.drafts.ask, session.drafts.keep
        self.perform_beside, self.perform_after_copy = session.perform_beside, session.perform_after_copy
        self.undo_stack, self.use_as, self.try_again = session.undo_stack, session.use_as, session.try_again
        self.changed, self.said, self.took_back = session.changed, session.said, session.took_back
        self.watch = session.watch
        self.saving, self.saved, self.not_saved = session.saving, session.saved, session.not_saved
        self.unsaved_turned, self.refused_later = session.unsaved_turned, session.refused_later

    @property
    def person(self) -> str:
        return self.session.actor.name

    def open(
        self, address: Address, *, key: Passphrase | None = None, take_over_from: str | None = None
    ) -> None:
        """Open a record; the one that is open is closed first."""
        self.open_requested(OpenRequest(address, take_over_from=take_over_from), key)

    def read_copy(self, path: Path, *, key: Passphrase | None = None) -> None:
        self.open_requested(OpenRequest(path, is_copy=True), key)

    def open_requested(self, request: OpenRequest, key: Passphrase | None = None) -> None:
        """Open what is asked for; `PassphraseNeeded` comes back as a failure where a passphrase is wanted."""
        if self.facts is not None:
            self._settle(partial(self._go_on_to_open, request, key))
        else:
            self._enter(request, key)

    def _go_on_to_open(self, request: OpenRequest, key: Passphrase | None) -> None:
        self._close()
        self._enter(request, key)

    def _enter(self, request: OpenRequest, key: Passphrase | None) -> None:
        work = partial(record_jobs.open_record, request, key, self.person)
        self.jobs.keep_up(
            work, partial(self._tell_opened, is_record=not request.is_copy), f"Opening {request.address.name}"
        )

    def close(self, done: Callable[[], object] | None = None) -> None:
        """Close the record, then tell `done`; what is being typed is handed on before.

        It stays open where something cannot be saved; `held_up` then hands over how to go on without that.
        """
        self._settle(partial(self._close, done))

    def _settle(self, then: Callable[[], object]) -> None:
        """Hand on what is being typed, and go on once all is saved; else tell who can go on without it."""
        if self.session.record is not None and not self.session.is_locked:
            self.closing.emit()
            self.session.drafts.hand_on()
            self.session.settle(partial(self._go_on, then))
        else:
            self.session.await_all(partial(self._go_on, then))

    def _go_on(self, then: Callable[[], object]) -> None:
        if self.session.unsaved:
            self.held_up.emit(partial(self._go_without, then), partial(self._settle, then))
        else:
            then()

    def _go_without(self, then: Callable[[], object]) -> None:
        self.session.drop()
        then()

    def _close(self, done: Callable[[], object] | None = None) -> None:
        self.session.is_closing = self.facts is not None
        record, self.facts = self.session.leave(), None
        held, self._at_lock = self._at_lock, None
        self._copy.stop()
        then = partial(self._tell_closed, done)
        self.session.start(partial(record_jobs.close, record, held), then, Priority.UPKEEP)

    def lock(self) -> None:
        """Close the record and forget its passphrase, but keep its lock file; `held` tells when it is done.

        What is being typed is handed on before, and what is asked meanwhile waits.
        """
        if self.session.record is None or self.session.is_locked:
            return
        self.closing.emit()
        self.session.drafts.hand_on()
        self.session.is_locked = True
        self._copy.stop()
        self.locked.emit()
        self.session.settle(self._hold)

    def _hold(self) -> None:
        """Close the record once nothing is on its way to it; what is kept waits until it is unlocked."""
        record = self.session.record
        if record is not None and self.session.is_locked:
            then = partial(self._tell_held, record)
            self.session.start(partial(record_jobs.hold, record), then, Priority.UPKEEP, self._could_not_hold)

    def unlock(self, key: Passphrase | None = None) -> None:
        """Open the locked record again; `unlocked` or `not_unlocked` tells how it went."""
        facts, held = self.facts, self._at_lock
        if facts is None or held is None:
            return
        work = partial(
            record_jobs.open_again, OpenRequest(facts.address, facts.is_copy), held, key, self.person
        )
        then = partial(self._tell_unlocked, held)
        self.session.start(work, then, Priority.UPKEEP, self.not_unlocked.emit)

    def close_spoilt(self, error: RecordDamaged) -> None:
        """Close a record whose pages do not hold together; what can be done comes as a failure to open."""
        work = partial(record_jobs.damage_of, self.session.held(), error)
        self.session.start(work, lambda found: self.close(partial(self.failed.emit, found)), Priority.UPKEEP)

    def go_back(self, copy: Path, done: Callable[["Restored"], object]) -> None:
        """Put a copy in the place of the record, which is saved among its copies, and open it."""
        self._settle(partial(self._go_back, copy, done))

    def _go_back(self, copy: Path, done: Callable[["Restored"], object]) -> None:
        self._copy.stop()
        go_on(self._going_back(copy, done), self.failed.emit)

    def _going_back(self, copy: Path, done: Callable[["Restored"], object]) -> Turns:
        record = self.session.held()
        work = partial(record_jobs.go_back, record, self.session.actor.name, copy)
        try:
            restored: Restored = yield partial(self.jobs.keep_up, work, label=f"Going back to {copy.name}")
        except Exception:
            self.open(record.path)  # it was closed for the attempt
            raise
        self.open(record.path)
        done(restored)

    def beside(
        self,
        work: Callable[[Record, Ticket], object],
        done: Done,
        *,
        label: str,
        failed: Failed | None = None,
    ) -> None:
        """Do work with the open record and other files, once it is unlocked; `label` says what is done."""
        if not self.session.waits(partial(self.beside, work, done, label=label, failed=failed)):
            self.jobs.keep_up(partial(work, self.session.held()), done, label, failed)

    def back_up(self, path: Path, done: Done) -> None:
        """Write a verified copy of the record to a new file."""
        label = f"Copying to {path.name}"
        self.beside(lambda record, ticket: record.backup(path, ticket.tick), done, label=label)

    def prove(self, key: Passphrase, done: Callable[[bool], object]) -> None:
        """Tell whether a passphrase is that of the open record: whoever changes it is to know it."""
        record = self.session.held()
        then = partial(self.session.answered, record, done)
        self.session.start(lambda ticket: record.fits(key.reveal()), then, Priority.QUESTION)

    def change_key(self, key: Passphrase | None, done: Callable[[tuple[str, ...]], object]) -> None:
        """Encrypt the record, change its passphrase, or (None) take encryption off; `rekeyed` is told, too.

        `done` is told what else lies in the folder of an encrypted record and can be read by anybody.
        Today's copy, where one is under way, is stopped and begun anew under the new passphrase.
        """
        record = self.session.held()
        self._copy.stop()
        label = "Encrypting the record" if key is not None else "Taking the encryption off"
        work = partial(record_jobs.change_key, record, self.session.actor, key)
        self.jobs.keep_up(work, partial(self._rekeyed, record, done), label)

    def _tell_opened(self, record: Record, *, is_record: bool = True) -> None:
        self.session.record = record
        address = record.address
        self.facts = OpenRecord(
            without_password(address),
            record.is_copy,
            record.is_encrypted,
            is_shut=is_record and record.is_copy,
            has_password=isinstance(address, ServerAddress) and bool(address.password),
            signed_on=record.signed_on,
            has_weak_passphrase=record.has_weak_passphrase,
        )
        self.opened.emit(self.facts)
        self._begin_copy(record)

    def _begin_copy(self, record: Record) -> None:
        """Begin today's copy of a record in a file; whoever runs a server keeps its copies."""
        if not record.is_shared:
            self._copy.begin(record)

    def _tell_held(self, record: Record, held: LockedRecord) -> None:
        """Let go of a record that was closed to be locked, unless it was closed for good meanwhile."""
        if record is self.session.record:
            self.session.record, self._at_lock = None, held
            self.held.emit()

    def _could_not_hold(self, error: Exception) -> None:
        """Close a record for good that could not be locked: a screen without a way out helps nobody."""
        self._close()
        self.failed.emit(error)

    def _tell_unlocked(self, held: LockedRecord, record: Record) -> None:
        """Go on where the person was; a file that is another than it was is shown as newly opened.

        What others did on a server meanwhile is heard like all they do.
        """
        is_record = self.facts is not None and (self.facts.is_shut or not self.facts.is_copy)
        self._at_lock, later = None, self.session.unlock()
        if held.head is not None and record.head() != held.head:
            self.undo_stack.clear()
            self.unlocked.emit()
            self._tell_opened(record, is_record=is_record)
            self.try_again()
            return
        self.session.record = record
        self.unlocked.emit()
        self.try_again()
        for call in later:
            call()
        self._begin_copy(record)

    def _rekeyed(
        self, record: Record, done: Callable[[tuple[str, ...]], object], beside: tuple[str, ...]
    ) -> None:
        if record is not self.session.record or self.facts is None:
            return
        self.facts = replace(self.facts, is_encrypted=record.is_encrypted)
        self.session.clear_at_barrier()
        self.rekeyed.emit(self.facts)
        self.session.tell_saved(frozenset({Topic.RECORD}))
        done(beside)
        self._begin_copy(record)

    def _tell_closed(self, done: Callable[[], object] | None, nothing: object) -> None:
        self.session.is_closing = False
        self.closed.emit()
        if done is not None:
            done()
