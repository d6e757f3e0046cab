"""What the Awards page shows, in one answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from models.permissions.role import Role
from models.queries.applications.choices import counted_under
from models.queries.applications.organisations.earlier_awards import owed_elsewhere
from models.queries.awards.agreements.issued import (
    IssuedAgreement,
    issued_agreements,
    with_agreements,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, payments
from models.queries.awards.budget import year_left
from models.queries.awards.checks.award_checks import AwardChecks, checks_of_round
from models.queries.awards.checks.payees import bank_findings
from models.queries.awards.direct.direct_awards import facts_of_direct
from models.queries.awards.finance_codes import FinanceCodes, finance_codes
from models.queries.awards.variations.standing_awards import stands
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.set_up.people import with_role
from models.queries.set_up.round_rows import round_rows
from models.reference.fund_defaults import Payment
from models.session import Session
from models.values.diligence.checks import Finding
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import PotUse
from scoring.budget.figures import FundBudget
from scoring.counted import listed
from scoring.ranking import Allowance
from scoring.round import Area


class AwardsAnswer(Struct, frozen=True):
    """A round's awards, the fund's ways to pay, the pots, and who decided: they authorise nothing.

    `pots` is how each area's pot stands with its awards; `decided` the money of
    each application that the last step decided, nought where it was refused; `codes` what finance books
    under; `budget` is the money of its year, None where nothing is allocated; `checks` where due diligence
    on each award stands, by application; `accounts` what the banks' tables say of each account. `payers`
    are those in finance there. `proposed` are, by reference, the areas of awards without a competition that
    wait for those who sign. `elsewhere` is what payees still owe of other awards, by application.
    """

    awards: tuple[AwardRow, ...]
    payments: tuple[Payment, ...]
    areas: tuple[Area, ...]
    deciders: frozenset[str]
    pots: tuple[PotUse, ...]
    decided: Mapping[str, int]
    codes: tuple[FinanceCodes, ...] = ()
    budget: FundBudget | None = None
    issued: Mapping[str, IssuedAgreement] = field(default_factory=dict)
    checks: Mapping[str, AwardChecks] = field(default_factory=dict)
    accounts: Mapping[str, Finding] = field(default_factory=dict)
    payers: tuple[str, ...] = ()
    proposed: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def payers_words(self) -> str:
        """Return who authorises payments in the round, or how somebody is named."""
        if self.payers:
            return f"In this round that is {listed(self.payers, 'or')}."
        return "Nobody is named for that in this round yet: choose who it is at the foot of the window."


def awards_page(session: Session, round_id: int) -> AwardsAnswer:
    """Return what the Awards page shows of a round."""
    rows, lines = round_rows(session, round_id), decisions(session, round_id)
    under = counted_under(session, round_id)
    facts = facts_of_direct(session, round_id)
    made = tuple(
        replace(row, counted_under=under.get(row.application, ""), came_about=facts.get(row.application, ()))
        for row in with_agreements(session, round_id, awards(session, round_id))
    )
    gone = {row.reference for row in rows.applications if row.withdrawn}
    given = {row.application: row.amount_pence for row in made if stands(row, gone)}
    return AwardsAnswer(
        awards=made,
        payments=payments(session, round_id),
        areas=rows.areas,
        deciders=frozenset(row.signed_by for row in lines),
        pots=_with_variations(pot_uses(session, round_id, given), made),
        decided={row.application: row.amount_pence or 0 for row in final_decisions(lines).values()},
        codes=finance_codes(session, round_id),
        budget=year_left(session, round_id),
        issued=issued_agreements(session, round_id),
        checks=checks_of_round(session, round_id),
        accounts=bank_findings(session, round_id),
        payers=with_role(session, round_id, Role.FINANCE),
        proposed=_proposed(rows.applications, lines) if facts else {},
        elsewhere=owed_elsewhere(session, round_id),
    )


def _proposed(rows: Iterable[ApplicationRow], lines: Sequence[DecisionRow]) -> dict[str, str]:
    """Return the areas of awards without a competition that nobody decided yet, by reference."""
    decided = final_decisions(lines)
    return {
        row.reference: row.area or "" for row in rows if not row.withdrawn and row.reference not in decided
    }


def _with_variations(pots: Iterable[PotUse], made: Iterable[AwardRow]) -> tuple[PotUse, ...]:
    """Return pots over which what somebody signed a variation for is allowed."""
    signed = tuple(_signed_for(made))
    return tuple(
        replace(use, allowances=(*use.allowances, *(one for one in signed if one.area == use.area)))
        for use in pots
    )


def _signed_for(made: Iterable[AwardRow]) -> Iterator[Allowance]:
    """Yield by how much each variation raised an award, as allowed by the last who signed it."""
    for row in made:
        for one in (one for one in row.varied if one.change_pence > 0):
            last, why = one.signatures[-1], f"variation {one.number} of {row.reference}"
            yield Allowance(row.area, one.change_pence, last.signed_by, last.post, why)
