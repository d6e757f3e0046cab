"""The reasons of the deciding office for awards that it decides as recommended."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.counted import listed
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.operations.deciding.decision_lines import LineDecision
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
    from models.queries.deciding.panel_reasons import departures
    from models.queries.deciding.recommendations import FUNDED

    given, standings = _given(path, items), standing_lines(session, round_id)
    odd, found = departures(session, round_id), list[LineDecision]()
    for row in items:
        of, here = row.application, standings[row.application]
        panels = row.reason if row.outcome in FUNDED and of not in odd else ""
        why = (given.get(of, "") or here.own_reason or panels) if here.outcome in FUNDED else ""
        found.append(LineDecision(of, reason=why))
    return tuple(found)


def unexplained(
    session: "Session", round_id: int, items: "Sequence[RecommendationRow]", path: Path | None
) -> str:
    """Return which awards have the panel's reason to depart from its list and no other, "" without any."""
    from models.operations.deciding.decision_lines import standing_lines
    from models.queries.deciding.panel_reasons import departures
    from models.queries.deciding.recommendations import FUNDED

    odd, standings = departures(session, round_id), standing_lines(session, round_id)
    without = [line.application for line in reasoned_lines(session, round_id, items, path) if not line.reason]
    left = [of for of in without if of in odd and standings[of].outcome in FUNDED]
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


def _given(path: Path | None, items: "Sequence[RecommendationRow]") -> Mapping[str, str]:
    if path is None:
        return {}
    from exchange.papers.reason_list import read_reasons

    return read_reasons(path, {row.application for row in items})
