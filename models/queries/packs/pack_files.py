"""The attachments that a member's pack holds, and those that stay at the office, with why."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from msgspec import Struct

from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.attachments import (
    Attachment,
    attached_to,
    attachments_of_round,
    content_of,
)
from models.session import Session
from models.trouble import required
from models.values.attachments import APPLICATION, KINDS, LEAVING, NOT_SORTED, kind_words, size_words
from models.values.packs import PackFile, allowed_text
from scoring.written.text import counted

NOT_SORTED_YET = "{} not sorted yet"
NEVER = "{} of a kind that never leaves the office"
UNREAD = "{} not ticked as read: no contacts, no bank details"
LEFT_OUT = "{} of a kind that is left out"
WHY_STAYING = (NOT_SORTED_YET, UNREAD, LEFT_OUT, NEVER)


class FilesOfKind(Struct, frozen=True):
    """How many attachments of a kind there are, and their bytes together."""

    kind: str
    count: int
    size: int

    @property
    def words(self) -> str:
        """Return it for a reader: "quote or estimate: 2 files, 4.2 MB"."""
        return f"{kind_words(self.kind)}: {counted(self.count, 'file')}, {size_words(self.size)}"


class PackFiles(Struct, frozen=True):
    """The attachments that go into a pack, in the order of their bytes, and of the others why they stay.

    `staying` holds sentences' parts with {} for how many, and that number.
    """

    going: tuple[Attachment, ...] = ()
    staying: tuple[tuple[str, int], ...] = ()

    def of(self, kinds: Container[str]) -> "PackFiles":
        """Return what goes of some kinds."""
        return PackFiles(tuple(one for one in self.going if one.kind in kinds))

    @property
    def size(self) -> int:
        return sum(one.size for one in self.going)

    @property
    def words(self) -> str:
        """Return how many files go and how large they are, "" for none."""
        return f"{counted(len(self.going), 'file')}, {size_words(self.size)}" if self.going else ""

    @property
    def by_kind(self) -> tuple[FilesOfKind, ...]:
        """Return what goes by kind, in the order of kinds."""
        of = {kind: [one.size for one in self.going if one.kind == kind] for kind in KINDS}
        return tuple(FilesOfKind(kind, len(sizes), sum(sizes)) for kind, sizes in of.items() if sizes)

    @property
    def staying_words(self) -> str:
        """Return what stays at the office and why, in a sentence; "" where nothing does."""
        parts = [words.format(counted(count, "file")) for words, count in self.staying]
        return f"Staying at the office: {'; '.join(parts)}." if parts else ""


def sorted_files(session: Session, round_id: int, kinds: Container[str] = LEAVING) -> Mapping[str, PackFiles]:
    """Return by reference which attachments of a round's applications go into packs, and why others stay.

    Those go that are of one of these kinds and were ticked as read; one of a kind that stays never does.
    """
    found = attachments_of_round(session, round_id, OFFICE_VIEWER)
    return {reference: _sorted(files, kinds) for reference, files in found.items()}


def files_of_round(session: Session, round_id: int) -> PackFiles:
    """Return what packs of a round may hold, and what stays."""
    return together(sorted_files(session, round_id).values())


def together(files: Iterable[PackFiles]) -> PackFiles:
    """Return the attachments of several applications as those of one pack."""
    found = tuple(files)
    staying = Counter[str]()
    for one in found:
        staying.update(dict(one.staying))
    return PackFiles(
        tuple(file for one in found for file in one.going),
        tuple((why, staying[why]) for why in WHY_STAYING if staying[why]),
    )


def _sorted(files: Iterable[Attachment], kinds: Container[str]) -> PackFiles:
    of_application = [one for one in files if one.about == APPLICATION]
    stays = [_why_staying(one, kinds) for one in of_application]
    going = tuple(one for one, why in zip(of_application, stays, strict=True) if not why)
    return PackFiles(going, tuple((why, stays.count(why)) for why in WHY_STAYING if why in stays))


def _why_staying(one: Attachment, kinds: Container[str]) -> str:
    """Return why an attachment stays at the office, "" where it goes."""
    if one.may_leave:
        return "" if one.kind in kinds else LEFT_OUT
    if one.kind == NOT_SORTED:
        return NOT_SORTED_YET
    return UNREAD if one.kind_leaves else NEVER


def erased_files(session: Session, uid: str) -> tuple[str, ...]:
    """Return the sums of an application's files that were erased and may have gone in a pack before."""
    every = attached_to(session, uid, APPLICATION)
    there = {one.sha256 for one in every if one.erased_at is None}
    gone = {one.sha256 for one in every if one.kind_leaves and one.read_at is not None}
    return tuple(sorted(gone - there))


def as_packed(one: Attachment) -> PackFile:
    """Return an attachment as a pack lists it, its name without addresses and numbers."""
    return PackFile(allowed_text(one.name), one.kind, one.size, one.sha256)


def content_to_pack(session: Session, one: Attachment) -> bytes:
    """Return the bytes of an attachment; refused where they are gone or not as they were added."""
    words = f"The file {one.number} of a pack is not in the record as it was added. Verify the record."
    return required(content_of(session, one), words)
