"""The answer given where disk, lock or file stands in the way or nothing is found, and what is let go of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from scoring.written.text import Refused

T = TypeVar("T")


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


def required(found: T | None, words: str) -> T:
    """Return what was found; refused in these words where there is none."""
    if found is None:
        raise Refused(words)
    return found


def refuse(*told: str) -> None:
    """Refuse in the first of the words that are told, if any are."""
    for words in filter(None, told):
        raise Refused(words)
