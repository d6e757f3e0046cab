"""Issue a pack: its passphrase, its last day and where it is written, then one change of the record."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from exchange.pack_files import seal_pack, stage_sealed
from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseTwice
from gui.dialogs.files import Kind
from gui.file_names import with_ending
from gui.listed.form import ACTION, DataForm, Day, Form, Helps, Own, Saying, Tick, Values
from gui.pages.packs.passphrases import PACKS, put_out
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import ENDS_UNDO, counted
from gui.theme.office_words import ours
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
NOT_TO_MARK = "The rest are handed in, or marks are closed in their area."


def issue_form(line: PackLine) -> Form:
    """Return what asks for a pack's passphrase, its last day, and the kinds of attachments that go along."""
    name, files = line.name, line.files
    ticks = tuple(Tick(of.kind, of.words, value=True, is_long=True) for of in files.by_kind)

    def chosen(kinds: Values) -> frozenset[str]:
        return frozenset(of.kind for of in files.by_kind if kinds[of.kind])

    def along(typed: Values) -> str:
        return f"Attachments that go along: {files.of(chosen(typed)).words or 'none'}."

    return Form(
        title=f"Issue a pack to {name}",
        sentences=(_held_words(line), *(sentence.format(name) for sentence in WORDS)),
        action="Choose where to write it…",
        does=lambda key, expires, **kinds: (key, expires, chosen(kinds)),
        focus=ACTION,
        fields=(
            Saying("Passphrase", "text", weight=600),
            Own("key", "", make=partial(PassphraseTwice, name="Passphrase of the pack", is_offered=True)),
            Helps("Offer six other words", lambda form: form["key"].offer_words()),
            Day(
                *("expires", "Last day of the pack"),
                shown="Last day",
                value=_offered(line.marks_close_on),
                is_past=False,
                check=lambda day: IS_OVER if day < current_day() else "",
            ),
            *((Saying(along, "text", size=13),) if files.going else ()),
            *ticks,
            *((Saying(files.staying_words, "text2"),) if files.staying else ()),
        ),
    )


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
    box = DataForm(issue_form(line), tools.dialogs.window)
    box.given.connect(lambda agreed: take_turns(tools.workspace, _issue(tools, of, line, *agreed)))
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
