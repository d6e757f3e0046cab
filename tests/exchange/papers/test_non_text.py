"""What a file holds beside its words: each of these leaves every word, or value, as it was."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from exchange.papers.non_text import NonText, non_text, not_shown_words
from exchange.papers.panel_book import LONGEST_TEXTS
from exchange.papers.paper_reading import read_paper
from exchange.papers.paper_writing import write_paper
from exchange.pdf.fonts import SUBSTITUTE, printable, words_not_shown
from models.papers.letters.letters import LetterFiles
from models.store.private_files import temporary_folder
from models.trouble import Trouble
from tests.exchange.papers.test_panel_book import BOOK, ITEM, STATUS

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT, SHEET = r"word/document\.xml", r"xl/worksheets/sheet1\.xml"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A Word file and a workbook of one line each, as bytes."""
    word, book = docx.Document(), Workbook()
    word.add_paragraph("Awarded £4,100")
    sheet = book.active
    assert sheet is not None
    sheet.append(["Awarded", 4100])
    sheet["B1"].number_format = '"£"#,##0'
    found: dict[str, bytes] = {}
    for ending, save in ((".docx", word.save), (".xlsx", book.save)):
        buffer = io.BytesIO()
        save(buffer)
        found[ending] = buffer.getvalue()
    return found


def changed(file: bytes, ending: str, folder: Path, part: str, was: str, becomes: str) -> Path:
    """Return the file with a piece of one part changed; with nothing to be changed, the part is a new one."""
    path = folder / f"changed{ending}"
    with ZipFile(io.BytesIO(file)) as before, ZipFile(path, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if was and re.fullmatch(part, name):
                text, count = re.subn(was.encode(), becomes.encode(), text, count=1)
                assert count, "the piece is there"
            after.writestr(name, text)
        if not was:
            after.writestr(part, becomes)
    return path


RUN = "<w:r><w:t>Awarded"
COMMENT = f'<w:comments xmlns:w="{WORD}"><w:p><w:r><w:t>Not agreed</w:t></w:r></w:p></w:comments>'
OF_PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"
OUTSIDE = (
    f'<Relationships xmlns="{OF_PARTS}"><Relationship Id="rId1" Type="{OF_PARTS}/template" '
    'Target="http://outside.example/t.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("part", "was", "becomes", "told"),
    [
        (TEXT, RUN, f'<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>{RUN[5:]}', "cannot be seen “Awarded"),
        (TEXT, RUN, f"<w:r><w:rPr><w:vanish/></w:rPr>{RUN[5:]}", "cannot be seen “Awarded"),
        (
            r"word/styles\.xml",
            r'(w:styleId="Normal">)',
            r'\1<w:rPr><w:sz w:val="2"/></w:rPr>',
            "in the style normal",
        ),
        (r"word/numbering\.xml", r'lvlText w:val="[^"]*"', 'lvlText w:val="£9,999"', "begin with “£9,999”"),
        (TEXT, RUN, f"<w:del><w:r><w:delText>Refused</w:delText></w:r></w:del>{RUN}", "“Refused”"),
        (TEXT, RUN, f'<w:fldSimple w:instr=" DATE "/>{RUN}', "a field DATE"),
        (TEXT, RUN, f'<w:r><w:sym w:char="F0FC"/></w:r>{RUN}', "a sign or words of another kind"),
        ("word/comments.xml", "", COMMENT, "“Not agreed”"),
        ("word/media/seal.png", "", "no real picture", "a picture "),
        ("word/embeddings/book.bin", "", "x", "another file within it, book.bin"),
        ("word/_rels/settings.xml.rels", "", OUTSIDE, "a link to http://outside.example/t.dotm"),
    ],
)
def test_what_was_put_into_a_word_file_is_seen(
    files: dict[str, bytes], tmp_path: Path, part: str, was: str, becomes: str, told: str
) -> None:
    plain = tmp_path / "plain.docx"
    plain.write_bytes(files[".docx"])

    found = set(read_paper(changed(files[".docx"], ".docx", tmp_path, part, was, becomes)).non_text)

    new = found - set(read_paper(plain).non_text)
    assert [told in one.words for one in new] == [True]


ROW = '<c r="B1"'
BY_CONDITION = '<conditionalFormatting sqref="B1"><cfRule><formula>B1&gt;1</formula></cfRule>'


@pytest.mark.parametrize(
    ("part", "was", "becomes", "told"),
    [
        (r"xl/workbook\.xml", r'state="visible"', 'state="veryHidden"', "the whole sheet is hidden"),
        (SHEET, r'<row r="1"', '<row hidden="1" r="1"', "row 1 is hidden"),
        (SHEET, "<sheetData>", '<cols><col min="2" max="2" width="0"/></cols><sheetData>', "columns 2 to 2"),
        (SHEET, "<v>4100</v>", "<f>4000+100</f><v>4100</v>", "B1 is worked out as 4000+100"),
        (SHEET, "</sheetData>", f"</sheetData>{BY_CONDITION}</conditionalFormatting>", "depends on B1>1"),
        (SHEET, "</sheetData>", "</sheetData><headerFooter><oddHeader>X</oddHeader></headerFooter>", "“X”"),
        (r"xl/styles\.xml", "#,##0", "#,##0,", "B1 is shown as"),
        (r"xl/styles\.xml", "#,##0", "&quot;9,999&quot;", "B1 is shown as"),
        (r"xl/styles\.xml", "<font>", '<font><color rgb="FFFFFFFF"/>', "A1 cannot be seen"),
        (
            r"xl/workbook\.xml",
            "</sheets>",
            '</sheets><definedNames><definedName name="sum">9</definedName></definedNames>',
            "the name sum for 9",
        ),
    ],
)
def test_what_was_put_into_a_workbook_is_seen(
    files: dict[str, bytes], tmp_path: Path, part: str, was: str, becomes: str, told: str
) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(files[".xlsx"])

    found = non_text(changed(files[".xlsx"], ".xlsx", tmp_path, part, was, becomes), ".xlsx")

    new = set(found) - set(non_text(plain, ".xlsx"))
    assert any(told in one.words for one in new)


def test_a_number_format_that_another_program_wrote_its_own_way_is_the_same(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(files[".xlsx"])
    again = changed(files[".xlsx"], ".xlsx", tmp_path, r"xl/styles\.xml", "&quot;£&quot;", "[$£-809]")

    assert non_text(again, ".xlsx") == non_text(plain, ".xlsx")


def drawn(path: Path, beside: Callable[[Canvas], None] = lambda canvas: None, at: float = 700) -> Path:
    """Draw a page of two lines and something beside them."""
    canvas = Canvas(str(path), invariant=True)
    canvas.drawString(100, at, "Awarded £4,100")
    beside(canvas)
    canvas.drawString(100, 650, "Harbour Club")
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (lambda canvas: canvas.rect(100, 690, 90, 20, fill=1), "cannot be seen “Awarded £4,100”"),
        (lambda canvas: canvas.setFillColorRGB(1, 1, 1), "cannot be seen “Harbour Club”"),
        (lambda canvas: canvas.textAnnotation("£9,999", Rect=(1, 1, 9, 9)), "a note or a stamp £9,999"),
        (lambda canvas: canvas.linkURL("http://outside.example", (1, 1, 9, 9)), "http://outside.example"),
    ],
)
def test_what_was_put_over_a_page_is_seen(
    tmp_path: Path, beside: Callable[[Canvas], None], told: str
) -> None:
    plain = non_text(drawn(tmp_path / "plain.pdf"), ".pdf")

    new = set(non_text(drawn(tmp_path / "over.pdf", beside), ".pdf")) - set(plain)

    assert any(told in one.words for one in new)


def test_words_that_moved_are_no_matter_and_a_file_within_it_is_seen(tmp_path: Path) -> None:
    plain = drawn(tmp_path / "plain.pdf")
    document = pypdfium2.PdfDocument(plain)
    document.new_attachment("more.txt").set_data(b"more")
    document.save(tmp_path / "more.pdf")
    document.close()
    before = non_text(plain, ".pdf")

    assert non_text(drawn(tmp_path / "moved.pdf", at=600), ".pdf") == before
    assert non_text(tmp_path / "more.pdf", ".pdf") == (
        *before,
        NonText("the file", "another file within it"),
    )


def test_a_file_that_is_not_built_like_a_paper_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    broken = changed(files[".xlsx"], ".xlsx", tmp_path, r"xl/styles\.xml", "<", "<!")

    with pytest.raises(Trouble, match=r"changed\.xlsx does not have the structure of a paper"):
        non_text(broken, ".xlsx")


def test_plain_data_has_nothing_beside_its_words(tmp_path: Path) -> None:
    assert non_text(tmp_path / "list.csv", ".csv") == ()


BURMESE, TIBETAN = "မြန်မာ", "བོད་ཡིག"


def told(name: str = "", **fields: object) -> tuple[str, ...]:
    item = replace(ITEM, organisation=name or ITEM.organisation, **fields)
    return not_shown_words("panel-book", replace(BOOK, items=(item,)))


def test_a_name_that_no_font_has_is_named_and_what_all_fonts_have_is_not() -> None:
    assert told() == told("Klub Łódź, ਪੰਜਾਬੀ, 漢字, שלום and 한국") == ()
    assert told(f"{BURMESE} Women's Group") == (
        f"The PDF has no font for “{BURMESE}”: signs stand in the place of letters. Ask how it is written in "
        "Latin letters, and enter that.",
    )
    assert f"“{TIBETAN}”, “{BURMESE}”: " in told(f"{TIBETAN} {BURMESE}")[0]
    assert "Ask how they are written" in told(f"{TIBETAN} {BURMESE}")[0]


def test_a_paper_without_a_pdf_is_not_told_of_its_fonts() -> None:
    book = replace(BOOK, office=BURMESE)

    assert not_shown_words("letters", book) == ()
    assert len(not_shown_words("letters", book, LetterFiles(pdfs=True))) == 1


@given(st.integers(1, LONGEST_TEXTS + 50), st.integers(1, 50))
def test_the_book_says_of_which_applications_it_prints_less_than_they_wrote(first: int, second: int) -> None:
    words = told(texts=(("The need", "a" * first), ("The plan", "b" * second)))

    assert bool(words) == (first + second > LONGEST_TEXTS)
    assert all("the whole texts of ACF-001: " in one for one in words)


def test_what_is_told_of_is_what_the_page_has_a_sign_for() -> None:
    with temporary_folder() as folder:
        path = write_paper("panel-book", replace(BOOK, office=BURMESE), STATUS, folder / "book.pdf")
        document = pypdfium2.PdfDocument(path)
        text = document[0].get_textpage().get_text_range()
        document.close()

    assert SUBSTITUTE in text


@given(st.text(max_size=30))
def test_words_are_named_where_a_sign_stands_for_a_letter_of_theirs(text: str) -> None:
    named = words_not_shown(text.replace(SUBSTITUTE, ""))

    assert all(SUBSTITUTE in printable(word) for word in named)
