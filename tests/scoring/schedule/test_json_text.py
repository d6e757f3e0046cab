"""Canonical JSON is written a part at a time, and reads as if it had been written at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.schedule.canonical import MOST, json_text

AT_ONCE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
plain = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    few = st.lists(inner, max_size=3)
    many = few.filter(bool).map(lambda items: (items * MOST)[: MOST + 5])
    by_number = st.dictionaries(st.integers(), inner, max_size=3)
    return few | many | many.map(tuple) | st.dictionaries(st.text(), inner, max_size=3) | by_number


@given(st.recursive(plain, _nested, max_leaves=12))
def test_it_is_the_text_that_is_written_at_once(data: object) -> None:
    assert json_text(data) == AT_ONCE.encode(data)


@pytest.mark.parametrize("count", [MOST, MOST + 1, 40 * MOST])
def test_no_call_writes_more_than_a_few_lines(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"reference": f"ACF-{n:05}", "marks": [n, n + 1]} for n in range(count)]
    written: list[str] = []
    at_once = json.JSONEncoder.encode
    monkeypatch.setattr(
        json.JSONEncoder, "encode", lambda self, data: written.append(at_once(self, data)) or written[-1]
    )

    text = json_text({"areas": [{"area": "A", "lines": lines}], "fund": "ACF"})

    assert json.loads(text)["areas"][0]["lines"] == lines
    assert max(part.count("reference") for part in written) == MOST


def test_what_is_no_number_is_refused_in_a_long_list_too() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text([0.0] * MOST + [float("nan")])
