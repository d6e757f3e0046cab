"""`grant-panel explain` and `sensitivity`: how a place came about, and what would change it."""

import argparse
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from cli.deciding.rank import read_source, reasons_in_short, recalculated_json, standing_json
from cli.frame.output import Column, Json, Options, answer, as_table, told, told_of, warn
from exchange.papers.sensitivity_words import Known, sensitivity_rows
from models.permissions.viewing import refuse_blind, refuse_closed, refuse_other_panels, told_steps, veiled
from models.queries.permissions.conditions import stands_aside
from models.values.rows import RoundRows, distinct_names, scored_round
from scoring.explaining.steps import Explanation, explain
from scoring.explaining.what_if import Moved, entering, leaving
from scoring.money import decimal_text, half_up, percent, plain_score, pounds
from scoring.rank import rank, recalculated
from scoring.ranking import Step
from scoring.sensitivity.agreement import Agreement
from scoring.sensitivity.list_sensitivity import ListSensitivity, list_sensitivity, round_sensitivity
from scoring.sensitivity.optimal_allocation import OptimalAllocation
from scoring.sensitivity.split import PER_STEP, Beyond, DrawTest, SplitTest, draw_test
from scoring.written.amounts import read_figure
from scoring.written.text import Refused, Unreadable


def explain_place(options: Options) -> None:
    """Explain, and print the steps."""
    source = read_source(options.file, options)
    if options.application in source.sight.closed and not source.sight.must_declare:
        raise Refused(stands_aside([options.application]))
    round_ = scored_round(source.rows)
    whole = rank(round_)
    ranking = veiled(whole, source.sight)
    explanation = explain(round_, options.application, ranking if source.sight.hidden else whole)
    refuse_blind(source.rows, source.sight, explanation.standing.area)
    line = next(one for one in ranking.standings if one.reference == options.application)
    explanation = told_steps(explanation, line, source.sight, source.rows.scheme)
    recommended = source.recommended.get(options.application)
    decided = source.decided.get(options.application)
    answer(
        options,
        lambda: {
            **standing_json(source.rows.scheme, explanation.standing, recommended, decided),
            **recalculated_json(ranking, options.application),
            "steps": [told(step, "rule words exact shown") for step in explanation.steps],
        },
        _lines(explanation),
    )
    warn(source.rows.warnings)


def _lines(explanation: Explanation) -> Iterator[str]:
    standing = explanation.standing
    yield f"{standing.reference}, {standing.organisation}, asks {pounds(standing.requested_pence)}"
    for number, step in enumerate(explanation.steps, 1):
        yield f"{number:>3}. {step.rule}: {_words(explanation, step)}{_result(step)}"
    if explanation.recalculated:
        yield f"Shown as it was decided. {explanation.recalculated}"


def _words(explanation: Explanation, step: Step) -> str:
    reasons = explanation.standing.reasons
    if step.words == "; ".join(reasons):
        return reasons_in_short(reasons)
    return step.read


def _result(step: Step) -> str:
    """Return the exact figure and what is shown of it; once where they are the same number."""
    if not step.shown or step.words.startswith(step.shown):
        return ""
    if "/" in step.exact:
        return f" = {step.exact} → {step.shown}"
    is_figure = step.exact != step.shown and _is_same_number(step.exact, step.shown)
    return f" {'=' if is_figure else '→'} {step.shown}"


def _is_same_number(exact: str, shown: str) -> bool:
    try:
        return Fraction(exact) == Fraction(shown)
    except ValueError:
        return False


MOST_WITHIN = 50
"""The most points by which a weight may be drawn away from what is published."""


def show_sensitivity(options: Options) -> None:
    """Work it out and print it; nothing is changed."""
    source = read_source(options.file, options)
    rows = source.rows
    refuse_closed(rows, source.sight, None)
    refuse_other_panels(rows, source.sight)
    round_ = scored_round(rows)
    ranking = recalculated(round_)
    draw = partial(
        draw_test, count=options.draws, seed=options.seed, within=options.within, is_across=options.across
    )
    members = [member.code for member in rows.members]
    found = list_sensitivity(round_sensitivity(round_, ranking, members, draw=draw))
    answer(options, lambda: as_json(found), lines_of(found, rows))
    warn((*rows.warnings, *ranking.warnings))


MOST_DRAWS = 1_000_000
"""The most sets of weights that are drawn: more are held by no computer, and say no more."""


def _whole(text: str, *, least: int) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
    return int(text)


def _draws(text: str) -> int:
    many = _whole(text, least=1)
    if many > MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"{text!r} is more than {MOST_DRAWS:,}")
    return many


def _within(text: str) -> Decimal:
    try:
        points = read_figure(text)
    except Unreadable:
        points = Decimal(0)
    if not 0 < points <= MOST_WITHIN:
        raise argparse.ArgumentTypeError(f"{text!r} is not above 0 and up to {MOST_WITHIN} points")
    return points


def lines_of(found: ListSensitivity, rows: RoundRows) -> Iterator[str]:
    """Yield everything as plain lines, in the words of the page and the papers, then what was drawn."""
    known = Known(distinct_names(rows.members))
    yield from (f"{about}: {words}" for about, words in sensitivity_rows(found, known))
    yield from _drawn_lines(found.round_sensitivity.draws)


def _drawn_lines(draws: DrawTest | None) -> Iterator[str]:
    if draws is None:
        yield "No application is ranked by marks, so weights cannot be drawn."
        return
    where = "across the split" if draws.is_across else "within the published split"
    yield f"{draws.count:,} sets of weights within {draws.within} points, {where}, seed {draws.seed}:"
    yield from as_table(_drawn(draws), draws.applications)


def as_json(found: ListSensitivity) -> Json:
    """Return all of it as JSON has it; parts that cannot be said are null."""
    draws = found.round_sensitivity.draws
    return {
        "split": None if found.split is None else _split_json(found.split),
        "draws": None
        if draws is None
        else {
            **told(draws, "n=count seed"),
            "within": decimal_text(draws.within),
            "across": draws.is_across,
            "applications": [told_of(_drawn(draws), one) for one in draws.applications],
        },
        "leave_one_out": [
            {
                "member": each.member,
                **_who(each.moved),
                "amounts": [
                    told(one, "reference from=before_pence to=after_pence")
                    for one in each.moved
                    if one.before_pence != one.after_pence
                ],
                "incomplete": [one.reference for one in each.moved if one.after is None],
            }
            for each in found.without
        ],
        "combine": {one.combine: None if one.moved is None else _who(one.moved) for one in found.otherwise},
        "not_agreed": [*found.not_agreed],
        "meeting": found.meeting
        and {
            **told(found.meeting, "compared crossed"),
            "largest": told(found.meeting, "reference from=before_1e2 to=after_1e2"),
        },
        "agreement": None if found.agreement is None else _agreement_json(found.agreement),
        "challenger": _optimal_json(found.challenger),
    }


def _who(moved: Sequence[Moved]) -> Json:
    return {"enters": [*entering(moved)], "leaves": [*leaving(moved)]}


def share_words(funded: int, draws: int) -> str:
    """Return a share of draws with four decimals; "1.0000" only where every draw funds it."""
    shown = half_up(10_000 * funded, draws)
    if funded < draws:
        shown = min(shown, 9_999)
    return f"{shown // 10_000}.{shown % 10_000:04d}"


def _split_json(split: SplitTest) -> Json:
    return {
        **told(split, "published_1e4"),
        "same_set": told(split.same_set, "low_1e4 high_1e4"),
        "same_amounts": told(split.same_amounts, "low_1e4 high_1e4"),
        "below": _beyond_json(split.below),
        "above": _beyond_json(split.above),
    }


def _beyond_json(beyond: Beyond | None) -> Json | None:
    if beyond is None:
        return None
    return {"at": percent(beyond.at * PER_STEP), **told(beyond, "enters leaves")}


def _drawn(draws: DrawTest) -> tuple[Column, ...]:
    return (
        Column("Reference", "reference"),
        Column("Funded", "funded", lambda one: share_words(one.funded, draws.count), is_right=True),
        Column("Places", "", lambda one: f"{one.place_low}-{one.place_high}", is_right=True),
        Column("", "place_low"),
        Column("", "place_high"),
    )


def _agreement_json(agreement: Agreement) -> Json:
    return {
        "alpha_interval": _alpha(agreement.alpha_interval),
        "alpha_ordinal": _alpha(agreement.alpha_ordinal),
        "spread": [
            told(unit, "reference criterion") | {"range": str(unit.spread)} | told(unit, "sd=deviation_1e2")
            for unit in agreement.flagged
        ],
        "members": [
            {
                **told(each, "member applications"),
                "severity": None if each.severity is None else plain_score(each.mean_1e2),
                "reversed": each.is_reversed,
            }
            for each in agreement.members
        ],
    }


def _alpha(alpha: float | None) -> str | None:
    return None if alpha is None else f"{alpha:.3f}".replace("-0.000", "0.000")


def _optimal_json(challenger: OptimalAllocation) -> Json:
    return {
        "value": plain_score(half_up(challenger.value, 100)),
        "list_value": plain_score(half_up(challenger.list_value, 100)),
        "gap": f"{challenger.gap_1e4 // 10_000}.{challenger.gap_1e4 % 10_000:04d}",
        **told(challenger, "enters leaves"),
    }


TYPES = {"--draws": _draws, "--seed": partial(_whole, least=0), "--within": _within}
