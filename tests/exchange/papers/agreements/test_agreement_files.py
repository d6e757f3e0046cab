"""An agreement in Word comes from a template, the office's own or ours; its PDF says the same."""

import base64
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.agreements.pages import below_of, document_of
from exchange.papers.agreements.placeholders import GROUPS, PLACEHOLDERS, groups_of, values_of
from exchange.papers.agreements.template import MOST, read_template, template_bytes
from exchange.papers.agreements.writing import filled, write_agreement_docx, write_agreements
from exchange.papers.document.values import Heading, Together
from exchange.papers.letters.account_words import ASKS, CHECKS, MISSING
from exchange.papers.letters.conditions import WITHHELD_CONDITION
from exchange.papers.letters.hold_words import NOT_BEFORE_LIFTED
from exchange.papers.paper_words import pounds
from exchange.written_text import NO_BREAK, one_line
from models.papers.agreements.grant_agreement import (
    AgreedPart,
    AgreedPoint,
    AgreedReturn,
    GrantAgreement,
    unsettled_words,
)
from models.papers.status import PaperStatus
from models.trouble import Trouble
from models.values.award_parts import MORE
from scoring.refused import Refused
from scoring.schedule.values import Letterhead

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = "{amount} <b>Choir</b> {payment_due} \x02"
AGREEMENT = GrantAgreement(
    office="Example office",
    fund="Active Citizens Fund",
    round="Autumn",
    year="2026/27",
    marking="OFFICIAL",
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


def text_of(path: Path) -> str:
    word = docx.Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in word.paragraphs), *cells]).replace(NO_BREAK, " ")


def agreement_text(agreement: GrantAgreement, status: PaperStatus) -> str:
    """Return the text of an agreement, a line for each paragraph."""
    word = filled(agreement, status)
    return "\n".join(Paragraph(element, word).text for element in word.element.body.iter(qn("w:p")))


def own(*paragraphs: str, rows: Sequence[str] = ()) -> bytes:
    word, finished = docx.Document(), BytesIO()
    for text in paragraphs:
        word.add_paragraph(text)
    for text in rows:
        word.add_table(1, 1).rows[0].cells[0].text = text
    word.save(finished)
    return finished.getvalue()


def test_word_and_pdf_say_who_how_much_when_why_and_what_next(tmp_path: Path) -> None:
    write_agreements(AGREEMENT, STATUS, tmp_path)

    word, pdf = sorted(tmp_path.iterdir())
    pages = pypdfium2.PdfDocument(pdf)
    printed = "".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    pages.close()
    said = (
        *("£4,500", "Boxing", "4 January 2027", "31 December 2027", "Named figures", "031/2026"),
        *(
            "£2,250",
            "1 June 2027",
            "Within 30 days of the last signature",
            "Sessions",
            "Asked twice",
            "28 January 2028",
        ),
        *("1. Insurance", "You hold it.", "Olu Example", "Chief Executive", "grants@office.example"),
        *(
            "In two payments: £2,250 (once the agreement is signed)",
            "The first payment is £2,250, once both of us",
            "One report, due",
        ),
        *("To reach", "Please contact Ida Example and give the reference A-031-01."),
        *("1 Made-up Street", "registered charity 1000001", "Receipts are kept.", "Ida Example"),
    )
    for words in said:
        assert words in text_of(word), words
        assert "".join(words.split()) in printed, words
    assert word.name.endswith("agreement draft.docx")
    assert "{payment_due}" in text_of(word), "what a recipient wrote is no placeholder"


def test_a_long_name_ends_between_two_words_in_the_name_of_the_file(tmp_path: Path) -> None:
    long = "The Association for Recovery, Sport and Long-Term Well-being Together"
    write_agreements(replace(AGREEMENT, organisation=long), STATUS, tmp_path)

    word, _ = sorted(tmp_path.iterdir())
    assert word.name.endswith("Sport and Long-Term Well-being agreement draft.docx")


def test_signatures_stand_on_a_page_with_the_last_terms() -> None:
    blocks = document_of(filled(AGREEMENT, STATUS), AGREEMENT, STATUS).blocks

    kept = next(block for block in blocks if isinstance(block, Together))
    headings = [block.text for block in kept.blocks if isinstance(block, Heading)]
    assert headings[1:] == ["Questions", "Signatures"]
    assert len(headings) == 3  # the last clause as well


def test_a_section_that_comes_to_nothing_is_left_out_with_its_heading() -> None:
    bare = replace(AGREEMENT, reason="", power="", points=(), conditions=(), parts=(), returns=())

    words = agreement_text(replace(bare, is_letter=True, contact=(), letterhead=Letterhead()), STATUS)

    assert "Why it was awarded" not in words
    assert "Subsidy control" not in words
    assert "is not settled yet. Please tell us what you propose before you sign" in words
    again = agreement_text(replace(AGREEMENT, points=(), is_signed=True, changes=("It is less.",)), STATUS)
    assert "is not settled yet. Unless you have done so, please tell us what you propose" in again
    assert "You need not wait for that to sign this one." in again
    assert "before you sign:" not in again
    assert "no conditions" in words
    assert "To reach" not in words, "a column of dashes alone"
    assert "Dear Pat Example" in words
    first = "Tell us, at the Example office, what the grant is to bring about, and how that will be known."
    assert f"{first} Then sign the letter that we send you again, and return it." in words
    on = date(2026, 11, 20)
    signed = agreement_text(replace(bare, signed_on=on, conditions=AGREED_FIRST), STATUS)
    assert "before you sign" not in signed
    assert "do nothing more" not in signed
    assert "Sign and return this agreement" not in signed
    assert "Unless you have done so, tell us what the grant is to bring about" in signed
    assert "This agreement is signed, as it had to be before any payment." in signed
    assert "Sign and return the lease." in signed
    due = agreement_text(replace(AGREEMENT, sign_within_days=28), STATUS)
    assert "return it to grants@office.example by 30 December 2026." in due
    dated = replace(AGREEMENT, sign_within_days=28, sign_by=date(2026, 12, 31))
    assert "return it to grants@office.example by 31 December 2026." in agreement_text(dated, STATUS)


def test_within_an_agreement_it_is_this_one_and_what_stays_open_is_asked_for_once() -> None:
    of_it = ("Sign the grant agreement before any payment.", "Keep the agreement with your landlord.")
    part = replace(AGREEMENT, conditions=of_it, is_drafted=True, asked_pence=900_000)

    words = agreement_text(part, replace(STATUS, journal_row=7, journal_hash="ab" * 32))
    again = agreement_text(replace(part, is_signed=True), STATUS)

    assert "Sign this agreement before any payment." in words
    assert "Keep the agreement with your landlord." in words
    assert words.count("Example office (“we”)") + words.count("“We” are") == 1
    assert "on it by the days under “When you report”, even where your own words name other days" in words
    assert "do not sign this one: tell us first which part" in words
    assert "do not sign" not in again
    assert "unless you have done so, please tell us which part" in again
    copy = agreement_text(replace(part, signed_on=date(2026, 12, 2)), STATUS)
    assert "do not sign" not in copy, "the first version, drawn again once it was signed"
    assert "We will send you this agreement again with what we agree on." in copy
    break_on = "It may end in May, with the notice that its agreement asks for."
    services = replace(part, conditions=(break_on,), the_fund="Services for Victims")
    assert "with the notice that this agreement asks for" in agreement_text(services, STATUS)
    assert "a grant of £4,500 from Services for Victims for" in agreement_text(services, STATUS)
    before = agreement_text(replace(services, the_fund=""), STATUS)
    assert "from the Active Citizens Fund for" in before
    assert "its agreement asks for" in before
    assert unsettled_words([part]).startswith("1 agreement leaves open what an amount smaller than asked is")
    assert below_of(replace(STATUS, journal_row=7, journal_hash="ab" * 32)) == STATUS.below


def test_one_that_is_signed_says_who_signed_for_whom_and_what_comes_later_is_reported_as_known() -> None:
    both = ("Olu Example, Chief Executive", "Sam Sample, Chair")
    copy = replace(AGREEMENT, signed_on=date(2026, 12, 2), signers=both)
    words = "What they set for a later time than these days, you report as far as it is known by then."
    later = replace(AGREEMENT, is_drafted=True, later=words)

    said, alone = agreement_text(copy, STATUS), agreement_text(replace(copy, signers=("", both[1])), STATUS)

    assert "Olu Example, Chief Executive, signed for the Example office. Sam Sample, Chair, signed" in said
    assert alone.count(f"Sam Sample, Chair, signed for {one_line(AGREEMENT.organisation)}.") == 1
    assert "Olu Example, Chief" not in alone
    assert "signed for" not in agreement_text(replace(copy, signers=("", "")), STATUS)
    assert f"{words} These are your own words" in agreement_text(later, STATUS)
    assert words not in agreement_text(replace(later, later=""), STATUS)


@pytest.mark.parametrize("is_quoted", [True, False])
def test_nobody_signs_one_whose_recipient_answers_first(tmp_path: Path, is_quoted: bool) -> None:
    points = (AgreedPoint("“We count who comes.”"),) if is_quoted else ()
    earlier = replace(AGREEMENT, points=points, is_drafted=is_quoted, asked_pence=450_100)
    waits = replace(earlier, awaits_answer=True)

    said, before = agreement_text(waits, STATUS), agreement_text(earlier, STATUS)
    write_agreements(waits, STATUS, tmp_path)

    _, pdf = sorted(tmp_path.iterdir())
    with pypdfium2.PdfDocument(pdf) as pages:
        heads = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]
    assert all("NOT FOR SIGNATURE YET" in head for head in heads), "on every page"
    assert ("Signature" in before, "Signature" in said.replace("Signatures", "")) == (True, False)
    assert "This is not for signature yet. Once you have told us" in said
    assert "We will then send you the agreement to sign." in said
    assert "tell us other days in the same answer" in said
    assert "What is agreed below" not in said
    assert "not for signature yet" not in before, "what was issued before stays as it was"


@pytest.mark.parametrize("place", ["grants@office.example", "1 Old Street, Northdale", "", None])
def test_what_is_still_to_settle_is_told_at_a_place_and_never_at_a_person(place: str | None) -> None:
    bare = replace(AGREEMENT, points=(), sends_to=place, letterhead=Letterhead())

    words = agreement_text(bare, STATUS)

    assert ("at Ida Example" in words) == (place is None), "only issues of before name a person there"
    assert (f", at {place}, what the grant" in words) == bool(place)
    assert "what the grant is to bring about" in words


def test_a_new_version_of_a_signed_agreement_does_not_ask_for_a_signature_before_any_payment() -> None:
    paid = AgreedPart(225_000, "signature", None, date(2026, 11, 21)), AGREEMENT.parts[1]
    signed = replace(AGREEMENT, conditions=AGREED_FIRST, is_signed=True, changes=("x.",), parts=paid)

    anew, first = (agreement_text(one, STATUS) for one in (signed, replace(signed, is_signed=False)))

    holds = "until both of us have signed it, the one signed before holds."
    assert f"Sign and return this version of the agreement; {holds}" in anew
    assert "before any payment" not in anew
    assert "Sign and return the lease." in anew
    assert "Sign and return this agreement before any payment." in first


def test_each_copy_of_an_issued_agreement_bears_the_day_of_its_issue() -> None:
    agreement = replace(AGREEMENT, is_letter=True, sign_within_days=28)
    later = replace(STATUS, made_at=STATUS.made_at + timedelta(days=40), issued_at=STATUS.made_at)

    assert agreement_text(agreement, later) == agreement_text(agreement, STATUS)


def test_a_template_of_the_office_is_used_for_word_and_pdf_alike(tmp_path: Path) -> None:
    given = own("Contract of {organisation}", "{clause}", "{clause_words}", rows=("{payment_amount}",))
    path = tmp_path / "ours.docx"
    path.write_bytes(given)

    content = read_template(path)
    words = agreement_text(replace(AGREEMENT, template=content), STATUS)
    write_agreements(replace(AGREEMENT, template=content), replace(STATUS, version=2), tmp_path / "out")

    assert template_bytes(content) == given
    assert words.splitlines() == [
        *("Contract of {amount} <b>Choir</b> {payment_due}  ", "1. Insurance", "You hold it.", "2"),
        *("Without a heading.", "£2,250", "£2,250"),
    ]
    assert {path.name.rpartition(" ")[2] for path in (tmp_path / "out").iterdir()} == {"v2.docx", "v2.pdf"}
    word = filled(AGREEMENT, STATUS)
    word.paragraphs[0].insert_paragraph_before("Form SG4")
    word.sections[0].header.paragraphs[0].text = "Small Grants"
    over = document_of(word, AGREEMENT, STATUS).blocks[:3]
    assert [one.text for one in over] == ["Small Grants", "Form SG4", "2 December 2026"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("paragraphs", "fault"),
    [
        (("{sum}", "{clause_words}"), "which is not a placeholder. It may have {kind}"),
        (("{recipient} {amount}",), "has no {clause_words}"),
        (("{amount} {clause_words}",), "has no {recipient}"),
        (("{recipient} {amount} {clause_words} }",), "a brace that is not part of a placeholder"),
    ],
)
def test_a_template_that_says_too_little_is_refused(
    tmp_path: Path, paragraphs: tuple[str, ...], fault: str
) -> None:
    path = tmp_path / "ours.docx"
    path.write_bytes(own(*paragraphs))

    with pytest.raises(Refused, match=fault.replace("{", r"\{")):
        read_template(path)


def test_what_is_no_template_is_told_with_its_name(tmp_path: Path) -> None:
    no_word, large = tmp_path / "notes.docx", tmp_path / "large.docx"
    no_word.write_bytes(b"plain words")
    large.write_bytes(b"0" * (MOST + 1))

    with pytest.raises(Trouble, match=r"notes\.docx is not a Word document"):
        read_template(no_word)
    with pytest.raises(Refused, match=r"large\.docx has 400 kB; a template has up to 400"):
        read_template(large)
    with pytest.raises(Trouble, match="cannot be read"):
        read_template(tmp_path / "missing.docx")


def test_the_shipped_templates_have_every_group_and_only_known_placeholders(tmp_path: Path) -> None:
    for is_letter in (False, True):
        words = agreement_text(replace(AGREEMENT, organisation="Choir", is_letter=is_letter), STATUS)
        assert "{" not in words
    path = tmp_path / "shipped.docx"
    path.write_bytes(template_bytes(""))

    assert base64.b64decode(read_template(path)) == template_bytes("")
    assert set(GROUPS) == {"payments", "outcomes", "returns", "clauses"}
    assert PLACEHOLDERS["signatory_post"](AGREEMENT, date(2026, 1, 1)) == ("Chief Executive",)


def test_word_keeps_the_signatures_with_the_last_terms_and_each_table_with_what_leads_to_it(
    tmp_path: Path,
) -> None:
    word = docx.Document(str(write_agreement_docx(AGREEMENT, STATUS, tmp_path / "a.docx")))

    headings = {p.text: p.paragraph_format.keep_with_next for p in word.paragraphs if "Head" in p.style.name}
    assert [headings[text] for text in ("Questions", "Signatures")] == [True, True]
    lead = next(p for p in word.paragraphs if p.text.startswith("You will carry out"))
    assert lead.paragraph_format.keep_with_next


def test_the_applicants_words_are_quoted_and_a_part_says_that_it_is_one() -> None:
    drafted = replace(
        AGREEMENT,
        points=(AgreedPoint("“We count who comes.”"),),
        is_drafted=True,
        is_quoted=True,
        asked_pence=450_100,
    )

    said = agreement_text(drafted, STATUS)

    assert "In your application you describe it like this: “Two evenings a week.”" in said
    assert "in which “we” is you:" in said
    assert ("To reach" in said, "How it is known" in said) == (False, False), "columns of nothing"
    assert "part of the £4,501 that you applied for. What you described in your application, quoted" in said
    assert "which part of your application you will do with this amount. Then sign the" in said
    assert "So please do not sign this one" in said
    changed = agreement_text(replace(drafted, is_signed=True, changes=("It is less.",)), STATUS)
    assert "was for all of it; what changed since is set out below." in changed
    assert "which part" not in changed, "the change says it, and its letter asks nothing"
    assert "\n£4,500 (£4,000 without the £500 that we asked back)\n" in agreement_text(
        replace(drafted, asked_back_pence=50_000), STATUS
    )
    # £4,500 awarded, £500 asked back: none, £200 or all of it came; £300 came that nobody asked for
    told = {
        (50_000, 0, 50_000): "£4,500 (£4,000 once the £500 asked back has come)",
        (50_000, 20_000, 30_000): (
            "£4,500 (£4,300 without the £200 that came back; £4,000 once the other £300 asked back has come)"
        ),
        (50_000, 50_000, 0): "£4,500 (£4,000 without the £500 that came back)",
        (0, 30_000, 0): "£4,500 (£4,200 without the £300 that came back)",
    }
    for (asked, came, left), words in told.items():
        back = {"asked_back_pence": asked, "came_back_pence": came, "to_come_back_pence": left}
        said = agreement_text(replace(drafted, **back), STATUS)
        assert f"\n{words}\n" in said
        assert (f"Please pay the {pounds(left)} that" in said) == bool(left)
    agreed = agreement_text(replace(drafted, is_drafted=False, is_quoted=False), STATUS)
    assert "\nTwo evenings a week.\n" in agreed
    assert "that you applied for. What is agreed below is for this amount." in agreed
    assert "among the conditions" in agreement_text(replace(drafted, is_scoped=True), STATUS)
    assert "you applied for." not in agreement_text(AGREEMENT, STATUS)


def test_one_that_is_signed_as_it_stands_asks_for_nothing_and_promises_no_day_that_is_gone() -> None:
    signed, gone, to_come = date(2026, 12, 1), date(2026, 11, 2), date(2027, 3, 1)
    unpaid = AgreedPart(225_000, "signature", gone), AgreedPart(225_000, "receipts", to_come)
    paid = tuple(replace(one, paid_on=signed) for one in unpaid)
    agreement = replace(AGREEMENT, changes=("x.",), is_signed=True, sign_within_days=28, parts=unpaid)

    asks = agreement_text(agreement, STATUS)
    says = agreement_text(replace(agreement, signed_on=signed), STATUS)
    checked = agreement_text(replace(agreement, signed_on=signed, is_account_checked=True), STATUS)
    done = agreement_text(replace(agreement, signed_on=signed, parts=paid), STATUS)
    ready = replace(agreement, signed_on=signed, is_account_checked=True, parts=unpaid[:1])
    assert "\nWe will pay it. We need nothing more from you for it.\n" in agreement_text(ready, STATUS)
    first = agreement_text(replace(AGREEMENT, parts=unpaid), STATUS)

    asked = ("takes the place of", "Sign this agreement", "return it", "\nSignature\n")
    assert [[words in said for words in asked] for said in (asks, says)] == [[True] * 4, [False] * 4]
    for said in (says, checked, done):
        assert "This agreement was signed on 1 December 2026, thank you. You need do nothing more" in said
        assert "Both of us signed the agreement on 1 December 2026. What stands here of payments" in said
    assert not any("still to come" in said for said in (says, checked, done)), "nothing is paid, or all is"
    assert ["our bank details" in said for said in (says, checked, done)] == [True, False, False]
    assert "£2,250 (was due on 2 November 2026) and £2,250 (receipts, 1 March 2027)" in says
    assert "\nWas due on 2 November 2026\n" in says
    assert "\nAll of it is paid.\n" in done
    assert "2 November" not in first, "the signature is still to come, and the day is gone"
    letter = replace(agreement, is_letter=True)
    offers = [agreement_text(one, STATUS) for one in (letter, replace(letter, signed_on=signed))]
    assert "We are pleased to offer" in offers[0]
    assert "is our offer and, once both of us have signed it, our agreement." in offers[0]
    assert "was our offer and, since both of us signed it on 1 December 2026, is our agreement." in offers[1]
    assert "This letter was signed on 1 December 2026, thank you." in offers[1]
    open_yet = replace(agreement, changes=(), signed_on=signed, is_drafted=True, asked_pence=900_000)
    assert "thank you. Unless you have done so, tell us which part" in agreement_text(open_yet, STATUS)
    assert "which part" not in agreement_text(replace(open_yet, changes=("x.",)), STATUS)


def test_a_part_whose_day_is_past_before_anybody_signed_was_not_due_and_says_when_it_is_paid() -> None:
    gone, to_come = date(2026, 10, 31), date(2027, 1, 31)
    triggers = ("signature", "end of quarter 1", "on the day", "receipts")
    parts = tuple(AgreedPart(100_000, of, gone) for of in triggers)
    agreement = replace(AGREEMENT, parts=(*parts, AgreedPart(50_000, "end of quarter 2", to_come)))
    quarters = tuple(AgreedPart(90_000, f"end of quarter {n}", gone) for n in range(1, 6))

    asks = agreement_text(agreement, STATUS)
    signed = agreement_text(replace(agreement, is_signed=True, signed_on=date(2026, 9, 1)), STATUS)
    whole = agreement_text(replace(agreement, parts=quarters), STATUS)

    assert "31 October 2026" not in asks + whole
    within = "within 30 days of the last signature"
    over = f"for quarter 1 of the project, which is over, {within}"
    first = f"£1,000 (once the agreement is signed), £1,000 ({over}), £1,000 ({within}), £1,000 (receipts)"
    assert f"{first} and £500 (end of quarter 2 of the project, 31" in asks
    assert asks.count("Within 30 days of the last signature, as its day is past") == 2
    assert f"The first payment is £900, {over}." in whole
    assert signed.count("Was due on 31 October 2026") == 4


@given(st.data())
def test_every_sum_of_an_agreement_has_pence_or_none_has(data: st.DataObject) -> None:
    sums = st.integers(1, 90).map(lambda n: n * 100_00) | st.integers(1, 90).map(lambda n: n * 100_00 + 50)
    parts = data.draw(st.lists(sums, min_size=1, max_size=4))
    amount, changed = (
        sum(parts),
        data.draw(st.sampled_from(("", "£900.00 became £700.00.", "It fell £5.20."))),
    )
    agreement = replace(
        AGREEMENT,
        amount_pence=amount,
        asked_pence=data.draw(st.just(0) | sums) + amount,
        parts=tuple(AgreedPart(one, "signature") for one in parts),
        changes=(changed,) if changed else (),
        is_first=data.draw(st.booleans()),
        is_letter=data.draw(st.booleans()),
        came_back_pence=data.draw(st.none() | st.just(0) | st.sampled_from((20_00, 20_50))),
        asked_back_pence=50_00,
        to_come_back_pence=data.draw(st.sampled_from((0, 30_00))),
    )

    found = re.findall(r"£\d[\d,]*(?:\.\d\d)?", agreement_text(agreement, STATUS))

    assert len({"." in one for one in found}) == 1, found


@pytest.mark.parametrize("is_gone", [True, False])
@pytest.mark.parametrize(("account", "waits_for"), [(None, ""), (False, "theirs"), (True, "ours")])
def test_a_signed_agreement_says_whom_its_payment_waits_for(
    account: bool | None, waits_for: str, *, is_gone: bool
) -> None:
    due = date(2026, 11, 2) if is_gone else date(2027, 3, 1)
    signed = replace(
        AGREEMENT, is_signed=True, signed_on=date(2026, 11, 1), parts=(AgreedPart(450_000, "signature", due),)
    )

    said = agreement_text(replace(signed, has_account=account), STATUS)
    checked = agreement_text(replace(signed, has_account=account, is_account_checked=True), STATUS)

    assert (MISSING in said) == (waits_for == "theirs" and is_gone)
    assert (ASKS in said) == (waits_for == "theirs" and not is_gone)
    assert (CHECKS in said) == (waits_for == "ours")
    assert all(words not in checked for words in (MISSING, ASKS, CHECKS))


@given(st.data())
def test_an_agreement_names_no_day_on_which_a_payment_on_hold_is_made(data: st.DataObject) -> None:
    days = st.none() | st.sampled_from((date(2026, 10, 2), date(2027, 3, 4)))
    triggers = st.sampled_from(("signature", "proof of purchase", "on the day", "end of quarter 2", MORE))
    parts = tuple(
        AgreedPart(100_000, data.draw(triggers), data.draw(days)) for _ in range(data.draw(st.integers(1, 7)))
    )
    is_signed, is_changed = data.draw(st.booleans()), data.draw(st.booleans())
    agreement = replace(
        AGREEMENT,
        parts=parts,
        returns=(),
        changes=("x.",) if is_changed else (),
        is_signed=is_signed,
        signed_on=date(2026, 9, 1) if is_signed and data.draw(st.booleans()) else None,
        has_account=data.draw(st.booleans()),
        is_account_checked=data.draw(st.booleans()),
        held_for="no return has come.",
    )

    values = values_of(agreement, STATUS.dated)
    rows = [row["payment_due"] for row in groups_of(agreement, STATUS.dated)[0].items]

    assert rows == [("On hold",)] * len(parts)
    assert values["paid_before"] == (NOT_BEFORE_LIFTED,)
    assert values["paid"][0].count("on hold") == len(parts)
    (why,) = (line for line in values["next"] if "Why: No return has come. We will pay none" in line)
    assert f"contact {values['contact'][0]}." in why
    said = (*values["paid"], *values["next"])
    assert not any(re.search("October|March| due |within|first payment", line) for line in said), said


def test_proof_that_came_in_is_waited_for_no_longer() -> None:
    came, day = date(2026, 11, 23), date(2027, 3, 1)
    paid = AgreedPart(225_000, "signature", None, date(2026, 11, 21))
    proved = AgreedPart(225_000, "proof of purchase", None, None, came)
    agreement = replace(AGREEMENT, is_signed=True, signed_on=date(2026, 11, 19), is_account_checked=True)

    now, on_a_day, still = (
        agreement_text(replace(agreement, parts=(paid, part)), STATUS)
        for part in (proved, replace(proved, due_on=day), replace(proved, proof_on=None))
    )

    assert "and £2,250 (now that we have your proof of purchase)" in now
    assert "\nProof of purchase, which came in on 23 November 2026\nNow that it came in\n" in now
    assert "\nProof of purchase, which came in on 23 November 2026\n1 March 2027\n" in on_a_day
    assert "\nWe will pay what is still to come. We need nothing more from you for it.\n" in now
    assert "\nProof of purchase\nAs soon as that is done\n" in still
    assert "once what is named beside it is done." in still


def test_a_report_says_up_to_which_day_it_goes_and_a_payment_waits_for_a_quarter_of_the_project() -> None:
    """The fund's quarter of a report and the project's of a payment were both "quarter 1"."""
    reports = (
        AgreedReturn(date(2027, 4, 28), "quarter 1", date(2027, 3, 31)),
        AgreedReturn(date(2028, 1, 28), "the end"),
    )
    parts = (
        AgreedPart(225_000, "end of quarter 1", date(2027, 4, 3)),
        AgreedPart(225_000, "end of quarter 2"),
    )

    said = agreement_text(replace(AGREEMENT, returns=reports, parts=parts), STATUS)

    assert "28 April 2027\nQuarter 1, up to 31 March 2027\n28 January 2028\nThe end\n" in said
    assert "\nEnd of quarter 1 of the project\n3 April 2027\n" in said
    assert "\nEnd of quarter 2 of the project, six months after it starts\nAs soon as" in said
    assert "£2,250 (end of quarter 1 of the project, 3 April 2027) and" in said


def test_a_withheld_name_paid_parts_and_days_that_nobody_named_are_told() -> None:
    paid = AgreedPart(225_000, "signature", None, date(2026, 11, 21))
    agreement = replace(AGREEMENT, parts=(paid, paid), is_withheld=True, is_dated=False, sign_within_days=40)

    said = agreement_text(agreement, STATUS)

    assert WITHHELD_CONDITION in said
    assert "In two payments: £2,250 (paid on 21 November 2026) and" in said
    assert "\nPaid on 21 November 2026\n" in said
    assert "We will pay nothing before" not in said  # some of it is paid
    assert "ask for your bank details unless we hold them." in said
    assert "to 31 December 2027, unless we agree on other days." in said
    begun = agreement_text(replace(agreement, start_on=AGREEMENT.decided_on), STATUS)
    assert "from the day of the last signature to 31 December 2027, unless" in begun
    # 40 days from 2 December are 11 January, and the project starts on the 4th
    assert "by 11 January 2027, and before the project starts on 4 January 2027 if you can." in said


@pytest.mark.parametrize("is_letter", [False, True])
def test_what_changed_since_the_decision_is_said_and_one_that_was_not_varied_is_silent(
    is_letter: bool,
) -> None:
    heading, change = "What changed since it was decided", "From 2 December 2026: £1,000 becomes £900."
    plain = replace(AGREEMENT, is_letter=is_letter)

    first = agreement_text(plain, STATUS)
    assert heading not in first
    assert "We will pay nothing before both of us have signed" in first
    assert ". Our reference is A-031-01; your application was ACF-001." in first
    said = agreement_text(replace(plain, changes=(change,)), STATUS)
    assert "It was changed since, as set out below. Our reference is A-031-01" in said

    assert f"{heading}\n{change}\n" in said
    assert "We will pay it as set out under “How it is paid”." in said
    unsigned = agreement_text(replace(plain, changes=(change,), is_first=True), STATUS)
    assert ("still to come" in unsigned, "We will pay nothing before" in unsigned) == (False, True)
    assert "The first payment is" not in said  # it may be paid already
    assert "We will pay nothing before" not in said
    direct = agreement_text(replace(plain, is_direct=True, power="section 143 of an Act"), STATUS)
    assert "Our reference is A-031-01.\n" in direct
    assert "\nSection 143 of an Act\n" in direct
