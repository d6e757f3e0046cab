"""The program itself: its version, news of a newer one, and what the organisation set for this computer."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label, small
from models.program import version
from models.reference.defaults import OrganisationDefaults
from scoring.written.text import listed

NEWS = "News of a version (*.txt);;All files (*)"
NO_NETWORK = (
    "The program never looks for a newer version by itself. The person who looks after this computer gets a "
    "signed file with each, which is checked here before anything is installed."
)
NOT_RELEASED = "This program was not built for release, so it has no key to check such a file with."
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
        return NOT_RELEASED
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
