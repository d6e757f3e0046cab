"""Waiting for a server no longer than it may be silent."""

from collections.abc import Generator
from time import monotonic
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def limited(waiting: Generator[Asked, int, Answer], seconds: float) -> Generator[Asked, int, Answer]:
    """Go on with what the driver waits for; TimeoutError once nothing has come for so many seconds.

    The driver sends 0 where it looked in vain, several times a second.
    """
    heard_at = monotonic()
    try:
        wanted = next(waiting)
        while True:
            found = yield wanted
            if found:
                heard_at = monotonic()
            elif monotonic() - heard_at > seconds:
                raise TimeoutError
            wanted = waiting.send(found)
    except StopIteration as end:
        answer: Answer = end.value
        return answer
