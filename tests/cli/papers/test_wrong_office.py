"""No paper of an office has a word of another's: every kind in every form, searched."""

import shutil
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from exchange.pdf.pdf_reading import open_alone
from tests.cli.decided_rounds import OF_A_ROUND, PUBLISHER

WRONG = ("west midlands", "npu", "neighbourhood policing", "office of the police and crime commissioner")
FACTS = {
    "name": "Office of the Commissioner for Westmarch",
    "force": "Westmarch Constabulary",
    "area_label": "Local policing area",
    "address": "1 Made-up Street\nWorcester",
    "email": "grants@westmarch.example",
    "signatory_letters": "Ann Example, Head of grants",
    "complaints": "Complaints go to the chief executive.",
    "freedom_of_information": "Ask at foi@westmarch.example.",
}
OF_A_YEAR = (
    ("publication", ".xlsx", ("--month", "2026-12")),
    ("publication", ".csv", ("--month", "2026-12")),
    ("tables", ".xlsx", ()),
    ("tables", ".pdf", ()),
)
"""What the program says to itself, or to whoever types commands, and never on a paper."""


@cache
def words_of(path: Path) -> str:
    """Return every word of a paper, whatever it is written in."""
    if path.is_dir():
        return " ".join(words_of(part) for part in sorted(path.rglob("*.docx")))
    if path.suffix == ".pdf":
        with open_alone(path) as pages:
            return " ".join(page.get_textpage().get_text_range() for page in pages)
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as parts:
            names = [name for name in parts.namelist() if name.endswith(".xml")]
            roots = [ElementTree.fromstring(parts.read(name)) for name in names]
        return " ".join(part for root in roots for part in (*root.itertext(), *_attributes(root)))
    return path.read_text(encoding="utf-8")


def _attributes(root: ElementTree.Element) -> list[str]:
    return [value for element in root.iter() for value in element.attrib.values()]


@pytest.fixture(scope="module")
def papers(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every paper of an office that says all of itself."""
    from cli.command import main

    folder = tmp_path_factory.mktemp("papers")
    record = str(shutil.copy(decided_once, folder))
    said = [part for key, value in FACTS.items() for part in ("--set", f"{key}={value}")]
    assert main(["office", record, *said, "--from", "2026-01-01"]) == 0  # before the notice's day
    of_a_round = [
        (kind, ending, ("--round", "Autumn", *(PUBLISHER if kind == "360giving" else ())))
        for kind, ending in OF_A_ROUND
    ]
    for kind, ending, options in (*of_a_round, *OF_A_YEAR):
        out = str(folder / f"paper-{kind}{ending}")
        answers = ("--issue", "--leave-empty", "--reasons-read")
        assert main(["export", record, kind, *options, *answers, "--out", out]) == 0
    return folder


def test_no_paper_names_another_office_or_its_word_for_an_area(papers: Path) -> None:
    said = {path.name: " ".join(words_of(path).casefold().split()) for path in papers.glob("paper-*")}

    assert {(name, word) for name, words in said.items() for word in WRONG if word in words} == set()


@pytest.mark.parametrize(
    "kind", sorted({kind for kind, _ in OF_A_ROUND} | {kind for kind, _, _ in OF_A_YEAR})
)
def test_every_paper_names_its_own_office(papers: Path, kind: str) -> None:
    for path in papers.glob(f"paper-{kind}*"):
        if path.suffix != ".csv":
            assert FACTS["name"] in " ".join(words_of(path).split()), path.name
