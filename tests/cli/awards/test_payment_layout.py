"""Layouts of payment files by the command: saved, shown, changed, removed, and refused in a sentence."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def record(run: Run, tmp_path: Path) -> Path:
    """A new record of an office."""
    path = tmp_path / "office.panel"
    assert run("new", path, "--office", "Sample office", "--no-funds").status == 0
    return path


def test_a_layout_is_saved_shown_changed_and_removed(run: Run, record: Path) -> None:
    columns = ("--column", "Type=words:GRANT", "--column", "Net=amount", "--column", "due")
    form = ("--separator", "semicolon", "--dates", "yyyymmdd", "--mark", "no")

    saved = run("payment-layout", record, "set", "Ledger load", *columns, *form, "--json")
    run("payment-layout", record, "set", "ledger LOAD", "--covers", "all")
    shown = run("payment-layout", record, "show", "Ledger load")
    again = run("payment-layout", record, "set", "Ledger load", "--covers", "all")

    assert json.loads(saved.out)["layout"] == {
        "name": "Ledger load",
        "columns": [
            {"heading": "Type", "holds": "words", "words": "GRANT"},
            {"heading": "Net", "holds": "amount", "words": ""},
            {"heading": "Due date", "holds": "due", "words": ""},
        ],
        "separator": "semicolon",
        "dates": "yyyymmdd",
        "covers": "ready",
        "mark": False,
        "headings": True,
    }
    assert shown.out.splitlines() == [
        "Ledger load: every payment, those made too; semicolon between cells, dates as yyyymmdd, UTF-8 "
        "without a mark, a line of headings.",
        "  Type=words:GRANT",
        "  Net=amount",
        "  Due date=due",
    ]
    assert again.status == 1
    assert again.err == "The layout Ledger load has all of that already. Nothing was changed.\n"

    removed = run("payment-layout", record, "remove", "Ledger load")
    listed = json.loads(run("payment-layout", record, "list", "--json").out)
    assert removed.out == "The payment layout Ledger load was removed.\n"
    assert [one["name"] for one in listed["layouts"]] == ["Standard"]
    assert "account_number" in listed["fields"]
    assert "Standard: Payee, Supplier no." in run("payment-layout", record, "list").out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("show", "BACS"), "There is no layout “BACS”"),
        (("remove", "Standard"), "No layout Standard is saved"),
        (("set", "BACS", "--column", "Net=money"), "A payment file needs a column with the amount"),
        (("set", "BACS", "--dates", "mm/dd/yyyy"), "“mm/dd/yyyy” is not known here"),
    ],
)
def test_what_is_no_layout_is_refused(run: Run, record: Path, asked: tuple[str, ...], words: str) -> None:
    ran = run("payment-layout", record, *asked)

    assert ran.status == 1
    assert words in ran.err
