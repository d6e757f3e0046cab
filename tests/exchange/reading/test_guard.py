"""Crafted, damaged and bomb-like files are answered at once in little memory; legal oddities are read."""

import ast
import io
import random
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from exchange.reading import guard
from exchange.reading.logo import read_logo
from exchange.reading.sheets import CellError, NoSavedValue, SheetTable, filled, read_book
from models.trouble import Trouble
from tests.exchange import good_files, hostile
from tests.exchange.reading.register_files import put
from tests.exchange.reading.test_sheets import packed
from tests.safety.table import Reached, Times
from tests.sources import ROOMS, nodes

SECONDS = 5
"""Of the processor, in the program and the process that reads for it: a busy computer makes no difference."""
MEGABYTES = 300
ROOT = Path(__file__).parents[3]
MEASURED = """
import os, resource, sys
from pathlib import Path
from exchange.reading.sheets import filled, read_book
from models.trouble import Trouble
for line in sys.stdin:
    before = sum(os.times()[:4])
    try:
        sheets = read_book(Path(line.rstrip("\\n"))).sheets
        for sheet in sheets:
            filled(sheet)
        said = "read"
        if len(sheets) == len(sheets[0].rows) == 1:
            said = f"read {sheets[0].rows}"
    except Trouble as error:
        said = str(error)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = Path("/proc/self/status")
    if own.exists():
        used = max(used, *(int(line.split()[1]) for line in own.read_text().splitlines() if "VmHWM" in line))
    print(sum(os.times()[:4]) - before, used // 1024, said, flush=True)
"""


class Program:
    """A program that reads files and measures it, for all tests: each reads in a process of its own.

    The tests' own process would be counted with the megabytes of those that it starts.
    """

    def __init__(self) -> None:
        self._started = subprocess.Popen(
            [sys.executable, "-c", MEASURED],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self, path: Path) -> tuple[float, int, str]:
        """Give the seconds for a file, the most megabytes that any process had by then, and the answer.

        That is "read", with the row where there is one alone, or why it is refused.
        """
        assert self._started.stdin is not None
        assert self._started.stdout is not None
        print(path, file=self._started.stdin, flush=True)
        seconds, megabytes, said = self._started.stdout.readline().split(maxsplit=2)
        return float(seconds), int(megabytes), said.strip()

    def end(self) -> None:
        """Have it come to its end."""
        self._started.communicate()


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    started = Program()
    yield started
    started.end()


@pytest.mark.safety(11)
@pytest.mark.skipif(sys.platform == "win32", reason="the resource module measures elsewhere")
@pytest.mark.parametrize("maker", [*hostile.REFUSED, *hostile.ANSWERED])
def test_crafted_files_are_answered_quickly_in_little_memory(
    program: Program, tmp_path: Path, maker: str, times: Times, reached: Reached
) -> None:
    path = tmp_path / f"{maker}.xlsx"
    (hostile.REFUSED | hostile.ANSWERED)[maker](path)

    seconds, megabytes, said = program.answer(path)

    is_read = said.partition(" ")[0] == "read"
    answered = "read" if is_read else "refused"
    reached(f"{maker.replace('_', ' ')}: {answered} after {seconds:.1f} s, with no more than {megabytes} MB")
    assert seconds < times(2, 1) * SECONDS  # the suite passes on a slow computer
    assert megabytes < MEGABYTES
    assert is_read or said.endswith("nothing was changed.")
    assert maker in hostile.ANSWERED or not is_read
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "empty",
    [
        '<c r="A30000" s="1"><v></v></c>',
        '<c r="A30000"><f>B1</f></c>',
        '<c r="A30000"><f>B1</f><v /></c>',
        '<c s="1" r="A30000"><f>B1</f><v></v></c>',
    ],
)
def test_far_cells_and_formulas_without_a_value_are_read_past(tmp_path: Path, empty: str) -> None:
    path = tmp_path / "far.xlsx"
    rows = f'{hostile.ONE_ROW}<row r="30000">{empty}</row>'
    hostile.write_parts(path, hostile.package(hostile.sheet_xml(rows)))

    assert read_book(path).sheets[0].rows == (("Organisation", 5.0),)


@pytest.mark.parametrize(
    ("cell", "where"),
    [("A20001", "row 20,000"), ("A1048576", "row 20,000"), ("KO1", "300 columns"), ("XFD1", "300 columns")],
)
def test_a_value_too_far_out_is_refused_with_its_cell(tmp_path: Path, cell: str, where: str) -> None:
    path = tmp_path / "far.xlsx"
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = f'{hostile.ONE_ROW}<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    hostile.write_parts(path, hostile.package(hostile.sheet_xml(rows)))

    with pytest.raises(Trouble, match=f"cell {cell}, beyond {where}"):
        read_book(path)


@pytest.mark.parametrize(
    "far",
    [
        '<row r="2"><c s="1" r="XFD2"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row>',
        '<row r="30000"><c r="A30000" s="1" t="str"><f>B1</f><v></v></c></row>',
        "<!-- a remark --><row r='1048576'><c r='A1048576'><v>1</v></c></row>",
        '<row r="2">' + "<c><v>1</v></c>" * 16_000 + "</row>",
    ],
)
def test_far_values_written_in_unusual_ways_are_refused_too(tmp_path: Path, far: str) -> None:
    path = tmp_path / "far.xlsx"
    hostile.write_parts(path, hostile.package(hostile.sheet_xml(hostile.ONE_ROW + far)))

    with pytest.raises(Trouble, match="beyond"):
        read_book(path)


def test_a_far_value_and_too_many_cells_letters_or_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "prefixed.xlsx"
    sheet = (
        f'<x:worksheet xmlns:x="{hostile.MAIN}"><x:sheetData><x:row r="30000">'
        '<x:c r="A30000"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    hostile.write_parts(path, hostile.package(sheet.encode()))

    with pytest.raises(Trouble, match="cell A30000, beyond row 20,000"):
        read_book(path)

    path = tmp_path / "many.xlsx"
    cells = "".join(f'<c r="A1"><v>{n * 7919 % 100_003}</v></c>' for n in range(100_001))
    many = hostile.sheet_xml(f"<row>{cells}</row>" * 10)
    hostile.write_parts(path, hostile.package(many, many, names=("A", "B")))

    with pytest.raises(Trouble, match="more than 2,000,000 cells"):
        read_book(path)

    path = tmp_path / "long.xlsx"
    rows = f'<row r="3">{hostile.text_cell("B3", "x" * 1_000_001)}</row>'
    hostile.write_parts(path, hostile.package(hostile.sheet_xml(rows)))

    with pytest.raises(Trouble, match="more than 1,000,000 characters in cell B3"):
        read_book(path)

    path = tmp_path / "parts.xlsx"
    extra = {f"xl/media/part{n}.xml": b"" for n in range(5_000)}
    hostile.write_parts(path, hostile.package(hostile.sheet_xml(hostile.ONE_ROW)) | extra)

    with pytest.raises(Trouble, match="more than 5,000 parts"):
        read_book(path)


def test_repeated_empty_rows_are_read_past_and_repeated_values_refused(tmp_path: Path) -> None:
    path = tmp_path / "repeated.ods"
    write_ods(path, '<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_575)

    assert read_book(path).sheets[0].rows == (("Organisation",),)

    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    write_ods(path, cell, repeated=1_048_575)

    with pytest.raises(Trouble, match="beyond row 20,000"):
        read_book(path)


def test_errors_and_merged_areas_of_an_opendocument_sheet_are_told(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell><table:table-cell/><table:table-cell/>"
        '<table:table-cell table:formula="of:=A1" table:number-rows-spanned="2"/>'
    )
    write_ods(tmp_path / "marks.ods", cells, repeated=2)

    table = read_book(tmp_path / "marks.ods").sheets[0]

    assert table.rows[1:] == ((CellError("#DIV/0!"), None, None, NoSavedValue()),) * 2
    assert table.merges == ((2, 4, 3, 4),)


def write_ods(path: Path, cell: str, *, repeated: int) -> None:
    """Write an OpenDocument spreadsheet of a heading and one repeated row."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    heading = '<table:table-cell office:value-type="string"><text:p>Organisation</text:p></table:table-cell>'
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="T"><table:table-row>{heading}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="{repeated}">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<!DOCTYPE manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest/>'
    )
    hostile.write_parts(
        path, {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest}
    )


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
    *("worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"),
    *("worksheets\\sheet1.xml", "\\xl\\worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml"),
    "/xl/./worksheets/sheet1.xml",
]


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
    merges = ((1, 1, 3, 1), (1, 2, 3, 2))
    table = SheetTable("S", True, (("Coventry", None), (None, "B"), ("Dudley", None)), merges)

    assert filled(table).rows == (("Coventry", None), ("Coventry", "B"), ("Dudley", None))


def png(width: int, height: int, *, kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(written, kind)
    return written.getvalue()


JPEG = png(40, 20, kind="JPEG")


def enlarged(jpeg: bytes, side: int) -> bytes:
    """Return a picture whose frame says that it is another size than it is."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", side, side) + jpeg[at + 4 :]


def bomb() -> bytes:
    """Return a picture of 30,000 by 30,000 pixels in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_nothing_beside_the_picture_of_a_jpeg_is_kept(tmp_path: Path) -> None:
    noted = b"\xff\xfe" + struct.pack(">H", 2 + 11) + b"made at 1 A"
    logo = read_logo(put(tmp_path, "logo.jpg", JPEG[:2] + noted + JPEG[2:]))

    assert b"made at" not in logo.png


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(), "logo.png is 30,000 by 30,000 pixels, and a logo has up to 4,000 each way"),
        (png(40, 20)[:60], "logo.png is damaged, or not a complete PNG"),
        (JPEG[:-200], "logo.png is damaged, or not a complete JPEG"),
        (enlarged(JPEG, 65_000), "logo.png is 65,000 by 65,000 pixels, and a logo has up to 4,000"),
        (enlarged(JPEG, 0), "logo.png is damaged, or not a complete JPEG"),
        (b"GIF89a", "logo.png is not a PNG or JPEG picture"),
        (b"", "logo.png is empty"),
        (b"x" * 1_000_001, "logo.png is larger than 1 MB"),
    ],
)
def test_what_is_no_logo_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        read_logo(put(tmp_path, "logo.png", content))


def named_otherwise(path: Path, sheet: bytes, ending: str) -> Path:
    """Write a workbook whose sheet lies under a name that ends as another kind of file's does."""
    parts = hostile.package(sheet)
    ties = parts["xl/_rels/workbook.xml.rels"].replace(b"sheet1.xml", b"sheet1.%s" % ending.encode())
    parts["xl/_rels/workbook.xml.rels"] = ties
    parts[f"xl/worksheets/sheet1.{ending}"] = parts.pop("xl/worksheets/sheet1.xml")
    hostile.write_parts(path, parts)
    return path


@pytest.mark.parametrize("ending", ["xml", "png", "JPEG", "emf", "bin", "mp4", "odttf"])
def test_a_sheet_is_looked_over_whatever_it_is_called(tmp_path: Path, ending: str) -> None:
    hidden = hostile.sheet_xml(
        hostile.ONE_ROW + f'<row r="2" hidden="1">{hostile.text_cell("A2", "Secret")}</row>'
    )
    book = named_otherwise(tmp_path / "hidden.xlsx", hidden, ending)
    far = hostile.sheet_xml(f'{hostile.ONE_ROW}<row r="30000"><c r="A30000"><v>1</v></c></row>')
    far_book = named_otherwise(tmp_path / "far.xlsx", far, ending)
    bomb = hostile.sheet_xml(f"{hostile.ONE_ROW}{' ' * 40_000_000}")
    bomb_book = named_otherwise(tmp_path / "bomb.xlsx", bomb, ending)

    assert read_book(book).sheets[0].hidden == (2,)
    with pytest.raises(Trouble, match="cell A30000, beyond row 20,000"):
        read_book(far_book)
    with pytest.raises(Trouble, match="holds more than 1,000,000 characters"):
        read_book(bomb_book)


def test_pictures_that_unpack_to_more_than_a_workbook_holds_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 1_000_000)
    book = hostile.package(hostile.sheet_xml(hostile.ONE_ROW))
    pictures = {f"xl/media/image{n}.png": bytes(600_000) for n in (1, 2)}
    content = packed({name: part.decode() for name, part in book.items()} | pictures)

    with pytest.raises(Trouble, match="unpacks to far more than a spreadsheet holds"):
        guard.check_zip(content)
    assert guard.check_zip(packed({name: part.decode() for name, part in book.items()})).kind == "xlsx"


READ_WHOLE = {
    "exchange/reading/sheet_scan.py": "a workbook that the guard has gone through",
    "exchange/papers/non_text.py": "a workbook that the guard has gone through, a Word file of a known size",
    "exchange/papers/region.py": "the same workbook",
    "exchange/xlsx/xlsx_cells.py": "a workbook that was just written",
}
"""Where a part of a package is read without a bound, and why it has one."""


def test_nothing_is_unpacked_without_a_bound() -> None:
    unbounded, whole = [], set()
    for path, node in nodes("decompress|ZipFile", *ROOMS):
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="decompress"), args=arguments):
                if len(arguments) < 2 or (isinstance(value, ast.Name) and value.id in PACKERS):
                    unbounded.append(f"{path}:{node.lineno}")
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="read" | "extractall")):
                if name in ("archive", "book", "package", "packed", "source", "whole"):
                    whole.add(path)

    assert unbounded == []
    assert whole == {*READ_WHOLE}


PACKERS = ("bz2", "gzip", "lzma", "zlib")
