"""`grant-panel explain`: every step from one application's marks to its place and offer."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_json, add_round
from cli.output import print_json, print_lines, warn

if TYPE_CHECKING:
    from cli.arguments import Commands
    from scoring.explain import Explanation
    from scoring.step import Step


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    words = "show every step from an application's marks to its place and offer"
    parser = add_command(commands, "explain", run, words)
    parser.add_argument("file", metavar="FILE", type=Path, help="a record or a round workbook")
    parser.add_argument("--application", metavar="REF", required=True, help="the application's reference")
    add_round(parser, required=False)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Explain, and print the steps."""
    from cli.rank_json import standing_json
    from cli.source import read_source
    from models.rows import scored_round
    from scoring.explain import explain

    source = read_source(options.file, options)
    explanation = explain(scored_round(source.rows), options.application)
    if options.json:
        recommended = source.recommended.get(options.application)
        document = standing_json(source.rows.scheme, explanation.standing, recommended)
        print_json({**document, "steps": [step._asdict() for step in explanation.steps]})
    else:
        print_lines(_lines(explanation))
    warn(source.rows.warnings)
    return 0


def _lines(explanation: "Explanation") -> Iterator[str]:
    from scoring.money import pounds

    standing = explanation.standing
    yield f"{standing.reference}, {standing.organisation}, asks {pounds(standing.requested_pence)}"
    for number, step in enumerate(explanation.steps, 1):
        yield f"{number:>3}. {step.rule}: {step.words}{_result(step)}"


def _result(step: "Step") -> str:
    if not step.shown or step.shown == step.words:
        return ""
    exact = "" if step.exact in ("", step.shown) else f" = {step.exact}"
    return f"{exact} → {step.shown}"
