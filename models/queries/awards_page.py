"""What the Awards page shows, in one answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.fund_defaults import Payment
from models.queries.awards import AwardRow, awards, payments
from models.queries.decisions import decisions, final_decisions
from models.queries.finance_codes import FinanceCodes, finance_codes
from models.queries.round_rows import round_rows
from models.session import Session
from scoring.allocation import available_pence
from scoring.round import Area


@dataclass(frozen=True, slots=True)
class AwardsAnswer:
    """A round's awards, the fund's ways to pay, the pots, and who decided: they authorise nothing.

    `available` is each area's pot with its tolerance, less what was committed; `decided` the money of
    each application that the last step decided, nought where it was refused; `codes` what finance books
    under.
    """

    awards: tuple[AwardRow, ...]
    payments: tuple[Payment, ...]
    areas: tuple[Area, ...]
    deciders: frozenset[str]
    available: Mapping[str, int]
    decided: Mapping[str, int]
    codes: tuple[FinanceCodes, ...] = ()


def awards_page(session: Session, round_id: int) -> AwardsAnswer:
    """Return what the Awards page shows of a round."""
    rows, lines = round_rows(session, round_id), decisions(session, round_id)
    return AwardsAnswer(
        awards=awards(session, round_id),
        payments=payments(session, round_id),
        areas=rows.areas,
        deciders=frozenset(row.signed_by for row in lines),
        available={area.name: available_pence(area, rows.scheme) for area in rows.areas},
        decided={row.application: row.amount_pence or 0 for row in final_decisions(lines).values()},
        codes=finance_codes(session, round_id),
    )
