"""The columns that a form tool writes of whoever was signed in: beside its times, before any question."""

from collections.abc import Sequence
from itertools import takewhile

TIMES = frozenset({"start time", "completion time", "last modified time", "timestamp"})
PERSON = frozenset({"email", "email address", "name", "username"})
"""Who was signed in: perhaps somebody of the office who typed it in, and not the applicant."""
_OTHERS = frozenset({"id", "language", "total points", "quiz feedback"})


def of_the_tool(headings: Sequence[str]) -> tuple[int, ...]:
    """Return where the tool's own e-mail and name stand: ID, Start time, Completion time, Email, Name.

    Nothing where the first columns hold no time of a tool: an office's own sheet may begin with a name.
    """
    plain = [" ".join(heading.split()).casefold() for heading in headings]
    own = list(takewhile(lambda text: text in TIMES | PERSON | _OTHERS, plain))
    if TIMES.isdisjoint(own):
        return ()
    return tuple(number for number, text in enumerate(own) if text in PERSON)
