"""Papers for finance and the Ministry by the command: drafts and issues, and no account that is kept."""

import csv
import io
import sqlite3
import zipfile
import zlib
from contextlib import closing, suppress
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile, is_zipfile
from zlib import decompress

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from exchange.papers.paper_reading import read_paper
from models.copies.office_server import load
from models.record import Opener, Record
from models.schema.awards import bank_details_table
from models.store.places import server_address
from tests.cli.conftest import Run
from tests.cli.papers.test_verify_papers import issued
from tests.models.operations.awards.reported_funds import reported_file
from tests.server import cluster

ACCOUNT = "00012345"
WHO = ("--accounts-for", "Ann Sample", "--why", "the payment run")


def test_a_draft_holds_the_codes_and_no_account_and_a_payment_file_is_written_beside_it(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    path, before = tmp_path / "finance.xlsx", sample.read_bytes()

    ran = run("export", sample, "finance", "--round", "Round 2", "--layout", "standard", "--out", path)

    assert (ran.status, ran.err) == (0, "")
    assert ": a draft, 4 payments, £8,950.00." in ran.out
    assert sample.read_bytes() == before
    book = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Payments").to_python()
    first = dict(zip(map(str, book[3]), book[4], strict=True))
    assert (first["Supplier no."], first["Cost centre"]) == ("0004127", "0412")
    assert (first["Nominal code"], first["Project code"]) == ("004310", "P-0127")
    assert first["Account"] == "••••2345"
    with zipfile.ZipFile(path) as archive:
        assert not any(ACCOUNT.encode() in archive.read(name) for name in archive.namelist())

    with (tmp_path / "finance.csv").open(encoding="utf-8-sig", newline="") as stream:
        amounts = [Decimal(row["Amount"]) for row in csv.DictReader(stream)]
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


ISSUE = ("finance", "--round", "Round 2", "--issue", "--leave-empty", "--out")
HEADED = ("--column", "Account=account_number", "--column", "Ref=reference", "--column", "Net=amount")


def test_an_account_lies_in_its_own_table_and_of_a_file_with_accounts_every_change_is_seen(
    sample: Path, run: Run, tmp_path: Path
) -> None:
    beside = tmp_path / "finance.csv"
    more = ("--covers", "outstanding", "--separator", "semicolon", "--headings", "no")
    run("payment-layout", sample, "set", "BACS", *HEADED, *more)
    run("export", sample, *ISSUE, tmp_path / "finance.xlsx", "--layout", "BACS", *WHO)

    same = run("verify", sample, "--against", beside)
    text = beside.read_text("utf-8-sig")
    line = text.splitlines()[-1]
    beside.write_text(text.replace(line, line.replace("/", "//")), "utf-8-sig")
    changed = run("verify", sample, "--against", beside)
    beside.write_text(text.replace(ACCOUNT, "12345678"), "utf-8-sig")
    another = run("verify", sample, "--against", beside)

    assert (ACCOUNT in text, ACCOUNT in changed.out) == (True, False)
    assert (same.status, changed.status, another.status) == (0, 1, 1)
    assert "is the file with accounts that was written for Ann Sample on " in same.out
    said = "Its accounts may have been changed: no file with accounts that was written has its sum"
    assert said in another.out
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


KINDS = (("finance", "xlsx"), ("notice", "pdf"), ("decision-report", "docx"), ("monitoring", "xlsx"))
PIECES = "SELECT sha256, piece FROM file_pieces ORDER BY sha256, number"


def contents(rows: list[tuple[str, bytes]]) -> list[bytes]:
    """Return the bytes of every kept file."""
    return [
        decompress(b"".join(bytes(piece) for _, piece in of)) for _, of in groupby(rows, lambda row: row[0])
    ]


def said(content: bytes, folder: Path) -> str:
    """Return all that a file holds: its bytes, those of its parts, and its words."""
    ending = ".pdf" if content.startswith(b"%PDF") else ".csv"
    found = [content]
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
            ending = ".docx" if "word/document.xml" in archive.namelist() else ".xlsx"
    path = folder / f"kept{ending}"
    path.write_bytes(content)
    words = "".join(text for _, text in read_paper(path).places)
    return "".join(part.decode("latin-1") for part in found) + words.replace(" ", "")


def test_no_kept_file_holds_an_account(sample: Path, run: Run, tmp_path: Path) -> None:
    with Record.open(sample, Opener("Grace Okoro", "tests")) as record:
        numbers = record.ask(
            lambda s: list(
                s.scalars(bank_details_table.select().with_only_columns(bank_details_table.c.account_number))
            )
        )
    assert numbers, "an account is planted"
    for kind, ending in KINDS:
        issued(run, sample, kind, ending, tmp_path)
    for kind in ("letters", "agreement"):
        asked = ("export", sample, kind, "--round", "Round 2", "--issue", "--reasons-read", "--out")
        assert run(*asked, tmp_path / kind).status == 0
    copy = tmp_path / "copy.panel"
    assert run("backup", sample, copy).status == 0
    database = cluster().new_database()
    with Record.open(sample, Opener("Grace Okoro", "tests")) as record:
        load(record, server_address(cluster().address(database)))

    kept = []
    for path in (sample, copy):
        with closing(sqlite3.connect(path)) as raw:
            kept.append(contents(raw.execute(PIECES).fetchall()))
    with cluster().connect(database) as connection:
        kept.append(contents(connection.execute(PIECES).fetchall()))

    assert kept[0] == kept[1] == kept[2]
    assert len(kept[0]) >= 12
    for content in kept[0]:
        words = said(content, tmp_path)
        assert not [number for number in numbers if number in words]


Q2 = ("--fund", "Victims Fund", "--period", "2026/27-q2")


@pytest.fixture
def fund(tmp_path: Path) -> Path:
    """A record with a year of the Victims Fund, closed."""
    return reported_file(tmp_path / "fund.panel")


def test_a_period_that_is_over_is_submitted_once(fund: Path, run: Run, tmp_path: Path) -> None:
    asked = ("export", fund, "ministry", *Q2, "--issue", "--as", "Grace Okoro", "--out")

    first = run(*asked, tmp_path / "q2.pdf")
    again = run(*asked, tmp_path / "again.pdf", "--reason", "A form came in late.")

    assert (first.status, first.err) == (0, "")
    assert "version 1, 0 awards, £0.00 paid" in first.out
    assert "nothing changed since version 1, so no other version is issued, and the reason" in again.err
    assert "version 1," in again.out
    assert (tmp_path / "again.pdf").read_bytes()[:4] == b"%PDF"
    assert run("verify", fund, "--against", tmp_path / "q2.pdf").status == 0
    year = ("export", fund, "ministry", "--fund", "VF", "--period", "2026/27")
    assert "year.xlsx: a draft, 4 awards" in run(*year, "--out", tmp_path / "year.xlsx").out
    signing = load_workbook(tmp_path / "year.xlsx")["To sign"]
    told = [str(cell.value) for row in signing.iter_rows() for cell in row if cell.value]
    assert any("2026/27-Q2 was submitted and has part of this money" in words for words in told)
    assert not any(words.startswith("Signed by") for words in told)
    refused = run(*year, "--issue", "--as", "Grace Okoro", "--out", tmp_path / "issued.pdf")
    assert (refused.status, (tmp_path / "issued.pdf").exists()) == (1, False)
    assert "2026/27 would report that money again, so it is written as a draft" in refused.err


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        (("ministry", "--fund", "VF"), 2, "--period is missing"),
        (("ministry", "--fund", "VF", "--period", "2026/27", "--year", "2026/27"), 2, "not --year"),
        (("ministry", "--fund", "ACF", "--period", "2026/27"), 1, "does not report to the Ministry"),
        (("tables", "--period", "2026/27-Q3"), 2, "--period says nothing about tables"),
        (("tables", "--reason", "Late"), 2, "--reason says nothing about tables"),
        (("tables", "--year", "2016"), 2, "2016"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    fund: Path, run: Run, tmp_path: Path, asked: tuple[str, ...], status: int, words: str
) -> None:
    try:
        ran = run("export", fund, *asked, "--out", tmp_path / "no.xlsx")
    except SystemExit as no:
        pytest.fail(f"left with {no.code}")

    assert (ran.status, words in ran.err) == (status, True)
    assert not (tmp_path / "no.xlsx").exists()


def test_shipped_tables_are_taken_in_once_and_written(empty: Path, run: Run, tmp_path: Path) -> None:
    first = run("load-history", empty, "--as", "Grace Okoro")
    after = empty.read_bytes()

    again = run("load-history", empty)

    assert (first.status, first.err, again.status, again.err) == (0, "", 0, "")
    assert first.out.startswith("15 tables with 134 rows were imported as printed figures.\n")
    assert again.out == "The record has every shipped table of earlier years already. Nothing was added.\n"
    assert empty.read_bytes() == after
    assert run("verify", empty).status == 0

    ran = run("export", empty, "tables", "--out", tmp_path / "tables.xlsx")

    assert ran.status == 0
    # Rows without totals: 4+8+8+8+9+7+18+25+3+3+6+11+16+5+3.
    assert "a draft, 15 tables, 134 rows, 13 differences from print" in ran.out
    names = load_workbook(tmp_path / "tables.xlsx").sheetnames
    assert names[:3] == ["Contents", "Table 1 2016-17", "Table 2 2016-17"]
    assert names[-2:] == ["Differences", "Checks"]


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
