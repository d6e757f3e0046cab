"""What the guide holds: its topics, the headings in them, and where words are found."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from re import compile as pattern

import resources

FIRST = "index.md"
KEYS = "keys"
WORDS = "words.md"
PAGES = "pages.md"
LINK = pattern(r"\]\((?P<topic>[\w-]+\.md)\)")
_MARKS = pattern(r"[*`|#\[\]]|\([\w-]+\.md\)|-{3,}")
AROUND = 60
"""How many letters of a text stand before a word that is found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the guide with the text under it; `topic` leads there."""

    topic: str
    heading: str
    text: str


def topic_of_page(words: str) -> str:
    """Return the topic about a page of the window, by the page's words."""
    return f"{PAGES}#{words}"


@cache
def sections() -> tuple[Section, ...]:
    """Return every section of the guide, in the order of its contents."""
    listed = [match["topic"] for match in LINK.finditer(resources.text(f"help/{FIRST}"))]
    return tuple(part for name in dict.fromkeys(listed) for part in _sections(name))


def found(words: str) -> tuple[Section, ...]:
    """Return the sections that hold every word; those that have them in their heading come first."""
    wanted = words.casefold().split()
    held = [part for part in sections() if _holds(f"{part.heading} {part.text}", wanted)]
    return tuple(sorted(held, key=lambda part: not _holds(part.heading, wanted))) if wanted else ()


def excerpt(part: Section, words: str) -> str:
    """Return the piece of a section's text around the first word that is found."""
    text, first = part.text, words.casefold().split()[0]
    at = max(text.casefold().find(first) - AROUND, 0)
    start = text.rfind(" ", 0, at) + 1 if at else 0
    piece = text[start : start + 3 * AROUND].rstrip()
    return f"{'… ' if start else ''}{piece}{' …' if start + 3 * AROUND < len(text) else ''}"


def _sections(name: str) -> Iterator[Section]:
    heading, lines, level = "", list[str](), 0
    for line in resources.text(f"help/{name}").splitlines():
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


def _holds(text: str, wanted: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)
