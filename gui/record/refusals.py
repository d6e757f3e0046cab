"""Who is told that a change was not made, and in what words: the dialog, who asked, or everyone."""

from typing import Protocol

from gui.record.runner import Cancelled, Failed
from models.trouble import Trouble
from scoring.written.text import Refused

NOT_TAKEN = "It could not be saved in the record."
NO_SERVER = (
    "The office server does not answer, so nothing is changed until it does. What you typed stays where you "
    "typed it: do it again then."
)


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
