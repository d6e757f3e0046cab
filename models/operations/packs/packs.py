"""Packs: issued to a member, opened as the member's own record, and what goes back from it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import asdict
from sqlalchemy import select, update

from models.operation import Outcome
from models.operations.applications.attachments import erase_attachments, put_rows, set_removed
from models.operations.operation_base import Barrier, InRound, require_published, the_member
from models.operations.set_up.load import LoadRound
from models.queries.packs.member_record import MEMBER_KEY, PACK_START, history_to_return, opened_pack
from models.queries.packs.own_record import OPENED_PACK
from models.queries.packs.packs import (
    OFFICE_KEY,
    SEEN,
    histories_of,
    member_uid,
    record_setting,
    settled_histories,
)
from models.queries.set_up.rounds import round_line, scheme
from models.reference.defaults import MARKINGS
from models.schema.applications import application_table, attachment_table
from models.schema.journal import setting_table
from models.schema.packs import pack_item_table, pack_table, private_key_table, returned_table
from models.schema.panel import member_table, revision_table
from models.schema.set_up import area_table, reason_rule_table, round_table
from models.session import Session, actor_name, count, fields_of, moment, put, row_at, set_values, stamp
from models.values import canonical
from models.values.attachments import APPLICATION, KeptFile, safe_name
from models.values.packs import Pack, PackApplication, PackFile, fingerprint, read_pack, read_return
from models.values.revisions import FOR_PANEL, HANDED_IN, INTEREST, MARK, REASON, History, Key, histories
from models.values.rows import ApplicationRow, InterestRow, MemberRow, NotApplicableRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from scoring.written.text import Refused

OFFICE = "the office"
Why = Mapping[str, str]
"""By the hash of a revision: why a person chose its value."""


def put_histories(
    session: Session, round_uid: str, member_uid: str, histories: Iterable[History], why: Why | None = None
) -> None:
    """Write down histories as they are now; what is there of them stays, with its reason."""
    known = histories_of(session, round_uid, member_uid)
    for history in histories:
        _put_history(session, (round_uid, member_uid), known.get(history.key), history, why or {})


def _put_history(
    session: Session, of: tuple[str, str], before: History | None, now: History, why: Why
) -> None:
    there = {} if before is None else before.revisions
    if before is not None and before.stands != now.stands:
        _stand(session, now)
    rows = [
        {
            **fields_of(revision, "hash", "application", "slot", "number", "value"),
            "round": of[0],
            "member": of[1],
            "parents": canonical.dumps(list(revision.parents)),
            "stands": revision.hash in now.stands,
            "why": why.get(revision.hash, ""),
        }
        for revision in now.written
        if revision.hash not in there
    ]
    put(session, revision_table, rows)


def _stand(session: Session, now: History) -> None:
    """Write down which revisions of a history stand."""
    of_key = {"hash": [revision.hash for revision in now.written]}
    set_values(session, revision_table, of_key, stands=revision_table.c.hash.in_(sorted(now.stands)))


class IssuePack(Barrier, InRound, frozen=True):
    """Record that a pack went to a member, and what stood for the member as it did. A barrier.

    `sha256` is of the pack's body, `after_row` and `after_head` the journal's last row as the pack names it,
    `applications` the identities of what is in it. The office's key comes with the first pack; its private
    half is kept beside, by `put_private_key`.
    """

    kind = "issue pack"
    titled = "Issue a pack to {0.member}"
    told = "The pack for {0.member} is issued: {0.items:application}."
    member: str
    pack: str
    expires_on: date
    items: int
    office_key: str
    sha256: str
    after_row: int
    after_head: str
    applications: tuple[str, ...]

    def apply(self, session: Session) -> Outcome:
        """Record it; refused for anyone but an officer or the chair, and twice for one pack."""
        require_published(session, self.round_id)
        member = member_uid(session, the_member(session, self.round_id, self.member))
        if row_at(session, pack_table, self.pack) is not None:
            raise Refused("This pack was issued already. Make another one.")
        self._keep_key(session)
        round_uid = round_line(session, self.round_id).uid
        known = settled_histories(session, self.round_id, self.member)
        put_histories(session, round_uid, member, known.values())
        put(session, pack_table, [self._row(session, round_uid, member)])
        rows = [{"pack": self.pack, "application": uid} for uid in self.applications]
        put(session, pack_item_table, rows)
        return self.done()

    def _keep_key(self, session: Session) -> None:
        known = record_setting(session, OFFICE_KEY)
        if known is None:
            put(session, setting_table, [{"name": OFFICE_KEY, "value": canonical.dumps(self.office_key)}])
        elif known != self.office_key:
            raise Refused("The pack is not signed with this record's key. Make it again.")

    def _row(self, session: Session, round_uid: str, member: str) -> dict[str, object]:
        return {
            **fields_of(self, "pack", "expires_on", "sha256", "after_row", "after_head"),
            "round": round_uid,
            "member": member,
            "fingerprint": fingerprint(scheme(session, self.round_id)),
            **stamp(session, "issued"),
        }


def put_private_key(session: Session, public_key: str, private_key: bytes) -> None:
    """Keep a private key beside the change that names its public half; one that is kept stays."""
    if row_at(session, private_key_table, public_key) is None:
        put(session, private_key_table, [{"public_key": public_key, "private_key": private_key}])


class OpenPack(Barrier, frozen=True):
    """Make a new record a member's own, with all that a pack holds. A barrier.

    `text` is the pack's body, `member_key` the public key with which the member will sign; its private half
    is kept beside; `start` is the start of the sealed file in hex, by which its passphrase is known again.
    Rounds, members and applications keep the identities they have at the office.
    """

    kind = "open pack"
    titled = "Open a pack"
    told = "Ready: {1.applications:application}."
    text: str
    member_key: str
    start: str = ""

    def apply(self, session: Session) -> Outcome:
        """Put it in; refused where the record holds anything yet."""
        if count(session, round_table):
            raise Refused("A pack opens as a new, separate record. Choose another name for it.")
        pack = read_pack(self.text)
        known = histories(pack.within, pack.revisions, frozenset(pack.stands))
        values = {key: history.value for key, history in known.items()}
        LoadRound(_rows(pack, values)).apply(session)
        _use_identities(session, pack)
        put(session, reason_rule_table, [{"round_id": 1, "rule": pack.round.reason_rule.value}])
        put_office_facts(session, pack)
        put_histories(session, pack.round.uid, pack.member.uid, known.values())
        put_pack_files(session, pack)
        facts = {OPENED_PACK: self.text, MEMBER_KEY: self.member_key, PACK_START: self.start}
        rows = [{"name": name, "value": canonical.dumps(text)} for name, text in facts.items()]
        put(session, setting_table, rows)
        return self.done(None, pack)


class MakeReturn(Barrier, frozen=True):
    """Record that a return was made, and keep it; `text` is its body, signed. A barrier."""

    kind = "make return"
    titled = "Make a return"
    told = "Return {1.number} is made."
    text: str

    def apply(self, session: Session) -> Outcome:
        """Record it; refused where it is not what this record holds now."""
        given, pack = read_return(self.text), opened_pack(session)
        known = history_to_return(session, pack)
        written = {r.hash for history in known.values() for r in history.written}
        if (
            given.member_key != record_setting(session, MEMBER_KEY)
            or (given.pack, given.within) != (pack.pack, pack.within)
            or {revision.hash for revision in given.revisions} != written
        ):
            raise Refused("The record was changed while the return was made. Make it again.")
        put_histories(session, pack.round.uid, pack.member.uid, known.values())
        put(session, returned_table, [returned_row(session, self.text)])
        return self.done(None, given)


def put_pack_files(session: Session, pack: Pack, *, is_back: bool = False) -> None:
    """Have applications hold the attachments that a pack lists, as the office named and read them; no others.

    Their bytes are put in beside the change, by `put_attached`; those of what is no longer listed stay, but
    for what the office erased: that is not there again where one goes back (`is_back`) to a pack before.
    """
    of, gone = attachment_table.c, set[tuple[str, str]]()
    for item in pack.applications:
        erase_attachments(session, (of.subject == item.uid) & of.sha256.in_(item.erased))
    if is_back:
        erased = session.execute(select(of.subject, of.sha256).where(of.erased_at.is_not(None)))
        gone = {(subject, sha256) for subject, sha256 in erased}
    wanted = {(item.uid, file.sha256): file for item in pack.applications for file in item.files}
    rows = session.execute(select(of.subject, of.sha256, of.id).where(of.erased_at.is_(None)))
    there = {(subject, sha256): number for subject, sha256, number in rows}
    set_removed(session, [there[one] for one in there.keys() - wanted.keys()], is_removed=True)
    set_removed(session, [there[one] for one in there.keys() & wanted.keys()], is_removed=False)
    for item in pack.applications:
        known = there.keys() | gone
        new = [_kept(file) for file in item.files if (item.uid, file.sha256) not in known]
        put_rows(session, APPLICATION, item.uid, new, item.reference)
    for (subject, sha256), file in wanted.items():
        key = {"subject": subject, "sha256": sha256, "erased_at": None}
        read = {
            "name": safe_name(file.name),
            "kind": file.kind,
            "read_by": OFFICE,
            "read_at": moment(session),
        }
        set_values(session, attachment_table, key, **read)


def _kept(file: PackFile) -> KeptFile:
    return KeptFile(safe_name(file.name), file.kind, file.size, file.sha256)


def put_office_facts(session: Session, pack: Pack) -> None:
    """Write the marking and the days that the office has; those of a pack without them stay as they are.

    Every area is open for scoring but those that took no marks any more as the pack was made.
    """
    told = pack.round
    if told.marking in MARKINGS:
        session.execute(update(round_table).values(marking=told.marking))
    session.execute(update(area_table).values(stage="scoring"))
    for days in told.dates:
        values = {key: value for key, value in asdict(days).items() if key in area_table.c}
        if days.takes_no_marks:
            values["stage"] = "meeting"
        set_values(session, area_table, {"name": days.area}, **values)


def returned_row(session: Session, text: str) -> dict[str, object]:
    """Return the row that keeps a return as it was signed."""
    given = read_return(text)
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        **fields_of(given, "pack", "round", "member", "number", "member_key"),
        "body": text,
        "by": actor_name(session),
        "at": moment(session),
    }


def _rows(pack: Pack, values: Mapping[Key, str]) -> RoundRows:
    """Return the round as its member sees it: no pots, no other member, nothing that is not in the pack."""
    member = pack.member
    codes = pack.round.scheme.judged_codes
    sheets = (_sheet(member.code, item, codes, values) for item in pack.applications)
    return RoundRows(
        fund=pack.round.fund,
        name=pack.round.name,
        year=pack.round.year,
        scheme=pack.round.scheme,
        areas=tuple(Area(name, 0) for name in pack.round.areas),
        applications=tuple(application_row(item) for item in pack.applications),
        members=(MemberRow(member.code, member.name, member.role, member.organisation),),
        interests=tuple(_interests(pack, values)),
        sheets=tuple(sheet for sheet in sheets if sheet is not None),
        not_applicable=tuple(
            NotApplicableRow(item.reference, criterion, reason)
            for item in pack.applications
            for criterion, reason in item.aside
        ),
    )


def application_row(item: PackApplication) -> ApplicationRow:
    """Return an application as its member sees it."""
    return ApplicationRow(**fields_of(item, *SEEN))


def _sheet(
    member: str, item: PackApplication, codes: Sequence[str], values: Mapping[Key, str]
) -> SheetRow | None:
    def given(slot: str) -> str:
        key = Key(item.uid, slot)
        return values.get(key, key.at_first)

    marks = tuple(json.loads(given(f"{MARK}:{code}")) for code in codes)
    reasons = tuple(json.loads(given(f"{REASON}:{code}")) for code in codes)
    is_submitted = json.loads(given(HANDED_IN))
    for_panel = tuple(sorted(code for code in codes if json.loads(given(f"{FOR_PANEL}:{code}"))))
    if not (is_submitted or any(reasons) or for_panel or any(mark is not None for mark in marks)):
        return None
    return SheetRow(member, item.reference, is_submitted, marks, reasons, for_panel=for_panel)


def _interests(pack: Pack, values: Mapping[Key, str]) -> list[InterestRow]:
    references: dict[str, str | None] = {item.uid: item.reference for item in pack.applications}
    return [
        InterestRow(pack.member.code, (references | {"": None})[key.application], InterestKind(kind), detail)
        for key, value in sorted(values.items())
        if key.slot == INTEREST
        for kind, detail in json.loads(value)
    ]


def _use_identities(session: Session, pack: Pack) -> None:
    """Give round, member and applications the identities they have at the office."""
    session.execute(update(round_table).values(uid=pack.round.uid))
    session.execute(update(member_table).values(uid=pack.member.uid))
    for item in pack.applications:
        set_values(session, application_table, {"reference": item.reference}, uid=item.uid)
