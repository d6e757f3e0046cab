"""Awards without a competition as they stand: what is proposed, by which route, under what contract."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.queries.applications.applications import applications
from models.queries.applications.choices import choices
from models.queries.deciding.recommendations import recommendations
from models.queries.rows import columns_of, grouped
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.rounds import is_direct
from models.reference.clauses import Ending, clauses_of, ending_of
from models.reference.fund_defaults import in_use
from models.schema.applications import application_table
from models.schema.awards import award_table, direct_award_table, onward_grant_table
from models.session import Session
from models.store.parts import part
from models.values.direct_award import DirectAward, OnwardGrant, Route, contract_terms, signing_facts
from scoring.refused import Refused

FIELDS = (
    "organisation",
    "charity_number",
    "company_number",
    "organisation_type",
    "project",
    "summary",
    "contact_name",
    "email",
    "address",
    "postcode",
)
"""What of an award without a competition its application holds, under the same name."""


@part
def direct_awards(session: Session, round_id: int) -> Mapping[str, DirectAward]:
    """Return a round's awards without a competition by the reference of their application, as they stand."""
    rows = {row.reference: row for row in applications(session, round_id)}
    proposed = {row.application: row for row in recommendations(session, round_id)}
    chosen, onward = choices(session, round_id), onward_grants(session, round_id)
    return {
        held.reference: DirectAward(
            **{name: getattr(rows[held.reference], name) for name in FIELDS},
            amount_pence=rows[held.reference].requested_pence,
            route=Route(held.route),
            reason=proposed[held.reference].reason,
            area=rows[held.reference].area or "",
            route_reason=held.route_reason,
            extends=held.extends or "",
            starts_on=rows[held.reference].start_on,
            ends_on=rows[held.reference].end_on,
            option_years=held.option_years,
            break_on=held.break_on,
            choices=chosen.get(held.reference, ()),
            onward=onward.get(held.reference, ()),
        )
        for held in session.execute(_columns(round_id))
    }


def terms_of_direct(session: Session, round_id: int) -> Mapping[str, tuple[str, ...]]:
    """Return what recipients of awards without a competition are bound by beside the conditions."""
    if not is_direct(session, round_id):
        return {}
    ending = ending_in(session, round_id)
    return {
        of: tuple(contract_terms(award, ending)) for of, award in direct_awards(session, round_id).items()
    }


def ending_in(session: Session, round_id: int) -> Ending:
    """Return whose words the agreements of a round have on ending a contract."""
    return ending_of(in_use(clauses_of(fund_rules_of(session, round_id).clauses)))


def facts_of_direct(session: Session, round_id: int) -> Mapping[str, tuple[str, ...]]:
    """Return how awards without a competition came about, as those were told who signed them."""
    if not is_direct(session, round_id):
        return {}
    return {of: tuple(signing_facts(award)) for of, award in direct_awards(session, round_id).items()}


def _columns(round_id: int) -> Any:
    table, of = direct_award_table, application_table
    columns = select(
        of.c.reference,
        table.c.route,
        table.c.route_reason,
        table.c.option_years,
        table.c.break_on,
        award_table.c.reference.label("extends"),
    )
    joined = columns.join(table, table.c.application_id == of.c.id)
    joined = joined.outerjoin(award_table, award_table.c.application_id == table.c.extends_id)
    return joined.where(of.c.round_id == round_id).order_by(of.c.position)


@part
def onward_grants(session: Session, round_id: int) -> Mapping[str, tuple[OnwardGrant, ...]]:
    """Return what third-party managers of a round pass on, by the reference of their application."""
    table, of = onward_grant_table, application_table
    columns = select(of.c.reference, *columns_of(OnwardGrant, table)).where(of.c.round_id == round_id)
    joined = columns.join(table, table.c.application_id == of.c.id)
    return grouped(session, OnwardGrant, joined.order_by(table.c.application_id, table.c.number))


def passed_on(session: Session) -> Mapping[int, tuple[tuple[str, str, int], ...]]:
    """Return to whom, for what and how much recipients pass on, by the number of their application."""
    table = onward_grant_table
    rows = select(table.c.application_id, *columns_of(OnwardGrant, table))
    found = grouped(session, OnwardGrant, rows.order_by(table.c.application_id, table.c.number))
    return {
        number: tuple((one.recipient, one.purpose, one.amount_pence) for one in grants)
        for number, grants in found.items()
    }


def find_award(session: Session, reference: str) -> tuple[int, str] | None:
    """Return round and application of an award by its own reference, or its application's, in any case.

    None for none. Refused where several rounds have an application of that reference, and not just one of
    them an award.
    """
    of, award = application_table, award_table
    columns = select(of.c.round_id, of.c.reference).outerjoin(award, award.c.application_id == of.c.id)
    own, by_application = (func.lower(one.c.reference) == reference.lower() for one in (award, of))
    is_awarded = award.c.reference.is_not(None)
    for named in (own, by_application & is_awarded, by_application):
        found = session.execute(columns.where(named).order_by(of.c.id)).all()
        if len(found) > 1:
            raise Refused(
                f"Several rounds have an application {reference}. Name the award by its own reference."
            )
        if found:
            return found[0].round_id, found[0].reference
    return None
