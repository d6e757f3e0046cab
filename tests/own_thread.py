"""Look for unused objects between tests of the window alone, in the thread that Qt's objects belong to.

Python does so whenever enough new objects were made, in whatever thread that happens: one that belongs
to the window, found by the thread that reads the record, would be deleted there.
"""

import gc
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
WITH_A_WINDOW = ("gui", "journeys")
"""The folders of the tests in which there is a window."""
LOOKED_EVERY = 100
"""How many of these tests go by until the older objects are looked through, too: that takes a second."""

_tests = count(1)


def has_window(item: pytest.Item) -> bool:
    """Whether a test is one of those in which there is a window."""
    return item.path.relative_to(TESTS).parts[0] in WITH_A_WINDOW


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Look for nothing during a test; what it leaves behind is set aside, out of sight of other threads."""
    if not has_window(item):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        if next(_tests) % LOOKED_EVERY == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        gc.enable()
