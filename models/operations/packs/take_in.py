"""Taking in what a member entered elsewhere, and a newer pack into the member's own record."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Table, select, update

from models.operation import Outcome
from models.operations.operation_base import Barrier, RegisteredOperation, the_member
from models.operations.packs.packs import (
    OFFICE,
    application_row,
    put_histories,
    put_office_facts,
    put_pack_files,
    returned_row,
)
from models.operations.panel.members import Declare
from models.operations.panel.reopened import OpenSheet, made, marking_opened, set_handed_in
from models.operations.rows.write_applications import (
    NOT_CHECKED,
    application_ids,
    organisations_of,
    put_applications,
    set_correction,
    settle_organisations,
)
from models.operations.rows.write_funds import area_ids, put_areas
from models.operations.rows.write_round import digest, rows_put_back, rows_taken
from models.queries.applications.applications import applications, corrections
from models.queries.packs.member_record import PACK_START, opened_pack, pack_news
from models.queries.packs.own_record import OPENED_PACK
from models.queries.packs.packs import values_of
from models.queries.packs.returns import import_plan
from models.queries.panel.panel import interests
from models.schema.applications import (
    application_table,
    correction_table,
    organisation_alias_table,
    organisation_table,
)
from models.schema.journal import setting_table
from models.schema.packs import member_key_table, returned_table
from models.schema.panel import (
    interest_table,
    mark_table,
    member_table,
    not_applicable_table,
    revision_table,
    sheet_table,
)
from models.schema.set_up import area_table, reason_rule_table, round_table
from models.session import (
    Session,
    count,
    moment,
    next_position,
    pairs_of,
    put,
    remove,
    replace_row,
    selection,
    set_values,
)
from models.store.upkeep import TableRows
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.applications import CORRECTABLE, Correction, text_of
from models.values.pack_plans import Copied, Decision, MemberPlan, Plan
from models.values.packs import Pack, PackApplication
from models.values.revisions import FOR_PANEL, HANDED_IN, INTEREST, MARK, REASON, Key
from models.values.rows import InterestRow, by_reference
from scoring.round import Area, InterestKind
from scoring.written.text import Refused, counted, listed

_COLUMNS = {MARK: "mark", REASON: "reason", FOR_PANEL: "is_for_panel"}
"""The column that holds what a return says of a criterion, by the slot's first word."""
_UNSAID: Mapping[str, Any] = {"mark": None, "reason": "", "is_for_panel": False}


def write_values(session: Session, planned: MemberPlan) -> None:
    """Write the values that a return brings into the tables, and check that they are all there."""
    member_id = the_member(session, planned.round_id, planned.code)
    expected = values_of(session, member_id)
    _write_interests(session, planned)
    by_application: dict[str, dict[Key, str]] = {}
    for key, value in planned.values.items():
        expected[key] = value
        if key.slot != INTEREST:
            by_application.setdefault(key.application, {})[key] = value
    for application, values in sorted(by_application.items()):
        _write_sheet(session, planned, member_id, application, values)
    wanted = {key: value for key, value in expected.items() if value != key.at_first}
    if values_of(session, member_id) != wanted:
        raise Trouble(
            f"What was written for {planned.code} is not what the return holds, so nothing was imported. "
            "Check the record, then try again."
        )


def _chosen(members: Sequence[str]) -> dict[Table, ColumnElement[bool]]:
    """Return all rows of members that a return may change, each table after those it refers to."""
    numbers = selection(member_table.c.id, uid=members)
    sheets = selection(sheet_table.c.id, member_id=numbers)
    return {
        interest_table: interest_table.c.member_id.in_(numbers),
        sheet_table: sheet_table.c.member_id.in_(numbers),
        mark_table: mark_table.c.sheet_id.in_(sheets),
        revision_table: revision_table.c.member.in_(members),
        returned_table: returned_table.c.member.in_(members),
        member_key_table: member_key_table.c.member.in_(members),
    }


def _write_interests(session: Session, planned: MemberPlan) -> None:
    changed = {key.application: value for key, value in planned.values.items() if key.slot == INTEREST}
    if not changed:
        return
    known = pairs_of(session, application_table.c.uid, application_table.c.reference, uid=changed)
    names: dict[str, str | None] = {**known, "": None}
    replaced = {names[application] for application in changed}
    kept = [
        row
        for row in interests(session, planned.round_id)
        if row.member == planned.code and row.application not in replaced
    ]
    new = [
        InterestRow(planned.code, names[application], InterestKind(kind), detail)
        for application, value in sorted(changed.items())
        for kind, detail in json.loads(value)
    ]
    Declare(planned.round_id, planned.code, (*kept, *new)).apply(session)


def _write_sheet(
    session: Session, planned: MemberPlan, member_id: int, application: str, values: Mapping[Key, str]
) -> None:
    """Write the values of one sheet; a sheet with nothing on it goes, unless the chair opened it again."""
    of = select(application_table.c.id, application_table.c.reference).where(
        application_table.c.uid == application
    )
    number, reference = session.execute(of).one()
    sheet_id = _sheet(session, planned, (member_id, number), reference)
    columns = select(*(mark_table.c[name] for name in ("criterion", *_UNSAID)))
    rows = session.execute(columns.where(mark_table.c.sheet_id == sheet_id))
    given = {row.criterion: dict(row._mapping) for row in rows}
    for key, value in values.items():
        if key.slot == HANDED_IN:
            set_handed_in(session, sheet_id, is_in=json.loads(value))
        else:
            said = given.setdefault(key.criterion, {"criterion": key.criterion, **_UNSAID})
            said[_COLUMNS[key.kind]] = json.loads(value)
    remove(session, mark_table, sheet_id=sheet_id)
    marks = [
        {"sheet_id": sheet_id, **said}
        for said in given.values()
        if any(said[name] != unsaid for name, unsaid in _UNSAID.items())
    ]
    put(session, mark_table, marks)
    if not marks:
        is_idle = sheet_table.c.is_submitted.is_(False) & sheet_table.c.reopened.is_(None)
        remove(session, sheet_table, (sheet_table.c.id == sheet_id) & is_idle)


def _sheet(session: Session, planned: MemberPlan, of: tuple[int, int], reference: str) -> int:
    """Return the member's sheet for an application, put in where there was none."""
    member_id, application_id = of
    there = session.scalar(selection(sheet_table.c.id, member_id=member_id, application_id=application_id))
    return made(session, OpenSheet(planned.round_id, planned.code, reference, *of, there, None, None))


OUT_AGAIN = "What the returns brought in was removed."


class _RowsPutBack(RegisteredOperation, frozen=True):
    """Put back the rows that a change took in (`undone`) has changed; `after` is their digest since then."""

    changed: ClassVar[str]
    undone: Any
    taken: tuple[TableRows, ...]
    after: str

    def _put_back(self, session: Session, chosen: Mapping[Table, ColumnElement[bool]]) -> Outcome:
        """Put the rows back; refused where one of them was changed since."""
        if digest(rows_taken(session, chosen)) != self.after:
            raise Refused(f"{self.changed} Nothing was put back.")
        rows_put_back(session, chosen, self.taken)
        return self.done(self.undone)


class TakeInReturns(Barrier, frozen=True):
    """Import returns, with what a person decided where they differ from this record. A barrier.

    `texts` are the bodies of the returns as their members signed them, `trusted` the public keys that a
    person accepted in place of those on file. `copied` is what members entered in a copy of the record
    since it diverged, `copy` the row and code that the copy ends with. Earlier changes cannot be undone after
    it; it itself can.
    """

    kind = "take in returns"
    texts: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    trusted: tuple[str, ...] = ()
    copied: tuple[Copied, ...] = ()
    copy: str = ""

    @property
    def label(self) -> str:
        if self.copied or self.copy:
            return f"Import what was recorded in a copy that ends with {self.copy}"
        if not self.texts:
            return "Decide where returns differ"
        return f"Import {counted(len(self.texts), 'return')}"

    def apply(self, session: Session) -> Outcome:
        """Import them; refused where one is not ours, is signed by another key, or nothing is new."""
        planned = import_plan(session, self.texts, self.decisions, self.copied)
        if not planned.is_new:
            raise Refused("There is nothing new in it. Nothing was changed.")
        self._check_keys(planned)
        members = sorted({member.member for member in planned.members})
        before = rows_taken(session, _chosen(members))
        for member in planned.members:
            self._take(session, member)
        after = digest(rows_taken(session, _chosen(members)))
        return Outcome(PutReturnsBack(self, before, after, tuple(members)), result_words(planned))

    def _check_keys(self, planned: Plan) -> None:
        """Refuse returns signed with keys that nobody compared: each one, where there are several."""
        for member in planned.members:
            unknown = [key for key in member.new_keys if key not in self.trusted]
            if member.is_key_changed and unknown:
                codes = listed([signing.short_code(bytes.fromhex(key)) for key in unknown])
                several = (
                    "keys that nobody compared, codes" if unknown[1:] else "another key than before, code"
                )
                raise Refused(
                    f"The return of {member.code} is signed with {several} {codes}. Ask the member for the "
                    "code on the receipt; accept it only if it is the same."
                )

    def _take(self, session: Session, member: MemberPlan) -> None:
        counts = _counts(session, member)
        write_values(session, member)
        why = {_made(member, d): d.reason.strip() for d in self._decisions_of(member)}
        put_histories(session, member.round, member.member, member.after.values(), why)
        put(session, returned_table, [returned_row(session, text) for text in member.kept])
        if member.new_keys:
            key = {"member_key": member.new_keys[-1], "since": moment(session)}
            replace_row(session, member_key_table, {"member": member.member}, key)
        _check_counts(session, member, counts)

    def _decisions_of(self, member: MemberPlan) -> Iterable[Decision]:
        of = (member.round, member.member)
        return (decision for decision in self.decisions if (decision.round, decision.member) == of)


class PutReturnsBack(_RowsPutBack, frozen=True):
    """Undo the import of returns: everything of these members is as it was before."""

    kind = "put returns back"
    titled = "Put returns back"
    told = OUT_AGAIN
    changed = "Marks or declarations of these members have been changed since."
    undone: TakeInReturns
    members: tuple[str, ...] = ()

    @marking_opened
    def apply(self, session: Session) -> Outcome:
        """Put the rows back; refused where one of them was changed since."""
        return self._put_back(session, _chosen(self.members))


def result_words(planned: Plan) -> str:
    """Return what importing came to: "126 new, 2 differ, 0 refused"."""
    return f"{len(planned.taken)} new, {len(planned.differences)} differ, {len(planned.refused)} refused."


def _made(member: MemberPlan, decision: Decision) -> str:
    """Return the hash of the revision that a decision made."""
    history = next(h for key, h in member.after.items() if key == (decision.application, decision.slot))
    return min(history.stands)


def _counts(session: Session, member: MemberPlan) -> tuple[int, int, int]:
    """Return how many revisions the record holds, how many of them of the member, and how many returns."""
    mine = count(session, revision_table, round=member.round, member=member.member)
    return count(session, revision_table), mine, count(session, returned_table)


def _check_counts(session: Session, member: MemberPlan, before: tuple[int, int, int]) -> None:
    """Refuse to keep what does not add up: what was there and what came must be what is there now."""
    revisions, mine, returns = before
    wanted = sum(len(history.written) for history in member.after.values())
    if _counts(session, member) != (revisions - mine + wanted, wanted, returns + len(member.kept)):
        raise Trouble(
            f"The counts of {member.code} before and after do not add up, so nothing was imported. "
            "Check the record, then try again."
        )


_FACTS = (OPENED_PACK, PACK_START)
_EVERY: tuple[Table, ...] = (
    organisation_table,
    organisation_alias_table,
    area_table,
    application_table,
    correction_table,
    not_applicable_table,
    reason_rule_table,
    interest_table,
    sheet_table,
    mark_table,
    revision_table,
)
_ALL_ROWS: Mapping[Table, ColumnElement[bool]] = {
    **{kind: kind.primary_key.columns[0].is_not(None) for kind in _EVERY},
    setting_table: setting_table.c.name.in_(_FACTS),
}
"""Every row that a pack changes, each table after those it refers to. A member's own record has one round."""


class UpdatePack(Barrier, frozen=True):
    """Bring a member's own record up to date from a newer pack. A barrier; it itself can be undone.

    Applications that are new come in, changed ones are as the pack has them, and those that are not in it any
    more are recorded as withdrawn. All that the member entered stays; what the office recorded since comes
    in where it follows from that. `start` is as in `OpenPack`.
    """

    kind = "update pack"
    titled = "Open a newer pack"
    text: str
    start: str = ""

    def apply(self, session: Session) -> Outcome:
        """Bring it in; refused where it is not a newer pack of this member, round and scheme."""
        news = pack_news(session, self.text)
        before = rows_taken(session, _ALL_ROWS)
        _write_round(session, news.pack, news.round_id)
        planned = pack_news(session, self.text).planned
        write_values(session, planned)
        put_histories(session, planned.round, planned.member, planned.after.values())
        remove(session, setting_table, name=_FACTS)
        facts = dict(zip(_FACTS, (self.text, self.start), strict=True))
        put(
            session,
            setting_table,
            [{"name": name, "value": canonical.dumps(fact)} for name, fact in facts.items()],
        )
        marking = session.scalars(select(round_table.c.marking)).one()
        put_office_facts(session, news.pack)
        put_pack_files(session, news.pack)
        inverse = PutPackBack(self, before, digest(rows_taken(session, _ALL_ROWS)), marking)
        return Outcome(inverse, news.words)


class PutPackBack(_RowsPutBack, frozen=True):
    """Undo a newer pack: the record is as the pack before left it."""

    kind = "put pack back"
    titled = "Go back to the pack before"
    told = "The pack before is open again."
    changed = "The record has been changed since the newer pack was opened."
    undone: UpdatePack
    marking: str = ""

    def apply(self, session: Session) -> Outcome:
        """Put the rows back; refused where one of them was changed since."""
        done = self._put_back(session, _ALL_ROWS)
        session.execute(update(round_table).values(marking=self.marking))
        put_pack_files(session, opened_pack(session), is_back=True)
        return done


def _write_round(session: Session, pack: Pack, round_id: int) -> None:
    """Write areas, applications, what is set aside in them, and the rule for reasons."""
    _write_areas(session, pack, round_id)
    there = set(session.scalars(selection(application_table.c.uid, round_id=round_id)))
    _correct(session, round_id, [item for item in pack.applications if item.uid in there])
    _add_applications(session, round_id, [item for item in pack.applications if item.uid not in there])
    wanted = {item.uid for item in pack.applications}
    set_values(session, application_table, {"uid": sorted(there - wanted)}, withdrawn=True)
    numbers = application_ids(session, round_id)
    aside = [(item.reference, *one) for item in pack.applications for one in item.aside]
    remove(session, not_applicable_table, application_id=list(numbers.values()))
    rows = [
        {"application_id": numbers[of], "criterion": criterion, "reason": reason}
        for of, criterion, reason in aside
    ]
    put(session, not_applicable_table, rows)
    replace_row(session, reason_rule_table, {"round_id": round_id}, {"rule": pack.round.reason_rule.value})


def _write_areas(session: Session, pack: Pack, round_id: int) -> None:
    there = area_ids(session, round_id)
    new = [name for name in pack.round.areas if name not in there]
    put_areas(session, round_id, {len(there) + index: Area(name, 0) for index, name in enumerate(new)})


def _correct(session: Session, round_id: int, items: Iterable[PackApplication]) -> None:
    """Make applications that are there as the pack has them; what the first pack said is kept beside."""
    stand = by_reference(applications(session, round_id))
    was = {(one.application, one.field): one.submitted for one in corrections(session, round_id)}
    numbers, areas = application_ids(session, round_id), area_ids(session, round_id)
    for item in items:
        row, of = application_row(item), numbers[item.reference]
        for field in sorted(CORRECTABLE):
            value, stood = text_of(getattr(row, field)), text_of(getattr(stand[item.reference], field))
            if value != stood:
                submitted = was.get((item.reference, field), stood)
                one = Correction(item.reference, field, value, submitted, "as a newer pack has it", OFFICE)
                set_correction(session, of, one)
        (organisation,) = organisations_of(session, [row])
        values = {"area_id": areas[item.area], "organisation_id": organisation, "withdrawn": False}
        set_values(session, application_table, {"id": of}, **values)
    settle_organisations(session)


def _add_applications(session: Session, round_id: int, items: list[PackApplication]) -> None:
    first = next_position(session, application_table, round_id)
    rows = [application_row(item) for item in items]
    standings = [(row.eligibility, *NOT_CHECKED[1:]) for row in rows]
    put_applications(session, round_id, rows, standings, range(first, first + len(rows)))
    for item in items:
        of = {"round_id": round_id, "reference": item.reference}
        set_values(session, application_table, of, uid=item.uid)
