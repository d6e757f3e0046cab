"""Issue a pack: its passphrase, its last day and where it is written, then one change of the record."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from exchange.pack_files import seal_pack, stage_sealed
from gui.access.passphrase import Passphrase
from gui.access.passphrase_twice import PassphraseTwice
from gui.dialogs.files import Kind
from gui.dialogs.form import Form
from gui.file_names import with_ending
from gui.pages.packs.sealing import PACKS, put_out
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import ENDS_UNDO, counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.long_tick import LongTick
from gui.widgets.typed import DayField, Wrong
from models.packs.pack_making import DAYS, ReadyPack, ready_pack
from models.queries.packs.own_record import PACK, pack_file
from models.queries.packs.pack_files import content_to_pack
from models.queries.packs.pack_lines import PackLine
from models.trouble import or_else
from models.values.rounds import RoundLine

WORDS = (
    "The pack holds the applications that {} may score: no contacts, no bank details, no other member's "
    "marks, and nothing in which an interest was declared.",
    "Give the passphrase separately from the file: by telephone, or on paper. The return uses the same.",
    f"A pack that went out cannot be called back. {ENDS_UNDO}",
)

IS_OVER = "That day is over. Enter today or a later day."
NOT_TO_MARK = "The rest are handed in, or scoring is not open in their area."


class IssueDialog(Form):
    """The passphrase, six words offered, the last day, and where to write it."""

    agreed = Signal(object, object, object)

    def __init__(self, look: Look, line: PackLine, parent: QWidget) -> None:
        name = line.name
        words = [_held_words(line), *(sentence.format(name) for sentence in WORDS)]
        super().__init__(look, f"Issue a pack to {name}", words, "Choose where to write it…", parent, 480)
        self.sentence("Passphrase", size=12, weight=600)
        self.passphrase = self.put(PassphraseTwice(look, "Passphrase of the pack", self.problem))
        self.offer = self.put(Button(look, "Offer six other words", kind="link"), is_left=True)
        name, day = "Last day of the pack", _offered(line.marks_close_on)
        self.expires = self.add(name, DayField(name, day, is_past=False), shown="Last day")
        self.offer.clicked.connect(self.passphrase.offer_words)
        self._files, self.kinds = line.files, dict[str, LongTick]()
        self._add_files()
        self.passphrase.offer_words()
        self.finish(self.do)

    def _add_files(self) -> None:
        """Have the kinds of attachments chosen that go along; say how large they are, and what stays."""
        self.along = self.sentence("")
        self.along.setVisible(bool(self._files.going))
        for of in self._files.by_kind:
            tick = self.kinds[of.kind] = self.put(LongTick(of.words))
            tick.setChecked(True)
            tick.toggled.connect(self._tell_size)
        if self._files.staying:
            self.sentence(self._files.staying_words, size=12, tone="text2")
        self._tell_size()

    @Slot()
    def _tell_size(self) -> None:
        self.along.setText(f"Attachments that go along: {self._files.of(self.chosen_kinds).words or 'none'}.")

    @property
    def chosen_kinds(self) -> frozenset[str]:
        """Return the kinds of attachments that go along."""
        return frozenset(kind for kind, tick in self.kinds.items() if tick.isChecked())

    def forget_typed(self) -> None:
        """Keep no passphrase."""
        self.passphrase.forget()

    def try_action(self) -> None:
        """Hand over the passphrase and the last day, or say what is wrong with them."""
        self.faults.place(self.passphrase)
        key = self.passphrase.chosen()
        if key is not None:
            day = self.expires.that_day
            if day < current_day():
                raise Wrong(IS_OVER, self.expires)
            self.agreed.emit(key, day, self.chosen_kinds)
            self.accept()


def _held_words(line: PackLine) -> str:
    """Return how many applications a pack holds, and how many of them can be marked where not all can."""
    held = f"It holds {counted(line.items, 'application')}"
    if line.to_mark == line.items:
        return f"{held}, all open to be marked."
    return f"{held}, {line.to_mark:,} of them open to be marked. {ours(NOT_TO_MARK)}"


def _offered(marks_close_on: date | None) -> date:
    """Return the last day that is offered: a pack is of no use once the marks it is for are closed."""
    today = current_day()
    later = today + timedelta(days=DAYS)
    return min(later, marks_close_on) if marks_close_on is not None and marks_close_on >= today else later


def ask_issue(tools: PageTools, of: RoundLine, line: PackLine) -> None:
    """Ask for a passphrase, then where to write the pack."""
    box = IssueDialog(tools.look, line, tools.dialogs.window)
    box.agreed.connect(lambda *agreed: take_turns(tools.workspace, _issue(tools, of, line, *agreed)))
    tools.dialogs.show(box)


def _issue(
    tools: PageTools,
    of: RoundLine,
    line: PackLine,
    key: Passphrase,
    expires_on: date,
    kinds: frozenset[str],
) -> Turns:
    """Ask where the pack goes; the box waits until it is recorded, and comes back if that is refused."""
    workspace = tools.workspace
    with settling(workspace) as settle:
        query = partial(_ready, round_id=of.round_id, member=line.member, expires_on=expires_on, kinds=kinds)
        ready: ReadyPack = yield partial(workspace.ask, query)
        name = pack_file(of.name, ready.pack.member.code, ready.number)
        chosen = tools.dialogs.files.save(Kind.PACK, "Write the pack", name, PACKS)
        if chosen is None:
            if settle is not None:
                settle("")
            return
        path = with_ending(chosen, PACK)
        staged: Path = yield partial(workspace.ask, partial(_sealed, ready=ready, key=key, path=path))
        with or_else(partial(staged.unlink, missing_ok=True)):
            yield performing(workspace.perform_beside, ready.operation, ready.keep, settle=settle)
        items = counted(len(ready.pack.applications), "application", "applications")
        words = f"The pack for {ready.pack.member.name} is “{{}}”: {items}. Give the passphrase separately."
        put_out(tools, path, staged, words)


def _ready(session: Any, round_id: int, member: str, expires_on: date, kinds: frozenset[str]) -> ReadyPack:
    return ready_pack(session, round_id, member, current_day(), expires_on, kinds=kinds)


def _sealed(session: Any, ready: ReadyPack, key: Passphrase, path: Path) -> Path:
    """Write the sealed pack beside its place, before it is recorded; Trouble where there is no room."""
    contents = (content_to_pack(session, file) for file in ready.files)
    return stage_sealed(seal_pack(ready.pack, ready.text, contents, key.reveal()), path)
