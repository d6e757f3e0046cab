"""What a round can be started from: the funds with their usual set-up, and the rounds there were."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import select

from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end_figures import year_figures
from models.queries.set_up.funds import FundTemplate, fund_templates
from models.queries.set_up.round_copies import RoundCopy, round_copies
from models.schema.set_up import area_table
from models.session import Session
from scoring.round import Area
from scoring.written.names import text_key


class StartChoices(Struct, frozen=True):
    """Funds and rounds; `has_usual` are the funds that have a set-up of their own, without any round.

    `left` is the project money left by area in each fund's year in which some is allocated.
    """

    funds: tuple[FundTemplate, ...]
    copies: tuple[RoundCopy, ...]
    has_usual: frozenset[str]
    left: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    def proposed(self, fund: str, year: str, areas: Sequence[Area]) -> tuple[Area, ...]:
        """Return areas with the pots that are left to them in a year; what has no allocation is as it was.

        Without areas it is all that have an allocation.
        """
        left = self.left.get((fund, year), {})
        by_text = {text_key(name): max(pence, 0) for name, pence in left.items()}
        offered = areas or [Area(name, 0) for name in left]
        return tuple(
            replace(area, pot_pence=by_text.get(text_key(area.name), area.pot_pence)) for area in offered
        )

    def of(self, fund: str) -> tuple[RoundCopy, ...]:
        """Return the rounds of a fund, the newest first."""
        return tuple(copy for copy in self.copies if copy.fund == fund)


def known_areas(session: Session) -> tuple[str, ...]:
    """Return every name of an area that the record knows: its rounds' own, then its funds' usual ones."""
    own = session.scalars(select(area_table.c.name).distinct().order_by(area_table.c.name))
    usual = (name for fund in fund_templates(session) for name in fund.areas)
    return tuple(dict.fromkeys((*own, *usual)))


def start_choices(session: Session) -> StartChoices:
    """Return the funds with a panel, in their order, then those that have had a round all the same."""
    funds, copies = fund_templates(session), round_copies(session)
    usual = frozenset(fund.name for fund in funds)
    others = {copy.fund: copy for copy in reversed(copies) if copy.fund not in usual}
    made = (
        FundTemplate(fund, (), copy.quorum, copy.criteria, copy.quality_1e4) for fund, copy in others.items()
    )
    return StartChoices((*funds, *made), copies, usual, _left(session))


def _left(session: Session) -> dict[tuple[str, str], dict[str, int]]:
    figures, found = year_figures(session), {}
    for key in figures.keys:
        if figures.allocations_of(key):
            budget = fund_budget(session, key)
            money = {one.area: one.project_left_pence for one in budget.with_allocation}
            found[budget.fund, budget.year] = {area: pence or 0 for area, pence in money.items()}
    return found
