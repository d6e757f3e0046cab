"""What needs a person next, by their role: by deadline, then by the harm of leaving it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from models.queries.deciding.round_list import RoundFigures
from models.queries.deciding.settled import OUT
from models.queries.panel.left_to_do import (
    progress,
    references_marked,
    to_check,
    to_discuss,
    unagreed_items,
    undeclared,
    unranked_in,
    unreasoned_in,
    unrecommended,
    what_is_left,
)
from models.queries.panel.to_do import (
    FEW,
    After,
    Harm,
    ToDo,
    What,
    deciding_task,
    missing_task,
    named,
    to_do,
    undeclared_task,
)
from models.queries.panel.to_do_money import letters_task, money_tasks
from models.queries.permissions.acting import by_role
from models.queries.set_up.next_stage import NextStage, checklist_words, ready_groups
from models.role import MEETING_KEEPERS, MINUTERS, OFFICE, Role, panel_role
from models.values.rounds import AreaDates, Where, Who, stage_of
from scoring.allocating.organisations import unsettled_words
from scoring.money import short_pounds
from scoring.written.text import counted, listed, noun

SCORING, MEETING, RECOMMENDING, DECIDING = 1, 2, 3, 4
ENDS = {"intake": "closes_on", "scoring": "marks_close_on", "meeting": "meets_on"}
"""By the stage that areas are done with: the date by which it ends."""


class Scene(Struct, frozen=True):
    """What the tasks are found from: where, the round's figures, its areas' days and what each waits for."""

    place: Where
    figures: RoundFigures
    dates: Mapping[str, AreaDates]
    identity: Who
    after: After
    stages: Sequence[NextStage] = ()
    needs_reasons: bool = False

    def areas(self, *stages: int) -> list[str]:
        """Return the areas on show at some stages."""
        line, area = self.place.line, self.place.area
        return [a.name for a in line.areas if area in (None, a.name) and stage_of(line, a) in stages]

    def unsigned(self, area: str) -> int:
        """Return how many recommendations of an area the chair may sign; none while it is not ready."""
        money = next((one for one in self.figures.listed.areas if one.area == area), None)
        is_over = money is not None and money.beyond_pence > 0
        if is_over or self.unrecommended(area) or self.unreasoned(area):
            return 0
        lines = self.figures.listed.of_area(area)
        return sum(1 for one in lines if one.is_recorded and one.standing.reference not in self.after.signed)

    def unrecommended(self, area: str) -> int:
        return unrecommended(self.figures.ranking, self.figures.recorded, area)

    def unreasoned(self, area: str) -> tuple[str, ...]:
        """Return what is to get money in an area, is not signed yet and has no reason."""
        lacking = unreasoned_in(self.figures.ranking, self.figures.recorded, area)
        return tuple(of for of in lacking if of not in self.after.signed)

    def soonest(self, areas: Iterable[str], field: str) -> date | None:
        """Return the first of a date of some areas, None where none is set, or there is none of that name."""
        days = [getattr(self.dates[area], field, None) for area in areas if area in self.dates]
        return min((day for day in days if day is not None), default=None)


def tasks(scene: Scene) -> tuple[ToDo, ...]:
    """Return what needs somebody, the most pressing first."""
    found = [*_later(scene)]
    if not scene.place.line.is_direct:
        found = [*_own(scene), *_office(scene), *_onward(scene), *_panel(scene), *found]
    return tuple(sorted(found, key=_press))


def _own(scene: Scene) -> Iterator[ToDo]:
    """Yield what a member has to do: declare, then score."""
    rows, code = scene.figures.rows, scene.identity.member
    if code is None or not scene.place.line.applications:
        return  # nothing to declare about yet
    scoring = scene.areas(SCORING)
    closes = scene.soonest(scoring, "marks_close_on")
    if any(member.code == code for member in undeclared(rows)):
        opens = "Score sheets" if scene.identity.role in OFFICE else "Applications"
        yield from to_do("declare", opens=opens, by=closes)
        return
    members = progress(
        rows, references_marked(rows, scoring), scene.figures.served, needs_reasons=scene.needs_reasons
    )
    own = [one for one in members if one.member.code == code]
    yield from to_do("score", sum(one.to_score for one in own), by=closes)
    yield from to_do("hand in", sum(one.ready for one in own), by=closes)


def _office(scene: Scene) -> Iterator[ToDo]:
    """Yield what the office and the chair prepare."""
    rows, line, role = scene.figures.rows, scene.place.line, scene.identity.role
    if role not in OFFICE:
        return
    # without a chair no round is opened
    has_chair = any(panel_role(member.role) is Role.CHAIR for member in rows.members)
    yield from to_do("add members", not rows.members)
    yield from to_do("name a chair", bool(rows.members) and not has_chair)
    closes = scene.soonest(scene.areas(0), "closes_on")
    yield from to_do("add applications", not line.applications, by=closes)
    is_chair = not by_role("publish scheme", role)
    yield from to_do("publish" if is_chair else "wait to publish", line.stage == "set up")
    before = scene.areas(0, SCORING, MEETING, RECOMMENDING)
    carried = [one for of, one in scene.after.carried.items() if of in before]
    many, source = sum(len(fields) for _, fields in carried), next((one for one, _ in carried), "")
    yield from to_do("check copied", many, source=source)
    yield from to_do("check gates", to_check(rows, scene.place.area), by=closes)
    yield from to_do("tell apart", len(unsettled_words(scene.figures.round.applications)))
    missing = [member for member in undeclared(rows) if member.code != scene.identity.member]
    waits = scene.areas(0, SCORING, MEETING)  # after its meeting an area asks for nobody's declaration
    if waits and line.applications:  # what they declare about is there
        yield from to_do(
            "undeclared", len(missing), by=scene.soonest(scene.areas(0, SCORING), "marks_close_on")
        )


def _onward(scene: Scene) -> Iterator[ToDo]:
    """Yield the next stage of the areas that are ready for it; the chair opens it, the office asks for it."""
    if scene.identity.role not in OFFICE:
        return
    for group in ready_groups(scene.stages):
        stage, many = group[0].stage, counted(len(group), "area", "areas")
        by = scene.soonest([one.area for one in group], ENDS.get(stage, ""))
        if not by_role("move areas", scene.identity.role):
            what, words = What.MOVE_ON, f"{group[0].verb}: {many}"
        else:
            waits = noun(len(group), "waits", "wait")
            what, words = What.SEE_CHECKLIST, f"{many} {waits} for the chair to {group[0].verb.lower()}"
        note = checklist_words(group)
        short = sum(one.short for one in group)
        note += f", {short} short of the quorum" if short else ""
        yield ToDo(what, Harm.WARNING, words, note, by, stage=stage, verb=group[0].verb)


def _panel(scene: Scene) -> Iterator[ToDo]:
    """Yield what the panel's meeting and its list need."""
    rows, identity = scene.figures.rows, scene.identity
    meeting = scene.areas(MEETING)
    wide = [of for area in meeting for of in to_discuss(rows, references_marked(rows, (area,)))]
    if wide and identity.role in MINUTERS:
        yield from to_do("review spread", wide, by=scene.soonest(meeting, "meets_on"))
    elif identity.role in MEETING_KEEPERS:
        yield from _items(scene)
    if identity.role in OFFICE:
        yield from _list(scene)


def _items(scene: Scene) -> Iterator[ToDo]:
    """Yield what a meeting has left to agree."""
    rows, not_closed = scene.figures.rows, {one.area: one.open_items for one in scene.stages}
    for area in scene.areas(MEETING):
        marked, closed = references_marked(rows, (area,)), scene.figures.sight.closed
        left, by = unagreed_items(rows, marked - closed), scene.soonest((area,), "meets_on")
        yield from to_do(what_is_left(rows), left, by=by, area=area)
        name = "others record" if marked & closed else "close items"
        yield from to_do(name, 0 if left else not_closed.get(area, 0), by=by, area=area)


def _list(scene: Scene) -> Iterator[ToDo]:
    uses = [a for a in scene.figures.listed.areas if scene.place.area in (None, a.area)]
    for use in (use for use in uses if use.is_past):
        beyond = f", {short_pounds(use.beyond_pence)} of it not allowed"
        more = beyond if 0 < use.beyond_pence < use.over_pence else ""
        name = "committed before" if use.is_before else "keep to pot"
        yield from to_do(name, area=use.area, over=short_pounds(use.over_pence), more=more)
    deciding = scene.areas(RECOMMENDING, DECIDING)
    yield from to_do("write reasons", sum(len(scene.unreasoned(area)) for area in deciding))
    figures = scene.figures
    left = [of for area in deciding for of in unranked_in(figures.ranking, figures.recorded, area)]
    who = listed(left) if len(left) <= FEW else counted(len(left), "application")
    yield from to_do("unranked", left, who=who)
    yield from to_do("recommend", sum(map(scene.unrecommended, scene.areas(RECOMMENDING))))


def _later(scene: Scene) -> Iterator[ToDo]:
    """Yield what waits after the panel: its chair's signature, the deciding office, and the money."""
    after, identity = scene.after, scene.identity
    if identity.role in OFFICE:
        area = scene.place.area
        here = {a.reference for a in scene.figures.rows.applications if area in (None, a.area)}
        yield from to_do("sent back", [of for of in after.sent_back if of in here])
        if not by_role("set choices", identity.role):
            there = scene.figures.rows.applications
            out = {one.reference for one in there if one.withdrawn or one.eligibility in OUT}
            for missing, named_ones in after.lacking.items():
                lacking = [of for of in named_ones if of in here - out]
                yield from to_do("say what for", lacking, lacks=" and no ".join(missing))
        if identity.role == Role.OFFICER and not scene.place.line.is_direct:
            yield from letters_task(after, here, scene.figures)
    if not by_role("sign recommendations", identity.role):
        ready = {area: scene.unsigned(area) for area in scene.areas(RECOMMENDING, DECIDING)}
        ready = {area: lines for area, lines in ready.items() if lines}
        lines = counted(sum(ready.values()), "recommendation goes", "recommendations go")
        yield from to_do("sign", len(ready), areas=named(tuple(ready)), lines=lines)
    closed, rows = scene.figures.sight.closed, scene.figures.rows
    areas = {area: references_marked(rows, (area,)) - closed for area in scene.areas(DECIDING)}
    if identity.role in OFFICE:
        yield from missing_task(after, scene.areas(RECOMMENDING, DECIDING))
        meets = scene.soonest(scene.areas(SCORING, MEETING), "meets_on")
        yield from undeclared_task(after, scene.areas(SCORING, MEETING, RECOMMENDING, DECIDING), meets)
    yield from deciding_task(after, identity.role, identity.name, areas)
    place = scene.place
    yield from money_tasks(after, identity.role, identity.name, place.area, is_direct=place.line.is_direct)


def _press(task: ToDo) -> tuple[bool, date, Harm]:
    """Return where a task stands: one's own declaration first, since nothing opens before it."""
    return task.what is not What.DECLARE, task.by or date.max, task.harm
