"""The files attached to a subject, as one person may see them, and the bytes of one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, select

from models.operation import operation_of
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.merges import members_of_organisations, merged_into
from models.queries.permissions.reading import only_viewer_of, sight_of, viewer_as, viewer_of
from models.queries.rows import columns_of
from models.queries.set_up.office import parts
from models.queries.set_up.rounds import round_line, rounds
from models.role import EVERYWHERE, Role
from models.schema.applications import application_table, attachment_table, organisation_table
from models.schema.set_up import round_table
from models.session import Session, pairs_of, selection
from models.store.chain import said_rows
from models.store.locks.signing_on import why_closed
from models.store.parts import part
from models.trouble import required
from models.values.attachments import APPLICATION, AWARD, LEAVING, ORGANISATION, ROUND, Subject, kind_words
from models.values.rounds import RoundLine
from scoring.written.names import is_same_text

_OF = attachment_table.c
REMOVE = "remove attachments"
"""The kind of change by which files are removed, and put back."""
SEES_ALL = frozenset({Role.OFFICER, Role.CHAIR, Role.FINANCE})
"""Who sees every attachment: the office."""


class Attachment(Struct, frozen=True):
    """A file that is attached to something, as the record has it; `about` and `subject` say to what.

    `read_by` is who found neither contacts nor bank details in it, "" for nobody yet. Who removed it is known
    where that was asked.
    """

    number: int
    about: str
    subject: str
    name: str
    kind: str
    size: int
    sha256: str
    pieces: str
    received_at: datetime | None
    added_by: str
    added_at: datetime
    read_by: str
    read_at: datetime | None
    removed_at: datetime | None
    erased_at: datetime | None
    removed_by: str = ""

    @property
    def kind_words(self) -> str:
        return kind_words(self.kind)

    @property
    def kind_leaves(self) -> bool:
        """Whether files of its kind may leave the office at all."""
        return self.kind in LEAVING

    @property
    def may_leave(self) -> bool:
        """Whether it may be shown to members and go into packs: of such a kind, and read."""
        return self.kind_leaves and self.read_at is not None and self.is_there

    @property
    def is_there(self) -> bool:
        """Whether it is neither removed nor erased."""
        return self.removed_at is None and self.erased_at is None

    @property
    def is_removed(self) -> bool:
        """Whether it was removed and its bytes are kept still."""
        return self.removed_at is not None and self.erased_at is None

    @property
    def told(self) -> str:
        """Return it as a refusal names it."""
        return f"File {self.number}, {self.name},"


def _sees(role: str, one: Attachment) -> bool:
    """Whether somebody in a role sees a file that no interest closes.

    An auditor sees every one of a kind that may leave the office, others those that do.
    """
    if role in SEES_ALL:
        return True
    return one.kind_leaves if role == Role.AUDITOR else one.about == APPLICATION and one.may_leave


_COLUMNS = columns_of(Attachment, attachment_table, number=_OF.id)


def _found(session: Session, *where: ColumnElement[bool]) -> tuple[Attachment, ...]:
    query: Any = select(*_COLUMNS).where(*where).order_by(_OF.id)
    return tuple(Attachment(*row) for row in session.execute(query))


def attached_to(session: Session, of: str, about: str) -> tuple[Attachment, ...]:
    """Return all that was ever attached to a subject, by its identity: removed and erased files too.

    An organisation has those of the organisations that were merged into it as well.
    """
    return _found(session, _is_of(session, of, about), _OF.about == about)


def _is_of(session: Session, of: str, about: str) -> ColumnElement[bool]:
    if about != ORGANISATION:
        return _OF.subject == of
    own, one = organisation_table.c, members_of_organisations()
    number = session.scalar(selection(own.id, uid=of))
    return _OF.subject.in_(
        select(own.uid).join(one, one.c.member_id == own.id).where(one.c.organisation_id == number)
    )


def every_attachment(session: Session) -> tuple[Attachment, ...]:
    """Return every attachment of the record, removed and erased ones too."""
    return _found(session)


def subject_uid(session: Session, subject: Subject) -> str:
    """Return the identity of what files are attached to; refused where it is not in the record."""
    if subject.about == ORGANISATION:
        columns = selection(organisation_table.c.uid, uid=subject.organisation)
        return required(session.scalar(columns), "There is no such organisation in the record.")
    if subject.about == ROUND:
        columns = selection(round_table.c.uid, id=subject.round_id)
        return required(session.scalar(columns), "There is no such round in the record.")
    of = selection(application_table.c.uid, round_id=subject.round_id, reference=subject.application)
    words = f"There is no application {subject.application} in the round. Correct the reference."
    return required(session.scalar(of), words)


def attachments(session: Session, subject: Subject, viewer: Viewer = OFFICE_VIEWER) -> tuple[Attachment, ...]:
    """Return the files of a subject that a person may see, in the order in which they were added."""
    if subject.about in (APPLICATION, AWARD):
        of_round = attachments_of_round(session, subject.round_id, viewer)
        return tuple(one for one in of_round.get(subject.application, ()) if one.about == subject.about)
    return tuple(one for one in _ever_attached(session, subject, viewer) if one.is_there)


def with_removed(session: Session, subject: Subject, viewer: Viewer) -> tuple[Attachment, ...]:
    """Return the files of a subject that a person may see, then those that were removed from it.

    The office sees these, of what is open to the person, each with who removed it.
    """
    gone = [one for one in _ever_attached(session, subject, viewer) if one.is_removed]
    by = _removers(session) if gone else {}
    return (*attachments(session, subject, viewer), *(_with_remover(one, by) for one in gone))


def _with_remover(one: Attachment, by: Mapping[int, str]) -> Attachment:
    return replace(one, removed_by=by.get(one.number, ""))


def _ever_attached(session: Session, subject: Subject, viewer: Viewer) -> tuple[Attachment, ...]:
    """Return all that a person sees that was ever attached to a subject, nothing of one that is closed."""
    if _is_closed(session, subject, viewer):
        return ()
    every = attached_to(session, subject_uid(session, subject), subject.about)
    return tuple(one for one in every if _sees(viewer.role, one))


def _is_closed(session: Session, subject: Subject, viewer: Viewer) -> bool:
    """Whether a subject's files are closed to a person.

    Those of an organisation are as any of its applications is, those of a round where all in it are.
    """
    if viewer == OFFICE_VIEWER:
        return False
    if subject.about == ORGANISATION:
        return subject.organisation in _closed_organisations(session, viewer.name)
    closed = _closed_in(session, subject.round_id, viewer)
    if subject.about != ROUND:
        return subject.application in closed
    every = frozenset(session.scalars(selection(application_table.c.reference, round_id=subject.round_id)))
    return bool(every) and every <= closed


def _closed_in(session: Session, round_id: int, viewer: Viewer) -> frozenset[str]:
    """Return a round's applications that are closed to a person, without those that a server withholds."""
    return frozenset() if why_closed(session, round_id) else sight_of(session, round_id, viewer).closed


def _removers(session: Session) -> Mapping[int, str]:
    """Return who removed files last, by their numbers."""
    found: dict[int, str] = {}
    for _, _, actor, kind, body in said_rows(session, (REMOVE, "change applications")):
        change = operation_of(kind, body)
        for one in getattr(change, "parts", (change,)):
            if one.kind == REMOVE and not one.is_back:
                found |= dict.fromkeys(one.numbers, actor)
    return found


def _closed_organisations(session: Session, name: str) -> frozenset[str]:
    """Return of which organisations, by identity, an application is closed to a person; "" is the office.

    Merged ones are among them where one of those that they are now counted with is.
    """
    numbers, table = set[int | None](), application_table.c
    for at in (line.round_id for line in rounds(session)) if name else ():
        closed = _closed_in(session, at, viewer_of(session, name, at))
        of = pairs_of(session, table.reference, table.organisation_id, round_id=at)
        numbers |= {of[reference] for reference in closed}
    now = merged_into(session)
    shut = {now.get(number, number) for number in numbers if number is not None}
    identities = pairs_of(session, organisation_table.c.uid, organisation_table.c.id)
    return frozenset(uid for uid, number in identities.items() if now.get(number, number) in shut)


def attachments_of_round(
    session: Session, round_id: int, viewer: Viewer = OFFICE_VIEWER
) -> Mapping[str, tuple[Attachment, ...]]:
    """Return the files of a round's applications and awards that a person may see, by reference."""
    every = _of_round(session, round_id)
    if not every or viewer == OFFICE_VIEWER:
        return every
    closed = _closed_in(session, round_id, viewer)
    shown = {
        reference: tuple(one for one in own if _sees(viewer.role, one))
        for reference, own in every.items()
        if reference not in closed
    }
    return {reference: own for reference, own in shown.items() if own}


@part
def _of_round(session: Session, round_id: int) -> Mapping[str, tuple[Attachment, ...]]:
    """Return the files of a round's applications and awards, by reference."""
    references = pairs_of(session, application_table.c.uid, application_table.c.reference, round_id=round_id)
    of_round = _OF.subject.in_(selection(application_table.c.uid, round_id=round_id))
    found: dict[str, tuple[Attachment, ...]] = {}
    for one in _found(session, of_round, _OF.removed_at.is_(None), _OF.erased_at.is_(None)):
        reference = references[one.subject]
        found[reference] = (*found.get(reference, ()), one)
    return found


def sums_in_round(session: Session, round_id: int) -> Mapping[str, frozenset[str]]:
    """Return the sums of all bytes that are attached to a round's applications, by reference; "": its own."""
    own = attached_to(session, subject_uid(session, Subject(ROUND, round_id)), ROUND)
    every = {**_of_round(session, round_id), "": tuple(one for one in own if one.is_there)}
    return {of: frozenset(one.sha256 for one in files) for of, files in every.items()}


class Attached(Struct, frozen=True):
    """A file with the subject that it is attached to, and this in words: "ACF-001", "the round Autumn".

    `viewer` is who sees it, as which they have a part in its round, None for who asked.
    """

    words: str
    subject: Subject
    file: Attachment
    viewer: Viewer | None = None


def attached(session: Session, name: str = "") -> tuple[Attached, ...]:
    """Return every file that is attached to what is in the record, as a person sees them; "": the office."""
    found, roles = list[Attached](), set[str]() if name else {OFFICE_VIEWER.role}
    for line in rounds(session):
        viewer = only_viewer_of(session, name, line.round_id) if name else OFFICE_VIEWER
        roles.add(viewer.role)
        found += _attached_in(session, line, viewer)
    found += _to_organisations(session, name, roles)
    return tuple(sorted(found, key=lambda one: one.file.number))


def attached_around(session: Session, round_id: int, viewer: Viewer) -> tuple[Attached, ...]:
    """Return the files that a person sees: of a round, of the other rounds, then those of organisations.

    Each round is read in the role that they have there: the same if it is one of theirs, else their first, or
    as one who only reads.
    """
    found = [*_attached_in(session, round_line(session, round_id), viewer)]
    for line in rounds(session):
        if line.round_id != round_id:
            reader = _reader(session, viewer, line.round_id)
            there = _attached_in(session, line, reader)
            found += (replace(one, words=_in_round(one, line), viewer=reader) for one in there)
    return (*found, *_to_organisations(session, viewer.name, (viewer.role,)))


def _reader(session: Session, viewer: Viewer, at: int) -> Viewer:
    """Return who reads one round as they read another."""
    if viewer == OFFICE_VIEWER:
        return viewer
    own = [one.role for one in parts(session, at) if one.role and is_same_text(one.name, viewer.name)]
    role = viewer.role if viewer.role in (*own, *EVERYWHERE) else next(iter(own), Role.READER)
    return viewer_as(session, viewer.name, role, at)


def _in_round(one: Attached, line: RoundLine) -> str:
    return one.words if one.subject.about == ROUND else f"{one.words}, {line.name}"


def _attached_in(session: Session, line: RoundLine, viewer: Viewer) -> Iterator[Attached]:
    for reference, own in attachments_of_round(session, line.round_id, viewer).items():
        for one in own:
            yield Attached(reference, Subject(one.about, line.round_id, reference), one)
    of_round = Subject(ROUND, line.round_id)
    for one in attachments(session, of_round, viewer):
        yield Attached(f"the round {line.name}", of_round, one)


def _to_organisations(session: Session, name: str, roles: Iterable[str]) -> Iterator[Attached]:
    """Yield the files of the organisations that are open to somebody in these roles; "" is the office."""
    names = pairs_of(session, organisation_table.c.uid, organisation_table.c.name)
    closed = _closed_organisations(session, name)
    seen = (one for one in _found(session, _OF.about == ORGANISATION) if any(_sees(of, one) for of in roles))
    for one in seen:
        if one.subject in names.keys() - closed and one.is_there:
            yield Attached(names[one.subject], Subject(ORGANISATION, organisation=one.subject), one)


def removed(session: Session, name: str = "") -> tuple[Attached, ...]:
    """Return every file that was removed from what is in the record and not erased, each with who did that.

    The office sees them, of what is open to the person; "" is the office.
    """
    by = _removers(session)
    gone = [_with_remover(one, by) for one in every_attachment(session) if one.is_removed]
    of = ((one, _subject_of(session, one)) for one in gone)
    return tuple(
        Attached(subject.application or _words_of(session, subject), subject, one)
        for one, subject in of
        if subject is not None and (not name or _sees_removed(session, subject, one, name))
    )


def _sees_removed(session: Session, subject: Subject, gone: Attachment, name: str) -> bool:
    own = [subject.round_id] if subject.round_id else [line.round_id for line in rounds(session)]
    viewers = (only_viewer_of(session, name, at) for at in own)
    return any(_sees(one.role, gone) and not _is_closed(session, subject, one) for one in viewers)


def _words_of(session: Session, subject: Subject) -> str:
    if subject.about == ROUND:
        return f"the round {round_line(session, subject.round_id).name}"
    return session.scalars(selection(organisation_table.c.name, uid=subject.organisation)).one()


def _subject_of(session: Session, one: Attachment) -> Subject | None:
    """Return what a file was attached to, None where that is no longer in the record."""
    if one.about == ORGANISATION:
        return Subject(ORGANISATION, organisation=one.subject)
    of, at = application_table.c, round_table.c
    columns: Any = select(of.round_id, of.reference).where(of.uid == one.subject)
    if one.about == ROUND:
        columns = select(at.id).where(at.uid == one.subject)
    row = session.execute(columns).first()
    return None if row is None else Subject(one.about, *row)


def content_of(session: Session, one: Attachment) -> bytes | None:
    """Return the bytes of a file, None where they were erased, are not in the record, or are others."""
    from models.queries.papers.issues import bytes_under  # the overview counts files, and reads none

    return bytes_under(session, one.pieces, one.sha256, one.size)


def content_seen(session: Session, subject: Subject, number: int, viewer: Viewer) -> bytes:
    """Return the bytes of a file, by its number, that a person may see by now; refused where it is not."""
    shown = (one for one in attachments(session, subject, viewer) if one.number == number)
    one = required(next(shown, None), "That file is no longer here. Choose another.")
    return _required_content(session, one)


def contents_of(session: Session, files: Iterable[Attachment]) -> tuple[bytes, ...]:
    """Return the bytes of files in their order; refused where those of one are not in the record."""
    return tuple(_required_content(session, one) for one in files)


def _required_content(session: Session, one: Attachment) -> bytes:
    return required(content_of(session, one), f"{one.told} is not in the record as it was attached.")


def attachment_faults(session: Session) -> Iterator[str]:
    """Yield which attachments are not in the record as they were added; no name stands in it."""
    for one in _found(session, _OF.erased_at.is_(None)):
        content = content_of(session, one)
        if content is None or len(content) != one.size:
            yield f"File {one.number} ({one.kind_words}) is not in the record as it was attached."
