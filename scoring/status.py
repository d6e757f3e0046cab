"""Whether an application is ranked, and every reason when it is not (section 5)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scoring.allocating import cost
from scoring.marks.sheets import Marks
from scoring.ranking import Status
from scoring.round import Application, Eligibility
from scoring.scheme import TRIMMED_NEEDS, Combine, Criterion, Scheme, Side
from scoring.written.text import counted

Judgement = tuple[Status, tuple[str, ...]]
_KEEPS_OUT = (Eligibility.NO, Eligibility.TO_CHECK)
RANKED: Judgement = (Status.RANKED, ())


class Evidence(NamedTuple):
    """What there is to score one application by.

    `sheets` are the counting members' marks; `agreed` the panel's agreed marks, None when there are
    none; `not_applicable` the codes that are not applicable.
    """

    sheets: Sequence[Marks]
    agreed: Marks | None
    not_applicable: frozenset[str]


class Demands(NamedTuple):
    """What a scheme asks of every application: worked out once for a round."""

    combine: Combine
    quorum: int
    judged: tuple[tuple[int, str], ...]
    computed: tuple[Criterion, ...]
    sides: tuple[tuple[Side, frozenset[str]], ...]
    enough: int
    """So many sheets lack nothing."""
    more: bool
    """Whether more than sheets is asked: agreed marks, or figures to compute from."""


def demands(scheme: Scheme) -> Demands:
    """Return what a scheme asks of every application."""
    codes = ((side, frozenset(c.code for c in scheme.criteria if c.side is side)) for side in Side)
    least = TRIMMED_NEEDS if scheme.combine is Combine.TRIMMED else 1
    computed = tuple(c for c in scheme.criteria if not c.is_judged)
    return Demands(
        scheme.combine,
        scheme.quorum,
        tuple((i, c.code) for i, c in enumerate(scheme.judged)),
        computed,
        tuple((side, found) for side, found in codes if found),
        max(scheme.quorum, least),
        scheme.combine is Combine.CONSENSUS or bool(computed),
    )


def status(asked: Demands, application: Application, evidence: Evidence) -> Judgement:
    """Return the first status that holds, with its reasons (none for a ranked one)."""
    if _has_all(asked, application, evidence):
        return RANKED
    if application.withdrawn:
        return Status.WITHDRAWN, ("withdrawn",)
    if application.eligibility is Eligibility.NO:
        return Status.INELIGIBLE, (application.eligibility_reason or "a gate failed",)
    lacking = _lacking(asked, application, evidence)
    if lacking:
        return Status.INCOMPLETE, tuple(lacking)
    if len(evidence.sheets) < asked.quorum:
        return Status.NOT_QUORATE, (
            f"{counted(len(evidence.sheets), 'counting member')}, quorum {asked.quorum}",
        )
    return RANKED


def _has_all(asked: Demands, application: Application, evidence: Evidence) -> bool:
    """Whether nothing is lacking at the first look, as with nearly all of the thousands in a round."""
    sheets, agreed, not_applicable = evidence
    if len(sheets) < asked.enough or not_applicable or application.area is None or application.withdrawn:
        return False
    if asked.more and (asked.computed or agreed is None or None in agreed):
        return False
    return application.eligibility not in _KEEPS_OUT


def agreed_without_sheets(judged: Iterable[tuple[Judgement, Evidence]]) -> str | None:
    """Return the one warning for agreed marks that no sheet stands behind, or None."""
    found = any(
        NO_SHEET in reasons and any(mark is not None for mark in evidence.agreed or ())
        for (_, reasons), evidence in judged
    )
    return AGREED_ALONE if found else None


NO_SHEET = "no submitted sheet"
AGREED_ALONE = (
    "Agreed marks are there, but no member's sheet: add the Marks sheet, since quorum is counted from it."
)


def _lacking(asked: Demands, application: Application, evidence: Evidence) -> list[str]:
    reasons = []
    if application.eligibility is Eligibility.TO_CHECK:
        reasons.append(
            f"gate not checked: {application.eligibility_reason}"
            if application.eligibility_reason
            else "gate not checked: eligibility"
        )
    if application.area is None:
        reasons.append("no area given")
    if asked.judged:
        reasons += _marks_lacking(asked, evidence)
    if asked.computed:
        wanted = (c for c in asked.computed if c.code not in evidence.not_applicable)
        reasons += [
            f"{c.code} needs the {cost.MISSING_FIGURE[c.basis]}, which is not known"
            for c in wanted
            if cost.basis(application, c) is None
        ]
    if evidence.not_applicable:
        emptied = (side for side, codes in asked.sides if codes <= evidence.not_applicable)
        reasons += [f"no criterion left on the {side} side" for side in emptied]
    return reasons


def _marks_lacking(asked: Demands, evidence: Evidence) -> list[str]:
    judged = asked.judged
    if evidence.not_applicable:
        judged = tuple((i, code) for i, code in judged if code not in evidence.not_applicable)
        if not judged:
            return []
    reasons = []
    if asked.combine is Combine.CONSENSUS:
        agreed = evidence.agreed
        reasons = [f"no agreed mark on {code}" for i, code in judged if not agreed or agreed[i] is None]
    if not evidence.sheets:
        reasons.append(NO_SHEET)
    if asked.combine is Combine.TRIMMED and len(evidence.sheets) < TRIMMED_NEEDS:
        reasons.append(f"needs five sheets, has {len(evidence.sheets)}")
    return reasons
