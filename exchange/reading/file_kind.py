"""Tell what a file is from its bytes, whatever its name, and say plainly when it is no spreadsheet."""

import re
from typing import Literal

from models.trouble import Trouble

Kind = Literal["xlsx", "xls", "ods", "csv"]

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
SAVE_AS_XLSX = "open it in Excel, save it as an Excel workbook (.xlsx) and try again"
CHOOSE_ANOTHER = "choose an Excel, OpenDocument or CSV file"


_NOT_SPREADSHEETS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database, perhaps a record of this program",
    b"\x1f\x8b": "a compressed archive",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
"""What a file is that begins so."""
_BINARY_WITHIN = 1 << 20
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00")
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_JSON = re.compile(rb'\{\s*"[^"]*"\s*:|\[\s*\{\s*"')


def trouble(what: str, remedy: str) -> Trouble:
    """Make the sentence about a file; its name is put in front by the one who knows it."""
    return Trouble(f"{what}; {remedy}; nothing was changed")


def kind_of(start: bytes, whole: bytes) -> Kind | Literal["zip"]:
    """Tell the kind from the file's bytes; raises `Trouble` for what is no spreadsheet."""
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start.startswith(OLE_MAGIC):
        return _ole_kind(whole)
    for begins, what in _NOT_SPREADSHEETS.items():
        if start.startswith(begins):
            raise trouble(f"is {what}, not a spreadsheet", CHOOSE_ANOTHER)
    if _OLD_EXCEL.match(start):
        raise trouble("was made by a very old Excel", SAVE_AS_XLSX)
    _refuse_mark_up(start)
    _refuse_binary(whole)
    return "csv"


def zip_kind(names: set[str], mimetype: bytes) -> Kind:
    """Tell the kind of a zip package from the names of its parts; raises `Trouble` for another kind."""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        raise trouble("is an Excel binary workbook (.xlsb), which is not read", SAVE_AS_XLSX)
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise trouble("is a text document, not a spreadsheet", CHOOSE_ANOTHER)
    if any(name.startswith("ppt/") for name in names) or b"opendocument" in mimetype:
        raise trouble("is a presentation or a drawing, not a spreadsheet", CHOOSE_ANOTHER)
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise trouble("is an Apple document", "export it from Numbers as Excel (.xlsx) and try again")
    raise trouble("is a zip archive, not a spreadsheet", "unpack it and choose the spreadsheet inside")


def _ole_kind(whole: bytes) -> Kind:
    if _stream(whole, "EncryptedPackage"):
        raise password_trouble()
    if _stream(whole, "Workbook") or _stream(whole, "Book"):
        return "xls"
    if _stream(whole, "WordDocument"):
        raise trouble("is a Word document, not a spreadsheet", CHOOSE_ANOTHER)
    raise trouble("is an Office file but holds no workbook", CHOOSE_ANOTHER)


def password_trouble() -> Trouble:
    """Say that the file is protected with a password."""
    return trouble("is protected with a password", "open it in Excel, save it without one and try again")


def _stream(whole: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in whole


def _refuse_mark_up(start: bytes) -> None:
    text = start.removeprefix(b"\xef\xbb\xbf")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text[2:].replace(b"\0", b"")
    text = text.lstrip()
    if _WEB_PAGE.match(text):
        raise trouble("is a web page under a spreadsheet's name", SAVE_AS_XLSX)
    if _JSON.match(text):
        raise trouble("is a JSON file, not a spreadsheet", CHOOSE_ANOTHER)
    if not text.startswith(b"<?xml"):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise trouble("is an Excel 2003 XML file, which is not read", SAVE_AS_XLSX)
    if _WEB_PAGE.search(text[:1024]):
        raise trouble("is a web page under a spreadsheet's name", SAVE_AS_XLSX)
    raise trouble("is an XML file, not a workbook", SAVE_AS_XLSX)


def _refuse_binary(whole: bytes) -> None:
    if whole[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    start = whole[:_BINARY_WITHIN]
    controls = sum(start.count(bytes([code])) for code in (*range(1, 9), *range(14, 32)) if code != 0x1A)
    if b"\0" in whole or controls > len(start) // 100:
        raise trouble("is not a spreadsheet or is damaged", CHOOSE_ANOTHER)
