"""What is done in turns with the record, with files and with a person, written as one function.

Such a function is a generator. It yields what it waits for, and is sent the answer; where that fails the
error is raised in it, and told to everyone unless it takes it itself. It yields whatever is told what to do
then, and in keyword `failed` what to do with an error, as `workspace.ask` and `workspace.work` are; and
`given` where it waits for what is given in a dialog. Where no answer ever comes, it is let go of.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SignalInstance

from gui.record.refusals import Settle, tell_failed
from gui.record.runner import Failed

if TYPE_CHECKING:
    from gui.record.workspace import Workspace

Turns = Generator[Callable[..., object], Any, Any]


def take_turns(workspace: "Workspace", turns: Turns) -> None:
    """Begin, and go on whenever there is an answer."""
    go_on(turns, workspace.failed.emit)


def go_on(turns: Turns, everyone: Failed, *answer: Any) -> None:
    """Begin without an answer, or go on with it; `everyone` is told what fails and is not taken."""
    _wait(turns, everyone, partial(turns.send, answer[0] if len(answer) == 1 else answer or None))


def _fail(turns: Turns, everyone: Failed, error: Exception) -> None:
    try:
        _wait(turns, everyone, partial(turns.throw, error))
    except Exception as raised:
        if raised is not error:
            raise
        everyone(error)


def _wait(turns: Turns, everyone: Failed, resume: Callable[[], Callable[..., object]]) -> None:
    try:
        turn = resume()
    except StopIteration:
        return
    turn(partial(go_on, turns, everyone), failed=partial(_fail, turns, everyone))


def given(signal: SignalInstance) -> Callable[..., object]:
    """Wait for the next time that a signal tells something; of several values all are the answer."""
    return partial(_hear, signal)


def _hear(signal: SignalInstance, then: Callable[..., object], failed: Failed) -> None:
    def take(*answer: object) -> None:
        signal.disconnect(take)
        then(*answer)

    signal.connect(take)


@contextmanager
def settling(workspace: "Workspace") -> Iterator[Settle | None]:
    """Claim the dialog at hand: what fails before its change is told there, with all that was typed."""
    settle = workspace.session.claim()
    try:
        yield settle
    except Exception as error:  # noqa: BLE001  whatever it is, it is told
        tell_failed(settle, workspace.failed.emit, error)


def performing(perform: Callable[..., object], *values: object, settle: Settle | None = None) -> Any:
    """Wait for a change; who is told that it is not made, is told by who makes it."""
    return partial(_perform, partial(perform, *values, settle=settle))


def _perform(perform: Callable[..., object], then: Callable[..., object], failed: Failed) -> None:
    perform(then)
