"""The text of one application, part below part: names and values, answers, what went before, corrections."""

from collections.abc import Iterable, Iterator, Sequence

from gui.listed.side import Facts, Says, Text, Title, Told
from gui.text import NOTHING
from models.queries.applications.merges import Before, Earlier
from models.values.applications import (
    CHOICE_WORDS,
    FIELD_WORDS,
    TEXTS,
    Choice,
    Correction,
    printed,
    text_of_cell,
    word_count,
)
from models.values.importing import counting
from models.values.rows import ApplicationRow, SubmittedCell
from scoring import money

EMPTY = "(empty)"
"""What stands for a cell of the file that was empty and was filled in at the import."""


def chosen(choices: Iterable[Choice]) -> Iterator[Told]:
    """Tell what the application is for, and what was only suggested."""
    for one in choices:
        note = " (suggested)" if one.is_suggested else ""
        yield Says(f"{CHOICE_WORDS[one.kind]}: {one.words}{note}", "text2")


def facts(row: ApplicationRow, names: Iterable[str]) -> Facts:
    """Return fields as a list of names and values; absent ones are left out."""
    values = ((FIELD_WORDS[name], printed(row, name)) for name in names)
    return Facts(tuple(line for line in values if line[1] != NOTHING))


def before_told(before: Before) -> Iterator[Told]:
    """Tell what went before for the organisation, its names joined."""
    yield Title("Before")
    if not before.earlier:
        yield Says("No other application of this organisation in the record.", "muted")
    for earlier in before.earlier:
        yield Says(earlier_words(earlier), "text2")
    proposed = counting(before.proposed_pence)
    year = f"This year {money.short_pounds(before.year_pence)} with what is requested here{proposed}"
    if before.cap_pence is not None:
        cap = money.short_pounds(before.cap_pence)
        over = ", over the cap" if before.is_over else ""
        tone = "danger" if before.is_over else "text2"
        yield Says(f"{year}, of {cap} for one organisation{over}.", tone)
    elif before.earlier:
        yield Says(f"{year}. No cap for one organisation.", "muted")


def corrected(corrections: Iterable[Correction]) -> Iterator[Told]:
    """Tell what was corrected, with what was submitted, why and by whom."""
    for one in corrections:
        if one.is_told:
            yield Says(one.words, "warning" if one.is_to_check else "text2")


def submitted(row: ApplicationRow, cells: Sequence[SubmittedCell] = ()) -> Iterator[Told]:
    """Tell everything as it was submitted, texts with their word counts.

    What came from a file stands under the file's own headings in the file's own words.
    """
    if cells:
        texts = [(one.heading, text_of_cell(one, row) or EMPTY) for one in cells]
    else:
        yield facts(row, (name for name in FIELD_WORDS if name not in TEXTS))
        texts = [(FIELD_WORDS[name], printed(row, name)) for name in TEXTS]
    told = {one.heading for one in cells}
    yield from texts_told((*texts, *(answer for answer in row.answers if answer[0] not in told)))


def texts_told(texts: Iterable[tuple[str, str]]) -> Iterator[Told]:
    """Tell texts under their headings with their word counts; absent ones are left out."""
    for heading, text in texts:
        if text and text != NOTHING:
            yield from (Title(heading), Says(word_count(text), "muted"), Text(text))


def earlier_words(earlier: Earlier) -> str:
    """Return one earlier application as a line of words."""
    asked = money.short_pounds(earlier.requested_pence)
    where = "this round" if earlier.is_this_round else f"{earlier.round}, {earlier.year}".rstrip(", ")
    return f"{earlier.reference}, {earlier.fund}, {where}: requested {asked}, {earlier.came_to}"
