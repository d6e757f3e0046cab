"""Whether an application is ranked, and every reason when it is not (section 5)."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from scoring import cost
from scoring.counting import Marks
from scoring.ranking import Status
from scoring.round import Application, Eligibility
from scoring.scheme import Combine, Criterion, Scheme, Side

TRIMMED_NEEDS = 5
"""Fewest counting members for the trimmed mean (section 3.1)."""

Judgement = tuple[Status, tuple[str, ...]]


class Evidence(NamedTuple):
    """What there is to score one application by.

    `sheets` are the counting members' marks; `agreed` the panel's agreed marks, None when there are
    none; `aside` the codes that are not applicable.
    """

    sheets: Collection[Marks]
    agreed: Marks | None
    aside: frozenset[str]


def status(scheme: Scheme, application: Application, evidence: Evidence) -> Judgement:
    """Return the first status that holds, with its reasons (none for a ranked one)."""
    if application.withdrawn:
        return Status.WITHDRAWN, ("withdrawn",)
    if application.eligibility is Eligibility.NO:
        return Status.INELIGIBLE, (application.eligibility_reason or "a gate failed",)
    lacking = tuple(_lacking(scheme, application, evidence))
    if lacking:
        return Status.INCOMPLETE, lacking
    if len(evidence.sheets) < scheme.quorum:
        return Status.NOT_QUORATE, (_quorum_words(len(evidence.sheets), scheme.quorum),)
    return Status.RANKED, ()


def agreed_without_sheets(
    judgements: Mapping[str, Judgement], evidence: Mapping[str, Evidence]
) -> str | None:
    """Return the one warning for agreed marks that no sheet stands behind, or None."""
    found = any(
        NO_SHEET in reasons and any(mark is not None for mark in evidence[reference].agreed or ())
        for reference, (_, reasons) in judgements.items()
    )
    return AGREED_ALONE if found else None


NO_SHEET = "no submitted sheet"
AGREED_ALONE = (
    "Agreed marks are there, but no member's sheet: add the Marks sheet, since quorum is counted from it."
)


def _lacking(scheme: Scheme, application: Application, evidence: Evidence) -> list[str]:
    reasons = []
    if application.eligibility is Eligibility.TO_CHECK:
        reasons.append(_gate_words(application.eligibility_reason))
    if application.area is None:
        reasons.append("no area given")
    reasons += _marks_lacking(scheme, evidence)
    reasons += _figures_lacking(scheme, application, evidence.aside)
    if evidence.aside:
        reasons += _sides_emptied(scheme, evidence.aside)
    return reasons


def _marks_lacking(scheme: Scheme, evidence: Evidence) -> list[str]:
    judged = [(i, c.code) for i, c in enumerate(scheme.judged) if c.code not in evidence.aside]
    if not judged:
        return []
    reasons = []
    if scheme.combine is Combine.CONSENSUS:
        agreed = evidence.agreed or (None,) * len(scheme.judged)
        reasons = [f"no agreed mark on {code}" for i, code in judged if agreed[i] is None]
    if not evidence.sheets:
        reasons.append(NO_SHEET)
    if scheme.combine is Combine.TRIMMED and len(evidence.sheets) < TRIMMED_NEEDS:
        reasons.append(f"needs five sheets, has {len(evidence.sheets)}")
    return reasons


def _figures_lacking(scheme: Scheme, application: Application, aside: frozenset[str]) -> list[str]:
    if len(scheme.judged) == len(scheme.criteria):
        return []
    wanted = (c for c in scheme.criteria if not c.is_judged and c.code not in aside)
    return [_figure_words(c) for c in wanted if cost.basis(application, c) is None]


def _sides_emptied(scheme: Scheme, aside: frozenset[str]) -> list[str]:
    return [
        f"no criterion left on the {side} side"
        for side in Side
        if (codes := {c.code for c in scheme.criteria if c.side is side}) and codes <= aside
    ]


def _gate_words(reason: str) -> str:
    return f"gate not checked: {reason}" if reason else "gate not checked: eligibility"


def _figure_words(criterion: Criterion) -> str:
    return f"{criterion.code} needs the {cost.MISSING_FIGURE[criterion.basis]}, which is not known"


def _quorum_words(present: int, quorum: int) -> str:
    members = "member" if present == 1 else "members"
    return f"{present} counting {members}, quorum {quorum}"
