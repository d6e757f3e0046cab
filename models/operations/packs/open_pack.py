"""A member's own record: made from a pack, and what goes back from it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from msgspec.structs import asdict
from sqlalchemy import func, select, update

from models.journal import canonical
from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_revisions import put_histories
from models.operations.rows.writing import put
from models.operations.set_up.load import LoadRound
from models.operations.set_up.round_state import WHOLE_ROUND
from models.packs.member_record import OPENED_PACK
from models.packs.revisions import HANDED_IN, INTEREST, MARK, REASON, Key, histories
from models.packs.values import Pack, PackApplication, read_pack, read_return
from models.queries.packs.member_record import MEMBER_KEY, PACK_START, history_to_return, opened_pack
from models.queries.packs.packs import record_setting
from models.reference.markings import MARKINGS
from models.schema.applications.application import application_table
from models.schema.journal import setting_table
from models.schema.pack import returned_table
from models.schema.panel.panel import member_table
from models.schema.set_up.round import area_table, reason_rule_table, round_table
from models.session import Session
from models.values.rows import ApplicationRow, InterestRow, MemberRow, NotApplicableRow, RoundRows, SheetRow
from scoring.counted import counted
from scoring.refused import Refused
from scoring.round import Area, InterestKind


class OpenPack(RegisteredOperation, frozen=True):
    """Make a new record a member's own, with all that a pack holds. A barrier.

    `text` is the pack's body, `member_key` the public key with which the member will sign; its private half
    is kept beside; `start` is the start of the sealed file in hex, by which its passphrase is known again.
    Rounds, members and applications keep the identities they have at the office.
    """

    kind: ClassVar[str] = "open pack"
    is_barrier: ClassVar[bool] = True
    text: str
    member_key: str
    start: str = ""

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Open a pack"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put it in; refused where the record holds anything yet."""
        if session.scalar(select(func.count()).select_from(round_table)):
            raise Refused("A pack opens as a new, separate record. Choose another name for it.")
        pack = read_pack(self.text)
        known = histories(pack.within, pack.revisions, frozenset(pack.stands))
        values = {key: history.value for key, history in known.items()}
        LoadRound(_rows(pack, values)).apply(session, actor, at)
        _use_identities(session, pack)
        put(session, reason_rule_table, [{"round_id": 1, "rule": pack.round.reason_rule.value}])
        put_office_facts(session, pack)
        put_histories(session, pack.round.uid, pack.member.uid, known.values())
        facts = {OPENED_PACK: self.text, MEMBER_KEY: self.member_key, PACK_START: self.start}
        rows = [{"name": name, "value": canonical.dumps(text)} for name, text in facts.items()]
        put(session, setting_table, rows)
        words = f"Ready: {counted(len(pack.applications), 'application')}."
        return Outcome(WHOLE_ROUND | {Topic.FUNDS, Topic.PACKS}, None, words)


class MakeReturn(RegisteredOperation, frozen=True):
    """Record that a return was made, and keep it; `text` is its body, signed. A barrier."""

    kind: ClassVar[str] = "make return"
    is_barrier: ClassVar[bool] = True
    text: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Make a return"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
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
        put(session, returned_table, [returned_row(self.text, actor, at)])
        return Outcome(frozenset({Topic.PACKS}), None, f"Return {given.number} is made.")


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
        session.execute(update(area_table).where(area_table.c.name == days.area).values(values))


def returned_row(text: str, actor: Actor, at: datetime) -> dict[str, object]:
    """Return the row that keeps a return as it was signed."""
    given = read_return(text)
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "pack": given.pack,
        "round": given.round,
        "member": given.member,
        "number": given.number,
        "member_key": given.member_key,
        "body": text,
        "by": actor.name,
        "at": at,
    }


def _rows(pack: Pack, values: Mapping[Key, str]) -> RoundRows:
    """Return the round as its member sees it: no pots, no other member, nothing that is not in the pack."""
    member = pack.member
    codes = [criterion.code for criterion in pack.round.scheme.judged]
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
    return ApplicationRow(
        reference=item.reference,
        organisation=item.organisation,
        project=item.project,
        area=item.area,
        requested_pence=item.requested_pence,
        minimum_pence=item.minimum_pence,
        total_cost_pence=item.total_cost_pence,
        match_funding_pence=item.match_funding_pence,
        beneficiaries=item.beneficiaries,
        previously_funded=item.previously_funded,
        organisation_type=item.organisation_type,
        summary=item.summary,
        need=item.need,
        outcomes=item.outcomes,
        start_on=item.start_on,
        end_on=item.end_on,
        answers=item.answers,
    )


def _sheet(
    member: str, item: PackApplication, codes: list[str], values: Mapping[Key, str]
) -> SheetRow | None:
    def given(slot: str) -> str:
        key = Key(item.uid, slot)
        return values.get(key, key.at_first)

    marks = tuple(json.loads(given(f"{MARK}:{code}")) for code in codes)
    reasons = tuple(json.loads(given(f"{REASON}:{code}")) for code in codes)
    is_submitted = json.loads(given(HANDED_IN))
    if not (is_submitted or any(reasons) or any(mark is not None for mark in marks)):
        return None
    return SheetRow(member, item.reference, is_submitted, marks, reasons)


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
    table = application_table
    for item in pack.applications:
        session.execute(update(table).where(table.c.reference == item.reference).values(uid=item.uid))
