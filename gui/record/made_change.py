"""Make a change that the record itself has to work out first, such as its number or the next version."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gui.record.refusals import Settle, tell_failed
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
