"""The standing of every application of a round, before money (sections 3 to 5)."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from scoring.allocating.cost import cost_scores
from scoring.allocating.shared_pots import list_of
from scoring.marks.combine import combined, denominator
from scoring.marks.counting import Marks, counting, not_applicable_of
from scoring.places.tie_breaks import Placed, places
from scoring.places.totals import Scored, Shape, Value, score_alike
from scoring.ranking import Standing, Status
from scoring.round import Application, ChairDecisionKind, Round
from scoring.scheme import Combine, Scheme
from scoring.status import Evidence, Judgement, agreed_without_sheets, demands, status


class Standings(NamedTuple):
    """Standings without money: for each area those in place order, then the rest by reference."""

    by_area: dict[str | None, list[Standing]]
    warnings: tuple[str, ...]


def stand(round_: Round) -> Standings:
    """Return where every application of a round stands, with the warnings for the whole round."""
    evidence, warnings = _evidence(round_)
    asked = demands(round_.scheme)
    judgements = {a.reference: status(asked, a, evidence[a.reference]) for a in round_.applications}
    alone = agreed_without_sheets(judgements, evidence)
    ranked = [a for a in round_.applications if judgements[a.reference][0] is Status.RANKED]
    scored = _scored(round_, ranked, evidence)
    chair = {
        d.application: d.place
        for d in round_.chair_decisions
        if d.kind is ChairDecisionKind.TIE and d.place is not None
    }
    rest = [a for a in round_.applications if judgements[a.reference][0] is not Status.RANKED]
    by_area: dict[str | None, list[Standing]] = {area.name: [] for area in round_.areas}
    by_area[None] = []
    for one in scored.values():
        for placed in places(round_.scheme, one, chair):
            by_area[placed.scored.application.area].append(_ranked_standing(placed))
    for application in sorted(rest, key=_reference):
        counted = len(evidence[application.reference].sheets)
        by_area[application.area].append(
            _unranked_standing(application, judgements[application.reference], counted)
        )
    return Standings(by_area, (*warnings, *([alone] if alone else [])))


def computed_scores(round_: Round) -> dict[str, dict[str, Fraction]]:
    """Return S by criterion code and reference for every computed criterion, within each list."""
    scores: dict[str, dict[str, Fraction]] = {}
    for criterion in round_.scheme.criteria:
        if not criterion.is_judged:
            scores[criterion.code] = {}
            for applications in _in_lists(round_).values():
                scores[criterion.code] |= cost_scores(criterion, applications)
    return scores


def evidence_of(round_: Round) -> dict[str, Evidence]:
    """Return what there is to score each application by, by reference."""
    return _evidence(round_)[0]


def _evidence(round_: Round) -> tuple[dict[str, Evidence], tuple[str, ...]]:
    not_applicable = not_applicable_of(round_)
    counted = counting(round_, not_applicable)
    agreed = {row.application: row.marks for row in round_.agreed}
    none: frozenset[str] = frozenset()
    found = {
        a.reference: Evidence(
            counted.marks[a.reference], agreed.get(a.reference), not_applicable.get(a.reference, none)
        )
        for a in round_.applications
    }
    return found, counted.warnings


def compared_with(round_: Round, application: Application) -> list[Application]:
    """Return the applications of the same list: those of the area, and of those that share its pot."""
    lists = list_of(round_.areas)
    own = lists[application.area]
    return [other for other in round_.applications if lists[other.area] == own]


def _in_lists(round_: Round) -> dict[str | None, list[Application]]:
    lists, found = list_of(round_.areas), dict[str | None, list[Application]]()
    for application in round_.applications:
        found.setdefault(lists[application.area], []).append(application)
    return found


def _scored(
    round_: Round, ranked: Sequence[Application], evidence: Mapping[str, Evidence]
) -> dict[str | None, list[Scored]]:
    combine = round_.scheme.combine
    groups: dict[tuple[frozenset[str], int], list[Application]] = {}
    for application in ranked:
        found = evidence[application.reference]
        held = 1 if combine is Combine.CONSENSUS else len(found.sheets)
        groups.setdefault((found.not_applicable, held), []).append(application)
    computed = computed_scores(round_)
    lists, by_list = list_of(round_.areas), dict[str | None, list[Scored]]()
    for (not_applicable, held), applications in groups.items():
        shape = Shape(
            not_applicable, denominator(combine, held) if _is_marked(round_.scheme, not_applicable) else 1
        )
        found_here = [evidence[a.reference] for a in applications]
        values = _values(round_.scheme, shape, found_here) | _computed_values(computed, shape, applications)
        counted = [len(found.sheets) for found in found_here]
        for scored in score_alike(round_.scheme, shape, applications, counted, values):
            by_list.setdefault(lists[scored.application.area], []).append(scored)
    return by_list


def _is_marked(scheme: Scheme, not_applicable: frozenset[str]) -> bool:
    """Whether a judged criterion is left, so that there are values to combine."""
    return any(criterion.code not in not_applicable for criterion in scheme.judged)


def _values(scheme: Scheme, shape: Shape, evidence: Sequence[Evidence]) -> dict[str, Sequence[Value]]:
    """Return a column of combined values for each judged criterion that applies."""
    wanted = [(i, c.code) for i, c in enumerate(scheme.judged) if c.code not in shape.not_applicable]
    if not wanted:
        return {}
    if scheme.combine is Combine.CONSENSUS:
        members: list[list[Marks]] = [[found.agreed or () for found in evidence]]
    else:
        members = [list(sheets) for sheets in zip(*(found.sheets for found in evidence), strict=True)]
    columns = [list(zip(*sheets, strict=True)) for sheets in members]
    return {code: combined(scheme.combine, [_whole(c[i]) for c in columns]) for i, code in wanted}


def _whole(column: Sequence[int | None]) -> Sequence[int]:
    """Narrow a column whose marks are all there: completeness was checked with the status."""
    return column  # type: ignore[return-value]


def _computed_values(
    computed: Mapping[str, Mapping[str, Fraction]], shape: Shape, applications: Sequence[Application]
) -> dict[str, Sequence[Value]]:
    return {
        code: [scores[a.reference] for a in applications]
        for code, scores in computed.items()
        if code not in shape.not_applicable
    }


_reference: Callable[[Application], str] = attrgetter("reference")


def _ranked_standing(placed: Placed) -> Standing:
    scored = placed.scored
    application = scored.application
    return Standing(
        application.reference,
        application.organisation,
        application.area,
        application.requested_pence,
        Status.RANKED,
        (),
        scored.counting_members,
        scored.quality_1e2,
        scored.cost_1e2,
        scored.total_1e2,
        scored.price_pence,
        placed.place,
        placed.tied,
        placed.by,
        scored.below_threshold,
        scored.criteria,
    )


def _unranked_standing(application: Application, judgement: Judgement, counted: int) -> Standing:
    return Standing(
        application.reference,
        application.organisation,
        application.area,
        application.requested_pence,
        *judgement,
        counting_members=counted,
        quality_1e2=None,
        cost_1e2=None,
        total_1e2=None,
        price_pence=None,
        place=None,
        tied=False,
        place_by=None,
        below_threshold=(),
        criteria=(),
    )
