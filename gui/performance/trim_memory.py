"""Give back what a long piece of work leaves free.

The C library of Linux keeps it for later; others give it back by themselves. It earns that a window which
showed every page of 1,000 applications holds 300 MB, the aim, and not 343 (`benchmarks/window/pages.py`).
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
