"""Write a round's schedules into a folder: what was asked, done on the work lane, told in a sentence."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from re import sub

from gui.pages.round_figures import RoundFigures
from gui.runner import Cancelled, Ticket
from scoring.schedule import Paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers to write, of which area (None for all), and where."""

    folder: Path
    area: str | None
    has_xlsx: bool
    has_pdf: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was written before the end; `is_cancelled` when the person stopped it."""

    paths: tuple[Path, ...]
    is_cancelled: bool = False


def suggested_name(figures: RoundFigures, area: str | None) -> str:
    """Return the name of the papers without an ending."""
    parts = (figures.line.fund, figures.line.name, figures.line.year.replace("/", "-"), area or "")
    words = " ".join(part for part in parts if part)
    return sub(r'[\\/:*?"<>|]+', "-", f"{words} award schedule").strip()


def write_schedules(figures: RoundFigures, wanted: Wanted, at: datetime, ticket: Ticket) -> Written:
    """Write the papers one after the other and return where they are.

    The writers are imported here, not at the top: they load the file libraries, which would slow the
    window's start.
    """
    from exchange.schedule_pdf import write_schedule_pdf
    from exchange.schedule_values import award_schedule
    from exchange.schedule_xlsx import write_schedule_xlsx

    schedule = award_schedule(figures.rows, figures.ranking, figures.settled, Paper(at), area=wanted.area)
    writers = [(write_schedule_xlsx, ".xlsx")] * wanted.has_xlsx + [
        (write_schedule_pdf, ".pdf")
    ] * wanted.has_pdf
    name = suggested_name(figures, wanted.area)
    written = []
    for number, (write, ending) in enumerate(writers):
        tick = partial(_tick, ticket, number, len(writers))
        try:
            tick(0, 1)
            written.append(write(schedule, wanted.folder / f"{name}{ending}", tick))
        except Cancelled:
            return Written(tuple(written), is_cancelled=True)
    return Written(tuple(written))


def written_words(written: Written) -> str:
    """Return the sentence that tells what was written where."""
    if not written.paths:
        return "Cancelled. Nothing was written."
    names = " and ".join(f"“{path.name}”" for path in written.paths)
    where = f"{names} in {written.paths[0].parent}"
    if written.is_cancelled:
        return f"Cancelled. {where} was finished before; nothing else was written."
    draft = "a draft" if len(written.paths) == 1 else "drafts"
    return f"Written as {draft}: {where}. The record is unchanged."


def _tick(ticket: Ticket, number: int, papers: int, done: int, total: int) -> None:
    """Report one paper's progress as its part of the whole, in thousandths."""
    part = 1000 * done // max(total, 1)
    ticket.tick(number * 1000 + part, papers * 1000)
