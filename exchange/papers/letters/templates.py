"""A letter's template: found beside the letters or as shipped, checked, and filled in."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from docx.document import Document as WordDocument
from msgspec.structs import replace

import resources
from exchange.atomic import write_beside
from exchange.papers.letters.filling import (
    Lines,
    check_placeholders,
    fill_in,
    open_word,
    own_text,
    paragraphs_of,
    placeholders,
)
from exchange.papers.letters.on_awards import STAYS
from exchange.papers.letters.placeholders import PLACEHOLDERS, REASONS
from exchange.papers.letters.reasons import why_beside, why_lines
from exchange.reading.word_templates import read_template_file
from exchange.xlsx.xlsx_book import check_book
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import KINDS, VARIATION
from models.trouble import Trouble
from scoring.refused import Refused

FOLDER = "Letter templates"
"""Beside the folder of letters, in which lies what is to be sent: a template in here counts."""
SHIPPED = "As shipped"
"""Within that, copies to take one from and edit it, which do not count: the program's own may get better."""
WITH_LETTERS = "templates"
"""Within a folder of letters, where an office puts what counts for these letters alone."""
RUNNING = ("sign_version", "varied")
PLACES_OF_REST = (*RUNNING, "reason", "changes", "points", "feedback", "withdrawn")
"""Where an office's template that has no {rest} says what holds beside a variation; each has one of these."""


def template_path(kind: str, folder: Path) -> Path:
    """Return the office's own template of a letter for a folder of letters, else the one that ships."""
    places = (inner / f"{kind}.docx" for inner in _places(folder))
    return next((own for own in places if own.is_file()), resources.path(f"letters/{kind}.docx"))


def own_templates(folder: Path) -> tuple[Path, ...]:
    """Return the office's own templates for a folder of letters, those that are there."""
    found = (inner / f"{kind}.docx" for inner in _places(folder) for kind in KINDS)
    return tuple(own for own in found if own.is_file())


def _places(folder: Path) -> tuple[Path, Path]:
    return folder / WITH_LETTERS, folder.absolute().parent / FOLDER


def offer_templates(folder: Path) -> None:
    """Put copies of the templates that ship where an office finds them; letters do without where none can."""
    copies = _places(folder)[1] / SHIPPED
    with suppress(OSError, Trouble):
        copies.mkdir(parents=True, exist_ok=True)
        for path in (copies / f"{kind}.docx" for kind in KINDS):
            shipped = resources.path(f"letters/{path.name}")
            if not path.is_file() or path.read_bytes() != shipped.read_bytes():
                write_beside(path, partial(shutil.copyfile, shipped), check_book)


def open_template(path: Path) -> WordDocument:
    """Open a letter's template and check its placeholders; raises Trouble or Refused with the file's name."""
    is_shipped = path == resources.path(f"letters/{path.name}")
    word = open_word(path.name, path.read_bytes() if is_shipped else read_template_file(path))
    found = check_placeholders(path.name, word, PLACEHOLDERS)
    if REASONS.isdisjoint(found):
        raise Refused(
            f"{path.name} has neither {{reason}} nor {{feedback}}, and no letter goes out without a reason."
        )
    return word


def fill_in_letter(word: WordDocument, letter: Letter, values: Mapping[str, Lines]) -> None:
    """Put what stands for them in the place of all placeholders of a letter."""
    fill_in(word, told_in(word, letter, values))


def told_in(word: WordDocument, letter: Letter, values: Mapping[str, Lines]) -> Mapping[str, Lines]:
    """Return what stands for each placeholder of a template in one letter: nothing twice, nothing unsaid."""
    found = placeholders(word)
    told = without_repeats(letter, found, values)
    if letter.kind != VARIATION or "rest" in found:
        return told
    place = next(name for name in PLACES_OF_REST if name in found)
    stays = any(STAYS in own_text(paragraph) for paragraph in paragraphs_of(word))
    (rest,) = values["rest"]
    said = rest.removeprefix(STAYS).strip() if stays else rest
    *lines, last = told[place] or ("",)
    goes_on = (f"{last} {said}".strip(),) if place in RUNNING else (last, said)
    return {**told, place: tuple(line for line in (*lines, *goes_on) if line)}


def without_repeats(letter: Letter, found: set[str], values: Mapping[str, Lines]) -> Mapping[str, Lines]:
    """Return values that say nothing twice where a template prints both the reason and the feedback.

    Reasons are drafted from the agreed marks' reasons, which are the feedback: the reason leaves out what
    stands there. Why an offer is less than was asked is no reason where it has a place of its own.
    """
    if "why_less" in found and letter.why_less:
        letter = replace(letter, why_less="")
        values = {**values, "reason": why_lines(letter)}
    return {**values, "reason": why_beside(letter)} if found >= {"reason", "feedback"} else values
