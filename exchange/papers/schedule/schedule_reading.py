"""Reading an issued award schedule back, from its cells or its PDF's text, to compare it with the record.

paper = read_issued(Path("schedule.pdf"))
differences(paper, content_of_the_issue_with(paper.sha256))
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from exchange.papers.schedule.schedule_conditions import numbered
from exchange.papers.schedule.schedule_pdf_reading import read_pdf
from exchange.papers.schedule.schedule_reading_lines import (
    IssuedLine,
    all_areas,
    area_from_pdf,
    area_from_xlsx,
    as_earlier,
    conditions_of,
    from_pdf,
    from_xlsx,
    is_same_text,
    listed_condition,
)
from exchange.papers.schedule.schedule_xlsx_reading import read_xlsx
from models.trouble import Trouble
from scoring.scheme import RankedBy

NOTHING_EARLIER: Mapping[str, str] = MappingProxyType({})


class IssuedPaper(Struct, frozen=True):
    """What a paper says: the SHA-256 of its data ("" when it has none), its lines and areas, as printed."""

    name: str
    sha256: str
    is_pdf: bool
    lines: tuple[IssuedLine, ...]
    areas: tuple[IssuedLine, ...] = ()
    conditions: tuple[IssuedLine, ...] = ()


def read_issued(path: Path) -> IssuedPaper:
    """Return what an issued schedule says; Trouble when the file is no schedule that can be read."""
    is_pdf = path.suffix.casefold() == ".pdf"
    read = read_pdf(path) if is_pdf else read_xlsx(path)
    if not read.sha256 and not read.lines:
        raise Trouble(f"{path.name} is not an award schedule; choose an .xlsx or .pdf that was issued.")
    return IssuedPaper(path.name, read.sha256, is_pdf, read.lines, read.areas, read.conditions)


def differences(paper: IssuedPaper, content: str) -> tuple[str, ...]:
    """Return every difference between a paper and the stored values (canonical JSON), one sentence each."""
    values = json.loads(content)
    priced = values["ranked_by"] == RankedBy.PRICE_PER_QUALITY_POINT
    numbers = numbered(conditions_of(line) for line in values["lines"]) if paper.conditions else {}
    printed = partial(from_pdf if paper.is_pdf else from_xlsx, numbers=numbers)
    expected = {line["reference"]: printed(line, priced=priced) for line in values["lines"]}
    is_earlier = not (paper.is_pdf or numbers)
    earlier = {line["reference"]: as_earlier(line) for line in values["lines"]} if is_earlier else {}
    return (
        *_differences(paper, expected, earlier),
        *_condition_differences(paper, numbers),
        *_area_differences(paper, values),
    )


def _condition_differences(paper: IssuedPaper, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield what the list of conditions differs in; a paper without one has them in its lines."""
    listed = partial(listed_condition, is_pdf=paper.is_pdf)
    wanted = {str(number): listed(number, text) for text, number in numbers.items()}
    found = {line.reference: line for line in paper.conditions}
    for number, line in wanted.items():
        if number not in found:
            yield f"Condition {number} is in the record's issue but not on {paper.name}."
        elif not is_same_text(found[number].cells["condition"], line.cells["condition"]):
            yield f"Condition {number} is not on {paper.name} as it was issued."
    for number in sorted(found.keys() - wanted.keys()):
        yield f"Condition {number} is on {paper.name} but not in the record's issue."


def _differences(
    paper: IssuedPaper, expected: Mapping[str, Mapping[str, Any]], earlier: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    seen: set[str] = set()
    keys = {_key(reference): reference for reference in expected}
    for line in paper.lines:
        reference = keys.get(_key(line.reference))
        if reference is None:
            yield f"{line.reference} is on {paper.name} but not in the record's issue."
            continue
        if reference in seen:
            yield f"{reference} appears twice on {paper.name}."
        seen.add(reference)
        yield from _in_line(reference, line, expected[reference], earlier.get(reference, {}))
    for reference in expected:
        if reference not in seen:
            yield f"{reference} is in the record's issue but not on {paper.name}."


def _area_differences(paper: IssuedPaper, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what areas' sums differ in, told by their order; a workbook sums all of them up as well."""
    printed = area_from_pdf if paper.is_pdf else area_from_xlsx
    has_awards = any(line["awarded"] is not None for line in values["lines"])
    areas = [*values["areas"], *([] if paper.is_pdf else [all_areas(values["areas"])])]
    if len(paper.areas) != len(areas):
        yield f"{paper.name} has sums of {len(paper.areas)} areas, the record's issue of {len(areas)}."
        return
    for line, area in zip(paper.areas, areas, strict=True):
        expected = printed(area, has_awards=has_awards)
        if area not in values["areas"]:
            del expected["area"]  # the name of a total: in whatever word the office has for an area
        yield from _in_line(area["area"], line, expected)


def _in_line(
    reference: str,
    line: IssuedLine,
    expected: Mapping[str, Any],
    earlier: Mapping[str, str] = NOTHING_EARLIER,
) -> Iterator[str]:
    """Yield what a line differs in; it may print a cell as `earlier` papers did."""
    for column, wanted in expected.items():
        found = line.cells.get(column, "")
        if not (is_same_text(found, wanted) or is_same_text(found, earlier.get(column, wanted))):
            printed, stored = found or "blank", wanted or "blank"
            yield f"{reference}: {column} is {printed} on the paper, {stored} in the record."


def _key(reference: str) -> str:
    return "".join(reference.split())
