"""To whom the letters of a round go, one rule for drawing and counting; and what nobody decided."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.papers.letters.letter import Undecided
from models.papers.letters.letter_kinds import UNDECIDED, WITHDRAWN
from models.queries.applications.applications import applications
from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.papers.letter_parts.at_gates import at_gates
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.rounds import is_direct, round_line
from models.reference.fund_defaults import FundDefaults
from models.schema.base import ERASED
from models.session import Session
from models.values.importing import MERGED_INTO
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows
from scoring.allocating.shared_pots import same_place
from scoring.ranking import Outcome, Ranking, Standing, Status
from scoring.round import Eligibility

UNRANKED = (Status.INCOMPLETE, Status.NOT_QUORATE)


class WithoutDecision(Struct, frozen=True):
    """An application that nobody decided: the kind of its letter, why, and when it was withdrawn if known."""

    row: ApplicationRow
    kind: str
    why: Undecided | None = None
    withdrawn_on: date | None = None


def withdrawn_ones(
    session: Session, round_id: int, rows: Sequence[ApplicationRow]
) -> Iterator[WithoutDecision]:
    """Yield what was withdrawn; one that was merged into another goes on under that one's reference.

    What a workbook has as withdrawn has no day: it was loaded on one, and withdrawn on an earlier.
    """
    gone = [row for row in rows if row.withdrawn and row.organisation != ERASED]
    known = withdrawals(session, round_id, is_brief=True) if gone else {}
    for row in gone:
        found = known.get(row.reference, UNKNOWN)
        if not found.reason.startswith(MERGED_INTO):
            yield WithoutDecision(row, WITHDRAWN, withdrawn_on=found.on)


def undecided_ones(
    rows: RoundRows,
    ranking: Ranking,
    decided: Mapping[str, DecisionRow],
    advised: Collection[str],
    spent: Collection[str],
) -> Iterator[WithoutDecision]:
    """Yield what the panel could not decide, and why; of areas that are `spent` others have all the money."""
    for row, one in stuck_ones(rows, ranking, decided, advised):
        why = replace(_why(ranking, one), is_spent=(row.area or "") in spent)
        yield WithoutDecision(row, UNDECIDED, why)


def spent_areas(session: Session, round_id: int, decided: Collection[str]) -> frozenset[str]:
    """Return the areas of which decisions gave others the whole pot; what was given up since is free."""
    stands = given_amounts(session, round_id)
    given = {of: stands.get(of, 0) for of in decided}
    uses = pot_uses(session, round_id, given)
    return frozenset(use.area for use in uses if use.is_spent)


def stuck_ones(
    rows: RoundRows, ranking: Ranking, decided: Collection[str], advised: Collection[str]
) -> Iterator[tuple[ApplicationRow, Standing]]:
    """Yield what has no place, or waits for a tie, where others are decided, and for nobody's signature."""
    done = {row.area for row in rows.applications if row.reference in decided}
    standing = {one.reference: one for one in ranking.standings}
    for row in rows.applications:
        one, is_open = standing[row.reference], row.reference not in (*decided, *advised)
        has_none = one.status in UNRANKED or one.outcome is Outcome.TIE
        is_stuck = has_none and row.eligibility is not Eligibility.TO_CHECK
        if is_open and is_stuck and row.area in done:
            yield row, one


def _why(ranking: Ranking, one: Standing) -> Undecided:
    """Return why the panel could not decide, or waits for a tie that the chair has still to part."""
    if one.outcome is Outcome.TIE:
        return Undecided(tied=len(same_place(ranking, one)) - 1)
    if one.status is Status.INCOMPLETE:
        return Undecided(is_unfinished=True)
    return Undecided(quorum=ranking.scheme.quorum, came=one.counting_members)


def has_letter(row: ApplicationRow, decided: Mapping[str, DecisionRow], *, is_direct: bool) -> bool:
    """Whether an application has a letter on what was decided; of what was withdrawn it has another.

    Nobody applied for an award without a competition, so one that is not made has no letter.
    """
    found = decided.get(row.reference)
    return found is not None and not row.withdrawn and (found.amount_pence is not None or not is_direct)


def is_in_agreement(decided: DecisionRow, rules: FundDefaults) -> bool:
    """Whether what was decided is offered in one letter with its agreement."""
    most, offered = rules.letter_up_to_pence, decided.amount_pence
    return most is not None and offered is not None and offered <= most


def addressed(
    session: Session, round_id: int, decided: Mapping[str, DecisionRow], today: date
) -> frozenset[str]:
    """Return which applications of a round have a letter, but for those that the panel could not rank.

    Those `unranked` names: they are known only with the ranking.
    """
    rows, rules = applications(session, round_id), fund_rules_of(session, round_id)
    direct = is_direct(session, round_id)
    told = (row for row in rows if has_letter(row, decided, is_direct=direct))
    on_decision = {one.reference for one in told if not is_in_agreement(decided[one.reference], rules)}
    line = round_line(session, round_id)
    stopped = {one.line.row.reference for one in at_gates(session, line, frozenset(decided), today)}
    gone = () if direct else withdrawn_ones(session, round_id, rows)
    return frozenset(on_decision | stopped | {one.row.reference for one in gone})


def unranked(
    rows: RoundRows, ranking: Ranking, decided: Collection[str], advised: Collection[str]
) -> frozenset[str]:
    """Return which applications are told that the panel could not decide on them."""
    return frozenset(row.reference for row, _ in stuck_ones(rows, ranking, decided, advised))
