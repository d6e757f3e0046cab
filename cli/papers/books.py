"""`grant-panel region`, `guide` and `words`: a book of several offices, the guide, words of an office."""

from argparse import ArgumentTypeError
from datetime import UTC, datetime
from functools import partial

from cli.frame.output import Json, Options, answer, on_one_line, say, told
from cli.frame.record import opened, perform, round_named
from cli.frame.typed import WORKBOOK, keyed, refuse_ending
from exchange.guide import write_guide
from exchange.papers.region import add_files, read_book, write_region_report
from models.clock import utc_now
from models.operations.set_up.office import SetPaperTexts
from models.papers.letters.letter import Letter
from models.papers.order import PaperOrder
from models.papers.region import IssuedFigures
from models.papers.texts import FIELDS_OF, LETTERS, OF_APPLICATIONS, PaperTexts, TextField, texts_of_letter
from models.queries.papers.letters import letters
from models.queries.papers.paper_texts import paper_texts
from models.session import Session
from scoring.money import pounds
from scoring.written.text import Refused, counted, listed


def add_to_book(options: Options) -> None:
    """Add issued open data and year tables to a book, each verified against its seal."""
    added = add_files(options.book, options.files)
    answer(
        options,
        lambda: {"added": [_file_json(one) for one in added.new], "known": added.known},
        map(_added, added.new),
        (f"{name} is in the book already." for name in added.known),
    )


def _added(one: IssuedFigures) -> str:
    held = counted(len(one.awards), "award") if one.awards else counted(len(one.tables), "table")
    held = held if one.has_figures else "kept as it was printed, so nothing of it is compared"
    whose = "" if one.paper.startswith(one.office) else f" of {one.office}"
    return f"Added {one.paper}{whose}, version {one.version}: {held}. The seal holds."


def report(options: Options) -> None:
    """Write awards, rates and sums across the offices into one workbook."""
    refuse_ending(options.out, "region report", WORKBOOK)
    region = read_book(options.book)
    written = write_region_report(region, utc_now(), options.out)
    awards = region.awards
    total = pounds(sum(one.award.awarded_pence for one in awards))
    offices = counted(len({paper.office for paper in region.current}), "office")
    said = f"Wrote {written}: {offices}, {counted(len(awards), 'award')}, {total}."
    answer(
        options,
        lambda: {
            "offices": [
                {"office": line.names[0]} | told(line, "awards asked_pence awarded_pence")
                for line in region.awarded("office")
            ],
            "rates": [
                told(line, "office fund year rate.applied rate.eligible rate.awarded")
                for line in region.rates
            ],
            "money": [
                told(line, "office fund year budget_pence committed_pence spent_pence")
                for line in region.money
            ],
            "files": [_file_json(one) for one in region.current],
        },
        said,
    )


def _file_json(one: IssuedFigures) -> Json:
    return told(one, "office paper version sha256")


def guide(options: Options) -> None:
    """Write the guide or a card as a PDF, and say where."""
    refuse_ending(options.out, "guide", (".pdf",))
    say(f"Written: {write_guide(options.card, options.out, utc_now())}")


OF = {
    "notice": "the notice's number, or the area of a draft",
    "letters": "the application's reference",
    "publication": "the application's reference",
}
"""What a paper's words are written for, where there are some for each; else they are of the round."""


def write_words(options: Options) -> None:
    """Write what is to be written, and print what stands."""
    fields = FIELDS_OF[options.paper]
    if options.paper in OF_APPLICATIONS and not options.subject:
        raise Refused(f"Say of what: --of with {OF[options.paper]}.")
    if options.subject and options.paper not in OF:
        raise Refused(f"The words of the {options.paper} are of the round. Leave --of out.")
    with opened(options, to_change=bool(options.texts)):
        number = round_named(options)
        stands = partial(paper_texts, round_id=number, paper=options.paper, subject=options.subject)
        before = options.ask(stands)
        if options.texts:
            if options.paper == LETTERS:
                _refuse_unprinted(options.ask(_letter_of, number=number, options=options), options)
            after = tuple({**dict(before.texts), **dict(options.texts)}.items())
            operation = SetPaperTexts(number, options.paper, options.subject, after)
            words = perform(operation, options)
        found = options.ask(stands)
    answer(
        options,
        lambda: {"words": dict(found.texts)},
        [words] if options.texts else (),
        (_line(field, found) for field in fields),
    )


def _line(field: TextField, found: PaperTexts) -> str:
    """Return what stands in a field; where nothing does what belongs there, as the window says it."""
    asked = ": ".join(filter(None, (field.heading, field.hint)))
    return f"{field.code}: {on_one_line(found.get(field.code, f'– ({asked})'))}"


def _letter_of(session: Session, number: int, options: Options) -> Letter | None:
    """Return the letter that an application has by now, None where it has none yet."""
    try:
        found = letters(session, PaperOrder(options.paper, datetime.now(UTC), number)).shown
    except Refused:
        return None
    return next((letter for letter in found if letter.reference == options.subject), None)


def _refuse_unprinted(letter: Letter | None, options: Options) -> None:
    if letter is None:
        return
    known = [field.code for field in texts_of_letter(letter.kind, leaves_out=letter.leaves_out)]
    unprinted = [code for code, text in options.texts if text and code not in known]
    if unprinted:
        may = f"It prints: {listed(known)}." if known else "It prints no words of this kind."
        raise Refused(f"The letter of {letter.named} does not print {listed(unprinted)}. {may}")


def _text(given: str) -> tuple[str, str]:
    return keyed(given, ArgumentTypeError(f"{given!r} is not FIELD=TEXT"))


TYPES = {"--set": _text}
