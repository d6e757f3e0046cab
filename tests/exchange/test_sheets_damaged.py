"""A damaged file gives a book or one sentence, never anything else, and is itself left alone."""

import random
from pathlib import Path

import pytest

from exchange.sheets import read_book
from models.trouble import Trouble
from tests.exchange import good_files

FEW, MANY = 24, 1_500


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 9)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def torn(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 200) :]


def grown(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + chance.randbytes(chance.randrange(1, 200)) + content[start:]


DAMAGES = (truncated, flipped, torn, grown)


def damage_and_read(folder: Path, kind: str, times: int) -> None:
    good = good_files.MAKERS[kind]()
    for seed in range(times):
        content = DAMAGES[seed % len(DAMAGES)](good, random.Random(seed))
        path = folder / f"damaged.{kind}"
        path.write_bytes(content)
        said = "read"
        try:
            read_book(path)
        except Trouble as error:
            said = str(error)
        assert said == "read" or (said.startswith("damaged.") and said.endswith("nothing was changed.")), seed
        assert path.read_bytes() == content
        assert [file.name for file in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", good_files.MAKERS)
def test_a_damaged_file_is_read_or_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    damage_and_read(tmp_path, kind, FEW)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", good_files.MAKERS)
def test_thousands_of_damaged_files_are_read_or_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    damage_and_read(tmp_path, kind, MANY)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_truncated_workbook_is_never_read_in_part(tmp_path: Path, kind: str) -> None:
    good = good_files.MAKERS[kind]()
    path = tmp_path / f"cut.{kind}"

    for length in range(512, len(good), len(good) // 20):
        path.write_bytes(good[:length])
        with pytest.raises(Trouble):
            read_book(path)
