"""The answer given when the disk, a lock or a file stands in the way, and what is let go of then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """Something outside the rules failed; `str()` says what, where, and that nothing was lost."""


class Unwritable(Trouble):
    """A record lies where nothing can be written; it can still be read as a copy."""


@contextmanager
def or_else(let_go: Callable[[], object]) -> Iterator[None]:
    """Let go of something where what is done inside fails, also where that is stopped."""
    try:
        yield
    except BaseException:
        let_go()
        raise
