"""Our blank forms filled in, as Word and as a reader of PDFs would."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pypdfium2
from pypdfium2 import raw

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DOCUMENT = "word/document.xml"


def filled_word(blank: bytes, answers: Mapping[str, str]) -> bytes:
    """Return a Word form with answers typed into its controls, by their tags; a box is ticked by any."""
    return changed(blank, lambda tree: [_type(control, answers) for control in tree.iter(f"{W}sdt")])


def changed(blank: bytes, change: Any) -> bytes:
    """Return a Word form whose document was changed."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank)) as package, zipfile.ZipFile(found, "w") as new:
        for name in package.namelist():
            content = package.read(name)
            if name == DOCUMENT:
                tree = ElementTree.fromstring(content)
                change(tree)
                content = ElementTree.tostring(tree)
            new.writestr(name, content)
    return found.getvalue()


def _type(control: ElementTree.Element, answers: Mapping[str, str]) -> None:
    properties, content = control[0], control[1]
    answer = answers.get(properties.find(f"{W}tag").get(f"{W}val"))  # type: ignore[union-attr, arg-type]
    if answer is None:
        return
    prompt, box = properties.find(f"{W}showingPlcHdr"), properties.find(f".//{W14}checked")
    if box is not None:
        box.set(f"{W14}val", "1")
        answer = "\u2612"
    if prompt is not None:
        properties.remove(prompt)
    content.clear()
    run = ElementTree.SubElement(content, f"{W}r")
    for number, line in enumerate(answer.split("\n")):
        if number:
            ElementTree.SubElement(run, f"{W}br")
        for place, words in enumerate(line.split("\t")):
            if place:
                ElementTree.SubElement(run, f"{W}tab")
            text = ElementTree.SubElement(
                run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
            )
            text.text = words


def filled_pdf(blank: bytes, answers: Mapping[str, str], *, by_hand: bool = False) -> bytes:
    """Return a PDF form with answers in its fields, by their names; a box is clicked by any.

    `by_hand` has them typed as in a window, else they are put in as a program would.
    """
    saved = io.BytesIO()
    with pypdfium2.PdfDocument(blank) as document:
        document.init_forms()
        for page in document:
            for number in range(raw.FPDFPage_GetAnnotCount(page)):
                _fill(document, page, raw.FPDFPage_GetAnnot(page, number), answers, by_hand=by_hand)
            raw.FORM_ForceToKillFocus(document.formenv)
        document.save(saved)
    return saved.getvalue()


def _fill(document: Any, page: Any, note: Any, answers: Mapping[str, str], *, by_hand: bool) -> None:
    form = document.formenv
    answer = answers.get(_name(form, note))
    if answer is None:
        return
    words = (answer + "\0").encode("utf-16-le")
    wide = (raw.FPDF_WCHAR * (len(words) // 2)).from_buffer_copy(words)
    if raw.FPDFAnnot_GetFormFieldType(form, note) == raw.FPDF_FORMFIELD_CHECKBOX:
        place = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(note, place)
        middle = (place.left + place.right) / 2, (place.top + place.bottom) / 2
        raw.FORM_OnMouseMove(form, page, 0, *middle)
        raw.FORM_OnLButtonDown(form, page, 0, *middle)
        raw.FORM_OnLButtonUp(form, page, 0, *middle)
    elif by_hand:
        raw.FORM_SetFocusedAnnot(form, note)
        if raw.FPDFAnnot_GetFormFieldType(form, note) == raw.FPDF_FORMFIELD_COMBOBOX:
            raw.FORM_SetIndexSelected(form, page, _place(form, note, answer), True)
            return
        raw.FORM_SelectAllText(form, page)
        raw.FORM_ReplaceSelection(form, page, wide)
    else:
        raw.FPDFAnnot_SetStringValue(note, b"V", wide)


def _place(form: Any, note: Any, answer: str) -> int:
    """Return which of the choices an answer is."""
    shown = []
    for number in range(raw.FPDFAnnot_GetOptionCount(form, note)):
        size = raw.FPDFAnnot_GetOptionLabel(form, note, number, None, 0)
        room = (raw.FPDF_WCHAR * (size // 2))()
        raw.FPDFAnnot_GetOptionLabel(form, note, number, room, size)
        shown.append(bytes(room).decode("utf-16-le").rstrip("\0"))
    return shown.index(answer)


def _name(form: Any, note: Any) -> str:
    size = raw.FPDFAnnot_GetFormFieldName(form, note, None, 0)
    room = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetFormFieldName(form, note, room, size)
    return bytes(room).decode("utf-16-le").rstrip("\0")
