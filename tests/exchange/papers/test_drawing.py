"""An issue is drawn once, compared by its words and holds things beside them; a panel book in its order."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from exchange.papers.drawing import draw_letters
from exchange.papers.letters.writing import MERGED
from exchange.papers.non_text import NonText, non_text, not_shown_words
from exchange.papers.panel_book import LONGEST_TEXT
from exchange.papers.paper_check import compared
from exchange.papers.paper_preview import shown_sheets
from exchange.papers.paper_reading import NO_VALUE, Printed, read_paper
from exchange.papers.paper_writing import write_paper
from exchange.papers.schedule.schedule_sheets import BESIDE_THE_LIST
from models.papers.issued import IssuedFile, PaperFile
from models.papers.letters.letters import LetterFiles
from models.papers.panel_book import BookItem, BookMember, Judged, PanelBook
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.exchange.papers.letters.test_letters import DECLINE, OFFER, REASON, STATUS, letters, own_template
from tests.exchange.schedule_rounds import EXAMPLE
from tests.paper_text import pages_of


def test_letters_come_from_a_template_of_the_office_with_what_goes_beside_them(tmp_path: Path) -> None:
    own_template(tmp_path, "offer", "{{ today | day }}", "Dear friends", REASON)

    draw_letters(letters(OFFER, DECLINE), STATUS, tmp_path, LetterFiles(True, True)).write(tmp_path)

    letter = next(path for path in tmp_path.glob("*.docx") if path.name.endswith("offer.docx"))
    assert "Dear friends" in [each.text for each in docx.Document(str(letter)).paragraphs]
    assert (tmp_path / f"{MERGED}.docx").is_file()
    assert len(list((tmp_path / "E-mails").iterdir())) == 2


def test_a_letter_that_was_issued_is_given_back_as_it_was_with_what_goes_beside_it(tmp_path: Path) -> None:
    value = letters(OFFER, DECLINE)
    first = draw_letters(value, STATUS, tmp_path, LetterFiles())
    name = next(one.name for one in first.issued if one.about == OFFER.reference)
    word, was = docx.Document(BytesIO(first.files[name])), BytesIO()
    word.paragraphs[-1].add_run("As it was.")
    word.save(was)
    kept = IssuedFile(None, PaperFile(name, "", 0), content=was.getvalue())  # type: ignore[arg-type]

    again = draw_letters(value, STATUS, tmp_path, LetterFiles(mails=True), issued=(kept,))

    assert again.files[name] == was.getvalue()
    (mail,) = (content for place, content in again.files.items() if place.startswith("E-mails/ACF-001"))
    (attached,) = message_from_bytes(mail, policy=policy.default).iter_attachments()
    assert attached.get_content() == was.getvalue(), "the letter as it was goes with it"
    whole = docx.Document(BytesIO(again.files[f"{MERGED}.docx"]))
    assert [each.text for each in whole.paragraphs if each.text.endswith("As it was.")]


def test_where_one_letter_cannot_be_written_none_is(tmp_path: Path) -> None:
    drawn = draw_letters(letters(OFFER, DECLINE), STATUS, tmp_path, LetterFiles())
    last = [name for name in drawn.files if "/" not in name][-1]
    (tmp_path / last / "in the way").mkdir(parents=True)

    with pytest.raises((Trouble, OSError)):
        drawn.write(tmp_path)

    assert [path.name for path in tmp_path.glob("*.docx")] == [last]


def pages(*said: tuple[str, ...], marking: str = "OFFICIAL") -> tuple[tuple[str, str], ...]:
    """Return the lines of some pages, each with its marking and its number."""
    return tuple(
        (f"page {number}", line)
        for number, lines in enumerate(said, 1)
        for line in (marking, *lines, f"Page {number} of {len(said)}")
    )


def printed(*places: tuple[str, str], ending: str = ".pdf") -> Printed:
    made = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
    return Printed(f"paper{ending}", ending, ending in (".pdf", ".docx"), places, frozenset(), made)


ISSUED = printed(*pages(("£5 to A",), ("£6 to B",), ("£7 to C",)))


def test_the_same_words_on_other_pages_are_no_difference_and_what_is_hidden_or_added_is() -> None:
    assert compared(printed(*pages(("£5 to A", "£6 to B"), ("£7 to C",))), ISSUED) == ()

    own, seal = NonText("page 1", "a link to x"), NonText("page 2", "words that cannot be seen “£6”")
    issued = replace(ISSUED, non_text=(own,))

    (found,) = compared(replace(ISSUED, non_text=(own, seal)), issued)

    assert found.words == "page 2: “words that cannot be seen “£6”” on the paper, nothing in the record."
    assert compared(ISSUED, issued) == ()

    beside = (("page 4", "How sure"), ("page 4", BESIDE_THE_LIST), ("page 5", "The rest of it"))

    assert compared(replace(ISSUED, places=(*ISSUED.places, *beside)), ISSUED) == ()
    assert compared(replace(ISSUED, places=(*ISSUED.places, beside[0])), ISSUED)


@pytest.mark.parametrize(
    "places",
    [
        pages(("£5 to A", "£7 to B"), ("£6 to C",)),
        pages(("£5 to A",), ("£7 to C",)),
        pages(("£5 to A", "£6 to B"), ("£7 to C",), marking="PUBLIC"),
    ],
)
def test_other_words_their_order_and_what_each_page_says_are(places: tuple[tuple[str, str], ...]) -> None:
    assert compared(printed(*places), ISSUED)


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ((("List, A2", "3"), ("List, B2", "2500")), ("List, A2", "List, B2")),
        ((("List, A2", "32"),), ("List, B2",)),
        ((("List, A2", "32"), ("List, B2", "500"), ("List, C2", "x")), ("List, C2",)),
        ((("List, A2", "32"), ("List, B2", NO_VALUE)), ()),
    ],
)
def test_each_cell_counts(cells: tuple[tuple[str, str], ...], places: tuple[str, ...]) -> None:
    issued = printed(("List, A2", "32"), ("List, B2", "500"), ending=".xlsx")

    assert tuple(one.where for one in compared(printed(*cells, ending=".xlsx"), issued)) == places


def workbook(path: Path, rows: int) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Awards"
    sheet.append(["Reference", "Amount", "Share", "Count", "Day", "Score"])
    for number in range(rows):
        sheet.append([f"A-{number}", 4500, 0.125, 1204, date(2026, 12, 2), 62.5])
        for column, form in ((2, '"£"#,##0.00'), (3, "0.0%"), (4, "#,##0"), (5, "d mmm yyyy"), (6, "0.00")):
            sheet.cell(number + 2, column).number_format = form
    hidden = book.create_sheet("Behind")
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_figures_read_as_their_cells_show_them(tmp_path: Path) -> None:
    (sheet,) = shown_sheets(workbook(tmp_path / "a.xlsx", 1))

    assert (sheet.name, sheet.headings, sheet.more) == ("Awards", ("A", "B", "C", "D", "E", "F"), 0)
    shown = [cell.words for cell in sheet.rows[1]]
    assert shown == ["A-0", "£4,500.00", "12.5%", "1,204", "2 Dec 2026", "62.5"]
    assert sheet.rows[1][1].is_figure
    assert not sheet.rows[1][0].is_figure


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


def put_in(files: dict[str, bytes], ending: str, folder: Path, *change: str) -> set[NonText]:
    """Return what is seen in a file beside its words once a piece of it is changed, and was not before."""
    plain = folder / f"plain{ending}"
    plain.write_bytes(files[ending])
    now = read_paper(changed(files[ending], ending, folder, *change)).non_text
    return set(now) - set(read_paper(plain).non_text)


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
            *(r"word/styles\.xml", r'(w:styleId="Normal">)', r'\1<w:rPr><w:sz w:val="2"/></w:rPr>'),
            "in the style normal",
        ),
        (r"word/numbering\.xml", r'lvlText w:val="[^"]*"', 'lvlText w:val="£9,999"', "begin with “£9,999”"),
        (TEXT, RUN, f'<w:r><w:sym w:char="F0FC"/></w:r>{RUN}', "a sign or words of another kind"),
        (TEXT, RUN, f"<w:del><w:r><w:delText>Refused</w:delText></w:r></w:del>{RUN}", "“Refused”"),
        (TEXT, RUN, f'<w:fldSimple w:instr=" DATE "/>{RUN}', "a field DATE"),
        ("word/comments.xml", "", COMMENT, "“Not agreed”"),
        ("word/media/seal.png", "", "no real picture", "a picture "),
        ("word/embeddings/book.bin", "", "x", "another file within it, book.bin"),
        ("word/_rels/settings.xml.rels", "", OUTSIDE, "a link to http://outside.example/t.dotm"),
    ],
)
def test_what_was_put_into_a_word_file_is_seen(
    files: dict[str, bytes], tmp_path: Path, part: str, was: str, becomes: str, told: str
) -> None:
    new = put_in(files, ".docx", tmp_path, part, was, becomes)

    assert [told in one.words for one in new] == [True]


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
        (
            *(r"xl/workbook\.xml", "</sheets>"),
            '</sheets><definedNames><definedName name="sum">9</definedName></definedNames>',
            "the name sum for 9",
        ),
        (r"xl/styles\.xml", "<font>", '<font><color rgb="FFFFFFFF"/>', "A1 cannot be seen"),
    ],
)
def test_what_was_put_into_a_workbook_is_seen(
    files: dict[str, bytes], tmp_path: Path, part: str, was: str, becomes: str, told: str
) -> None:
    new = put_in(files, ".xlsx", tmp_path, part, was, becomes)

    assert any(told in one.words for one in new)


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
    assert non_text(tmp_path / "more.pdf", ".pdf") == (*before, NonText("the file", "another file within it"))


def test_a_file_that_is_not_built_like_a_paper_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    broken = changed(files[".xlsx"], ".xlsx", tmp_path, r"xl/styles\.xml", "<", "<!")

    with pytest.raises(Trouble, match=r"changed\.xlsx does not have the structure of a paper"):
        non_text(broken, ".xlsx")


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


@given(st.integers(1, LONGEST_TEXT + 50), st.integers(1, 50))
def test_the_book_says_of_which_applications_it_prints_less_than_they_wrote(first: int, second: int) -> None:
    words = told(texts=(("The need", "a" * first), ("The plan", "b" * second)))

    assert bool(words) == (first > LONGEST_TEXT)
    assert all("the whole texts of ACF-001: " in one for one in words)


HOSTILE = "=1+1 <b>Club</b> & Co"
ITEM = BookItem(
    number=1,
    reference="ACF-001",
    organisation=HOSTILE,
    project="Boxing",
    area="Coventry",
    asked_pence=450_000,
    minimum_pence=None,
    total_cost_pence=600_000,
    match_pence=0,
    people=60,
    each_pence=7_500,
    median_pence=6_250,
    start_on=None,
    end_on=None,
    away=("Ann Sample",),
    abstained=(),
    is_quorate=False,
    gates=(("Is it eligible?", "waived: umbrella body"),),
    before=("Active Citizens Fund, Spring, 2025/26: Gloves, £900.00 recommended",),
    texts=(("The need", "Why it is needed."),),
    lines=(),
)
BOOK = PanelBook(
    **EXAMPLE,
    area="",
    scale_maximum=5,
    descriptors=((0, "Nothing: no answer"), (5, "Excellent: more than asked")),
    quorum=3,
    members=(
        BookMember("Ann Sample", "member", "", True, ("ACF-001",), ()),
        BookMember("Bo Sample", "chair", "Police", False, (), ()),
    ),
    markers=("Ann Sample", "Bo Sample"),
    criteria=(Judged("A1 Local need", "40", "who was asked"),),
    items=(ITEM,),
    has_marks=False,
)


def test_a_book_of_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="no application to discuss there: none came, or none"):
        replace(BOOK, items=())


@pytest.mark.parametrize("many", range(7, 11))
def test_no_page_of_a_sheet_that_is_handed_in_holds_another_application(tmp_path: Path, many: int) -> None:
    criteria = tuple(Judged(f"V{n} Measuring and reporting", "10", "figures") for n in range(1, many + 1))
    items = tuple(replace(ITEM, number=n, reference=f"ACF-{n:03}") for n in range(1, 4))
    book = replace(BOOK, criteria=criteria, items=items)

    pages = pages_of(write_paper("panel-book", book, STATUS, tmp_path / "book.pdf"))

    (first,) = (n for n, page in enumerate(pages) if "1. ACF-001" in page and "Contents" not in page)
    assert all(len(set(re.findall(r"ACF-\d+", page))) <= 1 for page in pages[first:])
