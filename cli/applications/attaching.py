"""`grant-panel attach` and `attachments`: files beside applications, awards, organisations and rounds."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from cli.frame.output import Column, Options, answer, answer_list, as_table, near, told, told_of
from cli.frame.record import acting, changes, hold_still, is_named, perform_all, person, reads, round_named
from cli.frame.typed import past_day, today, typed_day
from exchange.atomic import free_name, write_beside
from models.journal.erasing import file_erasure_of
from models.operation import Operation
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import application_heads
from models.queries.applications.attachments import (
    Attached,
    attached,
    attached_to,
    content_of,
    removed,
    subject_uid,
)
from models.queries.applications.organisations import organisations, the_organisation
from models.queries.set_up.rounds import rounds
from models.store.private_files import NotAFile, read_regular
from models.store.sqlite.backup import copies
from models.trouble import Trouble, required
from models.values.attachments import (
    APPLICATION,
    AWARD,
    MOST_BYTES,
    ORGANISATION,
    ROUND,
    Subject,
    disk_name,
    kept_file,
    size_fault,
)
from scoring.written.days import short_day
from scoring.written.names import is_same_text
from scoring.written.text import Refused, counted

FILES = (
    Column("Number", "number=file.number", is_right=True),
    Column("Of", "of=words"),
    Column("What", "about=file.about"),
    Column("Name", "name=file.name"),
    Column("Kind", "kind=file.kind"),
    Column("Bytes", "bytes=file.size", is_right=True),
    Column("Read by", "read_by=file.read_by", lambda one: one.file.read_by or None, otherwise="–"),
    Column("May leave", "may_leave", lambda one: "yes" if one.file.may_leave else "no"),
)
REMOVED = (
    Column(
        "Removed by", "removed_by=file.removed_by", lambda one: one.file.removed_by or None, otherwise="–"
    ),
    Column("On", "", lambda one: short_day(one.file.removed_at.astimezone())),
)
_Files = tuple[Attached, ...]
PLAIN = "A copy is not encrypted: keep it safe, and delete it when it is done with."


@changes
def attach(options: Options) -> None:
    """Attach the files in one change, and list them."""
    subject, contents = _subject(options), [_content(path) for path in options.files]
    on = options.received and typed_day(options.received, today(), options)
    received = datetime.combine(past_day(on, "It was received"), time()) if on else None
    files = tuple(
        kept_file(path.name, content, options.kind, received)
        for path, content in zip(options.files, contents, strict=True)
    )
    before = {one.file.number for one in _seen(options)}
    operation = AttachFiles(**asdict(subject), files=files)
    put, by = partial(put_attached, contents=contents), acting(operation, options)
    words = options.opened.perform_beside(operation, put, by)[0].words
    _answer([one for one in _seen(options) if one.file.number not in before], options, words)


@reads
def list_attachments(options: Options) -> None:
    """List the files that whoever asks may see, or those that were removed."""
    found = _chosen(options)
    columns = (*FILES[:5], *REMOVED) if options.removed else FILES
    nothing = "No file was removed." if options.removed else "No file is attached."
    answer_list(options, "attachments", _document, found, as_table(columns, found), nothing)


@reads
def save_copies(options: Options) -> None:
    """Save a copy of each, under a name that no other file has."""
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    saved = [(one, _save(options, folder, one)) for one in _chosen(options)]
    answer(
        options,
        lambda: {"saved": [_document(one) | {"file": str(path)} for one, path in saved]},
        [f"{one.file.name} of {one.words}: {path}" for one, path in saved],
        f"{counted(len(saved), 'file')} saved. {PLAIN}" if saved else "No file is attached.",
    )


@changes
def describe(options: Options) -> None:
    """Change what is asked for of one file."""
    (one,) = _numbered(options, [options.number])
    file, of = one.file, asdict(one.subject)
    name, kind = (options.name, file.name)[options.name is None], options.kind or file.kind
    made: list[Operation] = []
    if (name, kind) != (file.name, file.kind):
        made.append(
            DescribeAttachment(
                **of,
                number=file.number,
                name=name,
                file_kind=kind,
                replaced_name=file.name,
                replaced_kind=file.kind,
            )
        )
    if options.read:
        made.append(TickAttachments(**of, numbers=(file.number,), is_read=options.read == "yes"))
    if not made:
        raise Refused("Nothing is changed: give --name, --kind or --read.")
    words = perform_all(made, options)
    _answer(_numbered(options, [options.number]), options, *words)


@changes
def remove(options: Options) -> None:
    """Remove files, or put removed ones back, those of each subject in one change."""
    found = _numbered(options, options.numbers, _seen(options, removed) if options.back else ())
    made = (RemoveAttachments(**of, numbers=own, is_back=options.back) for of, own in _by(found))
    _answer((), options, *perform_all(made, options))


@changes
def erase(options: Options) -> None:
    """Erase files, also removed ones, those of each subject in one change."""
    why = {"ground": options.ground, "person": options.authorised_by or person(options)}
    found = _numbered(options, options.numbers, _seen(options, removed))
    words = []
    for of, own in _by(found):  # each is worked out of what the one before has left of the journal
        operation = options.ask(file_erasure_of, subject=Subject(**of), numbers=own, **why)
        words += perform_all([operation], options)
    held = () if options.opened.is_shared else copies(options.opened.path)
    names = [str(one.path) for one in held]
    numbers = [one.file.number for one in found]
    answer(options, lambda: {"erased": numbers, "copies": names}, words, hold_still(held))


def _by(found: Sequence[Attached]) -> Iterable[tuple[dict[str, Any], tuple[int, ...]]]:
    """Yield the fields of each subject with the numbers of its files."""
    for subject in dict.fromkeys(one.subject for one in found):
        yield asdict(subject), tuple(one.file.number for one in found if one.subject == subject)


def _seen(options: Options, which: Callable[..., _Files] = attached) -> _Files:
    """Return the files, or those that were `removed`, that whoever asks may see."""
    return options.ask(which, name=person(options) if is_named(options) else "")


def _chosen(options: Options) -> _Files:
    """Return the files of what is named, all where nothing is."""
    found = _seen(options, removed if getattr(options, "removed", False) else attached)
    if options.subject is None:
        return found
    subject = _subject(options)
    every = options.ask(attached_to, of=options.ask(subject_uid, subject=subject), about=subject.about)
    own = {one.number for one in every}  # of an organisation those of what was merged into it, too
    return tuple(one for one in found if one.file.number in own)


def _numbered(options: Options, numbers: Sequence[str], others: Sequence[Attached] = ()) -> _Files:
    """Return files by their numbers on the list, or of some others; refused where one is not there."""
    there = {str(one.file.number): one for one in (*_seen(options), *others)}
    words = "There is no file {} on the list. Look at attachments RECORD list."
    return tuple(required(there.get(number), words.format(number)) for number in dict.fromkeys(numbers))


def _subject(options: Options) -> Subject:
    """Return what is named: an application, an award, a round, else an organisation."""
    said, within = options.subject, None if options.round is None else round_named(options)
    heads = [one for one in options.ask(application_heads) if within in (None, one.round_id)]
    found = [
        Subject(about, one.round_id, one.reference)
        for about, name in ((APPLICATION, "reference"), (AWARD, "award"))
        for one in heads
        if getattr(one, name) == said != ""
    ]
    named = (one for one in options.ask(rounds) if is_same_text(one.name, said))
    found = found or [Subject(ROUND, one.round_id) for one in named]
    if len(found) > 1:
        raise Refused(f"{said} is in more than one round. Name one with --round.")
    if found:
        return found[0]
    if meant := near(said, [one.reference for one in heads]):
        raise Refused(f"There is no application {said} in the record.{meant}")
    lines = options.ask(organisations, today=today(), viewer=OFFICE_VIEWER)
    one = the_organisation(lines, said, "application, award, round or organisation")
    return Subject(ORGANISATION, organisation=one.uid)


def _content(path: Path) -> bytes:
    """Return the bytes of a file; refused of a folder, of what cannot be read, is empty or too large."""
    try:
        size = path.stat().st_size
        content = read_regular(path, MOST_BYTES + 1)
    except NotAFile as error:
        raise Refused(f"{path.name} is not attached: {error.strerror}. Name the files themselves.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check its name.") from None
    if fault := size_fault(path.name, max(size, len(content))):
        raise Refused(fault)
    return content


def _save(options: Options, folder: Path, one: Attached) -> Path:
    content = options.ask(content_of, one=one.file)
    if content is None:
        raise Trouble(f"{one.file.name} of {one.words} is not in the record as it was attached. Run verify.")
    wanted = folder / disk_name(one.file.name)
    to = free_name(wanted) if wanted.exists() else wanted
    return write_beside(to, lambda part: part.write_bytes(content), lambda part: part.stat())


def _document(one: Attached) -> dict[str, object]:
    return {
        **told_of(FILES, one),
        "may_leave": one.file.may_leave,
        **told(one.file, "sha256 added_by added_at received_at"),
        **({"removed_at": one.file.removed_at, **told_of(REMOVED, one)} if one.file.removed_at else {}),
    }


def _answer(found: Sequence[Attached], options: Options, *words: str) -> None:
    answer(options, lambda: {"attachments": [_document(one) for one in found]}, words)
