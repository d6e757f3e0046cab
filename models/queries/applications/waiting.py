"""What came in and has no place yet: e-mails, forms and files, answers without a question, likely duplicates.

One answer for whoever asks: Overview, the page *Waiting*, and the command.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct, toml

import resources
from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications, kept_apart
from models.queries.applications.attachments import Attachment, attachments, attachments_of_round
from models.queries.panel.left_to_do import Words
from models.queries.permissions.declarations import closed_applications
from models.queries.set_up.rounds import round_line
from models.role import OFFICE, reading_role
from models.session import Session
from models.store.parts import part
from models.values.applications import NOT_PLACED
from models.values.attachments import APPLICATION, EMAIL, FORM, NOT_SORTED, QUOTE, ROUND, Subject
from models.values.importing import DuplicateCandidate, duplicate_candidates
from models.values.rounds import AFTER_MEETING
from models.values.rows import ApplicationRow
from scoring.written.text import first_of, listed

MESSAGE, LEFT_OUT, UNSORTED, UNREAD, ANSWER, PAIR = "message", "form", "unsorted", "unread", "answer", "pair"
_NO_QUESTION = re.compile(rf"(?:Column [A-Z]{{1,3}}|{NOT_PLACED})(?: \(\d+\))?")
"""A heading that a reader gives where a file has none."""


class WaitingKind(Words, frozen=True, kw_only=True):
    """A kind of item that waits: its words, why it waits, and the acts that settle it.

    `keep` are the words of what settles it as it is: a file gets the kind `kept`, an answer that heading.
    """

    code: str
    words: str
    note: str
    acts: tuple[str, ...]
    keep: str
    kept: str = ""


class _Kinds(Struct, frozen=True):
    kind: tuple[WaitingKind, ...]


WAITING = {one.code: one for one in toml.decode(resources.text("forms/waiting.toml"), type=_Kinds).kind}
"""Every kind by its code, in the order of the list."""


class Waiting(Struct, frozen=True):
    """An item that waits; `key` is its own within the round.

    `of` is what it is kept with, in words, `area` that of its application, None without one. A file has its
    `subject`; an answer its application, heading and text; a pair of applications both references and why.
    """

    kind: WaitingKind
    key: str
    name: str
    of: str
    area: str | None = None
    subject: Subject | None = None
    file: Attachment | None = None
    application: str = ""
    heading: str = ""
    text: str = ""
    pair: tuple[str, str] | None = None

    @property
    def leads_to(self) -> str:
        """Return the application that it is of, the first of a pair, "" for none."""
        return self.pair[0] if self.pair is not None else self.application

    def is_at(self, area: str | None) -> bool:
        """Whether it is shown where an area is chosen, None for all: what is of no area is shown at each."""
        return area is None or self.area in (area, None)

    def takes(self, act: str) -> bool:
        """Whether an act settles it; only what is kept with the round is given to an application."""
        of_round = self.subject is not None and self.subject.about == ROUND
        return act in self.kind.acts and (of_round or act not in ("make", "give"))


def waiting(session: Session, round_id: int, viewer: Viewer) -> tuple[Waiting, ...]:
    """Return what waits in a round, of what is open to who settles or audits it; nothing of a closed one."""
    line = round_line(session, round_id)
    if line.is_closed or line.is_direct or reading_role(viewer.role) not in OFFICE:
        return ()
    rows = {one.reference: one for one in applications(session, round_id)}
    closed = closed_applications(session, round_id, viewer, rows)
    moved_on = {area.name for area in line.areas if area.stage in AFTER_MEETING}
    open_ = [one for of, one in rows.items() if of not in closed]
    to_read = [one for one in open_ if not one.withdrawn and one.area not in moved_on]
    return (
        *_of_round(session, round_id, line.name, viewer),
        *_of_applications(session, round_id, viewer, open_, {one.reference for one in to_read}),
        *(one for row in to_read for one in _answers(row)),
        *_pairs(session, round_id, to_read),
    )


def _of_round(session: Session, round_id: int, name: str, viewer: Viewer) -> Iterator[Waiting]:
    """Yield the files of the round itself that came in with no application."""
    subject, kinds = Subject(ROUND, round_id), {EMAIL: MESSAGE, FORM: LEFT_OUT, NOT_SORTED: UNSORTED}
    for one in attachments(session, subject, viewer):
        if one.kind in kinds:
            yield _file(kinds[one.kind], one, f"the round {name}", subject)


def _file(code: str, one: Attachment, of: str, subject: Subject, area: str | None = None) -> Waiting:
    return Waiting(WAITING[code], str(one.number), one.name, of, area, subject, one, subject.application)


def _of_applications(
    session: Session, round_id: int, viewer: Viewer, rows: Sequence[ApplicationRow], to_read: set[str]
) -> Iterator[Waiting]:
    """Yield the files of applications that are not sorted, then those that members cannot see yet."""
    files = attachments_of_round(session, round_id, viewer)
    for row in rows:
        for one in files.get(row.reference, ()):
            subject, of = Subject(one.about, round_id, row.reference), f"{row.reference} {row.organisation}"
            is_to_read = row.reference in to_read and one.about == APPLICATION and one.kind_leaves
            if one.kind == NOT_SORTED:
                yield _file(UNSORTED, one, of, subject, row.area)
            elif is_to_read and one.read_at is None:
                yield _file(QUOTE if one.kind == QUOTE else UNREAD, one, of, subject, row.area)


def _answers(row: ApplicationRow) -> Iterator[Waiting]:
    """Yield the answers of an application that its file gave no question."""
    for heading, text in row.answers:
        if _NO_QUESTION.fullmatch(heading):
            yield Waiting(
                WAITING[ANSWER],
                f"{row.reference}:{heading}",
                heading,
                f"{row.reference} {row.organisation}",
                row.area,
                application=row.reference,
                heading=heading,
                text=text,
            )


def _pairs(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> Iterator[Waiting]:
    """Yield the pairs that look like one application, of which both are to be read still."""
    named, apart = {one.reference: one for one in rows}, kept_apart(session, round_id)
    for one in _look_alikes(session, round_id):
        if one.pair in apart or not named.keys() >= {*one.pair}:
            continue
        names = dict.fromkeys(named[of].organisation for of in one.pair)
        yield Waiting(
            WAITING[PAIR],
            "+".join(one.pair),
            listed(one.pair),
            first_of(names),
            named[one.first].area,
            text=one.words,
            pair=one.pair,
        )


def files_along(
    session: Session, round_id: int, viewer: Viewer, sums: Collection[str]
) -> tuple[Attachment, ...]:
    """Return the files of the round itself whose bytes have these sums: an e-mail, and what came with it."""
    of_round = attachments(session, Subject(ROUND, round_id), viewer)
    return tuple(one for one in of_round if one.sha256 in sums)


@part
def _look_alikes(session: Session, round_id: int) -> tuple[DuplicateCandidate, ...]:
    """Return all pairs of a round that look like one application: a comparison of all, kept."""
    return duplicate_candidates(applications(session, round_id))


def counted_words(items: Sequence[Waiting]) -> str:
    """Return how many of which kind wait: "2 e-mails gave no application, 1 file is not sorted"."""
    many = Counter(one.kind.code for one in items)
    return ", ".join(kind.of(many[code]) for code, kind in WAITING.items() if many[code])
