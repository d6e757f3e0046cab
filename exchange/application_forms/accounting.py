"""Account for every piece of a form's text: what is no answer, no question and no print is not placed."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from exchange.application_forms.blocks import (
    END,
    FIELD,
    FILLED,
    Block,
    Paragraph,
    is_mere_number,
    paragraphs_in,
)
from exchange.application_forms.cells import HEADS
from exchange.application_forms.labels import (
    OPTIONS,
    PRINTED,
    is_guidance,
    is_of_bank,
    is_question,
    is_section,
    knows,
    plain,
)
from exchange.application_forms.pieces import has_box, one_of, written
from exchange.applications.headings import GROUP_HEADINGS, words_of
from exchange.applications.layouts import Answer
from scoring.written.names import plain_words

_PIECE = re.compile(rf"{FILLED.pattern}|[^\n\t;{FIELD}{END}]+")
_SENTENCE = re.compile(r"\S[^.?!:]*(?:[.?!:](?!\s)[^.?!:]*)*[.?!:]*")
_NO_LETTER = re.compile(r"[\W_]+")
_FEW_LETTERS, _FEW_WORDS, _FEW_DIGITS = 4, 14, 6
_MOST_OF_TITLE = 6
_NUMBER = re.compile(r"[\d\s-]+")
_OF_TITLES = GROUP_HEADINGS | {
    *("application", "form", "checklist", "fund", "grant", "grants"),
    *("referee", "referees", "trustees", "members"),
}
TO_APPLICANT = re.compile(
    r"(?<!thank )\b(?:you|yours?|yourself|please|applicants?|this form|eich|chi)\b"
    r"|\b(?:complete|return|submit|send|attach|enclose) (?:the|your|it|this|all|a|completed)\b"
    r"|\b(?:I|we|I/we) (?:declare|confirm|certify|understand|agree|consent|have read)\b"
    r"|\b(?:minimum|maximum|up to|no more than) £"
    r"|\b(?:page|tudalen) \d+\b|\bdata protection\b|\bprivacy notice\b|\bmust (?:be|not|have)\b",
    re.IGNORECASE,
)
"""How what is printed speaks to whoever fills in a form, or has them declare."""


class Account:
    """The letters of all questions and answers of a form, and its words by themselves."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        texts = [f"{one.question} {one.value or ''}" for one in answers]
        self._letters = "\n".join(map(_letters, texts))
        self._words = "\n".join(f" {plain_words(text)} " for text in texts)

    def has(self, text: str) -> bool:
        """Say whether a text is in them; of a few letters, as words of its own."""
        letters = _letters(text)
        is_short = len(letters) <= _FEW_LETTERS
        return f" {plain_words(text)} " in self._words if is_short else letters in self._letters


def unplaced(blocks: Sequence[Block], answers: Sequence[Answer]) -> list[str]:
    """Return the texts of a form that no question and no answer has, without what is printed.

    What stands below or beside a label for bank details is left out.
    """
    account = Account(answers)
    found: dict[str, None] = {}
    label = ""
    for one in paragraphs_in(blocks):
        for piece, is_filled in _pieces(one):
            label = piece if is_of_bank(piece) or is_question(Paragraph(piece, one.style)) else label
            is_bank = is_of_bank(label) and sum(map(str.isdigit, piece)) >= _FEW_DIGITS
            if is_bank or is_of_bank(piece) or account.has(piece):
                continue
            # a printed text has some sentences without a word that tells
            lost = [part for part in _SENTENCE.findall(piece) if not account.has(part)]
            if is_filled or 2 * sum(_is_print(part, one) for part in lost) < len(lost):
                found[piece if is_filled else " ".join(lost)] = None
    return list(found)


def _pieces(paragraph: Paragraph) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a paragraph as they are read, and whether each was surely filled in."""
    for part in _PIECE.finditer(paragraph.text):
        is_filled = part[1] is not None
        if not is_filled and (has_box(part[0]) or one_of(part[0])):
            continue
        if any(map(str.isalnum, text := written(part[0]))):
            yield text, is_filled or paragraph.is_typed


def _is_print(text: str, paragraph: Paragraph) -> bool:
    """Say whether a text by its looks or its words was on the form before anybody filled it in."""
    piece = Paragraph(text, paragraph.style)
    if paragraph.is_printed or {*"hs"}.intersection(paragraph.style):
        return True
    if is_mere_number(text) or any(form.fullmatch(text) for form in (OPTIONS, PRINTED, HEADS)):
        return True
    is_short = len(text.split()) <= _FEW_WORDS
    looks_printed = is_short and (not {*"bi"}.isdisjoint(paragraph.style) or is_question(piece))
    is_label = is_section(text) or _is_title(text) or knows(plain(text)) or is_guidance(Paragraph(text))
    return looks_printed or is_label or bool(TO_APPLICANT.search(text))


def _is_title(text: str) -> bool:
    """Say whether a few words have one by which parts of forms are called: "Project details"."""
    words = words_of(text)
    return len(words) <= _MOST_OF_TITLE and not _OF_TITLES.isdisjoint(words)


@lru_cache(maxsize=1_000)
def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()


def bank_numbers(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the numbers that stand beside, below or after labels for bank details, in whatever layout."""
    found = set[str]()
    is_bank = False
    for one in paragraphs_in(blocks):
        for piece, _ in _pieces(one):
            if is_bank and _NUMBER.fullmatch(piece) and sum(map(str.isdigit, piece)) >= _FEW_DIGITS:
                found.add(piece)
            elif not is_guidance(Paragraph(piece)):
                is_bank = len(piece.split()) <= _MOST_OF_TITLE and is_of_bank(piece)
    return frozenset(found)
