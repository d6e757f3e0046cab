"""A sheet on which a member scores an application by hand."""

from collections.abc import Iterator

from exchange.papers.document.values import BlankLines, Block, Heading, Look, Pairs, Para, Together
from models.papers.panel_book import BookItem, PanelBook
from scoring.written.names import round_names
from scoring.written.text import cut_to

LONGEST_NAME = 70
"""Of the name over a blank sheet, which keeps to one page; it stands whole over the application."""
HAND_IN = "Hand this sheet to the office before the panel meets"
HIGHEST_BOXED = 10
"""Above this scale a blank sheet has a line to write the mark on, not a box for each."""


def blank_sheet(book: PanelBook, item: BookItem) -> Iterator[Block]:
    """Yield a sheet to score an application on by hand."""
    yield Heading(f"Score sheet: {item.reference} {cut_to(item.organisation, LONGEST_NAME)}", 2)
    yield Pairs(
        (
            ("Member", "…" * 30),
            ("Interest in this application", "☐ none   ☐ financial   ☐ other, what it is: " + "…" * 14),
            ("Abstain", "☐ I cannot judge this application, because: " + "…" * 18),
        )
    )
    boxes = "  ·  ".join(f"☐ {mark}" for mark in range(book.scale_maximum + 1))
    mark = (
        f"Mark:  {boxes}" if book.scale_maximum <= HIGHEST_BOXED else f"Mark out of {book.scale_maximum}: ………"
    )
    for number, (title, weight, _) in enumerate(book.criteria):
        least = book.minimums[number] if number < len(book.minimums) else ""
        words = f"{title}, weight {weight}{f', minimum {least}' if least else ''}"
        yield Together((Para(words, Look.STRONG), Para(f"{mark}      Reason:"), BlankLines(2)))
    signed = Pairs((("Signature and date", "…" * 22 + "   " + "…" * 10),))
    meets = f": {words}" if (words := dict(book.meets).get(item.area, "")) else ""
    hand_in = Para(f"{HAND_IN}{meets}. {', '.join(round_names(book.fund, book.round))}.", Look.SMALL)
    yield Together((Para(f"{item.reference} on the whole", Look.STRONG), BlankLines(2), signed, hand_in))
