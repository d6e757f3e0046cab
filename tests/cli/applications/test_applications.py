"""Applications by the command: chosen, taken in on trial, and their organisations merged and separated."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.round_workbook.read import read_round
from exchange.round_workbook.write import write_round
from models.operations.awards.successions import SetSuccessor
from models.queries.applications.applications import gate_results, gates
from models.queries.awards.awards import awards
from models.record import Opener, Record
from models.values.awards import Successor
from tests.cli.conftest import Ran, Run
from tests.models.operations.deciding.test_frozen import capped_rows
from tests.models.operations.deciding_rounds import DAY, decide, deciding_rows, recommended
from tests.models.rounds import OFFICER


def test_a_merge_over_a_cap_is_made_when_that_is_said(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "capped.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        recommended(record, capped_rows())
    merge = ("organisations", path, "merge", "ACF-002", "ACF-001", "--reason", "one group")

    refused = run(*merge)
    assert refused.status == 1
    assert "£12,000 and £12,000 together are £24,000" in refused.err
    done = run(*merge, "--although-over-cap", "--from", "2026-12-01")
    assert "1 application counts with it from 1 December 2026 on." in done.out


def test_a_successor_in_law_takes_over_what_was_awarded(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "decided.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        decide(recommended(record, capped_rows()))
    succeed = ("succeed", path, "ACF-001", "--to", "Friends CIO", "--charity-number", "1122334")

    assert "Enter why it takes over" in run(*succeed).err
    refused = run(*succeed, "--reason", "It converted", "--award", "A-031-09")
    assert "no such award" in refused.err
    own = ("--address", r"9 New Road\nNewtown", "--postcode", "NN9 9NN", "--contact", "Nell New")
    done = run(*succeed, "--reason", "It converted", *own, "--email", "nell@new.example")
    assert done.out == "A-031-01 is taken over by Friends CIO.\n"
    assert "Friends CIO" in run("organisations", path, "show", "ACF-001").out
    told = run("award", path, "show", "A-031-01", "--json").json
    assert told["recipient"] == "Friends CIO"
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        (row, *_) = record.ask(lambda session: awards(session, 1))
    now = row.recipient_on(date.max)
    assert (now.address, now.postcode, now.contact_name) == ("9 New Road\nNewtown", "NN9 9NN", "Nell New")
    assert now.email == "nell@new.example"


LATER = DAY + timedelta(days=2)


def test_a_successor_is_succeeded_and_the_newest_corrected(tmp_path: Path, run: Run) -> None:
    """What a correction leaves out stays; the date of the first, two days after the decision, stays too."""
    path = tmp_path / "decided.panel"
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        decide(recommended(record, capped_rows()))
        took = Successor("Friends CIO", "1122334", "", LATER, "It converted", supplier_number="000123")
        record.perform(SetSuccessor(1, "ACF-001", took, None), OFFICER)
        trust = Successor(
            "Friends Trust", "", "", LATER + timedelta(days=1), "Taken over", "1 New Road", "N9 9N"
        )
        record.perform(SetSuccessor(1, "ACF-001", trust, None, 2), OFFICER)

    corrected = run("succeed", path, "Friends Trust", "--correct", "--to", "Friends Trust Ltd")
    assert corrected.out == "A-031-01 is taken over by Friends Trust Ltd.\n"
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        (row, *_) = record.ask(lambda session: awards(session, 1))
    assert row.successors == (took, replace(trust, name="Friends Trust Ltd"))

    nobody = run("succeed", path, "ACF-002", "--correct", "--to", "Heirs", "--reason", "x")
    assert "Nobody has taken A-031-02 over. Leave --correct out." in nobody.err
    same_day = run("succeed", path, "ACF-001", "--to", "Heirs", "--from", "2026-11-30", "--reason", "x")
    assert "The next successor takes it over after that" in same_day.err


class Chooser:
    """The command on a record with a round."""

    def __init__(self, run: Run, record: Path, workbook: Path) -> None:
        self.run, self.record, self.round = run, record, read_round(workbook).name

    def __call__(self, *arguments: str) -> Ran:
        return self.run("choose", self.record, "--round", self.round, *arguments)

    def held(self) -> dict[str, Any]:
        found = json.loads(self("--json").out)["applications"]
        return {one["reference"]: one["choices"] for one in found}


@pytest.fixture
def choose(empty: Path, workbook: Path, run: Run) -> Chooser:
    """The command, on a round whose fund had a crime type when it was opened."""
    fund = read_round(workbook).fund
    assert run("fund", empty, "set", fund, "--line", "crime_type:lamps=Broken lamps").status == 0
    assert run("load", empty, workbook).status == 0
    return Chooser(run, empty, workbook)


def test_a_line_is_chosen_for_several_and_taken_out(choose: Chooser) -> None:
    first, second, *_ = choose.held()

    both = ("--application", first, "--application", second)
    ran = choose(*both, "--set", "crime_type=lamps", "--as", "Grace Okoro")

    assert (ran.status, ran.err) == (0, "")
    assert f"{first}: crime_type Broken lamps" in ran.out
    assert choose.held()[second] == {
        "crime_type": {"code": "lamps", "words": "Broken lamps", "suggested": False}
    }
    choose("--application", first, "--set", "crime_type=")
    assert choose.held()[first] == {}
    assert f"{first}: nothing chosen" in choose().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--application", "NONE-1", "--set", "crime_type=lamps"), "no application NONE-1"),
        (("--set", "colour=red"), "is not LIST=CODE"),
        (("--set", "crime_type=none"), "offers no crime type “none”"),
    ],
)
def test_what_cannot_be_chosen_is_said(choose: Chooser, arguments: tuple[str, ...], words: str) -> None:
    ran = choose(*arguments)

    assert ran.status == 1
    assert words in ran.err


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


def references_of(run: Run, record: Path) -> list[str]:
    ranked = run("rank", record, "--round", "Zeros", "--json").json
    return sorted(one["reference"] for one in ranked["applications"])


def test_a_number_of_two_unlike_organisations_is_asked_about_and_placeholders_join_nobody(
    run: Run, record: Path, tmp_path: Path
) -> None:
    path = tmp_path / "numbers.csv"
    rows = (
        ("Oak Scouts", "1184253"),
        ("Elm Choir", "1184253"),
        ("Crow Band", "1111111"),
        ("Rook", "1111111"),
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        heads = ("Organisation", "Project", "Area", "Amount", "Charity number")
        csv.writer(file).writerows([heads, *((name, "Songs", "Coventry", 900, of) for name, of in rows)])

    done = run("import", record, path, "--round", "Numbers", "--year", "2026/27", "--json").json

    assert [one.get("to_check") for one in done["applications"]] == [["charity_number"]] * 2 + [None] * 2
    shared = [
        [one["message"] for one in row["points"] if one["kind"] == "shared number"] for row in done["rows"]
    ]
    assert [len(one) for one in shared] == [1, 1, 0, 0]
    assert shared[0][0].startswith("has the charity number of row 3, whose name and address differ")
    assert [one["value"] for one in done["problems"]] == ["1111111", "1111111"]
    assert [one["charity_number"] for one in done["applications"]] == ["1184253"] * 2 + ["1111111"] * 2
    named = run("organisations", record, "list", "--json").json["organisations"]
    found = {name for one in named for name in (one["name"], *one["other_names"])}
    assert {"Crow Band", "Rook"} <= {one["name"] for one in named}
    assert {"Oak Scouts", "Elm Choir"} <= found


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

    assert dry.json == done.json | {"dry_run": True}
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


def test_an_import_says_what_a_row_says_otherwise_and_answers_the_gate(
    run: Run, record: Path, tmp_path: Path
) -> None:
    path = written(tmp_path / "more.csv")
    changes = [
        row["changes"] for row in run("import", record, path, "--round", "Autumn", "--json").json["rows"]
    ]

    words = run("import", record, path, "--round", "Autumn").out

    assert {"field": "amount_requested", "here": "4500.00", "file": "4600.00"} in changes[1]
    assert "  Row 3 (changed): already here as ACF-001; amount requested: £4,500 here, £4,600" in words

    with Record.open(record, Opener("Olive Officer", "test")) as opened:
        answers = opened.ask(gate_results, round_id=1)
        gate = next(gate.code for gate in opened.ask(gates, round_id=1) if gate.is_cap)
    assert {one.result for one in answers if one.gate == gate and one.application.startswith("N-")} == {
        "pass"
    }


def test_a_dry_run_into_a_fund_without_criteria_is_refused_as_the_import_is(run: Run, tmp_path: Path) -> None:
    record, file = tmp_path / "small.panel", written(tmp_path / "asked.csv")
    run("new", record, "--no-funds")
    run("fund", record, "add", "Small Fund", "--code", "SF")
    words = ("import", record, file, "--round", "First", "--fund", "SF", "--year", "2026/27")

    dry, done = run(*words, "--dry-run"), run(*words)

    assert (dry.status, dry.err) == (1, done.err)


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

    assert merged.out == (
        f"{CHOIR} is merged into {CLUB}: 1 application counts with it from 31 March 2028 on.\n"
    )
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
