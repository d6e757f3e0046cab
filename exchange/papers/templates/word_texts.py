"""The texts of a Word template's parts: checked against the facts, and filled, without anything of Word.

A part's text is its XML as docxtpl prepares it. A line begins after the opening of each tag, so that the
number of a line is that of a tag.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import msgspec
from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from exchange.papers.templates.sandbox import Fault, faults, parts_of
from exchange.written_text import clean
from models.papers.paper_words import environment
from models.trouble import Trouble
from scoring.money import one_form

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_ELEMENT = re.compile(r"<[^>]*>")
_EDGES = ("<w:p ", "<w:p>", "</w:p>")
_LONGEST = 70


def numbered(text: str) -> str:
    return _TAG.sub(lambda tag: f"{tag[0][:2]}\n{tag[0][2:]}", text)


def faults_in(text: str, facts: type[Struct]) -> Iterator[str]:
    for fault in faults(environment_of_word(), text, facts):
        yield _at(text, fault)


def filled(texts: Sequence[str], facts: Struct) -> tuple[str, ...]:
    """Return the texts of a template's parts filled with facts; raises `Trouble` where one cannot be.

    Where the facts say that a paper `has_pence`, every sum in it has, or none.
    """
    values = {name: getattr(facts, name) for name in parts_of(type(facts))}
    with one_form(has_pence=bool(values.get("has_pence"))):
        return tuple(_filled(text, values) for text in texts)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    try:
        return _template(text).render(values)
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
        raise Trouble(_at(text, Fault(_line(error), str(error)))) from error


def answers(request: str) -> Iterator[dict[str, object]]:
    """Yield the filled texts of an office's own template for each of the facts that a request holds."""
    said = json.loads(request)
    module, _, name = said["type"].partition(":")
    known = getattr(import_module(module), name)
    for facts in said["facts"]:
        yield {"texts": filled(said["texts"], msgspec.convert(facts, known))}


def request_of(texts: Sequence[str], many: Sequence[Struct]) -> bytes:
    """Return what the reading process is asked to fill."""
    of = type(many[0])
    facts = msgspec.to_builtins(many)
    return json.dumps({"texts": texts, "type": f"{of.__module__}:{of.__qualname__}", "facts": facts}).encode()


def _put(value: Any) -> Markup:
    """Return what a fact puts into a document: its text, never markup, a field or a tag."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise TypeError(f"{value} is no text: ask with “if” whether it is so")
    text = clean(str(escape(value))).replace("\t", " ")
    return Markup(text.replace("\n", _BREAK))


@cache
def environment_of_word() -> ImmutableSandboxedEnvironment:
    return environment(_put)


@cache
def _template(text: str) -> Template:
    found: Template = environment_of_word().from_string(text)
    return found


def _at(text: str, fault: Fault) -> str:
    """Return a fault with the words of its paragraph, by which an officer finds it in Word."""
    tags = list(_TAG.finditer(text))
    if not tags:
        return fault.words
    tag = tags[min(max(fault.line - 2, 0), len(tags) - 1)]
    start = max(text.rfind(edge, 0, tag.start()) for edge in _EDGES)
    end = text.find("</w:p>", tag.end())
    is_alone = text.startswith("</w:p>", start) or start < 0
    words = " ".join(_ELEMENT.sub("", tag[0] if is_alone else text[start:end]).split())
    return f"at “{words[:_LONGEST]}”: {fault.words}"


def _line(error: BaseException) -> int:
    line, at = 1, error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == "<template>":
            line = at.tb_lineno
        at = at.tb_next
    return line
