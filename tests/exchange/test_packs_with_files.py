"""Attachments in a pack: they come out as they went in, or the pack is refused in words."""

import hashlib
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from exchange.pack_files import (
    Damaged,
    Stretching,
    WrongPassphrase,
    open_pack,
    open_sealed,
    seal,
    seal_in_pieces,
    seal_pack,
)
from models.record import Opener, Record
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.attachments import MOST_BYTES
from models.values.packs import Pack, PackFile, read_pack, with_signature
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import KEYS, issue, office, pack_of

WORDS, LIGHT = "six words for the pack only", Stretching(8 * 1024, 1, 1)
PDF, TABLE, LINE_END = b"%PDF-1.7 a quote\n\n" * 40, bytes(range(256)) * 9, b"\n"
CONTENTS = (PDF, TABLE, LINE_END)


def file_of(content: bytes, **changes: Any) -> PackFile:
    file = PackFile("Quote.pdf", "quote", len(content), hashlib.sha256(content).hexdigest())
    return replace(file, **changes)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack without attachments, as an office issues it."""
    path = tmp_path_factory.mktemp("office") / "office.panel"
    with Record.create(path, Opener("Grace", "tests"), clock=TickingClock()) as record:
        return read_pack(issue(office(record)))


def holding(pack: Pack, *files: PackFile) -> Pack:
    """Return a pack whose first two applications have files, signed anew; the second has the last of them."""
    first, second, *others = pack.applications
    items = (replace(first, files=files[:-1]), replace(second, files=files[-1:]), *others)
    public = signing.public_half(KEYS["M1"]).hex()
    return with_signature(replace(pack, applications=items, office_key=public), KEYS["M1"])


def sealed(pack: Pack, contents: Sequence[bytes]) -> bytes:
    return b"".join(seal_pack(pack, canonical.to_text(pack), contents, WORDS))


def in_small_pieces(pack: Pack, contents: Sequence[bytes], piece: int = 700) -> list[bytes]:
    """Return a sealed pack of many pieces as its start and its pieces."""
    body = b"\n".join((canonical.to_text(pack).encode(), b"".join(contents)))
    return list(seal_in_pieces(pack.pack, (body,), len(body), WORDS, piece=piece, stretching=LIGHT))


@pytest.fixture(scope="module")
def pack(bare: Pack) -> Pack:
    return holding(bare, *map(file_of, CONTENTS))


def test_attachments_come_out_as_they_went_in(pack: Pack) -> None:
    for content in (sealed(pack, CONTENTS), b"".join(in_small_pieces(pack, CONTENTS))):
        opened = pack_of(content, WORDS)

        assert opened.pack == pack
        assert [*map(len, (item.files for item in opened.pack.applications))] == [2, 1, 0]
        assert tuple(opened.contents()) == CONTENTS
        assert tuple(opened.contents()) == CONTENTS  # each time from the file


def test_a_pack_without_attachments_is_in_one_piece_as_before(bare: Pack) -> None:
    content = sealed(bare, ())

    assert content[:8] == b"GPACK\0\x01\n"
    assert sealed(holding(bare, file_of(PDF)), (PDF,))[:8] == b"GPACK\0\x02\n"
    assert tuple(pack_of(content, WORDS).contents()) == ()


@pytest.mark.parametrize(
    "contents",
    [(TABLE, PDF, LINE_END), (PDF, TABLE, b" "), (PDF, TABLE[:-1] + b"\0", LINE_END)],
    ids=["moved", "of another", "of one other byte"],
)
def test_bytes_that_are_not_those_that_the_office_signed_are_refused(
    pack: Pack, contents: tuple[bytes, ...]
) -> None:
    """Whoever has the passphrase can seal, and cannot sign."""
    opened = pack_of(b"".join(in_small_pieces(pack, contents)), WORDS)

    with pytest.raises(Damaged, match="Nothing was imported"):
        tuple(opened.contents())


@pytest.mark.parametrize("contents", [(PDF, TABLE), (*CONTENTS, b"more"), ()])
def test_fewer_or_more_bytes_than_the_pack_lists_are_refused(pack: Pack, contents: tuple[bytes, ...]) -> None:
    with pytest.raises(Damaged):
        pack_of(b"".join(in_small_pieces(pack, contents)), WORDS)
    with pytest.raises(Damaged):
        sealed(pack, contents)


def test_bytes_behind_a_pack_that_lists_none_are_refused(bare: Pack) -> None:
    text = canonical.to_text(bare).encode()

    for body in (text + b"\n", text + b"\nmore", text + b" "):
        with pytest.raises(Trouble):
            pack_of(seal("pack", bare.pack, body, WORDS, stretching=LIGHT), WORDS)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "form"},
        {"kind": "not sorted"},
        {"name": ""},
        {"size": 0},
        {"size": MOST_BYTES + 1},
        {"sha256": "AB" * 32},
    ],
    ids=str,
)
def test_a_file_that_no_office_sends_is_refused_though_it_is_signed(
    bare: Pack, changes: dict[str, object]
) -> None:
    text = canonical.to_text(holding(bare, file_of(PDF, **changes)))

    with pytest.raises(Trouble, match="is not intact"):
        read_pack(text)


def test_random_changes_of_a_pack_with_attachments_are_refused_in_words(pack: Pack) -> None:
    pieces, chance = in_small_pieces(pack, CONTENTS), random.Random(55)
    whole = b"".join(pieces)
    for _ in range(150):
        changed = _changed([*pieces], chance)
        if changed == whole:
            continue
        with pytest.raises(Trouble, match=r"\.$"):
            tuple(pack_of(changed, WORDS).contents())


def _changed(pieces: list[bytes], chance: random.Random) -> bytes:
    """Move, drop or double a piece, cut the end off, or write over some bytes."""
    one, other = chance.randrange(1, len(pieces)), chance.randrange(1, len(pieces))
    match chance.randrange(5):
        case 0:
            pieces[one], pieces[other] = pieces[other], pieces[one]
        case 1:
            del pieces[one]
        case 2:
            pieces.insert(other, pieces[one])
        case 3:
            return b"".join(pieces)[: chance.randrange(sum(map(len, pieces)))]
        case _:
            spoilt = bytearray(b"".join(pieces))
            for _ in range(chance.randrange(1, 9)):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            return bytes(spoilt)
    return b"".join(pieces)


def test_a_file_that_was_put_in_the_place_of_the_opened_one_is_refused(pack: Pack, tmp_path: Path) -> None:
    """Between the look at a pack and its reading in a stick may be changed for another."""
    path, other = tmp_path / "ann.gpack", tmp_path / "other.gpack"
    path.write_bytes(sealed(pack, CONTENTS))
    other.write_bytes(sealed(pack, CONTENTS))
    opened = open_pack(partial(open_sealed, path), WORDS)
    other.replace(path)

    with pytest.raises(Damaged):
        tuple(opened.contents())
    path.unlink()
    with pytest.raises(Trouble, match=r"ann.gpack cannot be read"):
        tuple(opened.contents())


def test_nothing_stands_in_the_clear_and_a_wrong_passphrase_is_told_from_damage(
    pack: Pack,
) -> None:
    content = sealed(pack, CONTENTS)

    assert b"PDF" not in content
    assert b"Quote" not in content
    assert b"quote" not in content

    with pytest.raises(WrongPassphrase, match="does not open this file"):
        pack_of(sealed(pack, CONTENTS), "other words than these six")
