"""The blocks of a paper from its template, which is text for Jinja2, filled with the paper's facts.

    # Heading, ## below it      a paragraph is the lines up to an empty one
    - item                      ! strong, ^ small, > lead paragraph       1. paragraph with the next number
    = Name | value or nothing   |= Applicant:2 | Amount:1> | Note:1?
                                head of a table: share of the width, > for figures, ? left out where empty;
                                with |: in the place of |= its rows are further apart
    | Ann | £5                  a row; |+ of totals; |~ caption, below the head
    :: together … :: end        blocks on one page; ":: together 5" with as many lines of what follows
    :: sign Chair | Name | Day  room to sign
    :: written words            what an office wrote, a paragraph a line, and lists where it wrote lists;
                                ":: numbered" with a number each, ":: leading" as lead paragraphs
    :: contents A | B           links to headings
    :: lines 4, :: new page     lines to write on; what follows on a new page
    :: ask email | line | E-mail | hint | 1 | Yes
                                room for an answer on a computer, by its name, kind, label, lines, choices

What a fact holds is never markup: the signs in it stand beside a mark until the lines are read.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import NoReturn

from jinja2 import Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from msgspec import Struct

import resources
from exchange.papers.document.values import (
    BlankLines,
    Block,
    Bullets,
    Column,
    Contents,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Question,
    Signature,
    Table,
    Together,
)
from exchange.papers.paper_writing import written
from exchange.papers.templates.sandbox import parts_of
from models.papers.paper_words import NONE_GIVEN, environment
from scoring.written.text import paragraphs

HEADS = ("|=", "|:")
LOOKS = {"^": Look.SMALL, "!": Look.STRONG, ">": Look.LEAD}
_HIDE, _LINE, _END = "\ue000", "\ue001", "\ue002"
_SIGNS = f" \n\r\t#-^|:!+~=>.,;){_HIDE}{_LINE}{_END}"
_HIDDEN = {ord(sign): f"{_HIDE}{chr(0xE100 + n)}" for n, sign in enumerate(_SIGNS)}
_SHOWN = re.compile(f"{_HIDE}(.)")
_NUMBER = re.compile(f"{_LINE}(\\d+){_END}")
_TAGS_ALONE = re.compile(r"\s*(\{%((?!%\}).)*%\}\s*)*")
_OPENS = re.compile(r"(#{1,3}|[-^!>=]|1\.|\|[=:+~]?|::) ?(.*)")
_COLUMN = re.compile(r"(.*?)(?::([\d.]+))?(>?)\??")
_ROOM = re.compile(r" +(?=[.,;)])| (?= )")


class WrongTemplate(ValueError):
    """A template whose lines make no blocks."""


def filled(name: str, facts: Struct) -> tuple[Block, ...]:
    """Return the blocks of the template `resources/papers/NAME.j2` filled with facts.

    Raises WrongTemplate, with the line, where its lines make no blocks.
    """
    values = {part: getattr(facts, part) for part in parts_of(type(facts))}
    return blocks_of(name, _shipped(name).render(values))


@cache
def _shipped(name: str) -> Template:
    return template(resources.text(f"papers/{name}.j2"))


def template(source: str) -> Template:
    """Return a template to be filled, each of its lines with its number at the end."""
    return environment(_value).from_string("\n".join(_numbered(source)))


@pass_context  # so that no value is put in before the template is filled
def _value(_: Context, value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if value is None or isinstance(value, bool):
        raise TypeError(f"{value} is no text: a template asks with “if” whether it is so")
    return Markup(str(value).translate(_HIDDEN))


def _numbered(source: str) -> Iterator[str]:
    """Yield lines with their numbers, but those of tags alone and those that end within a tag."""
    depth = 0
    for number, line in enumerate(source.split("\n"), 1):
        is_inside = depth > 0
        depth += len(re.findall(r"\{[{%#]", line)) - len(re.findall(r"[}%#]\}", line))
        is_text = not is_inside and not _TAGS_ALONE.fullmatch(line)
        yield f"{line}{_LINE}{number}{_END}" if depth == 0 and (is_text or line.strip() == "") else line


class _Line(Struct, frozen=True):
    """A line of a filled template: its number, the sign that opens a block ("" in a paragraph), the rest."""

    number: int
    sign: str
    rest: str

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(map(_plain, self.rest.split("|")))


def blocks_of(name: str, text: str) -> tuple[Block, ...]:
    """Return the blocks of the lines of a filled template, which the name names in a fault."""
    numbers, within = count(1), list[tuple[_Line, list[Block]]]()
    found: list[Block] = []
    for group in _groups(text):
        line, words = group[0], group[0].rest.split()
        if line.sign == "::" and words[:1] == ["together"] and not within:
            within.append((line, found))
            found = []
        elif line.sign == "::" and words == ["end"] and within:
            opened, above = within.pop()
            after = int(opened.rest.partition(" ")[2] or 0)
            found = [*above, Together(tuple(found), after)]  # type: ignore[arg-type]
        else:
            found += _made(name, group, numbers)
    if within:
        _fail(name, within[0][0], "“:: together” has no “:: end”")
    return tuple(found)


def _groups(text: str) -> Iterator[list[_Line]]:
    """Yield the lines that make one block together: of a list, a table, a paragraph."""
    group: list[_Line] = []
    number = 1
    for raw in text.split("\n"):
        number = int(found[1]) if (found := _NUMBER.search(raw)) else number
        opened = _OPENS.fullmatch(words := _NUMBER.sub("", raw).strip(" \t"))
        line = _Line(number, *opened.groups()) if opened else _Line(number, "", words)
        goes_on = line.sign[:1] in "-=|" and line.sign not in HEADS and words
        if group and not (goes_on and line.sign[:1] == group[0].sign[:1]):
            yield group
            group = []
        if words:
            group.append(line)
    if group:
        yield group


def _made(name: str, group: list[_Line], numbers: Iterator[int]) -> Iterator[Block]:
    first, text = group[0], _plain(" ".join(line.rest for line in group))
    match first.sign:
        case "|=" | "|:":
            yield from _table(name, group)
        case "::":
            yield from _asked(name, first, numbers)
        case "-":
            yield Bullets(tuple(filter(None, (_plain(line.rest) for line in group))))
        case "=":
            rows = ((line.cells[0], " | ".join(line.cells[1:])) for line in group)
            if told := tuple((what, words) for what, words in rows if words):
                yield Pairs(told)
        case "#" | "##" | "###":
            yield Heading(text, len(first.sign))
        case "1.":
            yield Para(text, number=f"{next(numbers)}.")
        case "" | "^" | "!" | ">":
            yield from [Para(text, LOOKS.get(first.sign, Look.BODY))] if text.strip() else []
        case _:
            _fail(name, first, "a row of a table whose head, “|= …”, is not right above it")


def _asked(name: str, line: _Line, numbers: Iterator[int]) -> Iterator[Block]:
    what, _, rest = line.rest.partition(" ")
    cells = tuple(_plain(cell) for cell in rest.split("|"))
    match what:
        case "sign" if len(cells) <= 3:
            yield Signature(*cells)
        case "written" | "numbered" | "leading":
            look = Look.LEAD if what == "leading" else Look.BODY
            yield from written(paragraphs(cells[0]), numbers if what == "numbered" else None, look)
        case "contents":
            yield Contents(cells)
        case "lines" if rest.isdecimal():
            yield BlankLines(int(rest))
        case "ask" if len(cells) == len(Question.__struct_fields__):
            code, kind, label, hint, lines, choices = cells
            yield Question(code, kind, label, hint, int(lines), tuple(filter(None, choices.split("\n"))))
        case "new":
            yield NewPage()
        case _:
            _fail(name, line, f"“:: {line.rest}” is nothing that a paper has")


def _table(name: str, group: list[_Line]) -> Iterator[Table]:
    head, *lines = group
    heads = head.rest.split("|")
    columns = tuple(map(_column, heads))
    caption = "".join(_plain(line.rest) for line in lines if line.sign == "|~")
    rows = [line for line in lines if line.sign != "|~"]
    for line in rows:
        if len(line.cells) != len(columns):
            _fail(name, line, f"a row of {len(line.cells)} cells under {len(columns)} headings")
    sums = frozenset(number for number, line in enumerate(rows) if line.sign == "|+")
    filled_in = [any(line.cells[n] not in ("", NONE_GIVEN) for line in rows) for n in range(len(heads))]
    kept = [n for n, said in enumerate(heads) if filled_in[n] or not said.rstrip().endswith("?")]
    cells = tuple(tuple(line.cells[n] for n in kept) for line in rows)
    if rows:
        yield Table(caption, tuple(columns[n] for n in kept), cells, sums, is_close=head.sign == "|=")


def _column(said: str) -> Column:
    found = _COLUMN.fullmatch(said.strip())
    assert found is not None, "anything is a heading"
    return Column(_plain(found[1]), float(found[2] or 1), is_figure=bool(found[3]))


def _fail(name: str, line: _Line, why: str) -> NoReturn:
    raise WrongTemplate(f"{name}.j2, line {line.number}: {why}.")


def _plain(text: str) -> str:
    """Return text with the signs that stand in its values, without room that words left out leave."""
    return _SHOWN.sub(lambda found: _SIGNS[ord(found[1]) - 0xE100], _ROOM.sub("", text.strip(" \t")))
