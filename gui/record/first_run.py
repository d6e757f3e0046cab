"""Make a record where there is none: an empty one for an office, or the made-up sample."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from PySide6.QtCore import QObject, Slot

from gui.access.identity import STRANGER
from gui.access.passphrase import Passphrase, revealed
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import RECORDS, Kind
from gui.listed.form import show_form
from gui.pages.page import Identity, PageTools, own_name
from gui.record.record_actions import RecordActions
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Turns, take_turns
from models.operation import Actor
from models.record import Opener, new_whole
from models.reference.defaults import OrganisationDefaults
from models.store.places import Address
from models.store.upkeep import NotePlain
from models.trouble import Trouble

if TYPE_CHECKING:
    from gui.access.passphrase_new import NewRecord

NEW_NAME = "Grants office.panel"
SAMPLE_NAME = "sample.panel"
AGAIN = (
    "The sample is made again, with dates around today. Everything that you tried in it is lost.",
    "Your own records are not touched.",
)
LOOKS_SECONDS = 0.2
"""How often it is looked whether somebody cancelled the making of the sample."""
NOT_MADE = "The sample could not be made: {}. Try again."


class FirstRun(QObject):
    """Ask where, make the record beside the event loop, open it."""

    def __init__(self, tools: PageTools, record: RecordActions) -> None:
        super().__init__(tools)
        self._tools = tools
        self._record = record
        self._folder = user_data_path("grant-panel", appauthor=False) / "sample"
        self._is_making = False
        self._new: Path | None = None

    @property
    def sample_path(self) -> Path:
        return self._folder / SAMPLE_NAME

    @Slot()
    def ask_new(self) -> None:
        """Ask where a new record is to lie, and make it there."""
        path = self._tools.dialogs.files.save(Kind.RECORD, "Make a new record", NEW_NAME, RECORDS)
        if path is not None:
            self.ask_protection(path)

    def ask_protection(self, path: Path) -> None:
        """Ask for the new record's passphrase, or for the reason why it has none."""
        from gui.access.passphrase_new import (
            new_passphrase,
            new_record_form,  # the window's start need not wait for it
        )

        tools, dialogs = self._tools, self._tools.dialogs
        form = new_record_form(
            path.name,
            partial(new_passphrase, tools.workspace, dialogs, path),
            may_be_plain=tools.settings.organisation.lets_me_leave_plain(),
            person=own_name(tools.workspace.person),
        )
        show_form(dialogs, form).given.connect(partial(self._make_as, path))

    def _make_as(self, path: Path, new: "NewRecord") -> None:
        """Make the record under the name that was given: the computer's own name for its user is nobody's.

        Who makes a record acts for its office, whatever the computer was used as before.
        """
        tools, maker = self._tools, Identity(new.person, STRANGER)
        if maker.name != tools.workspace.person:
            tools.settings.person = maker.name
        tools.settings.role, tools.settings.member = maker.role, ""
        tools.use_as(maker)
        self.make(path, new.key, new.reason, office=new.office, codes=new.codes)

    def make(
        self,
        path: Path,
        key: Passphrase | None,
        reason: str = "",
        *,
        office: tuple[tuple[str, str], ...] = (),
        codes: tuple[str, ...] | None = None,
    ) -> None:
        """Make an empty record and open it; a plain one with the reason for it.

        `office` is what was said of the office, by key; `codes` are those of the shipped funds with which
        it starts, None for all.
        """
        said = (office, codes, self._tools.settings.organisation)
        work = partial(_make, path, self._tools.workspace.person, key, reason, said)
        opens = partial(self._open_made, key)
        self._tools.workspace.work(work, opens, label=f"Making {path.name}")

    def is_new(self, address: Address) -> bool:
        """Whether a record that opened was just made here; asked once."""
        new, self._new = self._new, None
        return new is not None and new.resolve() == address

    def _open_made(self, key: Passphrase | None, path: Path) -> None:
        self._new = path
        self._record.open(path, key)

    @Slot()
    def try_sample(self) -> None:
        """Open the sample; it is made when it is not there yet.

        Pressed once more while it is being made, it opens when it is whole.
        """
        if self._is_making:
            return
        if self.is_open() or self.sample_path.exists():
            self._record.open(self.sample_path)
        else:
            self._make_sample()

    @Slot()
    def ask_again(self) -> None:
        """Ask whether to start the sample over."""
        dialogs = self._tools.dialogs
        dialog = ConfirmDialog("Start the sample over", AGAIN, "Start it over", dialogs.window)
        dialogs.show(dialog).agreed.connect(self._start_over)

    @Slot()
    def _start_over(self) -> None:
        if self.is_open():
            self._tools.workspace.close(self._make_sample)
        else:
            self._make_sample()

    def is_open(self) -> bool:
        """Whether the sample is the record that is open."""
        facts = self._tools.workspace.facts
        return facts is not None and facts.address == self.sample_path.resolve()

    def _make_sample(self) -> None:
        take_turns(self._tools.workspace, self._making_sample())

    def _making_sample(self) -> Turns:
        self._is_making = True
        try:
            work = partial(_make_sample, self._folder)
            path: Path = yield partial(self._tools.workspace.work, work, label="Making the sample")
        finally:
            self._is_making = False
        self._record.open(path)


def _make(
    path: Path,
    person: str,
    key: Passphrase | None,
    reason: str,
    said: tuple[tuple[tuple[str, str], ...], tuple[str, ...] | None, OrganisationDefaults],
    ticket: Ticket,
) -> Path:
    from models.operations.set_up.office import FactChange, SetOfficeFacts, SetUpOffice
    from models.reference.fund_facts import ready_made

    office, codes, organisation = said
    funds = organisation.marked(ready_made(codes, dict(office).get("force", "")))
    with new_whole(path, Opener(person, "the window"), revealed(key)) as record:
        record.perform(SetUpOffice("", funds), Actor(person))
        if office:
            changes = tuple(FactChange(name, value) for name, value in office)
            record.perform(SetOfficeFacts(changes), Actor(person))
        if key is None:
            record.perform(NotePlain(reason), Actor(person))
    return path


def _make_sample(folder: Path, ticket: Ticket) -> Path:
    """Let the command make the sample; it knows how, and the window does not load what that takes."""
    from exchange.reading.sheets import NO_WINDOW

    made = subprocess.Popen(
        [*_command(), "demo", "--out", str(folder), "--no-window"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        creationflags=NO_WINDOW,
    )
    told = _told(made, ticket)
    if made.returncode:
        raise Trouble(NOT_MADE.format(" ".join(told.split())[-200:].rstrip(".") or "no reason was given"))
    return folder / SAMPLE_NAME


def _told(made: "subprocess.Popen[str]", ticket: Ticket) -> str:
    """Wait for the command and return what it told of troubles; end it where somebody cancels."""
    with made:
        while True:
            try:
                return made.communicate(timeout=LOOKS_SECONDS)[1]
            except subprocess.TimeoutExpired:
                if ticket.is_cancelled:
                    made.kill()
                    raise Cancelled from None


def _command() -> list[str]:
    """Return how the command is started: its program beside ours, or through the interpreter."""
    beside = Path(sys.executable).with_name("grant-panel.exe" if sys.platform == "win32" else "grant-panel")
    if beside.exists():
        return [str(beside)]
    return [sys.executable, "-c", "import sys; from cli.command import main; sys.exit(main())"]
