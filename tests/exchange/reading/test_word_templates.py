"""Word templates: what would fetch, run or embed something in every letter is refused."""

import base64
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msgspec.structs import replace

from exchange.papers.letters.agreements import filled, read_template, template_bytes
from exchange.papers.letters.writing import FOLDER
from exchange.papers.letters.writing import template_of as letter_template_of
from exchange.reading import sheets, word_templates
from exchange.reading import word_templates as template_worker
from exchange.reading.sheets import ask_worker
from exchange.reading.word_templates import require_sound, template_line
from models.trouble import Trouble
from tests.exchange.papers.letters.test_agreements import AGREEMENT, STATUS
from tests.sources import ROOT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ITS_TIES = "word/_rels/document.xml.rels"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100
Change = Callable[[bytes], bytes]


@cache
def ordinary() -> bytes:
    """Return a letter as Word has it: a head, a foot with the number of the page, and a link to the web."""
    word = docx.Document()
    word.add_paragraph("Dear {{ contact }}")
    word.add_paragraph("{{ why | join(' ') }}")
    word.sections[0].header.paragraphs[0].text = "Office"
    foot = word.sections[0].footer.paragraphs[0]._p
    for each in ('fldCharType="begin"', "", 'fldCharType="separate"', 'fldCharType="end"'):
        inner = f"<w:fldChar {each}/>" if each else "<w:instrText> PAGE </w:instrText>"
        foot.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))
    word.part.relate_to("https://example.org/guide", f"{TIES}/hyperlink", is_external=True)
    word.part.relate_to("mailto:grants@example.org", f"{TIES}/hyperlink", is_external=True)
    saved = BytesIO()
    word.save(saved)
    return saved.getvalue()


def changed(parts: Mapping[str, Change | bytes], content: bytes | None = None) -> bytes:
    """Return an ordinary letter with parts changed or put in."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content or ordinary())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in [*old.namelist(), *(one for one in parts if one not in old.namelist())]:
            change = parts.get(name)
            data = old.read(name) if name in old.namelist() else b""
            new.writestr(
                name, data if change is None else change if isinstance(change, bytes) else change(data)
            )
    return made.getvalue()


def before(end: str, added: str) -> Change:
    """Put something before the end of an element."""
    return lambda data: data.replace(f"</{end}>".encode(), f"{added}</{end}>".encode(), 1)


def in_text(added: str) -> bytes:
    return changed({"word/document.xml": before("w:body", added)})


def tied(kind: str, target: str, *, mode: str = "External", kinds: str = TIES) -> bytes:
    mode = f' TargetMode="{mode}"' if mode else ""
    tie = f'<Relationship Id="rId99" Type="{kinds}/{kind}" Target="{target}"{mode}/>'
    return changed({ITS_TIES: before("Relationships", tie)})


def simple(code: str) -> str:
    return f"<w:p><w:fldSimple w:instr='{code}'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"


def split(*parts: str) -> str:
    """Return a field whose code stands in several runs."""
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    return f"<w:p>{mark.format('begin')}{runs}{mark.format('separate')}{mark.format('end')}</w:p>"


def part(added: str, root: str) -> bytes:
    return f'<w:{root} xmlns:w="{W}">{added}</w:{root}>'.encode()


LINK = '<w:hyperlink r:id="rId99"/>'
VML = "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' {}/></w:pict></w:r></w:p>"
NESTED = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
    "<w:r><w:instrText>SEQ a</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    "<w:r><w:instrText> c:\\x.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "DDE": (in_text(simple('DDE "cmd" "/c calc"')), "(DDE)", "its text"),
    "DDEAUTO in runs": (in_text(split("DDE", "AU", 'TO c:\\x "/c"')), "(DDEAUTO)", "its text"),
    "lower case": (in_text(split(" d", "de x y")), "(DDE)", "its text"),
    "INCLUDETEXT": (in_text(simple('INCLUDETEXT "\\\\x\\y"')), "(INCLUDETEXT)", "its text"),
    "INCLUDEPICTURE": (in_text(split('INCLUDEPICTURE "http://x/a.png"')), "(INCLUDEPICTURE)", "its text"),
    "LINK": (in_text(simple("LINK Excel.Sheet.8 c:\\x.xls")), "(LINK)", "its text"),
    "IMPORT": (in_text(simple("IMPORT c:\\x.png")), "(IMPORT)", "its text"),
    "DATABASE": (in_text(split("DATABASE \\c DSN=x")), "(DATABASE)", "its text"),
    "AUTOTEXT": (in_text(simple("AUTOTEXT x")), "(AUTOTEXT)", "its text"),
    "AUTOTEXTLIST": (in_text(simple("AUTOTEXTLIST x")), "(AUTOTEXTLIST)", "its text"),
    "GLOSSARY": (in_text(simple("GLOSSARY x")), "(GLOSSARY)", "its text"),
    "MACROBUTTON": (in_text(split("MACRO", "BUTTON Run x")), "(MACROBUTTON)", "its text"),
    "RD": (in_text(simple("RD c:\\x.docx")), "(RD)", "its text"),
    "QUOTE": (in_text(simple("QUOTE 68 68 69")), "(QUOTE)", "its text"),
    "a name made by a field": (in_text(NESTED), "a field that is not for a letter", "its text"),
    "a code without a field": (
        in_text("<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>"),
        "(DDE)",
        "",
    ),
    "a field that never ends": (
        in_text("<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>DDE x</w:instrText></w:r></w:p>"),
        "(DDE)",
        "",
    ),
    "a link to a file": (in_text(simple('HYPERLINK "file:///c:/x.exe"')), "(HYPERLINK)", "its text"),
    "a link to a share": (
        in_text(split('HYPERLINK \\o "Tip: x" "\\\\server\\x"')),
        "(HYPERLINK)",
        "its text",
    ),
    "altChunk": (in_text('<w:altChunk xmlns:r="r" r:id="rId99"/>'), "altChunk", "its text"),
    "an OLE object": (in_text("<w:p><w:r><w:object/></w:r></w:p>"), "OLE", "its text"),
    "a control": (in_text("<w:p><w:r><w:control/></w:r></w:p>"), "ActiveX", "its text"),
    "a document within": (in_text("<w:subDoc/>"), "another document", "its text"),
    "a picture from the web": (in_text(VML.format("src='http://x/a.png'")), "fetch", "its text"),
    "a shape to a file": (in_text(VML.format("href='file:///c:/x'")), "fetch", "its text"),
    "in a header": (changed({"word/header1.xml": before("w:hdr", simple("DDE x y"))}), "(DDE)", "a header"),
    "in a footer": (changed({"word/footer1.xml": before("w:ftr", split("D", "DE x"))}), "(DDE)", "a footer"),
    "in footnotes": (
        changed({"word/footnotes.xml": part(simple("LINK x"), "footnotes")}),
        "LINK",
        "its footnotes",
    ),
    "in endnotes": (
        changed({"word/endnotes.xml": part(split("LI", "NK x"), "endnotes")}),
        "LINK",
        "its endnotes",
    ),
    "in comments": (changed({"word/comments.xml": part(simple("DDE x"), "comments")}), "DDE", "its comments"),
    "in building blocks": (
        changed({"word/glossary/document.xml": part(split("DDE x"), "glossaryDocument")}),
        "DDE",
        "its building blocks",
    ),
    "of another name": (
        changed({"word/media/a.png": part(simple("DDE x"), "hdr")}),
        "DDE",
        "word/media/a.png",
    ),
    "after many spaces": (changed({"word/a.bin": b" " * 999 + part(simple("DDE x"), "hdr")}), "DDE", "a.bin"),
    "of another coding": (
        changed({"word/a.xml": part(simple("DDE x"), "hdr").decode().encode("utf-16")}),
        "DDE",
        "word/a.xml",
    ),
    "a mail merge": (
        changed({"word/settings.xml": before("w:settings", "<w:mailMerge/>")}),
        "data",
        "its settings",
    ),
    "a template elsewhere": (
        tied("attachedTemplate", "http://x/a.dotm"),
        "a template of its own",
        "its text",
    ),
    "an attached template within": (tied("attachedTemplate", "a.dotm", mode=""), "a template of its own", ""),
    "an external picture": (tied("image", "http://x/a.png"), "fetch", "its text"),
    "an external picture without its mode": (tied("image", "http://x/a.png", mode=""), "fetch", ""),
    "a picture on a share": (tied("image", "\\\\server\\a.png", mode=""), "fetch", ""),
    "a linked object": (tied("oleObject", "file:///c:/x.xls"), "OLE", ""),
    "an embedded workbook": (tied("package", "embeddings/a.xlsx", mode=""), "an embedded file", ""),
    "an external frame": (tied("frame", "http://x"), "frames", ""),
    "an external document": (tied("subDocument", "x.docx"), "another document", ""),
    "a link that is a file": (tied("hyperlink", "x.exe"), "fetch", ""),
    "a link that is a script": (tied("hyperlink", "javascript:x"), "fetch", ""),
    "an external link": (tied("externalLink", "x.xlsx"), "another file", ""),
    "a part of text": (tied("aFChunk", "a.html", mode=""), "altChunk", ""),
    "macros": (tied("vbaProject", "vbaProject.bin", mode="", kinds="http://x/2006"), "macros", ""),
    "a macro document": (
        changed(
            {
                "[Content_Types].xml": lambda data: data.replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            }
        ),
        "macros",
        "",
    ),
    "an embedded OLE part": (changed({"word/a.bin": OLE}), "OLE", "word/a.bin"),
    "macros to which nothing leads": (
        changed({"word/vbaProject.bin": b"any"}),
        "macros",
        "word/vbaProject.bin",
    ),
    "a control to which nothing leads": (
        changed({"word/activeX/activeX1.xml": b"<a/>"}),
        "ActiveX",
        "activeX1",
    ),
    "an embedded program": (changed({"word/media/a.png": b"MZ" + OLE}), "program", "word/media/a.png"),
    "an embedded package": (changed({"word/a.bin": ordinary()}), "an embedded file", "word/a.bin"),
    "entities": (
        changed(
            {"word/document.xml": lambda data: data.replace(b"<w:document", b"<!DOCTYPE a><w:document", 1)}
        ),
        "entities",
        "its text",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_template_that_does_more_than_say_something_is_refused(name: str) -> None:
    content, what, where = HOSTILE[name]

    with pytest.raises(Trouble) as told:
        template_line(content)

    words = str(told.value)
    assert words.startswith("has ")
    assert what in words
    assert f" in {where}" in words or where in words
    assert words.endswith(
        "it would go into every letter; take it out in Word and save it; nothing was changed"
    )


def two_of_a_name() -> bytes:
    made = BytesIO(ordinary())
    with zipfile.ZipFile(made, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", b"<a/>")
    return made.getvalue()


def large(most: int) -> bytes:
    made = BytesIO(ordinary())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("word/media/a.png", b"\0" * most)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"plain words", "is not a Word document"),
        (ordinary()[:900], "is not a Word document"),
        (two_of_a_name(), "is not a Word document"),
        (changed({"word/document.xml": b"<w:a>"}), "is not a Word document"),
        (changed({"word/a.xml": b"<?xml version='1.0' encoding='utf-7'?><a/>"}), "is not a Word document"),
        (in_text("<w:p/>" * (template_worker.MOST_PARAGRAPHS + 1)), "has more than 3,000 paragraphs"),
        (changed({f"a{n}": b"" for n in range(template_worker.MOST_PARTS)}), "has more than 1,000 parts"),
        (large(template_worker.MOST_UNPACKED), "unpacks to more than a letter holds"),
    ],
    ids=["words", "cut off", "two of a name", "half a part", "coding", "paragraphs", "parts", "bomb"],
)
def test_what_is_no_template_or_a_bomb_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        template_line(content)


def test_every_template_that_ships_is_taken() -> None:
    shipped = sorted((ROOT / "resources" / "letters").glob("*.docx"))

    assert len(shipped) > 15
    assert all(template_line(path.read_bytes())["sha256"] for path in shipped)


def test_a_file_is_looked_at_in_a_process_of_its_own_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def ask(path: Path, *what: Any) -> bytearray:
        asked.append(path)
        return ask_worker(path, *what)

    monkeypatch.setattr(sheets, "ask_worker", ask)
    folder = tmp_path / FOLDER
    folder.mkdir()
    path = folder / "offer.docx"
    path.write_bytes(ordinary())
    monkeypatch.setattr(word_templates, "_SOUND", set())

    for _ in range(3):
        letter_template_of("offer", tmp_path / "letters")
    assert len(asked) == 1

    path.write_bytes(HOSTILE["DDE"][0])
    with pytest.raises(
        Trouble, match=r"^offer\.docx has a field that is not for a letter \(DDE\) in its text, "
    ):
        letter_template_of("offer", tmp_path / "letters")
    with pytest.raises(Trouble, match=r"^offer\.docx has a field"):
        read_template(path)
    monkeypatch.setattr(sheets, "ask_worker", lambda *what: bytearray())
    with pytest.raises(Trouble, match=r"^offer\.docx could not be read safely; "):
        letter_template_of("offer", tmp_path / "letters")


def test_a_template_that_a_record_holds_is_looked_at_too() -> None:
    require_sound("It", template_bytes(""))
    hostile = base64.b64encode(HOSTILE["INCLUDETEXT"][0]).decode("ascii")
    with pytest.raises(Trouble, match=r"^The agreement’s template has a field .*INCLUDETEXT"):
        filled(replace(AGREEMENT, template=hostile), STATUS)
