"""Change a record and ask it: each change and its row of the journal are saved together, or neither is."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select, union

from models.clock import Clock, apart, doubt
from models.operation import Actor, Operation, Outcome, carried_out, check_at_entry, stamped, topics_of
from models.queries.permissions.acting import require
from models.queries.set_up.rounds import area_word
from models.role import Role
from models.schema.applications import organisation_table
from models.schema.journal import journal_table
from models.schema.set_up import area_table, fund_name_table, round_table, year_line_table
from models.session import Session, selection
from models.store import chain as journal
from models.store.chain import Entry, JournalHead
from models.store.parts import PARTS, ChangeParts, Parts, Rows
from models.store.sqlite.store import SqliteStore
from models.store.store import Overwritten, Planned, Store
from models.trouble import Trouble, or_else
from models.values import canonical
from scoring.written.area_label import AREA
from scoring.written.days import full_moment
from scoring.written.text import Refused

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

    def note(self, seq: int, operation: Operation, outcome: Outcome, written: Rows) -> None:
        """Know of a change that was saved, and of the tables that it has written, with their rows.

        Of tables that it opens on a server every row is read again.
        """
        tables: Collection[str] = written.keys()
        if self._store.is_shared:
            from models.store.locks.policies import opened

            tables = opened(written)
            self._met = seq, ()
            self._own.append(OwnChange(seq, operation, outcome.inverse))
        self._parts.forget(tables, written if tables == written.keys() else {})

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
        with or_else(step.rollback):
            outcome, head = journal.carry_out(session, after, back.inverse, actor, at)
        if stamped(outcome.inverse, ()) == stamped(back.operation, ()):
            step.commit()
            return outcome, head
        step.rollback()
        return None

    def _who(self, change: "Change") -> str:
        at = full_moment(change.at.astimezone())
        return f"{change.person} saved something on {at} {self._when} (“{change.kind}” in History)"


@contextmanager
def in_its_words(session: Session) -> Iterator[None]:
    """Let a refusal speak of a council, say, where the office whose record it is calls an area so."""
    try:
        yield
    except Refused as no:
        label = area_word(session, date.max)
        names = () if label == AREA else _names(session)
        no.args = tuple(label.said(part, names) if isinstance(part, str) else part for part in no.args)
        raise


def _names(session: Session) -> Sequence[str]:
    """Return the names that people gave with "area" in them: these are never said otherwise."""
    tables = area_table, round_table, fund_name_table, organisation_table, year_line_table
    names = [table.c.name for table in tables]
    found = (select(name).where(name.icontains("area", autoescape=True)) for name in names)
    return session.scalars(union(*found)).all()


class Attempt(Struct, frozen=True):
    """A change as it was attempted: the row that the journal was to get, and what the change came to."""

    operation: Operation
    head: JournalHead
    outcome: Outcome
    answer: Any

    def was_saved(self, session: Session) -> bool:
        """Whether the journal holds that row: its hash is of no other attempt, whoever did the same."""
        query = selection(journal_table.c.hash, seq=self.head.seq)
        return session.scalar(query) == self.head.hash


T = TypeVar("T")

_PREPARED = "prepared"
"""Under this name a connection carries the kinds of changes that its server was asked for ahead."""

_CHANGES_PAPERS = (
    *("vary award", "take back variation", "sign variation", "set instalments", "set due", "plan returns"),
    *("record decisions", "correct application", "change applications", "set withdrawn"),
    *("set agreed outputs", "set withheld name", "hold award", "set paper texts", "set together"),
    *("merge organisations", "separate organisations", "keep organisations apart"),
)
"""The kinds of changes after which an issued paper may say otherwise than an award."""

NEW = JournalHead(0, journal.NOTHING_BEFORE, None)
"""The head of a journal without rows."""


class _Rehearsed(Exception):
    """Has what was rehearsed thrown away, so that the file is not even written."""


class Transactions:
    """What is done in an open record, one thing at a time; `head` is the newest row that was seen."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self.parts = Parts()
        self.in_doubt: Attempt | None = None
        """The last change, where the store did not say whether it was saved."""
        self.head = NEW
        with store.reading() as session:
            self.head = store.head(session)
        self.shared = SharedChanges(store, self.parts, self.head.seq)
        self._rehearsed: Session | None = None
        self.clock_told = "" if store.now is None else apart(clock(), store.now)
        """What is told of this computer's clock where a server's is used; "" where they agree."""

    @property
    def clock_doubt(self) -> str:
        """Return why this computer's clock may be wrong, where it dates changes; "" where it may be right."""
        return "" if self._store.now is not None else doubt(self._clock(), self.head.at)

    @property
    def is_rehearsal(self) -> bool:
        """Whether all that is done now is thrown away."""
        return self._rehearsed is not None

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let each step meanwhile find what was done before it, and throw all of it away at the end."""
        self._store.refuse_if_copy()
        writing = self._store.writing(**{PARTS: ChangeParts(self.parts)})
        with suppress(_Rehearsed), self._store.turn, writing as session, in_its_words(session):
            self._meet_others(session)
            head, self._rehearsed = self.head, session
            try:
                yield
            finally:
                self.head, self._rehearsed = head, None
            raise _Rehearsed

    def follow(self, before: "Transactions") -> None:
        """Go on from what was done here before the record was closed to be locked."""
        self.in_doubt = before.in_doubt
        self.shared.follow(before.shared)

    def perform(
        self, operation: Operation, beside: Callable[[Session], T], actor: Actor, seen: int | None
    ) -> tuple[Outcome, T]:
        """Make one change and journal it, and do beside it what the journal is not to hold: all or nothing.

        `seen` is the last row of the journal that whoever asks for it knew of, None that of the last look.
        """
        self._store.refuse_if_copy()
        seen = self.head.seq if seen is None or self.is_rehearsal else seen
        signed_on = self._store.signed_on
        if signed_on is not None:
            signed_on.refuse_another(actor)
        if self._rehearsed is not None:
            step = self._rehearsed.begin_nested()
            with or_else(step.rollback):
                made = self._attempt(self._rehearsed, operation, beside, actor, seen)
            step.commit()
            self.head = made.head
            return made.outcome, made.answer
        with self._store.turn:
            parts = ChangeParts(self.parts)
            writing = self._store.writing(**{PARTS: parts})
            with self.shared.telling(), writing as session, in_its_words(session):
                self._meet_others(session)
                done = self.in_doubt  # where it was of this very change, and was saved, it is not done twice
                if done is None or done.operation is not operation or not done.was_saved(session):
                    done = self._attempt(session, operation, beside, actor, seen)
                self.in_doubt = done  # until the store says that it is saved
            self.in_doubt = None
            self._note_saved(done, parts.rows)
        return done.outcome, done.answer

    def _attempt(
        self, session: Session, operation: Operation, beside: Callable[[Session], T], actor: Actor, seen: int
    ) -> Attempt:
        require(session, operation, actor)
        now = self.now()
        check_at_entry(session, operation, actor, now)
        change = session, self.head, operation, actor, now
        is_shared = self._store.is_shared
        outcome, head = self.shared.carry_out(*change, seen) if is_shared else journal.carry_out(*change)
        if not is_shared or actor.role == Role.OFFICER:  # a server shows others not every paper
            outcome = _told(session, operation, outcome)
        answer, options = beside(session), session.get_execution_options()
        touched = outcome.touched | topics_of(options[PARTS].written)
        return Attempt(operation, head, replace(outcome, touched=touched), answer)

    def _note_saved(self, done: Attempt, written: Rows) -> None:
        """Know of a change that is saved; what it erased is overwritten in a file."""
        self.head = max(self.head, done.head, key=attrgetter("seq"))
        self.shared.note(done.head.seq, done.operation, done.outcome, written)
        if done.operation.kind in journal.ERASING and isinstance(self._store, SqliteStore):
            with suppress(Trouble):  # the engine has overwritten what was deleted already
                self._store.compact()

    def prepare(self, operation: Operation, actor: Actor) -> None:
        """Ask a server ahead what a change like this one asks of it, so that others wait less for the change.

        Nothing is changed, and nothing told: what a rule or the server says no to, the change itself is told.
        Once a connection for each kind of change: from then on the server knows what is asked of it.
        """
        planning = self._store.planning(**{PARTS: ChangeParts(self.parts)})
        with suppress(Refused, Trouble), planning as session:
            kinds = session.info.setdefault(_PREPARED, set())
            if not self._store.is_shared or operation.kind in kinds:
                return
            kinds.add(operation.kind)
            head, now = self._store.head(session), self.now()
            self.shared.meet(session, head)
            with suppress(Planned):
                require(session, operation, actor)
                carried_out(session, operation, actor, now)
            row = Entry(head.seq + 1, now, actor, operation.kind, canonical.to_text(operation))
            with suppress(Planned):
                journal.append(session, head, row)

    def try_out(self, attempt: Callable[[Session], T], unseen: Collection[int]) -> T:
        """Return what an attempt at changes comes to; all that it changed is thrown away.

        On a server it writes over nothing that came with the rows of the journal that are `unseen`.
        """
        self._store.refuse_if_copy()
        if self._rehearsed is not None:
            return self._thrown_away(self._rehearsed, attempt)
        writing = self._store.writing(**{PARTS: ChangeParts(self.parts)})
        with self._store.turn, writing as session, in_its_words(session):
            self._meet_others(session)
            self._store.guard_unseen(session, unseen)
            return self._thrown_away(session, attempt)

    @staticmethod
    def _thrown_away(session: Session, attempt: Callable[[Session], T]) -> T:
        trial = session.begin_nested()
        try:
            return attempt(session)
        finally:
            trial.rollback()

    def ask(self, query: Callable[[Session], T]) -> T:
        """Return what a query answers; whatever it might have changed is thrown away."""
        if self._rehearsed is not None:
            return self._thrown_away(self._rehearsed, query)
        reading = self._store.reading(**{PARTS: ChangeParts(self.parts)})
        with reading as session, in_its_words(session):
            self._meet_others(session)
            return query(session)

    def _meet_others(self, session: Session) -> None:
        """Note what others did since the last look; a session that writes keeps them out from here on."""
        if self._store.is_shared and (head := self._store.head(session)) != self.head:
            self.head = head
            self.shared.meet(session, head)

    def now(self) -> datetime:
        """Return the time of a change, a server's own: never before the row it follows, whatever it says."""
        now = self._store.now or self._clock()
        return now if self.head.at is None else max(now, self.head.at)


def _told(session: Session, operation: Operation, outcome: Outcome) -> Outcome:
    """Return an outcome that says which issued papers say otherwise since."""
    if operation.kind not in _CHANGES_PAPERS:
        return outcome
    from models.queries.papers.to_check.otherwise import (
        otherwise_after,  # of awards: not for a record's first change
    )

    words = otherwise_after(session, operation, outcome.inverse)
    return replace(outcome, words=f"{outcome.words} {words}") if words else outcome
