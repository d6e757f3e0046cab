"""How a grant stands on the day of a letter, for every letter that tells of it."""

from collections.abc import Sequence

from models.papers.agreements.grant_now import GrantNow
from models.queries.awards.award_rows import AwardRow
from models.values.award_parts import Instalment


def grant_now(
    award: AwardRow,
    parts: Sequence[Instalment],
    *,
    leaves_open: bool = False,
    lacks_outcomes: bool = False,
) -> GrantNow:
    """Return how a grant stands; `parts` are the payments that its letter lists."""
    asked = sum(one.amount_pence for one in award.asked_back)
    came = asked - sum(one.outstanding_pence(award.returned) for one in award.asked_back)
    return GrantNow(
        has_account=award.bank is not None,
        is_account_checked=award.bank is not None and bool(award.bank.checked_by),
        paid_on=tuple(part.paid_on for part in parts),
        proof_on=tuple(part.proof_on for part in parts),
        asked_back_pence=asked,
        came_of_it_pence=came,
        other_back_pence=award.returned_pence - came,
        confirmed_on=None if award.subsidy is None else award.subsidy.confirmed_on,
        leaves_open=leaves_open,
        held_for=award.holds_up,
        lacks_outcomes=lacks_outcomes,
        to_confirm=bool(award.before_signing),
        asks_days=award.agreed_on is None and (leaves_open or lacks_outcomes),
    )
