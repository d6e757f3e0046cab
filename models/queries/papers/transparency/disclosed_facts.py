"""What is known of the applications of a round that is told of on request, and what no text may hold."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.papers.order import PaperOrder
from models.queries.applications.applications import asked_corrected
from models.queries.applications.endings import Withdrawal
from models.queries.applications.gates import failed_gates
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, stands
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.variations.amendments import gone_in, since_decided
from models.queries.awards.withheld import withheld_in
from models.queries.deciding.decided_anew import decided_round
from models.queries.deciding.decisions import decisions, earlier_decisions, final_decisions
from models.queries.deciding.recommendations import recommendations
from models.queries.deciding.settled import Became
from models.queries.papers.letter_parts.at_gates import became_by
from models.queries.papers.letter_parts.money_causes import less_than_asked, reserves
from models.queries.papers.notices.causes import unlike_recommended
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.public_award import Withheld, names_in, secrets_of, street_of
from models.queries.set_up.round_facts import round_facts, round_rows
from models.session import Session
from models.values.awards import WithheldName
from models.values.direct_award import DirectAward
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import RoundRows
from scoring.allocating.causes import HeldCause
from scoring.ranking import Standing


class Known(NamedTuple):
    """All that lines are made from, by application."""

    decided: dict[str, DecisionRow]
    advised: dict[str, RecommendationRow]
    awarded: dict[str, AwardRow]
    standings: dict[str, Standing]
    declined: dict[str, str]
    withheld: Withheld
    named: frozenset[str]
    became: Mapping[str, Became]
    written: Mapping[str, str]
    reserved: Mapping[str, HeldCause]
    failed: Mapping[str, tuple[str, ...]]
    since: Mapping[str, str]
    beside: Mapping[str, str]
    names_declined: bool
    less: Mapping[str, str]
    anew: frozenset[str]
    direct: Mapping[str, DirectAward]
    gone: Mapping[str, Withdrawal]
    corrected: Collection[str]
    is_closed: bool


def known_of(session: Session, order: PaperOrder, rows: RoundRows, secrets: Sequence[str]) -> Known:
    """Return all that lines of a round are made from; `secrets` are kept out of every text."""
    assert order.round_id is not None, "it is of a round"
    facts = round_facts(session, order.round_id, order.today)
    held = awards(session, order.round_id)
    gone = gone_in(session, order.round_id, held)
    awarded = {row.application: row for row in held if stands(row, gone)}
    every = decisions(session, order.round_id)
    decided = final_decisions(every)
    round_ = decided_round(session, order.round_id)
    met, ranking = round_.rows, round_.ranking
    hidden = withheld_in(session, order.round_id)
    return Known(
        decided=decided,
        advised={row.application: row for row in recommendations(session, order.round_id)},
        awarded=awarded,
        standings=round_.standings,
        declined={each.code: each.words for each in facts.defaults.decline_codes},
        withheld=Withheld(secrets, _told(rows, awarded, hidden, names_all=order.names_declined)),
        named=frozenset(r.reference for r in rows.applications if r.reference not in hidden)
        if order.names_declined
        else frozenset(),
        became=became_by(session, facts.line, rows.applications, decided, order.today),
        written=published_purposes(session, order.round_id),
        reserved=reserves(session, order.round_id, met, ranking, every),
        failed=failed_gates(session, order.round_id),
        since={one.application: one.words for one in since_decided(awarded.values(), every)},
        beside=dict(unlike_recommended(session, round_, list(decided.values()), every)),
        names_declined=order.names_declined,
        less=less_than_asked(met, ranking, decided),
        anew=frozenset(earlier_decisions(every)),
        direct=direct_awards(session, order.round_id) if facts.line.is_direct else {},
        gone=gone,
        corrected=asked_corrected(session, order.round_id).keys(),
        is_closed=facts.line.is_closed,
    )


def _told(
    rows: RoundRows, awarded: Mapping[str, AwardRow], hidden: Collection[str], *, names_all: bool
) -> Iterator[str]:
    """Yield the names of organisations that the paper tells anyway."""
    for row in rows.applications:
        award = awarded.get(row.reference)
        is_named = names_all and row.reference not in hidden
        if award.withheld is None if award is not None else is_named:
            yield row.organisation


def secret_words(session: Session, order: PaperOrder, round_id: int) -> tuple[str, ...]:
    """Return what no text may hold, of one round: each round's are kept out of every round's texts."""
    awarded = {row.application: row for row in awards(session, round_id)}
    hidden = withheld_in(session, round_id)
    return tuple(_secrets(order, round_rows(session, round_id), awarded, hidden))


def _secrets(
    order: PaperOrder,
    rows: RoundRows,
    awarded: Mapping[str, AwardRow],
    hidden: Mapping[str, WithheldName],
) -> Iterator[str]:
    """Yield what no text may hold: contacts of all, names that are not ticked.

    The title of a project that was not funded is no name: "Warm welcome" may stand in any award's words.
    """
    for row in rows.applications:
        yield from names_in(row.contact_name)
        yield from (row.email, row.phone, row.postcode, *street_of(row))
        award = awarded.get(row.reference)
        withheld = hidden.get(row.reference) if award is None else award.withheld
        if withheld is not None:
            yield from secrets_of(row, award, withheld)
        has_none = award is None or (row.withdrawn and not award.paid_pence)
        if has_none and (row.reference in hidden or not order.names_declined):
            yield from (row.organisation, row.charity_number, row.company_number, row.reference)
    if not order.names_panel:
        for member in rows.members:
            yield from names_in(member.name)
