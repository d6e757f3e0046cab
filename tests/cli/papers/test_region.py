"""A regional book by the command: files in, figures of all offices out."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from models.papers.year.summed_tables import YearTables
from tests.cli.conftest import Run
from tests.exchange.papers.test_region import EAST, WEST, grant, issued, of_round


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Open data of two offices."""
    east = of_round(EAST, grant(1, 40_000, office="E"))
    return [
        issued("360giving", of_round(WEST, grant(1, 10_050)), tmp_path / "west.json"),
        issued("360giving", east, tmp_path / "east.json"),
    ]


def test_files_are_added_once_and_told_side_by_side(run: Run, files: list[Path], tmp_path: Path) -> None:
    added = run("region", "add", tmp_path / "book", *files)
    again = run("region", "add", tmp_path / "book", files[0], "--json")
    told = run("region", "report", tmp_path / "book", "--out", tmp_path / "report.xlsx")
    figures = run("region", "report", tmp_path / "book", "--out", tmp_path / "again.xlsx", "--json")

    assert added.out.splitlines()[0] == (
        f"Added Active Citizens Fund Autumn 2026/27 awards of {WEST}, version 1: 1 award. The seal holds."
    )
    assert (again.status, again.json) == (0, {"added": [], "known": ["west.json"]})
    # £400.00 and £100.50
    assert told.out == f"Wrote {tmp_path / 'report.xlsx'}: 2 offices, 2 awards, £500.50.\n"
    assert [one["awarded"] for one in figures.json["offices"]] == ["400.00", "100.50"]


def test_an_office_is_named_once_where_its_paper_bears_its_name(run: Run, tmp_path: Path) -> None:
    whole_year = replace(of_round(WEST, grant(1, 10_050)), fund="", round="")
    file = issued("360giving", whole_year, tmp_path / "west.json")

    added = run("region", "add", tmp_path / "book", file)

    assert added.out.startswith(f"Added {WEST} 2026/27 awards, version 1: 1 award.")


def test_a_year_kept_as_printed_is_said_to_be_compared_with_nothing(run: Run, tmp_path: Path) -> None:
    bare = YearTables("OFFICIAL", "Year tables, 2016/17", (), (), WEST)
    file = issued("tables", bare, tmp_path / "tables.xlsx")

    added = run("region", "add", tmp_path / "book", file)
    run("region", "report", tmp_path / "book", "--out", tmp_path / "report.xlsx")

    assert "kept as it was printed, so nothing of it is compared. The seal holds." in added.out
    notes = [cell.value for row in load_workbook(tmp_path / "report.xlsx")["Files"] for cell in row]
    told = " ".join(str(one) for one in notes if one)
    assert f"nothing of them is compared: {WEST}, Year tables, 2016/17." in told


def test_a_changed_file_is_refused_in_a_sentence(run: Run, files: list[Path], tmp_path: Path) -> None:
    files[1].write_text(files[1].read_text("utf-8").replace("400", "900"), "utf-8")

    done = run("region", "add", tmp_path / "book", *files)

    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert done.err.startswith("east.json was changed after it was issued: ")
