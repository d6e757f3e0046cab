"""Templates as main documents of a mail merge: Word's own fields where a letter's own words will stand.

What an office says alike in every letter stays to be filled in as in a letter. What goes over several
lines has a field for each, in a paragraph of its own: Word leaves out those that come to nothing, and cuts
no line short. A heading over nothing but such paragraphs is a field as well where some letters go without.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exchange.papers.document.docx_text import plain
from exchange.papers.letters.filling import (
    PLACEHOLDER,
    Lines,
    is_heading,
    names_in,
    own_text,
    paragraphs_of,
    set_text,
)

LetterValues = Sequence[Mapping[str, Lines]]
"""What stands for each placeholder, letter by letter."""
Columns = dict[str, list[str]]
"""The columns of the list: the name of each field, and what it says in each letter."""
_PLACE = "\ue000"
"""Marks where a field goes while its paragraph is taken apart; no text that Word holds has it."""


def put_fields(word: WordDocument, letters: LetterValues, own: frozenset[str]) -> Columns:
    """Put a field in the place of each placeholder that is a letter's own; return what they say."""
    columns: Columns = {}
    for paragraph in list(paragraphs_of(word)):
        _head(paragraph, letters, own, columns)
    for paragraph in list(paragraphs_of(word)):
        names = [name for name in names_in(paragraph) if name in own]
        if names and not (_is_alone(paragraph) and not any(values[n] for values in letters for n in names)):
            _field(paragraph, names, letters, columns)
    return columns


def _is_alone(paragraph: Any) -> bool:
    """Whether a paragraph holds nothing but placeholders."""
    return bool(names_in(paragraph)) and not PLACEHOLDER.sub("", own_text(paragraph)).strip()


def _field(paragraph: Any, names: Sequence[str], letters: LetterValues, columns: Columns) -> None:
    most = max(len(values[names[0]]) for values in letters)
    if len(names) > 1 or most < 2 or not _is_alone(paragraph):
        for match in reversed(list(PLACEHOLDER.finditer(own_text(paragraph)))):
            if match[1] in names:
                columns[match[1]] = [", ".join(values[match[1]]) for values in letters]
                _put(paragraph, match.start(), match.end(), match[1])
        return
    for number in range(most):
        name = f"{names[0]}_{number + 1}"
        lines = (values[names[0]][number : number + 1] for values in letters)
        columns[name] = ["".join(line) for line in lines]
        copy = deepcopy(paragraph._p)
        paragraph._p.addprevious(copy)
        _put(Paragraph(copy, paragraph), 0, len(own_text(paragraph)), name)
    paragraph._p.getparent().remove(paragraph._p)


def _head(heading: Any, letters: LetterValues, own: frozenset[str], columns: Columns) -> None:
    """Make a heading a field where what stands under it comes to nothing in some letters alone."""
    under = _under(heading) if is_heading(heading._p, heading) else []
    names = [name for paragraph in under for name in names_in(paragraph)]
    if names_in(heading) or not under or not all(map(_is_alone, under)) or own.isdisjoint(names):
        return
    is_shown = [any(values[name] for name in names) for values in letters]
    if any(is_shown) and not all(is_shown):
        text = own_text(heading)
        columns[f"{names[0]}_heading"] = [text if shown else "" for shown in is_shown]
        _put(heading, 0, len(text), f"{names[0]}_heading")


def _under(heading: Any) -> list[Any]:
    """Return the paragraphs down to the next heading."""
    found: list[Any] = []
    element = heading._p.getnext()
    while element is not None and element.tag == qn("w:p") and not is_heading(element, heading):
        found.append(Paragraph(element, heading))
        element = element.getnext()
    return found


def _put(paragraph: Any, start: int, end: int, name: str) -> None:
    """Put a field in the place of some characters, dressed as the first of them."""
    set_text(paragraph, start, end, _PLACE)
    runs = paragraph._p.iterchildren(qn("w:r"))
    run = next(element for element in runs if _PLACE in Run(element, paragraph).text)
    before, after = Run(run, paragraph).text.split(_PLACE)
    shown, rest = deepcopy(run), deepcopy(run)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} ")
    field.append(shown)
    run.addnext(field)
    field.addnext(rest)
    parts = ((run, before), (shown, f"«{name}»"), (rest, after))
    for element, text in parts:
        Run(element, paragraph).text = plain(text)
