"""A template is checked against the facts it is filled with before it is used, in every branch of it."""

from datetime import date
from enum import StrEnum
from typing import Literal

import pytest
from msgspec import Struct

from exchange.papers.templates.sandbox import environment, faults


class Cause(StrEnum):
    """Why less."""

    POT = "pot"
    CAP = "cap"


class Line(Struct, frozen=True):
    """A line."""

    name: str
    pence: int | None
    cause: Cause
    kind: Literal["new", "old"]
    marks: tuple[int, ...]
    share_pence: int

    @property
    def is_less(self) -> bool:
        """Return whether it is less."""
        return True


class Facts(Struct, frozen=True):
    """Facts."""

    title: str
    on: date | None
    lines: tuple[Line, ...]
    pairs: tuple[tuple[str, int], ...]
    many: int


GOOD = """# {{ title | capital }}{{ ", " ~ (on | day) if on }}
{% macro said(line, by="nobody") %}{{ line.name }} by {{ by }}{% endmacro %}
{% set few = lines | selectattr("is_less") | list %}
{% for line in few if line.kind == "new" %}
{{ said(line) if loop.first else said(line, by="all") }}: {{ line.pence | money }}
{{ {"pot": "the pot", "cap": "the cap"}[line.cause] }} {{ line.marks | join(" ") }}
{% elif many %}
{% else %}
{% endfor %}
{% for name, number in pairs %}{{ name }} {{ number | counted("line") }}{% endfor %}
{{ lines | map(attribute="name") | listed("or") }} {{ lines[0].name }} {{ (lines | first).name or "none" }}
{% if not on or title is none or many in (1, 2) %}{{ lines | plural("is", "are") }}{% endif %}
"""


def found(source: str) -> list[tuple[int, str]]:
    return [(each.line, each.words) for each in faults(environment(), source, Facts)]


def test_a_template_that_asks_for_what_there_is_has_no_fault() -> None:
    assert found(GOOD.replace("{% elif many %}\n", "")) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ titel }}", "there is no fact “titel”; there are lines, many, on, pairs, title"),
        ("{% if many %}{{ titel }}{% endif %}", "no fact “titel”"),
        ("{{ lines }}", "“lines” is no text"),
        ("{{ on }}", "without a filter, such as"),
        (
            "{% for line in lines %}{{ line.share_pence }}{% endfor %}",
            "“share_pence” is put in without a filter",
        ),
        ("{% for line in lines %}{{ line.is_less }}{% endfor %}", "“is_less” is no text"),
        ("{% for line in lines %}{{ line.nmae }}{% endfor %}", "“nmae” is no part of this; it has cause, "),
        ("{% for line in lines if line.nmae %}{% endfor %}", "“nmae” is no part"),
        ("{% for line in lines %}{% if line.nmae %}{% endif %}{% endfor %}", "“nmae” is no part"),
        (
            "{% for line in lines %}{% if line.kind == 'odd' %}{% endif %}{% endfor %}",
            "“odd” never comes here",
        ),
        ("{% for line in lines %}{% if line.kind in ('odd',) %}{% endif %}{% endfor %}", "“odd” never comes"),
        ("{% for line in lines %}{{ {'pot': 'x'}[line.cause] }}{% endfor %}", "there are no words for cap"),
        ("{{ {'pot': 'x'}[title] }}", "there are no words for all that may come here"),
        ("{% for line in lines %}{{ loop.cycle }}{% endfor %}", "“cycle” is no part"),
        ("{{ lines | map(attribute='nmae') | join }}", "“nmae” is no part"),
        ("{{ lines | map('upper') | join }}", "“map” takes attribute"),
        ("{{ lines | selectattr('nmae') | length }}", "“nmae” is no part"),
        ("{{ lines | selectattr('pence', 'lambda') | length }}", "there is no test “lambda”"),
        ("{{ lines | selectattr(title) | length }}", "names a part in quotation marks"),
        ("{{ lines[many].name }}", "a number picks one of a list"),
        ("{{ title[0] }}", "this is no list"),
        ("{% for one in many %}{% endfor %}", "this is no list"),
        ("{% for a, b, c in pairs %}{% endfor %}", "there are not 3 of them"),
        ("{{ title | safe }}", "there is no filter “safe”"),
        ("{{ title | attr('x') }}", "there is no filter “attr”"),
        ("{{ title | money }}", "“money” does not take what stands before it"),
        ("{{ many | day }}", "“day” does not take"),
        ("{{ on | weekday }}", "“weekday” does not take"),
        ("{{ title | plural }}", "“plural” takes other values"),
        ("{% if title is callable %}{% endif %}", "there is no test “callable”"),
        ("{{ 9 ** 9 }}", "may not have “pow”"),
        ("{{ title * 9 }}", "may not have “mul”"),
        ("{{ many + 1 }}", "may not have “add”"),
        ("{{ range(9) }}", "only a macro of the template may be called"),
        ("{{ title.upper() }}", "only a macro of the template may be called"),
        ("{{ title.__class__ }}", "“__class__” is no part of this; it has none"),
        ("{{ title[:2] }}", "may not have “slice”"),
        ("{% include 'x' %}", "may not have “include”"),
        ("{% import 'x' as y %}", "may not have “import”"),
        ("{% extends 'x' %}", "may not have “extends”"),
        ("{% filter capital %}x{% endfilter %}", "may not have “filterblock”"),
        ("{% set x %}y{% endset %}", "may not have “assignblock”"),
        ("{% for one in lines recursive %}{% endfor %}", "may not have “for”"),
        ("{% macro a() %}x{% endmacro %}", "the macro “a” is never used"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "only a macro of the template may be called"),
        ("{% macro a(x) %}{{ x.nmae }}{% endmacro %}{{ a(lines[0]) }}", "“nmae” is no part"),
        ("{% macro a(x) %}{{ x }}{% endmacro %}{{ a() }}", "the macro “a” takes x"),
        ("{% macro a() %}x{% endmacro %}{{ a }}", "“a” is a macro: put it in by itself"),
        ("{% macro a() %}x{% endmacro %}{{ 'b' ~ a() }}", "may not have “call”"),
        ("{{ title ~ lines }}", "“lines” is no text"),
        ("{ title }", "a single brace"),
        ("{{ title }", "unexpected '}'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(source: str, words: str) -> None:
    ((line, said),) = found(f"# Head\n\n{source}\n")[:1]

    assert (line, words in said) == (3, True), said
