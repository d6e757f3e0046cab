"""What applicants wrote, as a panel book prints it: whole, but where it would fill a book alone."""

import re
from collections.abc import Iterator, Sequence

from exchange.papers.document.values import Block, Heading, Para
from models.papers.panel_book import BookItem, PanelBook
from scoring.counted import first_of

LONGEST_TEXTS = 40_000
"""Most characters of an application's texts in the book, some ten pages of them."""
MOST_NAMED = 6
"""The applications with shortened texts that whoever exports the book is told of by name."""
_SENTENCE = re.compile(r"[.!?](?=\s)")
SHORTENED = "(Shortened here; the record has the whole text.)"


def submitted_texts(item: BookItem) -> Iterator[Block]:
    """Yield the texts as submitted; where they are longer than the book holds, the longest end sooner.

    They end with a sentence, or else with a word.
    """
    most = _most(item)
    for heading, text in item.texts:
        yield Heading(heading, 2)
        yield Para(text if len(text) <= most else f"{_cut(text, most)} … {SHORTENED}")


def shortened_words(book: PanelBook) -> str:
    """Return of which applications the book does not have the whole texts, "" where it has all of them."""
    cut = [item.reference for item in book.items if any(len(text) > _most(item) for _, text in item.texts)]
    if not cut:
        return ""
    return (
        f"The book does not have the whole texts of {first_of(cut, MOST_NAMED)}: it prints {LONGEST_TEXTS:,} "
        "letters of an application. Members read the rest on Scoring, or in the form as it came."
    )


def _most(item: BookItem) -> int:
    """Return how many letters of each text of an application are printed at most."""
    lengths = [len(text) for _, text in item.texts]
    return _most_of_each(lengths) if sum(lengths) > LONGEST_TEXTS else LONGEST_TEXTS


def _most_of_each(lengths: Sequence[int]) -> int:
    """Return how long each text may be: the room that short ones leave is shared by the others."""
    left, most = LONGEST_TEXTS, LONGEST_TEXTS
    for waiting, length in zip(range(len(lengths), 0, -1), sorted(lengths), strict=True):
        most = left // waiting
        if length > most:
            break
        left -= length
    return most


def _cut(text: str, most: int) -> str:
    kept = text[:most]
    ends = [found.end() for found in _SENTENCE.finditer(kept)]
    return kept[: ends[-1]] if ends else kept.rpartition(" ")[0] or kept
