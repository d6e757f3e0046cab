"""The minutes of a round's meetings, from the record."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.minutes import NO_QUORUM, MinuteItem, Minutes, Presence, minutes
from models.papers.order import PaperOrder
from models.permissions.role import Role, is_asked_for_marks
from models.queries.applications.let_in import let_in
from models.queries.applications.missing import missing_words
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.as_decided import decided_round
from models.queries.deciding.passed_over import out_of_order
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.queries.panel.areas_served import areas_served
from models.queries.panel.meeting import MeetingRows, left_open, meeting
from models.queries.panel.namesakes import called_apart
from models.queries.papers.declared_interests import interest_sentences
from models.queries.papers.items_of_minutes import (
    below_minimum,
    left_words,
    missed_minimums,
    reserve_orders,
    room_words,
    scores,
    settled_ties,
    texts_on,
    unexplained,
    unrecorded,
    without_chair,
)
from models.queries.papers.letter_parts.part_offers import less_because
from models.queries.papers.letter_parts.reserves import by_pot
from models.queries.papers.letterhead import letterhead
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.people import with_role
from models.session import Session
from models.values.rows import ApplicationRow, RoundRows, scored_round
from scoring.allocating.over_pot import PotUse, over_words, pot_words
from scoring.allocating.own_cap import own_cap_words
from scoring.allocating.rule_notes import note_words, printed_note
from scoring.marks.meeting import Item, meeting_items
from scoring.marks.running_order import through_areas
from scoring.money import short_pounds, without_noughts
from scoring.rank import rank
from scoring.ranking import Outcome, Standing, Status
from scoring.refused import Refused
from scoring.round import Round, is_in_the_running
from scoring.schedule.chair_ties import ChairTie, chair_ties, order_words
from scoring.schedule.letterhead import Letterhead
from scoring.schedule.lines import PanelOutcome
from scoring.schedule.not_ranked import INCOMPLETE, why_not_ranked
from scoring.written.days import with_full_days
from scoring.written.text import as_sentence, as_sentences, paragraphs, with_capital

NO_CHAIR = "Who took the chair is not recorded"
LEFT_OPEN = "Left open at the meeting."
TO_RECOMMEND = "What the panel recommends is not recorded yet"


def round_minutes(session: Session, order: PaperOrder) -> Minutes:
    """Return the minutes of a round or of one area, its items in the order with the fewest exits."""
    assert order.round_id is not None, "minutes are of a round"
    held = as_it_met(session, order.round_id)
    items = [
        item
        for item in meeting_items(scored_round(held.rows), held.members)
        if order.area in (None, item.area)
    ]
    if not items:
        raise Refused("There is no application to minute there: none came, or none that is eligible.")
    head = letterhead(session, order.kind, order.today)
    ordered = through_areas(items, [area.name for area in held.line.areas])
    said = left_open(session, order.round_id)
    found = minutes_of(held, ordered, order.area, head, said)
    told = _told(session, order.round_id, held.rows)
    areas = {item.reference: item.area or "" for item in ordered}
    given = [of for of, pence in told.given.items() if pence]
    written = paragraphs(paper_texts(session, order.round_id, order.kind).get("chaired"))
    chaired = tuple(texts_on(written, held.rows, areas))
    chairs = tuple(one.name for one in held.rows.members if "chair" in one.role.casefold())
    silent = () if chaired else tuple(one.reference for one in ordered if without_chair(held, one))
    minuted = (_without_chair(item) if item.reference in silent else item for item in found.items)
    told_of = [told.with_result(item) for item in minuted]
    shut = {item.area for item in told_of if item.is_closed}
    every = tuple(replace(_or_open(item, shut), number=number) for number, item in enumerate(told_of, 1))
    came = tuple(item for item in every if not _never_came(item, held.rows)) or every
    never = [item for item in every if item not in came]
    ahead = {item.reference for item in every if not (item.result or item.is_considered)}
    return replace(
        found,
        items=came,
        chairs=chairs,
        chaired=chaired,
        note_takers=with_role(session, order.round_id, Role.NOTE_TAKER),
        pots=tuple(_pots(session, order, told.given, {areas[of] for of in told.advised if of in areas})),
        unasked=()
        if order.area
        else tuple(_unasked(session, order.round_id, held, {item.area for item in came})),
        unrecorded=tuple(unrecorded(held, areas_served(session, order.round_id), found.attendance)),
        unexplained=tuple(unexplained(held, every, told.standings, said)),
        left_out=(*left_out_of(held, order.area), *(_lacking(item, told.missing) for item in never)),
        interests=tuple(
            interest_sentences(session, order.round_id, held.rows, list(areas), held.rooms, ahead)
        ),
        ties=(
            *_ties(told, areas),
            *below_minimum(told.round_, told.standings, given, areas),
            *(
                (areas[of], as_sentence(without_noughts(words)))
                for of, words in let_in(session, order.round_id)
                if of in areas
            ),
            *(
                (one.area, one.words)
                for one in out_of_order(session, decided_round(session, order.round_id), recommended=True)
                if one.application in areas
            ),
        ),
    )


def as_it_met(session: Session, round_id: int) -> MeetingRows:
    """Return a meeting with what was withdrawn after it; members are called apart.

    What the panel recommended was before it, whatever its applicant did since: minutes say nothing of that.
    """
    held, advised = meeting(session, round_id), recommendations(session, round_id)
    held = replace(held, rows=called_apart(held.rows))
    every, seen = held.rows.applications, {row.application for row in advised}
    gone = frozenset(one.reference for one in every if one.withdrawn and one.reference in seen)
    rows = tuple(replace(one, withdrawn=False) if one.reference in gone else one for one in every)
    return replace(held, rows=replace(held.rows, applications=rows)) if gone else held


def _or_open(item: MinuteItem, shut: Collection[str]) -> MinuteItem:
    """Return an item whose result says so where the meeting left it open, as it `shut` others of its area."""
    is_open = item.result and not item.is_closed and item.area in shut
    return replace(item, result=f"{LEFT_OPEN} {item.result}") if is_open else item


def _never_came(item: MinuteItem, rows: RoundRows) -> bool:
    """Whether an item was not before the panel: its applicant sent too little, and nobody marked it."""
    marked = {sheet.application for sheet in rows.sheets if any(mark is not None for mark in sheet.marks)}
    is_seen = item.is_closed or item.reference in marked | {one.application for one in rows.agreed}
    return not item.result and not is_seen and item.waits.startswith(INCOMPLETE)


def _lacking(item: MinuteItem, missing: Mapping[str, str]) -> tuple[str, str]:
    why = missing[item.reference].removeprefix(INCOMPLETE)
    return f"Item {item.number}, {item.reference} {item.organisation}", f"{INCOMPLETE.lower()}{why}"


def _without_chair(item: MinuteItem) -> MinuteItem:
    return replace(item, room=". ".join(filter(None, (item.room, NO_CHAIR))))


def left_out_of(held: MeetingRows, area: str | None) -> Iterator[tuple[str, str]]:
    """Yield the applications that are not in the running, each with why."""
    for one in scored_round(held.rows).applications:
        if area in (None, one.area) and not is_in_the_running(one.eligibility, is_withdrawn=one.withdrawn):
            reason = "withdrawn" if one.withdrawn else one.eligibility_reason.rstrip(".") or "a gate failed"
            yield f"{one.reference} {one.organisation}", with_full_days(without_noughts(reason))


def _ties(told: "_Told", areas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield how equals came to their order, each with the first area of them that is minuted here."""
    chosen = ((f"{words}.", (of, *told.ties[of].others)) for of, words in order_words(told.ties))
    for words, equals in (*told.equals, *chosen):
        here = [areas[of] for of in equals if of in areas]
        if here:
            yield here[0], words


def _pots(
    session: Session, order: PaperOrder, given: Mapping[str, int], advised: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield of each area that is recommended on what its pot is, and what is left of it or over it."""
    assert order.round_id is not None, "minutes are of a round"
    for use in pot_uses(session, order.round_id, given):
        if use.area not in advised or order.area not in (None, use.area):
            continue
        pot = f"{pot_words(use, short_pounds)}{_before(use)}"
        if not use.given_pence:
            yield use.area, f"nothing is recommended, and {_left(use)}."
            continue
        over = over_words(use, short_pounds)
        left = short_pounds(use.left_pence) if use.left_pence else "nothing"
        rest = f"that is {over}" if over else f"{left} of it is left"
        yield use.area, f"It comes out of {pot}; {rest}."


def _before(use: PotUse) -> str:
    if not use.committed_pence:
        return ""
    return f", of which {short_pounds(use.committed_pence)} was committed before"


def _left(use: PotUse) -> str:
    """Return what is left of a pot of which nothing is given here."""
    pot = pot_words(use, short_pounds)
    if not use.committed_pence:
        return f"{pot} is left"
    left = short_pounds(use.left_pence) if use.left_pence else "nothing"
    return f"{left} is left of {pot}, since {short_pounds(use.committed_pence)} was committed before"


def _unasked(session: Session, round_id: int, held: MeetingRows, minuted: Collection[str]) -> Iterator[str]:
    """Yield of each area of a round without an item that it has none, and what its pot was."""
    asked = {one.area for one in held.rows.applications}
    for use in pot_uses(session, round_id, {}):
        if use.area not in minuted:
            none = "none of its applications was before the panel" if use.area in asked else "no applications"
            yield f"{use.area}: {none}{f', and {_left(use)}' if use.pot_pence else ''}."


class _Told(NamedTuple):
    """What the results of items are told from, by application; `given` is what is recommended, in pence."""

    round_: Round
    advised: Mapping[str, RecommendationRow]
    asked: Mapping[str, ApplicationRow]
    standings: Mapping[str, Standing]
    missing: Mapping[str, str]
    given: Mapping[str, int]
    ties: Mapping[str, ChairTie]
    orders: Mapping[str, str]
    scores: Mapping[str, str]
    equals: tuple[tuple[str, tuple[str, ...]], ...]

    def with_result(self, item: MinuteItem) -> MinuteItem:
        of, scheme = item.reference, self.round_.scheme
        tie = self.ties.get(of)
        item = replace(item, tie=f"{with_capital(tie.words)}." if tie else "", score=self.scores.get(of, ""))
        row, standing = self.advised.get(of), self.standings[of]
        if row is None or of not in self.asked:
            waits = self._waits(standing)
            return replace(item, waits=(waits.startswith(INCOMPLETE) and waits) or item.waits or waits)
        applied, amount = self.asked[of], row.amount_pence or 0
        less = less_because(scheme, applied, standing, amount)
        why = less if amount else self._without(row, standing)
        words = result_words(row, applied.requested_pence, why, self.orders.get(of, ""))
        return replace(item, result=words, recommended_pence=amount)

    def _waits(self, standing: Standing) -> str:
        if standing.status is Status.RANKED:
            return TO_RECOMMEND
        judged = [one.code for one in self.round_.scheme.judged]
        missing = self.missing.get(standing.reference, "")
        return why_not_ranked(standing.status, standing.reasons, judged, missing)

    def _without(self, row: RecommendationRow, standing: Standing) -> str:
        """Return why the rule left one without money: the minimum it missed, or why it waits in reserve.

        It is "" where the rule had room for it.
        """
        if row.outcome == PanelOutcome.DECLINE:
            return "; ".join(missed_minimums(self.round_.scheme, standing))
        if standing.outcome is not Outcome.RESERVE:
            return ""
        note = note_words(standing, self.round_.scheme)
        own = own_cap_words(self.round_, standing.reference, self.given)
        return "; ".join(filter(None, (without_noughts(printed_note(left_words(note))), own)))


def _told(session: Session, round_id: int, rows: RoundRows) -> _Told:
    scored, advised = scored_round(rows), recommendations(session, round_id)
    ranking, by = rank(scored), {row.application: row for row in advised}
    return _Told(
        scored,
        by,
        by_pot(rows),
        {one.reference: one for one in ranking.standings},
        missing_words(session, round_id),
        {row.application: row.amount_pence or 0 for row in advised},
        chair_ties(scored, ranking),
        reserve_orders(ranking, by),
        scores(ranking, by),
        tuple(settled_ties(ranking)),
    )


def result_words(row: RecommendationRow, asked_pence: int, why: str = "", order: str = "") -> str:
    """Return what the panel recommends in a sentence, with its reason.

    `why` is the rule's own: why an application is in reserve, which minimum it missed, or why less is
    offered than was asked; `order` is where it stands in reserve.
    """
    amount = 0 if row.amount_pence is None else row.amount_pence
    given = f"Recommended for {short_pounds(amount)}"
    part = f"{given} of the {short_pounds(asked_pence)} asked{f', {why}' if why else ''}"
    said = {
        "fund": part if amount < asked_pence else given,
        "part_fund": part,
        "reserve": f"Put on the reserve list{f', {order}' if order else ''}{f': {why}' if why else ''}",
        "decline": f"Not recommended{f': {why}' if why else ''}",
        "defer": "Put off to another meeting",
        "refer": "Referred to another fund",
    }[row.outcome]
    return f"{said}. {as_sentences(row.reason)}".rstrip()


def minutes_of(
    held: MeetingRows,
    items: tuple[Item, ...],
    area: str | None,
    head: tuple[str, Letterhead],
    reasons: Mapping[str, str] | None = None,
) -> Minutes:
    """Return the minutes of these items, in their order; `reasons` say by area why items were left open."""
    from models.papers.agreement import agreement_sentences  # no record waits for numpy to open

    held = replace(held, rows=called_apart(held.rows))
    names = {member.code: member.name for member in held.rows.members}
    here = {item.reference for item in items}
    attendance = [Presence(of, names.get(code, code), state) for of, code, state in held.attendance]
    found = minutes(
        held.rows,
        items,
        head=head,
        area=area,
        attendance=tuple(row for row in attendance if area in (None, row.area)),
        confirmed=tuple((row.area, row.by, row.at) for row in held.confirmed if area in (None, row.area)),
        closed=held.closed,
        marking=held.line.marking,
        agreement=agreement_sentences(held.rows, here),
        present={of: _named(names, room.present) for of, room in held.rooms.items()},
        decided={of: _named(names, room.decided) for of, room in held.rooms.items()},
        held=tuple((of, met.words) for of, met in held.held.items() if area in (None, of)),
        planned=tuple((of, day) for of, day in held.planned.items() if area in (None, of)),
        left_open=tuple((of, why) for of, why in (reasons or {}).items() if area in (None, of)),
    )
    rooms = (room_words(held, item) for item in items)
    return replace(
        found,
        advisers=tuple(one.name for one in held.rows.members if not is_asked_for_marks(one.role)),
        items=tuple(map(_in_room, found.items, rooms)),
    )


def _in_room(item: MinuteItem, words: str) -> MinuteItem:
    return replace(item, room=words, waits=words if words.startswith(NO_QUORUM) else item.waits)


def _named(names: Mapping[str, str], codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(names.get(code, code) for code in codes)
