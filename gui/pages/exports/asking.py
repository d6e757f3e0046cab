"""What the Exports page shows, asked on the record lane and made on the work lane."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from gui.pages import round_figures
from gui.pages.round_figures import RoundFigures, ask_round, work_out
from gui.runner import Ticket
from models import journal
from models.issuing import issued_paper
from models.queries.issue_lines import IssueLine, issue_lines
from models.queries.rounds import RoundLine
from models.record import utc_now
from models.trouble import Trouble
from scoring.schedule import AwardSchedule, Paper
from scoring.schedule_canonical import sha256


class Answer(NamedTuple):
    """What the record says; `paper` is the newest version's, `row` the journal's last at the time."""

    round: round_figures.Answer
    issues: tuple[IssueLine, ...]
    paper: Paper | None
    row: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A schedule with its PDF, as a draft or, where the newest version holds the same, as that one.

    `row` is the journal's last row that the figures know of; `pdf` is empty when nothing is ranked.
    """

    figures: RoundFigures
    schedule: AwardSchedule
    sha256: str
    row: int
    pdf: bytes
    pages: int


def ask_exports(round_id: int, area: str | None) -> Callable[..., Answer]:
    """Return the query for a round's figures and the issued versions of one area's schedule, or of all."""
    return partial(_answer, round_id=round_id, area=area or "")


def prepare(line: RoundLine, answer: Answer, area: str | None, at: datetime, ticket: Ticket) -> Prepared:
    """Work the schedule out and write its PDF into a folder that is gone at once.

    The writers are imported here, not at the top: they load the file libraries, which would slow the
    window's start.
    """
    from exchange.pdf_images import count_pages
    from exchange.schedule_values import award_schedule

    figures = work_out(line, answer.round)
    schedule = award_schedule(figures.rows, figures.ranking, figures.settled, Paper(at), area=area)
    digest = sha256(schedule)
    if answer.paper is not None and answer.issues[0].sha256 == digest:
        schedule = replace(schedule, paper=answer.paper)
    pdf = _pdf_of(schedule, ticket) if schedule.lines else b""
    return Prepared(figures, schedule, digest, answer.row, pdf, count_pages(pdf) if pdf else 0)


def _pdf_of(schedule: AwardSchedule, ticket: Ticket) -> bytes:
    from exchange.schedule_pdf import write_schedule_pdf

    try:
        with TemporaryDirectory() as folder:
            return write_schedule_pdf(schedule, Path(folder, "schedule.pdf"), ticket.tick).read_bytes()
    except OSError as error:
        raise Trouble(
            "The pages cannot be shown, since nothing can be written into the folder for temporary files "
            f"({error.strerror}). Nothing was changed; make room there and press Ctrl+R."
        ) from error


def _answer(session: Any, round_id: int, area: str) -> Answer:  # the window may not name the session's type
    return Answer(
        ask_round(round_id)(session),
        issue_lines(session, round_id, area),
        issued_paper(session, round_id, area, utc_now()),
        journal.head(session).seq,
    )
