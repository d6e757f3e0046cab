"""A file that is no paper, or far too large for one, is refused before it is read."""

import os
from pathlib import Path

import pytest

from exchange.applications.importer import read_mapping
from exchange.papers import paper_bounds
from exchange.papers.paper_reading import read_paper
from models.trouble import Trouble
from scoring.refused import Refused

ENDINGS = (".pdf", ".docx", ".xlsx", ".json")


def pdf_of(pages: int) -> bytes:
    """Return a PDF whose pages are all one empty page."""
    kids = b"3 0 R " * pages
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[" + kids + b"]/Count " + str(pages).encode() + b">>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_too_large_for_a_paper_is_refused(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_bounds, "MOST_BYTES", 1_000_000)
    path = tmp_path / f"paper{ending}"
    path.write_bytes(bytes(1_000_001))

    with pytest.raises(Trouble, match="too large for a paper"):
        read_paper(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"paper{ending}"
    os.mkfifo(path)

    with pytest.raises(Trouble, match="is not a file"):
        read_paper(path)


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_of(3_000))

    with pytest.raises(Trouble, match="more than 2,000 pages"):
        read_paper(path)


def test_bottomless_data_and_mappings_are_refused_in_a_sentence(tmp_path: Path) -> None:
    data, mapping = tmp_path / "grants.json", tmp_path / "mapping.toml"
    data.write_text("[" * 100_000)
    mapping.write_text("a = " + "[" * 20_000)

    with pytest.raises(Trouble, match="cannot be read as a file of open data"):
        read_paper(data)
    with pytest.raises((Trouble, Refused), match=r"mapping file"):
        read_mapping(mapping)
