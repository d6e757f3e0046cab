"""Lists of awards for the public, open data by its schemas, and the panel's reasons as a list."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from jsonschema import ValidationError
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from exchange.forms import FormFaults
from exchange.papers.document.values import Heading, Table
from exchange.papers.open_data import checked_package, validator
from exchange.papers.paper_writing import write_paper
from exchange.papers.public_lists import list_document
from exchange.papers.reason_list import DraftedLine, read_reasons, write_drafted
from models.papers.open_data import Grant, OpenData, Publisher
from models.papers.status import PaperStatus
from models.papers.transparency.lists import PublicationList, PublishedAward
from scoring.written.text import Refused
from tests.exchange.schedule_rounds import EXAMPLE

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = '=HYPERLINK("http://example.invalid") <b>& Co'


def award(number: int, pence: int, *, reasons: str = "It meets a need.") -> PublishedAward:
    return PublishedAward(
        award=f"A-031-{number:02d}",
        fund="Active Citizens Fund",
        year="2026/27",
        recipient=HOSTILE,
        numbers="01254367",
        project="-1+1",
        purpose="Sessions.",
        reasons=reasons,
        conditions=("Receipts are kept.", "No promise of renewal."),
        start_on=date(2027, 1, 4),
        end_on=None,
        area="Coventry",
        amount_pence=pence,
        decided_on=date(2026, 11, 14),
        notice="031/2026",
    )


def published(*awards: PublishedAward) -> PublicationList:
    return PublicationList(
        span="November 2026",
        ends_on=date(2026, 11, 30),
        fund="",
        awards=awards,
        office="Example office",
        marking="OFFICIAL",
    )


TWO = published(award(1, 450_000), award(2, 5))


def written(value: PublicationList, folder: Path, ending: str = "xlsx") -> Path:
    return write_paper("publication", value, STATUS, folder / f"p.{ending}")


def test_workbook_and_csv_have_the_same_lines_real_figures_and_no_formula(tmp_path: Path) -> None:
    path = written(TWO, tmp_path)
    sheet = openpyxl.load_workbook(path)["Awards"]

    row = {sheet.cell(4, n).value: sheet.cell(5, n) for n in range(1, sheet.max_column + 1)}
    assert row["Recipient"].value == HOSTILE
    assert row["Recipient"].data_type == "s"
    assert row["Registration no."].value == "01254367"
    assert row["Amount"].value == 4500
    assert row["Decided on"].value == datetime(2026, 11, 14)
    assert sheet["M7"].value == "=SUM(M5:M6)"
    assert row["Conditions"].value == "1 to 2 (in full on the sheet Conditions)"
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Awards").to_python()
    assert rows[6][12] == 4500.05  # £4,500.00 + £0.05, the value beside the formula

    path = written(TWO, tmp_path, "csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [row["Amount"] for row in rows] == ["4500.00", "0.05"]
    assert rows[0]["Recipient"] == f"'{HOSTILE}"
    assert rows[0]["Project"] == "'-1+1"
    assert rows[0]["From"] == "2027-01-04"
    assert rows[0]["To"] == ""
    assert rows[0]["Conditions in full"] == "Receipts are kept. No promise of renewal."
    assert len(path.read_text("utf-8-sig").splitlines()) == 3, "a line of the file for each award"


def test_a_list_says_up_to_when_it_goes_and_what_was_taken_back(tmp_path: Path) -> None:
    open_yet = replace(TWO, ends_on=date(2026, 12, 31), gone=("ACF-001: awarded £3,200.00; declined",))
    document = list_document(open_yet, STATUS)
    sheets = openpyxl.load_workbook(written(open_yet, tmp_path))

    heads = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert heads[:2] == ["Awards, by the day of decision, up to 2 December 2026", "Taken back since"]
    told = next(block for block in document.blocks if isinstance(block, Table))
    assert told.rows == (("ACF-001: awarded £3,200; declined",),)
    assert sheets["Taken back since"]["A5"].value == "ACF-001: awarded £3,200.00; declined"
    over = list_document(TWO, STATUS)
    head = next(block.text for block in over.blocks if isinstance(block, Heading))
    assert head == "Awards, by the day of decision"


OPEN_DATA_HOSTILE = "=1+1 <b>Club</b> & Co"
GRANT = Grant(
    identifier="360G-Example-2026-A-031-01",
    title="Boxing for all",
    description="Weekly sessions.",
    asked_pence=500_000,
    awarded_pence=187_050,
    awarded_on=date(2026, 12, 2),
    start_on=date(2027, 1, 4),
    end_on=date(2027, 6, 30),
    recipient_id="GB-CHC-1254367",
    recipient=OPEN_DATA_HOSTILE,
    charity_number="1254367",
    company_number="01254367",
    location="Coventry",
    programme_code="ACF",
    programme="Active Citizens Fund",
    crime_type="Knife crime",
)


def data(*grants: Grant) -> OpenData:
    return OpenData(
        Publisher("360G-Example", "GB-GOR-PB1"),
        grants,
        **EXAMPLE,
        described="Grants of the Example office.",
    )


def test_the_json_has_the_ten_fields_and_what_is_worth_adding(tmp_path: Path) -> None:
    path = write_paper("360giving", data(GRANT), STATUS, tmp_path / "o.json")
    package = json.loads(path.read_text("utf-8"))

    grant = package["grants"][0]
    assert (grant["amountAppliedFor"], grant["amountAwarded"], grant["currency"]) == (5000, 1870.5, "GBP")
    assert grant["recipientOrganization"] == [
        {
            "id": "GB-CHC-1254367",
            "name": OPEN_DATA_HOSTILE,
            "charityNumber": "1254367",
            "companyNumber": "01254367",
        }
    ]
    assert grant["fundingOrganization"] == [{"id": "GB-GOR-PB1", "name": "Example office"}]
    # 4 January to 30 June is five whole months and a begun one
    assert grant["plannedDates"] == [{"startDate": "2027-01-04", "endDate": "2027-06-30", "duration": 6}]
    assert grant["dateModified"] == "2026-12-02T14:05:00Z"
    assert package["publisher"] == {"name": "Example office", "identifier": "360G-Example"}


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    long = replace(GRANT, description="🎉" * 40_000)
    book = openpyxl.load_workbook(write_paper("360giving", data(long), STATUS, tmp_path / "o.xlsx"))

    assert book.sheetnames == ["grants", "Meta"]  # no sheet that the standard's tools do not know
    assert book["grants"]["C2"].value == "🎉" * 10_000 + " … (continues in the record)"


def test_the_check_is_the_standards_own_and_what_it_faults_is_named_and_not_written(tmp_path: Path) -> None:
    package = checked_package(data(GRANT), STATUS)

    assert (
        "amountAppliedFor" not in checked_package(data(replace(GRANT, asked_pence=None)), STATUS)["grants"][0]
    )
    for change in ({"awardDate": "2 Dec 2026"}, {"amountAwarded": "1870.50"}, {"dateModified": "yesterday"}):
        faulty = {**package, "grants": [{**package["grants"][0], **change}]}
        with pytest.raises(ValidationError):
            validator().validate(faulty)

    nobody = replace(data(GRANT), publisher=Publisher("360G-Example", None))  # type: ignore[arg-type]

    with pytest.raises(Refused, match=r"grants/0/fundingOrganization/0/id: None is not of type 'string'"):
        write_paper("360giving", nobody, STATUS, tmp_path / "o.json")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "x" * 140}, "longer than 139 characters"),
        ({"description": " "}, "no title or no description"),
        ({"description": "Ask pat@example.invalid"}, "e-mail address"),
        ({"recipient": "Pat, p.at+x@mail.example.org"}, "e-mail address"),
    ],
)
def test_what_a_checker_would_fault_is_refused(change: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        data(replace(GRANT, **change))  # type: ignore[arg-type]


def test_an_identifier_stands_once_and_an_award_without_reasons_is_named() -> None:
    with pytest.raises(Refused, match="360G-Example-2026-A-031-01 appears twice"):
        data(GRANT, GRANT)

    assert published(award(1, 1), award(2, 1, reasons=" ")).silent == ("A-031-02",)


KNOWN = ("ACF-001", "ACF-002", "ACF-003")
AT = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


def listed(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("Reference,Reason", *rows)), encoding="utf-8")
    return path


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(FormFaults) as caught:
        read_reasons(path, KNOWN)
    return caught.value.faults


def test_every_fault_is_named_with_its_cell_and_the_rules_own_note_is_no_reason(tmp_path: Path) -> None:
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

    path = listed(tmp_path / "reasons.csv", 'ACF-001,"fits: asks £4,890.67, £14,430.63 left"')

    (fault,) = faults(path)

    assert fault.startswith("reasons!B2: this is the list's own note on ACF-001, not a reason.")


@pytest.mark.parametrize("name", ["drafts.csv", "drafts.xlsx"])
def test_what_is_written_to_be_checked_is_read_again(tmp_path: Path, name: str) -> None:
    lines = (
        DraftedLine("ACF-001", "Allotment Friends", "fund", 450_000, "=Need: asked\nand heard", "recorded"),
        DraftedLine("ACF-002", "Made-up Choir", "reserve", None, "", ""),
    )

    path = write_drafted(lines, "Reasons to check", "OFFICIAL", AT, tmp_path / name)

    assert read_reasons(path, KNOWN) == {"ACF-001": "=Need: asked\nand heard"}
