"""The changes on their way to the record: one after another, and kept here until the disk has taken them."""

from bisect import insort
from collections.abc import Callable
from functools import partial
from itertools import count
from operator import attrgetter
from typing import Any

from msgspec import Struct

from gui.record.runner import Done, Failed, Job, Priority, Queue, Runner, Ticket
from models.record import Record
from models.trouble import Trouble

_numbers = count()


class Wish(Struct, eq=False):
    """What is to be done to the record, who is told of it, and whether it is kept where the disk says no.

    `begin` is called each time it is tried. Of two on one `subject` that are kept one after another the later
    takes the earlier one's place.
    """

    label: str
    do: Callable[[Record], object]
    done: Done
    failed: Failed
    begin: Callable[[], object]
    subject: object = None
    is_kept: bool = True
    is_draft: bool = False
    number: int = -1


class Gate:
    """Let nothing past a change that failed: what was asked for after it may rest on it.

    Passed on the record's thread, and opened only while nothing is on its way there.
    """

    def __init__(self) -> None:
        self._words = ""

    def open(self) -> None:
        """Let what comes next try the disk again."""
        self._words = ""

    def run(self, wish: Wish, record: Record, ticket: Ticket) -> object:
        """Do what is asked for; raises Trouble at once where something before it could not be saved."""
        if self._words:
            raise Trouble(self._words)
        try:
            return wish.do(record)
        except Trouble as error:
            if wish.is_kept:
                self._words = str(error)
            raise


class Unsaved:
    """Start changes as they come; try what failed again before the next, in the order it was asked for."""

    def __init__(
        self,
        runner: Runner,
        held: Callable[[], Record],
        turned: Callable[[], object],
        refused_later: Callable[[str, Exception], object],
    ) -> None:
        self._gate = Gate()
        self._refused_later = refused_later
        self._runner, self._held = runner, held
        self._turned = turned
        self._kept: list[Wish] = []
        self._since = -1
        self._under_way = 0
        self._is_to_try = False
        self._waiting: list[Callable[[], object]] = []

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what is kept, in words, in the order it was asked for."""
        return tuple(wish.label for wish in self._kept)

    def put(self, wish: Wish) -> None:
        """Start a change, or keep it behind those that are kept and try them all."""
        wish.number = next(_numbers)
        if self._kept:
            self._replace(wish)
            self._keep(wish)
            self.try_again()
        else:
            self._go(wish)

    def try_again(self) -> None:
        """Try all that is kept, as soon as nothing is on its way."""
        self._is_to_try = bool(self._under_way)
        if self._under_way or not self._kept:
            return
        self._gate.open()
        self._under_way += 1  # what an ending asks for meanwhile waits until all were tried
        for wish in tuple(self._kept):
            self._go(wish)
        self._end()

    def _succeed(self, wish: Wish, answer: Any) -> None:
        """Let go of what the record has, and tell of it."""
        self._forget(wish)
        try:
            wish.done(answer)
        finally:
            self._end()

    def _fail(self, wish: Wish, error: Exception) -> None:
        """Keep what the disk did not take; tell of all else that failed."""
        if isinstance(error, Trouble) and wish.is_kept and wish.number > self._since:
            self._keep(wish)
        elif wish in self._kept:
            self._forget(wish)
            self._refused_later(wish.label, error)
        try:
            wish.failed(error)
        finally:
            self._end()

    def settle(self, then: Callable[[], object]) -> None:
        """Try what is kept once more, and tell `then` when nothing is on its way any longer."""
        self.try_again()
        self.await_all(then)

    def await_all(self, then: Callable[[], object]) -> None:
        """Tell `then` when nothing is on its way any longer; what is kept is not tried."""
        self._waiting.append(then)
        self._tell_settled()

    def drop(self) -> None:
        """Do without what is kept; what is on its way is not kept either: its record is left."""
        self._kept, self._since = [], next(_numbers)
        self._gate.open()
        self._turned()

    def _go(self, wish: Wish) -> None:
        """Write to the record in its queue."""
        self._under_way += 1
        wish.begin()
        work = partial(self._gate.run, wish, self._held())
        done, failed = partial(self._succeed, wish), partial(self._fail, wish)
        self._runner.start(Job(work, done, failed, Queue.RECORD, Priority.EDIT))

    def _end(self) -> None:
        self._under_way -= 1
        if self._is_to_try and not self._under_way:
            self.try_again()
        self._tell_settled()

    def _tell_settled(self) -> None:
        while self._waiting and not self._under_way:
            self._waiting.pop(0)()

    def _keep(self, wish: Wish) -> None:
        if wish not in self._kept:
            insort(self._kept, wish, key=attrgetter("number"))
            self._turned()

    def _replace(self, wish: Wish) -> None:
        """Let go of an earlier draft of the same field, and of the change before where it is the same."""
        others = [one for one in self._kept if one.is_draft == wish.is_draft]
        same = [one for one in others if one.subject is not None and one.subject == wish.subject]
        is_next = wish.is_draft or same[-1:] == others[-1:]
        if same and is_next and not self._under_way:
            self._kept.remove(same[-1])

    def _forget(self, wish: Wish) -> None:
        if wish in self._kept:
            self._kept.remove(wish)
            self._turned()
