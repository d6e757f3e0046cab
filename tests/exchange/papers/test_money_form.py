"""One form of money in each paper: whole pounds, or pence throughout where one of its sums has some."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.papers import paper_reading
from exchange.papers.paper_writing import write_paper
from models.papers.kinds import AGREEMENT, KINDS, SCHEDULE, has_pence
from models.papers.order import PaperOrder
from models.queries.papers.papers import draft_status
from models.record import Record
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended

NOW = datetime(2027, 1, 5, tzinfo=UTC)
SUM = re.compile(r"£[\d,]+(?:\.\d\d)?")
AVERAGES = ("asked for each", "to the nearest", "asked-for-each")
OTHERS = re.compile("ACF-00[23]|call|form|spending|contracts|subsid")
"""Papers of a round that have nothing of its first application."""
MONEY = re.compile(r'^"£"#,##0(\.00)?;\[Red\]')


def sums_of(path: Path) -> Iterator[str]:
    """Yield the sums that a paper prints, averages apart; of a workbook those that its formats show too."""
    for _, words in paper_reading.read_paper(path).places:
        if not any(one in words for one in AVERAGES):
            yield from SUM.findall(words)
    if path.suffix == ".xlsx":
        cells = (cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row)
        shown = (MONEY.match(cell.number_format) for cell in cells if cell.value is not None)
        yield from ("£0.00" if each[1] else "£0" for each in shown if each)


def papers_of(record: Record, folder: Path) -> Iterator[Path]:
    """Draw every paper of the round, its month and its year, and yield its files."""
    for kind in KINDS.values():
        order = PaperOrder(kind.code, NOW, round_id=1 if kind.is_of_round else None)
        order = order if kind.is_of_round else replace(order, period="2026/27")
        order = replace(order, award="A-031-01") if kind.code == AGREEMENT else order
        try:
            value = record.ask(partial(kind.ask, order=order))
        except Refused:
            continue
        status = record.ask(partial(draft_status, order=order, value=value))
        if kind.fills_a_folder:
            write_paper(kind.code, value, status, folder / kind.code)
            yield from (path for path in (folder / kind.code).iterdir() if path.is_file())
        else:
            for ending in kind.endings:
                yield write_paper(kind.code, value, status, folder / f"{kind.code}{ending}")


def drawn(record: Record, folder: Path) -> dict[str, list[str]]:
    """Return the sums of every paper of the round, its month and its year, by kind and ending."""
    files = papers_of(record, folder)
    return {path.name: list(sums_of(path)) for path in files if not path.name.startswith("All letters")}


def decided_with(record: Record, pence: int) -> Record:
    """Decide three awards, the first of £1,000 and these pence."""
    rows = deciding_rows()
    first = replace(rows.applications[0], requested_pence=100_000 + pence)
    recommended(record, replace(rows, applications=(first, *rows.applications[1:])))
    decide(record)
    return record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as made:
        yield made


@pytest.fixture(autouse=True)
def _with_noughts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read sums as they are printed: a check of papers reads £1,500.00 as £1,500."""
    monkeypatch.setattr(paper_reading, "without_noughts", str)


def test_one_amount_with_pence_gives_every_sum_of_its_paper_pence(record: Record, tmp_path: Path) -> None:
    found = drawn(decided_with(record, 50), tmp_path)

    mixed = {name for name, sums in found.items() if len({"." in one for one in sums}) > 1}
    assert mixed == set()
    whole = {name for name, sums in found.items() if sums and "." not in sums[0]}
    assert {name for name in whole if not OTHERS.match(name)} == set()
    assert any(name.startswith("ACF-001") and sums for name, sums in found.items())


def test_a_variation_with_pence_gives_every_sum_of_a_schedule_pence(record: Record, tmp_path: Path) -> None:
    kind, order = KINDS[SCHEDULE], PaperOrder(SCHEDULE, NOW, round_id=1)
    decided_with(record, 0)
    whole = record.ask(partial(kind.ask, order=order))
    value = replace(whole, amended=(("ACF-001", "On 4 Jan 2027 £1,000.00 becomes £900.50"),))
    status = record.ask(partial(draft_status, order=order, value=value))

    for ending in kind.endings:
        found = list(sums_of(write_paper(SCHEDULE, value, status, tmp_path / f"varied{ending}")))
        assert {"." in one for one in found} == {True}
    assert not has_pence(replace(whole, amended=(("ACF-001", "On 4 Jan 2027 £1,000.00 becomes £900.00"),)))
