"""What needs a person next, by their role: by deadline, then by the harm of leaving it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from models.papers.kinds import FINANCE, SCHEDULE
from models.queries.deciding.awaiting import Signed
from models.queries.deciding.round_list import RoundFigures
from models.queries.deciding.settled import OUT
from models.queries.panel.area_panels import settles_tie
from models.queries.panel.left_to_do import (
    in_area,
    progress,
    references_marked,
    to_discuss,
    unagreed_items,
    undeclared,
    unranked_in,
    unreasoned_in,
    unrecommended,
    what_is_left,
)
from models.queries.panel.sheets import strangers_words
from models.queries.panel.to_do import (
    FEW,
    LONG,
    After,
    Harm,
    ToDo,
    What,
    missing_task,
    named,
    signing_tasks,
    to_do,
)
from models.queries.permissions.acting import by_role
from models.queries.set_up.next_stage import NextStage, areas_words, checklist_words, ready_groups
from models.role import MEETING_KEEPERS, MINUTERS, MONEY, OFFICE, Role
from models.values.rounds import AreaDates, Where, Who, stage_of
from models.values.rows import ApplicationRow
from scoring.allocating.organisations import unsettled_words
from scoring.money import column_money, short_pounds
from scoring.ranking import Outcome, PotUse, Standing, Status
from scoring.round import Eligibility
from scoring.written.text import counted, listed, noun

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow
    from models.queries.awards.ministry import PeriodReminder
    from models.queries.awards.monitoring import OpenReturn
    from models.queries.papers.issues import SchedulesIssued
    from models.queries.papers.to_check.otherwise import Otherwise

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

    def is_theirs(self, area: str | None) -> bool:
        """Whether an area is on show, and among those in which the person has their role."""
        own = self.identity.areas
        return self.place.area in (None, area) and (not own or area in own)

    def is_shown(self, area: str | None) -> bool:
        """Whether figures are of an area: of the one on show, or of all those that are the person's."""
        return self.is_theirs(area) if self.place.area is None else area == self.place.area

    def areas(self, *stages: int) -> list[str]:
        """Return the person's areas on show at some stages."""
        line = self.place.line
        return [a.name for a in line.areas if self.is_theirs(a.name) and stage_of(line, a) in stages]

    @property
    def applications(self) -> list[ApplicationRow]:
        """Return the applications on show that were not withdrawn."""
        return [one for one in in_area(self.figures.rows, self.place.area) if self.is_shown(one.area)]

    @property
    def here(self) -> list[ApplicationRow]:
        """Return the applications of the person's areas on show that were not withdrawn."""
        return [one for one in in_area(self.figures.rows, self.place.area) if self.is_theirs(one.area)]

    def unsigned(self, area: str) -> int:
        """Return how many recommendations of an area the chair may sign; none while it is not ready."""
        is_over = any(use.beyond_pence for use in self.figures.listed.pots_of(area))
        if is_over or self.unrecommended(area) or self.unreasoned(area) or self.withdrawn(area):
            return 0
        return len(self._recorded(area))

    def withdrawn(self, area: str) -> tuple[str, ...]:
        """Return what of an area was withdrawn since it was recommended on a total: nobody signs that."""
        gone = {one.reference for one in self._recorded(area) if one.status is Status.WITHDRAWN}
        on_total = (row for row in self.figures.recorded if row.total_1e2 is not None)
        return tuple(row.application for row in on_total if row.application in gone)

    def _recorded(self, area: str) -> tuple[Standing, ...]:
        """Return how that stands of an area which is recommended and not signed."""
        lines = (one for one in self.figures.listed.of_area(area) if one.is_recorded)
        return tuple(one.standing for one in lines if one.standing.reference not in self.after.signed)

    def unrecommended(self, area: str) -> tuple[str, ...]:
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
    line, found = scene.place.line, [*_later(scene)]
    if not line.is_closed:  # of one that is, nothing is set or decided any more
        panel = () if line.is_direct else (*_office(scene), *_onward(scene), *_panel(scene))
        found = [*_own(scene), *panel, *_deciding(scene), *found]
    return by_press((*_signing(scene), *found))


def by_press(found: Iterable[ToDo]) -> tuple[ToDo, ...]:
    """Return tasks by how pressing they are, the most pressing first."""
    return tuple(sorted(found, key=_press))


def _own(scene: Scene) -> Iterator[ToDo]:
    """Yield what a member has to do, declare, then score; who signs declares, too."""
    rows, code = scene.figures.rows, scene.identity.member
    if not scene.place.line.applications:
        return  # nothing to declare about yet
    scoring = scene.areas(SCORING)
    closes = scene.soonest(scoring, "marks_close_on")
    if scene.figures.sight.must_declare or any(member.code == code for member in undeclared(rows)):
        opens = "Score sheets" if scene.identity.role in OFFICE else "Applications"
        yield from to_do("declare", opens=opens, by=closes)
    elif code is not None:
        marked = references_marked(rows, scoring)
        members = progress(rows, marked, scene.figures.served, needs_reasons=scene.needs_reasons)
        own = [one for one in members if one.member.code == code]
        yield from to_do("score", sum(one.to_score for one in own), by=closes)
        yield from to_do("hand in", sum(one.ready for one in own), by=closes)


def _office(scene: Scene) -> Iterator[ToDo]:
    """Yield what the office and the chair prepare."""
    rows, line, role = scene.figures.rows, scene.place.line, scene.identity.role
    if role not in OFFICE:
        return
    # without a chair no round is opened
    panels, every = scene.figures.panels, [area.name for area in line.areas if scene.is_theirs(area.name)]
    chairless = [area for area in every if not panels.chairs(area)] if rows.members else []
    of = f" of {listed(chairless)}" if len(chairless) < len(every) else ""
    yield from to_do("add members", not rows.members)
    yield from to_do("name a chair", bool(chairless), of=of)
    closes = scene.soonest(scene.areas(0), "closes_on")
    yield from to_do("add applications", not line.applications, by=closes)
    is_chair = not by_role("publish scheme", role)
    yield from to_do("publish" if is_chair else "wait to publish", line.stage == "set up")
    before = scene.areas(0, SCORING, MEETING, RECOMMENDING)
    carried = [one for of, one in scene.after.carried.items() if of in before]
    many, source = sum(len(fields) for _, fields in carried), next((one for one, _ in carried), "")
    yield from to_do("check copied", many, source=source)
    gates = [one for one in scene.here if one.eligibility is Eligibility.TO_CHECK]
    yield from to_do("check gates", len(gates), by=closes)
    yield from to_do("tell apart", len(unsettled_words(scene.figures.round.applications)))
    open_ = scene.areas(SCORING, MEETING, RECOMMENDING)
    strange = {key: area for key, area in scene.figures.strangers.items() if area in open_}
    words = strangers_words(rows.members, strange)
    yield from to_do("strangers", len({of for _, of in strange}), words=words)
    waits = scene.areas(0, SCORING, MEETING)  # after its meeting an area asks for nobody's declaration
    missing = [
        member
        for member in undeclared(rows)
        if member.code != scene.identity.member and any(panels.belongs(member.code, of) for of in waits)
    ]
    if waits and line.applications:  # what they declare about is there
        yield from to_do(
            "undeclared", len(missing), by=scene.soonest(scene.areas(0, SCORING), "marks_close_on")
        )


def _onward(scene: Scene) -> Iterator[ToDo]:
    """Yield the next stage of the areas that are ready for it; the chair opens it, the office asks for it."""
    if scene.identity.role not in OFFICE:
        return
    for group in ready_groups(scene.stages, scene.identity.areas):
        stage, many = group[0].stage, areas_words(group)
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
    if identity.role in MEETING_KEEPERS:
        waiting = [one.area for one in scene.stages if one.waits_to_confirm]
        first = [min(references_marked(rows, (area,))) for area in waiting]
        yield from to_do("confirm minutes", first, areas=named(waiting))
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
    figures = scene.figures
    theirs = [use for use in figures.listed.pots_of(scene.place.area) if any(map(scene.is_theirs, use.areas))]
    listed_past = [use for use in theirs if use.is_past]
    # the list has the pot of the day it was decided: one that was lowered since is passed beside it
    past_areas = {area for use in listed_past for area in use.areas}
    lowered = [use for use in scene.after.over if past_areas.isdisjoint(use.areas)]
    for use in (*listed_past, *(use for use in lowered if any(map(scene.is_shown, use.areas)))):
        yield from _pot_task(use)
    deciding = scene.areas(RECOMMENDING, DECIDING)
    yield from to_do("write reasons", sum(len(scene.unreasoned(area)) for area in deciding))
    yield from to_do("withdrawn", [of for area in deciding for of in scene.withdrawn(area)])
    left = [of for area in deciding for of in unranked_in(figures.ranking, figures.recorded, area)]
    yield from to_do("unranked", left, who=named(left, "application"))
    bare = [of for area in scene.areas(RECOMMENDING) for of in scene.unrecommended(area)]
    tied = {one.reference for one in figures.ranking.standings if one.outcome is Outcome.TIE}
    waiting = [of for of in bare if of in tied]
    areas = [row.area for row in figures.rows.applications if row.reference in waiting]
    own = figures.panels.areas_of(scene.identity.member)
    is_theirs = not by_role("decide tie", scene.identity.role) and settles_tie(own, areas)
    yield from to_do("decide tie" if is_theirs else "wait for tie", waiting)
    yield from to_do("recommend", [of for of in bare if of not in tied])


def _pot_task(use: PotUse) -> Iterator[ToDo]:
    """Yield the task of a pot that is passed."""
    beyond = f", {short_pounds(use.beyond_pence)} of it not allowed"
    more = beyond if 0 < use.beyond_pence < use.over_pence else ""
    name = "committed before" if use.is_before else "keep to pot"
    subject, its = (f"{use.area} are", "their") if use.parts else (f"{use.area} is", "its")
    yield from to_do(name, area=subject, its=its, over=short_pounds(use.over_pence), more=more)


def _later(scene: Scene) -> Iterator[ToDo]:
    """Yield what waits once it is decided: the letters and the money."""
    after, identity, place = scene.after, scene.identity, scene.place
    if identity.role == Role.OFFICER and not place.line.is_direct:
        here = {a.reference for a in scene.figures.rows.applications if place.area in (None, a.area)}
        yield from letters_task(after, here, scene.figures)
    yield from money_tasks(after, identity.role, identity.name, place.area, is_direct=place.line.is_direct)


def _deciding(scene: Scene) -> Iterator[ToDo]:
    """Yield what waits after the panel: its chair's signature, and the deciding office."""
    after, identity = scene.after, scene.identity
    if identity.role in OFFICE:
        here = {one.reference for one in scene.here if one.eligibility not in OUT}
        yield from to_do("sent back", [of for of in after.sent_back if of in here])
        if not by_role("set choices", identity.role):
            for missing, named_ones in after.lacking.items():
                lacking = [of for of in named_ones if of in here]
                yield from to_do("say what for", lacking, lacks=" and no ".join(missing))
    if not by_role("sign recommendations", identity.role):
        ready = {area: n for area in scene.areas(RECOMMENDING, DECIDING) if (n := scene.unsigned(area))}
        lines = counted(sum(ready.values()), "recommendation goes", "recommendations go")
        yield from to_do("sign", len(ready), areas=named(tuple(ready)), lines=lines)
    if identity.role in OFFICE and not identity.areas:  # who signs is said for all areas together
        yield from missing_task(after, scene.areas(RECOMMENDING, DECIDING))


def _signing(scene: Scene) -> Iterator[ToDo]:
    """Yield what waits for the person's own signature, but where an interest closes it."""
    identity, place = scene.identity, scene.place
    closed = scene.figures.sight.closed
    found = (one for one in scene.after.awaiting if place.area in (None, one.area))
    left = (one for one in found if one.what is Signed.VARIATION or not place.line.is_closed)
    mine = tuple(one for one in left if one.reference not in closed)
    yield from signing_tasks(replace(scene.after, awaiting=mine), identity.role, identity.name)


def _press(task: ToDo) -> tuple[bool, date, Harm]:
    """Return where a task stands: one's own declaration first, since nothing opens before it."""
    return task.what is not What.DECLARE, task.by or date.max, task.harm


def money_tasks(
    after: After, role: str, name: str, area: str | None, *, is_direct: bool = False
) -> Iterator[ToDo]:
    """Yield what the office and finance do with the awards that stand of an area, or (None) of all."""
    made = [award for award in after.awards if award.stands and area in (None, award.area)]
    if role == Role.FINANCE:
        open_ = [one for one in made if one.bank and not one.bank.checked_by and one.bank.entered_by != name]
        yield from to_do("verify", len(open_))
        yield from _to_pay(made, after.unpaid)
    elif role == Role.OFFICER:
        for one in after.challenges[:FEW]:
            harm = Harm.DANGER if one.is_late else Harm.WARNING
            yield ToDo(What.SEE_CHALLENGE, harm, one.words, one.note, one.by, reference=str(one.number))
        yield from _late_payments(made, after.unpaid)
        gone = [award for award in made if award.application in after.erased]
        left = [award for award in made if award not in gone]
        yield from _to_agree(left, after.barred)
        yield from _of_awards("agree erased", [award for award in gone if not award.agreed_on])
        yield from _of_awards("renew", [award for award in left if award.wants_agreement])
        bare = [award for award in made if award.agreed_on and not award.bank]
        yield from to_do("enter bank details", len(bare))
        yield from _to_sign_anew([award for award in made if award.wants_signature])
        elsewhere = {award.application for award in after.awards if area not in (None, award.area)}
        yield from _otherwise([one for one in after.otherwise if one.application not in elsewhere])
        yield from _late([one for one in after.late if area in (None, one.area)])
    if role in MONEY:
        yield from _to_issue(made, after.issued, is_direct=is_direct)
        for at in after.breaks[:FEW]:
            yield ToDo(What.SEE_CONTRACT, Harm.WARNING, at.words, at.note, at.on, reference=at.award)
        for period in after.periods[:FEW]:
            yield from _of_period(period, date.today())


def _of_period(one: "PeriodReminder", today: date) -> Iterator[ToDo]:
    """Yield that a period of the fund is over and not submitted, or that returns came in for it since."""
    by, period = one.period.ends_on, one.period.name
    if one.is_submitted:
        yield from to_do("correct return", one.late, by=by, period=period, reference=period)
        return
    harm = Harm.DANGER if one.days(today) > LONG else Harm.WARNING
    missing = f"{counted(one.missing, 'return of it is', 'returns of it are')} missing"
    all_in = "Every return of it has come in" if one.planned else "No return is planned that tells of it"
    told = missing if one.missing else all_in
    yield from to_do("submit return", harm=harm, by=by, reference=period, period=period, missing=told)


def _to_issue(
    made: "Sequence[AwardRow]", issued: "SchedulesIssued | None", *, is_direct: bool
) -> Iterator[ToDo]:
    """Yield which of the two schedules is not issued yet, and of how many awards.

    What nobody competed for has no award schedule: nothing of it is scored.
    """
    listed = sum(
        1 for one in made if not is_direct and (issued is None or one.application not in issued.awarded)
    )
    paid = sum(1 for one in made if issued is None or not issued.has_finance(one.area))
    if listed == paid:
        yield from to_do("issue both", listed, reference=SCHEDULE)
        return
    yield from to_do("issue award schedule", listed, reference=SCHEDULE)
    yield from to_do("issue finance schedule", paid, reference=FINANCE)


def letters_task(after: After, references: Collection[str], figures: "RoundFigures") -> Iterator[ToDo]:
    """Yield how many of the letters that Papers draws are not issued, once anything is decided."""
    if not after.decided:
        return
    from models.queries.papers.letter_parts.without_decision import stuck_ones  # no start needs it

    stuck = stuck_ones(
        figures.rows, figures.ranking, after.decided, after.recommended, is_closed=figures.line.is_closed
    )
    told = after.issued.told if after.issued is not None else frozenset()
    left = {*after.addressed, *(row.reference for row, _ in stuck)}.intersection(references) - told
    yield from to_do("write letters", len(left))


def _late(missing: "Sequence[OpenReturn]") -> Iterator[ToDo]:
    for worst in missing[:1]:
        harm = Harm.DANGER if worst.days > LONG else Harm.WARNING
        days = counted(worst.days, "day")
        yield from to_do(
            "chase returns", len(missing), harm=harm, by=worst.due_on, award=worst.award, days=days
        )


def _of_awards(
    name: str, rows: "Sequence[AwardRow]", harm: Harm | None = None, said: str = ""
) -> Iterator[ToDo]:
    """Yield a task on awards; it leads to the first."""
    for first in rows[:1]:
        of = [row.application for row in rows]
        yield from to_do(name, of, harm=harm, first=first.reference, said=said)


def _to_pay(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield what may be paid now, and of which awards it is late."""
    today = date.today()
    ready = [award for award in made if any(award.may_be_paid(today))]
    parts = [part.amount_pence for award in ready for part in award.may_be_paid(today)]
    late = [award.reference for award in ready if award.reference in unpaid]
    note = f"{column_money(parts)(sum(parts))} on awards whose account is verified"
    note, harm = (f"Late: {_few(late)}", Harm.WARNING) if late else (note, Harm.NONE)
    yield from to_do("pay", len(parts), harm=harm, said=note)


def _few(references: Sequence[str]) -> str:
    return listed([*references[:FEW], *(["others"] if len(references) > FEW else [])])


def _late_payments(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield of which awards a payment is late, and what the first waits for."""
    late = [award for award in made if award.reference in unpaid]
    yield from _of_awards("late payments", late, said=_holds_up(late[0]) if late else "")


def _holds_up(late: "AwardRow") -> str:
    """Return what the first payment of an award that is late waits for, or that it may be made."""
    today = date.today()
    waits = (late.not_yet(late.instalments[number - 1], today) for number in late.late(today))
    first = next(waits, "")
    return late.on_hold or (f"it {first}" if first else "finance may pay it now")


def _otherwise(found: "Sequence[Otherwise]") -> Iterator[ToDo]:
    """Yield which issued papers say otherwise than the awards do."""
    if found:
        from models.queries.papers.to_check.otherwise import counted_otherwise  # read by now

        awards = _few(list(dict.fromkeys(one.award for one in found)))
        paper = found[0].paper
        yield from to_do("issue again", what=counted_otherwise(found), awards=awards, reference=paper)


def _to_sign_anew(renewed: "Sequence[AwardRow]") -> Iterator[ToDo]:
    """Yield which new versions of agreements were issued and are not signed yet."""
    late = [award.reference for award in renewed if award.is_agreement_late(date.today())]
    words = f"Late to come back signed: {_few(late)}" if late else _few([one.reference for one in renewed])
    yield from _of_awards("sign anew", renewed, Harm.WARNING if late else Harm.NONE, words)


def _to_agree(made: "Sequence[AwardRow]", barred: frozenset[str]) -> Iterator[ToDo]:
    """Yield which agreements are to be signed, those first that wait for checks that the fund requires."""
    unsigned = [award for award in made if not award.agreed_on]
    late = [award.reference for award in unsigned if award.is_agreement_late(date.today())]
    matched = [award.reference for award in unsigned if award.match]
    first = [award.reference for award in unsigned if award.application in barred]
    told = (
        ("A name on the sanctions list to look at", matched),
        ("Late to come back signed", late),
        ("Due diligence comes first", first),
    )
    notes = (f"{words}: {_few(found)}" for words, found in told if found)
    note, harm = next(notes, "Nothing is paid before that"), Harm.WARNING if late or matched else Harm.NONE
    yield from to_do("sign agreements", len(unsigned), harm=harm, said=note)
