"""The reasons of the deciding office for awards that it decides as recommended."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.counted import listed
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.operations.deciding.decision_lines import LineDecision, Standing
    from models.queries.deciding.recommendations import RecommendationRow
    from models.session import Session


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the list of the office's own reasons."""
    words = (
        "why awards reduce crime or help victims, in the office's words, a .csv or .xlsx with the headings "
        "Reference and Reason; they are published, in place of the panel's"
    )
    parser.add_argument("--reasons", metavar="FILE", type=Path, help=words)


def reasoned_lines(
    session: "Session", round_id: int, items: "Sequence[RecommendationRow]", path: Path | None
) -> "tuple[LineDecision, ...]":
    """Return lines that agree with what stands, each award with its reason: the office's, else the panel's.

    What the panel wrote to depart from its list is no reason of an award: such a line has the office's alone.
    """
    from models.operations.deciding.decision_lines import LineDecision, standing_lines

    given, standings = _given(path, items), standing_lines(session, round_id)
    return tuple(
        LineDecision(row.application, reason=_reason(row, standings[row.application], given)) for row in items
    )


def unexplained(
    session: "Session", round_id: int, items: "Sequence[RecommendationRow]", path: Path | None
) -> str:
    """Return which awards have the panel's reason to depart from its list and no other, "" without any."""
    lines = {line.application: line for line in reasoned_lines(session, round_id, items, path)}
    left = [row.application for row in items if row.is_departure and not lines[row.application].reason]
    if not left:
        return ""
    verb, whom = ("needs", "it") if len(left) == 1 else ("need", "them")
    return (
        f"{listed(left)} {verb} the reason why it reduces crime or helps victims, which is published. What "
        f"the panel wrote says why it departed from its list for {whom}. Give the office's reason with "
        "--reasons FILE, a .csv or .xlsx with the headings Reference and Reason."
    )


def require_explained(
    session: "Session", round_id: int, items: "Sequence[RecommendationRow]", path: Path | None
) -> None:
    """Refuse to decide what only the panel's reason to depart from its list stands beside."""
    words = unexplained(session, round_id, items, path)
    if words:
        raise Refused(words)


def _reason(row: "RecommendationRow", standing: "Standing", given: Mapping[str, str]) -> str:
    """Return why a line is an award: what is given now, what an earlier signature wrote, the panel's."""
    from models.queries.deciding.recommendations import FUNDED

    if standing.outcome not in FUNDED:
        return ""
    panels = row.reason if row.outcome in FUNDED and not row.is_departure else ""
    return given.get(row.application, "") or standing.own_reason or panels


def _given(path: Path | None, items: "Sequence[RecommendationRow]") -> Mapping[str, str]:
    if path is None:
        return {}
    from exchange.papers.reason_list import read_reasons

    return read_reasons(path, {row.application for row in items})
