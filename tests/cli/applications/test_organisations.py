"""`grant-panel organisations`: listed, shown, merged with a reason and separated again; who may not."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.round_workbook.write import write_round
from tests.cli.conftest import Run
from tests.models.operations.deciding_rounds import deciding_rows

CLUB, BEDS, CHOIR = "Made-up Youth Club", "Invented Allotments", "Imaginary Choir"


def test_two_are_merged_with_a_reason_and_separated_again(record: Path, run: Run, tmp_path: Path) -> None:
    listed = run("organisations", record, "list", "--json").json["organisations"]

    assert [one["name"] for one in listed] == [CHOIR, BEDS, CLUB]
    assert (listed[0]["applications"], listed[0]["awarded"], listed[0]["years"]) == (
        1,
        "0.00",
        {"2025/26": "0.00", "2026/27": "0.00", "2027/28": "0.00"},
    )
    assert "Imaginary Choir" in run("organisations", record, "list").out
    refused = run("organisations", record, "merge", CHOIR.upper(), CLUB)
    assert (refused.status, "Say why the two are one" in refused.err) == (1, True)

    merged = run("organisations", record, "merge", CHOIR.upper(), CLUB, "--reason", "a section of it")

    assert merged.out == f"{CHOIR} is merged into {CLUB}: 1 application counts with it from now on.\n"
    shown = run("organisations", record, "show", CHOIR, "--json").json
    assert (shown["name"], shown["other_names"]) == (CLUB, [CHOIR])
    assert [one["reference"] for one in shown["applied_for"]] == ["ACF-001", "ACF-003"]
    assert [(one["name"], one["reason"]) for one in shown["merged"]] == [(CHOIR, "a section of it")]
    said = run("organisations", record, "show", CLUB).out
    assert f"Also known as: {CHOIR}" in said
    assert "ACF-003 (Active Citizens Fund 2026/27 Autumn), Songs: nothing recommended yet" in said
    assert "Contact of ACF-001: CV1 1AA" in said
    assert f"{CHOIR} was merged into it by command line" in said
    assert run("organisations", record, "separate", "Nobody").err == (
        f"No organisation “Nobody” was merged into another. Merged so far: {CHOIR}.\n"
    )
    saved = run("save", record, "--round", "Autumn", tmp_path / "saved.xlsx")
    assert "merges of organisations" not in saved.out
    headings = [cell.value for cell in load_workbook(tmp_path / "saved.xlsx")["Applications"][1]]
    assert "Counted as organisation" in headings
    elsewhere = tmp_path / "elsewhere.panel"
    run("new", elsewhere)
    loaded = run("load", elsewhere, tmp_path / "saved.xlsx")
    assert f"{CHOIR} is merged into {CLUB}: 1 application counts with it from now on." in loaded.out
    known = run("organisations", elsewhere, "show", CHOIR, "--json").json
    assert [one["reason"] for one in known["merged"]] == ["Counted as one organisation in saved.xlsx"]
    assert "is merged into" not in run("load", elsewhere, "--replace", tmp_path / "saved.xlsx").out
    book = load_workbook(tmp_path / "saved.xlsx")
    book["Applications"].cell(2, headings.index("Counted as organisation") + 1, "Another")
    book.save(tmp_path / "two.xlsx")
    refused = run("load", elsewhere, "--replace", tmp_path / "two.xlsx")
    assert (refused.status, refused.out) == (1, "")
    assert "and the workbook counts them under two names. Give them the same name." in refused.err
    separated = run("organisations", record, "separate", CHOIR, "--json")
    assert (separated.status, separated.json["name"]) == (0, CHOIR)
    assert (
        "was merged into another. Merged so far: none." in run("organisations", record, "separate", CHOIR).err
    )
    assert run("verify", record).status == 0


def test_what_a_declaration_closes_is_closed_here_and_members_look_nothing_up(record: Path, run: Run) -> None:
    member = run("organisations", record, "list", "--as", "Sam Sample")

    assert (member.status, "looks organisations up, not the member" in member.err) == (1, True)
    chair = run("organisations", record, "show", BEDS, "--as", "Pat Example", "--json").json
    assert (chair["paid"], chair["applied_for"][0]["project"]) == (None, "Beds")
    barred = run("organisations", record, "merge", BEDS, CLUB, "--reason", "one", "--as", "Sam Sample")
    assert barred.status == 1


@pytest.mark.parametrize("action", [(), ("list", "more"), ("merge", CLUB)])
def test_wrong_usage_is_said(record: Path, run: Run, action: tuple[str, ...]) -> None:
    assert run("organisations", record, *action).status == 2


def test_an_empty_record_says_so(made_once: Path, run: Run) -> None:
    assert run("organisations", made_once / "empty.panel", "list").out == "No organisation has applied yet.\n"


def test_two_branches_of_one_number_are_kept_apart_through_a_workbook_and_the_cap(
    run: Run, tmp_path: Path
) -> None:
    north, south = "Larkfield North", "Larkfield South"
    rows = replace(
        deciding_rows(),
        applications=tuple(
            replace(row, organisation=name, charity_number="1122334" if number < 2 else "")
            for number, (row, name) in enumerate(
                zip(deciding_rows().applications, (north, south, "Heron"), strict=True)
            )
        ),
    )
    first, second = tmp_path / "first.panel", tmp_path / "second.panel"
    for record in (first, second):
        run("new", record, "--office", "Office of Example")
    run("load", first, write_round(rows, tmp_path / "one.xlsx"))
    assert len(run("organisations", first, "list", "--json").json["organisations"]) == 2
    refused = run("organisations", first, "apart", south)
    assert (refused.status, "Say why the two are one organisation or two" in refused.err) == (1, True)

    parted = run("organisations", first, "apart", south, "--reason", "own accounts")

    assert parted.out == f"{south} is kept apart from {north} from now on.\n"
    shown = run("organisations", first, "show", south, "--json").json
    assert [(one["name"], one["from"], one["reason"]) for one in shown["kept_apart"]] == [
        (south, north, "own accounts")
    ]
    assert f"{south} is kept apart from {north} by " in run("organisations", first, "show", north).out
    run("save", first, "--round", rows.name, tmp_path / "saved.xlsx")
    loaded = run("load", second, tmp_path / "saved.xlsx")
    assert f"{south} is kept apart from {north} from now on." in loaded.out
    again = run("load", second, tmp_path / "saved.xlsx", "--replace")
    assert (again.status, "kept apart" in again.out) == (0, False)
    assert len(run("organisations", second, "list", "--json").json["organisations"]) == 3
    joined = run("organisations", second, "together", south)
    assert joined.out == f"{south} counts with {north} again.\n"
    assert "is kept apart from another. Kept apart so far: none." in (
        run("organisations", second, "together", south).err
    )
    assert run("verify", first).status == run("verify", second).status == 0
