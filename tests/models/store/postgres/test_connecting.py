"""A record lies only in a database in which lists come out as they do from a file."""

import pytest

from models.store.postgres.connecting import orders_as_a_file


@pytest.mark.parametrize(
    ("provider", "collation", "encoding", "is_so"),
    [
        ("c", "C", "UTF8", True),
        ("c", "POSIX", "UTF8", True),
        ("b", "C.UTF-8", "UTF8", True),
        ("c", "en_GB.UTF-8", "UTF8", False),
        ("i", "C", "UTF8", False),
        ("c", "C", "LATIN1", False),
    ],
)
def test_a_database_orders_by_code_point_in_c_and_utf_8_alone(
    provider: str, collation: str, encoding: str, *, is_so: bool
) -> None:
    assert orders_as_a_file(provider, collation, encoding) is is_so
