"""Look for unused objects between tests of the window alone, in the thread that Qt's objects belong to.

Python does so whenever enough new objects were made, in whatever thread that happens: one that belongs
to the window, found by the thread that reads the record, would be deleted there.
"""

import gc
from collections.abc import Generator

import pytest

LOOKED_EVERY = 25
"""How many tests go by until the older objects are counted: counting a million of them takes 40 ms."""
OLD_AFTER = 150_000
"""Look through the older objects, too, once there are so many more."""


class _Old:
    number = 0
    tests = 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Look for nothing during a test; what it leaves behind is set aside, out of sight of other threads."""
    gc.disable()
    try:
        return (yield)
    finally:
        _Old.tests += 1
        if _Old.tests % LOOKED_EVERY == 0 and gc.get_freeze_count() > _Old.number + OLD_AFTER:
            gc.unfreeze()
            gc.collect()
            _Old.number = len(gc.get_objects())
        else:
            gc.collect()
        gc.freeze()
        gc.enable()
