"""What is set of the round, the program and the open record: marking, version, passphrase and lock."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget
from shiboken6 import isValid

from gui.access.passphrase_box import passphrase_form, tell_wrong
from gui.access.passphrase_new import new_passphrase, new_passphrase_form
from gui.dialogs.files import Kind
from gui.listed.acts import Confirm, Doing, Run
from gui.listed.form import show_form
from gui.pages.page import PageTools, Place
from gui.record import record_jobs
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, take_turns
from gui.record.workspace import OpenRecord
from gui.text import counted, ours
from gui.theme.look import Tone, space
from gui.widgets.buttons import Button
from gui.widgets.label import Label, small
from gui.widgets.message_area import Notice, Remedy
from gui.widgets.nesting import Card, column_of, nest
from gui.widgets.turned import ChoiceList
from models.operations.set_up.rounds import SetMarking
from models.papers.office import where_to_report
from models.program import version
from models.queries.deciding.decisions import chain_of
from models.queries.papers.issues import has_issues
from models.reference.defaults import LOCK_MINUTES, MARKINGS, OrganisationDefaults
from models.reference.sign_off import Chain
from models.store.sqlite import backup
from models.store.sqlite.backup import Copy
from scoring.money import short_pounds
from scoring.written.text import first_of, listed

SUBJECT = "passphrase"
SET_FOR_YOU = "Set by your organisation."
CHANGE, ENCRYPT = "Change the passphrase…", "Encrypt this record…"
TAKE_OFF, DELETE = "Take encryption off…", "Delete copies without encryption…"
CHANGE_TITLE, ENCRYPT_TITLE = "Change the passphrase", "Encrypt the record"
OFF_TITLE, DELETE_TITLE = "Take encryption off", "Delete copies without encryption"
PROVE = "To change how “{}” is protected, type its current passphrase first."
OFF = (
    "The record is written again without encryption: from then on anyone who can read the file can read "
    "every application in it.",
    "Copies that were made before stay encrypted, with the passphrase they had. Your name is recorded in "
    "History. Earlier changes can then no longer be undone.",
)
IS_OFF = (
    "The record is no longer encrypted. Keep it on a disk that is encrypted, and do not send it by e-mail."
)
VERIFIED = (
    "The record is copied, the copy is checked and put in its place. Earlier changes can then no longer be "
    "undone."
)
LISTED = 6


class RecordSecurity(QWidget):
    """What protects the record, and the buttons that change it."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools, self._doing = tools, Doing(tools, self)
        self.says = Label().wrapped()
        self.change = Button(ENCRYPT, icon="lock")
        self.take_off = Button(TAKE_OFF)
        self.delete = Button(DELETE)
        self.lock = Button("Lock the record").does(tools.actions["lock"])
        self.idle = ChoiceList("Lock automatically")
        options = [(idle_words(minutes), minutes) for minutes in LOCK_MINUTES]
        self.idle.fill_with(options, tools.settings.idle_lock)
        self.idle.setEnabled(tools.settings.organisation.lock_minutes is None)
        self._lay_out()
        self.change.clicked.connect(self._ask)
        self.take_off.clicked.connect(self._ask_take_off)
        self.delete.clicked.connect(self._ask_delete)
        self.idle.activated.connect(self._choose_idle)
        workspace = tools.workspace
        for changed in (workspace.opened, workspace.closed, workspace.rekeyed):
            changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how the open record stands."""
        facts = self._tools.workspace.facts
        can_change = facts is not None and not facts.is_copy and not facts.is_shared
        is_sealed = facts is not None and facts.is_encrypted
        plain = len(backup.plain_copies(facts.path)) if facts is not None and can_change else 0
        self.says.setText(state(facts, plain))
        self.change.show_words(CHANGE if is_sealed else ENCRYPT)
        self.change.setVisible(can_change)
        may_be_plain = self._tools.settings.organisation.lets_me_leave_plain()
        self.take_off.setVisible(can_change and is_sealed and may_be_plain)
        self.delete.setVisible(can_change and is_sealed and plain > 0)

    def _proved(self) -> Turns:
        """Wait for the passphrase in force where there is one: sitting at an open window is not enough."""
        facts, tools = self._tools.workspace.facts, self._tools
        assert facts is not None, "the buttons are there with a record"
        if not facts.is_encrypted:
            return True
        dialog = show_form(tools.dialogs, passphrase_form(facts.path.name, PROVE, "Continue"))
        tools.workspace.locked.connect(dialog.discard)
        while not (yield _waiting(tools.workspace.prove, (yield given(dialog.given)))):
            if not isValid(dialog):  # it was cancelled, or the record locked, meanwhile
                return False
            tell_wrong(dialog)
        if not isValid(dialog):
            return False
        dialog.accept()
        return True

    @Slot()
    def _ask(self) -> None:
        take_turns(self._tools.workspace, self._change())

    def _change(self) -> Turns:
        """Ask for a new passphrase, saying what it does not change; say which copies are as they were."""
        if not (yield from self._proved()):
            return
        facts, tools = self._tools.workspace.facts, self._tools
        assert facts is not None, "the button is there with a record"
        title = CHANGE_TITLE if facts.is_encrypted else ENCRYPT_TITLE
        said = before_change(backup.copies(facts.path), len(backup.plain_copies(facts.path)))
        action = "Change it" if facts.is_encrypted else "Encrypt the record"
        make = partial(new_passphrase, tools.workspace, tools.dialogs, facts.path)
        dialog = show_form(tools.dialogs, new_passphrase_form(title, said, action, make))
        tools.workspace.locked.connect(dialog.discard)
        beside = yield _waiting(tools.workspace.change_key, (yield given(dialog.given)))
        plain = backup.plain_copies(facts.path)
        remedies = (Remedy(DELETE, self._ask_delete),) if plain else ()
        told = after_change(plain, beside, was_sealed=facts.is_encrypted)
        tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING if beside else Tone.FUND, told, remedies))

    @Slot()
    def _ask_take_off(self) -> None:
        take_turns(self._tools.workspace, self._take_off())

    def _take_off(self) -> Turns:
        """Take encryption off, once that is agreed to."""
        if (yield from self._proved()):
            off = Run(lambda tools: tools.workspace.change_key(None, self._tell_taken_off))
            self._doing.do(Confirm(OFF_TITLE, OFF, "Take encryption off", off))

    def _tell_taken_off(self, beside: tuple[str, ...]) -> None:
        self._tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING, IS_OFF))

    @Slot()
    def _ask_delete(self) -> None:
        """Name the copies that anybody can read, and ask before they go."""
        facts = self._tools.workspace.facts
        if facts is not None:
            said = before_delete(backup.plain_copies(facts.path))
            self._doing.do(Confirm(DELETE_TITLE, said, "Delete them", Run(self._delete)))

    def _delete(self, tools: PageTools) -> None:
        delete, label = record_jobs.delete_plain_copies, "Deleting copies that are not encrypted"
        tools.workspace.beside(delete, self._tell_deleted, label=label)

    def _tell_deleted(self, left: tuple[str, ...]) -> None:
        tone = Tone.WARNING if left else Tone.FUND
        self._tools.notices.show_notice(Notice(SUBJECT, tone, after_delete(left)))
        self.refresh()

    @Slot(int)
    def _choose_idle(self, number: int) -> None:
        self._tools.settings.idle_lock = LOCK_MINUTES[number]

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for number, button in enumerate((self.change, self.lock, self.take_off, self.delete)):
            grid.addWidget(button, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        space(grid, 10)
        column_of(self.says, grid, spacing=10, inside=self)


def _waiting(perform: Callable[..., object], *values: object) -> Callable[..., object]:
    """Wait for what something tells whoever it is given last."""
    return lambda then, failed: perform(*values, then)


def state(facts: OpenRecord | None, plain: int) -> str:
    """Return how the open record is protected."""
    if facts is None:
        return "Open a record to see how it is protected."
    if facts.is_copy:
        return "You are reading a copy: its passphrase is the one it was made with."
    if facts.is_shared:
        return "The record is on the office server; the person who runs it says how it is protected there."
    if not facts.is_encrypted:
        return "The record is not encrypted: anyone who can read the file can read the applications."
    said = "The record is encrypted. Nobody can recover its passphrase."
    if plain:
        said += f" {counted(plain, 'earlier copy', 'earlier copies')} beside it can be read by anybody."
    return said


def before_change(copies: Sequence[Copy], plain: int) -> tuple[str, ...]:
    """Return what is said before a passphrase is given or changed."""
    if not copies:
        return (VERIFIED,)
    sealed = len(copies) - plain
    said = "Earlier copies stay as they are:"
    if sealed:
        said += f" {sealed} with the passphrase used so far"
    if plain:
        said += f"{',' if sealed else ''} {plain} without encryption"
    return VERIFIED, f"{said}."


def after_change(plain: Sequence[Copy], beside: Sequence[str], *, was_sealed: bool) -> str:
    """Return what is said once the passphrase is another; `beside` lies in the folder without encryption."""
    said = "The passphrase was changed." if was_sealed else "The record is encrypted."
    if was_sealed:
        said += " Copies made before need the passphrase they had."
    if plain:
        said += f" {counted(len(plain), 'copy', 'copies')} made before can be read by anybody."
    if beside:
        listed = first_of(beside, LISTED)
        said += f" So can what lies in its folder: {listed}. Delete what is not needed."
    return said


def before_delete(plain: Sequence[Copy]) -> tuple[str, ...]:
    """Return the copies that are to go, by name, and what deleting does not do."""
    names = [copy.path.name for copy in plain]
    return (
        f"{counted(len(names), 'copy', 'copies')} without encryption: {first_of(names, LISTED)}.",
        "A fresh, encrypted copy is made in their place. Copies that you put elsewhere are not touched, and "
        "a disk may keep deleted bytes until it writes over them.",
    )


def after_delete(left: Sequence[str]) -> str:
    """Return what became of the copies."""
    if left:
        return (
            f"Not deleted, because another program has them open: {', '.join(left)}. Close it, then try "
            "again."
        )
    return "The copies without encryption were deleted."


NEWS = "News of a version (*.txt);;All files (*)"
NO_NETWORK = (
    "The program never looks for a newer version by itself. The person who looks after this computer gets a "
    "signed file with each, which is checked here before anything is installed."
)
NOTHING_SET = "Your organisation has set nothing for this computer."
FONTS = {"computer": "the computer's own", "shipped": "Grant Panel's own"}
SETS = "Your organisation has set for this computer:"


class ProgramCard(Card):
    """Sentences, and a button that opens a file."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools = tools
        self.says = Label(f"Grant Panel {version()}").wrapped()
        self.newer = Button("Newer version…")
        self.faults = Label(where_to_report(tools.faults_to)).wrapped()
        self.note = small(NO_NETWORK)
        self.sets = [Label(line).wrapped() for line in lines_of(tools.settings.organisation)]
        for widget in (self.says, self.faults, self.note, *self.sets):
            self.body.addWidget(widget)
        self.body.insertWidget(1, self.newer, 0, Qt.AlignmentFlag.AlignLeft)
        self.newer.clicked.connect(self._ask)
        tools.faults_to_changed.connect(self._say_where_to_report)

    @Slot()
    def _ask(self) -> None:
        path = self._tools.dialogs.files.open(Kind.NEWS, "Open news of a version", NEWS)
        if path is not None:
            self.open(path)

    @Slot()
    def _say_where_to_report(self) -> None:
        self.faults.setText(where_to_report(self._tools.faults_to))

    def open(self, path: Path) -> None:
        """Check a file, and say how its version stands to this one."""
        self._tools.workspace.work(partial(_read, path), self._tell, label=f"Reading {path.name}")

    def _tell(self, said: str) -> None:
        self.says.setText(f"Grant Panel {version()}. {said}")


def _read(path: Path, ticket: Ticket) -> str:
    from exchange.version_news import makers_key, read_news

    key = makers_key()
    if key is None:
        return "This program was not built for release, so it has no key to check such a file with."
    news = read_news(path, key)
    return "\n".join((news.beside(version()), *(f"{name}: {code}" for name, code in news.sums)))


def idle_words(minutes: int) -> str:
    """Return after how long the record is locked by itself."""
    return f"After {minutes} minutes without use" if minutes else "Never"


def lines_of(organisation: OrganisationDefaults) -> tuple[str, ...]:
    """Return what an organisation set, and what of it makes no sense, a line for each."""
    set_here = tuple(_settings(organisation))
    return ((SETS, *set_here) if set_here else (NOTHING_SET,)) + organisation.to_correct


def _settings(organisation: OrganisationDefaults) -> Iterator[str]:
    if organisation.record_folder is not None:
        yield f"Records are first looked for in {organisation.record_folder}."
    if organisation.backup_folder is not None:
        yield f"Each day's copy is kept in {organisation.backup_folder} as well."
    if organisation.lock_minutes is not None:
        yield f"Locked automatically: {idle_words(organisation.lock_minutes).lower()}."
    if organisation.marking:
        yield f"The funds of a new record are marked {organisation.marking} at least."
    if organisation.font:
        yield f"The font is {FONTS[organisation.font]}, unless you choose another."
    if organisation.may_leave_plain is not None:
        names = listed(organisation.may_leave_plain, "and") or "nobody"
        yield f"A record may be left without encryption by {names}."


PANEL = "Panel"
EVERY = "Every paper of the round prints it."
FOR_GOOD = "A paper was issued under it, so it stays."
NO_RECORD = "Open a record to see its round."


class RoundCard(Card):
    """Lines of what is set, and of what changes it: areas, panel, who decides, and the marking."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools = tools
        self._place: Place | None = None
        self.areas, self.chain = Label().wrapped(), Label().wrapped()
        self.panel = Label(ours("Members, what they declare, and the areas they mark")).wrapped()
        self.says = Label(tone="text2").wrapped()
        self.choice = ChoiceList("Marking of this round")
        self.choice.setSizeAdjustPolicy(self.choice.SizeAdjustPolicy.AdjustToContents)  # a marking is whole
        self.to_areas = Button(ours("Change areas, pots and dates"))
        self.to_panel = Button("Change the panel")
        self.to_chain = Button("Show decisions")
        self._ways = (
            (self.to_areas, "criteria", "set pot"),
            (self.to_panel, "panel", "add member"),
            (self.to_chain, "decisions", ""),
        )
        self._lines = (
            (Label(ours("Areas and pots")), self.areas, self.to_areas),
            (Label("Panel"), self.panel, self.to_panel),
            (Label("Who decides"), self.chain, self.to_chain),
            (Label("Marking"), self.says, self.choice),
        )
        grid = QGridLayout()
        for row, (name, words, way) in enumerate(self._lines):
            grid.addWidget(name, row, 0)
            grid.addWidget(words, row, 1)
            grid.addWidget(way, row, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        space(grid, 10)
        nest(self.body, grid)
        for button, page, _ in self._ways:
            button.clicked.connect(partial(tools.go, page))
        self.choice.activated.connect(self._set_marking)
        tools.identity_changed.connect(self._show)
        self._show()

    def show_place(self, place: Place | None) -> None:
        """Show another round; None when the record has none."""
        self._place = place
        self._show()

    @Slot()
    def _show(self) -> None:
        """Offer the pages that the person has, once there is a round; nothing stands without one."""
        tools, place = self._tools, self._place
        for part in (part for line in self._lines for part in line if part is not self.areas):
            part.setVisible(place is not None)
        if place is None:
            self.areas.setText(tools.no_round if tools.workspace.facts is not None else NO_RECORD)
            return
        for button, page, kind in self._ways:
            button.setVisible(page in tools.pages and not (kind and tools.identity.refusal(kind)))
        line = place.line
        pots = [area.pot_pence for area in line.areas]
        total = short_pounds(sum(pots))
        self.areas.setText(f"{ours(counted(len(pots), 'area'))}, {total} in the pots")
        self.chain.setText("")
        tools.workspace.ask(partial(chain_of, round_id=line.round_id), self._take)
        markings = dict.fromkeys((*MARKINGS, line.marking))  # a round that was loaded may say more
        self.choice.fill_with(((marking, marking) for marking in markings), line.marking)
        self.choice.setEnabled(False)
        self.choice.setVisible(tools.identity.may("set marking"))
        tools.workspace.ask(partial(has_issues, round_id=line.round_id), self._fix_marking)

    def _take(self, chain: Chain) -> None:
        self.chain.setText(" › ".join((PANEL, *(listed(step.posts) for step in chain))))

    def _fix_marking(self, is_for_good: bool) -> None:
        """Say how the papers of the round are marked, which stays once one was issued under it."""
        may, words = self._tools.identity.may("set marking"), FOR_GOOD if is_for_good else EVERY
        self.choice.setEnabled(may and not is_for_good)
        self.says.setText(words if may else f"{self.choice.currentText()}. {EVERY}")
        self.choice.setAccessibleDescription(self.says.text())

    @Slot()
    def _set_marking(self) -> None:
        assert self._place is not None, "the choice is there with a round"
        line, wanted = self._place.line, self.choice.currentText()
        if wanted != line.marking:
            self._tools.perform(SetMarking(line.round_id, wanted, line.marking))
