"""The facts of the minutes of a round's meetings, from the record."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from models.papers.minutes import (
    SIGNS,
    AnnexOfMarks,
    AreaResults,
    Came,
    Deciding,
    Interest,
    LeftOpen,
    MarkedItem,
    MinuteItem,
    MinuteLine,
    Minutes,
    Partly,
    Person,
    Sitting,
    Spread,
    counting_values,
    minute_lines,
    with_names,
)
from models.papers.order import PaperOrder
from models.queries.deciding.decisions import recommendations
from models.queries.panel.meeting import MeetingRows, left_open, marked_by, meeting
from models.queries.panel.panel import Served, areas_served, declared_on, serves
from models.queries.papers.minuted import (
    Results,
    has_taken_part,
    is_incomplete,
    order_notes,
    pots,
    unasked,
)
from models.queries.papers.paper_texts import letterhead, paper_texts
from models.queries.set_up.office import with_role
from models.role import Role, is_asked_for_marks
from models.session import Session
from models.values.rounds import STAGES
from models.values.rows import WITHDRAWN_ON, InterestRow, RoundRows, called_apart, scored_round
from scoring.marks.meeting import FLAGGED_FROM, Item, Sign, meeting_items, reopened_words, through_areas
from scoring.money import half_up, in_one_form
from scoring.ranking import Status
from scoring.round import InterestKind, is_in_the_running
from scoring.schedule.exceptions import INCOMPLETE
from scoring.scheme import Combine
from scoring.written.days import with_full_days
from scoring.written.text import Refused, as_sentence, paragraphs

NO_QUORUM = "No quorum: {} could take part, and the quorum is {}"
COUNT_LATER = "Not closed: what was marked counts once its checks are passed"
_WORD = re.compile(r"\w(?:[\w/.-]*\w)?")
"""A word as a reference is one: "ACF-003"."""


class _Minuted:
    """The items of a meeting: `found` as they stand, `every` in the order of exits, `items` those it saw."""

    def __init__(self, session: Session, order: PaperOrder) -> None:
        self.held = held = as_it_met(session, order.of_round)
        every = meeting_items(scored_round(held.rows), held.members)
        self.found = [item for item in every if order.area in (None, item.area)]
        if not self.found:
            raise Refused("There is no application to minute there: none came, or none that is eligible.")
        ordered = through_areas(self.found, [area.name for area in held.line.areas])
        self.told = Results(session, order.of_round, held.rows)
        self.lines = _lines(held, self.found)
        self.every = _items(held, ordered, self.lines, self.told)
        self.items = tuple(one for one in self.every if not _never_came(one, held.rows)) or self.every
        self.marked = tuple(one for one in self.items if _is_marked(one, self.lines[one.reference]))


def annex_of_marks(session: Session, order: PaperOrder) -> AnnexOfMarks:
    """Return the marks of what the minutes of a round or of one area tell of, in the same order."""
    minuted = _Minuted(session, order)
    if not minuted.marked:
        raise Refused("Nothing is marked there yet, so the minutes have no annex of marks.")
    held, lines, names = minuted.held, minuted.lines, _names(minuted.held)
    office, head = letterhead(session, order.kind, order.today)
    return AnnexOfMarks(
        office=office,
        letterhead=head,
        fund=held.rows.fund,
        round=held.rows.name,
        year=held.rows.year,
        area=order.area,
        marking=held.line.marking,
        members=tuple(names[code] for code in held.members),
        combine=held.rows.scheme.combine,
        items=tuple(
            MarkedItem(of.reference, of.organisation, lines[of.reference], of.is_considered, of.is_short)
            for of in minuted.marked
        ),
    )


def round_minutes(session: Session, order: PaperOrder) -> Minutes:
    """Return the minutes of a round or of one area, its items in the order with the fewest exits."""
    minuted = _Minuted(session, order)
    held, told, items = minuted.held, minuted.told, minuted.items
    texts = paper_texts(session, order.of_round, order.kind)
    areas, here = {item.reference: item.area for item in minuted.every}, {item.area for item in items}
    asked = {one.area for one in held.rows.applications}
    chaired = tuple(texts_on(paragraphs(texts.get("chaired")), held.rows, areas))
    office, head = letterhead(session, order.kind, order.today)
    names = _names(held)
    ahead = {item.reference for item in items if not (item.outcome or item.is_considered)}
    chairs = [one.name for one in held.rows.members if "chair" in one.role.casefold()]
    said = left_open(session, order.of_round)
    lacks = {of: why.removeprefix(INCOMPLETE) for of, why in told.missing.items()}
    spoken = {row.member for row in held.rows.interests}
    interested = {
        row.member for row in held.rows.interests if row.application in areas and row.kind.is_conflict
    }
    return Minutes(
        office=office,
        letterhead=head,
        fund=held.rows.fund,
        round=held.rows.name,
        year=held.rows.year,
        area=order.area,
        marking=held.line.marking,
        quorum=held.rows.scheme.quorum,
        has_annex=bool(minuted.marked),
        results=tuple(_results(session, order, told, items, areas)),
        sittings=_sittings(held, items, areas_served(session, order.of_round), order),
        chaired=chaired,
        unchaired=()
        if chaired
        else tuple(
            one.reference for one in minuted.found if one.reference in areas and without_chair(held, one)
        ),
        partly=tuple(_partly(held, items)),
        left_open=tuple(_left_open(held, told, items, said, paragraphs(texts.get("left_open")))),
        interests=tuple(_interests(session, order.of_round, held, areas, ahead)),
        without=tuple(name for code, name in names.items() if code in spoken - interested),
        silent=tuple(name for code, name in names.items() if code not in spoken),
        in_place=tuple(_in_place(held, areas)),
        unasked=() if order.area else tuple(unasked(session, order.of_round, asked, here)),
        left_out=(
            *left_out_of(held, order.area),
            *(
                (f"{of.reference} {of.organisation}", f"{INCOMPLETE.lower()}{lacks[of.reference]}")
                for of in minuted.every
                if of not in items
            ),
        ),
        deciding=tuple(_deciding(held, items, minuted.lines)),
        spread=_spread(minuted.found),
        confirmed=tuple(
            (row.area, row.by, row.at) for row in held.confirmed if order.area in (None, row.area)
        ),
        chair=chairs[0] if chairs else "",
        note_taker=next(iter(with_role(session, order.of_round, Role.NOTE_TAKER)), ""),
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


def _items(
    held: MeetingRows, ordered: Sequence[Item], lines: Mapping[str, tuple[MinuteLine, ...]], told: Results
) -> tuple[MinuteItem, ...]:
    found = [_item(held, item, lines[item.reference]) for item in ordered]
    found = [replace(one, **told.with_result(one)) for one in found]
    shut = {one.area for one in found if one.is_closed}
    return tuple(
        replace(one, waits=_waits(one), is_open=bool(one.outcome and not one.is_closed and one.area in shut))
        for one in found
    )


def _lines(held: MeetingRows, found: Iterable[Item]) -> dict[str, tuple[MinuteLine, ...]]:
    rows, values = held.rows, counting_values(held.rows)
    agreed = {row.application: row for row in rows.agreed}
    has_values = rows.scheme.combine is not Combine.CONSENSUS
    return {
        item.reference: minute_lines(
            item,
            agreed.get(item.reference),
            {r.criterion: r.reason for r in rows.not_applicable if r.application == item.reference},
            values.get(item.reference, {}) if has_values else None,
        )
        for item in found
    }


def _item(held: MeetingRows, item: Item, lines: Sequence[MinuteLine]) -> MinuteItem:
    rows, names, of = held.rows, _names(held), item.reference
    agreed = next((row for row in rows.agreed if row.application == of), None)
    room, able, quorum = held.rooms.get(of), held.able(item), rows.scheme.quorum
    is_short = able is not None and len(able) < quorum
    return MinuteItem(
        reference=of,
        organisation=item.organisation,
        area=item.area or "",
        not_agreed=tuple(line.criterion for line in lines if not line.is_settled),
        is_considered=of in held.closed or any(line.has_agreed_mark for line in lines),
        away=_named(names, item.away),
        abstained=_named(names, item.abstained),
        withdrawn=tuple(
            (names.get(row.member, row.member), row.detail.strip())
            for row in rows.interests
            if row.application == of and row.kind is InterestKind.NONE and row.detail.startswith(WITHDRAWN_ON)
        ),
        present=None if room is None else _named(names, room.present),
        decided=None if room is None else _named(names, room.decided),
        able=None if able is None else _named(names, able),
        is_short=is_short,
        waits=NO_QUORUM.format(len(able or ()), quorum) if is_short else "",
        is_closed=of in held.closed,
        dissent="" if agreed is None else with_names(agreed.dissent, names, rows),
        reopened=reopened_words(item, names),
    )


def _waits(item: MinuteItem) -> str:
    is_marked = item.is_considered and not item.is_closed
    waits = is_marked and not item.outcome and is_incomplete(item.waits)
    return f"{item.waits.rstrip('.')}. {COUNT_LATER}" if waits else item.waits


def _results(
    session: Session,
    order: PaperOrder,
    told: Results,
    items: Sequence[MinuteItem],
    areas: Mapping[str, str],
) -> Iterator[AreaResults]:
    notes = order_notes(session, order.of_round, told, areas)
    used = pots(session, order, told, {areas[of] for of in told.advised if of in areas})
    for area, here in groupby(items, lambda one: one.area):
        own = tuple(words for of, words in notes if of == area)
        yield AreaResults(area, tuple(here), used.get(area), own)


def _sittings(
    held: MeetingRows, items: Sequence[MinuteItem], served: Served, order: PaperOrder
) -> tuple[Sitting, ...]:
    areas = tuple(dict.fromkeys(item.area for item in items))
    found: dict[Sitting, list[str]] = {}
    for area in areas:
        found.setdefault(_sitting(held, area, items, served, order.today), []).append(area)
    is_one = order.area is not None or len(found) == 1
    return tuple(replace(one, areas=() if is_one else tuple(of)) for one, of in found.items())


def _sitting(
    held: MeetingRows, area: str, items: Sequence[MinuteItem], served: Served, today: date
) -> Sitting:
    """Return when an area met and who came: also who was there as an item closed, whatever is recorded."""
    names, met, planned = _names(held), held.held.get(area), held.planned.get(area)
    states = {code: state for of, code, state in held.attendance if of == area}
    came = {name for item in items if item.area == area for name in item.present or ()}
    there = [code for code, state in states.items() if state == "present"]
    there += [code for code, state in states.items() if state == "absent" and names[code] in came]
    away = [code for code in states if code not in there]
    silent = [code for code in held.members if states and code not in states and serves(served, code, area)]
    roles = {one.code: one for one in held.rows.members}
    return Sitting(
        areas=(),
        held_on=met.held_on if met else None,
        begins=met.begins if met else "",
        ends=met.ends if met else "",
        place=met.place if met else "",
        planned_on=planned,
        is_over=bool(there) or planned is None or planned < today,
        present=tuple(_person(roles[code].role, names[code]) for code in there),
        apologies=tuple(_person(roles[code].role, names[code]) for code in away),
        unrecorded=tuple(names[code] for code in silent),
        is_whole=set(states.values()) == {"present"} and states.keys() >= set(held.members),
    )


def _person(role: str, name: str) -> Person:
    is_chair = "chair" in role.casefold()
    return Person(name, "chair" if is_chair else "" if is_asked_for_marks(role) else "adviser")


def _partly(held: MeetingRows, items: Sequence[MinuteItem]) -> Iterator[Partly]:
    """Yield of each area who was there for some of its items and not for others.

    Whoever is out of the room for an interest is not missing there: that stands with the declarations.
    """
    names = _names(held)
    for area in dict.fromkeys(item.area for item in items):
        closed = [item for item in items if item.area == area and item.present is not None]
        now = {names[code] for code in held.present(area)}
        for name in dict.fromkeys(name for item in closed for name in item.present or ()):
            asked = [item for item in closed if name not in item.away]
            there = tuple(item.reference for item in asked if name in (item.present or ()))
            missed = tuple(item.reference for item in asked if item.reference not in there)
            if not missed and name not in now:
                yield Partly(name, "left", there)
            elif missed:
                yield Partly(name, *(("only", there) if len(there) < len(missed) else ("not", missed)))


def _left_open(
    held: MeetingRows,
    told: Results,
    items: Sequence[MinuteItem],
    said: Mapping[str, str],
    written: Sequence[str],
) -> Iterator[LeftOpen]:
    """Yield of each area that went on to its recommendations which items were open, and why.

    What is written names the applications that it is of, or it is of all that were left open. Where nobody
    closes items, as in a round that is kept in a workbook, those are open that have no place.
    """
    shut = {item.area for item in items if item.is_closed}
    past = STAGES.index("meeting")
    gone = {one.name for one in held.line.areas if STAGES.index(one.stage) > past}
    for area in dict.fromkeys(item.area for item in items):
        here = [item for item in items if item.area == area and not item.is_closed]
        waits = [one for one in here if one.is_considered and not one.outcome]
        waits = [one for one in waits if told.standings[one.reference].status is not Status.RANKED]
        if area in said:
            open_ = here if area in shut else waits
            yield LeftOpen(area, tuple(one.reference for one in open_), said[area])
            continue
        silent = tuple(one.reference for one in waits if not is_incomplete(one.waits))
        if silent and area in gone:
            yield LeftOpen(area, silent, " ".join(map(as_sentence, texts_on(written, held.rows, silent))))


def _interests(
    session: Session, round_id: int, held: MeetingRows, of: Collection[str], ahead: Collection[str]
) -> Iterator[Interest]:
    """Yield what members declared on some applications; nobody took no part yet in what is still `ahead`.

    Of one who had marked it is said that the sheet is not counted, never that they took no part; of an
    interest declared after its item closed with the member among those who decided it, that they had taken
    part.
    """
    names, days, marked = _names(held), declared_on(session, round_id), marked_by(held.rows)
    for row in held.rows.interests:
        key = (row.member, row.application or "")
        if row.application not in of or row.kind is InterestKind.NONE:
            continue
        late = held.late.get(key)
        yield Interest(
            names.get(row.member, row.member),
            key[1],
            row.kind.value,  # type: ignore[arg-type]
            days.get(key),
            _came(held, row, ahead),
            late is not None and late.at_meeting,
            key in marked,
        )


def _came(held: MeetingRows, row: InterestRow, ahead: Collection[str]) -> Came:
    key = (row.member, row.application or "")
    if row.kind is InterestKind.ABSTAINED:
        return "abstained"
    if has_taken_part(held.rooms, *key):
        return "after"
    return "late" if key in held.late else "ahead" if row.application in ahead else "none"


def _in_place(held: MeetingRows, of: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    ruled = dict[str, list[str]]()
    for row in held.rows.chair_decisions:
        if row.ruled_by and row.application in of:
            ruled.setdefault(_names(held).get(row.ruled_by, row.ruled_by), []).append(row.application)
    return ((name, tuple(applications)) for name, applications in ruled.items())


def _deciding(
    held: MeetingRows, items: Sequence[MinuteItem], lines: Mapping[str, Sequence[MinuteLine]]
) -> Iterator[Deciding]:
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for item in items:
        if item.decided is not None:
            found.setdefault(("agreed", item.decided), []).append(item.reference)
        elif item.able is not None and (item.is_considered or item.is_short):
            found.setdefault(("short" if item.is_short else "able", item.able), []).append(item.reference)
        elif item.able is None and held.rows.scheme.quorum and _is_marked(item, own := lines[item.reference]):
            columns = zip(held.members, zip(*(line.marks for line in own), strict=True), strict=False)
            who = [code for code, marks in columns if any(mark[:1].isdigit() for mark in marks)]
            names = _named(_names(held), who)
            found.setdefault(("marked", names), []).append(item.reference)
    for (how, names), references in sorted(found.items(), key=lambda one: len(one[1])):
        yield Deciding(how, names, tuple(references))  # type: ignore[arg-type]


def _is_marked(item: MinuteItem, lines: Iterable[MinuteLine]) -> bool:
    return item.is_considered or any(mark != SIGNS[Sign.NONE] for line in lines for mark in line.marks)


def _spread(items: Iterable[Item]) -> Spread:
    lines = (line for item in items for line in item.lines if not line.is_not_applicable)
    found = [line.spread for line in lines if line.spread is not None]
    differed = sum(spread >= FLAGGED_FROM for spread in found)
    average = half_up(100 * sum(found), len(found)) if found else 0
    return Spread(len(found), differed, max(found, default=0), average)


def without_chair(held: MeetingRows, item: Item) -> bool:
    """Whether an item was considered without the panel's chair in the room, as far as it is recorded."""
    chairs = {member.code for member in held.rows.members if "chair" in member.role.casefold()}
    room = held.rooms.get(item.reference)
    there = held.present(item.area) if room is None else frozenset(room.present)
    late = set() if room is None else set(room.decided)
    is_considered = item.reference in held.closed or any(line.agreed is not None for line in item.lines)
    return bool(chairs and there and is_considered) and not chairs & (there - (set(item.away) - late))


def texts_on(texts: Iterable[str], rows: RoundRows, references: Collection[str]) -> Iterator[str]:
    """Yield the texts but those that name applications of the round of which none is minuted here."""
    every = {row.reference for row in rows.applications}
    for text in texts:
        named = every.intersection(_WORD.findall(text))
        if not named or named.intersection(references):
            yield text


def left_out_of(held: MeetingRows, area: str | None) -> Iterator[tuple[str, str]]:
    for one in scored_round(held.rows).applications:
        if area in (None, one.area) and not is_in_the_running(one.eligibility, is_withdrawn=one.withdrawn):
            reason = "withdrawn" if one.withdrawn else one.eligibility_reason.rstrip(".") or "a gate failed"
            yield f"{one.reference} {one.organisation}", with_full_days(in_one_form(reason))


def _never_came(item: MinuteItem, rows: RoundRows) -> bool:
    marked = {sheet.application for sheet in rows.sheets if any(mark is not None for mark in sheet.marks)}
    is_seen = item.is_closed or item.reference in marked | {one.application for one in rows.agreed}
    return not item.outcome and not is_seen and is_incomplete(item.waits)


def _names(held: MeetingRows) -> dict[str, str]:
    return {member.code: member.name or member.code for member in held.rows.members}


def _named(names: Mapping[str, str], codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(names.get(code, code) for code in codes)
