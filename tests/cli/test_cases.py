"""Rounds that went wrong once, from the workbook to what is published and paid, as in tests/data/cases."""

import csv
import json
from functools import partial
from pathlib import Path, PureWindowsPath

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.round_workbook.write import write_round
from models.operations.awards.bank_details import SetBankDetails, put_bank_details
from models.record import Record
from models.store.places import warnings_at
from models.values.payments import BankDetails
from tests.cli.conftest import Run, Says
from tests.cli.decided_rounds import PUBLISHER, SIGNED_BY
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import OFFICER
from tests.paper_text import word_text

CASES = Path(__file__).parents[1] / "data" / "cases"
NORTH, SOUTH = (f"Copper Legion, {side}field branch" for side in ("North", "South"))
SPRING = ("--round", "Spring")
DECIDED = (
    *("--notice", "031/2026", "--on", "2026-11-16", "--as", "Dee Decider", "--post", "Chief Executive"),
    *("--accept", "--unsigned-because", "They are away."),
)


def decided(done: Says, workbook: Path, folder: Path, *before: str) -> Path:
    """Make a record, load a round into it, recommend what the rule proposes, and decide that."""
    record, reasons = folder / "office.panel", folder / "reasons.csv"
    done("new", record, "--office", "Office of Example")
    done("load", record, workbook)
    references = [row.value for row in openpyxl.load_workbook(workbook)["Applications"]["A"][1:]]
    reasons.write_text("Reference,Reason\n" + "".join(f"{of},It helps\n" for of in references), "utf-8")
    done("recommend", record, *before, "--accept", "--reasons", reasons)
    done("decide", record, *before, *DECIDED)
    return record


@pytest.fixture
def branches(done: Says, tmp_path: Path) -> Path:
    return decided(done, CASES / "two-branches-one-charity" / "round.xlsx", tmp_path, *SPRING)


def test_branches_of_one_charity_are_one_organisation_and_each_award_has_its_own_name(
    branches: Path, done: Says, tmp_path: Path
) -> None:
    open_data, public, letters = (tmp_path / name for name in ("open.json", "public.csv", "letters"))
    done("export", branches, "360giving", *SPRING, *PUBLISHER, "--out", open_data)
    done("export", branches, "publication", "--month", "2026-11", "--out", public)
    done("export", branches, "letters", *SPRING, "--out", letters)
    grants = json.loads(open_data.read_text("utf-8"))["grants"]
    recipients = [one["recipientOrganization"][0] for one in grants]

    assert [(one["name"], one["id"]) for one in recipients[:2]] == [
        (NORTH, "GB-CHC-1122334"),
        (SOUTH, "GB-CHC-1122334"),
    ]
    assert [one["amountAwarded"] for one in grants] == [1000, 900, 500]
    with public.open(encoding="utf-8-sig", newline="") as file:
        assert [row["Recipient"] for row in csv.DictReader(file)] == [NORTH, SOUTH, "Heron Group"]
    for of, name in (("S-1", NORTH), ("S-2", SOUTH)):
        (path,) = letters.glob(f"{of} *offer.docx")
        assert name in word_text(path)


def test_what_branches_of_one_charity_had_counts_together(branches: Path, done: Says) -> None:
    told = json.loads(done("organisations", branches, "list", "--json"))["organisations"]
    legion = next(one for one in told if NORTH in (one["name"], *one["other_names"]))
    assert (legion["applications"], legion["awarded"], legion["other_names"]) == (2, "1900.00", [SOUTH])

    for of in ("S-1", "S-2"):
        declared = ("--declared", "0", "--declared-on", "2026-11-20")
        done("award", branches, "subsidy", of, "--kind", "minimal", *declared)
    assert "£1,900.00" in done("register", branches, "show", "S-2"), "£1,000.00 and £900.00"

    held = json.loads(done("held", branches, "--organisation", SOUTH, "--json"))
    rows = next(one["rows"] for one in held["tables"] if one["name"] == "awards")
    assert [row[:3] for row in rows] == [["S-1", "A-031-01", "£1,000.00"], ["S-2", "A-031-02", "£900.00"]]


def test_branches_of_one_charity_share_its_cap(done: Says, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(CASES / "two-branches-one-charity" / "round.xlsx")
    workbook["Round"].append(["Cap per organisation", 1500])
    workbook.save(tmp_path / "capped.xlsx")

    record = decided(done, tmp_path / "capped.xlsx", tmp_path, *SPRING)

    found = json.loads(done("award", record, "list", "--json"))["awards"]
    # £1,000 of £1,500 leave £500 for the other branch
    assert [one["amount"] for one in found] == ["1000.00", "500.00", "500.00"]


@pytest.fixture
def one_account(done: Says, tmp_path: Path) -> Path:
    """A record in which two payees have one account under two names, and both agreements are signed."""
    record = decided(done, CASES / "one-account-under-two-names" / "round.xlsx", tmp_path, *SPRING)
    done("signatories", record, *SPRING, "--finance", "Finn Pays")
    for of, name in (("S-1", "Heron Sons"), ("S-2", "Nour")):
        done(
            "award", record, "sign", of, "--agreement", "--on", "2026-11-18", "--drawn-elsewhere", *SIGNED_BY
        )
        account = BankDetails(name, "08-99-99", "66374958")
        keep = partial(put_bank_details, round_id=1, application=of, details=account)
        with Record.open(record, OPENER) as opened:
            opened.perform_beside(SetBankDetails.of(1, of, account, None), keep, OFFICER)
    return record


def test_one_account_under_two_names_is_found_and_named_before_it_is_paid(
    one_account: Path, done: Says, refused: Says
) -> None:
    by, call = ("--as", "Finn Pays", "--on"), ("--called", "Pat Payee", "--number", "0121 496 0000")
    others = {"S-1": "جمعية النور (A-031-02)", "S-2": "Heron & Sons <Youth> Club (A-031-01)"}

    for of, other in others.items():
        same = f"The same account is recorded for {other}"
        assert f"{same}." in done("register", one_account, "show", of)
        done("award", one_account, "verify", of, *call, *by, "2026-11-20")

        pay = ("award", one_account, "pay", of, *by, "2026-11-21")
        assert refused(*pay).startswith(f"Due diligence on {of}: {same}. ")
        assert "is paid." in done(*pay, "--although-unsettled")


def test_what_finance_pays_by_names_who_has_the_same_account(
    one_account: Path, done: Says, tmp_path: Path
) -> None:
    """In the payment file, the workbook's payments, and before and after a ledger is recorded."""
    call = ("--called", "Pat Payee", "--number", "0121 496 0000", "--on", "2026-11-20")
    for of in ("S-1", "S-2"):
        done("award", one_account, "verify", of, *call, "--as", "Finn Pays")
    same = "he same account is recorded for جمعية النور (A-031-02)."

    done("export", one_account, "finance", *SPRING, "--layout", "Standard", "--out", tmp_path / "f.xlsx")
    written = (tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines()
    (line,) = (row for row in csv.DictReader(written) if row["Award"] == "A-031-01")
    assert same in line["Look at first"]
    (row, *_) = openpyxl.load_workbook(tmp_path / "f.xlsx")["Payments"].iter_rows(min_row=5, values_only=True)
    assert any(same in str(cell) for cell in row)
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        f"Award,Instalment,Amount,Paid on\nA-031-01,1,{line['Amount']},21/11/2026\n", encoding="utf-8"
    )
    for beside in (("--dry-run",), ()):
        assert same in done("award", one_account, "ledger", ledger, *beside, "--as", "Finn Pays")


def test_the_letter_of_a_withdrawn_application_names_the_one_that_is_kept(done: Says, tmp_path: Path) -> None:
    rows = deciding_rows()
    first, second, third = rows.applications
    twin = replace(second, organisation=first.organisation, project=first.project, withdrawn=True)
    rows = replace(rows, applications=(first, twin, third))
    record = decided(done, write_round(rows, tmp_path / "round.xlsx"), tmp_path, "--round", rows.name)

    done("export", record, "letters", "--round", rows.name, "--out", tmp_path / "letters")

    (path,) = (tmp_path / "letters").glob("ACF-002 *withdrawn.docx")
    kept = "We have kept your application ACF-001 for the same project, and we write to you about it under"
    assert kept in word_text(path)


def test_one_name_and_one_number_share_one_cap(done: Says, tmp_path: Path) -> None:
    workbook = CASES / "cap-shared-by-name-and-number" / "round.xlsx"
    record = tmp_path / "office.panel"
    done("new", record, "--office", "Office of Example")
    done("load", record, workbook)

    for source in (workbook, record):
        found = json.loads(done("rank", source, "--json"))["applications"]
        offers = {one["reference"]: one["offer"] for one in found}
        assert offers == {"S-1": "2000.00", "S-3": "500.00", "S-2": "500.00"}


def test_a_sheet_that_was_handed_in_is_taken_back_only_with_a_reason(
    done: Says, refused: Says, tmp_path: Path
) -> None:
    record = tmp_path / "office.panel"
    before, after = (CASES / "handed-in-sheet-taken-back" / f"{name}.xlsx" for name in ("before", "after"))
    done("new", record, "--office", "Office of Example")
    done("load", record, before)

    assert "M3 Cy Cole on S-2" in refused("load", record, after, "--replace")
    taken_back = done(
        "load", record, after, "--replace", "--reopen-because", "Cy Cole marked the wrong form."
    )
    assert "M3 Cy Cole on S-2" in taken_back


def test_a_member_with_the_reverse_order_is_not_said_to_mark_as_the_others(done: Says) -> None:
    workbook = CASES / "members-of-unlike-measure" / "upside-down.xlsx"

    told = done("sensitivity", workbook, "--draws", "10")
    found = json.loads(done("sensitivity", workbook, "--draws", "10", "--json"))

    assert "Cy Cole puts the applications in the reverse of the others’ order: 15 of 15 pairs" in told
    assert "Cy Cole marks as the others do" not in told
    assert [one["reversed"] for one in found["agreement"]["members"]] == [False, False, True]


def test_two_members_of_one_name_and_role_are_warned_of(run: Run) -> None:
    ranked = run("rank", CASES / "one-person-as-two-members" / "round.xlsx")

    assert (ranked.status, "may be one person" in ranked.err) == (0, True)


def test_folders_that_a_cloud_keeps_in_step_are_warned_of() -> None:
    lines = (CASES / "folders-kept-in-step" / "paths.txt").read_text("utf-8").splitlines()

    for line in lines:
        expected, place = line.split(" ", 1)
        assert bool(warnings_at(PureWindowsPath(place), (), {})) is (expected == "warn"), place


def test_strangers_with_one_number_are_named_when_a_round_is_loaded(
    run: Run, done: Says, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(CASES / "two-branches-one-charity" / "round.xlsx")
    sheet = workbook["Applications"]
    columns = [cell.value for cell in sheet[1]]
    number, name = columns.index("Charity number") + 1, columns.index("Organisation") + 1
    assert (sheet.cell(4, 1).value, sheet.cell(4, name).value) == ("S-3", "Heron Group")
    sheet.cell(4, number).value = "1122334"
    workbook.save(tmp_path / "shared.xlsx")
    record = tmp_path / "office.panel"
    done("new", record, "--office", "Office of Example")
    together = (
        f"S-1 {NORTH} and S-3 Heron Group have one charity number, 1122334, and count as one organisation."
    )

    loaded = run("load", record, tmp_path / "shared.xlsx")
    assert (loaded.status, together in loaded.err) == (0, True)
    assert "S-2" not in loaded.err, "a branch of the same name is no stranger"


def test_an_unusual_sum_that_was_requested_is_decided_and_said(run: Run, done: Says, tmp_path: Path) -> None:
    """One in the list asks ten times the middle of the others, as applied for and as scored."""
    workbook = openpyxl.load_workbook(CASES / "handed-in-sheet-taken-back" / "before.xlsx")
    sheet, pots = workbook["Applications"], workbook["Pots"]
    amount = [cell.value for cell in sheet[1]].index("Amount requested") + 1
    sheet.cell(2, amount).value = 20_000
    for row in range(2, pots.max_row + 1):
        pots.cell(row, 2).value = 60_000
    workbook.save(tmp_path / "unusual.xlsx")
    record, reasons = tmp_path / "office.panel", tmp_path / "reasons.csv"
    done("new", record, "--office", "Office of Example")
    done("load", record, tmp_path / "unusual.xlsx")
    references = [row.value for row in sheet["A"][1:]]
    reasons.write_text("Reference,Reason\n" + "".join(f"{of},It helps\n" for of in references), "utf-8")
    done("recommend", record, *SPRING, "--accept", "--reasons", reasons)

    decided_all = run("decide", record, *SPRING, *DECIDED)

    assert decided_all.status == 0, decided_all.err
    assert f"{references[0]}: £20,000.00 is at least 10 times the usual award of £" in decided_all.err


def test_words_and_zeros_in_a_column_of_numbers_join_no_two_organisations(done: Says, tmp_path: Path) -> None:
    folder = CASES / "words-in-number-columns"
    record = tmp_path / "office.panel"
    done("new", record, "--office", "Office of Example")
    with (folder / "pending.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    done("import", record, folder / "pending.csv", "--round", "Spring")

    found = json.loads(done("organisations", record, "list", "--json"))["organisations"]
    assert {one["name"] for one in found} == {row["Organisation"] for row in rows}
    assert [(*one["charity_numbers"], *one["company_numbers"]) for one in found] == [()] * 12
    for row, other in zip(rows, rows[1:] + rows[:1], strict=True):
        held = done("held", record, "--organisation", row["Organisation"], "--json")
        assert row["Project title"] in held
        assert other["Project title"] not in held


def test_open_data_makes_no_identifier_from_a_word_in_a_column_of_numbers(done: Says, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(CASES / "two-branches-one-charity" / "round.xlsx")
    sheet = workbook["Applications"]
    number = [cell.value for cell in sheet[1]].index("Charity number") + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, number).value = ("Pending", "Exempt")[row % 2]
    workbook.save(tmp_path / "pending.xlsx")
    record = decided(done, tmp_path / "pending.xlsx", tmp_path, *SPRING)

    done("export", record, "360giving", *SPRING, *PUBLISHER, "--out", tmp_path / "open.json")

    grants = json.loads((tmp_path / "open.json").read_text("utf-8"))["grants"]
    recipients = [one["recipientOrganization"][0] for one in grants]
    assert len({one["id"] for one in recipients}) == len({one["name"] for one in recipients}) > 1
    assert [one for one in recipients if "charityNumber" in one or "PENDING" in one["id"].upper()] == []


def test_two_forms_of_one_name_stay_each_with_its_own_application(done: Says, tmp_path: Path) -> None:
    record = tmp_path / "office.panel"
    done("new", record, "--office", "Office of Example")
    done("import", record, CASES / "two-forms-of-one-name" / "1.eml", "--round", "Spring")

    listed = done("attachments", record, "list", "--round", "Spring", "--json")
    forms = [one["of"] for one in json.loads(listed)["attachments"] if one["kind"] == "form"]
    assert forms == ["ACF-0001", "ACF-0002"]
    workbook = tmp_path / "round.xlsx"
    done("save", record, "--round", "Spring", workbook)
    heads, *rows = openpyxl.load_workbook(workbook)["Applications"].values
    for row in (dict(zip(heads, values, strict=True)) for values in rows):
        copies = tmp_path / str(row["Reference"])
        done("attachments", record, "save", copies, copies.name, "--round", "Spring")
        (copy,) = copies.rglob("*.docx")
        assert str(row["Organisation"]) in word_text(copy)


def test_each_case_is_tried() -> None:
    tests = [path.read_text("utf-8") for path in CASES.parents[1].rglob("test_*.py")]

    assert [
        case.name for case in sorted(CASES.iterdir()) if not any(case.name in text for text in tests)
    ] == []
