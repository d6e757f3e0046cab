"""What gives an item that waits its place, each way one change that can be undone."""

from collections.abc import Sequence

from msgspec.structs import asdict, replace

from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import AttachFiles, DescribeAttachment, RemoveAttachments
from models.operations.applications.corrections import (
    ChangeApplications,
    KeepApart,
    NameAnswer,
    changes_between,
)
from models.queries.applications.attachments import Attachment
from models.queries.applications.waiting import Waiting
from models.session import fields_of
from models.values.attachments import APPLICATION, ROUND, FileOf, KeptFile, Subject
from models.values.rows import ApplicationRow, AsSubmitted, Replaced
from scoring.written.text import counted


def keep_change(round_id: int, item: Waiting) -> Operation:
    """Return what settles an item as it is: a file's kind, an answer's heading, or that two are two."""
    if item.pair is not None:
        return KeepApart(round_id, *item.pair)
    if item.file is None or item.subject is None:
        return NameAnswer(round_id, item.application, f"{item.kind.kept}, {item.heading}", item.heading)
    one = item.file
    return DescribeAttachment(
        **asdict(item.subject),
        number=one.number,
        name=one.name,
        file_kind=item.kind.kept,
        replaced_name=one.name,
        replaced_kind=one.kind,
    )


def give_change(round_id: int, files: Sequence[Attachment], application: str) -> Operation:
    """Return what gives files of the round to one of its applications; their bytes are put in beside."""
    to = Subject(APPLICATION, round_id, application)
    kept = tuple(map(_kept, files))
    words = f"Give {counted(len(files), 'file')} to {application}"
    return ChangeApplications(words, (AttachFiles(**asdict(to), files=kept), _away(round_id, files)))


def make_change(round_id: int, taken: ImportApplications, files: Sequence[Attachment]) -> Operation:
    """Return what makes an application that takes files of the round along; their bytes are put in beside."""
    (row,) = taken.rows
    own = tuple(FileOf(row.reference, _kept(one)) for one in files)
    words = f"Make {row.reference} of {counted(len(files), 'file')}"
    return ChangeApplications(words, (replace(taken, files=own), _away(round_id, files)))


def as_typed_over(
    read: ApplicationRow, row: ApplicationRow, submitted: Sequence[AsSubmitted], reason: str
) -> tuple[AsSubmitted, ...]:
    """Return what a file said of an application, and what of it was typed over, and why."""
    changes = changes_between(read, row)
    typed = tuple(Replaced(one.field, one.replacing, reason) for one in changes)
    return tuple(
        replace(one, application=row.reference, corrected=(*one.corrected, *typed)) for one in submitted
    )


def _kept(one: Attachment) -> KeptFile:
    return KeptFile(**fields_of(one, *KeptFile.__struct_fields__))


def _away(round_id: int, files: Sequence[Attachment]) -> RemoveAttachments:
    numbers = tuple(one.number for one in files)
    return RemoveAttachments(**asdict(Subject(ROUND, round_id)), numbers=numbers)
