"""What a server takes for the words of a change: each field of the type that the program reads there."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from models.operation import Operation
from models.schema.applications import application_table
from models.values import canonical, stored
from models.values.applications import CORRECTED
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


NUMBERS = ("1.0", "1e0", "1E2", "0.5", "-3.0")
DAYS = (
    "9999-12-31",
    "0001-01-02",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "0000-01-01",
    "2025-02-29",
    "2026-04-31",
)
MOMENTS = ("2026-11-03T24:00:00", "2026-11-03T10:60:00", "2026-99-99T99:99:99", "2026-02-30T10:00:00")


def test_a_whole_number_is_written_without_a_point_and_a_day_is_one_of_the_calendar() -> None:
    ask = "SELECT locks.is_shaped(%s::jsonb, %s::jsonb) AND NOT locks.has_fraction(%s)"
    plain = ["5", "0", "-7"]
    with cluster().connect(template()) as connection:

        def is_taken(value: object, kind: Any) -> bool:
            words = value if isinstance(value, str) and kind is int else canonical.dumps(value)
            row = connection.execute(
                ask, [words, canonical.dumps(canonical.shape_of(kind)), words]
            ).fetchone()
            return bool(row and row[0])

        assert [one for one in NUMBERS if is_taken(one, int)] == []
        assert [one for one in DAYS if is_taken(one, date)] == []
        assert [one for one in (*MOMENTS, *DAYS) if is_taken(one, datetime)] == []
        assert all(is_taken(one, int) for one in plain)
        assert all(is_taken(one, date) for one in ("2024-02-29", "0001-01-01", "2199-12-31"))
        assert is_taken("2026-11-03T23:59:59.999999", datetime)
        assert is_taken('say "1.5" or 2e3 \\" 1.0', str), "words of people hold any figure"


@pytest.mark.parametrize("field", sorted(CORRECTED))
def test_a_correction_in_force_is_what_its_application_can_have_by_server_and_program(field: str) -> None:
    tried = [None, 0, 1, -1, 10**15, 10**15 + 1, 1.0, True, "", "x", "2026-02-30", "2026-11-03", [], {}]
    tried += ["2026-11-03T10:00:00", "2026-11-03T10:00:00Z", "2026-11-03T24:00:00", [["a", "b"]]]
    shape = canonical.dumps(stored.shape_of("corrections.value")[field])
    ask = "SELECT locks.is_shaped(%s::jsonb, %s::jsonb) AND NOT locks.has_fraction(%s)"
    with cluster().connect(template()) as connection:
        for value in tried:
            words = json.dumps(value)
            row = connection.execute(ask, [words, shape, words]).fetchone()
            is_read = stored.is_readable("corrections.value", words, field)
            assert bool(row and row[0]) <= is_read, (field, value)
    column = application_table.c.get(field)
    if column is not None and not column.nullable:
        assert not stored.is_readable("corrections.value", "null", field)
