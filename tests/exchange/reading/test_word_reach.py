"""What a document would fetch, run or take in is named of a form and of an attached file by one function."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from exchange.application_forms.open_document import read_open_document
from exchange.application_forms.word import read_word
from exchange.reading.word_reach import (
    A_FIELD,
    A_FORMULA,
    FETCHES,
    NOT_LOOKED_INTO,
    looked_at,
    reach,
    reach_of_rtf,
)
from models.trouble import Trouble
from tests.exchange.reading.test_pages import ODT, asked
from tests.exchange.reading.test_sheets import packed
from tests.exchange.reading.test_word_templates import HOSTILE, ITS_TIES, VML, before, changed, part

OF_LETTERS = {"AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "QUOTE", "a name made by a field", "entities"}
"""What is refused in a letter alone; a form that declares entities is not read."""
NAMED = {name: case for name, case in HOSTILE.items() if name not in OF_LETTERS}
HEADER_TIE = (
    b'<Relationships><Relationship Id="r" Type="http://x/image" Target="http://x/a.png" '
    b'TargetMode="External"/></Relationships>'
)
IN_OTHER_PARTS = {
    "a picture of a header": changed({"word/_rels/header1.xml.rels": HEADER_TIE}),
    "a picture of a footer": changed({"word/_rels/footer1.xml.rels": HEADER_TIE}),
    "a shape of a header": changed({"word/header1.xml": before("w:hdr", VML.format("src='//x/a.png'"))}),
    "the main part under another name": changed(
        {"word/document.bin": part(VML.format("src='//x/a'"), "hdr")}
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_whatever_a_letter_is_refused_for_is_named_of_a_form_and_of_an_attached_file(name: str) -> None:
    content, what, _ = NAMED[name]

    (note,) = read_word(content).notes
    _, finds = asked(content, ("finds", {}))

    assert what in note
    assert isinstance(finds, list)
    of_both = "; ".join(one for one in finds if one != "links to outside")
    assert note == f"It has {of_both}. None of it was run or fetched."


@pytest.mark.parametrize("name", IN_OTHER_PARTS)
def test_every_part_is_looked_at(name: str) -> None:
    content = IN_OTHER_PARTS[name]

    assert FETCHES in read_word(content).notes[0]
    assert FETCHES in str(asked(content, ("finds", {})))


def test_a_header_that_declares_entities_is_named_and_not_read() -> None:
    content = changed(
        {"word/header9.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}
    )

    assert "entities of its own" in read_word(content).notes[0]
    assert "entities of its own" in str(asked(content, ("finds", {})))
    with pytest.raises(Trouble, match="declares its own entities"):
        read_word(HOSTILE["entities"][0])


def test_an_ordinary_document_has_nothing_to_name() -> None:
    assert read_word(changed({})).notes == ()
    assert asked(changed({}), ("finds", {}))[1] == ["links to outside"]
    with ZipFile(BytesIO(changed({}))) as package:
        assert ITS_TIES in package.namelist()


OPEN = (
    '<o xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:x="http://www.w3.org/1999/xlink" '
    'xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0">{}</o>'
)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ('<d:image x:href="http://x/a.png"/>', "fetch"),
        ('<d:image x:href="//server/a.png"/>', "fetch"),
        ('<t:section-source x:href="../secret.odt"/>', "fetch"),
        ('<t:section-source x:href="file:///c:/secret.odt"/>', "fetch"),
        ('<t:a x:href="file:///c:/x.exe"/>', "fetch"),
        ("<t:dde-connection-decl/>", "(DDE)"),
        ("<d:object-ole/>", "(OLE)"),
        ("<d:applet/>", "applet"),
        ("<d:plugin/>", "film or sound"),
        ("<d:floating-frame/>", "frames"),
        ("<s:event-listener/>", "macros"),
    ],
)
def test_what_an_open_document_reaches_for_is_named(written: str, what: str) -> None:
    for name in ("content.xml", "styles.xml"):
        parts = {**ODT, "content.xml": OPEN.format(""), name: OPEN.format(written)}
        content = packed(parts)

        assert what in read_open_document(content).notes[0]
        assert what in str(asked(content, ("finds", {})))


def test_a_link_to_the_web_a_box_and_a_picture_within_are_plain_in_an_open_document() -> None:
    plain = '<t:a x:href="https://x.example"/><d:control/><d:image x:href="Pictures/a.png"/>'

    assert read_open_document(packed({**ODT, "content.xml": OPEN.format(plain)})).notes == ()
    macros = packed({**ODT, "Basic/Standard/x.xml": "<x/>"})
    assert read_open_document(macros).notes == ("It has macros. None of it was run or fetched.",)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (r"{\field{\*\fldinst INCLUDETEXT \"c:\\x\"}{\fldrslt x}}", "(INCLUDETEXT)"),
        (r"{\field{\*\fldinst {\rtlch\fcs1 \af0 DDEAUTO cmd}}}", "(DDEAUTO)"),
        (r"{\object\objemb{\*\objdata 01}}", "(OLE)"),
        (r"{\object\objlink}", "linked object"),
        (r"{\*\template http://x/a.dotm}", "template"),
        (r"{\object\objhtml{\*\objd{}ata 0105}}", NOT_LOOKED_INTO),
        (r"{\object\objhtml{\*\objd{\*\x y}ata 0105}}", NOT_LOOKED_INTO),
        (r"{\field{\*\f{}ld{ }inst INCLUDETEXT x}}", NOT_LOOKED_INTO),
    ],
)
def test_what_rich_text_reaches_for_is_named(written: str, what: str) -> None:
    for start in (r"{\rtf1 ", r"{\rt "):
        text = start + written + "}"
        assert any(what in one for one in reach_of_rtf(text.encode()))
        assert what in str(asked(text.encode(), ("finds", {})))
    assert [*reach_of_rtf(rb"{\rtf1{\field{\*\fldinst PAGE}}{\b{}plain\par{}words}{\*\objclass x}}")] == []


def test_what_a_workbook_reaches_for_is_named() -> None:
    tie = '<Relationship Id="r" Type="http://x/externalLinkPath" Target="x.xlsx"/>'
    book = packed(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": f"<Relationships>{tie}</Relationships>",
        }
    )

    with ZipFile(BytesIO(book)) as package:
        found = reach(looked_at(package, package.infolist(), 1_000_000))

    assert found == ("a link to another file", "a link to another program (DDE)")


@pytest.mark.parametrize(
    ("formula", "is_named"),
    [
        ('WEBSERVICE("http://x")', True),
        ('_xlfn.IMAGE("http://x/a.png")', True),
        ('HYPERLINK("file:///c:/x.exe","y")', True),
        ("cmd|'/C calc'!A0", True),
        ('RTD("x",,"y")', True),
        ('CALL("kernel32","WinExec","JCJ","calc",0)', True),
        ('HYPERLINK("https://x.example","y")', False),
        ("SUM(A1:A9)+Sheet2!B4", False),
        ('IF(A1="|","!",RECALL(1))', False),
    ],
)
def test_a_formula_that_fetches_or_runs_is_named(formula: str, is_named: bool) -> None:
    sheet = f'<worksheet><sheetData><row><c r="A1"><f>{formula}</f><v>1</v></c></row></sheetData></worksheet>'

    found = reach([("xl/worksheets/sheet1.xml", sheet.encode())])

    assert found == ((A_FORMULA,) if is_named else ())


@pytest.mark.parametrize(
    ("formula", "text", "is_named"),
    [
        ('HYPERLINK(A1,"x")', "file:///c:/x.exe", True),
        ('HYPERLINK( Sheet2!B7 ,"x")', r"\\server\x.exe", True),
        ('HYPERLINK(A1,"x")', "https://x.example", False),
        ('HYPERLINK("https://x.example",A1)', "file:///c:/x.exe", False),
        ("SUM(A1)", "file:///c:/x.exe", False),
    ],
)
def test_a_link_whose_address_is_in_a_cell_is_named_where_a_cell_names_a_place(
    formula: str, text: str, *, is_named: bool
) -> None:
    sheet = f"<worksheet><c><f>{formula}</f></c></worksheet>".encode()
    texts = f"<sst><si><t>{text}</t></si></sst>".encode()

    for parts in ([("a.xml", sheet), ("b.xml", texts)], [("b.xml", texts), ("a.xml", sheet)]):
        assert reach(parts) == ((A_FORMULA,) if is_named else ())


@pytest.mark.parametrize(
    ("name", "part", "what"),
    [
        (
            "xl/connections.xml",
            "<connections><connection refreshOnLoad='1'/></connections>",
            "source of data",
        ),
        ("customXml/item1.xml", "<DataMashup>A</DataMashup>", "source of data"),
        ("xl/macrosheets/sheet2.xml", "<macrosheet/>", "macros"),
        ("Scripts/python/x.py", "print()", "macros"),
        ("content.xml", "<o:script xmlns:o='x'/>", "macros"),
    ],
)
def test_what_a_workbook_asks_for_and_runs_is_named(name: str, part: str, what: str) -> None:
    assert any(what in one for one in reach([(name, part.encode())]))


WAYS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "a section of characters": lambda code: f"<![CDATA[{code}]]>",
    "signs by number": lambda code: "".join(f"&#{ord(sign)};" for sign in code),
    "a comment within": lambda code: f"{code[:3]}<!-- x -->{code[3:]}",
    "entities": lambda code: code.replace('"', "&quot;"),
}
CARRIERS = {
    "cell": '<worksheet><c><f t="str">{}</f></c></worksheet>',
    "prefix": "<x:worksheet><x:f>{}</x:f></x:worksheet>",
    "name": '<workbook><definedName name="a">{}</definedName></workbook>',
    "rule of format": "<worksheet><cfRule><formula>{}</formula></cfRule></worksheet>",
    "list of choices": "<worksheet><dataValidation><formula1>{}</formula1></dataValidation></worksheet>",
}
CODES = ('WEBSERVICE("http://x")', "cmd|'/C calc'!A0", 'HYPERLINK(CONCATENATE("file:","///c:/x"),"y")')


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("code", CODES)
def test_a_formula_is_named_however_it_is_written_and_wherever_it_is(
    code: str, carrier: str, way: str
) -> None:
    part = CARRIERS[carrier].format(WAYS[way](code))
    plain = CARRIERS[carrier].format(WAYS[way]('IF(A1="|","!",SUM(A1:A9))'))

    assert A_FORMULA in reach([("xl/any.xml", part.encode())])
    assert A_FORMULA in reach([("xl/any.xml", part.encode("utf-16"))])
    assert reach([("xl/any.xml", plain.encode())]) == ()


@pytest.mark.parametrize(
    ("formula", "is_named"),
    [
        ("of:=WEBSERVICE(&quot;http://x&quot;)", True),
        ("of:=DDE(&quot;cmd&quot;;&quot;/C calc&quot;;&quot;x&quot;)", True),
        ("msoxl:=cmd|'/C calc'!A0", True),
        ("of:=HYPERLINK(&quot;file:///c:/x.exe&quot;)", True),
        ("of:='file:///c:/x.ods'#$a.A1", True),
        ("of:=SUM([.A1:.A9])", False),
        ("of:=HYPERLINK(&quot;https://x.example&quot;)", False),
    ],
)
def test_a_formula_of_an_open_document_is_named(formula: str, is_named: bool) -> None:
    cell = f'<t:table-cell xmlns:t="x" t:formula="{formula}"/>'

    assert (A_FORMULA in reach([("content.xml", cell.encode())])) is is_named


def test_what_runs_when_a_workbook_opens_is_named() -> None:
    part = '<workbook><definedName name="_xlnm.Auto_Open">Macro1!$A$1</definedName></workbook>'

    assert reach([("xl/workbook.xml", part.encode())]) == ("macros",)


@pytest.mark.parametrize(
    "code",
    [
        r"I\'4eCLUDETEXT c:\\x",
        r"I\u78?CLUDETEXT c:\\x",
        "{IN}{CLUDE}{TEXT} c:",
        r"{\b\fs22 I{\i N}CLUDE}{TEXT} c:",
    ],
)
def test_a_field_of_rich_text_is_named_however_it_is_written(code: str) -> None:
    text = r"{\rtf1{\field{\*\fldinst " + code + r"}{\fldrslt x}} PAGE}"

    assert [*reach_of_rtf(text.encode())] == [A_FIELD.format("INCLUDETEXT")]


def test_a_field_within_a_field_is_named_and_deep_ones_end() -> None:
    deep = r"{\field{\*\fldinst " * 500 + "DDEAUTO cmd" + "}}" * 500

    assert A_FIELD.format("INCLUDETEXT") in [
        *reach_of_rtf(rb"{\rtf1{\field{\*\fldinst IF {\field{\*\fldinst INCLUDETEXT x}} = 1}}}")
    ]
    assert [*reach_of_rtf((r"{\rtf1" + deep + "}").encode())] != []
