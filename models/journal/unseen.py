"""Changes of others that were not seen from here yet: nobody writes over them, or takes them back, unseen.

The rule is one for all operations: on a server each change says up to which row of the journal its maker had
seen the record, and the store lets no row be changed or removed that somebody else wrote after that. What
takes a change back has seen the record as that change left it. Rows are compared, not columns: an operation
may decide by one column what it writes into another, so that only columns whose every change looks itself at
what stands there are let pass. Another window of the same person counts as somebody else: it shows what it
showed before.
"""

from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from models.operation import Actor, Operation, Outcome
from models.session import Session
from models.store import chain as journal
from models.store.chain import JournalHead
from models.store.parts import Parts
from models.store.store import Overwritten, Store
from scoring.refused import Refused
from scoring.written.days import full_moment

if TYPE_CHECKING:
    from models.queries.changes import Change

MANY = 1000
"""So many changes are known as one's own."""
NOT_SEEN, SINCE_DONE = "that was not seen here yet", "after the change that is to be undone"
"""What another's change that stands in the way is told of by."""


class OwnChange(NamedTuple):
    """A change that was made from here: its row in the journal, and what takes it back."""

    seq: int
    operation: Operation
    inverse: Operation | None


class SharedChanges:
    """Make changes in a record in which others write at the same time."""

    def __init__(self, store: Store, parts: Parts, head: int) -> None:
        self._store, self._parts = store, parts
        self._own: deque[OwnChange] = deque(maxlen=MANY)
        self._met: tuple[int, tuple[Change, ...]] = (head, ())
        """The last row up to which the parts stand, and the changes by which they were brought there."""
        self._unseen: tuple[Change, ...] = ()
        self._when = NOT_SEEN

    @property
    def own_rows(self) -> frozenset[int]:
        """Return the numbers of the journal's rows that were written from here, of many the last."""
        return frozenset(own.seq for own in self._own)

    def follow(self, before: "SharedChanges") -> None:
        """Know of what was changed from here before the record was closed to be locked."""
        self._own.extendleft(reversed(before._own))

    def meet(self, session: Session, head: JournalHead) -> None:
        """Let go of what others may have touched since the last change from here; nobody changes a file."""
        up_to, _ = self._met
        if self._store.is_shared and up_to != head.seq:
            from models.queries.changes import changes_since
            from models.store.locks.policies import opened_by

            others = changes_since(session, up_to)
            self._parts.forget(opened_by({change.kind for change in others}))
            self._met = head.seq, others

    def note(self, seq: int, operation: Operation, outcome: Outcome, written: Collection[str]) -> None:
        """Know of a change that was saved, and of the tables that it has written."""
        if self._store.is_shared:
            from models.store.locks.policies import opened

            written = opened(written)
            self._met = seq, ()
            self._own.append(OwnChange(seq, operation, outcome.inverse))
        self._parts.forget(written)

    def carry_out(
        self,
        session: Session,
        after: JournalHead,
        operation: Operation,
        actor: Actor,
        at: datetime,
        seen: int,
    ) -> tuple[Outcome, JournalHead]:
        """Make one change as `journal.carry_out` does; Refused where it would undo what was not seen.

        `seen` is the last row of the journal that its maker knew of.
        """
        back = next((own for own in reversed(self._own) if own.inverse is operation), None)
        seen, self._when = (seen, NOT_SEEN) if back is None else (back.seq, SINCE_DONE)
        others = self._unseen = self._others(session, after, seen)
        if others and back is not None:
            done = self._taken_back(session, after, back, actor, at)
            if done is not None:
                return done
        if others:
            rows = range(others[0].seq, after.seq + 1)
            own = frozenset[int]() if back is not None else self.own_rows
            self._store.guard_unseen(session, [seq for seq in rows if seq not in own])
        return journal.carry_out(session, after, operation, actor, at)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say in a refusal who changed something that was not seen here."""
        self._unseen, self._when = (), NOT_SEEN
        try:
            yield
        except Overwritten as no:
            by = self._named(no.seq)
            raise Refused(
                f"{self._who(by)}, which changed the same thing. Nothing was overwritten. Look at what is "
                "there now, and do it again if it is still right."
            ) from no
        except Refused as no:
            if not self._unseen:
                raise
            raise Refused(f"{no} {self._who(self._unseen[-1])}.") from no

    def _named(self, seq: int) -> "Change":
        """Return the last change of others up to a row, which may be one's own."""
        return next(change for change in reversed(self._unseen) if change.seq <= seq)

    def _others(self, session: Session, after: JournalHead, seen: int) -> "tuple[Change, ...]":
        """Return what others changed after a row."""
        own = self.own_rows
        if own.issuperset(range(seen + 1, after.seq + 1)):
            return ()
        from models.queries.changes import changes_since  # a record in a file needs none of it

        up_to, met = self._met
        is_met = up_to == after.seq and bool(met) and met[0].seq <= seen + 1
        since = (change for change in met if change.seq > seen) if is_met else changes_since(session, seen)
        return tuple(change for change in since if change.seq not in own)

    @staticmethod
    def _taken_back(
        session: Session, after: JournalHead, back: OwnChange, actor: Actor, at: datetime
    ) -> tuple[Outcome, JournalHead] | None:
        """Take a change back where what it put there still stands; None, and nothing done, where not.

        It stands where doing the change over again is what would undo the step.
        """
        assert back.inverse is not None
        step = session.begin_nested()
        try:
            outcome, head = journal.carry_out(session, after, back.inverse, actor, at)
        except BaseException:
            step.rollback()
            raise
        if outcome.inverse == back.operation:
            step.commit()
            return outcome, head
        step.rollback()
        return None

    def _who(self, change: "Change") -> str:
        at = full_moment(change.at.astimezone())
        return f"{change.person} saved something on {at} {self._when} (“{change.kind}” in History)"
