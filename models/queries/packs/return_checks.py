"""What is asked of a member's return before it is taken in: its key, its rules and its marks."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace
from sqlalchemy import select

from models.queries.deciding.decisions import decisions, signatures
from models.queries.packs.member_record import MEMBER_KEY
from models.queries.packs.own_record import PACKS
from models.queries.packs.packs import OFFICE_KEY, enrolled, record_setting
from models.queries.panel.panel import not_applicable
from models.queries.rows import rows_of_round
from models.queries.set_up.rounds import reason_rule, round_line, rounds, scheme
from models.schema.applications import application_table
from models.schema.journal import journal_table
from models.schema.packs import pack_item_table, pack_table, private_key_table, returned_table
from models.schema.panel import agreement_table, member_table, revision_table
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session, pairs_of, selection
from models.store.chain import Rule
from models.trouble import Trouble, refuse, required
from models.values import canonical, signing
from models.values.pack_plans import Copied
from models.values.packs import DAMAGED, Return, fingerprint, read_return
from models.values.revisions import (
    FOR_PANEL,
    HANDED_IN,
    INTEREST,
    MARK,
    REASON,
    History,
    Key,
    Revision,
    are_sound,
    first,
    hash_of,
    within,
)
from models.values.rounds import BEFORE_MEETING, ReasonRule
from scoring.round import InterestKind
from scoring.written.days import full_day
from scoring.written.text import Refused

_OTHER_SCHEME = (
    "The scheme of the round {} was amended in one of the two since the copy was made, so marks may "
    "mean something "
    "else. They were not imported; enter them by hand."
)
_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KINDS = frozenset(kind.value for kind in InterestKind)


references = rows_of_round(
    lambda uid, reference: (str(uid), str(reference)),
    select(application_table.c.uid, application_table.c.reference).where(
        application_table.c.round_id == OF_ROUND
    ),
)
"""The identities and references of a round's applications."""


def where_it_belongs(session: Session, round_uid: str, member_uid: str) -> tuple[int, str, str]:
    """Return the round's number, the member's code and name; refused where this record has neither."""
    round_id = required(
        next((line.round_id for line in rounds(session) if line.uid == round_uid), None),
        "The return is of a round that this record does not have. Open the record it was made for.",
    )
    known = enrolled(session, round_id).items()
    return required(
        next(((round_id, code, one.name) for code, one in known if one.uid == member_uid), None),
        "The return is of a member whom the round does not have. Add the member again first.",
    )


def require_ours(session: Session, round_id: int, given: Return, known: Mapping[Key, History]) -> None:
    """Refuse a return of another pack or scheme, or one that does not hold together."""
    table = pack_table
    pack = session.execute(
        select(table.c.round, table.c.member, table.c.fingerprint).where(table.c.pack == given.pack)
    ).one_or_none()
    is_issued = pack is not None and (pack.round, pack.member) == (given.round, given.member)
    published = fingerprint(scheme(session, round_id))
    is_same = pack is not None and pack.fingerprint == given.fingerprint == published
    refuse(PACKS.not_ours(is_issued, is_same))
    require_sound(session, round_id, given.within, given.revisions, known)


def issued_in(session: Session, given: Return) -> frozenset[str]:
    """Return the identities of the applications that were issued to the member up to a return's pack.

    What an earlier pack of the member held was issued too, and goes back though the newest holds it no more.
    """
    table, items = pack_table, pack_item_table
    row = selection(table.c.after_row, pack=given.pack).scalar_subquery()
    of_member = (table.c.round == given.round) & (table.c.member == given.member)
    columns = select(items.c.application).join(table, table.c.pack == items.c.pack)
    return frozenset(session.scalars(columns.where(of_member, table.c.after_row <= row)))


def require_same_scheme(session: Session, round_id: int, part: Copied) -> None:
    if part.fingerprint != fingerprint(scheme(session, round_id)):
        raise Refused(_OTHER_SCHEME.format(round_line(session, round_id).words))


def require_sound(
    session: Session,
    round_id: int,
    of: str,
    revisions: Sequence[Revision],
    known: Mapping[Key, History],
) -> None:
    """Refuse revisions that do not hold together, or are of what nobody enters in the round."""
    published = scheme(session, round_id)
    # what the record has no more is told, not taken
    gone = {revision.application for revision in revisions if _IDENTITY.fullmatch(revision.application)}
    uids = {uid for uid, _ in references(session, round_id)} | gone
    codes = published.judged_codes
    is_meant = all(_is_meant(revision, uids, codes, published.scale_maximum) for revision in revisions)
    if not is_meant or not are_sound(of, revisions, known):
        raise Trouble(DAMAGED.format(what="return"))


def closed_to_marks(session: Session, round_id: int) -> dict[str, str]:
    """Return by identity the applications on which no mark is taken any more, and why."""
    table = application_table
    rows = session.execute(
        select(table.c.uid, area_table.c.name, area_table.c.stage, agreement_table.c.application_id)
        .outerjoin(area_table, area_table.c.id == table.c.area_id)
        .outerjoin(agreement_table)
        .where(table.c.round_id == round_id)
    )
    found = {}
    for uid, area, stage, agreed in rows:
        if agreed is not None:
            found[uid] = "the panel has agreed marks on it"
        elif stage is not None and stage not in BEFORE_MEETING:
            found[uid] = f"{area} is at the stage “{stage}”"
    return found


def closed_to_interests(session: Session, round_id: int) -> dict[str, str]:
    """Return by identity the applications on which no interest is taken any more, and why."""
    held = {row.application for row in signatures(session, round_id)}
    held |= {row.application for row in decisions(session, round_id) if row.is_in_force}
    words = "what is signed depends on the declarations as they were"
    return {uid: words for uid, reference in references(session, round_id) if reference in held}


def warnings_about(session: Session, texts: Sequence[str], today: str) -> tuple[str, ...]:
    """Return what a person should know of returns that are taken all the same; `today` is an ISO date."""
    return tuple(words for text in texts for words in _warnings(session, read_return(text), today))


def _warnings(session: Session, given: Return, today: str) -> Iterator[str]:
    expires_on = session.scalar(selection(pack_table.c.expires_on, pack=given.pack))
    if expires_on is not None and expires_on.isoformat() < today:
        yield f"The pack expired on {full_day(expires_on)}; what came back is accepted all the same."
    head = session.scalar(selection(journal_table.c.hash, seq=given.office_row))
    if given.office_row and (head is None or head.hex() != given.office_head):
        yield (
            f"Row {given.office_row} of the journal is not the one that the pack names: this record was "
            "restored or changed since. Check the record before you rely on it."
        )


def _is_meant(revision: Revision, uids: set[str], codes: Collection[str], highest: int) -> bool:
    """Whether a revision is of something that a member enters in this round, with a value it can have."""
    try:
        value = canonical.loads(revision.value)
        is_plain = canonical.dumps(value) == revision.value
    except (ValueError, RecursionError):
        return False
    if not is_plain:
        return False
    key = revision.key
    if key.slot == INTEREST:
        return key.application in uids | {""} and _are_interests(value)
    if key.application not in uids:
        return False
    if key.slot == HANDED_IN:
        return isinstance(value, bool)
    kind, _, code = key.slot.partition(":")
    if code not in codes or kind not in (MARK, REASON, FOR_PANEL):
        return False
    if kind == FOR_PANEL:
        return isinstance(value, bool)
    if kind == MARK:
        return value is None or (type(value) is int and 0 <= value <= highest)
    return isinstance(value, str)


def _are_interests(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, list) and len(row) == 2 and row[0] in _KINDS and isinstance(row[1], str)
        for row in value
    )


def _keys_astray(session: Session) -> Iterator[str]:
    """Yield keys that do not make the public half under which they lie, or that the journal does not name."""
    named = {record_setting(session, OFFICE_KEY), record_setting(session, MEMBER_KEY)}
    for public, private in session.execute(
        select(private_key_table.c.public_key, private_key_table.c.private_key)
    ):
        if public not in named or _public_half(private) != public:
            yield "A key that signs packs or returns is not the one that the journal names."


def _public_half(private: bytes) -> str:
    try:
        return signing.public_half(private).hex()
    except ValueError:
        return ""


KEY_RULE = Rule("keys", "Every key that signs is the one that the journal names.", _keys_astray)


def _returns_altered(session: Session) -> Iterator[str]:
    """Yield returns that do not bear their member's signature, and revisions that are none of them."""
    known = set(session.scalars(select(revision_table.c.hash)))
    codes = pairs_of(session, member_table.c.uid, member_table.c.code)
    for row in session.execute(
        select(
            returned_table.c.member, returned_table.c.number, returned_table.c.body, returned_table.c.sha256
        )
    ):
        if not row.body:  # erased with the last application in it
            continue
        named = f"Return {row.number} of {codes.get(row.member, 'a member')}"
        try:
            given = read_return(row.body)
        except Trouble:
            yield f"{named} is not as its member signed it."
            continue
        if hashlib.sha256(row.body.encode()).hexdigest() != row.sha256 or given.member != row.member:
            yield f"{named} is not the one that was imported."
    yield from _revisions_altered(session, known)


def _revisions_altered(session: Session, known: set[str]) -> Iterator[str]:
    table = revision_table
    columns = select(table.c.hash, table.c.round, table.c.member, table.c.application, table.c.slot)
    for row in session.execute(columns.add_columns(table.c.number, table.c.value, table.c.parents)):
        key, parents = Key(row.application, row.slot), tuple(json.loads(row.parents))
        of = within(row.round, row.member)
        if row.hash != hash_of(of, key, row.number, row.value, parents):
            yield f"A revision of {row.slot} was changed after it was written."
        if not known.issuperset(set(parents) - {first(of, key).hash}):
            yield f"A revision of {row.slot} follows one that is missing."


RETURN_RULE = Rule("returns", "Every return that is kept is as its member signed it.", _returns_altered)


NO_MARK = "there is no mark on {} here, so the sheet stays a draft until there is"
NO_REASON = "there is no reason on {} here, which this round requires, so the sheet stays a draft"


def hold_back(
    session: Session, round_id: int, before: Mapping[Key, History], after: dict[Key, History]
) -> Iterator[tuple[Key, str]]:
    """Let a sheet count as handed in only while it is complete; yield what comes and does not, with why.

    What is held back is kept, and counts as soon as the sheet is complete. A sheet of which nothing changes
    is left as it is.
    """
    touched = {key.application for key, history in after.items() if before.get(key) != history}
    handed_in = [Key(application, HANDED_IN) for application in sorted(touched)]
    asked = [
        key
        for key in handed_in
        if key in after and not after[key].is_open and json.loads(after[key].heads[0].value)
    ]
    if not asked:
        return
    rules = _Rules(session, round_id)
    for key in asked:
        why = rules.lack(key.application, after)
        after[key] = _standing(after[key], is_draft=bool(why))
        if why and before.get(key) != after[key]:
            yield key, why


def _standing(history: History, *, is_draft: bool) -> History:
    if not is_draft:
        return replace(history, stands=frozenset(head.hash for head in history.heads))
    drafts = [r for r in history.revisions.values() if not json.loads(r.value)]
    return replace(history, stands=frozenset({max(drafts, key=lambda one: (one.number, one.hash)).hash}))


class _Rules:
    """What a sheet of the round must have, asked once."""

    def __init__(self, session: Session, round_id: int) -> None:
        self._judged = scheme(session, round_id).judged_codes
        self._needs_reasons = reason_rule(session, round_id) is ReasonRule.REQUIRED
        uids = {of: uid for uid, of in references(session, round_id)}
        rows = not_applicable(session, round_id)
        self._not_applicable = {(uids[row.application], row.criterion) for row in rows}

    def lack(self, application: str, after: Mapping[Key, History]) -> str:
        """Say what a sheet lacks, "" where it is complete."""
        wanted = [code for code in self._judged if (application, code) not in self._not_applicable]
        missing = [code for code in wanted if _value(after, Key(application, f"{MARK}:{code}")) is None]
        if missing:
            return NO_MARK.format(", ".join(missing))
        if self._needs_reasons:
            missing = [code for code in wanted if not _value(after, Key(application, f"{REASON}:{code}"))]
        return NO_REASON.format(", ".join(missing)) if missing else ""


def _value(after: Mapping[Key, History], key: Key) -> object:
    return json.loads(after[key].value if key in after else key.at_first)
