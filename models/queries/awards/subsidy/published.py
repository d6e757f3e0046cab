"""The list for the transparency database: subsidies above the threshold of their day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.queries.awards.direct.award_lines import AWARDED, award_lines
from models.queries.papers.transparency.public_award import PublicAward
from models.reference.subsidy_limits import limit_on
from models.session import Session
from models.values.subsidy import NONE


@dataclass(frozen=True, slots=True)
class PublishedSubsidy:
    """An award that goes into the database, with the days of its decision and of its confirmation.

    Of a recipient whose name is withheld from the public it says the ground in the name's place.
    """

    award: str
    organisation: str
    fund: str
    project: str
    kind: str
    amount_pence: int
    decided_on: date
    confirmed_on: date | None


def published_subsidies(session: Session) -> tuple[PublishedSubsidy, ...]:
    """Return every award of a record that is a subsidy above the threshold, the oldest first."""
    above = (row for row in _subsidies(session) if row.amount_pence > _published_above(row))
    return tuple(sorted(above, key=lambda row: (row.decided_on, row.award)))


def _subsidies(session: Session) -> Iterator[PublishedSubsidy]:
    for line in award_lines(session):
        row = line.row
        if row is None or row.decision is None or line.state != AWARDED:
            continue
        if row.subsidy is None or row.subsidy.kind == NONE:
            continue
        public = PublicAward(line.application, row)
        yield PublishedSubsidy(
            award=row.reference,
            organisation=public.recipient,
            fund=line.round.fund,
            project=public.row.project,
            kind=row.subsidy.kind,
            amount_pence=row.amount_pence,
            decided_on=row.decision.signed_on,
            confirmed_on=row.subsidy.confirmed_on,
        )


def _published_above(row: PublishedSubsidy) -> int:
    return limit_on(row.decided_on).published_above_pence
