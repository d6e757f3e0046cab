"""A pack in pieces opens as it was sealed, or is refused: pieces moved, dropped, doubled, cut, mixed."""

import hashlib
import json
import os
import random
import tracemalloc
from collections.abc import Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from exchange import pack_files as sealing
from exchange.pack_files import (
    IN_PIECES,
    MAGIC,
    PIECE,
    Damaged,
    NotAPack,
    Stretching,
    WrongPassphrase,
    is_passphrase_of,
    open_sealed,
    seal_in_pieces,
    unlock,
    unseal,
    write_sealed,
)
from models.trouble import Trouble
from tests.exchange.test_sealing import GOOD, decoder

LIGHT, WORDS = Stretching(8 * 1024, 1, 1), "six words for the pack only"
REFUSED = (NotAPack, Damaged, WrongPassphrase)
TAG = 16


def cut_up(body: bytes, piece: int, pack_id: str = "one", words: str = WORDS) -> list[bytes]:
    """Return a sealed file of format 2 as its start and its pieces."""
    return list(seal_in_pieces(pack_id, (body,), len(body), words, piece=piece, stretching=LIGHT))


BODY = bytes(range(100))
START, *PIECES = cut_up(BODY, 30)


@pytest.fixture(autouse=True, scope="module")
def keys_made_once() -> Iterator[None]:
    """Make the key of each start once: what is tried here changes the pieces."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sealing, "_keys", cache(sealing._keys))
        yield


@given(st.lists(st.binary(max_size=50), max_size=8), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_what_is_sealed_in_pieces_is_opened_however_it_comes(chunks: list[bytes], piece: int) -> None:
    body = b"".join(chunks)
    file = b"".join(seal_in_pieces("id", chunks, len(body), WORDS, piece=piece, stretching=LIGHT))

    found = unlock(partial(BytesIO, file), WORDS, "pack")

    assert (found.header["kind"], found.header["pack"], found.size) == ("pack", "id", len(body))
    assert [*map(len, found.pieces())] == [
        len(body[at : at + piece]) for at in range(0, len(body) or 1, piece)
    ]
    assert b"".join(found.pieces()) == body
    assert is_passphrase_of(found.start, WORDS)


def test_pieces_are_bound_to_their_place_number_and_pack() -> None:
    other = cut_up(BODY, 30, "two")[1:]
    same = cut_up(BODY, 30)[1:]  # of the same pack and passphrase, sealed again
    wrong = {
        "moved": [PIECES[1], PIECES[0], *PIECES[2:]],
        "doubled": [PIECES[0], PIECES[0], *PIECES[2:]],
        "dropped": [PIECES[0], *PIECES[2:]],
        "added": [*PIECES, PIECES[3]],
        "doubled at the end": [*PIECES[:3], PIECES[2], PIECES[3]],
        "cut off at the end": PIECES[:3],
        "cut off within the last": [*PIECES[:3], PIECES[3][:-1]],
        "none": [],
        "of another pack": [PIECES[0], other[1], *PIECES[2:]],
        "of another sealing": [PIECES[0], same[1], *PIECES[2:]],
        "the last of another pack": [*PIECES[:3], other[3]],
    }

    said = {}
    for name, pieces in wrong.items():
        with pytest.raises(Damaged, match=r"Ask for it again\. Nothing was imported\.$") as refused:
            unseal(b"".join((START, *pieces)), WORDS)
        said[name] = str(refused.value)

    assert "Piece 1 of 4 is damaged, missing or in another's place." in said["moved"]
    assert "Piece 2 of 4 is damaged" in said["of another pack"]


@pytest.mark.parametrize("number", range(1, 5))
def test_one_that_was_cut_short_and_said_so_is_refused(number: int) -> None:
    """Whoever has the passphrase may write another header; pieces sealed under one do not fit it."""
    shorter = cut_up(BODY[: 30 * number], 30)[0]

    with pytest.raises(Damaged):
        unseal(b"".join((shorter, *PIECES[:number])), WORDS)


def test_every_single_bit_counts() -> None:
    file = b"".join((START, *PIECES))
    for bit in range(0, len(file) * 8, 3):
        flipped = bytearray(file)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(REFUSED, match=r"\.$"):
            unseal(bytes(flipped), WORDS)


def test_every_end_and_random_damage_is_refused() -> None:
    file, chance = b"".join((START, *PIECES)), random.Random(7)
    spoilt = [file[:length] for length in range(len(file))]
    for _ in range(200):
        damaged = bytearray(file)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        spoilt.append(bytes(damaged))

    for one in spoilt:
        if one != file:
            with pytest.raises(REFUSED, match=r"\.$"):
                unseal(one, WORDS)


GOOD_IN_PIECES = GOOD | {"body": 40 + 2 * TAG, "piece": 25, "pieces": 2}


@pytest.mark.parametrize(
    "changes",
    [
        {"piece": 0},
        {"piece": 24.0},
        {"piece": None},
        {"piece": PIECE + 1, "pieces": 1},
        {"pieces": 0},
        {"pieces": 3},
        {"pieces": 257, "piece": 1},
        {"pieces": 2**70},
        {"pieces": "2"},
        {"body": 40},
        {"kind": "return"},
    ],
)
def test_an_odd_head_is_refused_before_anything_is_made_of_the_passphrase(
    changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_keys", None)
    text = json.dumps(GOOD_IN_PIECES | changes).encode()
    before = MAGIC + bytes([IN_PIECES]) + b"\n" + len(text).to_bytes(4, "big") + text
    file = before + hashlib.sha256(before).digest() + bytes(32 + 40 + 2 * TAG)

    with pytest.raises(Damaged):
        unseal(file, WORDS)


def test_a_pack_of_a_later_format_or_more_than_fits_is_refused() -> None:
    with pytest.raises(NotAPack, match=r"newer version of Grant Panel. Update this one first"):
        unseal(MAGIC + b"\x03\n" + START[8:], WORDS)

    with pytest.raises(Trouble, match=r"larger than 4 GB. Choose fewer attachments"):
        next(seal_in_pieces("id", (), 257 * PIECE, WORDS))


def test_the_vectors_of_format_2_are_sealed_and_opened_by_us_and_by_the_decoder() -> None:
    for each in json.loads(resources.text("packs/vectors.json"))["in_pieces"]:
        body, words = each["body"].encode(), each["passphrase"]
        how: dict[str, Any] = {of: bytes.fromhex(each[of]) for of in ("salt", "nonce")}
        how["stretching"] = Stretching(each["memory_kib"], each["passes"], each["lanes"])
        again = b"".join(seal_in_pieces(each["pack"], (body,), len(body), words, piece=each["piece"], **how))

        assert again.hex() == each["sealed"]
        assert unseal(again, words).body == body
        assert b"".join(decoder().pieces(BytesIO(again), words)) == body


def test_a_large_pack_is_written_and_read_a_piece_at_a_time(tmp_path: Path) -> None:
    """100 MB pass through less than six pieces' worth of memory."""
    chunk, count = random.Random(1).randbytes(1 << 20), 100
    path = tmp_path / "large.gpack"

    tracemalloc.start()
    chunks = (chunk for _ in range(count))
    write_sealed(seal_in_pieces("id", chunks, count << 20, WORDS, stretching=LIGHT), path)
    found = unlock(partial(open_sealed, path), WORDS)
    total = hashlib.sha256()
    for piece in found.pieces():
        total.update(piece)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert total.digest() == hashlib.sha256(chunk * count).digest()
    assert found.header["pieces"] == 7
    assert most < 6 * PIECE


def test_what_a_killed_program_left_of_a_pack_makes_room_before_the_next_is_written(tmp_path: Path) -> None:
    left, begun = (tmp_path / f"{name}.sealed.part-7.gp00000000.gpack" for name in ("ann", "bo"))
    for part in (left, begun):
        part.write_bytes(b"half")
    os.utime(left, (0, 0))
    seen: list[bool] = []

    def chunks() -> Iterator[bytes]:
        seen.append(left.exists())
        yield b"sealed"

    write_sealed(chunks(), tmp_path / "ann.gpack")

    assert seen == [False]
    assert {one.name for one in tmp_path.iterdir()} == {"ann.gpack", begun.name}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_to_pieces_is_refused(data: st.DataObject) -> None:
    order = data.draw(st.lists(st.integers(0, 3), max_size=6))
    pieces = [PIECES[n] for n in order]
    if pieces == PIECES:
        return

    with pytest.raises(Damaged):
        unseal(b"".join((START, *pieces)), WORDS)
