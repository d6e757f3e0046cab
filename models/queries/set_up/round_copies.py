"""What a new round can be copied from: each earlier round of the record at a glance."""

from msgspec import Struct
from sqlalchemy import Select, func, select

from models.queries.deciding.decisions import chain_of
from models.queries.set_up.area_dates import AreaDates, area_dates
from models.queries.set_up.round_rows import areas
from models.queries.set_up.scheme import scheme
from models.schema.applications import gate_table
from models.schema.awards import direct_round_table
from models.schema.panel import member_table, round_role_table
from models.schema.set_up import financial_year_table, fund_table, round_table
from models.session import Session
from scoring.counted import listed
from scoring.round import Area

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
