"""Open data in the 360Giving Data Standard, as JSON and as a workbook, checked against its schemas first."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import resources
from exchange.atomic import Tick, require_whole, write_beside
from exchange.written_text import clean
from exchange.xlsx.table import TEXT, WRAPPED, Kind, Look, TableBook, TableSheet, columns_of, row_cells
from exchange.xlsx.table_book import write_lines
from exchange.xlsx.xlsx_cells import Book, Rows, check_book, height_of
from exchange.xlsx.xlsx_sheets import set_up_page, set_up_sheet, write_headings
from models.papers.open_data import Grant, OpenData
from models.papers.status import PaperStatus
from models.reference.defaults import CODE_TYPES
from models.values import canonical
from scoring.written.text import Refused, with_capital

VERSION = "1.4"
_FOLDER = "schemas/360giving"
_GRANT, _PACKAGE = "360-giving-schema.json", "360-giving-package-schema.json"
_OLDER = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/360-giving-schema.json"
"""The package schema still names the grants' schema of the version before."""
_AMOUNT = Look(kind=Kind.NUMBER, number="0.00")
Json = dict[str, Any]


def write_open_data_json(data: OpenData, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Check the package, write it as JSON, and return the path it really has; Refused where it is faulted."""
    package = sealed_package(checked_package(data, status), status)

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            json.dump(package, stream, ensure_ascii=False, indent=1)

    return write_beside(path, write, partial(_check_json, len(data.grants)))


def write_open_data_xlsx(data: OpenData, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Check the package, write it as a workbook under the standard's own headings, and return its path."""
    package = checked_package(data, status)

    def write(part: Path) -> None:
        with Book(data.title, status.made_at, is_for_programs=True) as book:
            head = TableBook(data.title, data.marking, "", status.made_at)
            _write_grants(book.sheet("grants"), head, package["grants"])
            _write_meta(book.sheet("Meta"), package)
            book.save(part)

    return write_beside(path, write, check_book)


def checked_package(data: OpenData, status: PaperStatus) -> Json:
    """Return the package as JSON-able values; raises Refused with what the standard's schemas fault."""
    package = _package(data, status)
    found = sorted(validator().iter_errors(package), key=lambda error: list(map(str, error.absolute_path)))
    if found:
        where = [
            f"{'/'.join(map(str, e.absolute_path)) or 'the package'}: {e.message[:160]}" for e in found[:5]
        ]
        raise Refused("The open data would not be valid, so nothing was written. " + "; ".join(where) + ".")
    return package


@cache
def validator() -> Draft202012Validator:
    """Return the check against the shipped schemas: Draft 2020-12 said outright, times looked at."""
    grant, package = (json.loads(resources.text(f"{_FOLDER}/{name}")) for name in (_GRANT, _PACKAGE))
    shipped = Resource.from_contents(grant, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resources([(grant["$id"], shipped), (_OLDER, shipped)])
    return Draft202012Validator(package, registry=registry, format_checker=FormatChecker())


def _package(data: OpenData, status: PaperStatus) -> Json:
    return {
        "version": VERSION,
        "title": data.title,
        "description": data.described,
        "issued": status.made_at.date().isoformat(),
        "publisher": {"name": data.office, "identifier": data.publisher.prefix},
        "grants": [_grant(data, grant, grant.modified_at or status.made_at) for grant in data.grants],
    }


def _grant(data: OpenData, grant: Grant, modified_at: datetime) -> Json:
    recipient: Json = {"id": grant.recipient_id, "name": clean(grant.recipient)}
    numbers = (("charityNumber", grant.charity_number), ("companyNumber", grant.company_number))
    recipient |= {name: number for name, number in numbers if number}
    asked = {} if grant.asked_pence is None else {"amountAppliedFor": _pounds(grant.asked_pence)}
    found: Json = {
        "id": grant.identifier,
        "title": clean(grant.title),
        "description": clean(grant.description),
        "currency": "GBP",
        **asked,
        "amountAwarded": _pounds(grant.awarded_pence),
        "awardDate": grant.awarded_on.isoformat(),
        "recipientOrganization": [recipient],
        "fundingOrganization": [{"id": data.publisher.funder, "name": data.office}],
        "grantProgramme": [{"code": grant.programme_code, "title": grant.programme}],
        "fromOpenCall": "Yes" if grant.is_open_call else "No",
        "dateModified": modified_at.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
    }
    if grant.start_on is not None and grant.end_on is not None:
        dates = {"startDate": grant.start_on.isoformat(), "endDate": grant.end_on.isoformat()}
        found["plannedDates"] = [{**dates, "duration": _months(grant)}]
    if grant.location:
        code = grant.location_code
        coded = {"geoCode": code, "geoCodeType": CODE_TYPES[code[:3]]} if code else {}
        found["beneficiaryLocation"] = [{"name": grant.location, "countryCode": "GB", **coded}]
    classified = [
        {"vocabulary": one.vocabulary, **({"code": one.code} if one.code else {}), "title": clean(one.title)}
        for one in grant.classified
    ]
    if grant.crime_type and not grant.is_classified:
        classified.append(
            {"vocabulary": "Crime type or priority", "title": clean(with_capital(grant.crime_type))}
        )
    return found | ({"classifications": classified} if classified else {})


def _pounds(pence: int) -> int | float:
    return pence // 100 if pence % 100 == 0 else pence / 100


def _months(grant: Grant) -> int:
    """Return how long a grant is planned to last, in begun months."""
    assert grant.start_on is not None, "a duration has a start"
    assert grant.end_on is not None, "a duration has an end"
    months = (grant.end_on.year - grant.start_on.year) * 12 + grant.end_on.month - grant.start_on.month
    return max(months + (grant.end_on.day >= grant.start_on.day), 1)


def _check_json(grants: int, path: Path) -> None:
    require_whole(path, is_whole=len(json.loads(path.read_text("utf-8"))["grants"]) == grants)


def _classified(field: str, row: tuple[Json]) -> str:
    return "; ".join(one[field] for one in row[0].get("classifications", ()))


_LOOKS = {"amount": _AMOUNT, "months": Look(kind=Kind.NUMBER, number="0"), "text": TEXT}
_COLUMNS = columns_of(
    "grants", vocabularies=partial(_classified, "vocabulary"), titles=partial(_classified, "title")
)

_META = (24, 110)
"""How wide the columns are that say what a file is."""


def _write_grants(rows: Rows, head: TableBook, grants: list[Json]) -> None:
    """Write the grants with the headings in the first row, where the standard's own tools look for them."""
    widths, looks = [column.width for column in _COLUMNS], [_LOOKS[column.kind] for column in _COLUMNS]
    set_up_sheet(rows.sheet, head, widths, header_row=1, last_row=1 + len(grants))
    write_headings(rows, zip((column.heading for column in _COLUMNS), looks, strict=True))
    write_lines(rows, _COLUMNS, looks, row_cells(_COLUMNS, [(grant,) for grant in grants]))


def _write_meta(rows: Rows, package: Json) -> None:
    publisher = package["publisher"]
    said = (
        ("Version", package["version"]),
        ("Title", package["title"]),
        ("Description", package["description"]),
        ("Issued", package["issued"]),
        ("Publisher:Name", publisher["name"]),
        ("Publisher:Identifier", publisher["identifier"]),
    )
    for letter, wide in zip("AB", _META, strict=True):
        rows.sheet.column_dimensions[letter].width = wide
    set_up_page(rows.sheet, across=1, repeated=1, header_row=1)
    rows.sheet.print_area = f"A1:B{len(said)}"
    for name, value in said:
        rows.line([(name, TEXT), (value, WRAPPED)], height_of([(value, _META[1])]))


SEAL = "seal"
"""The name of the seal in open data."""
DATA = "Data as issued"
"""The sheet of a workbook that holds what its SHA-256 is of."""
_ABOUT = (
    "What the SHA-256 is of, for a program that compares this workbook with it. A regional book does not "
    "accept a workbook in which this or any other cell was changed. These data are not printed."
)
_IN_A_CELL = 20_000


def sealed_package(package: Json, status: PaperStatus) -> Json:
    """Return issued open data with its seal; a draft has none."""
    if status.version is None:
        return package
    seal: Json = {"version": status.version, "data": status.sha256}
    return {**package, SEAL: {**seal, "sha256": sum_of({**package, SEAL: seal})}}


def sum_of(package: Mapping[str, Any]) -> str:
    """Return the sum of sealed open data, in which the sum itself is left out."""
    seal = {name: value for name, value in package[SEAL].items() if name != "sha256"}
    return hashlib.sha256(
        canonical.dumps({**package, SEAL: seal}).encode("utf-8", "surrogatepass")
    ).hexdigest()


def data_sheet(value: object, status: PaperStatus) -> tuple[TableSheet, ...]:
    """Return the sheet that seals an issued workbook; none for a draft."""
    if status.version is None:
        return ()
    seal = {
        "version": status.version,
        "row": status.journal_row,
        "head": status.journal_hash,
        "data": canonical.to_text(value),
    }
    text = json.dumps(seal, sort_keys=True)
    parts = [text[start : start + _IN_A_CELL] for start in range(0, len(text), _IN_A_CELL)]
    columns = columns_of("data as issued")
    return (TableSheet(DATA, DATA, _ABOUT, columns, list(enumerate(parts, 1)), is_on_paper=False),)
