"""What is done in turns with the record, with files and with a person, written as one function.

Such a function is a generator. It yields what it waits for, and is sent the answer; where that fails the
error is raised in it, and told to everyone unless it takes it itself. It yields whatever is told what to do
then, and in keyword `failed` what to do with an error, as `workspace.ask` and `workspace.work` are; and
`given` where it waits for what is given in a dialog. Where no answer ever comes, it is let go of.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance

from gui.record.runner import Cancelled, Failed
from models.trouble import Trouble
from scoring.written.text import Refused

NOT_TAKEN = "It could not be saved in the record."
NO_SERVER = (
    "The office server does not answer, so nothing is changed until it does. What you typed stays where you "
    "typed it: do it again then."
)

CLOSED = "The record is closed, so nothing is changed in it. Copy what you still need before you leave this."


class Settle(Protocol):
    """Told why a change was refused, "" where it was not; returns whether that is said where it was typed."""

    @property
    def seen(self) -> int | None:
        """The last change of others that was known where it was typed, None where nobody else changes it."""

    def __call__(self, refusal: str, /) -> bool:
        """Take how the change went."""


def tell_not_changed(
    error: Exception, settle: Settle | None, failed: Failed | None, everyone: Failed
) -> None:
    """Tell whoever asked; trouble is told by who watches what is saved, a rule's no and a bug by all.

    The dialog in which a refused change was typed says so itself, with all that was typed. It comes back
    for a bug, too, which is reported besides; what the disk did not take is kept, and not typed again.
    """
    is_no, is_trouble = isinstance(error, Refused), isinstance(error, Trouble)
    words = str(error) if is_no else "" if is_trouble else NOT_TAKEN
    is_told = settle is not None and settle(words) and is_no
    if failed is not None:
        failed(error)
    elif not is_told and not is_trouble:
        everyone(error)


def tell_failed(settle: Settle | None, failed: Failed, error: Exception) -> None:
    """Tell why what a dialog asks for failed before its change: in the dialog, and a bug to `failed`, too."""
    is_told = isinstance(error, Refused | Trouble)
    words = str(error) if is_told else "" if isinstance(error, Cancelled) else NOT_TAKEN
    is_back = settle is not None and settle(words)
    if not (is_told and is_back):
        failed(error)


Turns = Generator[Callable[..., object], Any, Any]


def take_turns(workspace: Any, turns: Turns) -> None:
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
def settling(workspace: Any) -> Iterator[Settle | None]:
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
