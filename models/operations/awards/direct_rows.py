"""Awards without a competition: what they must say before they go to their chain, and writing them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select

from models.operations.operation_base import DIRECT, the_application
from models.operations.rows.write_applications import (
    known_organisation,
    organisations_of,
    put_applications,
    put_choices,
    set_correction,
    settle_organisations,
)
from models.operations.rows.write_funds import area_ids, find_fund, put_areas
from models.operations.rows.write_round import NewRound, put_round, remove_round
from models.operations.set_up.load import copy_people_and_words, remove_copied
from models.queries.applications.applications import (
    ApplicationHead,
    applications,
    awarded,
    corrections,
)
from models.queries.awards.awards import agreed_names
from models.queries.awards.budget import NOBODY, Own, fund_budget, has_allocation
from models.queries.awards.direct_awards import FIELDS
from models.queries.awards.year_end_figures import Key
from models.queries.deciding.award_gate import unheld_proposals
from models.queries.deciding.reasons import standard_conditions
from models.queries.set_up.funds import fund_names, fund_rules, name_of, require_open_fund
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import direct_round, find_round_id
from models.reference.clauses import conditions_of
from models.reference.defaults import in_use
from models.schema.applications import application_table, choice_table, correction_table
from models.schema.awards import (
    direct_award_table,
    direct_round_table,
    finance_codes_table,
    onward_grant_table,
)
from models.schema.deciding import area_allowance_table, recommendation_table, signature_table
from models.schema.forms import LARGEST
from models.schema.panel import meeting_table, member_area_table, signing_area_table
from models.schema.personal import TextAbout
from models.schema.set_up import area_table, round_table
from models.session import (
    Session,
    actor_name,
    count,
    fields_of,
    moment,
    next_position,
    numbered,
    put,
    remove,
    row_of,
    selection,
    set_values,
    stamp,
    today,
)
from models.trouble import refuse, required
from models.values import canonical
from models.values.applications import CHOICE_WORDS, ChoicesOf, Correction, text_of, value_as_typed
from models.values.direct_award import CONTRACTS, DIRECT_ROUND, ROUTE_WORDS, DirectAward, Route
from models.values.rows import ApplicationRow
from scoring.budget.figures import FundBudget, together
from scoring.budget.limits import direct_refusal
from scoring.round import Area, Eligibility
from scoring.scheme import Criterion, Scheme, Side
from scoring.written.names import is_same_text
from scoring.written.text import Refused, listed, one_line, quoted, tidied

MOST_NAMED = 4
"""Of the proposals that draw on the same money; more are counted."""
MOST_OPTION_YEARS = 50
"""More is mistyped, and would run past the calendar."""


LONGEST, LONGEST_LINE = 8_000, 300
"""Most characters of a text, and of what stands on one line."""
_LINES = (
    *("organisation", "area", "project", "extends", "charity_number", "company_number"),
    *("organisation_type", "contact_name", "email", "postcode"),
)
_TEXTS = {
    "reason": "The reason",
    "summary": "What it is for",
    "route_reason": "Why nobody competed",
    "address": "The address",
}


def cleaned_award(award: DirectAward) -> DirectAward:
    """Return an award with its words as a record keeps them: names on one line, and nothing hidden."""
    said: dict[str, Any] = {name: one_line(getattr(award, name)) for name in _LINES}
    said |= {name: tidied(getattr(award, name)) for name in _TEXTS}
    said["onward"] = tuple(
        replace(one, recipient=one_line(one.recipient), purpose=one_line(one.purpose)) for one in award.onward
    )
    return replace(award, **said)


def sound_award(
    session: Session, key: Key, said: DirectAward, allowed_pence: int = 0, own: Own = NOBODY
) -> DirectAward:
    """Return an award with its words as a record keeps them, its area as the year's money spells it.

    Refused where it lacks something, contradicts itself, or takes more than the year has left, with what is
    allowed with it above that money, or for its `own` reference before. Nothing is committed to what is only
    proposed, so that what a change takes the place of counts nothing.
    """
    award = cleaned_award(said)
    last = date.max.year if award.ends_on is None else award.ends_on.year + award.option_years
    refuse(
        *_length_faults(award),
        DIRECT.direct(award, last > date.max.year, LARGEST, MOST_OPTION_YEARS),
        *(DIRECT.grant(grant, number) for number, grant in enumerate(award.onward, 1)),
        DIRECT.onward(award, award.onward_pence - award.amount_pence),
    )
    _require_choices(session, key, award)
    if award.extends:
        extended_award(session, award.extends)
    if not has_allocation(session, key):
        if award.route is Route.START_UP:
            raise Refused(
                f"No start-up money is recorded for {key[1]}. Record it on Budget first: no other money pays "
                "for this route."
            )
        return replace(award, area=award.area.strip())
    words = _over_the_year(session, key, award, award.amount_pence, allowed_pence, own)
    if words:
        raise Refused(f"{words} Nothing was recorded.")
    return replace(award, area=the_area(fund_budget(session, key), award.area))


def require_left_beside_others(
    session: Session, key: Key, award: DirectAward, replacing: str = "", allowed_pence: int = 0
) -> None:
    """Refuse an award that takes more than is left once what is proposed already of that money is decided.

    Asked while it is typed: what was proposed before stays as it was proposed. `replacing` is the reference
    of the one that it changes, `allowed_pence` what is allowed with it above that money.
    """
    round_id = direct_round(session, key)
    if round_id is None or not has_allocation(session, key):
        return
    is_start_up, areas = award.route is Route.START_UP, _sharing(session, key, award)
    waiting = [
        line
        for line in unheld_proposals(session, round_id, replacing)
        if line.direct is not None
        and (line.direct.route is Route.START_UP) == is_start_up
        and line.direct.area in areas
    ]
    pence = sum(line.amount_pence for line in waiting)
    taken = pence + award.amount_pence
    own = round_id, [replacing, *(line.reference for line in waiting)]
    words = _over_the_year(session, key, award, taken, allowed_pence, own) if waiting else ""
    if words:
        named = _named([line.reference for line in waiting])
        raise Refused(f"Counted with {named}, proposed already: {words} Nothing was recorded.")


def _named(references: list[str]) -> str:
    """Return proposals as a sentence names them, the first few where there are many."""
    more = len(references) - MOST_NAMED
    others = [f"{more:,} more"] if more > 0 else []
    return listed([*references[:MOST_NAMED], *others])


def _sharing(session: Session, key: Key, award: DirectAward) -> tuple[str, ...]:
    """Return the areas on whose money an award draws: start-up money is each area's own."""
    budget = fund_budget(session, key)
    own = the_area(budget, award.area)
    is_start_up = award.route is Route.START_UP
    return (own,) if is_start_up else tuple(area.area for area in budget.sharing(own))


def _over_the_year(
    session: Session, key: Key, award: DirectAward, taken: int, allowed_pence: int = 0, own: Own = NOBODY
) -> str:
    """Return why so much (pence) may not be taken of the money that an award draws on, "" where it may.

    What was allowed for the `own` awards that it is counted with counts too.
    """
    budget, areas = fund_budget(session, key, own), _sharing(session, key, award)
    money = together([budget.of(area) for area in areas])
    purse = replace(money, allowed_pence=money.allowed_pence + allowed_pence)
    return direct_refusal(purse, taken, key[1], is_start_up=award.route is Route.START_UP)


def the_area(budget: FundBudget, name: str) -> str:
    """Return an area or service line as the year's money spells it; refused where it has none so called."""
    found = next((area.area for area in budget.with_allocation if is_same_text(area.area, name)), None)
    if found is not None:
        return found
    known = ", ".join(area.area for area in budget.with_allocation)
    said = f"has no allocation for “{name}” in {budget.year}" if name.strip() else "shares its money out"
    raise Refused(f"{budget.fund} {said}. Say whose money this takes: {known}.")


def extended_award(session: Session, reference: str) -> ApplicationHead:
    """Return the award that is extended, by its reference; refused where there is none."""
    return required(
        next((one for one in awarded(session) if one.award == reference and not one.withdrawn), None),
        f"There is no award {reference} to extend. Give the reference of one, such as A-031-01.",
    )


def require_its_recipient(session: Session, award: DirectAward) -> None:
    """Refuse an extension that goes to another organisation than the award that it extends.

    Asked while it is typed: what was proposed before stays as it was proposed.
    """
    if award.route is not Route.EXTENSION or not award.extends.strip():
        return
    extended = extended_award(session, award.extends)
    called = agreed_names(session, date.max).get(extended.number, extended.recipient)
    said = ApplicationRow(
        "", award.organisation, charity_number=award.charity_number, company_number=award.company_number
    )
    is_its_own = known_organisation(session, said) == extended.organisation_id
    if is_its_own or is_same_text(called, award.organisation):
        return
    raise Refused(
        f"{award.extends} is an award to {called}, and an extension goes to the same recipient. Name "
        f"{called}, or merge the two on Organisations if they are one."
    )


def _length_faults(award: DirectAward) -> Iterator[str]:
    said = [getattr(award, name) for name in _LINES]
    said += [words for one in award.onward for words in (one.recipient, one.purpose)]
    for words in said:
        if len(words) > LONGEST_LINE:
            yield f"{quoted(words)} is longer than {LONGEST_LINE} characters. Shorten it."
    for name, what in _TEXTS.items():
        if len(getattr(award, name)) > LONGEST:
            yield f"{what} is longer than {LONGEST:,} characters. Shorten it, and keep the whole elsewhere."


def _require_choices(session: Session, key: Key, award: DirectAward) -> None:
    """Refuse a line that no list of the fund has."""
    rules = fund_rules(session, key[0])
    for choice in award.choices:
        if choice.code not in {item.code for item in in_use(rules.items(choice.kind))}:
            raise Refused(f"“{choice.code}” is not a {CHOICE_WORDS[choice.kind].lower()} of the fund.")


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


def key_of(session: Session, fund: str, year: str) -> Key:
    """Return a fund's number and a year; refused where the record has no such fund."""
    fund_id = required(
        find_fund(session, fund), f"There is no fund {fund} in this record. Add it on Funds first."
    )
    return fund_id, year


def the_direct_round(session: Session, key: Key) -> int:
    """Return the round of a fund's year that holds awards without a competition, made if it is not there."""
    found = direct_round(session, key)
    if found is not None:
        return found
    fund_id, year = key
    require_open_fund(session, fund_id, today(session))
    if find_round_id(session, fund_id, year, DIRECT_ROUND) is not None:
        raise Refused(f"A round with a competition is called “{DIRECT_ROUND}”. Rename that round first.")
    source = session.scalar(select(func.max(round_table.c.id)).where(round_table.c.fund_id == fund_id))
    like = () if source is None else tuple(Area(area.name, 0) for area in areas(session, source))
    defaults = fund_rules(session, fund_id)
    name = name_of(fund_names(session, fund_id), today(session))
    round_id = put_round(
        session, NewRound(fund_id, name, year, DIRECT_ROUND, UNSCORED, like, defaults, opens=True)
    )
    year_id = session.scalars(selection(round_table.c.year_id, id=round_id)).one()
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
    if number is not None and not any(count(session, table, area_id=number) for table in _OF_AREAS):
        remove(session, area_table, id=number)


def remove_if_empty(session: Session, round_id: int) -> bool:
    """Take the round out once it holds no award any more, and say whether it did."""
    if count(session, application_table, round_id=round_id):
        return False
    remove(session, direct_round_table, round_id=round_id)
    remove_copied(session, round_id)
    remove_round(session, round_id)
    return True


def _to_the_chain(session: Session, round_id: int) -> None:
    set_values(session, area_table, {"round_id": round_id}, stage="deciding")


_NAMED = {"requested_pence": "amount_pence", "start_on": "starts_on", "end_on": "ends_on"}
"""What an application's fields are called in an award, where that is another name."""
_CHANGED = (*FIELDS, *_NAMED)
_BESIDE = ("reason", "corrected_by", "corrected_at")


def put_application(session: Session, round_id: int, reference: str, award: DirectAward) -> None:
    """Put in the application that an award is proposed on."""
    row = _as_application(ApplicationRow(reference, ""), award)
    standing = (Eligibility.YES, _standing(award), "")
    put_applications(
        session, round_id, [row], [standing], [next_position(session, application_table, round_id)]
    )


def change_application(
    session: Session, round_id: int, reference: str, award: DirectAward, reason: str
) -> None:
    """Make an application say what its award says now; what was proposed first is kept beside."""
    stands = next(row for row in applications(session, round_id) if row.reference == reference)
    number, table = the_application(session, round_id, reference), application_table
    now, by = _as_application(stands, award), actor_name(session)
    (organisation,) = organisations_of(session, [now])
    area = area_ids(session, round_id).get(award.area)
    values = {"area_id": area, "organisation_id": organisation, "all_gates_reason": _standing(award)}
    set_values(session, table, {"id": number}, **values)
    first = {
        one.field: one.submitted for one in corrections(session, round_id) if one.application == reference
    }
    for name in _CHANGED:
        if getattr(stands, name) != getattr(now, name):
            before = first.get(name, text_of(getattr(stands, name)))
            one = Correction(reference, name, text_of(getattr(now, name)), before, reason, by)
            set_correction(session, number, one)
    settle_organisations(session)


class ChangedField(Struct, frozen=True):
    """A field of a proposal's application that was changed, why, by whom and when."""

    field: str
    reason: TextAbout
    corrected_by: str
    corrected_at: datetime


class Stood(Struct, frozen=True):
    """What stood of a proposal that was changed: as it was proposed first, and each field's change."""

    first: DirectAward
    changes: tuple[ChangedField, ...]


def what_stood(session: Session, round_id: int, reference: str, award: DirectAward) -> Stood | None:
    """Return what stood of an award that was changed since it was proposed, None of any other."""
    made = [one for one in corrections(session, round_id) if one.application == reference]
    first = {_NAMED.get(one.field, one.field): value_as_typed(one.field, one.submitted) for one in made}
    changes = tuple(ChangedField(**fields_of(one, *ChangedField.__struct_fields__)) for one in made)
    return Stood(replace(award, **first), changes) if made else None


def put_changed(session: Session, round_id: int, reference: str, award: DirectAward, stood: Stood) -> None:
    """Put in the application of an award that was changed, as it was proposed first and with each change."""
    put_application(session, round_id, reference, replace(stood.first, area=award.area))
    change_application(session, round_id, reference, award, "")
    number = the_application(session, round_id, reference)
    for one in stood.changes:
        key = {"application_id": number, "field": one.field}
        set_values(session, correction_table, key, **fields_of(one, *_BESIDE))


def put_proposal(session: Session, round_id: int, reference: str, award: DirectAward) -> None:
    """Put in how an award comes about and what is proposed, signed by whoever does: before the chain."""
    of = {"application_id": the_application(session, round_id, reference)}
    extends = extended_award(session, award.extends).number if award.extends else None
    route = row_of(direct_award_table, award, extends_id=extends, route_reason=award.route_reason.strip())
    put(session, direct_award_table, [route | of])
    put(
        session, onward_grant_table, [{**of, **grant} for grant in numbered(onward_grant_table, award.onward)]
    )
    standard = standard_conditions(session, round_id)
    proposal: dict[str, Any] = {
        **of,
        "outcome": "fund",
        "amount_pence": award.amount_pence,
        "reason": award.reason,
        "code": "",
        "conditions": canonical.dumps(list(conditions_of(standard, is_contract=award.route in CONTRACTS))),
        "is_exception": False,
        **stamp(session, "recorded"),
    }
    put(session, recommendation_table, [proposal])
    signed = {"signed_by": actor_name(session), "signed_on": today(session), "recorded_at": moment(session)}
    put(session, signature_table, [of | signed])
    put_choices(session, round_id, [ChoicesOf(reference, award.choices)])


def remove_proposal(session: Session, round_id: int, reference: str) -> None:
    """Take out what is proposed and how it came about; the application stays."""
    number = the_application(session, round_id, reference)
    own = (signature_table, recommendation_table, onward_grant_table, direct_award_table, choice_table)
    for table in own:
        remove(session, table, application_id=number)


def _standing(award: DirectAward) -> str:
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
