"""Sealed and signed files open whole or say what is wrong, whatever their head or bytes are."""

import base64
import hashlib
import importlib.util
import json
import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from exchange import pack_files as sealing
from exchange import version_news
from exchange.pack_files import (
    MAGIC,
    VERSION,
    Damaged,
    NotAPack,
    Stretching,
    WrongPassphrase,
    is_passphrase_of,
    open_return,
    read_header,
    read_sealed,
    seal,
    unseal,
    unseal_text,
)
from exchange.version_news import VersionNews, makers_key, read_news, signed_text
from models.record import Opener, Record
from models.trouble import Trouble
from models.values.packs import read_pack, read_return
from models.values.signing import is_signed, new_key, public_half, short_code, signed
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import issue, laptop, make_return, mark, office, pack_of
from tests.safety.table import Reached, Times

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
        chance = {of: bytes.fromhex(each[of]) for of in ("salt", "nonce")}
        body, words = each["body"].encode(), each["passphrase"]
        again = seal(each["kind"], each["pack"], body, words, stretching=stretching, **chance)
        assert again.hex() == each["sealed"]
        assert unseal(again, each["passphrase"]).body == body
        assert b"".join(decoder().pieces(BytesIO(again), each["passphrase"])) == body
    for each in vectors["signed"]:
        private, body = bytes.fromhex(each["private"]), each["body"].encode()
        assert public_half(private).hex() == each["public"]
        assert signed(private, body).hex() == each["signature"]


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


def test_a_missing_file_and_one_too_large_for_a_return_are_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        read_sealed(tmp_path / "none.gpack")

    path = tmp_path / "large.greturn"
    with path.open("wb") as stream:
        stream.truncate(sealing.MOST_FILE + 10)

    with pytest.raises(NotAPack, match="too large for one"):
        read_sealed(path)


def test_nothing_stands_in_the_clear_accents_are_one_and_a_wrong_passphrase_is_told_from_damage() -> None:
    assert b"marks" not in SEALED
    assert PASSPHRASE.encode() not in SEALED

    assert unseal(seal("pack", "id", BODY, "café", stretching=QUICK), "cafe\u0301").body == BODY

    with pytest.raises(WrongPassphrase, match="does not open this file"):
        unseal(SEALED, "another passphrase")


def test_a_signature_is_of_one_key_and_body_and_only_a_released_program_has_a_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key, other = new_key(), new_key()
    signature = signed(key, BODY)

    assert is_signed(public_half(key), signature, BODY)
    assert not is_signed(public_half(other), signature, BODY)
    assert not is_signed(public_half(key), signature, BODY + b" ")
    assert not is_signed(b"short", signature, BODY)
    assert len(short_code(public_half(key))) == 14

    assert makers_key() is None
    raw = KEY.public_key().public_bytes_raw()

    monkeypatch.setattr(resources, "text", lambda name: base64.b64encode(raw).decode())

    found = version_news.makers_key()
    assert found is not None
    assert found.public_bytes_raw() == raw


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
    b"null",
    b'"pack"',
    b"",
    b"1" * 5_000,
    head(pack="\ud800"),
    head(kind=["pack"]),
    head(kind={"a": 1}),
    head(body=-20),
    head(body=20.0),
    head(salt=5),
    head(salt="é" * 32),
    head(nonce=None),
    head(pack=7),
    head(passes=7),
    head(lanes=9),
    head(lanes=float("nan")),
]


@pytest.mark.parametrize("content", HEADS, ids=range(len(HEADS)))
def test_an_odd_head_is_refused_in_a_sentence(content: bytes) -> None:
    file = file_with(content)

    for read in (pack_of, open_return):
        with pytest.raises(Trouble, match=r"\.$"):
            read(file, "six words for the pack only")
    with pytest.raises(Trouble):
        unseal_text(file, "words", "pack")
    with suppress(Trouble):
        assert not is_passphrase_of(file, "words")


@pytest.mark.parametrize(
    "forged", [{"memory_kib": 2 << 20}, {"memory_kib": 8}, {"passes": 99}, {"lanes": 64}]
)
def test_a_forged_header_costs_the_reader_nothing(forged: dict[str, int]) -> None:
    with pytest.raises(Damaged):
        unseal(file_with(head(**forged)), PASSPHRASE)


def test_the_head_of_the_example_is_good_but_for_its_seal() -> None:
    assert read_header(file_with(head()))["kind"] == "pack"
    with pytest.raises(Trouble, match="passphrase does not open this file"):
        pack_of(file_with(head()), "words")


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


WORDS = "six words for the pack only"
LIGHT = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)
"""The least that a reader takes, so that every bit can be tried."""
READERS: dict[str, Callable[[bytes, str], object]] = {"pack": pack_of, "return": open_return}


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


def test_nothing_of_a_record_is_left_beside_a_pack(files: dict[str, bytes], tmp_path: Path) -> None:
    assert not [kind for kind, content in files.items() if b"Allotment" in content or b"ACF-001" in content]


KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEWS = VersionNews("0.2.0", date(2026, 12, 1), (("grant-panel-0.2.0-setup.exe", "0f" * 32),))


def version_news_signed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "newest.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read_back_whatever_ends_its_lines(tmp_path: Path) -> None:
    text = signed_text(NEWS, KEY)

    assert text.splitlines()[:3] == [
        "Grant Panel 0.2.0",
        "released 2026-12-01",
        f"sha256 {'0f' * 32} {NEWS.sums[0][0]}",
    ]
    for said in (text, text.replace("\n", "\r\n")):
        assert read_news(version_news_signed(tmp_path, said), KEY.public_key()) == NEWS


@pytest.mark.parametrize(
    ("old", "new"), [("0.2.0", "0.3.0"), ("0f", "1f"), ("released", "released "), ("Grant", "grant")]
)
def test_one_that_was_changed_is_not_genuine(tmp_path: Path, old: str, new: str) -> None:
    path = version_news_signed(tmp_path, signed_text(NEWS, KEY).replace(old, new, 1))

    with pytest.raises(Trouble, match=r"newest.txt was not signed by the makers of Grant Panel"):
        read_news(path, KEY.public_key())


def test_one_of_another_key_is_not_genuine(tmp_path: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))

    with pytest.raises(Trouble, match="Do not install what it names"):
        read_news(version_news_signed(tmp_path, signed_text(NEWS, other)), KEY.public_key())


@pytest.mark.parametrize("text", ["", "Grant Panel 0.2.0\n", "a letter\nsignature abc\n"])
def test_another_file_is_named_as_such(tmp_path: Path, text: str) -> None:
    with pytest.raises(Trouble, match="is not about a version of Grant Panel"):
        read_news(version_news_signed(tmp_path, text), KEY.public_key())


@pytest.mark.parametrize(
    "told",
    [
        ["Grant Panel 0.2.0", "released 2026-13-01"],
        ["Panel 9"],
        ["Grant Panel 0.2.0", "released 2026-12-01", "more"],
    ],
)
def test_a_later_form_of_it_is_told_apart(tmp_path: Path, told: list[str]) -> None:
    lines = "".join(f"{line}\n" for line in told)
    code = base64.b64encode(KEY.sign(lines.encode())).decode()

    with pytest.raises(Trouble, match="a later version of Grant Panel wrote it in another form"):
        read_news(version_news_signed(tmp_path, f"{lines}signature {code}\n"), KEY.public_key())


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("0.1.9", "is newer than this one, 0.1.9"),
        ("0.2.0", "there is no newer one"),
        ("0.10.0", "This one, 0.10.0, is newer"),
    ],
)
def test_it_says_how_it_stands_to_the_version_that_runs(own: str, words: str) -> None:
    assert words in NEWS.beside(own)
