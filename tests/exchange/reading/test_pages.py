"""Files that somebody sent are drawn and read in a process of their own; hostile ones end in one sentence."""

import base64
import io
import json
import os
import struct
import time
import zlib
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from exchange.reading import page_worker, pages
from exchange.reading.memory import reuse_memory
from exchange.reading.pages import MOST_PAGES, MOST_PIXELS, Pages, Words, sentences, text_of
from exchange.reading.word_fields import FETCHING
from exchange.reading.word_reach import NOT_LOOKED_INTO
from models.trouble import Trouble
from tests.exchange.good_files import packed, xlsx
from tests.exchange.messages import mail, ole, outlook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def opening() -> Iterator[list[Pages]]:
    made: list[Pages] = []
    yield made
    for one in made:
        one.close()


def opened(content: bytes, opening: list[Pages]) -> Pages:
    opening.append(Pages(content))
    opening[-1].shape()
    return opening[-1]


def pdf(count: int = 1, words: str = "Quote for boxing gloves", at: int = 700, **options: object) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, **options)
    for number in range(count):
        canvas.drawString(72, at, f"{words}, page {number + 1}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 40)).save(written, kind, **options)
    return written.getvalue()


def claimed_png(wide: int, high: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 5000)) + chunk(b"IEND", b"")


def word(body: str, **others: bytes) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **others})


def raw_pdf(catalog: str = "", content: bytes = b"", box: str = "0 0 300 300") -> bytes:
    """A PDF written by hand, which PDFium mends: it needs no table of its objects."""
    return (
        (
            f"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R {catalog}>> endobj\n"
            "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
            f"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R>> endobj\n"
            f"4 0 obj <</Length {len(content)}>> stream\n"
        ).encode()
        + content
        + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n"
    )


def asked(content: bytes, *questions: tuple[str, dict[str, object]]) -> list[object]:
    """Return what the process that reads a file answers, first of what it opened, without its killing."""
    lines = (json.dumps({"what": what, **told}).encode() + b"\n" for what, told in questions)
    told = page_worker.answers(content, io.BytesIO(b"".join(lines)))
    return [data or next(iter(said.values()), None) for said, data in told]


def test_a_pdf_is_drawn_page_by_page_and_its_words_are_found(opening: list[Pages]) -> None:
    file = opened(pdf(3), opening)

    drawn = file.draw(2, 600)

    assert (file.shape().kind, file.shape().count) == ("pages", 3)
    assert drawn.width == 600
    assert len(drawn.pixels) == drawn.stride * drawn.height
    assert min(drawn.pixels) < 60 < 200 < max(drawn.pixels)  # black letters on white
    assert file.pages_with("PAGE 2") == (1,)
    assert file.pages_with("nowhere") == ()
    assert (round(file.place(1, "PAGE 2"), 1), file.place(1, "nowhere")) == (0.2, 0)
    assert file.text(0).startswith("Quote for boxing gloves, page 1")
    assert file.finds() == ()


def test_a_file_whose_text_takes_long_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "TEXT_SECONDS", -1.0)  # however fast the machine, it has taken more than that
    assert len(text_of(pdf(3))) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_is_one_page(kind: str, opening: list[Pages]) -> None:
    file = opened(picture(kind), opening)

    drawn = file.draw(0, 150)

    assert (file.shape().count, drawn.width, drawn.height) == (1, 150, 100)
    blue, green, red, alpha = drawn.pixels[:4]
    assert red > 180 > 60 > max(blue, green)
    assert alpha == 255


def test_a_photograph_is_unpacked_no_larger_than_it_is_drawn(opening: list[Pages]) -> None:
    content = picture("JPEG", size=(4000, 2000))

    assert page_worker._Picture(content)._unpacked(0, 300).size == (1000, 500)
    drawn = opened(content, opening).draw(0, 600)
    assert (drawn.width, drawn.height) == (600, 300)
    assert drawn.pixels[2] > 180 > 60 > max(drawn.pixels[:2])


def test_the_memory_of_a_page_is_used_again_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")  # others do so by themselves
    limits: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda *given: limits.append(given))
    monkeypatch.setattr("ctypes.CDLL", lambda name: library)

    reuse_memory()
    assert limits == [(-3, 32 << 20), (-1, 64 << 20)]  # glibc's numbers; it takes none larger than 32 MiB

    monkeypatch.setattr("ctypes.CDLL", lambda name: SimpleNamespace())
    reuse_memory()  # a C library that knows no such thing is let be
    monkeypatch.setattr("sys.platform", "win32")
    reuse_memory()
    assert len(limits) == 2


def test_a_word_document_is_read_as_its_text_without_what_was_deleted(opening: list[Pages]) -> None:
    body = (
        "<w:p><w:r><w:t>Our rules</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:sdt><w:sdtContent>"
        "<w:r><w:t>£40</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:ins><w:r><w:t>added</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )

    text = opened(word(body), opening).text(0)

    assert "Our rules" in text
    assert "£40" in text
    assert "added" in text
    assert "gone" not in text


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (raw_pdf("/OpenAction<</S/Launch/F(calc.exe)>>"), "start a program"),
        (raw_pdf("/OpenAction<</S/#4caunch/F(calc.exe)>>"), "start a program"),
        (raw_pdf("/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "a script"),
        (raw_pdf("/AcroForm<</XFA 4 0 R>>"), "XFA"),
        (raw_pdf("/A<</S/URI/URI(https://example.org)>>"), "links to outside"),
        (word("", **{"word/vbaProject.bin": b"x"}), "macros"),
        (word("", **{"word/_rels/document.xml.rels": b'<R TargetMode="External"/>'}), "links to outside"),
        (word("", **{"word/embeddings/a.xlsx": b"x"}), "an embedded file"),
    ],
)
def test_what_a_file_would_do_is_named_and_not_done(content: bytes, named: str, opening: list[Pages]) -> None:
    (sentence,) = sentences(opened(content, opening).finds())

    assert named in sentence
    assert sentence.endswith("None of it was run or fetched.")


RUN = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODED = f"{RUN.format('begin')}<w:r><w:instrText> {{}} </w:instrText></w:r>{RUN.format('end')}"
PART = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>{}</w:p></w:hdr>'


@pytest.mark.parametrize("name", sorted(FETCHING))
@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/header1.xml", "word/footnotes.xml", "word/x.bin"]
)
def test_a_field_that_fetches_or_runs_is_named_in_whatever_part_it_is(
    name: str, part: str, opening: list[Pages]
) -> None:
    code = CODED.format(name.lower() + ' "c:/x"')
    is_body = part == "word/document.xml"
    content = word(f"<w:p>{code}</w:p>") if is_body else word("", **{part: PART.format(code).encode()})

    assert f"a field that would fetch or run something ({name})" in " ".join(opened(content, opening).finds())


def test_actions_that_are_packed_out_of_sight_are_named(opening: list[Pages]) -> None:
    packed = zlib.compress(b"9 0 <</S/Launch/F(calc.exe)>>")
    within = b"9 0 obj <</Type/ObjStm/Filter/FlateDecode>> stream\n" + packed + b"\nendstream endobj\n"

    finds = opened(raw_pdf().replace(b"trailer", within + b"trailer"), opening).finds()

    assert finds == ("an action that would start a program",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (claimed_png(50_000, 50_000), "50,000 by 50,000 pixels"),
        (picture()[:60], Words.DAMAGED),
        (pdf()[:40], Words.DAMAGED),
        (pdf(encrypt="secret"), Words.LOCKED),
        (b"%PDF-1.7\n" + b"\0" * 1000, Words.DAMAGED),
        (b"PK\x03\x04 and no more", Words.DAMAGED),
        (b"MZ\0\0\0", Words.UNKNOWN),
        (word("<w:p>" * 300_000), Words.DAMAGED),
        (word("<w:p/>").replace(b"word/document.xml", b"word/documen_.xml"), Words.UNKNOWN),
        (raw_pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"), Words.DAMAGED),
        (packed({str(n): "" for n in range(5_001)}), "has more than 5,000 parts"),
    ],
    ids=[
        *("bomb", "cut picture", "cut PDF", "password", "zeros", "zip", "program", "nested", "other parts"),
        *("no pages", "parts"),
    ],
)
def test_what_is_not_shown_says_why_at_once(content: bytes, why: str, opening: list[Pages]) -> None:
    begun = time.monotonic()

    with pytest.raises(Trouble, match=why):
        opened(content, opening).draw(0, 600)

    assert time.monotonic() - begun < 5
    assert why in str(asked(content)[0])


def test_a_document_that_declares_entities_or_unpacks_without_end_is_refused(opening: list[Pages]) -> None:
    content = word(f"<!--{'x' * 9000}--><!DOCTYPE a [<!ENTITY a 'b'>]>")
    with pytest.raises(Trouble, match="declares its own entities"):
        opened(content, opening)

    bomb = word("<w:p/>" * 20_000_000)
    with pytest.raises(Trouble, match="unpacks to far more"):
        opened(bomb, opening)

    assert asked(content) == ["declares its own entities, which no word processor writes"]
    assert asked(bomb) == ["unpacks to far more than a letter holds"]


def test_of_ten_thousand_pages_the_first_are_shown(opening: list[Pages]) -> None:
    kids = b" ".join(b"3 0 R" for _ in range(10_000))
    content = raw_pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count 10000")

    file = opened(content, opening)

    assert file.shape().count == MOST_PAGES
    assert asked(content, ("finds", {}))[1:] == [["10,000 pages, of which the first 2,000 are shown"]]


@pytest.mark.parametrize("box", ["0 0 1 14400", "0 0 14400 1", "0 0 0 0", "0 0 9e9 9e9"])
def test_no_page_is_drawn_larger_than_the_most(box: str, opening: list[Pages]) -> None:
    drawn = opened(raw_pdf(box=box), opening).draw(0, 4_000)

    assert 0 < drawn.width * drawn.height <= MOST_PIXELS * 1.01


def test_a_page_that_never_ends_is_left_and_another_file_is_read(
    opening: list[Pages], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SECONDS", 1.0)
    endless = raw_pdf(content=b"0 0 300 300 re 1 0 0 rg f* 10 10 m 200 9 8 7 250 260 c S\n" * 900_000)
    before = os.times()

    with pytest.raises(Trouble, match=Words.UNSAFE):
        opened(endless, opening).draw(0, 3_000)

    now = os.times()
    took = now.children_user + now.children_system - before.children_user - before.children_system
    assert took < 5  # of the processor, however busy it is with other things
    assert opened(pdf(), opening).draw(0, 100).width == 100


def test_a_process_that_died_is_started_anew_for_the_next_page(opening: list[Pages]) -> None:
    file = opened(pdf(2), opening)
    assert file._process is not None
    file._process.kill()
    file._process.wait()

    with pytest.raises(Trouble, match=Words.UNSAFE):
        file.draw(0, 100)

    assert file.draw(1, 100).width == 100


T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f'<o xmlns:t="{T}"><t:tracked-changes><t:p>gone</t:p></t:tracked-changes>'
    '<t:h>Our<t:tab/>rules</t:h><t:p>One<t:s t:c="3"/><b>hall<t:line-break/>each</b></t:p></o>',
}
SHEET = "Sheet\nReference\tOrganisation\tAmount\tReceived\nACF-001\tŁódź Lunch Club\t4500.5\t2026-03-04"
RICH = outlook({"hall.png": b"x"}) | {"__substg1.0_1000001F": b"", "__substg1.0_10090102": b"x"}
UNSENT = b"Date: Fri, 31 Jul 2026 23:30:00 +0000\r\nhall"
PACKED = b"9 0 obj <</Type/ObjStm/Filter/FlateDecode>> stream\n%b\nendstream "
PACKS = b"".join(PACKED % one for one in (b"no zlib", *map(zlib.compress, (b"/Launch", b" " * 50, b"/JS"))))
"""Of the objects that are packed together the first are damaged, and the last past what is looked through."""


@pytest.mark.parametrize(
    ("content", "kind", "text", "finds"),
    [
        (word("<w:p><w:r><w:t>Our</w:t><w:tab/><w:t/></w:r></w:p>"), "text", "Our\t\n", []),
        (packed(ODT), "text", "Our\trules\nOne hall\neach\n", []),
        (xlsx(), "text", f"{SHEET}\nACF-002\tCaffè & Friends\t250\t2026-03-05", []),
        (mail({"form.docx": b"PK"}).as_bytes(), "text", "Files: form.docx\n\nPlease find our form.", []),
        (ole(RICH), "text", "Files: hall.png\n\n", ["words in rich text (RTF), which are not shown"]),
        (UNSENT, "text", UNSENT.decode().replace("\r", ""), []),
        (picture("TIFF"), "pages", "", []),
        (raw_pdf() + PACKS, "pages", "", ["an action that would start a program", NOT_LOOKED_INTO]),
    ],
    ids=["docx", "odt", "xlsx", "eml", "rich", "no sender", "scan", "packed"],
)
def test_each_kind_of_file_has_its_text_and_what_is_not_shown(
    content: bytes, kind: str, text: str, finds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_worker, "_MOST_SCANNED", 50)

    opened_as, said, *found = asked(content, ("text", {}), ("finds", {}), ("place", {"words": "PAGE 2"}))

    assert (opened_as, str(said)[-len(text) :], found) == (kind, text, [finds, 0.0])


def test_what_is_drawn_and_found_is_answered_page_by_page() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    drawn, *found = asked(pdf(3), ("pixels", {"page": 2, "width": 60}), ("search", {"words": "PAGE 2"}))[1:]
    places = asked(pdf(2), ("place", {"page": 1, "words": "PAGE 2"}), ("place", {"words": "PAGE 2"}))[1:]
    upright, *_ = asked(picture("JPEG", exif=turned), ("pixels", {"width": 20}))[1:]

    assert (len(bytes(drawn)), found) == (60 * 85 * 4, [[1]])
    assert [round(place, 1) for place in places] == [0.2, 0.0]
    assert len(bytes(upright)) == 20 * 30 * 4  # of 300 by 200 that lies on its side
    assert asked(b"hall", ("pixels", {"width": 20})) == ["text", None]


SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"
CHAINS = {
    b"/Fl#61teDecode": zlib.compress(SCRIPT),
    b"[/FlateDecode /FlateDecode]": zlib.compress(zlib.compress(SCRIPT)),
    b"/ASCIIHexDecode": SCRIPT.hex().encode() + b">",
    b"[/ASCII85Decode /FlateDecode]": base64.a85encode(zlib.compress(SCRIPT)) + b"~>",
}


@pytest.mark.parametrize("chain", CHAINS, ids=bytes.decode)
@pytest.mark.parametrize("where", [b"<</Filter %b/Type/ObjStm>>", b"<</Type /ObjStm /N 1 /Filter %b>>"])
def test_a_script_is_named_however_it_is_packed(chain: bytes, where: bytes) -> None:
    content = raw_pdf() + b"9 0 obj " + where % chain + b" stream\n" + CHAINS[chain] + b"\nendstream "

    assert str(asked(content, ("finds", {}))).count("a script") == 1


@pytest.mark.parametrize("also", [b"trailer<</Encrypt 9 0 R>>", PACKED.replace(b"Flate", b"LZW") % b"x"])
def test_what_could_not_be_looked_into_is_said(also: bytes) -> None:
    assert NOT_LOOKED_INTO in str(asked(raw_pdf() + also, ("finds", {})))
    assert NOT_LOOKED_INTO not in str(asked(raw_pdf(), ("finds", {})))
