"""What another record has: it is brought in, copied back, or compared with."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase, revealed
from gui.access.passphrase_controller import ask_passphrase
from gui.dialogs.files import RECORDS, Kind
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, performing, take_turns
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.record import Record
from models.role import the_role
from models.store.record_file import NeedsPassphrase
from models.store.sqlite.engine import NotOpened

if TYPE_CHECKING:
    from gui.listed.form import DataForm
    from gui.pages.packs.returns import Found, Returns
    from models.packs.consolidation import ToBringIn
    from models.packs.diverged_copy import DivergedCopy


Reading = Callable[[Path, Passphrase | None, Record, Ticket], object]
"""Reads a file under a passphrase, None for the record's own, beside the record that is open."""


def chosen(tools: PageTools, title: str) -> Path | None:
    """Ask for a file beside the record; None where there is none, or no record."""
    facts, files = tools.workspace.facts, tools.dialogs.files
    return None if facts is None else files.open(Kind.COPY, title, RECORDS, facts.folder)


def read_other(tools: PageTools, read: Reading, path: Path, label: str) -> Turns:
    """Return what is found in a file; its own passphrase is asked for where the record's does not open it."""
    box: DataForm | None = None
    key: Passphrase | None = None
    while True:
        try:
            found = yield partial(tools.workspace.beside, partial(read, path, key), label=label)
        except (NeedsPassphrase, NotOpened):
            if box is not None and tools.dialogs.holds(box):
                from gui.access.passphrase_box import tell_wrong  # it is loaded by now

                tell_wrong(box)
            else:
                box = ask_passphrase(tools.dialogs, path)
            key = yield given(box.given)
        except Exception:
            _close(tools, box)
            raise
        else:
            _close(tools, box)
            return found


def _close(tools: PageTools, box: "DataForm | None") -> None:
    if box is not None and tools.dialogs.holds(box):
        box.accept()


TITLE = "Bring in an area’s work"
NOTHING = "There is nothing new in it. Nothing was changed."
BY_OTHER = (
    "This is what would come in, and what would not, with the reason. What was signed in a separate "
    "record is not stopped by any lock, so the person who runs the server imports “{}”, as the guide’s "
    "page on the office server says."
)
WOULD = "This is what would come in, and what would not, with the reason. Nothing was changed yet."


def ask_bring_in(tools: PageTools) -> None:
    """Ask for the file that came back, or for another area's record."""
    if not tools.identity.may("bring area back"):
        words = f"An officer brings an area’s work in, not {the_role(tools.identity.role)}."
        tools.notices.show_notice(Notice("refused", Tone.WARNING, words, passes=True))
        return
    path = chosen(tools, TITLE)
    if path is not None:
        take_turns(tools.workspace, _bring_in(tools, path))


def _bring_in(tools: PageTools, path: Path) -> Turns:
    """Show what would come in first; then it is one change of the record, or none."""
    found: ToBringIn = yield from read_other(tools, _planned, path, f"Looking at {path.name}")
    from gui.dialogs.confirm import ListingDialog  # the window's start need not wait for it

    facts = tools.workspace.facts
    is_for_other = found.passes_locks and facts is not None and facts.is_shared
    action = "Bring it in" if found.is_new and not is_for_other else ""
    sentence = NOTHING if not found.is_new else BY_OTHER.format(path.name) if is_for_other else WOULD
    dialog = ListingDialog(
        f"{TITLE}: {path.name}",
        sentence,
        "\n".join(found.lines),
        tools.dialogs.window,
        name="What would come in",
        action=action,
        away="Cancel" if action else "Close",
    )
    yield given(tools.dialogs.show(dialog).agreed)
    perform = partial(tools.workspace.perform_after_copy, "merge", found.operation, found.put_beside)
    outcome, _ = yield performing(perform)
    tools.toast_outcome(outcome)


NOT_YOURS = "An officer or the chair compares copies, not {}: a copy shows what every member recorded."


class DivergedCopyActions(QObject):
    """One copy at a time, opened to be read only; what is imported goes the way of a return."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._tools = tools
        self._importing: Returns | None = None

    @Slot()
    def ask(self) -> None:
        """Ask for the other copy."""
        person = self._tools.identity
        if self._tools.workspace.facts is not None and not person.may("take in returns"):
            words = NOT_YOURS.format(the_role(person.role))
            self._tools.notices.show_notice(Notice("refused", Tone.WARNING, words, passes=True))
            return
        path = chosen(self._tools, "Compare with a copy")
        if path is not None:
            self.compare(path)

    def compare(self, path: Path) -> None:
        """Read a copy, and show what it holds."""
        take_turns(self._tools.workspace, self._compare(path))

    def _compare(self, path: Path) -> Turns:
        tools, reader = self._tools, self._tools.identity.name
        found: DivergedCopy = yield from read_other(tools, _diverged, path, f"Comparing with {path.name}")
        query = partial(_found, file=path.name, found=found, reader=reader)
        shown = yield partial(tools.workspace.ask, query)
        if self._importing is None:
            from gui.pages.packs.returns import Returns  # no return is needed to open the window

            self._importing = Returns(self._tools, self)
        self._importing.show(shown)


def _planned(path: Path, key: Passphrase | None, record: Record, ticket: Ticket) -> "ToBringIn":
    """Return what another record would bring in; nothing is changed."""
    from models.packs.consolidation import plan_bring_in

    return plan_bring_in(record, path, revealed(key), ticket.tick)


def _diverged(path: Path, key: Passphrase | None, record: Record, ticket: Ticket) -> "DivergedCopy":
    """Return what a copy that diverged from the record holds."""
    from models.packs.diverged_copy import read_diverged

    return read_diverged(record, path, revealed(key), ticket.tick)


def _found(session: Any, file: str, found: "DivergedCopy", reader: str) -> "Found":
    from gui.pages.packs.returns import Found
    from models.queries.packs.packs import without_closed
    from models.queries.packs.return_checks import warnings_about
    from models.queries.packs.returns import import_plan
    from models.values.pack_plans import Incoming

    warnings = warnings_about(session, found.texts, current_day().isoformat())
    told = (found.comparison.words, *found.passed_over, *warnings)
    files = dict.fromkeys(found.texts, file)
    came = Incoming(files, told, file, found.named, found.copied, found.left_words)
    planned = import_plan(session, found.texts, copied=found.copied)
    return Found(came, without_closed(session, planned, reader))
