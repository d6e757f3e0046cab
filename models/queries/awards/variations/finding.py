"""An award by its reference, or by its application's, wherever in the record it is."""

from typing import NamedTuple

from sqlalchemy import func, or_, select

from models.queries.awards.agreements.issued import with_agreements
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.checks.award_checks import checks_of_round
from models.queries.awards.direct.direct_awards import SEVERAL_ROUNDS
from models.queries.set_up.rounds import rounds
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.session import Session
from models.values.award_parts import AwardParts
from scoring.refused import Refused


class FoundAward(NamedTuple):
    """An award, and the round that it is of."""

    round_id: int
    award: AwardRow


def every_award(session: Session) -> tuple[AwardParts, ...]:
    """Return every award of the record with its instalments, by round, then by reference."""
    checks = {line.round_id: checks_of_round(session, line.round_id) for line in rounds(session)}
    return tuple(
        AwardParts(
            *(number, row.application, row.reference, row.instalments, row.bars_payment),
            agreed_on=row.agreed_on,
            match=row.match,
            checks_left=of_round[row.application].left,
            not_before=tuple(map(row.not_before, row.instalments)),
            versions=tuple(map(row.version_before, row.instalments)),
        )
        for number, of_round in checks.items()
        for row in with_agreements(session, number, awards(session, number))
    )


def find_award(session: Session, reference: str) -> FoundAward:
    """Return the award of that reference, or its application's, in any case; refused for none or several."""
    said = reference.strip()
    names = (func.lower(one.c.reference) for one in (award_table, application_table))
    table, of = award_table, application_table
    rows = session.execute(
        select(of.c.round_id, of.c.reference)
        .join(table, table.c.application_id == of.c.id)
        .where(or_(*(name == said.lower() for name in names)))
        .order_by(of.c.id)
    ).all()
    if not rows:
        raise Refused(f"There is no award {said} in the record. grant-panel award RECORD list names them.")
    if len(rows) > 1:
        raise Refused(SEVERAL_ROUNDS.format(said))
    round_id, application = rows[0]
    row = next(one for one in awards(session, round_id) if one.application == application)
    return FoundAward(round_id, row)
