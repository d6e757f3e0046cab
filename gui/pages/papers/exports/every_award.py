"""Write the agreements of all awards of a round into a folder, issued first where that is wanted."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from gui.listed.acts import Confirm, Run
from gui.listed.form import Asked
from gui.pages.page import PageTools
from gui.pages.papers.exports.issuing import unreached_words
from gui.pages.papers.exports.query import Chosen, ask_every
from gui.papers.paper_issue import issue_paper
from gui.papers.source import PaperSource
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Turns, settling, take_turns
from gui.shell.written import tell_written
from gui.text import ENDS_UNDO
from gui.theme.tokens import Tone
from models.clock import utc_now
from models.papers.grant_agreement import GrantAgreement
from models.values.rounds import RoundLine
from scoring.written.names import file_name, round_names
from scoring.written.text import counted

TITLE = "Write the agreement of each award?"
FOR_GOOD = f"What is issued stays in the record for good and cannot be taken back. {ENDS_UNDO}"
MOST_TOLD = 4
"""The agreements of which it is said what to look at before they go out."""
ISSUE, WRITE, WRITE_DRAFTS = "Issue and write", "Write", "Write drafts"


def every_award(
    tools: PageTools, chosen: Chosen, line: RoundLine, folder: Path, outdated: Callable[[], object]
) -> Asked:
    """Ask whether the agreement of each award of a round is to be written under a folder, or issued.

    `outdated` is told when one was issued.
    """
    own = folder / file_name(*round_names(line.fund, line.name, line.year), "agreements")
    query = ask_every(chosen, line, tools.identity.viewer)
    return Asked(query, lambda found: _confirm(tools, own, found, outdated))


def _confirm(
    tools: PageTools, folder: Path, found: tuple[PaperSource, ...], outdated: Callable[[], object]
) -> Confirm:
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
    write = Run(partial(_write, folder, found, len(found)))
    issue = Run(lambda tools: take_turns(tools.workspace, _issue(tools, folder, found, outdated)))
    does, beside = (issue, (WRITE_DRAFTS, write)) if may_issue else (write, None)
    return Confirm(TITLE, tuple(words), ISSUE if may_issue else WRITE, does, beside=beside)


def _issue(
    tools: PageTools, folder: Path, sources: tuple[PaperSource, ...], outdated: Callable[[], object]
) -> Turns:
    """Issue what holds new values, one by one, and write all; what was issued before a person stopped it."""
    yield partial(tools.workspace.work, partial(_require_place, folder))
    ready: list[PaperSource] = []
    with settling(tools.workspace) as settle:
        for number, source in enumerate(sources, 1):
            issued: PaperSource | None = source
            if source.version is None:
                label = f"Drawing agreement {number:,} of {len(sources):,}"
                try:
                    issued = yield from issue_paper(tools, source, folder, settle, label)
                except Cancelled:
                    if not ready:
                        raise
                    break
            if issued is None:
                outdated()
                return
            ready.append(issued)
        outdated()
        _write(folder, tuple(ready), len(sources), tools)


def _write(folder: Path, ready: tuple[PaperSource, ...], wanted: int, tools: PageTools) -> None:
    """Write the agreements that are ready, of those that are wanted."""
    work, tell = partial(_write_all, ready, folder), partial(_tell, folder, wanted, tools)
    tools.workspace.work(work, tell, label="Writing the agreements", ends_first=True)


def _tell(folder: Path, wanted: int, tools: PageTools, done: int) -> None:
    words = f"{done} of {counted(wanted, 'agreement')} were written to {folder}, each in Word and as a PDF."
    tone = Tone.FUND if done == wanted else Tone.INFORMATION
    tell_written(tools.notices, words, (folder / "any",) if done else (), tone)


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
