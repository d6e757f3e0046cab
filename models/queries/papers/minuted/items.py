"""What minutes say of an item beside its marks: who could take part, its equals, its place in reserve."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from models.papers.minutes import NO_QUORUM, MinuteItem, Presence
from models.permissions.role import is_asked_for_marks
from models.queries.deciding.recommendations import RecommendationRow
from models.queries.panel.meeting import MeetingRows
from models.queries.panel.panel import Served, serves
from models.values.rows import RoundRows
from models.values.stages import STAGES
from scoring.counted import listed
from scoring.marks.meeting import Item, Sign
from scoring.money import average_pounds, score, tie_break
from scoring.places.standings import tie_breaks
from scoring.ranking import Outcome, Ranking, Standing, Status
from scoring.round import IN_PLACE, ChairDecisionKind, Round
from scoring.schedule.exceptions import INCOMPLETE, allowed_words, departure_words
from scoring.schedule.lines import PanelOutcome, with_whole_minimums
from scoring.scheme import CRITERION_RULE, Scheme
from scoring.written.text import as_sentence, place_in_words

_WORD = re.compile(r"\w(?:[\w/.-]*\w)?")
"""A word as a reference is one: "ACF-003"."""
BY_CHAIR = "chair"


def room_words(held: MeetingRows, item: Item) -> str:
    """Return who of those present could take part in an item, and whether that is a quorum.

    Of a closed item, only who of those who agreed it has no column of marks; "" where nobody is recorded.
    """
    quorum, able = held.rows.scheme.quorum, held.able(item)
    names = {member.code: member.name or member.code for member in held.rows.members}
    if able is None:
        room, marked = held.rooms.get(item.reference), _marked(held, item)
        without = [code for code in room.decided if code not in marked] if room and marked else []
        said = listed([names.get(code, code) for code in without])
        return f"{said} had given no marks before" if said else ""
    if len(able) < quorum:
        return f"{NO_QUORUM}: {len(able)} could take part, and the quorum is {quorum}"
    several = f"Could take part: {', '.join(names[code] for code in able)} ({len(able)}, quorum {quorum})"
    marked = _marked(held, item)
    silent = listed([names[code] for code in able if code not in marked]) if marked else ""
    return f"{several}, of whom {silent} gave no marks" if silent else several


def _marked(held: MeetingRows, item: Item) -> frozenset[str]:
    """Return who gave an item a mark, by code: it has a column for no other member."""
    cells = (pair for line in item.lines for pair in zip(held.members, line.cells, strict=True))
    return frozenset(code for code, cell in cells if cell.sign is Sign.MARK)


def texts_on(texts: Iterable[str], rows: RoundRows, references: Collection[str]) -> Iterator[str]:
    """Yield the texts but those that name applications of the round of which none is minuted here."""
    every = {row.reference for row in rows.applications}
    for text in texts:
        named = every.intersection(_WORD.findall(text))
        if not named or named.intersection(references):
            yield text


def unrecorded(held: MeetingRows, served: Served, recorded: Iterable[Presence]) -> Iterator[tuple[str, str]]:
    """Yield by area the members who mark there and of whom no attendance is recorded, though others' is."""
    asked = [one for one in held.rows.members if is_asked_for_marks(one.role)]
    there: dict[str, set[str]] = {}
    for row in recorded:
        there.setdefault(row.area, set()).add(row.name)
    for area, names in there.items():
        for one in asked:
            if (one.name or one.code) not in names and serves(served, one.code, area):
                yield area, one.name or one.code


def unexplained(
    held: MeetingRows, items: Iterable[MinuteItem], standings: Mapping[str, Standing], said: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield by area the items left open when it moved on from its meeting, where nobody `said` why.

    Where nobody closes items, as in a round that is kept in a workbook, those are open that have no place.
    """
    past = STAGES.index("meeting")
    gone = {one.name for one in held.line.areas if STAGES.index(one.stage) > past and one.name not in said}
    for item in items:
        is_settled = item.is_closed or item.result or standings[item.reference].status is Status.RANKED
        if item.area in gone and item.is_considered and not (is_settled or item.waits.startswith(INCOMPLETE)):
            yield item.area, item.reference


def without_chair(held: MeetingRows, item: Item) -> bool:
    """Whether an item was considered without the panel's chair in the room, as far as it is recorded."""
    chairs = {member.code for member in held.rows.members if "chair" in member.role.casefold()}
    room = held.rooms.get(item.reference)
    there = held.present(item.area) if room is None else frozenset(room.present)
    late = set() if room is None else set(room.decided)
    is_considered = item.reference in held.closed or any(line.agreed is not None for line in item.lines)
    return bool(chairs and there and is_considered) and not chairs & (there - (set(item.away) - late))


def settled_ties(ranking: Ranking) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield how published rules, named as they are published, put equals in order, with their references.

    What all of them are funded in full by changed nothing; what the chair decided is told apart.
    """
    for _, found in groupby(_by_list(ranking), lambda one: (_list_of(ranking, one), _score(one))):
        equals = list(found)
        rules = {one.place_by for one in equals if one.place_by}
        outcomes = {one.outcome for one in equals}
        if not rules - {BY_CHAIR} or outcomes in ({Outcome.FUND}, {Outcome.BELOW}):
            continue
        first, *others = [one.reference for one in equals]
        by = listed(
            [rule_words(ranking.scheme, rule) for rule in tie_breaks(ranking.scheme) if rule in rules],
            "and then",
        )
        told = f"{listed(sorted([first, *others]))} had the same {_score(equals[0])}"
        yield f"{told}: {first} came first, then {listed(others)}, by {by}.", (first, *others)


def below_minimum(
    round_: Round, standings: Mapping[str, Standing], given: Iterable[str], areas: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield by area which of those given money are below a minimum, by how much, and why the chair let it."""
    made = (one for one in round_.chair_decisions if one.kind is ChairDecisionKind.EXCEPTION)
    why = {one.application: one for one in made}
    for of in given:
        if of not in areas or not standings[of].below_threshold:
            continue
        if of in why:
            allowed = allowed_words(
                with_whole_minimums(round_.scheme, standings[of]), as_sentence(why[of].reason)
            )
            whose = f"An exception by {IN_PLACE}" if why[of].in_place else "The chair’s exception"
            yield areas[of], f"{whose}: {of} {allowed}"
        else:
            departs = departure_words(with_whole_minimums(round_.scheme, standings[of]), is_allowed=False)
            yield areas[of], f"{of} is {departs}."


def reserve_orders(ranking: Ranking, advised: Mapping[str, RecommendationRow]) -> dict[str, str]:
    """Return where each on the reserve list stands there, "first of two", nothing where it is alone."""
    named = {of for of, row in advised.items() if row.outcome == PanelOutcome.RESERVE}
    waiting = [one for one in _by_list(ranking) if one.reference in named]
    found = dict[str, str]()
    for _, group in groupby(waiting, lambda one: _list_of(ranking, one)):
        places = [(one.reference, one.place) for one in group]
        for of, place in places if len(places) > 1 else ():
            number = 1 + sum((other or 0) < (place or 0) for _, other in places)
            tied = sum(other == place for _, other in places) > 1
            found[of] = place_in_words(number, len(places), tied=tied)
    return found


def scores(ranking: Ranking, placed: Collection[str]) -> dict[str, str]:
    """Return what each application scored: "71.25 of 100, third of six, by A1".

    Its place is told of the `placed` alone: while nothing is recommended, others may still come between.
    """
    found = dict[str, str]()
    for areas, group in groupby(_by_list(ranking), lambda one: _list_of(ranking, one)):
        ranked = list(group)
        for one in ranked:
            is_placed = one.reference in placed
            found[one.reference] = _scored(one) + (
                _placed(ranking.scheme, one, areas, len(ranked)) if is_placed else ""
            )
    return found


def _scored(standing: Standing) -> str:
    words = _score(standing)
    return words if standing.price_pence is not None else f"{score(standing.total_1e2)} of 100"


def rule_words(scheme: Scheme, rule: str) -> str:
    """Return a tie-break rule in words, a criterion by code and title: "A1 Need", "date received"."""
    titles = {one.code: one.title for one in scheme.criteria}
    words = tie_break(rule)
    return f"{words} {titles[words]}" if rule.startswith(CRITERION_RULE) and words in titles else words


def _placed(scheme: Scheme, standing: Standing, areas: Sequence[str], many: int) -> str:
    """Return a place as a sentence goes on, with the areas ranked as one and the rule that gave it."""
    assert standing.place is not None, "whatever is listed here has a place"
    where = f" in {listed(areas)}" if len(areas) > 1 else ""
    by = f", by {rule_words(scheme, standing.place_by)}" if standing.place_by else ""
    return f", {place_in_words(standing.place, many, tied=standing.tied)}{where}{by}"


def _by_list(ranking: Ranking) -> list[Standing]:
    """Return what has a place, list by list in the order of places."""
    ranked = [one for one in ranking.standings if one.place is not None]
    return sorted(ranked, key=lambda one: (_list_of(ranking, one), one.place, one.reference))


def _list_of(ranking: Ranking, standing: Standing) -> tuple[str, ...]:
    """Return the areas that share a list with an application, its own alone where none do."""
    shared = next((area.shared_with for area in ranking.areas if area.area == standing.area), ())
    return tuple(shared) or (standing.area or "",)


def _score(standing: Standing) -> str:
    """Return the score that gives a place, as equals share it."""
    if standing.price_pence is not None:
        return f"price per quality point, {average_pounds(standing.price_pence)}"
    return f"total, {score(standing.total_1e2)}"
