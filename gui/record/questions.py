"""Questions to the record, the newest of a kind alone answered, and changes that it works out first."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from shiboken6 import isValid

from gui.record.runner import Done, Failed, Ticket
from gui.record.turns import Settle, tell_failed
from gui.record.workspace import Workspace
from models.operation import Operation, Outcome


def perform_made(
    workspace: Workspace, make: Callable[..., Operation | None], done: Callable[[Outcome], object]
) -> None:
    """Have a change worked out of what stands, then make it; where there is none, nothing is done.

    The dialog in which it was typed is claimed before the record is asked, as it is gone by the answer: it
    comes back with all that was typed where the one or the other is refused.
    """
    settle = workspace.session.claim()
    then = partial(_perform, workspace, done, settle)
    workspace.ask(make, then, partial(tell_failed, settle, workspace.failed.emit))


def _perform(
    workspace: Workspace, done: Callable[[Outcome], Any], settle: Settle | None, operation: Operation | None
) -> None:
    if operation is not None:
        workspace.perform(operation, done, settle=settle)
    elif settle is not None:
        settle("")


AFTER_PAINTING_MS = 2
"""Sums begin after what is shown by now is painted: beside them that takes three times as long."""


class Questions:
    """Ask for what a method shows, and pass over the answer to an older question of the same method."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._asked: WeakKeyDictionary[object, Counter[str]] = WeakKeyDictionary()

    def ask(
        self,
        query: Callable[..., Any],
        done: Done,
        *,
        work_out: Callable[[Any], Any] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Ask the record; the method `done` is told the answer, or what `work_out` makes of it.

        The one is asked on the record's thread, the other worked out off the event loop.
        """
        self.forget(done)
        take = self._guarded(done, done)
        guarded = None if failed is None else self._guarded(done, failed)
        if work_out is not None:
            take = self._guarded(done, partial(self._work_out, work_out, take, guarded))
        self._workspace.ask(query, take, guarded)

    def work(
        self,
        work: Callable[[Ticket], Any],
        done: Done,
        *,
        label: str = "",
        failed: Failed | None = None,
        wait_ms: int = 0,
    ) -> Ticket:
        """Run sums or files beside the record; the method `done` is told what came of them."""
        self.forget(done)
        guarded = None if failed is None else self._guarded(done, failed)
        take = self._guarded(done, done)
        return self._workspace.work(work, take, label=label, failed=guarded, wait_ms=wait_ms)

    def forget(self, done: Callable[..., object]) -> None:
        """Want no answer any longer to what was asked for a method."""
        asker, name = _asker(done)
        self._asked.setdefault(asker, Counter())[name] += 1

    def _work_out(
        self, work_out: Callable[[Any], Any], take: Done, failed: Failed | None, answer: Any
    ) -> None:
        wait_ms = AFTER_PAINTING_MS
        self._workspace.work(lambda ticket: work_out(answer), take, failed=failed, wait_ms=wait_ms)

    def _guarded(self, done: Done, end: Done) -> Done:
        """Return an end that tells nothing once the same method has asked for something newer."""
        return partial(self._pass_on, done, self._number(done), end)

    def _pass_on(self, done: Done, number: int, end: Done, answer: Any) -> None:
        if number == self._number(done) and isValid(_asker(done)[0]):  # it may be gone, as a dialog is
            end(answer)

    def _number(self, done: Callable[..., object]) -> int:
        asker, name = _asker(done)
        return self._asked[asker][name]


def _asker(done: Callable[..., object]) -> tuple[object, str]:
    """Return whose method takes the answer, and its name, also where something else is bound to it."""
    while isinstance(done, partial):
        done = done.func
    return done.__self__, done.__name__  # type: ignore[attr-defined]
