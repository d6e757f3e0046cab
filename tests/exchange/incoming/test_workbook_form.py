"""A workbook that is one form is read as a form; a list of applications stays a list."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.applications.importer import applications_in
from exchange.incoming.reading import Taken, take
from tests.exchange.application_forms.made_up_forms import GROUPS, WORDINGS, Pair, pairs
from tests.exchange.application_forms.test_reading import AREAS, SETTING

ROWS = pairs(GROUPS[0], WORDINGS[0])
GUIDANCE = "Please write whole pounds. The fund gives between £500 and £5,000."


def beside(sheet: Worksheet, rows: list[Pair]) -> None:
    for _, label, answer in rows:
        sheet.append([label, answer])


def numbered(sheet: Worksheet, rows: list[Pair]) -> None:
    sheet.append(["No.", "Question", "Guidance", "Your answer"])
    for at, (_, label, answer) in enumerate(rows, start=1):
        sheet.append([at, label, GUIDANCE if at % 2 else "Please tell us.", answer])


def above(sheet: Worksheet, rows: list[Pair]) -> None:
    """Lay out two questions side by side, each above its answer and as wide as two columns."""
    for at in range(0, len(rows), 2):
        for column, (_, label, answer) in zip((1, 3), rows[at : at + 2], strict=False):
            for row, text in ((at + 2, label), (at + 3, answer)):
                sheet.cell(row, column, text or None)
                sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)


def taken(tmp_path: Path, *laid_out: Callable[[Worksheet], None]) -> Taken:
    book = Workbook()
    sheets = [book.active, *(book.create_sheet("Budget") for _ in laid_out[1:])]
    for sheet, lay_out in zip(sheets, laid_out, strict=True):
        lay_out(sheet)
    book.save(tmp_path / "form.xlsx")
    return take([tmp_path / "form.xlsx"], AREAS)


def budget(sheet: Worksheet) -> None:
    for row in (("Item", "Cost"), ("Lamps", 400), ("Bulbs", 100), ("Total", 500)):
        sheet.append(row)


@pytest.mark.parametrize("layout", [beside, numbered, above])
def test_a_workbook_that_is_a_form_is_read_as_one(
    tmp_path: Path, layout: Callable[[Worksheet, list[Pair]], None]
) -> None:
    found = taken(tmp_path, lambda sheet: layout(sheet, ROWS), budget)

    (one,) = applications_in(found.book, SETTING).applications
    assert (one.organisation, one.project, one.email) == (
        GROUPS[0].organisation,
        GROUPS[0].project,
        GROUPS[0].email,
    )
    assert (one.requested_pence, one.postcode, one.area) == (450000, GROUPS[0].postcode, GROUPS[0].area)
    assert GUIDANCE not in str(one)


def test_a_workbook_with_its_amount_in_a_budget_alone_is_asked_for_it(tmp_path: Path) -> None:
    rows = [one for one in ROWS if one[0] not in ("amount_requested", "total_cost")]

    found = taken(tmp_path, lambda sheet: beside(sheet, rows), budget)

    assert [one.words[:23] for one in applications_in(found.book, SETTING).problems] == [
        "This form has no amount"
    ]
    assert found.forms[0].notes == ("form.xlsx: it has no amount requested, but a budget that comes to 500.",)


@pytest.mark.parametrize("groups", [GROUPS, GROUPS[:1]])
def test_a_list_stays_a_list(tmp_path: Path, groups: tuple[object, ...]) -> None:
    def listed(sheet: Worksheet) -> None:
        sheet.append([label for _, label, _ in ROWS])
        for group in groups:
            sheet.append([answer for _, _, answer in pairs(group, WORDINGS[0])])  # type: ignore[arg-type]

    found = taken(tmp_path, listed)

    assert (found.book.kind, found.forms) == ("xlsx", ())
    assert len(applications_in(found.book, SETTING).applications) == len(groups)


def test_numbered_titles_and_labels_that_half_are_known_stand_above_their_answers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["COMMUNITY FUND – REQUEST FOR GRANT"],
        ["Nowhereton Partnership"],
        ["1. About the organisation"],
        ["Organisation", "Organisation type"],
        ["Lamp Lane Gym", "CIC"],
        ["Contact name", "Email address"],
        ["Ada Example", "ada@lamplane.example"],
        ["Address", "Finance officer"],
        ["Lamp Lane, Lye", "Ben Example"],
        ["2. About the project"],
        ["Project title", "Area"],
        ["Sweat and Sense", "Lye"],
        ["Project summary"],
        ["Free membership and a talk each week."],
        ["3. Money"],
        ["Amount requested"],
        ["Item", "£"],
        ["Trainer", 900],
        ["Workbooks", 300],
        ["TOTAL REQUESTED", 1200],
        ["Other funding"],
        ["The gym waives its fees."],
    ]

    def stacked(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    found = taken(tmp_path, stacked)

    (one,) = applications_in(found.book, SETTING).applications
    assert (one.organisation, one.project, one.address) == (
        "Lamp Lane Gym",
        "Sweat and Sense",
        "Lamp Lane, Lye",
    )
    assert one.requested_pence == 120000
    assert dict(one.answers)["Amount requested"] == "Trainer; 900\nWorkbooks; 300"


def test_an_answer_beside_is_no_label_above_where_some_answers_stand_below(tmp_path: Path) -> None:
    def mixed(sheet: Worksheet) -> None:
        for row in (
            *(["Organisation name", "Sparrow Co-operative"], ["Organisation type", "Registered society"]),
            *(
                ["Charity number", "N/A"],
                ["Contact person", "Ada Example"],
                ["Contact phone", "01632 960051"],
            ),
            *(
                ["Project title", "Stairwell Watch"],
                ["Wards covered", "Sparrow"],
                ["Start date", "01/06/2027"],
            ),
            *(
                ["Project description"],
                ["New door panels."],
                ["Evidence of need"],
                ["Strangers on the stairs."],
            ),
            *(["Outcomes"], ["No cuckooed flat."], ["Amount requested", "4910"]),
            *(["Safeguarding policy?", "Yes [ ]   No [X]"], ["Funded by us before?", "Yes [ ]   No [X]"]),
        ):
            sheet.append(row)

    (one,) = applications_in(taken(tmp_path, mixed).book, SETTING).applications

    assert (one.organisation_type, one.charity_number) == ("Registered society", "")
    assert (one.safeguarding_policy, one.previously_funded) == (False, False)
