"""Taking in the tables of earlier years, and writing the tables of any year."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run


@pytest.fixture
def empty(made_once: Path, tmp_path: Path) -> Path:
    """A record with its funds and no round."""
    path = tmp_path / "empty.panel"
    path.write_bytes((made_once / "empty.panel").read_bytes())
    return path


def test_the_shipped_tables_are_taken_in_once(empty: Path, run: Run) -> None:
    first = run("load-history", empty, "--as", "Grace Okoro")
    after = empty.read_bytes()

    again = run("load-history", empty)

    assert (first.status, first.err, again.status, again.err) == (0, "", 0, "")
    assert first.out.startswith("15 tables with 134 rows were imported as printed figures.\n")
    assert again.out == "The record has every shipped table of earlier years already. Nothing was added.\n"
    assert empty.read_bytes() == after
    assert run("verify", empty).status == 0


def test_the_history_of_one_office_brings_no_others(empty: Path, run: Run, tmp_path: Path) -> None:
    ran = run("load-history", empty, "--of", "west-mercia")
    again = run("load-history", empty, "--of", "west-mercia")
    run("export", empty, "tables", "--out", tmp_path / "t.xlsx")

    assert ran.out.startswith("4 tables with 35 rows were imported as printed figures.")  # 11 + 16 + 5 + 3
    assert again.out.startswith("The record has every shipped table")
    funds = {row[1].value for row in load_workbook(tmp_path / "t.xlsx")["Contents"].iter_rows(min_row=5)}
    assert funds == {"West Mercia commissioning"}


def test_every_fund_and_year_is_written_without_a_round(empty: Path, run: Run, tmp_path: Path) -> None:
    run("load-history", empty)

    ran = run("export", empty, "tables", "--out", tmp_path / "tables.xlsx")

    assert ran.status == 0
    # Rows without totals: 4+8+8+8+9+7+18+25+3+3+6+11+16+5+3.
    assert "a draft, 15 tables, 134 rows, 13 differences from print" in ran.out
    names = load_workbook(tmp_path / "tables.xlsx").sheetnames
    assert names[:3] == ["Contents", "Table 1 2016-17", "Table 2 2016-17"]
    assert names[-2:] == ["Differences", "Checks"]


def test_one_fund_and_year_has_its_own_tables_alone(empty: Path, run: Run, tmp_path: Path) -> None:
    run("load-history", empty)

    ran = run("export", empty, "tables", "--fund", "ACF", "--year", "2016/17", "--out", tmp_path / "t.xlsx")

    assert ran.status == 0
    book = load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Contents", "Table 2", "Table 3", "Differences", "Checks"]


def test_an_issue_is_a_version_and_the_same_again_is_that_version(
    empty: Path, run: Run, tmp_path: Path
) -> None:
    run("load-history", empty)
    run("office", empty, "--set", "name=Example Office")
    asked = ("export", empty, "tables", "--year", "2016/17", "--issue", "--out")

    first = run(*asked, tmp_path / "t.xlsx")
    again = run(*asked, tmp_path / "t.pdf")

    assert (first.status, again.status) == (0, 0)
    assert "version 1, " in first.out
    assert first.out.splitlines()[1:] == again.out.splitlines()[1:]


def test_a_year_without_figures_is_refused_in_words(empty: Path, run: Run, tmp_path: Path) -> None:
    ran = run("export", empty, "tables", "--year", "2011/12", "--out", tmp_path / "t.xlsx")

    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.startswith("There are no figures in 2011/12")
    assert not (tmp_path / "t.xlsx").exists()


def test_a_round_is_wrong_usage_and_so_is_a_year_that_is_none(empty: Path, run: Run, tmp_path: Path) -> None:
    asked = ("export", empty, "tables", "--out", tmp_path / "t.xlsx")

    with_round, with_year = run(*asked, "--round", "Autumn"), run(*asked, "--year", "2016")
    with_area = run(*asked, "--area", "Dudley")

    assert (with_round.status, with_year.status, with_area.status) == (2, 2, 2)
    assert "tables does not belong to a round" in with_round.err
    assert not (tmp_path / "t.xlsx").exists()


def test_another_ending_is_refused(empty: Path, run: Run, tmp_path: Path) -> None:
    ran = run("export", empty, "tables", "--out", tmp_path / "t.docx")

    assert ran.status == 1
    assert "ends in .xlsx or .pdf" in ran.err


def test_history_goes_into_no_record_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("load-history", tmp_path / "none.panel")

    assert ran.status == 1
    assert "none.panel" in ran.err
    assert not (tmp_path / "none.panel").exists()
