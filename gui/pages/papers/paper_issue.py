"""One paper on its way to its next version: what follows is asked, drawn, asked again, and recorded."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gui.pages.page import PageTools
from gui.pages.papers.source import PaperSource
from gui.record.refusals import Settle, tell_failed
from gui.record.runner import Failed, Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.issuing import NextIssue
from models.operation import Outcome
from models.operations.papers import put_files
from models.papers.status import PaperStatus

if TYPE_CHECKING:
    from exchange.papers.drawing import Drawn

CHANGED = "The record was changed in the meantime. Nothing was issued; check the paper again."
DRAWING = "Drawing the pages…"


class PaperIssue:
    """The issue of the paper of a source, and of its annex, drawn for a place: a file, or its folder.

    `issued` is told the version as it is in the record, with its files as they were drawn. Nothing is issued
    where the record's values are others than those of the source by then: a notice says so, and `outdated`
    is told. `failed` is told what went wrong in place of the window. The dialog in which the paper was asked
    for, which `settle` speaks for, comes back with what was typed in it where nothing is issued.
    """

    def __init__(
        self,
        tools: PageTools,
        source: PaperSource,
        place: Path,
        *,
        issued: Callable[[PaperSource], object],
        outdated: Callable[[], object] | None = None,
        failed: Failed | None = None,
        settle: Settle | None = None,
        label: str = DRAWING,
    ) -> None:
        self._tools, self._workspace, self._notices = tools, tools.workspace, tools.notices
        self._source, self._place, self._label = source, place, label
        self._issued, self._outdated = issued, outdated
        self._settle = settle or tools.workspace.session.claim()
        self._failed = partial(tell_failed, self._settle, failed or tools.workspace.failed.emit)

    def begin(self) -> None:
        """Ask what follows; it is drawn in the work queue, where it may be stopped, then issued."""
        self._workspace.ask(self._source.next_issue, self._draw, self._failed)

    def _draw(self, following: NextIssue | None) -> None:
        if following is None:
            self._tell_changed()
            return
        work = partial(_drawn, self._source, following.status, self._place)
        then = partial(self._ask_again, following)
        self._workspace.work(work, then, label=self._label, failed=self._failed)

    def _ask_again(self, following: NextIssue, drawn: "Drawn") -> None:
        """Issue nothing of which the values were changed while it was drawn."""
        then = partial(self._perform, following, drawn)
        self._workspace.ask(self._source.is_outdated, then, self._failed)

    def _perform(self, following: NextIssue, drawn: "Drawn", is_outdated: bool) -> None:
        if is_outdated:
            self._tell_changed()
            return
        operation, put = following.of_files(drawn.issued), partial(put_files, contents=drawn.contents)
        done = partial(self._tell_issued, following, drawn)
        self._workspace.perform_beside(operation, put, done, settle=self._settle)

    def _tell_issued(self, following: NextIssue, drawn: "Drawn", outcome: Outcome, nothing: None) -> None:
        self._source = replace(self._source, status=following.status, drawn=drawn)
        annex = self._source.annex
        if annex is None or not annex.status.is_draft:
            self._issued(self._source)
            return
        PaperIssue(self._tools, annex, self._place, issued=self._tell_both, outdated=self._outdated).begin()

    def _tell_both(self, annex: PaperSource) -> None:
        self._issued(replace(self._source, annex=annex))

    def _tell_changed(self) -> None:
        if self._settle is None or not self._settle(CHANGED):
            self._notices.show_notice(Notice("export", Tone.WARNING, CHANGED))
        if self._outdated is not None:
            self._outdated()


def _drawn(source: PaperSource, status: PaperStatus, place: Path, ticket: Ticket) -> "Drawn":
    return source.draw(status, place, ticket.tick)
