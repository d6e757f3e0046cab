"""What minutes say of each application and of who took part in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from models.papers.minutes import Cause, Place, Pot, Unasked
from models.papers.order import PaperOrder, TextPair, Texts
from models.papers.paper_words import Sentences
from models.queries.applications.applications import asked_corrected
from models.queries.applications.gates import let_in, missing_words
from models.queries.deciding.allowances import given_by_area
from models.queries.deciding.decided_anew import TO_BE_FUNDED, DecidedRound, out_of_order
from models.queries.deciding.decisions import decisions, recommendations
from models.queries.deciding.panels_own import panels_own
from models.queries.panel.meeting import MeetingRows, Room, item_numbers, meeting
from models.queries.panel.panel import declared_on
from models.session import Session
from models.values.recommending import RecommendationRow
from models.values.rows import InterestRow, by_application, by_reference, called_apart
from scoring.allocating.allocation import areas_of_list
from scoring.allocating.causes import Less
from scoring.allocating.organisations import cap_cause, same_organisations
from scoring.allocating.over_pot import over_words
from scoring.marks.meeting import Item
from scoring.money import in_one_form, short_pounds, tie_break
from scoring.places.standings import tie_breaks
from scoring.ranking import Outcome, Ranking, Standing, Why
from scoring.round import IN_PLACE, ChairDecisionKind
from scoring.schedule.exceptions import (
    INCOMPLETE,
    allowed_words,
    departure_words,
    order_words,
    why_not_ranked,
)
from scoring.schedule.lines import PanelOutcome, with_whole_minimums
from scoring.scheme import CRITERION_RULE, Scheme
from scoring.written.text import as_sentence


def after_taking_part(interests: Sequence[InterestRow], rooms: Mapping[str, Room]) -> Set[TextPair]:
    """Return the members with an application in which they declared an interest after they had taken part."""
    decided = {(member, reference) for reference, room in rooms.items() for member in room.decided}
    conflicts = ((row.member, row.application or "") for row in interests if row.kind.is_conflict)
    return decided.intersection(conflicts)


def declared_since(session: Session, round_id: int, held: MeetingRows) -> frozenset[TextPair]:
    """Return the interests that were recorded after the day on which their area's minutes were confirmed.

    What a round that is typed in afterwards says of its meeting is recorded before that.
    """
    confirmed = {one.area: one.at.date() for one in held.confirmed}
    areas = {row.reference: row.area or "" for row in held.rows.applications}
    days = declared_on(session, round_id).items() if confirmed else ()
    return frozenset(
        key for key, day in days if key[1] in areas and day > confirmed.get(areas[key[1]], date.max)
    )


def took_no_part(
    interests: Sequence[InterestRow],
    of: Collection[str],
    rooms: Mapping[str, Room],
    marked: Collection[TextPair],
) -> str:
    """Return how many members declared an interest in how many of some applications, "" for none.

    `marked` are the members with an application that they had marked.
    """
    conflicts = (row for row in interests if row.kind.is_conflict and row.application in of)
    found = {(row.member, row.application or "") for row in conflicts}
    after = after_taking_part(interests, rooms) & found
    sheets = found.intersection(marked) - after
    parts = (found - after - sheets, sheets, after)
    return MEETING.took_no_part(*(tuple(len({*each}) for each in zip(*part, strict=True)) for part in parts))


MEETING = Sentences("meeting")
BY_CHAIR = "chair"
_CAUSES: Mapping[Less, Cause] = {
    Less.POT: "pot",
    Less.AWARD_CAP: "cap",
    Less.ORGANISATION_CAP: "organisation",
    Less.ORGANISATION_REST: "rest",
}


class Met(DecidedRound):
    """A round as it met, before anything was decided: `held` its meetings, `found` the items as they stand.

    `names` are the members' by code; `since` are the interests that were declared once the minutes were
    confirmed, which kept nobody out of the room: (member, application).
    """

    def __init__(self, session: Session, order: PaperOrder) -> None:
        self.order, self.held = order, as_it_met(session, order.of_round, order.area)
        super().__init__(session, order.of_round, (), self.held.rows)
        self.since = declared_since(session, order.of_round, self.held)
        then = (row for row in self.rows.interests if (row.member, row.application) not in self.since)
        self.held = replace(self.held, rows=replace(self.held.rows, interests=tuple(then)))
        self.names = {member.code: member.name or member.code for member in self.rows.members}
        self.agreed = by_application(self.rows.agreed)
        self.found = [item for item in self.held.items if order.is_of(item.area)]
        self.numbers = item_numbers(self.found, [area.name for area in self.held.line.areas])

    def named(self, codes: Iterable[str]) -> Texts:
        return tuple(self.names.get(code, code) for code in codes)

    @property
    def ordered(self) -> Sequence[Item]:
        """Return the items in the order with the fewest exits."""
        return list(map(by_reference(self.found).__getitem__, self.numbers))


class Minuted(Met):
    """What a round's minutes tell of, by application."""

    def __init__(self, session: Session, order: PaperOrder) -> None:
        super().__init__(session, order)
        self.own = panels_own(session, order.of_round)
        self.advised |= {of: one.row for of, one in self.own.items() if of in self.advised or one.changes}
        self.missing = missing_words(session, order.of_round)
        self.given = {of: row.amount_pence or 0 for of, row in self.advised.items()}
        self.lists = {
            one.reference: (areas, len(group))
            for areas, group in _lists(self.ranking, self.ranking.standings)
            for one in group
        }
        self.same = same_organisations(self.round.applications)
        self.reserved = reserve_places(self.ranking, self.advised)
        self.asked_was = asked_corrected(session, order.of_round)

    def result(self, of: str, row: RecommendationRow) -> dict[str, Any]:
        """Return the fields of an item that say what is recommended of it."""
        standing, applied, amount = self.standings[of], self.asked[of], row.amount_pence or 0
        areas, many = self.lists.get(of, ((), 0))
        why = self.less(of, amount)
        return {
            "outcome": row.outcome,
            "asked_pence": applied.requested_pence,
            "amount_pence": amount,
            "cause": "" if why is None else "tolerance" if why.has_tolerance else _CAUSES[why.why],
            "minimums": with_whole_minimums(self.round.scheme, standing).below_threshold
            if row.outcome == PanelOutcome.DECLINE
            else (),
            **(self._without(row, standing) if not amount else {}),
            "reason": row.reason,
            "asked_was": self.asked_was.get(of, ""),
            "reserve_place": self.reserved.get(of),
            "place": None if standing.place is None else (standing.place, many, standing.tied),
            "place_by": rule_words(self.round.scheme, standing.place_by) if standing.place_by else "",
            "ranked_with": areas if len(areas) > 1 else (),
        }

    def waits(self, of: str) -> str:
        """Return why nothing is recommended of an item."""
        standing = self.standings[of]
        if standing.outcome is Outcome.TIE:
            return "It waits for the chair's decision on a tie"
        if standing.is_ranked:
            return "What the panel recommends is not recorded yet"
        judged = self.round.scheme.judged_codes
        return why_not_ranked(standing.status, standing.reasons, judged, self.missing.get(of, ""))

    def _without(self, row: RecommendationRow, standing: Standing) -> dict[str, object]:
        """Return what left one in reserve by the rule, nothing where it had room for it."""
        cause = standing.cause
        if row.outcome == PanelOutcome.DECLINE or standing.outcome is not Outcome.RESERVE or cause is None:
            return {}
        cap = cap_cause(self.round, self.same, standing.reference, self.given)
        if cause.why is Why.ORGANISATION or (cap is not None and not cap.left_pence):
            return {"why": "organisation"}
        if cause.why is Why.STOPPED:
            return {"why": "stopped", "stopped_at": cause.at[0]}
        return {"why": "left", "left_pence": cause.left_pence}


def as_it_met(session: Session, round_id: int, area: str | None = None) -> MeetingRows:
    """Return the meeting of an area, or (None) of all, with what was withdrawn after it.

    What the panel recommended was before it, whatever its applicant did since: minutes say nothing of that.
    Members are called apart, and as they were called when the area was signed.
    """
    held = meeting(session, round_id)
    advised = {row.application for row in recommendations(session, round_id)}
    rows = called_apart(replace(held.rows, members=held.panels.known(area)))
    every = (
        replace(one, withdrawn=one.withdrawn and one.reference not in advised) for one in rows.applications
    )
    return replace(held, rows=replace(rows, applications=tuple(every)))


def reserve_places(ranking: Ranking, advised: Mapping[str, RecommendationRow]) -> dict[str, Place]:
    """Return where each on the reserve list stands there, nothing where it is alone."""
    named = {of for of, row in advised.items() if row.outcome == PanelOutcome.RESERVE}
    found = dict[str, Place]()
    for _, group in _lists(ranking, [one for one in ranking.standings if one.reference in named]):
        places = [one.place or 0 for one in group]
        for one in group if len(group) > 1 else ():
            number = 1 + sum(other < (one.place or 0) for other in places)
            found[one.reference] = (number, len(group), places.count(one.place or 0) > 1)
    return found


def order_notes(of: Minuted, told: Collection[str]) -> Iterator[tuple[Texts, str]]:
    """Yield how equals and others came to where they are, and what was let past a rule.

    Each comes with those of the applications that are `told` which it is of: others may be named in it.
    """
    chosen = ((f"{words}.", (one, *of.ties[one].others)) for one, words in order_words(of.ties))
    waived = ((one, as_sentence(in_one_form(words))) for one, words in let_in(of.session, of.round_id))
    odd = out_of_order(of, of.advised, {}, TO_BE_FUNDED)
    alone = ((words, (one,)) for one, words in (*_below_minimum(of), *waived, *odd, *_changed_since(of)))
    for words, about in (*settled_ties(of.ranking), *chosen, *alone):
        here = tuple(one for one in about if one in told)
        if here:
            yield here, words


def _changed_since(of: Minuted) -> Iterator[TextPair]:
    """Yield what was recorded in the place of the panel's own recommendations: by whom, when and why."""
    back = {row.application: row for row in decisions(of.session, of.round_id) if row.verdict == "send_back"}
    for reference, own in of.own.items():
        was = own.row
        for change in own.changes:
            yield reference, MEETING.changed(was, change, change.row, back.get(reference))
            was = change.row or was


def settled_ties(ranking: Ranking) -> Iterator[tuple[str, Texts]]:
    """Yield how published rules, named as they are published, put equals in order, with their references.

    What all of them are funded in full by changed nothing; what the chair decided is told apart.
    """
    for _, listed_here in _lists(ranking, ranking.standings):
        for _, found in groupby(listed_here, _score):
            equals = list(found)
            rules = {one.place_by for one in equals if one.place_by}
            outcomes = {one.outcome for one in equals}
            if not rules - {BY_CHAIR} or outcomes in ({Outcome.FUND}, {Outcome.BELOW}):
                continue
            first, *others = [one.reference for one in equals]
            named = [rule_words(ranking.scheme, rule) for rule in tie_breaks(ranking.scheme) if rule in rules]
            yield MEETING.tied(equals[0], sorted([first, *others]), others, named), (first, *others)


def _below_minimum(told: Minuted) -> Iterator[TextPair]:
    """Yield which of those given money are below a minimum, by how much, and why the chair let it."""
    made = (one for one in told.round.chair_decisions if one.kind is ChairDecisionKind.EXCEPTION)
    why = by_application(made)
    for of in (of for of, pence in told.given.items() if pence and of in told.standings):
        if not told.standings[of].below_threshold:
            continue
        whole = with_whole_minimums(told.round.scheme, told.standings[of])
        if of in why:
            whose = f"An exception by {IN_PLACE}" if why[of].in_place else "The chair’s exception"
            yield of, f"{whose}: {of} {allowed_words(whole, as_sentence(why[of].reason))}"
        else:
            yield of, f"{of} is {departure_words(whole, is_allowed=False)}."


def rule_words(scheme: Scheme, rule: str) -> str:
    """Return a tie-break rule in words, a criterion by code and title: "A1 Need", "date received"."""
    titles = {one.code: one.title for one in scheme.criteria}
    words = tie_break(rule)
    return f"{words} {titles[words]}" if rule.startswith(CRITERION_RULE) and words in titles else words


def unasked(of: Minuted, minuted: Collection[str]) -> Iterator[Unasked]:
    """Yield the areas of a round without an item."""
    asked = {one.area for one in of.rows.applications}
    for area, pot in pots(of):
        if area not in minuted:
            yield Unasked(area, area in asked, pot)


def pots(of: Minuted) -> Iterator[tuple[str, Pot]]:
    """Yield each area with what is recommended of its pot."""
    given = given_by_area(of.rows, of.given)
    for use in of.pot_uses(of.given):
        over, taken = over_words(use, short_pounds), use.given_pence if use.parts else 0
        for area in use.areas:
            sums = use.pot_pence, use.committed_pence, given[area], use.left_pence
            yield area, Pot(*sums, use.shared_with, over, taken)


def is_incomplete(waits: str) -> bool:
    return waits.startswith(INCOMPLETE)


def _lists(ranking: Ranking, some: Iterable[Standing]) -> Iterator[tuple[Texts, list[Standing]]]:
    ranked = [one for one in some if one.place is not None]
    ranked.sort(key=lambda one: (areas_of_list(ranking, one), one.place, one.reference))
    for areas, group in groupby(ranked, lambda one: areas_of_list(ranking, one)):
        yield areas, list(group)


def _score(standing: Standing) -> int | None:
    return standing.total_1e2 if standing.price_pence is None else standing.price_pence
