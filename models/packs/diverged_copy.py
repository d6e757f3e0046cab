"""What a copy that diverged from a record holds: what is imported as a return is, and what a person settles.

The common part of both journals is done over again, so that of each mark, reason and declaration it is known
what stood when they diverged. What changed in the copy since follows from that, and is joined as a return is.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from models.copies.diverged import Changed, Divergence, Standing, compare
from models.journal.replay import made_up_to
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.packs.packs import settled_histories
from models.queries.packs.return_checks import references, require_same_scheme, where_it_belongs
from models.queries.packs.returns import import_plan
from models.queries.set_up.rounds import scheme
from models.record import Record
from models.schema.applications import application_table
from models.schema.packs import returned_table
from models.schema.panel import member_table
from models.schema.set_up import round_table
from models.session import Session, selection, where
from models.store.chain import JournalHead
from models.store.record_file import check_there, identity, is_encrypted
from models.store.sqlite.backup import Tick
from models.trouble import Trouble
from models.values.pack_plans import Copied
from models.values.packs import fingerprint
from models.values.revisions import History, Key, Revision, within
from scoring.written.text import Refused

CARRIED = frozenset(
    {
        "set mark",
        "set reason",
        "hand in",
        "hand in sheets",
        "declare",
        "add interest",
        "take in returns",
        "put returns back",
    }
)
"""The kinds of change that are of what members entered; any other is left for a person."""
NOTHING = {
    Standing.ANOTHER: "That file is another record: it was not copied from this one, nor this from it.",
    Standing.SAME: "That copy is the same as this record, row for row. There is nothing to import.",
    Standing.OLDER: "That copy is simply older than this record: nothing was changed there that is not here.",
    Standing.NEWER: (
        "That file holds all of this record and later changes. Close this one and continue with that one: "
        "nothing needs importing."
    ),
}
"""Why nothing is imported of a file that did not part from the record."""
NOBODY = (
    "{} is a member of a round there that this record does not have, or not with that member. What was "
    "recorded there is not imported; add them first, then compare again."
)


class DivergedCopy(Struct, frozen=True):
    """What a copy holds beyond the common part.

    `texts` are returns that it took in and the record did not, `copied` what members entered there, `left`
    the changes that a person settles, and `passed_over` sentences on what members entered that is not taken.
    """

    comparison: Divergence
    head: JournalHead
    texts: tuple[str, ...]
    copied: tuple[Copied, ...]
    left: tuple[Changed, ...]
    passed_over: tuple[str, ...]

    @property
    def left_words(self) -> tuple[str, ...]:
        """Return what is left for a person, a line each."""
        return tuple(f"Row {row.seq:,} there, by {row.actor}: {row.words}" for row in self.left)

    @property
    def named(self) -> str:
        """Return the end of its journal, as it is known by: "row 12, code 0123 4567 89ab"."""
        return f"row {self.head.seq:,}, code {self.head.code}"


def read_diverged(record: Record, path: Path, key: str | None = None, tick: Tick = None) -> DivergedCopy:
    """Return what a copy's file holds that can be imported; `key` where it has another passphrase."""
    record.ask(refuse_in_members_own, "importing what a copy holds")
    path = path.resolve()
    check_there(path)
    if identity(path) == identity(record.path):
        raise Refused("That is this record itself. Choose the other copy of it.")
    if key is None and is_encrypted(path):
        with record.open_copy(path) as there:
            return diverged_copy(record, there, tick)
    with Record.read_either(path, key) as there:
        return diverged_copy(record, there, tick)


def diverged_copy(here: Record, there: Record, tick: Tick = None) -> DivergedCopy:
    """Return what a copy holds that can be imported; refused where it did not part from this record."""
    comparison = compare(here, there)
    if comparison.standing is not Standing.DIVERGED:
        raise Refused(NOTHING[comparison.standing])
    copied, passed_over = _fitting(here, there.ask(_recorded_since, comparison.common, tick))
    texts, unfit = _returns(here, there)
    left = tuple(row for row in comparison.there if row.kind not in CARRIED)
    return DivergedCopy(comparison, there.head(), texts, copied, left, (*passed_over, *unfit))


class _Recorded(Struct, frozen=True):
    """What one member entered in the copy, with the references there of what it is about."""

    of: Copied
    name: str
    references: Mapping[str, str]


def _recorded_since(session: Session, row: int, tick: Tick) -> tuple[_Recorded, ...]:
    with made_up_to(session, row, tick) as before:
        return tuple(_members(session, before))


def _members(session: Session, before: Session) -> Iterator[_Recorded]:
    columns = select(round_table.c.id, round_table.c.uid, member_table.c.code, member_table.c.uid)
    joined = columns.join(member_table, member_table.c.round_id == round_table.c.id)
    for round_id, round_uid, code, uid in session.execute(
        joined.order_by(round_table.c.id, member_table.c.position)
    ):
        stood = _histories(before, round_uid, uid)
        stands = settled_histories(session, round_id, code)
        revisions = tuple(_changed(within(round_uid, uid), stood, stands))
        if revisions:
            part = Copied(round_uid, uid, fingerprint(scheme(session, round_id)), revisions)
            yield _Recorded(part, code, dict(references(session, round_id)))


def _histories(session: Session, round_uid: str, member_uid: str) -> dict[Key, History]:
    """Return a member's histories, none where the member was not there yet."""
    here = where(member_table, uid=member_uid, round_id=selection(round_table.c.id, uid=round_uid))
    found = session.execute(select(member_table.c.round_id, member_table.c.code).where(here)).first()
    return {} if found is None else settled_histories(session, *found)


def _changed(of: str, stood: Mapping[Key, History], stands: Mapping[Key, History]) -> Iterator[Revision]:
    """Yield the revisions of what is another than it was, each following from what was."""
    for key in sorted({*stood, *stands}):
        was = stood.get(key) or History.new(of, key)
        now = stands.get(key) or History.new(of, key)
        if now.value != was.value:
            follows = was.stands <= now.revisions.keys()
            yield from (now if follows else was.set_to(now.value)).written


def _fitting(here: Record, found: Sequence[_Recorded]) -> tuple[tuple[Copied, ...], tuple[str, ...]]:
    """Return what belongs to the record as it is, and sentences on what does not."""
    copied: list[Copied] = []
    passed_over: list[str] = []
    for one in found:
        part, words = here.ask(_fit, one)
        copied += [part] if part is not None and part.revisions else []
        passed_over += words
    return tuple(copied), tuple(passed_over)


def _fit(session: Session, one: _Recorded) -> tuple[Copied | None, list[str]]:
    of = one.of
    try:
        round_id, _, _ = where_it_belongs(session, of.round, of.member)
    except Refused:
        return None, [NOBODY.format(one.name)]
    try:
        require_same_scheme(session, round_id, of)
    except Refused as no:
        return None, [f"{one.name}: {no}"]
    known = {"", *session.scalars(selection(application_table.c.uid, round_id=round_id))}
    kept = tuple(revision for revision in of.revisions if revision.application in known)
    lost = {one.references.get(r.application, "") for r in of.revisions if r.application not in known}
    words = [
        f"{one.name}: {reference} is not in this record, so nothing on it is imported."
        for reference in sorted(lost)
    ]
    return Copied(of.round, of.member, of.fingerprint, kept), words


def _returns(here: Record, there: Record) -> tuple[tuple[str, ...], list[str]]:
    """Return the returns that only the copy took in, and sentences on those that do not fit here."""
    known = set(here.ask(_bodies))
    texts: list[str] = []
    unfit: list[str] = []
    for text in there.ask(_bodies):
        if text in known:
            continue
        try:
            here.ask(import_plan, (text,))
            texts.append(text)
        except (Refused, Trouble) as no:
            unfit.append(f"A return that the copy imported is not imported as such: {no}")
    return tuple(texts), unfit


def _bodies(session: Session) -> tuple[str, ...]:
    """Return the returns that were imported, oldest first, but for those that were erased."""
    of = returned_table.c
    return tuple(session.scalars(select(of.body).where(of.body != "").order_by(of.at, of.sha256)))
