"""JSON from outside is a value, or one kind of error."""

import pytest

from models.journal import foreign_json


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
        foreign_json.loads(text)


def test_what_is_plain_is_read() -> None:
    assert foreign_json.loads(r'{"a":[1,"\\ud800 is six letters","😀",null,true]}') == {
        "a": [1, r"\ud800 is six letters", "😀", None, True]
    }
    assert foreign_json.loads("9223372036854775807") == 2**63 - 1
