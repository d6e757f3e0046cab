"""A newer pack opened into the member's own record: what is new comes in, what the member entered stays."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Table, select, update

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import WHOLE_ROUND, Barrier, RegisteredOperation
from models.operations.packs.packs import application_row, put_histories, put_office_facts
from models.operations.packs.take_in import digest, write_values
from models.operations.rows.write_applications import (
    NOT_CHECKED,
    application_ids,
    put_applications,
    set_correction,
)
from models.operations.rows.write_funds import area_ids, put_areas
from models.operations.rows.write_organisations import organisations_of, settle_organisations
from models.operations.rows.write_round import TableRows, journalled, put_stored, remove_stored
from models.queries.applications.applications import applications, corrections
from models.queries.packs.member_record import PACK_START, pack_news
from models.queries.packs.own_record import OPENED_PACK
from models.schema.applications import (
    application_table,
    correction_table,
    organisation_alias_table,
    organisation_table,
)
from models.schema.journal import setting_table
from models.schema.packs import revision_table
from models.schema.panel import interest_table, mark_table, not_applicable_table, sheet_table
from models.schema.set_up import area_table, reason_rule_table, round_table
from models.session import Session, next_position, put, remove, set_values
from models.values import canonical
from models.values.applications import CORRECTABLE, Correction, text_of
from models.values.packs import Pack, PackApplication
from scoring.round import Area
from scoring.written.text import Refused

_TOUCHED = WHOLE_ROUND | {Topic.PACKS}
WHY, OFFICE = "as a newer pack has it", "the office"
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
    setting_table,
)
"""Every table that a pack changes, each after those it refers to. A member's own record has one round."""


class UpdatePack(Barrier, frozen=True):
    """Bring a member's own record up to date from a newer pack. A barrier; it itself can be undone.

    Applications that are new come in, changed ones are as the pack has them, and those that are not in it any
    more are recorded as withdrawn. All that the member entered stays; what the office recorded since comes
    in where it follows from that. `start` is as in `OpenPack`.
    """

    kind: ClassVar[str] = "update pack"
    titled: ClassVar[str] = "Open a newer pack"
    text: str
    start: str = ""

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Bring it in; refused where it is not a newer pack of this member, round and scheme."""
        news = pack_news(session, self.text)
        before = _taken_down(session)
        _write_round(session, news.pack, news.round_id, at)
        planned = pack_news(session, self.text).planned
        write_values(session, planned, actor, at)
        put_histories(session, planned.round, planned.member, planned.after.values())
        remove(session, setting_table, setting_table.c.name.in_(_FACTS))
        facts = dict(zip(_FACTS, (self.text, self.start), strict=True))
        put(
            session,
            setting_table,
            [{"name": name, "value": canonical.dumps(fact)} for name, fact in facts.items()],
        )
        marking = session.scalars(select(round_table.c.marking)).one()
        put_office_facts(session, news.pack)
        inverse = PutPackBack(self.text, self.start, before, digest(_taken_down(session)), marking)
        return Outcome(_TOUCHED, inverse, news.words)


class PutPackBack(RegisteredOperation, frozen=True):
    """Undo a newer pack: the record is as the pack before left it."""

    kind: ClassVar[str] = "put pack back"
    titled: ClassVar[str] = "Go back to the pack before"
    text: str
    start: str
    taken: tuple[TableRows, ...]
    after: str
    marking: str

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the rows back; refused where one of them was changed since."""
        if digest(_taken_down(session)) != self.after:
            raise Refused(
                "The record has been changed since the newer pack was opened. Nothing was put back."
            )
        for kind in reversed(_EVERY):
            remove_stored(session, kind, _chosen(kind))
        for kind, rows in zip(_EVERY, self.taken, strict=True):
            put_stored(session, kind, rows)
        session.execute(update(round_table).values(marking=self.marking))
        return Outcome(_TOUCHED, UpdatePack(self.text, self.start), "The pack before is open again.")


def _taken_down(session: Session) -> tuple[TableRows, ...]:
    return tuple(journalled(session, kind, _chosen(kind)) for kind in _EVERY)


def _chosen(kind: Table) -> ColumnElement[bool]:
    return (
        setting_table.c.name.in_(_FACTS)
        if kind is setting_table
        else kind.primary_key.columns[0].is_not(None)
    )


def _write_round(session: Session, pack: Pack, round_id: int, at: datetime) -> None:
    """Write areas, applications, what is set aside in them, and the rule for reasons."""
    _write_areas(session, pack, round_id)
    columns = select(application_table.c.uid).where(application_table.c.round_id == round_id)
    there = set(session.scalars(columns))
    _correct(session, round_id, [item for item in pack.applications if item.uid in there], at)
    _add_applications(session, round_id, [item for item in pack.applications if item.uid not in there])
    table, wanted = application_table, {item.uid for item in pack.applications}
    session.execute(update(table).where(table.c.uid.in_(sorted(there - wanted))).values(withdrawn=True))
    numbers = application_ids(session, round_id)
    aside = [(item.reference, *one) for item in pack.applications for one in item.aside]
    remove(session, not_applicable_table, not_applicable_table.c.application_id.in_(numbers.values()))
    rows = [
        {"application_id": numbers[of], "criterion": criterion, "reason": reason}
        for of, criterion, reason in aside
    ]
    put(session, not_applicable_table, rows)
    remove(session, reason_rule_table, reason_rule_table.c.round_id == round_id)
    put(session, reason_rule_table, [{"round_id": round_id, "rule": pack.round.reason_rule.value}])


def _write_areas(session: Session, pack: Pack, round_id: int) -> None:
    there = area_ids(session, round_id)
    new = [name for name in pack.round.areas if name not in there]
    put_areas(session, round_id, {len(there) + index: Area(name, 0) for index, name in enumerate(new)})


def _correct(session: Session, round_id: int, items: Iterable[PackApplication], at: datetime) -> None:
    """Make applications that are there as the pack has them; what the first pack said is kept beside."""
    stand = {row.reference: row for row in applications(session, round_id)}
    was = {(one.application, one.field): one.submitted for one in corrections(session, round_id)}
    table, numbers, areas = (
        application_table,
        application_ids(session, round_id),
        area_ids(session, round_id),
    )
    for item in items:
        row, of = application_row(item), numbers[item.reference]
        for field in sorted(CORRECTABLE):
            value, stood = text_of(getattr(row, field)), text_of(getattr(stand[item.reference], field))
            if value != stood:
                submitted = was.get((item.reference, field), stood)
                one = Correction(item.reference, field, value, submitted, WHY, OFFICE)
                set_correction(session, of, one, at)
        (organisation,) = organisations_of(session, [row])
        values = {"area_id": areas[item.area], "organisation_id": organisation, "withdrawn": False}
        set_values(session, table, {"id": of}, **values)
    settle_organisations(session)


def _add_applications(session: Session, round_id: int, items: list[PackApplication]) -> None:
    table = application_table
    first = next_position(session, table, round_id)
    rows = [application_row(item) for item in items]
    standings = [(row.eligibility, *NOT_CHECKED[1:]) for row in rows]
    put_applications(session, round_id, rows, standings, range(first, first + len(rows)))
    for item in items:
        of = (table.c.round_id == round_id) & (table.c.reference == item.reference)
        session.execute(update(table).where(of).values(uid=item.uid))
