"""What every paper says of the office: head, foot, logo, standing words and its own word for an area."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import docx
import openpyxl
import pytest
from msgspec.structs import replace
from PIL import Image

from exchange.papers.document.values import (
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Table,
    Together,
)
from exchange.papers.paper_writing import headed, named, office_sheets, write_paper, written
from exchange.pdf.pdf_reading import open_alone
from models.papers.office import NO_NAME
from models.papers.status import PaperStatus
from models.papers.transparency.lists import PublicationList
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.area_label import AreaLabel
from tests.exchange.papers.test_notice import THREE

AT = datetime(2026, 11, 26, 14, 40, tzinfo=UTC)
HEAD = Letterhead(
    address="1 Made-up Street\nWorcester",
    telephone="01905 555 0100",
    email="grants@westmarch.example",
    contact="Cora Sample, Grants officer",
    signatory="Ann Example, Head of grants",
    area_label=AreaLabel("Local policing area"),
    short_name="OPCC",
    people=(
        ("Commissioner", "Cato Example, Police and Crime Commissioner"),
        ("Chief executive", "Eve"),
    ),
    words=(("Complaints", "Complaints go to the chief executive."),),
)
STATUS = PaperStatus(AT, "ab" * 32)


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(written, "PNG")
    return written.getvalue()


def pdf_text(path: Path) -> str:
    with open_alone(path) as pages:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_a_paper_in_prose_says_who_it_is_from_and_ends_with_the_standing_words(tmp_path: Path) -> None:
    value = replace(THREE, letterhead=HEAD)

    path = write_paper("notice", value, replace(STATUS, logo=picture()), tmp_path / "notice.pdf")

    text = " ".join(pdf_text(path).split())
    assert "Cato Example, Police and Crime Commissioner · Chief executive: Eve 1 Made-up" in text
    assert "(OPCC)" in text
    assert "1 Made-up Street, Worcester · 01905 555 0100 · grants@westmarch.example" in text
    assert "Complaints go to the chief executive." in text
    assert "Head of grants" in text


def test_the_word_twin_has_the_logo_with_words_for_it(tmp_path: Path) -> None:
    value = replace(THREE, letterhead=HEAD)

    path = write_paper("notice", value, replace(STATUS, logo=picture()), tmp_path / "notice.docx")

    word = docx.Document(str(path))
    assert len(word.inline_shapes) == 1
    assert f"Logo of {value.office}" in word.element.xml
    assert any("Made-up Street" in paragraph.text for paragraph in word.paragraphs)


def test_without_a_name_a_draft_says_so(tmp_path: Path) -> None:
    value = replace(THREE, office="")

    path = write_paper("notice", value, replace(STATUS, is_nameless=True), tmp_path / "notice.pdf")

    assert f"Draft, not issued. {NO_NAME}" in pdf_text(path)
    assert named(value) == NO_NAME


def test_a_workbook_has_a_sheet_of_the_office_and_its_word_for_an_area(tmp_path: Path) -> None:
    value = PublicationList(
        span="November 2026",
        ends_on=AT.date(),
        fund="",
        awards=(),
        office="Office of Westmarch",
        marking="OFFICIAL",
        letterhead=HEAD,
    )

    book = openpyxl.load_workbook(write_paper("publication", value, STATUS, tmp_path / "list.xlsx"))

    assert "Local policing area" in [cell.value for cell in book["Awards"][4]]
    said = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=5)}
    assert said["Office"] == "Office of Westmarch"
    assert said["Contact officer"] == "Cora Sample, Grants officer"
    assert said["Complaints"] == "Complaints go to the chief executive."


def test_a_workbook_shows_the_logo_on_its_first_sheet_and_the_offices_own(tmp_path: Path) -> None:
    value = PublicationList(
        span="November 2026",
        ends_on=AT.date(),
        fund="",
        awards=(),
        office="Office of Westmarch",
        marking="OFFICIAL",
        letterhead=HEAD,
    )
    status = replace(STATUS, logo=picture())

    paths = [write_paper("publication", value, status, tmp_path / f"{n}.xlsx") for n in (1, 2)]

    with zipfile.ZipFile(paths[0]) as book:
        drawn = [name for name in book.namelist() if name.startswith("xl/media/")]
    assert len(drawn) == 2
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_an_office_that_said_nothing_of_itself_changes_no_paper() -> None:
    value = THREE
    bare = Document("Title", (Heading("Area"),), AT, above=value.office)

    assert value.letterhead == PLAIN
    assert headed(bare, value, STATUS) == bare
    assert office_sheets(value) == ()


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Heading("By area"), Heading("By local policing area")),
        (Para("In this area"), Para("In this area")),
        (NewPage(), NewPage()),
        (Pairs((("Area", "Area 51"),)), Pairs((("Local policing area", "Area 51"),))),
        (
            Together((Table("", (Column("Area"),), (("All areas",),)),)),
            Together((Table("", (Column("Local policing area"),), (("All local policing areas",),)),)),
        ),
    ],
)
def test_fixed_headings_say_the_offices_own_word(block: object, shown: object) -> None:
    value = replace(THREE, letterhead=Letterhead(area_label=AreaLabel("Local policing area")))

    found = headed(Document("Title", (block,), AT), value, STATUS)  # type: ignore[arg-type]

    assert found.blocks == (shown,)


LINES = ("The pot is £10,000.", "• £4,000 is for Dudley", "- £6,000 is for Walsall", "Nothing is left.")


def test_lines_with_a_sign_of_a_list_are_one_and_take_no_number() -> None:
    assert list(written(LINES, count(3))) == [
        Para("The pot is £10,000.", number="3."),
        Bullets(("£4,000 is for Dudley", "£6,000 is for Walsall")),
        Para("Nothing is left.", number="4."),
    ]


def test_paragraphs_without_numbers_have_the_look_that_is_asked_for() -> None:
    assert list(written(("One - two", "–"), look=Look.LEAD)) == [
        Para("One - two", Look.LEAD),
        Para("–", Look.LEAD),
    ]
