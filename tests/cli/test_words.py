"""What the command says, where a person would otherwise have to guess."""

import re
from pathlib import Path

import pytest

from cli.command import main
from cli.deciding.rank import reasons_in_short
from tests.cli.conftest import Run
from tests.cli.test_loop import form_export
from tests.exchange.round_workbook.workbooks import good_sheets, put, save


def test_an_import_that_sets_up_a_round_names_the_pots_to_fill(run: Run, tmp_path: Path) -> None:
    record, export = tmp_path / "office.panel", form_export(tmp_path / "responses.xlsx")
    assert run("new", record, "--office", "Office of Westmarch").status == 0
    taken_in = ["import", record, export, "--round", "Autumn", "--year", "2026/27"]

    dry = run(*taken_in, "--dry-run").out.splitlines()[-1]
    done = run(*taken_in).out.splitlines()[-1]

    round_words = "“Autumn” of Active Citizens Fund 2026/27"
    pots = "A £0.00 pot {} set up for each of: Coventry."
    assert dry == (
        f"3 would be imported to {round_words}. {pots.format('would be')} A dry run: the record is unchanged."
    )
    assert done == f"The round {round_words} was set up. 3 applications imported. {pots.format('was')}"


@pytest.mark.parametrize("name", ["", "  ", "two\nlines"])
def test_a_round_needs_a_name(run: Run, record: Path, workbook: Path, name: str) -> None:
    done = run("import", record, workbook, "--round", name)

    assert (done.status, len(done.err.splitlines())) == (2, 2)


def test_spaces_around_a_rounds_name_do_not_count(run: Run, record: Path) -> None:
    assert run("rank", record, "--round", " Autumn ").status == 0


def test_fund_and_year_choose_the_round_that_is_ranked(run: Run, record: Path, tmp_path: Path) -> None:
    other = save(put(good_sheets(), "Round!B3", "Victims Fund"), tmp_path / "other.xlsx")
    assert run("load", record, other).status == 0

    assert run("rank", record).status == 1
    assert run("rank", record, "--fund", "VF", "--json").json["fund"] == "Victims Fund"
    assert run("rank", record, "--year", "2030/31").err.startswith("There is no round in 2030/31 ")


def test_what_is_proposed_is_listed_with_its_area(run: Run, record: Path) -> None:
    headings, line = run("recommend", record, "--round", "Autumn").out.splitlines()[:2]

    assert headings.split()[:3] == ["Area", "Reference", "Place"]
    assert line.split()[:3] == ["Coventry", "ACF-001", "1"]


def test_reasons_list_the_criteria_without_an_agreed_mark_once() -> None:
    reasons = ("it relies on others", "no agreed mark on A1", "no agreed mark on A2", "no submitted sheet")

    assert reasons_in_short(reasons) == "it relies on others; no agreed mark on A1, A2; no submitted sheet"


def test_an_explanation_shows_a_fraction_exactly_and_a_whole_number_once(run: Run, workbook: Path) -> None:
    lines = run("explain", workbook, "--application", "ACF-001").out.splitlines()

    told = {line.split(":")[0].split(". ")[1]: line for line in lines[1:]}
    assert told["quality"].endswith(" = 315/4 → 78.75")
    assert told["counting members"].endswith("2 counting, quorum 1")
    assert told["points A2"].endswith("weight 30 × 3 / 5 = 18.00")
    assert told["place"].endswith("in Coventry, by its score → 1")


def test_a_window_is_opened_on_records_only(run: Run, workbook: Path, tmp_path: Path) -> None:
    assert "round.xlsx is not a record" in run(workbook).err
    assert "There is no file gone.panel" in run("gone.panel").err
    assert run("gone").status == 2


def test_a_form_tools_export_is_told_from_a_round_workbook(run: Run, tmp_path: Path) -> None:
    lines = run("rank", form_export(tmp_path / "responses.xlsx")).err.splitlines()

    assert lines == [
        "Round: the sheet is missing; this is not a round workbook. The applications of a form tool's "
        "export are imported instead.",
        *(f"{sheet}: the sheet is missing." for sheet in ("Pots", "Criteria", "Applications")),
    ]


def test_a_paper_that_is_not_there_is_said_to_be_missing(run: Run, record: Path) -> None:
    assert run("verify", record, "--against", "gone.pdf").err == (
        "There is no file gone.pdf. Check its name.\n"
    )


def test_a_demonstration_that_fails_leaves_no_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "acf-schedule.xlsx").mkdir()

    assert main(["demo", "--out", str(tmp_path), "--no-window"]) == 1

    assert re.fullmatch("acf-schedule.xlsx is a folder.*\n", capsys.readouterr().err)
    assert [path.name for path in tmp_path.iterdir()] == ["acf-schedule.xlsx"]


def test_a_demonstration_needs_a_folder(run: Run, workbook: Path) -> None:
    assert "is a file" in run("demo", "--out", workbook, "--no-window").err
