"""The actions of the page: hold, erase, set the years, export all that is held on one organisation."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.reason import ReasonDialog
from gui.folders import open_folder
from gui.pages.page import PageTools
from gui.pages.retention.dialogs import EraseApplicationsDialog, YearsDialog
from gui.pages.retention.held import Ask, HeldExport, held_of
from gui.record.refusals import Settle, tell_failed
from gui.record.runner import Ticket
from gui.shell.written import OPEN_FOLDER, show
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.journal.erasing import UNTOLD, Erasing, kept_words, proved_erasure_of, undecided_words
from models.operation import Outcome
from models.operations.awards.bank_details import DeleteBankDetails
from models.operations.retention import HoldApplication, SetRetention
from models.queries.retention.retention import Keeping, Years
from models.store.sqlite.backup import Copy, copies
from models.values.payments import masked
from scoring.written.days import full_day
from scoring.written.text import first_of

GOES = (
    "What goes: contacts, answers and texts of the application, the words beside its marks, gates and "
    "declarations, what the office wrote of it for letters and lists, why it was varied or challenged, and "
    "what monitoring and payments say in words. They go from the journal too, and cannot be brought back."
)
STAYS = (
    "What stays: the reference, the organisation's name, amounts, dates and marks, so that every total "
    "stays right."
)
KEPT_LONG_ENOUGH = "kept long enough"
ACCOUNTS_GO = "What is deleted is gone from this record; the journal notes who did it. There is no undo."
COPIES_HOLD = (
    "Copies made before still hold them, until newer ones take their place or somebody deletes them."
)
MOST_NAMED = 8


class RetentionController(QObject):
    """It asks first, then has the record do it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.held = HeldExport(tools, self)

    def ask_years(self, round_id: int, stand: Years) -> None:
        """Ask for how many years the round's applications are kept."""
        box = YearsDialog(self._tools.look, stand, self._tools.dialogs.window)
        box.agreed.connect(partial(self._set_years, round_id, stand))
        self._tools.dialogs.show(box)

    def _set_years(self, round_id: int, stood: Years, years: Years) -> None:
        if years != stood:
            self._tools.perform(SetRetention(round_id, years, stood))

    def ask_hold(self, line: Keeping) -> None:
        """Ask why an application is held back, or take its hold off."""
        if line.held_for:
            self._hold(line, "")
            return
        words = ("While it is on hold nothing of it is deleted, however long it was kept.",)
        title = f"Hold {line.reference}"
        box = ReasonDialog(self._tools.look, title, words, "Hold", self._tools.dialogs.window)
        box.agreed.connect(partial(self._hold, line))
        self._tools.dialogs.show(box)

    def _hold(self, line: Keeping, reason: str) -> None:
        operation = HoldApplication(line.round_id, line.reference, reason, line.held_for)
        self._tools.perform(operation)

    def ask_erase(self, lines: Sequence[Keeping], ground: str) -> None:
        """Work out what erasing these applications comes to, and ask for the ground and the person."""
        chosen = tuple((line.round_id, line.reference) for line in lines)
        work_out = partial(proved_erasure_of, applications=chosen, ground="-", person="-")
        self._tools.workspace.ask(work_out, partial(self._show_erase, chosen, ground))

    def _show_erase(self, chosen: tuple[tuple[int, str], ...], ground: str, found: Erasing) -> None:
        of = chosen[0][1] if len(chosen) == 1 else counted(len(chosen), "application", "applications")
        untold = () if found.is_whole else (UNTOLD,)
        words = (*undecided_words(found.undecided), GOES, STAYS, *kept_words(found), *untold)
        typed = chosen[0][1] if len(chosen) == 1 else f"{len(chosen)}"
        title = f"Erase what was written in {of}"
        box = EraseApplicationsDialog(
            self._tools.look, title, words, ground, typed, self._tools.dialogs.window
        )
        box.agreed.connect(partial(self._work_out, chosen))
        self._tools.dialogs.show(box)

    def _work_out(self, chosen: tuple[tuple[int, str], ...], ground: str, person: str) -> None:
        """Work it out again with what was said, as the record may have changed meanwhile."""
        work_out = partial(proved_erasure_of, applications=chosen, ground=ground, person=person)
        settle, workspace = self._tools.dialogs.claim(), self._tools.workspace
        failed = partial(tell_failed, settle, workspace.failed.emit)
        workspace.ask(work_out, partial(self._erase, settle), failed)

    def _erase(self, settle: Settle | None, found: Erasing) -> None:
        self._tools.workspace.perform(found.operation, self._erased, settle=settle)

    def _erased(self, outcome: Outcome) -> None:
        facts = self._tools.workspace.facts
        if facts is not None:
            find = partial(_copies, None if facts.is_shared else facts.path)
            self._tools.workspace.work(find, partial(self._tell_copies, outcome.words))

    def _tell_copies(self, words: str, found: tuple[Copy, ...]) -> None:
        """Name the copies that still hold what was erased."""
        remedies: tuple[Remedy, ...] = ()
        if found:
            many = counted(len(found), "automatic copy holds", "automatic copies hold")
            oldest = found[-1].made_at.astimezone()
            words += (
                f" {many} it still, the oldest of {full_day(oldest)}: routine ones go as newer are "
                "made, others when somebody deletes them. Copies saved elsewhere hold it as well."
            )
            way = partial(show, self._tools.notices, open_folder, found[0].path.parent)
            remedies = (Remedy(OPEN_FOLDER, way),)
        self._tools.notices.show_notice(Notice("erased", Tone.INFORMATION, words, remedies))

    def ask_accounts(self, lines: Sequence[Keeping]) -> None:
        """Ask whether to delete the accounts into which all is paid and evidenced."""
        many = counted(len(lines), "account", "accounts")
        accounts = (f"{line.reference} ({masked(line.last_four)})" for line in lines)
        words = (
            f"Everything is paid and evidenced: {first_of(accounts, MOST_NAMED)}.",
            ACCOUNTS_GO,
            COPIES_HOLD,
        )
        look, window = self._tools.look, self._tools.dialogs.window
        box = ConfirmDialog(look, f"Delete {many}", words, f"Delete {many}", window)
        box.agreed.connect(partial(self._delete_accounts, tuple(lines)))
        self._tools.dialogs.show(box)

    def _delete_accounts(self, lines: Sequence[Keeping]) -> None:
        for line in lines:
            operation = DeleteBankDetails(line.round_id, line.reference, line.last_four)
            self._tools.perform(operation)

    def ask_export(self, line: Keeping) -> None:
        """Ask where to write all that is held on an application's organisation."""
        self.held.ask_where(_held(line), line.reference)

    def export(self, line: Keeping, path: Path) -> None:
        """Read all that is held on the organisation, then write it."""
        self.held.export(_held(line), path)


def _held(line: Keeping) -> Ask:
    return partial(held_of, round_id=line.round_id, reference=line.reference)


def _copies(path: Path | None, ticket: Ticket) -> tuple[Copy, ...]:
    return () if path is None else copies(path)
