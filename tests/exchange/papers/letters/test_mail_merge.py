"""A mail merge of the letters: what Word makes of documents and list is what the letters say."""

import re
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.papers.letters.templates import LIST, MERGE, write_merge_list
from exchange.papers.letters.writing import letter_text, write_letters
from exchange.written_text import NO_BREAK
from models.papers.letters.letters import LetterFiles
from tests.exchange.papers.letters.test_letters import DECLINE, OFFER, STATUS, letters

BRIEF = replace(OFFER, feedback=(), since="£9.50 became £7.50")
"""An offer that leaves lines and a heading of others out, and changed since: its steps are others."""


def merged(document: Path, row: dict[str, str]) -> list[str]:
    """Return a document's paragraphs with a row in its fields, as Word merges it: blank lines left out."""
    word = docx.Document(str(document))
    for field in list(word.element.body.iter(qn("w:fldSimple"))):
        name = re.fullmatch(r" MERGEFIELD (\w+) ", field.get(qn("w:instr")))
        assert name is not None
        (shown,) = field.iter(qn("w:t"))
        assert shown.text == f"«{name[1]}»"
        shown.text = row[name[1]]
    texts = (p.iter(qn("w:t"), qn("w:noBreakHyphen")) for p in word.element.body.iter(qn("w:p")))
    lines = ("".join("-" if t.tag != qn("w:t") else t.text or "" for t in line) for line in texts)
    return [line.replace(NO_BREAK, " ") for line in lines if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("letters")
    return write_letters(letters(OFFER, DECLINE, BRIEF), STATUS, into, None, LetterFiles(merge_list=True))


def test_a_document_with_a_row_of_its_list_says_what_the_letter_says(folder: Path) -> None:
    book = load_workbook(folder / MERGE / LIST)

    assert book.sheetnames == ["offer", "decline"]
    for kind, several in (("offer", (OFFER, BRIEF)), ("decline", (DECLINE,))):
        head, *rows = book[kind].iter_rows(values_only=True)
        for letter, row in zip(several, rows, strict=True):
            fields = {str(name): str(cell or "") for name, cell in zip(head, row, strict=True)}
            said = merged(folder / MERGE / f"{kind}.docx", fields)
            text = letter_text(letters(OFFER, DECLINE, BRIEF), letter, STATUS, folder).replace(NO_BREAK, " ")
            assert said == [line.removeprefix("• ") for line in text.split("\n") if line.strip()]


def test_what_an_applicant_wrote_is_text_in_the_list_and_whom_to_reach_comes_first(folder: Path) -> None:
    sheet = load_workbook(folder / MERGE / LIST)["offer"]

    assert [cell.value for cell in sheet[1]][:4] == ["reference", "organisation", "contact_name", "email"]
    assert str(sheet["B2"].value).startswith("=1+1")
    assert sheet["B2"].data_type != "f"


def test_a_heading_of_the_list_says_what_stands_below_it(folder: Path) -> None:
    sheet = load_workbook(folder / MERGE / LIST)["offer"]
    head = [str(cell.value) for cell in sheet[1]]

    assert {"opening", "heading", "how_it_is_paid", "if_you_do_not_want"} <= set(head)
    assert not [name for name in head if re.match(r"text|.*[^\w]", name) or len(name) > 40]
    assert len(set(head)) == len(head)


def test_a_text_of_the_list_that_is_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    write_merge_list("Letters", STATUS, [("offer", {"reason": ["x" * 40_000]})], tmp_path)

    book = load_workbook(tmp_path / LIST)
    assert book.sheetnames == ["offer"]
    assert book["offer"]["A2"].value == "x" * 20_000 + " … (continues in the record)"
