"""What the guide holds: its topics, the headings in them, and where words are found."""

from collections.abc import Iterator, Sequence
from functools import cache
from re import IGNORECASE, Pattern, escape
from re import compile as compile_

from msgspec import Struct

import resources
from models.papers.guide import COMMANDS, page, pages

KEYS = "keys"
WORDS = "words.md"
PAGES = "pages.md"
_MARKS = compile_(r"!\[[^]]*\]\([^)]*\)|[*`|#\[\]]|\([\w-]+\.md\)|-{3,}")
LITTLE = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "for", "and", "is", "my", "do", "i", "how", "what"}
)
"""Words that say nothing of what is looked for."""
AROUND = 60
"""How many letters of a text stand before a word that is found."""


class Section(Struct, frozen=True):
    """A heading of the guide with the text under it; `topic` leads there."""

    topic: str
    heading: str
    text: str


def topic_of_page(words: str) -> str:
    """Return the topic about a page of the window, by the page's words."""
    return f"{PAGES}#{words}"


@cache
def sections() -> tuple[Section, ...]:
    return tuple(part for name in pages() for part in _sections(name))


def found(words: str) -> tuple[Section, ...]:
    """Return the sections that hold every word, or another word for it, from its beginning.

    Those with more of the words in their heading come first, then those that have them as they were typed,
    then those that say them more often; commands come last.
    """
    typed = _telling(words)
    wanted = [_begun_by(with_synonyms(word)) for word in typed]
    as_typed = [_begun_by((word,)) for word in typed]

    def turn(part: Section) -> tuple[bool, int, bool, int]:
        said = sum(len(one.findall(part.text)) for one in wanted)
        is_command = part.topic.startswith(COMMANDS)
        return is_command, -_held(part.heading, wanted), _held(part.text, as_typed) < len(typed), -said

    held = [part for part in sections() if _held(f"{part.heading} {part.text}", wanted) == len(typed)]
    return tuple(sorted(held, key=turn)) if typed else ()


def excerpt(part: Section, words: str) -> str:
    """Return the piece of a section's text around the first word that is found."""
    text = part.text
    matches = (_begun_by(with_synonyms(word)).search(text) for word in _telling(words))
    first = next(filter(None, matches), None)
    at = max(first.start() - AROUND, 0) if first else 0
    start = text.rfind(" ", 0, at) + 1 if at else 0
    piece = text[start : start + 3 * AROUND].rstrip()
    return f"{'… ' if start else ''}{piece}{' …' if start + 3 * AROUND < len(text) else ''}"


def _sections(name: str) -> Iterator[Section]:
    heading, lines, level = "", list[str](), 0
    for line in page(name).splitlines():
        if line.startswith("#"):
            if heading:
                yield Section(_topic(name, heading, level), heading, _plain(lines))
            heading, lines, level = line.lstrip("# ").strip(), [], line.count("#")
        else:
            lines.append(line)
    yield Section(_topic(name, heading, level), heading, _plain(lines))


def _topic(name: str, heading: str, level: int) -> str:
    return name if level == 1 else f"{name}#{heading}"


def _plain(lines: list[str]) -> str:
    return " ".join(_MARKS.sub(" ", " ".join(lines)).split())


def _telling(words: str) -> list[str]:
    """Return the words that are looked for, without the little ones among them."""
    return [word for word in words.casefold().split() if word not in LITTLE]


def _begun_by(ways: Sequence[str]) -> Pattern[str]:
    """Return what finds a word that begins in one of some ways: "ward" finds no award."""
    return compile_(rf"(?<!\w)(?:{'|'.join(map(escape, ways))})", IGNORECASE)


def _held(text: str, wanted: Sequence[Pattern[str]]) -> int:
    """Return how many of the words a text holds."""
    return sum(1 for one in wanted if one.search(text))


def with_synonyms(word: str) -> tuple[str, ...]:
    """Return a word that is looked for, and what the guide calls the same, also of several."""
    return (word, *(guide for other, guide in _synonyms() if word in (other, f"{other}s")))


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    """Return what somebody may type with what the guide has for it, a line of the list each."""
    lines = resources.text("help/synonyms.txt").splitlines()
    return tuple((other, guide.casefold()) for other, _, guide in (line.partition(" = ") for line in lines))
