"""A letter tells a grant as it stands on its day: nothing that is done is asked, no day gone by promised."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.letters.letter_facts import letter_facts, payments_of
from exchange.papers.letters.mail import draft_mail
from exchange.papers.letters.writing import letter_text
from models.papers.letters.letter import VARIATION, GrantNow, Letter
from models.papers.letters.letters import Letters
from models.values.awards import MORE, PROJECT_END
from scoring.money import short_pounds
from scoring.written.days import full_day
from tests.exchange.papers.letters.test_letters import DECLINE, OFFER, RECOVERY, STATUS, letters

SIGNED, TODAY = date(2027, 1, 5), date(2027, 6, 15)
CHANGED = "the end date, 1 May 2027, became 1 June 2027"
KINDS = ("offer", "part-offer", "direct-offer", VARIATION)
TRIGGERS = ("agreement signed", "proof of purchase", "on the day", "end of quarter 2", PROJECT_END, "", MORE)
DAYS = st.none() | st.dates(date(2027, 3, 1), date(2027, 9, 30))


@st.composite
def told(draw: st.DrawFn) -> Letter:
    """Return a letter on a grant: changed or not, signed or not, paid in part or all, asked back or not."""
    kind, is_changed = draw(st.sampled_from(KINDS)), draw(st.booleans())
    is_changed = is_changed or kind == VARIATION
    # nothing of it, an earlier version, or the agreement as it now stands
    signed = draw(st.sampled_from(("", "before", "now") if is_changed else ("", "now")))
    is_alike, many = draw(st.booleans()), draw(st.integers(1, 13))
    trigger = (
        st.just("on the day") if is_alike else st.sampled_from(TRIGGERS if is_changed else TRIGGERS[:-1])
    )
    due = tuple(date(2027 + n // 12, 1 + n % 12, 15) if is_alike else draw(DAYS) for n in range(many))
    paid = draw(st.integers(0, many)) if signed and kind != VARIATION else 0
    account = 2 if paid else draw(st.integers(0, 2))
    asked = draw(st.sampled_from((0, 10_00, 10_50))) if paid else 0
    payments = tuple((100_00, draw(trigger)) for _ in range(many))
    proof = tuple(draw(st.sampled_from((None, SIGNED))) if "proof" in of else None for _, of in payments)
    return replace(
        OFFER,
        kind=kind,
        organisation="Made-up Club",
        since=CHANGED if is_changed and kind != VARIATION else "",
        changes=("The end moves.",) if kind == VARIATION else (),
        offered_pence=many * 100_00,
        is_agreed=bool(signed),
        signed_on=SIGNED if signed == "now" else None,
        payments=payments,
        due=due,
        paid_pence=paid * 100_00,
        now=GrantNow(
            has_account=account > 0,
            is_account_checked=account > 1,
            paid_on=tuple(SIGNED if n < paid else None for n in range(many)),
            proof_on=proof,
            asked_back_pence=asked,
            came_of_it_pence=draw(st.sampled_from((0, asked // 2, asked))),
            held_for=draw(st.sampled_from(("", "no return has come."))) if paid < many else "",
        ),
    )


NOW = replace(STATUS, made_at=datetime(2027, 6, 15, 9, 0, tzinfo=UTC))


def text_of(letter: Letter, held: Letters | None = None) -> str:
    """Return the text of a letter on the day of these tests."""
    return letter_text(held or letters(letter), letter, NOW, Path("letters"))


@given(told())
@settings(max_examples=60)
def test_a_letter_asks_for_nothing_that_is_done_and_promises_no_day_gone_by(letter: Letter) -> None:
    held, now = letters(letter), letter.now
    assert now is not None
    text, parts = text_of(letter).partition("Questions?")[0], payments_of(letter, TODAY)
    is_offer = letter.kind != VARIATION

    for said in ("return it to", "efore you sign", "once both of us have signed", "If you do not want"):
        assert said not in text or letter.signed_on is None, said
    if letter.has_agreement and is_offer:
        assert "Please do not spend any" not in text
    for said in ("have checked your bank details", "ask for your bank details"):
        assert said not in text or not now.is_account_checked, said
    assert "ask for your bank details" not in text or not now.has_account
    waits = letter.has_agreement and None in now.paid_on and not now.is_account_checked
    is_late = any(one.state == "was due" for one in parts)
    if is_offer:
        assert ("do not hold them yet" in text) == (waits and is_late and not now.has_account)
        assert ("are checking them. You need do nothing" in text) == (waits and now.has_account)
        left = now.to_pay_back_pence
        assert ("lease pay back" in text) == (left > 0)
        assert not left or short_pounds(left).removesuffix(".50") in text
        assert ("all of that came, thank you" in text) == (now.asked_back_pence > 0 and not left)
    assert all(one.on is None or one.on >= TODAY for one in parts if one.state in ("due", "held"))
    assert not (is_late and now.held_for)
    assert ("is on hold. Why: No return has come. We will pay none of it before" in text) == bool(
        now.held_for
    )
    assert sum(one.pence for one in parts) == letter.offered_pence
    assert sum(one.pence for one in parts if one.state == "paid") == letter.paid_pence
    mail = draft_mail(held, letter, "letter.docx", b"x").get_body()
    assert mail is not None
    assert ("what we ask you to do next" in mail.get_content()) == (not letter.asks_nothing)


def test_a_letter_bears_the_day_of_its_first_issue_and_names_the_one_it_replaces(
    tmp_path: Path,
) -> None:
    first, by = date(2026, 11, 23), date(2026, 12, 21)
    held = replace(letters(RECOVERY), pay_back_by=date(2027, 1, 4))
    kept = replace(RECOVERY, dated_on=first, pay_back_by=by)

    new, same = (letter_text(held, one, STATUS, tmp_path) for one in (RECOVERY, kept))

    assert full_day(STATUS.made_at) in new
    assert "4 January 2027" in new
    assert full_day(first) in same
    assert full_day(STATUS.made_at) not in same
    assert ("4 January 2027" in same, full_day(by) in same) == (False, True)

    second = replace(DECLINE, instead_of=date(2027, 1, 5))

    one, two = (letter_text(letters(each), each, STATUS, tmp_path) for each in (DECLINE, second))

    again = replace(second, dated_on=second.instead_of)
    three = letter_text(letters(again), again, STATUS, tmp_path)

    assert "takes the place" not in one
    assert "This letter takes the place of ours of 5 January 2027." in two
    assert "This letter takes the place of ours of 5 January 2027." in three


def test_a_payment_whose_day_is_past_before_anybody_signed_comes_after_the_first_and_was_not_due() -> None:
    triggers = ("agreement signed", "end of quarter 1", "on the day", "proof of purchase", "end of quarter 2")
    gone, to_come = date(2027, 3, 1), date(2027, 9, 1)
    offer = replace(
        OFFER,
        offered_pence=500_00,
        payments=tuple((100_00, of) for of in triggers),
        due=(None, gone, gone, gone, to_come),
        now=GrantNow(paid_on=(None,) * 5, proof_on=(None,) * 5),
    )
    both = replace(offer, is_agreed=True, signed_on=SIGNED)

    unsigned, signed = (payments_of(one, TODAY) for one in (offer, both))

    assert [(one.state, one.after, one.on) for one in unsigned[1:]] == [
        ("on signature", "end of quarter 1 of the project", None),
        ("on signature", "", None),
        ("open", "proof of purchase", None),
        ("due", "end of quarter 2 of the project", to_come),
    ]
    assert (signed[1].state, signed[1].on) == ("was due", gone)
    assert "£100, which was due on 1 March 2027: end of quarter 1 of the project" in text_of(both)


@given(told())
def test_no_letter_names_a_day_for_what_is_on_hold_or_asks_to_sign_what_is_signed(letter: Letter) -> None:
    """A part that waits for its day is not paid before it, and what is paid was paid on a day."""
    assert letter.now is not None
    held = replace(letter, now=replace(letter.now, held_for="no return has come"))

    still = [one for one in payments_of(held, TODAY) if one.state != "paid"]

    assert all(one.state == "held" for one in still)
    assert all(one.on is None or (one.on >= TODAY and not one.after) for one in still)

    asks = ("Sign and return the grant agreement before any payment.", "Sign the agreement.")
    bound = replace(letter, conditions=(*asks, "Sign and return the lease."))

    said = letter_facts(letters(bound), bound, NOW).bound

    asks_first = () if letter.has_agreement else asks
    assert said == (*asks_first, "Sign and return the lease.")


@given(
    offered=st.integers(1, 9_999_99),
    asked=st.integers(1, 9_999_99),
    before=st.one_of(st.just(0), st.integers(1, 9_999_99)),
)
def test_the_sums_of_a_letter_that_asks_money_back_make_what_the_grant_comes_to(
    offered: int, asked: int, before: int
) -> None:
    grant = offered + asked + before
    letter = replace(
        OFFER,
        kind="recovery",
        offered_pence=grant,
        asked_back_pence=asked,
        comes_to_pence=offered,
        payments=(),
    )

    said = text_of(letter).partition("now ask you")[2].partition("Why")[0]

    sums = [int(one.replace(",", "").replace(".", "")) for one in re.findall(r"£([\d,]+\.\d\d)", f"{said}")]
    sums = sums or [100 * int(one.replace(",", "")) for one in re.findall(r"£([\d,]+)", said)]
    assert sums == [asked, offered, *([before] if before else [])], said
    assert grant - sum(sums[:1] + sums[2:]) == sums[1]
