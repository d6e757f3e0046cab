"""Keep little memory that nobody uses.

The C library of Linux keeps what long work leaves free for later, in a heap for each thread; others give it
back by themselves. With one heap for all threads a window that showed every page of 1,000 applications holds
330 MB, without 345; the aim is 300 (`benchmarks/window/pages.py`).
"""

import sys
from collections.abc import Callable
from typing import Any

MOST_HEAPS = -8
"""`M_ARENA_MAX` of the C library's `mallopt`."""


def share_heap() -> None:
    """Have threads that begin from here on take their memory from the one heap that is there."""
    limit = _of_library("mallopt")
    if limit is not None:
        limit(MOST_HEAPS, 1)


def trim_memory() -> None:
    """Give the computer back what is free; quick where there is little."""
    trim = _of_library("malloc_trim")
    if trim is not None:
        trim(0)


def _of_library(name: str) -> Callable[..., Any] | None:
    """Return what the C library of Linux has under a name, None elsewhere and where it has none."""
    if sys.platform != "linux":
        return None
    from ctypes import CDLL  # others need none of it

    found: Callable[..., Any] | None = getattr(CDLL(None), name, None)
    return found
