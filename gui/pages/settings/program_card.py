"""What is set of the round on show, and of the program: its version, and what the organisation set."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout

from gui.dialogs.files import Kind
from gui.pages.page import PageTools, Place
from gui.record.runner import Ticket
from gui.text import counted
from gui.theme.look import space
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label, small
from gui.widgets.nesting import nest
from gui.widgets.turned import ChoiceList
from models.operations.set_up.rounds import SetMarking
from models.program import version
from models.queries.deciding.decisions import chain_of
from models.queries.papers.issues import has_issues
from models.reference.defaults import MARKINGS, OrganisationDefaults
from models.reference.sign_off import Chain
from scoring.money import short_pounds
from scoring.written.text import listed

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
        self.note = small(NO_NETWORK)
        self.sets = [Label(line).wrapped() for line in lines_of(tools.settings.organisation)]
        for widget in (self.says, self.note, *self.sets):
            self.body.addWidget(widget)
        self.body.insertWidget(1, self.newer, 0, Qt.AlignmentFlag.AlignLeft)
        self.newer.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        path = self._tools.dialogs.files.open(Kind.NEWS, "Open news of a version", NEWS)
        if path is not None:
            self.open(path)

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
