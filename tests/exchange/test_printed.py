"""The guide on paper: whole, with its contents, and cards of one page."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from exchange.guide import whole_guide, write_guide
from exchange.papers.document.values import Contents, Heading
from models.papers.guide import pages

MADE_AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def test_the_whole_guide_lists_each_page_and_begins_it_where_half_a_sheet_is_free(tmp_path: Path) -> None:
    path = write_guide("", tmp_path / "guide.pdf", MADE_AT)
    contents, *rest = whole_guide(MADE_AT).blocks
    with pypdfium2.PdfDocument(path) as document:
        first = document[0].get_textpage().get_text_bounded().split()
        lines = [page.get_textpage().get_text_bounded().splitlines() for page in document]

    assert isinstance(contents, Contents)
    assert Heading("demo", 2) in rest, "of the list of commands, after what is written there"
    assert len(contents.headings) == len(pages())
    on = {heading: [n for n, said in enumerate(lines, 1) if heading in said] for heading in contents.headings}
    assert all(any(str(n) in first for n in numbers) for numbers in on.values())
    assert "3 November 2026" in " ".join(first)
    assert sum(len(said) < 10 for said in lines[:-1]) <= 2, "sheets that end before what stands whole"
    for heading, (number, *_) in on.items():
        below = len(lines[number - 1]) - lines[number - 1].index(heading)
        assert below > 6, f"{heading} begins at the foot of a sheet"


@pytest.mark.parametrize("role", ["member", "chair"])
def test_a_card_is_one_page_and_holds_the_last_of_its_page(role: str, tmp_path: Path) -> None:
    path = write_guide(role, tmp_path / "card.pdf", MADE_AT)
    with pypdfium2.PdfDocument(path) as document:
        said = document[0].get_textpage().get_text_bounded()
        many = len(document)

    assert many == 1
    assert {"member": "At the meeting", "chair": "Only you may"}[role] in said
