"""How much memory a process may take that reads what somebody sent."""

import sys

if sys.platform == "win32":
    import ctypes
else:
    import resource

MEMORY_BYTES = 1 << 30
PDF_BYTES = 400_000_000
"""Memory for a PDF, which is drawn and read page by page: no page that a person made takes so much."""
REGISTER_BYTES = 300_000_000
"""Memory for a register, which is never held: only what is looked for is kept of it."""
_LARGEST_OF_HEAP, _MOST_FREE = (-3, 1 << 25), (-1, 1 << 26)
"""`M_MMAP_THRESHOLD` and `M_TRIM_THRESHOLD` of the C library's `mallopt`, with bytes."""


def limit_memory(most: int) -> None:
    """Bound what this process may take; where the system has no such bound, the parent watches."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x8003)
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def reuse_memory() -> None:
    """Have this process use again what it frees, page by page of a scan.

    The C library of Linux learns by itself to do so, but from the third page on; others need no telling.
    """
    if sys.platform == "linux":
        from ctypes import CDLL  # others need none of it

        if (limit := getattr(CDLL(None), "mallopt", None)) is not None:
            limit(*_LARGEST_OF_HEAP)
            limit(*_MOST_FREE)


def memory_for(content: bytes) -> int:
    """Return how much memory a process may take that reads a file of such bytes."""
    return PDF_BYTES if b"%PDF-" in content[:1024] else MEMORY_BYTES
