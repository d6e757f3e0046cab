"""A small pack and a small return as the program writes them: no damaged byte of either is ever believed."""

import random
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from exchange.pack_files import Stretching, open_pack, open_return, seal, start_of, unseal
from models.record import Opener, Record
from models.trouble import Trouble
from models.values.packs import read_pack, read_return
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import issue, laptop, make_return, mark, office
from tests.safety.table import Reached, Times

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


def believed(read: Callable[[bytes, str], object], content: bytes, bits: Iterable[int]) -> list[int]:
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


@pytest.mark.safety(5)
@pytest.mark.parametrize("kind", READERS)
def test_every_flipped_bit_is_refused(
    files: dict[str, bytes], kind: str, times: Times, reached: Reached
) -> None:
    content = files[kind]
    READERS[kind](content, WORDS)  # unspoiled it opens, so that the refusals below mean something
    bits = range(0, len(content) * 8, times(211, 1))

    found = believed(READERS[kind], content, bits)

    reached(f"{len(bits) - len(found):,} of {len(bits):,} single wrong bits of a small {kind} refused")
    assert found == []


@pytest.mark.safety(5)
@pytest.mark.parametrize("kind", READERS)
def test_every_early_end_is_refused(
    files: dict[str, bytes], kind: str, times: Times, reached: Reached
) -> None:
    content, believed_ones = files[kind], list[int]()
    lengths = range(0, len(content), times(97, 1))
    for length in lengths:
        try:
            READERS[kind](content[:length], WORDS)
            believed_ones.append(length)
        except Trouble:
            continue

    refused = len(lengths) - len(believed_ones)
    reached(f"{refused:,} of {len(lengths):,} early ends of a small {kind} refused")
    assert believed_ones == []


@pytest.mark.safety(5)
def test_random_wrong_bits_of_a_big_pack_are_refused(times: Times, reached: Reached) -> None:
    body, chance, tries = random.Random(1).randbytes(2_000_000), random.Random(2), times(50, 20_000)
    content = seal("pack", "big", body, WORDS, stretching=LIGHT)
    assert unseal(content, WORDS).body == body

    found = believed(unseal, content, chance.sample(range(len(content) * 8), tries))

    reached(f"{tries - len(found):,} of {tries:,} random wrong bits of a pack of 2 MB refused")
    assert found == []


@pytest.mark.parametrize("kind", READERS)
def test_a_file_that_ends_early_is_refused(files: dict[str, bytes], kind: str) -> None:
    content, start = files[kind], len(start_of(files[kind]))

    for length in (*range(0, start + 40, 7), len(content) - 1):
        with pytest.raises(Trouble):
            READERS[kind](content[:length], WORDS)


def test_nothing_of_a_record_is_left_beside_a_pack(files: dict[str, bytes], tmp_path: Path) -> None:
    assert not [kind for kind, content in files.items() if b"Allotment" in content or b"ACF-001" in content]
