"""Makers of crafted bad files: each writes one small file that hangs, fills or kills an unguarded reader."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from exchange.reading.cell_names import column_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEGABYTE = 1 << 20

Maker = Callable[[Path], None]
Parts = dict[str, bytes]


def sheet_xml(rows: str, *, after: str = "", before: str = "") -> bytes:
    """Give a worksheet with these rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def package(*sheets: bytes, names: tuple[str, ...] = ("Applications",)) -> Parts:
    """Give the parts of the smallest workbook with these worksheets."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{names[n - 1] if n <= len(names) else f"Sheet{n}"}" sheetId="{n}" r:id="rId{n}"'
        ' state="visible"/>'
        for n in numbers
    )
    ties = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    strings = f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{ties}{strings}</Relationships>'
        ).encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>'.encode(),
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)},
    }


def write_parts(path: Path, parts: Parts) -> None:
    """Write the parts as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def text_cell(name: str, text: str) -> str:
    """Give a cell with a text in it."""
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


ONE_ROW = f'<row r="1">{text_cell("A1", "Organisation")}<c r="B1"><v>5</v></c></row>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def laughing_strings(path: Path) -> None:
    parts = package(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    parts["xl/sharedStrings.xml"] = f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>'.encode()
    write_parts(path, parts)


def laughing_sheet(path: Path) -> None:
    write_parts(path, package(sheet_xml(f'<row r="1">{text_cell("A1", "&j;")}</row>', before=LAUGHS)))


def quadratic_sheet(path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "&a;" * 20_000)}</row>'
    write_parts(path, package(sheet_xml(rows, before=QUADRATIC)))


def unused_entity(path: Path) -> None:
    parts = package(sheet_xml(ONE_ROW))
    parts["xl/workbook.xml"] = LAUGHS.encode() + parts["xl/workbook.xml"]
    write_parts(path, parts)


def outside_entity(path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "&a;")}</row>'
    write_parts(path, package(sheet_xml(rows, before=OUTSIDE)))


def wide_letters_entity(path: Path) -> None:
    xml = sheet_xml(f'<row r="1">{text_cell("A1", "&j;")}</row>', before=LAUGHS).decode()
    write_parts(path, package(xml.replace("UTF-8", "UTF-16").encode("utf-16")))


def five_million_rows(path: Path) -> None:
    block = b"".join(
        b'<row><c t="n"><v>%d</v></c><c t="n"><v>%d</v></c></row>' % (n, n) for n in range(20_000)
    )
    _write_repeating(
        path, "xl/worksheets/sheet1.xml", sheet_xml("\0").partition(b"\0"), block, 440 * MEGABYTE
    )


def twenty_million_strings(path: Path) -> None:
    block = b"".join(b"<si><t>%d</t></si>" % n for n in range(50_000))
    around = f'<sst xmlns="{MAIN}">\0</sst>'.encode().partition(b"\0")
    _write_repeating(path, "xl/sharedStrings.xml", around, block, 340 * MEGABYTE)


def endless_cell(path: Path) -> None:
    around = sheet_xml('<row r="1">' + text_cell("A1", "\0") + "</row>").partition(b"\0")
    _write_repeating(path, "xl/worksheets/sheet1.xml", around, b"x" * MEGABYTE, 1500 * MEGABYTE)


def far_corner(path: Path) -> None:
    rows = f'{ONE_ROW}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    write_parts(path, package(sheet_xml(rows)))


def vast_merge(path: Path) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    write_parts(path, package(sheet_xml(ONE_ROW, after=merge)))


def many_merges(path: Path) -> None:
    """Merge a whole column three hundred thousand times over; the file has 80 KB."""
    rows = ONE_ROW + '<row r="20000"><c r="A20000"><v>1</v></c></row>'
    merges = '<mergeCell ref="A2:B20000"/>' * 300_000
    write_parts(path, package(sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")))


def merges_in_steps(path: Path) -> None:
    """Merge areas that all lie over one another, none of them twice."""
    rows = ONE_ROW + '<row r="20000"><c r="A20000"><v>1</v></c></row>'
    merges = "".join(f'<mergeCell ref="A{n}:A20000"/>' for n in range(2, 19_000))
    write_parts(path, package(sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")))


def wide_sheets(path: Path) -> None:
    """Give a value in the last corner of two hundred sheets, each a rectangle of 600,000 cells."""
    rows = ONE_ROW + '<row r="2000"><c r="KN2000"><v>1</v></c></row>'
    sheets = [sheet_xml(rows)] * 200
    write_parts(path, package(*sheets, names=tuple(f"S{n}" for n in range(200))))


def many_sheets(path: Path) -> None:
    """Name one small sheet after another."""
    write_parts(path, package(*[sheet_xml(ONE_ROW)] * 1_200, names=tuple(f"S{n}" for n in range(1_200))))


def unsaved_formulas(path: Path) -> None:
    """Fill more than a million cells with formulas that were never calculated."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        parts = package(sheet_xml("\0"))
        sheet = parts.pop("xl/worksheets/sheet1.xml").partition(b"\0")
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(sheet[0] + ONE_ROW.encode())
            for row in range(2, 4_001):
                cells = "".join(f'<c r="{column_name(c)}{row}"><f>1</f></c>' for c in range(1, 301))
                stream.write(f'<row r="{row}">{cells}</row>'.encode())
            stream.write(sheet[2])


def deep_nesting(path: Path) -> None:
    nest = "<a>" * 100_000 + "</a>" * 100_000
    write_parts(path, package(sheet_xml(ONE_ROW, after=nest)))


def climbing_path(path: Path) -> None:
    write_parts(path, package(sheet_xml(ONE_ROW)) | {"../../evil.xml": b"<evil/>"})


def outside_link(path: Path) -> None:
    link = f'<externalLink xmlns="{MAIN}"><externalBook/></externalLink>'.encode()
    tie = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{RELATIONS}/externalLinkPath" Target="http://example.invalid/book.xlsx"/></Relationships>'
    ).encode()
    parts = package(sheet_xml(ONE_ROW))
    parts["xl/externalLinks/externalLink1.xml"] = link
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = tie
    write_parts(path, parts)


def told_to_run(path: Path) -> None:
    cell = "<c r=\"C1\" t=\"str\"><f>cmd|' /c calc'!A0</f><v>=cmd|' /c calc'!A0</v></c>"
    write_parts(path, package(sheet_xml(f'<row r="1">{text_cell("A1", "Organisation")}{cell}</row>')))


def no_number(path: Path) -> None:
    write_parts(path, package(sheet_xml(ONE_ROW + '<row r="2"><c r="A2"><v>NaN</v></c></row>')))


def bad_truth(path: Path) -> None:
    write_parts(path, package(sheet_xml(ONE_ROW + '<row r="2"><c r="A2" t="b"><v>maybe</v></c></row>')))


def bad_string_number(path: Path) -> None:
    write_parts(path, package(sheet_xml(ONE_ROW + '<row r="2"><c r="A2" t="s"><v>99999999</v></c></row>')))


REFUSED: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        *(laughing_strings, laughing_sheet, quadratic_sheet, unused_entity, outside_entity),
        *(wide_letters_entity, five_million_rows, twenty_million_strings, endless_cell, far_corner),
        *(many_merges, merges_in_steps, wide_sheets, many_sheets, unsaved_formulas),
    )
}
"""Files that must be refused."""

ANSWERED: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        *(vast_merge, deep_nesting, climbing_path, outside_link, told_to_run, no_number, bad_truth),
        bad_string_number,
    )
}
"""Files that may be read or refused, but in one way or the other at once."""


def _write_repeating(
    path: Path, name: str, around: tuple[bytes, bytes, bytes], block: bytes, size: int
) -> None:
    """Write a workbook in which one part repeats a block until it unpacks to `size` bytes.

    The block is packed once and its packed bytes repeated, so that making the bomb costs nothing.
    """
    parts = package(sheet_xml(ONE_ROW))
    del parts[name]
    write_parts(path, parts)
    packed = _packed(around[0]) + _packed(block) * (size // len(block)) + _packed(around[2], last=True)
    _append_part(path, name, packed, size)


def _packed(content: bytes, *, last: bool = False) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


def _append_part(path: Path, name: str, packed: bytes, size: int) -> None:
    """Add a part whose bytes are packed already; its checksum is left wrong, as nobody is to get that far."""
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo(name)
        start = archive.start_dir
        assert archive.fp is not None
        archive.fp.seek(start)
        sizes = (len(packed), size, len(name), 0)
        archive.fp.write(
            struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, 0, *sizes) + name.encode()
        )
        archive.fp.write(packed)
        info.compress_type, info.compress_size, info.file_size = zipfile.ZIP_DEFLATED, len(packed), size
        info.header_offset, info.CRC = start, 0
        archive.filelist.append(info)
        archive.NameToInfo[name] = info
        archive.start_dir = archive.fp.tell()
        archive.comment = b""  # so that the list of files is written anew
