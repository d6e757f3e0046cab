"""An agreement in Word comes from a template, the office's own or ours; its PDF says the same."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from exchange.papers.letters.agreements import (
    MOST,
    filled,
    read_template,
    template_bytes,
    write_agreement_docx,
    write_agreements,
)
from models.papers.grant_agreement import AgreedPart, AgreedPoint, AgreedReturn, GrantAgreement
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring.schedule.values import Letterhead
from tests.exchange.schedule_rounds import EXAMPLE
from tests.models.rounds import refused
from tests.paper_text import pages_of, picture, word_text

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = "{{ amount_pence }} <b>R&D</b> {% if x %} \x02"
AGREEMENT = GrantAgreement(
    **EXAMPLE,
    award="A-031-01",
    application="ACF-001",
    organisation=HOSTILE,
    registered="registered charity 1000001",
    address=("1 Made-up Street", "ZZ1 1ZZ"),
    contact_name="Pat Example",
    project="Boxing",
    summary="Two evenings a week.",
    area="Northdale",
    amount_pence=450_000,
    notice="031/2026",
    decided_on=date(2026, 11, 30),
    power="An Act, section 9",
    reason="Named figures of the area.",
    start_on=date(2027, 1, 4),
    end_on=date(2027, 12, 31),
    parts=(AgreedPart(225_000, "signature"), AgreedPart(225_000, "receipts", date(2027, 6, 1))),
    conditions=("Receipts are kept.",),
    points=(AgreedPoint("Sessions", 40), AgreedPoint("They feel safer", None, "Asked twice", True)),
    returns=(AgreedReturn(date(2028, 1, 28), "the end"),),
    clauses=(("Insurance", "You hold it."), ("", "Without a heading.")),
    contact=(("Contact officer", "Ida Example"),),
    letterhead=Letterhead(signatory="Olu Example, Chief Executive", email="grants@office.example"),
)


AGREED_FIRST = ("Sign and return the grant agreement before any payment.", "Sign and return the lease.")
SIGNED = date(2026, 12, 1)


def agreement_text(agreement: GrantAgreement, status: PaperStatus) -> str:
    """Return the text of an agreement, a line for each paragraph."""
    word = filled(agreement, status)
    return "\n".join(Paragraph(element, word).text for element in word.element.body.iter(qn("w:p")))


def words_of(status: PaperStatus = STATUS, **changes: Any) -> str:
    return agreement_text(replace(AGREEMENT, **changes), status)


def test_word_and_pdf_say_who_how_much_when_and_what_next(tmp_path: Path) -> None:
    write_agreements(AGREEMENT, STATUS, tmp_path)

    word, pdf = sorted(tmp_path.iterdir())
    pages = pages_of(pdf)
    printed = "".join("".join(pages).split())
    assert len(pages) == 2
    said = (
        *("We give you £4,500", "Boxing", "4 January 2027", "31 December 2027", "notice 031/2026"),
        *("An Act, section 9", "Sessions", "Asked twice"),
        "£2,250 after the agreement is signed: within 30 days of the last signature",
        *("£2,250 after receipts: 1 June 2027", "28 January 2028: the end", "To reach", "Ida Example"),
        *("1. Insurance. You hold it.", "2. Without a heading.", "Olu Example, Chief Executive"),
        *("1 Made-up Street", "registered charity 1000001", "Receipts are kept.", "reference A-031-01"),
        "{{ amount_pence }} <b>R&D</b> {% if x %}",
    )
    assert word.read_bytes() == write_agreement_docx(AGREEMENT, STATUS, tmp_path / "b.docx").read_bytes()
    for words in said:
        assert words in word_text(word), words
        assert "".join(words.split()) in printed, words
    assert word.name.endswith("agreement draft.docx")
    assert "SHA-256" not in printed + word_text(word)


@pytest.mark.parametrize("signed_on", [None, SIGNED])
@pytest.mark.parametrize("many", range(14, 30, 3))
def test_the_last_of_the_terms_is_on_the_page_of_the_signatures(
    tmp_path: Path, many: int, signed_on: date | None
) -> None:
    clauses = tuple((f"Term {n}", "You keep to it in all that you do. " * 4) for n in range(1, many + 1))
    word, pdf = write_agreements(replace(AGREEMENT, clauses=clauses, signed_on=signed_on), STATUS, tmp_path)

    lines = docx.Document(str(word)).paragraphs
    (head,) = (n for n, one in enumerate(lines) if one.text == "Signatures")
    assert lines[head - 1].text.startswith(f"{many}. Term")
    assert all(one.paragraph_format.keep_with_next for one in lines[head - 1 : head + 1])
    (page,) = (page for page in pages_of(pdf) if " Signatures " in page)
    assert f"{many}. Term" in page


@pytest.mark.parametrize("is_quoted", [True, False])
def test_nobody_signs_one_whose_recipient_answers_first(tmp_path: Path, is_quoted: bool) -> None:
    points = (AgreedPoint("“We count who comes.”"),) if is_quoted else ()
    waits = replace(AGREEMENT, points=points, is_drafted=is_quoted, asked_pence=450_100)

    said = agreement_text(waits, STATUS)
    again = agreement_text(replace(waits, is_signed=True), STATUS)
    write_agreements(waits, STATUS, tmp_path)

    _, pdf = sorted(tmp_path.iterdir())
    assert all("NOT FOR SIGNATURE YET" in page for page in pages_of(pdf)), "on every page"
    asks = "which part of your application" if is_quoted else "what the grant is to bring about"
    assert f"Tell us, at grants@office.example, {asks}" in said
    assert "cannot start on 4 January 2027 because of that, tell us other days" in said
    assert ("Signed for" in said, "Signed for" in again) == (False, True)
    assert f"Unless you have done so, tell us {asks}" in again


def test_what_is_signed_asks_for_no_signature_and_says_who_gave_it() -> None:
    both = ("Olu Example, Chief Executive", "Sam Sample, Chair")
    said = words_of(signed_on=SIGNED, signers=both, conditions=AGREED_FIRST)
    alone = words_of(signed_on=SIGNED, signers=("", "Sam"))

    assert "This agreement was signed on 1 December 2026, thank you. You need do nothing more" in said
    assert "Olu Example, Chief Executive, signed for the Example office. Sam Sample, Chair, signed" in said
    assert "Both of us signed this on 1 December 2026. Sam signed for" in alone
    assert "Payments are shown as they stood on 2 December 2026." in said
    for words in ("Signed for", "return it", "before any payment", "By signing", "Before you sign"):
        assert words not in said
    assert "Sign and return the lease." in said
    before = words_of(is_signed=True, conditions=AGREED_FIRST, changes=("It is less.",))
    assert "this takes the place of the agreement signed before, which holds until then." in before
    assert "before any payment" not in before
    assert "Sign and return this agreement before any payment." in words_of(conditions=AGREED_FIRST)


def test_money_that_came_back_is_told_and_each_copy_bears_the_day_of_its_issue() -> None:
    came = words_of(came_back_pence=20_000, to_come_back_pence=30_000)

    assert "; £4,300 without the £200 that came back; £300 has still to come back" in came
    assert "come back" not in words_of()

    later = replace(STATUS, made_at=STATUS.made_at + timedelta(days=40), issued_at=STATUS.made_at)

    assert words_of(later) == words_of()


def test_a_name_that_is_withheld_is_asked_to_make_nothing_public(tmp_path: Path) -> None:
    hidden = replace(AGREEMENT, is_withheld=True)

    word, _ = write_agreements(hidden, STATUS, tmp_path)

    assert "None of these conditions asks you to make public anything" in agreement_text(hidden, STATUS)
    assert "OFFICIAL · " in docx.Document(str(word)).sections[0].header.paragraphs[0].text


GONE, TO_COME = date(2026, 10, 31), date(2027, 1, 31)
FIRST, QUARTER = "signature", "end of quarter 1"
PAYMENTS = (
    (AgreedPart(1_00, FIRST), {}, "after the agreement is signed: within 30 days of the last signature"),
    (AgreedPart(1_00, FIRST, GONE), {}, "within 30 days of the last signature"),
    (AgreedPart(1_00, QUARTER, GONE), {}, "after the end of quarter 1 of the project: w"),
    (AgreedPart(1_00, "receipts", GONE), {}, "after receipts: as soon as that is done"),
    (AgreedPart(1_00, "receipts", GONE), {"is_signed": True}, "was due on 31 October 2026"),
    (AgreedPart(1_00, "receipts", None, None, GONE), {}, "came in on 31 October 2026: now that it came in"),
    (AgreedPart(1_00, "receipts", TO_COME), {"held_for": "no return has come"}, "after receipts: on hold"),
)


@pytest.mark.parametrize(("part", "changes", "words"), PAYMENTS)
def test_each_payment_says_how_it_stands(part: AgreedPart, changes: dict[str, Any], words: str) -> None:
    assert words in words_of(parts=(part,), **changes)


def own(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> WordDocument:
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    for row in rows:
        for cell, text in zip(word.add_table(1, len(row)).rows[0].cells, row, strict=True):
            cell.text = text
    return word


NEEDED = (
    "{{ organisation }}",
    "{{ amount_pence | money }}",
    "{% for head, words in clauses %}{{ words }}{% endfor %}",
)


def taken(word: WordDocument, folder: Path) -> str:
    path = folder / "ours.docx"
    word.save(str(path))
    return read_template(path)


def test_a_template_of_the_office_is_used_for_word_and_pdf_alike(tmp_path: Path) -> None:
    word = own("Contract of {{ organisation }}", NEEDED[2], rows=(("{{ payments[0].pence | money }}", "x"),))
    content = taken(word, tmp_path)

    words = words_of(template=content)
    write_agreements(replace(AGREEMENT, template=content), replace(STATUS, version=2), tmp_path / "out")

    assert template_bytes(content) == (tmp_path / "ours.docx").read_bytes()
    assert words.splitlines() == [
        "Contract of {{ amount_pence }} <b>R&D</b> {% if x %}  ",
        *("You hold it.Without a heading.", "£2,250", "x"),
    ]
    assert {path.name.rpartition(" ")[2] for path in (tmp_path / "out").iterdir()} == {"v2.docx", "v2.pdf"}


@pytest.mark.parametrize(
    ("paragraphs", "fault"),
    [
        (("{{ sum }}", *NEEDED), "there is no fact “sum”"),
        (("{organisation}", *NEEDED), "at “{organisation}”: a single brace"),
        ((NEEDED[0], NEEDED[2]), "does not name amount_pence"),
    ],
)
def test_a_template_that_says_too_little_is_refused(
    tmp_path: Path, paragraphs: Sequence[str], fault: str
) -> None:
    refused(re.escape(fault), taken, own(*paragraphs), tmp_path)


def test_what_is_no_template_or_has_tracked_changes_is_refused(
    tmp_path: Path,
) -> None:
    no_word, large = tmp_path / "notes.docx", tmp_path / "large.docx"
    no_word.write_bytes(b"plain words")
    large.write_bytes(b"0" * (MOST + 1))

    with pytest.raises(Trouble, match=r"notes\.docx is not a Word document"):
        read_template(no_word)
    refused(r"large\.docx has 400 kB; a template has up to 400", read_template, large)
    with pytest.raises(Trouble, match="cannot be read"):
        read_template(tmp_path / "missing.docx")

    tracked = own(*NEEDED)
    xml = f'<w:ins {nsdecls("w")} w:id="1" w:author="Pat Example"><w:r><w:t>x</w:t></w:r></w:ins>'
    tracked.add_paragraph("")._p.append(parse_xml(xml))

    refused("has tracked changes, which nobody can sign", taken, tracked, tmp_path)


def test_content_controls_are_opened_up_and_first_and_even_pages_say_what_the_copy_is(tmp_path: Path) -> None:
    word = own(*NEEDED)
    run = "<w:r><w:t>Kept for {{ fund }}</w:t></w:r>"
    xml = f"<w:sdt {nsdecls('w')}><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    word.add_paragraph("")._p.append(parse_xml(xml))

    assert words_of(template=taken(word, tmp_path)).endswith("Kept for Active Citizens Fund")

    word.sections[0].different_first_page_header_footer = True
    word.settings.odd_and_even_pages_header_footer = True
    word.sections[0].first_page_header.paragraphs[0].text = "For {{ award }}"
    content = taken(word, tmp_path)

    status = replace(STATUS, logo=picture())
    made, _ = write_agreements(replace(AGREEMENT, template=content), status, tmp_path / "out")

    told = docx.Document(str(made)).sections[0]
    heads = (told.first_page_header, told.header, told.even_page_header)
    said = [[one.text for one in head.paragraphs if one.text][-1] for head in heads]
    assert said == ["Draft, not issued"] * 3
    assert [len([*head._element.iter("{*}blip")]) for head in heads] == [1, 0, 0]
