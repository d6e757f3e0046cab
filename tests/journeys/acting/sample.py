"""What the panels of the sample workbooks entered, for members whose keys a journey does not press."""

from collections.abc import Iterator

from msgspec import Struct
from openpyxl import load_workbook

import resources

Row = dict[str, object]


class Marked(Struct, frozen=True):
    """A row of marks with their reasons; `member` is "" for what was agreed."""

    member: str
    application: str
    marks: dict[str, int]
    reasons: dict[str, str]
    dissent: str = ""


class Panel:
    """One of the sample panels' workbooks."""

    def __init__(self, name: str) -> None:
        book = load_workbook(resources.path(f"sample/{name}-panel.xlsx"))
        self._sheets = {sheet.title: list(_rows(list(sheet.values))) for sheet in book}

    def pots(self) -> str:
        """Return areas and pots as an officer pastes them from Excel."""
        columns = ("Area", "Amount", "Start-up", "Already committed")
        return "\n".join("\t".join(str(row[c]) for c in columns) for row in self._sheets["Pots"])

    def marks(self) -> tuple[Marked, ...]:
        """Return every member's marks."""
        return tuple(_marked(row, "comment") for row in self._sheets["Marks"])

    def agreed(self) -> tuple[Marked, ...]:
        """Return the marks that the panel agreed."""
        return tuple(_marked(row, "reason") for row in self._sheets["Agreed"])


def _rows(values: list[tuple[object, ...]]) -> Iterator[Row]:
    heads = [str(head) for head in values[0]]
    return (dict(zip(heads, row, strict=True)) for row in values[1:])


def _marked(row: Row, why: str) -> Marked:
    marks = {head: mark for head, mark in row.items() if isinstance(mark, int)}
    reasons = {code: str(row[f"{code} {why}"]) for code in marks if row[f"{code} {why}"]}
    return Marked(
        str(row.get("Member", "")), str(row["Application"]), marks, reasons, str(row.get("Dissent") or "")
    )
