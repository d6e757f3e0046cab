"""The minutes of a round's meetings, from the record."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from models.papers.minutes import NO_QUORUM, MinuteItem, Minutes, Presence, minutes
from models.papers.order import PaperOrder
from models.permissions.role import Role, is_asked_for_marks
from models.queries.applications.gates import let_in
from models.queries.deciding.decided_anew import decided_round, out_of_order
from models.queries.deciding.recommendations import recommendations
from models.queries.panel.meeting import MeetingRows, left_open, meeting, told_late
from models.queries.panel.panel import areas_served, called_apart
from models.queries.papers.declared_interests import in_place_sentences, interest_sentences
from models.queries.papers.minuted.items import (
    below_minimum,
    room_words,
    texts_on,
    unexplained,
    unrecorded,
    without_chair,
)
from models.queries.papers.minuted.pots import pot_sums, unasked
from models.queries.papers.minuted.results import Results, results_of
from models.queries.papers.paper_texts import letterhead, paper_texts
from models.queries.set_up.office import with_role
from models.session import Session
from models.values.rows import RoundRows, scored_round
from scoring.marks.meeting import Item, meeting_items, through_areas
from scoring.money import in_one_form
from scoring.ranking import Status
from scoring.refused import Refused
from scoring.round import is_in_the_running
from scoring.schedule.exceptions import INCOMPLETE, order_words
from scoring.schedule.values import Letterhead
from scoring.scheme import Combine
from scoring.written.days import with_full_days
from scoring.written.text import as_sentence, paragraphs

NO_CHAIR = "Who took the chair is not recorded"
LEFT_OPEN = "Left open at the meeting."


COUNT_LATER = "Not closed: what was marked counts once its checks are passed"


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
    told = results_of(session, order.round_id, held.rows)
    areas = {item.reference: item.area or "" for item in ordered}
    texts = paper_texts(session, order.round_id, order.kind)
    chaired = tuple(texts_on(paragraphs(texts.get("chaired")), held.rows, areas))
    chairs = tuple(one.name for one in held.rows.members if "chair" in one.role.casefold())
    silent = () if chaired else tuple(one.reference for one in ordered if without_chair(held, one))
    minuted = (_without_chair(item) if item.reference in silent else item for item in found.items)
    told_of = [told.with_result(item) for item in minuted]
    shut = {item.area for item in told_of if item.is_closed}
    every = tuple(replace(_or_open(item, shut), number=number) for number, item in enumerate(told_of, 1))
    seen = tuple(item for item in every if not _never_came(item, held.rows)) or every
    never = [item for item in every if item not in seen]
    came = tuple(map(_marked_ahead, seen))
    silently, why = _explained(
        held, unexplained(held, every, told.standings, said), paragraphs(texts.get("left_open"))
    )
    ahead = {item.reference for item in every if not (item.result or item.is_considered)}
    return replace(
        found,
        items=came,
        chairs=chairs,
        chaired=chaired,
        note_takers=with_role(session, order.round_id, Role.NOTE_TAKER),
        pots=tuple(pot_sums(session, order, told.given, {areas[of] for of in told.advised if of in areas})),
        unasked=()
        if order.area
        else tuple(unasked(session, order.round_id, held, {item.area for item in came})),
        unrecorded=tuple(unrecorded(held, areas_served(session, order.round_id), found.attendance)),
        unexplained=silently,
        left_open=(*found.left_open, *why),
        open_items=tuple(item.reference for item in came if _is_open(item, shut, told)),
        left_out=(*left_out_of(held, order.area), *(_lacking(item, told.missing) for item in never)),
        interests=tuple(
            interest_sentences(
                session, order.round_id, held.rows, list(areas), held.rooms, ahead, late=held.late
            )
        )
        + in_place_sentences(held.rows, areas),
        ties=tuple(_below_results(session, order.round_id, told, areas)),
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


def _is_open(item: MinuteItem, shut: Collection[str], told: Results) -> bool:
    """Whether the meeting left an item open; where nobody closes items those are that have no place."""
    is_settled = bool(item.result) or told.standings[item.reference].status is Status.RANKED
    return not item.is_closed and (item.area in shut or (item.is_considered and not is_settled))


def _explained(
    held: MeetingRows, silent: Iterable[tuple[str, str]], written: Sequence[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the items left open of which nobody wrote why, and by area why others were.

    What is written names the applications that it is of, or it is of all that were left open.
    """
    left, why = list[tuple[str, str]](), list[tuple[str, str]]()
    for area, items in groupby(silent, lambda one: one[0]):
        here = tuple(items)
        words = tuple(texts_on(written, held.rows, [of for _, of in here]))
        if words:
            why.append((area, " ".join(map(as_sentence, words))))
        else:
            left += here
    return tuple(left), tuple(why)


def _never_came(item: MinuteItem, rows: RoundRows) -> bool:
    """Whether an item was not before the panel: its applicant sent too little, and nobody marked it."""
    marked = {sheet.application for sheet in rows.sheets if any(mark is not None for mark in sheet.marks)}
    is_seen = item.is_closed or item.reference in marked | {one.application for one in rows.agreed}
    return not item.result and not is_seen and item.waits.startswith(INCOMPLETE)


def _marked_ahead(item: MinuteItem) -> MinuteItem:
    """Return an item that waits for its checks and was marked, with what becomes of its marks."""
    is_marked = any(line.agreed is not None for line in item.lines)
    waits = is_marked and not item.is_closed and not item.result and item.waits.startswith(INCOMPLETE)
    return replace(item, waits=f"{item.waits.rstrip('.')}. {COUNT_LATER}") if waits else item


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
            yield f"{one.reference} {one.organisation}", with_full_days(in_one_form(reason))


def _below_results(
    session: Session, round_id: int, told: Results, areas: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what stands below the results of an area: how equals and others came to where they are."""
    yield from _ties(told, areas)
    given = [of for of, pence in told.given.items() if pence]
    yield from below_minimum(told.round_, told.standings, given, areas)
    for of, words in let_in(session, round_id):
        if of in areas:
            yield areas[of], as_sentence(in_one_form(words))
    for one in out_of_order(session, decided_round(session, round_id), recommended=True):
        if one.application in areas:
            yield one.area, one.words


def _ties(told: Results, areas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield how equals came to their order, each with the first area of them that is minuted here."""
    chosen = ((f"{words}.", (of, *told.ties[of].others)) for of, words in order_words(told.ties))
    for words, equals in (*told.equals, *chosen):
        here = [areas[of] for of in equals if of in areas]
        if here:
            yield here[0], words


def minutes_of(
    held: MeetingRows,
    items: tuple[Item, ...],
    area: str | None,
    head: tuple[str, Letterhead],
    reasons: Mapping[str, str] | None = None,
) -> Minutes:
    """Return the minutes of these items, in their order; `reasons` say by area why items were left open."""
    from models.papers.agreement import (  # no record waits for numpy to open
        agreement_sentences,
        moved_sentences,
    )

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
    told = tuple(
        replace(_in_room(item, words), late=told_late(held.late, item.reference, names))
        for item, words in zip(found.items, rooms, strict=True)
    )
    is_agreed = found.combine is Combine.CONSENSUS
    return replace(
        found,
        agreement=(*found.agreement, *(moved_sentences(items, told) if is_agreed else ())),
        advisers=tuple(one.name for one in held.rows.members if not is_asked_for_marks(one.role)),
        items=told,
    )


def _in_room(item: MinuteItem, words: str) -> MinuteItem:
    return replace(item, room=words, waits=words if words.startswith(NO_QUORUM) else item.waits)


def _named(names: Mapping[str, str], codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(names.get(code, code) for code in codes)
