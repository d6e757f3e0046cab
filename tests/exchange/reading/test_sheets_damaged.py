"""A damaged file gives a book or one sentence, never anything else, and is itself left alone."""

import random
import time
from pathlib import Path

import pytest

from exchange.reading.sheet_scan import part_name
from exchange.reading.sheets import NoSavedValue, SheetTable, filled, read_book
from models.trouble import Trouble
from tests.exchange import good_files, hostile
from tests.safety.table import Reached, Times

FEW, MANY = 25, 1_000


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


def swapped(content: bytes, chance: random.Random) -> bytes:
    start, size = chance.randrange(len(content)), chance.randrange(1, 200)
    other = chance.randrange(len(content))
    return content[:start] + content[other : other + size] + content[start + size :]


DAMAGES = (truncated, flipped, torn, grown, swapped)


def damage_and_read(folder: Path, kind: str, times: int) -> float:
    """Damage and read so many files; give the seconds that the slowest took."""
    good, slowest = good_files.MAKERS[kind](), 0.0
    for seed in range(times):
        content = DAMAGES[seed % len(DAMAGES)](good, random.Random(seed))
        path = folder / f"damaged.{kind}"
        path.write_bytes(content)
        said, start = "read", time.perf_counter()
        try:
            read_book(path)
        except Trouble as error:
            said = str(error)
        slowest = max(slowest, time.perf_counter() - start)
        assert said == "read" or (said.startswith("damaged.") and said.endswith("nothing was changed.")), seed
        assert path.read_bytes() == content
        assert [file.name for file in folder.iterdir()] == [path.name]
    return slowest


@pytest.mark.safety(10)
@pytest.mark.parametrize("kind", good_files.MAKERS)
def test_a_damaged_file_is_read_or_refused_in_one_sentence(
    tmp_path: Path, kind: str, times: Times, reached: Reached
) -> None:
    files = times(FEW, MANY)

    slowest = damage_and_read(tmp_path, kind, files)

    reached(f"{files:,} damaged {kind} files: each a book or a sentence, the slowest after {slowest:.1f} s")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_truncated_workbook_is_never_read_in_part(tmp_path: Path, kind: str) -> None:
    good = good_files.MAKERS[kind]()
    path = tmp_path / f"cut.{kind}"

    for length in range(512, len(good), len(good) // 20):
        path.write_bytes(good[:length])
        with pytest.raises(Trouble):
            read_book(path)


PATHS = [
    "worksheets/sheet1.xml",
    "./worksheets/sheet1.xml",
    "../xl/worksheets/sheet1.xml",
    "worksheets\\sheet1.xml",
    "\\xl\\worksheets\\sheet1.xml",
    "/xl/worksheets/sheet1.xml",
    "/xl/./worksheets/sheet1.xml",
]


@pytest.mark.parametrize("target", PATHS)
def test_every_way_of_writing_a_sheets_path_names_the_same_part(target: str) -> None:
    assert part_name(target) == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("target", PATHS)
def test_a_sheet_is_read_by_any_path_with_its_marked_cells(tmp_path: Path, target: str) -> None:
    unsaved = '<row r="2"><c r="A2"><f>1+1</f></c></row>'
    parts = hostile.package(hostile.sheet_xml(hostile.ONE_ROW + unsaved))
    ties = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = ties.replace("worksheets/sheet1.xml", target).encode()
    path = tmp_path / "odd path.xlsx"
    hostile.write_parts(path, parts)

    rows = read_book(path).sheets[0].rows

    assert rows == (("Organisation", 5.0), (NoSavedValue(), None))


def test_a_value_under_a_merged_area_is_kept() -> None:
    table = SheetTable("S", True, (("Coventry", "A"), (None, "B"), ("Dudley", "C")), ((1, 1, 3, 1),))

    assert [row[0] for row in filled(table).rows] == ["Coventry", "Coventry", "Dudley"]
