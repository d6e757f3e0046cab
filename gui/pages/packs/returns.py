"""Import returns: opened with their passphrases, what they would bring shown, then one change, or none."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field
from PySide6.QtCore import QObject, Slot

from exchange.pack_files import WrongPassphrase, checked_header, open_return, read_sealed
from gui.access.passphrase import Passphrase
from gui.dialogs.files import Kind
from gui.pages.packs.import_dialog import ImportDialog
from gui.pages.packs.passphrases import open_form, until_opened
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import counted
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, Remedy
from models.clock import utc_now
from models.operations.packs.take_in import OUT_AGAIN, TakeInReturns
from models.queries.packs.packs import PackOwner, kept_returns, pack_owners, without_closed
from models.queries.packs.return_checks import warnings_about
from models.queries.packs.returns import Fitting, importable_returns, merge_report, open_plan, plan_of_files
from models.store import chain as journal
from models.store.sqlite import backup
from models.trouble import Trouble
from models.values.pack_plans import Decision, Done, Incoming, MergeReport, Plan, Unfit, file_named

RETURNS = "Grant Panel returns (*.greturn);;All files (*)"
PAPERS = "PDF (*.pdf);;Word document (*.docx)"
NOTHING_NEW = "There is nothing new in it: everything that came back is in the record already."
REPORT = "The report is “{}”. It holds marks and reasons: keep it as you keep the record."
NOT_OURS = "It comes from a pack that this record did not issue. Open the record that it was made for."
NO_PASSPHRASE = "Its passphrase was not given."


class SealedFile(Struct):
    """A return that is still closed: its file, its bytes, and which pack it answers."""

    file: str
    content: bytes
    pack: str


class Unopened(Struct):
    """Returns that are to be opened: names of files by text once they are open, and those still closed.

    `unfit` are files that cannot be imported, each with why; `owners` says whose each pack is.
    """

    left: tuple[SealedFile, ...]
    unfit: list[Unfit]
    owners: Mapping[str, PackOwner] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> PackOwner:
        """Return whose passphrase is to be asked for next."""
        return self.owners[self.left[0].pack]

    @property
    def title(self) -> str:
        """Return what is asked: "Passphrase of Ann Sample’s pack"."""
        return f"Passphrase of {self.asked.name}’s pack"

    @property
    def words(self) -> str:
        """Return which pack it went with, and which file it opens; then how many are still closed."""
        pack = f"pack {self.asked.number} for {self.asked.whose}"
        named = f"“{self.left[0].file}”: the passphrase is the one that went with {pack}."
        packs = len({one.pack for one in self.left})
        return f"{named} {counted(packs, 'passphrase')} to go." if packs > 1 else named

    def keep_to_own(self, owners: Mapping[str, PackOwner]) -> None:
        """Name whose the packs are; a return of a pack that was not issued here stays out."""
        self.owners = owners
        self.unfit += [Unfit(one.file, NOT_OURS) for one in self.left if one.pack not in owners]
        self.left = tuple(one for one in self.left if one.pack in owners)

    def leave_out(self) -> None:
        """Leave out the returns whose passphrase is asked for."""
        pack = self.left[0].pack
        self.unfit += [Unfit(one.file, NO_PASSPHRASE) for one in self.left if one.pack == pack]
        self.left = tuple(one for one in self.left if one.pack != pack)


def read_outsides(paths: tuple[Path, ...], ticket: Ticket) -> Unopened:
    """Return what is known of files before they are opened; one that is no return is left out with why."""
    found: list[SealedFile] = []
    unfit: list[Unfit] = []
    for number, path in enumerate(paths):
        ticket.tick(number, len(paths))
        try:
            found.append(_sealed(path))
        except Trouble as error:
            unfit.append(Unfit(path.name, str(error)))
    return Unopened(tuple(found), unfit)


def open_with(unopened: Unopened, key: Passphrase, ticket: Ticket) -> None:
    """Open what a passphrase opens; raises `WrongPassphrase` where it does not open what was asked for.

    A return of another pack that has the same passphrase is opened with it. What proves to be damaged or
    no return stays out, with why.
    """
    asked, left, refused = unopened.left[0].pack, [], None
    for number, one in enumerate(unopened.left):
        ticket.tick(number, len(unopened.left))
        try:
            unopened.files.setdefault(open_return(one.content, key.reveal())[1], one.file)
        except WrongPassphrase as wrong:
            left.append(one)
            refused = wrong if one.pack == asked else refused
        except Trouble as error:
            unopened.unfit.append(Unfit(one.file, str(error)))
    unopened.left = tuple(left)
    if refused is not None:
        raise refused


def _sealed(path: Path) -> SealedFile:
    content = read_sealed(path)
    return SealedFile(path.name, content, str(checked_header(content, "return").get("pack", "")))


class Found(NamedTuple):
    """What came, and what importing it would do."""

    incoming: Incoming
    plan: Plan


class Returns(QObject):
    """Every action ends in one change of the record, or in none; a report is offered of each import."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        tools.workspace.closed.connect(self._forget)
        tools.workspace.locked.connect(self._forget)
        tools.workspace.took_back.connect(self._withdraw)

    @Slot()
    def ask(self) -> None:
        """Ask for returns, then for their passphrase."""
        paths = self._tools.dialogs.files.open_several(Kind.RETURN, "Import returns", RETURNS)
        if paths:
            self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Ask for the passphrases of returns, open them, and show what they would bring."""
        take_turns(self._tools.workspace, self._take(tuple(paths)))

    def ask_open(self, place: Place) -> None:
        """Show what returns that were imported still leave for a person to decide."""
        reader = self._tools.identity.name
        query = partial(_still_open, round_id=place.line.round_id, reader=reader)
        self._tools.workspace.ask(query, self.show)

    def show(self, found: Found) -> None:
        """Show what it would bring; say so where it brings nothing and leaves nothing to a person."""
        tools = self._tools
        tools.dialogs.drop()
        if not (found.plan.is_new or found.plan.differences or found.incoming.left or found.incoming.unfit):
            tools.notices.show_notice(Notice("pack", Tone.INFORMATION, NOTHING_NEW))
            return
        box = ImportDialog(found.plan, found.incoming, tools.dialogs.window)
        box.agreed.connect(lambda *told: take_turns(tools.workspace, self._import(found.incoming, *told)))
        box.report_asked.connect(partial(self._report_dry, found.incoming))
        tools.dialogs.show(box)

    def _take(self, paths: tuple[Path, ...]) -> Turns:
        """Ask for one passphrase after another; a file chosen alone that does not fit is told at once."""
        tools, workspace = self._tools, self._tools.workspace
        work = partial(read_outsides, paths)
        unopened: Unopened = yield partial(workspace.work, work, label="Reading what came back")
        unopened.keep_to_own((yield partial(workspace.ask, pack_owners)))
        is_alone = len(unopened.left) + len(unopened.unfit) == 1
        if is_alone and not unopened.left:
            one = unopened.unfit[0]
            workspace.failed.emit(Trouble(f"{one.file}: {one.words}"))
            return
        today, reader = current_day().isoformat(), tools.identity.name
        while unopened.left:
            yield from self._open(unopened, may_skip=not is_alone)
            is_alone = False
        query = partial(_found, unopened=unopened, today=today, reader=reader)
        self.show((yield partial(workspace.ask, query)))

    def _open(self, unopened: "Unopened", *, may_skip: bool) -> Turns:
        """Ask for a passphrase until it opens what it is of, or is left out."""
        form = open_form(unopened.title, unopened.words, may_skip=may_skip)
        opens, label = partial(open_with, unopened), "Opening what came back"
        _, key = yield from until_opened(self._tools, form, opens, label)
        if key is None:
            unopened.leave_out()

    def _report_dry(self, came: Incoming) -> None:
        """Write what it would come to, and change nothing."""
        self._tools.workspace.ask(self._reported(came, ()), self._save)

    def _import(self, came: Incoming, decisions: tuple[Decision, ...], trusted: tuple[str, ...]) -> Turns:
        """Work the report out first, as afterwards nobody can say what stood here; keep a copy; import."""
        operation = TakeInReturns(tuple(came.files), decisions, trusted, came.copied, came.copy)
        tools, workspace = self._tools, self._tools.workspace
        with settling(workspace) as settle:
            report: MergeReport = yield partial(workspace.ask, self._reported(came, decisions))
            after = workspace.perform_after_copy
            outcome, (head, copy) = yield performing(after, "merge", operation, journal.head, settle=settle)
            facts = workspace.facts
            if facts is None or head.seq != report.after_row + 1:  # something else was changed meanwhile
                tools.toast(outcome.words)
                return
            newest = None if facts.is_shared else backup.newest(facts.path)
            kept = copy or (newest.path if newest is not None else None)
            done = Done(
                workspace.person, head.at or utc_now(), head.seq, head.code, kept.name if kept else ""
            )
            remedy = Remedy("Save the report…", partial(self._save, report.as_done(done)))
            words = f"Imported from {report.names}: {report.result}"
            tools.notices.show_notice(Notice("pack", Tone.FUND, words, (remedy,)))
            tools.toast(report.result)

    def _reported(self, came: Incoming, decisions: tuple[Decision, ...]) -> Callable[[Any], MergeReport]:
        facts = self._tools.workspace.facts
        record = "" if facts is None else facts.name
        reader = self._tools.identity.name
        return partial(merge_report, record=record, incoming=came, decisions=decisions, reader=reader)

    def _save(self, report: MergeReport) -> None:
        """Ask for a file and write the report there."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        name = facts.folder / file_named(report, is_dry=report.done is None)
        path = self._tools.dialogs.files.save(Kind.PAPERS, "Save the report", name, PAPERS)
        if path is not None:
            self._tools.write(path, partial(_written, report, path), REPORT)

    @Slot(str, str)
    def _withdraw(self, _: str, result: str) -> None:
        """Offer no report of what is out again."""
        if result == OUT_AGAIN:
            self._forget()

    @Slot()
    def _forget(self) -> None:
        """Let go of the report when the record is closed: it holds marks."""
        self._tools.notices.settle("pack")


def _written(report: MergeReport, path: Path, ticket: Ticket) -> Path:
    from exchange.papers.record_papers import write_merge_report

    return write_merge_report(report, path, utc_now())


def _found(session: Any, unopened: Unopened, today: str, reader: str) -> Found:
    """Return what would be imported; a return that was chosen alone and does not fit is refused."""
    files = unopened.files
    found = (
        Fitting(files, ()) if len(files) == 1 and not unopened.unfit else importable_returns(session, files)
    )
    unfit = (*unopened.unfit, *found.unfit)
    warnings = warnings_about(session, tuple(found.files), today)
    shown = without_closed(session, plan_of_files(session, found.files), reader)
    return Found(Incoming(found.files, warnings, unfit=unfit), shown)


def _still_open(session: Any, round_id: int, reader: str) -> Found:
    """Return what is still to be decided, with the returns that it came in."""
    planned = open_plan(session, round_id)
    kept = kept_returns(session, {member.member for member in planned.members})
    return Found(Incoming({}, kept=kept), without_closed(session, planned, reader))
