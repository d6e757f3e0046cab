"""What a person saved is told from what was written here."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from exchange.atomic import is_saved_since
from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.values import Document, Para

MADE_AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def test_a_word_paper_is_known_once_another_program_saved_it(tmp_path: Path) -> None:
    path = write_document_docx(Document("Minutes", (Para("Told."),), MADE_AT), tmp_path / "minutes.docx")
    assert not is_saved_since(path)

    word = docx.Document(str(path))
    word.core_properties.last_modified_by = "Ann Sample"
    word.save(str(path))

    assert is_saved_since(path)


def test_a_workbook_is_known_by_its_day_of_change(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.properties.created = MADE_AT.replace(tzinfo=None)
    book.save(tmp_path / "list.xlsx")  # the day of change is that of saving

    assert is_saved_since(tmp_path / "list.xlsx")


@pytest.mark.parametrize("name", ["none.docx", "list.csv", "folder"])
def test_what_is_no_office_file_is_not_saved_since(tmp_path: Path, name: str) -> None:
    (tmp_path / "list.csv").write_text("Reference")
    (tmp_path / "folder").mkdir()

    assert not is_saved_since(tmp_path / name)
