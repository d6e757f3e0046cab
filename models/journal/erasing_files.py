"""Working the erasure of files out before it is made: which journal rows name them, and what stays there."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from models.journal.erasing import of_erasure, tombstones_of
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import (
    DescribeAttachment,
    EraseAttachments,
    OfSubject,
)
from models.operations.retention import without_source
from models.operations.tombstones import Tombstone
from models.queries.applications.attachments import Attachment, attached_to, subject_uid
from models.queries.retention.held_rows import Rounds
from models.schema.attachments import attachment_table
from models.schema.base import ERASED
from models.session import Session
from models.store import chain as journal
from models.store.locks.signing_on import refuse_without_all
from models.store.upkeep import TableRows
from models.values.attachments import APPLICATION, FileOf, KeptFile, Subject


def file_erasure_of(
    session: Session, subject: Subject, numbers: Sequence[int], ground: str, person: str
) -> EraseAttachments:
    """Return the erasure of files of a subject, with the rows of the journal that name them.

    Refused on a server to whom some of these are closed.
    """
    refuse_without_all(session)
    every = attached_to(session, subject_uid(session, subject), subject.about)
    sums = {one.sha256 for one in every if one.number in numbers}
    names = _Names(session, subject, [one for one in every if one.sha256 in sums])
    rows, kinds = list[Tombstone](), dict[int, str]()
    for entry in journal.entries(session):
        kinds[entry.seq] = entry.kind
        if entry.body is None:
            continue
        if entry.kind in journal.ERASING:
            rows += of_erasure(entry.seq, entry.body, kinds, names.left_of)
        elif entry.kind == DescribeAttachment.kind or any(one in entry.body for one in sums):
            rows += tombstones_of(entry.seq, entry.kind, entry.body, names.left_of)
    return EraseAttachments(
        **asdict(subject), numbers=tuple(numbers), ground=ground, person=person, rows=tuple(rows)
    )


class _Names:
    """The names of some files of one subject, to be taken out of changes."""

    def __init__(self, session: Session, subject: Subject, files: Sequence[Attachment]) -> None:
        self._subject, self._rounds = subject, Rounds(session)
        self._sums = {one.sha256 for one in files}
        self._pieces = {one.pieces for one in files}
        self._numbers = {one.number for one in files}

    def left_of(self, operation: Operation) -> Operation:
        """Return a change without them."""
        left: Operation = self._without(operation, None)
        return left

    def _without(self, value: Any, of: Subject | None) -> Any:
        """Return a value without them; `of` is what the files in it are attached to, None where unknown."""
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(self._without(part, of) for part in value)
        if isinstance(value, TableRows) and value.table == attachment_table.name:
            return self._of_table(value)
        if not isinstance(value, Struct):
            return value
        of = self._subject_of(value, of)
        left = {name: self._without(getattr(value, name), of) for name in value.__struct_fields__}
        left |= dict.fromkeys(self._names_in(value, of), ERASED)
        is_same = all(getattr(value, name) == part for name, part in left.items())
        after = value if is_same else replace(value, **left)
        if isinstance(value, ImportApplications) and isinstance(after, ImportApplications):
            pairs = zip(value.files, after.files, strict=True)
            return without_source(after, {one.file.name for one, now in pairs if one != now})
        return after

    def _subject_of(self, value: Struct, of: Subject | None) -> Subject | None:
        if isinstance(value, ImportApplications):
            return Subject(APPLICATION, self._rounds.number_of(value) or 0)
        if isinstance(value, FileOf) and of is not None:
            return value.subject(of.round_id)
        return value.subject if isinstance(value, OfSubject) else of

    def _names_in(self, value: Struct, of: Subject | None) -> tuple[str, ...]:
        """Return the fields of a value that hold a name to be erased."""
        if isinstance(value, KeptFile):
            return ("name",) if of == self._subject and value.sha256 in self._sums else ()
        is_it = isinstance(value, DescribeAttachment) and value.number in self._numbers
        return ("name", "replaced_name") if is_it else ()

    def _of_table(self, value: TableRows) -> TableRows:
        key, name = (value.columns.index(one) for one in ("pieces", "name"))
        rows = (
            (*row[:name], ERASED, *row[name + 1 :]) if row[key] in self._pieces else row for row in value.rows
        )
        return replace(value, rows=tuple(rows))
