"""A paper as it is looked at: written into a folder that is gone at once, and read back."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gui.pages.papers.exports.asking import Asked, Chosen
from gui.pages.papers.exports.kinds import Offered
from gui.pages.papers.exports.naming import title_of
from gui.pages.papers.exports.sources import PaperSource, ScheduleSource, Source
from gui.pages.papers.exports.words import NOTHING_RANKED, schedule_control
from gui.record.runner import Ticket
from models.papers.letters import Letters
from models.queries.deciding.round_figures import RoundFigures, work_out
from models.store.passing_files import passing_folder
from models.trouble import Trouble
from models.values.round_line import RoundLine
from scoring.money import without_noughts
from scoring.refused import Refused
from scoring.schedule.canonical import sha256
from scoring.schedule.values import Paper

if TYPE_CHECKING:
    from exchange.papers.paper_preview import ShownSheet
    from scoring.sensitivity.list_sensitivity import ListSensitivity


@dataclass(frozen=True, slots=True)
class PagesView:
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class SheetsView:
    """The sheets of a workbook or the lines of a list."""

    sheets: "tuple[ShownSheet, ...]"


@dataclass(frozen=True, slots=True)
class LettersView:
    """Letters, each of which is read when it is chosen."""

    source: PaperSource
    letters: Letters


View = PagesView | SheetsView | LettersView


@dataclass(frozen=True, slots=True)
class Ready:
    """A paper that can be written: what it is in words, what it comes to, and how it looks."""

    paper: Offered
    title: str
    control: str
    source: Source
    view: View

    @property
    def is_draft(self) -> bool:
        """Whether it was not issued with these values."""
        return self.source.version is None


def make_ready(
    chosen: Chosen, line: RoundLine, found: Asked | PaperSource, form: str, at: datetime, ticket: Ticket
) -> Ready:
    """Work a schedule out where it is one, then write the form that is looked at and read it back."""
    source = _worked_out(found, chosen, line, at, ticket) if isinstance(found, Asked) else found
    title = title_of(chosen, line)
    return Ready(chosen.paper, title, control_of(source), source, _view(source, form, ticket))


def control_of(source: Source) -> str:
    """Return count and sum of a paper as screens show them."""
    if isinstance(source, ScheduleSource):
        return schedule_control(source.schedule)
    assert isinstance(source, PaperSource), "there are two kinds of source"
    return without_noughts(source.value.control)


def _worked_out(
    asked: Asked, chosen: Chosen, line: RoundLine, at: datetime, ticket: Ticket
) -> ScheduleSource:
    """Work a schedule out; the file libraries are loaded here, not at the window's start."""
    from exchange.papers.schedule.schedule_values import award_schedule

    figures = work_out(line, asked.round)
    schedule = award_schedule(figures.rows, figures.ranking, asked.settled, Paper(at), area=chosen.area)
    if not schedule.lines:
        raise Refused(NOTHING_RANKED)
    if asked.paper is not None and asked.newest_sha256 == sha256(schedule):
        schedule = replace(schedule, paper=asked.paper)
    sure = _how_sure(figures, chosen.area, ticket) if chosen.with_sure else None
    return ScheduleSource(figures, schedule, asked.row, sure)


def _how_sure(figures: RoundFigures, area: str | None, ticket: Ticket) -> "ListSensitivity":
    from scoring.sensitivity.list_sensitivity import sensitivity_of  # loads the sums of thousands of lists

    members = [member.code for member in figures.rows.members]
    return sensitivity_of(figures.round, figures.ranking, members, area, ticket.tick)


def _view(source: Source, form: str, ticket: Ticket) -> View:
    if isinstance(source, PaperSource) and isinstance(source.value, Letters):
        return LettersView(source, source.value)
    try:
        with passing_folder() as folder:
            return _read_back(source.write(folder / f"paper{form}", ticket.tick))
    except OSError as error:
        raise Trouble(
            "The pages cannot be shown, since nothing can be written into the folder for temporary files "
            f"({error.strerror}). Nothing was changed; make room there and work it out again."
        ) from error


def _read_back(path: Path) -> PagesView | SheetsView:
    if path.suffix == ".pdf":
        from exchange.pdf.pdf_images import count_pages

        pdf = path.read_bytes()
        return PagesView(pdf, count_pages(pdf))
    from exchange.papers.paper_preview import shown_sheets

    return SheetsView(shown_sheets(path))
