"""What applicants answered to the very question of a gate, in their own words; it judges nothing.

A gate's question is read as a heading of a form is: whole, and clause by clause, since one gate may ask for
several things. Its fields are those it is about; of other answers those count that ask for yes or no in
mostly the same words. What was asked in the gate's very words is answered by that, whatever it leaves out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from textwrap import shorten

from msgspec import Struct

from exchange.applications.headings import WORDS, subjects, words_of
from exchange.cells.values import is_nothing, is_plain_yes, read_yes_no
from models.values.applications import FIELD_WORDS, HELD, printed, value_of
from models.values.rows import Answer, ApplicationRow, SubmittedCell
from scoring.written.text import readable

_CLAUSE = re.compile(r"[,;:]|\b(?:and|or)\b")
_NO = re.compile(r"(?:no|not yet)\s*(?:$|[^\w\s]|(?:but|not)\b)", re.IGNORECASE)
_ASKS = "yesno"
_SAY_LITTLE = frozenset({_ASKS, "have", "has", "had", "group", "organisation", "applicant", "project", "if"})
_TURN = WORDS["turn"]
_SHOWN = 200
_FEWEST = 2
"""How many words two questions must share at least, and half of the longer one's."""


class GateAnswer(Struct, frozen=True):
    """What an applicant answered: what was asked, in what words it was answered, "" for not at all.

    It `is_in_doubt` where it is anything but a plain yes, or nothing though others of the round answered.
    """

    asked: str
    words: str
    is_in_doubt: bool = False

    @property
    def line(self) -> str:
        """Return it on one line, a long answer's beginning: "Safeguarding policy: No"."""
        asked = self.asked if self.asked.endswith("?") else f"{self.asked}:"
        return f"{asked} {self._shortened or 'no answer'}"

    @property
    def _shortened(self) -> str:
        return shorten(self.words, _SHOWN, placeholder=" …")


Rows = Sequence[tuple[ApplicationRow, ApplicationRow, Sequence[SubmittedCell]]]
"""Applications, each as it stands and as it was submitted, with the cells of its file."""


def gate_answers(questions: Iterable[str], rows: Rows) -> dict[str, dict[str, tuple[GateAnswer, ...]]]:
    """Return by reference, then by question, what each application answered to the questions of gates."""
    questions = tuple(questions)
    fields = {field for field in HELD if any(value_of(row, field) is not None for row, *_ in rows)}
    said = [_asked_for_yes(row, questions) for row, *_ in rows]
    written = [
        {known: " ".join((cell.text or "").split()) for cell in cells for known in (cell.field, cell.heading)}
        for *_, cells in rows
    ]
    found: dict[str, dict[str, tuple[GateAnswer, ...]]] = {row.reference: {} for row, *_ in rows}
    for question in questions:
        given = [
            (row, texts, (*_in_fields(question, row, submitted, texts), *_among_answers(question, own)))
            for (row, submitted, _), texts, own in zip(rows, written, said, strict=True)
        ]
        asked = next((one.asked for *_, own in given for one in own), "")
        for row, texts, own in given:
            found[row.reference][question] = (*own, *_missing(question, row, texts, own, fields, asked))
    return found


@lru_cache(maxsize=1024)
def fields_of(question: str) -> tuple[str, ...]:
    """Return the fields that a gate asks for."""
    about = frozenset[str]().union(*map(subjects, (question, *_CLAUSE.split(question))))
    return tuple(field for field in HELD if field in about)


def _asked_for_yes(row: ApplicationRow, questions: Sequence[str]) -> list[Answer]:
    """Return what was answered to gates' or for yes or no, and each "N/A" to what a field would hold."""
    return [
        (heading, text)
        for heading, text in row.answers
        if text
        and (
            heading in questions
            or _ASKS in words_of(heading)
            or (is_nothing(text) and not subjects(heading).isdisjoint(HELD))
        )
    ]


def _in_fields(
    question: str, row: ApplicationRow, submitted: ApplicationRow, own: Mapping[str, str]
) -> Iterator[GateAnswer]:
    """Yield what stands in fields; where `own`, the text of a cell, says more than yes or no, that."""
    for field in fields_of(question):
        value, was, words = value_of(row, field), value_of(submitted, field), printed(row, field)
        if value is None:
            continue
        if value != was:
            words += f" (corrected, submitted as {own.get(field) or printed(submitted, field)})"
        elif field in own and not (is_plain_yes(own[field]) or _is_plain_no(own[field])):
            words = own[field] or words
        is_given = value is True and (value != was or is_plain_yes(words))
        yield GateAnswer(FIELD_WORDS[field], words, is_in_doubt=not is_given)


def _among_answers(question: str, said: Iterable[Answer]) -> Iterator[GateAnswer]:
    for heading, text in said:
        if _is_of(question, heading):
            is_turned = _TURN & set(words_of(question)) != _TURN & set(words_of(heading))
            is_hoped_for = is_plain_yes(text) or (_says_no(text) and is_turned)
            yield GateAnswer(heading, " ".join(text.split()), is_in_doubt=not is_hoped_for)


def _missing(
    question: str,
    row: ApplicationRow,
    texts: Mapping[str, str],
    own: Sequence[GateAnswer],
    fields: set[str],
    asked: str,
) -> Iterator[GateAnswer]:
    """Yield what others answered and this application did not, or in words that are neither yes nor no."""
    about, answered = fields_of(question), {one.asked for one in own}
    if (own and question in texts) or not answered <= {FIELD_WORDS[field] for field in about}:
        return  # all was asked at once, or what could not be read as yes or no stands among the answers
    silent = [
        field
        for field in about
        if (field in fields or texts.get(field))
        and value_of(row, field) is None
        and FIELD_WORDS[field] not in answered
    ]
    for field in silent:
        yield GateAnswer(FIELD_WORDS[field], texts.get(field, ""), is_in_doubt=True)
    if asked and not own and not silent:
        yield GateAnswer(asked, "", is_in_doubt=True)


@lru_cache(maxsize=8192)
def _is_of(question: str, heading: str) -> bool:
    """Whether a form asks for a field that a gate asks for, or for the same in mostly the same words."""
    ours, theirs = (frozenset(words_of(each)) - _SAY_LITTLE for each in (question, heading))
    shared = len(ours & theirs)
    is_alike = shared >= _FEWEST and 2 * shared >= max(len(ours), len(theirs))
    return is_alike or not subjects(heading).isdisjoint(fields_of(question))


@lru_cache(maxsize=1024)
def _says_no(text: str) -> bool:
    """Whether an answer says no, or as little as "N/A"."""
    return is_nothing(text) or _is_plain_no(text) or _NO.match(text.strip()) is not None


def _is_plain_no(text: str) -> bool:
    return readable(read_yes_no, text) is False
