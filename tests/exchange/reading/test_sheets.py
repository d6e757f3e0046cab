"""Every kind of spreadsheet, text table and pasted rows gives the same values, or one plain sentence."""

import hashlib
import os
import struct
import subprocess
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from zipfile import ZIP_BZIP2

import pytest
import xlwt
from openpyxl import Workbook

from exchange.papers.templates.word_texts import request_of
from exchange.reading import sheets
from exchange.reading.memory import REGISTER_BYTES
from exchange.reading.pages import Shape
from exchange.reading.pasted import (
    AREA_HEADS,
    MEMBER_HEADS,
    Pasted,
    read_area_block,
    read_areas,
    read_block,
    read_plan,
)
from exchange.reading.sheet_scan import UNSAVED
from exchange.reading.sheets import Cell, CellError, NoSavedValue, SheetTable, filled, read_book, start_worker
from exchange.reading.xls_scan import scan_xls
from models.trouble import Trouble
from scoring.budget.limits import PlanLine
from scoring.round import Area
from scoring.written.text import Refused
from tests.exchange import good_files, hostile
from tests.exchange.forked_readers import LOADED
from tests.exchange.good_files import SEALED, packed
from tests.exchange.messages import ole


def saved(path: Path, book: Workbook) -> Path:
    book.save(path)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_kind_of_workbook_gives_the_same_values(tmp_path: Path, kind: str) -> None:
    book = read_book(written(tmp_path / f"list.{kind}", good_files.MAKERS[kind]()))

    assert (book.name, book.kind) == ("list", kind)
    assert book.sheets == (SheetTable("Sheet", True, (good_files.HEADINGS, *good_files.BODY)),)


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    assert read_book(written(tmp_path / "list.csv", good_files.xlsx())).kind == "xlsx"
    assert read_book(written(tmp_path / "list.xlsx", good_files.xls())).kind == "xls"
    assert read_book(written(tmp_path / "list.xls", good_files.csv())).kind == "csv"


def test_rows_and_columns_are_those_of_the_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active["C4"] = "x"
    book.active["E5"] = "a space "
    book.active["A2"] = ""
    book.active.row_dimensions[4].hidden = True
    book.active.column_dimensions["C"].hidden = True

    table = read_book(saved(tmp_path / "gaps.xlsx", book)).sheets[0]

    assert [table.cell(4, 3), table.cell(5, 5), table.cell(1, 1), table.cell(9, 9)] == [
        "x",
        "a space ",
        None,
        None,
    ]
    assert (len(table.rows), {len(row) for row in table.rows}) == (5, {5})


def test_hidden_sheets_are_told_and_charts_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Shown"
    book.create_chartsheet("Chart")
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.create_sheet("Very").sheet_state = "veryHidden"

    read = read_book(saved(tmp_path / "hidden.xlsx", book)).sheets

    assert [(table.name, table.visible) for table in read] == [
        ("Shown", True),
        ("Hidden", False),
        ("Very", False),
    ]


def test_errors_and_formulas_without_a_value_are_told_from_blanks(tmp_path: Path) -> None:
    cells = (
        '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="B1"><f>A2*2</f></c><c r="C1"><f>A2</f><v></v></c><c r="D1"><f t="shared" si="0"/><v/></c>'
        '<c r="E1" t="str"><f>""</f><v></v></c><c r="F1" s="1"/><c r="G1"><f>1+1</f><v>2</v></c>'
        '<c r="H1" t="e"><v>#N/A</v></c>'
    )
    path = tmp_path / "errors.xlsx"
    sheets_of = (hostile.sheet_xml(""), hostile.sheet_xml(f'<row r="1">{cells}</row>'))
    hostile.write_parts(path, hostile.package(*sheets_of, names=("First", "R&amp;D")))

    table = read_book(path).sheets[1]

    unsaved = NoSavedValue()
    assert table.name == "R&D"
    assert table.rows == (
        (CellError("#DIV/0!"), unsaved, unsaved, unsaved, None, None, 2.0, CellError("#N/A")),
    )


def test_formulas_without_a_value_and_values_too_far_out_are_told_in_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, "x")
    sheet.write(1, 1, xlwt.Formula("1/0"))
    book.save(str(tmp_path / "old.xls"))

    assert read_book(tmp_path / "old.xls").sheets[0].rows == (("x", None), (None, NoSavedValue()))

    far, formatted = xlwt.Workbook(), xlwt.Workbook()
    far.add_sheet("S").write(20_000, 2, "x")
    far.save(str(tmp_path / "far.xls"))
    sheet = formatted.add_sheet("S")
    sheet.write(0, 0, "x")
    red = xlwt.easyxf("pattern: pattern solid, fore_colour red")
    for row in range(1, 30_000):
        sheet.write(row, 0, None, red)
    formatted.save(str(tmp_path / "formatted.xls"))

    with pytest.raises(Trouble, match="cell C20001, beyond row 20,000"):
        read_book(tmp_path / "far.xls")
    corner = xlwt.Workbook()
    corner.add_sheet("S").write(65_535, 255, 1)
    corner.save(str(tmp_path / "corner.xls"))
    with pytest.raises(Trouble, match="cell IV65536, beyond row 20,000"):
        read_book(tmp_path / "corner.xls")
    worked_out = xlwt.Workbook()
    worked_out.add_sheet("S").write(20_000, 0, xlwt.Formula("1+1"))
    worked_out.save(str(tmp_path / "worked out.xls"))
    with pytest.raises(Trouble, match="cell A20001, beyond row 20,000"):
        read_book(tmp_path / "worked out.xls")
    assert read_book(tmp_path / "formatted.xls").sheets[0].rows == (("x",),)


def test_what_an_old_workbook_marks_is_told_of_each_sheet() -> None:
    code = b"[$EUR] #,##0"
    cells = (
        *(BEGUN, BEGUN, record(0x0203, bytes(14)), ENDED),  # a chart, whose numbers are of no cell
        record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 0x2A, 1)),
        record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 1, 0)),  # a truth
        record(0x0006, struct.pack("<HHHBxB3xH", 1, 0, 0, 2, 0x07, 0xFFFF)),
        record(0x0006, struct.pack("<HHHBxB3xH", 1, 1, 0, 3, 0, 0xFFFF)),
        record(0x00BD, struct.pack("<HHHIHIH", 2, 1, 0, 4500, 1, 250, 2)),
        ENDED,
    )
    looks = (
        record(0x041E, struct.pack("<HHB", 164, len(code), 0) + code),
        *(record(0x00E0, struct.pack("<HH", 0, number)) for number in (0, 164)),
    )
    head = len(b"".join((BEGUN, *looks, ENDED))) + 4 + 13
    sheet = record(0x0085, struct.pack("<IHB", head, 0, 5) + b"\0Sheet")

    found = scan_xls(ole({"Workbook": b"".join((BEGUN, *looks, sheet, ENDED, *cells))}))["Sheet"]

    assert found.marks == {(1, 1): "#N/A", (2, 1): "#DIV/0!", (2, 2): UNSAVED}
    assert found.units == {(3, 3): "EUR {0}"}


def test_a_sheet_of_an_unusual_shape_is_read_as_any_other(tmp_path: Path) -> None:
    unit = '<numFmts><numFmt numFmtId="164" formatCode="[$€-2] #,##0"/></numFmts>'
    looks = f'{unit}<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    words = '<x:c s="1" t="inlineStr"><x:is><x:t>{}</x:t></x:is></x:c>'
    sheet = (
        f'<x:worksheet xmlns:x="{hostile.MAIN}"><x:sheetData><x:row r="1" hidden="1">'
        f'<x:c s="1"><x:v>4500</x:v></x:c>{words.format("none")}<x:c t="e"><x:v>#N/A</x:v></x:c>'
        f"<x:c><x:f>1+1</x:f></x:c></x:row><x:row r='3'>{words.format('')}</x:row>"
        '<x:row r="9"><x:c s="1"/></x:row><x:row r="30000"><x:c s="1"/></x:row></x:sheetData></x:worksheet>'
    )
    styles = {"xl/styles.xml": f'<styleSheet xmlns="{hostile.MAIN}">{looks}</styleSheet>'.encode()}
    hostile.write_parts(tmp_path / "list.xlsx", hostile.package(sheet.encode()) | styles)

    table = read_book(tmp_path / "list.xlsx").sheets[0]

    assert table.rows == (("€ 4500", "none", CellError("#N/A"), NoSavedValue()),)
    assert table.hidden == (1,)


def test_spells_of_time_are_text_and_moments_are_whole_seconds(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append((time(9, 30, 15), timedelta(hours=30), datetime(2026, 3, 4, 9, 30, 14, 800_000)))

    (row,) = read_book(saved(tmp_path / "times.xlsx", book)).sheets[0].rows

    assert row == ("09:30:15", "30:00", datetime(2026, 3, 4, 9, 30, 15))


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_areas_are_told_and_filled_downwards(tmp_path: Path, kind: str) -> None:
    if kind == "xlsx":
        book = Workbook()
        for row in (("Area", "Organisation"), ("Coventry", "A"), (None, "B"), ("Walsall", None), ("", "C")):
            book.active.append(row)
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("A4:B4")
        saved(tmp_path / "merged.xlsx", book)
    else:
        old = xlwt.Workbook()
        sheet = old.add_sheet("Sheet", cell_overwrite_ok=True)
        for number, (area, name) in enumerate(
            (("Area", "Organisation"), ("", "A"), ("", "B"), ("", ""), ("", "C"))
        ):
            sheet.write(number, 1, name)
            sheet.write(number, 0, area)
        sheet.write_merge(1, 2, 0, 0, "Coventry")
        sheet.write_merge(3, 3, 0, 1, "Walsall")
        old.save(str(tmp_path / "merged.xls"))

    table = read_book(tmp_path / f"merged.{kind}").sheets[0]

    assert sorted(table.merges) == [(2, 1, 3, 1), (4, 1, 4, 2)]
    assert [row[0] for row in filled(table).rows] == ["Area", "Coventry", "Coventry", "Walsall", None]
    assert filled(table).cell(4, 2) is None


def test_numbers_that_are_none_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "endless.xlsx"
    rows = '<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>2</v></c></row>'
    hostile.write_parts(path, hostile.package(hostile.sheet_xml(rows)))

    assert read_book(path).sheets[0].rows == ((CellError("#NUM!"), 2.0),)


def test_the_file_is_neither_changed_nor_touched_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = written(tmp_path / "list.xlsx", good_files.xlsx())
    os.utime(path, ns=(10**18, 10**18))
    path.chmod(0o400)
    before = path.read_bytes()

    read_book(path)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, 10**18)
    assert [file.name for file in tmp_path.iterdir()] == ["list.xlsx"]


def record(number: int, body: bytes = b"") -> bytes:
    """Return a record of an old workbook: its number, its length and its bytes."""
    return struct.pack("<HH", number, len(body)) + body


BEGUN, ENDED = record(0x0809, b"\0\6" + bytes(14)), record(0x000A)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
SENTENCES = {
    "empty": (b"", "is empty"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
    "page": (b"\xef\xbb\xbf \n<HTML xmlns:x='a'><table></table>", "is a web page"),
    "page with prologue": (b"<?xml version='1.0'?><html xmlns='a'/>", "is a web page"),
    "xml": (b'<?xml version="1.0"?><list/>', "is an XML file"),
    "binary": (bytes(range(256)) * 9, "is not a spreadsheet or is damaged"),
    "very old": (b"\x09\x08\x06\x00\x00\x00\x10\x00" + bytes(99), "very old Excel"),
    "locked": (OLE + "EncryptedPackage\0".encode("utf-16-le"), "is protected with a password"),
    "word": (OLE + "WordDocument\0".encode("utf-16-le"), "is a Word document"),
    "other": (OLE + "Contents\0".encode("utf-16-le"), "holds no workbook"),
    "half": (good_files.xlsx()[:-40], "is damaged"),
    "json": (b'[{"Organisation": "A"}]', "is a JSON file"),
    "xml of 2003": (
        b"<?xml?><a xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        "is an Excel 2003 XML",
    ),
    "xlsb": (packed({"xl/workbook.bin": b""}), "is an Excel binary workbook"),
    "docx": (packed({"word/document.xml": b""}), "is a text document"),
    "pptx": (packed({"ppt/presentation.xml": b""}), "is a presentation or a drawing"),
    "numbers": (packed({"Index/Document.iwa": b""}), "is an Apple document; export it from Numbers"),
    "zip": (packed({"list.xlsx": b""}), "is a zip archive, not a spreadsheet; unpack it"),
    "locked ods": (packed({"META-INF/manifest.xml": b"<encryption-data/>"}), "is protected with a password"),
    "locked zip": (
        packed({"xl/workbook.xml": b""}).replace(*SEALED),
        "is protected with a password",
    ),
    "locked xls": (ole({"Workbook": BEGUN + record(0x2F) + ENDED}), "is protected with a password"),
    "odd packing": (packed({"xl/workbook.xml": b""}, ZIP_BZIP2), "is damaged"),
    "torn ods": (packed({"mimetype": good_files.OPEN_KIND, "content.xml": "<a>"}), "is damaged"),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_what_is_no_spreadsheet_is_named_in_one_sentence(tmp_path: Path, case: str) -> None:
    content, said = SENTENCES[case]
    path = written(tmp_path / "list.xlsx", content)

    with pytest.raises(Trouble, match=said) as caught:
        read_book(path)

    assert str(caught.value).startswith("list.xlsx ")
    assert str(caught.value).endswith("; nothing was changed.")
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_folder_and_a_pipe_are_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"none\.xlsx is not there"):
        read_book(tmp_path / "none.xlsx")
    with pytest.raises(Trouble, match="is a folder"):
        read_book(tmp_path)
    with pytest.raises(Trouble, match="could not be opened"):
        read_book(tmp_path / ("x" * 400))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are not on every system")
def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")

    with pytest.raises(Trouble, match="is not a file"):
        read_book(tmp_path / "pipe.xlsx")


def test_a_file_over_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "large.xlsx").open("wb") as file:
        file.truncate(50_000_001)

    with pytest.raises(Trouble, match="is larger than 50 MB"):
        read_book(tmp_path / "large.xlsx")


@pytest.mark.parametrize(
    ("does", "limit", "seconds"),
    [
        ("import time; time.sleep(60)", "HUNG_SECONDS", 0.5),
        ("import os; os.abort()", "HUNG_SECONDS", 0.5),
        ("print('not what was asked')", "HUNG_SECONDS", 0.5),
        (
            "import sys; sys.stdout.write('x' * 1000); sys.stdout.flush(); import time; time.sleep(60)",
            *("HUNG_SECONDS", 0.5),
        ),
        ("while True: pass", "SECONDS", 0.2),
        ("import os, time; os.close(1); time.sleep(60)", "ENDING_SECONDS", 0.1),
    ],
    ids=["hangs", "dies", "babbles", "hangs in the middle", "works without end", "has said all"],
)
def test_a_reader_that_hangs_dies_or_babbles_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, limit: str, seconds: float
) -> None:
    path = written(tmp_path / "list.xlsx", good_files.xlsx())
    monkeypatch.setattr(sheets, "worker_command", lambda: [sys.executable, "-c", does])
    monkeypatch.setattr(sheets, limit, seconds)

    with pytest.raises(Trouble, match="could not be read safely"):
        read_book(path)


def test_memory_is_watched_where_the_system_does_not_bound_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "list.xlsx", good_files.xlsx())
    takes = "kept = bytearray(80_000_000); import time; time.sleep(60)"
    monkeypatch.setattr(sheets, "worker_command", lambda: [sys.executable, "-c", takes])
    monkeypatch.setattr(sheets, "memory_for", lambda content: 50_000_000)
    monkeypatch.setattr(sys, "platform", "darwin")
    ticks: list[int] = []

    with pytest.raises(Trouble, match="could not be read safely"):
        read_book(path, tick=lambda done, total: ticks.append(done))

    # it is not waited for to the end, which would tick 1,800 times
    assert len(ticks) < 1_200


def test_a_reader_that_says_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "list.xlsx", good_files.xlsx())
    monkeypatch.setattr(sheets, "MAX_ANSWER_BYTES", 100)

    with pytest.raises(Trouble, match="could not be read safely"):
        read_book(path)


def test_a_book_bears_the_sum_of_the_bytes_that_were_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Organisation,Amount\nCanal Scouts,5\n")

    assert read_book(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def rows(folder: Path, content: bytes) -> tuple[tuple[Cell, ...], ...]:
    path = folder / "list.csv"
    path.write_bytes(content)
    return read_book(path).sheets[0].rows


@pytest.mark.parametrize(
    "code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["UTF-8", "with a mark", "UTF-16", "Windows"]
)
def test_characters_are_told_in_every_coding(tmp_path: Path, code: str) -> None:
    content = "Organisation,Amount\r\nCafé – “Môn”,£4 €\r\n".encode(code)

    assert rows(tmp_path, content)[1] == ("Café – “Môn”", "£4 €")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Łódź Club,żółć\n".encode() + b"Caf\xe9,2\n", (("Łódź Club", "żółć"), ("Café", "2"))),
        (b"Group;Sum\nA;4,500\nB;5,250\n", (("Group", "Sum"), ("A", "4,500"), ("B", "5,250"))),
        (b"sep=;\r\na,b;c\r\n", (("a,b", "c"),)),
        (b'a,b\n5" pipe,x\n"The ""Lunch""",y\n', (("a", "b"), ('5" pipe', "x"), ('The "Lunch"', "y"))),
        (
            b'Title\r\n\r\nA,Need\r\n"A","line one\r\nline two"\r\n\r\nB,x\r\n\r\n\r\n',
            (
                *(("Title", None), (None, None), ("A", "Need"), ("A", "line one\r\nline two")),
                *((None, None), ("B", "x")),
            ),
        ),
    ],
    ids=["a stray byte", "commas in sums", "a separator that is named", "quotation marks", "blank rows"],
)
def test_cells_of_a_text_file_are_parted_and_rows_counted_as_excel_shows_them(
    tmp_path: Path, content: bytes, expected: tuple[tuple[Cell, ...], ...]
) -> None:
    assert rows(tmp_path, content) == expected


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_from_the_rows(tmp_path: Path, separator: str) -> None:
    lines = (
        ("Reference", "Organisation", "Amount"),
        ("1", '"Food, warmth; and more"', "4500"),
        ("2", '"Five\ttabs, ""quoted""; here"', "250"),
    )
    content = "\n".join(separator.join(line) for line in lines).encode()

    assert rows(tmp_path, content)[1:] == (
        ("1", "Food, warmth; and more", "4500"),
        ("2", 'Five\ttabs, "quoted"; here', "250"),
    )


def test_too_many_rows_or_columns_and_a_quotation_that_never_closes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cell A20001, beyond row 20,000"):
        rows(tmp_path, b"a\n" * 20_001)
    with pytest.raises(Trouble, match="cell KO1, beyond 300 columns"):
        rows(tmp_path, b"a," * 301)

    with pytest.raises(Trouble, match="more than 1,000,000 characters in cell B2"):
        rows(tmp_path, b"a,b\nx," + b"y" * 1_000_001)

    assert rows(tmp_path, b"a,b\n" + b",,,\n" * 1_000_000) == (("a", "b"),)
    assert len(rows(tmp_path, b"a\n" * 20_000)) == 20_000

    with pytest.raises(Trouble, match="quotation mark in row 2 that is never closed"):
        rows(tmp_path, b'Organisation,Amount\n"Friends,5\nB,6\nC,7\n')


COVENTRY = Area("Coventry", 4_800_000)


def test_a_table_is_read_with_all_its_amounts_and_without_its_headings() -> None:
    table = "Area\tPot £\tStart-up\tCommitted\nB'ham East\t62,000\t10,000\t\nCoventry\t£48,000"

    assert read_areas(table) == (Area("B'ham East", 6_200_000, 1_000_000), COVENTRY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Coventry\t48000\nDudley\tlots", "Line 2, pot: “lots”"),
        ("\t48000", "Line 1 has no name"),
        ("Coventry £1\nDudley -5", "Line 2: “Dudley -5” has an amount in the area's name"),
        ("Walsall 12k", "Line 1: “Walsall 12k” has an amount"),
        ("Dudley £30,000 and £10,000", "Line 1: “Dudley £30,000 and” has an amount"),
        ("Dudley\t1\t2\t3\t4", "Line 1 has more than a name and three amounts"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_areas(text)


def test_a_line_of_a_plan_may_name_an_award_after_what_is_planned() -> None:
    text = "Purpose\tPlanned\tAwarded\nNight wardens\t£120,000\tA-030-01\nShelter;90,000;5,000;10"

    assert read_plan(text) == (
        PlanLine("Night wardens", 12_000_000, award="A-030-01"),
        PlanLine("Shelter", 9_000_000, 500_000, 1_000),
    )
    with pytest.raises(Refused):
        read_plan("Wardens; lots; A-030-01")


DUDLEY = ("Dudley", "£34,000", "10000", "", "")
WALSALL = ("Walsall", "32,000.00", "", "500", "")


@pytest.mark.parametrize(
    "text",
    [
        "Dudley\t£34,000\t10000\t\r\nWalsall\t32,000.00\t\t500\r\n",
        "Area\tPot £\tStart-up\tCommitted already\nDudley\t£34,000\t10000\t\n\t\t\nWalsall\t32,000.00\t\t500",
        "Committed\tNPU\tBudget 2026/27\tStart-up\n\tDudley\t£34,000\t10000\n500\tWalsall\t32,000.00\t",
    ],
)
def test_the_cells_come_into_their_columns(text: str) -> None:
    assert read_area_block(text) == Pasted((DUDLEY, WALSALL))


@pytest.mark.parametrize(
    ("total", "words"),
    [
        ("Total\t£66,000", "The row “Total” agrees with the areas, £66,000, and is left out."),
        ("Sum\tabout 66", "The row “Sum” is left out: it is not an area."),
    ],
)
def test_a_row_of_totals_is_no_area_and_is_held_against_them(total: str, words: str) -> None:
    # 34,000 + 32,000 = 66,000
    found = read_area_block(f"Dudley\t£34,000\t10000\nWalsall\t32,000.00\t\t500\n{total}")

    assert found == Pasted((DUDLEY, WALSALL), (words,))
    wrong = read_area_block("Dudley\t£34,000\t10000\nWalsall\t32,000.00\t\t500\nGrand total:\t£66,500")
    assert wrong.rows == (DUDLEY, WALSALL)
    assert wrong.warning == (
        "The pasted row “Grand total:” says £66,500, but the areas come to £66,000. Check the amounts."
    )


def test_what_does_not_fit_is_named() -> None:
    found = read_block("Name\tE-mail\tRole\nAnn Sample\tann@example.org\tChair", MEMBER_HEADS)
    assert found == Pasted(
        (("Ann Sample", "Chair", "", "", ""),), ("Left out, since the grid has no such column: “E-mail”.",)
    )
    unnamed = read_area_block("Area\tPot\nDudley\t£34,000\t10000\nWalsall\t32,000.00\t\t500\t\tx")
    assert unnamed.rows == (DUDLEY, WALSALL)
    assert unnamed.notes == ("Left out, since the grid has no such column: column 6.",)
    wide = read_block("Dudley\t1\t2\t3\tboth\t5", AREA_HEADS)
    assert wide.notes == ("Only the first 5 columns fit in the grid; the others are left out.",)
    assert len(read_block("\n".join(f"Area {n}" for n in range(300)), AREA_HEADS).rows) == 200


LIST = b"Reference,Amount\nA-1,40\n"
TOLD = {
    "pages": b"%d\n%b" % (len(LIST), LIST),
    "register": b"{}\n",
    "words": request_of(["{{ count }} pages"], [Shape("pages", 2, (300, 200))]),
}


@pytest.mark.parametrize("kind", ["book", *LOADED])
def test_both_say_the_same(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, said = tmp_path / "list.csv", []
    file.write_bytes(LIST)
    for program in (subprocess, sheets.subprocess):
        monkeypatch.setattr(sheets, "subprocess", program)
        with start_worker(file, kind, TOLD.get(kind, LIST)) as worker:
            said.append([line for line in worker.lines(60, REGISTER_BYTES) if line])

    assert said[0] == said[1]
    assert said[0]
