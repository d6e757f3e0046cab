"""Canonical JSON of frozen values, and JSON that came from outside."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from models.values import canonical


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Leaf(Struct, frozen=True):
    name: str
    size: int = 3


class Twig(Struct, frozen=True):
    leaves: tuple[Leaf, ...]
    twig: "Twig | None" = None


class Everything(Struct, frozen=True):
    text: str
    number: int
    yes: bool
    colour: Colour
    amount: Decimal
    day: date
    at: datetime
    maybe: int | None = None
    either: int | str | None = None
    one_of: Leaf | Twig | None = None
    pair: tuple[str, int] = ("", 0)
    many: tuple[Leaf, ...] = ()
    names: frozenset[str] = frozenset()
    by_name: dict[str, int] | None = None


texts = st.text(st.characters(exclude_categories=["Cs"]))
leaves = st.builds(Leaf, texts, st.integers())
everything = st.builds(
    Everything,
    text=texts,
    number=st.integers(),
    yes=st.booleans(),
    colour=st.sampled_from(Colour),
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    day=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)) | st.datetimes(),
    maybe=st.none() | st.integers(),
    either=st.none() | st.integers() | texts,
    one_of=st.none() | leaves | st.builds(Twig, st.lists(leaves).map(tuple), st.none()),
    pair=st.tuples(texts, st.integers()),
    many=st.lists(leaves).map(tuple),
    names=st.frozensets(texts),
    by_name=st.none() | st.dictionaries(texts, st.integers()),
)


@given(everything)
def test_every_value_comes_back_as_it_went_and_equal_values_have_equal_text(value: Everything) -> None:
    again = canonical.from_text(Everything, canonical.to_text(value))

    assert again == value
    assert canonical.to_text(again) == canonical.to_text(value)


def test_keys_are_sorted_without_spaces_and_defaults_left_out() -> None:
    written = canonical.to_text(Twig((Leaf("é", 3), Leaf("b", 4))))

    assert written == '{"leaves":[{"name":"é"},{"name":"b","size":4}]}'


class Wide(Struct, frozen=True):
    """A field of each kind whose reading asks for one type of JSON."""

    on: date = date(2026, 1, 1)
    uid: UUID = UUID(int=0)
    many: tuple[Leaf, ...] = ()
    pair: tuple[int, date] = (0, date(2026, 1, 1))
    named: dict[str, Leaf] = {}
    one_of: Leaf | Everything | None = None


ODD = (None, 1, 1.5, True, "x", [], [1], [[1]], [{}], {}, {"x": 1}, {"is": "x"}, {"is": []})


def test_a_value_of_any_other_type_is_read_or_is_a_value_error() -> None:
    for odd in ODD:
        with suppress(ValueError):
            canonical.decode(Wide, odd)
        for field in canonical.field_names(Wide):
            with suppress(ValueError):
                canonical.decode(Wide, {field: odd})
    with pytest.raises(ValueError, match="does not fit: Missing required argument"):
        canonical.decode(Leaf, {})


def test_a_float_is_refused() -> None:
    class Weight(NamedTuple):
        kilos: float

    with pytest.raises(TypeError, match="float"):
        canonical.encode(Weight(1.5))


@pytest.mark.parametrize(
    "text", ["1E999999999", "NaN", "Infinity", "3 ", "1_0", "٣", "+3", ".5", "3.", 3, None]
)
def test_a_decimal_is_read_only_as_it_is_written(text: object) -> None:
    with pytest.raises(ValueError, match="is not a decimal"):
        canonical.decode(Decimal, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        "{",
        "[1,]",
        '{"a":1,"a":2}',
        '{"a":{"b":1,"b":1}}',
        "NaN",
        "[Infinity]",
        "-Infinity",
        "[-1e999]",
        "9223372036854775808",
        "1" * 5_000,
        r'"\ud800"',
        r'{"\uDFFF":1}',
        "[" + "0," * 4_000_001 + "0]",
    ],
    ids=range(15),
)
def test_what_is_odd_is_one_kind_of_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical.loads(text)


class Named(str):
    """A text of a class of its own."""

    __slots__ = ()


plain = st.none() | st.booleans() | st.integers() | st.text() | st.text().map(Named)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    few = st.lists(inner, max_size=3)
    return few | few.map(tuple) | st.dictionaries(st.text(), inner, max_size=3)


@given(st.recursive(plain, _nested, max_leaves=12))
def test_the_quicker_writer_writes_the_same_text(data: object) -> None:
    assert canonical.exact_text(data) == canonical.dumps(data)


def test_what_has_no_canonical_text_is_refused_by_both_writers() -> None:
    for write in (canonical.dumps, canonical.exact_text):
        with pytest.raises(TypeError):
            write([object()])
