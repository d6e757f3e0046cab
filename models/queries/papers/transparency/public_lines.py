"""Every decided award of a fund or of all, with what the public is told of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.queries.awards.award_rows import AwardRow
from models.queries.awards.direct.proposing import AwardLine, award_lines
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.reasons import published_reason
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.transparency.public_award import PublicAward, purpose_of
from models.queries.set_up.funds import fund_name_on
from models.queries.set_up.rounds import rounds_of
from models.session import Session
from models.values.direct_award import ROUTE_WORDS

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
