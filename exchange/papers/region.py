"""The report of a regional book as a workbook: offices side by side, in tables and two charts."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from msgspec import Struct
from msgspec.structs import replace

from exchange.atomic import write_beside
from exchange.papers.open_data import DATA, SEAL, sum_of, validator
from exchange.papers.paper_check import compared
from exchange.papers.paper_reading import Printed, read_paper
from exchange.papers.paper_writing import write_paper
from exchange.xlsx.table import SheetChart, TableBook, TableColumn, TableSheet, columns_of, row_cells
from exchange.xlsx.table_book import write_table_book
from models.papers.kinds import KINDS, OPEN_DATA, has_pence
from models.papers.region import (
    Awarded,
    IssuedAward,
    IssuedFigures,
    OfficeRate,
    Region,
    kept_tables,
    unsound_words,
    whole_rate,
)
from models.papers.status import PaperStatus
from models.papers.year.summed_tables import YearTables
from models.papers.year.year_end_tables import Rate
from models.store.private_files import temporary_folder
from models.trouble import Trouble
from models.values import canonical
from scoring.money import one_form
from scoring.written.days import full_day
from scoring.written.text import Refused

TABLES, PICTURES = "tables", "xl/media/"
_ASK = "Ask the office for the file it issued."
_TAKEN = "A regional book takes open data (360giving, .json) and year tables (tables, .xlsx)."


def read_issued_figures(path: Path) -> IssuedFigures:
    """Return the figures of an issued file; Refused where it has no seal, or was changed since."""
    ending = path.suffix.casefold()
    if ending not in (".json", ".xlsx"):
        raise Refused(f"{path.name} cannot be checked here. {_TAKEN} Nothing was added.")
    printed = read_paper(path)
    return _of_open_data(path) if ending == ".json" else _of_tables(path, printed)


def _of_open_data(path: Path) -> IssuedFigures:
    package = canonical.loads(path.read_text(encoding="utf-8-sig"))
    seal = package.get(SEAL) if isinstance(package, dict) else None
    if not isinstance(seal, dict):
        raise _unsealed(path.name)
    if seal.get("sha256") != sum_of(package) or next(validator().iter_errors(package), None) is not None:
        raise _changed(path.name, "its contents do not match the sum that seals it")
    try:
        found = IssuedFigures(
            OPEN_DATA,
            package["publisher"]["name"],
            package["title"],
            int(seal["version"]),
            str(seal["data"]),
            datetime.fromisoformat(package["issued"]).replace(tzinfo=UTC),
            tuple(map(_award, package["grants"])),
        )
        return canonical.from_text(IssuedFigures, canonical.to_text(found))
    except (KeyError, ValueError, TypeError, IndexError, Refused) as error:
        raise Refused(
            f"{path.name} is sealed, but is not as this program issues open data. {_TAKEN} Nothing was added."
        ) from error


def _award(grant: Mapping[str, Any]) -> IssuedAward:
    recipient = grant["recipientOrganization"][0]
    place = grant.get("beneficiaryLocation", [{}])[0]
    charity, company = (recipient.get(name, "") for name in ("charityNumber", "companyNumber"))
    return IssuedAward(
        grant["id"],
        grant["title"],
        recipient["id"],
        recipient["name"],
        f"charity {charity}" if charity else f"company {company}" if company else "",
        grant["grantProgramme"][0]["title"],
        place.get("name", ""),
        _pence(grant["amountAppliedFor"]) if "amountAppliedFor" in grant else None,
        _pence(grant["amountAwarded"]),
        date.fromisoformat(grant["awardDate"]),
    )


def _pence(amount: float) -> int:
    pence = int(Decimal(format(amount, ".15g")) * 100)
    if not 0 <= pence <= canonical.LARGEST:
        raise ValueError(f"{amount} is not an amount of money")
    return pence


def _of_tables(path: Path, printed: Printed) -> IssuedFigures:
    value, status = _as_issued(printed)
    status = replace(status, logo=_picture(path, value.letterhead.logo))
    with temporary_folder() as folder:
        expected = read_paper(write_paper(TABLES, value, status, folder / "tables.xlsx"))
    found = compared(printed, expected) if printed.layout == expected.layout else ()
    if found:
        raise _changed(printed.name, found[0].words.replace("in the record", "in the data as issued"))
    figures = IssuedFigures(
        TABLES,
        value.office,
        _named(value),
        status.version or 0,
        status.sha256,
        status.made_at,
        (),
        kept_tables(value),
    )
    if words := unsound_words(figures):
        raise Refused(f"{path.name} of {value.office} does not add up: {words}. {_ASK} Nothing was added.")
    return figures


def _picture(path: Path, sha256: str) -> bytes:
    """Return the picture of a workbook that has this SHA-256, b"" where none has."""
    with ZipFile(path) as book:
        pictures = (book.read(name) for name in book.namelist() if name.startswith(PICTURES))
        return next((one for one in pictures if hashlib.sha256(one).hexdigest() == sha256), b"")


def _as_issued(printed: Printed) -> tuple[YearTables, PaperStatus]:
    """Return the tables of the data that a workbook was issued with, and what it was issued as."""
    try:
        seal = json.loads("".join(_data(printed)) or "null")
    except ValueError as error:
        raise _changed(printed.name, f"the sheet {DATA} cannot be read") from error
    if not isinstance(seal, dict):
        raise _unsealed(printed.name)
    data = str(seal.get("data"))
    sha256 = hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()
    if sha256 not in printed.digests:
        raise _changed(printed.name, "its data do not match the SHA-256 that it prints")
    try:
        canonical.loads(data)
        made_at = printed.made_at or datetime.now(UTC)
        status = PaperStatus(made_at, sha256, int(seal["version"]), int(seal["row"]), seal["head"])
        return canonical.from_text(YearTables, data), status
    except (ValueError, KeyError, TypeError, Refused) as error:
        raise _changed(printed.name, "its data are not those of year tables") from error


def _data(printed: Printed) -> Iterator[str]:
    """Yield the parts of the data, which stand below one another under a title, a note and headings."""
    for where, words in printed.places:
        sheet, _, cell = where.rpartition(", ")
        if sheet == DATA and cell.startswith("B") and int(cell[1:]) > 4:
            yield words


def _named(value: YearTables) -> str:
    """Return which tables a paper is of, by which a newer version takes its place."""
    of = sorted({f"{table.fund} {table.year}".strip() for table in value.tables if table.year})
    return f"{value.title}: {', '.join(of)}"


def _unsealed(name: str) -> Refused:
    return Refused(
        f"{name} has no seal: it is a draft, or was not issued by this program. {_TAKEN} "
        "Ask the office to export it with --issue. Nothing was added."
    )


def _changed(name: str, why: str) -> Refused:
    return Refused(f"{name} was changed after it was issued: {why.rstrip('.')}. {_ASK} Nothing was added.")


ENDING = ".figures.json"
_NAME = re.compile(r"[0-9a-f]{64}")


class Added(Struct, frozen=True):
    """What adding came to: the files that are new in the book, and the names of those it had already."""

    new: tuple[IssuedFigures, ...]
    known: tuple[str, ...]


def add_files(book: Path, files: Iterable[Path]) -> Added:
    """Add issued files to a book, which is made where it is not there; one that is refused refuses all."""
    if book.exists() and not book.is_dir():
        raise Refused(f"{book.name} is a file. A regional book is a folder: name one, or a new one.")
    read = [(path, read_issued_figures(path)) for path in files]
    new: dict[str, IssuedFigures] = {}
    known = []
    for path, figures in read:
        if figures.sha256 in new or _place(book, figures).exists():
            known.append(path.name)
        else:
            new[figures.sha256] = figures
    book.mkdir(parents=True, exist_ok=True)
    for figures in new.values():
        _write(book, figures)
    return Added(tuple(new.values()), tuple(known))


def read_book(book: Path) -> Region:
    """Return the figures of a book; Refused where there is none, Trouble where a file of it was damaged."""
    found = sorted(book.glob(f"*{ENDING}")) if book.is_dir() else []
    if not found:
        raise Refused(f"{book} is not a regional book yet. Add issued files first: region add {book} FILE…")
    return Region(tuple(_read(path) for path in found))


def _write(book: Path, figures: IssuedFigures) -> None:
    figured = canonical.to_text(figures)
    text = f"{figured}\n{_sum(figured)}\n"

    def write(part: Path) -> None:
        part.write_text(text, encoding="utf-8", newline="\n")

    def check(part: Path) -> None:
        canonical.from_text(IssuedFigures, _parts(part)[0])

    write_beside(_place(book, figures), write, check)


def _parts(path: Path) -> tuple[str, str]:
    """Return the figures of a file of the book, and their sum, which stands on the line below."""
    text, _, own = path.read_text("utf-8").rstrip("\n").rpartition("\n")
    return text or own, own


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> IssuedFigures:
    """Return the figures of a file of the book, which nobody changed and whose lines come to their sums."""
    try:
        text, own = _parts(path)
        figures = canonical.from_text(IssuedFigures, text)
    except (OSError, ValueError, Refused) as error:
        raise _damaged(path, "cannot be read") from error
    whose = f"the figures of {figures.office}, {figures.paper},"
    if own != _sum(text) or path != _place(path.parent, figures):
        raise _damaged(path, f"was changed after it was added: {whose} do not match their sum")
    if words := unsound_words(figures):
        raise _damaged(path, f"has {whose} which do not come to their own sums ({words})")
    return figures


def _damaged(path: Path, how: str) -> Trouble:
    return Trouble(
        f"{path.name} in {path.parent} {how}. Remove it from the folder, and add the file that the office "
        "issued again."
    )


def _place(book: Path, figures: IssuedFigures) -> Path:
    if not _NAME.fullmatch(figures.sha256):
        raise Refused(f"{figures.paper} of {figures.office} has no sum of its data. Nothing was added.")
    return book / f"{figures.sha256}{ENDING}"


TITLE, OFFICIAL = "Regional book", "OFFICIAL"
_AS_ISSUED = "As the offices issued it; each file was verified against its seal."
_NOTHING_ASKED = (
    "Asked is as submitted, and awards for which nobody applied count under Awarded and not under Asked."
)
_OF_OFFICES = ("Awarded by office", "What each office awarded, in pounds.")
_OF_YEARS = ("Awarded by year", "What all offices awarded in each financial year, in pounds.")


def write_region_report(region: Region, made_at: datetime, path: Path) -> Path:
    with one_form(has_pence=has_pence(region)):
        return _write_report(region, made_at, path)


def _write_report(region: Region, made_at: datetime, path: Path) -> Path:
    offices = region.awarded("office")
    years = region.awarded("year")
    funds = region.awarded("office", "award.fund", "year")
    sheets = (
        _sums("Offices", "Awards by office", offices, SheetChart(*_OF_OFFICES, (3,), is_money=True)),
        _sums("Years", "Awards by year", years, SheetChart(*_OF_YEARS, (3,), is_money=True)),
        _sums("Funds", "Awards by office, fund and year", funds),
        _rates(region),
        _money(region),
        *((_shared(region),) if region.shared else ()),
        TableSheet("Awards", "Every award", _AS_ISSUED, columns_of("region awards"), region.awards),
        _files(region),
    )
    title = f"{TITLE}, {full_day(made_at)}"
    return write_table_book(TableBook(title, OFFICIAL, _AS_ISSUED, made_at, sheets), path)


def _sums(name: str, title: str, lines: Sequence[Awarded], chart: SheetChart | None = None) -> TableSheet:
    columns = (*columns_of(f"region {name.lower()}"), *columns_of("region awarded"))
    note = f"From open data. {_AS_ISSUED}"
    if sum(line.asked_pence for line in lines) < sum(line.awarded_pence for line in lines):
        note += f" {_NOTHING_ASKED}"
    return TableSheet(name, title, note, columns, lines, chart=chart)


def _rates(region: Region) -> TableSheet:
    whole = whole_rate([line.rate for line in region.rates])
    columns = (*columns_of("region rates of"), *_rate_columns(whole))
    note = (
        "From year tables: applications that were not withdrawn and are decided. What was awarded without a "
        f"competition is not counted here. What was asked for is as each office corrected it. {_AS_ISSUED}"
    )
    return TableSheet("Award rates", "Award rates by office, fund and year", note, columns, region.rates)


def _rate_columns(whole: Rate) -> Iterator[TableColumn]:
    """Yield the columns of a rate, with that of all in the row of totals."""
    columns = columns_of("region rates")
    (of_all,) = row_cells(columns, [OfficeRate("", "", "", whole)])
    for column, total in zip(columns, of_all, strict=True):
        yield replace(column, total=total)


def _money(region: Region) -> TableSheet:
    columns = columns_of("region money")
    note = (
        "From year tables, at the year's end or as it stood on the day of issue. Start-up money is in the "
        "budget and counts as committed in the percentage, which is of the budget and what was brought "
        f"forward. {_AS_ISSUED}"
    )
    return TableSheet("Money", "Money by office, fund and year", note, columns, region.money)


def _shared(region: Region) -> TableSheet:
    columns = columns_of("region several offices")
    note = f"Matched by their number with the regulator, never by name. {_AS_ISSUED}"
    sheet = TableSheet("Several offices", "Recipients of several offices", note, columns, region.shared)
    return replace(sheet, nothing="No recipient has awards of several offices.")


def _files(region: Region) -> TableSheet:
    columns = columns_of(
        "region files",
        paper=lambda paper: KINDS[paper.kind].words,
        made_on=lambda paper: paper.made_at.date(),
    )
    note = "The files that count, each with the SHA-256 of its data, which its office's own record has too."
    bare = [
        f"{paper.office}, {paper.paper.rstrip(': ')}" for paper in region.current if not paper.has_figures
    ]
    if bare:
        note = f"{note} Kept as printed, so nothing of them is compared: {'; '.join(bare)}."
    return TableSheet("Files", "The files", note, columns, region.current)
