"""A locked record of a test's own."""

from collections.abc import Iterator

import pytest

from tests.models.store.locks.an_office import template
from tests.server import cluster


@pytest.fixture
def database() -> Iterator[str]:
    """A copy of the office's database, in which anything may be changed."""
    name = cluster().new_database(template())
    yield name
    cluster().drop(name)
