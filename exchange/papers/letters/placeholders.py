"""The placeholders of a letter's template, and what stands for each in one letter."""

from collections.abc import Callable
from datetime import date

from exchange.papers.headed import named
from exchange.papers.letters.filling import Lines
from exchange.papers.paper_words import pounds
from models.papers.letters import Letter, Letters
from scoring.written.days import full_day

Value = Callable[[Letters, Letter, date], Lines]


def values_of(letters: Letters, letter: Letter, today: date) -> dict[str, Lines]:
    """Return what stands for each placeholder in one letter."""
    return {name: value(letters, letter, today) for name, value in PLACEHOLDERS.items()}


def _greeting(letters: Letters, letter: Letter, today: date) -> Lines:
    return (f"Dear {letter.contact_name or ('grant holder' if letters.is_of_awards else 'applicant')}",)


def _feedback(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(f"{heading}: {reason}" for heading, reason in letter.feedback)


def _payments(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(f"{pounds(amount)}: {trigger}" for amount, trigger in letter.payments)


def _contact(letters: Letters, letter: Letter, today: date) -> Lines:
    found = ", ".join(text for _, text in letters.contact)
    return (found or named(letters),)


def _reason(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(text for text in (letter.decline_words, letter.reason) if text)


def _signatory(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(part.strip() for part in letters.letterhead.signatory.split(",", 1) if part.strip())


def _named_person(letters: Letters, what: str) -> Lines:
    """Return the name and the post of one of the office's people, a line each; nothing for none."""
    who = dict(letters.letterhead.people).get(what, "")
    return tuple(part.strip() for part in who.split(",", 1) if part.strip())


def _standing(letters: Letters, letter: Letter, today: date) -> Lines:
    return tuple(f"{heading}: {' '.join(text.split())}" for heading, text in letters.letterhead.words)


PLACEHOLDERS: dict[str, Value] = {
    "today": lambda letters, letter, today: (full_day(today),),
    "office": lambda letters, letter, today: (named(letters),),
    "short_name": lambda letters, letter, today: (letters.letterhead.short_name or named(letters),),
    "commissioner": lambda letters, letter, today: _named_person(letters, "Commissioner"),
    "fund": lambda letters, letter, today: (letters.fund,),
    "round": lambda letters, letter, today: (letters.round,),
    "year": lambda letters, letter, today: (letters.year,),
    "reference": lambda letters, letter, today: (letter.reference,),
    "organisation": lambda letters, letter, today: (letter.organisation,),
    "address": lambda letters, letter, today: letter.address,
    "greeting": _greeting,
    "project": lambda letters, letter, today: (letter.project or letter.organisation,),
    "asked": lambda letters, letter, today: (pounds(letter.asked_pence),),
    "offered": lambda letters, letter, today: (pounds(letter.offered_pence),),
    "notice": lambda letters, letter, today: (letter.notice,),
    "decided_on": lambda letters, letter, today: (full_day(letter.decided_on),),
    "award": lambda letters, letter, today: (letter.award or letter.reference,),
    "changes": lambda letters, letter, today: letter.changes,
    "asked_back": lambda letters, letter, today: (
        () if letter.asked_back_pence is None else (pounds(letter.asked_back_pence),)
    ),
    "reason": _reason,
    "feedback": _feedback,
    "conditions": lambda letters, letter, today: letter.conditions,
    "payments": _payments,
    "contact": _contact,
    "reached": lambda letters, letter, today: tuple(filter(None, (" · ".join(letters.letterhead.reached),))),
    "signatory": _signatory,
    "standing": _standing,
}
"""Every placeholder that a template may have, as {name}."""

REASONS = frozenset({"reason", "feedback"})
"""A template has one of these, since no letter leaves without a reason."""
