"""Contracts above the office's limit, which are awards without a competition for a service.

An extension counts with what it extends: of several that are above the limit together, each is listed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.papers.order import PaperOrder
from models.papers.transparency.lists import Contract, ContractList
from models.queries.awards.direct.direct_awards import direct_awards
from models.queries.awards.variations.amendments import since_words
from models.queries.deciding.decisions import decisions
from models.queries.deciding.progress import who_decided
from models.queries.papers.letterhead import letterhead
from models.queries.papers.publication import MARKING
from models.queries.papers.transparency.public_lines import PublicLine, public_lines
from models.queries.papers.transparency.taken_back import taken_back
from models.queries.set_up.funds import fund_called
from models.queries.set_up.office import office_on
from models.queries.set_up.rounds import rounds_of
from models.session import Session
from models.values.direct_award import CONTRACTS, DirectAward


def contracts(session: Session, order: PaperOrder) -> ContractList:
    """Return the contracts above the limit that were decided in the time ordered, by day, then reference."""
    over = office_on(session, order.today).limit_pence("contracts_over")
    lines = tuple(public_lines(session, order.fund))
    joined = _joined(lines)
    by = {number: who_decided(decisions(session, number)) for number in _rounds(lines)}
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


def _rounds(lines: Iterable[PublicLine]) -> set[int]:
    return {public.line.round.round_id for public in lines if public.line.direct is not None}


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
