"""The finance schedule by the command: a draft, an issue, and never an account."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cli.sample.steps import put_in_progress
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from tests.cli.conftest import Run

ACCOUNT = "00012345"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a decided area, one award paid in part into an account, closed."""
    path = tmp_path_factory.mktemp("sample") / "sample.panel"
    with Record.create(path, Opener("Demonstration", "tests")) as record:
        funds = shipped_funds()
        record.perform(SetUpOffice("Sample office", funds), Actor("Demonstration"))
        put_in_progress(record, funds[0], date(2026, 11, 26))
    return path


def test_a_draft_holds_the_codes_and_no_account(sample: Path, run: Run, tmp_path: Path) -> None:
    path, before = tmp_path / "finance.xlsx", sample.read_bytes()

    ran = run("export", sample, "finance", "--round", "Round 2", "--out", path)

    assert (ran.status, ran.err) == (0, "")
    assert ": a draft, 4 payments, £8,950.00." in ran.out
    assert sample.read_bytes() == before
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Payments").to_python()
    first = dict(zip(map(str, rows[3]), rows[4], strict=True))
    assert (first["Supplier no."], first["Cost centre"]) == ("0004127", "0412")
    assert (first["Nominal code"], first["Project code"]) == ("004310", "P-0127")
    assert first["Account"] == "••••2345"
    with zipfile.ZipFile(path) as archive:
        assert not any(ACCOUNT.encode() in archive.read(name) for name in archive.namelist())


def test_the_same_values_are_issued_once(sample: Path, run: Run, tmp_path: Path) -> None:
    asked = ("export", sample, "finance", "--round", "Round 2", "--issue", "--out", tmp_path / "finance.xlsx")

    first, again = run(*asked), run(*asked)

    assert "version 1, 4 payments, £8,950.00." in first.out
    assert first.out == again.out
    assert run("verify", sample).status == 0


def test_an_area_without_awards_is_refused_in_one_line(sample: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "finance.xlsx"

    ran = run("export", sample, "finance", "--round", "Round 2", "--area", "Solihull", "--out", path)

    assert (ran.status, path.exists()) == (1, False)
    assert ran.err == "No award of Solihull is made in this round yet, so there is nothing to pay.\n"
