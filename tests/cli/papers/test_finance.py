"""The finance schedule by the command: a draft, an issue, and never an account."""

import csv
import sqlite3
import zipfile
import zlib
from contextlib import closing, suppress
from decimal import Decimal
from io import BytesIO
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
    asked = (
        "export",
        sample,
        "finance",
        "--round",
        "Round 2",
        "--issue",
        "--leave-empty",
        "--out",
        tmp_path / "finance.xlsx",
    )

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
    of_it = f"the payment file Standard, {len(amounts)} payments, £{sum(amounts):.2f}; left out: "
    assert f"{of_it}{len(left)} payments, £{sum(left):,.2f}, on hold" in ran.out


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


ISSUE = ("finance", "--round", "Round 2", "--issue", "--leave-empty", "--out")
HEADED = ("--column", "Account=account_number", "--column", "Ref=reference", "--column", "Net=amount")


def test_a_payment_file_is_checked_against_the_schedule_it_was_issued_beside(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    beside = tmp_path / "finance.csv"
    columns = ("--column", "Ref=reference", "--column", "Amount=amount", "--covers", "all")
    run("payment-layout", sample, "set", "Whole", *columns)
    issued = run("export", sample, *ISSUE, tmp_path / "finance.xlsx", "--layout", "Whole")

    same = run("verify", sample, "--against", beside)
    text = beside.read_text("utf-8-sig")
    amount = next(csv.DictReader(text.splitlines()))["Amount"]
    beside.write_text(text.replace(amount, f"9{amount}", 1), "utf-8-sig")
    changed = run("verify", sample, "--against", beside)

    assert (issued.status, same.status, changed.status) == (0, 0, 1)
    assert "finance.csv holds the payments of version 1 of the paper" in same.out
    assert "in the layout Whole: " in same.out
    assert f"“9{amount}” on the paper, “{amount}” in the record" in changed.out


@pytest.mark.parametrize("headings", ["yes", "no"])
def test_of_a_payment_file_with_accounts_all_else_is_checked(
    sample: Path, run: Run, tmp_path: Path, headings: str
) -> None:
    beside = tmp_path / "finance.csv"
    more = ("--covers", "outstanding", "--separator", "semicolon", "--headings", headings)
    run("payment-layout", sample, "set", "BACS", *HEADED, *more)
    run("export", sample, *ISSUE, tmp_path / "finance.xlsx", "--layout", "BACS", *WHO)

    same = run("verify", sample, "--against", beside)
    line = beside.read_text("utf-8-sig").splitlines()[-1]
    beside.write_text(beside.read_text("utf-8-sig").replace(line, line.replace("/", "//")), "utf-8-sig")
    changed = run("verify", sample, "--against", beside)

    assert ACCOUNT in beside.read_text("utf-8-sig")
    assert (same.status, changed.status) == (0, 1)
    assert "is the file with accounts that was written for Ann Sample on " in same.out
    assert ACCOUNT not in changed.out


def test_an_account_that_was_changed_in_a_payment_file_is_seen(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    beside = tmp_path / "finance.csv"
    run("payment-layout", sample, "set", "BACS", *HEADED, "--covers", "outstanding")
    run("export", sample, *ISSUE, tmp_path / "finance.xlsx", "--layout", "BACS", *WHO)
    beside.write_text(beside.read_text("utf-8-sig").replace(ACCOUNT, "12345678"), "utf-8-sig")

    ran = run("verify", sample, "--against", beside)

    assert ran.status == 1
    assert "Its accounts may have been changed: no file with accounts that was written has its sum" in ran.out


def test_a_whole_account_lies_nowhere_but_in_its_own_table(sample: Path, run: Run, tmp_path: Path) -> None:
    run("payment-layout", sample, "set", "BACS", *HEADED, "--covers", "outstanding")
    run("export", sample, *ISSUE, tmp_path / "finance.xlsx", "--layout", "BACS", *WHO)

    with closing(sqlite3.connect(sample)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        holding = {name for name in tables if any(map(_shows, file.execute(f'SELECT * FROM "{name}"')))}

    assert holding == {"bank_details"}


def _shows(row: tuple[object, ...]) -> bool:
    """Whether an account stands in a row, in a packed piece of a file too."""
    for cell in row:
        content = cell if isinstance(cell, bytes) else str(cell).encode()
        with suppress(zlib.error):
            content = zlib.decompress(content)
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
        if ACCOUNT.encode() in content:
            return True
    return False


def test_another_csv_is_no_payment_file(sample: Path, run: Run, tmp_path: Path) -> None:
    run("export", sample, *ISSUE, tmp_path / "finance.xlsx", "--layout", "Standard")
    other = tmp_path / "other.csv"
    other.write_text("Payee,Amount\nAda,5.00\n", "utf-8")

    ran = run("verify", sample, "--against", other)

    assert ran.status == 1
    assert "was not issued from this record" in ran.out
