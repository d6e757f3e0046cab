"""Templates: checked against their facts in every branch; a value is never more than text."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Literal

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Heading,
    Pairs,
    Para,
    Table,
)
from exchange.papers.templates.blocks import WrongTemplate, blocks_of, template
from exchange.papers.templates.word import WordTemplate, faults_of, filled, own
from exchange.reading import sheets
from exchange.reading.word_templates import template_line
from exchange.written_text import clean
from models.papers.grant_agreement import AgreedPoint, GrantAgreement
from models.papers.paper_words import environment
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.exchange.papers.letters.test_agreements import AGREEMENT
from tests.exchange.papers.templates.shipped_checks import faults
from tests.paper_text import HOSTILE as BLOCKS_HOSTILE

HOSTILE = (
    *("{{ organisation }}", "{% if x %}", "{organisation}", "{%p endfor %}", "{_{ x }_}", "}} {{"),
    *("R&D <12 months", "<b>Choir</b>", "&amp; &lt;", "</w:t></w:r></w:p>", "x\ny", "x\ty", "x\x02y\x07\x0c"),
    *('<w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"/>', "]]>", "\ud800", "\u202eabc", "é 👍 ŵ"),
    *("“quoted” ‘words’", "\"plain\" 'quotes'", "=1+1", "{#x#}", "a" * 5_000),
)


class Part(Struct, frozen=True):
    """A payment."""

    pence: int
    after: str
    due_on: date | None = None


class Facts(Struct, frozen=True):
    """What is told."""

    organisation: str
    asked_pence: int = 100_000
    offered_pence: int = 90_000
    parts: tuple[Part, ...] = ()
    lines: tuple[str, ...] = ()
    note: str | None = None
    has_pence: bool = False

    @property
    def is_less(self) -> bool:
        """Whether it is less than was asked."""
        return self.offered_pence < self.asked_pence


def made(*paragraphs: str, rows: Sequence[Sequence[str]] = (), xml: str = "") -> bytes:
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    if rows:
        table = word.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if xml:
        word.add_paragraph("")._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))
    finished = BytesIO()
    word.save(finished)
    return finished.getvalue()


def told(content: bytes, facts: Facts) -> list[str]:
    template = WordTemplate("a.docx", content, Facts)
    assert faults_of(template) == ()
    (word,) = filled(template, [facts])
    return text_of(word)


def text_of(word: WordDocument) -> list[str]:
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return [*(p.text for p in word.paragraphs), *cells]


@pytest.mark.parametrize("is_own", [False, True])
def test_what_a_fact_holds_is_text_and_equal_when_it_is_read_back(*, is_own: bool) -> None:
    loop = ("{%p for one in conditions %}", "{{ one }}", "For {{ one }}.", "{%p endfor %}")
    template = WordTemplate("a.docx", made(*loop), GrantAgreement, is_own=is_own)

    (word,) = filled(template, [replace(AGREEMENT, conditions=HOSTILE)])

    again = BytesIO()
    word.save(again)
    template_line(again.getvalue())
    shown = [one.text.split() for one in docx.Document(BytesIO(again.getvalue())).paragraphs]
    assert shown == [said.split() for text in HOSTILE for said in (clean(text), f"For {clean(text)}.")]
    assert not list(word.element.body.iter("{*}fldSimple", "{*}instrText"))


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("Dear {organisation}",), "at “Dear {organisation}”: a single brace"),
        (("Ok", "Dear {{ organization }}"), "at “Dear {{ organization }}”: there is no fact “organization”"),
        (("{{ organisation | safe }}",), "there is no filter “safe”"),
        (("{{ asked_pence }}",), "without a filter"),
        (("{{ 9**9**9 }}",), "may not have “pow”"),
        (("{% set a = 1 %}",), "nothing that a template may have"),
        (("{{r organisation }}",), "nothing that a template may have"),
        (("{%p if is_less %} words", "{%p endif %}"), "stands alone in its paragraph"),
        (("{% else %}",), "else stands in no condition"),
        (("{%tr if is_less %}",), "stands alone in its row"),
        (("{% endif %}",), "endif ends nothing that is open there"),
        (
            ("{% if is_less %}Less", "{% endif %}"),
            "does not end in its paragraph; for several write {%p if … %}",
        ),
        (("{{ organisation + }}",), "at “{{ organisation + }}”: unexpected"),
    ],
)
def test_a_template_that_is_wrong_is_refused_with_the_words_of_its_paragraph(
    paragraphs: Sequence[str], words: str
) -> None:
    with pytest.raises(Refused) as refused:
        own("ours.docx", made(*paragraphs), Facts)

    assert str(refused.value).startswith("ours.docx cannot be used: ")
    assert words in str(refused.value)


def test_what_is_no_document_or_is_cut_in_two_is_told() -> None:
    cut = "<w:hyperlink><w:r><w:t>{% if is_less %}Less</w:t></w:r></w:hyperlink>"
    word = docx.Document(BytesIO(made(xml=cut)))
    word.paragraphs[-1].add_run("{% endif %}")
    word.save(held := BytesIO())

    with pytest.raises(Trouble, match=r"ours\.docx is not a Word document. Save it from Word as \.docx"):
        own("ours.docx", b"no document", Facts)
    with pytest.raises(Trouble, match="a condition that begins within a link or a box and ends outside"):
        list(filled(WordTemplate("a.docx", held.getvalue(), Facts), [Facts("Lamps", 1, 2)]))


def test_nothing_is_filled_in_where_word_reads_code_and_a_missing_value_is_told() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TITLE {{ organisation }}</w:instrText></w:r>'
    split = "<w:r><w:instrText>TITLE {</w:instrText><w:t>{ organisation }}</w:t></w:r>"

    for xml in (field, split):
        assert "a brace where no fact can stand" in faults_of(WordTemplate("a", made(xml=xml), Facts))[0]

    content = made("So: {{ target }}")

    for is_own in (False, True):
        template = WordTemplate("a.docx", content, AgreedPoint, is_own=is_own)
        with pytest.raises(Trouble, match=r"a\.docx at “So: {{ target }}”: None is no text"):
            list(filled(template, [AgreedPoint("x")]))


def test_an_offices_own_template_is_filled_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loops within loops over many lines would take hours; they are given up, and that is said."""
    loops = "{% for a in parts %}{% for b in parts %}{% for c in parts %}{% for d in parts %}x"
    content = made(f"{loops}{'{% endfor %}' * 4}")
    facts = replace(AGREEMENT, parts=AGREEMENT.parts * 200)
    monkeypatch.setattr(sheets, "SECONDS", 1.0)

    with pytest.raises(Trouble, match="ours could not be filled within its time"):
        list(filled(own("ours", content, GrantAgreement), [facts]))


def blocks_made(source: str, **facts: object) -> tuple[Block, ...]:
    return blocks_of("a", template(source).render(facts))


@pytest.mark.parametrize("value", BLOCKS_HOSTILE)
def test_a_value_is_no_markup(value: str) -> None:
    source = """{% macro said(x) %}{{ x }}{% endmacro %}
# {{ v }}

{{ v }}

{{ said(v) }}
- {{ v }}
|= {{ v }}:2 | B
| {{ v }} | {{ v ~ "" }}
= {{ v }} | {{ v }}
"""
    assert blocks_made(source, v=value) == (
        Heading(value),
        Para(value),
        Para(value),
        Bullets((value,)),
        Table("", (Column(value, 2), Column("B")), ((value, value),), is_close=True),
        Pairs(((value, value),)),
    )


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("\n| a", "line 2: a row of a table whose head"),
        ("|= A | B\n| a", "line 2: a row of 1 cells under 2 headings"),
        ("{% if true %}\n:: together\n{% endif %}\nx", "line 2: “:: together” has no “:: end”"),
        (":: end", "line 1: “:: end” is nothing that a paper has"),
        ("x\n\n:: dance now", "line 3: “:: dance now” is nothing"),
    ],
)
def test_lines_that_make_no_block_are_named(source: str, why: str) -> None:
    with pytest.raises(WrongTemplate, match=why):
        blocks_made(source)


@pytest.mark.parametrize("value", [None, True])
def test_what_is_no_text_is_not_put_in(value: object) -> None:
    with pytest.raises(TypeError, match="is no text"):
        blocks_made("{{ x }}", x=value)


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


class CheckFacts(Struct, frozen=True):
    """Facts."""

    title: str
    on: date | None
    lines: tuple[Line, ...]
    pairs: tuple[tuple[str, int], ...]
    many: int


def found(source: str) -> list[tuple[int, str]]:
    return [(each.line, each.words) for each in faults(environment(), source, CheckFacts)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ titel }}", "there is no fact “titel”; there are lines, many, on, pairs, title"),
        ("{{ on }}", "without a filter, such as"),
        (
            "{% for line in lines %}{{ line.share_pence }}{% endfor %}",
            "“share_pence” is put in without a filter",
        ),
        ("{% for line in lines %}{{ line.is_less }}{% endfor %}", "“is_less” is no text"),
        (
            "{% for line in lines %}{% if line.kind == 'odd' %}{% endif %}{% endfor %}",
            "“odd” never comes here",
        ),
        ("{% for line in lines %}{{ {'pot': 'x'}[line.cause] }}{% endfor %}", "there are no words for cap"),
        ("{{ lines | map(attribute='nmae') | join }}", "“nmae” is no part"),
        ("{{ lines | selectattr('nmae') | length }}", "“nmae” is no part"),
        ("{{ lines | selectattr('pence', 'lambda') | length }}", "there is no test “lambda”"),
        ("{{ title[0] }}", "this is no list"),
        ("{% for one in many %}{% endfor %}", "this is no list"),
        ("{{ title | safe }}", "there is no filter “safe”"),
        ("{{ title | attr('x') }}", "there is no filter “attr”"),
        ("{{ title | money }}", "“money” does not take what stands before it"),
        ("{% if title is callable %}{% endif %}", "there is no test “callable”"),
        ("{{ 9 ** 9 }}", "may not have “pow”"),
        ("{{ title * 9 }}", "may not have “mul”"),
        ("{{ title.upper() }}", "only a macro of the template may be called"),
        ("{{ title.__class__ }}", "“__class__” is no part of this; it has none"),
        ("{% include 'x' %}", "may not have “include”"),
        ("{% set x %}y{% endset %}", "may not have “assignblock”"),
        ("{% for one in lines recursive %}{% endfor %}", "may not have “for”"),
        ("{% macro a() %}x{% endmacro %}", "the macro “a” is never used"),
        ("{% macro a(x) %}{{ x.nmae }}{% endmacro %}{{ a(lines[0]) }}", "“nmae” is no part"),
        ("{% macro a() %}x{% endmacro %}{{ a }}", "“a” is a macro: put it in by itself"),
        ("{{ title ~ lines }}", "“lines” is no text"),
        ("{ title }", "a single brace"),
        ("{{ title }", "unexpected '}'"),
        ("{% for one in titel.parts %}{{ one.name }}{% endfor %}", "there is no fact “titel”"),
        ("{% for a, b, c in pairs %}{% endfor %}", "a, b, c: there are not 3 of them"),
        ("{{ lines | map(title) | join }}", "“map” names a part in quotation marks"),
        ("{{ lines | map('name') | join }}", "“map” takes attribute=“a part”"),
        ("{{ many | money(1, 2, 3) }}", "the filter “money” takes other values"),
        ("{{ many | money(*lines) }}", "a template may not have “*”"),
        ("{% for line in lines %}{{ line.kind[0] }}{% endfor %}", "this is no list"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(source: str, words: str) -> None:
    ((line, said),) = found(f"# Head\n\n{source}\n")[:1]

    assert (line, words in said) == (3, True), said
