"""Other letters to the recipients of letters that are about to go out."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.kinds import LETTER_KINDS
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.papers.paper_words import Sentences
from models.queries.papers.papers import issued_beside, paper_value, unissued
from models.session import Session
from scoring.written.names import text_key
from scoring.written.text import Refused

CHECK = Sentences("to_check")
_MOST_LETTERS = 8
"""The other letters that a sentence names."""


class OtherLetter(NamedTuple):
    """Another letter: the kind's code and words, and whether it was issued."""

    code: str
    words: str
    letter: Letter
    is_issued: bool


def other_letters_words(session: Session, order: PaperOrder, value: Letters) -> str:
    """Return which recipients have other letters that are not issued or were issued today, "" for none.

    Letters of any kind count, and of the same kind for another area or award.
    """
    recipients = {text_key(one.organisation) for one in value.letters}
    references = {one.reference for one in value.letters}
    lines = [
        CHECK.other_letter(one)
        for one in (*_issued_today(session, order), *_drafts(session, order))
        if text_key(one.letter.organisation) in recipients
        and not (one.code == order.kind and one.letter.reference in references)
    ]
    return CHECK.other_letters(lines[:_MOST_LETTERS], len(lines) - _MOST_LETTERS)


def _issued_today(session: Session, order: PaperOrder) -> Iterator[OtherLetter]:
    for kind, letter in issued_beside(session, order):
        if letter.dated_on == order.today:
            yield OtherLetter(kind.code, kind.words, letter, is_issued=True)


def _drafts(session: Session, order: PaperOrder) -> Iterator[OtherLetter]:
    """Yield the letters that can be issued and are not, of the order's area."""
    for kind in LETTER_KINDS:
        if kind.code == order.kind and not order.award:
            continue
        due = replace(order, kind=kind.code, award="")
        try:
            value = paper_value(session, due)
        except Refused:  # none is due
            continue
        assert isinstance(value, Letters), "a folder is of letters"
        for letter in unissued(session, due, value):
            yield OtherLetter(kind.code, kind.words, letter, is_issued=False)
