"""What a server takes for the words of a change: each field of the type that the program reads there."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.operation import Operation
from models.values import canonical
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.store.locks.an_office import template
from tests.server import cluster

IS_SHAPED = (
    "SELECT kind, locks.is_shaped(%s::jsonb, shape) FROM locks.permissions WHERE kind = %s AND shape <> '{}'"
)


def spoilt(value: Any) -> Iterator[Any]:
    """Yield a value with one part in it of another type, for each of its parts."""
    if isinstance(value, dict):
        yield from ({**value, name: bad} for name, one in value.items() for bad in spoilt(one))
    elif isinstance(value, list):
        yield from ([*value[:n], bad, *value[n + 1 :]] for n, one in enumerate(value) for bad in spoilt(one))
    yield {"no such": [1]} if value != {"no such": [1]} else []


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[bool, list[bool]]]:
    """Whether each example is taken, and whether each that is spoilt in one place is."""
    found = {}
    with cluster().connect(template()) as connection:
        for example in EXAMPLES:
            words = canonical.encode(example)
            tried = [words, *(one for one in spoilt(words) if one != words)]
            with connection.pipeline():
                asked = [connection.execute(IS_SHAPED, [canonical.dumps(one), example.kind]) for one in tried]
            first, *others = [bool((one.fetchone() or ("", None))[1]) for one in asked]
            found[repr(example)] = first, others
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.kind)
def test_words_of_a_change_are_taken_with_each_part_of_its_type_and_no_otherwise(
    example: Operation, answers: dict[str, tuple[bool, list[bool]]]
) -> None:
    is_taken, are_taken = answers[repr(example)]

    assert is_taken
    assert not any(are_taken)
