"""What a round can be started from, and what its criteria, weights and pots may still become."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import func, select

from models.queries.applications.applications import GateLine, gates
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end_figures import year_figures
from models.queries.deciding.allowances import allowances, given_amounts, pot_uses
from models.queries.panel.panel import members
from models.queries.rows import rows_of_round
from models.queries.set_up.funds import FundTemplate, fund_list, fund_templates
from models.queries.set_up.round_facts import CarriedMoney, areas, carried
from models.queries.set_up.rounds import area_dates, reason_rule, round_line, rounds, scheme
from models.role import Role, panel_role
from models.schema.applications import application_table
from models.schema.panel import mark_table, member_table, person_table, sheet_table
from models.schema.set_up import (
    amendment_table,
    scheme_table,
)
from models.session import OF_ROUND, Session, count, selection
from models.values.rounds import AreaDates, ReasonRule, RoundLine
from models.values.stored import each_read
from scoring.ranking import Allowance, PotUse
from scoring.round import Area
from scoring.scheme import Scheme
from scoring.written.names import text_key

MOST = 20
"""So many rounds are offered at most."""


class RoundCopy(Struct, frozen=True):
    """A round as another starts from it; `fund` is the fund's name today.

    `dates` are the areas', in their order.
    """

    round_id: int
    fund: str
    year: str
    name: str
    areas: tuple[Area, ...]
    dates: tuple[AreaDates, ...]
    scheme: Scheme
    members: int

    @property
    def words(self) -> str:
        return f"“{self.name}” {self.year}".rstrip()


def round_copies(session: Session) -> tuple[RoundCopy, ...]:
    """Return the rounds with a competition that were set up last, the newest first."""
    names = {fund.code: fund.name for fund in fund_list(session)}
    lines = (line for line in rounds(session) if not line.is_direct)
    newest = sorted(lines, key=lambda line: line.round_id, reverse=True)[:MOST]
    return tuple(each_read(lambda line: _copy(session, line, names[line.fund_code]), newest))


def _copy(session: Session, line: RoundLine, fund: str) -> RoundCopy:
    number = line.round_id
    return RoundCopy(
        number,
        fund,
        line.year,
        line.name,
        areas=areas(session, number),
        dates=tuple(area_dates(session, number).values()),
        scheme=scheme(session, number),
        members=len(members(session, number)),
    )


class StartChoices(Struct, frozen=True):
    """Funds and rounds; `has_usual` are the funds that have a set-up of their own, without any round.

    `left` is the project money left by area in each fund's year in which some is allocated.
    """

    funds: tuple[FundTemplate, ...]
    copies: tuple[RoundCopy, ...]
    has_usual: frozenset[str]
    left: Mapping[tuple[str, str], Mapping[str, int]]

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
        return tuple(copy for copy in self.copies if copy.fund == fund)


def known_areas(session: Session) -> tuple[str, ...]:
    """Return every name of an area that the record knows: its rounds' own, then its funds' usual ones."""
    own = sorted({area.name for line in rounds(session) for area in line.areas})
    usual = (name for fund in fund_templates(session) for name in fund.areas)
    return tuple(dict.fromkeys((*own, *usual)))


def start_choices(session: Session) -> StartChoices:
    """Return the funds with a panel, in their order, then those that have had a round all the same."""
    templates, copies = fund_templates(session), round_copies(session)
    usual = frozenset(fund.name for fund in templates)
    others = {copy.fund: copy for copy in reversed(copies) if copy.fund not in usual}
    uncapped = {"cap_per_award_pence": None, "cap_per_organisation_pence": None}
    made = (FundTemplate(fund, (), replace(copy.scheme, **uncapped)) for fund, copy in others.items())
    return StartChoices((*templates, *made), copies, usual, _left(session))


def _left(session: Session) -> dict[tuple[str, str], dict[str, int]]:
    figures = year_figures(session)
    budgets = (fund_budget(session, key) for key in figures.keys if figures.allocations_of(key))
    return {
        (one.fund, one.year): {area.area: area.project_left_pence or 0 for area in one.with_allocation}
        for one in budgets
    }


class SchemeVersion(Struct, frozen=True):
    """One version; `published_at` is None for a draft, `reason` "" unless it amends an earlier one."""

    version: int
    published_at: datetime | None
    reason: str


versions = rows_of_round(
    SchemeVersion,
    select(scheme_table.c.version, scheme_table.c.frozen_at, func.coalesce(amendment_table.c.reason, ""))
    .outerjoin(amendment_table, amendment_table.c.scheme_id == scheme_table.c.id)
    .where(scheme_table.c.round_id == OF_ROUND)
    .order_by(scheme_table.c.version),
)
"""Every version of a round's scheme, the oldest first."""


class CriteriaFacts(Struct, frozen=True):
    """A round as it is set up; `chair` is the name of the panel's chair, "" while it has none.

    `is_handed_in` says that a sheet is handed in, which holds the rule for `reasons` still; `allowances` is
    what was allowed over the pots, and `known_areas` are those of the record that a slip may be meant for.
    `carried` is what of each area is as it was copied, and to be checked; `uses` is how each pot stands with
    what is given.
    """

    line: RoundLine
    scheme: Scheme
    versions: tuple[SchemeVersion, ...]
    dates: tuple[tuple[str, AreaDates], ...]
    gates: tuple[GateLine, ...]
    chair: str
    reasons: ReasonRule
    is_handed_in: bool
    allowances: tuple[Allowance, ...]
    known_areas: tuple[str, ...]
    carried: CarriedMoney = field(default_factory=dict)
    uses: tuple[PotUse, ...] = ()


class TouchedSheet(Struct, frozen=True):
    """A sheet that an amendment touches."""

    member: str
    name: str
    application: str
    is_submitted: bool


def criteria_facts(session: Session, round_id: int) -> CriteriaFacts:
    """Return what the page shows of a round."""
    panel = members(session, round_id)
    return CriteriaFacts(
        line=round_line(session, round_id),
        scheme=scheme(session, round_id),
        versions=versions(session, round_id),
        dates=tuple(area_dates(session, round_id).items()),
        allowances=allowances(session, round_id),
        gates=gates(session, round_id),
        chair=next((member.name for member in panel if panel_role(member.role) is Role.CHAIR), ""),
        reasons=reason_rule(session, round_id),
        is_handed_in=is_handed_in(session, round_id),
        known_areas=known_areas(session),
        carried=carried(session, round_id),
        uses=pot_uses(session, round_id, given_amounts(session, round_id)),
    )


def is_handed_in(session: Session, round_id: int) -> bool:
    """Whether any sheet of a round is handed in, also one that does not count."""
    own = selection(member_table.c.id, round_id=round_id)
    return bool(count(session, sheet_table, member_id=own, is_submitted=True))


def sheets_touched(session: Session, round_id: int, amended: Scheme) -> tuple[TouchedSheet, ...]:
    """Return the sheets with a mark that another scheme would count otherwise, or with one to come."""
    changed = changed_criteria(scheme(session, round_id), amended)
    rows = session.execute(
        select(
            member_table.c.code,
            person_table.c.name,
            application_table.c.reference,
            sheet_table.c.is_submitted,
        )
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(person_table, person_table.c.id == member_table.c.person_id)
        .join(application_table, application_table.c.id == sheet_table.c.application_id)
        .where(
            member_table.c.round_id == round_id,
            selection(mark_table.c.sheet_id, sheet_id=sheet_table.c.id, criterion=changed).exists(),
        )
        .order_by(member_table.c.position, application_table.c.position)
    )
    return tuple(TouchedSheet(*row) for row in rows)


def changed_criteria(before: Scheme, after: Scheme) -> frozenset[str]:
    """Return the criteria whose marks count or read otherwise under another scheme.

    All of them, when the scale, its words, the combining rule or the questions to be marked are others:
    then no sheet is what it was.
    """
    was = {criterion.code: criterion for criterion in before.criteria}
    whole, then = (
        (one.scale_maximum, one.descriptors, one.combine, frozenset(one.judged_codes))
        for one in (before, after)
    )
    if whole != then:
        return frozenset(was)
    new = {criterion.code: criterion for criterion in after.criteria}
    return frozenset(code for code, criterion in was.items() if new.get(code) != criterion)
