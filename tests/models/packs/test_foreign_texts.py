"""Whatever stands in a sealed file, reading it comes to a pack, a return, or a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models.record import Opener, Record
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.packs import read_pack, read_return, signed_return
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import KEYS, issue, laptop, make_return, mark, office

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A pack and a return."""
    folder = tmp_path_factory.mktemp("texts")
    with Record.create(folder / "office.panel", Opener("Grace", "tests"), clock=TickingClock()) as record:
        pack = issue(office(record))
    with laptop(Path(folder / "ann.panel"), pack) as home:
        mark(home, "ACF-001", "A1", 4, None)
        return {"pack": pack, "return": make_return(home)}


@settings(max_examples=150)
@given(data=st.data())
def test_a_foreign_value_anywhere_is_refused_in_a_sentence(
    texts: dict[str, str], data: st.DataObject
) -> None:
    for kind, read in (("pack", read_pack), ("return", read_return)):
        found: dict[str, Any] = json.loads(texts[kind])
        place, name = found, data.draw(st.sampled_from(sorted(found)))
        while isinstance(place[name], dict) and place[name] and data.draw(st.booleans()):
            place, name = place[name], data.draw(st.sampled_from(sorted(place[name])))
        place[name] = data.draw(JSON)
        spoiled = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assume(spoiled != texts[kind])
        with pytest.raises(Trouble):
            read(spoiled)


@given(st.text())
def test_any_text_at_all_is_refused_in_a_sentence(text: str) -> None:
    for read in (read_pack, read_return):
        with pytest.raises(Trouble):
            read(text)


def test_a_bottomless_text_is_refused_in_a_sentence() -> None:
    for read in (read_pack, read_return):
        with pytest.raises(Trouble):
            read("[" * 200_000)


def test_a_key_put_in_anothers_place_is_not_the_signature(texts: dict[str, str]) -> None:
    given_back = read_return(texts["return"])
    stranger = signing.public_half(KEYS["laptop 2"]).hex()
    swapped = replace(signed_return(given_back, KEYS["M1"]), member_key=stranger)

    with pytest.raises(Trouble):
        read_return(canonical.to_text(swapped))


@pytest.mark.parametrize("name", ["number", "journal_row", "office_row"])
def test_a_number_that_no_record_can_hold_is_refused_though_signed(texts: dict[str, str], name: str) -> None:
    given = replace(read_return(texts["return"]), **{name: 2**63})  # type: ignore[arg-type]

    with pytest.raises(Trouble):
        read_return(canonical.to_text(signed_return(given, KEYS["M1"])))
