"""Refusing more minimal financial assistance than the law allows one recipient in three years."""

from msgspec.structs import replace

from models.queries.awards.award_rows import AwardRow
from models.queries.awards.subsidy.subsidies import minimal_total
from models.session import Session
from models.values.subsidy import MINIMAL
from scoring.money import pounds
from scoring.refused import Refused


def require_minimal(session: Session, award: AwardRow, number: int, amount_pence: int) -> None:
    """Refuse an amount of an award (by its application's number) that takes its recipient past the limit.

    An award that is no minimal assistance is not asked about, nor one that is lowered.
    """
    if award.subsidy is None or award.subsidy.kind != MINIMAL or amount_pence < award.amount_pence:
        return
    total = minimal_total(session, number, award.subsidy.declared_pence or 0)
    total = replace(total, award_pence=amount_pence)
    if total.over_pence:
        raise Refused(
            f"{award.organisation} would have {pounds(total.total_pence)} of minimal financial "
            f"assistance, {pounds(total.over_pence)} above the limit. Assess it as a subsidy instead."
        )
