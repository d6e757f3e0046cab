"""What the overview shows of a round, worked out from its figures; nothing of it is stored."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from models.queries.deciding.allowances import BudgetLine, told
from models.queries.deciding.decisions import final_decisions
from models.queries.deciding.round_list import RoundFigures
from models.queries.deciding.settled import OUT
from models.queries.packs.own_record import is_members_own
from models.queries.panel.left_to_do import Progress, progress, references_marked
from models.queries.panel.to_do import Harm, ToDo, What, named, to_do, undeclared_words
from models.queries.panel.to_do_list import Scene, by_press, tasks
from models.queries.set_up.next_stage import waiting_words
from models.role import MONEY, OFFICE, ONLY_READS
from models.session import Session
from models.values.rounds import AreaDates, Where, Who, stage_of
from models.values.rows import gathered
from scoring.allocating.allocation import whole_pots
from scoring.allocating.over_pot import over_words, pot_uses
from scoring.budget.figures import proposed_words
from scoring.money import column_money, short_pounds
from scoring.ranking import PotUse
from scoring.round import Eligibility
from scoring.written.days import full_date, full_day, is_year_plain, short_date, short_day
from scoring.written.text import counted, listed, with_capital

if TYPE_CHECKING:
    from models.queries.applications.waiting import Waiting
    from models.queries.packs.member_record import ReturnState


SCORING, MEETING, DONE = 1, 2, 5
NOTHING = "–"
DATES = (
    ("opens_on", "Applications open"),
    ("closes_on", "Applications close"),
    ("marks_close_on", "Marks close"),
    ("meets_on", "Panel meeting"),
)
AGREE, PAY, REPORT = "Agreement to come back", "Payment due", "Return due"
OF_AWARDS = frozenset({AGREE, PAY, REPORT})
"""What lies ahead of single awards, told to those who keep their money."""
LAST_STAGE = {"marks_close_on": SCORING, "meets_on": MEETING}
"""The last stage of an area at which such a day lies ahead of it."""


class Tile(Struct, frozen=True):
    """A figure with its caption above and a few words below."""

    caption: str
    figure: str
    words: str


class DateLine(Struct, frozen=True):
    """A day to come, what happens on it, and where."""

    day: date
    what: str
    where: str


class Overview(Struct, frozen=True):
    """All that the page shows."""

    today: date
    tiles: tuple[Tile, ...]
    tasks: tuple[ToDo, ...]
    budget: tuple[BudgetLine, ...]
    progress: tuple[Progress, ...]
    dates: tuple[DateLine, ...]
    identity: Who
    waiting: str
    left_out: str
    """Which areas' money is not told, and why."""
    asks: str
    """Whom the office asks to declare."""


def overview(scene: Scene, today: date) -> Overview:
    """Return the overview of where the header stands, for whoever is using the laptop."""
    place, figures, after, identity = scene.place, scene.figures, scene.after, scene.identity
    here = tuple(one for one in scene.stages if scene.is_theirs(one.area))
    chosen = {name: found for name, found in scene.dates.items() if scene.is_shown(name)}
    scored = {sheet.application for sheet in figures.rows.sheets}
    with_sheets = {one.area for one in figures.rows.applications if one.reference in scored}
    marked = {*scene.areas(*range(SCORING, DONE + 1)), *with_sheets.intersection(scene.areas(0))}
    members = progress(
        figures.rows,
        references_marked(figures.rows, marked),
        figures.served,
        needs_reasons=scene.needs_reasons,
    )
    shown = [area.name for area in place.line.areas if scene.is_shown(area.name)]
    of_panels = figures.panels.belongs
    members = tuple(one for one in members if any(of_panels(one.member.code, area) for area in shown))
    lines = _dates(chosen, place, today, _of_awards(scene) if identity.role in MONEY else ())
    is_direct, is_asking = place.line.is_direct, identity.role in OFFICE and not place.line.is_closed
    return Overview(
        today,
        _direct_tiles(scene) if is_direct else _tiles(scene, members, lines, today),
        tasks(replace(scene, dates=chosen, stages=here)),
        () if is_direct else tuple(_budgets(scene)),
        members,
        lines,
        identity,
        "" if identity.role in ONLY_READS else waiting_words(here),
        " ".join(filter(None, (_left_out(scene), _proposed(scene)))),
        undeclared_words(after, scene.areas(*range(SCORING, DONE))) if is_asking else "",
    )


def with_waiting(shown: Overview, place: Where, items: Sequence["Waiting"]) -> Overview:
    """Return the overview with the task that asks to deal with what came in; worked out after the rest."""
    from models.queries.applications.waiting import counted_words  # no start needs it

    own = shown.identity.areas
    here = items if shown.identity.role in OFFICE else ()
    theirs = [one for one in here if one.is_at(place.area) and (not own or one.area in own)]
    found = to_do("waiting", len(theirs), kinds=with_capital(counted_words(theirs)))
    return replace(shown, tasks=by_press((*shown.tasks, *found)))


def _direct_tiles(scene: Scene) -> tuple[Tile, ...]:
    """Return what was proposed, decided and paid where nobody competes: no pot, no marks and no meeting."""
    after = scene.after
    there = [one for one in scene.applications if one.eligibility not in OUT]
    made = [one for one in after.awards if one.stands and scene.is_shown(one.area)]
    waiting = len({one.reference for one in there} - final_decisions(after.decisions).keys())
    awarded, paid = sum(one.amount_pence for one in made), sum(one.paid_pence for one in made)
    back = sum(one.returned_pence for one in made)
    return (
        Tile("Proposed", f"{len(there):,}", short_pounds(sum(one.requested_pence for one in there))),
        Tile("Waiting for a signature", f"{waiting:,}", "on Decisions" if waiting else "nothing waits"),
        Tile("Awarded", short_pounds(awarded - back), counted(len(made), "award")),
        Tile("Paid less returned", short_pounds(paid - back), f"{short_pounds(awarded - paid)} still to pay"),
    )


def _tiles(
    scene: Scene,
    members: Sequence[Progress],
    dates: Sequence[DateLine],
    today: date,
) -> tuple[Tile, ...]:
    figures, there = scene.figures, scene.applications
    came_to = Counter(a.eligibility for a in there)
    out, check = came_to[Eligibility.NO], came_to[Eligibility.TO_CHECK]
    parts = [f"{len(there) - out - check:,} eligible"]
    parts += [f"{check:,} to check"] if check else []
    parts += [f"{out:,} failed a gate"] if out else []
    asked = sum(a.requested_pence for a in there if a.reference not in figures.sight.hidden)
    uses = [use for use in whole_pots(figures.listed.areas_today) if any(map(scene.is_shown, use.areas))]
    pots = sum(use.to_award_pence for use in uses)
    tolerance = sum(use.tolerance_pence for use in uses)
    show = column_money((asked, pots, tolerance))
    words = f"for {show(pots)}{f', {show(tolerance)} tolerance' if tolerance else ' of project money'}"
    return (
        Tile("Applications", f"{len(there):,}", ", ".join(parts)),
        Tile("Requested", show(asked), words),
        _sheets(members, dates, today),
        _meeting(scene, dates, today),
    )


def _sheets(members: Sequence[Progress], dates: Sequence[DateLine], today: date) -> Tile:
    """Return how many sheets are in; how many are ready is not told, where marks may be closed."""
    done, of = sum(one.handed_in for one in members), sum(one.of for one in members)
    if not of:
        return Tile("Score sheets in", NOTHING, "no area is being scored yet")
    closes = next((line.day for line in dates if line.what == "Marks close"), None)
    words = f"{of - done:,} not handed in" if done < of else "all are in"
    words += f", marks close {_near(closes, today, short_date, short_day)}" if closes else ""
    return Tile("Score sheets in", f"{done:,} of {of:,}", words)


def _near(day: date, today: date, plain: Callable[[date], str], whole: Callable[[date], str]) -> str:
    """Return a day without its year where that is plain."""
    return plain(day) if is_year_plain(day, today) else whole(day)


def _meeting(scene: Scene, dates: Sequence[DateLine], today: date) -> Tile:
    line = next((line for line in dates if line.what == "Panel meeting"), None)
    if line is None:
        line_of = scene.place.line
        has_met = all(stage_of(line_of, one) > MEETING for one in line_of.areas if scene.is_shown(one.name))
        return Tile("Next panel meeting", NOTHING, "the panel has met" if has_met else "no date lies ahead")
    day = f"{line.day:%a} {_near(line.day, today, full_date, full_day)}"
    return Tile("Next panel meeting", day, line.where)


def _budgets(scene: Scene) -> Iterator[BudgetLine]:
    """Yield each pot's money by what is decided in it, else recommended, of all areas or the one on show."""
    figures, after = scene.figures, scene.after
    given, decided = Counter[str](), final_decisions(after.decisions)
    for line in (one for one in figures.listed.lines if one.is_recorded):
        given[line.standing.area or ""] += line.held_pence
    for use in whole_pots(pot_uses(figures.listed.areas_today, given)):
        is_told = figures.sight.without_marks.isdisjoint(use.areas) and not use.closed
        if is_told and any(map(scene.is_shown, use.areas)):
            yield _budget(figures, use, decided.keys())


def _proposed(scene: Scene) -> str:
    """Say what proposed variations will free or add in the areas whose money is told, "" for nothing."""
    figures = scene.figures
    told = {area.area for area in figures.listed.areas if not area.closed} - figures.sight.without_marks
    shown = (area for area in scene.after.waits if area in told and scene.is_shown(area))
    sums = [scene.after.waits[area] for area in shown]
    return proposed_words(sum(one.adds_pence for one in sums), sum(one.frees_pence for one in sums))


def _left_out(scene: Scene) -> str:
    """Say whose money is not told to somebody with an interest in an application there, "" for none."""
    figures = scene.figures
    shut = [
        area.area
        for area in figures.listed.areas
        if scene.is_shown(area.area) and (area.closed or area.area in figures.sight.without_marks)
    ]
    if not shut:
        return ""
    return (
        f"The money of {listed(shut)} is left out here: you declared an interest in an application of that "
        "list. An officer can show it."
    )


def _budget(figures: RoundFigures, use: PotUse, decided: Collection[str]) -> BudgetLine:
    lines = [line for area in use.areas for line in figures.listed.of_area(area)]
    open_asks = sum(
        line.standing.requested_pence for line in lines if line.is_ranked and not line.is_recorded
    )
    return BudgetLine(
        use.area,
        use.given_pence,
        min(open_asks, use.left_pence),
        use.to_award_pence,
        use.tolerance_pence,
        use.beyond_pence,
        over_words(use, short_pounds),
        told(line.standing.reference in decided for line in lines if line.is_recorded),
    )


def _dates(
    dates: Mapping[str, AreaDates], place: Where, today: date, awards: Iterable[tuple[date, str, str]]
) -> tuple[DateLine, ...]:
    """Return the days to come, areas or awards of one day together; none that an area has behind it."""
    stages = {area.name: stage_of(place.line, area) for area in place.line.areas}
    of_areas = (
        (getattr(held, field), what, area)
        for area, held in dates.items()
        for field, what in DATES
        if stages[area] <= LAST_STAGE.get(field, DONE)
    )
    every = (*of_areas, *awards)
    found = gathered(((day, what), of) for day, what, of in every if day is not None and day >= today)
    return tuple(
        DateLine(day, what, named(of, "award" if what in OF_AWARDS else "area"))
        for (day, what), of in sorted(found.items())
    )


def _of_awards(scene: Scene) -> Iterator[tuple[date, str, str]]:
    """Yield by when agreements come back, when parts are to be paid and when returns are due."""
    after = scene.after
    for award in (one for one in after.awards if scene.is_shown(one.area)):
        days = {award.due_on(part) for part in award.instalments if part.paid_on is None}
        yield from ((day, PAY, award.reference) for day in days if day is not None)
        if award.agree_by is not None:
            yield award.agree_by, AGREE, award.reference
    yield from ((one.due_on, REPORT, one.award) for one in after.coming if scene.is_shown(one.area))


NOTES = {
    What.DECLARE: "Applications open to you after that; anything you declared to the office earlier is kept",
    What.SCORE: "Hand each sheet in, then make the return",
    What.HAND_IN: "At the office they count once they are handed in and returned",
}


def ask_own(session: Session) -> "ReturnState | None":
    """Return what a return would carry, None in the office's record."""
    if not is_members_own(session):
        return None
    from models.queries.packs.member_record import (
        return_state,  # an office opens no pack, and need not load it
    )

    return return_state(session)


def away_overview(shown: Overview, own: "ReturnState") -> Overview:
    """Return the overview with the return among what needs the member."""
    tasks = [replace(task, note=NOTES.get(task.what, task.note)) for task in shown.tasks]
    if own.has_news and (own.handed_in or not own.sheets):
        tasks.append(_return(own, is_last=not tasks))
    return replace(shown, tasks=tuple(tasks), waiting="")


def _return(own: "ReturnState", *, is_last: bool) -> ToDo:
    harm = Harm.WARNING if is_last else Harm.NONE
    words = "Your work goes to the office as a return" if is_last else "You can make a return now"
    return ToDo(What.MAKE_RETURN, harm, words, own.words)
