"""What an award without a competition must say before it goes to its chain, each fault a sentence."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select

from models.operations.rows.write_applications import LARGEST
from models.operations.rows.write_organisations import known_organisation
from models.queries.awards.awards_page import PROPOSED, award_lines_of
from models.queries.awards.budget import fund_budget, has_allocation
from models.queries.awards.variations import recipients
from models.queries.awards.year_end_figures import Key
from models.queries.set_up.funds import fund_rules
from models.queries.set_up.rounds import direct_round
from models.reference.defaults import in_use
from models.schema.applications import application_table, organisation_table
from models.schema.awards import award_table
from models.session import Session
from models.values.applications import CHOICE_WORDS
from models.values.direct_award import DirectAward, OnwardGrant, Route
from models.values.rows import ApplicationRow
from scoring.budget.figures import FundBudget, together
from scoring.budget.limits import direct_refusal
from scoring.counted import listed
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.days import short_day
from scoring.written.names import is_same_text
from scoring.written.text import one_line, quoted, tidied

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


def require_sound(session: Session, key: Key, award: DirectAward) -> None:
    """Refuse an award that lacks something, contradicts itself, or takes more than the year has left.

    Nothing is committed to what is only proposed, so that what a change takes the place of counts nothing.
    """
    for fault in (*_length_faults(award), *_faults(award), *_contract_faults(award), *_onward_faults(award)):
        raise Refused(fault)
    _require_choices(session, key, award)
    if award.extends:
        extended_id(session, award.extends)
    if not has_allocation(session, key):
        if award.route is Route.START_UP:
            raise Refused(
                f"No start-up money is recorded for {key[1]}. Record it on Budget first: no other money pays "
                "for this route."
            )
        return
    words = _over_the_year(session, key, award, award.amount_pence)
    if words:
        raise Refused(f"{words} Nothing was recorded.")


def require_left_beside_others(session: Session, key: Key, award: DirectAward, replacing: str = "") -> None:
    """Refuse an award that takes more than is left once what is proposed already of that money is decided.

    Asked while it is typed: what was proposed before stays as it was proposed. `replacing` is the reference
    of the one that it changes.
    """
    round_id = direct_round(session, key)
    if round_id is None or not has_allocation(session, key):
        return
    is_start_up, areas = award.route is Route.START_UP, _sharing(session, key, award)
    waiting = [
        line
        for line in award_lines_of(session, round_id)
        if line.direct is not None
        and (line.state, line.direct.route is Route.START_UP) == (PROPOSED, is_start_up)
        and line.direct.area in areas
        and line.reference != replacing
    ]
    pence = sum(line.amount_pence for line in waiting)
    words = _over_the_year(session, key, award, pence + award.amount_pence) if waiting else ""
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


def _over_the_year(session: Session, key: Key, award: DirectAward, taken: int) -> str:
    """Return why so much (pence) may not be taken of the money that an award draws on, "" where it may."""
    budget, areas = fund_budget(session, key), _sharing(session, key, award)
    purse = together([budget.of(area) for area in areas])
    return direct_refusal(purse, taken, key[1], is_start_up=award.route is Route.START_UP)


def the_area(budget: FundBudget, name: str) -> str:
    """Return an area or service line as the year's money spells it; refused where it has none so called."""
    found = next((area.area for area in budget.with_allocation if is_same_text(area.area, name)), None)
    if found is not None:
        return found
    known = ", ".join(area.area for area in budget.with_allocation)
    said = f"has no allocation for “{name}” in {budget.year}" if name.strip() else "shares its money out"
    raise Refused(f"{budget.fund} {said}. Say whose money this takes: {known}.")


def extended_id(session: Session, reference: str) -> int:
    """Return the number of the application whose award is extended; refused where there is none."""
    table, of = award_table, application_table
    columns = select(table.c.application_id).join(of, of.c.id == table.c.application_id)
    found = session.scalar(columns.where(table.c.reference == reference, of.c.withdrawn.is_(False)))
    if found is None:
        raise Refused(
            f"There is no award {reference} to extend. Give the reference of one, such as A-031-01."
        )
    return found


def require_its_recipient(session: Session, award: DirectAward) -> None:
    """Refuse an extension that goes to another organisation than the award that it extends.

    Asked while it is typed: what was proposed before stays as it was proposed.
    """
    if award.route is not Route.EXTENSION or not award.extends.strip():
        return
    number, table, of = extended_id(session, award.extends), application_table, organisation_table
    columns = select(of.c.id, of.c.name).join(table, table.c.organisation_id == of.c.id)
    whose = session.execute(columns.where(table.c.id == number)).one()
    called = recipients(session).get(number, whose.name)
    said = ApplicationRow(
        "", award.organisation, charity_number=award.charity_number, company_number=award.company_number
    )
    if is_same_text(called, award.organisation) or known_organisation(session, said) == whose.id:
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


def _faults(award: DirectAward) -> Iterator[str]:
    if not award.organisation.strip():
        yield "The recipient is missing. Say which organisation gets the award."
    if not award.project.strip():
        yield "Say what the award is for, in a few words: papers print it as the project."
    if not 0 < award.amount_pence <= LARGEST:
        yield "The award must be above £0.00. Correct the amount."
    if not award.reason.strip():
        yield "Say why the award reduces crime or helps victims: it is published with the award."
    if award.route is Route.TENDER and not award.route_reason.strip():
        yield "A single tender needs its reason: say why no other provider was asked."
    if award.route is Route.EXTENSION and not award.extends.strip():
        yield "Say which award this extends, by its reference."
    if award.route is not Route.EXTENSION and award.extends.strip():
        yield f"Only an extension extends an award. Choose that route, or leave {award.extends} out."


def _contract_faults(award: DirectAward) -> Iterator[str]:
    starts, ends, breaks = award.starts_on, award.ends_on, award.break_on
    last = date.max.year if ends is None else ends.year + award.option_years
    if not 0 <= award.option_years <= MOST_OPTION_YEARS or last > date.max.year:
        yield f"Option years must be a whole number from 0 to {MOST_OPTION_YEARS}. Correct them, or the end."
    elif starts and ends and ends < starts:
        yield f"The contract ends on {short_day(ends)}, before its start on {short_day(starts)}. Correct one."
    elif award.option_years and not ends:
        yield "Option years follow the end of a contract. Say when it ends."
    elif breaks is not None:
        yield from _break_faults(award)


def _break_faults(award: DirectAward) -> Iterator[str]:
    starts, ends, breaks = award.starts_on, award.latest_end, award.break_on
    assert breaks is not None, "asked of a contract with a break date"
    if starts is None or ends is None:
        yield "A break date must be within the contract. Say when the contract starts and ends."
    elif not starts < breaks <= ends:
        yield (
            f"The break date {short_day(breaks)} is outside the contract, which runs from "
            f"{short_day(starts)} to {short_day(ends)}{' with option years' if award.option_years else ''}."
        )


def _onward_faults(award: DirectAward) -> Iterator[str]:
    if award.onward and award.route is not Route.MANAGER:
        yield "Only a third-party manager passes grants on. Choose that route, or leave these grants out."
    for number, grant in enumerate(award.onward, 1):
        yield from _grant_faults(number, grant)
    if award.onward_pence > award.amount_pence:
        yield (
            f"The onward grants add up to {pounds(award.onward_pence)}, "
            f"{pounds(award.onward_pence - award.amount_pence)} more than the award of "
            f"{pounds(award.amount_pence)}. Lower one, or raise the award."
        )


def _grant_faults(number: int, grant: OnwardGrant) -> Iterator[str]:
    if not grant.recipient.strip() or not grant.purpose.strip():
        yield f"Onward grant {number} needs a recipient and a purpose."
    if grant.amount_pence < 1:
        yield f"Onward grant {number} must be above £0.00. Correct the amount."


def _require_choices(session: Session, key: Key, award: DirectAward) -> None:
    """Refuse a line that no list of the fund has."""
    rules = fund_rules(session, key[0])
    for choice in award.choices:
        if choice.code not in {item.code for item in in_use(rules.items(choice.kind))}:
            raise Refused(f"“{choice.code}” is not a {CHOICE_WORDS[choice.kind].lower()} of the fund.")
