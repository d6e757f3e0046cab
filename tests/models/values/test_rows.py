"""Values by what they are of."""

from typing import NamedTuple

from models.values.rows import by_application, by_reference, gathered


class Row(NamedTuple):
    """A row of an application, with a reference of its own."""

    reference: str
    application: str


def test_one_value_stands_under_its_reference_or_its_application() -> None:
    rows = [Row("A-1", "F-1"), Row("A-2", "F-2")]

    assert by_reference(rows) == {"A-1": rows[0], "A-2": rows[1]}
    assert by_application(rows) == {"F-1": rows[0], "F-2": rows[1]}


def test_values_of_one_key_keep_their_order_and_keys_come_as_they_came_first() -> None:
    found = gathered([("b", 1), ("a", 2), ("b", 3)])

    assert list(found.items()) == [("b", (1, 3)), ("a", (2,))]
