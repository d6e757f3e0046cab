"""What the deciding office has before it, in one answer."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications
from models.queries.awards.budget import year_left
from models.queries.awards.direct_awards import direct_awards
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.deciding.decisions import (
    SignatureRow,
    chain_of,
    decisions,
    final_decisions,
    recommendations,
    scorers,
    signatures,
)
from models.queries.deciding.progress import Progress, progress_by_line
from models.queries.deciding.reasons import departures, panel_reasons
from models.queries.deciding.settled import power_of, standing_interests
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.permissions.declarations import (
    declared_as,
    own_conflicts,
    seat_conflicts,
    signer_interests,
    stated,
    waits_to_declare,
)
from models.queries.set_up.funds import round_rules
from models.queries.set_up.rounds import is_direct
from models.reference.defaults import Condition, in_use
from models.reference.sign_off import Chain
from models.role import SIGNING
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.direct_award import DirectAward
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import PotUse
from scoring.budget.figures import FundBudget


class Deciding(Struct, frozen=True):
    """A round's recommendations with who signs them, in order, and what was decided so far.

    `scorers` gave a mark and decide nothing; `closed` are the references that the person who asks declared an
    interest in, on the panel until it is decided. `panel_reasons` holds the panel's own words by application,
    `pots` how each area's pot stands with what is recommended or decided, `signatories` who signs with which
    post and for which areas, `legal_power` the fund's usual one, else the office's, `along` how far each line
    is that the chain signed.
    `budget` is the money of the round's year, None where nothing is allocated. `direct` holds what was
    proposed without a competition, by application; `departures` has money that the list gives it none of. A
    person who `must_declare` first is given none of it, and of one who `is_declared` among those who sign the
    `interests` are what their signature states; else they are the office's standing words.
    """

    chain: Chain
    conditions: tuple[Condition, ...]
    applications: tuple[ApplicationRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    signatures: tuple[SignatureRow, ...]
    decisions: tuple[DecisionRow, ...]
    scorers: frozenset[str]
    closed: frozenset[str]
    panel_reasons: Mapping[str, str]
    pots: tuple[PotUse, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    legal_power: str = ""
    interests: str = ""
    budget: FundBudget | None = None
    direct: Mapping[str, DirectAward] = field(default_factory=dict)
    along: Mapping[str, Progress] = field(default_factory=dict)
    must_declare: bool = False
    is_declared: bool = False
    departures: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        force_setattr(self, "along", progress_by_line(self.decisions))


def deciding(session: Session, round_id: int, viewer: Viewer) -> Deciding:
    """Return what the deciding office has before it, with what is closed to who asks."""
    with with_figures(session, round_id, to_rank=True):
        return _deciding(session, round_id, viewer)


def _deciding(session: Session, round_id: int, viewer: Viewer) -> Deciding:
    chain, marked = chain_of(session, round_id), scorers(session, round_id)
    if waits_to_declare(session, round_id, viewer):
        return Deciding(chain, (), (), (), (), (), marked, frozenset(), {}, must_declare=True)
    own = declared_as(signer_interests(session, round_id), viewer.name)
    defaults, decided = round_rules(session, round_id), decisions(session, round_id)
    rows = applications(session, round_id)
    seat = frozenset() if viewer.role in SIGNING else seat_conflicts(session, round_id, viewer)
    hidden = {
        row.reference: row.area for row in rows if row.reference in seat - set(final_decisions(decided))
    }
    pots = pot_uses(session, round_id, given_amounts(session, round_id))
    return Deciding(
        chain=chain,
        conditions=in_use(defaults.conditions),
        legal_power=power_of(session, defaults),
        interests=stated(own) if own else standing_interests(session),
        is_declared=bool(own),
        applications=rows,
        recommendations=recommendations(session, round_id),
        signatures=signatures(session, round_id),
        decisions=decided,
        scorers=marked,
        closed=own_conflicts(session, round_id, viewer) - (seat - hidden.keys()),
        panel_reasons=panel_reasons(session, round_id),
        departures=departures(session, round_id),
        pots=tuple(replace(use, closed=_closing(use, hidden)) for use in pots),
        signatories=signatories(session, round_id),
        budget=year_left(session, round_id),
        direct=direct_awards(session, round_id) if is_direct(session, round_id) else {},
    )


def _closing(use: PotUse, hidden: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return by which applications what is given and left of a pot is closed to who asks."""
    return tuple(of for of, area in hidden.items() if area in (use.area, *use.shared_with))
