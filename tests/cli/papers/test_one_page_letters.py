"""Every letter is one page: of the demonstration as it is and decided, and of the longest names and sums."""

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
DECIDES = (
    ("signatories", *ROUND, "--set", f"{POST}={COMMISSIONER}"),
    ("rank", *ROUND, "--as", COMMISSIONER),
    ("declare", *ROUND, "--as", COMMISSIONER, "--none-for-all-the-rest"),
    ("rank", *ROUND, "--as", COMMISSIONER),
    (*SIGNS, "--notice", "046/2026", "--on", "2026-11-25"),
    (*SIGNS, "--notice", "046/2026", "--on", "2026-11-25", "--accept"),
)


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
    for kind in ("letters", "acknowledgements"):
        for number, name in enumerate(ROUNDS):
            run("export", record, kind, "--round", name, "--pdfs", "--out", tmp_path / f"{kind} {number}")

    letters = [path for path in tmp_path.rglob("*.pdf") if path.parent != tmp_path and "All" not in path.name]
    pages = {path.name: _pages(path) for path in letters}

    assert len(letters) > 80
    assert sum("offer" in name for name in pages) > 8
    assert {name: many for name, many in pages.items() if many > 1} == {}


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)
