"""Open data is valid by the standard's own schemas, in both forms, or it is not written."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from jsonschema import ValidationError
from msgspec.structs import replace

from exchange.papers.open_data import checked_package, validator
from exchange.papers.paper_writing import write_paper
from models.papers.open_data import Classified, Grant, OpenData, Publisher
from models.papers.status import PaperStatus
from scoring.written.text import Refused

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = "=1+1 <b>Club</b> & Co"
GRANT = Grant(
    identifier="360G-Example-2026-A-031-01",
    title="Boxing for all",
    description="Weekly sessions.",
    asked_pence=500_000,
    awarded_pence=187_050,
    awarded_on=date(2026, 12, 2),
    start_on=date(2027, 1, 4),
    end_on=date(2027, 6, 30),
    recipient_id="GB-CHC-1234567",
    recipient=HOSTILE,
    charity_number="1234567",
    company_number="01234567",
    location="Coventry",
    programme_code="ACF",
    programme="Active Citizens Fund",
    crime_type="Knife crime",
)


def data(*grants: Grant) -> OpenData:
    return OpenData(
        Publisher("360G-Example", "GB-GOR-PB1"),
        grants,
        office="Example office",
        fund="Active Citizens Fund",
        round="Autumn",
        year="2026/27",
        marking="OFFICIAL",
        described="Grants of the Example office.",
    )


def test_the_json_has_the_ten_fields_and_what_is_worth_adding(tmp_path: Path) -> None:
    path = write_paper("360giving", data(GRANT), STATUS, tmp_path / "o.json")
    package = json.loads(path.read_text("utf-8"))

    grant = package["grants"][0]
    assert (grant["amountAppliedFor"], grant["amountAwarded"], grant["currency"]) == (5000, 1870.5, "GBP")
    assert grant["recipientOrganization"] == [
        {"id": "GB-CHC-1234567", "name": HOSTILE, "charityNumber": "1234567", "companyNumber": "01234567"}
    ]
    assert grant["fundingOrganization"] == [{"id": "GB-GOR-PB1", "name": "Example office"}]
    # 4 January to 30 June is five whole months and a begun one
    assert grant["plannedDates"] == [{"startDate": "2027-01-04", "endDate": "2027-06-30", "duration": 6}]
    assert grant["dateModified"] == "2026-12-02T14:05:00Z"
    assert package["publisher"] == {"name": "Example office", "identifier": "360G-Example"}


def test_lines_of_the_funds_lists_are_classifications(tmp_path: Path) -> None:
    lines = (Classified("Service area", "recovery", "Recovery"), Classified("Crime type", "", "Knife crime"))
    of_lists = data(replace(GRANT, classified=lines))

    package = json.loads(write_paper("360giving", of_lists, STATUS, tmp_path / "o.json").read_text("utf-8"))
    sheet = openpyxl.load_workbook(write_paper("360giving", of_lists, STATUS, tmp_path / "o.xlsx"))["grants"]

    assert package["grants"][0]["classifications"] == [
        {"vocabulary": "Service area", "code": "recovery", "title": "Recovery"},
        {"vocabulary": "Crime type", "title": "Knife crime"},
    ]
    assert [sheet.cell(2, sheet.max_column - n).value for n in (1, 0)] == [
        "Service area; Crime type", "Recovery; Knife crime",
    ]  # fmt: skip


def test_the_workbook_has_the_standard_s_headings_in_its_first_row(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_paper("360giving", data(GRANT), STATUS, tmp_path / "o.xlsx"))

    assert book.sheetnames == ["grants", "Meta"]
    sheet = book["grants"]
    row = {sheet.cell(1, n).value: sheet.cell(2, n).value for n in range(1, sheet.max_column + 1)}
    assert row["Identifier"] == "360G-Example-2026-A-031-01"
    assert row["Amount Awarded"] == 1870.5
    assert row["Recipient Org:Name"] == HOSTILE
    assert row["Recipient Org:Company Number"] == "01234567"
    assert row["Award Date"] == "2026-12-02"
    assert {r[0].value: r[1].value for r in book["Meta"].iter_rows()}["Publisher:Name"] == "Example office"


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    long = replace(GRANT, description="🎉" * 40_000)
    book = openpyxl.load_workbook(write_paper("360giving", data(long), STATUS, tmp_path / "o.xlsx"))

    assert book.sheetnames == ["grants", "Meta"]  # no sheet that the standard's tools do not know
    assert book["grants"]["C2"].value == "🎉" * 10_000 + " … (continues in the record)"


def test_the_check_is_the_standard_s_own() -> None:
    package = checked_package(data(GRANT), STATUS)

    assert (
        "amountAppliedFor" not in checked_package(data(replace(GRANT, asked_pence=None)), STATUS)["grants"][0]
    )
    for change in ({"awardDate": "2 Dec 2026"}, {"amountAwarded": "1870.50"}, {"dateModified": "yesterday"}):
        faulty = {**package, "grants": [{**package["grants"][0], **change}]}
        with pytest.raises(ValidationError):
            validator().validate(faulty)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "x" * 140}, "longer than 139 characters"),
        ({"description": "BOXING for all "}, "same as its description"),
        ({"description": " "}, "no title or no description"),
        ({"description": "Ask pat@example.invalid"}, "e-mail address"),
        ({"recipient": "Pat, p.at+x@mail.example.org"}, "e-mail address"),
    ],
)
def test_what_a_checker_would_fault_is_refused(change: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        data(replace(GRANT, **change))  # type: ignore[arg-type]


def test_a_sign_that_is_no_address_is_published() -> None:
    assert data(replace(GRANT, title="Youth @ Coventry", description="Dance @ 7.30, @thehall")).grants


def test_more_faults_than_are_read_at_once_are_counted() -> None:
    six = [replace(GRANT, identifier=f"360G-Example-{number}", title=" ") for number in range(6)]

    with pytest.raises(Refused, match=r"360G-Example-4 has no title or no description\. And 1 more\."):
        data(*six)


def test_an_identifier_stands_once() -> None:
    with pytest.raises(Refused, match="360G-Example-2026-A-031-01 appears twice"):
        data(GRANT, GRANT)


def test_nothing_awarded_is_nothing_to_publish() -> None:
    with pytest.raises(Refused, match="Nothing is awarded"):
        data()


def test_what_the_schemas_fault_is_named_and_not_written(tmp_path: Path) -> None:
    nobody = replace(data(GRANT), publisher=Publisher("360G-Example", None))  # type: ignore[arg-type]

    with pytest.raises(Refused, match=r"grants/0/fundingOrganization/0/id: None is not of type 'string'"):
        write_paper("360giving", nobody, STATUS, tmp_path / "o.json")

    assert not list(tmp_path.iterdir())
