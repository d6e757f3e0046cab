"""What the next stage of each area waits for: the checklist beside the button that opens it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from models.papers.order import Texts
from models.queries.deciding.decisions import decisions, final_decisions, progress_by_line, recommendations
from models.queries.deciding.settled import settled_of
from models.queries.panel.left_to_do import (
    CHECKLIST,
    few_sheets,
    progress,
    references_marked,
    scorers,
    short_of_quorum,
    to_check,
    to_discuss,
    unagreed_items,
    undeclared,
    unreasoned_in,
    unrecommended,
    what_is_left,
)
from models.queries.panel.meeting import closed_items, confirmed_records, meetings_held
from models.queries.panel.panel import Served, expected_to_score, serves
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates, has_revisions, reason_rule, round_line
from models.session import Session
from models.store.locks.signing_on import closed_disputes
from models.store.parts import part
from models.values.recommending import RecommendationRow
from models.values.rounds import (
    AFTER_MEETING,
    BEFORE_MEETING,
    STAGES,
    AreaDates,
    Intake,
    ReasonRule,
    RoundLine,
)
from models.values.rows import RoundRows, gathered, scored_round
from scoring.allocating.allocation import shared_with
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.written.days import long_day
from scoring.written.text import counted, listed

SCORING, MEETING, RECOMMENDING, DECIDING = STAGES[1:5]
_SET_UP = "set up"
_VERBS = {
    "intake": "Open scoring",
    SCORING: "Open the meeting",
    MEETING: "Open recommending",
    RECOMMENDING: "Open deciding",
    DECIDING: "Close deciding",
}
"""By the stage at which an area stands: what opens the next one."""
OFFERED = ("intake", SCORING, MEETING, DECIDING)
"""Where the chair opens what is next, or closes the area at the end; from recommending a signature does."""


class Point(NamedTuple):
    """A line of the checklist; `holds_up` says that an area is not ready while it is not done."""

    words: str
    is_done: bool
    holds_up: bool = True


class NextStage(Struct, frozen=True):
    """What stands between an area and its next stage.

    `applications` are those that go on; `declared` and `undeclared` the codes of the members who score there;
    `sheets` are handed in, and `open_items` of its meeting are not closed, of which `apart` have marks two or
    more apart and not settled; `short` are scored by fewer than the quorum. `disputes` says what is to be
    decided on Packs before it may go on at all. It `waits_to_confirm` once each item is closed, or it left
    its meeting with some open, until the panel confirmed the minutes. Of its decisions
    `corrected` have a correction that not all have signed.
    """

    area: str
    stage: str
    applications: int
    declared: Texts = ()
    undeclared: Texts = ()
    sheets: int = 0
    apart: Texts = ()
    points: tuple[Point, ...] = ()
    disputes: str = ""
    open_items: int = 0
    short: int = 0
    waits_to_confirm: bool = False
    corrected: int = 0

    @property
    def verb(self) -> str:
        """Return what opens the next stage: "Open scoring"; "" past the last."""
        return _VERBS.get(self.stage, "")

    @property
    def is_ready(self) -> bool:
        """Whether nothing holds the area up."""
        done = all(point.is_done or not point.holds_up for point in self.points)
        return bool(self.verb and self.applications and not self.disputes and done)

    @property
    def held_up_by(self) -> Texts:
        """Return what holds the area up, each in a sentence."""
        held = (point.words for point in self.points if point.holds_up and not point.is_done)
        return (*((self.disputes,) if self.disputes else ()), *held)

    @property
    def still_open(self) -> Texts:
        return tuple(point.words for point in self.points if not point.is_done)


@part
def next_stages(session: Session, round_id: int, today: date) -> tuple[NextStage, ...]:
    """Return what is next for each area of a round, in their order; none once the round is closed.

    While the round is being set up its areas stand at "set up": publishing the scheme is what comes next.
    """
    line = round_line(session, round_id)
    if line.is_closed:
        return ()
    along = progress_by_line(decisions(session, round_id))
    scene = _Scene(
        line=line,
        rows=round_rows(session, round_id),
        served=expected_to_score(session, round_id),
        dates=area_dates(session, round_id),
        recorded=recommendations(session, round_id),
        closed=closed_items(session, round_id),
        confirmed=frozenset(one.area for one in confirmed_records(session, round_id)),
        held=frozenset(meetings_held(session, round_id)),
        needs_reasons=reason_rule(session, round_id) is ReasonRule.REQUIRED,
        today=today,
        settled=_settled(session, line),
        corrected=frozenset(of for of, far in along.items() if far.is_correcting),
    )
    found = _stages(scene)
    disputes = _disputes(session, line)
    return tuple(replace(one, disputes=disputes.get(one.area, "")) for one in found)


class _Scene(NamedTuple):
    """What the checklists are made from, those of an area by its own applications and sheets alone."""

    line: RoundLine
    rows: RoundRows
    served: Served
    dates: Mapping[str, AreaDates]
    recorded: tuple[RecommendationRow, ...]
    closed: frozenset[str]
    confirmed: frozenset[str]
    held: frozenset[str]
    needs_reasons: bool
    today: date
    settled: frozenset[str]
    corrected: frozenset[str]
    area: str = ""
    stage: str = ""
    references: frozenset[str] = frozenset()
    """What is marked in the area."""
    panel: Texts = ()
    """Who scores there, by code."""
    missing: frozenset[str] = frozenset()
    """Who has not declared."""

    @property
    def few_scorers(self) -> int:
        """Return how many applications fewer members than the quorum score."""
        return len(short_of_quorum(self.rows, self.references, self.served))

    @property
    def is_all_closed(self) -> bool:
        """Whether each item is closed, and none has a gate still to check."""
        return bool(self.references) and self.references <= self.closed and not to_check(self.rows, self.area)

    @property
    def has_met(self) -> bool:
        """Whether its meeting is done: with each item, or as it went on and left some of them open."""
        is_done = self.stage in AFTER_MEETING or (self.stage == MEETING and self.is_all_closed)
        return is_done and bool(self.references & self.closed)


def _settled(session: Session, line: RoundLine) -> frozenset[str]:
    """Return what waits for no decision, where an area is being decided."""
    if not any(area.stage == DECIDING for area in line.areas):
        return frozenset()
    done = final_decisions(decisions(session, line.round_id))
    return settled_of(line, round_rows(session, line.round_id).applications, done)


def _stages(scene: _Scene) -> tuple[NextStage, ...]:
    """Return what is next for each area, without what returns left to decide."""
    is_set_up = scene.line.stage == _SET_UP
    is_listed = not is_set_up and any(area.stage == RECOMMENDING for area in scene.line.areas)
    ranking = rank(scored_round(scene.rows)) if is_listed else None
    return tuple(_next(own, ranking) for own in _by_area(scene, is_set_up=is_set_up))


def _by_area(scene: _Scene, *, is_set_up: bool) -> Iterable[_Scene]:
    """Yield each area with what is its own: a checklist reads it many times."""
    applications = gathered((one.area, one) for one in scene.rows.applications)
    area_of = {application.reference: application.area for application in scene.rows.applications}
    sheets = gathered((area_of.get(sheet.application), sheet) for sheet in scene.rows.sheets)
    codes, missing = [one.code for one in scorers(scene.rows)], undeclared(scene.rows)
    for area in scene.line.areas:
        own = {"applications": applications.get(area.name, ()), "sheets": sheets.get(area.name, ())}
        rows = replace(scene.rows, **own)
        yield scene._replace(
            rows=rows,
            area=area.name,
            stage=_SET_UP if is_set_up else area.stage,
            references=references_marked(rows, (area.name,)),
            panel=tuple(code for code in codes if serves(scene.served, code, area.name)),
            missing=frozenset(member.code for member in missing),
        )


def _next(scene: _Scene, ranking: Ranking | None) -> NextStage:
    left = scene.references - scene.closed if scene.stage == MEETING else frozenset()
    return NextStage(
        scene.area,
        scene.stage,
        len(scene.references),
        declared=tuple(code for code in scene.panel if code not in scene.missing),
        undeclared=tuple(code for code in scene.panel if code in scene.missing),
        sheets=sum(one.handed_in for one in progress(scene.rows, scene.references, scene.served)),
        open_items=len(left),
        apart=to_discuss(scene.rows, left),
        short=scene.few_scorers if scene.stage == SCORING else 0,
        corrected=len(scene.corrected & {one.reference for one in scene.rows.applications}),
        waits_to_confirm=scene.has_met and scene.area not in scene.confirmed,
        points=tuple(point for point in _points(scene, ranking) if point.words),
    )


def _points(scene: _Scene, ranking: Ranking | None) -> Iterable[Point]:
    if scene.stage in (_SET_UP, "intake"):
        return _intake(scene)
    if scene.stage == SCORING:
        return _scoring(scene)
    if scene.stage == MEETING:
        return (*_meeting(scene), *_sharing(scene))
    if scene.stage == RECOMMENDING and ranking is not None:
        lacking = len(unreasoned_in(ranking, scene.recorded, scene.area))
        left = len(unrecommended(ranking, scene.recorded, scene.area))
        return _point("unrecommended", left), _point("unreasoned", lacking)
    if scene.stage != DECIDING:
        return ()
    waits = (one for one in scene.rows.applications if one.reference not in scene.settled)
    return (_point("undecided", len(tuple(waits))),)


def _point(name: str, left: int, *, holds_up: bool = True, **known: object) -> Point:
    """Return a point of the checklist, which is done where none is left; without words it is none."""
    return Point(CHECKLIST[name].of(left, **known), not left, holds_up)


def _intake(scene: _Scene) -> Iterable[Point]:
    ready = len(scene.references)
    yield Point(CHECKLIST["ready"].of(ready), bool(ready))
    yield _point("gates", to_check(scene.rows, scene.area))
    yield from _closing(scene.dates.get(scene.area, AreaDates()), scene.today)
    yield _declared(scene)
    yield _quorum(scene)


def _quorum(scene: _Scene) -> Point:
    """Return how many applications the list will leave out, since too few score them; it holds nothing up."""
    return _point("few score", scene.few_scorers, holds_up=False, quorum=scene.rows.scheme.quorum)


def _closing(dates: AreaDates, today: date) -> Iterable[Point]:
    """Yield whether applications may still come in, where a closing date is set."""
    if dates.closes_on is None:
        return
    day = long_day(dates.closes_on)
    is_over = dates.intake(today) in (Intake.CLOSED, Intake.ALLOCATED)
    yield Point(f"Applications closed on {day}." if is_over else f"Applications close on {day}.", is_over)


def _declared(scene: _Scene) -> Point:
    """Return who has declared; scoring opens to each member once they have, so this holds nobody else up."""
    many, late = len(scene.panel), len(scene.missing.intersection(scene.panel))
    if late:
        return _point("undeclared", late, holds_up=late == many)
    return Point(CHECKLIST["declared"].of(many), bool(many))


def _scoring(scene: _Scene) -> Iterable[Point]:
    """Yield what sheets are in; none holds a quorate meeting up after marks closed, or on its own day."""
    members = progress(scene.rows, scene.references, scene.served, needs_reasons=scene.needs_reasons)
    left, done = sum(one.left for one in members), sum(one.handed_in for one in members)
    dates = scene.dates.get(scene.area, AreaDates())
    closes, meets = dates.marks_close_on, dates.meets_on
    late = f"; marks closed on {long_day(closes)}" if closes is not None and closes < scene.today else ""
    if meets is not None and meets <= scene.today:
        is_today = meets == scene.today
        late = late or (
            "; the panel meets today" if is_today else f"; the panel was to meet on {long_day(meets)}"
        )
    holds_up = not late or bool(few_sheets(scene.rows, scene.references))
    words = CHECKLIST["sheets" if left or done else "no sheets"].of(left, late=late)
    yield Point(words, not left and bool(done), holds_up)
    yield _quorum(scene)


def _meeting(scene: _Scene) -> Iterable[Point]:
    rows, marked = scene.rows, scene.references
    yield _point(what_is_left(rows), len(unagreed_items(rows, marked)))
    yield _point("few sheets", len(few_sheets(rows, marked)), holds_up=False, quorum=rows.scheme.quorum)
    yield _point("items", len(marked - scene.closed))
    if scene.is_all_closed:
        yield _point("minutes", scene.area not in scene.confirmed, holds_up=False)
        yield _point("held", scene.area not in scene.held, holds_up=False)


def _sharing(scene: _Scene) -> Iterable[Point]:
    """Yield which areas of the same pot have still to meet: one list is made of all, however each meets."""
    sharing = shared_with(scene.rows.areas).get(scene.area, ())
    late = [one.name for one in scene.line.areas if one.name in sharing and one.stage in BEFORE_MEETING]
    if late:
        words = "shares this pot and has" if len(late) == 1 else "share this pot and have"
        yield Point(f"{listed(late)} {words} not met: their list is one.", is_done=False)


def _disputes(session: Session, line: RoundLine) -> dict[str, str]:
    closed = closed_disputes(session, line.round_id)
    if not closed and not has_revisions(session, line.round_id):
        return {}
    from models.queries.packs.returns import (  # loads all of returns
        closed_words,
        dispute_words,
        open_disputes,
    )

    said = {}
    for area in (one.name for one in line.areas):
        found, number = open_disputes(session, line.round_id, {area}), closed.get(area, 0)
        words = (dispute_words(found) if found else "", f"{closed_words(number)}." if number else "")
        said[area] = " ".join(filter(None, words))
    return said


def ready_groups(stages: Iterable[NextStage], own: Collection[str] = ()) -> tuple[tuple[NextStage, ...], ...]:
    """Return the areas that are ready and the chair may move on, those at one stage together, first first.

    `own` are the areas in which the person has their role, () for all of them.
    """
    here = (one for one in stages if not own or one.area in own)
    ready = [one for one in here if one.is_ready and one.stage in OFFERED]
    groups = (tuple(one for one in ready if one.stage == stage) for stage in OFFERED)
    return tuple(group for group in groups if group)


def offer_words(group: Sequence[NextStage]) -> str:
    """Return what is offered: "Open scoring: 3 areas, 33 applications ready, 4 declared"."""
    return f"{group[0].verb}: {areas_words(group)}, {checklist_words(group)}"


def areas_words(group: Sequence[NextStage]) -> str:
    """Return the name of one area, or how many there are."""
    return group[0].area if len(group) == 1 else counted(len(group), "area")


def checklist_words(group: Sequence[NextStage]) -> str:
    """Return the checklist of areas at one stage in figures: "33 applications ready, 4 declared"."""
    applications = counted(sum(one.applications for one in group), "application")
    if group[0].stage == "intake":
        declared = len({code for one in group for code in one.declared})
        missing = len({code for one in group for code in one.undeclared})
        of = f"{declared} of {declared + missing}" if missing else f"{declared}"
        return f"{applications} ready, {of} declared"
    if group[0].stage == SCORING:
        sheets = counted(sum(one.sheets for one in group), "score sheet")
        return f"{applications}, {sheets} handed in"
    if group[0].stage == MEETING:
        left = sum(one.open_items for one in group)
        done = sum(one.applications for one in group) - left
        return f"{f'{done} of ' if left else ''}{applications} settled"
    is_decided = group[0].stage == DECIDING and not any(one.still_open for one in group)
    corrected = sum(one.corrected for one in group)
    waits = (
        f", {counted(corrected, 'correction waits', 'corrections wait')} for a signature" if corrected else ""
    )
    return f"{applications}{' decided' if is_decided else ''}{waits}"


def waiting_words(stages: Iterable[NextStage]) -> str:
    """Say what the first area that is not ready waits for: "To open scoring in Dudley: …"; "" for none."""
    held = [one for one in stages if one.stage in OFFERED[:-1] and not one.is_ready]
    for one in held:
        left, others = one.held_up_by, len(held) - 1
        more = f" {counted(others, 'more area is', 'more areas are')} waiting too." if others else ""
        return f"To {one.verb.lower()} in {one.area}: {' '.join(left)}{more}" if left else ""
    return ""
