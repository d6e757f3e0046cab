"""What a round can be started from: the funds with their usual set-up, and the rounds there were."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import Select, func, select

from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end_figures import year_figures
from models.queries.deciding.decisions import chain_of
from models.queries.set_up.funds import FundTemplate, fund_templates
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import area_dates
from models.queries.set_up.scheme import scheme
from models.schema.applications import gate_table
from models.schema.awards import direct_round_table
from models.schema.panel import member_table, round_role_table
from models.schema.set_up import area_table, financial_year_table, fund_table, round_table
from models.session import Session
from models.values.rounds import AreaDates
from scoring.counted import listed
from scoring.round import Area
from scoring.written.names import text_key

MOST = 20
"""So many rounds are offered at most."""


class RoundCopy(Struct, frozen=True):
    """A round as another starts from it; `fund` is the fund's name today.

    `signers` are the posts of each step, in order, `people` counts those with a role beside the panel's, and
    `dates` are the areas', in their order. `gates` are those that are copied: not that of lateness, which
    a round gets with its first late application, and which the other may have (`has_time_gate`).
    """

    round_id: int
    fund: str
    year: str
    name: str
    areas: tuple[Area, ...]
    dates: tuple[AreaDates, ...]
    quorum: int
    members: int
    people: int
    signers: tuple[str, ...]
    criteria: int
    quality_1e4: int
    gates: int
    has_tolerance: bool
    has_time_gate: bool = False

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” {self.year}".rstrip()


def round_copies(session: Session) -> tuple[RoundCopy, ...]:
    """Return the rounds with a competition that were set up last, the newest first."""
    rows = session.execute(
        select(
            round_table.c.id,
            round_table.c.name,
            fund_table.c.name.label("fund"),
            financial_year_table.c.label.label("year"),
        )
        .where(round_table.c.id.not_in(select(direct_round_table.c.round_id)))
        .join(fund_table, fund_table.c.id == round_table.c.fund_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .order_by(round_table.c.id.desc())
        .limit(MOST)
    ).all()
    return tuple(_copy(session, row.id, (row.fund, row.year, row.name)) for row in rows)


def _copy(session: Session, number: int, named: tuple[str, str, str]) -> RoundCopy:
    rules = scheme(session, number)
    of_time = session.scalars(select(gate_table.c.is_time).where(gate_table.c.round_id == number)).all()
    return RoundCopy(
        number,
        *named,
        areas=areas(session, number),
        dates=tuple(area_dates(session, number).values()),
        quorum=rules.quorum,
        members=_count(session, select(func.count()).where(member_table.c.round_id == number)),
        people=_count(
            session,
            select(func.count(round_role_table.c.person_id.distinct())).where(
                round_role_table.c.round_id == number
            ),
        ),
        signers=tuple(listed(step.posts) for step in chain_of(session, number)),
        criteria=len(rules.criteria),
        quality_1e4=rules.quality_1e4,
        gates=of_time.count(False),
        has_tolerance=rules.tolerance_percent > 0,
        has_time_gate=True in of_time,
    )


def _count(session: Session, counting: Select[int]) -> int:
    return session.scalar(counting) or 0


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
