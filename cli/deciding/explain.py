"""`grant-panel explain`: every step from one application's marks to its place and offer, or how it ended."""

import argparse
from collections.abc import Iterator
from fractions import Fraction

from cli.deciding.rank import reasons_in_short, standing_json
from cli.frame.output import Json, answer, near, print_json, print_lines, told, warn
from cli.frame.record import open_record
from cli.frame.rounds import chosen_round, is_record, read_source
from models.permissions.viewing import refuse_blind, told_steps, veiled
from models.queries.applications.endings import endings, erasures
from models.queries.history import HistoryLine, history_of
from models.queries.permissions.conditions import stands_aside
from models.store.places import ServerAddress
from models.values.rows import scored_round
from scoring.explaining.steps import Explanation, explain
from scoring.explaining.words import Step
from scoring.money import pounds
from scoring.rank import rank
from scoring.refused import Refused
from scoring.written.days import short_moment


def run(options: argparse.Namespace) -> None:
    """Explain, and print the steps."""
    if options.history:
        _tell_history(options)
        return
    source = read_source(options.file, options)
    round_ = scored_round(source.rows)
    ranking = rank(round_)
    explanation = explain(round_, options.application, ranking)
    listed = veiled(ranking, source.sight).standings
    line = next(one for one in listed if one.reference == options.application)
    explanation = told_steps(explanation, line, source.sight)
    if options.application in source.sight.closed and not source.sight.must_declare:
        raise Refused(stands_aside([options.application]))
    refuse_blind(source.rows, source.sight, explanation.standing.area)
    if options.json:
        recommended = source.recommended.get(options.application)
        decided = source.decided.get(options.application)
        document = standing_json(source.rows.scheme, explanation.standing, recommended, decided)
        print_json(
            {**document, "steps": [told(step, "rule words exact shown") for step in explanation.steps]}
        )
    else:
        print_lines(_lines(explanation))
    warn(source.rows.warnings)


def _tell_history(options: argparse.Namespace) -> None:
    """Print how the application ended, and its history, as far as it is open to who reads."""
    if not (isinstance(options.file, ServerAddress) or is_record(options.file)):
        raise Refused("A workbook has no history. Name a record.")
    with open_record(options.file, options, to_change=False) as record:
        chosen, of = chosen_round(record, options), options.application
        row = next((one for one in chosen.rows.applications if one.reference == of), None)
        if row is None:
            known = (one.reference for one in chosen.rows.applications)
            raise Refused(f"The round has no application {of!r}.{near(of, known)}")
        if of in chosen.sight.closed:
            raise Refused(stands_aside([of]))
        at = chosen.line.round_id
        ended, erased = (record.ask(ask, round_id=at).get(of, "") for ask in (endings, erasures))
        lines = record.ask(history_of, viewer=chosen.sight.viewer, sheet=(at, of))
    answer(
        options,
        lambda: {
            "reference": of,
            "organisation": row.organisation,
            "ended": ended or None,
            "erased": erased or None,
            "history": [_change_json(one) for one in lines],
        },
        [f"{of}, {row.organisation}, asks {pounds(row.requested_pence)}"],
        filter(None, [f"{ended}." if ended else "It has not ended yet.", erased]),
        (_change_words(one) for one in lines),
    )


def _change_json(line: HistoryLine) -> Json:
    return told(line, "at by=name role change=words detail?")


def _change_words(line: HistoryLine) -> str:
    who = ", ".join(filter(None, (line.name, line.role)))
    said = f"{line.words}. {line.detail}" if line.detail else line.words
    return f"{short_moment(line.at.astimezone())}  {who}: {' '.join(said.split())}"


def _lines(explanation: Explanation) -> Iterator[str]:
    standing = explanation.standing
    yield f"{standing.reference}, {standing.organisation}, asks {pounds(standing.requested_pence)}"
    for number, step in enumerate(explanation.steps, 1):
        yield f"{number:>3}. {step.rule}: {_words(explanation, step)}{_result(step)}"


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
