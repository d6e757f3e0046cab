"""Packs: who has one, what came back, and what is to be decided."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.pack_files import seal_pack, stage_sealed
from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseTwice
from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Deed, Go, Run
from gui.listed.form import ACTION, Day, Form, Helps, Own, Saying, Tick, Values, show_form
from gui.listed.page import ListedPage, Wanted
from gui.listed.view import ListedView
from gui.pages.packs.passphrases import PACKS, put_out
from gui.pages.packs.returns import Returns
from gui.pages.page import NEW_MEMBERS, PageTools
from gui.pages.page_keys import add_keys
from gui.record.clock import current_day
from gui.record.turns import Turns, performing, settling, take_turns
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import ENDS_UNDO, NOTHING, counted, ours
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.operation import Topic
from models.packs.pack_making import DAYS, ReadyPack, ready_pack
from models.queries.packs.own_record import pack_file
from models.queries.packs.pack_files import PackFiles, content_to_pack, files_of_round
from models.queries.packs.pack_lines import PackLine, pack_lines
from models.queries.panel.area_panels import area_panels
from models.queries.set_up.rounds import round_line
from models.trouble import or_else
from models.values.rounds import RoundLine
from scoring.written.days import short_day

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
    ticks = tuple(Tick(of.kind, of.words, value=True) for of in files.by_kind)

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
    box = show_form(tools.dialogs, issue_form(line))
    box.given.connect(lambda agreed: take_turns(tools.workspace, _issuing(tools, of, line, *agreed)))


def _issuing(
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
        ready_for = partial(ready_pack, round_id=of.round_id, member=line.member, kinds=kinds)
        query = partial(ready_for, today=current_day(), expires_on=expires_on)
        ready: ReadyPack = yield partial(workspace.ask, query)
        name = pack_file(of.name, ready.pack.member.code, ready.number)
        path = tools.dialogs.files.save(Kind.PACK, "Write the pack", name, PACKS)
        if path is None:
            if settle is not None:
                settle("")
            return
        staged: Path = yield partial(workspace.ask, partial(_sealed, ready=ready, key=key, path=path))
        with or_else(partial(staged.unlink, missing_ok=True)):
            yield performing(workspace.perform_beside, ready.operation, ready.keep, settle=settle)
        items = counted(len(ready.pack.applications), "application")
        words = f"The pack for {ready.pack.member.name} is “{{}}”: {items}. Give the passphrase separately."
        put_out(tools, path, staged, words)


def _sealed(session: Any, ready: ReadyPack, key: Passphrase, path: Path) -> Path:
    """Write the sealed pack beside its place, before it is recorded; Trouble where there is no room."""
    contents = (content_to_pack(session, file) for file in ready.files)
    return stage_sealed(seal_pack(ready.pack, ready.text, contents, key.reveal()), path)


CONCERNS = frozenset(
    {Topic.PACKS, Topic.PANEL, Topic.INTERESTS, Topic.MARKS, Topic.APPLICATIONS, Topic.ROUNDS, Topic.SCHEME}
    | {Topic.ATTACHMENTS}
)
DECIDE, ISSUE, TAKE = "decide", "issue", "take in"
NOT_PUBLISHED = "They go out once the criteria are published."
NOBODY = "Nobody is on the panel yet. Add the members on Panel & interests; then each can have a pack."


TONES = {
    "Returned": Tone.FUND,
    "Returned in part": Tone.INFORMATION,
    "Out": Tone.INFORMATION,
    "Expired": Tone.WARNING,
    "Not issued": Tone.WAITING,
}


def _state(line: PackLine) -> str:
    """Return where the pack stands, in a word or two."""
    if line.open:
        return f"{line.open} to decide"
    if line.returned_at is not None and line.issued_at is not None and line.returned_at > line.issued_at:
        return "Returned in part" if line.to_come else "Returned"
    if line.expires_on is None:
        return "Not issued"
    return "Expired" if line.expires_on < current_day() else "Out"


COLUMNS: tuple[LineColumn[PackLine], ...] = (
    LineColumn(
        "member",
        "Member",
        attrgetter("name"),
        under=attrgetter("member"),
        is_strong=True,
        keeps=Keeps.WHOLE,
    ),
    LineColumn("items", "Items", lambda line: f"{line.items}", width=70, gives_way=Gives.WORDS + 1),
    LineColumn(
        "files",
        "Files",
        lambda line: line.files.words or NOTHING,
        width=130,
        gives_way=Gives.WORDS + 4,
    ),
    LineColumn(
        "issued",
        "Issued",
        lambda line: short_day(line.issued_at.date()) if line.issued_at else NOTHING,
        width=120,
        gives_way=Gives.WORDS + 3,
    ),
    LineColumn(
        "expires",
        "Expires",
        lambda line: short_day(line.expires_on) if line.expires_on else NOTHING,
        width=120,
        gives_way=Gives.WORDS + 2,
    ),
    LineColumn(
        "returned",
        "Returned",
        lambda line: short_day(line.returned_at.date()) if line.returned_at else NOTHING,
        width=120,
    ),
    LineColumn(
        "state",
        "State",
        _state,
        width=130,
        chip=lambda line: Chip(TONES.get(_state(line), Tone.WARNING), _state(line)),
        gives_way=Gives.STATE,
    ),
)


class Packs(Struct, frozen=True):
    """The packs of a round, and what of its attachments goes along with them."""

    lines: tuple[PackLine, ...]
    files: PackFiles
    is_open: bool

    @property
    def still(self) -> int:
        """Return how many differences are to be decided."""
        return sum(line.open for line in self.lines)

    @property
    def following(self) -> str:
        """Return which act is next, "" for none: what differs, packs still to go out, then what is out."""
        if self.still:
            return DECIDE
        out = [line for line in self.lines if line.issued_at is not None]
        is_back = any(line.returned_at is not None for line in out)
        if len(out) < len(self.lines) and not is_back:  # once one is back, the others may be scoring here
            return ISSUE
        return TAKE if any(line.returned_at is None for line in out) else ""


def _ask(session: Any, wanted: Wanted) -> Packs:
    assert wanted.round_id is not None, "there is a round"
    of = wanted.round_id
    is_open = round_line(session, of).stage != "set up"
    panels, area = area_panels(session, of), wanted.place.area if wanted.place else None
    lines = tuple(one for one in pack_lines(session, of) if panels.belongs(one.member, area))
    return Packs(lines, files_of_round(session, of), is_open)


def _summary(packs: Packs) -> str:
    if not packs.lines:
        return ""
    expired = [*map(_state, packs.lines)].count("Expired")
    out = sum(line.issued_at is not None for line in packs.lines)
    back = sum(line.returned_at is not None for line in packs.lines)
    words = f"{counted(out, 'pack')} issued, {back} returned."
    if expired:
        words += f" {expired} expired."
    if packs.still:
        words += f" {counted(packs.still, 'difference')} to decide."
    return words if packs.is_open else f"{words} {NOT_PUBLISHED}"


def _issue(at: At[Packs, Any]) -> Deed:
    """Issue a pack to the member at hand."""
    place, line = at.place, at.kept["line"]()
    if place is None or line is None:
        return None
    return Run(lambda tools: ask_issue(tools, place.line, line))


def _look(act: str) -> Callable[[At[Packs, Any]], str]:
    return lambda at: "primary" if at.answer.following == act else "plain"


ISSUE_ONE: Act[Packs, Any] = Act(
    "Issue…",
    _issue,
    where=lambda at: bool(at.answer.lines),
    why_not=lambda at: "" if at.answer.is_open else NOT_PUBLISHED,
    look=_look(ISSUE),
    icon="export",
)
ACTS: tuple[Act[Packs, Any], ...] = (
    Act(
        "Add members…",
        lambda at: Go("panel", NEW_MEMBERS),
        kind="change panel",
        where=lambda at: not at.answer.lines,
    ),
    Act("Import return…", lambda at: Run(lambda tools: at.kept["returns"].ask()), look=_look(TAKE)),
    ISSUE_ONE,
    Act(
        *("Decide what differs…", lambda at: Run(lambda tools: at.kept["returns"].ask_open(at.place))),
        where=lambda at: bool(at.answer.still),
        look=_look(DECIDE),
    ),
)
PAGE: ListedPage[Packs, PackLine] = ListedPage(
    key="packs",
    title="Packs",
    icon="packs",
    list_name="Packs",
    ask=_ask,
    rows=attrgetter("lines"),
    row_key=attrgetter("member"),
    columns=COLUMNS,
    concerns=CONCERNS,
    summary=_summary,
    empty=lambda packs: NOBODY,
    acts=ACTS,
    of_round=True,
    foot=lambda at: at.answer.files.staying_words,
    opens=ISSUE_ONE,
)


class PacksPage(ListedView):
    """The packs of one round."""

    parts_ahead = PAGE.parts_ahead

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, PAGE)
        self.returns = Returns(tools, self)
        self._kept |= {"returns": self.returns, "line": lambda: self.row}
        _, self.take, self.issue, self.decide = self.buttons
        add_keys(self, ((("F8",), self.decide.press),))
