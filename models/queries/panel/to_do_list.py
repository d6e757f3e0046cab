"""What needs a person next, by their role: by deadline, then by the harm of leaving it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from models.queries.deciding.round_list import RoundFigures
from models.queries.deciding.settled import OUT
from models.queries.panel.left_to_do import (
    gates_words,
    items_words,
    progress,
    references_marked,
    to_check,
    to_discuss,
    unagreed_items,
    undeclared,
    unranked_in,
    unreasoned_in,
    unrecommended,
)
from models.queries.panel.to_do import (
    After,
    Harm,
    ToDo,
    What,
    deciding_task,
    lacking_task,
    missing_task,
    sent_back_task,
    signing_task,
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

CLOSE_OR_SAY = "No mark is left to agree: close what is open, or move the area on and say why it stays open"
LOWER, COMMITTED_BEFORE = (
    "Lower an amount, or record who allows it",
    "Committed before: check its pot",
)
NUMBERS_DIFFER = "Others of the name have different numbers: enter the one that is missing, or merge"
COPIED = "Not checked yet: set each, or say that it is right"
OTHERS_RECORD = "An officer or a note-taker records what is closed to you"
FEW = 2
"""So many applications are named, more are counted."""
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
    if code is None:
        return
    scoring = scene.areas(SCORING)
    closes = scene.soonest(scoring, "marks_close_on")
    if not scene.place.line.applications:
        return  # nothing to declare about yet
    if any(member.code == code for member in undeclared(rows)):
        opens = "Score sheets" if scene.identity.role in OFFICE else "Applications"
        note = f"{opens} open to you after that"
        yield ToDo(What.DECLARE, Harm.DANGER, "You have not declared your interests", note, closes)
        return
    members = progress(
        rows, references_marked(rows, scoring), scene.figures.served, needs_reasons=scene.needs_reasons
    )
    left = sum(one.to_score for one in members if one.member.code == code)
    ready = sum(one.ready for one in members if one.member.code == code)
    if left:
        words = f"{counted(left, 'application', 'applications')} left for you to score"
        note = "Others' marks open to you once you hand a sheet in"
        yield ToDo(What.SCORE, Harm.NONE, words, note, closes)
    if ready:
        words = f"{counted(ready, 'sheet of yours is', 'sheets of yours are')} ready to hand in"
        note = "It counts once you hand it in" if ready == 1 else "They count once you hand them in"
        yield ToDo(What.HAND_IN, Harm.WARNING, words, note, closes)


def _office(scene: Scene) -> Iterator[ToDo]:
    """Yield what the office and the chair prepare."""
    rows, area = scene.figures.rows, scene.place.area
    if scene.identity.role not in OFFICE:
        return
    yield from _seats(scene)
    if not scene.place.line.applications:
        note = "Import a workbook, or add one by hand"
        by = scene.soonest(scene.areas(0), "closes_on")
        yield ToDo(What.ADD_APPLICATIONS, Harm.NONE, "No applications yet", note, by)
    if scene.place.line.stage == "set up":
        is_chair = not by_role("publish scheme", scene.identity.role)
        note = (
            "Publishing them opens the round"
            if is_chair
            else "The chair publishes them, which opens the round"
        )
        yield ToDo(What.PUBLISH, Harm.WARNING, "The criteria are not published yet", note)
    yield from _copied(scene)
    check = to_check(rows, area)
    if check:
        words = gates_words(check)
        note = ("It is" if check == 1 else "They are") + " not marked until that is settled"
        by = scene.soonest(scene.areas(0), "closes_on")
        yield ToDo(What.CHECK_GATES, Harm.WARNING, words, note, by)
    unsettled = unsettled_words(scene.figures.round.applications)
    if unsettled:
        words = counted(len(unsettled), "organisation is", "organisations are")
        yield ToDo(What.TELL_APART, Harm.WARNING, f"{words} not told apart from another", NUMBERS_DIFFER)
    missing = [member for member in undeclared(rows) if member.code != scene.identity.member]
    waits = scene.areas(0, SCORING, MEETING)  # after its meeting an area asks for nobody's declaration
    if missing and waits and scene.place.line.applications:  # what they declare about is there
        words = counted(
            len(missing), "member has not declared interests", "members have not declared interests"
        )
        by = scene.soonest(scene.areas(0, SCORING), "marks_close_on")
        yield ToDo(What.SEE_UNDECLARED, Harm.DANGER, words, "Nothing opens for them until they do", by)


def _copied(scene: Scene) -> Iterator[ToDo]:
    """Yield how many dates and sums stand as they were copied from another round."""
    before = scene.areas(0, SCORING, MEETING, RECOMMENDING)
    found = [one for of, one in scene.after.carried.items() if of in before]
    if found:
        many = sum(len(fields) for _, fields in found)
        words = f"{counted(many, 'date or sum is', 'dates and sums are')} copied from {found[0][0]}"
        yield ToDo(What.CHECK_COPIED, Harm.WARNING, words, COPIED)


def _seats(scene: Scene) -> Iterator[ToDo]:
    """Yield that nobody is on the panel, or nobody in its chair: without one no round is opened."""
    members = scene.figures.rows.members
    if not members:
        note = "Type or paste them; each declares before anything opens"
        yield ToDo(What.ADD_MEMBERS, Harm.WARNING, "Nobody is on the panel yet", note)
    elif not any(panel_role(member.role) is Role.CHAIR for member in members):
        note = "Only the chair publishes the scheme and moves areas on"
        yield ToDo(What.NAME_CHAIR, Harm.WARNING, "The panel has no chair yet", note)


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
        words = counted(
            len(wide), "application has marks two or more apart", "applications have marks two or more apart"
        )
        by = scene.soonest(meeting, "meets_on")
        note = "Still to discuss at the meeting"
        yield ToDo(What.REVIEW_SPREAD, Harm.WARNING, words, note, by, wide[0])
    elif identity.role in MEETING_KEEPERS:
        yield from _items(scene)
    if identity.role in OFFICE:
        yield from _list(scene)


def _items(scene: Scene) -> Iterator[ToDo]:
    """Yield what a meeting has left to agree."""
    not_closed = {one.area: one.open_items for one in scene.stages}
    for area in scene.areas(MEETING):
        marked, closed = references_marked(scene.figures.rows, (area,)), scene.figures.sight.closed
        left = unagreed_items(scene.figures.rows, marked - closed)
        by = scene.soonest((area,), "meets_on")
        if left:
            words = f"{items_words(scene.figures.rows, len(left))} in {area}"
            yield ToDo(What.SETTLE, Harm.NONE, words, "The meeting is open", by, left[0])
        elif not_closed.get(area):
            words = f"{counted(not_closed[area], 'item is', 'items are')} not closed in {area}"
            note = OTHERS_RECORD if marked & closed else CLOSE_OR_SAY
            yield ToDo(What.SETTLE, Harm.NONE, words, note, by)


def _list(scene: Scene) -> Iterator[ToDo]:
    uses = [a for a in scene.figures.listed.areas if scene.place.area in (None, a.area)]
    for use in (use for use in uses if use.is_past):
        words = f"{use.area} is {short_pounds(use.over_pence)} over its pot"
        if 0 < use.beyond_pence < use.over_pence:
            words += f", {short_pounds(use.beyond_pence)} of it not allowed"
        yield ToDo(What.KEEP_TO_POT, Harm.DANGER, words, COMMITTED_BEFORE if use.is_before else LOWER)
    lacking = sum(len(scene.unreasoned(area)) for area in scene.areas(RECOMMENDING, DECIDING))
    if lacking:
        words = counted(lacking, "recommendation has no reason yet", "recommendations have no reason yet")
        note = "No money is signed for without one"
        yield ToDo(What.WRITE_REASONS, Harm.WARNING, words, note)
    yield from _unranked(scene)
    waiting = sum(scene.unrecommended(area) for area in scene.areas(RECOMMENDING))
    if waiting:
        words = counted(
            waiting, "application has no recommendation yet", "applications have no recommendation yet"
        )
        yield ToDo(What.RECOMMEND, Harm.NONE, words, "Each needs its reason")


def _unranked(scene: Scene) -> Iterator[ToDo]:
    """Yield what has no place and nothing recorded, and so stays undecided."""
    figures = scene.figures
    areas = scene.areas(RECOMMENDING, DECIDING)
    left = [of for area in areas for of in unranked_in(figures.ranking, figures.recorded, area)]
    if left:
        lacks = noun(len(left), "is not ranked yet", "are not ranked yet")
        words = f"{listed(left) if len(left) <= FEW else counted(len(left), 'application')} {lacks}"
        note = "Nobody can decide it: check its gates, let more members score, or recommend by hand"
        yield ToDo(What.RECOMMEND, Harm.WARNING, words, note, reference=left[0])


def _later(scene: Scene) -> Iterator[ToDo]:
    """Yield what waits after the panel: its chair's signature, the deciding office, and the money."""
    after, identity = scene.after, scene.identity
    if identity.role in OFFICE:
        area = scene.place.area
        here = {a.reference for a in scene.figures.rows.applications if area in (None, a.area)}
        yield from sent_back_task([of for of in after.sent_back if of in here])
        if not by_role("set choices", identity.role):
            there = scene.figures.rows.applications
            out = {one.reference for one in there if one.withdrawn or one.eligibility in OUT}
            yield from lacking_task(after, here - out)
        if identity.role == Role.OFFICER and not scene.place.line.is_direct:
            yield from letters_task(after, here, scene.figures)
    if not by_role("sign recommendations", identity.role):
        ready = {area: scene.unsigned(area) for area in scene.areas(RECOMMENDING, DECIDING)}
        ready = {area: lines for area, lines in ready.items() if lines}
        yield from signing_task(tuple(ready), sum(ready.values()))
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
