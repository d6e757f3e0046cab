"""`grant-panel explain`: every step from one application's marks to its place and offer."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_person, add_round, add_round_source
from cli.output import print_json, print_lines, warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from scoring.explaining.step import Step
    from scoring.explaining.steps import Explanation
    from scoring.scheme import Scheme


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "show every step from an application's marks to its place and offer"
    parser = add_command(commands, "explain", run, words)
    add_round_source(parser)
    parser.add_argument("--application", metavar="REF", required=True, help="the application's reference")
    add_round(parser, required=False)
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Explain, and print the steps."""
    from cli.deciding.rank_json import standing_json
    from cli.set_up.source import read_source
    from models.permissions.conditions import stands_aside
    from models.permissions.viewing import refuse_blind
    from models.values.rows import scored_round
    from scoring.explaining.steps import explain

    source = read_source(options.file, options)
    explanation = explain(scored_round(source.rows), options.application)
    if options.application in source.sight.closed and not source.sight.must_declare:
        raise Refused(stands_aside([options.application]))
    refuse_blind(source.rows, source.sight, explanation.standing.area)
    if options.json:
        recommended = source.recommended.get(options.application)
        decided = source.decided.get(options.application)
        document = standing_json(source.rows.scheme, explanation.standing, recommended, decided)
        print_json({**document, "steps": [step._asdict() for step in explanation.steps]})
    else:
        print_lines(_lines(explanation, source.rows.scheme))
    warn(source.rows.warnings)
    return 0


def _lines(explanation: "Explanation", scheme: "Scheme") -> Iterator[str]:
    from scoring.money import pounds

    standing = explanation.standing
    yield f"{standing.reference}, {standing.organisation}, asks {pounds(standing.requested_pence)}"
    for number, step in enumerate(explanation.steps, 1):
        yield f"{number:>3}. {step.rule}: {_words(explanation, step, scheme)}{_result(step)}"


def _words(explanation: "Explanation", step: "Step", scheme: "Scheme") -> str:
    from cli.deciding.rank_text import reasons_in_short
    from scoring.allocating.rule_notes import step_words

    reasons = explanation.standing.reasons
    if step.words == "; ".join(reasons):
        return reasons_in_short(reasons)
    return step_words(step.words, explanation.standing, scheme)


def _result(step: "Step") -> str:
    """Return the exact figure and what is shown of it; once where they are the same number."""
    if not step.shown or step.words.startswith(step.shown):
        return ""
    if "/" in step.exact:
        return f" = {step.exact} → {step.shown}"
    is_figure = step.exact != step.shown and _is_same_number(step.exact, step.shown)
    return f" {'=' if is_figure else '→'} {step.shown}"


def _is_same_number(exact: str, shown: str) -> bool:
    from fractions import Fraction

    try:
        return Fraction(exact) == Fraction(shown)
    except ValueError:
        return False
