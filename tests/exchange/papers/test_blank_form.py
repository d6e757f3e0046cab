"""The blank form as written: controls of a Word document, and fields of a PDF that are spoken."""

import ctypes
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace
from pypdfium2 import raw

from exchange.papers.paper_writing import write_paper
from models.papers.status import PaperStatus
from models.values.form_questions import FormPart, FormQuestion
from tests.exchange.application_forms.test_own import PLAIN
from tests.paper_text import AT, HOSTILE, assert_read_back, pages_of, word_text

STATUS = PaperStatus(AT, "ab" * 32)
ASKED = (
    FormQuestion("organisation", "Name of your group"),
    FormQuestion("summary", "Summary", "text", "At most 80 words.", 6),
    FormQuestion("area", "Area", "choice", choices=("Coventry", "Dudley")),
    FormQuestion("start_on", "Start date", "day"),
    FormQuestion("purposes", "Purposes", "ticks", choices=("Make it safe", "Make it strong")),
    FormQuestion("declared", "All of this is true", "agree"),
)
FORM = replace(
    PLAIN,
    code="ACF-K3QT-7WNB",
    closing=(("Coventry", "9 October 2026"), ("Dudley", "16 October 2026")),
    parts=(FormPart("Your group", ASKED),),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("form")
    return {end: write_paper("form", FORM, STATUS, folder / f"form.{end}") for end in ("docx", "pdf")}


def test_word_has_a_control_for_each_answer(written: dict[str, Path]) -> None:
    controls = list(docx.Document(str(written["docx"])).element.body.iter(qn("w:sdt")))

    tags = [one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for one in controls]
    assert tags == [
        *("organisation", "summary", "area", "start_on", "purposes 1", "purposes 2", "declared", "form_code")
    ]
    shown = ["".join(text.text for text in one.iter(qn("w:t"))) for one in controls]
    assert shown == [
        *("Click here and type", "Click here and type", "Click here and choose"),
        *("Click here and choose or type a day", "☐", "☐", "☐", "ACF-K3QT-7WNB"),
    ]
    prompts = [one.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None for one in controls]
    assert prompts == [True] * 4 + [False] * 4
    xml = ZipFile(written["docx"]).read("word/document.xml").decode()
    assert re.findall('w:displayText="([^"]*)"', xml) == ["Coventry", "Dudley"]
    assert len(set(re.findall('<w:id w:val="([^"]*)"', xml))) == len(tags)
    text = word_text(written["docx"]).splitlines()
    assert text.index("Summary") + 1 == text.index("At most 80 words.")


def test_a_pdf_has_a_field_for_each_answer_with_its_label(written: dict[str, Path]) -> None:
    found = fields_of(written["pdf"])

    assert found == [
        ("organisation", "Name of your group", ""),
        ("summary", "Summary", ""),
        ("area", "Area", " "),
        ("start_on", "Start date", ""),
        ("purposes 1", "Purposes:\xa0Make it safe", "Off"),
        ("purposes 2", "Purposes:\xa0Make it strong", "Off"),
        ("declared", "All of this is true", "Off"),
        ("form_code", "Form code", "ACF-K3QT-7WNB"),
    ]
    source = written["pdf"].read_bytes()
    assert source.count(b"/S /Form") == len(found)
    assert source.count(b"/OBJR") == source.count(b"/StructParent ") == len(found)
    assert source.count(b"/Tabs /S") == len(pages_of(written["pdf"]))


def test_hostile_texts_are_asked_as_they_are(tmp_path: Path) -> None:
    asked = tuple(
        FormQuestion(f"own {n}", words, kind, words, 2, HOSTILE if kind in ("choice", "ticks") else ())
        for n, (words, kind) in enumerate(
            [*((words, "text") for words in HOSTILE), (HOSTILE[0], "choice"), (HOSTILE[0], "ticks")]
        )
    )
    told = replace(FORM, parts=(FormPart("Part", asked),))

    assert_read_back("form", told, tmp_path)


Told = Callable[..., int]
_TOLD: tuple[Told, ...] = (
    raw.FPDFAnnot_GetFormFieldName,
    raw.FPDFAnnot_GetFormFieldAlternateName,
    raw.FPDFAnnot_GetFormFieldValue,
)


def fields_of(path: Path) -> list[tuple[str, ...]]:
    """Return the fields of a PDF: the name, the label and the value of each."""
    found: list[tuple[str, ...]] = []
    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        assert document.formenv is not None
        for page in document:
            notes = [raw.FPDFPage_GetAnnot(page, n) for n in range(raw.FPDFPage_GetAnnotCount(page))]
            found += [tuple(_text(told, document.formenv, note) for told in _TOLD) for note in notes]
    return found


def _text(told: Told, form: object, note: object) -> str:
    size = told(form, note, None, 0)
    buffer = ctypes.create_string_buffer(size)
    told(form, note, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")
