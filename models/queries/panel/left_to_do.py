"""What is still open in a round or one of its areas: gates, declarations, sheets, spread, recommendations."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, toml

import resources
from models.queries.deciding.settled import OUT
from models.queries.panel.panel import Expected, Served, barred_pairs
from models.role import is_asked_for_marks
from models.values.recommending import RecommendationRow
from models.values.rows import AgreedRow, ApplicationRow, MemberRow, RoundRows, SheetRow, gathered
from scoring.ranking import Ranking, Status
from scoring.round import Eligibility

WIDE = 2
"""Marks this far apart are to be talked over."""
UNRANKED = (Status.INCOMPLETE, Status.NOT_QUORATE)


class Words(Struct, frozen=True):
    """What is said of one, of several and of none; {…} stands for the figure `n` or what else is known."""

    one: str = ""
    many: str = ""
    none: str = ""

    def of(self, n: int, **known: object) -> str:
        """Return what is said of so many."""
        some = self.one if n == 1 else self.many
        return (some if n else self.none).format(n=f"{n:,}", **known)


CHECKLIST = toml.decode(resources.text("forms/checklist.toml"), type=dict[str, Words])
"""What the checklist of the next stage says, by point."""


class Progress(Struct, frozen=True):
    """How far a member is with the sheets that are theirs; `ready` are full and not handed in."""

    member: MemberRow
    handed_in: int
    of: int
    ready: int = 0

    @property
    def left(self) -> int:
        """Return how many sheets are still to hand in: those that are ready, and those still to score."""
        return self.of - self.handed_in

    @property
    def to_score(self) -> int:
        return self.left - self.ready


def in_area(rows: RoundRows, area: str | None) -> tuple[ApplicationRow, ...]:
    """Return the applications of an area (None: of all) that were not withdrawn."""
    return tuple(a for a in rows.applications if not a.withdrawn and area in (None, a.area))


def to_check(rows: RoundRows, area: str | None) -> int:
    return sum(1 for a in in_area(rows, area) if a.eligibility is Eligibility.TO_CHECK)


def references_marked(rows: RoundRows, areas: Iterable[str | None]) -> frozenset[str]:
    """Return the references that members of the panel mark in some areas."""
    wanted = set(areas)
    return frozenset(
        a.reference
        for a in rows.applications
        if not a.withdrawn and a.area in wanted and a.eligibility not in OUT
    )


def scorers(rows: RoundRows) -> tuple[MemberRow, ...]:
    """Return the members who mark: advisers do not."""
    return tuple(member for member in rows.members if is_asked_for_marks(member.role))


def undeclared(rows: RoundRows) -> tuple[MemberRow, ...]:
    """Return the members who have not declared interests, "none" included."""
    declared = {interest.member for interest in rows.interests}
    return tuple(member for member in rows.members if member.code not in declared)


def progress(
    rows: RoundRows, references: frozenset[str], served: Served, *, needs_reasons: bool = False
) -> tuple[Progress, ...]:
    """Return how far each member is with those of these applications that are theirs to mark.

    With `needs_reasons` a sheet is not ready before there is a reason beside each mark.
    """
    theirs = _to_mark(rows, references, served)
    submitted = {(sheet.member, sheet.application) for sheet in rows.sheets if sheet.submitted}
    full = _full(rows, needs_reasons=needs_reasons)
    return tuple(
        Progress(member, len(own & submitted), len(own), len(own & full))
        for member, own in zip(scorers(rows), theirs, strict=True)
    )


def short_of_quorum(rows: RoundRows, references: frozenset[str], served: Served) -> frozenset[str]:
    """Return those of these applications that fewer members score than the quorum, all sheets handed in.

    Who has not declared yet may still score; a chair who does not score, or an interest, leaves one fewer.
    """
    scoring = Counter(of for own in _to_mark(rows, references, served) for _, of in own)
    return frozenset(of for of in references if scoring[of] < rows.scheme.quorum)


def _to_mark(rows: RoundRows, references: frozenset[str], served: Served) -> list[frozenset[tuple[str, str]]]:
    """Return which of these applications each member who marks is expected to mark, in the panel's order."""
    begun = {(sheet.member, sheet.application) for sheet in rows.sheets}
    expected = Expected(served, barred_pairs(rows.interests), begun)
    here = gathered((a.area or "", a.reference) for a in rows.applications if a.reference in references)
    return [expected.among(member.code, here) for member in scorers(rows)]


def few_sheets(rows: RoundRows, references: frozenset[str]) -> frozenset[str]:
    """Return those of these applications of which fewer sheets count than the quorum asks for."""
    barred = barred_pairs(rows.interests)
    given = Counter(
        sheet.application
        for sheet in rows.sheets
        if sheet.submitted and (sheet.member, sheet.application) not in barred
    )
    return frozenset(of for of in references if given[of] < rows.scheme.quorum)


def _full(rows: RoundRows, *, needs_reasons: bool) -> frozenset[tuple[str, str]]:
    """Return whose sheets for which applications are full and not handed in."""
    not_applicable = {(row.application, row.criterion) for row in rows.not_applicable}
    codes = rows.scheme.judged_codes
    found = set()
    for sheet in rows.sheets:
        if sheet.submitted:
            continue
        reasons = sheet.reasons or ("",) * len(codes)
        if all(
            (sheet.application, code) in not_applicable
            or (mark is not None and bool(reason.strip() or not needs_reasons))
            for code, mark, reason in zip(codes, sheet.marks, reasons, strict=True)
        ):
            found.add((sheet.member, sheet.application))
    return frozenset(found)


def to_discuss(rows: RoundRows, references: frozenset[str]) -> tuple[str, ...]:
    """Return the applications with marks two or more apart that the panel has not settled, widest first.

    A criterion counts while nothing is agreed on it, or where marks are not agreed nothing said of it is
    noted, as at the meeting; who declared an interest does not count.
    """
    marking = {member.code for member in scorers(rows)}
    barred = barred_pairs(rows.interests)
    sheets = gathered(
        (sheet.application, sheet)
        for sheet in rows.sheets
        if sheet.submitted and sheet.application in references and sheet.member in marking
        if (sheet.member, sheet.application) not in barred
    )
    agreed = {row.application: _settled(rows, row) for row in rows.agreed if row.application in sheets}
    not_applicable = {(row.application, row.criterion) for row in rows.not_applicable}
    codes = rows.scheme.judged_codes
    spreads: dict[str, int] = {}
    for of in (a.reference for a in rows.applications if a.reference in sheets):
        settled = agreed.get(of, (False,) * len(codes))
        is_open = [
            not done and (of, code) not in not_applicable for done, code in zip(settled, codes, strict=False)
        ]
        spreads[of] = _widest(sheets[of], is_open)
    found = [of for of, spread in spreads.items() if spread >= WIDE]
    return tuple(sorted(found, key=lambda of: -spreads[of]))


def unagreed_items(rows: RoundRows, references: frozenset[str]) -> list[str]:
    """Return the applications on which a mark is not agreed, or what is apart is not discussed."""
    if not rows.scheme.is_agreed:
        return list(to_discuss(rows, references))
    return sorted(references - {a.application for a in rows.agreed if None not in a.marks})


def what_is_left(rows: RoundRows) -> str:
    """Return what a meeting has left to do with its items: "agree" or "discuss"."""
    return "agree" if rows.scheme.is_agreed else "discuss"


def _settled(rows: RoundRows, row: AgreedRow) -> tuple[bool, ...]:
    """Return for each criterion whether the meeting is done with it."""
    notes = row.reasons or ("",) * len(row.marks)
    is_agreed = rows.scheme.is_agreed
    pairs = zip(row.marks, notes, strict=True)
    return tuple(mark is not None or (not is_agreed and bool(note.strip())) for mark, note in pairs)


def unrecommended(
    ranking: Ranking, recorded: Iterable[RecommendationRow], area: str | None
) -> tuple[str, ...]:
    """Return which ranked applications of an area, or (None) of all, have no recommendation yet."""
    done = {row.application for row in recorded}
    ranked = (one for one in ranking.standings if one.is_ranked and area in (None, one.area))
    return tuple(one.reference for one in ranked if one.reference not in done)


def unranked_in(ranking: Ranking, recorded: Iterable[RecommendationRow], area: str | None) -> tuple[str, ...]:
    """Return what of an area, or (None) of all, has no place and nothing recorded: nobody decides it.

    It lacks marks, a quorum or a checked gate; or a recommendation is recorded by hand.
    """
    done = {row.application for row in recorded}
    here = (one for one in ranking.standings if area in (None, one.area) and one.status in UNRANKED)
    return tuple(one.reference for one in here if one.reference not in done)


def unreasoned_in(
    ranking: Ranking, recorded: Iterable[RecommendationRow], area: str | None
) -> tuple[str, ...]:
    """Return the references of an area, or (None) of all, that are to get money without a reason yet."""
    here = {one.reference for one in ranking.standings if area in (None, one.area)}
    without = (row for row in recorded if row.amount_pence and not row.reason.strip())
    return tuple(row.application for row in without if row.application in here)


def _widest(sheets: Iterable[SheetRow], is_open: list[bool]) -> int:
    """Return how far apart the marks are at most on the criteria that are open."""
    columns = zip(is_open, *(sheet.marks for sheet in sheets), strict=False)
    given = ([mark for mark in column[1:] if mark is not None] for column in columns if column[0])
    return max((max(marks) - min(marks) for marks in given if marks), default=0)
