"""Word templates: conditions and loops, what is refused and where; a value is never more than text."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.templates.word import WordTemplate, faults_of, filled, names_in, own
from exchange.reading import sheets
from exchange.reading.word_templates import template_line
from exchange.written_text import clean
from models.papers.grant_agreement import AgreedPoint, GrantAgreement
from models.trouble import Trouble
from scoring.written.text import Refused
from tests.exchange.papers.letters.test_agreements import AGREEMENT

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


def test_conditions_and_loops_leave_out_paragraphs_and_repeat_rows() -> None:
    content = made(
        "We offer {{ offered_pence | money }}{% if is_less %} of {{ asked_pence | money }}{% endif %}.",
        *("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"),
        *("{%p if not lines %}", "No address.", "{%p else %}", "An address.", "{%p endif %}"),
        rows=(
            ("No.", "Amount", "After"),
            ("{%tr for one in parts %}", "", ""),
            (
                "{{ loop.index }}",
                "{{ one.pence | money }}",
                "{{ one.after }}{% if one.due_on %}, by {{ one.due_on | day }}{% endif %}",
            ),
            ("{%tr endfor %}", "", ""),
        ),
    )
    parts = Part(45_000, "signature"), Part(45_050, "receipts", date(2027, 3, 1))

    said = told(content, Facts("Choir", parts=parts, lines=("1 Street", "Town")))
    bare = told(content, Facts("Choir", offered_pence=100_000, has_pence=True))

    assert said == [
        *("We offer £900 of £1,000.", "1 Street", "Town", "An address.", "No.", "Amount", "After"),
        *("1", "£450", "signature", "2", "£450.50", "receipts, by 1 March 2027"),
    ]
    assert bare == ["We offer £1,000.00.", "No address.", "No.", "Amount", "After"]


@pytest.mark.parametrize("is_own", [False, True])
def test_what_a_fact_holds_is_text_and_equal_when_it_is_read_back(*, is_own: bool) -> None:
    content = made("{{ words }}", "For {{ words }}.")
    template = WordTemplate("a.docx", content, AgreedPoint, is_own=is_own)

    for text, word in zip(HOSTILE, filled(template, list(map(AgreedPoint, HOSTILE))), strict=True):
        again = BytesIO()
        word.save(again)
        template_line(again.getvalue())
        shown = docx.Document(BytesIO(again.getvalue())).paragraphs[0].text
        assert shown.split() == clean(text).split()
        assert not list(word.element.body.iter("{*}fldSimple", "{*}instrText"))
        assert len(word.paragraphs) == 2


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("Dear {organisation}",), "at “Dear {organisation}”: a single brace"),
        (("Ok", "Dear {{ organization }}"), "at “Dear {{ organization }}”: there is no fact “organization”"),
        (("{% if is_less %}{{ nam }}{% endif %}",), "there is no fact “nam”"),
        (("{{ organisation | safe }}",), "there is no filter “safe”"),
        (("{{ asked_pence }}",), "without a filter"),
        (("{{ 9**9**9 }}",), "may not have “pow”"),
        (("{{ organisation.upper() }}",), "may"),
        (("{% include 'x' %}",), "nothing that a template may have"),
        (("{% set a = 1 %}",), "nothing that a template may have"),
        (("{{r organisation }}",), "nothing that a template may have"),
        (("{{p organisation }}",), "nothing that a template may have"),
        (("{% if is_less %}", "x", "{% endif %}"), "does not end in its paragraph"),
        (("{%p if is_less %} words", "{%p endif %}"), "stands alone in its paragraph"),
        (("{%p if is_less %}", "x"), "is not ended where it began"),
        (("{% else %}",), "else stands in no condition"),
        (("{%p endif %}",), "endif ends nothing"),
        (("{%tr if is_less %}",), "stands alone in its row"),
        (("{{ organisation", "}}"), "a single brace"),
    ],
)
def test_a_template_that_is_wrong_is_refused_with_the_words_of_its_paragraph(
    paragraphs: Sequence[str], words: str
) -> None:
    with pytest.raises(Refused) as refused:
        own("ours.docx", made(*paragraphs), Facts)

    assert str(refused.value).startswith("ours.docx cannot be used: ")
    assert words in str(refused.value)


def test_nothing_is_filled_in_where_word_reads_code() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TITLE {{ organisation }}</w:instrText></w:r>'
    split = "<w:r><w:instrText>TITLE {</w:instrText><w:t>{ organisation }}</w:t></w:r>"

    for xml in (field, split):
        assert "a brace where no fact can stand" in faults_of(WordTemplate("a", made(xml=xml), Facts))[0]


def test_a_value_that_is_missing_is_told_with_its_paragraph() -> None:
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


def test_equal_facts_give_equal_texts_and_names_are_known() -> None:
    content = made("{{ organisation }}", "{%p for one in parts %}", "{{ one.after }}", "{%p endfor %}")
    template = WordTemplate("a.docx", content, Facts)

    one, two = filled(template, [Facts("x", parts=(Part(1, "y"),))] * 2)

    assert text_of(one) == text_of(two) == ["x", "y"]
    assert names_in(template) == {"organisation", "parts"}
