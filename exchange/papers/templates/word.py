"""Word templates with conditions and loops: checked when they are loaded, filled with facts by docxtpl.

In Word an office writes `{{ organisation }}` for a fact, `{{ asked_pence | money }}` with a filter, and
`{% if is_less %} … {% endif %}` or `{% for … %} … {% endfor %}` within one paragraph; for whole paragraphs
`{%p if … %}`, `{%p for … %}` and their ends, each alone in one; for rows of a table `{%tr for … %}`, alone in
a row. The facts are a struct: its fields and properties are what a template may name.

    template = shipped("received.docx", ReceivedFacts)     # or own(name, content, ReceivedFacts)
    for word in filled(template, [facts, …]):              # python-docx documents, to be dressed and saved
        …

What a fact holds is text whatever it looks like, its line breaks are line breaks. An office's own template is
filled in the reading process, for all its facts at once, within that one's time and memory. Where the facts
say that a paper `has_pence`, each sum in it has; else only those that are not whole pounds.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import meta
from msgspec import Struct

import resources
from exchange.papers.templates.word_texts import environment_of_word, faults_in, numbered, request_of
from exchange.papers.templates.word_texts import filled as filled_texts
from exchange.reading.sheets import WORDS, ask_worker
from models.trouble import Trouble
from scoring.written.text import Refused

AT_ONCE = 200
"""So many documents are asked of the reading process at once."""
_HEADS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_KNOWN = re.compile(r"\{\{(?!p |tr |tc |r |-)|\{%(?P<of>p|tr)? *(?P<does>if|elif|else|endif|for|endfor)\b")
_ENDS = {"endif": "if", "endfor": "for"}
_LONGEST = 70
_UNSAFE = "could not be filled within its time; make it simpler and try again; nothing was changed"


class WordTemplate(Struct, frozen=True):
    """A template by its name in sentences and its bytes, and what it is filled with."""

    name: str
    content: bytes
    facts: type[Struct]
    is_own: bool = False


@cache
def shipped(file: str, facts: type[Struct]) -> WordTemplate:
    return WordTemplate(file, resources.path(f"letters/{file}").read_bytes(), facts)


def own(name: str, content: bytes, facts: type[Struct]) -> WordTemplate:
    """Return an office's own template, which was looked at before; raises Refused with what is wrong."""
    template = WordTemplate(name, content, facts, is_own=True)
    for words in faults_of(template):
        raise Refused(f"{name} cannot be used: {words}.")
    return template


@cache
def faults_of(template: WordTemplate) -> tuple[str, ...]:
    """Return what is wrong with a template, each with its paragraph's words; nothing where it may be used."""
    word = _open(template)
    found = tuple(words for part in _stories(word) for words in _misplaced(part.element))
    if found:
        return found
    texts = _texts(template).values()
    return tuple(words for text in texts for words in faults_in(text, template.facts))


def names_in(template: WordTemplate) -> frozenset[str]:
    """Return the facts that a template names."""
    trees = (environment_of_word().parse(text) for text in _texts(template).values())
    return frozenset(name for tree in trees for name in meta.find_undeclared_variables(tree))


def filled(template: WordTemplate, many: Sequence[Struct]) -> Iterator[WordDocument]:
    """Yield a document for each of the facts; raises Trouble with the paragraph that cannot be filled."""
    texts = tuple(_texts(template).values())
    try:
        for found in _asked(texts, many) if template.is_own else (filled_texts(texts, one) for one in many):
            yield _document(template, found)
    except Trouble as error:
        raise Trouble(f"{template.name} {error}.") from error


def _asked(texts: Sequence[str], many: Sequence[Struct]) -> Iterator[Sequence[str]]:
    for start in range(0, len(many), AT_ONCE):
        some = many[start : start + AT_ONCE]
        try:
            answer = ask_worker(None, None, WORDS, request_of(texts, some))
            said = [json.loads(line) for line in answer.splitlines()]
        except (ValueError, OSError, subprocess.SubprocessError) as error:
            raise Trouble(_UNSAFE) from error
        if said and "trouble" in said[-1]:
            raise Trouble(said[-1]["trouble"])
        if len(said) != len(some):
            raise Trouble(_UNSAFE)
        yield from (line["texts"] for line in said)


def _document(template: WordTemplate, texts: Sequence[str]) -> WordDocument:
    word = _open(template)
    for part, text in zip(_stories(word), texts, strict=True):
        try:
            part.element[:] = parse_xml(text)[:]
        except SyntaxError as error:
            raise Trouble("has a condition that begins within a link or a box and ends outside") from error
    found: WordDocument = word.part.document
    return found


@cache
def _texts(template: WordTemplate) -> Mapping[str, str]:
    """Return the parts of a template as texts that can be filled, by their names."""
    word, prepare = _open(template), DocxTemplate("")
    return {
        str(part.partname): numbered(prepare.patch_xml(_masked(prepare.xml_to_string(part.element))))
        for part in _stories(word)
    }


def _masked(xml: str) -> str:
    """Return XML whose attributes have no braces: only a paragraph's own are a template's."""
    masks = str.maketrans({"{": "&#123;", "}": "&#125;"})
    return re.sub(r"<[^>]*>", lambda element: element[0].translate(masks), xml)


def _open(template: WordTemplate) -> WordDocument:
    """Return a template's document, its content controls opened up; raises Trouble where it is none."""
    try:
        word = docx.Document(BytesIO(template.content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise Trouble(
            f"{template.name} is not a Word document. Save it from Word as .docx, or delete it."
        ) from error
    if template.is_own:
        for part in _stories(word):
            _open_controls(part.element)
    return word


def _stories(word: WordDocument) -> list[Any]:
    heads = (tie.target_part for tie in word.part.rels.values() if tie.reltype in _HEADS)
    return [word.part, *sorted(set(heads), key=lambda part: str(part.partname))]


def _open_controls(part: Any) -> None:
    """Put what stands in content controls in their place: Word fills some from elsewhere."""
    for control in list(part.iter(qn("w:sdt"))):
        for content in control.findall(qn("w:sdtContent")):
            for element in list(content):
                control.addprevious(element)
        control.getparent().remove(control)


def _misplaced(part: Any) -> Iterator[str]:
    """Yield what a part has where nothing can be filled in: changes, braces outside of text, loose tags."""
    if next(part.iter(*_TRACKED), None) is not None:
        yield (
            "it has tracked changes, which nobody can sign. In Word choose Review, Accept All Changes and "
            "Stop Tracking, then save it"
        )
    for text in part.xpath(".//text()[contains(., '{') or contains(., '}')]"):
        if text.getparent().tag != qn("w:t") or text.is_tail:
            yield f"a brace where no fact can stand, in a field or an equation: “{text[:_LONGEST]}”"
    open_in: dict[Any, list[str]] = {}
    for paragraph, text in _paragraphs(part).items():
        yield from (f"at “{text.strip()[:_LONGEST]}”: {words}" for words in _loose(paragraph, text, open_in))
    if any(open_in.values()):
        yield "a condition or loop over several paragraphs or rows is not ended where it began"


def _paragraphs(part: Any) -> dict[Any, str]:
    """Return each paragraph with its own text, without that of boxes in it."""
    found: dict[Any, str] = {}
    for text in part.iter(qn("w:t")):
        paragraph = next(text.iterancestors(qn("w:p")), None)
        found[paragraph] = found.get(paragraph, "") + (text.text or "")
    return found


def _loose(paragraph: Any, text: str, open_in: dict[Any, list[str]]) -> Iterator[str]:
    """Yield what is wrong with the tags of a paragraph; `open_in` are those of its neighbours still open."""
    if re.search("[{}]", _TAG.sub("", text)):
        yield "a single brace; a fact stands in two, as {{ organisation }}"
        return
    here: list[str] = []
    for tag in _TAG.findall(text):
        known = _KNOWN.match(tag)
        if known is None or tag.endswith("-%}"):
            yield f"{tag} is nothing that a template may have"
        elif (of := known["of"]) is None:
            yield from _turned(here, known["does"])
        else:
            holder = paragraph if of == "p" else next(paragraph.iterancestors(qn("w:tr")), paragraph)
            whole = "".join(one.text or "" for one in holder.iter(qn("w:t")))
            if whole.strip() != tag or (of == "tr" and holder is paragraph):
                yield f"{tag} stands alone in its {'paragraph' if of == 'p' else 'row'}"
            yield from _turned(open_in.setdefault(holder.getparent(), []), known["does"])
    if here:
        yield "a condition or loop does not end in its paragraph; for several write {%p if … %}"


def _turned(open_tags: list[str], does: str | None) -> Iterator[str]:
    """Open or close a condition or loop; yield that one ends or turns which is not open."""
    if does in ("if", "for"):
        open_tags.append(does)
    elif does in _ENDS:
        if not open_tags or open_tags.pop() != _ENDS[does]:
            yield f"{does} ends nothing that is open there"
    elif does is not None and not open_tags:
        yield f"{does} stands in no condition"
