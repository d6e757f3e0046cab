"""A round's list as panel and deciding office see it, and the figures that a page shows of a round."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import asdict, force_setattr, replace

from models.papers.paper_words import Sentences
from models.permissions.viewing import (
    YOU_DECLARED,
    Sight,
    Viewer,
    named_alone,
    place_among,
    told_recommendations,
    told_steps,
    veil,
    without_left,
)
from models.queries.applications.applications import applications
from models.queries.applications.choices import printed_choices
from models.queries.awards.budget import year_left
from models.queries.awards.direct_awards import direct_awards
from models.queries.deciding.allowances import allowances, given_amounts, pot_uses, waiting_words
from models.queries.deciding.decisions import (
    Progress,
    SignatureRow,
    chain_of,
    decisions,
    final_decisions,
    progress_by_line,
    recommendations,
    scorers,
    signatures,
    signed_lines,
)
from models.queries.deciding.reasons import departures, panel_reasons, standard_conditions
from models.queries.deciding.settled import power_of, standing_interests
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.panel.area_panels import AreaPanels, area_panels
from models.queries.panel.panel import Served, expected_to_score
from models.queries.panel.sheets import Strangers, marks_of_strangers
from models.queries.permissions.declarations import (
    declared_as,
    own_conflicts,
    signer_interests,
    stated,
    waits_to_declare,
)
from models.queries.permissions.reading import (
    SeenRound,
    as_read_by,
    scored_with_closed,
    seen_round,
    sight_of,
    with_sums_for,
)
from models.queries.set_up.funds import round_rules
from models.reference.defaults import Condition, in_use
from models.reference.sign_off import Chain
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.direct_award import DirectAward
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow, RoundRows, by_application, gathered, scored_round
from scoring.allocating.allocation import share_out, whole_pots
from scoring.allocating.causes import note_words, recalculated_words
from scoring.allocating.over_pot import with_allowances
from scoring.budget.figures import FundBudget
from scoring.money import without_noughts
from scoring.places.marks_changed import Ranked
from scoring.rank import rank
from scoring.ranking import Allowance, Outcome, PotUse, Ranking, Standing, Status
from scoring.round import Round
from scoring.scheme import Scheme

if TYPE_CHECKING:
    from scoring.explaining.steps import Explanation


class Mark(StrEnum):
    """What stands in the outcome column; exceptions and missing reasons are only sought."""

    FUND = "fund"
    PART = "part_fund"
    RESERVE = "reserve"
    DECLINE = "decline"
    DEFER = "defer"
    REFER = "refer"
    BELOW = "below"
    TIE = "tie"
    OPEN = "open"
    CLOSED = "closed"
    UNTOLD = "untold"
    EXCEPTION = "exception"
    UNREASONED = "no reason"


OUTCOME_WORDS = {
    Mark.FUND: "Fund",
    Mark.PART: "Part-fund",
    Mark.RESERVE: "Reserve",
    Mark.DECLINE: "Decline",
    Mark.DEFER: "Defer",
    Mark.REFER: "Refer",
    Mark.BELOW: "Below floor",
    Mark.TIE: "Chair decides",
    Mark.OPEN: "Not recorded",
    Mark.CLOSED: "Interest declared",
    Mark.UNTOLD: "Not shown",
}

_DECIDED, _NAMED = Sentences("decided"), 6
"""So many are named of what was decided otherwise; more are counted."""
UNTOLD = "Not shown until the decision: it can depend on an application in which you declared an interest"
NOTHING_SIGNED: Mapping[str, int] = MappingProxyType({})
NO_REASON = "no reason yet: it is needed before the chair signs"
PROPOSED_AS = {
    Outcome.FUND: Mark.FUND,
    Outcome.PART: Mark.PART,
    Outcome.RESERVE: Mark.RESERVE,
    Outcome.BELOW: Mark.BELOW,
    Outcome.TIE: Mark.TIE,
}


class Listed(Struct, frozen=True):
    """One application on the list; `mark` is None when it is neither ranked nor recommended on.

    `is_stale` says that its total or place is another now than when the recommendation was recorded,
    `is_exception` that it goes against the order of places or below a minimum. `was_pence` is what an
    amount is only tried in place of, 0 for no money. `recalculated` is how one that was decided would stand
    today, "" where nothing would change. `takes_pence` is what one that somebody of the chain signed takes of
    its pot, whatever the list has; None for others.
    """

    standing: Standing
    mark: Mark | None
    amount_pence: int | None
    reason: str
    is_recorded: bool = False
    is_stale: bool = False
    is_exception: bool = False
    was_pence: int | None = None
    recalculated: str = ""
    takes_pence: int | None = None

    @property
    def stands_pence(self) -> int:
        """Return the money that it is listed with, 0 once it is withdrawn."""
        return 0 if self.standing.status is Status.WITHDRAWN else self.amount_pence or 0

    @property
    def held_pence(self) -> int:
        """Return the money that its pot holds for it: as signed or decided, else as listed."""
        return self.stands_pence if self.takes_pence is None else self.takes_pence

    @property
    def is_told(self) -> bool:
        """Whether the list's outcome is shown to the reader: a decision is compared with no other."""
        return self.mark not in (Mark.UNTOLD, Mark.CLOSED)

    @property
    def lacks_reason(self) -> bool:
        """Whether it is to get money and nobody has written why."""
        return self.reason == NO_REASON

    @property
    def is_ranked(self) -> bool:
        return self.standing.is_ranked


class RoundList(Struct, frozen=True):
    """All applications in printed order, and the areas' money by what is listed, signed or decided.

    An area shows recommendations as soon as one is recorded in it, else what the rule proposes.
    """

    scheme: Scheme
    lines: tuple[Listed, ...]
    areas: tuple[PotUse, ...]
    _by_area: Mapping[str | None, tuple[Listed, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        force_setattr(self, "_by_area", gathered((line.standing.area, line) for line in self.lines))

    def of_area(self, area: str | None) -> tuple[Listed, ...]:
        return self.lines if area is None else self._by_area.get(area, ())

    def pots_of(self, area: str | None) -> list[PotUse]:
        """Return the pots, each whole, of all areas or of one."""
        return [use for use in whole_pots(self.areas) if area in (None, *use.areas)]

    @property
    def areas_today(self) -> tuple[PotUse, ...]:
        """Return the areas' money in the pots of today; `areas` has what was decided in those of its day."""
        return share_out(use.today for use in self.areas)

    def of_application(self, reference: str) -> Listed | None:
        return next((line for line in self.lines if line.standing.reference == reference), None)


def round_list(
    ranking: Ranking,
    recorded: Sequence[RecommendationRow],
    takes: Mapping[str, int] = NOTHING_SIGNED,
    before: Iterable[Listed] = (),
) -> RoundList:
    """Return the list of a round with its recommendations.

    `takes` is what those that somebody of the chain signed take of their pots, in pence by reference. Lines
    of a list `before`, which was of the same ones, are taken over where their standing is the same.
    """
    rows = by_application(recorded)
    areas = frozenset(s.area for s in ranking.standings if s.reference in rows and s.area is not None)
    known = {line.standing.reference: line for line in before}
    lines = tuple(
        line
        if (line := known.get(standing.reference)) is not None and line.standing is standing
        else replace(
            _listed(standing, rows, areas, ranking.scheme),
            recalculated=recalculated_words(ranking, standing.reference) if ranking.recalculated else "",
            takes_pence=takes.get(standing.reference),
        )
        for standing in ranking.standings
    )
    return RoundList(ranking.scheme, lines, with_amounts(ranking.areas, lines, areas))


def _listed(
    standing: Standing, rows: Mapping[str, RecommendationRow], areas: frozenset[str], scheme: Scheme
) -> Listed:
    row = rows.get(standing.reference)
    if row is not None:
        is_stale = (row.total_1e2, row.place) != (standing.total_1e2, standing.place)
        return Listed(
            standing,
            Mark(row.outcome),
            row.amount_pence,
            row.reason or (NO_REASON if row.amount_pence else ""),
            is_recorded=True,
            is_stale=is_stale,
            is_exception=row.is_exception,
        )
    if standing.outcome is None and standing.place is not None and standing.area is not None:
        return Listed(standing, Mark.UNTOLD, None, UNTOLD)
    if standing.outcome is None:
        return Listed(standing, None, None, "")
    if standing.area in areas:
        return Listed(standing, Mark.OPEN, None, "nothing is recommended on it yet")
    return Listed(
        standing,
        PROPOSED_AS[standing.outcome],
        standing.offer_pence,
        without_noughts(note_words(standing, scheme)),
        is_exception=bool(standing.below_threshold) and standing.offer_pence is not None,
    )


def with_amounts(
    areas: Sequence[PotUse], lines: Sequence[Listed], wanted: Container[str]
) -> tuple[PotUse, ...]:
    """Return the areas' money, with what is held for the lines of those that are wanted as given.

    What was withdrawn leaves its money to others.
    """
    offered: Counter[str | None] = Counter()
    for line in lines:
        offered[line.standing.area] += line.held_pence
    return share_out(
        area._replace(given_pence=offered[area.area]) if area.area in wanted else area for area in areas
    )


def decided_words(
    given: Iterable[tuple[str, int | None]],
    decided: Mapping[str, int | None],
    show: Callable[[int], str],
    *,
    by_some: bool = False,
) -> str:
    """Say what was decided otherwise than a list has it, each with both figures; "" where nothing was.

    `given` is what the list gives each application, and `decided` what was decided, in pence, None for no
    money; with `by_some` what not all have signed yet.
    """
    other = [
        (of, *("" if each is None else show(each) for each in (decided[of], pence)))
        for of, pence in given
        if of in decided and (decided[of] or 0) != (pence or 0)
    ]
    return _DECIDED.otherwise(other[:_NAMED], len(other[_NAMED:]), by_some) if other else ""


def without_closed(listed: RoundList, of: Sight) -> RoundList:
    """Return the list without the marks, totals and reasons of what is closed.

    Of what is hidden it has neither place nor money either, nor what is given and left from it on.
    """
    if not of.unseen:
        return listed
    hidden = (line for line in listed.lines if line.standing.reference in of.hidden)
    paid = [line for line in hidden if line.amount_pence or line.takes_pence]
    by_area = {line.standing.area: line.standing.reference for line in paid}
    areas = [
        area._replace(closed=area.closed or tuple(by_area[one] for one in area.areas if one in by_area))
        for area in listed.areas
    ]
    closed = {area.area for area in areas if area.closed}
    lines = tuple(
        _veiled(line, of)
        if line.standing.reference in of.veiled
        else Listed(line.standing, Mark.UNTOLD, None, UNTOLD)
        if line.standing.reference in of.untold and line.is_recorded
        else replace(line, is_stale=False)  # the place of one that is hidden may have moved it
        if line.is_stale and line.standing.area in closed
        else line
        for line in listed.lines
    )
    return replace(listed, lines=lines, areas=without_left(areas))


def _veiled(line: Listed, of: Sight) -> Listed:
    standing, why = veil(line.standing, of), of.why(line.standing.reference)
    if standing.is_closed:
        return Listed(standing, Mark.CLOSED if line.is_ranked else None, None, why)
    mark = Mark.OPEN if line.mark is Mark.BELOW else line.mark  # "below floor" tells the total
    return replace(line, standing=standing, mark=mark, reason=why, is_stale=False, is_exception=False)


class Answer(Struct, frozen=True):
    """What the record says of one round to one person.

    `found` is the round without what is closed to them, `signed` the lines that the chair signed, `standard`
    the conditions that go with every award of the fund.
    """

    found: SeenRound
    recorded: tuple[RecommendationRow, ...]
    served: Served = field(default_factory=dict)
    panels: AreaPanels = AreaPanels()
    strangers: Strangers = {}
    """Who gave marks in an area whose panel they are not on: by member and application, the area."""
    allowances: tuple[Allowance, ...] = ()
    standard: tuple[str, ...] = ()
    budget: FundBudget | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What applications are for, as papers print it, by reference; those without it left out."""
    signed: frozenset[str] = frozenset()
    decided: Mapping[str, int | None] = field(default_factory=dict)
    """What was decided on applications, in pence, None for no money."""
    signed_by_some: Mapping[str, int | None] = field(default_factory=dict)
    """The same of decisions and corrections that not all have signed."""
    takes: Mapping[str, int] = field(default_factory=dict)
    """What those that somebody of the chain signed take of their pots."""
    scored: Round | None = None
    """The round with the marks that are closed by an interest, where there are any."""

    @property
    def rows(self) -> RoundRows:
        return self.found.rows

    @property
    def sight(self) -> Sight:
        return self.found.sight


class RoundFigures(Answer, frozen=True, kw_only=True):
    """The same with its ranking as it is told, and each application's project by reference.

    `round` and `whole`, from which sums are made and recommendations recorded, have the marks of what is
    closed by an interest as well.
    """

    line: RoundLine
    round: Round
    whole: Ranking
    ranking: Ranking
    listed: RoundList
    projects: Mapping[str, str]

    @property
    def marking(self) -> Mapping[str, str]:
        """Return by code the names of the members whose marks are told: not those of other panels."""
        others = self.sight.other_panels
        sheets = {one.member for one in self.rows.sheets if one.application not in others}
        return {one.code: one.name for one in self.rows.members if not others or one.code in sheets}


def ask_round(round_id: int, viewer: Viewer) -> Callable[..., Answer]:
    """Return the query for all that the pages of one round show to one person."""
    return partial(_answer, round_id=round_id, viewer=viewer)


def work_out(line: RoundLine, answer: Answer, before: RoundFigures | None = None) -> RoundFigures:
    """Return a round's figures; nothing of them is ever stored.

    What came out `before` and hangs on nothing that changed since is not worked out again.
    """
    found = answer.found
    was = None if before is None or before.scored is not None else (before.rows, before.round)
    scored = answer.scored or scored_round(found.rows, was)
    ranked = rank(scored, None if before is None else Ranked(before.round, before.whole))
    whole = with_allowances(ranked, answer.allowances)
    told = whole if found.ranking is None else with_allowances(found.ranking, answer.allowances)
    listed = round_list(told, answer.recorded, answer.takes, _lines_that_stand(answer, before))
    return RoundFigures(
        **asdict(answer),
        line=line,
        round=scored,
        whole=whole,
        ranking=told,
        listed=without_closed(listed, found.sight),
        projects={application.reference: application.project for application in found.rows.applications},
    )


_OF_LINES = attrgetter(
    "recorded", "takes", "sight.unseen", "rows.applications", "rows.scheme", "rows.decided"
)
"""What a line says beside its standing; of what is decided it says how that would come out today."""


def _lines_that_stand(answer: Answer, before: RoundFigures | None) -> tuple[Listed, ...]:
    if before is None or _OF_LINES(before) != _OF_LINES(answer):
        return ()
    return () if answer.rows.decided or answer.sight.unseen else before.listed.lines


def _answer(session: Session, round_id: int, viewer: Viewer) -> Answer:
    with with_figures(session, round_id), with_sums_for(session, viewer):
        found = seen_round(session, round_id, viewer)
        recorded = by_application(recommendations(session, round_id))
        along = progress_by_line(decisions(session, round_id))
        given = given_amounts(session, round_id) if along else {}
        chosen = printed_choices(session, round_id)
        return Answer(
            found=found,
            recorded=tuple(told_recommendations(recorded, found.rows, found.sight).values()),
            served=expected_to_score(session, round_id),
            panels=area_panels(session, round_id),
            strangers=marks_of_strangers(session, round_id),
            allowances=allowances(session, round_id),
            standard=standard_conditions(session, round_id),
            budget=year_left(session, round_id),
            chosen={of: words for of, words in chosen.items() if of not in found.sight.closed},
            signed=signed_lines(session, round_id),
            decided={of: one.final.amount_pence for of, one in along.items() if one.final is not None},
            signed_by_some={
                of: one.since[-1].amount_pence
                for of, one in along.items()
                if one.since and of not in found.sight.closed | found.sight.untold
            },
            takes={of: given[of] for of in along if of not in found.sight.untold},
            scored=scored_with_closed(session, round_id, found.sight),
        )


def explained(figures: RoundFigures, reference: str) -> "Explanation":
    """Return every step from one application's marks to its place and offer, as told to who reads."""
    from scoring.explaining.steps import explain  # the first page explains nothing

    ranking = figures.ranking if figures.sight.hidden else figures.whole
    found, line = explain(figures.round, reference, ranking), figures.listed.of_application(reference)
    return found if line is None else told_steps(found, line.standing, figures.sight, figures.rows.scheme)


class Deciding(Struct, frozen=True):
    """A round's recommendations with who signs them, in order, and what was decided so far.

    `scorers` gave a mark and decide nothing; `closed` are the references that the person who asks declared
    an interest in, until they are decided: of these it has the name, the sum and the chair's signature
    alone. `panel_reasons` holds the panel's own words by application, `pots` how each area's pot stands
    with what is recommended or decided, `signatories` who signs with which post and for which areas,
    `legal_power` the fund's usual one, else the office's, `along` how far each line is that the chain
    signed.
    `budget` is the money of the round's year, None where nothing is allocated. `direct` holds what was
    proposed without a competition, by application; `departures` has money that the list gives it none of,
    `takes` what each takes of its pot today, `waiting` what proposed
    variations will free or add, by area. A person who `must_declare` first is given none of it, and of
    one who `is_declared` among those who sign the `interests` are what their signature states; else they are
    the office's standing words.
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
    takes: Mapping[str, int] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)


def deciding(session: Session, round_id: int, viewer: Viewer) -> Deciding:
    """Return what the deciding office has before it, with what is closed to who asks."""
    with as_read_by(session, viewer):
        direct = direct_awards(session, round_id)
    with with_figures(session, round_id, to_rank=True), with_sums_for(session, viewer):
        return _deciding(session, round_id, viewer, direct)


def _deciding(session: Session, round_id: int, viewer: Viewer, direct: Mapping[str, DirectAward]) -> Deciding:
    chain, marked = chain_of(session, round_id), scorers(session, round_id)
    if waits_to_declare(session, round_id, viewer):
        return Deciding(chain, (), (), (), (), (), marked, frozenset(), {}, must_declare=True)
    own = declared_as(signer_interests(session, round_id), viewer.name)
    defaults, decided = round_rules(session, round_id), decisions(session, round_id)
    rows = applications(session, round_id)
    own_closed, sight = own_conflicts(session, round_id, viewer), sight_of(session, round_id, viewer)
    closed = own_closed - final_decisions(decided).keys()
    shut = closed | sight.untold
    hidden = {row.reference: row.area for row in rows if row.reference in closed}
    told = [
        _without_words(row) if row.application in own_closed else row
        for row in decided
        if row.application not in shut
    ]
    recorded = tuple(
        _without_words(row) if row.application in own_closed else row
        for row in recommendations(session, round_id)
    )
    takes = given_amounts(session, round_id)
    pots = without_left(
        use._replace(closed=tuple(of for of, at in hidden.items() if at in use.areas))
        for use in pot_uses(session, round_id, takes)
    )
    open_ones = [row for row in recorded if row.application not in shut]
    advised = by_application(_among_open(open_ones, rows, pots))
    return Deciding(
        chain=chain,
        conditions=in_use(defaults.conditions),
        legal_power=power_of(session, defaults),
        interests=stated(own) if own else standing_interests(session),
        is_declared=bool(own),
        applications=tuple(named_alone(row) if row.reference in own_closed else row for row in rows),
        recommendations=tuple(
            advised.get(one.application, RecommendationRow(one.application, Mark.CLOSED.value, None, ""))
            for one in recorded
            if one.application not in sight.untold
        ),
        signatures=signatures(session, round_id),
        decisions=tuple(told),
        along=progress_by_line(told),
        scorers=marked,
        closed=closed,
        panel_reasons={
            of: words
            for of, words in panel_reasons(session, round_id).items()
            if of not in own_closed | sight.without_sheets
        },
        departures=departures(session, round_id) - shut,
        pots=pots,
        signatories=signatories(session, round_id),
        budget=year_left(session, round_id),
        direct=direct,
        takes={of: 0 if of in shut else pence for of, pence in takes.items()},
        waiting=waiting_words(session, round_id),
    )


R = TypeVar("R", RecommendationRow, DecisionRow)


def _without_words(row: R) -> R:
    """Return what was recommended or decided on something closed, without why and on which conditions."""
    return replace(row, reason=YOU_DECLARED, conditions=())


def _among_open(
    told: Sequence[RecommendationRow], rows: Iterable[ApplicationRow], pots: Iterable[PotUse]
) -> Iterator[RecommendationRow]:
    """Yield recommendations; where their list has a closed line, with places without it."""
    areas = {row.reference: row.area for row in rows}
    lists = {area: use.areas for use in pots if use.closed for area in use.areas}
    places = {row.application: row.place for row in told if row.place is not None}
    at = gathered((areas[of], place) for of, place in places.items())
    for row in told:
        area = areas[row.application]
        if row.place is None or area not in lists:
            yield row
        else:
            others = [place for name in lists[area] for place in at.get(name, ())]
            place, tied = place_among(row.place, others)
            yield replace(row, place=place, tied=tied)
