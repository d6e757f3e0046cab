"""The list for the transparency database: subsidies above the threshold of their day."""

from collections.abc import Iterator

from models.papers.order import PaperOrder
from models.papers.transparency.lists import PublishedSubsidy, SubsidyList
from models.queries.awards.direct.proposing import AWARDED
from models.queries.papers.paper_texts import letterhead
from models.queries.papers.publication import MARKING
from models.queries.papers.transparency.lists import PublicLine, public_lines
from models.queries.set_up.funds import fund_called
from models.reference.clauses import limit_on
from models.session import Session
from models.values.awards import NONE, Subsidy


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
    above = (row for row in _subsidies(session, fund) if row.amount_pence > _published_above(row))
    return tuple(sorted(above, key=lambda row: (row.decided_on, row.award)))


def _subsidies(session: Session, fund: str | None) -> Iterator[PublishedSubsidy]:
    for line in public_lines(session, fund):
        subsidy = line.award.subsidy
        if line.line.state == AWARDED and subsidy is not None and subsidy.kind != NONE:
            yield _published(line, subsidy)


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


def _published_above(row: PublishedSubsidy) -> int:
    return limit_on(row.decided_on).published_above_pence
