"""Write the agreements of all awards of a round into a folder, issued first where that is wanted."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.page import PageTools
from gui.pages.papers.exports.issuing import unreached_words
from gui.pages.papers.exports.query import Chosen, ask_every
from gui.pages.papers.paper_issue import PaperIssue
from gui.pages.papers.source import PaperSource
from gui.record.runner import Cancelled, Ticket
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


class _Left(Struct, frozen=True):
    """Agreements that are still to be issued, and those that are ready for the folder."""

    folder: Path
    sources: tuple[PaperSource, ...]
    ready: tuple[PaperSource, ...] = ()

    @property
    def wanted(self) -> int:
        """Return how many there are in all."""
        return len(self.sources) + len(self.ready)


class EveryAwardController(QObject):
    """Carry the agreements of a round from the question to their files; `outdated` when one was issued."""

    outdated = Signal()

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, chosen: Chosen, line: RoundLine, folder: Path) -> None:
        """Ask whether the agreement of each award of a round is to be written under a folder, or issued."""
        own = folder / file_name(*round_names(line.fund, line.name, line.year), "agreements")
        query = ask_every(chosen, line, self._tools.identity.viewer)
        self._tools.workspace.ask(query, partial(self._confirm, own))

    def _confirm(self, folder: Path, found: tuple[PaperSource, ...]) -> None:
        facts, new = self._tools.workspace.facts, [one for one in found if one.version is None]
        may_issue = bool(new) and not (facts is not None and facts.is_copy)
        words = [f"{counted(len(found), 'agreement')} go into {folder}, each in Word and as a PDF."]
        if may_issue:
            words += list(filter(None, {unreached_words(one.value) for one in new}))
            words += _to_check(new)
            words.append(
                f"{counted(len(new), 'agreement')} would be issued; those issued already stay as they are."
            )
            words.append(FOR_GOOD)
        action, dialogs = ISSUE if may_issue else WRITE, self._tools.dialogs
        dialog = ConfirmDialog(self._tools.look, TITLE, words, action, dialogs.window)
        left = _Left(folder, found)
        if may_issue:
            dialog.agreed.connect(partial(self._check_place, left))
            dialog.offer(WRITE_DRAFTS).connect(partial(self._write, left.folder, found, len(found)))
        else:
            dialog.agreed.connect(partial(self._write, left.folder, found, len(found)))
        dialogs.show(dialog)

    def _check_place(self, left: _Left) -> None:
        """Let no version be issued for a place where it cannot be written."""
        self._tools.workspace.work(partial(_require_place, left.folder), partial(self._issue, left))

    def _issue(self, left: _Left, nothing: object = None) -> None:
        """Issue the next agreement that holds new values; write all of them after the last."""
        if not left.sources:
            self.outdated.emit()
            self._write(left.folder, left.ready, left.wanted)
            return
        source, issued = left.sources[0], partial(self._take_issued, left)
        if source.version is not None:
            issued(source)
            return
        label = f"Drawing agreement {len(left.ready) + 1:,} of {left.wanted:,}"
        failed, outdated = partial(self._stop, left), self.outdated.emit
        PaperIssue(
            self._tools, source, left.folder, issued=issued, outdated=outdated, failed=failed, label=label
        ).begin()

    def _stop(self, left: _Left, error: Exception) -> None:
        """Write what was issued before a person stopped the rest."""
        if isinstance(error, Cancelled) and left.ready:
            self.outdated.emit()
            self._write(left.folder, left.ready, left.wanted)
        else:
            self._tools.workspace.failed.emit(error)

    def _take_issued(self, left: _Left, issued: PaperSource) -> None:
        self._issue(_Left(left.folder, left.sources[1:], (*left.ready, issued)))

    def _write(self, folder: Path, sources: Sequence[PaperSource], wanted: int) -> None:
        work = partial(_write_all, tuple(sources), folder)
        self._tools.workspace.work(
            work, partial(self._tell, folder, wanted), label="Writing the agreements", ends_first=True
        )

    def _tell(self, folder: Path, wanted: int, done: int) -> None:
        words = (
            f"{done} of {counted(wanted, 'agreement')} were written to {folder}, each in Word and as a PDF."
        )
        tone = Tone.FUND if done == wanted else Tone.INFORMATION
        tell_written(self._tools.notices, words, (folder / "any",) if done else (), tone)


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
