"""Word documents with placeholders: opened, checked, and filled in with what stands for each.

A placeholder may stand in several runs of differently dressed text; what takes its place is dressed as
its first letter. Content controls are opened up, since their text is the document's. A paragraph that
holds nothing but placeholders which come to nothing is left out, and one whose placeholder stands alone
becomes a paragraph for each line. A row of a table, or paragraphs one after the other, with placeholders of
a group are there once for each of its items.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from exchange.papers.document.docx_styles import style_name
from exchange.papers.document.docx_text import parts_of, plain
from models.trouble import Trouble
from scoring.refused import Refused

Lines = tuple[str, ...]
"""What stands for a placeholder; several lines where it may make several paragraphs."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""A placeholder, and its name within the braces."""
_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_BRACE = re.compile(r"[{}]")


class Group(NamedTuple):
    """Placeholders that stand together in a row or in paragraphs, and what stands for them, item by item."""

    names: tuple[str, ...]
    items: tuple[Mapping[str, Lines], ...]


def open_word(name: str, content: bytes) -> WordDocument:
    """Open a Word document that was looked at; raises Trouble with its name where it is none."""
    try:
        word = docx.Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise Trouble(f"{name} is not a Word document. Save it from Word as .docx, or delete it.") from error
    for part in parts_of(word):
        _open_controls(part)
    return word


def check_placeholders(name: str, word: WordDocument, known: Collection[str]) -> Collection[str]:
    """Return the placeholders of a template; refuse an unknown one, a stray brace, and tracked changes."""
    if any(True for part in parts_of(word) for _ in part.iter(*_TRACKED)):
        raise Refused(
            f"{name} has tracked changes, which nobody can sign. In Word choose Review, Accept All Changes "
            "and Stop Tracking, then save it."
        )
    texts = [(own_text(paragraph), paragraph.text) for paragraph in paragraphs_of(word)]
    found = [match for text, _ in texts for match in PLACEHOLDER.findall(text)]
    unknown = [each for each in found if each not in known]
    if unknown:
        may = ", ".join(f"{{{each}}}" for each in known)
        raise Refused(f"{name} has {{{unknown[0]}}}, which is not a placeholder. It may have {may}.")
    for text, whole in texts:
        if _BRACE.search(PLACEHOLDER.sub("", text)):
            raise Refused(f"{name} has a brace that is not part of a placeholder: “{text[:60]}”.")
        if len(_BRACE.findall(whole)) > len(_BRACE.findall(text)):
            raise Refused(f"{name} has a placeholder in a link: “{whole[:60]}”. Make it plain text.")
    return found


def check_groups(name: str, word: WordDocument, groups: Sequence[Group]) -> None:
    """Refuse a row or paragraph that would be there once for each item of two groups."""
    found: dict[Any, str] = {}
    for group in groups:
        for element in (element for run in _runs_of(word, group) for element in run):
            names = [of for one in _within(element, word) for of in names_in(one) if of in group.names]
            other = found.setdefault(element, names[0])
            if other != names[0]:
                raise Refused(
                    f"{name} has {{{other}}} and {{{names[0]}}} in one row or paragraph, and there are not "
                    "as many of the one as of the other. Put each in its own row or paragraph."
                )


def placeholders(word: WordDocument) -> set[str]:
    """Return the placeholders that a document has."""
    return {name for paragraph in paragraphs_of(word) for name in names_in(paragraph)}


def fill_in(word: WordDocument, values: Mapping[str, Lines], groups: Sequence[Group] = ()) -> None:
    """Put what stands for them in the place of all placeholders; what was put in is never read as one."""
    repeated = [(group, run) for group in groups for run in _runs_of(word, group)]
    later = {found for _, run in repeated for element in run for found in element.iter(qn("w:p"))}
    alone = [one for one in paragraphs_of(word) if names_in(one) and one._p not in later]
    for paragraph in alone:
        _fill(paragraph, values)
    for group, run in repeated:
        for item in group.items:
            for element in run:
                copy = deepcopy(element)
                run[0].addprevious(copy)
                for paragraph in _within(copy, word):
                    _fill(paragraph, {**values, **item})
        for element in run:
            _take_away(element, word)


def _fill(paragraph: Any, values: Mapping[str, Lines]) -> None:
    names = names_in(paragraph)
    if not names:
        return
    if not any(values[name] for name in names) and not PLACEHOLDER.sub("", own_text(paragraph)).strip():
        _leave_out(paragraph)
    elif len(names) == 1 and own_text(paragraph).strip() == f"{{{names[0]}}}":
        _spread(paragraph, values[names[0]])
    else:
        _put_in(paragraph, {name: ", ".join(values[name]) for name in names})


def _runs_of(word: WordDocument, group: Group) -> list[list[Any]]:
    """Return the rows, or the paragraphs outside of tables, that are there once for each item of a group."""
    found: list[Any] = []
    for paragraph in paragraphs_of(word):
        if set(group.names) & set(names_in(paragraph)):
            element = next(paragraph._p.iterancestors(qn("w:tr")), paragraph._p)
            if element not in found:
                found.append(element)
    runs = [[found[0]]] if found else []
    for before, element in pairwise(found):
        if before.getnext() is element:
            runs[-1].append(element)
        else:
            runs.append([element])
    return runs


def _within(element: Any, word: WordDocument) -> list[Any]:
    return [Paragraph(found, word) for found in element.iter(qn("w:p"))]


def names_in(paragraph: Any) -> list[str]:
    """Return the placeholders of a paragraph in their order."""
    found: list[str] = PLACEHOLDER.findall(own_text(paragraph))
    return found


def _spread(paragraph: Any, lines: Lines) -> None:
    """Make a paragraph of each line, all dressed as the template's."""
    text = own_text(paragraph)
    for line in lines[:-1]:
        copy = deepcopy(paragraph._p)
        paragraph._p.addprevious(copy)
        set_text(Paragraph(copy, paragraph), 0, len(text), plain(line))
    set_text(paragraph, 0, len(text), plain(lines[-1]))


def _put_in(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values in, the last first, so that what was put in is never read as a placeholder.

    One that comes to nothing between two words leaves one space there.
    """
    text = own_text(paragraph)
    for match in reversed(list(PLACEHOLDER.finditer(text))):
        value = plain(values[match[1]])
        is_gap = not value and text[: match.start()].endswith(" ") and text.startswith(" ", match.end())
        set_text(paragraph, match.start(), match.end() + is_gap, value)


def set_text(paragraph: Any, start: int, end: int, text: str) -> None:
    """Put text in the place of some characters of a paragraph, dressed as the first of them."""
    at, is_first = 0, True
    for run in list(paragraph.runs):
        length = len(run.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            run.text = run.text[:first] + (text if is_first else "") + run.text[last:]
            is_first = False
        at += length


def _leave_out(paragraph: Any) -> None:
    """Take out a paragraph that comes to nothing, and the heading over it when nothing else stands there.

    The only paragraph of a cell stays, empty, since Word needs one there.
    """
    above, below = paragraph._p.getprevious(), paragraph._p.getnext()
    if paragraph._p.getparent().tag == qn("w:tc") and len(_within(paragraph._p.getparent(), paragraph)) == 1:
        set_text(paragraph, 0, len(own_text(paragraph)), "")
        return
    paragraph._p.getparent().remove(paragraph._p)
    is_last = below is None or below.tag == qn("w:sectPr")
    if is_heading(above, paragraph) and (is_last or is_heading(below, paragraph)):
        above.getparent().remove(above)


def _take_away(element: Any, word: WordDocument) -> None:
    """Take out a row or paragraph, and with the last row its table, which Word refuses without any."""
    table = next(element.iterancestors(qn("w:tbl")), None) if element.tag == qn("w:tr") else None
    element.getparent().remove(element)
    if table is not None and next(table.iter(qn("w:tr")), None) is None:
        table.getparent().remove(table)


def is_heading(element: Any, beside: Any) -> bool:
    """Whether an element is a heading; `beside` is a paragraph of its document."""
    is_one = element is not None and element.tag == qn("w:p")
    return is_one and style_name(Paragraph(element, beside)).startswith("Heading")


def own_text(paragraph: Any) -> str:
    """Return the text of a paragraph's own runs, in which placeholders are sought and replaced."""
    return "".join(run.text for run in paragraph.runs)


def paragraphs_of(word: WordDocument) -> Iterator[Any]:
    """Yield every paragraph of body, heads and feet, those in tables and text boxes as well."""
    for part in parts_of(word):
        for found in list(part.iter(qn("w:p"))):
            yield Paragraph(found, word)


def _open_controls(part: Any) -> None:
    """Put what stands in content controls in their place: what is within them would be passed over."""
    for control in list(part.iter(qn("w:sdt"))):
        for content in control.findall(qn("w:sdtContent")):
            for element in list(content):
                control.addprevious(element)
        control.getparent().remove(control)
