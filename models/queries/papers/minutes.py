"""The facts of the minutes of a round's meetings, from the record."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec.structs import replace

from models.papers.minutes import (
    SIGNS,
    AnnexOfMarks,
    AreaResults,
    Came,
    Deciding,
    How,
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
    minute_line,
    with_columns,
    with_names,
)
from models.papers.order import PaperOrder, TextPair, TextPairs, Texts
from models.queries.panel.meeting import MeetingRows, left_open, marked_by
from models.queries.panel.panel import declared_on
from models.queries.papers.minuted import (
    Minuted,
    after_taking_part,
    is_incomplete,
    order_notes,
    pots,
    unasked,
)
from models.queries.papers.paper_texts import paper_head, paper_texts
from models.queries.set_up.office import with_role
from models.role import Role, is_asked_for_marks
from models.session import Session
from models.values.rounds import AFTER_MEETING
from models.values.rows import WITHDRAWN_ON, AgreedRow, RoundRows, gathered, scored_round
from scoring.marks.meeting import FLAGGED_FROM, Item, Sign, reopened_words
from scoring.money import half_up, in_one_form
from scoring.round import InterestKind, is_in_the_running
from scoring.schedule.exceptions import INCOMPLETE
from scoring.written.days import with_full_days
from scoring.written.text import Refused, as_sentence, paragraphs, with_capital

COUNT_LATER = "Not closed: what was marked counts once its checks are passed"
_WORD = re.compile(r"\w(?:[\w/.-]*\w)?")
"""A word as a reference is one: "ACF-003"."""


class MinutedItems(Minuted):
    """The items of a meeting: each as it is `told`, and `items`, those that it saw.

    `areas` are those of its items, and `interests` what was declared on them. `notes` are told of their
    order, each with the applications that it is of.
    """

    def __init__(self, session: Session, order: PaperOrder) -> None:
        super().__init__(session, order)
        if not self.found:
            raise Refused("There is no application to minute there: none came, or none that is eligible.")
        self.shut = {one.area for one in self.found if one.reference in self.held.closed}
        self.lines = item_lines(self.rows, self.agreed, self.found)
        self.told = tuple(_item(self, one, self.lines[one.reference]) for one in self.ordered)
        sheets = self.rows.sheets
        self.seen = {one.application for one in sheets if any(mark is not None for mark in one.marks)}
        self.items = tuple(one for one in self.told if not _never_came(self, one)) or self.told
        self.marked = tuple(one for one in self.items if _is_marked(one, self.lines[one.reference]))
        self.head = paper_head(session, order, self.held.line, area=order.area)
        self.areas = {one.reference: one.area for one in self.told}
        self.notes = tuple(order_notes(self, self.areas))
        self.interests = tuple(_interests(self))

    def left_out(self) -> Iterator[TextPair]:
        """Yield what was not before the panel, with why."""
        yield from left_out_of(self.held, self.order.area)
        for one in (one for one in self.told if one not in self.items):
            lacks = self.missing[one.reference].removeprefix(INCOMPLETE)
            yield f"{one.reference} {one.organisation}", f"{INCOMPLETE.lower()}{lacks}"


def annex_of_marks(session: Session, order: PaperOrder) -> AnnexOfMarks:
    """Return the marks of what the minutes of a round or of one area tell of, in the same order."""
    of = MinutedItems(session, order)
    if not of.marked:
        raise Refused("Nothing is marked there yet, so the minutes have no annex of marks.")
    return AnnexOfMarks(
        **of.head,
        combine=of.rows.scheme.combine,
        items=tuple(_marked(of, one) for one in of.marked),
    )


def round_minutes(session: Session, order: PaperOrder) -> Minutes:
    """Return the minutes of a round or of one area, its items in the order with the fewest exits."""
    of = MinutedItems(session, order)
    held, interests, areas = of.held, of.rows.interests, of.areas
    texts = paper_texts(session, order.of_round, order.kind)
    chaired = tuple(texts_on(paragraphs(texts.get("chaired")), of.rows, areas))
    today = {row.member for row in interests}
    met = {area or None for area in areas.values()}
    spoken = {code for area in met for code in held.panels.declared(area, today)}
    interested = {row.member for row in interests if row.application in areas and row.kind.is_conflict}
    there = [code for code in of.names if any(held.panels.belongs(code, area) for area in met)]
    return Minutes(
        **of.head,
        quorum=of.rows.scheme.quorum,
        has_annex=bool(of.marked),
        results=tuple(_results(of)),
        sittings=_sittings(of),
        chaired=chaired,
        unchaired=()
        if chaired
        else tuple(one.reference for one in of.found if one.reference in areas and without_chair(held, one)),
        partly=tuple(_partly(of)),
        left_open=tuple(_left_open(of, paragraphs(texts.get("left_open")))),
        interests=of.interests,
        without=of.named(code for code in there if code in spoken - interested),
        silent=of.named(code for code in there if code not in spoken),
        in_place=tuple(_in_place(of, areas)),
        unasked=() if order.area else tuple(unasked(of, {item.area for item in of.items})),
        left_out=tuple(of.left_out()),
        deciding=tuple(_deciding(of)),
        spread=_spread(of.found),
        confirmed=tuple((row.area, row.by, row.at) for row in held.confirmed if order.is_of(row.area)),
        chairs=_by_area(of, lambda area: (of.names[one.code] for one in held.panels.chairs(area))),
        note_takers=_by_area(of, partial(_note_takers, of)),
    )


def _note_takers(of: MinutedItems, area: str) -> Texts:
    kept = of.held.panels.kept.get(area)
    return with_role(of.session, of.round_id, Role.NOTE_TAKER, area) if kept is None else kept.note_takers


def _by_area(of: MinutedItems, names: Callable[[str], Iterable[str]]) -> TextPairs:
    """Return the first of some people for each area, or once without an area where it is one for all."""
    found = [(area, next(iter(names(area)), "")) for area in dict.fromkeys(of.areas.values())]
    return tuple(found) if len({name for _, name in found}) > 1 else (("", found[0][1]),)


def _marked(of: MinutedItems, one: MinuteItem) -> MarkedItem:
    """Return an item of the annex with the marks of its own area's panel."""
    (item,) = (found for found in of.found if found.reference == one.reference)
    shown = of.held.columns(item)
    lines = (with_columns(line, shown) for line in of.lines[one.reference])
    members = of.named(of.held.members[at] for at in shown)
    return MarkedItem(one.reference, one.organisation, members, tuple(lines), one.is_considered, one.is_short)


def item_lines(
    rows: RoundRows, agreed: Mapping[str, AgreedRow], found: Iterable[Item]
) -> dict[str, tuple[MinuteLine, ...]]:
    """Return the criteria of some items as papers print them, by application."""
    values, told = counting_values(rows), dict[str, tuple[MinuteLine, ...]]()
    for item in found:
        of = item.reference
        why = {r.criterion: r.reason for r in rows.not_applicable if r.application == of}
        counts = None if values is None else values.get(of, {})
        lines = enumerate(item.lines)
        told[of] = tuple(minute_line(number, line, agreed.get(of), why, counts) for number, line in lines)
    return told


def _item(of: MinutedItems, item: Item, lines: Sequence[MinuteLine]) -> MinuteItem:
    held, one, row = of.held, item.reference, of.advised.get(item.reference)
    agreed, tie, standing = of.agreed.get(one), of.ties.get(one), of.standings[one]
    room, able, quorum = held.rooms.get(one), held.able(item), of.rows.scheme.quorum
    is_short, is_closed = able is not None and len(able) < quorum, one in held.closed
    is_considered = is_closed or any(line.has_agreed_mark for line in lines)
    waits = "" if row else of.waits(one)
    if is_incomplete(waits):
        waits = f"{waits.rstrip('.')}. {COUNT_LATER}" if is_considered and not is_closed else waits
    elif waits and is_short:
        waits = f"No quorum: {len(able or ())} could take part, and the quorum is {quorum}"
    return MinuteItem(
        reference=one,
        organisation=item.organisation,
        area=item.area or "",
        not_agreed=tuple(line.criterion for line in lines if not line.is_settled),
        is_considered=is_considered,
        tie=f"{with_capital(tie.words)}." if tie else "",
        total_1e2=standing.total_1e2,
        price_pence=standing.price_pence,
        away=of.named(held.leaving(item)),
        abstained=of.named(item.abstained),
        withdrawn=tuple(
            (of.names.get(said.member, said.member), said.detail.strip())
            for said in of.rows.interests
            if (said.application, said.kind) == (one, InterestKind.NONE)
            and said.detail.startswith(WITHDRAWN_ON)
        ),
        present=None if room is None else of.named(room.present),
        decided=None if room is None else of.named(room.decided),
        able=None if able is None else of.named(able),
        is_short=is_short,
        waits=waits,
        is_closed=is_closed,
        is_open=bool(row and not is_closed and item.area in of.shut),
        dissent="" if agreed is None else with_names(agreed.dissent, of.names, of.rows),
        reopened=reopened_words(item, of.names),
        **({} if row is None else of.result(one, row)),
    )


def _results(of: MinutedItems) -> Iterator[AreaResults]:
    used = {area: pot for area, pot in pots(of) if area in map(of.areas.get, of.advised)}
    for area, here in groupby(of.items, lambda one: one.area):
        own = tuple(words for about, words in of.notes if of.areas[about[0]] == area)
        yield AreaResults(area, tuple(here), used.get(area), own)


def _sittings(of: MinutedItems) -> tuple[Sitting, ...]:
    areas = tuple(dict.fromkeys(item.area for item in of.items))
    found = gathered((_sitting(of, area), area) for area in areas)
    is_one = of.order.area is not None or len(found) == 1
    return tuple(replace(one, areas=() if is_one else tuple(here)) for one, here in found.items())


def _sitting(of: MinutedItems, area: str) -> Sitting:
    """Return when an area met and who came: also who was there as an item closed, whatever is recorded."""
    held, names = of.held, of.names
    met, planned = held.held.get(area), held.planned.get(area)
    observers = held.observers(area)
    states = {code: state for name, code, state in held.attendance if name == area and code not in observers}
    came = {name for item in of.items if item.area == area for name in item.present or ()}
    there = [code for code, state in states.items() if state == "present"]
    there += [code for code, state in states.items() if state == "absent" and names[code] in came]
    marking = held.panels.marking(area)
    silent = [code for code in marking if states and code not in states]
    people = {one.code: _person(one.role, names[one.code]) for one in of.rows.members}
    return Sitting(
        areas=(),
        held_on=met.held_on if met else None,
        begins=met.begins if met else "",
        ends=met.ends if met else "",
        place=met.place if met else "",
        planned_on=planned,
        is_over=bool(there) or planned is None or planned < of.order.today,
        present=tuple(people[code] for code in there),
        observers=of.named(observers),
        apologies=tuple(people[code] for code in states if code not in there),
        unrecorded=of.named(silent),
        is_whole=set(states.values()) == {"present"} and states.keys() >= set(marking),
    )


def _person(role: str, name: str) -> Person:
    is_chair = "chair" in role.casefold()
    return Person(name, "chair" if is_chair else "" if is_asked_for_marks(role) else "adviser")


def _partly(of: MinutedItems) -> Iterator[Partly]:
    """Yield of each area who was there for some of its items and not for others.

    Whoever is out of the room for an interest is not missing there: that stands with the declarations.
    """
    for area in dict.fromkeys(item.area for item in of.items):
        closed = [item for item in of.items if item.area == area and item.present is not None]
        now = of.named(of.held.present(area))
        for name in dict.fromkeys(name for item in closed for name in item.present or ()):
            asked = [item for item in closed if name not in item.away]
            there = tuple(item.reference for item in asked if name in (item.present or ()))
            missed = tuple(item.reference for item in asked if item.reference not in there)
            if not missed and name not in now:
                yield Partly(name, "left", there)
            elif missed:
                yield Partly(name, *(("only", there) if len(there) < len(missed) else ("not", missed)))


def _left_open(of: MinutedItems, written: Sequence[str]) -> Iterator[LeftOpen]:
    """Yield of each area that went on to its recommendations which items were open, and why.

    What is written names the applications that it is of, or it is of all that were left open. Where nobody
    closes items, as in a round that is kept in a workbook, those are open that have no place.
    """
    said = left_open(of.session, of.round_id)
    gone = {one.name for one in of.held.line.areas if one.stage in AFTER_MEETING}
    for area in dict.fromkeys(item.area for item in of.items):
        here = [item for item in of.items if item.area == area and not item.is_closed]
        waits = [one for one in here if one.is_considered and not one.outcome]
        waits = [one for one in waits if not of.standings[one.reference].is_ranked]
        if area in said:
            open_ = here if any(one.is_closed for one in of.items if one.area == area) else waits
            yield LeftOpen(area, tuple(one.reference for one in open_), said[area])
            continue
        silent = tuple(one.reference for one in waits if not is_incomplete(one.waits))
        if silent and area in gone:
            yield LeftOpen(area, silent, " ".join(map(as_sentence, texts_on(written, of.rows, silent))))


def _interests(of: MinutedItems) -> Iterator[Interest]:
    """Yield what members declared on some applications; nobody took no part yet in what is still ahead.

    Of one who had marked it is said that the sheet is not counted, never that they took no part; of an
    interest declared after its item closed with the member among those who decided it, that they had taken
    part, and of any other that was declared once the minutes were confirmed, just that.
    """
    days, marked, held = declared_on(of.session, of.round_id), marked_by(of.rows), of.held
    after = after_taking_part(of.rows.interests, held.rooms)
    ahead = {item.reference for item in of.items if not (item.outcome or item.is_considered)}
    for row in of.rows.interests:
        key = (row.member, row.application or "")
        if row.application not in of.areas or row.kind is InterestKind.NONE:
            continue
        late = held.late.get(key)
        came: Came = "late" if late is not None else "ahead" if row.application in ahead else "none"
        came = "after" if key in after else "since" if key in of.since else came
        yield Interest(
            of.names.get(row.member, row.member),
            key[1],
            row.kind.value,  # type: ignore[arg-type]
            days.get(key),
            "abstained" if row.kind is InterestKind.ABSTAINED else came,
            late is not None and late.at_meeting,
            key in marked,
        )


def _in_place(of: MinutedItems, here: Collection[str]) -> Iterator[tuple[str, Texts]]:
    made = (row for row in of.rows.chair_decisions if row.ruled_by and row.application in here)
    ruled = gathered((of.names.get(row.ruled_by, row.ruled_by), row.application) for row in made)
    return ((name, tuple(applications)) for name, applications in ruled.items())


def _deciding(of: MinutedItems) -> Iterator[Deciding]:
    found = gathered((who, item.reference) for item in of.items if (who := _who_decided(of, item)))
    for (how, names), references in sorted(found.items(), key=lambda one: len(one[1])):
        yield Deciding(how, names, tuple(references))


def _who_decided(of: MinutedItems, item: MinuteItem) -> tuple[How, Texts] | None:
    """Return who agreed an item, could take part in it or marked it, None where nothing is told of that."""
    if item.decided is not None:
        return "agreed", item.decided
    if item.able is not None:
        is_told = item.is_considered or item.is_short
        return ("short" if item.is_short else "able", item.able) if is_told else None
    if not of.rows.scheme.quorum or item not in of.marked:
        return None
    marks = zip(*(line.marks for line in of.lines[item.reference]), strict=True)
    columns = zip(of.held.members, marks, strict=False)
    return "marked", of.named(code for code, given in columns if any(mark[:1].isdigit() for mark in given))


def _is_marked(item: MinuteItem, lines: Iterable[MinuteLine]) -> bool:
    return item.is_considered or any(mark != SIGNS[Sign.NONE] for line in lines for mark in line.marks)


def _spread(items: Iterable[Item]) -> Spread:
    lines = (line for item in items for line in item.lines if not line.is_not_applicable)
    found = [line.spread for line in lines if line.spread is not None]
    differed = sum(spread >= FLAGGED_FROM for spread in found)
    return Spread(
        len(found),
        differed,
        max(found, default=0),
        half_up(100 * sum(found), len(found)) if found else 0,
    )


def without_chair(held: MeetingRows, item: Item) -> bool:
    """Whether an item was considered without the panel's chair in the room, as far as it is recorded."""
    chairs = {one.code for one in held.panels.panel(item.area) if "chair" in one.role.casefold()}
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


def left_out_of(held: MeetingRows, area: str | None) -> Iterator[TextPair]:
    for one in scored_round(held.rows).applications:
        if area in (None, one.area) and not is_in_the_running(one.eligibility, is_withdrawn=one.withdrawn):
            reason = "withdrawn" if one.withdrawn else one.eligibility_reason.rstrip(".") or "a gate failed"
            yield f"{one.reference} {one.organisation}", with_full_days(in_one_form(reason))


def _never_came(of: MinutedItems, item: MinuteItem) -> bool:
    is_seen = item.is_closed or item.reference in of.seen or item.reference in of.agreed
    return not item.outcome and not is_seen and is_incomplete(item.waits)
