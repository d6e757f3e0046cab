"""Write the agreements of all awards of a round into a folder, issued first where that is wanted."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from gui.listed.acts import Confirm, Doing, Run
from gui.listed.form import Asked
from gui.pages.page import PageTools
from gui.pages.papers.exports.issuing import unreached_words
from gui.pages.papers.exports.query import Chosen, ask_every
from gui.papers.paper_issue import PaperIssue
from gui.papers.source import PaperSource
from gui.record.runner import Cancelled, Ticket
from gui.shell.written import tell_written
from gui.text import ENDS_UNDO
from gui.theme.tokens import Tone
from models.clock import utc_now
from models.papers.grant_agreement import GrantAgreement
from models.permissions.viewing import Viewer
from models.values.rounds import RoundLine
from scoring.written.names import file_name, round_names
from scoring.written.text import counted

TITLE = "Write the agreement of each award?"
FOR_GOOD = f"What is issued stays in the record for good and cannot be taken back. {ENDS_UNDO}"
MOST_TOLD = 4
"""The agreements of which it is said what to look at before they go out."""
ISSUE, WRITE, WRITE_DRAFTS = "Issue and write", "Write", "Write drafts"


class _Left(Struct, frozen=True):
    """Agreements that are still to be issued, and those that are ready for the folder."""

    folder: Path
    sources: tuple[PaperSource, ...]
    ready: tuple[PaperSource, ...] = ()

    @property
    def wanted(self) -> int:
        """Return how many there are in all."""
        return len(self.sources) + len(self.ready)


def every_award(
    chosen: Chosen, line: RoundLine, folder: Path, viewer: Viewer, outdated: Callable[[], object]
) -> Asked:
    """Ask whether the agreement of each award of a round is to be written under a folder, or issued.

    `outdated` is told when one was issued.
    """
    own = folder / file_name(*round_names(line.fund, line.name, line.year), "agreements")
    return Asked(ask_every(chosen, line, viewer), lambda found: Run(partial(_confirm, own, found, outdated)))


def _confirm(
    folder: Path, found: tuple[PaperSource, ...], outdated: Callable[[], object], tools: PageTools
) -> None:
    facts, new = tools.workspace.facts, [one for one in found if one.version is None]
    may_issue = bool(new) and not (facts is not None and facts.is_copy)
    words = [f"{counted(len(found), 'agreement')} go into {folder}, each in Word and as a PDF."]
    if may_issue:
        words += list(filter(None, {unreached_words(one.value) for one in new}))
        words += _to_check(new)
        words.append(
            f"{counted(len(new), 'agreement')} would be issued; those issued already stay as they are."
        )
        words.append(FOR_GOOD)
    write = Run(partial(_write, _Left(folder, (), found)))
    issue = Run(partial(_check_place, _Left(folder, found), outdated))
    does, beside = (issue, (WRITE_DRAFTS, write)) if may_issue else (write, None)
    Doing(tools, tools).do(Confirm(TITLE, tuple(words), ISSUE if may_issue else WRITE, does, beside=beside))


def _check_place(left: _Left, outdated: Callable[[], object], tools: PageTools) -> None:
    """Let no version be issued for a place where it cannot be written."""
    issue = partial(_issue, left, outdated, tools)
    tools.workspace.work(partial(_require_place, left.folder), lambda nothing: issue())


def _issue(left: _Left, outdated: Callable[[], object], tools: PageTools) -> None:
    """Issue the next agreement that holds new values; write all of them after the last."""
    if not left.sources:
        outdated()
        _write(left, tools)
        return

    def go_on(issued: PaperSource) -> None:
        _issue(_Left(left.folder, left.sources[1:], (*left.ready, issued)), outdated, tools)

    def stop(error: Exception) -> None:
        """Write what was issued before a person stopped the rest."""
        if isinstance(error, Cancelled) and left.ready:
            outdated()
            _write(left, tools)
        else:
            tools.workspace.failed.emit(error)

    source = left.sources[0]
    if source.version is not None:
        go_on(source)
        return
    label = f"Drawing agreement {len(left.ready) + 1:,} of {left.wanted:,}"
    PaperIssue(tools, source, left.folder, issued=go_on, outdated=outdated, failed=stop, label=label).begin()


def _write(left: _Left, tools: PageTools) -> None:
    """Write the agreements that are ready."""
    work, tell = partial(_write_all, left.ready, left.folder), partial(_tell, left, tools)
    tools.workspace.work(work, tell, label="Writing the agreements", ends_first=True)


def _tell(left: _Left, tools: PageTools, done: int) -> None:
    wanted = counted(left.wanted, "agreement")
    words = f"{done} of {wanted} were written to {left.folder}, each in Word and as a PDF."
    tone = Tone.FUND if done == left.wanted else Tone.INFORMATION
    tell_written(tools.notices, words, (left.folder / "any",) if done else (), tone)


def _to_check(sources: Sequence[PaperSource]) -> list[str]:
    """Return what is looked at before these go out, the first few in words."""
    told = [words for source in sources for words in source.to_check]
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([f"There is as much to look at in {more:,} more."] if more > 0 else [])]


def _require_place(folder: Path, ticket: Ticket) -> None:
    from exchange.papers.letters.writing import require_folder

    require_folder(folder)


def _write_all(sources: Sequence[PaperSource], folder: Path, ticket: Ticket) -> int:
    """Write agreements and return how many; fewer than there are where the person stopped it."""
    from exchange.papers.letters.agreements import write_agreements

    for done, source in enumerate(sources):
        try:
            ticket.tick(done, len(sources))
        except Cancelled:
            return done
        assert isinstance(source.value, GrantAgreement), "a folder is of agreements"
        drawn = source.as_issued(folder, ticket.tick)
        write_agreements(source.value, source.at(utc_now()).status, folder, drawn)
    return len(sources)
