"""The panel's reasons as a list: read from CSV or a workbook, every fault with its cell, and written out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from exchange.forms import FormFaults
from exchange.papers.reason_list import DraftedLine, read_reasons, write_drafted
from models.trouble import Trouble

KNOWN = ("ACF-001", "ACF-002", "ACF-003")
AT = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


def listed(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("Reference,Reason", *rows)), encoding="utf-8")
    return path


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(FormFaults) as caught:
        read_reasons(path, KNOWN)
    return caught.value.faults


def test_reasons_are_read_from_csv_and_a_blank_one_is_none(tmp_path: Path) -> None:
    path = listed(tmp_path / "reasons.csv", 'ACF-001,"Quieter evenings, fewer calls."', "ACF-002,", ",")

    assert read_reasons(path, KNOWN) == {"ACF-001": "Quieter evenings, fewer calls."}


def test_a_workbook_may_have_titles_above_and_other_columns(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Reasons to check"],
        [],
        ["REASON ", "Amount", " reference"],
        ["Fewer thefts.", 5, "ACF-003"],
    ):
        sheet.append(row)
    book.save(tmp_path / "reasons.xlsx")

    assert read_reasons(tmp_path / "reasons.xlsx", KNOWN) == {"ACF-003": "Fewer thefts."}


def test_every_fault_is_named_with_its_cell(tmp_path: Path) -> None:
    path = listed(
        tmp_path / "reasons.csv",
        "ACF-9,It is far away",
        ",It has no reference",
        "ACF-001,first",
        "ACF-001,second",
    )

    assert faults(path) == (
        "reasons!A2: ACF-9 is not in the round. Correct the reference.",
        "reasons!A3: the reference is blank, but there is a reason beside it.",
        "reasons!A5: ACF-001 is in row 4 already. Leave one of them out.",
    )


def test_the_note_of_the_rule_is_refused_as_a_reason(tmp_path: Path) -> None:
    path = listed(tmp_path / "reasons.csv", 'ACF-001,"fits: asks £4,890.67, £14,430.63 left"')

    (fault,) = faults(path)

    assert fault.startswith("reasons!B2: this is the list's own note on ACF-001, not a reason.")


def test_more_than_four_faults_are_counted(tmp_path: Path) -> None:
    six, four = (
        faults(listed(tmp_path / "reasons.csv", *(f"X-{number},words" for number in range(many))))
        for many in (6, 4)
    )

    assert len(six) == len(four) == 4
    assert six[3] == "and 3 more like these."
    assert four[3].startswith("reasons!A5: X-3 is not in the round.")


def test_a_reason_of_a_whole_book_is_refused(tmp_path: Path) -> None:
    path = listed(tmp_path / "reasons.csv", f"ACF-001,{'w' * 5001}")

    assert faults(path) == ("reasons!B2: the reason has 5,001 characters; the most is 5,000.",)


def test_a_cell_in_error_is_a_fault(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Reference", "Reason"])
    book.worksheets[0].append(["ACF-001", "#REF!"])
    book.worksheets[0]["B2"].data_type = "e"
    book.save(tmp_path / "reasons.xlsx")

    (fault,) = faults(tmp_path / "reasons.xlsx")

    assert fault.startswith("Sheet!B2: The cell holds the error #REF!")


def test_a_file_without_the_two_headings_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "reasons.csv"
    path.write_text("Reference,Comment\nACF-001,words\n", encoding="utf-8")

    with pytest.raises(Trouble, match="has no list of reasons: it needs the headings Reference and Reason"):
        read_reasons(path, KNOWN)


@pytest.mark.parametrize("name", ["drafts.csv", "drafts.xlsx"])
def test_what_is_written_to_be_checked_is_read_again(tmp_path: Path, name: str) -> None:
    lines = (
        DraftedLine("ACF-001", "Allotment Friends", "fund", 450_000, "=Need: asked\nand heard", "recorded"),
        DraftedLine("ACF-002", "Made-up Choir", "reserve", None, "", ""),
    )

    path = write_drafted(lines, "Reasons to check", "OFFICIAL", AT, tmp_path / name)

    assert read_reasons(path, KNOWN) == {"ACF-001": "=Need: asked\nand heard"}
