"""Register files of our own making, in the layouts of the real ones; every body in them is made up."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.exchange.good_files import open_spreadsheet, packed

CHARITY_HEADINGS = (
    *("date_of_extract", "organisation_number", "registered_charity_number", "linked_charity_number"),
    *("charity_name", "charity_type", "charity_registration_status", "date_of_registration"),
    *("date_of_removal", "charity_reporting_status", "latest_acc_fin_period_start_date"),
    *("latest_acc_fin_period_end_date", "latest_income", "latest_expenditure"),
    *(f"charity_contact_address{line}" for line in range(1, 6)),
    *("charity_contact_postcode", "charity_contact_phone", "charity_contact_email", "charity_contact_web"),
    *("charity_company_registration_number", "charity_insolvent", "charity_in_administration"),
    *("charity_previously_excepted", "charity_is_cdf_or_cif", "charity_is_cio", "cio_is_dissolved"),
    *("date_cio_dissolution_notice", "charity_activities", "charity_gift_aid", "charity_has_land"),
)
COMPANY_HEADINGS = (
    *("CompanyName", " CompanyNumber", "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1"),
    *(" RegAddress.AddressLine2", "RegAddress.PostTown", "RegAddress.County", "RegAddress.Country"),
    *("RegAddress.PostCode", "CompanyCategory", "CompanyStatus", "CountryOfOrigin", "DissolutionDate"),
    *("IncorporationDate", "Accounts.AccountRefDay", "Accounts.NextDueDate", "Accounts.LastMadeUpDate"),
    *("PreviousName_1.CONDATE", " PreviousName_1.CompanyName"),
)
LIST_HEADINGS = (
    *("Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2"),
    *("Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Name non-latin script"),
    *("Regime Name", "Designation Type", "Other Information", "Address Line 1"),
)
DAY = "2026-11-01T00:00:00"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SHEETS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ONE_SHEET = '<sheet name="List" sheetId="1" r:id="a"/>'


def charity(number: str, name: str, **more: object) -> dict[str, object]:
    """Return a charity that is registered, with its accounts in."""
    usual: dict[str, object] = {
        "date_of_extract": DAY,
        "registered_charity_number": int(number),
        "linked_charity_number": 0,
        "charity_name": name,
        "charity_registration_status": "Registered",
        "charity_reporting_status": "Submission Received",
        "charity_insolvent": False,
        "charity_in_administration": False,
        "cio_is_dissolved": None,
    }
    return dict.fromkeys(CHARITY_HEADINGS) | usual | more


def charity_json(*rows: Mapping[str, object]) -> bytes:
    """Return an extract as JSON, with the mark before it that the real one has."""
    return b"\xef\xbb\xbf" + json.dumps(rows, ensure_ascii=False).encode()


def charity_text(*rows: Mapping[str, object]) -> bytes:
    """Return an extract with tabs, in which nothing is quoted."""
    lines = ["\t".join(CHARITY_HEADINGS)]
    for row in rows:
        lines.append("\t".join("" if row[name] is None else str(row[name]) for name in CHARITY_HEADINGS))
    return "".join(f"{line}\r\n" for line in lines).encode()


def company(number: str, name: str, **more: str) -> list[str]:
    """Return a company that is active; its fields by the words of its headings."""
    said = {"CompanyName": name, " CompanyNumber": number, "CompanyStatus": "Active", **more}
    return [said.get(heading, "") for heading in COMPANY_HEADINGS]


def listed(number: str, name: str, **more: str) -> list[str]:
    """Return a main name of an entity on the UK Sanctions List."""
    said = {
        "Unique ID": number,
        "Name 6": name,
        "Name type": "Primary Name",
        "Designation Type": "Entity",
        **{key.replace("_", " "): value for key, value in more.items()},
    }
    return [said.get(heading, "") for heading in LIST_HEADINGS]


def comma_text(headings: Sequence[str], rows: Sequence[Sequence[str]], before: str = "") -> bytes:
    """Return rows with commas, each value in quotation marks but the headings, after a line before them."""
    written = io.StringIO()
    written.write(before)
    csv.writer(written, lineterminator="\r\n").writerow(headings)
    csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue().encode()


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write a zip of these parts."""
    path.write_bytes(packed(parts))
    return path


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write a workbook with one sheet."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def shared_workbook(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a workbook as Excel does: its texts stand apart, shared by the cells, and blanks are left out."""
    texts = list(dict.fromkeys(value for row in rows for value in row))
    shared = "".join(f"<si><r><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r></si>" for text in texts)
    cells = [
        [_shared_cell(n, at, texts.index(value)) for at, value in enumerate(row) if value]
        for n, row in enumerate(rows, 1)
    ]
    written = "".join(f"<row>{''.join(row)}</row>" for row in cells)
    sheet = f"<worksheet {SHEETS}><sheetData>{written}</sheetData></worksheet>"
    ties = (("a", "worksheet", "worksheets/sheet1.xml"), ("b", "sharedStrings", "sharedStrings.xml"))
    tied = "".join(f'<Relationship Id="{of}" Type="{OFFICE}/{kind}" Target="{to}"/>' for of, kind, to in ties)
    whole = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "_rels/.rels": f"<Relationships {PACKAGE}>{whole}</Relationships>",
        "xl/workbook.xml": f'<workbook {SHEETS} xmlns:r="{OFFICE}"><sheets>{ONE_SHEET}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>{tied}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {SHEETS}>{shared}</sst>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(path, {name: part.encode() for name, part in parts.items()})


def _shared_cell(row: int, column: int, number: int) -> str:
    return f'<c r="{chr(65 + column)}{row}" t="s"><v>{number}</v></c>'


def spreadsheet(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write an OpenDocument spreadsheet, with what is empty said as a repeated cell."""
    path.write_bytes(open_spreadsheet(rows, last='<table:table-cell table:number-columns-repeated="16000"/>'))
    return path
