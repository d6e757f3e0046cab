"""The lines of a letter that say why: what somebody wrote, and the feedback on each criterion."""

import re

from models.papers.letters.letter import Letter
from scoring.written.text import as_lines, as_sentences

_SIGNS = re.compile(r"[\W_]+")


def told_of_marks(letter: Letter) -> tuple[str, ...]:
    """Return what is told of the marks, a line a criterion: "Need (Good): Who was asked."."""
    words = dict(letter.mark_words)
    return tuple(_told(heading, words.get(heading, ""), reason) for heading, reason in letter.feedback)


def why_lines(letter: Letter) -> tuple[str, ...]:
    """Return why, line by line: the code's words, the minimums that were missed, what somebody wrote."""
    return _lines_with(letter, letter.reason)


def why_beside(letter: Letter) -> tuple[str, ...]:
    """Return why, without what the feedback says that stands below it.

    Reasons are often drafted from the agreed marks' reasons, which are the feedback: a refusal would begin
    with what was good, and say it again.
    """
    said = {
        bare_words(text) for heading, reason in letter.feedback for text in (reason, f"{heading}: {reason}")
    }
    kept = [line for line in letter.reason.splitlines() if line.strip() and bare_words(line) not in said]
    if _is_feedback_alone(" ".join(kept), letter):
        kept = []
    return _lines_with(letter, "\n".join(kept))


def _lines_with(letter: Letter, reason: str) -> tuple[str, ...]:
    """Return why, each line a sentence, with what of the letter's reason is told."""
    lines = (letter.why_less, letter.decline_words, *letter.minimums, reason, *letter.still)
    return tuple(line for said in lines for line in as_lines(said))


def bare_words(text: str) -> str:
    """Return the words of a text by which one says again what another says, however their lines end."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def _is_feedback_alone(text: str, letter: Letter) -> bool:
    """Whether a text is made of the feedback's sentences alone."""
    left = bare_words(text)
    for heading, reason in sorted(letter.feedback, key=_length, reverse=True):
        left = left.replace(bare_words(f"{heading} {reason}"), "").replace(bare_words(reason), "")
    return not left.strip()


def _length(each: tuple[str, str]) -> int:
    return len(each[1])


def _told(heading: str, word: str, reason: str) -> str:
    marked = f"{heading} ({word})" if word else heading
    return f"{marked}: {as_sentences(reason)}" if reason else marked
