"""Read a public register in the reading process: which layout it is, and what is kept of its rows.

What is looked for comes as one line of JSON on standard input. Prints a line whenever another piece is
read, so that whoever waits can tell slow from stuck, and at last a line with what was found.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO

import msgspec
from msgspec.structs import replace

from exchange.reading.big_files import (
    BigFile,
    Counted,
    comma_rows,
    damage_as_trouble,
    is_package,
    is_workbook,
    json_rows,
    lines_of,
    open_text,
    parts_of,
    sheet_rows,
    tab_rows,
    texts_of,
    xml_entries,
)
from exchange.reading.registers import (
    NEARLY,
    Layout,
    Sought,
    a_day,
    bank_entries,
    bank_table_of,
    day_in_name,
    layout_of,
    near_layout_words,
    refuse_part,
)
from exchange.reading.sheet_scan import trouble
from models.values.diligence import REGISTERS, NearNames, RegisterEntry, Wanted

EVERY_BYTES = 4_000_000
"""Of the file itself, between two lines on how far it is read."""
MOST_ODD = 100
"""One row in so many may be of another width; more is another layout."""
MOST_HITS = 20
"""Entries of one name that are kept."""
HEAD = 10
"""Rows in which the headings stand."""
_CHOOSE = (
    "choose the Charity Commission's publicextract.charity, Companies House's BasicCompanyData, the UK "
    "Sanctions List, or the banks' valacdos.txt or scsubtab.txt, as it was downloaded"
)
_XML_NAMES = {
    "NameType": "name type",
    "AliasStrength": "alias strength",
    **{f"Name{part}": f"name {part}" for part in range(1, 7)},
}
OFSI_TAG = "FinancialSanctionsTarget"
_OFSI_NAMES = {
    "groupid": "group id",
    "grouptypedescription": "group type",
    "aliastype": "alias type",
    "aliasquality": "alias quality",
    **{f"name{part}": f"name {part}" for part in range(1, 7)},
}
"""The headings of OFSI's table by the tags of its XML, which writes name1 and Name6."""
Rows = Iterable[Sequence[str]]
Line = dict[str, object]


def register_line(path: Path, told: str) -> Line:
    """Return what is in a register of what is looked for; raises `Trouble` for what is none."""
    wanted = msgspec.json.decode(told, type=Wanted)
    with damage_as_trouble():
        refuse_part(path.name)
        return _read(path, wanted, _Progress())


class _Progress:
    """Prints how far the file is read, each time another piece is."""

    def __init__(self) -> None:
        self._next = 0

    def __call__(self, done: int) -> None:
        if done >= self._next:
            self._next = done + EVERY_BYTES
            print(json.dumps({"done": done}), flush=True)


def _read(path: Path, wanted: Wanted, report: Callable[[int], None]) -> Line:
    with path.open("rb") as file:
        if is_package(file):
            with zipfile.ZipFile(file) as package:
                if is_workbook(parts_of(package)):
                    return _rows_read(sheet_rows(path), wanted, path.name, is_sheet=True)
        elif _is_xml(file):
            return _rows_read(_xml_rows(Counted(file, file, report)), wanted, path.name)
    with open_text(path, report) as text:
        refuse_part(text.name)
        if text.name.casefold().endswith(".xml"):
            raise trouble("is a zip archive with an XML file in it", "unpack it and choose that file")
        return _rows_read(_text_rows(text), wanted, f"{path.name} {text.name}")


def _is_xml(file: IO[bytes]) -> bool:
    start = file.read(200)
    file.seek(0)
    return any(sign in start for sign in (b"<?xml", b"<Designations", b"<ArrayOfFinancialSanctionsTarget"))


def _xml_rows(stream: Counted) -> Iterator[Sequence[str]]:
    """Yield the names of the UK Sanctions List's XML, or OFSI's, as rows under the headings of its table."""
    has_headings = False
    for element in xml_entries(stream, "Designation", "DateGenerated", OFSI_TAG):
        if element.tag.endswith(OFSI_TAG):
            if not has_headings:
                yield list(_OFSI_NAMES.values())
                has_headings = True
            said = {each.tag.rpartition("}")[2].casefold(): each.text or "" for each in element}
            yield [said.get(tag, "") for tag in _OFSI_NAMES]
            continue
        if element.tag == "DateGenerated":
            yield [element.text or ""]
            continue
        if not has_headings:
            yield ["unique id", "designation type", *_XML_NAMES.values()]
            has_headings = True
        about = [element.findtext("UniqueID") or "", element.findtext("IndividualEntityShip") or ""]
        for name in element.iterfind("Names/Name"):
            yield [*about, *(name.findtext(tag) or "" for tag in _XML_NAMES)]


def _text_rows(text: BigFile) -> Rows:
    """Return the rows of a text: objects of JSON, else cut at tabs where its first line has some."""
    texts = texts_of(text.chunks)
    first = next(texts, "")
    whole = chain((first,), texts)
    if first.lstrip()[:1] in ("[", "{"):
        return json_rows(whole)
    by_tab = "\t" in first.partition("\n")[0]
    return tab_rows(lines_of(whole)) if by_tab else comma_rows(lines_of(whole), _delimiter(first))


def _delimiter(first: str) -> str:
    """Return what parts values: a semicolon where a table was saved again in another country's way."""
    heads = (line.replace('"', "").split(";") for line in first.split("\n", HEAD)[:HEAD])
    return ";" if any(layout_of(head) is not None for head in heads) else ","


def _rows_read(rows: Rows, wanted: Wanted, name: str, *, is_sheet: bool = False) -> Line:
    """Find the headings, then what is kept of the rows below them."""
    reader = iter(rows)
    on, near = day_in_name(name), ""
    for row in islice(reader, HEAD):
        table = bank_table_of(row[0]) if len(row) == 1 else None
        if table is not None:
            entries = bank_entries(table, chain((row,), reader))
            return _line(table, on, (len(entries), 0), entries)
        layout = layout_of(row)
        if layout is not None:
            break
        on, near = _dated(row) or on, near or near_layout_words(row)
    else:
        raise trouble(near or "has none of the headings of a register that is read", _CHOOSE)
    headings = [heading.strip().casefold() for heading in row]
    taken = _Taken(layout, wanted, headings)
    width = len(headings)  # of a sheet what is empty at the end of a row may be left out
    taken.take_all(([*row[:width], *[""] * (width - len(row))] for row in reader) if is_sheet else reader)
    return taken.line(on)


def _line(register: str, on: date | None, many: tuple[int, int], entries: Iterable[RegisterEntry]) -> Line:
    """Return what was found as the process prints it; `many` are the rows, and those that were odd."""
    rows, odd = many
    said = {"register": register, "on": on, "rows": rows, "odd": odd, "entries": tuple(entries)}
    return msgspec.to_builtins(said)  # type: ignore[no-any-return]


def _dated(row: Sequence[str]) -> date | None:
    """Return the day in a line before the headings: "Report Date: 25-Feb-2026", "Last Updated,25/02/2026"."""
    said = " ".join(row)
    return next(
        (day for word in (*row, said.rpartition(":")[2], said.rpartition(" ")[2]) if (day := a_day(word))),
        None,
    )


class _Taken:
    """What is kept of a register while its rows go by."""

    def __init__(self, layout: Layout, wanted: Wanted, headings: list[str]) -> None:
        self._layout, self._headings = layout, headings
        names = NearNames(wanted.names, wanted.people)
        self._sought = Sought(frozenset(wanted.keys(layout.register)), names)
        self._quick = layout.quick(wanted)
        self._found: dict[str, list[RegisterEntry]] = {}
        self.rows, self.odd, self._on, self._is_cut = 0, 0, "", False

    def take_all(self, rows: Iterator[Sequence[str]]) -> None:
        """Go through all rows, looking closer only where the key is one that is wanted."""
        width, layout = len(self._headings), self._layout
        key_at = self._headings.index(layout.key_at) if layout.key_at else -1
        quick, many, odd = self._quick, 0, 0
        row: Sequence[str] = ()
        for row in rows:
            many += 1
            if len(row) != width:
                is_blank = not any(row)
                odd, many = odd + (not is_blank), many - is_blank
            elif key_at < 0 or row[key_at] in quick or row[key_at].strip() in quick:
                self._take(row)
            elif many == 1:
                self._take_day(row)
        self.rows, self.odd, self._is_cut = many, odd, any(row) and len(row) < width

    def _take(self, row: Sequence[str]) -> None:
        self._take_day(row)
        said = dict(zip(self._headings, row, strict=False))
        for entry in self._layout.entries(said, self._sought):
            there = self._found.setdefault(entry.key, [])
            if not self._layout.key_at:
                if entry not in there:
                    exact = [each for each in there if not each.what.endswith(NEARLY)]
                    there.insert(len(there) if entry.what.endswith(NEARLY) else len(exact), entry)
                    del there[MOST_HITS:]
            elif not there or there[0].ended_on is not None:
                there[:] = [entry]

    def _take_day(self, row: Sequence[str]) -> None:
        if self._layout.dated_at in self._headings and not self._on:
            self._on = row[self._headings.index(self._layout.dated_at)]

    def line(self, on: date | None) -> Line:
        """Return what was found; raises `Trouble` where too little of it is as it should be."""
        if not self.rows:
            raise trouble(f"has no rows of the {REGISTERS[self._layout.register]}", "download it again")
        if self.odd * MOST_ODD > self.rows and self.odd > 1:
            raise trouble(
                f"has {self.odd:,} of {self.rows:,} rows that are not of the register's layout",
                "download it again",
            )
        if self._is_cut:
            raise trouble("ends in the middle of a row, so it is incomplete", "download it again")
        day = a_day(self._on.partition("T")[0]) or on
        entries = (
            replace(entry, place=place)
            for key in sorted(self._found)
            for place, entry in enumerate(self._found[key], 1)
        )
        return _line(self._layout.register, day, (self.rows, self.odd), entries)
