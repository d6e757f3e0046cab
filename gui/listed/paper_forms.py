"""What several pages ask and say of papers: the office's words, who publishes, names withheld."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from gui.listed.form import Across, AtField, Choice, Field, Form, Line, Note
from gui.record.clock import current_day
from models.operation import Operation
from models.operations.set_up.office import FUNDER, PREFIX, SetPublisher
from models.papers.monitoring.monitoring_plan import POINTS
from models.papers.open_data import Publisher
from models.papers.texts import PaperTexts, TextField
from models.reference.defaults import ReturnBand
from models.values.awards import GROUNDS, WithheldName
from scoring import money
from scoring.written.text import with_capital

WORDS = "Anything left empty is filled from the record, as shown in grey. Saving can be undone."
PUBLISHER = (
    "Each grant in open data is named with the prefix that 360Giving gave the office, and says who funds it. "
    "Both are saved in the record; you are asked this once."
)
NO_PREFIX = "Type the prefix as 360Giving gave it, like 360G-ExampleOffice."
NO_FUNDER = "Type a register and a number, like GB-GOR-PB123, or the prefix again."
WITHHOLD, NAME_AGAIN = "Withhold the name…", "Give the name again"
"""The words of the button beside a name, and once it is withheld."""
WITHHELD = (
    "Public lists, open data, year tables and the public notice print “Withheld” and the ground in place of "
    "the name. Amount, purpose and reasons stay, without the name. Read each list before you publish it.",
)


def words_form(
    title: str,
    fields: Sequence[TextField],
    texts: PaperTexts,
    told: Mapping[str, str],
    does: Callable[[tuple[tuple[str, str], ...]], Operation],
) -> Form:
    """Return what asks for an office's own texts, in the order of the paper.

    What stands there otherwise is in grey. `does` is told those that are written, where one was changed.
    """

    def keep(**written: str) -> Operation | None:
        found = {code: text for code, text in written.items() if text}
        return None if found == dict(texts.texts) else does(tuple(found.items()))

    return Form(
        title=title,
        action="Save the words",
        sentences=(WORDS,),
        does=keep,
        width=640,
        height=560 if len(fields) > 1 else 0,
        fields=tuple(_text(one, texts.get(one.code), told.get(one.code, "")) for one in fields),
    )


def _text(field: TextField, text: str, told: str) -> Field:
    """Return the field of a text; one that is too long is told in it, and a day needs no year."""
    said = f"{field.hint}. Otherwise: {told}" if told else field.hint
    in_full = partial(field.in_full, today=current_day()) if field.is_day else None
    kind = partial(Note, height=72) if field.is_long else partial(Line, read=in_full, written=in_full)
    return kind(
        field.code,
        field.heading,
        value=text,
        hint=told,
        more=field.hint,
        check=field.fault,
        told=said,
    )


def publisher_form(publisher: Publisher) -> Form:
    """Return what asks who publishes open data, each line of which is checked."""
    return Form(
        title="Who publishes open data",
        action="Save",
        sentences=(PUBLISHER,),
        does=SetPublisher,
        fields=(
            Line(
                "prefix",
                "Publisher's prefix",
                value=publisher.prefix,
                hint="360G-ExampleOffice",
                check=lambda typed: "" if PREFIX.fullmatch(typed) else NO_PREFIX,
            ),
            Line(
                "funder",
                "Funder's identifier",
                value=publisher.funder,
                hint="GB-GOR-PB123",
                check=lambda typed: "" if FUNDER.fullmatch(typed) else NO_FUNDER,
            ),
        ),
    )


def bands_words(bands: tuple[ReturnBand, ...]) -> str:
    """Return how often awards report, in one line."""
    parts = []
    for band in bands:
        of = "any other" if band.up_to_pence is None else f"up to {money.short_pounds(band.up_to_pence)}"
        parts.append(f"{of}: {POINTS[band.points]}")
    return " · ".join(parts)


def withholding(organisation: str, withhold: Callable[[WithheldName], Any]) -> Form:
    """Return what asks for the ground, the reason, who decided it, and words that would tell who it is."""

    def does(words: str, **told: str) -> Any:
        lines = (line.strip() for line in words.splitlines())
        found = WithheldName(**told, words="\n".join(filter(None, lines)))
        for field, fault in found.faults():
            raise AtField(fault, field)
        return withhold(found)

    grounds = tuple((with_capital(words), code) for code, words in GROUNDS.items())
    return Form(
        title=f"Withhold the name of {organisation}",
        sentences=WITHHELD,
        action="Withhold the name",
        does=does,
        fields=(
            Choice("ground", "Ground that is printed", options=grounds),
            Note("reason", "Reason. The record keeps this; the public does not read it", height=56),
            Across(
                (
                    Line("decided_by", "Decided by"),
                    Line("decided_post", "Post", hint="such as Chief Executive"),
                )
            ),
            Note("words", "Also removed from texts, one a line: a house's or a person's name", height=56),
        ),
    )
