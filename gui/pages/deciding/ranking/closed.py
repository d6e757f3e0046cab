"""What of the ranked list stays closed to a member: interests, and all of it before handing in."""

from collections.abc import Mapping
from dataclasses import replace

from models.queries.applications.intake import YOU_DECLARED
from models.values.round_list import Listed, Mark, RoundList
from models.values.rows import ApplicationRow, RoundRows
from scoring.round import Eligibility, InterestKind

BLIND_STAGE = "scoring"
PRINTS = "whose marks and total this paper prints"
HAND_IN_FIRST = "The list opens when you have handed in your own score sheets, or when the panel meets."


def closed_to(rows: RoundRows, member: str | None) -> frozenset[str]:
    """Return the applications in which a member declared a conflict; none for somebody beside the panel."""
    if member is None:
        return frozenset()
    own = [row for row in rows.interests if row.member == member and row.kind.is_conflict]
    return frozenset(row.application for row in own if row.application is not None)


def stands_aside(reference: str) -> str:
    """Say to a member why nothing of an application is shown or done by them."""
    return (
        f"You declared an interest in {reference}. Its text and marks stay closed to you and you stand aside "
        "at the meeting. If that is wrong, ask the chair."
    )


def papers_closed(rows: RoundRows, area: str | None, member: str | None, prints: str = PRINTS) -> str:
    """Say why a member is not shown the papers of an area (None: of all), "" when they may be.

    `prints` is what a paper holds of every application on it.
    """
    closed = closed_to(rows, member)
    there = [a.reference for a in rows.applications if a.reference in closed and area in (None, a.area)]
    if not there:
        return ""
    return (
        f"You declared an interest in {', '.join(there)}, {prints}. Somebody "
        "without an interest writes it; other areas are open to you."
    )


def waits(rows: RoundRows, stages: Mapping[str, str], area: str | None, member: str | None) -> bool:
    """Whether a member still has a sheet to hand in here, so that no order or total may be seen yet.

    `stages` are those of the areas by name; `area` is None for all of them.
    """
    waiting = areas_waiting(rows, stages, member)
    return bool(waiting) if area is None else area in waiting


def areas_waiting(rows: RoundRows, stages: Mapping[str, str], member: str | None) -> frozenset[str]:
    """Return the areas in which a member still has a sheet to hand in; none for somebody beside the panel."""
    blind = {name for name, stage in stages.items() if stage == BLIND_STAGE}
    if member is None or not blind:
        return frozenset()
    settled = {s.application for s in rows.sheets if s.member == member and s.submitted}
    settled |= {
        i.application or "" for i in rows.interests if i.member == member and i.kind is not InterestKind.NONE
    }
    open_there = (a for a in rows.applications if a.reference not in settled and _is_scored(a))
    return frozenset(a.area for a in open_there if a.area is not None and a.area in blind)


def hand_in_first(rows: RoundRows, stages: Mapping[str, str], area: str | None, member: str | None) -> str:
    """Say why the list of an area (None: of all) is closed to a member, and which areas are open; else ""."""
    waiting = areas_waiting(rows, stages, member)
    if not waiting or (area is not None and area not in waiting):
        return ""
    is_open = [name for name in stages if name != area and name not in waiting]
    if not is_open:
        return HAND_IN_FIRST
    where = is_open[0] if len(is_open) == 1 else f"{', '.join(is_open[:-1])} or {is_open[-1]}"
    return f"{HAND_IN_FIRST} What is open to you now: choose {where} in the header."


def still_blind(rows: RoundRows, stages: Mapping[str, str], member: str | None) -> frozenset[str]:
    """Return the applications of areas that are not open to a member yet: no mark on them may be told."""
    blind = areas_waiting(rows, stages, member)
    return frozenset(a.reference for a in rows.applications if a.area in blind) if blind else frozenset()


def _is_scored(application: ApplicationRow) -> bool:
    return not application.withdrawn and application.eligibility is not Eligibility.NO


def without_closed(listed: RoundList, closed: frozenset[str]) -> RoundList:
    """Return the list without the marks, totals and reasons of what is closed; places and money stay."""
    if not closed:
        return listed
    lines = tuple(_veiled(line) if line.standing.reference in closed else line for line in listed.lines)
    return replace(listed, lines=lines)


def _veiled(line: Listed) -> Listed:
    standing = line.standing._replace(
        reasons=(YOU_DECLARED,),
        quality_1e2=None,
        cost_1e2=None,
        total_1e2=None,
        price_pence=None,
        place_by=None,
        below_threshold=(),
        criteria=(),
        outcome_reason=None,
    )
    mark = Mark.OPEN if line.mark is Mark.BELOW else line.mark  # "below floor" tells the total
    return replace(
        line, standing=standing, mark=mark, reason=YOU_DECLARED, is_stale=False, is_exception=False
    )
