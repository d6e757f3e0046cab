"""Every letter is one page: of the demonstration as it is and decided, and of the longest names and sums."""

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.conftest import Run
from tests.demo import made_sample
from tests.gui.long_figures import copy_with_long_figures

ROUNDS = ("Autumn round", "Small grants", "Round 2")
COMMISSIONER, ROUND = "Constance Invented", ("--round", "Small grants")
POST = "Police and Crime Commissioner"
SIGNS = ("decide", *ROUND, "--as", COMMISSIONER, "--post", POST, "--unsigned-because", "The chair is away.")
CHALLENGED = (
    "--received",
    "2026-11-26",
    "--grounds",
    "Our marks were added up wrongly.",
    "--by",
    "Sal Invented",
)
DECIDES = (
    ("signatories", *ROUND, "--set", f"{POST}={COMMISSIONER}"),
    ("rank", *ROUND, "--as", COMMISSIONER),
    ("declare", *ROUND, "--as", COMMISSIONER, "--none-for-all-the-rest"),
    ("rank", *ROUND, "--as", COMMISSIONER),
    (*SIGNS, "--notice", "046/2026", "--on", "2026-11-25"),
    (*SIGNS, "--notice", "046/2026", "--on", "2026-11-25", "--accept"),
    ("vary", "A-031-02", "--amount", "1200", "--reason", "Two concerts fewer", "--as", "Imogen Fairweather"),
    ("challenge", "add", "VF-011", "--kind", "review", *CHALLENGED),
)
KINDS = "letters", "acknowledgements", "award-letters", "challenge-letters"
SOFFICE = shutil.which("soffice")


@pytest.fixture
def decided(tmp_path: Path, run: Run) -> Path:
    """The demonstration with a decision on each line of a round."""
    record = made_sample(tmp_path / "sample.panel")
    for command, *rest in DECIDES:
        run(command, record, *rest)
    return record


@pytest.mark.parametrize("is_long", [False, True], ids=["as they are", "the longest"])
def test_every_letter_is_one_page(decided: Path, run: Run, tmp_path: Path, is_long: bool) -> None:
    record = copy_with_long_figures(decided, tmp_path / "long.panel") if is_long else decided
    for kind in KINDS:
        for number, name in enumerate(ROUNDS):
            run("export", record, kind, "--round", name, "--pdfs", "--out", tmp_path / f"{kind} {number}")

    letters = [path for path in tmp_path.rglob("*.pdf") if path.parent != tmp_path and "All" not in path.name]
    pages = {path.name: _pages(path) for path in letters}

    assert len(letters) > 80
    assert sum("offer" in name for name in pages) > 8
    assert {path.parent.name.rpartition(" ")[0] for path in letters} == {*KINDS}
    assert {name: many for name, many in pages.items() if many > 1} == {}
    if SOFFICE is not None:  # what Word shows is known by LibreOffice alone
        _are_one_page_in_word(tmp_path)


def _are_one_page_in_word(folder: Path) -> None:
    """Hold that each document of several letters has as many pages as letters."""
    every = {path.parent.name: path for path in folder.rglob("All letters.docx")}
    copies = [Path(shutil.copy(path, folder / f"{name}.docx")) for name, path in every.items()]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    with_fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    subprocess.run([*command, *map(str, copies)], check=True, capture_output=True, env=with_fonts)

    letters = {name: len([*path.parent.glob("*.docx")]) - 1 for name, path in every.items()}
    assert {name: _pages(folder / f"{name}.pdf") for name in every} == letters


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)
