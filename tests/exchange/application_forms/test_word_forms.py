"""Word and OpenDocument forms as they come: where a file keeps text, each place is read."""

import io
import zipfile
from collections.abc import Iterable

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml

from exchange.application_forms.blocks import Paragraph
from exchange.application_forms.open_document import is_open_document, read_open_document
from exchange.application_forms.package import REACHES
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.word import read_word
from exchange.reading.word_fields import FETCHING
from exchange.reading.word_reach import A_FIELD
from exchange.reading.word_templates import template_line
from models.trouble import Trouble
from tests.exchange.application_forms.made_up_forms import W, box_control, control, legacy_field, saved
from tests.exchange.good_files import SEALED, packed, read_form

NAME, CLUB = "Name of group", "Lantern Youth Club"


def said(word: Word | bytes) -> dict[str, object]:
    content = word if isinstance(word, bytes) else saved(word)
    return {one.question: one.value for one in answers_of(read_word(content).blocks)}


def table_of(*rows: tuple[str, ...]) -> Word:
    word = Document()
    table = word.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return word


def with_part(word: Word, name: str, content: bytes, relation: str) -> bytes:
    """Put a part into a saved file and tie the document to it as rId900."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(word))) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/_rels/document.xml.rels":
                tie = f'<Relationship Id="rId900" Type="{relation}" Target="{name}"/></Relationships>'
                data = data.replace(b"</Relationships>", tie.encode())
            new.writestr(part, data)
        new.writestr(f"word/{name}", content)
    return held.getvalue()


def append(word: Word, *texts: str | Iterable[str]) -> None:
    paragraph = word.add_paragraph()._p
    for text in texts:
        paragraph.append(parse_xml(text))


def test_controls_are_read_in_lines_blocks_and_as_whole_cells() -> None:
    word = table_of((NAME, ""), ("Project title", ""), ("Summary", ""))
    cells = [row.cells[1].paragraphs[0]._p.getparent() for row in word.tables[0].rows]
    cells[0].p_lst[0].append(parse_xml(control(CLUB)))
    inner = f"<w:p {W}><w:r><w:t>Safer</w:t></w:r></w:p><w:p {W}><w:r><w:t>Evenings</w:t></w:r></w:p>"
    cells[1].append(parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"))
    whole = cells[2]
    row = whole.getparent()
    row.remove(whole)
    row.append(
        parse_xml(
            f"<w:sdt {W}><w:sdtPr/><w:sdtContent><w:tc><w:p><w:r><w:t>Two"
            f" evenings</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt>"
        )
    )

    assert said(word) == {NAME: CLUB, "Project title": "Safer\nEvenings", "Summary": "Two evenings"}


def test_fields_of_the_older_kind_are_read() -> None:
    word = Document()
    paragraph = word.add_paragraph(f"{NAME}: ")
    for run in legacy_field("FORMTEXT", "<w:textInput/>", CLUB):
        paragraph._p.append(run)
    entries = "<w:listEntry w:val='Coventry'/><w:listEntry w:val='Walsall'/>"
    choices = f"<w:ddList><w:result w:val='1'/>{entries}</w:ddList>"
    paragraph = word.add_paragraph("Area: ")
    for run in legacy_field("FORMDROPDOWN", choices):
        paragraph._p.append(run)
    paragraph = word.add_paragraph("Type of group: ")
    for ticked, words in ((0, " Charity "), (1, " Club ")):
        for run in legacy_field("FORMCHECKBOX", f"<w:checkBox><w:default w:val='{ticked}'/></w:checkBox>"):
            paragraph._p.append(run)
        paragraph.add_run(words)

    assert said(word) == {NAME: CLUB, "Area": "Walsall", "Type of group": "Club"}


def test_a_text_box_is_read_once_though_it_is_kept_twice() -> None:
    word = Document()
    word.add_paragraph(f"{NAME}:")
    box = f"<w:txbxContent><w:p><w:r><w:t>{CLUB}</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    append(
        word,
        f"<w:r {W} {mc}><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
    )

    assert said(word) == {NAME: CLUB}


def test_tracked_insertions_count_and_deleted_or_hidden_words_do_not() -> None:
    word = Document()
    append(
        word,
        f"<w:r {W}><w:t>{NAME}: Lantern </w:t></w:r>",
        f"<w:del {W}><w:r><w:delText>Old </w:delText><w:t>Old </w:t></w:r></w:del>",
        f"<w:ins {W}><w:r><w:t>Youth Club</w:t></w:r></w:ins>",
    )

    assert said(word) == {NAME: CLUB}

    word = Document()
    append(
        word,
        f"<w:r {W}><w:t>{NAME}: {CLUB}</w:t></w:r>",
        f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>",
    )

    assert said(word) == {NAME: CLUB}


PACKED_ANEW = {
    "as it was": ("mimetype", "content.xml"),
    "its kind last": ("content.xml", "mimetype"),
    "without its kind": ("content.xml",),
}


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("parts", PACKED_ANEW.values(), ids=PACKED_ANEW)
def test_an_odt_is_read_however_it_was_packed(parts: tuple[str, ...], packing: int) -> None:
    found, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(odt("<text:p>Name of your group: Moss</text:p>")))
    with zipfile.ZipFile(found, "w", packing) as package:
        for name in parts:
            package.writestr(name, whole.read(name))

    assert is_open_document(found.getvalue())
    assert "Moss" in str(read_open_document(found.getvalue()).blocks)


def test_a_package_without_a_text_document_is_no_scan() -> None:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as package:
        package.writestr("notes/document.xml", "<a/>")

    assert read_form(found.getvalue(), "form.docx").why.startswith("form.docx holds no text document")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chunk.docx", saved(table_of((NAME, CLUB), ("Telephone", "01632 960101")))),
        (
            "chunk.htm",
            f"<html><body><p>{NAME}: {CLUB}</p><p>Telephone: 01632 960101</p></body></html>".encode(),
        ),
    ],
)
def test_a_document_that_another_takes_in_is_read_and_named(name: str, content: bytes) -> None:
    word = Document()
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    word.element.body.insert(0, parse_xml(f'<w:altChunk {W} {r} r:id="rId900"/>'))
    whole = with_part(
        word, name, content, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    )

    assert said(whole) == {NAME: CLUB, "Telephone": "01632 960101"}
    assert any("altChunk" in note for note in read_word(whole).notes)


@pytest.mark.parametrize(
    ("ticked", "empty"),
    [
        ("<w:sym w:font='Wingdings' w:char='F0FE'/>", "<w:sym w:font='Wingdings' w:char='F0A8'/>"),
        ("<w:sym w:font='Wingdings 2' w:char='F052'/>", "<w:sym w:font='Wingdings 2' w:char='F0A3'/>"),
        (
            "<w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>\uf0fd</w:t>",
            "<w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>o</w:t>",
        ),
        ("<w:t>[x]</w:t>", "<w:t>[ ]</w:t>"),
        ("<w:t>✓</w:t>", "<w:t>☐</w:t>"),
    ],
)
def test_ticked_symbols_choose(ticked: str, empty: str) -> None:
    word = Document()
    append(
        word,
        f"<w:r {W}><w:t>Type of group: </w:t></w:r>",
        *(
            part
            for sign, words in ((empty, " Charity "), (ticked, " Club "), (empty, " School"))
            for part in (f"<w:r {W}>{sign}</w:r>", f"<w:r {W}><w:t xml:space='preserve'>{words}</w:t></w:r>")
        ),
    )

    assert said(word) == {"Type of group": "Club"}


def test_a_box_that_is_a_control_is_ticked_or_not() -> None:
    word = Document()
    append(
        word,
        f"<w:r {W}><w:t>Do you have a constitution? Yes </w:t></w:r>",
        box_control(ticked=False),
        f"<w:r {W}><w:t> No </w:t></w:r>",
        box_control(ticked=True),
    )

    assert said(word) == {"Do you have a constitution?": "No"}


def test_macros_and_links_away_are_named() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    word = table_of((NAME, CLUB))
    for kind in ("hyperlink", "attachedTemplate"):
        word.part.relate_to("https://away.example", f"{office}{kind}", is_external=True)
    whole = with_part(word, "vbaProject.bin", b"x", f"{office}vbaProject")

    assert read_word(whole).notes == (
        "It has a template of its own that Word would fetch; something that Word would fetch from elsewhere; "
        "macros. None of it was run or fetched.",
    )


BEGIN, SEPARATE, END = (
    f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")
)
AWAY = [
    *((name, f'{name} "c:/secret.docx"') for name in sorted(FETCHING)),
    ("HYPERLINK", 'HYPERLINK "file:///c:/x"'),
]

PARTS = ("document", "header2", "footer1", "footnotes", "endnotes", "comments", "glossary/document")
TYPES = {"[Content_Types].xml": b"<Types/>"}


def _in_runs(*texts: str) -> str:
    said = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    return f"{BEGIN}{said}{SEPARATE}<w:r><w:t>result</w:t></w:r>{END}"


@pytest.mark.parametrize(("name", "code"), AWAY)
def test_a_field_that_fetches_or_runs_is_named_however_it_is_written(name: str, code: str) -> None:
    half = len(name) // 2
    written = (
        f"<w:fldSimple w:instr='{code}'/>",
        _in_runs(code.lower()),
        _in_runs(f" {code[:half]}", code[half:]),
        f"<w:r><w:txbxContent><w:p>{_in_runs(code)}</w:p></w:txbxContent></w:r>",
        f"{BEGIN}<w:r><w:instrText>IF 1 = </w:instrText></w:r>{_in_runs(code)}{SEPARATE}{END}",
    )
    for field in written:
        for part in (
            "document",
            "header2",
            "footer1",
            "footnotes",
            "endnotes",
            "comments",
            "glossary/document",
        ):
            parts = {"document": _DOCUMENT % "<w:p/>"} | {part: _DOCUMENT % f"<w:p>{field}</w:p>"}
            content = _zip(**{one: text.encode() for one, text in parts.items()})

            assert read_word(content).notes == (REACHES.format(A_FIELD.format(name)),)
            with pytest.raises(Trouble, match=f"has a.*{name}"):
                template_line(
                    packed({"[Content_Types].xml": b"<Types/>", f"word/{part}.xml": parts[part].encode()})
                )


def test_fields_of_the_document_alone_are_not_named_and_one_that_others_make_up_is() -> None:
    plain = (
        _in_runs('HYPERLINK "https://shop.example" \\o "tip"') + _in_runs("PAGE") + _in_runs('FILLIN "Name?"')
    )
    inner = _in_runs('QUOTE "DDE"')
    made_up = f"{BEGIN}{inner}<w:r><w:instrText>AUTO x</w:instrText></w:r>{END}"

    assert read_word(_zip(document=(_DOCUMENT % f"<w:p>{plain}</w:p>").encode())).notes == ()
    assert read_word(_zip(document=(_DOCUMENT % f"<w:p>{made_up}</w:p>").encode())).notes == (
        REACHES.format(A_FIELD.format("a field that others make up")),
    )


def _zip(**parts: bytes) -> bytes:
    return packed({f"word/{name}.xml": content for name, content in parts.items()})


_DOCUMENT = f"<w:document {W}><w:body>%s</w:body></w:document>"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_zip(document=b"<" + b"a" * 150_000_000), id="bomb"),
        pytest.param(_zip(document=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), id="entities"),
        pytest.param(_zip(document=(_DOCUMENT % ("<w:sdt><w:sdtContent>" * 5_000)).encode()), id="nested"),
        pytest.param(
            _zip(document=(_DOCUMENT % ("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 30_000)).encode()),
            id="paragraphs",
        ),
        pytest.param(_zip(document=b"no XML"), id="no XML"),
        pytest.param(b"PK\x03\x04" + b"\0" * 100, id="damaged"),
        pytest.param(b"\xd0\xcf\x11\xe0 old Word", id="another kind"),
    ],
)
def test_a_hostile_file_is_one_sentence(content: bytes) -> None:
    found = read_form(content, "form.docx")

    assert not found.records
    assert found.why.startswith("form.docx ")
    assert found.why.endswith(".")
    assert "\n" not in found.why


@pytest.mark.parametrize(
    "deep",
    [
        "<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60,
        f"<w:p>{'<w:ins>' * 60}{'</w:ins>' * 60}</w:p>",
        f"<w:p><w:r>{'<w:pict>' * 60}{'</w:pict>' * 60}</w:r></w:p>",
    ],
    ids=["tables", "insertions", "drawings"],
)
def test_nesting_by_hand_is_refused(deep: str) -> None:
    with pytest.raises(Trouble, match="nested deeper"):
        read_word(_zip(document=(_DOCUMENT % deep).encode()))


def cells(label: str, answer: str, of_row: str = "", look: str = "") -> str:
    cell = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    return f"<w:tr>{of_row}{cell.format('', label)}{cell.format(look, answer)}</w:tr>"


def test_rows_and_cells_are_read_in_whatever_they_stand() -> None:
    rows = (
        cells(NAME, "Old Club", of_row="<w:trPr><w:del/></w:trPr>"),
        f"<w:sdt><w:sdtContent>{cells(NAME, CLUB)}</w:sdtContent></w:sdt>",
        cells("Project title", "Lamps", look="<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"),
        cells("Summary", "left over", look="<w:tcPr><w:vMerge/></w:tcPr>"),
        "<w:tr><w:sdt/><w:ins><w:tc><w:p><w:r><w:t>Telephone</w:t></w:r></w:p></w:tc></w:ins>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc><w:p><w:r><w:t>Click</w:t></w:r></w:p>"
        "</w:tc></w:sdtContent></w:sdt></w:tr>",
    )

    found = said(_zip(document=(_DOCUMENT % f"<w:tbl>{''.join(rows)}</w:tbl><w:sectPr/>").encode()))

    assert found == {NAME: CLUB, "Project title": "Lamps", "Summary": None, "Telephone": None}


def test_a_line_is_read_without_what_only_word_shows() -> None:
    page = "<w:fldChar w:fldCharType='begin'/><w:t>7</w:t><w:fldChar w:fldCharType='end'/>"
    runs = (
        "<w:t xml:space='preserve'>Have you insurance? Yes / </w:t>",
        "<w:rPr><w:highlight w:val='yellow'/></w:rPr><w:t>No</w:t>",
        "<w:sym w:font='Symbol' w:char='F0FE'/>",
        f"<w:pict><w:r><w:t xml:space='preserve'> </w:t></w:r><w:txbxContent><w:p><w:r><w:t>{NAME}: {CLUB}"
        "</w:t></w:r></w:p></w:txbxContent></w:pict>",
    )
    lines = (*(f"<w:r>{run}</w:r>" for run in runs), f"</w:p><w:p><w:r><w:t>Area: Ward </w:t>{page}</w:r>")

    found = said(_zip(document=(_DOCUMENT % f"<w:p>{''.join(lines)}</w:p><w:altChunk/><w:del/>").encode()))

    assert found == {"Have you insurance?": "No", NAME: CLUB, "Area": "Ward 7"}


def test_slanted_words_after_a_bold_question_guide_where_an_answer_is_below() -> None:
    word = Document()
    cell = word.add_table(1, 1).rows[0].cells[0]
    cell.paragraphs[0].add_run("What do you want to do? ").bold = True
    cell.paragraphs[0].add_run("Use another sheet if you must.").italic = True
    cell.add_paragraph("Mend the lights.")

    assert said(word) == {"What do you want to do?": "Mend the lights."}


_OF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(f'xmlns:{name}="{_OF}:{name}:1.0"' for name in ("office", "text", "table", "style", "form"))
_MORE = f'xmlns:draw="{_OF}:drawing:1.0" xmlns:loext="urn:org:documentfoundation:loext"'
LOOKS = "".join(
    f'<style:style style:name="{name}"><style:tab-stops/><style:text-properties {told}/></style:style>'
    for name, told in {
        "asks": 'style:font-weight="bold"',
        "struck": 'style:text-line-through-style="solid"',
        "ringed": 'style:background-color="#ffff00"',
        "signs": 'style:font-name="Wingdings1"',
    }.items()
)
FIELD = f'<field:fieldmark{{}} xmlns:field="{_OF}:field:1.0" field:type="vnd.oasis.opendocument.field.{{}}"'
TEXT_FIELD = f"{FIELD.format('-start', 'FORMTEXT')}/>{{}}{FIELD.format('-end', '')}/>"
TICK_FIELD = (
    f"{FIELD.format('', 'FORMCHECKBOX')}><field:param field:name='Checkbox_Checked' field:value='{{}}'/>"
    "</field:fieldmark>"
)
BOX = '<loext:content-control loext:checkbox="true" loext:checked="{}">x</loext:content-control>'


def odt(text: str, kind: str = "text", **parts: str) -> bytes:
    body = f"{LOOKS}<office:body><office:text>{text}</office:text></office:body>"
    content = f"<office:document-content {_NAMES} {_MORE}>{body}</office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": content, **parts}, zipfile.ZIP_STORED)


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
        pytest.param(
            '<office:forms><form:radio id="c1" form:current-selected="true" form:label="Charity"/>'
            '<form:checkbox id="c2" form:label="Club"/></office:forms>'
            "<text:p>Type of group: "
            '<draw:control draw:control="c1"/> <draw:control draw:control="c2"/></text:p>',
            {"Type of group": "Charity"},
            id="boxes of a form",
        ),
        pytest.param(
            f"<table:table><table:table-column/><table:table-header-rows>{row(NAME, CLUB)[13:-14]}"
            f"</table:table-header-rows>{row('Project title', '')[13:]}",
            {NAME: CLUB, "Project title": None},
            id="heading of a table",
        ),
        pytest.param(
            f"<text:section><text:p>{NAME}:<text:tab/>{CLUB}<text:line-break/>Inventon</text:p></text:section>",
            {NAME: f"{CLUB}\nInventon"},
            id="section",
        ),
        pytest.param(
            f"<text:p>{NAME}: {TEXT_FIELD.format(CLUB)}</text:p><text:p>Type of group: "
            f"{TICK_FIELD.format('false')} Charity {TICK_FIELD.format('true')} Club</text:p>",
            {NAME: CLUB, "Type of group": "Club"},
            id="fields of Word's older kind",
        ),
        pytest.param(
            f"<text:p>{NAME}: <text:text-input>{CLUB}</text:text-input></text:p>"
            "<text:p>Project title: <loext:content-control loext:showing-place-holder='true'>Click here"
            "</loext:content-control></text:p>"
            "<text:p>Telephone: <text:placeholder>Number</text:placeholder></text:p>",
            {NAME: CLUB, "Project title": None, "Telephone": None},
            id="input and place holder",
        ),
        pytest.param(
            f"<text:p><text:span text:style-name='asks'>{NAME}</text:span> {CLUB}</text:p>"
            "<text:p>Have you insurance?<text:note>1</text:note> "
            "<text:span text:style-name='struck'>Yes</text:span> / No</text:p>"
            "<text:p>Have you a policy? Yes / <text:span text:style-name='ringed'>No</text:span></text:p>"
            "<text:p>Type of group: <text:span text:style-name='signs'>o</text:span> Charity "
            "<text:span text:style-name='signs'>x</text:span> Club</text:p>",
            {
                NAME: CLUB,
                "Have you insurance?": "No",
                "Have you a policy?": "No",
                "Type of group": "Club",
            },
            id="looks",
        ),
    ],
)
def test_answers_are_read_where_an_odt_keeps_them(text: str, expected: dict[str, str]) -> None:
    found = answers_of(read_open_document(odt(text)).blocks)

    assert {one.question: one.value for one in found} == expected


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (odt("", "spreadsheet"), "is not a text document; save the form as .odt, .docx or .pdf"),
        (odt("", **{"META-INF/manifest.xml": "<encryption-data/>"}), "has a passphrase; save it without"),
        (odt("").replace(*SEALED), "has a passphrase; save it without"),
        (odt("", **{str(at): "" for at in range(5_000)}), "has more than 5,000 parts"),
        (odt("<text:section>" * 50 + "</text:section>" * 50), "is nested deeper than any form"),
        (
            odt(f"<text:p>{'<text:span>' * 50}{'</text:span>' * 50}</text:p>"),
            "is nested deeper than any form",
        ),
    ],
    ids=["spreadsheet", "sealed", "sealed zip", "parts", "sections", "spans"],
)
def test_why_an_odt_is_not_read_is_told(content: bytes, why: str) -> None:
    with pytest.raises(Trouble, match=why):
        read_open_document(content)


@pytest.mark.parametrize(
    "text",
    [
        "<text:section>" * 3_000,
        "<text:p>x</text:p>" * 30_000,
        f"<text:p>{'word ' * 100_000}</text:p>",
        f"<text:p>{'.,;:!?/' * 400}</text:p>",
    ],
)
def test_a_hostile_odt_is_one_sentence(text: str) -> None:
    found = read_form(odt(text), "form.odt")

    assert not found.records
    assert found.why.startswith("form.odt ")


def test_a_line_of_dots_is_no_longer_than_any_that_is_printed() -> None:
    (paragraph,) = read_open_document(odt(f"<text:p>Name {'.' * 50_000} end</text:p>")).blocks

    assert paragraph == Paragraph(f"Name {'.' * 200} end")


def test_a_table_within_a_cell_is_read() -> None:
    word = table_of(("",))
    inner = word.tables[0].rows[0].cells[0].add_table(2, 2)
    for row, (label, answer) in zip(
        inner.rows, ((NAME, CLUB), ("Project title", "Safer Evenings")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = label, answer

    assert said(word) == {NAME: CLUB, "Project title": "Safer Evenings"}
