"""`-` for standard input and output."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.command import main
from tests.cli.conftest import Run


def typed_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_a_workbook_is_ranked_from_standard_input(
    run: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed_in(monkeypatch, workbook.read_bytes())

    assert run("rank", "-", "--json").json == run("rank", workbook, "--json").json


def test_a_file_goes_to_standard_output_and_what_is_said_beside_it(
    record: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = main(["save", str(record), "--round", "Autumn", "-"])
    printed = capfdbinary.readouterr()
    saved = tmp_path / "saved.xlsx"
    saved.write_bytes(printed.out)

    assert status == 0
    assert b"as standard output." in printed.err
    assert main(["rank", str(saved)]) == 0
    assert capfdbinary.readouterr().out.startswith(b"Active Citizens Fund, Autumn")


def test_the_annex_of_minutes_does_not_go_there_and_that_is_said(
    record: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = main(["export", str(record), "minutes", "--round", "Autumn", "--out", "-"])

    said = capfdbinary.readouterr().err
    assert status == 0
    assert b"The annex is not written to -: name a file after --out to have both." in said


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("letters", [], "What is written fills a folder."),
        ("schedule-pdf", ["--json"], "Only one thing can go to standard output."),
    ],
)
def test_what_is_no_file_or_one_too_many_is_refused(
    run: Run, record: Path, kind: str, options: list[str], said: str
) -> None:
    ran = run("export", record, kind, "--round", "Autumn", "--out", "-", *options)

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(said)


def test_after_a_refusal_what_is_said_goes_to_standard_output_again(run: Run, record: Path) -> None:
    refused = run("save", record, "--round", "Winter", "-")

    assert (refused.status, refused.out) == (1, "")
    assert run("rank", record).out.startswith("Active Citizens Fund")
