"""A dry run says of each row what would become of it, and each thing to look at by its kind."""

import csv
from pathlib import Path

from models.queries.applications.applications import gate_results, gates
from models.record import Opener, Record
from tests.cli.conftest import Run

HEADS = ("Reference", "Organisation", "Project", "Area", "Amount requested", "Postcode")
ROWS = (
    ("N-001", "Canal Scouts", "Camp fires", "Coventry", "6000", "CV1 1AA"),
    ("ACF-001", "Made-up Youth Club", "", "", "4,600", ""),
    ("ACF-002", "Somebody else", "Songs", "Coventry", "100", ""),
    ("N-002", "Moor Walkers", "Walks", "Coventry", "900", "LS1 1AA"),
    ("N-003", "Mill Choir", "Songs", "Atlantis", "800", "CV1 1AA"),
    ("N-004", "Canal Scouts Ltd", "Camp fires", "Coventry", "700", "CV1 1AA"),
    ("N-005", "", "Nobody", "Coventry", "700", ""),
    ("N-001", "canal  scouts", "Camp fires", "Coventry", "6000", "CV1 1AA"),
)


SAID = {1: "Choir", 2: "Drummers", 10: "Walkers"}


def written(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADS, *ROWS])
    return path


def test_a_dry_run_says_what_is_changed_clashing_a_duplicate_and_out_of_area(
    run: Run, record: Path, tmp_path: Path
) -> None:
    command = ["import", record, written(tmp_path / "more.csv"), "--round", "Autumn", "--dry-run"]

    said = run(*command, "--json").json
    words = run(*command).out

    kinds = {row["row"]: (row["state"], [point["kind"] for point in row["points"]]) for row in said["rows"]}
    assert kinds == {
        2: ("check", ["possible duplicate"]),
        3: ("changed", ["changed"]),
        4: ("not imported", ["clashing"]),
        5: ("check", ["out of area"]),
        6: ("problem", ["out of area"]),
        7: ("check", ["possible duplicate"]),
        8: ("not imported", ["not imported"]),
        9: ("already here", ["already here"]),
    }
    changed = next(row for row in said["rows"] if row["row"] == 3)
    assert (changed["reference"], changed["changes"]) == (
        "ACF-001",
        [{"field": "amount_requested", "here": "4500.00", "file": "4600.00"}],
    )
    assert (said["imported"], said["duplicates"], len(said["problems"])) == (4, 2, 3)
    assert "A2" not in words
    for line in (
        "  F5 Postcode (out of area): LS1 1AA is outside the area of the fund, whose postcodes begin B, CV,",
        "  Row 3 (changed): already here as ACF-001; amount requested: £4,500 here, £4,600 in the file",
        "  Row 7 (possible duplicate): perhaps the same as row 2: ",
        "8 rows: 1 changed, 1 problem, 3 check, 1 twice in file, 2 not imported.",
    ):
        assert line in words


def test_a_round_to_come_is_held_against_its_fund(run: Run, record: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "first.csv")

    said = run("import", record, path, "--round", "Spring", "--year", "2026/27", "--dry-run", "--json").json
    done = run("import", record, path, "--round", "Spring", "--year", "2026/27", "--json").json

    assert [row["row"] for row in said["rows"] if row["state"] == "not imported"] == [8]
    assert said == done


def test_a_new_area_is_one_line_with_its_rows_and_no_problem(run: Run, record: Path, tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    rows = [
        (f"N-{n}", f"Club {n}", "Songs", "Atlantis" if n < 4 else "Lyonesse", "800", "") for n in range(5)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADS, *rows, ("N-9", "Club 9", "Songs", "Coventry", "much", "")])

    words = run("import", record, path, "--round", "Autumn", "--dry-run").out

    for line in (
        "  “Atlantis” is not one of the areas here; it is set up as one. It stands in 4 rows.\n",
        "  “Lyonesse” is not one of the areas here; it is set up as one. It stands in 1 row.\n",
        "0 here already, 1 problem; ",
    ):
        assert words.count(line) == 1


def test_a_dry_run_into_a_fund_without_criteria_is_refused_as_the_import_is(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "small.panel"
    run("new", record, "--no-funds")
    run("fund", record, "add", "Small Fund", "--code", "SF")
    file = tmp_path / "asked.csv"
    file.write_text("Organisation,Project,Amount requested\nSedge Scouts,Tents,950\n", encoding="utf-8")
    words = ("import", record, file, "--round", "First", "--fund", "SF", "--year", "2026/27")

    dry, done = run(*words, "--dry-run"), run(*words)

    assert (dry.status, dry.err) == (done.status, done.err)
    assert dry.status == 1
    assert "no criteria" in dry.err


def references_of(run: Run, record: Path) -> list[str]:
    ranked = run("rank", record, "--round", "Zeros", "--json").json
    return sorted(one["reference"] for one in ranked["applications"])


def test_what_may_be_here_already_is_left_out_until_it_is_asked_for(
    run: Run, record: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    rows = [(f"{n:03d}", f"Larkfield {word}", "Songs", "Coventry", "900", "") for n, word in SAID.items()]
    for path, references in ((first, "001 002 010"), (second, "1 2 10")):
        with path.open("w", newline="", encoding="utf-8") as file:
            spelt = zip(references.split(), rows, strict=True)
            csv.writer(file).writerows([HEADS, *((reference, *row[1:]) for reference, row in spelt)])
    into = ("--round", "Zeros", "--year", "2026/27")
    run("import", record, first, *into)

    dry = run("import", record, second, *into, "--dry-run", "--json")
    done = run("import", record, second, *into, "--json")

    assert dry.json == done.json
    assert (done.json["imported"], done.json["applications"]) == (0, [])
    assert [(one["row"], one["like"]) for one in done.json["possible_duplicates"]] == [
        (2, "001"),
        (3, "002"),
        (4, "010"),
    ]
    assert "reference but for zeros in front" in done.json["possible_duplicates"][0]["message"]
    assert "--with-possible-duplicates takes them in." in done.err
    assert references_of(run, record) == ["001", "002", "010"]
    words = run("import", record, second, *into, "--with-possible-duplicates").out
    assert "3 new, 0 here already" in words
    assert "Row 2 (possible duplicate): perhaps the same as 001" in words
    assert references_of(run, record) == ["001", "002", "010", "1", "10", "2"]


def test_an_import_says_what_a_row_that_is_here_says_otherwise(
    run: Run, record: Path, tmp_path: Path
) -> None:
    path = written(tmp_path / "more.csv")

    words = run("import", record, path, "--round", "Autumn").out

    assert "  Row 3 (changed): already here as ACF-001; amount requested: £4,500 here, £4,600" in words


def test_an_import_answers_the_gate_of_the_cap_as_the_window_does(
    run: Run, record: Path, tmp_path: Path
) -> None:
    run("import", record, written(tmp_path / "more.csv"), "--round", "Autumn")

    with Record.open(record, Opener("Olive Officer", "test")) as opened:
        answers = opened.ask(gate_results, round_id=1)
        gate = next(gate.code for gate in opened.ask(gates, round_id=1) if gate.is_cap)
    assert {one.result for one in answers if one.gate == gate and one.application.startswith("N-")} == {
        "pass"
    }
