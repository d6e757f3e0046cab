"""A register is read row by row in a process of its own; what is odd is counted, what is wrong refused."""

import json
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from exchange.reading import big_files, sheets
from exchange.reading import registers as bank_tables
from exchange.reading import registers as reading
from exchange.reading.big_files import open_text
from exchange.reading.register_worker import register_line
from exchange.reading.registers import read_register
from models.trouble import Trouble
from models.values.diligence import RegisterEntry, Wanted, listed_key
from scoring.written.text import Refused
from tests.exchange.reading.register_files import (
    COMPANY_HEADINGS,
    LIST_HEADINGS,
    charity,
    charity_json,
    charity_text,
    comma_text,
    company,
    listed,
    put,
    shared_workbook,
    spreadsheet,
    workbook,
    zipped,
)
from tests.models.values.test_payments import SUBSTITUTES, WEIGHTS

WANTED = Wanted(("1254367", "7645231"), ("08123456",))
DAY = date(2026, 11, 1)


@pytest.fixture
def charities(tmp_path: Path) -> Path:
    content = charity_json(charity("1254367", "WESTMARCH SEAGULLS"), charity("9999999", "ELSE"))
    return zipped(tmp_path / "publicextract.charity.zip", {"publicextract.charity.json": content})


@pytest.fixture
def companies(tmp_path: Path) -> Path:
    path = tmp_path / "companies.csv"
    said = {"Accounts.NextDueDate": "30/06/2027", " PreviousName_1.CompanyName": "OLD MILL LTD"}
    lantern = company("08123456", "LANTERN YARD", **said)
    path.write_bytes(comma_text(COMPANY_HEADINGS, [lantern]))
    return path


def test_what_is_found_and_what_was_looked_for_in_vain_is_kept_with_the_day(charities: Path) -> None:
    ticks: list[tuple[int, int]] = []

    found = read_register(charities, WANTED, tick=lambda done, total: ticks.append((done, total)))

    entry = RegisterEntry(
        "1254367", 1, "1254367", "WESTMARCH SEAGULLS", "Registered", accounts="Submission Received"
    )
    assert (found.register, found.extract.extract_on, found.extract.rows) == ("charity", DAY, 2)
    assert found.extract.file == "publicextract.charity.zip"
    assert found.extract.entries == (entry, RegisterEntry("7645231"))
    assert ticks[0] == (0, charities.stat().st_size)


def test_a_file_that_does_not_say_its_day_is_given_one(charities: Path, companies: Path) -> None:
    with pytest.raises(Refused, match="does not say which day it is from"):
        read_register(companies, WANTED)
    with pytest.raises(Refused, match="says itself that it is from 1 November 2026"):
        read_register(charities, WANTED, on=date(2026, 10, 1))

    found = read_register(companies, WANTED, on=DAY)

    assert found.extract.extract_on == DAY
    assert found.extract.entries[0].accounts_due_on == date(2027, 6, 30)
    assert found.extract.entries[0].former_names == ("OLD MILL LTD",)


def test_what_is_no_file_or_no_register_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"^nothing\.zip is not there"):
        read_register(tmp_path / "nothing.zip", WANTED)
    (tmp_path / "list.csv").write_text("A,B\n1,2\n")
    with pytest.raises(Trouble, match=r"^list\.csv has none of the headings of a register"):
        read_register(tmp_path / "list.csv", WANTED)


@pytest.mark.parametrize(
    "does",
    [
        "import time; time.sleep(60)",
        "import sys; sys.stdin.close(); import os; os.abort()",
        "import sys; sys.stdin.readline(); print('not what was asked')",
    ],
)
def test_a_process_that_hangs_dies_or_babbles_is_one_sentence(
    charities: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(sheets, "worker_command", lambda: [sys.executable, "-c", does])
    monkeypatch.setattr(reading, "STUCK_SECONDS", 0.3)

    with pytest.raises(Trouble, match="could not be read safely"):
        read_register(charities, WANTED)


def test_memory_is_watched_where_the_system_does_not_bound_it(
    charities: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes = "import sys; sys.stdin.readline(); kept = bytearray(80_000_000); import time; time.sleep(60)"
    monkeypatch.setattr(sheets, "worker_command", lambda: [sys.executable, "-c", takes])
    monkeypatch.setattr(reading, "REGISTER_BYTES", 50_000_000)
    monkeypatch.setattr(sys, "platform", "darwin")

    with pytest.raises(Trouble, match="could not be read safely"):
        read_register(charities, WANTED)


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds memory on Linux alone")
def test_a_row_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A part that is one line is refused long before it would be held."""
    path = zipped(tmp_path / "bomb.zip", {"a.csv": b"x" * 30_000_000})

    with pytest.raises(Trouble, match="a row that does not end"):
        read_register(path, WANTED)


NAMES = ("Westmarch Seagulls", "Lantern Yard Ltd", "Harbour Lights", "The Tinker's Guild", "Café du Port")
REGISTER_WORKER_WANTED = Wanted(
    ("1254367", "1254367-2", "2345768"), ("08123456", "SC123465"), tuple(map(listed_key, NAMES))
)
SEAGULLS = charity("1254367", "WESTMARCH SEAGULLS", charity_contact_postcode="WM1 1AA")
REPORT = "Report Date: 01-Nov-2026\r\n"


def read(path: Path) -> dict[str, Any]:
    return register_line(path, json.dumps(asdict(REGISTER_WORKER_WANTED)))


def names(line: dict[str, Any]) -> list[tuple[str, str]]:
    return [(entry["key"], entry["name"]) for entry in line["entries"]]


def test_a_charity_extract_reads_alike_as_json_text_and_zip(tmp_path: Path) -> None:
    rows = (
        SEAGULLS,
        charity("9999999", "SOMEBODY ELSE"),
        charity("1254367", "SEAGULLS OF THE NORTH", linked_charity_number=2),
        charity(
            "2345768",
            "HARBOUR LIGHTS",
            charity_registration_status="Removed",
            date_of_removal="2025-03-04T00:00:00",
            charity_reporting_status="Removed",
            charity_insolvent=True,
            charity_contact_address1="1 Made-up Quay",
            charity_contact_address3="Westmarch",
        ),
    )
    as_json = put(tmp_path, "publicextract.charity.json", charity_json(*rows))
    as_text = put(tmp_path, "publicextract.charity.txt", charity_text(*rows))
    as_zip = zipped(tmp_path / "a.zip", {"publicextract.charity.json": charity_json(*rows)})

    found = read(as_json)

    assert found == read(as_text) == read(as_zip)
    assert (found["register"], found["on"], found["rows"], found["odd"]) == ("charity", "2026-11-01", 4, 0)
    assert names(found) == [
        ("1254367", "WESTMARCH SEAGULLS"),
        ("1254367-2", "SEAGULLS OF THE NORTH"),
        ("2345768", "HARBOUR LIGHTS"),
    ]
    removed = found["entries"][2]
    assert (removed["status"], removed["ended_on"], removed["insolvency"]) == (
        "Removed",
        "2025-03-04",
        "insolvent",
    )
    assert removed["address"] == "1 Made-up Quay, Westmarch"


def test_text_with_tabs_bears_odd_bytes_and_a_registered_charity_goes_first(
    tmp_path: Path,
) -> None:
    rows = (
        charity("3333333", 'THE "STRAY QUOTE', charity_activities="one\r\ntwo\nthree"),
        charity("1254367", "CAF\u00c9 SEAGULLS", charity_activities="a\rb"),
        charity("4444444", "LAST"),
    )
    content = charity_text(*rows).replace("\u00c9".encode(), b"\xc9")

    found = read(put(tmp_path, "charity.txt", content))

    assert (found["rows"], found["odd"], names(found)) == (3, 0, [("1254367", "CAFÉ SEAGULLS")])

    removed = charity("1254367", "OLD", date_of_removal="2001-01-01T00:00:00")

    found = read(put(tmp_path, "c.json", charity_json(removed, SEAGULLS, removed)))

    assert names(found) == [("1254367", "WESTMARCH SEAGULLS")]


def test_companies_are_read_with_quotes_and_new_lines_and_dated_by_the_name(tmp_path: Path) -> None:
    rows = [
        company("00000001", 'SAY "HELLO", THEN\r\nGO LIMITED'),
        company(
            "08123456",
            "LANTERN YARD LTD.",
            **{
                "CompanyStatus": "Liquidation",
                "Accounts.NextDueDate": "30/06/2026",
                "RegAddress.AddressLine1": "2 MADE-UP STREET",
                "RegAddress.PostCode": "WM2 2BB",
            },
        ),
        company("SC123465", "NORTHERN LANTERNS"),
        ["too", "short"],
        [],
    ]
    name = "BasicCompanyDataAsOneFile-2026-11-01.csv"
    content = comma_text(COMPANY_HEADINGS, rows * 1)

    found = read(zipped(tmp_path / "download.zip", {name: content}))

    assert (found["register"], found["on"], found["rows"], found["odd"]) == ("company", "2026-11-01", 4, 1)
    assert names(found) == [("08123456", "LANTERN YARD LTD."), ("SC123465", "NORTHERN LANTERNS")]
    first = found["entries"][0]
    assert (first["status"], first["accounts_due_on"]) == ("Liquidation", "2026-06-30")
    assert (first["address"], first["postcode"]) == ("2 MADE-UP STREET", "WM2 2BB")
    assert read(put(tmp_path, "companies.csv", content))["on"] is None


SANCTIONED = [
    listed("GHO0001", "WESTMARCH SEA-GULLS."),
    listed("GHO0001", "WESTMARCH SEA-GULLS.", Address_Line_1="elsewhere"),
    listed("GHO0002", "harbour  LIGHTS", Name_type="Alias", Alias_strength="Good quality a.k.a"),
    listed("GHO0003", "HARBOUR LIGHTS", Name_type="Alias", Alias_strength="Low quality a.k.a"),
    listed("GHO0004", "LANTERN YARD", Designation_Type="Ship"),
    listed("GHO0005", "GUILD", Name_1="The", Name_2="Tinker's", Designation_Type="Individual"),
    listed("GHO0006", "CAFE DU PORT", Name_type="Primary name variation"),
    listed("GHO0007", "ELSE", Address_Line_1="Harbour Lights", Name_non_latin_script="Harbour Lights"),
]
FOUND = [
    ("cafe du port", "CAFE DU PORT"),
    ("harbour lights", "harbour LIGHTS"),
    ("tinkers guild", "The Tinker's GUILD"),
]


def test_the_sanctions_list_gives_main_and_good_names_and_neither_ships_nor_weak_aliases(
    tmp_path: Path,
) -> None:
    text = comma_text(LIST_HEADINGS, SANCTIONED, REPORT)
    sheet = [["Report Date: 01-Nov-2026"], LIST_HEADINGS, *SANCTIONED]

    found = read(put(tmp_path, "UK-Sanctions-List.csv", b"\xef\xbb\xbf" + text))

    assert (found["register"], found["on"], found["rows"]) == ("sanctions", "2026-11-01", 8)
    assert names(found) == FOUND
    assert [entry["what"] for entry in found["entries"]] == [
        "primary name variation, entity",
        "alias, entity",
        "primary name, individual",
    ]
    utf16 = put(tmp_path, "utf16.csv", text.decode().encode("utf-16"))
    book = workbook(tmp_path / "list.xlsx", sheet)
    open_book = spreadsheet(tmp_path / "list.ods", sheet)
    shared = shared_workbook(tmp_path / "shared.xlsx", sheet)
    saved_anew = text.replace(b'","', b'";"').replace(
        ",".join(LIST_HEADINGS).encode(), ";".join(LIST_HEADINGS).encode()
    )
    semicolons = put(tmp_path, "semicolons.csv", saved_anew)
    for path in (utf16, book, open_book, shared, semicolons):
        assert {**read(path), "rows": 8} == found


def test_the_list_reads_alike_as_xml(tmp_path: Path) -> None:
    tags = {"Name type": "NameType", "Alias strength": "AliasStrength", "Name 6": "Name6", "Name 1": "Name1"}
    tags["Name 2"] = "Name2"
    written = "".join(
        f"<Designation><UniqueID>{row[1]}</UniqueID><Names><Name>"
        + "".join(
            f"<{tag}>{row[LIST_HEADINGS.index(heading)]}</{tag}>"
            for heading, tag in tags.items()
            if row[LIST_HEADINGS.index(heading)]
        )
        + f"</Name></Names><IndividualEntityShip>{row[15]}</IndividualEntityShip></Designation>"
        for row in SANCTIONED
    )
    head = '<?xml version="1.0"?><Designations><DateGenerated>01/11/2026</DateGenerated>'

    found = read(put(tmp_path, "list.xml", f"{head}{written}</Designations>".encode()))

    assert (found["on"], names(found)) == ("2026-11-01", FOUND)


def test_the_older_list_reads_alike_as_xml_with_its_name_space(tmp_path: Path) -> None:
    tags = ("GroupID", "GroupTypeDescription", "AliasType", "AliasQuality", "Name6", "name1")
    rows = [
        ("12345", "Entity", "Primary name", "", "HARBOUR LIGHTS", ""),
        ("12346", "Entity", "AKA", "Low quality", "HARBOUR LIGHTS", ""),
        ("12347", "Ship", "Primary name", "", "LANTERN YARD", ""),
        ("12348", "Individual", "AKA", "Good quality", "GUILD", "The Tinker's"),
    ]
    written = "".join(
        "<FinancialSanctionsTarget>"
        + "".join(
            f"<{tag}>{text}</{tag}>" if text else f'<{tag} i:nil="true"/>'
            for tag, text in zip(tags, row, strict=True)
        )
        + "</FinancialSanctionsTarget>"
        for row in rows
    )
    spaces = 'xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist" xmlns:i="urn:nil"'
    whole = f"<ArrayOfFinancialSanctionsTarget {spaces}>{written}</ArrayOfFinancialSanctionsTarget>"

    found = read(put(tmp_path, "ConList.xml", whole.encode()))

    assert (found["register"], found["on"], found["rows"]) == ("sanctions", None, 4)
    assert [entry["listed"] for entry in found["entries"]] == ["12345", "12348"]


def test_a_name_spelled_nearly_like_one_comes_after_the_very_name(tmp_path: Path) -> None:
    near = [listed(f"GHO{number:04}", "Harbuor Lights") for number in range(25)]
    rows = [*near, listed("GHO0100", "Harbour Lights"), listed("GHO0101", "Harbour Lights")]

    found = read(put(tmp_path, "near.csv", comma_text(LIST_HEADINGS, rows, REPORT)))["entries"]

    assert [entry["listed"] for entry in found[:3]] == ["GHO0100", "GHO0101", "GHO0000"]
    assert len(found) == 20
    assert found[2]["what"] == "primary name, entity; spelled nearly like it"


def test_the_banks_tables_are_read_by_row_and_refused_where_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = read(put(tmp_path, "valacdos-2026-11-01.txt", WEIGHTS.replace("\n", "\r\n").encode()))
    others = read(put(tmp_path, "scsubtab.txt", SUBSTITUTES.encode()))

    assert (weights["register"], weights["on"], weights["rows"]) == ("weights", "2026-11-01", 25)
    first = weights["entries"][0]
    assert (first["key"], first["place"], first["status"], first["listed"], first["what"]) == (
        *("070116-070116", 1, "MOD11", "12"),
        "0 0 7 6 5 8 9 4 5 6 7 8 9 -1",
    )
    assert (others["register"], others["on"]) == ("substitutes", None)
    assert [(entry["key"], entry["what"]) for entry in others["entries"]] == [
        ("938600", "938611"),
        ("938289", "938068"),
    ]

    with pytest.raises(Trouble, match="a row 3 that does not fit the banks' table of sort codes"):
        read(put(tmp_path, "a.txt", SUBSTITUTES.encode() + b"\n938173 93801\n"))
    monkeypatch.setattr(bank_tables, "MOST_ROWS", 1)
    with pytest.raises(Trouble, match="more rows than the banks' table"):
        read(put(tmp_path, "b.txt", SUBSTITUTES.encode()))


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", b"Name,Amount\r\nX,1\r\n", "none of the headings"),
        (
            "a.csv",
            b"Report Date: 01-Nov-2026\r\nUnique Identifier,Name 6,Kind\r\nGHO1,X,Y\r\n",
            "looks like the UK Sanctions List, but has no column “unique id” or “name type”",
        ),
        (
            "a.csv",
            comma_text(COMPANY_HEADINGS, [company("08123456", "LANTERN YARD LTD.")] * 300)[:-60],
            "ends in the middle of a row, so it is incomplete; download it again",
        ),
        ("a.json", b'[{"name": 1}]', "none of the headings"),
        ("a.json", charity_json(SEAGULLS)[:-1] + b", 5]", "not a list of a register's rows"),
        ("a.json", charity_json(SEAGULLS)[:-1], "does not end"),
        ("a.json", b'[{"name": ' + b"[" * 100_000, "nested deeper"),
        ("a.json", b"[" + b" " * 10 + b"x" * 5_000_000, "with an error in it"),
        ("a.csv", comma_text(COMPANY_HEADINGS, []), "has no rows of the companies register"),
        ("a.csv", comma_text(COMPANY_HEADINGS, [["x"]] * 5), "5 of 5 rows that are not"),
        ("a.csv", comma_text(COMPANY_HEADINGS, []) + b'"' + b"x\n" * 700_000, "does not end"),
        ("part1_7.csv", b"x", "is part 1 of 7"),
        ("a.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>', "declares its own entities"),
        ("a.xml", b'<?xml version="1.0"?><Designations><Names>', "damaged, or was not downloaded"),
        ("a.xml", b'<?xml version="1.0"?><Other/>', "none of the headings"),
    ],
)
def test_what_is_no_register_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, fault: str
) -> None:
    with pytest.raises(Trouble, match=fault):
        read(put(tmp_path, name, content))


def test_packages_are_refused_that_hold_too_much_too_little_or_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = comma_text(COMPANY_HEADINGS, [company("08123456", "LANTERN YARD LTD.")] * 2_000)
    several = zipped(tmp_path / "two.zip", {"a.csv": good, "b.csv": good})
    none = zipped(tmp_path / "none.zip", {"a.exe": b"x"})
    marked_up = zipped(tmp_path / "xml.zip", {"a.xml": b"<x/>"})
    part = zipped(tmp_path / "download.zip", {"BasicCompanyData-2026-11-01-part2_7.csv": good})
    cut = put(tmp_path, "cut.zip", zipped(tmp_path / "a.zip", {"a.csv": good}).read_bytes()[:-200])
    whole = (tmp_path / "a.zip").read_bytes()
    flipped = put(tmp_path, "flipped.zip", whole[:80] + b"\xff\xff\xff" + whole[83:])
    for path, fault in (
        (several, "several texts"),
        (none, "no text"),
        (marked_up, "an XML file in it"),
        (part, "part 2 of 7"),
        (cut, "damaged"),
        (flipped, "damaged"),
    ):
        with pytest.raises(Trouble, match=fault):
            read(path)
    monkeypatch.setattr(big_files, "MAX_PARTS", 1)
    with pytest.raises(Trouble, match="more than 1 parts"):
        read(several)
    monkeypatch.setattr(big_files, "MAX_UNPACKED", 100)
    with pytest.raises(Trouble, match="unpacks to more than"):
        read(tmp_path / "a.zip")
    with pytest.raises(Trouble, match="unpacks to more than"), open_text(tmp_path / "a.zip", print):
        pass  # the package says so itself: nothing is unpacked for it


def test_a_workbook_that_does_not_hang_together_is_damaged(tmp_path: Path) -> None:
    book = shared_workbook(tmp_path / "list.xlsx", [LIST_HEADINGS, *SANCTIONED])
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist() if "sharedStrings" not in name}

    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        with pytest.raises(Trouble, match="damaged"):
            read(zipped(tmp_path / "cut.xlsx", {**parts, name: parts[name][:60]}))
