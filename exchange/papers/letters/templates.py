"""The templates of letters: found and checked."""

import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

import resources
from exchange.atomic import write_beside
from exchange.papers.letters.letter_facts import LetterFacts
from exchange.papers.templates.word import WordTemplate, names_in, own, shipped
from exchange.reading.word_templates import read_template_file
from exchange.xlsx.xlsx_cells import check_book
from models.papers.letters.letter import DIRECT_OFFER, KINDS, PART_OFFER
from models.trouble import Trouble
from scoring.written.text import Refused

FOLDER = "Letter templates"
"""Beside the folder of letters, in which lies what is to be sent: a template in here counts."""
SHIPPED = "As shipped"
"""Within that, copies to take one from and edit it, which do not count: the program's own may get better."""
WITH_LETTERS = "templates"
"""Within a folder of letters, where an office puts what counts for these letters alone."""

REASONS = frozenset({"why", "told", "points", "changes", "withdrawn_on", "open", "came", "held", "challenge"})
"""A template has one of these, since no letter leaves without a reason."""
TEMPLATES = {DIRECT_OFFER: "offer", PART_OFFER: "offer"}
"""The kinds of letters that share a template with another, in which they are told apart."""


def template_path(kind: str, folder: Path) -> Path:
    """Return the office's own template of a letter for a folder of letters, else the one that ships."""
    names = (kind, TEMPLATES.get(kind, kind))
    places = (inner / f"{name}.docx" for name in dict.fromkeys(names) for inner in _places(folder))
    return next((own for own in places if own.is_file()), resources.path(f"letters/{names[1]}.docx"))


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
        for path in (copies / f"{kind}.docx" for kind in KINDS if kind not in TEMPLATES):
            shipped = resources.path(f"letters/{path.name}")
            if not path.is_file() or path.read_bytes() != shipped.read_bytes():
                write_beside(path, partial(shutil.copyfile, shipped), check_book)


def template_of(kind: str, folder: Path) -> WordTemplate:
    """Return the template of a letter that counts for a folder; raises Trouble or Refused with its name."""
    path = template_path(kind, folder)
    if path == resources.path(f"letters/{path.name}"):
        return shipped(path.name, LetterFacts)
    template = own(path.name, read_template_file(path), LetterFacts)
    if REASONS.isdisjoint(names_in(template)):
        raise Refused(
            f"{path.name} has neither {{{{ why }}}} nor {{{{ told }}}}, and no letter goes out without a "
            "reason."
        )
    return template
