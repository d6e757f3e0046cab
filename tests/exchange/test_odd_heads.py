"""Whatever the head of a sealed file says, opening it ends in a sentence, and soon."""

import hashlib
import json
from contextlib import suppress
from typing import Any

import pytest

from exchange.pack_files import (
    MAGIC,
    VERSION,
    Stretching,
    is_passphrase_of,
    open_pack,
    open_return,
    read_header,
    start_of,
    unseal_text,
)
from models.trouble import Trouble

GOOD: dict[str, Any] = {
    "kind": "pack",
    "pack": "p",
    "kdf": "argon2id",
    "memory_kib": 8 * 1024,
    "passes": 1,
    "lanes": 1,
    "salt": "00" * 16,
    "nonce": "00" * 12,
    "body": 20,
}


def file_with(head: bytes) -> bytes:
    """Return a file with a head whose checksum is right."""
    before = MAGIC + bytes([VERSION]) + b"\n" + len(head).to_bytes(4, "big") + head
    return before + hashlib.sha256(before).digest() + bytes(32) + bytes(20)


def head(**changes: object) -> bytes:
    return json.dumps(GOOD | changes).encode()


HEADS = [
    b"[" * 60_000,
    b'{"kind":' * 8_000,
    b'{"kind":"pack","kind":"return"}',
    b"[]",
    b"null",
    b"NaN",
    b'"pack"',
    b"\xff\xfe",
    b"",
    b"1" * 5_000,
    head(pack="\ud800"),
    head(kind=["pack"]),
    head(kind={"a": 1}),
    head(body=2**70),
    head(body=-20),
    head(body=20.0),
    head(body=True),
    head(salt=5),
    head(salt="zz"),
    head(salt="é" * 32),
    head(nonce=None),
    head(pack=7),
    head(memory_kib=256 * 1024 + 1),
    head(passes=7),
    head(lanes=9),
    head(lanes=float("nan")),
]


@pytest.mark.parametrize("content", HEADS, ids=range(len(HEADS)))
def test_an_odd_head_is_refused_in_a_sentence(content: bytes) -> None:
    file = file_with(content)

    for read in (open_pack, open_return):
        with pytest.raises(Trouble, match=r"\.$"):
            read(file, "six words for the pack only")
    with pytest.raises(Trouble):
        unseal_text(file, "words", "pack")
    with suppress(Trouble):
        assert not is_passphrase_of(start_of(file), "words")


def test_the_head_of_the_example_is_good_but_for_its_seal() -> None:
    assert read_header(file_with(head()))["kind"] == "pack"
    with pytest.raises(Trouble, match="passphrase does not open this file"):
        open_pack(file_with(head()), "words")


@pytest.mark.parametrize(
    ("memory_mib", "passes", "lanes", "is_allowed"),
    [
        (64, 3, 4, True),
        (256, 6, 8, True),
        (257, 6, 8, False),
        (256, 7, 8, False),
        (256, 6, 9, False),
        (8, 1, 1, True),
        (7, 1, 1, False),
        (8, 0, 1, False),
    ],
)
def test_what_a_reader_spends_is_bounded(memory_mib: int, passes: int, lanes: int, is_allowed: bool) -> None:
    assert Stretching(memory_mib * 1024, passes, lanes).is_allowed() is is_allowed
