"""The lists that an office publishes: awards of a month, contracts and spending."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from models.papers.order import PaperOrder
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
from models.queries.awards.awards_page import AWARDED, AwardLine, award_lines
from models.queries.awards.direct_awards import direct_awards, direct_words
from models.queries.deciding.decisions import decisions, who_decided
from models.queries.deciding.reasons import published_reason
from models.queries.papers.paper_texts import letterhead, paper_head, published_purposes
from models.queries.papers.transparency.public_award import PublicAward, purpose_of, taken_back
from models.queries.rows import followed
from models.queries.set_up.funds import fund_called, fund_name_on
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import rounds_of
from models.reference.clauses import limit_on
from models.session import Session
from models.values.awards import NONE as NO_SUBSIDY
from models.values.awards import Subsidy
from models.values.direct_award import CONTRACTS, ROUTE_WORDS, DirectAward
from models.values.recommending import DecisionRow
from scoring.written.text import as_sentence

MARKING = "OFFICIAL"
LISTED, MAY_BE_LISTED = (
    ", which the list of contracts has as well",
    ", which the list of contracts may have as well",
)
"""Keeps a reader of both lists from counting it twice; a small one is listed with what it extends."""


COMPETED = "Competition"


class PublicLine(NamedTuple):
    """An award with its decision and who decided, the name its fund had, and how it may be told."""

    line: AwardLine
    award: AwardRow
    decision: DecisionRow
    fund: str
    published: PublicAward
    told_purpose: str
    decided_by: str

    @property
    def reasons(self) -> str:
        return self.published.text(published_reason(self.decision))

    @property
    def purpose(self) -> str:
        return self.published.text(self.told_purpose)

    @property
    def told(self) -> dict[str, Any]:
        """Return what each list tells of it, by its fields, but for how much."""
        return {
            "award": self.award.reference,
            "recipient": self.published.recipient,
            "numbers": self.published.numbers,
            "fund": self.fund,
            "purpose": self.purpose,
        }

    @property
    def decided(self) -> dict[str, Any]:
        """Return the same with its decision and its project."""
        decision, project = self.decision, self.published.text(self.line.application.project)
        return {**self.told, "project": project, "decided_on": decision.signed_on, "notice": decision.notice}

    @property
    def route(self) -> str:
        return ROUTE_WORDS[self.line.direct.route] if self.line.direct else COMPETED


def public_lines(session: Session, fund: str | None) -> Iterator[PublicLine]:
    """Yield the awards that stand, by round, then in the order of their applications."""
    chosen = [line.round_id for line in rounds_of(session, fund)]
    by = {number: who_decided(decisions(session, number)) for number in chosen}
    for line in award_lines(session):
        number, of, award = line.round.round_id, line.application, line.row
        if award is None or award.decision is None or number not in by or not award.stands:
            continue
        name, who = fund_name_on(session, number, award.decision.signed_on), by[number].get(of.reference, "")
        purpose = purpose_of(of, published_purposes(session, number))
        yield PublicLine(line, award, award.decision, name, PublicAward(of, award), purpose, who)


def publication(session: Session, order: PaperOrder) -> PublicationList:
    """Return the list of a month's awards that stand, by day, then notice, then reference."""
    over = office_on(session, order.today).limit_pence("contracts_over")
    every = (one for one in public_lines(session, order.fund) if order.has(one.decision.signed_on))
    lines = [one for one in every if one.decision.amount_pence]
    under = {
        number: classified(session, number, dict(round_facts(session, number, order.today).priorities))
        for number in {one.line.round.round_id for one in lines}
    }
    found = [
        _award(one, under[one.line.round.round_id].get(one.line.application.reference, ""), over)
        for one in lines
    ]
    found.sort(key=lambda award: (award.decided_on, award.notice, award.award))
    powers = (one.decision.legal_power for one in lines)
    _, head = letterhead(session, order.kind, order.today, powers)
    return PublicationList(
        **_headed(session, order, letterhead=head),
        awards=tuple(found),
        gone=tuple(
            one.words for line in rounds_of(session, order.fund) for one in taken_back(session, line, order)
        ),
    )


def _award(public: PublicLine, counted_under: str, over_pence: int) -> PublishedAward:
    """Return an award as it is told; contracts `over_pence` have a list of their own as well."""
    row, award, told, came = public.line.application, public.award, public.published, public.line.direct
    about, first, agreed = public.told_purpose, award.decided_first_pence, award.as_agreed
    if came is not None:
        listed_too = LISTED if award.stands_pence > over_pence else MAY_BE_LISTED
        also = f"It is let as a contract{listed_too}.\n" if came.route in CONTRACTS else ""
        about = f"{about.rstrip('.')}.\n{also}{direct_words(came, award.stands_pence)}"
    purpose = told.text(about if about == row.project else as_sentence(about))
    return PublishedAward(
        **{**public.decided, "purpose": purpose},
        year=public.line.round.year,
        reasons=as_sentence(public.reasons),
        conditions=tuple(as_sentence(told.text(text)) for text in agreed.bound_elsewhere),
        start_on=agreed.days[0],
        end_on=agreed.days[1],
        area=row.area or "",
        amount_pence=award.stands_pence,
        first_pence=None if first in (0, award.stands_pence) else first,
        amended=told.text(since_words(award)),
        counted_under=counted_under,
        decided_by=public.decided_by,
    )


def _headed(session: Session, order: PaperOrder, **own: Any) -> Any:
    """Return what every list begins with, but for what it has of its own."""
    own |= {"marking": MARKING, "fund": fund_called(session, order.fund, order.today)}
    return paper_head(session, order, span=order.span, ends_on=order.ends_on, **own)


def contracts(session: Session, order: PaperOrder) -> ContractList:
    """Return the contracts above the limit that were decided in the time ordered, by day, then reference."""
    over = office_on(session, order.today).limit_pence("contracts_over")
    lines = tuple(public_lines(session, order.fund))
    joined = _joined(lines)
    found = [
        _contract(public, direct, whole)
        for public in lines
        if (direct := public.line.direct) is not None
        and direct.route in CONTRACTS
        and public.award.stands_pence > 0
        and sum((whole := joined[public.award.reference]).values()) > over
        and order.has(public.decision.signed_on)
    ]
    found.sort(key=lambda one: (one.decided_on, one.award))
    return ContractList(
        **_headed(session, order),
        over_pence=over,
        contracts=tuple(found),
        gone=tuple(_gone(session, order, over)),
    )


def _gone(session: Session, order: PaperOrder, over: int) -> Iterator[str]:
    for line in rounds_of(session, order.fund):
        direct = direct_awards(session, line.round_id) if line.is_direct else {}
        for one in taken_back(session, line, order) if direct else ():
            made = direct.get(one.application)
            if made is not None and made.route in CONTRACTS and one.pence > over:
                yield one.words


def _joined(lines: Sequence[PublicLine]) -> dict[str, dict[str, int]]:
    extended = {
        public.award.reference: public.line.direct.extends
        for public in lines
        if public.line.direct is not None and public.line.direct.extends
    }
    families: dict[str, dict[str, int]] = {}
    for public in lines:
        first = followed(public.award.reference, extended)[-1]
        families.setdefault(first, {})[public.award.reference] = public.award.stands_pence
    return {one: family for family in families.values() for one in family}


def _contract(public: PublicLine, direct: DirectAward, whole: Mapping[str, int]) -> Contract:
    award, published = public.award, public.published
    starts_on, ends_on = award.as_agreed.days
    return Contract(
        **public.decided,
        route=public.route,
        route_reason=published.text(direct.route_reason),
        amount_pence=award.stands_pence,
        starts_on=starts_on,
        ends_on=ends_on,
        option_years=direct.option_years,
        break_on=direct.break_on,
        agreed_on=award.agreed_on,
        changed=published.text(since_words(award)),
        decided_by=public.decided_by,
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
    return SpendingList(
        **_headed(session, order),
        over_pence=over,
        payments=tuple(found),
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
        **{**public.told, **public.published.paid_on(on)},
        on=on,
        amount_pence=pence,
        what=what,
        area=public.line.application.area or "",
        reasons=public.reasons,
        route=public.route,
    )


def subsidy_list(session: Session, order: PaperOrder) -> SubsidyList:
    """Return those that were decided in the time ordered, by day, then reference."""
    return SubsidyList(
        **_headed(session, order),
        over_pence=limit_on(order.today).published_above_pence,
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
        **line.decided,
        kind=subsidy.kind,
        amount_pence=line.award.agreed_pence,
        confirmed_on=subsidy.confirmed_on,
        legal_power=line.decision.legal_power,
    )
