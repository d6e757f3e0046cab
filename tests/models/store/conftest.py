"""Another program beside the test's own, which opens the same record."""

import sys
from collections.abc import Iterator

import pytest

from tests.safety.forked import Forks, forks


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Forks]:
    """Another program, which is forked for each task of `tests.models.store.elsewhere`."""
    if sys.platform == "win32":
        pytest.skip("there is no such fork")
    with forks("tests.models.store.elsewhere") as server:
        yield server
