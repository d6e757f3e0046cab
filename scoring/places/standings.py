"""Where every application stands before money, and why one is not ranked (guide, scoring 3 to 5)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cache, partial
from itertools import groupby, repeat
from operator import attrgetter
from typing import Any, NamedTuple

from scoring.allocating.allocation import list_of
from scoring.marks.sheets import Counting, Marks, combined, counting, denominator, not_applicable_of
from scoring.places.totals import (
    MISSING_FIGURE,
    Shape,
    Totals,
    Value,
    basis,
    cost_scores,
    from_columns,
    joined,
    looks_up,
    score_alike,
)
from scoring.ranking import Standing, Status
from scoring.round import Application, Eligibility, Round, Sheet
from scoring.scheme import CRITERION_RULE, TRIMMED_NEEDS, Combine, Criterion, Scheme, Side
from scoring.written.text import counted, listed

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
    computed = tuple(c for c in scheme.criteria if not c.is_judged)
    return Demands(
        scheme.combine,
        scheme.quorum,
        tuple(enumerate(scheme.judged_codes)),
        computed,
        tuple((side, found) for side, found in codes if found),
        max(scheme.quorum, TRIMMED_NEEDS if scheme.combine is Combine.TRIMMED else 1),
        scheme.is_agreed or bool(computed),
    )


def status(asked: Demands, application: Application, evidence: Evidence) -> Judgement:
    """Return the first status that holds, with its reasons (none for a ranked one)."""
    if _has_all(asked, application, evidence):
        return RANKED
    if application.withdrawn:
        return Status.WITHDRAWN, ("withdrawn",)
    if application.eligibility is Eligibility.NO:
        return Status.INELIGIBLE, (application.eligibility_reason or "a gate failed",)
    if lacking := _lacking(asked, application, evidence):
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


def has_agreed_alone(judged: Iterable[tuple[Judgement, Evidence]]) -> bool:
    """Whether there are agreed marks that no sheet stands behind."""
    return any(
        NO_SHEET in reasons and any(mark is not None for mark in evidence.agreed or ())
        for (_, reasons), evidence in judged
    )


NO_SHEET = "no submitted sheet"
AGREED_ALONE = (
    "Agreed marks are there, but no member's sheet: add the Marks sheet, since quorum is counted from it."
)


def _lacking(asked: Demands, application: Application, evidence: Evidence) -> list[str]:
    reasons = []
    if application.eligibility is Eligibility.TO_CHECK:
        reasons.append(f"gate not checked: {application.eligibility_reason or 'eligibility'}")
    if application.area is None:
        reasons.append("no area given")
    if asked.judged:
        reasons += _marks_lacking(asked, evidence)
    if asked.computed:
        wanted = (c for c in asked.computed if c.code not in evidence.not_applicable)
        reasons += [
            f"{c.code} needs the {MISSING_FIGURE[c.basis]}, which is not known"
            for c in wanted
            if basis(application, c) is None
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


_Answer = int | datetime | None
"""What one application answers a rule with; None when it cannot."""

LOWER_FIRST = ("requested", "received", "chair")
"""The rules on which the lower answer goes first; on marks and scores the higher does."""


class Places(NamedTuple):
    """The rows of one list in order of place, then reference, with a place each: 1, =2, =2, 4.

    `tied` when no tie-break separates it from another; `by` the rule that did.
    """

    rows: Sequence[int]
    places: Sequence[int]
    tied: Sequence[bool]
    by: Sequence[str | None]


class _Order(NamedTuple):
    """Rows in their order, the rule that parted each from others, and the stretches that nothing parts."""

    rows: list[int]
    by: list[str | None]
    tied: list[slice]


_Rule = tuple[str, Callable[[], Sequence[_Answer]]]
"""A tie-break rule and what gives every application's answer, once it is asked for."""


def places(
    scheme: Scheme, totals: Totals, lists: Iterable[Sequence[int]], chair: Mapping[str, int]
) -> list[Places]:
    """Return the places of each list, given as its rows in the totals.

    `chair` holds the chair's tie decisions by reference. Every application with an equal score carries the
    last rule that separated it from any of them.
    """
    scores: Sequence[Any] = totals.total_1e2
    if scheme.is_by_price:
        scores = [(pence is None, pence or 0) for pence in totals.price_pence]
    score = scores.__getitem__
    rules = [(rule, cache(partial(_answers, rule, scheme, totals, chair))) for rule in tie_breaks(scheme)]
    found = []
    for rows in lists:
        order = _Order([], [], [])
        for _, equals in groupby(sorted(rows, key=score, reverse=not scheme.is_by_price), key=score):
            _go_down(rules, list(equals), totals, order)
        given, tied = list(range(1, len(order.rows) + 1)), [False] * len(order.rows)
        for stretch in order.tied:
            count = stretch.stop - stretch.start
            given[stretch], tied[stretch] = [stretch.start + 1] * count, [True] * count
        found.append(Places(order.rows, given, tied, order.by))
    return found


def tie_breaks(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie-break rules of a scheme; `chair` comes last when it is not listed."""
    return scheme.ladder if "chair" in scheme.ladder else (*scheme.ladder, "chair")


def _go_down(
    rules: Sequence[_Rule], equals: list[int], totals: Totals, order: _Order, by: str | None = None
) -> None:
    """Put equals, which `by` parted from others, in order, going down the rules once.

    A rule is passed over that one of them cannot answer, or that all answer alike.
    """
    if len(equals) == 1:
        order.rows.append(equals[0])
        order.by.append(by)
        return
    for number, (rule, answers) in enumerate(rules, start=1):
        column = answers()
        alike: dict[_Answer, list[int]] = {}
        for row in equals:
            alike.setdefault(column[row], []).append(row)
        if len(alike) > 1 and None not in alike:
            for answer in sorted(alike, reverse=rule not in LOWER_FIRST):  # type: ignore[type-var]
                _go_down(rules[number:], alike[answer], totals, order, rule)
            return
    order.tied.append(slice(len(order.rows), len(order.rows) + len(equals)))
    order.rows.extend(sorted(equals, key=lambda row: totals.applications[row].reference))
    order.by.extend([by] * len(equals))


_OF_A_SCORE = {"quality": "quality_1e2", "cost": "cost_1e2"}
_OF_AN_APPLICATION = {"requested": "requested_pence", "received": "received_at"}
"""The figures that answer a rule: of what an application comes to, and of itself."""


def _answers(rule: str, scheme: Scheme, totals: Totals, chair: Mapping[str, int]) -> Sequence[_Answer]:
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE)
        position = [c.code for c in scheme.criteria].index(code)
        return [results[position].value_1e2 for results in totals.criteria]
    if rule == "chair":
        return [chair.get(a.reference) for a in totals.applications]
    if rule in _OF_AN_APPLICATION:
        return list(map(attrgetter(_OF_AN_APPLICATION[rule]), totals.applications))
    found: Sequence[_Answer] = getattr(totals, _OF_A_SCORE[rule])
    return found


def answer_of(
    rule: str, standing: Standing, application: Application, chair: Mapping[str, int]
) -> int | datetime | None:
    """Return what a ranked application answers a tie-break rule with, None when it cannot."""
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE)
        return next((r.value_1e2 for r in standing.criteria if r.code == code), None)
    if rule == "chair":
        return chair.get(standing.reference)
    found: _Answer = (
        getattr(application, _OF_AN_APPLICATION[rule])
        if rule in _OF_AN_APPLICATION
        else getattr(standing, _OF_A_SCORE[rule])
    )
    return found


_Line = tuple[Application, Evidence]


class Standings(NamedTuple):
    """Standings without money: for each area those in place order, then the rest by reference."""

    by_area: dict[str | None, list[Standing]]
    warnings: tuple[str, ...]


def stand(round_: Round) -> Standings:
    """Return where every application of a round stands, with the warnings for the whole round."""
    evidence, counts = _evidence(round_)
    asked = demands(round_.scheme)
    judged = [status(asked, a, found) for a, found in zip(round_.applications, evidence, strict=True)]
    alone = (AGREED_ALONE,) if has_agreed_alone(zip(judged, evidence, strict=True)) else ()
    lines = list(zip(round_.applications, evidence, strict=True))
    ranked = [line for line, judgement in zip(lines, judged, strict=True) if judgement is RANKED]
    warnings = (*counts.warnings, *alone, *unlike_panels(round_, ranked, counts.sheets))
    by_area: dict[str | None, list[Standing]] = {**{area.name: [] for area in round_.areas}, None: []}
    totals = _totals(round_, ranked)
    for placed in places(
        round_.scheme, totals, _rows_by_list(round_, totals.applications), round_.tie_places
    ):
        for standing in _ranked_standings(totals, placed):
            by_area[standing.area].append(standing)
    rest = [_unranked(*line, found) for line, found in zip(lines, judged, strict=True) if found is not RANKED]
    for standing in sorted(rest, key=attrgetter("reference")):
        by_area[standing.area].append(standing)
    return Standings(by_area, warnings)


NAMED_AT_MOST = 5


def unlike_panels(round_: Round, ranked: Iterable[_Line], sheets: Iterable[Sheet]) -> Iterator[str]:
    """Yield for each list the applications that not the same members marked as the others of the list.

    A strict member moves the mean of those applications alone. Agreed marks are of the panel as a whole.
    """
    if round_.scheme.combine is Combine.CONSENSUS:
        return
    members = defaultdict[str, set[str]](set)
    for sheet in sheets:
        members[sheet.application].add(sheet.member)
    lists = list_of(round_.areas)
    by_list = defaultdict[str | None, list[str]](list)
    for application, _ in ranked:
        by_list[lists[application.area]].append(application.reference)
    for area, references in by_list.items():
        panels = Counter(frozenset(members[reference]) for reference in references)
        most = max(panels, key=panels.__getitem__)
        others = sorted(reference for reference in references if members[reference] != most)
        if others:
            few = len(others) <= NAMED_AT_MOST
            them = listed(others) if few else f"{len(others)} of {len(references)} applications"
            yield (
                f"{area}: not the same members marked {them} as the rest of the list; "
                "a strict or a generous member can move their places."
            )


def computed_scores(round_: Round) -> dict[str, dict[str, Fraction]]:
    """Return S by criterion code and reference for every computed criterion, within each list."""
    scores: dict[str, dict[str, Fraction]] = {}
    for criterion in round_.scheme.criteria:
        if not criterion.is_judged:
            scores[criterion.code] = {}
            for rows in _rows_by_list(round_, round_.applications):
                scores[criterion.code] |= cost_scores(criterion, [round_.applications[n] for n in rows])
    return scores


def evidence_of(round_: Round) -> dict[str, Evidence]:
    """Return what there is to score each application by, by reference."""
    found, _ = _evidence(round_)
    return {a.reference: evidence for a, evidence in zip(round_.applications, found, strict=True)}


def value_of(scheme: Scheme, criterion: Criterion, found: Evidence, score: Fraction | None) -> Fraction:
    """Return what one application has on a criterion, exactly: of the highest mark, or of 100 computed."""
    if not criterion.is_judged:
        return score or Fraction(0)
    marks = marks_on(scheme, criterion, found)
    return Fraction(
        combined(scheme.combine, [[mark] for mark in marks])[0], denominator(scheme.combine, len(marks))
    )


def marks_on(scheme: Scheme, criterion: Criterion, found: Evidence) -> list[int]:
    """Return the marks on a criterion from which its value comes: the agreed one, or the members'."""
    position = scheme.judged_codes.index(criterion.code)
    sheets = [found.agreed or ()] if scheme.is_agreed else found.sheets
    return [mark for sheet in sheets if (mark := sheet[position]) is not None]


def _evidence(round_: Round) -> tuple[list[Evidence], Counting]:
    """Return what there is to score each application by, in their order, and the sheets that count."""
    not_applicable = not_applicable_of(round_)
    counted = counting(round_, not_applicable)
    agreed = {row.application: row.marks for row in round_.agreed}
    references = [application.reference for application in round_.applications]
    found = from_columns(
        Evidence,
        map(counted.marks.__getitem__, references),
        map(agreed.get, references),
        map(not_applicable.get, references, repeat(frozenset[str]())),
    )
    return list(found), counted


def compared_with(round_: Round, application: Application) -> list[Application]:
    """Return the applications of the same list: those of the area, and of those that share its pot."""
    lists = list_of(round_.areas)
    own = lists[application.area]
    return [other for other in round_.applications if lists[other.area] == own]


def _totals(round_: Round, ranked: Sequence[_Line]) -> Totals:
    """Return the sums of the ranked, those of one shape together."""
    computed = computed_scores(round_)
    parts: list[Totals] = []
    for (not_applicable, held), lines in _alike(round_.scheme.combine, ranked).items():
        shape = Shape(
            not_applicable,
            denominator(round_.scheme.combine, held)
            if any(code not in not_applicable for code in round_.scheme.judged_codes)
            else 1,
        )
        applications, found = zip(*lines, strict=True)
        values: dict[str, Sequence[Value]] = {
            code: [scores[a.reference] for a in applications]
            for code, scores in computed.items()
            if code not in not_applicable
        }
        values |= _values(round_.scheme, shape, found)
        counted = [len(one.sheets) for one in found]
        parts.append(score_alike(round_.scheme, shape, applications, counted, values))
    return joined(parts)


def _rows_by_list(round_: Round, applications: Sequence[Application]) -> Iterable[list[int]]:
    """Return the rows of the applications of each list that has any, in the lists' order."""
    lists = list_of(round_.areas)
    rows: dict[str | None, list[int]] = {name: [] for name in lists.values()}
    for row, application in enumerate(applications):
        rows[lists[application.area]].append(row)
    return filter(None, rows.values())


def _alike(combine: Combine, ranked: Sequence[_Line]) -> dict[tuple[frozenset[str], int], list[_Line]]:
    """Return the ranked by the criteria set aside and the number of sheets that are combined."""
    groups = defaultdict[tuple[frozenset[str], int], list[_Line]](list)
    for line in ranked:
        sheets, _, not_applicable = line[1]
        groups[not_applicable, 1 if combine is Combine.CONSENSUS else len(sheets)].append(line)
    return groups


def _values(scheme: Scheme, shape: Shape, evidence: Sequence[Evidence]) -> dict[str, Sequence[Value]]:
    """Return a column of combined values for each judged criterion that applies."""
    wanted = [(i, code) for i, code in enumerate(scheme.judged_codes) if code not in shape.not_applicable]
    if not wanted:
        return {}
    if scheme.is_agreed:
        members: list[list[Marks]] = [[found.agreed or () for found in evidence]]
    else:
        members = [list(sheets) for sheets in zip(*(found.sheets for found in evidence), strict=True)]
    columns = [list(zip(*sheets, strict=True)) for sheets in members]
    return {code: combined(scheme.combine, [c[i] for c in columns]) for i, code in wanted}


def _ranked_standings(totals: Totals, placed: Places) -> Iterator[Standing]:
    """Return the standings of one list, which has at least one application."""
    here = Totals(*map(looks_up(placed.rows), totals))
    count = len(placed.rows)
    return from_columns(
        Standing,
        [application.reference for application in here.applications],
        [application.organisation for application in here.applications],
        [application.area for application in here.applications],
        [application.requested_pence for application in here.applications],
        repeat(Status.RANKED, count),
        repeat((), count),
        here.counting_members,
        here.quality_1e2,
        here.cost_1e2,
        here.total_1e2,
        here.price_pence,
        placed.places,
        placed.tied,
        placed.by,
        here.below_threshold,
        here.criteria,
        *(repeat(None, count) for _ in ("offer", "outcome", "reason")),
        repeat(False, count),
    )


def _unranked(application: Application, evidence: Evidence, judgement: Judgement) -> Standing:
    return Standing(
        application.reference,
        application.organisation,
        application.area,
        application.requested_pence,
        *judgement,
        counting_members=len(evidence.sheets),
    )
