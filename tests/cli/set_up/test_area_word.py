"""What an office calls an area, in tables that commands print and in what is held of somebody."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Run


def test_tables_that_are_printed_are_headed_by_the_offices_own_word_for_an_area(
    record: Path, run: Run
) -> None:
    assert run("budget", record, "--allocate", "Coventry=30000").status == 0
    assert run("office", record, "--set", "area_label=Council").status == 0
    tables = (("round", "--round", "Autumn"), ("budget",), ("year-end",))

    heads = [run(command, record, *more).out.splitlines()[1] for command, *more in tables]

    assert [head.split("  ")[0] for head in heads] == ["Council", "Council", "Council, line or award"]
    assert "\nCouncils with an allocation " in run("budget", record).out


def test_what_is_held_of_an_organisation_has_the_offices_own_word_for_an_area(
    record: Path, run: Run, tmp_path: Path
) -> None:
    assert run("office", record, "--set", "area_label=Council").status == 0
    book = tmp_path / "held.xlsx"

    assert run("held", record, "--organisation", "Imaginary Choir", "--out", book).status == 0

    cells = [cell for sheet in load_workbook(book) for row in sheet.values for cell in row]
    assert "Council" in cells
    assert "Area" not in cells
