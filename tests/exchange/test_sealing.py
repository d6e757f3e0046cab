"""A sealed file opens whole with its passphrase, or says which of three things is wrong."""

import importlib.util
import json
import random
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from exchange import pack_files as sealing
from exchange.pack_files import Damaged, NotAPack, Stretching, WrongPassphrase, read_sealed, seal, unseal
from models.trouble import Trouble
from models.values.signing import is_signed, new_key, public_half, short_code, signed

QUICK = Stretching(8 * 1024, 1, 1)
PASSPHRASE = "six plain words make one passphrase"
BODY = b'{"format":1,"marks":[4,5]}'
SEALED = seal("return", "id", BODY, PASSPHRASE, stretching=QUICK)
REFUSED = (NotAPack, Damaged, WrongPassphrase)


def decoder() -> ModuleType:
    """Return the shipped decoder, which shares none of our code."""
    path = resources.path("packs/decode_pack.py")
    assert "exchange" not in path.read_text("utf-8")
    found = importlib.util.spec_from_file_location("decode_pack", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@given(st.binary(max_size=300), st.text(min_size=1, max_size=30))
@settings(max_examples=20, deadline=None)
def test_what_is_sealed_is_opened(body: bytes, passphrase: str) -> None:
    try:
        passphrase.encode()
    except UnicodeEncodeError:
        return
    found = unseal(seal("pack", "id", body, passphrase, stretching=QUICK), passphrase)

    assert (found.kind, found.pack_id, found.body) == ("pack", "id", body)


def test_the_test_vectors_are_sealed_and_opened_by_us_and_by_the_decoder() -> None:
    vectors = json.loads(resources.text("packs/vectors.json"))

    for each in vectors["sealed"]:
        stretching = Stretching(each["memory_kib"], each["passes"], each["lanes"])
        salt, nonce = bytes.fromhex(each["salt"]), bytes.fromhex(each["nonce"])
        body = each["body"].encode()
        again = seal(
            each["kind"],
            each["pack"],
            body,
            each["passphrase"],
            stretching=stretching,
            salt=salt,
            nonce=nonce,
        )
        assert again.hex() == each["sealed"]
        assert unseal(again, each["passphrase"]).body == body
        assert decoder().opened(again, each["passphrase"]) == body
    for each in vectors["signed"]:
        private, body = bytes.fromhex(each["private"]), each["body"].encode()
        assert public_half(private).hex() == each["public"]
        assert signed(private, body).hex() == each["signature"]


def test_accents_are_one_however_they_are_typed() -> None:
    assert unseal(seal("pack", "id", BODY, "café", stretching=QUICK), "cafe\u0301").body == BODY


def test_every_single_bit_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_keys", cache(sealing._keys))  # most bits change nothing of the keys
    said = dict.fromkeys(REFUSED, 0)
    for position in range(len(SEALED) * 8):
        if 8 * 12 <= position < 8 * (12 + 40) and position % 5:
            continue  # the header is long and each flip in it is told by its checksum: a part will do
        flipped = bytearray(SEALED)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(REFUSED) as refused:
            unseal(bytes(flipped), PASSPHRASE)
        said[type(refused.value)] += 1

    assert said[NotAPack] == 64
    assert said[WrongPassphrase] == 256  # the bits of the MAC


def test_every_truncation_is_refused() -> None:
    for length in range(len(SEALED)):
        with pytest.raises(REFUSED):
            unseal(SEALED[:length], PASSPHRASE)


def test_random_damage_is_refused_in_words() -> None:
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(SEALED)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if bytes(damaged) != SEALED:
            with pytest.raises(REFUSED):
                unseal(bytes(damaged), PASSPHRASE)


def test_a_wrong_passphrase_is_told_from_damage() -> None:
    with pytest.raises(WrongPassphrase, match="does not open this file"):
        unseal(SEALED, "another passphrase")


@pytest.mark.parametrize(
    ("memory", "passes", "lanes"), [(2 << 20, 1, 1), (8, 1, 1), (8192, 99, 1), (8192, 1, 64)]
)
def test_a_forged_header_costs_the_reader_nothing(memory: int, passes: int, lanes: int) -> None:
    text = json.dumps(
        {
            "kind": "return",
            "pack": "id",
            "kdf": "argon2id",
            "memory_kib": memory,
            "passes": passes,
            "lanes": lanes,
            "salt": "00" * 16,
            "nonce": "00" * 12,
            "body": 16,
        }
    ).encode()
    before = SEALED[:8] + len(text).to_bytes(4, "big") + text
    forged = before + sealing.hashlib.sha256(before).digest() + bytes(48)

    with pytest.raises(Damaged):
        unseal(forged, PASSPHRASE)


def test_a_file_too_large_for_a_pack_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.gpack"
    with path.open("wb") as stream:
        stream.truncate(sealing.MOST_FILE + 10)

    with pytest.raises(NotAPack, match="too large for one"):
        read_sealed(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        read_sealed(tmp_path / "none.gpack")


def test_nothing_of_the_body_or_the_passphrase_stands_in_the_clear() -> None:
    assert b"marks" not in SEALED
    assert PASSPHRASE.encode() not in SEALED


def test_a_signature_is_of_one_key_and_one_body() -> None:
    key, other = new_key(), new_key()
    signature = signed(key, BODY)

    assert is_signed(public_half(key), signature, BODY)
    assert not is_signed(public_half(other), signature, BODY)
    assert not is_signed(public_half(key), signature, BODY + b" ")
    assert not is_signed(b"short", signature, BODY)
    assert len(short_code(public_half(key))) == 14
