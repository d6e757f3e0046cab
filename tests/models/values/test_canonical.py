"""Canonical JSON of frozen values, and JSON that came from outside."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from models.values import canonical
from models.values.rows import ApplicationRow, RoundRows
from scoring.round import Area, Eligibility
from scoring.scheme import Band, Criterion, Method, Scheme, Side


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
    assert (
        canonical.to_text(Twig((Leaf("é", 3), Leaf("b", 4))))
        == '{"leaves":[{"name":"é"},{"name":"b","size":4}]}'
    )


def test_idle_noughts_of_a_decimal_make_no_difference() -> None:
    assert canonical.encode(Decimal("62.500")) == canonical.encode(Decimal("62.5")) == "62.5"


def test_the_same_moment_in_two_zones_has_one_text() -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)

    assert canonical.encode(at.astimezone(timezone(timedelta(hours=1)))) == canonical.encode(at)


def test_a_type_that_holds_itself_comes_back() -> None:
    value = Twig((), Twig((Leaf("a"),), Twig(())))

    assert canonical.from_text(Twig, canonical.to_text(value)) == value


def test_values_of_the_project_come_back() -> None:
    criterion = Criterion(
        "A1", "Need", Side.QUALITY, 250_000, Method.BANDS, bands=(Band(Decimal(5), Decimal("1.5")),)
    )
    rows = RoundRows(
        "Fund",
        "Round",
        "2026/27",
        Scheme((criterion,), descriptors=((0, "None", "nothing"),)),
        (Area("North", 100),),
        (ApplicationRow("R1", "Org", eligibility=Eligibility.WAIVED, answers=(("Why?", "Because"),)),),
    )

    assert canonical.from_text(RoundRows, canonical.to_text(rows)) == rows


@pytest.mark.parametrize(
    "text", ['{"name":"a","size":"4"}', '{"name":"a","colour":1}', '{"name":4}', "[]", "{"]
)
def test_what_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not|no field|Expecting"):
        canonical.from_text(Leaf, text)


class Wide(Struct, frozen=True):
    """A field of each kind whose reading asks for one type of JSON."""

    on: date = date(2026, 1, 1)
    uid: UUID = UUID(int=0)
    many: tuple[Leaf, ...] = ()
    pair: tuple[int, date] = (0, date(2026, 1, 1))
    named: dict[str, Leaf] = {}
    one_of: Leaf | Everything | None = None


ODD = (None, 1, 1.5, True, "x", [], [1], [[1]], [{}], {}, {"x": 1}, {"is": "x"}, {"is": []})


@pytest.mark.parametrize("field", canonical.field_names(Wide))
@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_value_of_any_other_type_is_read_or_is_a_value_error(field: str, odd: canonical.Json) -> None:
    with suppress(ValueError):
        canonical.decode(Wide, {field: odd})
    with suppress(ValueError):
        canonical.decode(Wide, odd)
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


def test_what_is_plain_is_read() -> None:
    assert canonical.loads(r'{"a":[1,"\\ud800 is six letters","😀",null,true]}') == {
        "a": [1, r"\ud800 is six letters", "😀", None, True]
    }
    assert canonical.loads("9223372036854775807") == 2**63 - 1


AT_ONCE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
plain = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    few = st.lists(inner, max_size=3)
    many = few.filter(bool).map(lambda items: (items * canonical.MOST)[: canonical.MOST + 5])
    by_number = st.dictionaries(st.integers(), inner, max_size=3)
    return few | many | many.map(tuple) | st.dictionaries(st.text(), inner, max_size=3) | by_number


@given(st.recursive(plain, _nested, max_leaves=12))
def test_it_is_the_text_that_is_written_at_once(data: object) -> None:
    assert canonical.dumps(data) == AT_ONCE.encode(data)


@pytest.mark.parametrize("count", [canonical.MOST, canonical.MOST + 1, 40 * canonical.MOST])
def test_no_call_writes_more_than_a_few_lines(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"reference": f"ACF-{n:05}", "marks": [n, n + 1]} for n in range(count)]
    written: list[str] = []
    at_once = json.JSONEncoder.encode
    monkeypatch.setattr(
        json.JSONEncoder, "encode", lambda self, data: written.append(at_once(self, data)) or written[-1]
    )

    text = canonical.dumps({"areas": [{"area": "A", "lines": lines}], "fund": "ACF"})

    assert json.loads(text)["areas"][0]["lines"] == lines
    assert max(part.count("reference") for part in written) == canonical.MOST


def test_what_is_no_number_is_refused_in_a_long_list_too() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical.dumps([0.0] * canonical.MOST + [float("nan")])
