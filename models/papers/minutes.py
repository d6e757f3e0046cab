"""The facts of the minutes of a meeting: who was there, and item by item what was said and agreed."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from models.papers.order import RoundPaper, TextPairs, Texts
from models.values.rows import AgreedRow, RoundRows, scored_round
from scoring.marks.meeting import (
    REOPENED_MEANS,
    REOPENED_SIGN,
    SETTLED_HEADS,
    Cell,
    Line,
    Sign,
    counts_words,
)
from scoring.money import score
from scoring.rank import rank
from scoring.scheme import Combine
from scoring.written.text import counted

SIGNS = {Sign.NONE: "[ ]", Sign.NOT_APPLICABLE: "n/a", Sign.ABSTAINED: "A", Sign.ASIDE: "⊘"}
_NO_VALUE, _NOT_APPLICABLE = "–", SIGNS[Sign.NOT_APPLICABLE]
_CODE = re.compile(r"\b[A-Z]{1,3}\d{1,3}\b")
_SIGN_WORDS = {
    Sign.NONE: "no mark",
    Sign.NOT_APPLICABLE: "not applicable",
    Sign.ABSTAINED: "abstained",
    Sign.ASIDE: "declared an interest",
}


def sign_words(printed: Collection[str]) -> str:
    """Return what the signs among these marks mean, "" where there are none."""
    said = [f"{SIGNS[one]} {words}" for one, words in _SIGN_WORDS.items() if SIGNS[one] in printed]
    if any(mark.endswith(f" {REOPENED_SIGN}") for mark in printed):
        said.append(f"{REOPENED_SIGN} {REOPENED_MEANS}")
    return " · ".join(said)


Outcome = Literal["", "fund", "part_fund", "reserve", "decline", "defer", "refer"]
Cause = Literal["", "pot", "tolerance", "cap", "organisation", "rest"]
How = Literal["agreed", "able", "short", "marked"]
Came = Literal["none", "ahead", "after", "since", "late", "abstained"]
Place = tuple[int, int, bool]
"""A place, of how many, and whether it is shared."""


class MinuteLine(Struct, frozen=True):
    """One criterion of an item as the minutes print it.

    `is_discussed` where members were two or more apart, where the panel agreed what none of them had given,
    where no mark counts, and where the reason is for the panel only: no other paper tells it.
    """

    criterion: str
    marks: Texts
    spread: str
    agreed: str
    reason: str
    is_discussed: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether a mark counts, or the criterion does not apply."""
        return self.agreed != _NO_VALUE

    @property
    def has_agreed_mark(self) -> bool:
        return self.agreed not in (_NO_VALUE, _NOT_APPLICABLE)


class MinuteItem(Struct, frozen=True):
    """One application of the meeting: what the panel recommends and why, and who had no part in it.

    It `is_considered` once it is closed or something of it was agreed; `not_agreed` are the criteria without
    an agreed mark, by code and name.
    `outcome` is "" while nothing is recommended: `waits` says what it lacks then. `cause` is why the money is
    less than was asked: what was left of the pot, the most an award may be, the most that one organisation
    may have, or the rest of that. `minimums` are those it missed. `why` is what left it in reserve by the
    rule: too little was left (`left_pence`), the list stopped before it (`stopped_at`), or its organisation
    has what it may have; `reserve_place` is where it stands there. `total_1e2` or `price_pence` is what gives
    its `place`, with `place_by` the tie-break rule and `ranked_with` the areas of one list. `decided` are
    those who agreed it as it closed, `able` those present who could take part, None where that was not kept.
    `is_open` where the meeting left it open. `withdrawn` are (member, what they said) of interests taken
    back. `tie` is what the chair decided.
    """

    reference: str
    organisation: str
    area: str
    not_agreed: Texts = ()
    is_considered: bool = False
    outcome: Outcome = ""
    asked_pence: int = 0
    amount_pence: int = 0
    cause: Cause = ""
    minimums: Texts = ()
    why: Literal["", "left", "stopped", "organisation"] = ""
    left_pence: int = 0
    stopped_at: str = ""
    waits: str = ""
    reason: str = ""
    asked_was: str = ""
    reserve_place: Place | None = None
    total_1e2: int | None = None
    price_pence: int | None = None
    place: Place | None = None
    place_by: str = ""
    ranked_with: Texts = ()
    tie: str = ""
    away: Texts = ()
    abstained: Texts = ()
    withdrawn: TextPairs = ()
    present: Texts | None = None
    decided: Texts | None = None
    able: Texts | None = None
    is_short: bool = False
    is_closed: bool = False
    is_open: bool = False
    dissent: str = ""
    reopened: Texts = ()

    @property
    def is_less(self) -> bool:
        return 0 < self.amount_pence < self.asked_pence


class Person(Struct, frozen=True):
    """Somebody at a meeting: "chair", "adviser" who has no vote, or "" for who marks."""

    name: str
    part: Literal["chair", "adviser", ""]


class Sitting(Struct, frozen=True):
    """One meeting and its areas; `areas` is empty for a meeting of all that the paper is of.

    `held_on` is None where that was not recorded, and nobody is present where nobody was recorded.
    `observers` are members of other areas' panels, who decide nothing there. It
    `is_over` once somebody came or the day for which it was planned is past. `is_whole` where each who marks
    is recorded as present, and nobody as absent.
    """

    areas: Texts
    held_on: date | None
    begins: str
    ends: str
    place: str
    planned_on: date | None
    is_over: bool
    present: tuple[Person, ...]
    apologies: tuple[Person, ...]
    unrecorded: Texts
    is_whole: bool
    observers: Texts = ()


class Partly(Struct, frozen=True):
    """That somebody was there for some of the items: for these only, for all but these, or left after all."""

    name: str
    how: Literal["only", "not", "left"]
    references: Texts


class LeftOpen(Struct, frozen=True):
    """The items with which an area moved on although they were open; `why` is "" where nobody said it."""

    area: str
    references: Texts
    why: str


class Interest(Struct, frozen=True):
    """What a member declared on an application, on which day (None: not told), and what came of it.

    The member took no part, is still to take none, had taken part before, abstained, or had marked it
    before and the sheet is not counted.
    """

    member: str
    reference: str
    kind: Literal["pecuniary", "non-pecuniary", "prejudicial", "abstained"]
    on: date | None
    came: Came
    is_at_meeting: bool
    is_uncounted: bool


class Pot(Struct, frozen=True):
    """What is recommended of an area's pot; `over` says who allows what is over it, "" for nothing over.

    One that areas share is told whole: this area has `given_pence` of it, all of them `taken_pence`.
    """

    pot_pence: int
    committed_pence: int
    given_pence: int
    left_pence: int
    shared_with: Texts
    over: str
    taken_pence: int = 0


class AreaResults(Struct, frozen=True):
    """The items of an area ("" without one), what is recommended of its pot, and how their order came."""

    area: str
    items: tuple[MinuteItem, ...]
    pot: Pot | None
    notes: Texts


class Unasked(Struct, frozen=True):
    """An area of which nothing was before the panel, and its pot; `is_asked` where it had applications."""

    area: str
    is_asked: bool
    pot: Pot


class Deciding(Struct, frozen=True):
    """Who agreed some items, or could take part in them, or (`short`) were too few for it, or marked them."""

    how: How
    names: Texts
    references: Texts


class Spread(Struct, frozen=True):
    """How far members were apart before the meeting on the criteria that two or more had marked.

    Of those `compared` they were two or more apart on `differed`, `widest` at most, `apart_1e2` on average.
    """

    compared: int = 0
    differed: int = 0
    widest: int = 0
    apart_1e2: int = 0


NO_SPREAD = Spread()


class MarkedItem(Struct, frozen=True):
    """One application of the annex of marks; of one that `is_short` the marks are noted and agree nothing.

    `members` are those who mark it, in the order of the marks of each line.
    """

    reference: str
    organisation: str
    members: Texts
    lines: tuple[MinuteLine, ...]
    is_considered: bool = False
    is_short: bool = False


class AnnexOfMarks(RoundPaper, frozen=True):
    """The marks of the minutes of one area's meeting, or of all areas (`area` None).

    `combine` is the round's rule: but under consensus what is printed as agreed is the value that counts.
    """

    area: str | None
    items: tuple[MarkedItem, ...]
    combine: Combine = Combine.CONSENSUS

    @property
    def panels(self) -> tuple[tuple[MarkedItem, ...], ...]:
        """Return the items by who marks them, one after the other."""
        return tuple(tuple(items) for _, items in groupby(self.items, lambda one: one.members))

    @property
    def discussed(self) -> tuple[MarkedItem, ...]:
        """Return the items that the panel came to with a criterion that was discussed."""
        here = (item for item in self.items if item.is_considered)
        return tuple(item for item in here if any(line.is_discussed for line in item.lines))

    @property
    def signs(self) -> str:
        return sign_words(
            {mark for item in self.items for line in item.lines for mark in (*line.marks, line.agreed)}
        )

    @property
    def counts(self) -> str:
        """Return what counts where marks are not agreed, "" under consensus."""
        return counts_words(self.combine)

    @property
    def settled(self) -> str:
        return SETTLED_HEADS[self.combine]

    @property
    def title(self) -> str:
        return "Annex of marks"

    @property
    def control(self) -> str:
        return counted(len(self.items), "item")


class Minutes(RoundPaper, frozen=True):
    """The facts of the minutes of one area's meeting, or of all areas (`area` None).

    It `has_annex` where marks stand in an annex. `chaired` is what the office wrote on who took the chair in
    the chair's place, `unchaired` are the items of which that is not recorded. `without` are the members who
    declared no interest in what is minuted, `silent` those who declared nothing at all; `in_place` are (who
    ruled in the chair's place, on what). `left_out` is (reference and name, why) of what the panel did not
    see. `confirmed` is (area, who put it down, when), UTC. `chairs` and `note_takers` are (area, name) of who
    signs: "" for the area where one signs for all.
    """

    area: str | None
    results: tuple[AreaResults, ...]
    sittings: tuple[Sitting, ...] = ()
    quorum: int = 0
    has_annex: bool = False
    chaired: Texts = ()
    unchaired: Texts = ()
    partly: tuple[Partly, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    interests: tuple[Interest, ...] = ()
    without: Texts = ()
    silent: Texts = ()
    in_place: tuple[tuple[str, Texts], ...] = ()
    unasked: tuple[Unasked, ...] = ()
    left_out: TextPairs = ()
    deciding: tuple[Deciding, ...] = ()
    spread: Spread = NO_SPREAD
    confirmed: tuple[tuple[str, str, datetime], ...] = ()
    chairs: TextPairs = ()
    note_takers: TextPairs = ()

    @property
    def items(self) -> tuple[MinuteItem, ...]:
        return tuple(item for area in self.results for item in area.items)

    @property
    def tells_every_item(self) -> bool:
        """Whether it is told of each item who decided it: one that waits has nothing of it."""
        return sum(len(one.references) for one in self.deciding) == len(self.items)

    @property
    def funded(self) -> tuple[MinuteItem, ...]:
        return tuple(item for item in self.items if item.amount_pence)

    @property
    def unconfirmed(self) -> Texts:
        """Return the areas minuted here whose minutes the panel has not confirmed."""
        done = {area for area, _, _ in self.confirmed}
        return tuple(one.area for one in self.results if one.area and one.area not in done)

    @property
    def title(self) -> str:
        return "Moderation record and minutes"

    @property
    def control(self) -> str:
        """Return how many items there are and how many are closed."""
        items = self.items
        return f"{counted(len(items), 'item')}, {sum(item.is_closed for item in items)} closed"


def counting_values(rows: RoundRows) -> dict[str, dict[str, str]] | None:
    """Return what counts on each criterion by reference and code, as printed; None where marks are agreed."""
    if rows.scheme.is_agreed:
        return None
    return {
        standing.reference: {
            result.code: score(result.value_1e2)
            for result in standing.criteria
            if result.value_1e2 is not None
        }
        for standing in rank(scored_round(rows)).standings
    }


def with_names(words: str, names: Mapping[str, str], rows: RoundRows) -> str:
    """Return words with the names of members whose codes stand in them; a criterion's code is no member's.

    A code in brackets behind its own member's name stays: "Ann Sample (M3)".
    """
    criteria = {criterion.code for criterion in rows.scheme.criteria}

    def name(found: re.Match[str]) -> str:
        called = names.get(found[0], found[0])
        before = f"{called.removesuffix(f' ({found[0]})')} ("
        is_named = found[0] in criteria or words[: found.start()].endswith(before)
        return found[0] if is_named else called

    return _CODE.sub(name, words)


def minute_line(
    number: int,
    line: Line,
    agreed: AgreedRow | None,
    not_applicable: Mapping[str, str],
    values: Mapping[str, str] | None,
) -> MinuteLine:
    """Return a criterion of an item as papers print it; `not_applicable` is why one does not apply, by code.

    `values` are what counts instead of agreed marks, by code; None where marks are agreed.
    """
    reason = agreed.reasons[number] if agreed is not None and agreed.reasons else ""
    if line.is_not_applicable:
        reason = f"Not applicable: {not_applicable.get(line.code, '')}"
    counts = str(line.agreed) if line.agreed is not None else _NO_VALUE
    counts = counts if values is None else values.get(line.code, _NO_VALUE)
    agreed_words = _NOT_APPLICABLE if line.is_not_applicable else counts
    is_for_panel = bool(reason) and agreed is not None and line.code in agreed.for_panel
    return MinuteLine(
        criterion=f"{line.code} {line.title}",
        marks=tuple(map(cell_words, line.cells)),
        spread=_NO_VALUE if line.spread is None else str(line.spread),
        agreed=agreed_words,
        reason=reason,
        is_discussed=line.needs_word or line.is_not_applicable or agreed_words == _NO_VALUE or is_for_panel,
    )


def with_columns(line: MinuteLine, shown: Sequence[int]) -> MinuteLine:
    """Return a criterion with the marks of some of the members, by their numbers."""
    return replace(line, marks=tuple(line.marks[at] for at in shown) if line.marks else ())


def cell_words(cell: Cell) -> str:
    """Return a member's mark as it is printed, with the sign of one that is not there or was reopened."""
    if cell.mark is None:
        return SIGNS[cell.sign]
    return f"{cell.mark} {REOPENED_SIGN}" if cell.is_reopened else str(cell.mark)
