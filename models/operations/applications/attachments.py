"""Attaching files to an application, an award, an organisation or a round, and what is done to them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Select, select, update

from models.operation import Outcome
from models.operations.operation_base import FILE, Barrier, RegisteredOperation, refuse_changed
from models.operations.papers import put_pieces, remove_unnamed
from models.papers.issued import file_sum, pieces_key
from models.queries.applications.attachments import Attachment, attached_to, subject_uid
from models.schema.applications import attachment_table
from models.schema.packs import pack_table
from models.schema.personal import ERASED, TextAbout
from models.session import Session, count, fields_of, moment, put_new, set_values, stamp
from models.store import chain as journal
from models.store.chain import Tombstone, erase_bodies
from models.trouble import refuse
from models.values.attachments import AWARD, KINDS, LEAVING, FileOf, KeptFile, Subject, safe_name, size_fault
from scoring.written.text import Refused, first_of

_OF = attachment_table.c


class OfSubject(RegisteredOperation, frozen=True):
    """One on files of a subject, whose fields it has."""

    about: str
    round_id: int
    application: str
    organisation: str

    @property
    def subject(self) -> Subject:
        return Subject(**fields_of(self, *Subject.__struct_fields__))

    @property
    def named(self) -> str:
        """Return the subject in words without personal data: "WM-01", "the award of WM-01", "the round"."""
        what = f"the award of {self.application}" if self.about == AWARD else self.application
        return what or f"{'an' if self.organisation else 'the'} {self.about}"

    def chosen(self, session: Session, numbers: Collection[int]) -> tuple[Attachment, ...]:
        """Return files of the subject by their numbers, removed ones too; refused where one is not of it."""
        there = {
            one.number: one for one in attached_to(session, subject_uid(session, self.subject), self.about)
        }
        missing = [f"{number}" for number in numbers if number not in there]
        if missing:
            raise Refused(f"No file {first_of(missing)} is attached to {self.named}. Look again.")
        return tuple(there[number] for number in numbers)


class AttachFiles(OfSubject, frozen=True):
    """Attach files to one subject. Their bytes are put in beside the change, by `put_attached`."""

    kind = "attach files"
    titled = "Attach {0.files:file} to {0.named}"
    told = "{0.files:file} attached to {0.named}."
    files: tuple[KeptFile, ...]

    def apply(self, session: Session) -> Outcome:
        """Attach them; refused where a file is empty, too large, of no known kind, or there already."""
        refuse("There is no file to attach." if not self.files else "")
        numbers = put_rows(session, self.about, subject_uid(session, self.subject), self.files, self.named)
        return self.done(RemoveAttachments(**asdict(self.subject), numbers=numbers))


class RemoveAttachments(OfSubject, frozen=True):
    """Remove files from their subject, or put removed ones back; the bytes stay until they are erased."""

    kind = "remove attachments"
    titled = "{0.is_back:Put back|Remove} {0.numbers:file} of {0.named}"
    told = "{0.numbers:file} of {0.named} {0.is_back:put back|removed}."
    numbers: tuple[int, ...]
    is_back: bool = False

    def apply(self, session: Session) -> Outcome:
        """Remove them, or put them back; refused where that was done, or they were erased."""
        for one in self.chosen(session, self.numbers):
            refuse(FILE.removed(one, self.is_back))
        set_removed(session, self.numbers, is_removed=not self.is_back)
        return self.done_turning("is_back")


class DescribeAttachment(OfSubject, frozen=True):
    """Give a file another name or kind; one of a kind that stays with the office is ticked no longer.

    Where that is undone it has the tick again, of `read_by` at `read_at`.
    """

    kind = "describe attachment"
    titled = "Describe file {0.number} of {0.named}"
    told = "The name and kind of file {0.number} of {0.named} were changed."
    number: int
    name: TextAbout
    file_kind: str
    replaced_name: TextAbout
    replaced_kind: str
    read_by: str = ""
    read_at: datetime | None = None

    def apply(self, session: Session) -> Outcome:
        """Describe it; refused without a name, of no known kind, or where it was changed meanwhile."""
        (one,) = self.chosen(session, (self.number,))
        refuse_changed((one.name, one.kind), (self.replaced_name, self.replaced_kind), one.told)
        is_safe = self.name == safe_name(self.name)
        refuse(FILE.named(self.name, is_safe), unknown_kind(self.file_kind), _gone(one))
        leaves, tick = self.file_kind in LEAVING, fields_of(one, "read_by", "read_at")
        if not leaves:
            set_values(session, attachment_table, {"id": self.number}, **UNREAD)
        elif self.read_at is not None:
            set_values(
                session, attachment_table, {"id": self.number}, read_by=self.read_by, read_at=self.read_at
            )
        set_values(session, attachment_table, {"id": self.number}, name=self.name, kind=self.file_kind)
        return self.done(
            DescribeAttachment(
                **asdict(self.subject),
                number=self.number,
                name=self.replaced_name,
                file_kind=self.replaced_kind,
                replaced_name=self.name,
                replaced_kind=self.file_kind,
                **({} if leaves else tick),
            )
        )


class TickAttachments(OfSubject, frozen=True):
    """Say that files were read and hold no contacts and no bank details, or take that back."""

    kind = "tick attachments"
    titled = "{0.is_read:Say|Take back} that {0.numbers:file} of {0.named} can leave the office"
    told = "{0.numbers:file} of {0.named}: {0.is_read:read, no contacts, no bank details|to be read again}."
    numbers: tuple[int, ...]
    is_read: bool = True

    def apply(self, session: Session) -> Outcome:
        """Put it down with who and when; refused of a kind that never leaves, or said already."""
        for one in self.chosen(session, self.numbers):
            refuse(_gone(one), FILE.ticked(one, self.is_read))
        read = stamp(session, "read") if self.is_read else UNREAD
        set_values(session, attachment_table, {"id": self.numbers}, **read)
        return self.done_turning("is_read")


class EraseAttachments(OfSubject, Barrier, frozen=True):
    """Erase files of a subject: their bytes and names go, their sums, sizes and kinds stay. A barrier.

    The same bytes that were attached to it, removed and attached again go with them: they are kept once.
    `rows` are those of the journal that name them, as `models.journal.erasing.file_erasure_of` finds.
    """

    kind = journal.ERASE_FILES
    titled = "Erase {0.numbers:file} of {0.named}"
    told = "{0.numbers:file} of {0.named} erased: bytes and names are gone. Sums and sizes stay."
    numbers: tuple[int, ...]
    ground: str
    person: str
    rows: tuple[Tombstone, ...] = ()

    def apply(self, session: Session) -> Outcome:
        """Erase them, also removed ones; refused without a ground and a person, or where they are erased."""
        if not self.ground.strip() or not self.person.strip():
            raise Refused("Say on what ground this is erased, and who authorised it.")
        chosen = self.chosen(session, self.numbers)
        gone = [f"{one.number}" for one in chosen if one.erased_at]
        refuse(f"Erased already: file {first_of(gone)}. Look again." if gone else "")
        erase_bodies(session, self.rows)
        erase_attachments(session, _OF.pieces.in_([one.pieces for one in chosen]))
        went = any(one.kind_leaves and one.read_at for one in chosen) and count(session, pack_table)
        done = self.done()
        return replace(done, words=f"{done.words} {IN_PACKS}") if went else done


UNREAD: dict[str, Any] = {"read_by": "", "read_at": None}
IN_PACKS = (
    "Members who had it in a pack have it still, until they open a newer one; its name stays in their own "
    "journals."
)


def unknown_kind(kind: str) -> str:
    """Say that there is no such kind, "" where there is."""
    return "" if kind in KINDS else f"There is no kind of file “{kind}”. Choose one of: {', '.join(KINDS)}."


def _gone(one: Attachment) -> str:
    return "" if one.is_there else f"{one.told} was removed. Put it back first."


def put_rows(session: Session, about: str, of: str, files: Sequence[KeptFile], named: str) -> tuple[int, ...]:
    """Put down files of a subject, whose identity is `of`; return their numbers.

    Refused of a file that is empty, too large or of no known kind, and of bytes that are attached already.
    """
    there = {one.sha256: one.name for one in attached_to(session, of, about) if one.is_there}
    twice = [sha256 for sha256, many in Counter(file.sha256 for file in files).items() if many > 1]
    for file in files:
        refuse(
            unknown_kind(file.kind),
            size_fault(file.name, file.size),
            FILE.attached(file.name, named, there.get(file.sha256), file.sha256 in twice),
        )
    rows = [
        {
            **asdict(file),
            "about": about,
            "subject": of,
            "pieces": pieces_key(about, of, file.sha256),
            **stamp(session, "added"),
            "read_by": "",
        }
        for file in files
    ]
    return tuple(put_new(session, attachment_table, rows))


def put_with(session: Session, round_id: int, files: Iterable[FileOf]) -> None:
    """Attach files to a round, and to applications of it, that are put in by the same change."""
    for one, own in by_subject(round_id, files).items():
        put_rows(session, one.about, subject_uid(session, one), own, one.application or "the round")


def by_subject(round_id: int, files: Iterable[FileOf]) -> Mapping[Subject, list[KeptFile]]:
    """Return files by what they are attached to."""
    found = defaultdict[Subject, list[KeptFile]](list)
    for one in files:
        found[one.subject(round_id)].append(one.file)
    return found


def put_attached(session: Session, contents: Iterable[bytes]) -> None:
    """Put in the bytes of files that a change has attached: given to `perform_beside` with it."""
    for content in contents:
        is_it = (_OF.sha256 == file_sum(content)) & _OF.erased_at.is_(None)
        for key in session.scalars(select(_OF.pieces).where(is_it).distinct()).all():
            put_pieces(session, key, content)


def set_removed(session: Session, numbers: Collection[int], *, is_removed: bool) -> None:
    """Put down that files are removed, or are there again."""
    set_values(session, attachment_table, {"id": numbers}, removed_at=moment(session) if is_removed else None)


def remove_with(session: Session, of: Select[str]) -> tuple[int, ...]:
    """Remove the files of applications that are taken out, given by their identities; return which."""
    is_of = _OF.subject.in_(of) & _OF.removed_at.is_(None) & _OF.erased_at.is_(None)
    numbers = tuple(session.scalars(select(_OF.id).where(is_of).order_by(_OF.id)))
    if numbers:
        set_removed(session, numbers, is_removed=True)
    return numbers


def erase_attachments(session: Session, which: ColumnElement[bool]) -> None:
    """Let names and bytes of files go; what is erased already stays as it is."""
    chosen = update(attachment_table).where(which, _OF.erased_at.is_(None))
    session.execute(chosen.values(name=ERASED, erased_at=moment(session)))
    remove_unnamed(session)
