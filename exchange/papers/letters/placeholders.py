"""The placeholders of a letter's template, and what stands for each in one letter."""

from collections.abc import Callable
from datetime import date

from exchange.papers.document.reached import UPRIGHT, reached_lines
from exchange.papers.headed import named
from exchange.papers.letters.conditions import Signed, listed_conditions
from exchange.papers.letters.filling import Lines
from exchange.papers.letters.hold_words import hold_words
from exchange.papers.letters.on_awards import pay_back_of, recovery_of, rest_of, sign_version_of, varied_of
from exchange.papers.letters.payment_words import parts_of
from exchange.papers.letters.reasons import told_of_marks, why_lines
from exchange.papers.letters.sentences import (
    answers_of,
    asked_of,
    challenge_lines,
    checked_of,
    decision_of,
    how_paid,
    is_long,
    kept_words,
    money_of,
    next_step,
    on_less_of,
    period_of,
    place_of,
    privacy_words,
    standing_words,
    sums_as_in,
    to_write_to,
    whom_to_ask,
    why_in_reserve,
    withdrawn_of,
)
from exchange.papers.letters.what_next import (
    apply_again_of,
    asks_of,
    confirm_minimal,
    deferred_until,
    hears_of,
    incomplete_of,
    not_so_of,
    once_confirmed,
    referral_of,
    referred_until,
    reserve_holds,
    rounds_of,
    send_by_of,
    steps_to_accept,
)
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import LATE
from models.papers.letters.letters import Letters
from scoring.money import one_form
from scoring.schedule.values import COMMISSIONER, MAYORS
from scoring.written.days import full_day
from scoring.written.names import salutation
from scoring.written.text import as_sentences, with_article

DRAFT_MARK = "draft"
"""Says at the head of each page that a letter was not issued; nothing once it is."""
Value = Callable[[Letters, Letter, date], Lines]


def values_of(letters: Letters, letter: Letter, today: date) -> dict[str, Lines]:
    """Return what stands for each placeholder in one letter."""
    with one_form(has_pence=is_long(letter)):
        return {name: value(letters, letter, today) for name, value in PLACEHOLDERS.items()}


def _contact(letters: Letters, letter: Letter, today: date) -> Lines:
    return (whom_to_ask(letters),)


def _held(letters: Letters, letter: Letter) -> Lines:
    """Return why payments that a letter lists are on hold, and what is done about it; else nothing."""
    reason = "" if letter.now is None or not letter.payments else letter.now.held_for
    return (hold_words(sums_as_in(letter, reason), *_contact(letters, letter, date.min)),) if reason else ()


def _steps(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(filter(None, steps_to_accept(letters, letter, today)))


def _given(words: str) -> Lines:
    """Return words as a line; none without any."""
    return (words,) if words else ()


def _signatory(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(part.strip() for part in letters.letterhead.signatory.split(",", 1) if part.strip())


def _commissioner(letters: Letters, letter: Letter, today: date) -> Lines:
    """Return the name and the post of the commissioner, or of the mayor, a line each; nothing for none."""
    is_so = (COMMISSIONER, *MAYORS)
    who = next((who for what, who in letters.letterhead.people if what in is_so), "")
    return tuple(part.strip() for part in who.split(",", 1) if part.strip())


def _standing(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(f"{heading}: {' '.join(text.split())}" for heading, text in letters.letterhead.words)


def _points(letters: Letters, letter: Letter, today: date) -> Lines:
    """Return what stopped an application; when it came is a sentence, what is missing is listed."""
    return tuple(map(as_sentences, letter.points)) if letter.kind == LATE else letter.points


PLACEHOLDERS: dict[str, Value] = {
    "today": lambda letters, letter, today: (full_day(today),),
    "office": lambda letters, letter, today: (named(letters),),
    "the_office": lambda letters, letter, today: (with_article(named(letters)),),
    "short_name": lambda letters, letter, today: (letters.letterhead.short_name or named(letters),),
    "commissioner": _commissioner,
    "fund": lambda letters, letter, today: (letters.fund,),
    "the_fund": lambda letters, letter, today: (with_article(letters.fund),),
    "round": lambda letters, letter, today: (letters.round,),
    "year": lambda letters, letter, today: (letters.year,),
    "reference": lambda letters, letter, today: (letter.reference,),
    "organisation": lambda letters, letter, today: (letter.organisation,),
    "address": lambda letters, letter, today: letter.address,
    "greeting": lambda letters, letter, today: (salutation(letter.contact_name).opening,),
    "closing": lambda letters, letter, today: (salutation(letter.contact_name).closing,),
    "project": lambda letters, letter, today: (letter.project or letter.organisation,),
    "answers": lambda letters, letter, today: (answers_of(letter),),
    "about": lambda letters, letter, today: _given(letter.about),
    "asked": lambda letters, letter, today: (asked_of(letter),),
    "offered": lambda letters, letter, today: (money_of(letter)(letter.offered_pence),),
    "notice": lambda letters, letter, today: (letter.notice,),
    "decided_on": lambda letters, letter, today: (full_day(letter.decided_on),),
    "award": lambda letters, letter, today: (letter.award or letter.reference,),
    "changes": lambda letters, letter, today: tuple(sums_as_in(letter, words) for words in letter.changes),
    "asked_back": lambda letters, letter, today: (
        () if letter.to_pay_back_pence is None else (money_of(letter)(letter.to_pay_back_pence),)
    ),
    "recovery": lambda letters, letter, today: (recovery_of(letter),),
    "pay_back": lambda letters, letter, today: (pay_back_of(letters, letter, today),),
    "reserve_holds": lambda letters, letter, today: (reserve_holds(letters, today),),
    "why_reserve": lambda letters, letter, today: (why_in_reserve(letter),),
    "varied": lambda letters, letter, today: (varied_of(letter),),
    "asks": lambda letters, letter, today: _given(asks_of(letter)),
    "wanted": lambda letters, letter, today: letter.wanted,
    "deferred_until": lambda letters, letter, today: (deferred_until(letters, letter, today),),
    "hears": lambda letters, letter, today: (hears_of(letter),),
    "referral": lambda letters, letter, today: (referral_of(letter),),
    "referred_until": lambda letters, letter, today: (referred_until(letter),),
    "confirm": lambda letters, letter, today: (confirm_minimal(letters, letter),),
    "once_confirmed": lambda letters, letter, today: _given(once_confirmed(letter)),
    "sign_version": lambda letters, letter, today: (sign_version_of(letters, letter),),
    "rest": lambda letters, letter, today: (rest_of(letter),),
    "decision": lambda letters, letter, today: (decision_of(letter),),
    "period": lambda letters, letter, today: _given(period_of(letter)),
    "area": lambda letters, letter, today: _given(letter.area),
    "reason": lambda letters, letter, today: why_lines(letter),
    "feedback": lambda letters, letter, today: told_of_marks(letter),
    "place": lambda letters, letter, today: _given(place_of(letter)),
    "checked": lambda letters, letter, today: (checked_of(letter),),
    "withdrawn": lambda letters, letter, today: (withdrawn_of(letter),),
    "kept": lambda letters, letter, today: (kept_words(letters, letter),),
    "points": _points,
    "incomplete": lambda letters, letter, today: (incomplete_of(letter),),
    "why_less": lambda letters, letter, today: _given(letter.why_less),
    "on_less": lambda letters, letter, today: _given(on_less_of(letter)),
    "send_by": lambda letters, letter, today: (send_by_of(letters, letter),),
    "not_so": lambda letters, letter, today: _given(not_so_of(letter)),
    "apply_again": lambda letters, letter, today: (apply_again_of(letter),),
    "rounds": lambda letters, letter, today: _given("" if letter.is_taken_back else rounds_of(letters)),
    "conditions": lambda letters, letter, today: listed_conditions(
        letter.conditions,
        signed=Signed.of(letter.signed_on, is_signed_before=letter.has_agreement),
        is_withheld=letter.is_withheld,
    ),
    "how_paid": lambda letters, letter, today: _given(how_paid(letter)),
    "payments": lambda letters, letter, today: (*parts_of(letter, today), *_held(letters, letter)),
    "steps": _steps,
    "contact": _contact,
    "write_to": lambda letters, letter, today: (to_write_to(letters),),
    "reached": lambda letters, letter, today: _given(
        "\n".join(reached_lines(letters.letterhead.reached, UPRIGHT))
    ),
    "signatory": _signatory,
    "challenge": lambda letters, letter, today: challenge_lines(letters, letter),
    "next_step": lambda letters, letter, today: standing_words(letters, "Complaints", next_step(letters)),
    "privacy": lambda letters, letter, today: privacy_words(letters, letter),
    "information": lambda letters, letter, today: standing_words(letters, "Freedom of information", ""),
    "standing": _standing,
    DRAFT_MARK: lambda letters, letter, today: (),
}
"""Every placeholder that a template may have, as {name}."""

REASONS = frozenset({"reason", "feedback", "points", "changes", "withdrawn"})
"""A template has one of these, since no letter leaves without a reason."""
