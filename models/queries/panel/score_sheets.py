"""A member's sheets as they stand, and the lines of their list."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from itertools import chain, groupby
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.order import Texts
from models.permissions.viewing import Viewer, codes_among
from models.queries.applications.applications import applications, entered
from models.queries.packs.own_record import packed_order
from models.queries.panel.area_panels import area_panels, areas_of_other_panels
from models.queries.panel.panel import (
    areas_served,
    barred_pairs,
    expected_to_score,
    interests,
    kinds_declared,
    members,
    named_in_place,
    serves,
    stood_down,
)
from models.queries.panel.panel import not_applicable as not_applicable_rows
from models.queries.panel.sheets import sheets
from models.queries.permissions.declarations import own_conflicts, waits_to_declare
from models.queries.set_up.rounds import reason_rule, round_line, scheme
from models.role import is_asked_for_marks
from models.schema.journal import draft_table
from models.session import Session
from models.values.rounds import ReasonRule
from models.values.rows import InterestRow, MemberRow, SheetRow, distinct_names, gathered
from scoring.marks.reading_order import circle, reading_order
from scoring.round import Eligibility, InterestKind
from scoring.scheme import Scheme
from scoring.written.text import Refused


class SheetState(StrEnum):
    """Where a member's sheet for one application stands."""

    UNDECLARED = "not declared"
    CONFLICT = "conflict"
    ABSTAINED = "abstained"
    WAITING = "not open yet"
    OPEN = "open"
    READY = "ready"
    HANDED_IN = "handed in"
    MISSED = "closed without a sheet"


TO_SCORE = (SheetState.OPEN, SheetState.READY, SheetState.HANDED_IN)
"""The states of a sheet that is, or was, the member's to fill in."""
CLOSED = (SheetState.UNDECLARED, SheetState.CONFLICT, SheetState.ABSTAINED)
"""The states in which nothing of the application opens."""

OTHERS_OPENED = (
    "Sheets are handed in, and their marks are open to a chair who does not score, so it can no longer be "
    "changed."
)
"""Why a chair who does not score cannot score after all."""


class SheetLine(Struct, frozen=True):
    """One application as it stands for one member; marks and reasons in the order of `Scheme.judged`.

    A line in a closed state has no marks and no reasons, whatever was marked before it closed; after an
    interest it has no project either. `reopened` is why the chair opened the sheet again, "" if never;
    `why_not_applicable` says by criterion why the chair set it aside.
    A sheet that was handed in is kept from whoever types in paper: it has neither marks nor reasons then.
    `for_panel` are the criteria whose reason the member keeps for the panel.
    `in_place` are names and codes of who may rule on it for a chair with an interest, for an officer alone.
    """

    reference: str
    organisation: str
    project: str
    area: str
    stage: str
    state: SheetState
    marks: tuple[int | None, ...] = ()
    reasons: Texts = ()
    not_applicable: frozenset[str] = field(default_factory=frozenset)
    is_void: bool = False
    reopened: str = ""
    why_not_applicable: tuple[tuple[str, str], ...] = ()
    is_kept_from_typist: bool = False
    organisation_id: int = 0
    in_place: tuple[tuple[str, str], ...] = ()
    for_panel: frozenset[str] = field(default_factory=frozenset)


class ScoreSheets(Struct, frozen=True):
    """All of a member's sheets in a round; `member` is None for somebody who is not on the panel.

    `scores` is false for a chair who said that they do not score; `has_others` says that another member
    handed a sheet in.
    """

    scheme: Scheme
    round_stage: str
    member: MemberRow | None
    has_declared: bool
    chairs: Texts
    members: tuple[MemberRow, ...]
    lines: tuple[SheetLine, ...]
    reasons: ReasonRule
    scores: bool
    has_others: bool

    @property
    def why_not_scoring(self) -> str:
        """Return why a chair who does not score cannot score after all, "" where they can."""
        return OTHERS_OPENED if not self.scores and self.has_others else ""


def with_mark(line: SheetLine, codes: Sequence[str], code: str, mark: int | None) -> SheetLine:
    """Return an open line as it will stand once a mark is given, or taken back (None)."""
    marks = tuple(mark if c == code else old for c, old in zip(codes, line.marks, strict=True))
    is_full = has_all_marks(marks, codes, line.not_applicable)
    return replace(line, marks=marks, state=SheetState.READY if is_full else SheetState.OPEN)


def missing_reasons(line: SheetLine, codes: Sequence[str], rule: ReasonRule) -> Texts:
    """Return the criteria on which an open sheet lacks a reason that its round requires."""
    if rule is not ReasonRule.REQUIRED or line.state not in (SheetState.OPEN, SheetState.READY):
        return ()
    pairs = zip(codes, line.reasons, strict=True)
    return tuple(code for code, text in pairs if not text.strip() and code not in line.not_applicable)


def with_reason(line: SheetLine, codes: Sequence[str], code: str, text: str) -> SheetLine:
    return replace(
        line, reasons=tuple(text if c == code else old for c, old in zip(codes, line.reasons, strict=True))
    )


def has_all_marks(marks: Sequence[int | None], codes: Sequence[str], not_applicable: frozenset[str]) -> bool:
    """Whether every criterion has a mark, or is not applicable."""
    pairs = zip(codes, marks, strict=True)
    return all(mark is not None or code in not_applicable for code, mark in pairs)


def next_sheet(lines: Sequence[SheetLine], current: int, skipped: Collection[str]) -> int | None:
    """Return the next sheet that is still to be marked, None when there is none.

    Among those open, one that was not skipped comes first, then the next in order, from the top
    again after the last.
    """
    count = len(lines)
    waiting = [
        number for number, line in enumerate(lines) if line.state is SheetState.OPEN and number != current
    ]
    if not waiting:
        return None
    return min(
        waiting,
        key=lambda number: (
            lines[number].reference in skipped,
            (number - current - 1) % count,
        ),
    )


class PeerSheet(Struct, frozen=True):
    """Another member's sheet, open to be read once one's own is handed in; why it was `reopened`, if so.

    `for_panel` are the criteria whose reason no draft for an applicant tells.
    """

    member: str
    name: str
    marks: tuple[int | None, ...]
    reasons: Texts
    reopened: str = ""
    for_panel: Texts = ()


class _Evidence(Struct, frozen=True):
    """What a member's lines are made from; `own` are their sheets by application."""

    declared: tuple[InterestRow, ...]
    own: dict[str, SheetRow]
    not_applicable: dict[str, dict[str, str]]
    round_stage: str
    codes: Texts


def score_sheets(session: Session, round_id: int, viewer: Viewer, of: str | None = None) -> ScoreSheets:
    """Return one's own sheets by area in reading order, or those `of` a member; nothing closed to them.

    Whoever types in what a member gave on paper reads no mark of a sheet that was handed in.
    A member who serves some areas is shown those, and the sheets begun in others: a convenience of who is
    expected to score, of which the ranking knows nothing.
    Left out are applications that were withdrawn, that failed a gate, or that have no area, and those of
    other panels for whoever types in as their note-taker.
    """
    member = of or viewer.member
    published = scheme(session, round_id)
    panels, set_aside = area_panels(session, round_id), not_applicable_rows(session, round_id)
    panel = members(session, round_id)
    aside = gathered((row.application, (row.criterion, row.reason)) for row in set_aside)
    rows = sheets(session, round_id, published.judged_codes)
    evidence = _Evidence(
        declared=interests(session, round_id),
        own={row.application: row for row in rows if row.member == member},
        not_applicable={of: dict(pairs) for of, pairs in aside.items()},
        round_stage=round_line(session, round_id).stage,
        codes=published.judged_codes,
    )
    is_own, served = member == viewer.member, expected_to_score(session, round_id)
    others = areas_of_other_panels(session, round_id, viewer) if not is_own else frozenset[str]()
    lines = [
        replace(
            line,
            in_place=named_in_place(
                panels.panel(line.area), evidence.declared, (line.reference,), viewer.role
            ),
        )
        for line in _in_reading_order(session, round_id, member or "")
        if line.area not in others
        and (serves(served, member or "", line.area) or line.reference in evidence.own)
    ]
    return ScoreSheets(
        scheme=published,
        round_stage=evidence.round_stage,
        member=next((row for row in panel if row.code == member), None),
        has_declared=any(row.member == member for row in evidence.declared),
        chairs=tuple(row.name for row in panels.chairs(None)),
        members=panel,
        lines=tuple(
            _as_seen_by(line, member, evidence) if is_own else _blank(_as_seen_by(line, member, evidence))
            for line in lines
            if member is not None
        ),
        reasons=reason_rule(session, round_id),
        scores=member not in stood_down(evidence.declared),
        has_others=any(row.submitted and row.member != member for row in rows),
    )


def _blank(line: SheetLine) -> SheetLine:
    """Return a line as whoever types in paper sees it: nothing of what was handed in."""
    if line.state is not SheetState.HANDED_IN:
        return line
    nothing: tuple[int | None, ...] = (None,) * len(line.marks)
    blank = replace(line, marks=nothing, reasons=("",) * len(line.reasons), for_panel=frozenset())
    return replace(blank, is_kept_from_typist=True)


def peer_sheets(session: Session, round_id: int, viewer: Viewer, reference: str) -> tuple[PeerSheet, ...]:
    """Return the others' sheets for one application; refused until one's own is handed in."""
    own = score_sheets(session, round_id, viewer)
    line = next((line for line in own.lines if line.reference == reference), None)
    if line is None or line.state is not SheetState.HANDED_IN:
        raise Refused(f"Others' marks on {reference} open when you hand in your own sheet.")
    barred = barred_pairs(interests(session, round_id))
    names = distinct_names(own.members)
    rows = sheets(session, round_id, own.scheme.judged_codes)
    return tuple(
        PeerSheet(row.member, names[row.member], row.marks, row.reasons, row.reopened, row.for_panel)
        for row in rows
        if row.application == reference and row.member != viewer.member and row.submitted
        if (row.member, reference) not in barred
    )


def require_open(session: Session, round_id: int, viewer: Viewer, reference: str) -> None:
    """Refuse where an application is closed to a person: not declared yet, or an interest in it."""
    codes = codes_among(members(session, round_id), viewer)
    declared = interests(session, round_id)
    if waits_to_declare(session, round_id, viewer):
        raise Refused("Declare your interests first. Applications open after that.")
    is_barred = any((code, reference) in barred_pairs(declared) for code in codes)
    if is_barred or reference in own_conflicts(session, round_id, viewer):
        raise Refused(f"You declared an interest in {reference}. Its text and marks stay closed to you.")


def to_be_scored(session: Session, round_id: int) -> list[SheetLine]:
    """Return the applications that are scored, by area and reference, without anybody's marks."""
    areas = {one.name: (place, one) for place, one in enumerate(round_line(session, round_id).areas)}
    owners, rows = entered(session, round_id), applications(session, round_id)
    here = (row for row in rows if row.area and not row.withdrawn and row.eligibility is not Eligibility.NO)
    return [
        SheetLine(
            *(row.reference, row.organisation, row.project, area.name, area.stage, SheetState.WAITING),
            organisation_id=owners[row.reference].organisation_id,
        )
        for row in sorted(here, key=lambda row: (areas[row.area or ""][0], row.reference))
        for _, area in [areas[row.area or ""]]
    ]


def reading_orders(session: Session, round_id: int) -> Mapping[str, Mapping[str, Texts]]:
    """Return in which order each member reads the applications of each area, by area and member.

    They are those who are asked for marks there, in the order in which they came on the panel; everybody
    else reads by reference.
    """
    name, served = round_line(session, round_id).name, areas_served(session, round_id)
    asked = [row.code for row in members(session, round_id) if is_asked_for_marks(row.role)]
    found: dict[str, dict[str, Texts]] = {}
    for area, here in groupby(to_be_scored(session, round_id), attrgetter("area")):
        ring = circle(name, area, tuple(line.reference for line in here))
        seats = [code for code in asked if serves(served, code, area)]
        found[area] = {code: reading_order(ring, at, len(seats)) for at, code in enumerate(seats)}
    return found


def _in_reading_order(session: Session, round_id: int, member: str) -> list[SheetLine]:
    """Return the applications that are scored by area, each as a member reads it.

    A member's own record holds no others of the panel: there the pack has the order.
    """
    lines, order = to_be_scored(session, round_id), packed_order(session)
    if not order:
        orders = (by[member] for by in reading_orders(session, round_id).values() if member in by)
        order = {reference: at for at, reference in enumerate(chain.from_iterable(orders))}
    return sorted(lines, key=lambda line: order.get(line.reference, len(order)))


def _as_seen_by(line: SheetLine, member: str, evidence: _Evidence) -> SheetLine:
    """Return a line as it stands for a member."""
    kinds = kinds_declared(evidence.declared, member, line.reference) - {InterestKind.NONE}
    own = evidence.own.get(line.reference)
    if not any(row.member == member for row in evidence.declared):
        return replace(line, state=SheetState.UNDECLARED)
    if kinds:
        state = SheetState.CONFLICT if any(one.is_conflict for one in kinds) else SheetState.ABSTAINED
        return replace(line, project="", state=state, is_void=own is not None)
    why_not_applicable = evidence.not_applicable.get(line.reference, {})
    not_applicable = frozenset(why_not_applicable)
    nothing: tuple[int | None, ...] = (None,) * len(evidence.codes)
    marks = nothing if own is None else own.marks
    is_full = has_all_marks(marks, evidence.codes, not_applicable)
    return replace(
        line,
        state=_state(line, own, evidence.round_stage, is_full=is_full),
        marks=marks,
        reasons=("",) * len(evidence.codes) if own is None or not own.reasons else own.reasons,
        for_panel=frozenset() if own is None else frozenset(own.for_panel),
        not_applicable=not_applicable,
        why_not_applicable=tuple(why_not_applicable.items()),
        reopened="" if own is None else own.reopened,
    )


def _state(line: SheetLine, own: SheetRow | None, round_stage: str, *, is_full: bool) -> SheetState:
    if own is not None and own.submitted:
        return SheetState.HANDED_IN
    if round_stage == "set up" or line.stage == "intake":
        return SheetState.WAITING
    if line.stage != "scoring":
        return SheetState.MISSED
    return SheetState.READY if is_full else SheetState.OPEN


def drafts(session: Session, person: str, start: str) -> dict[str, str]:
    """Return what a person was typing into each field whose name starts so, by field."""
    columns = select(draft_table.c.field, draft_table.c.text).where(
        draft_table.c.person == person, draft_table.c.field.startswith(start, autoescape=True)
    )
    return dict(session.execute(columns.order_by(draft_table.c.field)).all())
