"""A small pack and a small return as the program writes them: no damaged byte of either is ever believed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from exchange.packs.opening import open_pack, open_return
from exchange.packs.sealing import Stretching, seal, start_of
from models.packs.values import read_pack, read_return
from models.record import Opener, Record
from models.trouble import Trouble
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import issue, laptop, make_return, mark, office

WORDS = "six words for the pack only"
LIGHT = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)
"""The least that a reader takes, so that every bit can be tried."""
READERS: dict[str, Callable[[bytes, str], object]] = {"pack": open_pack, "return": open_return}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A pack and a return, sealed."""
    folder = tmp_path_factory.mktemp("small files")
    with Record.create(folder / "office.panel", Opener("Grace", "tests"), clock=TickingClock()) as record:
        pack = issue(office(record))
    with laptop(folder / "ann.panel", pack) as home:
        mark(home, "ACF-001", "A1", 4, None)
        back = make_return(home)
    found = {"pack": (read_pack(pack).pack, pack), "return": (read_return(back).pack, back)}
    sealing = partial(seal, passphrase=WORDS, stretching=LIGHT)
    return {kind: sealing(kind, name, text.encode()) for kind, (name, text) in found.items()}


def believed(read: Callable[[bytes, str], object], content: bytes, bits: range) -> list[int]:
    """Return the bits whose flip was not refused in words; anything but `Trouble` fails the test."""
    found = []
    for bit in bits:
        spoiled = bytearray(content)
        spoiled[bit // 8] ^= 1 << bit % 8
        try:
            read(bytes(spoiled), WORDS)
        except Trouble:
            continue
        found.append(bit)
    return found


@pytest.mark.parametrize("kind", READERS)
def test_a_flipped_bit_is_refused(files: dict[str, bytes], kind: str) -> None:
    content = files[kind]

    READERS[kind](content, WORDS)  # unspoiled it opens, so that the refusals below mean something
    assert believed(READERS[kind], content, range(0, len(content) * 8, 211)) == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", READERS)
def test_every_flipped_bit_is_refused(files: dict[str, bytes], kind: str) -> None:
    content = files[kind]
    bits = len(content) * 8

    found = believed(READERS[kind], content, range(bits))

    print(f"row 5: {bits - len(found):,} of {bits:,} single-bit flips of a small {kind} refused")
    assert found == []


@pytest.mark.parametrize("kind", READERS)
def test_a_file_that_ends_early_is_refused(files: dict[str, bytes], kind: str) -> None:
    content, start = files[kind], len(start_of(files[kind]))

    for length in (*range(0, start + 40, 7), len(content) - 1):
        with pytest.raises(Trouble):
            READERS[kind](content[:length], WORDS)


def test_nothing_of_a_record_is_left_beside_a_pack(files: dict[str, bytes], tmp_path: Path) -> None:
    assert not [kind for kind, content in files.items() if b"Allotment" in content or b"ACF-001" in content]
