"""Every decided award of a fund or of all, with what the public is told of it."""

from collections.abc import Iterator
from typing import NamedTuple

from models.papers.mail import without_mail
from models.queries.awards.awards import AwardRow
from models.queries.awards.direct.award_lines import AwardLine, award_lines
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.reasons_given import published_reason
from models.queries.set_up.funds import fund_name_on
from models.queries.set_up.rounds import rounds_of
from models.session import Session
from models.values.direct_award import ROUTE_WORDS

COMPETED = "Competition"


class PublicLine(NamedTuple):
    """An award with its decision, the name its fund had, and why it was made."""

    line: AwardLine
    award: AwardRow
    decision: DecisionRow
    fund: str
    reasons: str

    @property
    def numbers(self) -> str:
        """Return the recipient's charity and company numbers."""
        of = self.line.application
        return " / ".join(number for number in (of.charity_number, of.company_number) if number)

    @property
    def purpose(self) -> str:
        """Return what it is for, without addresses."""
        of = self.line.application
        return without_mail(of.summary or of.project)

    @property
    def route(self) -> str:
        """Return how it came about."""
        return ROUTE_WORDS[self.line.direct.route] if self.line.direct else COMPETED


def public_lines(session: Session, fund: str | None) -> Iterator[PublicLine]:
    """Yield the awards that stand, by round, then in the order of their applications."""
    chosen = {line.round_id for line in rounds_of(session, fund)}
    for line in award_lines(session):
        number, award = line.round.round_id, line.row
        if award is None or award.decision is None or number not in chosen:
            continue
        decided = award.decision
        told = published_reason(decided)
        name = fund_name_on(session, number, decided.signed_on)
        yield PublicLine(line, award, decided, name, without_mail(told))
