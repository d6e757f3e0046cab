"""Lists for the public by the command: of a month or a period, in three forms, the same lines in each."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from models.operation import Actor
from models.operations.awards.paying import PayInstalment
from models.record import Record
from tests.cli.conftest import Run
from tests.cli.decided_rounds import decided_record
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import DAY
from tests.models.ready_to_pay import ready_to_pay

FINANCE = Actor("Finn Pays", "finance")


@pytest.fixture(scope="module")
def paid_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A decided round whose first award of £4,500.55 is paid in full."""
    path = decided_record(tmp_path_factory.mktemp("made"), lambda field: f"=Some {field}")
    with Record.open(path, OPENER) as record:
        ready_to_pay(record, "ACF-001", DAY, FINANCE)
        record.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 2), None), FINANCE)
    return path


@pytest.fixture
def office(paid_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(paid_once, tmp_path))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.reader(stream)


def test_spending_is_the_same_in_its_three_forms(office: Path, run: Run, tmp_path: Path) -> None:
    made = [tmp_path / f"spending{ending}" for ending in (".csv", ".xlsx", ".pdf")]
    for path in made:
        assert run("export", office, "spending", "--period", "2026/27-Q3", "--out", path).status == 0

    heading, line = _rows(made[0])
    told = dict(zip(heading, line, strict=True))
    assert (told["Amount"], told["Paid on"], told["Award reference"]) == ("4500.55", "2026-12-02", "A-031-01")
    assert told["Purpose"].startswith("'=Some")  # no cell begins a formula
    cells = CalamineWorkbook.from_path(str(made[1])).get_sheet_by_name("Spending").to_python()
    assert cells[-1][3] == 4500.55
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(str(made[2])))
    assert "Spending over £500.00 in Q3 2026/27" in text
    assert "1 payment, £4,500.55" in text


def test_lists_without_lines_are_written_and_the_grants_have_pages(
    office: Path, run: Run, tmp_path: Path
) -> None:
    none, grants = tmp_path / "contracts.pdf", tmp_path / "grants.pdf"

    assert (
        run("office", office, "--set", "freedom_of_information=Ask us.", "--from", "2026-01-01").status == 0
    )
    assert run("export", office, "contracts", "--period", "2026/27", "--out", none).status == 0
    assert run("export", office, "publication", "--period", "2026/27-h2", "--out", grants).status == 0
    workbook = tmp_path / "contracts.xlsx"
    assert run("export", office, "contracts", "--month", "2026-12", "--out", workbook).status == 0
    assert run("export", office, "contracts", "--month", "2026-12", "--out", tmp_path / "c.csv").status == 0
    assert run("export", office, "subsidies", "--period", "2026/27", "--out", tmp_path / "s.xlsx").status == 0

    (page,) = pypdfium2.PdfDocument(str(none))
    assert "No contract above the limit was awarded in this period" in page.get_textpage().get_text_range()
    pages = pypdfium2.PdfDocument(str(grants))
    assert "4 awards, £8,801.55" in pages[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ((), 2, "is of a month or a period"),
        (("--month", "2026-12", "--period", "2026/27"), 2, "is of a month or a period"),
        (("--period", "autumn"), 1, "is not a period"),
    ],
)
def test_a_time_that_is_none_is_said(
    office: Path, run: Run, tmp_path: Path, given: tuple[str, ...], status: int, words: str
) -> None:
    ran = run("export", office, "spending", *given, "--out", tmp_path / "x.csv")

    assert (ran.status, words in ran.err) == (status, True)


def test_a_fund_by_its_code_or_its_name_is_one_list_with_one_row_of_versions(
    office: Path, run: Run, tmp_path: Path
) -> None:
    told = [
        run(
            *("export", office, "spending", "--period", "2026/27-Q3", "--fund", fund),
            *("--issue", "--out", tmp_path / "s.csv"),
        )
        for fund in ("acf", "Active Citizens Fund", " active  citizens fund")
    ]

    assert [one.status for one in told] == [0, 0, 0]
    assert "version 1" in told[0].out
    assert all("nothing changed since version 1" in one.err for one in told[1:])
