"""What of the ranked list stays closed to a member who declared an interest."""

from dataclasses import replace

from gui.round_list import Listed, RoundList
from models.queries.intake import YOU_DECLARED
from models.rows import RoundRows


def closed_to(rows: RoundRows, member: str | None) -> frozenset[str]:
    """Return the applications in which a member declared a conflict; none for somebody beside the panel."""
    if member is None:
        return frozenset()
    own = [row for row in rows.interests if row.member == member and row.kind.is_conflict]
    return frozenset(row.application for row in own if row.application is not None)


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
    return replace(line, standing=standing, reason=YOU_DECLARED, is_stale=False)
