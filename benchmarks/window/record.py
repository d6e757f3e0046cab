"""A made-up record for the window: 1,000 applications in 8 areas, 7 criteria, 3 members, all marked."""

from pathlib import Path

from msgspec.structs import replace

from benchmarks.made_schedule import made_rows
from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import AgreedRow, InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import InterestKind
from scoring.scheme import Combine, Criterion, Scheme, Side

CHAIR, MEMBER = "Priya Nair", "Tom Hale"
WEIGHTS = (25, 15, 15, 15, 10, 15, 5)
COUNT = 1_000
MEETING, SCORING = "Area A", "Area B"
"""The area whose panel meets, and the one that is still being scored: one of its sheets is blank."""
BLANK = "ACF-00001"


def write_record(path: Path, count: int = COUNT, key: str | None = None) -> Path:
    """Write the record, encrypted where a key is given, and close it."""
    actor = Actor(CHAIR, "chair")
    with Record.create(path, Opener(CHAIR, "benchmarks"), key=key) as record:
        record.perform(LoadRound(rows(count)), actor)
        for area, stages in ((MEETING, ("scoring", "meeting")), (SCORING, ("scoring",))):
            for stage in stages:
                record.perform(MoveAreas(1, (area,), stage), actor)
    return path


def rows(count: int = COUNT) -> RoundRows:
    """Return the round; the panel agrees on the first member's marks."""
    made = made_rows(count)
    sheets = tuple(_cut(sheet) for sheet in made.sheets if (sheet.member, sheet.application) != ("M2", BLANK))
    chairs = [sheet for sheet in sheets if sheet.member == "M1"]
    return replace(
        made,
        scheme=_scheme(),
        members=(
            MemberRow("M1", CHAIR, "chair"),
            MemberRow("M2", MEMBER),
            MemberRow("M3", "Grace Okoro"),
        ),
        interests=tuple(InterestRow(code, None, InterestKind.NONE) for code in ("M1", "M2", "M3")),
        sheets=sheets,
        agreed=tuple(
            AgreedRow(sheet.application, sheet.marks, ("",) * len(WEIGHTS))
            for sheet in chairs
            if sheet.application != BLANK
        ),
    )


def _cut(sheet: SheetRow) -> SheetRow:
    marks = sheet.marks[: len(WEIGHTS)]
    return replace(sheet, marks=marks, reasons=("Meets the need that the form describes.",) * len(marks))


def _scheme() -> Scheme:
    criteria = tuple(
        Criterion(f"A{i}", f"Question {i}", Side.QUALITY if i < 6 else Side.COST, weight * 10_000)
        for i, weight in enumerate(WEIGHTS, 1)
    )
    rules = ("criterion:A1", "criterion:A6", "quality", "cost", "requested", "received", "chair")
    return Scheme(criteria, combine=Combine.CONSENSUS, quorum=2, ladder=rules)
