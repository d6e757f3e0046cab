"""The reasons of the deciding office for awards that it decides as recommended."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.counted import listed

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
    """Return lines that agree with what stands, each award with the office's reason, else the panel's."""
    from models.operations.deciding.decision_lines import LineDecision, standing_lines
    from models.queries.deciding.recommendations import FUNDED

    given, standings = _given(path, items), standing_lines(session, round_id)
    found = list[LineDecision]()
    for row in items:
        here = standings[row.application]
        panels = row.reason if row.outcome in FUNDED else ""
        why = given.get(row.application, "") or here.own_reason or panels
        found.append(LineDecision(row.application, reason=why if here.outcome in FUNDED else ""))
    return tuple(found)


def unexplained(
    session: "Session", round_id: int, items: "Sequence[RecommendationRow]", path: Path | None
) -> str:
    """Return which awards have the panel's reason to depart from its list and no other, "" without any.

    Such a reason is published unless the office gives its own.
    """
    from models.operations.deciding.decision_lines import standing_lines
    from models.queries.deciding.reasons import departures
    from models.queries.deciding.recommendations import FUNDED

    given, odd = _given(path, items), departures(session, round_id)
    standings = standing_lines(session, round_id)
    left = [
        of
        for of in (row.application for row in items if row.application in odd)
        if standings[of].outcome in FUNDED and not (given.get(of) or standings[of].own_reason)
    ]
    if not left:
        return ""
    return (
        f"The reason published for {listed(left)} is the panel's, which says why it departed from its list. "
        "Say why it reduces crime or helps victims with --reasons FILE, a .csv or .xlsx with the headings "
        "Reference and Reason."
    )


def _given(path: Path | None, items: "Sequence[RecommendationRow]") -> Mapping[str, str]:
    if path is None:
        return {}
    from exchange.papers.reason_list import read_reasons

    return read_reasons(path, {row.application for row in items})
