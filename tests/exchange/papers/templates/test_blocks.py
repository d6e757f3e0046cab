"""A filled template becomes blocks, and no value in it becomes one."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    BlankLines,
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.templates.blocks import WrongTemplate, blocks_of, template
from tests.paper_text import HOSTILE


def made(source: str, **facts: object) -> tuple[Block, ...]:
    return blocks_of("a", template(source).render(facts))


def test_each_sign_opens_its_block() -> None:
    source = """# Head
## Below
A paragraph
of two lines {{ x if x }} .

^ small
! strong
> lead
- one
- two
= Name | value
1. first
1. second
|= Applicant:2 | Note:1? | Amount:1>
|~ Caption
{% for name in names %}
| {{ name }} | – | £5{% if true %}{% endif %}
{% endfor %}
|+ In all | | £10
:: together 3
## Signed
:: sign Chair | Ann
:: end
:: contents A | B
:: lines 4
:: new page
:: written {{ own }}
:: numbered {{ own }}
:: leading {{ x }}led
"""
    assert made(source, x="", names=["Ann", "Bo"], own="Said\n- one\n- two") == (
        Heading("Head"),
        Heading("Below", 2),
        Para("A paragraph of two lines."),
        Para("small", Look.SMALL),
        Para("strong", Look.STRONG),
        Para("lead", Look.LEAD),
        Bullets(("one", "two")),
        Pairs((("Name", "value"),)),
        Para("first", number="1."),
        Para("second", number="2."),
        Table(
            "Caption",
            (Column("Applicant", 2), Column("Amount", 1, is_figure=True)),
            (("Ann", "£5"), ("Bo", "£5"), ("In all", "£10")),
            frozenset({2}),
            is_close=True,
        ),
        Together((Heading("Signed", 2), Signature("Chair", "Ann")), 3),
        Contents(("A", "B")),
        BlankLines(4),
        NewPage(),
        Para("Said"),
        Bullets(("one", "two")),
        Para("Said", number="3."),
        Bullets(("one", "two")),
        Para("led", Look.LEAD),
    )


@pytest.mark.parametrize("value", HOSTILE)
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
    assert made(source, v=value) == (
        Heading(value),
        Para(value),
        Para(value),
        Bullets((value,)),
        Table("", (Column(value, 2), Column("B")), ((value, value),), is_close=True),
        Pairs(((value, value),)),
    )


def test_tags_over_several_lines_and_words_left_out_leave_no_trace() -> None:
    assert made("{% if y %}A{% endif %}\n\nB\n", y=True) == (Para("A"), Para("B"))
    assert made("{% if x %}\nA\n\n{% endif %}\nB {{\n  x ~ '|'\n  if x }} , c {{ '' }} d\n", x="") == (
        Para("B, c d"),
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
        made(source)


@pytest.mark.parametrize("value", [None, True])
def test_what_is_no_text_is_not_put_in(value: object) -> None:
    with pytest.raises(TypeError, match="is no text"):
        made("{{ x }}", x=value)


def test_equal_facts_give_equal_bytes(tmp_path: Path) -> None:
    def drawn(name: str) -> tuple[bytes, bytes]:
        paper = Document("A", made("# {{ x }}\n- {{ x }}\n", x="R&D <12"), datetime(2026, 11, 3, tzinfo=UTC))
        word, pdf = tmp_path / f"{name}.docx", tmp_path / f"{name}.pdf"
        return write_document_docx(paper, word).read_bytes(), write_document_pdf(paper, pdf).read_bytes()

    assert drawn("a") == drawn("b")
    assert [p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs].count("R&D <12") == 2
