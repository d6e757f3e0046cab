"""`grant-panel held`: all that is held on one organisation or person; and who is meant."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Run


def test_an_organisation_and_a_person_are_written_and_printed(record: Path, tmp_path: Path, run: Run) -> None:
    book = tmp_path / "held.xlsx"

    written = run("held", record, "--organisation", "imaginary choir", "--out", book)

    assert written.out == (
        f"All that is held on Imaginary Choir was written to {book}. It is sensitive: keep it safe.\n"
    )
    assert "Applications" in load_workbook(book).sheetnames
    person = run("held", record, "--person", "Sam Sample", "--json", "--out", book).json
    assert person["held_on"] == "Sam Sample, M2 on the panel of Autumn"
    assert {"people", "members", "interests"} <= {table["name"] for table in person["tables"]}
    assert "Treasurer" in str(person["tables"])
    assert "Pat Example" not in str(person["tables"])
    assert "Members" in load_workbook(book).sheetnames


def test_what_is_not_said_is_asked_for(record: Path, tmp_path: Path, run: Run) -> None:
    nobody = run("held", record, "--person", "Nobody", "--json")
    assert (nobody.status, "Nobody called “Nobody” is in this record" in nobody.err) == (1, True)
    assert "Say where to write it" in run("held", record, "--person", "Sam Sample").err
    odd = run("held", record, "--person", "Sam Sample", "--out", tmp_path / "held.txt")
    assert (odd.status, "ends in .xlsx" in odd.err) == (1, True)
    assert "several" not in run("held", record, "--person", "Sam Sample", "--of", "autumn", "--json").err
    assert run("held", record, "--json").status == 2
