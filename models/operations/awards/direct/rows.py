"""Writing awards without a competition: their round, application, route and what is proposed."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select, update

from models.operation import Actor
from models.operations.awards.direct.rules import extended_id
from models.operations.finders import the_application
from models.operations.rows.write_applications import put_applications, put_choices
from models.operations.rows.write_areas import area_ids, put_areas
from models.operations.rows.write_funds import find_fund, fund_defaults
from models.operations.rows.write_organisations import organisations_of, settle_organisations
from models.operations.rows.write_round import NewRound, find_round_id, put_round, remove_round
from models.operations.rows.writing import next_position, put, remove
from models.operations.set_up.copy_round import copy_people_and_words, remove_copied
from models.queries.applications.applications import applications, corrected_names, corrections
from models.queries.awards.direct_awards import FIELDS
from models.queries.awards.year_end_figures import Key
from models.queries.deciding.reasons import standard_conditions
from models.queries.set_up.funds import fund_names, name_of, require_open_fund
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import direct_round
from models.schema.applications import application_table, choice_table, correction_table
from models.schema.awards import (
    direct_award_table,
    direct_round_table,
    finance_codes_table,
    onward_grant_table,
)
from models.schema.deciding import area_allowance_table, recommendation_table, signature_table
from models.schema.panel import meeting_table, member_area_table, signing_area_table
from models.schema.set_up import area_table, round_table
from models.session import Session
from models.values import canonical
from models.values.applications import ChoicesOf, text_of
from models.values.direct_award import DIRECT_ROUND, ROUTE_WORDS, DirectAward
from models.values.rows import ApplicationRow
from scoring.refused import Refused
from scoring.round import Area, Eligibility
from scoring.scheme import Criterion, Scheme, Side
from scoring.written.names import text_key

_OF_AREAS = (
    application_table,
    finance_codes_table,
    member_area_table,
    signing_area_table,
    area_allowance_table,
    meeting_table,
)
"""What may be of an area."""
UNSCORED = Scheme((Criterion("none", "Nothing is scored", Side.QUALITY, 1_000_000),))
"""What stands where a round has its scheme: no mark is ever given under it."""
Changed = tuple[str, str, datetime]
"""Why an application is changed, by whom and when."""


def key_of(session: Session, fund: str, year: str) -> Key:
    """Return a fund's number and a year; refused where the record has no such fund."""
    fund_id = find_fund(session, fund)
    if fund_id is None:
        raise Refused(f"There is no fund {fund} in this record. Add it on Funds first.")
    return fund_id, year


def the_direct_round(session: Session, key: Key, at: datetime) -> int:
    """Return the round of a fund's year that holds awards without a competition, made if it is not there."""
    found = direct_round(session, key)
    if found is not None:
        return found
    fund_id, year = key
    require_open_fund(session, fund_id, at.date())
    if find_round_id(session, fund_id, year, DIRECT_ROUND) is not None:
        raise Refused(f"A round with a competition is called “{DIRECT_ROUND}”. Rename that round first.")
    source = _newest_round(session, fund_id)
    like = () if source is None else tuple(Area(area.name, 0) for area in areas(session, source))
    defaults = fund_defaults(session, fund_id)
    name = name_of(fund_names(session, fund_id), at.date())
    round_id = put_round(
        session, NewRound(fund_id, name, year, DIRECT_ROUND, UNSCORED, like, defaults, opens=True), at
    )
    year_id = session.scalars(select(round_table.c.year_id).where(round_table.c.id == round_id)).one()
    put(session, direct_round_table, [{"round_id": round_id, "fund_id": fund_id, "year_id": year_id}])
    if source is not None:
        copy_people_and_words(session, source, round_id)
    _to_the_chain(session, round_id)
    return round_id


def add_area(session: Session, round_id: int, name: str) -> bool:
    """Put an area or service line in, unless it is there, and say whether it did.

    It holds no pot, and its lines go to the chain.
    """
    there = area_ids(session, round_id)
    if not name or name in there:
        return False
    put_areas(session, round_id, {len(there): Area(name, 0)})
    _to_the_chain(session, round_id)
    return True


def remove_unused_area(session: Session, round_id: int, name: str) -> None:
    """Take out an area that came with an award, unless something else is of it by now."""
    number = area_ids(session, round_id).get(name)
    used = (select(func.count()).where(table.c.area_id == number) for table in _OF_AREAS)
    if number is not None and not any(session.scalar(one) for one in used):
        remove(session, area_table, area_table.c.id == number)


def remove_if_empty(session: Session, round_id: int) -> bool:
    """Take the round out once it holds no award any more, and say whether it did."""
    if session.scalar(select(func.count()).where(application_table.c.round_id == round_id)):
        return False
    remove(session, direct_round_table, direct_round_table.c.round_id == round_id)
    remove_copied(session, round_id)
    remove_round(session, round_id)
    return True


def _newest_round(session: Session, fund_id: int) -> int | None:
    return session.scalar(select(func.max(round_table.c.id)).where(round_table.c.fund_id == fund_id))


def _to_the_chain(session: Session, round_id: int) -> None:
    table = area_table
    session.execute(update(table).where(table.c.round_id == round_id).values(stage="deciding"))


def put_application(session: Session, round_id: int, reference: str, award: DirectAward) -> int:
    """Put in the application that an award is proposed on, and return its number."""
    row = _as_application(ApplicationRow(reference, ""), award)
    standing = (Eligibility.YES, _standing(award), "")
    put_applications(
        session, round_id, [row], [standing], [next_position(session, application_table, round_id)]
    )
    return the_application(session, round_id, reference)


def other_name_words(session: Session, number: int, name: str) -> str:
    """Say that an application's organisation had another name before, or goes by another; "" for neither."""
    of, now = application_table.c, corrected_names(session)
    own = select(of.organisation_id).where(of.id == number).scalar_subquery()
    every = session.execute(select(of.id, of.organisation).where(of.organisation_id == own).order_by(of.id))
    names = [now.get(one.id, one.organisation) for one in every if one.id != number]
    if not names or text_key(names[-1]) == text_key(name):
        return ""
    if any(text_key(one) == text_key(name) for one in names):
        return f" That is a former name of {names[-1]}: papers call it {name}, as it is written here."
    return f" It was formerly {names[-1]} here: papers call it {name} from now on."


def change_application(
    session: Session, round_id: int, reference: str, award: DirectAward, said: Changed
) -> None:
    """Make an application say what its award says now; what was proposed first is kept beside."""
    stands = next(row for row in applications(session, round_id) if row.reference == reference)
    number, table = the_application(session, round_id, reference), application_table
    now = _as_application(stands, award)
    (organisation,) = organisations_of(session, [now])
    area = area_ids(session, round_id).get(award.area)
    values = {"area_id": area, "organisation_id": organisation, "all_gates_reason": _standing(award)}
    session.execute(update(table).where(table.c.id == number).values(**values))
    first = {
        one.field: one.submitted for one in corrections(session, round_id) if one.application == reference
    }
    for name in (*FIELDS, "requested_pence", "start_on", "end_on"):
        if getattr(stands, name) != getattr(now, name):
            before = first.get(name, text_of(getattr(stands, name)))
            _put_correction(session, number, {"field": name, "submitted": before}, getattr(now, name), said)
    settle_organisations(session)


def put_route(session: Session, number: int, award: DirectAward) -> None:
    """Put in how an award comes about, its contract, and what is passed on of it."""
    row = {
        "application_id": number,
        "route": award.route.value,
        "route_reason": award.route_reason.strip(),
        "extends_id": extended_id(session, award.extends) if award.extends else None,
        "option_years": award.option_years,
        "break_on": award.break_on,
    }
    put(session, direct_award_table, [row])
    grants = [
        {
            "application_id": number,
            "number": place,
            "recipient": one.recipient,
            "amount_pence": one.amount_pence,
            "purpose": one.purpose,
        }
        for place, one in enumerate(award.onward, 1)
    ]
    put(session, onward_grant_table, grants)


def put_proposal(
    session: Session, round_id: int, reference: str, award: DirectAward, actor: Actor, at: datetime
) -> None:
    """Put in what is proposed, signed by whoever proposes it: so it stands before the chain."""
    number = the_application(session, round_id, reference)
    proposal: dict[str, Any] = {
        "application_id": number,
        "outcome": "fund",
        "amount_pence": award.amount_pence,
        "reason": award.reason,
        "code": "",
        "conditions": canonical.dumps(list(standard_conditions(session, round_id))),
        "is_exception": False,
        "tied": False,
        "recorded_by": actor.name,
        "recorded_at": at,
    }
    put(session, recommendation_table, [proposal])
    signed = {"application_id": number, "signed_by": actor.name, "signed_on": at.date(), "recorded_at": at}
    put(session, signature_table, [signed])
    put_choices(session, round_id, [ChoicesOf(reference, award.choices)])


def remove_proposal(session: Session, round_id: int, reference: str) -> None:
    """Take out what is proposed and how it came about; the application stays."""
    number = the_application(session, round_id, reference)
    for table in (
        signature_table,
        recommendation_table,
        onward_grant_table,
        direct_award_table,
        choice_table,
    ):
        remove(session, table, table.c.application_id == number)


def _standing(award: DirectAward) -> str:
    """Say why an application that nobody judged is eligible."""
    return f"Awarded without a competition: {ROUTE_WORDS[award.route].lower()}."


def _as_application(row: ApplicationRow, award: DirectAward) -> ApplicationRow:
    named = {name: getattr(award, name) for name in FIELDS}
    return replace(
        row,
        **named,
        area=award.area or None,
        requested_pence=award.amount_pence,
        start_on=award.starts_on,
        end_on=award.ends_on,
    )


def _put_correction(session: Session, number: int, of: dict[str, str], value: object, said: Changed) -> None:
    table, text = correction_table, text_of(value)
    remove(session, table, (table.c.application_id == number) & (table.c.field == of["field"]))
    if text == of["submitted"]:
        return
    reason, by, at = said
    row = {"application_id": number, "value": text, "reason": reason, "corrected_by": by, "corrected_at": at}
    put(session, table, [row | of])
