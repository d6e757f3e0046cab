"""The fields of a PDF form as they were filled in, by their names."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

from exchange.application_forms.own import TICKED_SAYS, Asked, chosen
from models.papers.form_signs import BEFORE_CHOICE, CODE_NAME

MOST_PAGES = 100
_Told = Callable[..., int]


def own_fields(content: bytes) -> list[Asked] | None:
    """Return what was filled into the fields of a form of ours, its code last; None for any other PDF.

    One that cannot be opened is another one: who reads it next says why.
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            is_form = document.get_formtype() == raw.FORMTYPE_ACRO_FORM and len(document) <= MOST_PAGES
            fields = list(_fields(document)) if is_form else []
    except pypdfium2.PdfiumError:
        return None
    if not fields or fields[-1].name != CODE_NAME:
        return None
    groups = groupby(fields, lambda one: one.label.partition(BEFORE_CHOICE)[0])
    return [_asked(label, list(group)) for label, group in groups]


def _asked(label: str, fields: list[Asked]) -> Asked:
    """Return a question of one field, or of several that are ticked or not."""
    ticked = [one.label.partition(BEFORE_CHOICE)[2] for one in fields if one.text == TICKED_SAYS]
    is_choice = BEFORE_CHOICE in fields[0].label
    return Asked(label, fields[0].name, chosen(ticked) if is_choice else fields[0].text)


def _fields(document: pypdfium2.PdfDocument) -> Iterator[Asked]:
    document.init_forms()
    form = document.formenv
    for page in document:
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, number)
            kind = raw.FPDFAnnot_GetFormFieldType(form, note)
            if kind > raw.FPDF_FORMFIELD_UNKNOWN:
                is_box = kind == raw.FPDF_FORMFIELD_CHECKBOX
                ticked = TICKED_SAYS * bool(raw.FPDFAnnot_IsChecked(form, note)) if is_box else ""
                text = ticked if is_box else _text(raw.FPDFAnnot_GetFormFieldValue, form, note)
                label = _text(raw.FPDFAnnot_GetFormFieldAlternateName, form, note)
                yield Asked(label, _text(raw.FPDFAnnot_GetFormFieldName, form, note), text)
            raw.FPDFPage_CloseAnnot(note)


def _text(told: _Told, form: object, note: object) -> str:
    size = told(form, note, None, 0)
    buffer = ctypes.create_string_buffer(size)
    told(form, note, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
