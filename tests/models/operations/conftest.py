"""What tests of packs and returns begin with; a file may put a `there` of its own in its place."""

import pytest

from models.record import Record
from tests.models.packed_rounds import issue, office


@pytest.fixture
def there(record: Record) -> Record:
    """The office's record with a round in it that packs are issued from."""
    return office(record)


@pytest.fixture
def pack(there: Record) -> str:
    """The first pack of M1."""
    return issue(there)
