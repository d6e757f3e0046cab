"""`grant-panel words`: what an office writes into a paper itself, printed and changed."""

import argparse
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, add_round, in_lines
from cli.output import on_one_line, print_json, print_lines, say
from scoring.counted import listed
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.papers.letters.letter import Letter
    from models.papers.texts import PaperTexts, TextField
    from models.session import Session

OF = {
    "notice": "the notice's number, or the area of a draft",
    "letters": "the application's reference",
    "publication": "the application's reference",
}
"""What a paper's words are written for, where there are some for each; else they are of the round."""


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "words", run, "print or write what an office says in a paper itself")
    add_record(parser)
    kinds = ("call", "notice", "decision-report", "minutes", "letters", "publication")
    parser.add_argument("paper", metavar="KIND", choices=kinds, help=", ".join(kinds))
    add_round(parser, required=True)
    words = "; ".join(f"of {paper}, {of}" for paper, of in OF.items())
    parser.add_argument("--of", dest="subject", metavar="WHAT", default="", type=str.strip, help=words)
    parser.add_argument(
        "--set",
        dest="texts",
        metavar="FIELD=TEXT",
        type=_text,
        action="append",
        default=[],
        help="change a text; a new paragraph for each \\n; nothing after = removes it",
    )
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write what is to be written, and print what stands."""
    from cli.record.opening import open_record
    from models.operations.papers.paper_texts import SetPaperTexts
    from models.papers.texts import FIELDS_OF, LETTERS, OF_APPLICATIONS
    from models.queries.papers.paper_texts import paper_texts
    from models.queries.set_up.rounds import find_round

    fields = FIELDS_OF[options.paper]
    _refuse_subject(options, is_needed=options.paper in OF_APPLICATIONS)
    with open_record(options.record, options, to_change=bool(options.texts)) as record:
        number = record.ask(partial(find_round, name=options.round, fund=options.fund, year=options.year))
        stands = partial(paper_texts, round_id=number, paper=options.paper, subject=options.subject)
        before = record.ask(stands)
        if options.texts:
            if options.paper == LETTERS:
                _refuse_unprinted(record.ask(partial(_letter_of, number=number, options=options)), options)
            after = tuple({**dict(before.texts), **dict(options.texts)}.items())
            operation = SetPaperTexts(number, options.paper, options.subject, after)
            words = record.perform(operation, acting(record, operation, options)).words
        found = record.ask(stands)
    if options.json:
        print_json({"words": dict(found.texts)})
    else:
        say(*([words] if options.texts else ()))
        print_lines(_line(field, found) for field in fields)
    return 0


def _line(field: "TextField", found: "PaperTexts") -> str:
    """Return what stands in a field; where nothing does what belongs there, as the window says it."""
    asked = ": ".join(filter(None, (field.heading, field.hint)))
    return f"{field.code}: {on_one_line(found.get(field.code, f'– ({asked})'))}"


def _refuse_subject(options: argparse.Namespace, *, is_needed: bool) -> None:
    """Refuse words of a paper that has some for each thing without one, and of others with one."""
    if is_needed and not options.subject:
        raise Refused(f"Say of what: --of with {OF[options.paper]}.")
    if options.subject and options.paper not in OF:
        raise Refused(f"The words of the {options.paper} are of the round. Leave --of out.")


def _letter_of(session: "Session", number: int, options: argparse.Namespace) -> "Letter | None":
    """Return the letter that an application has by now, None where it has none yet."""
    from models.papers.order import PaperOrder
    from models.queries.papers.letters import letters

    try:
        found = letters(session, PaperOrder(options.paper, datetime.now(UTC), number)).shown
    except Refused:
        return None
    return next((letter for letter in found if letter.reference == options.subject), None)


def _refuse_unprinted(letter: "Letter | None", options: argparse.Namespace) -> None:
    """Refuse words that the letter of an application would not print."""
    from models.papers.texts import texts_of_letter

    if letter is None:
        return
    known = [field.code for field in texts_of_letter(letter.kind, leaves_out=letter.leaves_out)]
    unprinted = [code for code, text in options.texts if text and code not in known]
    if unprinted:
        may = f"It prints: {listed(known)}." if known else "It prints no words of this kind."
        raise Refused(f"The letter of {letter.named} does not print {listed(unprinted)}. {may}")


def _text(given: str) -> tuple[str, str]:
    field, sign, text = given.partition("=")
    if not sign or not field.strip():
        raise argparse.ArgumentTypeError(f"{given!r} is not FIELD=TEXT")
    return field.strip(), in_lines(text)
