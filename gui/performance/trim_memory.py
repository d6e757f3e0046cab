"""Give back what a long piece of work leaves free.

The C library of Linux keeps it for later, 50 MB after the sums of a large round; others give it back
by themselves.
"""

import sys


def trim_memory() -> None:
    """Give the computer back what is free; quick where there is little."""
    if sys.platform != "linux":
        return
    from ctypes import CDLL  # the start gives nothing back

    trim = getattr(CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
