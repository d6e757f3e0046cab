"""What a paper on show is written and issued from: an award schedule, or the values of another kind."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gui.pages.papers.exporting import write_schedule
from models.operation import Operation
from models.papers.issuing import issued_paper, next_issue
from models.papers.order import PaperOrder, PaperValue
from models.papers.paper_issuing import issued_status, next_paper_issue, paper_sha256
from models.papers.status import PaperStatus
from models.queries.deciding.round_figures import RoundFigures
from models.queries.papers.papers import paper_value
from models.record import utc_now
from scoring.schedule.values import AwardSchedule

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ListSensitivity

Tick = Callable[[int, int], None]


class Source(Protocol):
    """What can be written, and issued as the next version. Sessions are the record's own."""

    @property
    def version(self) -> int | None:
        """Return which version it is, None for a draft."""
        ...

    def next_issue(self, session: Any) -> Operation | None:
        """Return the operation that issues it, None when the record holds other values by now."""
        ...

    def as_issued(self, session: Any) -> "Source":
        """Return the newest version, which holds these values."""
        ...

    def at(self, now: datetime) -> "Source":
        """Return the same with another time of writing."""
        ...

    def write(self, path: Path, tick: Tick) -> Path:
        """Write it in the form of the path's ending, "" for a folder; the writers are loaded here."""
        ...


@dataclass(frozen=True, slots=True)
class ScheduleSource:
    """An award schedule; `row` is the journal's last row that its figures know of.

    How sure the list is, `sure`, stands beside the values where it is wanted and is never among them.
    """

    figures: RoundFigures
    schedule: AwardSchedule
    row: int
    sure: "ListSensitivity | None" = None

    @property
    def version(self) -> int | None:
        """Return which version it is, None for a draft."""
        return self.schedule.paper.version

    def next_issue(self, session: Any) -> Operation | None:
        """Return the operation that issues it, None when anything was changed since it was worked out."""
        operation = next_issue(session, self.figures.line.round_id, self.schedule)
        return None if operation is None or operation.after_row != self.row else operation

    def as_issued(self, session: Any) -> "ScheduleSource":
        """Return the newest version, which holds these values."""
        paper = issued_paper(session, self.figures.line.round_id, self.schedule.area or "", utc_now())
        assert paper is not None, "a version was issued"
        return replace(self, schedule=replace(self.schedule, paper=paper))

    def at(self, now: datetime) -> "ScheduleSource":
        """Return the same with another time of writing."""
        paper = replace(self.schedule.paper, generated_at=now)
        return replace(self, schedule=replace(self.schedule, paper=paper))

    def write(self, path: Path, tick: Tick) -> Path:
        """Write the workbook or the PDF."""
        return write_schedule(self.schedule, path, tick, self.sure)


@dataclass(frozen=True, slots=True)
class PaperSource:
    """The values of a paper of any other kind, as they were ordered."""

    order: PaperOrder
    value: PaperValue
    status: PaperStatus

    @property
    def version(self) -> int | None:
        """Return which version it is, None for a draft."""
        return self.status.version

    def next_issue(self, session: Any) -> Operation | None:
        """Return the operation that issues it, None when the record's values are others by now."""
        if paper_sha256(paper_value(session, self.order)) != self.status.sha256:
            return None
        return next_paper_issue(session, self.order, self.value)

    def as_issued(self, session: Any) -> "PaperSource":
        """Return the newest version, which holds these values."""
        status = issued_status(session, self.order)
        assert status is not None, "a version was issued"
        return replace(self, status=status)

    def at(self, now: datetime) -> "PaperSource":
        """Return the same with another time of writing."""
        return replace(self, status=replace(self.status, made_at=now))

    def write(self, path: Path, tick: Tick) -> Path:
        """Write it in the form of the path's ending, or into a folder."""
        from exchange.papers.paper_writing import write_paper

        is_new = not path.exists()
        try:
            return write_paper(self.order.kind, self.value, self.status, path, tick)
        except BaseException:
            if is_new:
                with suppress(OSError):
                    path.rmdir()  # a folder that was made for letters which were not written
            raise
