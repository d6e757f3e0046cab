"""Writing a year of 2,000 awards, against the bare libraries writing the same cells or the same grants."""

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from jsonschema import Draft202012Validator

from benchmarks.paired import paired, ratio
from benchmarks.raw_schedules import raw_xlsx
from benchmarks.schedules import cells_of
from benchmarks.table import Row
from exchange.papers.open_data import checked_package, validator, write_open_data_json, write_open_data_xlsx
from exchange.papers.public_lists import write_list_xlsx
from models.papers.open_data import Grant, OpenData, Publisher
from models.papers.status import PaperStatus
from models.papers.transparency.lists import PublicationList, PublishedAward

AWARDS = 2_000
STATUS = PaperStatus(datetime(2026, 11, 20, tzinfo=UTC), "ab" * 32)
PURPOSE = "Evening sessions for young people, run by volunteers with the neighbourhood team, part {}"


def measure() -> Iterator[Row]:
    """Yield the ratios of the publication list and of the open data."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _publication(Path(folder))
        yield from _open_data(Path(folder))


def _publication(folder: Path) -> Iterator[Row]:
    published = PublicationList(
        span="November 2026",
        ends_on=date(2026, 11, 30),
        fund="",
        awards=tuple(map(_award, range(AWARDS))),
        office="Example office",
        marking="OFFICIAL",
    )
    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
    cells = cells_of(write_list_xlsx(published, STATUS, ours))
    figures = paired(lambda: write_list_xlsx(published, STATUS, ours), lambda: raw_xlsx(cells, theirs), 3)
    yield ratio(f"Publication .xlsx of {AWARDS:,} awards", figures, 1.5, "openpyxl write-only")


def _open_data(folder: Path) -> Iterator[Row]:
    data = OpenData(
        Publisher("360G-Example", "GB-GOR-PB1"),
        tuple(map(_grant, range(AWARDS))),
        office="Example office",
        fund="Active Citizens Fund",
        round="Autumn",
        year="2026/27",
        marking="OFFICIAL",
        described="Grants of the Example office.",
    )
    ours, theirs = folder / "ours.json", folder / "theirs.json"
    package, check = checked_package(data, STATUS), validator()

    def raw() -> None:
        _raw_json(package, check, theirs)

    figures = paired(lambda: write_open_data_json(data, STATUS, ours), raw, 3)
    yield ratio(f"360Giving .json of {AWARDS:,} awards", figures, 1.5, "jsonschema and json.dump")
    book, plain = folder / "ours.xlsx", folder / "theirs.xlsx"
    cells = cells_of(write_open_data_xlsx(data, STATUS, book))

    def raw_book() -> None:
        assert next(check.iter_errors(package), None) is None
        raw_xlsx(cells, plain)

    figures = paired(lambda: write_open_data_xlsx(data, STATUS, book), raw_book, 3)
    yield ratio(f"360Giving .xlsx of {AWARDS:,} awards", figures, 1.5, "jsonschema and openpyxl")


def _raw_json(package: dict[str, object], check: Draft202012Validator, path: Path) -> None:
    assert next(check.iter_errors(package), None) is None
    with path.open("w", encoding="utf-8") as stream:
        json.dump(package, stream, ensure_ascii=False, indent=1)


def _award(number: int) -> PublishedAward:
    return PublishedAward(
        award=f"A-{number // 50:03d}-{number % 50:02d}",
        fund="Active Citizens Fund",
        year="2026/27",
        recipient=f"Made-up Group {number}",
        numbers=f"{1_000_000 + number}",
        project=f"Project {number}",
        purpose=PURPOSE.format(number),
        reasons="The panel found a clear local need and proof of what will change for whom.",
        conditions=("Receipts are kept.", "No promise of renewal."),
        start_on=date(2027, 1, 4),
        end_on=date(2027, 6, 30),
        area="Coventry",
        amount_pence=100_000 + number,
        decided_on=date(2026, 11, 14),
        notice="031/2026",
    )


def _grant(number: int) -> Grant:
    return Grant(
        identifier=f"360G-Example-2026-A-{number}",
        title=f"Project {number}",
        description=PURPOSE.format(number),
        asked_pence=500_000,
        awarded_pence=100_000 + number,
        awarded_on=date(2026, 11, 14),
        start_on=date(2027, 1, 4),
        end_on=date(2027, 6, 30),
        recipient_id=f"GB-CHC-{1_000_000 + number}",
        recipient=f"Made-up Group {number}",
        charity_number=f"{1_000_000 + number}",
        company_number="",
        location="Coventry",
        programme_code="ACF",
        programme="Active Citizens Fund",
        crime_type="",
    )
