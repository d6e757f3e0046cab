"""The regional book: sealed files are taken once, changed ones refused, and offices told side by side."""

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exchange.papers.open_data import DATA, sum_of
from exchange.papers.paper_writing import write_paper
from exchange.papers.region import add_files, read_book, write_region_report
from models.papers.open_data import Grant, OpenData, Publisher
from models.papers.region import KEPT_TABLES, IssuedFigures
from models.papers.status import PaperStatus
from models.papers.year.summed_tables import YearTables
from models.papers.year.year_end_tables import AWARD_RATES, BUDGET, YEAR_END, year_end_tables
from models.papers.year.year_facts import FundYear, LineEnd, Spent, YearApplied, YearAsked, YearAward, YearPot
from models.queries.papers.papers import paper_sha256
from models.trouble import Trouble
from models.values import canonical
from scoring.written.text import Refused
from tests.exchange.papers.test_publication import GRANT, data
from tests.models.rounds import refused

DAY = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
WEST, EAST = "Office of Westmarch", "Office of Eastmarch"


def of_round(office: str, *grants: Grant) -> OpenData:
    return replace(data(*grants), publisher=Publisher("360G-X", "GB-X-1"), office=office)


def grant(number: int, pence: int, day: date = date(2026, 12, 2), office: str = "W") -> Grant:
    return replace(GRANT, identifier=f"360G-X-{office}-{number}", awarded_pence=pence, awarded_on=day)


def issued(kind: str, value: OpenData | YearTables, path: Path, version: int = 1) -> Path:
    status = PaperStatus(DAY, paper_sha256(kind, value), version, 155, "ab" * 32)
    return write_paper(kind, value, status, path)


def year(office: str) -> YearTables:
    """Two applied to a fund with £900, one was awarded £300 and was paid £200 of it."""
    applied = (
        YearApplied("Coventry", "Charity", False, True, 50_000, 30_000),
        YearApplied("Coventry", "Charity", True, False, 10_000, None),
    )
    award = YearAward("Coventry", 1, "Club", "Boxing", "", 50_000, 30_000, 0, is_known=False)
    of = FundYear(
        "Active Citizens Fund",
        "2026/27",
        (YearPot("Coventry", 90_000),),
        (award,),
        (YearAsked("Coventry", 2, 60_000),),
        applied=applied,
        ends={"Coventry": LineEnd(spent=Spent(20_000, 0, date(2027, 3, 31), "ledger"))},
    )
    return YearTables("OFFICIAL", "Year tables", tuple(year_end_tables(of)), (), office)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """What two offices issued: open data of both, and the year tables of one."""
    tmp_path = tmp_path_factory.mktemp("issued")
    west = issued("360giving", of_round(WEST, grant(1, 10_050), grant(2, 20_000)), tmp_path / "west.json")
    later = grant(3, 40_000, date(2027, 4, 1), office="E")
    east = issued("360giving", of_round(EAST, later), tmp_path / "east.json")
    return west, east, issued("tables", year(WEST), tmp_path / "tables.xlsx")


@pytest.fixture
def sealed(made: Sequence[Path], tmp_path: Path) -> Sequence[Path]:
    """The same files, for a test to change."""
    return [Path(shutil.copy(path, tmp_path)) for path in made]


def test_offices_stand_side_by_side_and_the_same_file_adds_nothing(
    sealed: Sequence[Path], tmp_path: Path
) -> None:
    book = tmp_path / "book"

    first, again = add_files(book, sealed), add_files(book, [*sealed, sealed[0]])
    region = read_book(book)

    assert (len(first.new), first.known) == (3, ())
    assert (again.new, again.known) == ((), ("west.json", "east.json", "tables.xlsx", "west.json"))
    # West: £100.50 and £200.00; East: £400.00, on 1 April 2027 and so of the next year
    assert [(one.names, one.awards, one.awarded_pence) for one in region.awarded("office")] == [
        ((EAST,), 1, 40_000),
        ((WEST,), 2, 30_050),
    ]
    assert [one.names for one in region.awarded("year")] == [("2026/27",), ("2027/28",)]
    (rate,), (money,) = region.rates, region.money
    assert (rate.office, rate.rate.applied, rate.rate.awarded, rate.rate.rate) == (WEST, 2, 1, 5_000)
    assert (money.budget_pence, money.committed_pence, money.spent_pence) == (90_000, 30_000, 20_000)
    # one charity is awarded money by both
    assert [one.names[::2] for one in region.shared] == [("charity 1254367", EAST), ("charity 1254367", WEST)]


def test_a_newer_version_takes_the_place_of_the_one_before(sealed: Sequence[Path], tmp_path: Path) -> None:
    book = tmp_path / "book"
    newer = issued("360giving", of_round(WEST, grant(1, 10_000)), tmp_path / "west-2.json", version=2)

    add_files(book, [newer, *sealed])

    west = read_book(book).awarded("office")[1]
    assert (west.names, west.awards, west.awarded_pence) == ((WEST,), 1, 10_000)


@pytest.mark.parametrize(("was", "becomes"), [("100.5", "1000.5"), ('"version": 1,', '"version": 2,')])
def test_open_data_in_which_something_was_changed_is_refused(
    was: str, becomes: str, sealed: Sequence[Path], tmp_path: Path
) -> None:
    text = sealed[0].read_text("utf-8")
    sealed[0].write_text(text.replace(was, becomes), "utf-8")

    refused("was changed after it was issued", add_files, tmp_path / "book", reversed(sealed))

    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize("sheet", ["Award rates", DATA])
def test_a_workbook_in_which_a_cell_was_changed_is_refused(
    sheet: str, sealed: Sequence[Path], tmp_path: Path
) -> None:
    workbook = load_workbook(sealed[2])
    cell = workbook[sheet]["B5"]
    cell.value = str(cell.value).replace("All", "Some").replace("A-1", "A-2")
    workbook.save(sealed[2])

    refused("was changed after it was issued", add_files, tmp_path / "book", [sealed[2]])


@pytest.mark.parametrize("name", ["draft.json", "draft.xlsx", "list.json", "t.pdf"])
def test_a_file_without_a_seal_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "draft.json":
        write_paper("360giving", of_round(WEST, grant(1, 5)), PaperStatus(DAY, "ab" * 32), path)
    elif name == "draft.xlsx":
        write_paper("tables", year(WEST), PaperStatus(DAY, "ab" * 32), path)
    else:
        path.write_text("[1, 2]", "utf-8")

    with pytest.raises(Refused, match=r"has no seal|cannot be checked here") as refused:
        add_files(tmp_path / "book", [path])

    assert str(refused.value).endswith("Nothing was added.")


@pytest.mark.parametrize(("name", "value"), [("awardDate", "2026-12-02T00:00:00Z"), ("amountAwarded", 1e300)])
def test_sealed_json_of_another_make_is_refused(
    name: str, value: object, tmp_path: Path, sealed: Sequence[Path]
) -> None:
    package = json.loads(sealed[0].read_text("utf-8"))
    package["grants"][0][name] = value
    package["seal"]["sha256"] = sum_of(package)
    sealed[0].write_text(json.dumps(package), "utf-8")

    refused("not as this program issues open data", add_files, tmp_path / "book", [sealed[0]])


def test_no_office_holder_is_in_a_book_and_its_report_has_live_sums(
    sealed: Sequence[Path], tmp_path: Path
) -> None:
    add_files(tmp_path / "book", sealed)

    kept = "".join(path.read_text("utf-8") for path in (tmp_path / "book").iterdir())
    assert "letterhead" not in kept
    assert "Weekly sessions" not in kept

    path = write_region_report(read_book(tmp_path / "book"), DAY, tmp_path / "report.xlsx")

    book = load_workbook(path)
    offices = [row[:4] for row in book["Offices"].iter_rows(min_row=5, max_row=7, values_only=True)]
    assert offices == [
        (EAST, 1, 5000, 400),
        (WEST, 2, 10000, 300.5),
        ("Total", "=SUM(B5:B6)", "=SUM(C5:C6)", "=SUM(D5:D6)"),
    ]
    assert book["Award rates"]["G6"].value == 50
    assert book["Files"].max_row == 7


def test_a_book_that_is_not_there_or_damaged_is_told(sealed: Sequence[Path], tmp_path: Path) -> None:
    refused("is not a regional book yet", read_book, tmp_path / "none")
    refused("is a file", add_files, sealed[0], sealed)
    add_files(tmp_path / "book", sealed[:1])
    (held,) = (tmp_path / "book").iterdir()
    held.write_text("{", "utf-8")

    with pytest.raises(Trouble, match="cannot be read"):
        read_book(tmp_path / "book")


@pytest.mark.parametrize(
    ("was", "becomes"), [("10050", "99050"), ("{", "{ "), ('"version":1', '"version":2')]
)
def test_a_book_in_which_a_figure_was_changed_names_the_office(
    was: str, becomes: str, sealed: Sequence[Path], tmp_path: Path
) -> None:
    book = tmp_path / "book"
    add_files(book, sealed)
    said = {one.read_text("utf-8"): one for one in book.iterdir()}
    path = next(said[text] for text in said if '"kind":"360giving"' in text and f'"office":"{WEST}"' in text)
    path.write_text(path.read_text("utf-8").replace(was, becomes, 1), "utf-8")

    with pytest.raises(Trouble, match=f"the figures of {WEST}, .* do not match their sum"):
        read_book(book)


@pytest.mark.parametrize(("code", "column"), [(AWARD_RATES, "Awarded £"), (YEAR_END, BUDGET)])
def test_tables_whose_lines_do_not_come_to_their_sums_are_told_and_refused(
    code: str, column: str, sealed: Sequence[Path], tmp_path: Path
) -> None:
    value = year(WEST)
    table = next(one for one in value.tables if one.code == code)
    place = table.column(column)
    assert place is not None
    lines = [list(row) for row in table.lines]
    lines[-2 if code == AWARD_RATES else -1][place] = 123
    rows = tuple(map(tuple, lines[: len(table.rows)]))
    bent = replace(table, rows=rows, totals=tuple(lines[-1]) if table.totals else (), summed=())
    tables = tuple(bent if one is table else one for one in value.tables)

    with pytest.raises(Refused, match=f"bent.xlsx of {WEST} does not add up"):
        add_files(
            tmp_path / "book", [issued("tables", replace(value, tables=tables), tmp_path / "bent.xlsx")]
        )

    add_files(tmp_path / "book", sealed[2:])
    (path,) = (tmp_path / "book").iterdir()
    figures = canonical.from_text(IssuedFigures, path.read_text("utf-8").partition("\n")[0])
    text = canonical.to_text(replace(figures, tables=tuple(one for one in tables if one.code in KEPT_TABLES)))
    path.write_text(f"{text}\n{sha256(text.encode()).hexdigest()}\n", "utf-8")
    with pytest.raises(Trouble, match=f"figures of {WEST}, .* do not come to their own sums"):
        read_book(tmp_path / "book")


def test_what_seals_a_workbook_is_what_its_printed_sum_is_of(sealed: Sequence[Path]) -> None:
    sheet = load_workbook(sealed[2])[DATA]
    seal = json.loads("".join(row[1] for row in sheet.iter_rows(min_row=5, values_only=True)))

    assert seal["data"] == canonical.to_text(year(WEST))
