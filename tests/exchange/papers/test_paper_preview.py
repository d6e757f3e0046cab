"""Written files read back as tables of text, the first rows of each."""

import json
from datetime import date
from pathlib import Path

import openpyxl

from exchange.papers.paper_preview import ShownCell, shown_sheets


def workbook(path: Path, rows: int) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Awards"
    sheet.append(["Reference", "Amount", "Share", "Count", "Day", "Score"])
    for number in range(rows):
        sheet.append([f"A-{number}", 4500, 0.125, 1204, date(2026, 12, 2), 62.5])
        for column, form in ((2, '"£"#,##0.00'), (3, "0.0%"), (4, "#,##0"), (5, "d mmm yyyy"), (6, "0.00")):
            sheet.cell(number + 2, column).number_format = form
    hidden = book.create_sheet("Behind")
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_figures_read_as_their_cells_show_them(tmp_path: Path) -> None:
    (sheet,) = shown_sheets(workbook(tmp_path / "a.xlsx", 1))

    assert (sheet.name, sheet.headings, sheet.more) == ("Awards", ("A", "B", "C", "D", "E", "F"), 0)
    assert [cell.words for cell in sheet.rows[1]] == [
        "A-0",
        "£4,500.00",
        "12.5%",
        "1,204",
        "2 Dec 2026",
        "62.5",
    ]
    assert sheet.rows[1][1].is_figure
    assert not sheet.rows[1][0].is_figure


def test_a_long_sheet_is_cut_and_says_how_much_is_left(tmp_path: Path) -> None:
    (sheet,) = shown_sheets(workbook(tmp_path / "a.xlsx", 10), most=5)

    assert len(sheet.rows) == 5
    assert sheet.more == 6  # eleven rows with the headings, five of them shown


def test_a_csv_is_shown_under_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\ufeffReference,Amount\n'=A1,4500.00\nB,1.00\nC,2.00\n", encoding="utf-8")

    (sheet,) = shown_sheets(path, most=2)

    assert sheet.headings == ("Reference", "Amount")
    assert sheet.rows[0] == (ShownCell("'=A1"), ShownCell("4500.00"))
    assert sheet.more == 1


def test_open_data_is_a_list_of_grants(tmp_path: Path) -> None:
    grant = {
        "id": "360G-Example-1",
        "title": "Nights",
        "recipientOrganization": [{"name": "Larkspur Women's Group"}],
        "amountAwarded": 4500.5,
        "awardDate": "2026-12-02",
    }
    path = tmp_path / "grants.json"
    path.write_text(json.dumps({"grants": [grant, grant]}), encoding="utf-8")

    (sheet,) = shown_sheets(path, most=1)

    assert [cell.words for cell in sheet.rows[0]] == [
        "360G-Example-1",
        "Nights",
        "Larkspur Women's Group",
        "£4,500.50",
        "2 Dec 2026",
    ]
    assert sheet.more == 1
