"""Files kept with an application, organisation, award or round: how they are shown, and what is done.

A copy of one is saved as it came, after a sentence on its kind.
"""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from gui.dialogs.files import Kind, write_whole
from gui.listed.acts import Act, At, Confirm, Deed, Made, Run, Save
from gui.listed.form import Asked, Choice, Form, Line, Ticks
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.record.turns import Turns, performing, take_turns
from gui.tables.columns import Gives, LineColumn
from gui.text import counted
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.journal.erasing import file_erasure_of
from models.operation import Operation
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    EraseAttachments,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.operations.applications.corrections import SetTogether
from models.queries.applications.attachments import (
    Attached,
    Attachment,
    attachments,
    content_of,
    content_seen,
)
from models.values.attachments import (
    APPLICATION,
    AWARD,
    KINDS,
    ORGANISATION,
    ROUND,
    KeptFile,
    Subject,
    disk_name,
    kept_file,
    size_fault,
    size_words,
)
from scoring.written.days import short_day
from scoring.written.text import Refused, first_of

WORDS, ADD = "Files…", "Add files…"
WHAT = "They are kept inside the record as they came. Nothing in them is run."
NOTHING = "No file is kept here yet. Drop files onto this window, paste them, or press “Add files…”."
KIND_SAYS = (
    "Forms, e-mails, bank details, identity papers and what is not sorted stay with the office. Any other "
    "kind may go to the panel once it is ticked as read."
)
TICK, UNTICK = "Read: no contacts, no bank details", "Not read after all"
OPENS = (
    "Read it first: it must hold no contacts and no bank details.",
    "From then on members who may read the application see it beside their score sheets, and it may go into "
    "packs and books and onto the projector.",
)
OFFICE_ONLY = "“{}” stays with the office. Give the file another kind first, if it is one."
STAYS, IS_READ, NOT_READ = "Stays with the office", "Read", "Not read yet"
FOR_GOOD = (
    "Its content goes out of the record for good, and its name off every list and out of the journal. Its "
    "size and its sum stay, to say that it was there.",
    "Papers that were issued with its name keep it. To take it away only for now, use Remove.",
)
AGAIN = "Kept once, for the same content is there already: {}."
Given = tuple[KeptFile, bytes]
"""What is to be kept of a file, and its bytes."""
FileAt = At[tuple[Attachment, ...], Attachment]
OF = "files of"
"""Under this an act finds in what the list keeps whose files it is about."""


class FilesOf(Struct, frozen=True):
    """Whose files they are: as the record knows it, and as it is called."""

    subject: Subject
    called: str

    def change(self, kind: Callable[..., Operation], **how: Any) -> Operation:
        return kind(**asdict(self.subject), **how)


def of_application(round_id: int, reference: str) -> FilesOf:
    return FilesOf(Subject(APPLICATION, round_id, reference), reference)


def of_award(round_id: int, application: str, reference: str) -> FilesOf:
    return FilesOf(Subject(AWARD, round_id, application), reference)


def of_organisation(uid: str, name: str) -> FilesOf:
    return FilesOf(Subject(ORGANISATION, organisation=uid), name)


def of_round(round_id: int, name: str) -> FilesOf:
    return FilesOf(Subject(ROUND, round_id), f"the round “{name}”")


def _added(one: Attachment) -> str:
    if one.removed_at is not None:
        return f"Removed by {one.removed_by or 'nobody known'}, {short_day(one.removed_at.astimezone())}"
    came = f", received {short_day(one.received_at)}" if one.received_at else ""
    return f"Added by {one.added_by}, {short_day(one.added_at.astimezone())}{came}"


def _state(one: Attachment) -> Chip:
    """Return whether it may go to others than the office: never, once it is read, or now; or that it went."""
    if not one.is_there:
        return Chip(Tone.WAITING, "Removed")
    if not one.kind_leaves:
        return Chip(Tone.INFORMATION, STAYS)
    return Chip(Tone.FUND, IS_READ) if one.read_at else Chip(Tone.WAITING, NOT_READ)


def _state_spoken(one: Attachment) -> str:
    word = _state(one).word
    if one.is_there and one.read_at:
        return f"{word} by {one.read_by}, {short_day(one.read_at.astimezone())}"
    return word


def file_spoken(one: Attachment) -> str:
    return ", ".join((one.name, one.kind_words, size_words(one.size), _added(one), _state_spoken(one)))


COLUMNS: tuple[LineColumn[Attachment], ...] = (
    LineColumn("name", "File", attrgetter("name"), file_spoken, file_spoken, under=_added, is_strong=True),
    LineColumn("kind", "Kind", attrgetter("kind_words"), width=140, gives_way=Gives.WORDS),
    LineColumn("size", "Size", lambda one: size_words(one.size), width=76, is_right=True),
    LineColumn(
        "read",
        "For others",
        lambda one: _state(one).word,
        _state_spoken,
        _state_spoken,
        chip=_state,
        width=170,
    ),
)


def read_files(paths: Sequence[Path], ticket: Ticket) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """Return files that are to be kept, and of those that cannot be read why not."""
    given, refused = [], []
    for number, path in enumerate(paths):
        ticket.tick(number, len(paths))
        try:
            fault = _fault(path)
            given += [] if fault else [as_given(path.name, path.read_bytes())]
        except OSError as error:
            fault = f"{path.name} could not be read: {error.strerror}. Copy it to this computer first."
        refused += [fault] if fault else []
    return tuple(given), tuple(refused)


def as_given(name: str, content: bytes) -> Given:
    return kept_file(name, content), content


def _fault(path: Path) -> str:
    """Say why a file is not kept, "" where it may be."""
    if path.is_dir():
        return f"{path.name} is a folder. Add the files in it."
    return size_fault(path.name, path.stat().st_size)


def add_files(tools: PageTools, of: FilesOf, paths: Sequence[Path]) -> Turns:
    """Read files in the work queue, then keep them as one change."""
    label = f"Reading {counted(len(paths), 'file')}"
    found = yield partial(tools.workspace.work, partial(read_files, paths), label=label)
    yield from keep_files(tools, of, *found)


def keep_files(tools: PageTools, of: FilesOf, given: Sequence[Given], refused: Sequence[str] = ()) -> Turns:
    """Keep files with what they are of, as one change; say then which are left out, and why."""
    there = yield partial(tools.workspace.ask, partial(attachments, subject=of.subject))
    sums = {one.sha256 for one in there}
    new = {one[0].sha256: one for one in given if one[0].sha256 not in sums}
    if new:
        files, contents = zip(*new.values(), strict=True)
        change, put = of.change(AttachFiles, files=files), partial(put_attached, contents=contents)
        outcome, _ = yield performing(tools.workspace.perform_beside, change, put)
        tools.toast_outcome(outcome)
    again = [one[0].name for one in given if one not in new.values()]
    told = [*refused, AGAIN.format(first_of(again))] if again else refused
    if told:
        tools.workspace.failed.emit(Refused(" ".join(told)))


def choose_files(of: FilesOf, tools: PageTools) -> None:
    """Ask which files are to be kept."""
    paths = tools.dialogs.files.open_several(Kind.ATTACHED, f"Add files to {of.called}", EVERY)
    if paths:
        take_turns(tools.workspace, add_files(tools, of, paths))


def _of(at: At[Any, Any]) -> FilesOf:
    found: FilesOf = at.kept[OF]
    return found


def _describe(at: FileAt) -> Form:
    one, kinds = at.row, tuple((kind.words, code) for code, kind in KINDS.items())

    def describe(kind: str, name: str) -> Operation | None:
        told = {"name": name, "file_kind": kind, "replaced_name": one.name, "replaced_kind": one.kind}
        is_same = (kind, name) == (one.kind, one.name)
        return None if is_same else _of(at).change(DescribeAttachment, number=one.number, **told)

    return Form(
        title=f"Kind and name of {one.name}",
        sentences=(KIND_SAYS,),
        action="Save",
        does=describe,
        fields=(
            Choice("kind", "Kind", options=kinds, value=one.kind),
            Line("name", "Name", value=one.name, wanted="Name: say how the file is called."),
        ),
    )


def _look(at: FileAt) -> Asked:
    """Show what is in a file, and offer to tick it as read where that opens it."""
    of, one = _of(at), at.row
    ticks = one.kind_leaves and one.read_at is None and at.identity.may(TickAttachments.kind)
    ticked = of.change(TickAttachments, numbers=(one.number,)) if ticks else None
    return Asked(partial(_content, one), lambda content: Run(partial(_show, one, content, ticked)))


def read_file(tools: PageTools, found: Attached, page: int = 0) -> None:
    """Show what is in a file, at a page counted from nought, to whoever may see it by now."""
    viewer = found.viewer or tools.identity.viewer
    query = partial(content_seen, subject=found.subject, number=found.file.number, viewer=viewer)
    tools.workspace.ask(query, lambda content: _show(found.file, content, None, tools, page))


def _show(one: Attachment, content: bytes, ticked: Operation | None, tools: PageTools, page: int = 0) -> None:
    from gui.listed.files_dialog import FileDialog  # it shows what is told here

    dialog = FileDialog(tools, one.name, content, "" if ticked is None else TICK, page)
    if ticked is not None:
        dialog.agreed.connect(partial(tools.perform, ticked))
    tools.dialogs.show(dialog)


def _tick(at: FileAt) -> Deed:
    """Ask before a file is opened to others; it is closed to them again at once."""
    one = at.row
    ticked = partial(_of(at).change, TickAttachments, numbers=(one.number,))
    if one.read_at is not None:
        return ticked(is_read=False)
    return Confirm(f"Is {one.name} read?", OPENS, "Tick it as read", ticked(is_read=True))


def _tick_several(at: FileAt) -> Form:
    """Ask which files are read, as one change."""
    waits = [one for one in at.answer if one.is_there and one.kind_leaves and one.read_at is None]
    ticked = partial(_of(at).change, TickAttachments, is_read=True)
    return Form(
        title="Which files are read?",
        sentences=OPENS,
        action="Tick them as read",
        does=lambda numbers: ticked(numbers=numbers) if numbers else None,
        fields=(Ticks("numbers", "Files", options=tuple((one.name, one.number) for one in waits)),),
    )


def _sort_several(at: FileAt) -> Form:
    """Ask which files are of one kind, as one change."""
    there, kinds = (
        [one for one in at.answer if one.is_there],
        tuple((one.words, code) for code, one in KINDS.items()),
    )

    def sort(numbers: tuple[int, ...], kind: str) -> Operation | None:
        parts = tuple(
            DescribeAttachment(
                **asdict(_of(at).subject),
                number=one.number,
                name=one.name,
                file_kind=kind,
                replaced_name=one.name,
                replaced_kind=one.kind,
            )
            for one in there
            if one.number in numbers and one.kind != kind
        )
        words = f"Give {counted(len(parts), 'file')} a kind"
        return SetTogether(words, parts) if parts else None

    return Form(
        title="Kind of several files",
        sentences=(KIND_SAYS,),
        action="Save",
        does=sort,
        fields=(
            Ticks("numbers", "Files", options=tuple((one.name, one.number) for one in there)),
            Choice("kind", "Kind", options=kinds),
        ),
    )


def _has_several(at: FileAt) -> bool:
    return sum(one.is_there for one in at.answer or ()) > 1


def _save(at: FileAt) -> Deed:
    return saving_copy(at.row.name, partial(_content, at.row))


def _content(one: Attachment, session: Any) -> bytes:
    """Return the bytes of a file; refused where they are gone, or not as they came."""
    content = content_of(session, one)
    if content is None:
        raise Refused(f"{one.name} is not in the record as it came. Check the record on Settings.")
    return content


def _erase(at: FileAt) -> Form:
    """Ask on what grounds the content of a file goes for good."""
    one = at.row

    def erase(ground: str, person: str) -> Made:
        of = partial(file_erasure_of, subject=_of(at).subject, numbers=(one.number,))
        return Made(partial(of, ground=ground, person=person))

    return Form(
        title=f"Erase {one.name}",
        sentences=FOR_GOOD,
        action="Erase",
        is_final=True,
        does=erase,
        fields=(
            Line("ground", "On what grounds", wanted="On what grounds: say why it is erased."),
            Line("person", "Authorised by, name and post", wanted="Authorised by: name who decided it."),
        ),
    )


def _is_chosen(at: At[Any, Any]) -> bool:
    return at.row is not None


def _is_there(at: At[Any, Any]) -> bool:
    return _is_chosen(at) and at.row.is_there


def _is_gone(at: At[Any, Any]) -> bool:
    return _is_chosen(at) and not at.row.is_there


ADDING: Act[Any, Any] = Act(
    words=ADD, kind=AttachFiles.kind, look="primary", does=lambda at: Run(partial(choose_files, _of(at)))
)
LOOK: Act[Any, Any] = Act(words="Look at it…", where=_is_there, does=_look)
REMOVE: Act[Any, Any] = Act(
    words="Remove",
    kind=RemoveAttachments.kind,
    where=_is_there,
    does=lambda at: _of(at).change(RemoveAttachments, numbers=(at.row.number,)),
)
DESCRIBE: Act[Any, Any] = Act(
    words="Kind and name…", kind=DescribeAttachment.kind, where=_is_there, does=_describe
)
READ: Act[Any, Any] = Act(
    words=lambda at: UNTICK if at.row.read_at else f"{TICK}…",
    kind=TickAttachments.kind,
    where=_is_there,
    why_not=lambda at: "" if at.row.kind_leaves else OFFICE_ONLY.format(at.row.kind_words),
    does=_tick,
)
ACTS: tuple[Act[Any, Any], ...] = (
    ADDING,
    LOOK,
    DESCRIBE,
    READ,
    Act(words="Several read…", kind=TickAttachments.kind, where=_has_several, does=_tick_several),
    Act(words="Kind of several…", kind=SetTogether.kind, where=_has_several, does=_sort_several),
    Act(words="Save a copy…", where=_is_there, does=_save),
    REMOVE,
    Act(
        words="Put back",
        kind=RemoveAttachments.kind,
        where=_is_gone,
        does=lambda at: _of(at).change(RemoveAttachments, numbers=(at.row.number,), is_back=True),
    ),
    Act(words="Erase…", kind=EraseAttachments.kind, where=_is_chosen, does=_erase),
)


def files_act(of: Callable[[At[Any, Any]], FilesOf]) -> Act[Any, Any]:
    """Return the act of a row that shows the files of what stands there."""
    return Act(
        words=WORDS,
        kind=AttachFiles.kind,
        also="attachments documents",
        does=lambda at: Run(partial(show_files, of(at))),
    )


def show_files(of: FilesOf, tools: PageTools) -> None:
    """Show the files of something over the page."""
    from gui.listed.files_dialog import FilesDialog  # it shows what is told here

    tools.dialogs.show(FilesDialog(tools, of))


EVERY = "All files (*)"
PLAIN = "The copy is plain: it is not encrypted, and not erased with the record."
RUNS = "A file of this kind can hold macros or run commands. Open it only where you know who sent it."
_ENDINGS = (
    ".exe .com .bat .cmd .ps1 .vbs .js .jse .wsf .hta .msi .scr .lnk .jar .sh .html .htm .svg .mht .url .reg",
    ".docm .dotm .doc .xlsm .xltm .xlsb .xls .xll .xlam .pptm .ppt .ppam .iso .cpl .msc",
)
RUNNING = frozenset(" ".join(_ENDINGS).split())
"""Endings of files that run as programs, or may hold macros or scripts."""


def saving_copy(name: str, content: Callable[[Any], bytes]) -> Confirm:
    """Say what a copy is, then ask where it goes; `content` reads the file's bytes from the record."""
    ending = Path(name).suffix
    save = Save(
        kind=Kind.ATTACHED,
        title=f"Save a copy of {name}",
        name=disk_name(name),
        filter=f"As it came (*{ending})" if ending else EVERY,
        content=content,
        write=partial(write_whole, is_private=True),
        said="{} is saved as it came, not encrypted",
    )
    runs = (RUNS,) if ending.casefold() in RUNNING else ()
    return Confirm(f"Save a copy of {name}?", (*runs, PLAIN), "Choose where…", save)
