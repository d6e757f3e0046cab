"""One blank form of ours in every make in which it comes back, filled in with the same answers."""

import ctypes
import io
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
from docx import Document
from pypdfium2 import raw

from models.values.form_questions import FormQuestion
from tests.exchange.application_forms.filling import W, changed, filled_pdf, filled_word

Answers = Mapping[str, str]
LONG = (
    "We will open the hall on two evenings each week, and a trained worker will be there with three "
    "volunteers, so that young people can cook, mend bicycles, play music or study in the ward."
)


def answers_to(questions: Sequence[FormQuestion]) -> dict[str, str]:
    """Return what is filled in, by the names of fields: other words for each, every second box ticked."""
    found: dict[str, str] = {}
    for at, one in enumerate(questions):
        if one.kind == "ticks":
            found |= {f"{one.name} {number}": "x" for number in range(1, len(one.choices) + 1, 2)}
        elif one.kind == "choice":
            found[one.name] = one.choices[at % len(one.choices)]
        else:
            found[one.name] = _typed(at, one)
    return found


def _typed(at: int, asked: FormQuestion) -> str:
    figures = {"amount_requested": "£4,500.50", "minimum_amount": "3000", "beneficiaries": "2"}
    of_kind = {"agree": "x", "day": f"{at % 28 + 1} March 2027", "text": f"{LONG}\nArea {at}, and £40"}
    return figures.get(asked.name) or of_kind.get(asked.kind) or f"Area of answer {at}"


def expected(questions: Sequence[FormQuestion], given: Answers) -> list[tuple[str, str]]:
    """Return each label with its answer as it is to be read, gaps as single spaces."""
    return [(one.label, " ".join(_told(one, given).split())) for one in questions]


def _told(asked: FormQuestion, given: Answers) -> str:
    if asked.kind == "ticks":
        numbered = enumerate(asked.choices, 1)
        return "; ".join(words for number, words in numbered if f"{asked.name} {number}" in given)
    return "Yes" if asked.kind == "agree" else given[asked.name]


def without_controls(word: bytes) -> bytes:
    """Return a Word form as an office of the web saves it: no controls and no styles, the looks on words."""

    def change(body: Any) -> None:
        for paragraph in list(body.iter(f"{W}p")):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            is_bold = style is not None and style.get(f"{W}val") in ("Question", "Title", "Heading1")
            for control in list(paragraph.iter(f"{W}sdt")):
                place = list(paragraph).index(control)
                paragraph.remove(control)
                for number, run in enumerate(control.find(f"{W}sdtContent")):  # type: ignore[arg-type]
                    paragraph.insert(place + number, run)
            if style is not None:
                paragraph.find(f"{W}pPr").remove(style)
            for run in paragraph.iter(f"{W}r"):
                if is_bold:
                    look = run.find(f"{W}rPr")
                    look = ElementTree.Element(f"{W}rPr") if look is None else look
                    if look not in list(run):
                        run.insert(0, look)
                    ElementTree.SubElement(look, f"{W}b")

    return changed(word, change)


def typed_below(blank: bytes, given: Answers) -> bytes:
    """Return a Word form whose prompts stand as they were, each answer in a paragraph of its own below."""
    document = Document(
        io.BytesIO(filled_word(blank, {name: text for name, text in given.items() if text == "x"}))
    )
    for control in list(document.element.body.iter(f"{W}sdt")):
        name = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
        if given.get(name, "x") != "x":
            paragraph = control.getparent()
            for line in reversed(given[name].split("\n")):
                below = document.add_paragraph(line)._p
                paragraph.addnext(below)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


Change = Callable[[Any, Any, Any, str, tuple[float, float, float, float]], None]


def flattened(pdf: bytes) -> bytes:
    """Return a PDF whose fields are printed on its pages, as printing it to a file does."""
    saved = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for page in document:
            assert raw.FPDFPage_Flatten(page, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS
        document.save(saved)
    return saved.getvalue()


def noted(blank: bytes, given: Answers, *, with_fields: bool) -> bytes:
    """Return a PDF with a note of text laid over each box, its fields left empty or taken away."""
    return _over(blank, given, _note, with_fields=with_fields)


def written_over(blank: bytes, given: Answers, *, with_fields: bool) -> bytes:
    """Return a PDF with text written on its pages where its boxes are."""
    return _over(blank, given, _write, with_fields=with_fields)


def _over(blank: bytes, given: Answers, put: Change, *, with_fields: bool) -> bytes:
    saved = io.BytesIO()
    with pypdfium2.PdfDocument(blank) as document:
        document.init_forms()
        for page in document:
            places = list(_fields(document.formenv, page))
            for name, place in places:
                if name in given:
                    put(document, page, None, given[name], place)
            if not with_fields:
                for number in reversed(range(len(places))):
                    raw.FPDFPage_RemoveAnnot(page, number)
            raw.FPDFPage_GenerateContent(page)
        document.save(saved)
    return saved.getvalue()


def _fields(form: Any, page: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note, place = raw.FPDFPage_GetAnnot(page, number), raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(note, place)
        size = raw.FPDFAnnot_GetFormFieldName(form, note, None, 0)
        room = (raw.FPDF_WCHAR * (size // 2))()
        raw.FPDFAnnot_GetFormFieldName(form, note, room, size)
        yield bytes(room).decode("utf-16-le").rstrip("\0"), (place.left, place.bottom, place.right, place.top)


def _wide(text: str) -> Any:
    words = (text + "\0").encode("utf-16-le")
    return (raw.FPDF_WCHAR * (len(words) // 2)).from_buffer_copy(words)


def _note(document: Any, page: Any, _: Any, text: str, place: tuple[float, float, float, float]) -> None:
    note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_FREETEXT)
    left, bottom, right, top = place
    lines = text.count("\n") + 1
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(left + 2, top - 1, right - 2, max(bottom, top - 14 * lines)))
    raw.FPDFAnnot_SetStringValue(note, b"Contents", _wide(text))
    raw.FPDFPage_CloseAnnot(note)


def _write(document: Any, page: Any, _: Any, text: str, place: tuple[float, float, float, float]) -> None:
    font = raw.FPDFText_LoadStandardFont(document, b"Helvetica")
    left, _bottom, _right, top = place
    lines = [part for line in text.split("\n") for part in re.findall(r".{1,95}(?:\s|$)", line)]
    for number, line in enumerate(lines):
        made = raw.FPDFPageObj_CreateTextObj(document, font, ctypes.c_float(9.0))
        raw.FPDFText_SetText(made, _wide(line.strip()))
        raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, left + 3, top - 11 - 11 * number)
        raw.FPDFPage_InsertObject(page, made)


def saved_as(ending: str, forms: Mapping[str, bytes], folder: Path) -> Mapping[str, bytes]:
    """Return filled-in Word forms, by what they are called, as LibreOffice saves them."""
    paths = [folder / f"{name}.docx" for name in forms]
    for path, content in zip(paths, forms.values(), strict=True):
        path.write_bytes(content)
    saved, profile = folder / "saved", f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(saved)]
    with_fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, env=with_fonts)
    return {name: saved.joinpath(f"{name}.{ending}").read_bytes() for name in forms}


MAKES: Mapping[str, Callable[[Mapping[str, bytes], Answers], bytes]] = {
    "Word": lambda blank, given: filled_word(blank["docx"], given),
    "PDF": lambda blank, given: filled_pdf(blank["pdf"], given),
    "Word without controls": lambda blank, given: without_controls(filled_word(blank["docx"], given)),
    "Word typed below": lambda blank, given: typed_below(blank["docx"], given),
    "PDF printed": lambda blank, given: flattened(filled_pdf(blank["pdf"], given, by_hand=True)),
    "notes over fields": lambda blank, given: noted(blank["pdf"], given, with_fields=True),
    "notes on pages": lambda blank, given: noted(blank["pdf"], given, with_fields=False),
    "written over fields": lambda blank, given: written_over(blank["pdf"], given, with_fields=True),
    "written on pages": lambda blank, given: written_over(blank["pdf"], given, with_fields=False),
}
