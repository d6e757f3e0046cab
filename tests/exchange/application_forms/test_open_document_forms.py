"""OpenDocument forms: tables, controls, boxes, and what was deleted while changes were tracked."""

import io
import zipfile

import pytest

from exchange.application_forms.open_document import read_open_document
from exchange.application_forms.pairs import answers_of
from tests.exchange.good_files import read_form

_OF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(f'xmlns:{name}="{_OF}:{name}:1.0"' for name in ("office", "text", "table", "style", "form"))
_MORE = f'xmlns:draw="{_OF}:drawing:1.0" xmlns:loext="urn:org:documentfoundation:loext"'
BOX = '<loext:content-control loext:checkbox="true" loext:checked="{}">x</loext:content-control>'
NAME, CLUB = "Name of group", "Lantern Youth Club"


def odt(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        body = f"<office:body><office:text>{text}</office:text></office:body>"
        package.writestr(
            "content.xml", f"<office:document-content {_NAMES} {_MORE}>{body}</office:document-content>"
        )
    return held.getvalue()


def row(*cells: str) -> str:
    told = (f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table><table:table-row>{''.join(told)}</table:table-row></table:table>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(row(NAME, CLUB), {NAME: CLUB}, id="table"),
        pytest.param(
            row(NAME, f"<loext:content-control>{CLUB}</loext:content-control>"),
            {NAME: CLUB},
            id="content control",
        ),
        pytest.param(
            f"<text:p>Have you insurance? {BOX.format('false')} Yes {BOX.format('true')} No</text:p>",
            {"Have you insurance?": "No"},
            id="boxes",
        ),
        pytest.param(
            f"<text:p>{NAME}:</text:p><text:p><draw:text-box><text:p>{CLUB}</text:p></draw:text-box></text:p>",
            {NAME: CLUB},
            id="text box",
        ),
        pytest.param(
            "<text:tracked-changes><text:p>Old Club</text:p></text:tracked-changes>"
            f"<text:p>{NAME}:<text:s/>{CLUB}</text:p>",
            {NAME: CLUB},
            id="tracked deletion",
        ),
        pytest.param(
            f'<office:forms><form:text id="c1" form:current-value="{CLUB}"/></office:forms>'
            f'<text:p>{NAME}: <draw:control draw:control="c1"/></text:p>',
            {NAME: CLUB},
            id="control of a form",
        ),
    ],
)
def test_answers_are_read_where_an_odt_keeps_them(text: str, expected: dict[str, str]) -> None:
    found = answers_of(read_open_document(odt(text)).blocks)

    assert {one.question: one.value for one in found} == expected


@pytest.mark.parametrize("text", ["<text:section>" * 3_000, "<text:p>x</text:p>" * 30_000])
def test_a_hostile_odt_is_one_sentence(text: str) -> None:
    found = read_form(odt(text), "form.odt")

    assert not found.records
    assert found.why.startswith("form.odt ")
