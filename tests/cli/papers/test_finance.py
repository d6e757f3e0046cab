"""The finance schedule by the command: a draft, an issue, and never an account."""

import csv
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Run

ACCOUNT = "00012345"
WHO = ("--accounts-for", "Ann Sample", "--why", "the payment run")


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


def test_a_payment_file_is_written_beside_the_workbook(sample: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "finance.xlsx"

    ran = run("export", sample, "finance", "--round", "Round 2", "--layout", "standard", "--out", path)

    assert (ran.status, ran.err) == (0, "")
    with (tmp_path / "finance.csv").open(encoding="utf-8-sig", newline="") as stream:
        amounts = [Decimal(row["Amount"]) for row in csv.DictReader(stream)]
    book = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Payments").to_python()
    outstanding, held = book[3].index("Outstanding"), book[3].index("On hold")
    left = [Decimal(str(row[outstanding])) for row in book[4:-1] if row[held]]
    assert sum(amounts) + sum(left) == sum(Decimal(str(row[outstanding])) for row in book[4:-1])
    of_it = f"the payment file Standard, {len(amounts)} payments, £{sum(amounts):.2f}; {len(left)} payments, "
    assert f"{of_it}£{sum(left):,.2f}, on hold and left out" in ran.out


def test_accounts_go_into_a_file_for_a_named_person_only(sample: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "finance.xlsx"
    asked = ("export", sample, "finance", "--round", "Round 2", "--layout", "BACS", "--out", path)
    columns = ("--column", "Account=account_number", "--column", "amount", "--covers", "outstanding")
    saved = run("payment-layout", sample, "set", "BACS", *columns, "--headings", "no")

    refused = run(*asked)
    files = path.exists(), (tmp_path / "finance.csv").exists()
    idle = run("export", sample, "finance", "--round", "Round 2", "--layout", "Standard", *asked[-2:], *WHO)
    ran = run(*asked, *WHO)

    assert saved.out == "The payment layout BACS was saved.\n"
    assert refused.status == 1
    assert "The layout BACS holds accounts, which are written only when a named person asks" in refused.err
    assert files == (False, False)
    assert "The layout Standard holds no accounts" in idle.err
    assert (ran.status, ran.err) == (0, "")
    assert ACCOUNT in (tmp_path / "finance.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("notice", "--layout", "Standard"), "--layout says nothing about notice"),
        (("finance", "--why", "the run"), "--why says nothing about finance"),
        (("finance", "--accounts-for", "Ann"), "--accounts-for says nothing about finance"),
    ],
)
def test_options_of_a_payment_file_go_with_it_alone(
    sample: Path, run: Run, tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    ran = run("export", sample, *more, "--round", "Round 2", "--out", tmp_path / "finance.xlsx")

    assert ran.status == 2
    assert words in ran.err
