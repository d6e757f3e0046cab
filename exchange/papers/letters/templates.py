"""A letter's template: found beside the letters or as shipped, checked, and filled in.

A placeholder may stand in several runs of differently dressed text; what takes its place is dressed as
its first letter. A paragraph that holds nothing but placeholders which come to nothing is left out, and
one whose placeholder stands alone becomes a paragraph for each line.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

import resources
from exchange.papers.document.docx_blocks import plain
from exchange.papers.letters.placeholders import PLACEHOLDERS, REASONS, Lines
from models.papers.letters import KINDS
from models.trouble import Trouble
from scoring.refused import Refused

FOLDER = "templates"
MOST_UNPACKED = 50_000_000
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


def template_path(kind: str, folder: Path) -> Path:
    """Return the office's own template of a letter in a folder of letters, else the one that ships."""
    own = folder / FOLDER / f"{kind}.docx"
    return own if own.is_file() else resources.path(f"letters/{kind}.docx")


def own_templates(folder: Path) -> tuple[Path, ...]:
    """Return where an office's own templates lie, whether they are there or not."""
    return tuple(folder / FOLDER / f"{kind}.docx" for kind in KINDS)


def open_template(path: Path) -> WordDocument:
    """Open a template and check its placeholders; raises Trouble or Refused with the file's name."""
    try:
        with ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise Trouble(f"{path.name} is too large for a letter. Remove its pictures, or delete it.")
        word: WordDocument = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise Trouble(
            f"{path.name} is not a Word document. Save it from Word as .docx, or delete it."
        ) from error
    _check(path.name, word)
    return word


def _check(name: str, word: WordDocument) -> None:
    """Refuse a template with an unknown placeholder, a stray brace, or no reason."""
    texts = [(_text(paragraph), paragraph.text) for paragraph in _paragraphs(word)]
    found = [match for text, _ in texts for match in _PLACEHOLDER.findall(text)]
    unknown = [each for each in found if each not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        raise Refused(f"{name} has {{{unknown[0]}}}, which is no placeholder. It may have {known}.")
    for text, whole in texts:
        if _BRACE.search(_PLACEHOLDER.sub("", text)):
            raise Refused(f"{name} has a brace that belongs to no placeholder: “{text[:60]}”.")
        if len(_BRACE.findall(whole)) > len(_BRACE.findall(text)):
            raise Refused(f"{name} has a placeholder in a link: “{whole[:60]}”. Make it plain text.")
    if REASONS.isdisjoint(found):
        raise Refused(
            f"{name} has neither {{reason}} nor {{feedback}}, and no letter leaves without a reason."
        )


def fill_in(word: WordDocument, values: Mapping[str, Lines]) -> None:
    """Put what stands for them in the place of all placeholders."""
    values = _told_once(word, values)
    for paragraph in list(_paragraphs(word)):
        names = _PLACEHOLDER.findall(_text(paragraph))
        if not names:
            continue
        if not any(values[name] for name in names) and not _PLACEHOLDER.sub("", _text(paragraph)).strip():
            _leave_out(paragraph)
        elif len(names) == 1 and _text(paragraph).strip() == f"{{{names[0]}}}":
            _spread(paragraph, values[names[0]])
        else:
            _put_in(paragraph, {name: ", ".join(values[name]) for name in names})


def _told_once(word: WordDocument, values: Mapping[str, Lines]) -> Mapping[str, Lines]:
    """Leave out of the feedback what the reason says already, where a template prints both.

    Reasons are drafted from the agreed marks' reasons, which are the feedback.
    """
    found = {name for paragraph in _paragraphs(word) for name in _PLACEHOLDER.findall(_text(paragraph))}
    if not found >= REASONS:
        return values
    said = " ".join(" ".join(values["reason"]).split())
    left = tuple(line for line in values["feedback"] if " ".join(line.split()) not in said)
    return {**values, "feedback": left}


def _spread(paragraph: Any, lines: Lines) -> None:
    """Make a paragraph of each line, all dressed as the template's."""
    text = _text(paragraph)
    for line in lines[:-1]:
        copy = deepcopy(paragraph._p)
        paragraph._p.addprevious(copy)
        _set(Paragraph(copy, paragraph), 0, len(text), plain(line))
    _set(paragraph, 0, len(text), plain(lines[-1]))


def _put_in(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values in, the last first, so that what was put in is never read as a placeholder."""
    for match in reversed(list(_PLACEHOLDER.finditer(_text(paragraph)))):
        _set(paragraph, match.start(), match.end(), plain(values[match[1]]))


def _set(paragraph: Any, start: int, end: int, text: str) -> None:
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
    """Take out a paragraph that comes to nothing, and the heading over it when nothing else stands there."""
    above, below = paragraph._p.getprevious(), paragraph._p.getnext()
    paragraph._p.getparent().remove(paragraph._p)
    if _is_heading(above, paragraph) and (below is None or _is_heading(below, paragraph)):
        above.getparent().remove(above)


def _is_heading(element: Any, beside: Any) -> bool:
    if element is None or element.tag != qn("w:p"):
        return False
    style = Paragraph(element, beside).style
    return style is not None and str(style.name).startswith("Heading")


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph's own runs, in which placeholders are sought and replaced."""
    return "".join(run.text for run in paragraph.runs)


def _paragraphs(word: WordDocument) -> Iterator[Any]:
    """Yield every paragraph of body, heads and feet, those in tables and text boxes as well."""
    parts: list[Any] = [word.element.body]
    for section in word.sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                parts.append(part.part.element)
    for part in parts:
        for found in list(part.iter(qn("w:p"))):
            yield Paragraph(found, word)
