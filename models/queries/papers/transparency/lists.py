"""The lists that an office publishes: awards of a month, contracts and spending."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.order import PaperOrder
from models.papers.transparency.disclosure import NONE, Disclosure, GivenRound
from models.papers.transparency.lists import (
    Contract,
    ContractList,
    PublicationList,
    PublishedAward,
    PublishedSubsidy,
    SpendingList,
    Spent,
    SubsidyList,
)
from models.queries.applications.choices import classified
from models.queries.awards.amendments import since_words
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import standing_awards
from models.queries.awards.awards_page import AWARDED, AwardLine, award_lines
from models.queries.awards.direct_awards import direct_awards
from models.queries.deciding.decisions import decisions, final_decisions, who_decided
from models.queries.deciding.reasons import published_reason
from models.queries.papers.paper_texts import letterhead, published_purposes, with_powers
from models.queries.papers.transparency.public_award import PublicAward, purpose_of, taken_back
from models.queries.set_up.funds import fund_called, fund_name_on
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts, round_rows
from models.queries.set_up.rounds import rounds_of
from models.reference.clauses import limit_on
from models.reference.reporting import read_period
from models.session import Session
from models.values.awards import NONE as NO_SUBSIDY
from models.values.awards import Subsidy
from models.values.direct_award import CONTRACTS, ROUTE_WORDS, DirectAward, direct_words
from models.values.recommending import DecisionRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow
from scoring.written.text import as_sentence

MARKING = "OFFICIAL"
LET = "It is let as a contract"
LISTED, MAY_BE_LISTED = (
    ", which the list of contracts has as well",
    ", which the list of contracts may have as well",
)
"""Keeps a reader of both lists from counting it twice; a small one is listed with what it extends."""


def publication(session: Session, order: PaperOrder) -> PublicationList:
    """Return the list of a month's awards that stand, by day, then notice, then reference."""
    over = office_on(session, order.today).limit_pence("contracts_over")
    made = [one for line in rounds_of(session, order.fund) for one in _of_round(session, line, order, over)]
    found = [award for award, _ in made]
    found.sort(key=lambda award: (award.decided_on, award.notice, award.reference))
    office, head = letterhead(session, order.kind, order.today)
    gone = tuple(
        one.words for line in rounds_of(session, order.fund) for one in taken_back(session, line, order)
    )
    return PublicationList(
        office=office,
        letterhead=with_powers(head, (power for _, power in made)),
        month=order.month or read_period(order.period).begins_on,
        period=order.period,
        fund=fund_called(session, order.fund, order.today),
        marking=MARKING,
        awards=tuple(found),
        gone=gone,
        none_stands=bool(gone) and not found,
    )


def _of_round(
    session: Session, line: RoundLine, order: PaperOrder, over_pence: int
) -> Iterator[tuple[PublishedAward, str]]:
    """Yield the awards of one round decided in the time, each with its legal power.

    Contracts `over_pence` have a list of their own. A round without an award costs two questions.
    """
    every = decisions(session, line.round_id)
    final, by = final_decisions(every), who_decided(every)
    chosen = {of: row for of, row in final.items() if row.amount_pence and order.has(row.signed_on)}
    if not chosen:
        return
    rows = round_rows(session, line.round_id)
    held = {award.application: award for award in standing_awards(session, line.round_id)}
    typed = dict(round_facts(session, line.round_id, order.today).priorities)
    under, written = classified(session, line.round_id, typed), published_purposes(session, line.round_id)
    direct = direct_awards(session, line.round_id) if line.is_direct else {}
    for row in rows.applications:
        if row.reference in chosen and row.reference in held:
            decided = chosen[row.reference]
            fund = fund_name_on(session, line.round_id, decided.signed_on)
            of = replace(line, fund=fund)
            public = PublicAward(row, held[row.reference])
            made = _award(of, row, decided, public, held[row.reference])
            came = direct.get(row.reference)
            about = purpose_of(row, written)
            if came is not None:
                listed_too = LISTED if made.amount_pence > over_pence else MAY_BE_LISTED
                also = f"{LET}{listed_too}.\n" if came.route in CONTRACTS else ""
                about = f"{about.rstrip('.')}.\n{also}{direct_words(came, made.amount_pence)}"
            purpose = about if about == row.project else as_sentence(about)
            of_lists = under.get(row.reference, "")
            yield (
                replace(
                    made, purpose=public.text(purpose), counted_under=of_lists, decided_by=by[row.reference]
                ),
                decided.legal_power,
            )


def _award(
    line: RoundLine, row: ApplicationRow, decided: DecisionRow, public: PublicAward, award: AwardRow
) -> PublishedAward:
    """Return an award as it is told, but for its purpose and what it is counted under."""
    first = award.decided_first_pence
    return PublishedAward(
        reference=award.reference,
        fund=line.fund,
        year=line.year,
        recipient=public.recipient,
        numbers=public.numbers,
        project=public.text(row.project),
        purpose="",
        reasons=as_sentence(public.text(published_reason(decided))),
        conditions=tuple(as_sentence(public.text(text)) for text in award.bound_elsewhere),
        start_on=award.terms.start_on or row.start_on,
        end_on=award.terms.end_on or row.end_on,
        area=row.area or "",
        amount_pence=award.stands_pence,
        decided_on=decided.signed_on,
        notice=decided.notice,
        first_pence=None if first in (0, award.stands_pence) else first,
        amended=public.text(since_words(award)),
    )


def named(part: Disclosure, name: str) -> Disclosure:
    """Return what is given of a round with how it was judged under its name, as several stand together."""
    judged = GivenRound(name, part.panel, part.criteria, part.areas, part.rules)
    lines = tuple(replace(one, round=name) for one in part.lines)
    return replace(part, criteria=(), panel=(), areas=(), rules=(), rounds=(judged,), lines=lines)


def together(parts: Sequence[Disclosure], order: PaperOrder) -> Disclosure:
    """Return what is given of several rounds as one: of each line the marks under all codes."""
    whole = replace(
        parts[0],
        fund=parts[0].fund if len({part.fund for part in parts}) == 1 else "",
        round="",
        year=order.year or "",
        rounds=tuple(one for part in parts for one in part.rounds),
        lines=(),
        left_out=0,
    )
    lines = tuple(
        replace(line, marks=_in_order(line.marks, part.codes, whole.codes))
        for part in parts
        for line in part.lines
    )
    return replace(whole, lines=lines, left_out=sum(part.left_out for part in parts))


def _in_order(marks: Sequence[str], own: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """Return marks in the order of all codes, those of others left open; none where none was agreed."""
    by_code = dict(zip(own, marks, strict=False))
    return tuple(by_code.get(code, NONE) for code in codes) if marks else ()


COMPETED = "Competition"


class PublicLine(NamedTuple):
    """An award with its decision, the name its fund had, and how it may be told."""

    line: AwardLine
    award: AwardRow
    decision: DecisionRow
    fund: str
    published: PublicAward
    told_purpose: str

    @property
    def reasons(self) -> str:
        """Return why it was made, as it may be told."""
        return self.published.text(published_reason(self.decision))

    @property
    def purpose(self) -> str:
        """Return what it is for, as it may be told."""
        return self.published.text(self.told_purpose)

    @property
    def route(self) -> str:
        """Return how it came about."""
        return ROUTE_WORDS[self.line.direct.route] if self.line.direct else COMPETED


def public_lines(session: Session, fund: str | None) -> Iterator[PublicLine]:
    """Yield the awards that stand, by round, then in the order of their applications."""
    chosen = {line.round_id for line in rounds_of(session, fund)}
    written: dict[int, Mapping[str, str]] = {}
    for line in award_lines(session):
        number, award = line.round.round_id, line.row
        if award is None or award.decision is None or number not in chosen:
            continue
        if line.application.withdrawn and not award.paid_pence:
            continue
        name = fund_name_on(session, number, award.decision.signed_on)
        if number not in written:
            written[number] = published_purposes(session, number)
        purpose, public = purpose_of(line.application, written[number]), PublicAward(line.application, award)
        yield PublicLine(line, award, award.decision, name, public, purpose)


def contracts(session: Session, order: PaperOrder) -> ContractList:
    """Return the contracts above the limit that were decided in the time ordered, by day, then reference."""
    over = office_on(session, order.today).limit_pence("contracts_over")
    lines = tuple(public_lines(session, order.fund))
    joined = _joined(lines)
    of_rounds = {public.line.round.round_id for public in lines if public.line.direct is not None}
    by = {number: who_decided(decisions(session, number)) for number in of_rounds}
    found = [
        _contract(public, direct, by[public.line.round.round_id][public.line.application.reference], whole)
        for public in lines
        if (direct := public.line.direct) is not None
        and direct.route in CONTRACTS
        and public.award.stands_pence > 0
        and sum((whole := joined[public.award.reference]).values()) > over
        and order.has(public.decision.signed_on)
    ]
    found.sort(key=lambda one: (one.decided_on, one.award))
    office, head = letterhead(session, order.kind, order.today)
    return ContractList(
        office=office,
        letterhead=head,
        span=order.span,
        ends_on=order.ends_on,
        fund=fund_called(session, order.fund, order.today),
        over_pence=over,
        marking=MARKING,
        contracts=tuple(found),
        gone=tuple(_gone(session, order, over)),
    )


def _gone(session: Session, order: PaperOrder, over: int) -> Iterator[str]:
    """Yield the contracts above the limit that were decided in the time and taken back since."""
    for line in rounds_of(session, order.fund):
        direct = direct_awards(session, line.round_id) if line.is_direct else {}
        for one in taken_back(session, line, order) if direct else ():
            made = direct.get(one.application)
            if made is not None and made.route in CONTRACTS and one.pence > over:
                yield one.words


def _joined(lines: Sequence[PublicLine]) -> dict[str, dict[str, int]]:
    """Return for each award the pence of all that make one contract with it, of itself too, by reference."""
    extended = {
        public.award.reference: public.line.direct.extends
        for public in lines
        if public.line.direct is not None and public.line.direct.extends
    }
    families: dict[str, dict[str, int]] = {}
    for public in lines:
        family = families.setdefault(_first(public.award.reference, extended), {})
        family[public.award.reference] = public.award.stands_pence
    return {one: family for family in families.values() for one in family}


def _first(reference: str, extended: Mapping[str, str]) -> str:
    """Return the award that an extension, or one of an extension, goes back to."""
    while reference in extended:
        reference = extended[reference]
    return reference


def _contract(public: PublicLine, direct: DirectAward, decided_by: str, whole: Mapping[str, int]) -> Contract:
    of, award, published = public.line.application, public.award, public.published
    return Contract(
        award=award.reference,
        supplier=published.recipient,
        numbers=published.numbers,
        what=published.text(of.project),
        purpose=public.purpose,
        fund=public.fund,
        route=public.route,
        route_reason=published.text(direct.route_reason),
        amount_pence=award.stands_pence,
        starts_on=award.terms.start_on or of.start_on,
        ends_on=award.terms.end_on or of.end_on,
        option_years=direct.option_years,
        break_on=direct.break_on,
        decided_on=public.decision.signed_on,
        notice=public.decision.notice,
        agreed_on=award.agreed_on,
        changed=published.text(since_words(award)),
        decided_by=decided_by,
        extends=direct.extends,
        counts_with=tuple(one for one, pence in whole.items() if pence > 0 and one != award.reference),
        whole_pence=sum(whole.values()),
    )


def spending(session: Session, order: PaperOrder) -> SpendingList:
    """Return the payments above the limit in the time ordered, by day, then by award.

    Money that came back stands below nothing, in the time in which it came.
    """
    over = office_on(session, order.today).limit_pence("spending_over")
    every = [
        one for public in public_lines(session, order.fund) for one in _spent(public) if order.has(one.on)
    ]
    found = [one for one in every if abs(one.amount_pence) > over]
    found.sort(key=lambda one: (one.on, one.award, -one.amount_pence))
    office, head = letterhead(session, order.kind, order.today)
    return SpendingList(
        office=office,
        letterhead=head,
        span=order.span,
        ends_on=order.ends_on,
        fund=fund_called(session, order.fund, order.today),
        over_pence=over,
        marking=MARKING,
        payments=tuple(found),
        tells_returns=any(one.amount_pence < 0 for one in found),
        below_pence=sum(-one.amount_pence for one in every if -over <= one.amount_pence < 0),
    )


def _spent(public: PublicLine) -> Iterator[Spent]:
    parts = public.award.instalments
    for number, part in enumerate(parts, 1):
        if part.paid_on is not None:
            words = f"Payment {number} of {len(parts)}" if len(parts) > 1 else "Only payment"
            yield _line(public, part.paid_on, part.amount_pence, words)
    for back in public.award.returned:
        yield _line(public, back.on, -back.amount_pence, "Money that came back")


def _line(public: PublicLine, on: date, pence: int, what: str) -> Spent:
    return Spent(
        on=on,
        payee=public.published.recipient,
        numbers=public.published.numbers,
        amount_pence=pence,
        what=what,
        fund=public.fund,
        area=public.line.application.area or "",
        purpose=public.purpose,
        reasons=public.reasons,
        award=public.award.reference,
        route=public.route,
    )


def subsidy_list(session: Session, order: PaperOrder) -> SubsidyList:
    """Return those that were decided in the time ordered, by day, then reference."""
    office, head = letterhead(session, order.kind, order.today)
    return SubsidyList(
        office=office,
        letterhead=head,
        span=order.span,
        ends_on=order.ends_on,
        fund=fund_called(session, order.fund, order.today),
        over_pence=limit_on(order.today).published_above_pence,
        marking=MARKING,
        subsidies=tuple(one for one in published_subsidies(session, order.fund) if order.has(one.decided_on)),
    )


def published_subsidies(session: Session, fund: str | None = None) -> tuple[PublishedSubsidy, ...]:
    """Return every award of a fund or of all that is a subsidy above the threshold, the oldest first."""
    found = (
        _published(line, subsidy)
        for line in public_lines(session, fund)
        if (subsidy := line.award.subsidy) is not None
        and line.line.state == AWARDED
        and subsidy.kind != NO_SUBSIDY
    )
    above = (row for row in found if row.amount_pence > limit_on(row.decided_on).published_above_pence)
    return tuple(sorted(above, key=lambda row: (row.decided_on, row.award)))


def _published(line: PublicLine, subsidy: Subsidy) -> PublishedSubsidy:
    return PublishedSubsidy(
        award=line.award.reference,
        organisation=line.published.recipient,
        fund=line.fund,
        project=line.published.row.project,
        kind=subsidy.kind,
        amount_pence=line.award.amount_pence,
        decided_on=line.decision.signed_on,
        confirmed_on=subsidy.confirmed_on,
        numbers=line.published.numbers,
        purpose=line.purpose,
        notice=line.decision.notice,
        legal_power=line.decision.legal_power,
    )
