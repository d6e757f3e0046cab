"""A round goes from a workbook into a record and back, and its workbook is loaded again."""

import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.round_workbook.read import read_round
from exchange.round_workbook.write import write_round
from models.operation import Actor
from models.operations.panel.members import EditMember
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.panel.panel import members_of
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round
from models.record import Opener, Record
from models.values.rows import RoundRows
from tests.cli.conftest import Ran, Run
from tests.exchange.round_workbook.rounds import rounds
from tests.exchange.round_workbook.workbooks import Cell, Sheets, answers_in_order, good_sheets, put, save

TESTER = Actor("tests")


@settings(max_examples=12)
@given(rows=rounds())
def test_workbook_to_record_to_workbook_gives_everything_back(made_once: Path, rows: RoundRows) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(made_once / "empty.panel", folder))
        with Record.open(path, Opener("tests", "tests")) as record:
            record.perform(LoadRound(rows), TESTER)
            round_id = record.ask(partial(find_round, name=rows.name))
            stored = record.ask(partial(round_rows, round_id=round_id))
            again = read_round(write_round(stored, Path(folder, "round.xlsx"), marks_ready=False))
            record.perform(ReplaceRound(round_id, again), TESTER)
            replaced = record.ask(partial(round_rows, round_id=round_id))

    assert answers_in_order(again) == answers_in_order(rows)
    assert answers_in_order(replaced) == answers_in_order(rows)


WHY = "M2 read the wrong form"


def give_areas(record: Path, **areas: str) -> None:
    """Put members of the round on the panel of one area each."""
    with Record.open(record, Opener("tests", "tests")) as held:
        for one in held.ask(lambda session: members_of(session, 1)):
            if one.code in areas:
                held.perform(EditMember(1, replace(one, areas=(areas[one.code],)), one), TESTER)


def marks_asked(workbook: Path) -> list[tuple[object, ...]]:
    """Return the members and applications that the sheet Marks lists."""
    return [row[:2] for row in load_workbook(workbook)["Marks"].iter_rows(min_row=2, values_only=True)]


def test_a_saved_workbook_lists_for_marks_who_is_on_the_panel_of_the_area(
    run: Run, record: Path, tmp_path: Path
) -> None:
    every, own, again = (tmp_path / f"{name}.xlsx" for name in ("every", "own", "again"))
    run("load", record, save(put(good_sheets(), "Marks!E4", None), tmp_path / "clean.xlsx"), "--replace")
    run("save", record, every, "--round", "Autumn")
    give_areas(record, M1="Coventry", M2="Walsall")

    run("save", record, own, "--round", "Autumn")
    loaded = run("load", record, own, "--replace")
    run("save", record, again, "--round", "Autumn")

    first = [("M1", "ACF-001"), ("M2", "ACF-001"), ("M1", "ACF-002")]
    assert marks_asked(every) == [*first, ("M1", "ACF-003"), ("M2", "ACF-003")]
    assert marks_asked(own) == [first[0], ("M1", "ACF-003")], "none of M2, who is on another panel now"
    assert (loaded.status, loaded.err) == (0, "")
    assert marks_asked(again) == marks_asked(own)


def test_marks_of_another_areas_member_are_refused_at_their_cell(
    run: Run, record: Path, tmp_path: Path
) -> None:
    sheets = good_sheets()
    del sheets["Marks"][2:]  # M2 on ACF-001 and M1 on ACF-002
    sheets["Marks"] += [["M2", "ACF-003"], ["M1", "ACF-003", "yes", 4, 4]]
    give_areas(record, M1="Coventry", M2="Walsall")

    old = run("load", record, save(good_sheets(), tmp_path / "old.xlsx"), "--replace")
    blank = run("load", record, save(sheets, tmp_path / "blank.xlsx"), "--replace")
    marked = save(put(sheets, "Marks!D3", 4), tmp_path / "marked.xlsx")
    refused = run("load", record, marked, "--replace")
    give_areas(record, M2="Coventry")
    done = run("load", record, marked, "--replace")

    assert old.status == 1
    assert "Marks!A3: M2 is not on the panel of Coventry, which marks ACF-001. Clear this row" in old.err
    assert (blank.status, blank.err) == (0, "")
    assert (refused.status, refused.err) == (
        1,
        "Marks!A3: M2 is not on the panel of Coventry, which marks ACF-003. Clear this row, or first change "
        "the areas of the member on Panel & interests.\n",
    )
    assert done.status == 0
    assert run("verify", record).status == 0


def test_marks_of_a_member_who_has_not_declared_are_refused_once_somebody_has(
    run: Run, record: Path, tmp_path: Path
) -> None:
    def load(name: str, *marks: list[Cell], declared: bool = True) -> Ran:
        sheets = put(good_sheets(), "Round!B4", "Undeclared")
        sheets["Members"] += [["M3", "Lou Late"]]
        sheets["Interests"] = sheets["Interests"] if declared else sheets["Interests"][:1]
        sheets["Marks"] += marks
        return run("load", record, save(sheets, tmp_path / name), *again)

    again: tuple[str, ...] = ()
    first, second = ["M3", "ACF-001", "yes", 4, 4], ["M3", "ACF-003", "no", 2]
    left = "Warning: {} marks but no declaration of interests: {}.\n"
    # Nobody of the round has declared, so nobody's marks wait for that.
    nobody = load("nobody.xlsx", first, declared=False)
    again = ("--replace",)
    still = load("still.xlsx", first, second, declared=False)
    assert (nobody.status, still.status) == (0, 0)
    assert left.format("3 members have", "M1, M2, M3") in still.err

    # M1 and M2 declare: what the round has of M3 stays, and nothing is added to it.
    assert load("declared.xlsx", first, second).err == left.format("1 member has", "M3")
    assert load("alike.xlsx", first, second).status == 0
    words = (
        "M3 has not declared interests: they must declare before their marks count. Clear this row, or first "
        "record the declaration on Panel & interests.\n"
    )
    for name, changed in {
        "mark": ["M3", "ACF-003", "no", 3],
        "another": ["M3", "ACF-003", "no", 2, 1],
        "reason": ["M3", "ACF-003", "no", 2, None, "because"],
    }.items():
        refused = load(f"{name}.xlsx", first, changed)
        assert (refused.status, refused.err) == (1, f"Marks!A6: {words}")
    new = load("new.xlsx", first, second, ["M3", "ACF-002", "no", 1])
    assert (new.status, new.err) == (1, f"Marks!A7: {words}")
    assert load("fewer.xlsx", first).status == 0


def taken_back() -> Sheets:
    """Return the round with the sheet of M2, which was handed in, a draft again."""
    sheets = good_sheets()
    sheets["Marks"][2][2] = "no"
    return sheets


def twice(name: str) -> Sheets:
    """Return the round with the first member in it a second time."""
    sheets = good_sheets()
    sheets["Members"].append(["M3", name, "member"])
    return sheets


def test_a_sheet_taken_back_is_refused_by_name_and_reopened_with_a_reason(
    run: Run, record: Path, tmp_path: Path
) -> None:
    after = save(taken_back(), tmp_path / "after.xlsx")

    refused = run("load", record, after, "--replace")
    done = run("load", record, after, "--replace", "--reopen-because", WHY)

    assert (refused.status, "M2 Sam Sample on ACF-001" in refused.err) == (1, True)
    assert "--reopen-because TEXT" in refused.err
    assert (done.status, done.err) == (0, "")
    assert "Reopened, with the reason: M2 Sam Sample on ACF-001." in done.out
    with Record.open(record, Opener("tests", "tests")) as held:
        sheets = held.ask(lambda session: round_rows(session, 1)).sheets
    assert [(one.member, one.reopened, one.first) for one in sheets if one.reopened] == [("M2", WHY, (5, 3))]
    assert run("verify", record).status == 0


@pytest.mark.parametrize("name", ["Pat Example", "Example, Pat", "Mrs Pat Example"])
def test_one_person_as_two_members_is_asked_about_and_rank_warns(
    run: Run, empty: Path, tmp_path: Path, name: str
) -> None:
    record, workbook = empty, save(twice(name), tmp_path / "round.xlsx")

    refused = run("load", record, workbook)
    done = run("load", record, workbook, "--same-person", "no")
    ranked = run("rank", workbook)

    assert (refused.status, "--same-person no" in refused.err) == (1, True)
    assert "may be one person" in refused.err
    assert done.status == 0
    assert (ranked.status, "may be one person" in ranked.err) == (0, True)
    assert run("rank", record).err == ""
    assert run("load", record, workbook, "--replace").status == 0


def test_a_ruling_on_what_the_chair_has_an_interest_in_names_who_ruled(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    record, workbook = empty, tmp_path / "round.xlsx"
    sheets = put(good_sheets(), "Interests!B2", "ACF-003")
    save(put(sheets, "Interests!C2", "pecuniary"), workbook)
    refused = run("load", record, workbook)

    sheets["Chair decisions"] = [
        ["Application", "Kind", "Value", "Reason", "Ruled by"],
        ["ACF-003", "exception", "fund", "Only choir there", "M9"],
    ]
    unknown = run("load", record, save(sheets, workbook))
    sheets["Chair decisions"][1][4] = "M2"
    aside = run("load", record, save(sheets, workbook))
    sheets = put(sheets, "Not applicable!C2", "No such part (in the chair’s place Sam Sample)")
    done = run("load", record, save(sheets, workbook))
    again = tmp_path / "saved.xlsx"
    run("save", record, again, "--round", "Autumn")

    assert (refused.status, refused.err) == (
        1,
        "The chair has an interest in ACF-003 and does not rule on it. Name the member whom the others named "
        "under Ruled by on the sheet Chair decisions: M2.\n",
    )
    assert (unknown.status, '"M9" is not a member on the Members sheet.' in unknown.err) == (1, True)
    said = "and does not set A2 aside. Say in the reason who did: “(in the chair’s place Sam Sample)”.\n"
    assert (aside.status, aside.err) == (1, f"The chair has an interest in ACF-003 {said}")
    assert done.status == 0
    held = load_workbook(again)["Chair decisions"]
    assert [cell.value for cell in held[1]][-1] == "Ruled by"
    assert [cell.value for cell in held[2]][-1] == "M2"
    assert run("load", record, again, "--replace").status == 0
