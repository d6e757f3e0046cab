"""What is said already of applications when a proposal is recorded on them: reasons and conditions."""

from collections.abc import Mapping

from msgspec import Struct, field

from models.queries.deciding.recommendations import FUNDED, SCOPE, RecommendationRow, recommendations
from models.queries.set_up.funds import round_rules
from models.reference.fund_defaults import in_use
from models.session import Session
from models.store.parts import part


class Given(Struct, frozen=True):
    """The fund's `standard` conditions, what was recorded `before`, and new `reasons` by application."""

    standard: tuple[str, ...] = ()
    before: Mapping[str, RecommendationRow] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def reason(self, application: str, outcome: str) -> str:
        """Return the reason for an outcome: a new one, else the one recorded for the same; "" without."""
        row = self.before.get(application)
        is_same = row is not None and (row.outcome == outcome or {row.outcome, outcome} <= {*FUNDED})
        return self.reasons.get(application) or (row.reason if row is not None and is_same else "")

    def conditions(self, application: str, outcome: str) -> tuple[str, ...]:
        """Return the conditions of money: those recorded with money before, else the standard ones."""
        if outcome not in FUNDED:
            return ()
        row = self.before.get(application)
        if row is None or row.outcome not in FUNDED:
            return self.standard
        return tuple(one for one in row.conditions if outcome == "part_fund" or not one.startswith(SCOPE))


def said_so_far(session: Session, round_id: int) -> Given:
    """Return what is said already in a round."""
    rows = recommendations(session, round_id)
    return Given(standard_conditions(session, round_id), {row.application: row for row in rows})


@part
def standard_conditions(session: Session, round_id: int) -> tuple[str, ...]:
    """Return the words of the conditions that go with every award of the round's fund."""
    return tuple(one.words for one in in_use(round_rules(session, round_id).conditions) if one.is_standard)
