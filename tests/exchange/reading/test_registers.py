"""A register is read in a process of its own, which is told what to look for and may be ended."""

import sys
from datetime import date
from pathlib import Path

import pytest

from exchange.reading import registers as reading
from exchange.reading import sheets
from exchange.reading.registers import read_register
from models.trouble import Trouble
from models.values.diligence import RegisterEntry, Wanted
from scoring.written.text import Refused
from tests.exchange.reading.register_files import (
    COMPANY_HEADINGS,
    charity,
    charity_json,
    comma_text,
    company,
    zipped,
)

WANTED = Wanted(("1234567", "7654321"), ("08123456",))
DAY = date(2026, 11, 1)


@pytest.fixture
def charities(tmp_path: Path) -> Path:
    content = charity_json(charity("1234567", "WESTMARCH SEAGULLS"), charity("9999999", "ELSE"))
    return zipped(tmp_path / "publicextract.charity.zip", {"publicextract.charity.json": content})


@pytest.fixture
def companies(tmp_path: Path) -> Path:
    path = tmp_path / "companies.csv"
    said = {"Accounts.NextDueDate": "30/06/2027", " PreviousName_1.CompanyName": "OLD MILL LTD"}
    lantern = company("08123456", "LANTERN YARD", **said)
    path.write_bytes(comma_text(COMPANY_HEADINGS, [lantern]))
    return path


def test_what_is_found_and_what_was_looked_for_in_vain_is_kept_with_the_day(charities: Path) -> None:
    ticks: list[tuple[int, int]] = []

    found = read_register(charities, WANTED, tick=lambda done, total: ticks.append((done, total)))

    entry = RegisterEntry(
        "1234567", 1, "1234567", "WESTMARCH SEAGULLS", "Registered", accounts="Submission Received"
    )
    assert (found.register, found.extract.extract_on, found.extract.rows) == ("charity", DAY, 2)
    assert found.extract.file == "publicextract.charity.zip"
    assert found.extract.entries == (entry, RegisterEntry("7654321"))
    assert ticks[0] == (0, charities.stat().st_size)


def test_a_file_that_does_not_say_its_day_is_given_one(charities: Path, companies: Path) -> None:
    with pytest.raises(Refused, match="does not say which day it is from"):
        read_register(companies, WANTED)
    with pytest.raises(Refused, match="says itself that it is from 1 November 2026"):
        read_register(charities, WANTED, on=date(2026, 10, 1))

    found = read_register(companies, WANTED, on=DAY)

    assert found.extract.extract_on == DAY
    assert found.extract.entries[0].accounts_due_on == date(2027, 6, 30)
    assert found.extract.entries[0].former_names == ("OLD MILL LTD",)


def test_reading_is_cancelled_by_the_tick(charities: Path) -> None:
    class Cancelled(Exception):
        """Raised by who waits."""

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_register(charities, WANTED, tick=cancel)


def test_what_is_no_file_or_no_register_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"^nothing\.zip is not there"):
        read_register(tmp_path / "nothing.zip", WANTED)
    (tmp_path / "list.csv").write_text("A,B\n1,2\n")
    with pytest.raises(Trouble, match=r"^list\.csv has none of the headings of a register"):
        read_register(tmp_path / "list.csv", WANTED)


@pytest.mark.parametrize(
    "does",
    [
        "import time; time.sleep(60)",
        "import sys; sys.stdin.close(); import os; os.abort()",
        "import sys; sys.stdin.readline(); print('not what was asked')",
    ],
)
def test_a_process_that_hangs_dies_or_babbles_is_one_sentence(
    charities: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(sheets, "worker_command", lambda: [sys.executable, "-c", does])
    monkeypatch.setattr(reading, "STUCK_SECONDS", 0.3)

    with pytest.raises(Trouble, match="could not be read safely"):
        read_register(charities, WANTED)


def test_memory_is_watched_where_the_system_does_not_bound_it(
    charities: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes = "import sys; sys.stdin.readline(); kept = bytearray(80_000_000); import time; time.sleep(60)"
    monkeypatch.setattr(sheets, "worker_command", lambda: [sys.executable, "-c", takes])
    monkeypatch.setattr(reading, "REGISTER_BYTES", 50_000_000)
    monkeypatch.setattr(sys, "platform", "darwin")

    with pytest.raises(Trouble, match="could not be read safely"):
        read_register(charities, WANTED)


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds memory on Linux alone")
def test_a_row_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A part that is one line is refused long before it would be held."""
    path = zipped(tmp_path / "bomb.zip", {"a.csv": b"x" * 30_000_000})

    with pytest.raises(Trouble, match="a row that does not end"):
        read_register(path, WANTED)
